"""The map tool: one click gives one place in WGS84, whatever the project's CRS is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.gui import QgsAbstractMapToolHandler, QgsMapCanvas, QgsMapTool
from qgis.PyQt.QtCore import Qt, pyqtSignal

from ..canvas import NoPlace, pixel_metres, to_wgs84

if TYPE_CHECKING:
    from qgis.PyQt.QtWidgets import QAction


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
