"""The map tool that draws a polygon or a line, corner by corner, without touching any layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor

if TYPE_CHECKING:
    from qgis.gui import QgsMapCanvas

LEAST = {"polygon": 3, "line": 2}


class ShapeTool(QgsMapTool):
    """Emits ``drawn(QgsGeometry)`` in the canvas's CRS, ``grown(corners)`` meanwhile.

    Left click adds a corner, right click or Enter finishes, Backspace removes the last corner, Esc
    clears; ``tooFew`` says that a finished shape had not enough corners.
    """

    drawn = pyqtSignal(object)
    grown = pyqtSignal(int)
    tooFew = pyqtSignal()
    cancelled = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, kind: str, colour: str) -> None:
        super().__init__(canvas)
        self.kind = kind
        self.corners: list[QgsPointXY] = []
        self._colour = QColor(colour)
        self._band: QgsRubberBand | None = None
        self.setCursor(Qt.CursorShape.CrossCursor)
        # corners are in the map's CRS, which has changed under them
        canvas.destinationCrsChanged.connect(self._start_again)

    def canvasReleaseEvent(self, event: Any) -> None:
        """Add a corner, or finish."""
        if event.button() == Qt.MouseButton.LeftButton:
            point = QgsPointXY(event.mapPoint())
            if not self.corners or point != self.corners[-1]:
                self.corners.append(point)
            self._redraw(None)
            self.grown.emit(len(self.corners))
        elif event.button() == Qt.MouseButton.RightButton:
            self.finish()

    def canvasMoveEvent(self, event: Any) -> None:
        """Show where the next edge would run."""
        if self.corners:
            self._redraw(QgsPointXY(event.mapPoint()))

    def keyPressEvent(self, event: Any) -> None:
        """Backspace, Esc and Enter; every other key stays QGIS's own."""
        key = event.key()
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            if self.corners:
                self.corners.pop()
                self._redraw(None)
                self.grown.emit(len(self.corners))
            event.accept()
        elif key == Qt.Key.Key_Escape:
            self.clear()
            self.cancelled.emit()
            event.accept()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
            event.accept()
        else:
            event.ignore()

    def finish(self) -> None:
        """Hand over what is drawn, if it is enough."""
        if len(self.corners) < LEAST[self.kind]:
            self.tooFew.emit()
            return
        if self.kind == "polygon":
            shape = QgsGeometry.fromPolygonXY([[*self.corners, self.corners[0]]])
        else:
            shape = QgsGeometry.fromPolylineXY(self.corners)
        self.clear()
        self.drawn.emit(shape)

    def clear(self) -> None:
        """Forget the corners and take the band off the map."""
        self.corners = []
        if self._band is not None:
            self.canvas().scene().removeItem(self._band)
            self._band = None

    def deactivate(self) -> None:
        """Another tool was taken up: what is half drawn goes."""
        self.clear()
        super().deactivate()

    def remove(self) -> None:
        """Take everything off the map for good."""
        self.canvas().destinationCrsChanged.disconnect(self._start_again)
        self.clear()

    def _start_again(self) -> None:
        if self.corners:
            self.clear()
            self.grown.emit(0)

    def _redraw(self, cursor: QgsPointXY | None) -> None:
        if self._band is None:
            self._band = QgsRubberBand(self.canvas(), QgsWkbTypes.PolygonGeometry)
            fill = QColor(self._colour)
            fill.setAlpha(50 if self.kind == "polygon" else 0)
            self._band.setFillColor(fill)
            self._band.setStrokeColor(self._colour)
            self._band.setWidth(2)
        places = [*self.corners, *([cursor] if cursor is not None else [])]
        # a polygon of two corners is still a line
        kind = self.kind if len(places) > 2 else "line"
        flat = QgsWkbTypes.PolygonGeometry if kind == "polygon" else QgsWkbTypes.LineGeometry
        self._band.reset(flat)
        for n, place in enumerate(places):
            self._band.addPoint(place, n == len(places) - 1)
