"""The band along a boundary in which the true line may lie: metres around lon/lat pieces.

Only `band` itself needs shapely. Coordinates are WGS84 lon/lat in degrees, lengths metres, turned
into degrees with the radii of curvature at the place itself. So there is no projection, and the
error (under 0.1 % of a length of 5 km) is far below any accuracy handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin, sqrt
from typing import TYPE_CHECKING, Any

from .point import E2, A, plane

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Piece", "Point", "band", "direction", "disc", "metres", "moved"]

Point = tuple[float, float]

# A disc is drawn as the regular polygon around it, so that it is never too small.
CORNERS = 16


@dataclass(frozen=True)
class Piece:
    """A straight piece of boundary; accuracy: how far (metres) the true line may lie from it.

    width: metres that an unstated inclusion adds to it. shift: metres outwards from the axis to
    the line meant. joint: how its end meets the next piece: a known place ("known"), or a
    crossing of two lines neither of which knows where it is ("crossing").
    """

    start: Point
    end: Point
    accuracy: float
    width: float = 0.0
    shift: float = 0.0
    joint: str = "known"


def metres(a: Point, b: Point) -> float:
    """Distance in metres between two lon/lat places (see layers.point for its error)."""
    return hypot(*plane(*a, *b))


def direction(piece: Piece) -> Point:
    """East and north parts of the unit vector along a piece."""
    east, north = plane(*piece.start, *piece.end)
    length = hypot(east, north)
    return east / length, north / length


def moved(place: Point, east: float, north: float) -> Point:
    """The place so many metres east and north of a lon/lat place."""
    phi = radians(place[1])
    w = 1.0 - E2 * sin(phi) ** 2
    lat_m = A * (1.0 - E2) / (w * sqrt(w)) * pi / 180.0
    lon_m = A / sqrt(w) * cos(phi) * pi / 180.0
    return place[0] + east / lon_m, place[1] + north / lat_m


def disc(place: Point, radius: float) -> list[Point]:
    """Corners, lon/lat, of the regular polygon around a disc of that radius in metres."""
    r = radius / cos(pi / CORNERS)
    turns = [2.0 * pi * i / CORNERS for i in range(CORNERS)]
    return [moved(place, r * cos(t), r * sin(t)) for t in turns]


def band(
    pieces: Iterable[Piece],
    discs: Iterable[tuple[Point, float]] = (),
    slivers: Iterable[Sequence[Point]] = (),
) -> Any:
    """All places no farther from the pieces than they may be wrong, widths included.

    discs: further (place, radius in metres) to cover; slivers: corners of further convex shapes.
    Returns a shapely area in lon/lat, drawn
    slightly too large (2 % at most), never too small.
    """
    from shapely import MultiPoint, union_all  # here: QGIS uses the discs without shapely

    parts = [MultiPoint(disc(place, radius)).convex_hull for place, radius in discs]
    parts += [MultiPoint(corners).convex_hull for corners in slivers]
    for p in pieces:
        ends = disc(p.start, p.accuracy + p.width) + disc(p.end, p.accuracy + p.width)
        parts.append(MultiPoint(ends).convex_hull)
    return union_all(parts)
