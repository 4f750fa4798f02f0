"""What of a row can make a difference to its answer, as small numbers.

Two rows whose numbers agree get the same answer, however their dates and figures differ: a day
counts only by the stretch between two turning days of the catalogue it lies in, a figure only by
the comparisons it passes.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from ...rules import condition, dates
from ...rules.logic import tables
from ...rules.messages import Line, in_language
from ..answer import ALERTS, BadInput, iso_day, read_facts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from ...rules.model import Book, Rule

ABSENT = -1  # the number of a cell that says nothing, or nothing that matters
SEEN = 100_000  # distinct cells of a column that are remembered


class Numbers:
    """Numbers from 0 on for things in the order in which they are first met."""

    def __init__(self) -> None:
        self._of: dict[Any, int] = {}
        self._things: list[Any] = []

    def __call__(self, thing: Hashable) -> int:
        if thing not in self._of:
            self._of[thing] = len(self._things)
            self._things.append(thing)
        return self._of[thing]

    def thing(self, number: int) -> Any:
        """Return what has the number."""
        return self._things[number]


class Days:
    """The stretch of days in which nothing changes that matters to the activities asked."""

    def __init__(self, book: Book, asked: Iterable[str]) -> None:
        self._turns = sorted(set(_turning_days(book, asked)))

    def number(self, day: str) -> int:
        """Return the stretch that a day, YYYY-MM-DD, lies in."""
        return bisect_right(self._turns, day)


def relevant(book: Book, asked: Iterable[str]) -> list[Rule]:
    """The rules that an answer about these activities can depend on; all where none is asked.

    Those of the activities and of all broader ones, and whatever lifts, is lifted by or conflicts
    with one of them, however far that goes.
    """
    chains = {name for activity in asked for name in book.broader(activity)}
    if not chains:
        return book.rules
    found: dict[str, Rule] = {}
    waiting = [rule for rule in book.rules if not chains.isdisjoint(rule["activities"])]
    while waiting:
        rule = waiting.pop()
        if rule["id"] in found:
            continue
        found[rule["id"]] = rule
        conflicts = (conflict["with"] for conflict in rule.get("conflicts", []))
        waiting += [book.by_id[name] for name in (*rule.get("unless", []), *conflicts)]
        waiting += book.lifted_by.get(rule["id"], [])
    return list(found.values())


def _turning_days(book: Book, asked: Iterable[str]) -> Iterator[str]:
    for rule in relevant(book, asked):
        yield from dates.turning_days(rule, book)
    for zone in book.zones.values():
        yield from dates.bound_days(zone.get("validity", {}))
    for document in book.documents.values():
        covers = document["covers"]
        yield covers["from"]
        yield document["start_latest"]  # until then an assertion about its start is possible
        yield _after(document["start_latest"])
        yield _after(covers["until"])


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


class Facts:
    """The cells of one fact, or of one assertion such as zone.<id>: what each of them comes to.

    `asked`: the activities asked about, with whose implied facts a cell may disagree.
    """

    def __init__(self, key: str, book: Book, asked: Iterable[str]) -> None:
        self.key, self._book = key, book
        self._tests = list(_tests(key, book, asked))
        self._number = Numbers()
        self._seen: dict[str, tuple[int, Line | None]] = {}

    def read(self, cell: str) -> tuple[int, Line | None]:
        """Return (number, fault) of a cell: ABSENT where it is empty, or cannot be read, or makes
        no difference to the activities asked."""
        if cell not in self._seen:
            if len(self._seen) >= SEEN:
                self._seen.clear()  # figures that are never the same twice must not fill the memory
            self._seen[cell] = self._read(cell)
        return self._seen[cell]

    def _read(self, cell: str) -> tuple[int, Line | None]:
        if not cell.strip():
            return ABSENT, None
        try:
            typed, asserted = read_facts({self.key: cell}, self._book)
        except BadInput as error:
            return ABSENT, Line(*(_plain(in_language(error, lang)) for lang in ("en", "zh")))
        if self.key in asserted:
            return self._number(asserted[self.key]), None
        if self.key not in typed or not self._tests:
            return ABSENT, None
        is_date = self._book.facts[self.key]["type"] == "date"
        passed = tuple(
            condition.compare(typed[self.key], operator, value, is_date=is_date, key=self.key).value
            for operator, value in self._tests
        )
        return self._number(passed), None


def _tests(key: str, book: Book, asked: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Every comparison with the fact that an answer about these activities can depend on."""
    for rule in relevant(book, asked):
        for part in (rule.get("when"), rule.get("keep")):
            for leaf in condition.leaves(part):
                if leaf.get("fact") == key:
                    yield condition.operation(leaf)
    for activity in asked:
        implied = book.activities[activity].get("implies", {})
        if key in implied:
            yield "eq", implied[key]


def _plain(line: str) -> str:
    """The line of an error without the option of the command line it begins with."""
    return line.removeprefix("--fact ")


def day_of_cell(cell: str) -> str:
    """Return a day written 2017-11-20, 2017/11/20, 2017.11.20, 20171120 or 2017年11月20日.

    A time of day behind it does not matter. Raises BadInput: a month alone is no day.
    """
    text = unicodedata.normalize("NFKC", cell).strip().split("T")[0].split(" ")[0]
    for sign in "/.年月":
        text = text.replace(sign, "-")
    text = text.rstrip("日-")
    if text.isdigit() and len(text) == 8:
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    parts = text.split("-")
    try:
        if len(parts) == 3 and all(part.isdigit() for part in parts):
            return iso_day(f"{parts[0]}-{int(parts[1]):02d}-{int(parts[2]):02d}")
    except ValueError:
        pass
    raise BadInput(Line(f"date {cell}: expected YYYY-MM-DD", f"日期 {cell}：应为 年-月-日"))


@cache
def _alert_labels() -> dict[str, str]:
    """Every spelling of an alert level, folded, to its id."""
    labels: dict[str, str] = {}
    for level, text in tables()["labels"]["alert"].items():
        bare = text["zh"].removesuffix("预警")
        for word in (level, *text.values(), bare, f"{bare}预警", bare.removesuffix("色")):
            labels[word.casefold()] = level
    return labels


def alert_of_cell(cell: str) -> str:
    """Return the alert level in a cell, given by its id or a label. Raises BadInput."""
    word = cell.strip().casefold()
    level = _alert_labels().get(word, word)
    if level in ALERTS:
        return level
    allowed = ", ".join(ALERTS)
    raise BadInput(
        Line(f"alert {cell}: expected one of {allowed}", f"预警 {cell}：应为下列之一：{allowed}")
    )
