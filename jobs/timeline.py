"""What binds at one place over the years: for each rule and activity, when it comes to what.

Evaluates only on days on which something can change, so that it says of every day what the answer
for that day says. Standard library only.
"""

from __future__ import annotations

from bisect import bisect_right
from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ..layers.datum import to_wgs84
from ..rules import dates
from ..rules.coverage import coverage
from ..rules.evaluate import ask, evaluate, on_day
from ..rules.logic import F, U
from ..rules.model import effect_of
from ..rules.place import where_truth
from ..rules.verdict import Judge
from .rows import TRUTH_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..rules.model import Asker, Book, Result, Rule
    from .open import Catalogue

__all__ = ["SCHEMA", "timeline"]

SCHEMA = "zonerules/timeline/1"
FIRST_DAY = "0001-01-01"
FAR_YEARS = 15  # a day asked farther than this from all plans does not stretch the range
DATED = ("season.", "force.")  # assertions that hold for the day asked only
Interval = dict[str, Any]


def timeline(catalogue: Catalogue, answer: Mapping[str, Any]) -> dict[str, Any]:
    """The years around an answer of ``catalogue.at``: place, facts, alert and activity as there.

    ``from`` … ``until`` are whole years, all days inclusive. ``rules``: each rule that is concerned
    on some day, with ``intervals`` of {from, until, outcome, overdue, in_force: true|unknown,
    open: [place|date|alert|fact]}; days between them are not_concerned. ``verdicts``: for each
    activity intervals of {from, until, verdict, at_least, at_most, reason} without gaps.
    ``documents``: the plan period of each that has to do with the place. Assertions about a day
    (season.*, force.*) are left out and listed in ``left_out``.
    """
    asker, asked = _asker(catalogue, answer["query"])
    here = _placed(asker)
    asker = replace(asker, book=_shorter(asker.book, here))
    memo = _Memo(asker.book)
    around = coverage(asker)
    rules = [rule for rule in _rules(asker.book, asked) if rule["id"] in here]
    first, last = _range(rules, around.near(), asker, memo)
    days = _days(rules, around.near(), asker.book, first, last, memo)
    judges = _judges(asker, days, asked, memo)
    ends = [_shift(day, -1) for day in days[1:]] + [last]
    return {
        "schema": SCHEMA,
        "catalogue": dict(answer["catalogue"]),
        "day": asker.day,
        "from": first,
        "until": last,
        "activity": asked,
        "left_out": [key for key in answer["query"]["facts"] if key.startswith(DATED)],
        "documents": [_document(asker.book, name, around.local) for name in around.near()],
        "verdicts": list(_verdict_rows(judges, days, ends, memo)),
        "rules": [
            row for rule in rules if (row := _rule_row(rule, judges, days, ends, memo))["intervals"]
        ],
    }


def _asker(catalogue: Catalogue, query: Mapping[str, Any]) -> tuple[Asker, str | None]:
    """Whoever asked, without what was said of the day alone, and the activity."""
    lon, lat = to_wgs84(query["lon"], query["lat"], query["datum"])
    located = catalogue.located.locate(float(lon), float(lat), query["radius_m"])
    book, told = catalogue.book, query["facts"]
    asker = ask(
        book,
        {zone: found.where for zone, found in located.items()},
        query["date"],
        alert=query["alert"],
        facts={key: value for key, value in told.items() if key in book.facts},
        asserted={
            key: value
            for key, value in told.items()
            if key not in book.facts and not key.startswith(DATED)
        },
    )
    return asker, query["activity"]


def _rules(book: Book, asked: str | None) -> list[Rule]:
    chain = set(book.broader(asked)) if asked else None
    return [rule for rule in book.rules if chain is None or chain & set(rule["activities"])]


def _placed(asker: Asker) -> set[str]:
    """Ids of the rules whose place may be here on some day; a zone's validity may change that."""
    assert asker.ground is not None
    turns = {day for zone in asker.book.zones.values() for day in _validity_days(zone)}
    grounds = [asker.ground.places(day) for day in (FIRST_DAY, *sorted(turns))]
    return {
        rule["id"]
        for rule in asker.book.rules
        if "where" not in rule
        or any(where_truth(rule["where"], places).value != F for places in grounds)
    }


def _shorter(book: Book, here: set[str]) -> Book:
    """The book without the rules of elsewhere, of which nothing but their subject ever counts.

    One of each subject stays: whether a document that speaks here has a rule on an activity
    decides between "not concerned" and "no data".
    """
    subjects: dict[tuple[Any, ...], Rule] = {}
    for rule in book.binding:
        if rule["id"] not in here:
            subjects.setdefault((rule["document"], *rule["activities"]), rule)
    kept = here | {rule["id"] for rule in subjects.values()}
    shorter = copy(book)
    shorter.rules = [rule for rule in book.rules if rule["id"] in kept]
    shorter.binding = [rule for rule in book.binding if rule["id"] in kept]
    return shorter


def _validity_days(zone: Mapping[str, Any]) -> set[str]:
    return dates.bound_days(zone.get("validity", {}))


