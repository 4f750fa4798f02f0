"""An area that its edges go all the way round: corners, readings, and the three shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shapely import intersection_all, union_all

from ..boundary import Boundary, Edge, build
from . import corners as meet
from .model import Cannot, Reading, Shapes, Used
from .notes import note, why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..boundary import Closure, Gap
    from .corners import Corner, Side
    from .model import Note

__all__ = ["Ring", "around"]

# A corner farther than this from both ends of the stretch in the text is another place.
ELSEWHERE = 150.0


@dataclass(frozen=True)
class Ring:
    """The three shapes of an area with what was done to get them."""

    shapes: Shapes
    used: tuple[Used, ...]
    notes: tuple[Note, ...]
    readings: tuple[Reading, ...]


def around(sides: Sequence[Side], closures: Sequence[Closure] = ()) -> Ring:
    """The area within the sides, given in order around it.

    nominal is the reading with the fewest gaps and then the shortest way round; core lies in every
    reading, extent holds all of them. Raises Cannot.
    """
    followed = [*sides[1:], sides[0]]
    corners = [meet.meeting(a, b, closures) for a, b in zip(sides, followed)]
    notes = meet.told(corners, sides)
    made: list[tuple[str, Boundary, list[Edge]]] = []
    dropped: list[Note] = []
    picks = meet.choices(corners)
    for number, places in enumerate(picks, 1):
        name = f"{number}" if len(picks) > 1 else ""
        try:
            edges, told = _edges(sides, places, corners)
            made.append((name, build(edges, _closures(corners, edges, sides)), edges))
            notes += told
        except ValueError as error:
            dropped.append(note("dropped", reading=name or "1", reason=why(error)))
    if not made:
        raise Cannot(note("no_area", reason=dropped[0]["reason"]))
    made.sort(
        key=lambda m: (
            sum(g.metres for g in m[1].gaps if g.closed != "crossing"),
            m[1].nominal.length,
        )
    )
    _, first, edges = made[0]
    shapes = Shapes(
        first.nominal,
        intersection_all([boundary.core for _, boundary, _ in made]),
        union_all([boundary.extent for _, boundary, _ in made]),
    )
    notes += dropped + [n for _, boundary, _ in made for n in _gap_notes(boundary.gaps)]
    used = tuple(
        Used(s.road.name, s.side, s.include, tuple(line.id for line in s.road.lines), s.road.how,
             e.accuracy_m, s.half_width_m, e.points)
        for s, e in zip(sides, edges)
    )  # fmt: skip
    readings = tuple(
        Reading(
            0,
            "+".join(text for text in (name, reading.id) if text),
            Shapes(reading.nominal, reading.core, reading.extent),
        )
        for name, boundary, _ in made
        for reading in boundary.readings
    )
    return Ring(shapes, used, _once(notes), readings)


def _edges(
    sides: Sequence[Side], places: Sequence[Any | None], corners: Sequence[Corner]
) -> tuple[list[Edge], list[Note]]:
    """Each road as one line from corner to corner, with the notes on what was mended in it."""
    edges, notes = [], []
    for place, side in enumerate(sides):
        came, went = places[place - 1], places[place]
        road = side.road
        several = len(corners[place - 1].places) > 1 or len(corners[place].places) > 1
        if road.single and not several and side.ends is None:
            points, accuracy = road.whole()
        else:
            start, end = _ends(side, came, went, corners[place - 1], corners[place], sides, place)
            way, patches = road.between(start, end)
            points, accuracy = road.measured(way, patches)
            notes += [note("patched", name=road.name, m=round(p.length, 1)) for p in patches]
        if side.ends is not None and _elsewhere(side, places, corners, sides, place):
            first, last = side.stretch
            notes.append(note("stretch_other", name=road.name, start=first, end=last))
        if road.aside:
            double = road.doubled(road.flat.line(points))
            notes += [note("double", name=road.name, m=round(double, 1))] if double > 1.0 else []
        edges.append(Edge(road.name, side.side, points, accuracy, side.include, side.half_width_m))
    return edges, notes


def _elsewhere(
    side: Side,
    places: Sequence[Any | None],
    corners: Sequence[Corner],
    sides: Sequence[Side],
    place: int,
) -> bool:
    """Whether a road meets its neighbours elsewhere than where the text lets its stretch end."""
    from shapely.ops import nearest_points

    around = ((place - 1, sides[place - 1]), (place, sides[(place + 1) % len(sides)]))
    for number, other in around:
        corner = places[number]
        if corner is None:
            target = _target(corners[number], other, side)
            corner = nearest_points(side.road.shape, target)[0]
        if min(corner.distance(end) for end in side.ends or ()) > ELSEWHERE:
            return True
    return False


def _ends(
    side: Side, came: Any, went: Any, one: Corner, two: Corner, sides: Sequence[Side], place: int
) -> tuple[Any, Any]:
    """The places between which a road is wanted: its corners, or where it comes nearest to them."""
    from shapely.ops import nearest_points

    shape = side.road.shape
    before, after = sides[place - 1], sides[(place + 1) % len(sides)]
    start = came if came is not None else nearest_points(shape, _target(one, before, side))[0]
    end = went if went is not None else nearest_points(shape, _target(two, after, side))[0]
    if side.ends is not None and (came is None or went is None):
        first, last = side.ends
        if came is None:
            start = min((first, last), key=start.distance)
        if went is None:
            end = min((first, last), key=end.distance)
    if start.distance(end) < 1.0:
        raise ValueError(f"{side.road.name} meets both its neighbours in one place")
    return start, end


def _target(corner: Corner, other: Side, side: Side) -> Any:
    """What a road leads to at a gap: the line that closes it, or else its neighbour."""
    if corner.closures:
        return side.road.flat.line(corner.closures[0].edge.points)
    return other.road.shape


def _closures(
    corners: Sequence[Corner], edges: Sequence[Edge], sides: Sequence[Side]
) -> list[Closure]:
    return [closure for corner in corners for closure in corner.closures]


def _gap_notes(gaps: Sequence[Gap]) -> list[Note]:
    notes = []
    for gap in gaps:
        if gap.metres < 0.5:
            continue
        figures = {"after": gap.after, "before": gap.before, "m": round(gap.metres, 1)}
        if gap.closed == "extended":
            notes.append(note("extended", **figures))
        elif gap.closed == "bridged":
            notes.append(note("bridged", **figures, half=round(gap.metres / 2, 1)))
        elif gap.closed.startswith("closure:"):
            notes.append(note("closed", **figures, way=gap.closed.partition(":")[2]))
    return notes


def _once(notes: Sequence[Note]) -> tuple[Note, ...]:
    return tuple({n["zh"]: n for n in notes}.values())
