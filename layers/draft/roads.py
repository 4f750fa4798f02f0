"""A road out of the many lines that bear its name: one way along it, cut to what is wanted.

Works in a plane in metres around the first line (see :class:`Plane`); a road of one line that need
not be cut keeps its coordinates to the last digit.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Any

import shapely
import shapely.ops
from shapely import LineString, Point

from ..band import metres
from .model import ACCURACY_M, Cannot, Line
from .notes import note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .model import Note, Options

__all__ = ["OVERRUN", "Plane", "Road", "prolonged", "road_of", "told_accuracy"]

OVERRUN = 25.0
"""Metres that a road cut at a crossing goes on, so that the corner is where the lines cross."""
# Lines of one name as close as this run side by side, as the carriageways of one road.
BESIDE = 80.0
SNAP = 0.5


class Plane:
    """Metres east and north of a place, straight lines staying straight."""

    def __init__(self, origin: tuple[float, float]) -> None:
        self.origin = origin
        self.east = metres(origin, (origin[0] + 0.01, origin[1])) * 100
        self.north = metres(origin, (origin[0], origin[1] + 0.01)) * 100

    def to(self, place: Sequence[float]) -> tuple[float, float]:
        """Metres of a lon/lat place."""
        return (place[0] - self.origin[0]) * self.east, (place[1] - self.origin[1]) * self.north

    def back(self, place: Sequence[float]) -> tuple[float, float]:
        """Lon/lat of a place in metres."""
        return self.origin[0] + place[0] / self.east, self.origin[1] + place[1] / self.north

    def line(self, points: Iterable[Sequence[float]]) -> Any:
        """A shapely line in metres."""
        return LineString([self.to(place) for place in points])


@dataclass
class Road:
    """All lines of a name. strands: simple lines in the plane that touch at their ends only.

    aside: strands that run beside one of those, as the other carriageway does. untouched: whether
    the one strand is the one line as the layer has it.
    """

    name: str
    lines: tuple[Line, ...]
    how: str
    strands: list[Any]
    flat: Plane
    options: Options
    aside: tuple[Any, ...] = ()
    untouched: bool = False

    @property
    def shape(self) -> Any:
        """All strands together."""
        return shapely.MultiLineString(self.strands)

    @property
    def single(self) -> bool:
        """Whether it is one line from end to end."""
        return len(self.strands) == 1 and not self.strands[0].is_ring

    def whole(self) -> tuple[tuple[tuple[float, float], ...], tuple[float, ...]]:
        """Points in lon/lat and an accuracy for each segment of a single road."""
        if self.untouched:
            line = self.lines[0]
            return line.points, line.accuracy_m or self._default(len(line.points) - 1)
        return self.measured(self.strands[0])

    def _default(self, count: int) -> tuple[float, ...]:
        return (self.options.accuracy_m or ACCURACY_M,) * count

    def measured(
        self, way: Any, patches: Sequence[Any] = ()
    ) -> tuple[tuple[tuple[float, float], ...], tuple[float, ...]]:
        """Lon/lat and accuracies of a way in the plane: those of the lines it follows, more where
        a second line of the name runs beside it, half the length of a patch across a gap."""
        told = [(self.flat.line(line.points), line) for line in self.lines]
        figures = []
        corners = list(way.coords)
        for start, end in zip(corners, corners[1:]):
            middle = Point((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
            figure = self._figure(told, middle)
            beside = min((strand.distance(middle) for strand in self.aside), default=BESIDE)
            if beside < BESIDE:
                figure = max(figure, beside)
            for patch in patches:
                if patch.distance(middle) < SNAP:
                    figure = max(figure, patch.length / 2)
            figures.append(figure)
        return tuple(self.flat.back(place) for place in corners), tuple(figures)

    def _figure(self, told: list[tuple[Any, Line]], middle: Any) -> float:
        flat, line = min(told, key=lambda pair: pair[0].distance(middle))
        if line.accuracy_m is None:
            return self.options.accuracy_m or ACCURACY_M
        along = flat.project(middle)
        run = 0.0
        coords = list(flat.coords)
        for place, (a, b) in enumerate(zip(coords, coords[1:])):
            run += hypot(b[0] - a[0], b[1] - a[1])
            if along <= run + 1e-9:
                return line.accuracy_m[place]
        return line.accuracy_m[-1]

    def doubled(self, way: Any) -> float:
        """How far lines beside the way lie from it, metres; 0 if there is none."""
        gaps = [
            max(way.distance(Point(place)) for place in strand.coords)
            for strand in self.aside
            if way.distance(strand) < BESIDE
        ]
        return max((gap for gap in gaps if gap < BESIDE), default=0.0)

    def between(self, start: Any, end: Any) -> tuple[Any, list[Any]]:
        """The shortest way along the road from one place on it to another, a little beyond both.

        Returns the way and the straight patches in it where the road is interrupted.
        """
        if self.single:
            strand = self.strands[0]
            a, b = sorted((strand.project(start), strand.project(end)))
            way = shapely.ops.substring(
                strand, max(0.0, a - OVERRUN), min(strand.length, b + OVERRUN)
            )
            return way, []
        links = self._graph(start, end)
        steps = _shortest(links, "start", "end")
        coords: list[tuple[float, float]] = []
        patches = []
        for piece, patch in steps:
            if patch:
                patches.append(piece)
            points = list(piece.coords)
            coords += points if not coords else points[1:]
        way = LineString(coords)
        return self._beyond(way), patches

    def _graph(self, start: Any, end: Any) -> dict[Any, list[Any]]:
        """Ends of strands and the two places as nodes; strands and patches between them as "
        "links."""
        nodes: dict[Any, Any] = {}
        pieces: list[tuple[Any, Any, Any]] = []
        for strand in self.strands:
            cuts: list[tuple[float, Any]] = [
                (0.0, self._node(strand.coords[0])),
                (strand.length, self._node(strand.coords[-1])),
            ]
            for label, place in (("start", start), ("end", end)):
                if strand.distance(place) < SNAP:
                    cuts.append((strand.project(place), label))
            cuts.sort(key=lambda cut: cut[0])
            for (a, one), (b, two) in zip(cuts, cuts[1:]):
                if b - a > 1e-6:
                    pieces.append((one, two, shapely.ops.substring(strand, a, b)))
                else:
                    at = strand.interpolate(a)
                    pieces.append((one, two, LineString([at, at])))
            for far, label in cuts:
                nodes.setdefault(label, strand.interpolate(far))
        links: dict[Any, list[Any]] = {label: [] for label in nodes}
        for one, two, piece in pieces:
            links[one].append((piece.length, two, piece, False))
            links[two].append((piece.length, one, piece.reverse(), False))
        loose = [label for label in nodes if label not in ("start", "end")]
        for one in loose:
            for two in loose:
                if one != two:
                    gap = nodes[one].distance(nodes[two])
                    patch = LineString([nodes[one], nodes[two]])
                    links[one].append((3.0 * gap + 1.0, two, patch, True))
        return links

    @staticmethod
    def _node(place: Sequence[float]) -> tuple[float, float]:
        return round(place[0] / SNAP), round(place[1] / SNAP)

    def _beyond(self, way: Any) -> Any:
        """The way, a little longer at both ends where the road goes on."""
        before, after = (self._onward(way, Point(way.coords[n])) for n in (0, -1))
        return LineString([*before[::-1], *way.coords, *after])

    def _onward(self, way: Any, tip: Any) -> list[Any]:
        """The next places of the road beyond one end of the way, none if it ends there too."""
        covered = way.buffer(SNAP)
        for strand in self.strands:
            if strand.distance(tip) > SNAP:
                continue
            at = strand.project(tip)
            for to in (max(at - OVERRUN, 0.0), min(at + OVERRUN, strand.length)):
                piece = shapely.ops.substring(strand, at, to)
                if piece.geom_type != "LineString" or piece.length < 1.0:
                    continue
                if covered.intersection(piece).length < piece.length / 2:
                    return list(piece.coords)[1:]
        return []


