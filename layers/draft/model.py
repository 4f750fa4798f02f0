"""What goes into a draft and what comes out: lines, options, edges used, notes, the draft "
"itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..boundary import Closure
    from ..words.model import Words

__all__ = [
    "ACCURACY_M",
    "Cannot",
    "Draft",
    "Line",
    "Note",
    "Options",
    "Place",
    "Reading",
    "Shapes",
    "Used",
    "Zone",
]

Point = tuple[float, float]

ACCURACY_M = 20.0
"""Taken for a line that says nothing of its accuracy; listed as an assumption."""


@dataclass(frozen=True)
class Line:
    """A line of the user's layer, WGS84 lon/lat.

    names: all it goes by. accuracy_m: one figure for each segment, or none where nothing is said.
    width_m: kerb to kerb. source: file and row, for the provenance.
    """

    id: str
    names: tuple[str, ...]
    points: tuple[Point, ...]
    accuracy_m: tuple[float, ...] | None = None
    width_m: float | None = None


@dataclass(frozen=True)
class Shapes:
    """core ⊆ nominal ⊆ extent, shapely areas in lon/lat."""

    nominal: Any
    core: Any
    extent: Any


@dataclass(frozen=True)
class Place:
    """The centre of a circle, WGS84 lon/lat. radius_m: how far off it may be, as source says."""

    lon: float
    lat: float
    radius_m: float
    source: str = ""


@dataclass(frozen=True)
class Options:
    """widths: kerb to kerb in metres by name; width: for all others. units: areas by name, their
    three shapes; rough: approximate ones, which only bound an extent. within: the area that stands
    for a unit without a shape, within_name: its name or file, within_known: whether that is the
    name of a unit or zone, and so of no other. closures: lines that close an open
    side between two edges named in the text (see layers.boundary). ways: lines of which each is
    one reading of how an open side closes, wherever it leads from one road to the other. places:
    centres of circles by name, for those that no line of the layer bears.
    """

    widths: Mapping[str, float] = field(default_factory=dict)
    width: float | None = None
    accuracy_m: float | None = None
    units: Mapping[str, Shapes] = field(default_factory=dict)
    rough: Mapping[str, Shapes] = field(default_factory=dict)
    within: Shapes | None = None
    within_name: str = ""
    within_known: bool = False
    closures: Sequence[Closure] = ()
    ways: Sequence[Line] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


class Cannot(ValueError):
    """Why something cannot be drawn; note: the same in both languages."""

    def __init__(self, note: Note) -> None:
        self.note = note
        super().__init__(note["en"])


Note = dict[str, Any]
"""{code, zh, en, …}: an assumption or what is missing, with the figures by name."""


@dataclass(frozen=True)
class Used:
    """One edge as drawn: what the text calls it, which lines it is, how they were found."""

    name: str
    side: str
    include: str
    lines: tuple[str, ...]
    how: str
    accuracy_m: tuple[float, ...]
    half_width_m: float
    points: tuple[Point, ...]
    part: int = 0

    def as_json(self) -> dict[str, Any]:
        """For the answer: everything but the points."""
        return {
            "name": self.name,
            "edge": "ring" if self.side == "between" else self.side,
            "include": self.include,
            "lines": list(self.lines),
            "found_by": self.how,
            "accuracy_m": [min(self.accuracy_m), max(self.accuracy_m)],
            "half_width_m": self.half_width_m or None,
            "part": self.part,
        }


@dataclass(frozen=True)
class Reading:
    """One way in which the lines of a part close. id: its crossings and closures."""

    part: int
    id: str
    shapes: Shapes


@dataclass(frozen=True)
class Zone:
    """One drawn area; half: which side of a dividing line it is, else empty."""

    shapes: Shapes
    half: str = ""
    accuracy_m: float = 0.0


@dataclass(frozen=True)
class Draft:
    """A boundary in words drawn on lines, for a person to confirm.

    zones: one, or two for each dividing line; none where something is missing. complete: whether
    everything that belongs to the area could be drawn. readings: every way in which the lines
    close, the most literal first.
    """

    words: Words
    zones: tuple[Zone, ...]
    used: tuple[Used, ...]
    assumptions: tuple[Note, ...]
    missing: tuple[Note, ...]
    readings: tuple[Reading, ...]
    complete: bool
    confidence: float
    confirmed: dict[str, str | None] = field(default_factory=lambda: {"by": None, "on": None})
