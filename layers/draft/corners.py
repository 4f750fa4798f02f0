"""Where neighbouring roads meet: one place, several (each a reading), or none (a gap to close)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import permutations, product
from typing import TYPE_CHECKING, Any

import shapely
from shapely import LineString, Point
from shapely.ops import nearest_points

from ..boundary import Closure, Edge
from .model import ACCURACY_M, Cannot
from .notes import note
from .roads import prolonged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Note
    from .roads import Road

__all__ = ["Corner", "Side", "choices", "clustered", "meeting", "one_road", "ordered"]

# Crossings of two roads closer together than this are the crossing of their carriageways.
ONE_CROSSING = 120.0
MOST_READINGS = 16
# A line given to close an open side comes at least as near as this to both roads.
REACHES = 150.0


@dataclass
class Side:
    """One road in its place around the area, and what the text says of it."""

    road: Road
    side: str
    include: str
    half_width_m: float
    order: int = 0
    ends: tuple[Any, Any] | None = None
    """The stretch of the text, as two places on the road (plane)."""
    stretch: tuple[str, str] = ("", "")


@dataclass
class Corner:
    """places: where two roads meet, in the plane. gap_m: how far they miss each other, with the
    closures that are tried then."""

    places: list[Any]
    gap_m: float = 0.0
    closures: list[Closure] = field(default_factory=list)


def ordered(sides: list[Side], before: Side | None, after: Side | None) -> tuple[list[Side], bool]:
    """The roads of one side in the order in which they join, and whether it is the text's."""
    if len(sides) < 2:
        return sides, True

    def gaps(order: Sequence[Side]) -> float:
        chain = [*([before] if before else []), *order, *([after] if after else [])]
        return float(sum(a.road.shape.distance(b.road.shape) for a, b in zip(chain, chain[1:])))

    listed = [list(sides), list(sides[::-1])]
    tried = listed if len(sides) > 4 else [*listed, *map(list, permutations(sides))]
    best = min(tried, key=lambda order: round(gaps(order), 0))
    return best, best in listed


def meeting(one: Side, two: Side, closures: Sequence[Closure]) -> Corner:
    """How two neighbours meet; lines given for the open side between them come first."""
    given = [c for c in closures if {c.after, c.before} == {one.road.name, two.road.name}]
    a, b = one.road.shape, two.road.shape
    if given:
        turned = [
            c if c.after == one.road.name
            else Closure(c.id, one.road.name, two.road.name, c.edge) for c in given
        ]  # fmt: skip
        return Corner([], float(a.distance(b)), turned)
    places = clustered(a.intersection(b))
    if places:
        return Corner(places)
    gap = float(a.distance(b))
    reach = _accuracy(one, two)
    near = nearest_points(a, b)
    if gap <= reach:
        return Corner([], gap)
    return Corner([], gap, _given(one, two) or _ways(one, two, near, gap))


def _given(one: Side, two: Side) -> list[Closure]:
    """The user's own lines that lead from one road to the other."""
    found = []
    for way in one.road.options.ways:
        line = one.road.flat.line(way.points)
        if max(line.distance(one.road.shape), line.distance(two.road.shape)) <= REACHES:
            figures = way.accuracy_m or (one.road.options.accuracy_m or ACCURACY_M,) * (
                len(way.points) - 1
            )
            edge = Edge(way.names[0], "none", way.points, figures, status="assumed")
            found.append(Closure(way.names[0], one.road.name, two.road.name, edge))
    return found


def clustered(met: Any) -> list[Any]:
    """The places of an intersection, those of one crossing taken together."""
    points = []
    for part in shapely.get_parts(met):
        if part.is_empty:
            continue
        points.append(part if part.geom_type == "Point" else part.interpolate(0.5, normalized=True))
    groups: list[list[Any]] = []
    for point in points:
        near = [g for g in groups if any(p.distance(point) < ONE_CROSSING for p in g)]
        merged = [point, *(p for g in near for p in g)]
        groups = [g for g in groups if g not in near] + [merged]
    centres = []
    for group in groups:
        middle = shapely.MultiPoint(group).centroid
        centres.append(min(group, key=middle.distance))
    return centres


