"""Areas that edges do not close by themselves: one side of a line, corridors, ring roads."""

from __future__ import annotations

from math import cos, hypot, pi
from typing import TYPE_CHECKING, Any

import shapely
from shapely import Point

from ..band import CORNERS, Piece, band
from ..boundary import Edge, build
from .model import Cannot, Shapes, Used
from .notes import note, why
from .ring import Ring, around
from .roads import prolonged
from .stretch import flat_ended, stray

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .corners import Side
    from .roads import Road
    from .stretch import Stretch

    Measured = tuple[tuple[tuple[float, float], ...], tuple[float, ...]]

__all__ = ["beside", "combined", "half", "nested", "ring_road"]

# A bound that only closes the far side of a half-plane, well outside the unit.
FAR_ACCURACY = 0.001
BEYOND = 5000.0


def combined(shapes: Sequence[Shapes], how: str) -> Shapes:
    """Intersection or union of areas, each of the three shapes by itself."""
    do = shapely.intersection_all if how == "and" else shapely.union_all
    parts = [list(column) for column in zip(*((s.nominal, s.core, s.extent) for s in shapes))]
    nominal, core, extent = (_areal(do(column)) for column in parts)
    return Shapes(nominal, core, extent)


def nested(shapes: Shapes) -> Shapes:
    """The same, core cut to nominal and extent grown to it: overlays may differ in the last "
    "digit."""
    nominal = _areal(shapes.nominal)
    if nominal.covers(shapes.core) and shapes.extent.covers(nominal):
        return Shapes(nominal, _areal(shapes.core), _areal(shapes.extent))
    core = _areal(shapes.core.intersection(nominal))
    return Shapes(nominal, core, _areal(shapes.extent.union(nominal)))


def _areal(shape: Any) -> Any:
    """The polygons of a shape; lines and points that an overlay leaves over are dropped."""
    parts = [p for p in shapely.get_parts(shape, return_index=False) if p.geom_type == "Polygon"]
    return shapely.MultiPolygon([p for p in parts if not p.is_empty])


def half(side: Side, unit: Shapes, unit_name: str) -> Ring:
    """The part of a unit on one side of a road; ``side.side``: where the road lies seen from it.

    A road that ends inside the unit is prolonged straight. Raises Cannot.
    """
    road, flat = side.road, side.road.flat
    area = shapely.transform(unit.extent, lambda xy: _to(flat, xy))
    way, patches = _longest(road)
    if way.distance(area) > BEYOND:
        raise Cannot(note("far_off", name=road.name, unit=unit_name))
    points, accuracy = (
        road.whole() if road.single and way.equals(road.strands[0]) else road.measured(way, patches)
    )
    notes = [note("patched", name=road.name, m=round(p.length, 1)) for p in patches]
    west, south, east, north = area.union(way.envelope).bounds
    far = hypot(east - west, north - south) + 2 * BEYOND
    coords = [flat.to(p) for p in points]
    tips, figures = [], []
    for tip, other in ((coords[0], coords[-1]), (coords[-1], coords[0])):
        ray = prolonged(tip, other, far)
        inside = ray.intersection(area).length
        tips.append(ray.coords[1])
        figures.append(max(inside / 2.0, accuracy[0 if tip is coords[0] else -1]))
        if inside > 1.0:
            notes.append(
                note("run_on", name=road.name, m=round(inside, 1), half=round(inside / 2, 1))
            )
    line = [tips[0], *coords, tips[1]]
    away = {"east": (-far, 0.0), "west": (far, 0.0), "north": (0.0, -far), "south": (0.0, far)}[
        side.side
    ]
    first = (line[0][0] + away[0], line[0][1] + away[1])
    last = (line[-1][0] + away[0], line[-1][1] + away[1])
    closing = [(line[-1], last), (last, first), (first, line[0])]
    along = Edge(
        road.name, side.side, tuple(flat.back(p) for p in line),
        (figures[0], *accuracy, figures[1]), side.include, side.half_width_m,
    )  # fmt: skip
    frame = [
        Edge(f"frame {n}", "none", (flat.back(a), flat.back(b)), (FAR_ACCURACY,), status="assumed")
        for n, (a, b) in enumerate(closing)
    ]
    try:
        made = build([along, *frame])
    except ValueError as error:
        raise Cannot(note("no_area", reason=why(error))) from error
    used = Used(road.name, side.side, side.include, tuple(li.id for li in road.lines), road.how,
                accuracy, side.half_width_m, points)  # fmt: skip
    return Ring(Shapes(made.nominal, made.core, made.extent), (used,), tuple(notes), ())


def _to(flat: Any, xy: Any) -> Any:
    xy = xy.copy()
    xy[:, 0] = (xy[:, 0] - flat.origin[0]) * flat.east
    xy[:, 1] = (xy[:, 1] - flat.origin[1]) * flat.north
    return xy


def _longest(road: Road) -> tuple[Any, list[Any]]:
    """One way along the road between its two ends that lie farthest apart."""
    if road.single and road.strands[0].length >= 1.0:
        return road.strands[0], []
    ends = [Point(c) for s in road.strands for c in (s.coords[0], s.coords[-1])]
    pairs = ((a.distance(b), n, m) for n, a in enumerate(ends) for m, b in enumerate(ends[:n]))
    far, n, m = max(pairs, default=(0.0, 0, 0))
    if far < 1.0:
        raise Cannot(note("too_short", name=road.name))
    return road.between(ends[m], ends[n])


