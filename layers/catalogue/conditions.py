"""Are the conditions of a rule well typed against the vocabulary?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .force import is_day

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

__all__ = ["condition_faults", "leaves", "value_fault"]

OPERATORS = ("eq", "ne", "lt", "le", "gt", "ge", "in", "between")
BY_TYPE = {
    "boolean": ("eq", "ne"),
    "string": ("eq", "ne", "in"),
    "integer": OPERATORS,
    "number": OPERATORS,
    "date": OPERATORS,
}
NEGATING = ("eq", "ne")  # "never" makes every comparison false: eq and ne would contradict it


def leaves(condition: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """(steps, leaf) for every fact and rule leaf inside a condition."""
    for key in ("all", "any"):
        for position, part in enumerate(condition.get(key, ())):
            yield from leaves(part, (*steps, key, position))
    if "not" in condition:
        yield from leaves(condition["not"], (*steps, "not"))
    if "fact" in condition or "rule" in condition:
        yield steps, condition


def condition_faults(
    condition: Mapping[str, Any],
    facts: Mapping[str, Any],
    rules: Container[str],
    sources: Container[str],
) -> Iterator[tuple[tuple[Any, ...], str, str | None]]:
    """(steps, problem, expected) for every leaf that the vocabulary does not allow.

    ``rules`` and ``sources`` are the ids that a leaf may name.
    """
    for steps, leaf in leaves(condition):
        if "rule" in leaf:
            if leaf["rule"] not in rules:
                yield (*steps, "rule"), f"rule {leaf['rule']} is not known", "the id of a rule"
            continue
        fact = facts.get(leaf["fact"])
        if fact is None:
            yield (*steps, "fact"), f"fact {leaf['fact']} is not known", near(leaf["fact"], facts)
            continue
        operator = next(key for key in leaf if key != "fact")
        yield from _leaf_faults(steps, leaf["fact"], fact, operator, leaf[operator], sources)


def _leaf_faults(
    steps: tuple[Any, ...],
    key: str,
    fact: Mapping[str, Any],
    operator: str,
    value: Any,
    sources: Container[str],
) -> Iterator[tuple[tuple[Any, ...], str, str | None]]:
    here = (*steps, operator)
    allowed = BY_TYPE[fact["type"]]
    if fact.get("never"):
        allowed = tuple(name for name in allowed if name not in NEGATING)
        if "not" in steps:
            yield here, f"{key} stands under not, but can be never", "lt, le, gt, ge without not"
    if operator not in allowed:
        kind = "a fact with never" if fact.get("never") else f"a {fact['type']}"
        yield here, f"{operator} does not fit {key}, {kind}", ", ".join(allowed)
        return
    values = value if operator in ("in", "between") else [value]
    for position, single in enumerate(values):
        problem = value_fault(key, fact, single, sources)
        if problem:
            place = (*here, position) if operator in ("in", "between") else here
            yield place, problem[0], problem[1]
            return
    if operator == "between" and values[0] > values[1]:
        yield here, f"between {values[0]} and {values[1]} holds nothing", "[lowest, highest]"


def value_fault(
    key: str, fact: Mapping[str, Any], value: Any, sources: Container[str] | None = None
) -> tuple[str, str] | None:
    """(problem, expected) when ``value`` is no value of the fact ``key``, else None."""
    kind = fact["type"]
    if kind == "boolean" and not isinstance(value, bool):
        return f"{key} is true or false, not {value!r}", "true or false"
    if kind in ("integer", "number"):
        numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not numeric or (kind == "integer" and not isinstance(value, int)):
            whole = "a whole number" if kind == "integer" else "a number"
            return f"{key} is {whole}, not {value!r}", whole
    if kind == "date" and not is_day(value):
        return f"{key} is a day, not {value!r}", "YYYY-MM-DD"
    if kind == "string" and not isinstance(value, str):
        return f"{key} is text, not {value!r}", "text"
    if "values" in fact and value not in fact["values"]:
        return f"{key} knows no value {value!r}", ", ".join(map(str, fact["values"]))
    if key == "source.id" and sources is not None and value != "other" and value not in sources:
        return f"source {value} is not known", "the id of a source, or other"
    return None


def near(word: str, known: Any) -> str | None:
    """The nearest known word, to stand after "expected"."""
    from difflib import get_close_matches

    matches = get_close_matches(word, list(known), 1)
    return matches[0] if matches else None
