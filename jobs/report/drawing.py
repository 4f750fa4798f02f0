"""A drawing as a list of areas, lines and words in millimetres, the same for SVG and PDF."""

from __future__ import annotations

from contextlib import contextmanager
from html import escape
from math import cos, pi, sin
from typing import TYPE_CHECKING, NamedTuple, Union

from ..present import printable, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Point = tuple[float, float]
Ring = list[Point]
Box = tuple[float, float, float, float]
"""left, top, right, bottom"""

PT = 25.4 / 72  # millimetres
WORDS = "#22292e"
FONT = "'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
CORNERS = 48


class Shape(NamedTuple):
    """Rings (filled even-odd) or, when not `closed`, lines. Lengths in mm, `dash` too."""

    rings: Sequence[Sequence[Point]]
    fill: str | None = None
    opacity: float = 1.0
    stroke: str | None = None
    width: float = 0.2
    dash: tuple[float, ...] = ()
    closed: bool = True


class Words(NamedTuple):
    """A line of text on its base line; `anchor`: start, middle or end."""

    at: Point
    text: str
    points: float
    colour: str = WORDS
    anchor: str = "start"


class Window(NamedTuple):
    """From here on only what lies in the box is seen; None: everything again."""

    box: Box | None


Item = Union[Shape, Words, Window]


class Drawing:
    """A picture `width` by `height` mm; what is added later lies on top."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.items: list[Item] = []

    def shape(
        self,
        rings: Sequence[Sequence[Point]],
        *,
        fill: str | None = None,
        opacity: float = 1.0,
        stroke: str | None = None,
        width: float = 0.2,
        dash: tuple[float, ...] = (),
        closed: bool = True,
    ) -> None:
        """Add rings or lines; those of fewer than two points are none."""
        kept = [ring for ring in rings if len(ring) > 1]
        if kept:
            self.items.append(Shape(kept, fill, opacity, stroke, width, dash, closed))

    def box(
        self,
        box: Box,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        opacity: float = 1.0,
    ) -> None:
        """Add a rectangle."""
        self.shape([corners(box)], fill=fill, stroke=stroke, opacity=opacity)

    def disc(
        self,
        at: Point,
        radius: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 0.2,
        dash: tuple[float, ...] = (),
    ) -> None:
        """Add a circle of a radius in mm."""
        turns = [2 * pi * number / CORNERS for number in range(CORNERS)]
        ring = [(at[0] + radius * cos(turn), at[1] + radius * sin(turn)) for turn in turns]
        self.shape([ring], fill=fill, stroke=stroke, width=width, dash=dash)

    def words(
        self,
        at: Point,
        text: str,
        points: float = 7,
        *,
        colour: str = WORDS,
        anchor: str = "start",
        halo: bool = False,
    ) -> None:
        """Add a line of text; with `halo` what lies below it is paled."""
        text = printable(text)
        if halo and text:
            wide, high = text_width(text, points), points * PT
            left = at[0] - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
            box = (left - 0.3, at[1] - high * 0.95, left + wide + 0.3, at[1] + high * 0.3)
            self.box(box, fill="#ffffff", opacity=0.72)
        self.items.append(Words(at, text, points, colour, anchor))

    @contextmanager
    def window(self, box: Box) -> Iterator[None]:
        """What is added inside is seen within the box only."""
        self.items.append(Window(box))
        yield
        self.items.append(Window(None))

    def texts(self) -> Iterator[str]:
        """Everything that is written in it."""
        return (item.text for item in self.items if isinstance(item, Words))


def corners(box: Box) -> Ring:
    """The corners of a box, in turn."""
    left, top, right, bottom = box
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def text_width(text: str, points: float) -> float:
    """About how wide a text will be, in mm: a Chinese character is a square."""
    return width_of(text) * points * PT * 0.53


def wrapped(text: str, points: float, room: float) -> list[str]:
    """`text` in lines of about `room` mm, for the words beside a drawing."""
    lines, line = [], ""
    for char in text:
        if line and text_width(line + char, points) > room:
            gap = line.rfind(" ")
            cut = gap + 1 if gap > len(line) // 2 and char != " " else len(line)
            lines.append(line[:cut].rstrip())
            line = line[cut:]
        line += char
    return [*lines, line.strip()] if line.strip() else lines


def to_svg(drawing: Drawing, alt: str, name: str) -> str:
    """The drawing as an SVG element for a page. `name`: of its clip paths, unique in the page.

    No scripts, styles or links: plain shapes with attributes.
    """
    parts, boxes, open_window = [], 0, False
    for item in drawing.items:
        if isinstance(item, Shape):
            parts.append(_path(item))
        elif isinstance(item, Words):
            parts.append(_text(item))
        else:
            if open_window:
                parts.append("</g>")
            open_window = item.box is not None
            if item.box is not None:
                boxes += 1
                parts.append(_clip(item.box, f"{name}-{boxes}"))
    size = f"{_n(drawing.width)} {_n(drawing.height)}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img" '
        f'width="{_n(drawing.width)}mm" height="{_n(drawing.height)}mm" '
        f'aria-label="{escape(printable(alt))}" font-family="{FONT}">'
    )
    return head + "".join(parts) + ("</g>" if open_window else "") + "</svg>"


def _n(value: float) -> str:
    """A length, to a hundredth of a millimetre, always written alike."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _path(item: Shape) -> str:
    end = "Z" if item.closed else ""
    data = "".join("M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in ring) + end for ring in item.rings)
    look = f'fill="{escape(item.fill)}"' if item.fill else 'fill="none"'
    if item.fill and len(item.rings) > 1:
        look += ' fill-rule="evenodd"'
    if item.stroke:
        look += f' stroke="{escape(item.stroke)}" stroke-width="{_n(item.width)}"'
    if item.dash:
        look += f' stroke-dasharray="{" ".join(map(_n, item.dash))}"'
    if item.opacity < 1:
        look += f' opacity="{_n(item.opacity)}"'
    return f'<path d="{data}" {look}/>'


def _text(item: Words) -> str:
    anchor = f' text-anchor="{item.anchor}"' if item.anchor != "start" else ""
    return (
        f'<text x="{_n(item.at[0])}" y="{_n(item.at[1])}" font-size="{_n(item.points * PT)}" '
        f'fill="{escape(item.colour)}"{anchor}>{escape(item.text)}</text>'
    )


def _clip(box: Box, name: str) -> str:
    left, top, right, bottom = box
    size = f'width="{_n(right - left)}" height="{_n(bottom - top)}"'
    return (
        f'<clipPath id="{escape(name)}"><rect x="{_n(left)}" y="{_n(top)}" {size}/></clipPath>'
        f'<g clip-path="url(#{escape(name)})">'
    )


__all__ = [
    "Box",
    "Drawing",
    "Point",
    "Ring",
    "Shape",
    "Window",
    "Words",
    "corners",
    "text_width",
    "to_svg",
    "wrapped",
]
