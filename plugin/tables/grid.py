"""The first rows of a table, each column headed by what it is taken for; that can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .preview import Preview

ROLES = ("name", "address", "lon", "lat", "place", "accuracy", "date", "alert")
FACT = "fact:"
WIDEST = 240  # pixels of a column


class ColumnGrid(QTableWidget):
    """``changed``: a column was said to be something else than was guessed."""

    changed = pyqtSignal()

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lang = lang
        self._names: list[str] = []
        self._guessed: dict[int, str] = {}
        self._facts: list[tuple[str, str]] = []
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr("tables.columns", lang))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def empty(self) -> None:
        """Show nothing."""
        self._names, self._guessed = [], {}
        self.setRowCount(0)
        self.setColumnCount(0)

    def show_preview(self, found: Preview) -> None:
        """Show headings, guesses and first rows."""
        self._names = found.names
        self._guessed = {at: role for role, at in found.roles.items()}
        self._guessed.update({at: f"{FACT}{key}" for key, at in found.facts.items()})
        self.clear()
        self.setRowCount(len(found.rows) + 1)
        self.setColumnCount(len(found.names))
        for at, name in enumerate(found.names):
            self.setHorizontalHeaderItem(at, _plain(name or tr("tables.no_heading", self._lang)))
            combo = QComboBox()
            combo.setMaxVisibleItems(24)
            combo.setAccessibleName(tr("tables.column_is", self._lang, name=name))
            combo.currentIndexChanged.connect(lambda _, at=at: self._picked(at))
            self.setCellWidget(0, at, combo)
        self._fill_lists()
        for at, role in self._guessed.items():
            self._set(at, role)
        for number, row in enumerate(found.rows, start=1):
            for at, text in enumerate(row):
                self.setItem(number, at, _plain(text))
        numbers = ["", *(str(number) for number in range(1, len(found.rows) + 1))]
        self.setVerticalHeaderLabels([tr("tables.is", self._lang), *numbers[1:]])
        self.setRowHeight(0, self.cellWidget(0, 0).sizeHint().height())
        self.resizeColumnsToContents()
        for at in range(len(found.names)):
            self.setColumnWidth(at, min(max(self.columnWidth(at), 130), WIDEST))

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Offer these facts, (key, label), those that matter first; what was chosen stays."""
        self._facts = list(facts)
        chosen = self._chosen()
        self._fill_lists()
        for at, role in chosen.items():
            self._set(at, role)

    def roles(self) -> dict[str, int]:
        """The position of the column for each role that has one."""
        return {role: at for at, role in self._chosen().items() if not role.startswith(FACT)}

    def facts(self) -> dict[str, int]:
        """The position of the column for each fact that has one."""
        marked = {role: at for at, role in self._chosen().items() if role.startswith(FACT)}
        return {role[len(FACT) :]: at for role, at in marked.items()}

    def heading(self, at: int) -> str:
        """The heading of a column."""
        return self._names[at]

    def set_role(self, at: int, role: str) -> None:
        """Say what a column is: one of ROLES, a fact's key after FACT, or empty for nothing."""
        combo = self.cellWidget(0, at)
        combo.setCurrentIndex(max(combo.findData(role), 0))

    def _chosen(self) -> dict[int, str]:
        combos = {at: self.cellWidget(0, at) for at in range(self.columnCount())}
        return {at: combo.currentData() for at, combo in combos.items() if combo.currentData()}

    def _fill_lists(self) -> None:
        for at in range(self.columnCount()):
            combo = self.cellWidget(0, at)
            blocker = QSignalBlocker(combo)
            combo.clear()
            combo.addItem(tr("tables.role.none", self._lang), "")
            for role in ROLES:
                combo.addItem(self._label(at, role, tr(f"tables.role.{role}", self._lang)), role)
            combo.insertSeparator(combo.count())
            for key, label in self._facts:
                role = f"{FACT}{key}"
                combo.addItem(self._label(at, role, label), role)
                combo.setItemData(combo.count() - 1, key, Qt.ItemDataRole.ToolTipRole)
            blocker.unblock()

    def _label(self, at: int, role: str, label: str) -> str:
        guessed = self._guessed.get(at) == role
        return tr("tables.guessed", self._lang, role=label) if guessed else label

    def _set(self, at: int, role: str) -> None:
        blocker = QSignalBlocker(self.cellWidget(0, at))
        self.set_role(at, role)
        blocker.unblock()

    def _picked(self, at: int) -> None:
        """A role has one column: it is taken from the one that had it; a pair and a cell with
        both exclude each other."""
        role = self.cellWidget(0, at).currentData()
        excluded = {"place": ("lon", "lat"), "lon": ("place",), "lat": ("place",)}.get(role, ())
        for other, has in self._chosen().items():
            if other != at and (has == role or has in excluded):
                self._set(other, "")
        self.changed.emit()


def _plain(text: str) -> Any:
    item = QTableWidgetItem(text)
    item.setToolTip("" if len(text) < 24 else text.replace("<", "‹"))  # a tip reads markup
    return item


def fact_labels(book: Any, activities: Sequence[str], lang: str) -> list[tuple[str, str]]:
    """Every fact as (key, label), those that rules on the activities ask for first."""
    from ...jobs.phrasing import Phrasing
    from ...jobs.table.signature import relevant
    from ...rules.condition import leaves

    asked: dict[str, None] = {}
    for rule in relevant(book, activities) if activities else ():
        for part in (rule.get("when"), rule.get("keep")):
            asked.update((leaf["fact"], None) for leaf in leaves(part) if "fact" in leaf)
    known: Mapping[str, Any] = book.facts
    order = [key for key in known if key in asked] + [key for key in known if key not in asked]
    phrasing = Phrasing(book, lang)
    return [(key, phrasing.key(key)) for key in order]
