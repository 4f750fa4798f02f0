"""The map tool: one click gives one place in WGS84, whatever the project's CRS is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
)
from qgis.gui import QgsAbstractMapToolHandler, QgsMapCanvas, QgsMapTool, QgsVertexMarker
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor

from . import compat

if TYPE_CHECKING:
    from qgis.PyQt.QtWidgets import QAction

WGS84 = "EPSG:4326"
METRES_PER_DEGREE = 111_320.0  # along a meridian; only judges how coarse a click is


class NoPlace(ValueError):
    """A click whose longitude and latitude cannot be known; ``key`` names the text to show."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key)
        self.key, self.args_ = key, args


def _transform(canvas: QgsMapCanvas, *, back: bool = False) -> QgsCoordinateTransform:
    crs = canvas.mapSettings().destinationCrs()
    if not crs.isValid():
        raise NoPlace("no_crs")
    wgs84 = QgsCoordinateReferenceSystem(WGS84)
    ends = (wgs84, crs) if back else (crs, wgs84)
    return QgsCoordinateTransform(*ends, QgsProject.instance())


def to_wgs84(canvas: QgsMapCanvas, point: QgsPointXY) -> tuple[float, float]:
    """Return (lon, lat) in degrees WGS84 of a point given in the canvas's CRS.

    Rounded to six decimals (0.1 m), so that the printed coordinates are those that were asked and
    the command line repeats the answer. Raises :class:`NoPlace`.
    """
    try:
        there = _transform(canvas).transform(point)
    except QgsCsException as error:
        raise NoPlace("bad_transform", reason=str(error).splitlines()[0]) from None
    if not (math.isfinite(there.x()) and math.isfinite(there.y())):
        raise NoPlace("bad_transform", reason=point.toString(1))
    return round(there.x(), 6) + 0.0, round(there.y(), 6) + 0.0


def pixel_metres(canvas: QgsMapCanvas, point: QgsPointXY) -> float:
    """Return roughly how many metres of ground one screen pixel covers at ``point``."""
    step = QgsPointXY(point.x() + canvas.mapUnitsPerPixel(), point.y())
    try:
        (lon, lat), (lon2, lat2) = to_wgs84(canvas, point), to_wgs84(canvas, step)
    except NoPlace:
        return 0.0
    east = (lon2 - lon) * math.cos(math.radians(lat))
    return math.hypot(east, lat2 - lat) * METRES_PER_DEGREE


class PlaceTool(QgsMapTool):
    """Emits ``pointed(lon, lat, pixel_m)`` on a left click, or ``refused(NoPlace)``."""

    pointed = pyqtSignal(float, float, float)
    refused = pyqtSignal(object)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def canvasReleaseEvent(self, event: Any) -> None:
        """Answer a left click; other buttons stay QGIS's own."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.mapPoint()
        try:
            lon, lat = to_wgs84(self.canvas(), point)
        except NoPlace as refusal:
            self.refused.emit(refusal)
            return
        self.pointed.emit(lon, lat, pixel_metres(self.canvas(), point))


class PlaceToolHandler(QgsAbstractMapToolHandler):
    """Tells QGIS that the tool suits every project, with or without a current layer."""

    def __init__(self, tool: PlaceTool, action: QAction) -> None:
        super().__init__(tool, action)

    def isCompatibleWithLayer(self, layer: Any, context: Any) -> bool:
        """Return True: the question is about a place, not about a layer."""
        return True


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
        try:
            centre = _transform(self._canvas, back=True).transform(QgsPointXY(*self._place))
        except (NoPlace, QgsCsException):
            return  # this projection cannot show the place
        width = int(self._style["width_px"])
        for colour, pen in ((self._style["halo"], width + 3), (self._style["colour"], width)):
            ring = QgsVertexMarker(self._canvas)
            ring.setIconType(compat.CIRCLE)
            ring.setIconSize(int(self._style["size_px"]))
            ring.setPenWidth(pen)
            ring.setColor(QColor(colour))
            ring.setCenter(centre)
            self._rings.append(ring)
