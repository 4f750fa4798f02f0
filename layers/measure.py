"""Area and length on the WGS84 ellipsoid of shapes whose edges are straight in lon/lat.

Containment is decided in lon/lat with straight edges, so the area is that of exactly this region:
the area is that of its parts however it is cut, which the geodesic polygon through the same
corners would not give (an edge of 100 km differs by up to 140 m in its middle at 35° N; one of 1 km
by 14 mm). Standard library only. GeoJSON geometries in degrees; metres and square metres.
"""

from __future__ import annotations

from math import atanh, cos, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING, Any

from .point import E2, RAD, A

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["DEPTH", "area_m2", "bounds", "length_m", "positions"]

DEPTH = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""How many lists lie around a position."""

_E = sqrt(E2)
_HALF_B2 = A * A * (1.0 - E2) / 2.0
# Gauss-Legendre with four points on 0 … 1: place and weight.
_NODES = (
    (0.06943184420297371, 0.17392742256872692),
    (0.33000947820757187, 0.32607257743127307),
    (0.6699905217924281, 0.32607257743127307),
    (0.9305681557970263, 0.17392742256872692),
)
# An edge is worked out in pieces of at most this many degrees: the error is below rounding.
_STEP = 1.0


def area_m2(shape: Mapping[str, Any]) -> float:
    """Square metres of a Polygon or MultiPolygon, holes taken off; parts must not overlap."""
    whole = 0.0
    for polygon in _parts(shape, 2):
        for n, ring in enumerate(polygon):
            area = abs(_ring(ring))
            whole += -area if n else area
    return whole


def length_m(shape: Mapping[str, Any]) -> float:
    """Metres along a LineString or MultiLineString."""
    return sum(
        _along(_speed, *a[:2], *b[:2]) for line in _parts(shape, 1) for a, b in zip(line, line[1:])
    )


def positions(shape: Mapping[str, Any]) -> Iterator[Sequence[float]]:
    """Every position of a line or polygon, in order."""

    def walk(nested: Any, depth: int) -> Iterator[Sequence[float]]:
        if depth == 0:
            yield nested
        else:
            for item in nested:
                yield from walk(item, depth - 1)

    yield from walk(shape["coordinates"], DEPTH[shape["type"]])


def bounds(shape: Mapping[str, Any]) -> tuple[float, float, float, float] | None:
    """West, south, east, north in degrees; None for an empty shape."""
    places = list(positions(shape))
    if not places:
        return None
    lons, lats = [place[0] for place in places], [place[1] for place in places]
    return min(lons), min(lats), max(lons), max(lats)


def _parts(shape: Mapping[str, Any], depth: int) -> list[Any]:
    own = DEPTH[shape["type"]]
    if own not in (depth, depth + 1):
        raise ValueError(f"geometry type {shape['type']!r}")
    return [shape["coordinates"]] if own == depth else list(shape["coordinates"])


def _ring(ring: Sequence[Sequence[float]]) -> float:
    """Signed area of a closed ring by Green's theorem: the integral of the zone's height, q dλ."""
    base = _authalic(ring[0][1] * RAD) if ring else 0.0
    whole = 0.0
    for a, b in zip(ring, ring[1:]):
        if a[0] != b[0]:
            whole += _along(lambda lat, _dx, _dy: _authalic(lat) - base, *a[:2], *b[:2]) * (
                (b[0] - a[0]) * RAD
            )
    return whole


def _authalic(lat: float) -> float:
    """Square metres from the equator to a latitude (radians), for one radian of longitude."""
    s = sin(lat)
    return _HALF_B2 * (s / (1.0 - E2 * s * s) + atanh(_E * s) / _E)


def _speed(lat: float, east: float, north: float) -> float:
    """Metres of a step of so many radians at a latitude in radians."""
    w = 1.0 - E2 * sin(lat) ** 2
    root = sqrt(w)
    return hypot(A / root * cos(lat) * east, A * (1.0 - E2) / (w * root) * north)


def _along(
    value: Callable[[float, float, float], float], x1: float, y1: float, x2: float, y2: float
) -> float:
    """Mean of value(lat, Δlon, Δlat) in radians along an edge given in degrees."""
    pieces = 1 + int(max(abs(y2 - y1), abs(x2 - x1)) / _STEP) if y1 != y2 else 1
    east, north = (x2 - x1) * pi / 180.0, (y2 - y1) * pi / 180.0
    whole = 0.0
    for n in range(pieces):
        for place, weight in _NODES:
            whole += weight * value(y1 * RAD + north * (n + place) / pieces, east, north)
    return whole / pieces
