"""What is certain of a place of which only one thing is known: that it lies in a given zone.

From maps: zones whose extent does not touch the core of the given one are out. From records: what
it lies within, zones with the shape of the same unit, what a derived zone is made of. Nothing is
concluded that `zonerules at` would not say at a point in the core as well. Standard library only.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from ...layers.orient import orientation
from ...layers.point import Shape
from ...rules.coverage import coverage
from ...rules.evaluate import ask, on_day
from ...rules.model import BadAssertion, operator_of
from ...rules.place import places
from ..exchange.tables import shapes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...layers.orient import Ring
    from ...rules.coverage import Coverage
    from ...rules.model import Asker, Book, Place

Box = tuple[float, float, float, float]


class Grounds:
    """The hypothetical places of one catalogue; build once, ask often."""

    def __init__(self, catalogue: Mapping[str, Any], book: Book) -> None:
        self.book = book
        self._shapes = {
            name: found
            for name, zone in book.zones.items()
            if (found := shapes_of(catalogue, zone)) and "nominal" in found
        }
        self._ready: dict[int, Shape] = {}
        self._apart: dict[tuple[int, int], bool] = {}
        self._inside: dict[str, frozenset[str]] = {}
        self._first: dict[str, Asker] = {}
        self._day = ""
        self._standing: dict[str, tuple[Asker, Coverage]] = {}
        self._twins = _twins(book, self._shapes)

    def drawn(self, zone: str) -> tuple[str, ...]:
        """The zones whose shapes together draw `zone`: itself, or the members of a union; or ()."""
        if zone in self._shapes:
            return (zone,)
        record = self.book.zones[zone]
        if record["basis"] != "derived":
            return ()
        operator, members = operator_of(record)
        parts = [self.drawn(member) for member in members]
        if operator != "union" or not all(parts):
            return ()
        return tuple(dict.fromkeys(name for part in parts for name in part))

    def around(self, zone: str) -> frozenset[str]:
        """Every zone that a place in `zone` certainly lies in, `zone` included."""
        if zone not in self._inside:
            self._inside[zone] = frozenset({zone})  # ends a circle of `within`, which lint forbids
            self._inside[zone] = frozenset({zone}).union(*self._forced(zone))
        return self._inside[zone]

    def standing(self, zone: str, day: str) -> tuple[Asker, Coverage]:
        """Who asks from an unknown spot in `zone` on a day, knowing nothing else, and what covers.

        What was worked out for a day is kept until another day is asked.
        """
        if day != self._day:
            self._day, self._standing = day, {}
        if zone not in self._standing:
            if zone not in self._first:
                self._first[zone] = self._ask(zone, day)
            first = self._first[zone]
            asker = first if first.day == day else on_day(first, day, first.asserted)
            if self._basis(zone) == "derived":
                asker = self._undeclared(asker, zone)
            self._standing[zone] = asker, coverage(asker)
        return self._standing[zone]

    def _ask(self, zone: str, day: str) -> Asker:
        located = {name: "inside" for name in self.around(zone) if self._basis(name) != "derived"}
        told = {f"zone.{zone}": "inside"} if self._basis(zone) == "derived" else {}
        outside = dict.fromkeys(self.outside(zone), "outside")
        try:
            return ask(self.book, {**outside, **located}, day, asserted=told)
        except BadAssertion:
            # a map of the user's own contradicts the records: believe the records
            return ask(self.book, located, day, asserted=told)

    def outside(self, zone: str) -> list[str]:
        """The drawn zones that a place in `zone` certainly does not lie in."""
        around = self.around(zone)
        pieces = [self._shape(name, "core") for name in self.drawn(zone)]
        if pieces:
            return [
                name
                for name in self._shapes
                if name not in around
                and all(self._disjoint(piece, self._shape(name, "extent")) for piece in pieces)
            ]
        hulls = [self._shape(name, "extent") for name in around if name in self._shapes]
        return [
            name
            for name in self._shapes
            if name not in around
            and any(self._disjoint(hull, self._shape(name, "extent")) for hull in hulls)
        ]

    def _undeclared(self, asker: Asker, zone: str) -> Asker:
        """Undo what an assertion says beyond the location: that the zone existed that day."""
        place: Place = asker.places[zone]
        validity = places(self.book.zones, {}, {}, asker.day, self.book.kin)[zone].validity
        plain = replace(place, asserted=False, validity=validity)
        return replace(asker, places={**asker.places, zone: plain})

    def _basis(self, zone: str) -> str:
        return str(self.book.zones[zone]["basis"])

    def _forced(self, zone: str) -> list[frozenset[str]]:
        record = self.book.zones[zone]
        wider = [*self._twins.get(zone, ()), *([record["within"]] if "within" in record else [])]
        found = [self.around(name) for name in wider]
        if record["basis"] != "derived":
            return found
        operator, members = operator_of(record)
        if operator == "union":  # in one of them, nobody knows which
            return [*found, reduce(frozenset.intersection, map(self.around, members))]
        sure = {"intersection": members, "difference": members[:1]}.get(operator, [])
        return [*found, *(self.around(member) for member in sure)]

    def _shape(self, zone: str, role: str) -> Shape:
        shapes = self._shapes[zone]
        geometry = shapes.get(role, shapes["nominal"])
        if id(geometry) not in self._ready:
            self._ready[id(geometry)] = Shape(geometry)
        return self._ready[id(geometry)]

    def _disjoint(self, one: Shape, other: Shape) -> bool:
        pair = (id(one), id(other))
        if pair not in self._apart:
            self._apart[pair] = disjoint(one, other)
        return self._apart[pair]


def _twins(book: Book, drawn: Iterable[str]) -> dict[str, list[str]]:
    """zone -> the other zones that take the shape of the same administrative unit."""
    units: dict[str, list[str]] = {}
    for name in drawn:
        record = book.zones[name]
        if "unit" in record and not record.get("shapes"):
            units.setdefault(record["unit"], []).append(name)
    return {name: [n for n in group if n != name] for group in units.values() for name in group}


def disjoint(one: Shape, other: Shape) -> bool:
    """Whether two areas have no point in common, not even of their boundaries."""
    if not _boxes_meet(_box(one), _box(other)):
        return True
    if any(_rings_meet(a, b) for a in _rings(one) for b in _rings(other)):
        return False
    return not (_holds_a_part(one, other) or _holds_a_part(other, one))


def _holds_a_part(one: Shape, other: Shape) -> bool:
    """Whether a part of `other`, no edge of which meets `one`, lies in it."""
    return any(one.contains(part[0].lons[0], part[0].lats[0]) for part in other.parts if part)


def _rings(shape: Shape) -> Iterable[Ring]:
    return (ring for part in shape.parts for ring in part)


def _box(shape: Shape) -> Box:
    return shape.west, shape.south, shape.east, shape.north


def _boxes_meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _rings_meet(one: Ring, other: Ring) -> bool:
    """Whether an edge of one ring crosses or touches an edge of the other."""
    for first, last, *box in one.runs:
        for start, end, *against in other.runs:
            if not _boxes_meet(tuple(box), tuple(against)):  # type: ignore[arg-type]
                continue
            for i in range(first, last):
                if any(_edges_meet(one, i, other, k) for k in range(start, end)):
                    return True
    return False


def _edges_meet(one: Ring, i: int, other: Ring, k: int) -> bool:
    ax, ay, bx, by = one.lons[i], one.lats[i], one.lons[i + 1], one.lats[i + 1]
    cx, cy, dx, dy = other.lons[k], other.lats[k], other.lons[k + 1], other.lats[k + 1]
    if max(ax, bx) < min(cx, dx) or max(cx, dx) < min(ax, bx):
        return False
    if max(ay, by) < min(cy, dy) or max(cy, dy) < min(ay, by):
        return False
    # boxes that meet: the edges do unless one lies wholly on one side of the other's line
    across = orientation(ax, ay, bx, by, cx, cy) * orientation(ax, ay, bx, by, dx, dy)
    along = orientation(cx, cy, dx, dy, ax, ay) * orientation(cx, cy, dx, dy, bx, by)
    return across <= 0 and along <= 0


__all__ = ["Grounds", "disjoint"]
