"""What the answers of a shape's parts come to together: the worst somewhere, and how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...rules.logic import tables
from ...rules.model import Result, effect_of
from ...rules.place import zones_of
from ...rules.questions import Survey, next_change
from ...rules.verdict import strongest
from ..rows import TRUTH_WORDS, catalogue_row, rule_row, verdict_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...layers.parts import Part
    from ...rules.model import Book
    from ...rules.verdict import Judge, Verdict

__all__ = ["Merged", "catalogue_row"]

LOCATIONS = ("inside", "near", "unmapped", "outside")
OUTCOMES = ("applies", "due", "exempt", "cannot_determine", "not_concerned")
BINDS = ("applies", "due")
# Trials of what each fact would settle are made for so many parts, the largest.
SURVEYED = 3


class Merged:
    """The answers of all parts, read together. ``unit``: m2 or m, of every size."""

    def __init__(
        self, book: Book, parts: list[Part], judges: list[Judge], total: float, unit: str
    ) -> None:
        self.book, self.parts, self.judges = book, parts, judges
        self.total, self.unit = total, unit
        self.results = [judge.results() for judge in judges]
        self._judged: dict[tuple[int, str], Verdict] = {}
        self.surveys = [
            Survey(judge.asker, results)
            for judge, results in list(zip(judges, self.results))[:SURVEYED]
        ]
        # one order of the missing keys for the whole shape
        settles: dict[str, int] = {}
        for survey in self.surveys:
            for key, count in survey.settles.items():
                settles[key] = max(settles.get(key, 0), count)
        self.survey = self.surveys[0]
        self.survey.settles = settles

    def verdict(self, n: int, activity: str) -> Verdict:
        """The verdict on an activity in part n (from 0), worked out once."""
        if (n, activity) not in self._judged:
            self._judged[n, activity] = self.judges[n].verdict(activity)
        return self._judged[n, activity]

    def share(self, numbers: Iterable[int]) -> dict[str, Any]:
        """Size, percent and numbers (from 0) of some parts."""
        chosen = list(numbers)
        size = sum(self.parts[n].size for n in chosen)
        return {
            self.unit: size,
            "percent": 100 * size / self.total,
            "parts": [n + 1 for n in chosen],
        }

    def _by(self, values: Iterable[Any]) -> dict[Any, list[int]]:
        """Value -> the parts that have it, in the order of the parts."""
        found: dict[Any, list[int]] = {}
        for n, value in enumerate(values):
            found.setdefault(value, []).append(n)
        return found

    # -- where --------------------------------------------------------------------------------

    def coverage(self, failed: list[Any]) -> dict[str, Any]:
        """Documents by how they stand to any part, as an answer's coverage.

        `everywhere`: those that speak for all parts; `silent`: where none speaks; `unsettled`:
        where that cannot be told. `reaching`: those that have no part of the shape in their area.
        """
        local, unsure = set(self._named("local")), set(self._named("unsure"))
        found: dict[str, Any] = {
            "documents": self._named("speaking"),
            "reaching": [name for name in self._named("reaching") if name not in local | unsure],
            "unsure": [name for name in self._named("unsure") if name not in local],
        }
        found["failed"] = failed
        found["expired"], found["upcoming"] = self._named("expired"), self._named("upcoming")
        found["everywhere"] = [
            document
            for document in found["documents"]
            if all(document in judge.coverage.speaking for judge in self.judges)
        ]
        unheard = [n for n, judge in enumerate(self.judges) if not judge.coverage.speaking]
        unsettled = [n for n in unheard if self.judges[n].coverage.unsure]
        found["silent"] = self.share(n for n in unheard if n not in unsettled)
        found["unsettled"] = self.share(unsettled)
        return found

    def _named(self, name: str) -> list[str]:
        named = {document for judge in self.judges for document in getattr(judge.coverage, name)}
        return [document for document in self.book.documents if document in named]

    def zones(self) -> list[dict[str, Any]]:
        """Every zone some part is inside, near or possibly in; those with most inside first."""
        rows = [row for zone in self.book.zones if (row := self._zone(zone))]
        order = {"inside": 0, "split": 1, "unmapped": 2}
        return sorted(
            rows,
            key=lambda row: (
                order[row["location"]],
                -round(row["inside"]["percent"], 9),
                -round(row["near"]["percent"], 9),
            ),
        )

    def _zone(self, zone: str) -> dict[str, Any] | None:
        places = [judge.asker.places[zone] for judge in self.judges]
        found = self._by(place.location for place in places)
        if set(found) == {"outside"}:
            return None
        whole = next(iter(found)) if len(found) == 1 else "split"
        record = self.book.zones[zone]
        row = {
            "id": zone,
            "name": record["name"],
            "kind": record["kind"],
            "basis": record["basis"],
            "location": "split" if whole == "near" else whole,
            **{where: self.share(found.get(where, [])) for where in LOCATIONS},
            "asserted": any(place.asserted for place in places),
            "in_force": TRUTH_WORDS[places[0].validity.value],
            "cite": record["cite"],
        }
        if record.get("failed"):
            row["failed"] = True
        return row

    # -- what ---------------------------------------------------------------------------------

    def verdicts(self) -> list[dict[str, Any]]:
        """Every activity's verdict for the whole shape, and its share by the parts' verdicts."""
        named = {activity for judge in self.judges for activity in judge.activities()}
        return [self._verdict(activity) for activity in self.book.activities if activity in named]

    def _verdict(self, activity: str) -> dict[str, Any]:
        rows = [verdict_row(self.verdict(n, activity), self.survey) for n in range(len(self.parts))]
        keys = ("verdict", "at_least", "at_most", "reason")
        found = self._by(tuple(row[key] for key in keys) for row in rows)
        least = [row["at_least"] for row in rows if row["at_least"] is not None]
        at_least = strongest(least) if least else None
        known = all(row["at_most"] is not None for row in rows)
        at_most = strongest(row["at_most"] for row in rows) if known else None
        verdicts = {row["verdict"] for row in rows}
        shares = [
            {**dict(zip(keys, values)), **self.share(numbers)} for values, numbers in found.items()
        ]
        shares.sort(key=lambda share: _grave(share["verdict"]))
        return {
            "activity": activity,
            "verdict": _whole(verdicts, at_least, at_most),
            "scope": "whole" if len(verdicts) == 1 else "part",
            "at_least": at_least,
            "at_most": at_most,
            "shares": shares,
            "rules": list(dict.fromkeys(rule for row in rows for rule in row["rules"])),
            "missing": self.survey.sort(dict.fromkeys(k for row in rows for k in row["missing"])),
        }

    def rules(self) -> list[dict[str, Any]]:
        """Every rule with an outcome other than not_concerned in some part, by document order.

        `scope`: whole (binds everywhere), part, open (cannot be told anywhere it may bind), exempt.
        """
        found: dict[str, list[Result]] = {}
        for results in self.results:
            for result in results:
                found.setdefault(result.rule["id"], []).append(result)
        return [
            self._rule(results)
            for results in found.values()
            if any(result.outcome != "not_concerned" for result in results)
        ]

    def _rule(self, results: list[Result]) -> dict[str, Any]:
        by = self._by(result.outcome for result in results)
        first = next(name for name in OUTCOMES if name in by)
        n = by[first][0]  # the largest part with the gravest outcome speaks for the rule
        row = rule_row(results[n], self.judges[n].asker, self.survey)
        binding = sum(len(by.get(name, ())) for name in BINDS)
        scope = "whole" if binding == len(results) else "part" if binding else "open"
        if first == "exempt":
            scope = "exempt"
        row.update(
            scope=scope,
            zones=list(dict.fromkeys(zones_of(results[n].rule.get("where", [])))),
            shares=[{"outcome": name, **self.share(by[name])} for name in OUTCOMES if name in by],
            missing=self.survey.sort(
                dict.fromkeys(key for result in results for key in result.missing)
            ),
        )
        return row

    def part_rows(self) -> list[dict[str, Any]]:
        """One row for each part, largest first: where it lies and what holds there."""
        return [self._part(n) for n in range(len(self.parts))]

    def _part(self, n: int) -> dict[str, Any]:
        part, judge = self.parts[n], self.judges[n]
        places = judge.asker.places
        by: dict[str, list[str]] = {where: [] for where in LOCATIONS}
        for zone, place in places.items():
            by[place.location].append(zone)
        verdicts = [self.verdict(n, activity) for activity in judge.activities()]
        effects = [effect for result in self.results[n] if (effect := _sure(result))]
        return {
            "id": n + 1,
            self.unit: part.size,
            "percent": 100 * part.size / self.total,
            "joined": part.joined,
            "inside": by["inside"],
            "near": by["near"],
            "unmapped": by["unmapped"],
            "strongest": strongest(effects) if effects else None,
            "documents": list(judge.coverage.speaking),
            "verdicts": [
                {
                    "activity": verdict.activity,
                    "verdict": verdict.verdict,
                    "at_least": verdict.at_least,
                    "at_most": verdict.at_most,
                    "reason": verdict.reason,
                }
                for verdict in verdicts
            ],
        }

    # -- what is missing ----------------------------------------------------------------------

    def questions(self) -> list[dict[str, Any]]:
        """The questions of an answer over all surveyed parts, most useful first."""
        rows: dict[str, dict[str, Any]] = {}
        for survey in self.surveys:
            for row in survey.ask():
                rows.setdefault(row["key"], {**row, "settles": self.survey.settles[row["key"]]})
        return [rows[key] for key in self.survey.sort(rows)]

    def next_change(self) -> str | None:
        """The first later day on which a binding rule comes to something else in any part."""
        first: str | None = None
        for judge, results in zip(self.judges, self.results):
            first = next_change(results, judge.asker, first) or first
        return first


def _sure(result: Result) -> str | None:
    """The effect of a rule that binds for certain, whatever the activity."""
    if result.outcome == "applies":
        return effect_of(result.rule)
    return "required" if result.outcome == "due" and effect_of(result.rule) else None


def _whole(verdicts: set[str], at_least: str | None, at_most: str | None) -> str:
    """One word for the whole shape: the worst that is certain somewhere, if nothing is worse."""
    if len(verdicts) == 1:
        return next(iter(verdicts))
    if "conflict" in verdicts:
        return "conflict"
    top: str = tables()["strength"][-1]
    if at_least is not None and at_least in (at_most, top):
        return at_least
    if verdicts <= {"no_data", "not_concerned"}:
        return "no_data"
    return "cannot_determine"


def _grave(verdict: str) -> int:
    """Order of a verdict's shares: the gravest first, what is not known after what is."""
    order: Mapping[str, int] = {
        name: n
        for n, name in enumerate(
            ("conflict", *reversed(tables()["strength"]), "cannot_determine", "no_data")
        )
    }
    return order[verdict]
