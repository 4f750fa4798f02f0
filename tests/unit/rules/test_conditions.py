"""Conditions: each operator at, below and above its threshold, and what is not known exactly."""

from __future__ import annotations

from typing import Any

import pytest

from zonerules.rules.condition import leaves, truth
from zonerules.rules.logic import FALSE, TRUE, unknown

STAGE, CAPACITY, MADE = "machine.stage", "boiler.capacity_tph", "machine.made"

# operator -> holds below, at and above the threshold
SIDES = {
    "eq": (False, True, False),
    "ne": (True, False, True),
    "lt": (True, False, False),
    "le": (True, True, False),
    "gt": (False, False, True),
    "ge": (False, True, True),
}


@pytest.fixture(scope="module")
def check(rules_book: Any) -> Any:
    """check(condition, facts, asserted): its truth for somebody who tells just that."""
    of = rules_book.book([rules_book.rule("R")])

    def run(condition: Any, facts: Any = None, **asserted: Any) -> Any:
        return truth(condition, rules_book.asker(of, facts=facts or {}, **asserted))

    return run


def leaf(key: str, operator: str, value: Any) -> dict[str, Any]:
    return {"fact": key, operator: value}


def test_no_condition_binds_everybody(check: Any) -> None:
    assert check(None) == TRUE


# thresholds


@pytest.mark.parametrize("operator", list(SIDES))
@pytest.mark.parametrize(
    ("key", "threshold", "below", "above"),
    [
        (STAGE, 3, 2, 4),
        (CAPACITY, 10, 9.999999999, 10.000000001),
        (CAPACITY, 0.5, 0.499, 0.501),
        ("weather.temperature_c", 0, -0.1, 0.1),
        (MADE, "2009-10-01", "2009-09-30", "2009-10-02"),
        ("plant.clean_from", "2018-10-31", "2018-10-30", "2018-11-01"),
    ],
)
def test_threshold(
    check: Any, operator: str, key: str, threshold: Any, below: Any, above: Any
) -> None:
    condition = leaf(key, operator, threshold)
    got = tuple(check(condition, {key: given}) for given in (below, threshold, above))
    assert got == tuple(TRUE if holds else FALSE for holds in SIDES[operator])


def test_a_whole_figure_meets_a_whole_threshold(check: Any) -> None:
    """Facts come as 10.0, rules say 10."""
    assert check(leaf(CAPACITY, "eq", 10), {CAPACITY: 10.0}) == TRUE
    assert check(leaf(CAPACITY, "in", [10, 20]), {CAPACITY: 20.0}) == TRUE


@pytest.mark.parametrize("operator", [*SIDES, "in", "between"])
@pytest.mark.parametrize("key", [STAGE, CAPACITY, MADE])
def test_a_missing_fact_is_never_no(check: Any, key: str, operator: str) -> None:
    value = [0, 1] if operator in ("in", "between") else 1
    assert check(leaf(key, operator, value)) == unknown(key)
    assert check({"not": leaf(key, operator, value)}) == unknown(key)


@pytest.mark.parametrize(
    ("key", "bounds", "given", "expected"),
    [
        *((STAGE, [1, 3], given, TRUE if 1 <= given <= 3 else FALSE) for given in range(5)),
        (CAPACITY, [10, 20], 9.99, FALSE),
        (CAPACITY, [10, 20], 10.0, TRUE),
        (CAPACITY, [10, 20], 20.0, TRUE),
        (CAPACITY, [10, 20], 20.01, FALSE),
        (MADE, ["2009-01-01", "2009-12-31"], "2008-12-31", FALSE),
        (MADE, ["2009-01-01", "2009-12-31"], "2009-01-01", TRUE),
        (MADE, ["2009-01-01", "2009-12-31"], "2009-12-31", TRUE),
        (MADE, ["2009-01-01", "2009-12-31"], "2010-01-01", FALSE),
    ],
)
def test_between_is_inclusive(check: Any, key: str, bounds: Any, given: Any, expected: Any) -> None:
    assert check(leaf(key, "between", bounds), {key: given}) == expected


