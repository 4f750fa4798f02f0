"""What the map shows of a question: a ring at the place asked."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsGeometry, QgsPointXY
from qgis.gui import QgsMapCanvas, QgsVertexMarker
from qgis.PyQt.QtGui import QColor

from .. import compat
from ..canvas import in_map


class PlaceMarker:
    """A ring with a white halo where the last question was asked; follows changes of the CRS."""

    def __init__(self, canvas: QgsMapCanvas, style: dict[str, Any]) -> None:
        self._canvas = canvas
        self._place: tuple[float, float] | None = None
        self._rings: list[QgsVertexMarker] = []
        self._style = style
        canvas.destinationCrsChanged.connect(self._draw)

    def show(self, lon: float, lat: float) -> None:
        """Put the ring at (lon, lat), degrees WGS84."""
        self._place = (lon, lat)
        self._draw()

    def point(self) -> QgsPointXY | None:
        """Return where the ring stands in the canvas's CRS, or None."""
        return self._rings[0].center() if self._rings else None

    def clear(self) -> None:
        """Take the ring off the canvas."""
        for ring in self._rings:
            self._canvas.scene().removeItem(ring)
        self._rings = []

    def remove(self) -> None:
        """Take the ring off for good."""
        self._canvas.destinationCrsChanged.disconnect(self._draw)
        self.clear()
        self._place = None

    def _draw(self) -> None:
        self.clear()
        if self._place is None:
            return
        moved = in_map(self._canvas, QgsGeometry.fromPointXY(QgsPointXY(*self._place)))
        if moved is None:
            return
        width = int(self._style["width_px"])
        for colour, pen in ((self._style["halo"], width + 3), (self._style["colour"], width)):
            ring = QgsVertexMarker(self._canvas)
            ring.setIconType(compat.CIRCLE)
            ring.setIconSize(int(self._style["size_px"]))
            ring.setPenWidth(pen)
            ring.setColor(QColor(colour))
            ring.setCenter(moved.asPoint())
            self._rings.append(ring)
