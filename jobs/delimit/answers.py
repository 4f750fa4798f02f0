"""What a person adds to a wording before it is drawn: inclusion of edges, names of lines, who
confirmed. Nothing of it goes unsaid: it stands in the provenance of what is drawn.

Standard library only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...layers.draft.model import Line
    from ...layers.words.model import Words

__all__ = ["called", "confirmed", "included", "sentence", "told_in"]


def included(words: Words, told: Mapping[str, str]) -> Words:
    """The words with what was told of edges that say nothing themselves: included or excluded by
    name."""
    parts = tuple(
        replace(
            part,
            edges=tuple(
                replace(edge, include=told[edge.name])
                if edge.include == "unstated" and edge.name in told
                else edge
                for edge in part.edges
            ),
        )
        for part in words.parts
    )
    return replace(words, parts=parts)


def called(lines: Iterable[Line], chosen: Mapping[str, str]) -> list[Line]:
    """The lines with further names; ``chosen``: edge of the text -> name of the line it is."""
    found = []
    for line in lines:
        more = tuple(edge for edge, name in chosen.items() if name in line.names)
        found.append(replace(line, names=(*line.names, *more)) if more else line)
    return found


def sentence(include: Mapping[str, str], chosen: Mapping[str, str]) -> str:
    """What was told, for the provenance; empty for nothing."""
    told = [f"“{name}” {value}" for name, value in include.items()]
    told += [f"“{edge}” is the line “{name}”" for edge, name in chosen.items()]
    return "told by the user: " + ", ".join(told) if told else ""


def told_in(features: dict[str, Any], text: str) -> None:
    """Add a sentence to the provenance of every shape of a draft."""
    for feature in features["features"] if text else ():
        feature["properties"]["provenance"] += f"; {text}"


def confirmed(features: dict[str, Any], by: str, on: str) -> None:
    """Write into a draft which office confirmed it, and on which day; nothing where ``by`` is
    empty."""
    if not by:
        return
    for feature in features["features"]:
        if "confirmed_by" in feature["properties"]:
            feature["properties"].update({"confirmed_by": by, "confirmed_on": on})
    told_in(features, f"confirmed by {by}" + (f" on {on}" if on else ""))
