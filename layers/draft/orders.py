"""A boundary with a notch: sides that alternate (A以南、B以东、C以南、D以东), in the order in which
their roads meet, where taking all of one side together leaves gaps."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from .model import Cannot
from .notes import note
from .ring import Ring, around
from .size import km2

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..boundary import Closure
    from .corners import Side

__all__ = ["closed", "quartered"]

# Neighbours farther apart than this are no neighbours, if another order has none so far apart.
LOOSE = 60.0
FEW, MOST, TRIES = 5, 8, 120


def closed(sides: Sequence[Side], closures: Sequence[Closure] = ()) -> Ring:
    """The area within the sides; in another order than the text's if only that closes. Raises
    Cannot, also if several orders close and give different areas."""
    made, cannot = None, None
    try:
        made = around(sides, closures)
    except Cannot as error:
        cannot = error
    several = FEW <= len(sides) <= MOST and not closures
    if made is not None and (not several or _gaps(sides) < LOOSE):
        return made
    printed = sorted(sides, key=lambda side: side.order)
    if several and _gaps(printed) < LOOSE:
        try:
            return _told(around(printed), printed)
        except Cannot:
            pass
    found: dict[float, tuple[Ring, list[Side]]] = {}
    for order in _orders(sides) if several else ():
        try:
            ring = around(order)
        except Cannot:
            continue
        found.setdefault(round(km2(ring.shapes.nominal), 3), (ring, order))
    if len(found) > 1:
        raise Cannot(note("orders", n=len(found)))
    if found:
        return _told(*next(iter(found.values())))
    if made is None:
        raise cannot or Cannot(note("no_area", reason="other"))
    return made


def _told(ring: Ring, order: Sequence[Side]) -> Ring:
    told = note("order", names="、".join(side.road.name for side in order))
    return replace(ring, notes=(*ring.notes, told))


def _gaps(sides: Sequence[Side]) -> float:
    """The widest gap between neighbours, metres."""
    followed = [*sides[1:], sides[0]]
    return float(max(a.road.shape.distance(b.road.shape) for a, b in zip(sides, followed)))


def _orders(sides: Sequence[Side]) -> Iterator[list[Side]]:
    """Every order around, up to its direction, in which all neighbours meet."""
    near = [[a.road.shape.distance(b.road.shape) < LOOSE for b in sides] for a in sides]
    count = len(sides)

    def onward(path: list[int]) -> Iterator[list[int]]:
        if len(path) == count:
            if near[path[-1]][0] and path[1] < path[-1]:
                yield path
            return
        for other in range(1, count):
            if other not in path and near[path[-1]][other]:
                yield from onward([*path, other])

    for path in islice(onward([0]), TRIES):
        yield [sides[n] for n in path]


def quartered(side: Side) -> list[Side]:
    """A ring road whose lines bear the names of its quarters (东三环, 南三环) as four sides.

    Empty if its lines are not such quarters: then it is one line all round.
    """
    from .roads import road_of

    lines = side.road.lines
    quarters: dict[str, list[int]] = {sign: [] for sign in "东南西北"}
    for number, line in enumerate(lines):
        signs = {name[0] for name in line.names if name[:1] in quarters}
        if len(signs) != 1:
            return []
        quarters[signs.pop()].append(number)
    if not all(quarters.values()):
        return []
    road = side.road
    sides = []
    for sign, numbers in quarters.items():
        part = road_of(sign + road.name, [lines[n] for n in numbers], road.how, road.flat,
                       road.options)  # fmt: skip
        sides.append(replace(side, road=part, side=_SIDES[sign]))
    return sides


_SIDES = {"东": "east", "南": "south", "西": "west", "北": "north"}
