"""A small picture of a new shape over the present one, drawn by Qt alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from qgis.core import QgsGeometry, QgsRectangle
from qgis.PyQt.QtCore import QPointF, QSize, Qt
from qgis.PyQt.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen
from qgis.PyQt.QtWidgets import QWidget

from ..paper import INK, WHITE

if TYPE_CHECKING:
    from collections.abc import Mapping

MARGIN = 10  # pixels
# role: pen, style of the pen, fill (with its opacity)
LOOKS = {
    "around": ("#9aa0a6", Qt.PenStyle.SolidLine, None),
    "present": ("#55585c", Qt.PenStyle.DashLine, None),
    "extent": ("#174a8c", Qt.PenStyle.DotLine, "#33174a8c"),
    "core": ("#174a8c", Qt.PenStyle.NoPen, "#66174a8c"),
    "nominal": ("#a8201a", Qt.PenStyle.SolidLine, None),
}


class Sketch(QWidget):
    """Shapes in degrees WGS84 by role (see LOOKS), seen as on a map, north up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shapes: dict[str, QgsGeometry] = {}
        self.setMinimumSize(260, 200)

    def sizeHint(self) -> QSize:
        """Return a size in which a city quarter can be made out."""
        return QSize(320, 260)

    def show_shapes(self, shapes: Mapping[str, QgsGeometry]) -> None:
        """Draw other shapes; the view holds all but ``around``."""
        self._shapes = {role: shapes[role] for role in LOOKS if role in shapes}
        self.update()

    def paintEvent(self, event: object) -> None:
        """Paint them, the ground white in any theme."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(WHITE))
        painter.setPen(QPen(QColor(INK), 0))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        box = QgsRectangle()
        for role, area in self._shapes.items():
            if role != "around" and not area.isEmpty():
                box.combineExtentWith(area.boundingBox())
        if box.isEmpty():
            return
        for role, area in self._shapes.items():
            colour, line, fill = LOOKS[role]
            painter.setPen(QPen(QColor(colour), 1.6, line))
            painter.setBrush(QBrush(QColor(fill)) if fill else QBrush(Qt.BrushStyle.NoBrush))
            painter.drawPath(self._path(area, box))

    def _path(self, area: QgsGeometry, box: QgsRectangle) -> QPainterPath:
        narrow = math.cos(math.radians(box.center().y()))  # a degree of longitude is shorter
        wide, high = self.width() - 2 * MARGIN, self.height() - 2 * MARGIN
        scale = min(wide / (box.width() * narrow), high / box.height())
        path = QPainterPath()
        for part in area.asMultiPolygon():
            for ring in part:
                for number, corner in enumerate(ring):
                    x = (corner.x() - box.center().x()) * narrow * scale + self.width() / 2
                    y = (box.center().y() - corner.y()) * scale + self.height() / 2
                    if number:
                        path.lineTo(QPointF(x, y))
                    else:
                        path.moveTo(QPointF(x, y))
        return path
