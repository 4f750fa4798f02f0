"""What a wording says, before anybody looks at a map: parts with edges, units and subtractions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

__all__ = ["SIDES", "Corridor", "Edge", "Minus", "Part", "Split", "Words"]

SIDES = ("north", "east", "south", "west")
"""The order around an area in which a box is drawn."""


@dataclass(frozen=True)
class Edge:
    """One line on one side of a part.

    edge: the side of the area on which the line lies ("X以东" makes X the west edge), "ring" if
    only the order around is told, "between" for two lines on opposite sides ("X与Y之间"; in JSON
    these are "ring" with ``between``, for the names of sides are fixed).
    include: whether the line itself counts in: included, excluded or unstated. start, end: the
    stretch, in the text's words. toward: of an open stretch, the way it goes from ``start``.
    aka: further names printed with it. kind: road,
    railway, river, contour, ridge, boundary or place, from the name alone. offset_m: metres beyond
    the line, outwards ("南至X以南500米"). overlap: the names of one list run on the same ground.
    """

    name: str
    edge: str
    include: str = "unstated"
    start: str | None = None
    end: str | None = None
    toward: str | None = None
    aka: tuple[str, ...] = ()
    kind: str = "road"
    offset_m: float = 0.0
    overlap: bool = False

    def as_json(self) -> dict[str, Any]:
        """The five contract keys always, the others where they say something."""
        between = self.edge == "between"
        side = "ring" if between else self.edge
        told: dict[str, Any] = {"name": self.name, "edge": side, "include": self.include}
        told.update({"from": self.start, "to": self.end, "kind": self.kind})
        more: dict[str, Any] = {"between": between, "toward": self.toward, "aka": list(self.aka)}
        more.update({"offset_m": self.offset_m, "overlap": self.overlap})
        return {**told, **{key: value for key, value in more.items() if value}}


@dataclass(frozen=True)
class Split:
    """A line that divides ("南北以X为界"): ``sides`` are the two halves, neither is bounded "
    "by it."""

    name: str
    sides: tuple[str, str]

    def as_json(self) -> dict[str, Any]:
        """Name and the two halves."""
        return {"name": self.name, "sides": list(self.sides)}


@dataclass(frozen=True)
class Corridor:
    """Both sides of a line, or one of them; width_m is to each side, None where none is printed."""

    name: str
    width_m: float | None = None
    side: str = "both"
    start: str | None = None
    end: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Name, width to each side, side, stretch."""
        told = {"name": self.name, "width_m": self.width_m, "side": self.side}
        return {**told, "from": self.start, "to": self.end}


@dataclass(frozen=True)
class Minus:
    """What is taken off: the words, and what they say where they could be read as parts."""

    text: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Part:
    """One area; a wording is the union of its parts.

    With edges: the area within them, inside the units if some are named. Without: the units
    together, or the corridors. area_km2: a figure the text prints, good for a check.
    """

    edges: tuple[Edge, ...] = ()
    units: tuple[str, ...] = ()
    minus: tuple[Minus, ...] = ()
    splits: tuple[Split, ...] = ()
    corridors: tuple[Corridor, ...] = ()
    label: str | None = None
    area_km2: float | None = None
    points: tuple[tuple[float, float], ...] = ()
    """Corners printed as coordinates, lon/lat as they stand in the text."""
    points_m: float = 0.0
    """Half a unit of their last printed digit, metres."""

    @property
    def closed(self) -> bool:
        """Whether its edges are on all four sides, or go round as a ring."""
        sides = [edge.edge for edge in self.edges]
        opposite = sides.count("between") == 2 and (
            {"north", "south"} <= set(sides) or {"east", "west"} <= set(sides)
        )
        return "ring" in sides or set(sides) >= set(SIDES) or opposite

    @property
    def empty(self) -> bool:
        """Whether it says nothing of where."""
        return not (
            self.edges or self.units or self.minus or self.splits or self.corridors or self.points
        )

    def on(self, side: str) -> list[Edge]:
        """The edges on one side, in the text's order."""
        return [edge for edge in self.edges if edge.edge == side]

    def as_json(self) -> dict[str, Any]:
        """The contract keys edges, units and minus always, the others where they say something."""
        told: dict[str, Any] = {
            "edges": [edge.as_json() for edge in self.edges],
            "units": list(self.units),
            "minus": [minus.text for minus in self.minus],
        }
        more: dict[str, Any] = {
            "minus_parts": [[p.as_json() for p in m.parts] for m in self.minus if m.parts],
            "splits": [split.as_json() for split in self.splits],
            "corridors": [corridor.as_json() for corridor in self.corridors],
            "label": self.label,
            "area_km2": self.area_km2,
            "points": [[round(x, 7), round(y, 7)] for x, y in self.points],
            "points_m": round(self.points_m, 1),
        }
        return {**told, **{key: value for key, value in more.items() if value}}


@dataclass(frozen=True)
class Words:
    """A wording read: parts, what could not be read, other readings, confidence from 0 to 1.

    beside: what says nothing of where, such as the purpose of the area.
    alternatives: {zh, en} each, where the text can be read in another way too. doubts: {about, zh,
    en} each, what of the reading should be looked at twice, and why. confirmed: empty;
    a person fills in who checked it and when.
    """

    text: str
    parts: tuple[Part, ...]
    unread: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    alternatives: tuple[dict[str, str], ...] = ()
    doubts: tuple[dict[str, str], ...] = ()
    confidence: float = 0.0
    confirmed: dict[str, str | None] = field(default_factory=lambda: {"by": None, "on": None})

    def as_json(self) -> dict[str, Any]:
        """What `zonerules delimit --json` prints without lines."""
        return {
            "text": self.text,
            "parts": [part.as_json() for part in self.parts],
            "unread": list(self.unread),
            "beside": list(self.beside),
            "alternatives": [dict(told) for told in self.alternatives],
            "doubts": [dict(told) for told in self.doubts],
            "confidence": self.confidence,
            "confirmed": dict(self.confirmed),
        }


def with_include(part: Part, include: str, names: frozenset[str] | None = None) -> Part:
    """The part with its edges (or those named) included or excluded where nothing was said yet."""
    edges = tuple(
        replace(edge, include=include)
        if (edge.include == "unstated" if names is None else edge.name in names)
        else edge
        for edge in part.edges
    )
    return replace(part, edges=edges)