def _accuracy(one: Side, two: Side) -> float:
    total = 0.0
    for side in (one, two):
        figures = [max(line.accuracy_m) for line in side.road.lines if line.accuracy_m]
        total += max(figures, default=side.road.options.accuracy_m or ACCURACY_M)
    return total


def _ways(one: Side, two: Side, near: tuple[Any, Any], gap: float) -> list[Closure]:
    """Ways across a gap: the road that ends goes straight on, or by the shortest way."""
    flat = one.road.flat
    doubt = max(gap / 2.0, 1.0)
    found: list[Closure] = []

    def add(label: str, line: Any) -> None:
        points = tuple(flat.back(place) for place in line.coords)
        name = f"{label}:{one.road.name}-{two.road.name}"
        edge = Edge(name, "none", points, (doubt,) * (len(points) - 1), status="assumed")
        found.append(Closure(name, one.road.name, two.road.name, edge))

    tip, foot = near
    rays = []
    for road, place, other in ((one.road, tip, two.road), (two.road, foot, one.road)):
        ray = _ray(road, place, gap)
        rays.append(ray)
        if ray is not None:
            met = ray.intersection(other.shape)
            if not met.is_empty:
                hit = nearest_points(Point(ray.coords[0]), met)[1]
                if hit.distance(Point(ray.coords[0])) < 4 * gap:
                    back = road is two.road
                    line = LineString([ray.coords[0], hit])
                    add(f"straight on {road.name}", line.reverse() if back else line)
    if not found and rays[0] is not None and rays[1] is not None:
        met = rays[0].intersection(rays[1])
        if not met.is_empty and met.geom_type == "Point":
            add("both straight on", LineString([tip, met, foot]))
    shortest = LineString([tip, foot])
    if not any(flat.line(c.edge.points).hausdorff_distance(shortest) < 1.0 for c in found):
        add("shortest", shortest)
    return found


def _ray(road: Road, place: Any, gap: float) -> Any | None:
    """The road prolonged beyond its end at that place; None if the place is not an end."""
    for strand in road.strands:
        coords = list(strand.coords)
        for ends in (coords, coords[::-1]):
            if Point(ends[-1]).distance(place) < 0.5:
                before = next(
                    (c for c in reversed(ends[:-1]) if Point(c).distance(place) > 30.0), ends[0]
                )
                return prolonged(ends[-1], before, 4 * gap)
    return None


def choices(corners: Sequence[Corner]) -> list[tuple[Any | None, ...]]:
    """Every combination of meeting places, None where there is nothing to choose.

    Raises Cannot if there are too many.
    """
    options = [corner.places or [None] for corner in corners]
    count = 1
    for places in options:
        count *= len(places)
    if count > MOST_READINGS:
        raise Cannot(note("too_many", n=count))
    return list(product(*options))


def told(corners: Sequence[Corner], sides: Sequence[Side]) -> list[Note]:
    """Notes on corners that are several places."""
    return [
        note("crossings", after=a.road.name, before=b.road.name, n=len(corner.places))
        for corner, a, b in zip(corners, sides, [*sides[1:], sides[0]])
        if len(corner.places) > 1
    ]


def one_road(chain: list[Side]) -> list[Side]:
    """Neighbours that are one and the same road as one side (东、南以贾鲁河为界)."""
    kept: list[Side] = []
    for side in chain:
        if kept and kept[-1].road.name == side.road.name:
            kept[-1] = replace(kept[-1], side="none")
        else:
            kept.append(side)
    if len(kept) > 1 and kept[0].road.name == kept[-1].road.name:
        kept[0] = replace(kept[0], side="none")
        kept.pop()
    return kept