@pytest.mark.parametrize(
    ("key", "values", "given", "expected"),
    [
        ("boiler.fuel", ["coal", "oil"], "oil", TRUE),
        ("boiler.fuel", ["coal", "oil"], "gas", FALSE),
        (STAGE, [0, 1], 1, TRUE),
        (STAGE, [0, 1], 2, FALSE),
        (MADE, ["2009-10-01", "2010-10-01"], "2010-10-01", TRUE),
        (MADE, ["2009-10-01", "2010-10-01"], "2010-10-02", FALSE),
    ],
)
def test_in(check: Any, key: str, values: Any, given: Any, expected: Any) -> None:
    assert check(leaf(key, "in", values), {key: given}) == expected


@pytest.mark.parametrize("given", [True, False])
@pytest.mark.parametrize("wanted", [True, False])
def test_boolean(check: Any, given: bool, wanted: bool) -> None:
    found = check(leaf("boiler.listed", "eq", wanted), {"boiler.listed": given})
    assert found == (TRUE if given == wanted else FALSE)


def test_zero_is_known(check: Any) -> None:
    assert check(leaf(STAGE, "le", 0), {STAGE: 0}) == TRUE
    assert check(leaf(CAPACITY, "gt", 0), {CAPACITY: 0.0}) == FALSE


# several members


@pytest.mark.parametrize(
    ("operator", "value", "given", "expected"),
    [
        ("eq", "shop", ["household", "shop"], TRUE),
        ("eq", "farm", ["household", "shop"], FALSE),
        ("in", ["farm", "shop"], ["household", "shop"], TRUE),
        ("in", ["farm", "industry"], ["household", "shop"], FALSE),
        ("ne", "shop", ["household", "shop"], FALSE),  # ne is not eq
        ("ne", "farm", ["household", "shop"], TRUE),
        ("ne", "shop", ["shop"], FALSE),
    ],
)
def test_multi(check: Any, operator: str, value: Any, given: Any, expected: Any) -> None:
    assert check(leaf("user.kind", operator, value), {"user.kind": given}) == expected


def test_multi_not(check: Any) -> None:
    condition = {"not": leaf("user.kind", "in", ["household", "farm"])}
    assert check(condition, {"user.kind": ["household", "shop"]}) == FALSE
    assert check(condition, {"user.kind": ["shop"]}) == TRUE


# never


@pytest.mark.parametrize("operator", ["eq", "lt", "le", "gt", "ge", "in", "between"])
def test_never_fails_every_comparison(check: Any, operator: str) -> None:
    day = "2018-10-31"
    value = {"in": [day], "between": [day, "9999-12-31"]}.get(operator, day)
    key = "plant.clean_from"
    assert check(leaf(key, operator, value), {key: "never"}) == FALSE


# days known to the month or the year only


