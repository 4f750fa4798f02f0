"""A polygon or line cut into parts of equal zone membership: inside, near or outside of each zone.

Every part has one location in each drawn zone, in the words of ``layers.point``: what holds for a
part's location holds for each of its points asked alone with the same accuracy, or the part is
``near`` there, which covers both. The geometry library behind is handed in as an :class:`Engine`:
shapely for Python and the command line, QGIS's own in the plugin, where shapely may be missing.
Standard library only; coordinates are WGS84 lon/lat in degrees, lengths metres.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING, Any, Protocol

from .measure import area_m2, bounds, length_m
from .point import E2, RAD, A

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["Engine", "Part", "cut", "join_small", "size_of"]

Box = tuple[float, float, float, float]

# A band is drawn too wide by these, never too narrow: corners of its round ends (0.13 % with
# ROUND segments a quarter), and edges that are straight in lon/lat but measured in a plane.
ROUND = 16
WIDER = 1.002
SLACK_M = 0.2


class Engine(Protocol):
    """What is needed of a geometry library; geometries are its own, opaque here."""

    def read(self, shape: Mapping[str, Any]) -> Any:
        """A GeoJSON line or polygon, Multi… or not, as it stands."""

    def write(self, shape: Any) -> dict[str, Any]:
        """As GeoJSON, MultiPolygon or MultiLineString."""

    def box(self, west: float, south: float, east: float, north: float) -> Any:
        """A rectangle."""

    def intersection(self, one: Any, other: Any) -> Any:
        """What both hold."""

    def difference(self, one: Any, other: Any) -> Any:
        """What ``one`` holds and ``other`` does not."""

    def union(self, shapes: list[Any]) -> Any:
        """What any of them holds, dissolved."""

    def boundary(self, shape: Any) -> Any:
        """All rings of a polygon as lines."""

    def scaled(self, shape: Any, x: float, y: float) -> Any:
        """Every coordinate multiplied, x and y by their own factor."""

    def buffer(self, shape: Any, distance: float, segments: int) -> Any:
        """All within ``distance`` units, round ends drawn with so many segments a quarter."""

    def only(self, shape: Any, dimension: int) -> Any:
        """Its lines (1) or polygons (2); what else an overlay left over is dropped."""

    def is_empty(self, shape: Any) -> bool:
        """Whether it holds nothing."""

    def bounds(self, shape: Any) -> Box:
        """West, south, east, north of what is not empty."""

    def problem(self, shape: Any) -> str:
        """Why a polygon is not valid, in the library's words; empty if it is."""

    def repaired(self, shape: Any) -> Any:
        """A valid polygon made of an invalid one."""

    def inner_point(self, shape: Any) -> tuple[float, float]:
        """A place on or in the shape."""


@dataclass(frozen=True)
class Part:
    """A piece of the shape asked, and its location in each drawn zone."""

    shape: Any
    size: float
    """Square metres of a polygon, metres of a line."""
    wheres: Mapping[str, str] = field(default_factory=dict)
    """zone -> inside | near:position | near:zone | outside"""
    joined: int = 0
    """How many small pieces were added to it; the location is near where they differ."""


def size_of(engine: Engine, shape: Any, dimension: int) -> float:
    """Square metres (dimension 2) or metres (1)."""
    written = engine.write(shape)
    return area_m2(written) if dimension == 2 else length_m(written)


def cut(
    engine: Engine,
    shape: Any,
    dimension: int,
    drawn: Mapping[str, Mapping[str, Any]],
    radius_m: float,
    step: Callable[[float], None] = lambda done: None,
) -> list[Part]:
    """The parts of a valid shape, largest first.

    ``drawn``: zone -> its GeoJSON shapes {nominal, core, extent}; zones with one and the same
    mapping (those of a unit) are cut once. ``radius_m``: accuracy of the shape's own boundary.
    """
    cutter = _Cutter(engine, dimension, engine.bounds(shape), radius_m)
    groups: dict[int, list[str]] = {}
    for zone, shapes in drawn.items():
        groups.setdefault(id(shapes), []).append(zone)
    pieces: list[tuple[Any, dict[str, str]]] = [(shape, {})]
    for n, zones in enumerate(groups.values()):
        step(n / len(groups))
        knife = cutter.knife(drawn[zones[0]])
        pieces = [
            (piece, {**wheres, **dict.fromkeys(zones, where)})
            for whole, wheres in pieces
            for where, piece in (knife(whole) if knife else [("outside", whole)])
        ]
    parts = [
        Part(piece, size_of(engine, piece, dimension), {zone: wheres[zone] for zone in drawn})
        for piece, wheres in pieces
    ]
    return sorted(parts, key=lambda part: -part.size)


