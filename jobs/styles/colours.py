"""What follows from the palette for every kind of style file. Standard library only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# dashes as multiples of the width of the line
DASHES: dict[str, tuple[float, ...]] = {"solid": (), "dash": (8, 4.8), "dot": (1.2, 3.6)}


def outlined(palette: Mapping[str, Any], kind: str) -> bool:
    """Whether zones of the kind are drawn as an outline: they cover everything else."""
    return bool(palette["zones"][kind].get("draw") == "outline")


def label_scale(palette: Mapping[str, Any], kind: str) -> int:
    """The smallest scale (its denominator) at which zones of the kind are labelled."""
    below = palette["labels"]["below"]
    return int(below.get(kind, below["zones"]))


def label_limit(palette: Mapping[str, Any], kind: str) -> int:
    """The largest scale (its denominator) at which they are: beyond it one sees but a part."""
    return int(palette["labels"]["above"].get(kind, 1))


def bases_by_line(palette: Mapping[str, Any]) -> dict[str, list[str]]:
    """The bases a boundary may have, by how its line is drawn (solid, dash, dot)."""
    lines: dict[str, list[str]] = {}
    for basis, drawn in palette["basis"].items():
        if drawn["line"] != "none":
            lines.setdefault(drawn["line"], []).append(basis)
    return lines


def dashes(line: str, width: float) -> list[float]:
    """The dashes and gaps of a line so wide, in the same unit; none for a solid one."""
    return [round(width * part, 2) for part in DASHES[line]]


__all__ = ["bases_by_line", "dashes", "label_limit", "label_scale", "outlined"]