def _shortest(links: dict[Any, list[Any]], start: Any, end: Any) -> list[tuple[Any, bool]]:
    best: dict[Any, float] = {start: 0.0}
    came: dict[Any, tuple[Any, Any, bool]] = {}
    queue: list[tuple[float, int, Any]] = [(0.0, 0, start)]
    count = 0
    while queue:
        cost, _, label = heapq.heappop(queue)
        if label == end:
            break
        if cost > best[label]:
            continue
        for length, other, piece, patch in links[label]:
            total = cost + length
            if total < best.get(other, float("inf")):
                best[other], came[other] = total, (label, piece, patch)
                count += 1
                heapq.heappush(queue, (total, count, other))
    steps = []
    while end != start:
        end, piece, patch = came[end]
        if piece.length > 1e-9:
            steps.append((piece, patch))
    return steps[::-1]


def road_of(name: str, lines: Sequence[Line], how: str, flat: Plane, options: Options) -> Road:
    """The lines of a name joined where their ends touch, one carriageway where there are two.

    Raises Cannot if they are too short to be a line.
    """
    if sum(flat.line(line.points).length for line in lines) < 1.0:
        raise Cannot(note("too_short", name=name))
    if len(lines) == 1:
        strand = flat.line(lines[0].points)
        if strand.is_simple:
            return Road(name, tuple(lines), how, [strand], flat, options, (), not strand.is_ring)
        return Road(name, tuple(lines), how, _noded([strand]), flat, options)
    main, aside = _apart(_noded([flat.line(line.points) for line in lines]))
    return Road(name, tuple(lines), how, main, flat, options, tuple(aside))


def _apart(strands: list[Any]) -> tuple[list[Any], list[Any]]:
    """The strands, and those that run beside a longer one for most of their length."""
    main: list[Any] = []
    aside: list[Any] = []
    for strand in sorted(strands, key=lambda s: -s.length):
        beside = sum(strand.intersection(other.buffer(BESIDE)).length for other in main)
        short = strand.length < 2 * BESIDE  # a link between roads, or a piece of this one
        (main if short or beside < 0.7 * strand.length else aside).append(strand)
    return main, aside


def _noded(parts: list[Any]) -> list[Any]:
    snapped = shapely.set_precision(shapely.MultiLineString(parts), 0.01)
    merged = shapely.line_merge(shapely.unary_union(snapped))
    return [part for part in shapely.get_parts(merged) if part.length > 0.02]


def told_accuracy(road: Road) -> list[Note]:
    """The assumption made where a line states no accuracy."""
    if any(line.accuracy_m is None for line in road.lines):
        return [note("accuracy", name=road.name, m=road.options.accuracy_m or ACCURACY_M)]
    return []


def prolonged(tip: tuple[float, float], before: tuple[float, float], far: float) -> Any:
    """A straight line from the tip, going on from ``before``, so many metres long (plane)."""
    length = hypot(tip[0] - before[0], tip[1] - before[1])
    step = ((tip[0] - before[0]) / length, (tip[1] - before[1]) / length)
    return LineString([tip, (tip[0] + step[0] * far, tip[1] + step[1] * far)])
