"""Polygons on paper: cut to a box, hatched, and the spot for a label. Plain arithmetic in mm."""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .drawing import Box, Point, Ring

__all__ = ["area", "clipped", "hatch", "label_spot", "thinned"]


def thinned(ring: Sequence[Point], least: float) -> Ring:
    """The ring without points nearer than `least` to the one before."""
    kept: Ring = []
    for x, y in ring:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= least:
            kept.append((x, y))
    return kept


def clipped(ring: Sequence[Point], box: Box) -> Ring:
    """The part of a ring in a box (Sutherland and Hodgman): edges may run along the box."""
    left, top, right, bottom = box
    part = list(ring)
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        part = _half(part, axis, limit, sign)
    return part


def _half(ring: Ring, axis: int, limit: float, sign: int) -> Ring:
    kept: Ring = []
    for number, point in enumerate(ring):
        before = ring[number - 1]
        here, there = sign * (point[axis] - limit), sign * (before[axis] - limit)
        if (here < 0) != (there < 0):
            share = there / (there - here)
            cut = [before[0] + share * (point[0] - before[0])]
            cut.append(before[1] + share * (point[1] - before[1]))
            cut[axis] = limit
            kept.append((cut[0], cut[1]))
        if here >= 0:
            kept.append(point)
    return kept


def area(rings: Iterable[Sequence[Point]]) -> float:
    """The area within rings of one shape, holes taken off, in square mm."""
    return abs(sum(_signed(ring) for ring in rings))


def _signed(ring: Sequence[Point]) -> float:
    pairs = zip(ring, [*ring[1:], *ring[:1]])
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


def hatch(rings: Sequence[Sequence[Point]], degrees: float, gap: float) -> list[Ring]:
    """Parallel lines `gap` mm apart through what lies within an odd number of the rings.

    They run at `degrees` to the x axis and lie on one grid, so that neighbours fit together.
    """
    turn = radians(degrees)
    c, s = cos(turn), sin(turn)
    turned = [[(x * c + y * s, y * c - x * s) for x, y in ring] for ring in rings if len(ring) > 2]
    heights = [y for ring in turned for _, y in ring]
    if not heights:
        return []
    lines: list[Ring] = []
    for number in range(int(min(heights) // gap), int(max(heights) // gap) + 1):
        y = (number + 0.5) * gap
        xs = _crossings(turned, y)
        for start, end in zip(xs[::2], xs[1::2]):
            lines.append([(x * c - y * s, x * s + y * c) for x in (start, end)])
    return lines


def _crossings(rings: Iterable[Sequence[Point]], y: float) -> list[float]:
    """Where the rings cross a height, in order."""
    found = []
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], *ring[:1]]):
            if (y1 < y) != (y2 < y):
                found.append(x1 + (y - y1) / (y2 - y1) * (x2 - x1))
    return sorted(found)


def label_spot(rings: Sequence[Sequence[Point]], away: Point) -> tuple[Point, float] | None:
    """The middle of a wide stretch within the rings and how wide it is; None where there is none.

    Stretches that keep away from the point `away` are preferred.
    """
    heights = [y for ring in rings for _, y in ring]
    if not heights:
        return None
    low, high = min(heights), max(heights)
    best: tuple[float, Point, float] | None = None
    for step in range(1, 10):
        y = low + (high - low) * step / 10
        xs = _crossings(rings, y)
        for start, end in zip(xs[::2], xs[1::2]):
            spot = ((start + end) / 2, y)
            near = abs(spot[0] - away[0]) < 12 and abs(y - away[1]) < 8
            # a wide stretch in the middle of its height
            worth = (end - start) * (1 - abs(step - 5) / 10) * (0.2 if near else 1.0)
            if best is None or worth > best[0]:
                best = (worth, spot, end - start)
    return None if best is None else (best[1], best[2])
