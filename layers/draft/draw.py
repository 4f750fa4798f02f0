"""A boundary in words drawn on lines: ``draw(words, lines)`` gives a :class:`Draft`.

Nothing is guessed: what cannot be drawn is told under ``missing``, whatever was taken for granted
under ``assumptions``, and a person confirms the draft.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely
import shapely.errors

from ..words.model import SIDES
from . import names as naming
from . import stretch as stretches
from .areas import beside, combined, half, nested, ring_road
from .corners import Side, one_road, ordered
from .model import Cannot, Draft, Line, Options, Shapes, Zone
from .notes import note, why
from .orders import closed, quartered
from .placed import circle, opposed, polygon
from .ring import Ring, around
from .roads import Plane, Road, road_of, told_accuracy
from .size import km2
from .units import Units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..words.model import Corridor, Edge, Part, Words
    from .model import Note, Reading, Used

__all__ = ["draw"]


def draw(words: Words, lines: Sequence[Line], options: Options | None = None) -> Draft:
    """Draw what the words say on the lines; never raises for what they say or lack."""
    drawer = _Drawer(lines, options or Options())
    zones: list[Zone] = []
    for number, part in enumerate(words.parts):
        drawer.part = number
        try:
            zones += drawer.zones(part)
        except Cannot as cannot:
            drawer.missing.append(cannot.note)
        except (ValueError, shapely.errors.ShapelyError) as error:
            drawer.missing.append(note("no_area", reason=why(error)))
    for text in words.unread:
        drawer.missing.append(note("unread", text=text))
    zones = [replace(zone, shapes=nested(zone.shapes)) for zone in _united(zones)]
    sure = words.confidence * 0.97 ** len(drawer.assumptions) * 0.7 ** len(drawer.missing)
    return Draft(
        words=words,
        zones=tuple(zones),
        used=tuple(drawer.used),
        assumptions=tuple({n["zh"]: n for n in drawer.assumptions}.values()),
        missing=tuple({n["zh"]: n for n in drawer.missing}.values()),
        readings=tuple(drawer.readings),
        complete=not drawer.missing,
        confidence=round(max(sure, 0.01), 2) if zones else 0.0,
    )


def _united(zones: list[Zone]) -> list[Zone]:
    """The parts of one area together; the halves of a dividing line stay apart."""
    whole = [zone for zone in zones if not zone.half]
    halves = [zone for zone in zones if zone.half]
    if len(whole) > 1:
        shapes = combined([zone.shapes for zone in whole], "or")
        whole = [Zone(shapes, accuracy_m=max(zone.accuracy_m for zone in whole))]
    return whole + halves


class _Drawer:
    """Draws part after part, keeping what was used, assumed and missing."""

    def __init__(self, lines: Sequence[Line], options: Options) -> None:
        self.lines, self.options = lines, options
        self.known = list(dict.fromkeys(name for line in lines for name in line.names))
        self.flat = Plane(lines[0].points[0]) if lines else Plane((0.0, 0.0))
        self.used: list[Used] = []
        self.assumptions: list[Note] = []
        self.missing: list[Note] = []
        self.readings: list[Reading] = []
        self.part = 0
        self.units = Units(self.options, self.assumptions, self.missing)

    # -- a part ------------------------------------------------------------------------------------

    def zones(self, part: Part) -> list[Zone]:
        """The areas of one part. Raises Cannot if nothing of it can be drawn."""
        if part.splits:
            return self._splits(part)
        if part.points:
            shapes, worst = self._points(part)
        elif part.edges:
            shapes, worst = self._edges(part)
        elif part.corridors:
            shapes, worst = self._corridors(part)
        elif part.units:
            shapes, worst = self.units.union(part)
        else:
            shapes, worst = self.units.needed(part)[0], 0.0
        shapes = self._minus(part, shapes)
        if part.area_km2:
            drawn = round(km2(shapes.nominal), 2)
            if abs(drawn - part.area_km2) > 0.05 * part.area_km2:
                self.assumptions.append(note("area", said=part.area_km2, drawn=drawn))
        return [Zone(shapes, accuracy_m=worst)]

    def _points(self, part: Part) -> tuple[Shapes, float]:
        """Corners as the text prints them; it seldom says of which datum they are."""
        worst = max(part.points_m, self.options.accuracy_m or 0.0, 1.0)
        self.assumptions.append(note("coordinates", n=len(part.points), m=round(worst, 1)))
        return self.units.within(part, polygon(part.points, worst)), worst

    def _take(self, ring: Ring) -> float:
        self.used += [replace(used, part=self.part) for used in ring.used]
        self.assumptions += ring.notes
        self.readings += [replace(reading, part=self.part) for reading in ring.readings]
        return max((max(used.accuracy_m) for used in ring.used), default=0.0)

    def _edges(self, part: Part) -> tuple[Shapes, float]:
        sides = self._sides(part)
        if len(sides) == 1 and sides[0].side == "ring":
            parted = quartered(sides[0])
            made = closed(parted) if parted else ring_road(sides[0])
            worst = self._take(made)
            return self.units.within(part, made.shapes), worst
        rings = [side for side in sides if side.side == "ring"]
        if rings and len(rings) < len(sides):
            return self._cut_ring(part, rings, [side for side in sides if side.side != "ring"])
        if part.closed:
            made = closed(sides, self.options.closures)
            worst = self._take(made)
            return self.units.within(part, made.shapes), worst
        unit, name = self.units.container(part)
        if unit is None:
            lacking = [side for side in SIDES if not any(s.side == side for s in sides)]
            if part.units:
                raise Cannot(note("no_unit", name="、".join(part.units)))
            raise Cannot(note("open_box", sides=lacking))
        halves = [half(side, unit, name) for side in sides]
        worst = max(self._take(made) for made in halves)
        shapes = combined([unit, *(made.shapes for made in halves)], "and")
        return self._beyond_stretch(sides, shapes), worst

    def _cut_ring(self, part: Part, rings: list[Side], cuts: list[Side]) -> tuple[Shapes, float]:
        """Inside a ring and on one side of further lines (四环以内、京广铁路以西)."""
        inner = ring_road(rings[0]) if len(rings) == 1 else around(rings, self.options.closures)
        parts = [inner, *(half(side, inner.shapes, rings[0].road.name) for side in cuts)]
        worst = max(self._take(made) for made in parts)
        shapes = self._beyond_stretch(cuts, combined([made.shapes for made in parts], "and"))
        return self.units.within(part, shapes), worst

    def _beyond_stretch(self, sides: Sequence[Side], shapes: Shapes) -> Shapes:
        """Where only a stretch of a road bounds an open area, nobody says how it goes on."""
        for side in sides:
            if side.stretch[0]:
                start, end = side.stretch
                told = note("stretch_half", name=side.road.name, start=start, end=end)
                self.missing.append(told)
                shapes = replace(shapes, core=shapely.MultiPolygon())
        return shapes

    def _sides(self, part: Part) -> list[Side]:
        """The roads of the edges in order around, each with what the text says. Raises Cannot."""
        merged = _overlaps(part.edges)
        lacking: list[Note] = []
        found: list[Side] = []
        for place, edge in enumerate(merged):
            try:
                found.append(self._side(edge, place))
            except Cannot as cannot:
                lacking.append(cannot.note)
        if lacking:
            self.missing += lacking[:-1]
            raise Cannot(lacking[-1])
        for side in opposed(found):
            self.assumptions.append(note("between", name=side.road.name, sides=[side.side]))
        if any(side.side == "ring" for side in found):
            return found
        by_side = [[s for s in found if s.side == name] for name in SIDES]
        chain: list[Side] = []
        for number, sides in enumerate(by_side):
            before = chain[-1] if chain else (by_side[3][-1] if by_side[3] else None)
            after = next((g[0] for g in by_side[number + 1 :] + by_side[:number] if g), None)
            joined, listed = ordered(sides, before, after)
            if not listed:
                names = "、".join(side.road.name for side in joined)
                self.assumptions.append(note("order", names=names))
            chain += joined
        return one_road(chain)

    def _side(self, edge: Edge, order: int) -> Side:
        road = self._road(edge.name, edge.aka, edge.kind, ring=edge.edge == "ring")
        width = self._width(road, edge.include)
        if edge.offset_m:
            include = "included" if edge.offset_m > 0 else "excluded"
            side = Side(road, edge.edge, include, abs(edge.offset_m), order)
        else:
            side = Side(road, edge.edge, edge.include, width / 2.0, order)
        if edge.start:
            side.stretch = (edge.start, edge.end or edge.toward or "?")
            ends = self._ends(road, edge.start, edge.end)
            if ends is None:
                start, end = side.stretch
                self.assumptions.append(note("stretch", name=road.name, start=start, end=end))
            else:
                side.ends = (ends[0][0], ends[1][0])
        return side

    def _road(self, name: str, aka: Sequence[str], kind: str, ring: bool = False) -> Road:
        """The road a name means. Raises Cannot if no line bears it."""
        match = naming.find([name, *aka], self.known)
        names, how = match.names, match.how
        if not names and ring:
            names, how = naming.quarters(name, self.known), "quarter"
        if not names:
            hint = match.suggestions
            code = "a_place" if kind == "place" and not hint else "no_line"
            raise Cannot(note(code, name=name, **({"hint": hint} if code == "no_line" else {})))
        lines = [line for line in self.lines if set(line.names) & set(names)]
        if how != "exact":
            line = "、".join(names)
            self.assumptions.append(note("named", name=name, line=line, how=how))
        road = road_of(name, lines, how, self.flat, self.options)
        self.assumptions += told_accuracy(road)
        return road

    def _width(self, road: Road, include: str) -> float:
        """Kerb to kerb in metres; 0 where nobody says, which is told."""
        for name in (road.name, *(n for line in road.lines for n in line.names)):
            for given, metres in self.options.widths.items():
                if naming.key(given) == naming.key(name):
                    self.assumptions.append(
                        note("width", name=road.name, m=metres, include=include)
                    )
                    return metres
        widths = [line.width_m for line in road.lines if line.width_m]
        width = max(widths, default=0.0) or self.options.width
        if width is None:
            self.assumptions.append(note("width_unknown", name=road.name, include=include))
            return 0.0
        self.assumptions.append(note("width", name=road.name, m=width, include=include))
        return width

    def _ends(
        self, road: Road, start: str, end: str | None
    ) -> tuple[stretches.Place, stretches.Place] | None:
        """Both ends of a stretch on the road; None if one is not found, or in several places."""
        way = stretches.open_end(start) if end is None else None
        first = self._crossing(road, way[0] if way else start)
        if first is None:
            return None
        if end is not None:
            last = self._crossing(road, end)
        else:
            last = stretches.tip_of(road, first[0], way[1]) if way else None
        return None if last is None else (first, last)

    def _crossing(self, road: Road, name: str) -> stretches.Place | None:
        found = naming.find([name], self.known).names
        lines = [line for line in self.lines if set(line.names) & set(found)]
        return stretches.place_on(road, lines) if lines else None

    # -- what is taken off -------------------------------------------------------------------------

    def _minus(self, part: Part, shapes: Shapes) -> Shapes:
        for minus in part.minus:
            taken: list[Shapes] = []
            kept = len(self.missing)
            for inner in minus.parts:
                try:
                    taken += [zone.shapes for zone in self.zones(inner)]
                except Cannot:
                    taken = []
            named = self.units.shape_of(minus.text)
            if not taken or named is not None:
                del self.missing[kept:]  # of parts that are not what is taken off
            taken += [named] if named is not None else []
            if not taken:
                self.missing.append(note("undrawn_minus", name=minus.text))
                shapes = replace(shapes, core=shapely.MultiPolygon())
            for off in taken:
                shapes = Shapes(
                    shapes.nominal.difference(off.nominal),
                    shapes.core.difference(off.extent),
                    shapes.extent.difference(off.core),
                )
        return shapes

    # -- lines that divide, and corridors ----------------------------------------------------------

    def _splits(self, part: Part) -> list[Zone]:
        unit, name = self.units.needed(part)
        opposite = {"north": "south", "south": "north", "east": "west", "west": "east"}
        zones = []
        for split in part.splits:
            road = self._road(split.name, (), "road")
            width = self._width(road, "unstated")
            for which in split.sides:
                made = half(Side(road, opposite[which], "unstated", width / 2.0), unit, name)
                worst = self._take(made)
                zones.append(Zone(combined([unit, made.shapes], "and"), which, worst))
        return zones

    def _corridors(self, part: Part) -> tuple[Shapes, float]:
        drawn, worst = [], 0.0
        for corridor in part.corridors:
            if self._placed(corridor):
                drawn.append(self._circle(corridor))
                worst = max(worst, self.options.places[corridor.name].radius_m)
                continue
            road = self._road(corridor.name, (), "road")
            width = corridor.width_m
            kerb = max((line.width_m or 0.0 for line in road.lines), default=0.0) / 2.0
            if width is None:
                given = [
                    m
                    for n, m in self.options.widths.items()
                    if naming.key(n) == naming.key(corridor.name)
                ]
                width = given[0] if given else self.options.width
                if width is None:
                    raise Cannot(note("no_width", name=corridor.name))
                self.assumptions.append(note("corridor", name=corridor.name, m=width))
            made, shapes = self._strip(road, corridor, width, kerb)
            worst = max(worst, self._take(made))
            if corridor.side in SIDES:
                opposite = {"north": "south", "south": "north", "east": "west", "west": "east"}
                frame = Shapes(*(shapely.MultiPolygon([shapes.extent.envelope]),) * 3)
                side = half(
                    Side(road, opposite[corridor.side], "unstated", kerb), frame, corridor.name
                )
                shapes = combined([shapes, side.shapes], "and")
            drawn.append(shapes)
        shapes = combined(drawn, "or")
        return self.units.within(part, shapes), worst

    def _strip(
        self, road: Road, corridor: Corridor, width: float, kerb: float
    ) -> tuple[Ring, Shapes]:
        """The strip along a road, or along the stretch of it that the text names: where its ends
        are not found, it may lie anywhere along the road."""
        if not corridor.start:
            made = beside(road, width, kerb, corridor.side)
            return made, made.shapes
        ends = self._ends(road, corridor.start, corridor.end)
        stretch = stretches.cut(road, *ends) if ends is not None else None
        made = beside(road, width, kerb, corridor.side, stretch)
        if stretch is not None:
            return made, made.shapes
        told = {"start": corridor.start, "end": corridor.end or "?"}
        self.missing.append(note("stretch_unfound", name=road.name, **told))
        return made, replace(made.shapes, core=shapely.MultiPolygon())

    def _placed(self, corridor: Corridor) -> bool:
        """Whether it is a circle whose centre a gazetteer knows, and no line of the layer."""
        known = corridor.side == "around" and corridor.name in self.options.places
        return known and not naming.find([corridor.name], self.known).names

    def _circle(self, corridor: Corridor) -> Shapes:
        """Around a place of the gazetteer; Raises Cannot without a radius."""
        place = self.options.places[corridor.name]
        if corridor.width_m is None:
            raise Cannot(note("no_width", name=corridor.name))
        told = note("centre", name=corridor.name, m=round(place.radius_m), source=place.source)
        self.assumptions.append(told)
        return circle(place, corridor.width_m)


def _overlaps(edges: Sequence[Edge]) -> list[Edge]:
    """Roads that run on the same ground as one edge with all their names."""
    merged: list[Edge] = []
    for edge in edges:
        last = merged[-1] if merged else None
        if last is not None and edge.overlap and last.overlap and edge.edge == last.edge:
            merged[-1] = replace(last, aka=(*last.aka, edge.name, *edge.aka))
        else:
            merged.append(edge)
    return merged
