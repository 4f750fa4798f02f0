"""From boundary lines in words (四至) to shapes: nominal, core and extent of an area.

Development only (needs shapely). All coordinates are WGS84 lon/lat in degrees; accuracies, half
widths and gaps are metres (see layers.band). Lines are straight in lon/lat, as GeoJSON has them.

An area is given by its edges in order around it, either way round. Each is the axis of a road (or
another line) with an accuracy for every stretch. Neighbouring edges are cut where they cross;
ends that miss each other are extended to their crossing or bridged; where the text leaves a side
open, closures name alternative ways to close it and every combination of them is one reading.

* nominal is the first reading, the most literal one: its lines are the axes, or the outer kerb
  where the text includes the road, or the inner kerb where it excludes it;
* core is what lies in every reading and farther from its boundary than that may be wrong;
* extent is what lies in any reading or no farther from its boundary than that may be wrong.

Where the text does not say whether a road belongs, half its width is added to the accuracy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any

from shapely import LineString, Polygon, intersection_all, union_all

from .band import Piece, Point, band, direction, metres, moved
from .bend import corner_discs, mitre, slivers, straight_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Boundary", "Closure", "Edge", "Gap", "Reading", "build"]

Line = list[Piece]

SIDES = ("north", "east", "south", "west", "ring", "none")
INCLUDE = ("included", "excluded", "unstated")


@dataclass(frozen=True)
class Edge:
    """One side of the area.

    points: the axis, lon/lat, in either direction. accuracy_m: one per segment, how far the true
    line may lie from it. half_width_m: axis to kerb. side: where the edge lies as seen from the
    area. include: whether the text counts the road itself in.

    Raises ValueError if the counts do not fit, a figure is not positive or a word is unknown.
    """

    name: str
    side: str
    points: tuple[Point, ...]
    accuracy_m: tuple[float, ...]
    include: str = "unstated"
    half_width_m: float = 0.0
    status: str = "documented"

    def __post_init__(self) -> None:
        if len(self.points) < 2 or len(self.accuracy_m) != len(self.points) - 1:
            raise ValueError(f"{self.name}: expected one accuracy for each of its segments")
        if min(self.accuracy_m) <= 0 or self.half_width_m < 0:
            raise ValueError(f"{self.name}: an accuracy must be positive, a width not negative")
        if self.side not in SIDES or self.include not in INCLUDE:
            raise ValueError(f"{self.name}: unknown side {self.side!r} or {self.include!r}")


@dataclass(frozen=True)
class Closure:
    """One way to close the side that the text leaves open between two neighbouring edges."""

    id: str
    after: str
    before: str
    edge: Edge


@dataclass(frozen=True)
class Gap:
    """How two neighbours were joined, and how far apart (metres) their lines were.

    closed: crossing, extended (to their crossing), bridged (straight), or closure:<id>.
    """

    reading: str
    after: str
    before: str
    metres: float
    closed: str


@dataclass(frozen=True)
class Reading:
    """One closed reading of the text. id: the closures it takes, joined by +, or "literal"."""

    id: str
    nominal: Any
    core: Any
    extent: Any


@dataclass(frozen=True)
class Boundary:
    """The three shapes (shapely, lon/lat), the readings, the joints, and what was assumed."""

    nominal: Any
    core: Any
    extent: Any
    readings: tuple[Reading, ...]
    gaps: tuple[Gap, ...]
    assumptions: tuple[str, ...]


def build(edges: Sequence[Edge], closures: Sequence[Closure] = ()) -> Boundary:
    """The area within the edges, given in order around it.

    Closures of the same pair of neighbours are alternatives, the first of them the most literal.
    Raises ValueError if there are fewer than three edges in a reading, if an edge meets both its
    neighbours in one place, if a side contradicts where the edge lies, if a closure names edges
    that are not neighbours, or if the lines do not enclose one simple area.
    """
    readings, gaps = [], []
    for chosen in _combinations(closures):
        ring = _with_closures(edges, chosen)
        name = "+".join(c.id for c in chosen) or "literal"
        pieces, joints = _joined(ring, name, chosen)
        gaps += joints
        readings.append(_reading(name, _shifted(pieces)))
        _check_sides(edges, readings[-1].nominal, name)
    return Boundary(
        readings[0].nominal,
        intersection_all([r.core for r in readings]),
        union_all([r.extent for r in readings]),
        tuple(readings),
        tuple(gaps),
        _assumptions(edges, closures, gaps),
    )


def _combinations(closures: Sequence[Closure]) -> Iterable[tuple[Closure, ...]]:
    alternatives: dict[tuple[str, str], list[Closure]] = {}
    for c in closures:
        alternatives.setdefault((c.after, c.before), []).append(c)
    return product(*alternatives.values())


def _with_closures(edges: Sequence[Edge], chosen: Sequence[Closure]) -> list[Edge]:
    ring = list(edges)
    for c in chosen:
        names = [e.name for e in ring]
        at = next((i for i, n in enumerate(names) if n == c.after), -1)
        if at < 0 or names[(at + 1) % len(names)] != c.before:
            raise ValueError(f"{c.id}: {c.after} is not followed by {c.before}")
        ring.insert(at + 1, c.edge)
    if len(ring) < 3:
        raise ValueError("an area needs three edges; draw a single line as three")
    return ring


def _pieces(edge: Edge) -> Line:
    shift = {"included": 1.0, "excluded": -1.0, "unstated": 0.0}[edge.include] * edge.half_width_m
    width = edge.half_width_m if edge.include == "unstated" else 0.0
    segments = zip(edge.points, edge.points[1:], edge.accuracy_m)
    return [Piece(a, b, accuracy, width, shift) for a, b, accuracy in segments]


def _drawn(line: Line) -> Any:
    return LineString([line[0].start, *(p.end for p in line)])


def _turned(line: Line) -> Line:
    return [replace(p, start=p.end, end=p.start) for p in reversed(line)]


def _joined(
    ring: Sequence[Edge], reading: str, chosen: Sequence[Closure]
) -> tuple[Line, list[Gap]]:
    """One closed chain of pieces along the axes, and how each corner came about."""
    lines = _directed(ring)
    open_sides = {(c.after, c.before): c.id for c in chosen}
    closing = {c.edge.name for c in chosen}
    gaps, bridges = [], []
    for i, edge in enumerate(ring):
        j = (i + 1) % len(ring)
        lines[i], lines[j], bridge, apart, how = _corner(lines[i], lines[j])
        bridges.append(bridge)
        if not (closing & {edge.name, ring[j].name}) or how != "crossing":
            gaps.append(Gap(reading, edge.name, ring[j].name, round(apart, 1), how))
    ends = {e.name: _drawn(_pieces(e)) for e in ring}
    for (after, before), name in open_sides.items():
        apart = _apart(ends[after], ends[before])
        gaps.append(Gap(reading, after, before, round(apart, 1), f"closure:{name}"))
    return [p for line, bridge in zip(lines, bridges) for p in line + bridge], gaps


def _directed(ring: Sequence[Edge]) -> list[Line]:
    """The edges as lines that all run the same way round."""
    lines = [_pieces(e) for e in ring]
    drawn = [_drawn(line) for line in lines]
    for i, edge in enumerate(ring):
        before, after = drawn[i - 1], drawn[(i + 1) % len(ring)]
        came, went = (drawn[i].project(_meeting(drawn[i], d)) for d in (before, after))
        if abs(came - went) < 1e-9:
            raise ValueError(f"{edge.name} meets both its neighbours in one place")
        if came > went:
            lines[i] = _turned(lines[i])
    return lines


def _meeting(line: Any, other: Any) -> Any:
    """The point of a line that is nearest to the other (a crossing, if there is one)."""
    if line.intersects(other):
        return line.intersection(other).representative_point()
    ends = [line.interpolate(line.project(other.boundary.geoms[i])) for i in (0, 1)]
    ends += list(line.boundary.geoms)
    return min(ends, key=other.distance)


def _corner(line: Line, after: Line) -> tuple[Line, Line, Line, float, str]:
    """Both lines cut or extended to where they meet, a bridge if they do not, the gap, the way."""
    end, start = line[-1], after[0]
    apart = metres(end.end, start.start)
    if apart < 0.5:
        return [*line[:-1], replace(end, end=start.start)], after, [], 0.0, "crossing"
    place = _crossing(line, after)
    if place is not None:
        known = min(metres(place, p.end) for p in line) < 1.0
        known = known and min(metres(place, p.start) for p in after) < 1.0
        first = _cut(line, place)
        first[-1] = replace(first[-1], joint="known" if known else "crossing")
        return first, _turned(_cut(_turned(after), place)), [], 0.0, "crossing"
    reach = end.accuracy + start.accuracy
    apart = min(apart, _apart(_drawn(line), _drawn(after)))
    longer, earlier = _extended(line, reach), _turned(_extended(_turned(after), reach))
    place = _crossing(longer, earlier) if apart <= reach else None
    if place is not None:
        first = _cut(longer, place)
        first[-1] = replace(first[-1], joint="crossing")
        return first, _turned(_cut(_turned(earlier), place)), [], apart, "extended"
    # nobody knows how the line runs across an open gap: it may sag by half of it
    doubt = max(metres(end.end, start.start) / 2.0, end.accuracy, start.accuracy)
    bridge = Piece(end.end, start.start, doubt, max(end.width, start.width))
    return line, after, [bridge], metres(end.end, start.start), "bridged"


def _apart(line: Any, other: Any) -> float:
    """Metres between two drawn lines; 0 if they cross."""
    near = _meeting(line, other)
    far = other.interpolate(other.project(near))
    return metres((near.x, near.y), (far.x, far.y))


def _crossing(line: Line, after: Line) -> Point | None:
    """Where two lines cross; of several places the one nearest to the ends that should meet."""
    met = _drawn(line).intersection(_drawn(after))
    places = [g.representative_point() for g in getattr(met, "geoms", [met]) if not g.is_empty]
    if not places:
        return None
    end, start = line[-1].end, after[0].start
    best = min(places, key=lambda p: metres((p.x, p.y), end) + metres((p.x, p.y), start))
    return best.x, best.y


def _cut(line: Line, place: Point) -> Line:
    """The line up to a place on it."""
    point = LineString([place, place]).centroid
    near = [LineString([p.start, p.end]).distance(point) for p in line]
    last = near.index(min(near))
    return [*line[:last], replace(line[last], end=place)]


def _extended(line: Line, reach: float) -> Line:
    """The line, its last piece prolonged by that many metres."""
    p = line[-1]
    east, north = direction(p)
    return [*line[:-1], replace(p, end=moved(p.end, east * reach, north * reach))]


def _shifted(ring: Line) -> Line:
    """The chain moved from the axes to the kerbs where the text names one."""
    ring = [p for p in ring if metres(p.start, p.end) > 0.01]
    if not any(p.shift for p in ring):
        return ring
    # outwards is to the right of a ring that runs counter-clockwise
    left = -1.0 if Polygon([p.start for p in ring]).exterior.is_ccw else 1.0
    moved_ring: Line = []
    for before, p, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1]):
        start, end = (_kerb(c, p, left) for c in ((before, p), (p, after)))
        moved_ring.append(replace(p, start=start, end=end))
        across = _kerb((p, after), after, left)
        if metres(end, across) > 0.01:  # straight on, from a road included to one excluded
            moved_ring.append(replace(p, start=end, end=across))
    return moved_ring


def _kerb(corner: tuple[Piece, Piece], piece: Piece, left: float) -> Point:
    """Where the kerb of a piece turns at a corner; left: +1 if outwards is to the left."""
    one, two = corner
    if one.shift != two.shift and straight_on(one, two):
        one = two = piece
    return moved(corner[0].end, *mitre(one, two, left * one.shift, left * two.shift))


def _reading(name: str, ring: Line) -> Reading:
    nominal = Polygon([p.start for p in ring])
    if not nominal.is_valid:
        raise ValueError(f"reading {name}: the lines do not enclose one simple area")
    doubt = band(ring, corner_discs(ring), slivers(ring))
    return Reading(name, nominal, nominal.difference(doubt), nominal.union(doubt))


def _check_sides(edges: Sequence[Edge], nominal: Any, reading: str) -> None:
    middle = nominal.centroid
    for edge in edges:
        if edge.side not in ("north", "east", "south", "west"):
            continue
        near = LineString(edge.points).intersection(nominal.boundary.buffer(1e-3)).centroid
        axis, sign = ("x", 1) if edge.side in ("east", "west") else ("y", 1)
        sign = -sign if edge.side in ("west", "south") else sign
        if not near.is_empty and sign * (getattr(near, axis) - getattr(middle, axis)) <= 0:
            raise ValueError(f"reading {reading}: {edge.name} does not lie on the {edge.side}")


def _assumptions(
    edges: Sequence[Edge], closures: Sequence[Closure], gaps: Sequence[Gap]
) -> tuple[str, ...]:
    said = []
    for e in edges:
        if e.status != "documented":
            said.append(f"{e.name}: the line itself is assumed")
        if e.half_width_m:
            said.append(f"{e.name}: {e.half_width_m:g} m from axis to kerb, {e.include}")
    said += [f"{c.after} to {c.before}: closed by {c.id}" for c in closures]
    said += [
        f"{g.after} to {g.before}: gap of {g.metres:g} m {g.closed} ({g.reading})"
        for g in gaps
        if g.closed in ("extended", "bridged")
    ]
    return tuple(dict.fromkeys(said))
