"""What a finished check shows: verdicts, zones and errors in figures, and what to do with it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from ..asking import VERDICTS, palette
from ..paper import FAINT, INK, Paper
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .work import Finished

BAR = 260  # pixels of all rows
ACTIONS = ("open", "folder", "map", "review", "atlas", "extracts")


class ResultPage(QWidget):
    """``wanted(action)``: one of ACTIONS, or ``back`` to set up another check."""

    wanted = pyqtSignal(str)

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lang = lang
        self.view = Paper()
        self.view.setAccessibleName(tr("tables.summary", lang))
        self.buttons: dict[str, QPushButton] = {}
        grid = QGridLayout()
        for number, name in enumerate((*ACTIONS, "back")):
            button = QPushButton(tr(f"tables.do.{name}", lang))
            button.setToolTip(tr(f"tables.do.{name}.tip", lang))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, name=name: self.wanted.emit(name))
            self.buttons[name] = button
            grid.addWidget(button, number // 3, number % 3)
        column = QVBoxLayout(self)
        column.addWidget(self.view, 1)
        column.addLayout(grid)

    def show_result(self, done: Finished, labels: Mapping[str, str]) -> None:
        """Show what a run came to; ``labels``: what people see of the options that notes name."""
        self.view.setHtml(page(done, labels, self._lang))
        for name in ("map", "review", "atlas"):
            self.buttons[name].setEnabled(done.layer is not None)


def page(done: Finished, labels: Mapping[str, str], lang: str) -> str:
    """The summary as markup; every word of the data is escaped."""
    from .work import without_options

    parts = [f"<h3>{html.escape(done.line)}</h3>"]
    for column, activity in done.verdicts.items():
        title = tr("tables.verdicts", lang, activity=activity)
        parts.append(f"<h4>{html.escape(title)}</h4>{_bars(done.tally[column], done.rows, lang)}")
    if not done.verdicts:
        parts.append(f"<p class='faint'>{html.escape(tr('tables.no_activity', lang))}</p>")
    for heads, rows in reversed(done.counts[len(done.verdicts) :]):  # errors first
        parts.append(f"<h4>{html.escape(heads[0])}</h4>{_table(rows)}")
    told = [*(without_options(note, labels) for note in done.notes)]
    told += [tr("processing.failed", lang, problem=line) for line in done.failed]
    parts += [f"<p>{html.escape(line)}</p>" for line in told]
    columns = tr("tables.comma", lang).join(done.told)
    taken = html.escape(tr("tables.taken", lang, columns=columns))
    note = html.escape(tr("tables.note", lang))
    parts.append(f"<p class='faint'>{taken}</p><p class='faint'>{note}</p>")
    return f"<div style='color: {INK}'>{''.join(parts)}</div>"


def _bars(counts: Mapping[str, int], rows: int, lang: str) -> str:
    """A line for each verdict: its sign and word, a bar, rows and share."""
    looks = palette()["outcome"]
    lines = []
    for name in (*VERDICTS, "none"):
        count = counts.get(name, 0)
        if not count:
            continue
        look: Any = looks["failed" if name == "none" else name]
        word = tr("tables.none", lang) if name == "none" else look["label"][lang]
        width = max(2, round(BAR * count / max(rows, 1)))
        bar = (
            f"<table cellspacing='0' cellpadding='0'><tr><td width='{width}' "
            f"bgcolor='{look['colour']}'>&nbsp;</td></tr></table>"
        )
        sign, share = html.escape(look["mark"]), _share(count, rows)
        lines.append(
            f"<tr><td style='color: {look['colour']}'><b>{sign}</b></td>"
            f"<td><b>{html.escape(word)}</b></td><td align='right'>{count:,}</td>"
            f"<td align='right' style='color: {FAINT}'>{share}</td><td>{bar}</td></tr>"
        )
    return f"<table cellpadding='3'>{''.join(lines)}</table>"


def _share(count: int, rows: int) -> str:
    """Per cent of the rows; a few are never none and nearly all never all."""
    share = 100 * count / max(rows, 1)
    if count and share < 0.1:
        return "< 0.1 %"
    return f"{min(share, 99.9):.1f} %" if count < rows else "100 %"


def _table(rows: Sequence[tuple[str, str]]) -> str:
    cells = "".join(
        f"<tr><td>{html.escape(text)}</td><td align='right'>{html.escape(number)}</td></tr>"
        for text, number in rows
    )
    return f"<table cellpadding='2'>{cells}</table>"
