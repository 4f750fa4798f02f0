"""What the map shows of a question: a ring at the place asked and the circle of its accuracy."""

from __future__ import annotations

import math
from typing import Any

from qgis.core import QgsDistanceArea, QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsRubberBand, QgsVertexMarker
from qgis.PyQt.QtGui import QColor

from .. import compat
from ..canvas import in_map

CORNERS = 72  # of the circle of accuracy
ABOVE = 1000.0  # whatever zones are highlighted
POLAR = 89.9  # degrees; nearer to a pole no map shows a circle as one


class PlaceMarker:
    """A ring with a white halo where the last question was asked, in a circle of its accuracy.

    Both follow changes of the canvas's CRS; where it cannot show the place there is neither.
    """

    def __init__(self, canvas: QgsMapCanvas, style: dict[str, Any]) -> None:
        self._canvas = canvas
        self._place: tuple[float, float] | None = None
        self._radius_m = 0.0
        self._rings: list[QgsVertexMarker] = []
        self._circle: QgsRubberBand | None = None
        self._style = style
        canvas.destinationCrsChanged.connect(self._draw)

    def show(self, lon: float, lat: float, radius_m: float = 0.0) -> None:
        """Put the ring at (lon, lat), degrees WGS84, in a circle of ``radius_m`` metres."""
        self._place, self._radius_m = (lon, lat), radius_m
        self._draw()

    def point(self) -> QgsPointXY | None:
        """Return where the ring stands in the canvas's CRS, or None."""
        return self._rings[0].center() if self._rings else None

    def circle(self) -> QgsGeometry | None:
        """Return the circle of accuracy in the canvas's CRS, or None."""
        return None if self._circle is None else self._circle.asGeometry()

    def clear(self) -> None:
        """Take ring and circle off the canvas, until another place is shown."""
        self._place = None
        self._erase()

    def _erase(self) -> None:
        for item in (*self._rings, self._circle):
            if item is not None:
                self._canvas.scene().removeItem(item)
        self._rings, self._circle = [], None

    def remove(self) -> None:
        """Take ring and circle off for good."""
        self._canvas.destinationCrsChanged.disconnect(self._draw)
        self.clear()

    def _draw(self) -> None:
        self._erase()
        if self._place is None:
            return
        moved = in_map(self._canvas, QgsGeometry.fromPointXY(QgsPointXY(*self._place)))
        if moved is None or not _is_finite(moved):
            return
        self._draw_circle()
        width = int(self._style["width_px"])
        for colour, pen in ((self._style["halo"], width + 3), (self._style["colour"], width)):
            ring = QgsVertexMarker(self._canvas)
            ring.setIconType(compat.CIRCLE)
            ring.setIconSize(int(self._style["size_px"]))
            ring.setPenWidth(pen)
            ring.setColor(QColor(colour))
            ring.setCenter(moved.asPoint())
            ring.setZValue(ABOVE)
            self._rings.append(ring)

    def _draw_circle(self) -> None:
        if self._place is None or self._radius_m <= 0:
            return
        drawn = circle_around(*self._place, self._radius_m)
        moved = None if drawn is None else in_map(self._canvas, drawn)
        if moved is None or not _is_finite(moved):
            return
        colour = QColor(self._style["colour"])
        self._circle = QgsRubberBand(self._canvas, QgsWkbTypes.PolygonGeometry)
        self._circle.setStrokeColor(colour)
        self._circle.setWidth(1)
        colour.setAlpha(28)
        self._circle.setFillColor(colour)
        self._circle.setToGeometry(moved, None)
        self._circle.setZValue(ABOVE)


def circle_around(lon: float, lat: float, radius_m: float) -> QgsGeometry | None:
    """Return the circle of ``radius_m`` metres on the ellipsoid, in degrees WGS84.

    Its longitudes run on across ±180 so that it stays in one piece. None at a pole.
    """
    ruler = QgsDistanceArea()
    ruler.setEllipsoid("WGS84")
    corners = []
    for number in range(CORNERS):
        azimuth = 2 * math.pi * number / CORNERS
        corner = ruler.computeSpheroidProject(QgsPointXY(lon, lat), radius_m, azimuth)
        if abs(corner.y()) > POLAR:
            return None
        turn = 360 * round((lon - corner.x()) / 360)
        corners.append(QgsPointXY(corner.x() + turn, corner.y()))
    return QgsGeometry.fromPolygonXY([corners])


def bring_into_view(canvas: QgsMapCanvas, point: QgsPointXY) -> None:
    """Move the map to a point of its own CRS that it does not show."""
    if not canvas.extent().contains(point):
        canvas.setCenter(point)
        canvas.refresh()


def _is_finite(geometry: QgsGeometry) -> bool:
    box = geometry.boundingBox()
    edges = (box.xMinimum(), box.xMaximum(), box.yMinimum(), box.yMaximum())
    return all(math.isfinite(edge) for edge in edges)
