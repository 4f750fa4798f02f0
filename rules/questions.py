"""What is still missing, which question settles most, and when the answer next changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from .evaluate import determined, evaluate, on_day
from .facts import range_of
from .logic import tables
from .model import ASSERTABLE, Asker, BadAssertion, Book, Result

if TYPE_CHECKING:
    from collections.abc import Iterable

_GROUPS = ("position", "alert", "zone", "season", "force", "rule")


def permitted_values(key: str, book: Book) -> list[Any] | None:
    """The closed list of values `key` may take; None for a number, a date or a free text."""
    if key == "alert":
        return list(tables()["alerts"])
    prefix = key.partition(".")[0]
    if prefix in ASSERTABLE and key not in book.facts:
        return list(ASSERTABLE[prefix])
    spec = book.facts.get(key, {})
    if spec.get("type") == "boolean":
        return [True, False]
    if "values" in spec:
        return list(spec["values"])
    if spec.get("type") == "string":
        return [*sorted(set(book.register.compared(key))), "other"]
    return None


def trial_values(key: str, book: Book) -> list[Any]:
    """Values that stand for all others: the closed list, or each threshold and its two sides."""
    if key == "position":
        return []
    trials = book.register.trials
    if key not in trials:
        trials[key] = _trial_values(key, book)
    return trials[key]


def _trial_values(key: str, book: Book) -> list[Any]:
    closed = permitted_values(key, book)
    if closed is not None:
        return closed
    marks = sorted(set(book.register.compared(key)))
    if book.facts[key]["type"] == "date":
        days = [date.fromisoformat(mark) for mark in marks]
        steps = (timedelta(days=step) for step in (-1, 0, 1))
        return sorted({(day + step).isoformat() for step in steps for day in days})
    low, high = range_of(key, book.facts[key])
    between = [(mark + following) / 2 for mark, following in zip(marks, marks[1:])]
    around = [mark + step for mark in marks for step in (-1, 0, 1)]
    return sorted({min(max(value, low), high) for value in (*around, *between)})


class Survey:
    """The undetermined binding rules of an answer and what would determine them."""

    def __init__(self, asker: Asker, results: Iterable[Result]) -> None:
        self.asker = asker
        self.open = [
            result for result in results if result.binding and result.outcome == "cannot_determine"
        ]
        keys = dict.fromkeys(key for result in self.open for key in result.missing)
        self.settles = {key: self._settles(key) for key in keys}

    def _settles(self, key: str) -> int:
        """Undetermined binding rules that some permitted value of `key` alone determines."""
        waiting = [result for result in self.open if key in result.missing]
        count, part = len(waiting), _part_of(key, self.asker.book)
        for value in trial_values(key, self.asker.book):
            if not waiting:
                break
            trial = self._with(key, value)
            if trial is not None:
                waiting = [result for result in waiting if not determined(result, trial, part)]
        return count - len(waiting)

    def _with(self, key: str, value: Any) -> Asker | None:
        """The asker who also knows `key`; None where that would contradict what is certain."""
        asker = self.asker
        if key == "alert":
            return replace(asker, alert=value)
        if key in asker.book.facts:
            told = asker.facts.get(key)
            if asker.book.facts[key].get("multi"):
                value = sorted({*(told if isinstance(told, tuple) else ()), value})
            return replace(asker, facts={**asker.facts, key: value})
        said = {**asker.asserted, key: value}
        if not key.startswith("zone."):
            return replace(asker, asserted=said)
        assert asker.ground is not None
        try:
            places = asker.ground.told(key[5:], value, asker.places, asker.day)
        except BadAssertion:
            return None
        return replace(asker, asserted=said, places=places)

    def rank(self, key: str) -> tuple[Any, ...]:
        """Sort key: breaches last; then what settles most; then the vocabulary's order."""
        book = self.asker.book
        conduct = bool(book.facts.get(key, {}).get("conduct"))
        group = key.partition(".")[0]
        place = book.order.get(
            key, len(book.order) + (_GROUPS.index(group) if group in _GROUPS else 9)
        )
        return (conduct, -self.settles.get(key, 0), place, key)

    def sort(self, keys: Iterable[str]) -> list[str]:
        """`keys`, most useful first."""
        return sorted(keys, key=self.rank)

    def ask(self) -> list[dict[str, Any]]:
        """The questions of an answer, most useful first; never the position."""
        return [
            {
                "key": key,
                "values": permitted_values(key, self.asker.book),
                "settles": self.settles[key],
                **self._kind(key),
            }
            for key in self.sort(self.settles)
            if key != "position"
        ]

    def _kind(self, key: str) -> dict[str, Any]:
        spec = self.asker.book.facts.get(key)
        if spec is None:
            return {"type": "string"}
        return {name: spec[name] for name in ("type", "unit", "multi", "conduct") if name in spec}


def next_change(
    results: Iterable[Result], asker: Asker, sooner_than: str | None = None
) -> str | None:
    """The first later day on which a binding rule of `results` comes to something else.

    `results`: those of `asker`. None when nothing more is known to change, or not sooner than
    `sooner_than`. Assertions about days (season.*, force.*) hold for the day asked only and are
    left out.
    """
    before = {result.rule["id"]: result for result in results if result.binding}
    said = {
        key: value
        for key, value in asker.asserted.items()
        if not key.startswith(("season.", "force."))
    }
    # what was said of the day asked changes every rule it was said of
    waiting = list(before) if len(said) < len(asker.asserted) else []
    turning: dict[str, list[str]] = {}
    days: set[str] = set()
    register = asker.book.register
    for name, result in before.items():
        days |= register.own_days(result.rule)
        for day in register.days(result.rule):
            turning.setdefault(day, []).append(name)
    for day in sorted(day for day in turning if day > asker.day):
        waiting += turning[day]
        if day not in days:
            continue  # what a rule is lifted by may turn later than the rule itself
        if sooner_than is not None and day >= sooner_than:
            return None
        later = on_day(asker, day, said)
        for name in waiting:
            if _state(evaluate(before[name].rule, later)) != _state(before[name]):
                return day
        waiting = []
    return None


def _part_of(key: str, book: Book) -> str:
    """The part of a rule's conditions that a key bears on."""
    if key in book.facts:
        return "fact"
    prefix = key.partition(".")[0]
    return {"zone": "place", "season": "date", "force": "date", "alert": "alert"}.get(
        prefix, "fact"
    )


def _state(result: Result) -> tuple[str, bool]:
    return result.outcome, result.overdue
