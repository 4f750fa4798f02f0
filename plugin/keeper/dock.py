"""The catalogue panel: the zones with their map status, one zone in full, the check."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QItemSelectionModel, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ..asking import palette
from ..labels import plain_label
from ..paper import Paper
from ..texts import tr
from .cardview import ZONE_LINK, CardView
from .checks import Checks
from .zonetable import (
    COLUMNS,
    MARKS,
    MINE,
    Filter,
    ZoneTable,
    document_label,
    rows_of,
    status_label,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "ZoneRulesKeeper"
WIDTHS = {"name": 190, "status": 130, "kind": 110, "document": 150}


class KeeperDock(QgsDockWidget):
    """Shows a catalogue it is given; what the buttons want is told by signals with a zone's id.

    ``opened``: the panel is seen for the first time, or again after the catalogue has changed.
    """

    opened = pyqtSignal()
    zoomWanted = pyqtSignal(str)
    shapeWanted = pyqtSignal(str)
    removalWanted = pyqtSignal(str)
    undoWanted = pyqtSignal()
    checkWanted = pyqtSignal()

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("keeper", lang), parent)
        self.setObjectName(NAME)
        self.lang = lang
        self._data: Mapping[str, Any] | None = None
        self._rights: Any = None
        self._stale = True
        self._make()
        self._connect()
        self.set_language(lang)

    # -- what the part tells it -------------------------------------------------------------

    def show_catalogue(self, data: Mapping[str, Any], rights: Any) -> None:
        """Fill the panel from a catalogue and its rights, keeping filters and selection."""
        self._data, self._rights, self._stale = data, rights, False
        self._refill()

    def show_trouble(self, line: str) -> None:
        """Say why there is no catalogue."""
        self._data = None
        self.table.fill([], self.lang)
        self.card.clear()
        self.count.setText(line)
        self._enable()

    def outdate(self) -> None:
        """The catalogue has changed: ask for it now if the panel is seen, else when it is."""
        self._stale = True
        self.checks.outdated()
        if self.isVisible():
            self.opened.emit()

    def show_folder(self, folder: str | None, last_step: str) -> None:
        """Name the data folder and the step that Undo would take back, empty for none."""
        text = tr("keeper.folder", self.lang, folder=folder) if folder else ""
        self.folder.setText(text or tr("keeper.no_folder", self.lang))
        self.undo.setEnabled(bool(last_step))
        tip = tr("keeper.undo.tip", self.lang, step=last_step) if last_step else ""
        self.undo.setToolTip(tip or tr("keeper.undo.none", self.lang))

    def say(self, line: str) -> None:
        """Show one plain sentence above the zone's card."""
        self.note.setText(line)
        self.note.setVisible(bool(line))

    def select(self, zone: str) -> bool:
        """Choose a zone, dropping filters that hide it; False if there is none."""
        for number, row in enumerate(self.table.rows):
            if row.id == zone:
                index = self.filter.mapFromSource(self.table.index(number, 0))
                if not index.isValid():
                    self.clear_filters()
                    index = self.filter.mapFromSource(self.table.index(number, 0))
                flags = QItemSelectionModel.SelectionFlag
                how = flags.ClearAndSelect | flags.Rows
                self.view.selectionModel().setCurrentIndex(index, how)
                self.view.scrollTo(index)
                self.tabs.setCurrentIndex(0)
                return True
        return False

    def chosen(self) -> str | None:
        """Return the id of the zone that is chosen, or None."""
        rows = self.view.selectionModel().selectedRows()
        return rows[0].data(Qt.ItemDataRole.UserRole) if rows else None

    def clear_filters(self) -> None:
        """Show every zone."""
        self.search.clear()
        for combo in self._combos.values():
            combo.setCurrentIndex(0)

    def set_language(self, lang: str) -> None:
        """Put every word into ``zh`` or ``en``."""
        self.lang = lang
        self.setWindowTitle(tr("keeper.title", lang))
        self.search.setPlaceholderText(tr("keeper.search", lang))
        for name, button in self._buttons.items():
            button.setText(tr(f"keeper.{name}", lang))
            button.setToolTip(tr(f"keeper.{name}.tip", lang) if name != "undo" else "")
        self.tabs.setTabText(0, tr("keeper.tab.zones", lang))
        self.tabs.setTabText(1, tr("keeper.tab.checks", lang))
        self.view.setAccessibleName(tr("keeper.tab.zones", lang))
        self.card.setAccessibleName(tr("keeper.card", lang))
        for name, combo in self._combos.items():
            combo.setAccessibleName(tr(f"keeper.column.{name}", lang))
        self.checks.set_language(lang)
        if self._data is not None:
            self._refill()

    def showEvent(self, event: Any) -> None:
        """Ask for the catalogue when the panel is first seen, not when QGIS starts."""
        super().showEvent(event)
        if self._stale:
            self.opened.emit()

    # -- its own ----------------------------------------------------------------------------

    def _make(self) -> None:
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self._combos = {name: _narrow() for name in ("status", "kind", "document")}
        self.count = plain_label()
        self.table, self.filter = ZoneTable(), Filter()
        self.filter.setSourceModel(self.table)
        self.view = QTableView()
        self.view.setModel(self.filter)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)  # the catalogue's own order
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.view.horizontalHeader().setStretchLastSection(True)
        for name, width in WIDTHS.items():
            self.view.setColumnWidth(COLUMNS.index(name), width)
        self.note = plain_label()
        self.note.hide()
        self.card = Paper()
        self.zoom, self.shape, self.removal, self.undo = (QPushButton() for _ in range(4))
        self._buttons = {
            "zoom": self.zoom,
            "shape": self.shape,
            "removal": self.removal,
            "undo": self.undo,
        }
        self.folder = plain_label()
        self.checks = Checks(self.lang)
        self.tabs = QTabWidget()
        self._lay_out()
        self._enable()

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        for combo in self._combos.values():
            filters.addWidget(combo, 1)
        above = QWidget()
        upper = QVBoxLayout(above)
        upper.setContentsMargins(0, 4, 0, 0)
        upper.addWidget(self.search)
        upper.addLayout(filters)
        upper.addWidget(self.count)
        upper.addWidget(self.view, 1)
        below = QWidget()
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, 0, 0, 0)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.zoom)
        first.addWidget(self.shape, 1)
        second.addWidget(self.removal)
        second.addWidget(self.undo)
        second.addStretch(1)
        for part in (first, second):
            lower.addLayout(part)
        lower.addWidget(self.note)
        lower.addWidget(self.card, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(above)
        split.addWidget(below)
        split.setChildrenCollapsible(False)
        self.tabs.addTab(split, "")
        self.tabs.addTab(self.checks, "")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.folder)
        self.setWidget(body)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._apply())
        for combo in self._combos.values():
            combo.currentIndexChanged.connect(lambda _: self._apply())
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_card())
        self.view.activated.connect(lambda _: self._wanted(self.zoomWanted))
        self.zoom.clicked.connect(lambda: self._wanted(self.zoomWanted))
        self.shape.clicked.connect(lambda: self._wanted(self.shapeWanted))
        self.removal.clicked.connect(lambda: self._wanted(self.removalWanted))
        self.undo.clicked.connect(lambda: self.undoWanted.emit())
        self.checks.run.clicked.connect(lambda: self.checkWanted.emit())
        self.checks.record_wanted.connect(self._go_to)
        self.card.followed.connect(lambda link: self._go_to(link[len(ZONE_LINK) :]))

    def _wanted(self, signal: Any) -> None:
        zone = self.chosen()
        if zone is not None:
            signal.emit(zone)

    def _go_to(self, record: str) -> None:
        if self.select(record):
            self.zoomWanted.emit(record)
        else:
            self.checks.summary.setText(tr("keeper.no_zone", self.lang, record=record))

    def _refill(self) -> None:
        assert self._data is not None
        chosen, data = self.chosen(), self._data
        self.table.fill(rows_of(data, palette()["zones"], self.lang), self.lang)
        self._fill_combos(data)
        self._apply()
        if chosen is None or not self.select(chosen):
            self._show_card()

    def _fill_combos(self, data: Mapping[str, Any]) -> None:
        from ...jobs.exchange.zonecard import STATUSES

        rows = self.table.rows
        counts = {name: sum(row.status == name for row in rows) for name in STATUSES}
        statuses = [(status_label(name, self.lang), name, counts[name]) for name in STATUSES]
        mine = sum(row.mine for row in rows)
        statuses.append((tr("keeper.status.mine", self.lang), MINE, mine))
        kinds = {row.kind: row.kind_label for row in rows}
        documents = {row.document: row.document for row in rows if row.document}
        choices = {
            "status": [entry for entry in statuses if entry[2]],
            "kind": [
                (label, kind, sum(row.kind == kind for row in rows))
                for kind, label in sorted(kinds.items(), key=lambda pair: pair[1])
            ],
            "document": [
                (
                    document_label(data, name, self.lang),
                    name,
                    sum(row.document == name for row in rows),
                )
                for name in documents
            ],
        }
        for name, entries in choices.items():
            combo = self._combos[name]
            kept = combo.currentData()
            combo.blockSignals(True)
            combo.clear()
            combo.addItem(tr(f"keeper.any.{name}", self.lang), None)
            for label, value, number in entries:
                combo.addItem(f"{label} ({number})", value)
            combo.setCurrentIndex(max(0, combo.findData(kept)))
            combo.blockSignals(False)

    def _apply(self) -> None:
        wanted = {name: combo.currentData() for name, combo in self._combos.items()}
        self.filter.look_for(self.search.text(), **wanted)
        if self._data is not None:
            self.count.setText(self._counted())
        self._show_card()

    def _counted(self) -> str:
        """How many zones are shown, by map status."""
        shown = [self.filter.index(n, 0) for n in range(self.filter.rowCount())]
        found = Counter(
            self.table.rows[self.filter.mapToSource(index).row()].status for index in shown
        )
        parts = [f"{status_label(name, self.lang)} {found[name]}" for name in MARKS if found[name]]
        text = tr("keeper.count", self.lang, shown=len(shown), all=self.table.rowCount())
        return text + tr("keeper.semicolon", self.lang) + "  ".join(parts) if parts else text

    def _show_card(self) -> None:
        self.say("")
        zone = self.chosen()
        if zone is None or self._data is None:
            self.card.setHtml("")
            self.card.setPlaceholderText(tr("keeper.choose", self.lang))
        else:
            from ...jobs.exchange.zonecard import card

            page = CardView(self._data, palette(), self.lang)
            self.card.setHtml(page.page(card(self._data, self._rights, zone)))
        self._enable()

    def _enable(self) -> None:
        zone = self.chosen() if self._data is not None else None
        for button in (self.zoom, self.shape):
            button.setEnabled(zone is not None)
        mine = zone is not None and bool(self._data["zones"][zone].get("overlay"))
        self.removal.setEnabled(mine)


def _narrow() -> QComboBox:
    """A list whose long entries do not dictate the width of the dock."""
    combo = QComboBox()
    policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
    combo.setSizeAdjustPolicy(policy)
    combo.setMinimumContentsLength(8)
    return combo
