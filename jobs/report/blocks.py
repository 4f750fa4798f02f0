"""What an extract is made of: sections of blocks, whatever they are written as. Plain text only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Union

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .drawing import Drawing


@dataclass(frozen=True)
class Text:
    """A paragraph; `look`: plain, small, or lead (what a reader must see first)."""

    text: str
    look: str = "plain"
    kind: ClassVar[str] = "text"


@dataclass(frozen=True)
class Note:
    """A sentence in a box; `tone`: a verdict, for colour and mark, or None."""

    text: str
    tone: str | None = None
    kind: ClassVar[str] = "note"


@dataclass(frozen=True)
class Pairs:
    """Names and what they are."""

    rows: Sequence[tuple[str, str]]
    kind: ClassVar[str] = "pairs"


@dataclass(frozen=True)
class Row:
    """A row of a grid; with a `tone` its first cell is coloured and marked, with a `link` (http or
    https) it leads there."""

    cells: Sequence[str]
    tone: str | None = None
    link: str = ""


@dataclass(frozen=True)
class Grid:
    """A table; `shares`: how wide each column is, of 1."""

    heads: Sequence[str]
    shares: Sequence[float]
    rows: Sequence[Row]
    kind: ClassVar[str] = "grid"


@dataclass(frozen=True)
class Entry:
    """One rule: `head` in full, `cite` its article, `lines` what more is said."""

    tone: str | None
    mark: str
    head: str
    cite: str
    lines: Sequence[str]
    kind: ClassVar[str] = "entry"


@dataclass(frozen=True)
class Picture:
    """A drawing; `alt` says in words what it shows."""

    drawing: Drawing
    alt: str
    caption: str
    kind: ClassVar[str] = "picture"


Block = Union[Text, Note, Pairs, Grid, Entry, Picture]


@dataclass(frozen=True)
class Section:
    """A heading and its blocks; `name` is that of the section in every language."""

    name: str
    title: str
    blocks: Sequence[Block]


__all__ = ["Block", "Entry", "Grid", "Note", "Pairs", "Picture", "Row", "Section", "Text"]