@pytest.mark.parametrize(
    ("given", "operator", "value", "expected"),
    [
        # the month before, of and after the threshold
        ("2009-09", "lt", "2009-10-15", "T"),
        ("2009-10", "lt", "2009-10-15", "U"),
        ("2009-11", "lt", "2009-10-15", "F"),
        ("2009-09", "ge", "2009-10-15", "F"),
        ("2009-10", "ge", "2009-10-15", "U"),
        ("2009-11", "ge", "2009-10-15", "T"),
        # thresholds on the first and the last day of the month
        ("2009-10", "lt", "2009-10-01", "F"),
        ("2009-10", "le", "2009-10-01", "U"),
        ("2009-10", "ge", "2009-10-01", "T"),
        ("2009-10", "gt", "2009-10-01", "U"),
        ("2009-10", "le", "2009-10-31", "T"),
        ("2009-10", "lt", "2009-10-31", "U"),
        ("2009-10", "gt", "2009-10-31", "F"),
        ("2009-09", "le", "2009-09-30", "T"),
        ("2009-09", "lt", "2009-09-30", "U"),
        ("2009-09", "gt", "2009-09-30", "F"),
        ("2009-09", "ge", "2009-09-30", "U"),
        ("2009-02", "le", "2009-02-28", "T"),
        ("2008-02", "le", "2008-02-28", "U"),
        ("2008-02", "le", "2008-02-29", "T"),
        ("2009-02", "gt", "2009-02-28", "F"),
        # years
        ("2009", "lt", "2009-10-01", "U"),
        ("2008", "lt", "2009-10-01", "T"),
        ("2010", "lt", "2009-10-01", "F"),
        ("2009", "le", "2009-12-31", "T"),
        ("2009", "lt", "2009-12-31", "U"),
        ("2009", "ge", "2009-01-01", "T"),
        ("2009", "gt", "2009-01-01", "U"),
        # equality can at most be possible
        ("2009-10", "eq", "2009-10-15", "U"),
        ("2009-10", "eq", "2009-11-15", "F"),
        ("2009-10", "ne", "2009-10-15", "U"),
        ("2009-10", "ne", "2009-11-15", "T"),
        ("2009-10", "in", ["2008-01-01", "2009-10-31"], "U"),
        ("2009-10", "in", ["2008-01-01", "2009-09-30"], "F"),
        ("2009", "eq", "2009-06-01", "U"),
        # between
        ("2009", "between", ["2009-01-01", "2009-12-31"], "T"),
        ("2009", "between", ["2009-03-01", "2009-06-30"], "U"),
        ("2009", "between", ["2008-03-01", "2009-06-30"], "U"),
        ("2009", "between", ["2010-01-01", "2010-12-31"], "F"),
        ("2009-10", "between", ["2009-10-01", "2009-10-31"], "T"),
        ("2009-10", "between", ["2009-10-02", "2009-10-31"], "U"),
        ("2009-09", "between", ["2009-09-01", "2009-09-30"], "T"),
    ],
)
def test_partial_dates(check: Any, given: str, operator: str, value: Any, expected: str) -> None:
    found = check(leaf(MADE, operator, value), {MADE: given})
    assert found.value == expected
    assert found.keys == ((MADE,) if expected == "U" else ())


# joining


def test_all_any_not(check: Any) -> None:
    coal, small = leaf("boiler.fuel", "eq", "coal"), leaf(CAPACITY, "le", 10)
    both, either = {"all": [coal, small]}, {"any": [coal, small]}
    assert check(both) == unknown("boiler.fuel", CAPACITY)
    assert check(both, {"boiler.fuel": "coal"}) == unknown(CAPACITY)
    assert check(both, {"boiler.fuel": "gas"}) == FALSE
    assert check(both, {"boiler.fuel": "coal", CAPACITY: 10.0}) == TRUE
    assert check(either, {"boiler.fuel": "coal"}) == TRUE
    assert check(either, {"boiler.fuel": "gas"}) == unknown(CAPACITY)
    assert check(either, {"boiler.fuel": "gas", CAPACITY: 11.0}) == FALSE
    assert check({"not": both}, {"boiler.fuel": "gas"}) == TRUE
    assert check({"not": either}, {"boiler.fuel": "gas"}) == unknown(CAPACITY)


def test_nesting(check: Any) -> None:
    condition = {
        "all": [
            {"not": {"any": [leaf(STAGE, "ge", 3), leaf(MADE, "ge", "2016-01-01")]}},
            {"any": [leaf("boiler.listed", "eq", True), {"rule": "R"}]},
        ]
    }
    assert check(condition) == unknown(STAGE, MADE, "boiler.listed", "rule.R")
    assert check(condition, {STAGE: 3}) == FALSE
    assert check(condition, {STAGE: 2, MADE: "2015"}) == unknown("boiler.listed", "rule.R")
    told = {STAGE: 2, MADE: "2015", "boiler.listed": False}
    assert check(condition, told) == unknown("rule.R")
    assert check(condition, told, asserted={"rule.R": "met"}) == TRUE


@pytest.mark.parametrize(
    ("asserted", "expected"),
    [({}, unknown("rule.R")), ({"rule.R": "met"}, TRUE), ({"rule.R": "unmet"}, FALSE)],
)
def test_a_condition_that_cannot_be_typed(check: Any, asserted: Any, expected: Any) -> None:
    assert check({"rule": "R"}, asserted=asserted) == expected


