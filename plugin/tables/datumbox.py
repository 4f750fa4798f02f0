"""In which datum are the coordinates of a table? Asked, never answered for the user."""

from __future__ import annotations

from typing import NamedTuple

from qgis.gui import QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QVBoxLayout, QWidget

from ..conditions import refill
from ..labels import plain_label
from ..texts import tr
from .preview import Seen

DATUMS = ("wgs84", "cgcs2000", "gcj02", "bd09", "unknown")
LINES = 4  # of what the values look like: a label in a group does not ask for them by itself
AS_FILE, PROJECTED = "file", "crs"


class Told(NamedTuple):
    """A datum of ``layers.datum``, a CRS, or neither: as the file says."""

    datum: str | None
    crs: str | None


class DatumBox(QWidget):
    """``changed``: another answer, or none any more."""

    changed = pyqtSignal()

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lang = lang
        self.seen = plain_label()
        self.seen.setMinimumHeight(LINES * self.seen.fontMetrics().lineSpacing())
        self.answer = QComboBox()
        self.answer.setAccessibleName(tr("tables.datum", lang).replace("&", ""))
        self.crs = QgsProjectionSelectionWidget()
        self.crs.setAccessibleName(tr("tables.datum.crs", lang))
        self.seen.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.crs.hide()
        self.answer.currentIndexChanged.connect(lambda _: self._picked())
        self.crs.crsChanged.connect(lambda _: self.changed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.seen, self.answer, self.crs):
            column.addWidget(widget)
        self.show_seen(Seen("none"), "")

    def show_seen(self, seen: Seen, crs: str) -> None:
        """Tell what the values look like; ``crs``: what the file states of them, empty if nothing.

        What was answered stays as long as it is among the answers.
        """
        key = "tables.seen.stated" if crs else f"tables.seen.{seen.kind}"
        figures = {"x": _span(seen.x), "y": _span(seen.y)}
        self.seen.setText(tr(key, self._lang, **({"crs": crs} if crs else figures)))
        rows = [(tr("tables.datum.ask", self._lang), "")]
        if crs:
            rows = [(tr("tables.datum.file", self._lang, crs=crs), AS_FILE)]
        rows += [(tr(f"tables.datum.{name}", self._lang), name) for name in DATUMS]
        rows.append((tr("tables.datum.projected", self._lang), PROJECTED))
        refill(self.answer, rows)
        self._picked()

    def told(self) -> Told | None:
        """The answer; None while there is none."""
        chosen = self.answer.currentData()
        if chosen == AS_FILE:
            return Told(None, None)
        if chosen == PROJECTED:
            crs = self.crs.crs()
            return Told(None, crs.authid() or crs.toWkt()) if crs.isValid() else None
        return Told(chosen, None) if chosen else None

    def _picked(self) -> None:
        self.crs.setVisible(self.answer.currentData() == PROJECTED)
        self.changed.emit()


def _span(values: tuple[float, float]) -> str:
    return f"{values[0]:.8g} … {values[1]:.8g}"
