"""What can be looked up in a rule book without any question: made when first needed, then kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import dates
from .condition import leaves, operation
from .place import zones_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .model import Book, Rule


class Register:
    """Rules by activity, places by document, compared values by fact, turning days by rule."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._source = _source(book)
        self._rules: dict[str, list[Rule]] = {}
        self._binding: dict[str, list[Rule]] = {}
        self._wheres: dict[str, list[Any]] | None = None
        self._compared: dict[str, list[Any]] | None = None
        self._days: dict[str, list[str]] = {}
        self._own_days: dict[str, set[str]] = {}
        self.trials: dict[str, list[Any]] = {}
        """For rules.questions: the values of a key that stand for all others."""

    def fits(self, book: Book) -> bool:
        """Whether it was made of what `book` holds now: a copy may have got other rules."""
        return all(one is other for one, other in zip(self._source, _source(book)))

    def rules(self, activity: str) -> list[Rule]:
        """The rules on the activity and on everything broader, in document order."""
        if activity not in self._rules:
            self._rules[activity] = self._on(activity, self._book.rules)
        return self._rules[activity]

    def binding(self, activity: str) -> list[Rule]:
        """Those of them that count in a verdict."""
        if activity not in self._binding:
            self._binding[activity] = self._on(activity, self._book.binding)
        return self._binding[activity]

    def _on(self, activity: str, rules: Iterable[Rule]) -> list[Rule]:
        chain = set(self._book.broader(activity))
        return [rule for rule in rules if not chain.isdisjoint(rule["activities"])]

    def wheres(self, document: str) -> list[Any]:
        """Every different `where` of the binding rules of a document."""
        if self._wheres is None:
            found: dict[str, dict[str, Any]] = {}
            for rule in self._book.binding:
                text = repr(rule["where"])
                found.setdefault(rule["document"], {}).setdefault(text, rule["where"])
            self._wheres = {name: list(wheres.values()) for name, wheres in found.items()}
        return self._wheres.get(document, [])

    def compared(self, fact: str) -> list[Any]:
        """Every value that some rule compares a fact with, in reading order."""
        if self._compared is None:
            self._compared = {}
            for rule in self._book.rules:
                for leaf in leaves(rule.get("when")):
                    if "fact" in leaf:
                        value = operation(leaf)[1]
                        values = value if isinstance(value, list) else [value]
                        self._compared.setdefault(leaf["fact"], []).extend(values)
        return self._compared.get(fact, [])

    def own_days(self, rule: Rule) -> set[str]:
        """First days on which the rule's own time, or that of what lifts it or of a zone that it
        names, may change."""
        if rule["id"] not in self._own_days:
            found = dates.turning_days(rule, self._book) | validity_days(rule, self._book)
            self._own_days[rule["id"]] = found
        return self._own_days[rule["id"]]

    def days(self, rule: Rule) -> list[str]:
        """First days on which the rule may come to something else, in order.

        Its own, those of the zones it names and of what lifts it and, for an exemption, of what it
        lifts.
        """
        if rule["id"] not in self._days:
            found: set[str] = set()
            self._turning(rule, found, set())
            self._days[rule["id"]] = sorted(found)
        return self._days[rule["id"]]

    def _turning(self, rule: Rule, found: set[str], seen: set[str]) -> None:
        if rule["id"] in seen:
            return
        seen.add(rule["id"])
        found |= self.own_days(rule)
        near = [self._book.by_id[name] for name in rule.get("unless", [])]
        if rule["kind"] == "exemption":
            near += self._book.lifted_by.get(rule["id"], [])
        for other in near:
            self._turning(other, found, seen)


def validity_days(rule: Rule, book: Book) -> set[str]:
    """First days on which a zone the rule names comes into being or has ended."""
    validities = [book.zones[zone].get("validity", {}) for zone in zones_of(rule.get("where", []))]
    return {day for validity in validities for day in dates.bound_days(validity)}


def _source(book: Book) -> tuple[Mapping[str, Any] | list[Rule], ...]:
    return (book.rules, book.binding, book.by_id, book.lifted_by, book.seasons)
