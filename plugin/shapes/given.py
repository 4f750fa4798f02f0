"""Shapes of the canvas and of layers, in any CRS, as WGS84 GeoJSON with straight edges kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsWkbTypes,
)

from ..asking import Refusal
from ..canvas import WGS84, name_of, unrelated
from ..geometry import to_geojson
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_FEATURES = 2000
# An edge that is straight in a projection is bent in degrees: 14 mm in the middle of one km.
STEP_M = 1000.0
MOST_STEPS = 5000
POINT, LINE, POLYGON = (
    QgsWkbTypes.PointGeometry,
    QgsWkbTypes.LineGeometry,
    QgsWkbTypes.PolygonGeometry,
)


class Given(NamedTuple):
    """A shape somebody gave: WGS84 GeoJSON, its corners as drawn, where it came from.

    ``extra_m``: metres to add to the accuracy; ``notes`` as in ``jobs.shape.given``.
    """

    geojson: dict[str, Any]
    corners: int
    source: str
    extra_m: float = 0.0
    notes: tuple[dict[str, Any], ...] = ()


def in_wgs84(
    geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem, source: str, lang: str
) -> Given:
    """A line or polygon of a CRS. Raises Refusal where that CRS cannot be left."""
    flat = QgsGeometry(geometry.constGet().segmentize())
    flat.get().dropZValue()
    flat.get().dropMValue()
    closing = sum(flat.constGet().ringCount(n) for n in range(flat.constGet().partCount()))
    corners = flat.constGet().nCoordinates() - (closing if flat.type() == POLYGON else 0)
    if not crs.isGeographic():
        flat = flat.densifyByDistance(max(STEP_M, flat.length() / MOST_STEPS))
    to_degrees(flat, crs, lang)
    flat.convertToMultiType()
    return Given(to_geojson(flat), corners, source)


def pieces(geometries: Iterable[QgsGeometry], lang: str) -> tuple[Any, list[QgsGeometry]]:
    """The kind of shapes there are (POINT, LINE or POLYGON) and the shapes, out of collections.

    The blocks of a drawing come as collections; points beside lines or polygons are labels and
    insertion marks, and left out. Raises Refusal.
    """
    found: dict[Any, list[QgsGeometry]] = {POINT: [], LINE: [], POLYGON: []}
    for geometry in geometries:
        for part in geometry.asGeometryCollection():
            if not part.isEmpty() and part.type() in found:
                found[part.type()].append(part)
    if found[LINE] and found[POLYGON]:
        raise Refusal(tr("shapes.mixed", lang))
    for kind in (POLYGON, LINE, POINT):
        if found[kind]:
            return kind, found[kind]
    raise Refusal(tr("shapes.no_geometry", lang))


def enclosed(lines: list[QgsGeometry]) -> QgsGeometry | None:
    """The polygons that lines enclose, if every one of them belongs to a closed outline."""
    merged = QgsGeometry.unaryUnion(lines)
    if merged.constGet() is None:
        return None
    if merged.isMultipart() and merged.constGet().numGeometries() > 1:
        merged = merged.mergeLines()
    rings = []
    for part in merged.asGeometryCollection():
        line = part.asPolyline()
        if len(line) < 4 or line[0] != line[-1]:
            return None
        rings.append(QgsGeometry.fromPolygonXY([line]))
    if not rings:
        return None
    # an outline inside another one is a hole: symmetric difference, largest first
    rings.sort(key=lambda ring: -ring.area())
    whole = rings[0]
    for ring in rings[1:]:
        whole = whole.symDifference(ring)
    return whole if not whole.isEmpty() else None


def as_one(parts: list[QgsGeometry]) -> QgsGeometry:
    """Several shapes of one kind as one multi shape, overlaps and all."""
    return QgsGeometry.collectGeometry(parts)


def point_in_wgs84(
    geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem, lang: str
) -> tuple[float, float]:
    """Longitude and latitude of a point of a CRS, to six decimals. Raises Refusal."""
    moved = QgsGeometry(geometry)
    to_degrees(moved, crs, lang)
    place = moved.asGeometryCollection()[0].asPoint()
    return round(place.x(), 6), round(place.y(), 6)


def to_degrees(geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem, lang: str) -> None:
    """Transform a geometry in place. Raises Refusal where its CRS cannot be left."""
    if unrelated(crs):
        raise Refusal(tr("unrelated_crs", lang, crs=name_of(crs)))
    wgs84 = QgsCoordinateReferenceSystem(WGS84)
    try:
        geometry.transform(QgsCoordinateTransform(crs, wgs84, QgsProject.instance()))
    except QgsCsException as error:
        reason = str(error).splitlines()[0]
        raise Refusal(tr("shapes.transform", lang, reason=reason)) from None
