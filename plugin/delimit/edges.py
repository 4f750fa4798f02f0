"""The edges that were read, as a table: side, name, inclusion, stretch, and which line it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ..asking import palette
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIDE, NAME, INCLUDE, STRETCH, LINE = range(5)
HEADS = ("side", "name", "include", "stretch", "line")
INCLUDES = ("unstated", "included", "excluded")
MOST_NAMES = 3000  # of the user's lines that are offered


class Row(NamedTuple):
    """One line of the text. ``include``: empty where nothing can count in or out."""

    side: str
    name: str
    include: str
    stretch: str
    aka: tuple[str, ...]


class EdgeTable(QTableWidget):
    """``changed``: the user said something of an edge."""

    changed = pyqtSignal()

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(0, len(HEADS), parent)
        self._lang = lang
        self._rows: list[Row] = []
        self._known: list[str] | None = None
        self._include: dict[str, str] = {}
        self._lines: dict[str, str] = {}
        self.setHorizontalHeaderLabels([tr(f"delimit.head.{name}", lang) for name in HEADS])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setAccessibleName(tr("delimit.edges", lang))
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(LINE, QHeaderView.ResizeMode.Stretch)

    def show_words(self, told: Mapping[str, Any] | None) -> None:
        """Show what was read; what was said of edges that are still there stays."""
        self._rows = rows_of(told, self._lang) if told else []
        names = {row.name for row in self._rows}
        self._include = {name: said for name, said in self._include.items() if name in names}
        self._lines = {name: line for name, line in self._lines.items() if name in names}
        self._fill()

    def show_known(self, known: Sequence[str] | None) -> None:
        """Offer the names of another layer; None where there is none."""
        self._known = None if known is None else list(dict.fromkeys(known))
        self._lines = {}
        self._fill()

    def include(self) -> dict[str, str]:
        """What the user said of edges about which the text is silent: included or excluded."""
        silent = {row.name for row in self._rows if row.include == "unstated"}
        return {name: said for name, said in self._include.items() if name in silent}

    def lines(self) -> dict[str, str]:
        """Which line of the layer the user said an edge is."""
        return dict(self._lines)

    def unmatched(self) -> list[str]:
        """The names of which there is no line."""
        if self._known is None:
            return []
        return [
            row.name
            for row in self._rows
            if row.name not in self._lines and not _match(row, self._known)[0]
        ]

    # -- how it looks -----------------------------------------------------------------------

    def _fill(self) -> None:
        self.setRowCount(0)
        self.setRowCount(len(self._rows))
        for at, row in enumerate(self._rows):
            for column, text in ((SIDE, row.side), (NAME, row.name), (STRETCH, row.stretch)):
                self.setItem(at, column, _plain(text))
            if row.include == "unstated":
                self.setCellWidget(at, INCLUDE, self._include_box(row))
            elif row.include:
                self.setItem(at, INCLUDE, _plain(self._say(row.include)))
            if self._known is not None:
                self._show_line(at, row)

    def _include_box(self, row: Row) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self._say("include_of", name=row.name))
        for name in INCLUDES:
            box.addItem(self._say(name), name)
        box.setCurrentIndex(INCLUDES.index(self._include.get(row.name, INCLUDES[0])))
        box.currentIndexChanged.connect(lambda _: self._included(row.name, box.currentData()))
        return box

    def _included(self, name: str, said: str) -> None:
        self._include.pop(name, None)
        if said != INCLUDES[0]:
            self._include[name] = said
        self.changed.emit()

    def _show_line(self, at: int, row: Row) -> None:
        known = self._known or []
        names, how, suggestions = _match(row, known)
        if names and how == "exact":
            self.setItem(at, LINE, _plain(f"✔ {names[0]}"))
            return
        box = QComboBox()
        box.setAccessibleName(self._say("line_of", name=row.name))
        box.setMaxVisibleItems(20)
        if names:
            shown = "、".join(names[:4])
            box.addItem(self._say("matched", line=shown, how=self._say(f"how.{how}")), "")
        else:
            box.addItem(self._say("unmatched"), "")
            # the word says it, too
            colour = palette()["outcome"]["prohibited"]["colour"]
            box.setItemData(0, QColor(colour), Qt.ItemDataRole.ForegroundRole)
            self.item(at, NAME).setForeground(QColor(colour))
        for name in dict.fromkeys([*suggestions, *sorted(known)[:MOST_NAMES]]):
            box.addItem(name, name)
        if suggestions:
            box.insertSeparator(1 + len(suggestions))
        box.setCurrentIndex(max(box.findData(self._lines.get(row.name, "")), 0))
        box.currentIndexChanged.connect(lambda _: self._named(row.name, box.currentData()))
        self.setCellWidget(at, LINE, box)

    def _named(self, name: str, line: str | None) -> None:
        self._lines.pop(name, None)
        if line:
            self._lines[name] = line
        self.changed.emit()

    def _say(self, key: str, **args: object) -> str:
        return tr(f"delimit.{key}", self._lang, **args)


def rows_of(told: Mapping[str, Any], lang: str) -> list[Row]:
    """The rows of a reading: edges, dividing lines and corridors."""
    from ...jobs.delimit.text import offset
    from ...jobs.wording import words

    say = words(lang, "words_delimit")
    rows = []
    for number, part in enumerate(told["parts"], 1):
        before = f"{number} · " if len(told["parts"]) > 1 else ""
        for edge in part["edges"]:
            stretch = "—".join(text for text in (edge["from"], edge["to"]) if text)
            stretch += offset(edge, say)
            aka = tuple(edge.get("aka", ()))
            side = before + say["between" if edge.get("between") else edge["edge"]]
            rows.append(Row(side, edge["name"], edge["include"], stretch, aka))
        for split in part.get("splits", ()):
            rows.append(Row(before + tr("delimit.split", lang), split["name"], "", "", ()))
        for corridor in part.get("corridors", ()):
            width = corridor["width_m"]
            told_width = say["metres"].format(m=width) if width else say["no_width"]
            side = before + tr("delimit.corridor", lang)
            rows.append(Row(side, corridor["name"], "", told_width, ()))
    return rows


def _match(row: Row, known: Sequence[str]) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """The names of the lines that an edge is, how they were found, and names that look alike."""
    from ...layers.draft.names import find, quarters

    found = find((row.name, *row.aka), known)
    if found.names:
        return found.names, found.how, ()
    pieces = quarters(row.name, known)
    return (pieces, "quarter", ()) if pieces else ((), "", found.suggestions)


def _plain(text: str) -> QTableWidgetItem:
    return QTableWidgetItem(text)