class _Memo:
    """Evaluates each rule once between two of its own turning days."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._seen: dict[tuple[Any, ...], Result] = {}

    def __call__(self, rule: Rule, asker: Asker) -> Result:
        stretch = bisect_right(self.days(rule), asker.day)
        facts = repr(sorted(asker.facts.items())) if asker.facts else ""
        key = (rule["id"], stretch, facts)
        if key not in self._seen:
            self._seen[key] = evaluate(rule, asker)
        return self._seen[key]

    def days(self, rule: Rule) -> list[str]:
        """First days on which the rule may come to something else, in order."""
        return self._book.register.days(rule)


def _range(rules: list[Rule], near: Iterable[str], asker: Asker, memo: _Memo) -> tuple[str, str]:
    """Whole years that hold every plan here and every turning day, and the day asked if near."""
    here = list(near) or list(asker.book.documents)
    marks = [day for name in here for day in _plan(asker.book, name)]
    for rule in rules:
        if rule["document"] in here:
            marks += memo.days(rule)
    years = sorted(int(day[:4]) for day in marks)
    asked = int(asker.day[:4])
    if years[0] - FAR_YEARS <= asked <= years[-1] + FAR_YEARS:
        years = sorted([*years, asked])
    return f"{years[0]:04d}-01-01", f"{years[-1]:04d}-12-31"


def _plan(book: Book, document: str) -> tuple[str, str]:
    covers = book.documents[document]["covers"]
    return covers["from"], covers["until"]


def _days(
    rules: list[Rule], near: Iterable[str], book: Book, first: str, last: str, memo: _Memo
) -> list[str]:
    """Every day of the range on which anything may change, the first day among them."""
    days = {day for rule in rules for day in memo.days(rule)}
    for name in near:
        since, until = _plan(book, name)
        days |= {since, _shift(until, 1)}
    for zone in book.zones.values():
        days |= _validity_days(zone)
    return [first, *sorted(day for day in days if first < day <= last)]


def _judges(asker: Asker, days: list[str], asked: str | None, memo: _Memo) -> list[Judge]:
    """One judge for each day. Where a place lies changes only with the validity of zones."""
    turns = sorted({day for zone in asker.book.zones.values() for day in _validity_days(zone)})
    judges, there, stretch = [], asker, -1
    for day in days:
        now = bisect_right(turns, day)
        if now != stretch:
            there, stretch = on_day(asker, day, asker.asserted), now
        there = replace(there, day=day)
        judges.append(Judge(there, coverage(there), asked, memo))
    return judges


def _verdict_rows(
    judges: list[Judge], days: list[str], ends: list[str], memo: _Memo
) -> Iterator[Interval]:
    book = judges[0].asker.book
    named = {name for judge in judges for name in judge.activities()}
    plans = _coverage_days(judges, days)
    for activity in (name for name in book.activities if name in named):
        chain = set(book.broader(activity))
        own = [rule for rule in book.binding if not chain.isdisjoint(rule["activities"])]
        turns = plans.union(*(memo.days(rule) for rule in own))
        values: list[Interval | None] = []
        for judge, day in zip(judges, days):
            values.append(_verdict(judge, activity) if day in turns else values[-1])
        yield {"activity": activity, "intervals": _merged(values, days, ends)}


def _coverage_days(judges: list[Judge], days: list[str]) -> set[str]:
    """The first day, and every day on which other documents speak than on the day before."""
    turned = (
        day
        for day, judge, before in zip(days[1:], judges[1:], judges)
        if judge.coverage != before.coverage
    )
    return {days[0], *turned}


def _verdict(judge: Judge, activity: str) -> Interval:
    found = judge.verdict(activity)
    return {
        "verdict": found.verdict,
        "at_least": found.at_least,
        "at_most": found.at_most,
        "reason": found.reason,
    }


def _rule_row(
    rule: Rule, judges: list[Judge], days: list[str], ends: list[str], memo: _Memo
) -> Interval:
    turns = {days[0], *memo.days(rule)}
    values: list[Interval | None] = []
    for judge, day in zip(judges, days):
        values.append(_state(judge.result(rule)) if day in turns else values[-1])
    force = rule["force"]
    row = {
        "id": rule["id"],
        "kind": rule["kind"],
        "audience": rule.get("audience", "operator"),
        "effect": effect_of(rule),
        "activities": list(rule["activities"]),
        "summary": rule["summary"],
        "cite": rule["cite"],
        "bounds": {name: list(force[name]) for name in ("from", "until") if name in force},
        "intervals": _merged(values, days, ends),
    }
    if "deadline" in force:
        row["deadline"] = force["deadline"]
    return row


def _state(result: Result) -> Interval | None:
    """What is drawn of a result; None when the rule is not concerned."""
    if result.outcome == "not_concerned":
        return None
    unsure = result.outcome == "cannot_determine"
    return {
        "outcome": result.outcome,
        "overdue": result.overdue,
        "in_force": TRUTH_WORDS[result.parts["date"].value],
        "open": [name for name, truth in result.parts.items() if unsure and truth.value == U],
    }


def _merged(values: Iterable[Interval | None], days: list[str], ends: list[str]) -> list[Interval]:
    """Equal neighbours as one interval; None is a gap."""
    rows: list[Interval] = []
    before: Interval | None = None
    for value, since, until in zip(values, days, ends):
        if value is not None and value == before:
            rows[-1]["until"] = until
        elif value is not None:
            rows.append({"from": since, "until": until, **value})
        before = value
    return rows


def _document(book: Book, name: str, local: Iterable[str]) -> Interval:
    since, until = _plan(book, name)
    return {"id": name, "from": since, "until": until, "local": name in local}


def _shift(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()
