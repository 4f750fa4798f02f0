"""The parts of an answer that a row of a table is made of: no distances, sources or next change.

The same evaluation as `zonerules at`; its answer has more to every part. Standard library only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..rules.coverage import Coverage, coverage
from ..rules.evaluate import ask
from .answer import activity_id, coverage_row, weigh, with_defaults
from .rows import LOCATIONS, verdict_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..rules.model import Asker, Book
    from ..rules.place import Ground
    from .answer import Query

__all__ = ["Grounds", "outline"]

KEPT = 16  # situations that are remembered: those alike are best asked one after another


class Grounds:
    """What is known of every zone and document, remembered for questions that lie alike."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._known: dict[tuple[Any, ...], tuple[Ground | None, dict[str, Coverage]]] = {}

    def ask(
        self, wheres: Mapping[str, str], day: str, asserted: Mapping[str, str], **told: Any
    ) -> tuple[Asker, Coverage]:
        """Who asks, and what covers the place that day. Raises BadAssertion as `ask` does."""
        said = tuple(sorted(text for text in asserted.items() if text[0].startswith("zone.")))
        key = (*wheres.items(), said)
        ground, covers = self._known.get(key, (None, {}))
        asker = ask(self._book, wheres, day, asserted=asserted, found=ground, **told)
        if ground is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[key] = asker.ground, covers
        if day not in covers:
            if len(covers) >= KEPT:
                covers.clear()
            covers[day] = coverage(asker)
        return asker, covers[day]


def outline(
    catalogue: Mapping[str, Any],
    book: Book,
    wheres: Mapping[str, str],
    query: Query,
    known: Grounds,
) -> dict[str, Any]:
    """query, coverage, zones, rules, verdicts and ask of the answer to `query`, with fewer keys.

    `wheres`: the location of each drawn zone; the coordinates of `query` are not looked at.
    Raises BadInput as `answer` does.
    """
    settled, _ = with_defaults(query)
    query = replace(query, activity=activity_id(query.activity, book))
    heard = weigh(book, wheres, query, settled["alert"], known.ask)
    judge, survey = heard.judge, heard.survey
    zones = [
        {"id": zone, "location": place.location}
        for zone, place in judge.asker.places.items()
        if place.location != "outside"
    ]
    return {
        "query": {"activity": query.activity},
        "coverage": coverage_row(heard.coverage, catalogue),
        "zones": sorted(zones, key=lambda row: LOCATIONS.index(row["location"])),
        "rules": [
            {"id": result.rule["id"], "outcome": result.outcome, "cite": result.rule["cite"]}
            for result in heard.results
            if result.outcome != "not_concerned"
        ],
        "verdicts": [verdict_row(judge.verdict(name), survey) for name in judge.activities()],
        "ask": [{"key": key} for key in survey.sort(survey.settles) if key != "position"],
    }