class _Cutter:
    """Cuts pieces of one shape by one zone after another."""

    def __init__(self, engine: Engine, dimension: int, box: Box, radius_m: float) -> None:
        self.engine, self.dimension, self.radius = engine, dimension, radius_m
        margin = (radius_m * WIDER + SLACK_M) / 80_000.0  # degrees; wide up to 44° of latitude
        west, south, east, north = box
        top = max(abs(south), abs(north))
        wide = margin / max(cos(min(top, 89.0) * RAD), 1e-2)
        self.box = (west - 2 * wide, south - 2 * margin, east + 2 * wide, north + 2 * margin)

    def knife(self, shapes: Mapping[str, Any]) -> Callable[[Any], list[tuple[str, Any]]] | None:
        """What cuts a piece by a zone; None if all of the shape is certainly outside."""
        nominal = shapes["nominal"]
        core, extent = shapes.get("core", nominal), shapes.get("extent", nominal)
        reach = bounds(extent)
        if reach is None or not _meet(reach, self.box):
            return None
        engine = self.engine
        window = engine.box(*self.box)
        inner, inner_rim = self._near(core, window)
        outer, outer_rim = (inner, inner_rim) if core is extent else self._near(extent, window)

        def apart(piece: Any) -> list[tuple[str, Any]]:
            held, rest = self._split(piece, inner)
            close, sure = self._split(held, inner_rim)
            near, where = [close], "near:position"
            found = [("inside", sure)]
            if outer is not inner:
                vague, rest = self._split(rest, outer)
                near.append(vague)
                if not engine.is_empty(vague):
                    where = "near:zone"  # of both kinds of near the one that more is needed for
            close, beyond = self._split(rest, outer_rim)
            near = [part for part in [*near, close] if not engine.is_empty(part)]
            if near:
                found.append((where, near[0] if len(near) == 1 else engine.union(near)))
            found.append(("outside", beyond))
            return [(where, part) for where, part in found if not engine.is_empty(part)]

        return apart

    def _split(self, piece: Any, blade: Any) -> tuple[Any, Any]:
        """What of a piece lies in the blade, and the rest."""
        engine, dimension = self.engine, self.dimension
        if engine.is_empty(piece) or engine.is_empty(blade):
            return engine.only(engine.difference(piece, piece), dimension), piece
        return (
            engine.only(engine.intersection(piece, blade), dimension),
            engine.only(engine.difference(piece, blade), dimension),
        )

    def _near(self, shape: Mapping[str, Any], window: Any) -> tuple[Any, Any]:
        """The part of a zone's shape around the shape asked, and the band along its boundary."""
        engine = self.engine
        whole = engine.read(shape)
        area = engine.only(engine.intersection(whole, window), 2)
        rim = engine.only(engine.intersection(engine.boundary(whole), window), 1)
        if self.radius == 0.0 or engine.is_empty(rim):
            return area, engine.only(rim, 2)
        # A degree is taken for as short as it gets here, so that the band is wide enough.
        _, south, _, north = engine.bounds(rim)
        steep = max(abs(south), abs(north)) * RAD
        flat = 0.0 if south <= 0.0 <= north else min(abs(south), abs(north)) * RAD
        east_m = A / sqrt(1.0 - E2 * sin(steep) ** 2) * cos(steep) * pi / 180.0
        north_m = A * (1.0 - E2) / (1.0 - E2 * sin(flat) ** 2) ** 1.5 * pi / 180.0
        flat_rim = engine.scaled(rim, east_m, north_m)
        band = engine.buffer(flat_rim, self.radius * WIDER + SLACK_M, ROUND)
        return area, engine.only(engine.scaled(band, 1.0 / east_m, 1.0 / north_m), 2)


def _meet(one: Box, other: Box) -> bool:
    return not (one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1])


def join_small(engine: Engine, parts: Iterable[Part], smallest: float, most: int) -> list[Part]:
    """At most ``most`` parts, none of those below ``smallest`` left alone; nothing is dropped.

    A small part goes to a larger one that is near wherever the two differ, so that what is said of
    the larger one stays true; small parts without such a neighbour become one part of their own
    that is near wherever they differ among themselves.
    """
    ordered = sorted(parts, key=lambda part: -part.size)
    kept = [part for part in ordered[: most - 1] if part.size >= smallest] or ordered[:1]
    rest: Part | None = None
    for small in ordered[len(kept) :]:
        hosts = [n for n, part in enumerate(kept) if _covers(part, small)]
        if hosts:
            n = min(hosts, key=lambda n: len(_differing(kept[n], small)))
            kept[n] = _join(engine, kept[n], small)
        else:
            rest = small if rest is None else _join(engine, rest, small)
    if rest is not None:
        kept.append(rest)
    return kept


def _differing(one: Part, other: Part) -> list[str]:
    return [zone for zone, where in one.wheres.items() if other.wheres[zone] != where]


def _covers(large: Part, small: Part) -> bool:
    return all(large.wheres[zone].startswith("near") for zone in _differing(large, small))


def _join(engine: Engine, large: Part, small: Part) -> Part:
    vague = {
        zone: large.wheres[zone] if large.wheres[zone].startswith("near") else "near:zone"
        for zone in _differing(large, small)
    }
    return replace(
        large,
        shape=engine.union([large.shape, small.shape]),
        size=large.size + small.size,
        wheres={**large.wheres, **vague},
        joined=large.joined + small.joined + 1,
    )
