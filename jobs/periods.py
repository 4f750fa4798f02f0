"""The rules in time, zone by zone: what binds in each drawn zone from one turning day to the next.

For a map that plays through the years. A rule belongs to the drawn zones it names; one that names
a zone nobody has drawn belongs to the drawn zone that lies around it, and holds in a part of it
that no map shows. Conditions, facts and exemptions are left to the answer for one point: here a
rule counts as soon as its time has come. Standard library only.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from ..rules.dates import alert_truth, bound_days, date_truth, turning_days
from ..rules.logic import all_of
from ..rules.model import Asker, effect_of, operator_of
from ..rules.place import places, zones_of
from .exchange.tables import shapes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..rules.model import Book, Place, Rule

STRENGTH = ("prohibited", "restricted", "required")
UNKNOWN = "cannot_determine"
WHOLE, PART = "whole", "part"
Reach = dict[str, str]
"""Drawn zone -> whole (all of it, or all objects of a kind in it) or part (an undrawn part)."""


class Period(NamedTuple):
    """Days on which nothing changes in a zone; `until` is inclusive, None for ever.

    `bound`: ids of rules in force by their effect, in order of strength. `part`: ids of those in
    force in an undrawn part only. `unsure`: ids of those of which it is not known that day, because
    a bound is not printed or because only some alerts call for them.
    """

    zone: str
    since: str
    until: str | None
    bound: Mapping[str, list[str]]
    part: list[str]
    unsure: list[str]

    @property
    def effect(self) -> str:
        """The strongest effect that is certain, else cannot_determine."""
        return next((name for name in STRENGTH if self.bound[name]), UNKNOWN)


def periods(catalogue: Mapping[str, Any], book: Book) -> list[Period]:
    """The periods of every drawn zone in which any rule on operators binds or may bind."""
    drawn = {name for name, zone in book.zones.items() if shapes_of(catalogue, zone)}
    here: dict[str, list[tuple[Rule, str]]] = {name: [] for name in book.zones if name in drawn}
    for rule in book.binding:
        for zone, share in reach(rule.get("where"), book, drawn).items():
            here[zone].append((rule, share))
    calendar = _Calendar(book)
    return [period for zone, rules in here.items() for period in _of_zone(zone, rules, calendar)]


def reach(where: Any, book: Book, drawn: set[str]) -> Reach:
    """The drawn zones in which a `where` may hold. Zones named together keep the inner ones."""
    if where is None:
        return {}
    if isinstance(where, str):
        return _of_name(where, book, drawn)
    if "not" in where:
        # elsewhere within what the excluded zones lie in
        around = [book.zones[name].get("within") for name in zones_of(where)]
        return _parts(_joined(_of_name(name, book, drawn) for name in around if name))
    if "all" not in where:
        return _joined(reach(part, book, drawn) for part in where["any"])
    parts = [reach(part, book, drawn) for part in where["all"]]
    named = _joined(parts)
    outer = {name for zone in named for name in _around(zone, book)}
    whole = all(set(part.values()) == {WHOLE} for part in parts)
    inner = [zone for zone in named if zone not in outer]
    # two that lie apart meet in a part of each, if at all
    for zone in inner:
        held = {zone, *_around(zone, book)}
        whole = whole and all(held & set(part) for part in parts)
    return {zone: WHOLE if whole else PART for zone in inner}


def _of_name(name: str, book: Book, drawn: set[str]) -> Reach:
    if name in drawn:
        return {name: WHOLE}
    zone = book.zones[name]
    around: Reach = _of_name(zone["within"], book, drawn) if "within" in zone else {}
    if zone["basis"] == "object":
        return around
    if zone["basis"] == "derived":
        operator, members = operator_of(zone)
        if operator == "union":
            return _joined(_of_name(member, book, drawn) for member in members)
        return _parts(around or _of_name(members[0], book, drawn))
    return _parts(around)


def _joined(reaches: Iterable[Reach]) -> Reach:
    joined: Reach = {}
    for found in reaches:
        for zone, share in found.items():
            joined[zone] = WHOLE if WHOLE in (share, joined.get(zone)) else PART
    return joined


def _parts(found: Reach) -> Reach:
    return dict.fromkeys(found, PART)


def _around(zone: str, book: Book) -> list[str]:
    """The zones it lies in, nearest first."""
    names: list[str] = []
    while (zone := book.zones[zone].get("within", "")) and zone not in names:
        names.append(zone)
    return names


class _Calendar:
    """Whether a rule is in force on a day; remembers the places of days on which zones change."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._places: dict[str, Mapping[str, Place]] = {}

    def turning(self, rule: Rule) -> set[str]:
        """First days on which the rule, or a zone it names, begins or ends."""
        days = turning_days({**rule, "unless": []}, self.book)
        return days.union(*(bound_days(zone["validity"]) for zone in self._dated(rule)))

    def state(self, rule: Rule, day: str) -> str:
        """T, F or U."""
        asker = Asker(self.book, day, {})
        truths = [date_truth(rule, asker), alert_truth(rule, asker)]
        if self._dated(rule):
            if day not in self._places:
                self._places[day] = places(self.book.zones, {}, {}, day, self.book.kin)
            truths += [self._places[day][zone["id"]].validity for zone in self._dated(rule)]
        return all_of(truths).value

    def effect(self, rule: Rule, day: str) -> str:
        """What the rule comes to: a ban that leaves time until a day is a duty till then."""
        found = str(effect_of(rule))
        return "required" if day <= rule["force"].get("deadline", "") else found

    def _dated(self, rule: Rule) -> list[Mapping[str, Any]]:
        named = (self.book.zones[name] for name in zones_of(rule.get("where", [])))
        return [zone for zone in named if "validity" in zone]


def _of_zone(zone: str, rules: list[tuple[Rule, str]], calendar: _Calendar) -> Iterator[Period]:
    days = sorted({day for rule, _ in rules for day in calendar.turning(rule)})
    found: list[Period] = []
    for since in days:
        bound: dict[str, list[str]] = {name: [] for name in STRENGTH}
        part, unsure = [], []
        for rule, share in rules:
            state = calendar.state(rule, since)
            if state == "U":
                unsure.append(rule["id"])
            elif state == "T" and share == PART:
                part.append(rule["id"])
            elif state == "T":
                bound[calendar.effect(rule, since)].append(rule["id"])
        if found:
            same = found[-1][3:] == (bound, part, unsure)
            if same:
                continue
            found[-1] = found[-1]._replace(until=_day_before(since))
        found.append(Period(zone, since, None, bound, part, unsure))
    for period in found:
        if period.part or period.unsure or any(period.bound.values()):
            yield period


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


__all__ = ["PART", "STRENGTH", "UNKNOWN", "WHOLE", "Period", "periods", "reach"]
