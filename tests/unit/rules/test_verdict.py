"""What rules come to together: strength, bounds, declared conflicts, activities."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from zonerules.rules.facts import FactError
from zonerules.tests.unit.rules_book import COAL, LISTED, NEVER_COUNT, ORDER

# strength

EFFECTS = {"prohibition": "prohibited", "restriction": "restricted", "obligation": "required"}


@pytest.mark.parametrize("kind", list(EFFECTS))
def test_one_rule(rules_book: Any, judged: Any, kind: str) -> None:
    effect = EFFECTS[kind]
    assert judged([rules_book.rule("R", kind)]) == (effect, effect, effect)


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(EFFECTS, 2)))
def test_the_stronger_wins(rules_book: Any, judged: Any, one: str, other: str) -> None:
    stronger = max(EFFECTS[one], EFFECTS[other], key=ORDER.index)
    rows = [rules_book.rule("A", one), rules_book.rule("B", other)]
    assert judged(rows) == judged(rows[::-1]) == (stronger,) * 3


def test_exempt(rules_book: Any, judged: Any) -> None:
    lifted = [rules_book.rule("R", unless=["E"]), rules_book.exemption()]
    assert judged(lifted) == ("exempt", "exempt", "exempt")
    duty = rules_book.rule("D", "obligation")
    assert judged([*lifted, duty]) == ("required", "required", "required")


def test_not_concerned(rules_book: Any, tell: Any) -> None:
    found = tell([rules_book.rule("R", when=COAL)], facts={"boiler.fuel": "gas"}).verdict()
    assert (found.verdict, found.at_least, found.at_most) == ("not_concerned",) * 3
    assert (found.rules, found.missing, found.reason) == ((), (), None)


def test_an_exemption_alone_is_no_rule(rules_book: Any, judged: Any) -> None:
    """Its own row applies, but what it lifts is not concerned."""
    rows = [
        rules_book.rule("R", when=COAL, unless=["E"]),
        rules_book.exemption(when=LISTED),
    ]
    facts = {"boiler.fuel": "gas", "boiler.listed": True}
    assert judged(rows, facts=facts)[0] == "not_concerned"


@pytest.mark.parametrize("kind", list(EFFECTS))
@pytest.mark.parametrize(("day", "late"), [("2020-06-30", False), ("2020-07-01", True)])
def test_due_counts_as_required(
    rules_book: Any, judged: Any, kind: str, day: str, late: bool
) -> None:
    row = rules_book.rule("R", kind, force=rules_book.unprinted(deadline="2020-06-30"))
    assert judged([row], day=day)[0] == (EFFECTS[kind] if late else "required")


def test_due_counts_as_required_at_most_too(rules_book: Any, judged: Any) -> None:
    row = rules_book.rule("R", when=COAL, force=rules_book.unprinted(deadline="2020-06-30"))
    assert judged([row], day="2020-06-30") == ("cannot_determine", "not_concerned", "required")
    assert judged([row], day="2020-07-01") == ("cannot_determine", "not_concerned", "prohibited")


@pytest.mark.parametrize(
    ("kind", "effect"),
    [("prohibition", "restricted"), ("restriction", "restricted"), ("obligation", "required")],
)
def test_in_principle(rules_book: Any, judged: Any, kind: str, effect: str) -> None:
    row = rules_book.rule("R", kind, strength="in_principle")
    assert judged([row]) == (effect, effect, effect)
    open_row = rules_book.rule("R", kind, strength="in_principle", when=COAL)
    assert judged([open_row]) == ("cannot_determine", "not_concerned", effect)


@pytest.mark.parametrize("more", NEVER_COUNT)
@pytest.mark.parametrize("when", [None, COAL])
def test_what_never_counts(rules_book: Any, tell: Any, more: Any, when: Any) -> None:
    row = rules_book.rule("N", **more, **({"when": when} if when else {}))
    duty = rules_book.rule("D", "obligation")
    told = tell([row, duty])
    found = told.verdict()
    assert (found.verdict, found.at_least, found.at_most) == ("required",) * 3
    assert found.rules == ("D",)
    assert told.survey.ask() == []


# bounds


def test_bounds_of_an_open_rule(rules_book: Any, tell: Any) -> None:
    rows = [rules_book.rule("D", "obligation"), rules_book.rule("R", when=COAL)]
    found = tell(rows).verdict()
    assert (found.verdict, found.at_least, found.at_most) == (
        "cannot_determine",
        "required",
        "prohibited",
    )
    assert found.rules == ("D", "R")
    assert found.missing == ("boiler.fuel",)


def test_an_open_rule_that_cannot_add_anything(rules_book: Any, tell: Any) -> None:
    rows = [rules_book.rule("P"), rules_book.rule("D", "obligation", when=COAL)]
    found = tell(rows).verdict()
    assert (found.verdict, found.at_least, found.at_most) == ("prohibited",) * 3
    assert found.missing == ()


def test_an_open_rule_as_strong_as_a_certain_one(rules_book: Any, judged: Any) -> None:
    rows = [rules_book.rule("A", "restriction"), rules_book.rule("B", "restriction", when=COAL)]
    assert judged(rows) == ("restricted", "restricted", "restricted")


def test_exempt_for_certain_and_perhaps_bound(rules_book: Any, judged: Any) -> None:
    rows = [
        rules_book.rule("R", unless=["E"]),
        rules_book.exemption(),
        rules_book.rule("D", "obligation", when=COAL),
    ]
    assert judged(rows) == ("cannot_determine", "exempt", "required")


def test_only_deciding_keys_are_missing(rules_book: Any, tell: Any) -> None:
    rows = [
        rules_book.rule("S", "restriction"),
        rules_book.rule("D", "obligation", when=LISTED),
        rules_book.rule("P", when=COAL),
    ]
    assert tell(rows).verdict().missing == ("boiler.fuel",)


# declared conflicts


def conflict(name: str) -> dict[str, Any]:
    about = {"zh": "宽严", "en": "how strict"}
    return {"with": name, "about": about, "cite": {"document": "plan", "clause": "1"}}


def test_a_declared_conflict(rules_book: Any, judged: Any) -> None:
    rows = [rules_book.rule("A", conflicts=[conflict("B")]), rules_book.rule("B", "restriction")]
    assert judged(rows) == ("conflict", "prohibited", "prohibited")
    assert judged(rows[::-1]) == ("conflict", "prohibited", "prohibited")


def test_no_conflict_unless_declared(rules_book: Any, judged: Any) -> None:
    rows = [rules_book.rule("A"), rules_book.rule("B", "restriction")]
    assert judged(rows)[0] == "prohibited"


def test_no_conflict_unless_both_bind(rules_book: Any, judged: Any) -> None:
    rows = [
        rules_book.rule("A", conflicts=[conflict("B")]),
        rules_book.rule("B", "restriction", when=COAL),
    ]
    assert judged(rows, facts={"boiler.fuel": "gas"})[0] == "prohibited"
    assert judged(rows, facts={"boiler.fuel": "coal"})[0] == "conflict"
    assert judged(rows) == ("prohibited", "prohibited", "prohibited")


# activities


def test_broader_activities_are_asked_too(rules_book: Any, judged: Any) -> None:
    rows = [
        rules_book.rule("wide", "obligation", activities=["burn"]),
        rules_book.rule("mid", "restriction", activities=["grill"]),
        rules_book.rule("narrow", activities=["smoke"]),
    ]
    assert judged(rows, activity="burn")[0] == "required"
    assert judged(rows, activity="grill")[0] == "restricted"
    assert judged(rows, activity="smoke")[0] == "prohibited"


def test_the_rules_listed_are_those_of_the_chain(rules_book: Any, tell: Any) -> None:
    rows = [
        rules_book.rule("wide", activities=["burn"]),
        rules_book.rule("narrow", activities=["smoke"]),
        rules_book.rule("else", activities=["dry-clean"]),
    ]
    told = tell(rows, activity="grill")
    assert [result.rule["id"] for result in told.judge.results()] == ["wide"]
    told = tell(rows, activity="smoke")
    assert [result.rule["id"] for result in told.judge.results()] == ["wide", "narrow"]


def test_implied_facts(rules_book: Any, tell: Any) -> None:
    sector = {"fact": "plant.sector", "eq": "mine"}
    row = rules_book.rule("R", activities=["mine"], when=sector)
    assert tell([row], activity="mine").verdict("mine").verdict == "prohibited"
    steel = {"plant.sector": ["steel"]}
    assert tell([row], activity="mine", facts=steel).verdict("mine").verdict == "prohibited"
    assert tell([row], activity=None).verdict("mine").verdict == "prohibited"


def test_an_implied_fact_told_otherwise(rules_book: Any, tell: Any) -> None:
    row = rules_book.rule("R", activities=["haul"], when={"fact": "vehicle.use", "eq": "spoil"})
    with pytest.raises(FactError, match=r"vehicle\.use"):
        tell([row], activity="haul", facts={"vehicle.use": "general"})
    # without the activity nobody was contradicted
    other = tell([row], activity=None, facts={"vehicle.use": "general"})
    assert other.verdict("haul").verdict == "not_concerned"


def test_without_an_activity_every_activity_of_a_binding_rule(rules_book: Any, tell: Any) -> None:
    rows = [
        rules_book.rule("A", activities=["haul", "burn"]),
        rules_book.rule("B", "target", activities=["mine"]),
        rules_book.rule("C", "obligation", activities=["govern"], audience="authority"),
        rules_book.rule("D", activities=["dry-clean"], strength="strive"),
        rules_book.rule("E", "exemption", activities=["grill"]),
    ]
    assert tell(rows, activity=None).judge.activities() == ["burn", "haul"]


def test_without_an_activity_none_of_an_expired_document(rules_book: Any, tell: Any) -> None:
    rows = [rules_book.rule("A", force=rules_book.printed("2020-01-01", None))]
    told = tell(rows, activity=None, day="2021-07-01")
    assert told.judge.activities() == []
    assert told.covered.expired == ("plan",)
