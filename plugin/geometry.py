"""Shapes of the catalogue, GeoJSON in degrees WGS84, as QGIS geometries, and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def from_geojson(shape: Mapping[str, Any]) -> QgsGeometry:
    """Return a Point, LineString, Polygon or Multi… mapping as a geometry.

    Raises ValueError for another type. Coordinates beyond the second are left out.
    """
    name = str(shape["type"])
    if name not in DEPTH:
        raise ValueError(f"geometry type {name!r}: expected one of {', '.join(DEPTH)}")
    return QgsGeometry.fromWkt(f"{name.upper()} {_wkt(shape['coordinates'], DEPTH[name])}")


def to_geojson(geometry: QgsGeometry) -> dict[str, Any]:
    """Return a geometry in degrees WGS84 as a GeoJSON mapping, full precision."""
    loaded: dict[str, Any] = json.loads(geometry.asJson(17))
    return loaded


# how many lists lie around a position; a lone position is written in brackets too
DEPTH = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}


def _wkt(coordinates: Sequence[Any], depth: int) -> str:
    if depth == 0:
        return f"({_position(coordinates)})"
    if depth == 1:
        return _bracket(_position(position) for position in coordinates)
    return _bracket(_wkt(part, depth - 1) for part in coordinates)


def _position(position: Sequence[float]) -> str:
    return f"{position[0]!r} {position[1]!r}"


def _bracket(parts: Iterable[str]) -> str:
    return f"({', '.join(parts)})"
