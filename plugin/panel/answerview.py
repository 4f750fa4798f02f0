"""The blocks of an answer as a page: verdicts in colour with icon and words, details folded."""

from __future__ import annotations

from html import escape
from typing import Any

from qgis.PyQt.QtCore import QEvent, QSize, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QTextBrowser, QWidget

from ..paper import INK, WHITE
from ..texts import tr
from .colours import Inks

SEEN_AT_ONCE = ("verdict", "rules")  # blocks whose details are what was asked for
TINTED = ("verdict", "notice")
FOLD, LINK = "fold", "link"
RESTYLED = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange)


class AnswerView(QTextBrowser):
    """Shows blocks in the colours of the theme; loads nothing and opens nothing by itself.

    ``blocks`` are those of ``jobs.linked``; ``looks`` is the palette's ``outcome`` part. A line's
    details open at its arrow, by mouse or by keyboard, or all at once with ``show_details``.
    ``followed(ref)`` says that a link was activated, ``hovered(ref)`` that one is pointed at (or
    none, empty): ``zone:<id>``, ``source:<id>``, ``activity:<id>``, ``date:<day>`` or
    ``article:<document>:<clause>``.
    """

    followed = pyqtSignal(str)
    hovered = pyqtSignal(str)

    def __init__(self, looks: dict[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._blocks: list[dict[str, Any]] = []
        self._said = ""
        self._toggled: set[str] = set()
        self._lit: set[str] = set()
        self._refs: list[str] = []
        self._all = False
        self._lang = "en"
        self._inks = Inks(WHITE, INK)
        self._styled: Any = None
        self._small = ""
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # all text wraps
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)
        self.highlighted[QUrl].connect(self._point_at)

    def sizeHint(self) -> QSize:
        """Return a size at which most lines need no second row."""
        return QSize(460, 420)

    def minimumSizeHint(self) -> QSize:
        """Return how far the panel may squeeze the answer."""
        return QSize(220, 90)

    def loadResource(self, kind: int, url: QUrl) -> Any:
        """Load nothing: an answer has no pictures, and data must not fetch any."""
        return None

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme of QGIS."""
        super().changeEvent(event)
        styled = getattr(self, "_styled", None)  # Qt calls this while the view is being made
        restyled = styled is not None and event.type() in RESTYLED
        if restyled and (self._colours(), self.font()) != styled:
            self._again()

    @property
    def inks(self) -> Inks:
        """The colours the page is written in."""
        return self._inks

    def say(self, text: str) -> None:
        """Show one plain sentence instead of an answer."""
        self._blocks, self._said = [], text
        self._render()

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

    def show_lit(self, refs: set[str]) -> None:
        """Mark the links whose things are drawn on the map."""
        if refs != self._lit:
            self._lit = set(refs)
            self._again()

    def _colours(self) -> tuple[str, str]:
        colours = self.palette()
        roles = (QPalette.ColorRole.Base, QPalette.ColorRole.Text)
        paper, ink = (colours.color(QPalette.ColorGroup.Active, role).name() for role in roles)
        return paper, ink

    def _again(self) -> None:
        place = self.verticalScrollBar().value()
        self._render()
        self.verticalScrollBar().setValue(place)

    def _render(self) -> None:
        self._styled = (self._colours(), self.font())
        self._inks = Inks(*self._styled[0])
        self._refs = []
        if not self._blocks:
            self.setHtml(f'<p style="color:{self._inks.ink}">{escape(self._said)}</p>')
            return
        size = self.font().pointSizeF()
        self._small = f"font-size:{(size if size > 0 else 9) * 0.9:.1f}pt"
        parts = []
        for b, block in enumerate(self._blocks):
            if block["title"]:
                style = f"margin:8px 0 2px 0; color:{self._inks.link}; font-size:medium"
                parts.append(f'<h4 style="{style}">{escape(block["title"])}</h4>')
            for n, line in enumerate(block["lines"]):
                parts.append(self._line(block["kind"], line, f"{b}-{n}"))
        self.setHtml("\n".join(parts))

    def _line(self, kind: str, line: dict[str, Any], name: str) -> str:
        look = self._looks.get(line["tone"] or "")
        paper = self._inks.tint(look) if look and kind in TINTED else self._inks.paper
        ink, faint, link = self._inks.on(paper)
        text = self._text(line, link)
        if kind == "verdict":
            text = f"<b>{text}</b>"
        if kind in ("head", "foot"):
            text = f'<span style="{self._small}">{text}</span>'
            ink = faint
        if line["cite"]:
            text += " " + self._cite(line, link, faint)
        if line["detail"]:
            shown = (self._all or kind in SEEN_AT_ONCE) != (name in self._toggled)
            text += self._fold(line["detail"], name, shown, link, faint)
        fill = f' bgcolor="{paper}"' if kind in TINTED and look else ""
        cell = f'<td{fill} style="color:{ink}">{text}</td>'
        if look:
            mark = f'<b style="color:{self._inks.mark(look, paper)}">{escape(look["mark"])}</b>'
            cell = f'<td width="18"{fill}>{mark}</td>{cell}'
        return f'<table width="100%" cellspacing="0" cellpadding="2"><tr>{cell}</tr></table>'

    def _text(self, line: dict[str, Any], link: str) -> str:
        parts = line.get("parts") or [{"text": line["text"], "ref": ""}]
        return "".join(
            self._link(escape(part["text"]), part["ref"], link)
            if part["ref"]
            else escape(part["text"])
            for part in parts
        )

    def _cite(self, line: dict[str, Any], link: str, faint: str) -> str:
        article = line.get("article")
        text = f'<span style="{self._small}">{escape(line["cite"])}</span>'
        if not article:
            return f'<span style="color:{faint}">{text}</span>'
        ref = f"article:{article['document']}:{article['clause']}"
        return self._link(text, ref, link, tr("article.tip", self._lang))

    def _link(self, inner: str, ref: str, colour: str, tip: str = "") -> str:
        """Return a link that names its target by number, so that no data becomes an address."""
        self._refs.append(ref)
        kind = ref.partition(":")[0]
        tip = tip or tr(f"link.{kind}", self._lang)
        lit = "◉&nbsp;" if ref in self._lit else ""
        style = f"color:{colour}; text-decoration:{'underline' if kind == 'date' else 'none'}"
        href = f"{LINK}:{len(self._refs) - 1}"
        return f'<a href="{href}" title="{escape(tip)}" style="{style}">{lit}{inner}</a>'

    def _fold(self, details: list[str], name: str, shown: bool, link: str, faint: str) -> str:
        tip = escape(tr("fold.close" if shown else "fold.open", self._lang))
        arrow = (
            f' <a href="{FOLD}:{name}" title="{tip}" style="color:{link}; text-decoration:none">'
            f"{'▾' if shown else '▸'}</a>"
        )
        if not shown:
            return arrow
        style = f"color:{faint}; {self._small}"
        return arrow + "".join(
            f'<br><span style="{style}">{escape(text)}</span>' for text in details
        )

    def _follow(self, url: QUrl) -> None:
        if url.scheme() == FOLD:
            self._toggled ^= {url.path()}
            self._again()
        elif self._ref(url):
            self.followed.emit(self._ref(url))

    def _point_at(self, url: QUrl) -> None:
        self.hovered.emit(self._ref(url))

    def _ref(self, url: QUrl) -> str:
        number = url.path()
        known = url.scheme() == LINK and number.isdigit() and int(number) < len(self._refs)
        return self._refs[int(number)] if known else ""
