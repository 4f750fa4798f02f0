"""A table on a terminal whose cells wrap, with Chinese characters two columns wide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .present import clip, printable, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 2
# a Latin word or figure with its space, or one Chinese character with the bracket that opens on it
_PIECES = re.compile(r"[（“‘《「【〔]*(?:[\x21-\u2017\u2020-\u2e7f]+ ?|.)", re.DOTALL)
_HANG = "、，。；：）”’》」】〕！？"
"""Marks that may not begin a line; they stand in the gap to the next column instead."""


def wrap(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`; breaks at spaces and between Chinese characters."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _PIECES.findall(printable(paragraph)):
            if width_of(line + piece.rstrip()) <= columns or (piece in _HANG and line):
                line += piece
                continue
            if line.strip():
                lines.append(line.rstrip())
            line = piece.lstrip()
            while width_of(line.rstrip()) > columns:
                head = _fill(line, columns)
                lines.append(head)
                line = line[len(head) :]
        lines.append(line.rstrip())
    return lines


def _fill(text: str, columns: int) -> str:
    """As much of `text` as fits, at least one character."""
    return clip(text, columns + 1)[:-1] or text[:1]


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
    """One line of a row; a hanging mark takes a column of the gap."""
    text, edge = "", 0
    for part, width in zip(parts, widths):
        text += " " * max(edge - width_of(text), 0) + part
        edge += width + GAP
    return text.rstrip()


def natural(cells: Sequence[str], least: int, most: int) -> int:
    """The width a column of `cells` wants, between `least` and `most`."""
    longest = max((width_of(line) for cell in cells for line in cell.split("\n")), default=0)
    return max(least, min(most, longest))