def test_leaves_in_reading_order() -> None:
    a, b, c = leaf(STAGE, "le", 1), {"rule": "R"}, leaf(CAPACITY, "le", 10)
    condition = {"any": [{"not": a}, {"all": [b, {"not": {"any": [c]}}]}]}
    assert list(leaves(condition)) == [a, b, c]
    assert list(leaves(None)) == []


# a rule's own row


@pytest.mark.parametrize(
    ("facts", "outcome", "failed", "missing"),
    [
        ({}, "cannot_determine", None, ("boiler.fuel",)),
        ({"boiler.fuel": "coal"}, "applies", None, ()),
        ({"boiler.fuel": "gas"}, "not_concerned", "fact", ()),
    ],
)
def test_when_decides_who_is_bound(
    rules_book: Any, facts: Any, outcome: str, failed: str | None, missing: Any
) -> None:
    ban = rules_book.rule("R", when=leaf("boiler.fuel", "eq", "coal"))
    found = rules_book.result([ban], facts=facts)
    assert (found.outcome, found.failed, found.missing) == (outcome, failed, missing)


def test_place_and_date_still_decide_a_leaf_rule(rules_book: Any) -> None:
    row = rules_book.rule("R", when={"rule": "R"}, force=rules_book.unprinted())
    away = rules_book.result([row], located={"town": "outside"}, asserted={"rule.R": "met"})
    assert (away.outcome, away.failed) == ("not_concerned", "place")
    early = rules_book.result([row], day="2019-06-01", asserted={"rule.R": "met"})
    assert (early.outcome, early.failed) == ("not_concerned", "date")
    assert rules_book.result([row], asserted={"rule.R": "met"}).outcome == "applies"
    assert rules_book.result([row]).missing == ("rule.R",)


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        ({}, "unknown"),
        ({"operator.licensed": True}, "yes"),
        ({"operator.licensed": False}, "no"),
    ],
)
def test_keep_never_changes_the_outcome(rules_book: Any, facts: Any, kept: str) -> None:
    duty = rules_book.rule("R", "obligation", keep=leaf("operator.licensed", "eq", True))
    found = rules_book.result([duty], facts=facts)
    assert (found.outcome, found.kept, found.missing) == ("applies", kept, ())


def test_keep_is_not_asked_of_who_is_not_bound(rules_book: Any) -> None:
    duty = rules_book.rule(
        "R",
        "obligation",
        when=leaf("boiler.fuel", "eq", "coal"),
        keep=leaf("operator.licensed", "eq", True),
    )
    assert rules_book.result([duty], facts={"boiler.fuel": "gas"}).kept is None


# prohibition and exemption: the table of design §2


@pytest.mark.parametrize(
    ("own", "lifted", "outcome", "missing"),
    [
        ("T", "F", "applies", set()),
        ("T", "T", "exempt", set()),
        ("T", "U", "cannot_determine", {"boiler.listed"}),
        ("F", "T", "not_concerned", set()),
        ("F", "U", "not_concerned", set()),
        ("F", "F", "not_concerned", set()),
        ("U", "T", "exempt", set()),
        ("U", "F", "cannot_determine", {"boiler.fuel"}),
        ("U", "U", "cannot_determine", {"boiler.fuel", "boiler.listed"}),
    ],
)
def test_prohibition_and_exemption(
    rules_book: Any, own: str, lifted: str, outcome: str, missing: set[str]
) -> None:
    ban = rules_book.rule("R", when=leaf("boiler.fuel", "eq", "coal"), unless=["E"])
    freed = rules_book.exemption(when=leaf("boiler.listed", "eq", True))
    facts = {
        "boiler.fuel": {"T": "coal", "F": "gas"}.get(own),
        "boiler.listed": {"T": True, "F": False}.get(lifted),
    }
    told = {key: value for key, value in facts.items() if value is not None}
    found = rules_book.result([ban, freed], facts=told)
    assert found.outcome == outcome
    assert set(found.missing) == missing
    assert found.failed == ("fact" if own == "F" else None)


