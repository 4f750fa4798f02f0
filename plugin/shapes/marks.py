"""The parts of a shape on the map: outline and fill by verdict, number and sign on each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem, QgsRubberBand
from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ..canvas import in_map, zoom_to
from ..geometry import from_geojson
from ..paper import INK, WHITE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ALPHA, PICKED_ALPHA = 70, 150
# a pattern beside the colour, for who cannot tell the colours apart
PATTERNS = {
    "prohibited": Qt.BrushStyle.SolidPattern,
    "restricted": Qt.BrushStyle.FDiagPattern,
    "required": Qt.BrushStyle.HorPattern,
    "conflict": Qt.BrushStyle.DiagCrossPattern,
    "cannot_determine": Qt.BrushStyle.Dense6Pattern,
    "no_data": Qt.BrushStyle.NoBrush,
    "not_concerned": Qt.BrushStyle.NoBrush,
}
MOST_SIGNS = 40


class PartMarks:
    """Draws the parts of a reply; follows changes of the map's CRS."""

    def __init__(self, canvas: QgsMapCanvas, looks: Mapping[str, Any]) -> None:
        self._canvas = canvas
        self._looks = looks
        self._parts: list[tuple[QgsGeometry, str]] = []
        self._bands: list[QgsRubberBand] = []
        self._signs: Signs | None = None
        self._picked = -1
        canvas.destinationCrsChanged.connect(self._draw)

    def show(self, parts: Sequence[Mapping[str, Any]], tones: Sequence[str]) -> None:
        """Draw parts given as {geometry: GeoJSON in WGS84} with a tone of the palette each."""
        shapes = [from_geojson(part["geometry"]) for part in parts]
        self._parts = list(zip(shapes, tones))
        self._picked = -1
        self._draw()

    def preview(self, geojson: Mapping[str, Any] | None, tone: str = "applies") -> None:
        """Draw one shape, or nothing."""
        self._parts = [(from_geojson(geojson), tone)] if geojson else []
        self._draw(signs=False)

    def pick(self, number: int) -> None:
        """Set one part off, counted from 0; -1 for none."""
        self._picked = number
        self._draw()

    def zoom(self, number: int = -1) -> None:
        """Bring one part, or all, into view."""
        shapes = [shape for shape, _ in self._parts]
        if 0 <= number < len(shapes):
            shapes = [shapes[number]]
        if shapes:
            zoom_to(self._canvas, QgsGeometry.collectGeometry(shapes), 1.4)

    def bands(self) -> int:
        """Return how many shapes are on the map."""
        return len(self._bands)

    def clear(self) -> None:
        """Take everything off the map."""
        self._parts = []
        self._erase()

    def remove(self) -> None:
        """Take everything off the map for good."""
        self._canvas.destinationCrsChanged.disconnect(self._draw)
        self.clear()

    def _erase(self) -> None:
        for item in [*self._bands, *([self._signs] if self._signs else [])]:
            self._canvas.scene().removeItem(item)
        self._bands, self._signs = [], None

    def _draw(self, *, signs: bool = True) -> None:
        self._erase()
        found = []
        for n, (shape, tone) in enumerate(self._parts):
            moved = in_map(self._canvas, shape)
            if moved is None or moved.isEmpty():
                continue
            look = self._looks[tone]
            self._bands.append(self._band(moved, tone, look["colour"], n == self._picked))
            if signs and n < MOST_SIGNS:
                place = _spot(moved)
                found.append((place, f"{n + 1} {look['mark']}", look["colour"]))
        if found:
            self._signs = Signs(self._canvas, found)

    def _band(self, shape: QgsGeometry, tone: str, colour: str, picked: bool) -> QgsRubberBand:
        area = shape.type() == QgsWkbTypes.PolygonGeometry
        band = QgsRubberBand(self._canvas, shape.type())
        stroke, fill = QColor(colour), QColor(colour)
        fill.setAlpha(PICKED_ALPHA if picked else ALPHA)
        band.setStrokeColor(stroke)
        band.setFillColor(fill)
        if area:
            band.setBrushStyle(PATTERNS.get(tone, Qt.BrushStyle.SolidPattern))
        else:
            band.setSecondaryStrokeColor(QColor(WHITE))
        known = tone not in ("cannot_determine", "no_data")
        band.setLineStyle(Qt.PenStyle.SolidLine if known else Qt.PenStyle.DashLine)
        band.setWidth((4 if picked else 2) + (0 if area else 2))
        band.setToGeometry(shape, None)
        return band


def _spot(shape: QgsGeometry) -> QgsPointXY:
    """A place on the largest piece of a shape."""
    pieces = shape.asGeometryCollection()
    area = shape.type() == QgsWkbTypes.PolygonGeometry
    largest = max(pieces, key=lambda piece: piece.area() if area else piece.length())
    spot = largest.pointOnSurface() if area else largest.interpolate(largest.length() / 2)
    return QgsPointXY(spot.asPoint())


class Signs(QgsMapCanvasItem):
    """Small labels at places of the map, on white, in the colour they stand for."""

    def __init__(self, canvas: QgsMapCanvas, signs: list[tuple[QgsPointXY, str, str]]) -> None:
        super().__init__(canvas)
        self._map = canvas
        self.signs = signs
        self.setZValue(90)
        self.updatePosition()

    def updatePosition(self) -> None:
        """Called by the canvas whenever it shows something else."""
        self.prepareGeometryChange()
        self.setPos(0, 0)
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the whole canvas."""
        return QRectF(self._map.rect())

    def paint(self, painter: QPainter, option: Any = None, widget: Any = None) -> None:
        """Draw each label in a rounded box."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._map.font()
        font.setBold(True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        for place, text, colour in self.signs:
            spot = self.toCanvasCoordinates(place)
            box = QRectF(0, 0, metrics.horizontalAdvance(text) + 10, metrics.height() + 4)
            box.moveCenter(spot)
            painter.setPen(QPen(QColor(colour), 1.5))
            painter.setBrush(QColor(WHITE))
            painter.drawRoundedRect(box, 5, 5)
            painter.setPen(QColor(INK))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
