"""What the tests of the room `rules` ask of a small rule book."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from zonerules.rules.coverage import coverage
from zonerules.rules.dates import date_truth
from zonerules.rules.facts import parse
from zonerules.rules.place import places
from zonerules.rules.questions import Survey, next_change
from zonerules.rules.verdict import Judge, Verdict

HEATING = {
    "id": "heating",
    "name": {"zh": "采暖季", "en": "heating season"},
    "start": {"earliest": "2020-11-01", "latest": "2020-11-15"},
    "end": {"earliest": "2021-03-01", "latest": "2021-03-31"},
    "basis": "outer_bound",
}
NEVER_CERTAIN = {
    "id": "smog",
    "name": {"zh": "雾霾季", "en": "smog season"},
    "start": {"earliest": "2020-06-01", "latest": "2020-06-20"},
    "end": {"earliest": "2020-06-10", "latest": "2020-06-30"},
    "basis": "outer_bound",
}
PRINTED_SEASON = {
    "id": "summer",
    "name": {"zh": "夏季", "en": "summer"},
    "start": {"earliest": "2020-06-01", "latest": "2020-06-01"},
    "end": {"earliest": "2020-08-31", "latest": "2020-08-31"},
    "basis": "printed",
}


class Told(NamedTuple):
    """One question answered: its judge, coverage, survey and where the drawn zones are."""

    judge: Judge
    covered: Any
    survey: Survey
    located: Any

    def verdict(self, activity: str = "burn") -> Verdict:
        return self.judge.verdict(activity)

    def asked_keys(self) -> list[str]:
        return [row["key"] for row in self.survey.ask()]

    def next_change(self) -> str | None:
        return next_change(self.judge.results(), self.judge.asker)


@pytest.fixture(scope="module")
def tell(rules_book: Any) -> Any:
    """tell(rules, day=…, activity=…, zones=…, documents=…, located=…, facts=…)."""

    def run(
        rules: Any, day: str = "2020-07-01", activity: str | None = "burn", **told: Any
    ) -> Told:
        parts = {key: told.pop(key) for key in ("zones", "documents") if key in told}
        located = told.pop("located", {"town": "inside"})
        of = rules_book.book(rules, **parts)
        asked = rules_book.asker(of, day, located, **told)
        covered = coverage(asked)
        judge = Judge(asked, covered, activity)
        return Told(judge, covered, Survey(judge.asker, judge.results()), located)

    return run


@pytest.fixture(scope="module")
def judged(tell: Any) -> Any:
    """judged(rules, …): (verdict, at_least, at_most) on `burn`."""

    def run(rules: Any, **told: Any) -> tuple[str, str | None, str | None]:
        found = tell(rules, **told).verdict(told.get("activity") or "burn")
        return found.verdict, found.at_least, found.at_most

    return run


@pytest.fixture(scope="module")
def found(rules_book: Any) -> Any:
    """found(zones, located, asserted): the Place of each zone on the first of July."""

    def run(zones: Any, located: Any, asserted: Any = None, day: str = "2020-07-01") -> Any:
        return places({zone["id"]: zone for zone in zones}, located, asserted or {}, day)

    return run


@pytest.fixture(scope="module")
def zone(rules_book: Any) -> Any:
    return rules_book.zone


@pytest.fixture(scope="module")
def read(rules_book: Any) -> Any:
    """read(key, raw): the typed value in the small vocabulary."""
    return lambda key, raw: parse(key, raw, rules_book.FACTS)


@pytest.fixture(scope="module")
def papers(rules_book: Any) -> list[dict[str, Any]]:
    return [rules_book.document(seasons=[HEATING, NEVER_CERTAIN, PRINTED_SEASON])]


@pytest.fixture(scope="module")
def when(rules_book: Any, papers: Any) -> Any:
    """when(force, day, key=value …): whether a rule with that force is in force that day."""

    def truth(force: Any, day: str, **said: Any) -> Any:
        row = rules_book.rule("R", force=force)
        of = rules_book.book([row], documents=papers)
        return date_truth(row, rules_book.asker(of, day, **said))

    return truth


@pytest.fixture(scope="module")
def outcome(rules_book: Any, papers: Any) -> Any:
    def result(force: Any, day: str, **told: Any) -> Any:
        kind = told.pop("kind", "prohibition")
        row = rules_book.rule("R", kind, force=force)
        return rules_book.result([row], day=day, documents=papers, **told)

    return result
