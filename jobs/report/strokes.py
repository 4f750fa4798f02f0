"""A drawing on a page of a PDF."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from .drawing import Shape, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from .drawing import Drawing, Point

__all__ = ["draw"]


def draw(
    pdf: Any,
    drawing: Drawing,
    corner: Point,
    scale: float,
    readable: Callable[[str], str],
    write: Callable[[float, float, str, float, str], None],
) -> None:
    """Draw with the upper left corner at `corner` mm, at `scale` of its size.

    `readable`: a text as the font can draw it; `write`: sets one (x, y, text, points, colour).
    """
    with ExitStack() as windows:
        for item in drawing.items:
            if isinstance(item, Shape):
                _shape(pdf, item, corner, scale)
            elif isinstance(item, Words):
                points = item.points * scale
                text = readable(item.text)
                pdf.set_font_size(points)
                wide = pdf.get_string_width(text)
                back = {"start": 0.0, "middle": wide / 2, "end": wide}[item.anchor]
                x, y = corner[0] + item.at[0] * scale - back, corner[1] + item.at[1] * scale
                write(x, y, text, points, item.colour)
            elif item.box is None:
                windows.close()
            else:
                left, top, right, bottom = (side * scale for side in item.box)
                place = (corner[0] + left, corner[1] + top, right - left, bottom - top)
                windows.enter_context(pdf.rect_clip(*place))


def _shape(pdf: Any, item: Shape, corner: Point, scale: float) -> None:
    from fpdf.drawing import PaintedPath
    from fpdf.enums import IntersectionRule

    path = PaintedPath()
    for ring in item.rings:
        for number, (x, y) in enumerate(ring):
            at = corner[0] + x * scale, corner[1] + y * scale
            path.line_to(*at) if number else path.move_to(*at)
        if item.closed:
            path.close()
    style = path.style
    style.auto_close = False
    style.fill_color = _long(item.fill)
    style.stroke_color = _long(item.stroke)
    style.intersection_rule = IntersectionRule.EVENODD
    style.stroke_width = item.width * scale
    if item.opacity < 1:
        style.fill_opacity = style.stroke_opacity = item.opacity
    if item.dash:
        style.stroke_dash_pattern = tuple(part * scale for part in item.dash)
    with pdf.drawing_context() as context:
        context.add_item(path)


def _long(colour: str | None) -> str | None:
    """A colour with two digits each, as #fff is #ffffff."""
    if colour is None:
        return None
    return "#" + "".join(digit * 2 for digit in colour[1:]) if len(colour) == 4 else colour
