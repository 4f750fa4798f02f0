"""A draft on the map: certain, literal and possible area, and the lines it was drawn on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ..canvas import in_map, zoom_to
from ..geometry import from_geojson
from .look import FILL, LINE, ROLES, STROKE, STYLE

if TYPE_CHECKING:
    from .work import Drafted

WIDE = 6  # pixels of the lines used, under the literal edge that follows them
PENS = {
    "dot": Qt.PenStyle.DotLine,
    "dash": Qt.PenStyle.DashLine,
    "solid": Qt.PenStyle.SolidLine,
}


class DraftMarks:
    """Draws a draft; follows changes of the map's CRS."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._drafted: Drafted | None = None
        self._bands: list[QgsRubberBand] = []
        canvas.destinationCrsChanged.connect(self._draw)

    def show(self, drafted: Drafted | None) -> None:
        """Draw a draft and bring it into view, or draw nothing."""
        self._drafted = drafted
        self._draw()
        shapes = self._shapes("extent") if drafted else []
        if shapes:
            zoom_to(self._canvas, QgsGeometry.collectGeometry(shapes), 1.3)

    def bands(self) -> int:
        """Return how many things are on the map."""
        return len(self._bands)

    def remove(self) -> None:
        """Take everything off the map for good."""
        self._canvas.destinationCrsChanged.disconnect(self._draw)
        self.show(None)

    def _shapes(self, role: str) -> list[QgsGeometry]:
        features = self._drafted.features["features"] if self._drafted else ()
        rows = [row for row in features if row["properties"]["role"] == role]
        return [from_geojson(row["geometry"]) for row in rows if row["geometry"]["coordinates"]]

    def _draw(self) -> None:
        for band in self._bands:
            self._canvas.scene().removeItem(band)
        self._bands = []
        for _, _, points in self._drafted.used if self._drafted else ():
            line = QgsGeometry.fromPolylineXY([QgsPointXY(*spot) for spot in points])
            self._add(line, QColor(LINE), QColor(0, 0, 0, 0), Qt.PenStyle.SolidLine, WIDE)
        for role in ROLES:
            for shape in self._shapes(role):
                fill = QColor(*map(int, FILL[role].split(",")))
                width = 3 if role == "nominal" else 1
                self._add(shape, QColor(STROKE[role]), fill, PENS[STYLE[role]], width)

    def _add(
        self, shape: QgsGeometry, stroke: QColor, fill: QColor, style: Qt.PenStyle, width: int
    ) -> None:
        moved = in_map(self._canvas, shape)
        if moved is None or moved.isEmpty():
            return
        band = QgsRubberBand(self._canvas, moved.type())
        band.setStrokeColor(stroke)
        if moved.type() == QgsWkbTypes.PolygonGeometry:
            band.setFillColor(fill)
        band.setLineStyle(style)
        band.setWidth(width)
        band.setToGeometry(moved, None)
        self._bands.append(band)
