"""One rule in a window of its own: summary, place, time, conditions, offices and its article."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
)

from ..texts import tr

if TYPE_CHECKING:
    from qgis.PyQt.QtWidgets import QWidget

    from ...jobs.find.rulecells import Card


class RuleDialog(QDialog):
    """Shows a card of jobs.find.rulecells in ``lang``; stays open beside the map."""

    def __init__(self, card: Card, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ZoneRulesRule")
        self.setWindowTitle(tr("search.rule", lang, id=card.id))
        self.resize(620, 560)
        self._card, self._lang = card, lang
        self.view = QTextBrowser()
        self.view.setOpenLinks(False)
        self.view.setAccessibleName(self.windowTitle())
        self.view.setHtml(as_html(card, lang))
        buttons = QHBoxLayout()
        self.page = QPushButton(tr("search.rule.page", lang))
        self.page.setVisible(_is_web(card.url))
        self.page.clicked.connect(self._open_page)
        self.copy = QPushButton(tr("search.rule.copy", lang))
        self.copy.clicked.connect(self._copy)
        close = QPushButton(tr("search.rule.close", lang))
        close.setDefault(True)
        close.clicked.connect(self.close)
        for button in (self.page, self.copy):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)

    def _open_page(self) -> None:
        QDesktopServices.openUrl(QUrl(self._card.url))

    def _copy(self) -> None:
        QApplication.clipboard().setText(as_text(self._card, self._lang))


def as_html(card: Card, lang: str) -> str:
    """The card as rich text; everything in it is escaped."""
    rows = "".join(
        f"<tr><td style='padding:3px 12px 3px 0; white-space:nowrap'><b>{html.escape(head)}</b>"
        f"</td><td style='padding:3px 0'>{html.escape(words)}</td></tr>"
        for head, words in card.lines
    )
    return (
        f"<p style='font-size:large'><b>{html.escape(card.summary)}</b></p>"
        f"<p>{html.escape(card.title)}</p><table cellspacing='0'>{rows}</table>"
        f"<p><i>{html.escape(tr('search.rule.note', lang))}</i></p>"
    )


def as_text(card: Card, lang: str) -> str:
    """The card as plain text for the clipboard."""
    colon = "：" if lang == "zh" else ": "
    lines = [f"{card.id}  {card.summary}", card.title]
    lines += [f"{head}{colon}{words}" for head, words in card.lines]
    return "\n".join([*lines, tr("search.rule.note", lang)])


def _is_web(url: str | None) -> bool:
    return bool(url) and str(url).lower().startswith(("http://", "https://"))
