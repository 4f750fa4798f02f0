"""Kleene's tables in full, and which keys an undecided whole still hangs on."""

from __future__ import annotations

import itertools

import pytest

from zonerules.rules.logic import (
    FALSE,
    TRUE,
    Truth,
    all_of,
    any_of,
    negate,
    of,
    tables,
    unknown,
)

# Kleene's strong logic is min, max and 1 - x on F = 0, U = 1/2, T = 1; here 0, 1, 2.
RANK = {"F": 0, "U": 1, "T": 2}
NAME = {0: "F", 1: "U", 2: "T"}
PAIRS = list(itertools.product("TUF", repeat=2))

# design, "Rules and exemptions": (the rule's own conditions, its exemption) -> outcome
OUTCOMES = {
    ("T", "F"): "applies",
    ("T", "T"): "exempt",
    ("T", "U"): "cannot_determine",
    ("F", "T"): "not_concerned",
    ("F", "U"): "not_concerned",
    ("F", "F"): "not_concerned",
    ("U", "T"): "exempt",
    ("U", "F"): "cannot_determine",
    ("U", "U"): "cannot_determine",
}


def truth(value: str, key: str) -> Truth:
    return unknown(key) if value == "U" else Truth(value)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_and_is_the_lesser(one: str, other: str) -> None:
    expected = NAME[min(RANK[one], RANK[other])]
    assert tables()["and"][one][other] == expected
    assert all_of([truth(one, "a"), truth(other, "b")]).value == expected


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_or_is_the_greater(one: str, other: str) -> None:
    expected = NAME[max(RANK[one], RANK[other])]
    assert tables()["or"][one][other] == expected
    assert any_of([truth(one, "a"), truth(other, "b")]).value == expected


@pytest.mark.parametrize("value", "TUF")
def test_not_turns_around(value: str) -> None:
    expected = NAME[2 - RANK[value]]
    assert tables()["not"][value] == expected
    assert negate(truth(value, "a")).value == expected


@pytest.mark.parametrize(("own", "lifted"), PAIRS)
def test_outcome_of_every_cell(own: str, lifted: str) -> None:
    assert tables()["outcome"][own][lifted] == OUTCOMES[own, lifted]


def test_tables_have_nothing_else() -> None:
    for name in ("and", "or", "outcome"):
        table = tables()[name]
        assert {(row, column) for row in table for column in table[row]} == set(PAIRS)
    assert set(tables()["not"]) == {"T", "U", "F"}


def test_strength_order() -> None:
    # design, "Verdict": prohibited > restricted > required > exempt > not_concerned
    weakest_first = ["not_concerned", "exempt", "required", "restricted", "prohibited"]
    assert tables()["strength"] == weakest_first


def test_nothing_to_fold() -> None:
    assert all_of([]) == TRUE
    assert any_of([]) == FALSE


@pytest.mark.parametrize("values", list(itertools.product("TUF", repeat=3)))
def test_folds_of_three(values: tuple[str, str, str]) -> None:
    parts = [truth(value, key) for value, key in zip(values, "abc")]
    open_keys = tuple(key for value, key in zip(values, "abc") if value == "U")
    least, most = min(RANK[v] for v in values), max(RANK[v] for v in values)
    assert all_of(parts) == Truth(NAME[least], open_keys if least == 1 else ())
    assert any_of(parts) == Truth(NAME[most], open_keys if most == 1 else ())


def test_keys_come_only_from_undecided_parts() -> None:
    stale = Truth("T", ("stale",))
    assert all_of([stale, unknown("a")]) == unknown("a")
    assert any_of([Truth("F", ("stale",)), unknown("a")]) == unknown("a")


def test_a_decided_whole_needs_no_key() -> None:
    assert all_of([unknown("a"), FALSE]) == FALSE
    assert any_of([unknown("a"), TRUE]) == TRUE
    assert all_of([unknown("a"), FALSE, unknown("b")]).keys == ()


def test_keys_keep_their_order_and_come_once() -> None:
    parts = [unknown("b", "a"), TRUE, unknown("a", "c"), unknown("b")]
    assert all_of(parts).keys == ("b", "a", "c")


def test_not_keeps_the_keys() -> None:
    assert negate(unknown("a", "b")) == unknown("a", "b")
    assert negate(negate(unknown("a"))) == unknown("a")


def test_de_morgan() -> None:
    for values in itertools.product("TUF", repeat=3):
        parts = [truth(value, key) for value, key in zip(values, "abc")]
        assert negate(all_of(parts)) == any_of([negate(part) for part in parts])


def test_a_generator_is_folded_too() -> None:
    assert all_of(unknown(key) for key in "ab") == unknown("a", "b")


def test_of() -> None:
    assert (of(True), of(False)) == (TRUE, FALSE)
