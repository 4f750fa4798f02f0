"""The blocks of a digest as a page: verdicts in colour with icon and words, details folded away."""

from __future__ import annotations

from html import escape
from typing import Any

from qgis.PyQt.QtCore import QSize, Qt, QUrl
from qgis.PyQt.QtGui import QColor, QDesktopServices, QPalette
from qgis.PyQt.QtWidgets import QTextBrowser, QWidget

from ..texts import tr

PAPER, INK, FAINT = "#ffffff", "#1c1c1c", "#55585c"
SHEET = """
h4 {{ margin: 10px 0 3px 0; color: #174a8c; font-size: medium; }}
a {{ color: #174a8c; text-decoration: none; }}
.faint {{ color: {faint}; font-size: {small:.1f}pt; }}
"""
SEEN_AT_ONCE = ("verdict", "rules")  # blocks whose details are what was asked for
TAGGED = ("sure",)  # blocks whose details are a mere tag, such as the rule's id
FOLD = "fold"


class AnswerView(QTextBrowser):
    """Shows blocks on white paper in any theme; loads nothing and opens web links only.

    ``blocks`` are those of ``jobs.digest``; ``looks`` is the palette's ``outcome`` part. A line's
    details open at its arrow, by mouse or by keyboard, or all at once with ``show_details``.
    """

    def __init__(self, looks: dict[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._blocks: list[dict[str, Any]] = []
        self._toggled: set[str] = set()
        self._all = False
        self._lang = "en"
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # all text wraps
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)
        small = self.font().pointSizeF() * 0.9
        self.document().setDefaultStyleSheet(SHEET.format(faint=FAINT, small=small))
        colours = self.palette()  # the palette's colours are chosen for white
        colours.setColor(QPalette.ColorRole.Base, QColor(PAPER))
        colours.setColor(QPalette.ColorRole.Text, QColor(INK))
        self.setPalette(colours)

    def sizeHint(self) -> QSize:
        """Return a size at which most lines need no second row."""
        return QSize(460, 480)

    def loadResource(self, kind: int, url: QUrl) -> Any:
        """Load nothing: an answer has no pictures, and data must not fetch any."""
        return None

    def say(self, text: str) -> None:
        """Show one plain sentence instead of an answer."""
        self._blocks = []
        self.setHtml(f"<p>{escape(text)}</p>")

    def show_blocks(self, blocks: list[dict[str, Any]], lang: str) -> None:
        """Show an answer from its top."""
        self._lang = lang
        self._blocks = blocks
        self._toggled.clear()
        self._render()
        self.verticalScrollBar().setValue(0)

    def show_details(self, shown: bool) -> None:
        """Open every fold, or go back to those that are open by themselves."""
        self._all = shown
        self._toggled.clear()
        self._again()

    def _again(self) -> None:
        if self._blocks:
            place = self.verticalScrollBar().value()
            self._render()
            self.verticalScrollBar().setValue(place)

    def _render(self) -> None:
        parts = []
        for b, block in enumerate(self._blocks):
            if block["title"]:
                parts.append(f"<h4>{escape(block['title'])}</h4>")
            for n, line in enumerate(block["lines"]):
                parts.append(self._line(block["kind"], line, f"{b}-{n}"))
        self.setHtml("\n".join(parts))

    def _line(self, kind: str, line: dict[str, Any], name: str) -> str:
        look = self._looks.get(line["tone"] or "")
        text = escape(line["text"])
        if kind == "verdict":
            text = f"<b>{text}</b>"
        elif kind in ("head", "foot"):
            text = f'<span class="faint">{text}</span>'
        tags = [line["cite"], *(line["detail"] if kind in TAGGED else [])]
        text += "".join(f' <span class="faint">{escape(tag)}</span>' for tag in tags if tag)
        folded = [] if kind in TAGGED else line["detail"]
        if folded:
            shown = (self._all or kind in SEEN_AT_ONCE) != (name in self._toggled)
            text += self._fold(folded, name, shown)
        paper, mark = "", ""
        if look:
            mark = f'<b style="color:{look["colour"]}">{escape(look["mark"])}</b>'
            paper = f' bgcolor="{look["tint"]}"' if kind in ("verdict", "notice") else ""
        cells = (
            f'<td width="18"{paper}>{mark}</td><td{paper}>{text}</td>'
            if mark
            else (f"<td{paper}>{text}</td>")
        )
        return f'<table width="100%" cellspacing="0" cellpadding="2"><tr>{cells}</tr></table>'

    def _fold(self, details: list[str], name: str, shown: bool) -> str:
        tip = escape(tr("fold.close" if shown else "fold.open", self._lang))
        arrow = f' <a href="{FOLD}:{name}" title="{tip}">{"▾" if shown else "▸"}</a>'
        if not shown:
            return arrow
        return arrow + "".join(f'<br><span class="faint">{escape(text)}</span>' for text in details)

    def _follow(self, url: QUrl) -> None:
        if url.scheme() == FOLD:
            self._toggled ^= {url.path()}
            self._again()
        elif url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)
