"""Some golden cases that stand for all: of each document, outcome and reason, evenly taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["sample"]

EACH = 40


def sample(cases: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """At most EACH cases of every document, outcome and failed condition, in their order."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    held = list(cases)
    for number, case in enumerate(held):
        expect = case["expect"]
        key = (case["document"], expect.get("outcome"), expect.get("failed"))
        groups.setdefault(key, []).append(number)
    kept = {
        numbers[at * len(numbers) // count]
        for numbers in groups.values()
        for count in [min(EACH, len(numbers))]
        for at in range(count)
    }
    return [held[number] for number in sorted(kept)]
