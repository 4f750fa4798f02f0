"""The articles behind a zone's effect, each as the catalogue reads it, in a window of its own."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QSize, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
)

from ..asking import palette
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qgis.PyQt.QtWidgets import QWidget

    from .banned_ask import BannedReply

ORDER = ("applies", "due", "exempt", "cannot_determine", "not_concerned")


class ArticleWindow(QDialog):
    """Shows the rules of one zone of ``reply``; ``catalogue`` is the one that answered."""

    def __init__(
        self, reply: BannedReply, zone: str, catalogue: Any, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        lang = reply.text.lang
        [row] = [row for row in reply.result["zones"] if row["id"] == zone]
        self.setObjectName("ZoneRulesBannedArticles")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("banned.article.title", lang, name=reply.text.text(row["name"])))
        self.view = QTextBrowser()
        self.view.setOpenLinks(False)
        self.view.setAccessibleName(self.windowTitle())
        self.view.setHtml(as_html(reply, row, catalogue, self.palette().text().color().name()))
        self.view.anchorClicked.connect(_open)
        box = QDialogButtonBox()
        close = QPushButton(tr("banned.close", lang))
        copy = QPushButton(tr("banned.copy", lang))
        box.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        box.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        box.rejected.connect(self.close)
        copy.clicked.connect(
            lambda: QApplication.clipboard().setText(self.view.document().toPlainText())
        )
        column = QVBoxLayout(self)
        column.addWidget(self.view)
        column.addWidget(box)
        close.setDefault(True)

    def sizeHint(self) -> QSize:
        """Return a size in which an article can be read without much scrolling."""
        return QSize(680, 560)


def as_html(reply: BannedReply, row: Mapping[str, Any], catalogue: Any, ink: str) -> str:
    """The page of one zone: its effect, why, and the rules, those that bind first. All escaped."""
    text = reply.text
    mark = palette()["outcome"].get(row["effect"], {}).get("mark", "")
    effect = text.effect(row["effect"])
    parts = [
        f"<h3>{escape(mark)} {escape(effect)}{'：' if text.lang == 'zh' else ': '}"
        f"{escape(text.text(row['name']))}</h3>",
        f"<p>{escape(text.title())}</p>",
    ]
    parts += [f"<p>{escape(line)}</p>" for line in (text.why(row), text.where(row)) if line]
    if not row["rules"]:
        return "\n".join([*parts, f"<p>{escape(tr('banned.article.none', text.lang))}</p>"])
    from ...jobs.find.reading import Reader

    reader = Reader(catalogue, text.lang)
    rules = sorted(row["rules"], key=lambda r: (ORDER.index(r["outcome"]), not r["names"]))
    parts += [_rule(reply, rule, reader, catalogue, ink) for rule in rules]
    return "\n".join([*parts, f"<p><i>{escape(tr('banned.article.note', text.lang))}</i></p>"])


def _rule(reply: BannedReply, row: Mapping[str, Any], reader: Any, catalogue: Any, ink: str) -> str:
    from ...jobs.find.rulecells import card

    text = reply.text
    read = card(catalogue.book.by_id[row["id"]], reader)
    said = text.rule(row)
    if row["failed"]:
        part = tr(f"banned.part.{row['failed']}", text.lang)
        said = tr("banned.article.failed", text.lang, part=part)
    cells = "".join(
        f"<tr><td style='padding:1px 10px 1px 0'>{escape(head)}</td>"
        f"<td style='padding:1px 0'>{escape(words)}</td></tr>"
        for head, words in read.lines
    )
    link = ""
    if read.url and read.url.startswith(("https://", "http://")):
        page = escape(tr("banned.article.page", text.lang))
        link = f" · <a href='{escape(read.url, quote=True)}' style='color:{ink}'>{page}</a>"
    return (
        f"<hr><p><b>{escape(text.cite(row['cite']))} {escape(row['id'])}</b>{link}<br>"
        f"{escape(said)}</p><p>{escape(read.summary)}</p><table cellspacing='0'>{cells}</table>"
    )


def _open(url: QUrl) -> None:
    if url.scheme() in ("http", "https"):
        QDesktopServices.openUrl(url)
