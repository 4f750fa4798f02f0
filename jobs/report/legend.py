"""The legend beside the map of an extract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .drawing import Drawing, corners, wrapped
from .plan import ANGLES, HIGH, UNIT_DASH, WIDE
from .polygons import hatch

if TYPE_CHECKING:
    from .drawing import Point
    from .extract import Extract

__all__ = ["LEGEND", "with_legend"]

LEGEND = 58.0  # the column of the legend, mm
LEFT = WIDE + 4
TEXT = LEFT + 9
POINTS = 7
STEP = 3.6
MOST_LINES = 3


class _Column:
    """Rows of a swatch and its words, from the top of the column down."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing, self.y = drawing, 3.2

    def row(self, words: str) -> Point:
        """Write the words beside a swatch; return the middle of the place for the swatch."""
        lines = wrapped(words, POINTS, LEGEND - 14)
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][:-1] + "…"]
        top = self.y
        for line in lines:
            self.drawing.words((TEXT, self.y), line, POINTS)
            self.y += STEP
        self.y += 1.5
        return LEFT + 3.5, top - 1.0


def with_legend(extract: Extract) -> Drawing:
    """The map of an extract with its legend at the right."""
    seen, palette, say = extract.map, extract.palette, extract.say
    drawing = Drawing(WIDE + LEGEND, HIGH)
    drawing.items += seen.drawing.items
    column = _Column(drawing)
    drawing.words((LEFT, column.y), say["legend"], 9)
    column.y += 5.5
    mark = palette["marker"]
    at = column.row(say["legend_place"])
    drawing.disc(at, 1.5, fill=mark["halo"], stroke=mark["colour"], width=0.6)
    drawing.disc(at, 0.45, fill=mark["colour"])
    radius = extract.answer["query"]["radius_m"]
    if radius / seen.scale * 1000 > 1.2:
        at = column.row(say["legend_accuracy"].format(metres=f"{radius:g}"))
        drawing.disc(at, 1.5, stroke=mark["colour"], width=0.35, dash=(0.8, 0.6))
    _zones(extract, column)
    lines = {extract.catalogue.data["lines"][name]["status"] for name in seen.lines}
    for status, look in palette["lines"].items():
        if status in lines:
            x, y = column.row(look["label"][extract.lang])
            dash = tuple(0.25 * part for part in look["dash"])
            _stroke(drawing, (x, y), look["stroke"], 0.22 * look["width_px"], dash)
    if seen.units:
        at = column.row(say["legend_unit"])
        _stroke(drawing, at, palette["zones"]["administrative_unit"]["stroke"], 0.3, UNIT_DASH)
    if seen.sources:
        at = column.row(say["legend_source"])
        drawing.disc(at, 1.7, fill=palette["sources"]["other"]["colour"], stroke="#ffffff")
        drawing.words((at[0], at[1] + 0.8), "1", 6, colour="#ffffff", anchor="middle")
    _whole(extract, column)
    return drawing


def _zones(extract: Extract, column: _Column) -> None:
    zones, data = extract.catalogue.data["zones"], extract.map
    room = max(1, int((HIGH - column.y - 38) / 6))
    for zone in data.zones[-room:]:  # the smallest, which lie on top
        look = extract.palette["zones"][zone.kind]
        name = zones[zone.id]["name"].get(extract.lang) or zones[zone.id]["name"]["zh"]
        x, y = column.row(f"{zone.letter}　{name}" if zone.letter else name)
        box = (x - 3.5, y - 1.5, x + 3.5, y + 1.5)
        column.drawing.box(box, fill=look["fill"], stroke=look["stroke"])
    unsure = [zone for zone in data.zones if zone.uncertain]
    if unsure:
        look = extract.palette["zones"][unsure[-1].kind]
        x, y = column.row(extract.say["legend_uncertain"])
        ring = corners((x - 3.5, y - 1.5, x + 3.5, y + 1.5))
        for angle in ANGLES.get(look["hatch"], (45.0,)):
            found = hatch([ring], angle, 1.3)
            column.drawing.shape(found, stroke=look["stroke"], width=0.12, closed=False)
        column.drawing.shape([ring], stroke=look["stroke"], width=0.15, dash=(0.9, 0.9))
    if data.zones:
        look = extract.palette["zones"][data.zones[-1].kind]
        _stroke(column.drawing, column.row(extract.say["legend_nominal"]), look["stroke"], 0.4, ())


def _whole(extract: Extract, column: _Column) -> None:
    """Zones that fill the whole map and are not drawn."""
    zones = extract.catalogue.data["zones"]
    names = [zones[name]["name"].get(extract.lang) or zones[name]["name"]["zh"]
             for name in extract.map.whole]  # fmt: skip
    if not names:
        return
    joined = ("、" if extract.lang == "zh" else ", ").join(names)
    text = extract.say["legend_whole"].format(names=joined)
    for line in wrapped(text, POINTS, LEGEND - 5)[:6]:
        column.drawing.words((LEFT, column.y), line, POINTS)
        column.y += STEP


def _stroke(
    drawing: Drawing, at: Point, colour: str, width: float, dash: tuple[float, ...]
) -> None:
    line = [(at[0] - 3.5, at[1]), (at[0] + 3.5, at[1])]
    drawing.shape([line], stroke=colour, width=width, dash=dash, closed=False)
