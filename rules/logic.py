"""Kleene's three-valued logic, read from tables.json, which Python and JavaScript share."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

T, U, F = "T", "U", "F"


@cache
def tables() -> dict[str, Any]:
    """The tables shared with the JavaScript twin: truth, outcome, strength, units and texts."""
    with (Path(__file__).parent / "tables.json").open(encoding="utf-8") as file:
        data: dict[str, Any] = json.load(file)
    return data


class Truth(NamedTuple):
    """A truth value and, while it is U, the keys that could still decide it (in reading order)."""

    value: str
    keys: tuple[str, ...] = ()


TRUE = Truth(T)
FALSE = Truth(F)


def unknown(*keys: str) -> Truth:
    """An undecided truth that hangs on `keys`."""
    return Truth(U, keys)


def of(value: bool) -> Truth:
    """A decided truth."""
    return TRUE if value else FALSE


def _fold(parts: Iterable[Truth], none: Truth, decided: Truth) -> Truth:
    """What the tables of tables.json come to: a part like `none` changes nothing, and one like
    `decided` decides the whole, however undecided the others are."""
    keys: dict[str, None] | None = None
    for value, names in parts:
        if value == decided[0]:
            return decided
        if value == U:
            keys = keys or {}
            keys.update(dict.fromkeys(names))
    return none if keys is None else Truth(U, tuple(keys))


def all_of(parts: Iterable[Truth]) -> Truth:
    """Kleene conjunction; T for no parts."""
    return _fold(parts, TRUE, FALSE)


def any_of(parts: Iterable[Truth]) -> Truth:
    """Kleene disjunction; F for no parts."""
    return _fold(parts, FALSE, TRUE)


def negate(part: Truth) -> Truth:
    """Kleene negation; what decides a thing decides its opposite."""
    return Truth(tables()["not"][part.value], part.keys)