@pytest.mark.parametrize(
    ("listed", "licensed", "outcome", "missing"),
    [
        (True, False, "exempt", set()),
        (True, True, "applies", set()),  # the exemption is itself lifted
        (True, None, "cannot_determine", {"operator.licensed"}),
        (False, None, "applies", set()),
        (None, True, "applies", set()),
        (None, False, "cannot_determine", {"boiler.listed"}),
        (None, None, "cannot_determine", {"boiler.listed", "operator.licensed"}),
    ],
)
def test_an_exemption_to_an_exemption(
    rules_book: Any, listed: Any, licensed: Any, outcome: str, missing: set[str]
) -> None:
    ban = rules_book.rule("R", unless=["E"])
    freed = rules_book.exemption(when=leaf("boiler.listed", "eq", True), unless=["E2"])
    bound = rules_book.exemption("E2", when=leaf("operator.licensed", "eq", True))
    told = {"boiler.listed": listed, "operator.licensed": licensed}
    facts = {key: value for key, value in told.items() if value is not None}
    found = rules_book.result([ban, freed, bound], facts=facts)
    assert found.outcome == outcome
    assert set(found.missing) == missing


def test_any_of_several_exemptions(rules_book: Any) -> None:
    ban = rules_book.rule("R", unless=["E", "E2"])
    rows = [
        ban,
        rules_book.exemption(when=leaf("boiler.listed", "eq", True)),
        rules_book.exemption("E2", when=leaf("operator.licensed", "eq", True)),
    ]
    found = rules_book.result(rows, facts={"operator.licensed": True})
    assert (found.outcome, found.missing) == ("exempt", ())
    found = rules_book.result(rows, facts={"operator.licensed": False})
    assert (found.outcome, found.missing) == ("cannot_determine", ("boiler.listed",))


def test_an_exemption_holds_only_where_it_says(rules_book: Any) -> None:
    zones = [rules_book.zone("yard", within="town")]
    ban = rules_book.rule("R", unless=["E"])
    freed = rules_book.exemption(where=["yard"])
    for side, outcome in (("inside", "exempt"), ("outside", "applies")):
        located = {"town": "inside", "yard": side}
        assert rules_book.result([ban, freed], zones=zones, located=located).outcome == outcome
    near = rules_book.result([ban, freed], zones=zones, located={"town": "inside"})
    assert (near.outcome, near.missing) == ("cannot_determine", ("zone.yard",))


def test_an_exemption_holds_only_at_its_alerts(rules_book: Any) -> None:
    ban = rules_book.rule("R", unless=["E"])
    freed = rules_book.exemption(force={"alerts": ["blue"]})
    assert rules_book.result([ban, freed], alert="blue").outcome == "exempt"
    assert rules_book.result([ban, freed], alert="red").outcome == "applies"
    assert rules_book.result([ban, freed]).missing == ("alert",)


@pytest.mark.parametrize(
    ("place", "day", "alert", "fuel", "failed"),
    [
        ("outside", "2019-01-01", "none", "gas", "place"),
        ("inside", "2019-01-01", "none", "gas", "date"),
        ("inside", "2020-07-01", "none", "gas", "alert"),
        ("inside", "2020-07-01", "red", "gas", "fact"),
        ("outside", "2020-07-01", "red", "coal", "place"),
    ],
)
def test_what_failed_first(
    rules_book: Any, place: str, day: str, alert: str, fuel: str, failed: str
) -> None:
    row = rules_book.rule(
        "R",
        when=leaf("boiler.fuel", "eq", "coal"),
        force=rules_book.unprinted(alerts=["red"]),
    )
    found = rules_book.result(
        [row], day=day, located={"town": place}, alert=alert, facts={"boiler.fuel": fuel}
    )
    assert (found.outcome, found.failed) == ("not_concerned", failed)


def test_the_facts_of_the_activity_are_taken_as_given(rules_book: Any) -> None:
    row = rules_book.rule("R", activities=["haul"], when=leaf("vehicle.use", "eq", "spoil"))
    assert rules_book.result([row]).outcome == "applies"
    either = rules_book.rule(
        "R", activities=["haul", "burn"], when=leaf("vehicle.use", "eq", "spoil")
    )
    assert rules_book.result([either]).outcome == "cannot_determine"
