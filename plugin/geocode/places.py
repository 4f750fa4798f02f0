"""The places that an address may mean, as a list: level, radius, county, confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from ..texts import tr
from .addresses import size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qgis.PyQt.QtWidgets import QWidget

    from ...jobs.address.discs import Candidate

HEADS = ("place", "level", "radius", "county", "sure")
NUMBERS = (2, 4)  # columns set to the right


class PlaceList(QTreeWidget):
    """``pointed(candidate or None)``: the one that is chosen; ``opened(candidate)``: by a double
    click or Enter."""

    pointed = pyqtSignal(object)
    opened = pyqtSignal(object)

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lang = lang
        self._found: list[Candidate] = []
        self.setHeaderLabels([tr(f"geocode.column.{name}", lang) for name in HEADS])
        self.setAccessibleName(tr("geocode.list", lang))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.itemSelectionChanged.connect(lambda: self.pointed.emit(self.chosen()))
        self.itemActivated.connect(lambda _item, _column: self.open_chosen())

    def show_places(self, found: Sequence[Candidate]) -> None:
        """List places, the best first, none of them chosen."""
        from ...jobs.address.discs import LEVEL_WORDS
        from ...rules.messages import in_language

        self.clear()
        self._found = list(found)
        for place in self._found:
            cells = [
                place.matched,
                in_language(LEVEL_WORDS[place.level], self._lang),
                f"±{size(place.radius_m)}",
                place.county or "—",
                f"{100 * place.confidence:.0f} %",
            ]
            line = QTreeWidgetItem(self, cells)
            line.setToolTip(0, f"{place.lon:.5f}, {place.lat:.5f} (WGS 84)")
            for column in NUMBERS:
                line.setTextAlignment(column, Qt.AlignmentFlag.AlignRight)

    def chosen(self) -> Candidate | None:
        """Return the place that is chosen, None for none."""
        lines = self.selectedItems()
        return self._found[self.indexOfTopLevelItem(lines[0])] if lines else None

    def keyPressEvent(self, event: Any) -> None:
        """Keep Enter from pressing the window's default button, too."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()

    def open_chosen(self) -> None:
        """Have the place that is chosen opened."""
        place = self.chosen()
        if place is not None:
            self.opened.emit(place)
