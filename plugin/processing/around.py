"""Rings around places and zones as geometries in degrees WGS84, lengths on the ellipsoid.

Around a place: geodesic circles. Around a zone: a buffer in an azimuthal equidistant projection at
its middle, whose lengths within 100 km are true to 1 in 20,000.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsDistanceArea,
    QgsGeometry,
    QgsPointXY,
)

from ..canvas import WGS84

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VERTICES = 720  # as the circles of the catalogue
QUARTER = VERTICES // 4


def disc(lon: float, lat: float, radius_km: float) -> QgsGeometry:
    """Return the geodesic circle around a place in degrees WGS84."""
    ruler, centre = QgsDistanceArea(), QgsPointXY(lon, lat)
    ruler.setEllipsoid("EPSG:7030")
    turn = 2 * math.pi / VERTICES
    corners = [
        ruler.computeSpheroidProject(centre, radius_km * 1000, -step * turn)
        for step in range(VERTICES)  # anticlockwise
    ]
    return QgsGeometry.fromPolygonXY([[*corners, corners[0]]])


def rings_of(shape: QgsGeometry, radii_km: Sequence[float]) -> list[QgsGeometry]:
    """Return for each radius the zone with everything within that radius of it."""
    there, back = _plane_at(shape)
    flat = _moved(shape, there)
    return [_moved(flat.buffer(radius * 1000, QUARTER), back) for radius in radii_km]


def zones_near_zone(
    zone: str, shapes: Mapping[str, QgsGeometry], radii_km: Sequence[float]
) -> list[dict[str, Any]]:
    """Return {zone, distance_m, ring_km} of the other shapes within the largest radius.

    distance_m: between the nearest points of both, 0 where they touch or overlap.
    """
    there, _ = _plane_at(shapes[zone])
    flat = _moved(shapes[zone], there)
    found = []
    for name, shape in shapes.items():
        metres = flat.distance(_moved(shape, there)) if name != zone else math.inf
        ring = next((radius for radius in sorted(radii_km) if metres <= radius * 1000), None)
        if ring is not None:
            row = {"zone": name, "distance_m": math.floor(metres * 10 + 0.5) / 10, "ring_km": ring}
            found.append(row)
    return sorted(found, key=lambda row: row["distance_m"])


def _plane_at(shape: QgsGeometry) -> tuple[QgsCoordinateTransform, QgsCoordinateTransform]:
    middle = shape.boundingBox().center()
    text = f"+proj=aeqd +lat_0={middle.y():.6f} +lon_0={middle.x():.6f} +datum=WGS84 +units=m"
    plane = QgsCoordinateReferenceSystem.fromProj(f"{text} +no_defs +type=crs")
    wgs84, context = QgsCoordinateReferenceSystem(WGS84), QgsCoordinateTransformContext()
    return (
        QgsCoordinateTransform(wgs84, plane, context),
        QgsCoordinateTransform(plane, wgs84, context),
    )


def _moved(geometry: QgsGeometry, transform: QgsCoordinateTransform) -> QgsGeometry:
    moved = QgsGeometry(geometry)
    moved.transform(transform)
    return moved
