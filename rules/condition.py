"""Conditions on facts: `when` (who is bound) and `keep` (whether the standard is met)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Callable

from .facts import NEVER, FactValue
from .logic import FALSE, TRUE, Truth, all_of, any_of, negate, of, unknown

if TYPE_CHECKING:
    from .model import Asker

Condition = Mapping[str, Any]
OPERATORS = ("eq", "ne", "lt", "le", "gt", "ge", "in", "between")

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "lt": lambda given, value: bool(given < value),
    "le": lambda given, value: bool(given <= value),
    "gt": lambda given, value: bool(given > value),
    "ge": lambda given, value: bool(given >= value),
    "eq": lambda given, value: bool(given == value),
    "between": lambda given, value: bool(value[0] <= given <= value[1]),
    "in": lambda given, value: given in value,
}


def truth(condition: Condition | None, asker: Asker) -> Truth:
    """The truth of `condition` for what the asker told; T for no condition at all."""
    if condition is None:
        return TRUE
    if "all" in condition:
        return all_of(truth(part, asker) for part in condition["all"])
    if "any" in condition:
        return any_of(truth(part, asker) for part in condition["any"])
    if "not" in condition:
        return negate(truth(condition["not"], asker))
    return leaf_truth(condition, asker)


def leaf_truth(leaf: Condition, asker: Asker) -> Truth:
    """The truth of one comparison or of a `rule.<id>` leaf."""
    if "rule" in leaf:
        key = f"rule.{leaf['rule']}"
        said = asker.asserted.get(key)
        return unknown(key) if said is None else of(said == "met")
    key = leaf["fact"]
    given = asker.facts.get(key)
    if given is None:
        return unknown(key)
    operator, value = operation(leaf)
    spec = asker.book.facts[key]
    return compare(given, operator, value, is_date=spec["type"] == "date", key=key)


def operation(leaf: Condition) -> tuple[str, Any]:
    """The operator of a comparison and the value it compares with."""
    return next((name, leaf[name]) for name in OPERATORS if name in leaf)


def compare(given: FactValue, operator: str, value: Any, *, is_date: bool, key: str) -> Truth:
    """Compare a known fact with a rule's value.

    `never` makes every comparison false; a multi fact compares by any member (and by
    members not yet told, if it is open); a date known only to
    the month or year decides only where all its days agree.
    """
    if given == NEVER and is_date:
        return FALSE
    if operator == "ne":
        return negate(compare(given, "eq", value, is_date=is_date, key=key))
    if isinstance(given, (list, tuple)):
        if any(_COMPARE[operator](member, value) for member in given):
            return TRUE
        return FALSE if isinstance(given, list) else unknown(key)
    if is_date and len(str(given)) < 10:
        return _compare_span(str(given), operator, value, key)
    return of(_COMPARE[operator](given, value))


def _compare_span(given: str, operator: str, value: Any, key: str) -> Truth:
    """A month or a year: T if every day agrees, F if none does."""
    whole_year = len(given) == 4
    first = f"{given}-01-01" if whole_year else f"{given}-01"
    days = 31 if whole_year else calendar.monthrange(int(given[:4]), int(given[5:]))[1]
    last = f"{given}-12-31" if whole_year else f"{given}-{days}"
    if operator in ("eq", "in"):
        named = [value] if operator == "eq" else value
        return unknown(key) if any(first <= day <= last for day in named) else FALSE
    if operator == "between":
        both = (
            _compare_span(given, "ge", value[0], key),
            _compare_span(given, "le", value[1], key),
        )
        return all_of(both)
    ends = {_COMPARE[operator](first, value), _COMPARE[operator](last, value)}
    return TRUE if ends == {True} else FALSE if ends == {False} else unknown(key)


def sufficient(condition: Condition | None, unknown_keys: frozenset[str]) -> Iterator[Condition]:
    """The leaves that would each alone make a condition true whose `unknown_keys` keep it open."""
    if condition is None:
        return
    if "any" in condition:
        for part in condition["any"]:
            yield from sufficient(part, unknown_keys)
    elif "all" in condition:
        waiting = [part for part in condition["all"] if not unknown_keys.isdisjoint(_keys(part))]
        if len(waiting) == 1:
            yield from sufficient(waiting[0], unknown_keys)
    elif "not" not in condition:
        yield condition


def _keys(condition: Condition) -> set[str]:
    return {leaf.get("fact") or f"rule.{leaf['rule']}" for leaf in leaves(condition)}


def leaves(condition: Condition | None) -> Iterator[Condition]:
    """Every comparison and leaf of a condition, in reading order."""
    if condition is None:
        return
    for name in ("all", "any"):
        if name in condition:
            for part in condition[name]:
                yield from leaves(part)
            return
    if "not" in condition:
        yield from leaves(condition["not"])
    else:
        yield condition
