"""The answer for a polygon or a line: its parts of equal zone membership, each asked like a point.

JSON of schema zonerules/shape/1. A part is evaluated with the locations it has in the drawn zones;
where it is near a zone its answer covers both sides, so what is said of a part holds for each of
its points. Standard library only; the geometry library is a ``layers.parts.Engine``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...layers.datum import EXTRA_ACCURACY_M
from ...layers.parts import Engine, Part, cut, join_small, size_of
from ...rules.coverage import coverage
from ...rules.evaluate import ask
from ...rules.facts import FactError
from ...rules.model import Asker, BadAssertion, Book
from ...rules.verdict import Judge
from .. import answer as answers
from ..exchange.tables import shapes_of
from ..progress import Progress, unheard
from . import merge as merge
from .given import NAMES, BadShape, Note, note, read

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BadShape", "Pieces", "ShapeQuery", "answer", "pieces_of"]

SCHEMA = "zonerules/shape/1"
UNITS = {2: "m2", 1: "m"}
# What is smaller is joined to a neighbour: square metres, metres, and this share of the whole.
SLIVER = {2: 1.0, 1: 0.1}
SLIVER_SHARE = 1e-6
MOST_PARTS = 120
# How far the parts may be from the whole, as a share, before it is told as an error.
UNACCOUNTED = 1e-6


@dataclass(frozen=True)
class ShapeQuery:
    """What is asked of a shape; None means "not given", as in jobs.answer.Query."""

    datum: str | None = None
    accuracy_m: float | None = None
    extra_m: float = 0.0
    """Metres to add to the accuracy, for coordinates converted from a datum not known exactly."""
    date: str | None = None
    alert: str | None = None
    activity: str | None = None
    facts: answers.Facts = None

    def plain(self) -> answers.Query:
        """The same as a question about a point, for all that has nothing to do with the place."""
        return answers.Query(
            lon=0.0,
            lat=0.0,
            datum=self.datum,
            accuracy_m=self.accuracy_m,
            date=self.date,
            alert=self.alert,
            activity=self.activity,
            facts=self.facts,
        )


@dataclass(frozen=True)
class Pieces:
    """A shape cut by the zones: the same for every date, activity, alert and fact."""

    engine: Engine
    shape: Any
    dimension: int
    total: float
    """Square metres or metres."""
    parts: list[Part]
    radius_m: float
    corners: int
    sliver: float
    notes: list[Note] = field(default_factory=list)

    @property
    def unaccounted(self) -> float:
        """The share of the whole that is in no part: rounding."""
        return (self.total - sum(part.size for part in self.parts)) / self.total


def pieces_of(
    catalogue: Mapping[str, Any],
    given: Mapping[str, Any],
    engine: Engine,
    query: ShapeQuery,
    progress: Progress = unheard,
) -> Pieces:
    """Read GeoJSON in the query's datum and cut it by every drawn zone of the catalogue.

    Raises BadShape or BadInput.
    """
    settled, _ = answers.with_defaults(query.plain())
    found = read(engine, given, settled["datum"])
    radius = settled["accuracy_m"] + EXTRA_ACCURACY_M.get(settled["datum"], 0.0) + query.extra_m
    drawn = {
        name: shapes
        for name, zone in catalogue["zones"].items()
        if zone["basis"] != "derived" and (shapes := shapes_of(catalogue, zone))
    }
    total = size_of(engine, found.shape, found.dimension)
    parts = cut(
        engine, found.shape, found.dimension, drawn, radius, lambda done: progress(done / 2, "")
    )
    sliver = max(SLIVER[found.dimension], SLIVER_SHARE * total)
    joined = join_small(engine, parts, sliver, MOST_PARTS)
    notes = list(found.notes)
    if len(parts) > len(joined):
        notes.append(note("joined", n=len(parts) - len(joined)))
    pieces = Pieces(
        engine, found.shape, found.dimension, total, joined, radius, found.corners, sliver, notes
    )
    if abs(pieces.unaccounted) > UNACCOUNTED:
        notes.append(note("unaccounted", percent=f"{100 * pieces.unaccounted:.6f}"))
    return pieces


def answer(
    catalogue: Mapping[str, Any],
    book: Book,
    pieces: Pieces,
    query: ShapeQuery,
    progress: Progress = unheard,
) -> dict[str, Any]:
    """The JSON of schema zonerules/shape/1. Raises BadInput as ``zonerules at`` does."""
    settled, assumed = answers.with_defaults(query.plain())
    assumed = [name for name in assumed if name != "radius_km"]
    activity = answers.activity_id(query.activity, book)
    typed, asserted = answers.read_facts(query.facts, book)
    day = _day(query.date, book, pieces, asserted)
    judges: list[Judge] = []
    told: dict[str, list[int]] = {}
    for n, part in enumerate(pieces.parts):
        progress(0.5 + n / len(pieces.parts) / 2, "")
        asker, dropped = _asker(book, part, day, settled["alert"], typed, asserted)
        for key in dropped:
            told.setdefault(key, []).append(n + 1)
        try:
            judges.append(Judge(asker, coverage(asker), activity))
        except FactError as error:
            raise answers.bad_fact(error) from error
    merged = merge.Merged(book, pieces.parts, judges, pieces.total, UNITS[pieces.dimension])
    return {
        "schema": SCHEMA,
        "catalogue": merge.catalogue_row(catalogue),
        "query": {
            "kind": NAMES[pieces.dimension],
            "corners": pieces.corners,
            "centre": _rounded(pieces.engine.inner_point(pieces.shape)),
            "datum": settled["datum"],
            "accuracy_m": settled["accuracy_m"],
            "radius_m": pieces.radius_m,
            "date": day,
            "alert": settled["alert"],
            "activity": activity,
            "facts": {**typed, **asserted},
            "assumed": assumed,
        },
        "notes": [*pieces.notes, *_contradicted(told, asserted, len(pieces.parts))],
        "measure": {
            "unit": UNITS[pieces.dimension],
            "total": pieces.total,
            "sliver": pieces.sliver,
            "unaccounted_percent": 100 * pieces.unaccounted,
        },
        "coverage": merged.coverage(list(catalogue.get("failed", []))),
        "verdicts": merged.verdicts(),
        "zones": merged.zones(),
        "rules": merged.rules(),
        "parts": [
            {**row, "geometry": pieces.engine.write(part.shape)}
            for row, part in zip(merged.part_rows(), pieces.parts)
        ],
        "ask": merged.questions(),
        "next_change": merged.next_change(),
    }


def _asker(
    book: Book,
    part: Part,
    day: str,
    alert: str,
    typed: Mapping[str, Any],
    asserted: Mapping[str, str],
) -> tuple[Asker, list[str]]:
    """The question for one part, without assertions about zones that its map contradicts."""
    said = dict(asserted)
    dropped: list[str] = []
    while True:
        try:
            asker = ask(book, part.wheres, day, alert=alert, facts=typed, asserted=said)
            return asker, dropped
        except BadAssertion as error:
            if error.key not in said or not error.key.startswith("zone."):
                raise answers.bad_fact(error) from error
            del said[error.key]
            dropped.append(error.key)


def _contradicted(
    told: Mapping[str, list[int]], asserted: Mapping[str, str], parts: int
) -> list[Note]:
    """What was asserted of the shape but cannot be true of some parts; of all: bad input."""
    for key, where in told.items():
        if len(where) == parts:
            raise BadShape("assertion", fact=f"{key}={asserted[key]}")
    return [
        note("assertion", fact=f"{key}={asserted[key]}", parts=", ".join(map(str, where)))
        for key, where in told.items()
    ]


def _day(given: str | None, book: Book, pieces: Pieces, asserted: Mapping[str, str]) -> str:
    """The day asked; `last` is the latest that any part of the shape has."""
    days, problem = [], None
    text = "" if given is None else str(given).strip()
    parts = pieces.parts if text.startswith("last") else pieces.parts[:1]
    for part in parts:
        try:
            days.append(answers.day_of(given, book, part.wheres, asserted))
        except answers.BadInput as error:
            problem = error
    if not days and problem is not None:
        raise problem
    return max(days)


def _rounded(place: tuple[float, float]) -> list[float]:
    return [round(place[0], 6), round(place[1], 6)]
