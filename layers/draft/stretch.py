"""A stretch of a road (X路（甲路至乙路段）): its two ends on the line, and the strip along it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import shapely
import shapely.ops
from shapely import Point

from .corners import ONE_CROSSING, clustered
from .model import ACCURACY_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Line
    from .roads import Plane, Road

__all__ = ["Stretch", "cut", "flat_ended", "open_end", "place_on", "stray", "tip_of"]

_OPEN = re.compile(r"^(?P<name>.{2,}?)以?(?P<way>[东南西北])(?:侧|边|段|路段)*$")
_WAYS = {"东": (1, 0), "西": (-1, 0), "北": (0, 1), "南": (0, -1),
         "east": (1, 0), "west": (-1, 0), "north": (0, 1), "south": (0, -1)}  # fmt: skip
_MARGIN = 1.2

Place = tuple[Any, float]
"""A place on a road (plane), and how many metres along the road it may be off."""


class Stretch(NamedTuple):
    """nominal, core, extent: the way along the road in the plane; core None where the ends are so
    unsure that nothing is left. patches: straight pieces where the road is interrupted. beyond:
    metres that both ends may lie farther out than the way of the extent."""

    nominal: Any
    core: Any | None
    extent: Any
    patches: list[Any]
    beyond: tuple[float, float]


def open_end(start: str) -> tuple[str, str] | None:
    """The line and the way of an open stretch (黄河路以北段), None for the name of a line."""
    found = _OPEN.match(start)
    return (found["name"], found["way"]) if found else None


def place_on(road: Road, lines: Sequence[Line]) -> Place | None:
    """Where a road crosses other lines; None if nowhere within their accuracy, or in several
    places."""
    other = shapely.union_all([road.flat.line(line.points) for line in lines])
    doubt = _worst(road.lines, road) + _worst(lines, road)
    doubt += max((line.width_m or road.options.width or 0.0 for line in lines), default=0.0) / 2.0
    met = clustered(road.shape.intersection(other))
    if len(met) > 1 or (not met and road.shape.distance(other) > doubt):
        return None
    place = met[0] if met else shapely.ops.nearest_points(road.shape, other)[0]
    around = [
        part
        for part in shapely.get_parts(road.shape.intersection(other.buffer(doubt)))
        if part.distance(place) <= ONE_CROSSING
    ]
    return place, max((shapely.hausdorff_distance(place, part) for part in around), default=doubt)


def _worst(lines: Sequence[Line], road: Road) -> float:
    figures = [max(line.accuracy_m) for line in lines if line.accuracy_m]
    return max(figures, default=road.options.accuracy_m or ACCURACY_M)


def tip_of(road: Road, place: Any, way: str) -> Place | None:
    """The end of a road that lies that way from a place on it; None unless only one end does."""
    if not road.single or way not in _WAYS:
        return None
    east, north = _WAYS[way]
    tips = [Point(road.strands[0].coords[n]) for n in (0, -1)]
    ahead = [east * (tip.x - place.x) + north * (tip.y - place.y) > 1.0 for tip in tips]
    return (tips[ahead.index(True)], 0.0) if sum(ahead) == 1 else None


def cut(road: Road, one: Place, two: Place) -> Stretch | None:
    """The road between two places on it; None where they are one, or the road goes round."""
    if one[0].distance(two[0]) < 1.0 or any(strand.is_ring for strand in road.strands):
        return None
    way, patches = road.between(one[0], two[0])
    (a, before), (b, after) = sorted((way.project(place), slack) for place, slack in (one, two))
    inner = (a + before, b - after)
    core = shapely.ops.substring(way, *inner) if inner[1] - inner[0] > 1.0 else None
    outer = (max(0.0, a - before), min(way.length, b + after))
    return Stretch(
        shapely.ops.substring(way, a, b),
        core,
        shapely.ops.substring(way, *outer),
        patches,
        (max(0.0, before - a), max(0.0, b + after - way.length)),
    )


def stray(road: Road, stretch: Stretch) -> list[Any]:
    """Further lines of the road beside a stretch (slip roads): of them nobody says they are not
    meant."""
    way = stretch.extent
    found = []
    for strand in [] if road.single else [*road.strands, *road.aside]:
        for a, b in zip(strand.coords, strand.coords[1:]):
            middle = Point((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
            if way.distance(middle) > 0.5 and 0.0 < way.project(middle) < way.length:
                found.append(shapely.LineString([a, b]))
    return found


def flat_ended(way: Any, width_m: float, flat: Plane) -> Any:
    """What a strip along a way is cut with, so that it ends square at both ends (lon/lat)."""
    strip = way.buffer(width_m * _MARGIN, cap_style="flat", quad_segs=32)
    return shapely.transform(
        strip, lambda xy: xy / (flat.east, flat.north) + (flat.origin[0], flat.origin[1])
    )
