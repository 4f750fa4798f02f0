"""A table on a terminal whose cells wrap, with Chinese characters two columns wide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..present import clip, printable, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GAP = 2
# a Latin word or figure with its space, or one Chinese character with the bracket that opens on it
_PIECES = re.compile(r"[（“‘《「【〔]*(?:[\x21-\u2017\u2020-\u2e7f]+ ?|.)", re.DOTALL)
_CLOSING = "、，。；：）”’》」】〕！？"
"""Marks that may not begin a line; the character before them goes down with them."""


def wrap(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`; breaks at spaces and between Chinese characters."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line: list[str] = []
        for piece in _pieces(printable(paragraph), columns):
            if line and width_of("".join([*line, piece.rstrip()])) > columns:
                down = _carried(line) if piece in _CLOSING else []
                lines.append("".join(line).rstrip())
                line = down
                piece = piece if down else piece.lstrip()
            line.append(piece)
        lines.append("".join(line).rstrip())
    return lines


def _pieces(text: str, columns: int) -> Iterator[str]:
    """What a line may not break, cut only where it is wider than a whole line."""
    for piece in _PIECES.findall(text):
        while width_of(piece.rstrip()) > columns:
            head = clip(piece, columns + 1)[:-1] or piece[:1]
            yield head
            piece = piece[len(head) :]
        yield piece


def _carried(line: list[str]) -> list[str]:
    """Take from the end of `line` the marks and the piece they close, unless that is all of it."""
    place = len(line) - 1
    while place > 0 and line[place] in _CLOSING:
        place -= 1
    down = line[place:] if place > 0 else []
    del line[len(line) - len(down) :]
    return down


def rows_of(rows: Sequence[Sequence[str]], widths: Sequence[int], *, indent: int = 0) -> list[str]:
    """Each row as as many lines as its longest cell needs; cells keep to their `widths`."""
    lines: list[str] = []
    for row in rows:
        cells = [wrap(cell, width) for cell, width in zip(row, widths)]
        for place in range(max(map(len, cells))):
            parts = [cell[place] if place < len(cell) else "" for cell in cells]
            lines.append(" " * indent + _aligned(parts, widths))
    return lines


def _aligned(parts: Sequence[str], widths: Sequence[int]) -> str:
    cells = [part + " " * (width + GAP - width_of(part)) for part, width in zip(parts, widths)]
    return "".join(cells).rstrip()


def natural(cells: Sequence[str], least: int, most: int) -> int:
    """The width a column of `cells` wants, between `least` and `most`."""
    longest = max((width_of(line) for cell in cells for line in cell.split("\n")), default=0)
    return max(least, min(most, longest))
