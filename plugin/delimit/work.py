"""What runs behind the gate: words and roads into a draft, and the draft into plain figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...jobs.progress import Progress
    from .roads import Roads

NEEDED = ("shapely",)
OF_FILES = ("geopandas", "pyogrio")  # besides, where the area lies within a file


class Asked(NamedTuple):
    """What is to be drawn. ``widths``, ``within`` as on the command line; ``accuracy_m``: of lines
    that state none. ``include``, ``lines``: what the user said of edges, by their names."""

    text: str
    zone: str = "draft-zone"
    name_column: str | None = None
    widths: tuple[str, ...] = ()
    within: str | None = None
    accuracy_m: float | None = None
    include: Mapping[str, str] = {}
    lines: Mapping[str, str] = {}


class Drafted(NamedTuple):
    """``told``: the report of ``zonerules delimit --json``; ``features``: what ``-o`` writes;
    ``used``: (part, name, line) of the edges, degrees WGS84."""

    told: dict[str, Any]
    features: dict[str, Any]
    used: list[tuple[int, str, list[list[float]]]]


def needed(within: str | None) -> tuple[str, ...]:
    """The packages without which nothing can be drawn."""
    from pathlib import Path

    return NEEDED + (OF_FILES if within and Path(within).suffix else ())


def draft(roads: Roads, asked: Asked, folder: str | None, *, progress: Progress) -> Drafted:
    """Draw; ``folder``: the user's own data. Raises BadInput, and what ``progress`` raises."""
    from dataclasses import replace
    from pathlib import Path

    from ...jobs.delimit import answers, ask
    from ...jobs.delimit.named import named_lines
    from ...layers.draft.draw import draw

    data = Path(folder) if folder else None
    progress(0.0, "")
    words = answers.included(ask.read(asked.text), asked.include)
    named = named_lines(roads.title, roads.columns, roads.rows, asked.name_column)
    found = answers.called(named.lines, asked.lines)
    progress(0.2, "")
    given = ask.options(
        words,
        corridor_width=asked.widths,
        within=asked.within,
        accuracy_m=asked.accuracy_m,
        data=data,
    )
    progress(0.4, "")
    made = draw(words, found, replace(given, ways=named.ways))
    progress(0.8, "")
    inside = ask.container(made, data)
    features = ask.features(made, roads.title, asked.zone, inside)
    answers.told_in(features, answers.sentence(asked.include, asked.lines))
    counts = {"count": len(found), "nameless": named.nameless}
    about = {"lines": roads.title, "crs": roads.crs, **counts}
    used = [(edge.part, edge.name, [list(spot) for spot in edge.points]) for edge in made.used]
    progress(1.0, "")
    return Drafted(ask.report(made, about, asked.zone), features, used)


def read(text: str) -> dict[str, Any]:
    """The words alone, as ``zonerules delimit --json`` tells them. Raises BadInput."""
    from ...jobs.delimit.ask import read as read_words

    return read_words(text).as_json()


def to_text(told: Mapping[str, Any], lang: str) -> str:
    """What ``zonerules delimit`` prints."""
    from ...jobs.delimit.text import to_text as printed

    return printed(told, lang)
