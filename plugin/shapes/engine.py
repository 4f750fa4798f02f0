"""The engine of ``layers.parts`` on QGIS's own geometries, for a QGIS without shapely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry, QgsRectangle, QgsWkbTypes
from qgis.PyQt.QtGui import QTransform

from ..geometry import from_geojson, to_geojson

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPES = {1: QgsWkbTypes.LineGeometry, 2: QgsWkbTypes.PolygonGeometry}


class QgisEngine:
    """A layers.parts.Engine; geometries are QgsGeometry. Raises RuntimeError where GEOS fails."""

    def read(self, shape: Mapping[str, Any]) -> QgsGeometry:
        """See Engine."""
        made = from_geojson(shape) if shape["coordinates"] else QgsGeometry.fromWkt(_empty(shape))
        made.convertToMultiType()
        return made

    def write(self, shape: QgsGeometry) -> dict[str, Any]:
        """See Engine."""
        copy = QgsGeometry(shape)
        copy.convertToMultiType()
        return to_geojson(copy)

    def box(self, west: float, south: float, east: float, north: float) -> QgsGeometry:
        """See Engine."""
        return QgsGeometry.fromRect(QgsRectangle(west, south, east, north))

    def intersection(self, one: QgsGeometry, other: QgsGeometry) -> QgsGeometry:
        """See Engine."""
        return _checked(one.intersection(other))

    def difference(self, one: QgsGeometry, other: QgsGeometry) -> QgsGeometry:
        """See Engine."""
        return _checked(one.difference(other))

    def union(self, shapes: list[QgsGeometry]) -> QgsGeometry:
        """See Engine."""
        return _checked(QgsGeometry.unaryUnion(shapes))

    def boundary(self, shape: QgsGeometry) -> QgsGeometry:
        """See Engine."""
        found = shape.constGet().boundary()
        return QgsGeometry(found) if found else QgsGeometry.fromWkt("MULTILINESTRING EMPTY")

    def scaled(self, shape: QgsGeometry, x: float, y: float) -> QgsGeometry:
        """See Engine."""
        copy = QgsGeometry(shape)
        copy.transform(QTransform.fromScale(x, y))
        return copy

    def buffer(self, shape: QgsGeometry, distance: float, segments: int) -> QgsGeometry:
        """See Engine."""
        return _checked(shape.buffer(distance, segments))

    def only(self, shape: QgsGeometry, dimension: int) -> QgsGeometry:
        """See Engine."""
        kind = _TYPES[dimension]
        fitting = [p for p in shape.asGeometryCollection() if p.type() == kind and not p.isEmpty()]
        if not fitting:
            name = "MultiPolygon" if dimension == 2 else "MultiLineString"
            return QgsGeometry.fromWkt(_empty({"type": name}))
        made = QgsGeometry.collectGeometry(fitting)
        made.convertToMultiType()
        return made

    def is_empty(self, shape: QgsGeometry) -> bool:
        """See Engine."""
        return bool(shape.isNull() or shape.isEmpty())

    def bounds(self, shape: QgsGeometry) -> tuple[float, float, float, float]:
        """See Engine."""
        box = shape.boundingBox()
        return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()

    def problem(self, shape: QgsGeometry) -> str:
        """See Engine."""
        if shape.isGeosValid():
            return ""
        return str(shape.lastError() or "invalid geometry").splitlines()[0]

    def repaired(self, shape: QgsGeometry) -> QgsGeometry:
        """See Engine."""
        return self.only(_checked(shape.makeValid()), 2)

    def inner_point(self, shape: QgsGeometry) -> tuple[float, float]:
        """See Engine."""
        place = _checked(shape.pointOnSurface()).asPoint()
        return place.x(), place.y()


def _empty(shape: Mapping[str, Any]) -> str:
    return f"{str(shape['type']).upper()} EMPTY"


def _checked(made: QgsGeometry) -> QgsGeometry:
    """QGIS returns a null geometry with an error instead of raising."""
    if made.isNull():
        raise RuntimeError(f"geometry operation failed: {made.lastError() or 'no reason given'}")
    return made
