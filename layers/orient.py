"""On which side of an edge a point lies, and whether a ring holds it: exact, in plain lon/lat.

A boundary point counts as in, so a point on an edge must be told from one that is a single
unit in the last place beside it. Floats decide nearly always; where rounding could change the
sign the same determinant is worked out in exact rational numbers (a double is a fraction with
a power of two below the line, so any language with big integers can do the same).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

# Shewchuk's bound for the rounding of the 2x2 determinant of differences, (3 + 16 u) u with
# u = 2**-53. Below FLOOR products may have lost bits by underflow and the bound says nothing.
FILTER = 3.3306690738754716e-16
FLOOR = 1e-280

# Edges are tested in runs of this many: one box test then skips a whole run.
RUN = 16

Position = Sequence[float]
Run = tuple[int, int, float, float, float, float]


class Ring(NamedTuple):
    """A closed ring: lon and lat apart, and runs (first, last, west, south, east, north).

    Edge i goes from vertex i to vertex i + 1; a run covers the edges first .. last - 1.
    """

    lons: list[float]
    lats: list[float]
    runs: list[Run]


def orientation(ax: float, ay: float, bx: float, by: float, px: float, py: float) -> int:
    """1 if p lies left of the line from a to b, -1 if right of it, 0 if exactly on it."""
    left = (ax - px) * (by - py)
    right = (ay - py) * (bx - px)
    value = left - right
    size = abs(left) + abs(right)
    if abs(value) > FILTER * size and size > FLOOR:
        return 1 if value > 0 else -1
    fx, fy = Fraction(px), Fraction(py)
    exact = (Fraction(ax) - fx) * (Fraction(by) - fy) - (Fraction(ay) - fy) * (Fraction(bx) - fx)
    return (exact > 0) - (exact < 0)


def ring_of(positions: Sequence[Position]) -> Ring:
    """A Ring from GeoJSON positions [lon, lat, …]; closes it if the last is not the first."""
    lons = [float(p[0]) for p in positions]
    lats = [float(p[1]) for p in positions]
    if lons and (lons[0] != lons[-1] or lats[0] != lats[-1]):
        lons.append(lons[0])
        lats.append(lats[0])
    runs = []
    for first in range(0, len(lons) - 1, RUN):
        last = min(first + RUN, len(lons) - 1)
        x, y = lons[first : last + 1], lats[first : last + 1]
        runs.append((first, last, min(x), min(y), max(x), max(y)))
    return Ring(lons, lats, runs)


def ring_side(ring: Ring, lon: float, lat: float) -> int:
    """1 if the point is strictly inside the ring, 0 if on it, -1 if outside.

    Counts the edges that cross the ray from the point to the east. An edge crosses if exactly
    one of its ends is above the point's latitude, so a vertex on the ray is counted once.
    """
    inside = False
    lons, lats, runs = ring
    for first, last, _west, south, east, north in runs:
        if lat < south or lat > north or lon > east:
            continue
        for i in range(first, last):
            y1, y2 = lats[i], lats[i + 1]
            if (y1 > lat) == (y2 > lat):
                # No crossing, but the point may be this edge's end or on a level edge.
                if y1 == lat and _on_level(lons[i], lons[i + 1], y2 == lat, lon):
                    return 0
                continue
            x1, x2 = lons[i], lons[i + 1]
            if lon > x1 and lon > x2:
                continue
            if lon < x1 and lon < x2:
                inside = not inside
                continue
            side = orientation(x1, y1, x2, y2, lon, lat)
            if side == 0:
                return 0
            # Left of an edge that goes up, or right of one that goes down: the edge is east.
            if (side > 0) == (y2 > y1):
                inside = not inside
    return 1 if inside else -1


def _on_level(x1: float, x2: float, level: bool, lon: float) -> bool:
    """Whether lon is the edge's first end, or between its ends when the edge is level with it.

    The second end is left to the next edge, whose first end it is.
    """
    return lon == x1 or (level and (x1 < lon < x2 or x2 < lon < x1))
