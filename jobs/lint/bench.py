"""The test bench of golden cases: each is prepared once and judged as often as needed.

Mutation asks the same nine thousand questions of tens of thousands of slightly wrong rule books.
What a case says about place, day and facts does not depend on the rules, so it is worked out once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...rules.dates import check_assertions
from ...rules.evaluate import case_located, evaluate
from ...rules.model import Asker, BadAssertion, Book
from ...rules.place import places
from ..answer import BadInput, read_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...rules.model import Place, Result

__all__ = ["Bench", "with_rule", "with_season"]

Case = dict[str, Any]
TIMED = ("season.", "force.")  # assertions that a change of a rule's dates may contradict


class Bench:
    """A catalogue's rule book and its golden cases."""

    def __init__(self, catalogue: Mapping[str, Any]) -> None:
        self.book = Book(catalogue)
        self.cases: list[Case] = catalogue["golden"]
        self.by_rule: dict[str, list[Case]] = {}
        for case in self.cases:
            self.by_rule.setdefault(case["rule"], []).append(case)
        # zones change on these days only, so most cases share their places
        self._turns = sorted(
            day
            for zone in self.book.zones.values()
            for key in ("from", "until")
            for day in zone.get("validity", {}).get(key, ())
            if day
        )
        self._given: dict[tuple[str, str], tuple[dict[str, Any], dict[str, str]]] = {}
        self._places: dict[Any, Mapping[str, Place]] = {}
        self._askers: dict[int, tuple[Case, Asker | str]] = {}

    def about(self, names: Iterable[str]) -> list[Case]:
        """The cases about these rules, those of the first rule first."""
        return [case for name in names for case in self.by_rule.get(name, [])]

    def problem(self, case: Case, book: Book | None = None) -> str | None:
        """What is wrong with a case, None when the rule comes to what the case expects.

        ``book``: a changed rule book with the same zones and vocabulary. Compares only what
        ``expect`` states: outcome, overdue, failed, missing (as a set), kept.
        """
        asker = self._asker(case)
        if isinstance(asker, str):
            return asker
        if book is not None:
            asker = replace(asker, book=book)
            if any(key.startswith(TIMED) for key in asker.asserted):
                try:
                    check_assertions(asker.asserted, book, asker.day)
                except BadAssertion as error:
                    return str(error)
        return _difference(case, evaluate(asker.book.by_id[case["rule"]], asker))

    def holds(self, case: Case, book: Book | None = None) -> bool:
        """True when the case comes out as it expects; a book that cannot be read holds nothing."""
        try:
            return self.problem(case, book) is None
        except (KeyError, TypeError, ValueError, RecursionError):
            return False

    def _asker(self, case: Case) -> Asker | str:
        """The case as a question, or what is wrong with it whatever the rules say."""
        known = self._askers.get(id(case))
        if known is None:
            asker: Asker | str
            try:
                asker = self._prepared(case["query"])
            except (BadInput, BadAssertion) as error:
                asker = str(error)
            # the case is kept, so that no other comes to have its identity
            known = self._askers[id(case)] = (case, asker)
        return known[1]

    def _prepared(self, query: Mapping[str, Any]) -> Asker:
        facts: dict[str, Any] = {}
        asserted: dict[str, str] = {}
        for key, raw in query.get("facts", {}).items():
            typed, said = self._read(key, raw)
            facts.update(typed)
            asserted.update(said)
        check_assertions(asserted, self.book, query["date"])
        return Asker(
            book=self.book,
            day=query["date"],
            places=self._located(query, asserted),
            alert=query.get("alert", "unknown"),
            facts=facts,
            asserted=asserted,
        )

    def _read(self, key: str, raw: Any) -> tuple[dict[str, Any], dict[str, str]]:
        """One fact or assertion as the validator reads it; cases repeat a few thousand of them."""
        known = self._given.get((key, repr(raw)))
        if known is None:
            known = self._given[(key, repr(raw))] = read_facts({key: raw}, self.book)
        return known

    def _located(
        self, query: Mapping[str, Any], asserted: Mapping[str, str]
    ) -> Mapping[str, Place]:
        zones = {key[5:]: value for key, value in asserted.items() if key.startswith("zone.")}
        day = query["date"]
        period = (bisect_left(self._turns, day), bisect_right(self._turns, day))
        named = tuple(query.get("zones", {}).items())
        key = (named, tuple(sorted(zones.items())), period)
        if key not in self._places:
            located = case_located(self.book, query)
            self._places[key] = places(self.book.zones, located, zones, day, self.book.kin)
        return self._places[key]


def _difference(case: Case, result: Result) -> str | None:
    got: dict[str, Any] = {
        "outcome": result.outcome,
        "overdue": result.overdue,
        "failed": result.failed,
        "missing": set(result.missing),
        "kept": result.kept,
    }
    for name, value in case["expect"].items():
        wanted = set(value) if name == "missing" else value
        if name in got and got[name] != wanted:
            return f"{name} is {got[name]}, expected {value}"
    return None


def with_rule(book: Book, rule: Mapping[str, Any]) -> Book:
    """The book with another version of one of its rules, of the same kind; the rest is shared."""
    changed = copy(book)
    before = book.by_id[rule["id"]]
    changed.rules = [rule if one is before else one for one in book.rules]
    changed.binding = [rule if one is before else one for one in book.binding]
    changed.by_id = {**book.by_id, rule["id"]: rule}
    changed.lifted_by = dict(book.lifted_by)
    for name in dict.fromkeys([*before.get("unless", []), *rule.get("unless", [])]):
        others = [one for one in book.lifted_by.get(name, []) if one["id"] != rule["id"]]
        changed.lifted_by[name] = [*others, rule] if name in rule.get("unless", []) else others
        if not changed.lifted_by[name]:
            del changed.lifted_by[name]
    return changed


def with_season(book: Book, season: Mapping[str, Any]) -> Book:
    """The book with another version of one of its seasons."""
    changed = copy(book)
    changed.seasons = {**book.seasons, season["id"]: season}
    return changed
