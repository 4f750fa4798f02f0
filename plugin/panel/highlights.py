"""Zones and sources of an answer drawn over the map: certain inside, uncertain edge, place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ..canvas import in_map
from ..geometry import from_geojson
from .marks import bring_into_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..host import Host

SOLID, DASHED, DOTTED = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine
# the nominal line is what the document says; core and extent bound where it may really run
OUTLINES = (("extent", DOTTED, 1), ("core", DASHED, 1), ("nominal", SOLID, 2))
FILLED = ("documented_boundary", "approximate")  # whole cities would only cloud the map
FLASHES, FLASH_MS = 3, 500


class Highlights:
    """Draws the zones whose ids it is told, over whatever layers there are.

    ``kept`` are drawn until they are let go; one more may be drawn while it is pointed at.
    """

    def __init__(self, host: Host, looks: dict[str, Any]) -> None:
        self._host = host
        self._looks = looks
        self.kept: list[str] = []
        self._pointed = ""
        self._bands: dict[str, list[QgsRubberBand]] = {}
        host.canvas.destinationCrsChanged.connect(self._redraw)

    def point_at(self, zone: str) -> None:
        """Draw a zone while it is pointed at; an empty text ends that."""
        self._pointed = zone
        self._settle()

    def toggle(self, zone: str) -> None:
        """Keep a zone drawn, or let it go."""
        self.keep([z for z in self.kept if z != zone] if zone in self.kept else [*self.kept, zone])

    def keep(self, zones: Iterable[str]) -> None:
        """Draw these zones and no others, but for the one that is pointed at."""
        self.kept = list(dict.fromkeys(zones))
        self._settle()

    def drawn(self) -> list[str]:
        """Return the ids of the zones on the map."""
        return list(self._bands)

    def bands(self, zone: str) -> list[QgsRubberBand]:
        """Return what is drawn of a zone: one band for each outline it has."""
        return self._bands.get(zone, [])

    def show_source(self, source: dict[str, Any]) -> bool:
        """Bring a source into view and flash it; False where the map cannot show it."""
        place = source.get("location")
        if not place:
            return False
        spot = QgsGeometry.fromPointXY(QgsPointXY(place["lon"], place["lat"]))
        moved = in_map(self._canvas, spot)
        if moved is None:
            return False
        bring_into_view(self._canvas, moved.asPoint())
        crs = self._canvas.mapSettings().destinationCrs()
        bright, gone = QColor("#a8201a"), QColor(168, 32, 26, 0)
        self._canvas.flashGeometries([moved], crs, bright, gone, FLASHES, FLASH_MS)
        return True

    def remove(self) -> None:
        """Take everything off the map for good."""
        self._host.canvas.destinationCrsChanged.disconnect(self._redraw)
        self.kept, self._pointed = [], ""
        self._settle()

    @property
    def _canvas(self) -> QgsMapCanvas:
        return self._host.canvas

    def _redraw(self) -> None:
        for zone in list(self._bands):
            self._erase(zone)
        self._settle()

    def _settle(self) -> None:
        """Draw what is to be seen and is not, erase what is seen and is not to be."""
        wanted = [*self.kept, *([self._pointed] if self._pointed else [])]
        for zone in list(self._bands):
            if zone not in wanted:
                self._erase(zone)
        for zone in wanted:
            if zone not in self._bands:
                self._bands[zone] = self._draw(zone)

    def _draw(self, zone: str) -> list[QgsRubberBand]:
        from ...jobs.exchange.tables import shapes_of

        data = self._host.asker.catalogue(self._host.lang).data
        record = data["zones"].get(zone)
        if record is None:
            return []
        look = self._looks.get(record["kind"], {"fill": "#f6c7b6", "stroke": "#a8201a"})
        bands = []
        shapes = shapes_of(data, record)
        for role, style, width in OUTLINES:
            moved = in_map(self._canvas, from_geojson(shapes[role])) if role in shapes else None
            if moved is not None and not moved.isEmpty():
                filled = role == "nominal" and record["basis"] in FILLED
                bands.append(self._band(moved, filled, style, width, look))
        return bands

    def _band(
        self, geometry: QgsGeometry, filled: bool, style: Any, width: int, look: dict[str, str]
    ) -> QgsRubberBand:
        band = QgsRubberBand(self._canvas, QgsWkbTypes.PolygonGeometry)
        fill = QColor(look["fill"])
        fill.setAlpha(90 if filled else 0)
        band.setFillColor(fill)
        band.setStrokeColor(QColor(look["stroke"]))
        band.setLineStyle(style)
        band.setWidth(width)
        band.setToGeometry(geometry, None)
        return band

    def _erase(self, zone: str) -> None:
        for band in self._bands.pop(zone):
            self._canvas.scene().removeItem(band)