def beside(
    road: Road,
    width_m: float,
    half_width_m: float,
    which: str = "both",
    stretch: Stretch | None = None,
) -> Ring:
    """All within so many metres of a road's line (or of a place, ``which`` = around).

    half_width_m: metres from the axis to the kerb, which the width may be reckoned from. A side
    other than both keeps the half that lies there. stretch: only along that of the road, nominal
    and core end square across it.
    """
    if stretch is not None:
        return _beside_stretch(road, width_m, half_width_m, which, stretch)
    measured = [road.whole()] if road.untouched else [road.measured(way) for way in road.strands]
    pieces = _pieces(measured)
    slim = cos(pi / CORNERS)  # what turns a polygon around a disc into one inside it
    shapes = Shapes(
        _wide(pieces, lambda m: width_m),
        _wide(pieces, lambda m: (width_m - m) * slim),
        _wide(pieces, lambda m: width_m + m + half_width_m),
    )
    notes = [note("axis", name=road.name)] if not half_width_m else []
    return Ring(shapes, _along(road, which, half_width_m, measured), tuple(notes), ())


def _beside_stretch(
    road: Road, width_m: float, half_width_m: float, which: str, stretch: Stretch
) -> Ring:
    def told(way: Any) -> list[Measured]:
        return [road.measured(way, stretch.patches)]

    slim = cos(pi / CORNERS)
    nominal = _wide(_pieces(told(stretch.nominal)), lambda m: width_m)
    nominal = _areal(nominal.intersection(flat_ended(stretch.nominal, width_m, road.flat)))
    core = shapely.MultiPolygon()
    if stretch.core is not None:
        core = _wide(_pieces(told(stretch.core)), lambda m: (width_m - m) * slim)
        core = _areal(core.intersection(flat_ended(stretch.core, width_m, road.flat)))
    outer = _pieces(told(stretch.extent))
    first, last = outer[0], outer[-1]
    ends = [(first[0], first[1], first[2] + stretch.beyond[0]),
            (last[0], last[1], last[2] + stretch.beyond[1])]  # fmt: skip
    beside_it = _pieces([road.measured(way) for way in stray(road, stretch)])
    extent = _wide([*outer, *ends, *beside_it], lambda m: width_m + m + half_width_m)
    notes = [note("axis", name=road.name)] if not half_width_m else []
    notes += [note("patched", name=road.name, m=round(p.length, 1)) for p in stretch.patches]
    used = _along(road, which, half_width_m, told(stretch.nominal))
    return Ring(Shapes(nominal, core, extent), used, tuple(notes), ())


def _pieces(measured: Sequence[Measured]) -> list[tuple[Any, Any, float]]:
    """The segments of lines, with how far each may be off."""
    return [piece for points, accuracy in measured for piece in zip(points, points[1:], accuracy)]


def _wide(pieces: Sequence[tuple[Any, Any, float]], metres: Callable[[float], float]) -> Any:
    """All within so many metres of the segments; metres: from how far a segment may be off."""
    drawn = [Piece(a, b, metres(m)) for a, b, m in pieces if metres(m) > 0.0]
    return _areal(band(drawn)) if drawn else shapely.MultiPolygon()


def _along(
    road: Road, which: str, half_width_m: float, measured: Sequence[Measured]
) -> tuple[Used, ...]:
    return tuple(
        Used(road.name, which, "unstated", tuple(li.id for li in road.lines), road.how, accuracy,
             half_width_m, points)
        for points, accuracy in measured
    )  # fmt: skip


def ring_road(side: Side) -> Ring:
    """The area inside one road that goes all the way round."""
    road = side.road
    strands = road.strands
    if len(strands) == 1 and strands[0].is_ring:
        coords = list(strands[0].coords)
        parts = _thirds(coords)
    else:
        parts = [list(s.coords) for s in _chained(strands)]
        if len(parts) < 3:
            longest = max(range(len(parts)), key=lambda n: len(parts[n]))
            parts[longest : longest + 1] = _thirds(parts[longest])
    from .corners import Side as Piece_of
    from .roads import Road as Part

    sides = []
    for number, coords in enumerate(parts):
        strand = shapely.LineString(coords)
        part = Part(
            f"{road.name} {number + 1}", road.lines, road.how, [strand], road.flat, road.options
        )
        sides.append(Piece_of(part, "ring", side.include, side.half_width_m))
    made = around(sides)
    points = tuple(p for u in made.used for p in u.points)
    accuracy = tuple(m for u in made.used for m in u.accuracy_m)
    used = Used(road.name, "ring", side.include, tuple(li.id for li in road.lines), road.how,
                accuracy, side.half_width_m, points)  # fmt: skip
    return Ring(made.shapes, (used,), made.notes, made.readings)


def _thirds(coords: list[Any]) -> list[list[Any]]:
    """A line cut into three of about as many corners each; short ones get more corners."""
    while len(coords) < 7:
        line = shapely.segmentize(
            shapely.LineString(coords), shapely.LineString(coords).length / 12
        )
        coords = list(line.coords)
    a, b = len(coords) // 3, 2 * len(coords) // 3
    return [coords[: a + 1], coords[a : b + 1], coords[b:]]


def _chained(strands: list[Any]) -> list[Any]:
    """Strands one after the other, each turned so that it begins near where the last one ended."""
    left = sorted(strands, key=lambda s: -s.length)
    chain = [left.pop(0)]
    while left:
        tip = Point(chain[-1].coords[-1])
        tries = [(tip.distance(Point(s.coords[0])), n, s) for n, s in enumerate(left)]
        tries += [(tip.distance(Point(s.coords[-1])), n, s.reverse()) for n, s in enumerate(left)]
        _, number, strand = min(tries, key=lambda t: t[:2])
        left.pop(number)
        chain.append(strand)
    return chain
