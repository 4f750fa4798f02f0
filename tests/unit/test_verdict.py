"""What rules come to together: strength, bounds, coverage, no data, questions, next change."""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

import pytest

from zonerules.rules.coverage import coverage
from zonerules.rules.facts import FactError
from zonerules.rules.questions import Survey, next_change, permitted_values
from zonerules.rules.verdict import Judge, Verdict

COAL = {"fact": "boiler.fuel", "eq": "coal"}
LISTED = {"fact": "boiler.listed", "eq": True}
LICENSED = {"fact": "operator.licensed", "eq": False}


class Told(NamedTuple):
    """One question answered: its judge, coverage, survey and where the drawn zones are."""

    judge: Judge
    covered: Any
    survey: Survey
    located: Any

    def verdict(self, activity: str = "burn") -> Verdict:
        return self.judge.verdict(activity)

    def asked_keys(self) -> list[str]:
        return [row["key"] for row in self.survey.ask()]

    def next_change(self) -> str | None:
        return next_change(self.judge.results(), self.judge.asker)


@pytest.fixture(scope="module")
def tell(rules_book: Any) -> Any:
    """tell(rules, day=…, activity=…, zones=…, documents=…, located=…, facts=…)."""

    def run(
        rules: Any, day: str = "2020-07-01", activity: str | None = "burn", **told: Any
    ) -> Told:
        parts = {key: told.pop(key) for key in ("zones", "documents") if key in told}
        located = told.pop("located", {"town": "inside"})
        of = rules_book.book(rules, **parts)
        asked = rules_book.asker(of, day, located, **told)
        covered = coverage(asked)
        judge = Judge(asked, covered, activity)
        return Told(judge, covered, Survey(judge.asker, judge.results()), located)

    return run


@pytest.fixture(scope="module")
def judged(tell: Any) -> Any:
    """judged(rules, …): (verdict, at_least, at_most) on `burn`."""

    def run(rules: Any, **told: Any) -> tuple[str, str | None, str | None]:
        found = tell(rules, **told).verdict(told.get("activity") or "burn")
        return found.verdict, found.at_least, found.at_most

    return run


# strength

EFFECTS = {"prohibition": "prohibited", "restriction": "restricted", "obligation": "required"}
ORDER = ["not_concerned", "exempt", "required", "restricted", "prohibited"]


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


NEVER_COUNT = [
    *({"kind": kind} for kind in ("target", "encouragement", "finding", "definition")),
    *({"kind": kind, "strength": "strive"} for kind in EFFECTS),
    *({"kind": kind, "audience": "authority"} for kind in EFFECTS),
]


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


# which documents speak


def far(rules_book: Any, **more: Any) -> dict[str, Any]:
    """A document of a city that the town is not in."""
    return rules_book.document("city", "city", **more)


@pytest.fixture(scope="module")
def city(rules_book: Any) -> list[Any]:
    """A city elsewhere, and its ban area that reaches over the boundary."""
    return [rules_book.zone("city", "administrative"), rules_book.zone("ban")]


@pytest.mark.parametrize(
    ("day", "speaking", "expired", "upcoming"),
    [
        ("2019-12-31", (), (), ("plan",)),
        ("2020-01-01", ("plan",), (), ()),
        ("2020-12-31", ("plan",), (), ()),
        ("2021-01-01", (), ("plan",), ()),
    ],
)
def test_speaks(
    rules_book: Any, tell: Any, day: str, speaking: Any, expired: Any, upcoming: Any
) -> None:
    covered = tell([rules_book.rule("R")], day=day).covered
    assert (covered.speaking, covered.expired, covered.upcoming) == (speaking, expired, upcoming)
    assert covered.reaching == ()


def test_reaches(rules_book: Any, tell: Any, city: Any) -> None:
    row = rules_book.rule("C", document="city", where=["ban"], activities=["dry-clean"])
    papers = [rules_book.document(), far(rules_book)]
    for ban, reaching in (("inside", ("city",)), ("near:zone", ("city",)), ("outside", ())):
        located = {"town": "inside", "city": "outside", "ban": ban}
        told = tell([row], zones=city, documents=papers, located=located)
        assert (told.covered.speaking, told.covered.reaching) == (("plan",), reaching)


def test_reaches_on_any_day_and_for_any_activity(rules_book: Any, tell: Any, city: Any) -> None:
    force = rules_book.printed("2020-02-01", "2020-02-02", alerts=["red"])
    row = rules_book.rule("C", document="city", where=["ban"], activities=["mine"], force=force)
    located = {"town": "inside", "city": "outside", "ban": "inside"}
    told = tell(
        [row],
        zones=city,
        documents=[rules_book.document(), far(rules_book)],
        located=located,
        facts={"boiler.fuel": "gas"},
    )
    assert told.covered.reaching == ("city",)


@pytest.mark.parametrize("more", NEVER_COUNT)
def test_only_binding_rules_reach(rules_book: Any, tell: Any, city: Any, more: Any) -> None:
    row = rules_book.rule("C", document="city", where=["ban"], **more)
    located = {"town": "inside", "city": "outside", "ban": "inside"}
    told = tell(
        [row], zones=city, documents=[rules_book.document(), far(rules_book)], located=located
    )
    assert told.covered.reaching == ()


def test_who_speaks_does_not_reach(rules_book: Any, tell: Any) -> None:
    assert tell([rules_book.rule("R")], day="2021-01-01").covered.reaching == ()


def test_a_reaching_rule_counts(rules_book: Any, tell: Any, city: Any) -> None:
    rows = [
        rules_book.rule("D", "obligation"),
        rules_book.rule("C", document="city", where=["ban"]),
    ]
    papers = [rules_book.document(), far(rules_book)]
    located = {"town": "inside", "city": "outside", "ban": "inside"}
    found = tell(rows, zones=city, documents=papers, located=located).verdict()
    assert (found.verdict, found.rules) == ("prohibited", ("D", "C"))
    located["ban"] = "near:zone"
    found = tell(rows, zones=city, documents=papers, located=located).verdict()
    assert (found.at_least, found.at_most) == ("required", "prohibited")
    assert found.missing == ("zone.ban",)


def test_reaching_rules_never_yield_not_concerned(rules_book: Any, tell: Any, city: Any) -> None:
    row = rules_book.rule("C", document="city", where=["ban"], when=COAL)
    located = {"town": "inside", "city": "outside", "ban": "inside"}
    told = tell(
        [row],
        zones=city,
        documents=[far(rules_book)],
        located=located,
        facts={"boiler.fuel": "gas"},
    )
    found = told.verdict()
    assert (found.verdict, found.reason) == ("no_data", "no_document")
    assert (found.at_least, found.at_most) == (None, None)


def test_reaching_and_a_speaker_that_says_nothing_of_it(
    rules_book: Any, tell: Any, city: Any
) -> None:
    """not_concerned needs a speaking document with a rule on the activity."""
    rows = [
        rules_book.rule("C", document="city", where=["ban"], when=COAL),
        rules_book.rule("R", activities=["dry-clean"]),
    ]
    located = {"town": "inside", "city": "outside", "ban": "inside"}
    told = tell(
        rows,
        zones=city,
        documents=[rules_book.document(), far(rules_book)],
        located=located,
        facts={"boiler.fuel": "gas"},
    )
    found = told.verdict()
    assert (found.verdict, found.reason) == ("no_data", "silent")


def test_activities_of_a_reaching_document(rules_book: Any, tell: Any, city: Any) -> None:
    row = rules_book.rule("C", document="city", where=["ban"], activities=["dry-clean"])
    located = {"town": "inside", "city": "outside", "ban": "inside"}
    told = tell(
        [row],
        activity=None,
        zones=city,
        documents=[rules_book.document(), far(rules_book)],
        located=located,
    )
    assert told.judge.activities() == ["dry-clean"]


# no data and its reasons


def no_data(found: Verdict) -> str | None:
    assert found.verdict == "no_data"
    assert (found.at_least, found.at_most, found.missing) == (None, None, ())
    return found.reason


def test_silent(rules_book: Any, tell: Any) -> None:
    told = tell([rules_book.rule("R")], activity="dry-clean")
    assert no_data(told.verdict("dry-clean")) == "silent"


@pytest.mark.parametrize("more", NEVER_COUNT)
def test_silent_for_all_that_does_not_bind(rules_book: Any, tell: Any, more: Any) -> None:
    """Targets, encouragements and duties of government say nothing of what an operator may do."""
    assert no_data(tell([rules_book.rule("N", **more)]).verdict()) == "silent"


def test_silent_about_the_narrower(rules_book: Any, tell: Any) -> None:
    """Asking the broader activity does not ask the narrower one."""
    told = tell([rules_book.rule("R", activities=["grill"])])
    assert no_data(told.verdict("burn")) == "silent"


@pytest.mark.parametrize("day", ["2019-06-01", "2021-06-01"])
def test_outside_period(rules_book: Any, tell: Any, day: str) -> None:
    row = rules_book.rule("R", force=rules_book.printed("2020-06-01", "2020-06-30"))
    assert no_data(tell([row], day=day).verdict()) == "outside_period"


def test_outside_period_of_a_broader_activity(rules_book: Any, tell: Any) -> None:
    row = rules_book.rule("R", force=rules_book.printed("2020-06-01", "2020-06-30"))
    told = tell([row], day="2021-06-01", activity="smoke")
    assert no_data(told.verdict("smoke")) == "outside_period"


def test_no_document_elsewhere(rules_book: Any, tell: Any) -> None:
    told = tell([rules_book.rule("R")], located={"town": "outside"})
    assert no_data(told.verdict()) == "no_document"


def test_no_document_on_this_activity(rules_book: Any, tell: Any) -> None:
    told = tell([rules_book.rule("R")], day="2021-06-01", activity="dry-clean")
    assert no_data(told.verdict("dry-clean")) == "no_document"


def test_silence_goes_before_an_older_document(rules_book: Any, tell: Any) -> None:
    old = rules_book.document(
        "old", covers={"from": "2018-01-01", "until": "2018-12-31"}, start_latest="2018-01-31"
    )
    rows = [
        rules_book.rule("O", document="old", force=rules_book.printed("2018-02-01", "2018-03-01")),
        rules_book.rule("R", activities=["dry-clean"]),
    ]
    told = tell(rows, documents=[old, rules_book.document()])
    assert no_data(told.verdict("burn")) == "silent"


# after the plan's period


@pytest.mark.parametrize("when", [None, COAL])
def test_a_rule_that_is_open_only_because_its_plan_ended(
    rules_book: Any, tell: Any, when: Any
) -> None:
    more = {"when": when} if when else {}
    told = tell([rules_book.rule("R", force=rules_book.unprinted(), **more)], day="2021-06-01")
    assert no_data(told.verdict()) == "outside_period"
    assert told.covered.expired == ("plan",)


def test_the_row_of_an_ended_rule_still_says_what_is_missing(rules_book: Any, tell: Any) -> None:
    told = tell([rules_book.rule("R", force=rules_book.unprinted())], day="2021-06-01")
    (found,) = told.judge.results()
    assert (found.outcome, found.missing) == ("cannot_determine", ("force.plan",))


def test_who_knows_may_bring_an_ended_rule_back(rules_book: Any, tell: Any) -> None:
    row = rules_book.rule("R", force=rules_book.unprinted())
    told = tell([row], day="2021-06-01", asserted={"force.plan": "in"})
    assert told.verdict().verdict == "prohibited"
    told = tell([row], day="2021-06-01", asserted={"force.plan": "out"})
    assert no_data(told.verdict()) == "outside_period"


def test_an_open_ended_rule_counts_after_the_plan(rules_book: Any, tell: Any) -> None:
    row = rules_book.rule("R", force=rules_book.printed("2020-07-01", None))
    told = tell([row], day="2031-01-01")
    assert told.verdict().verdict == "prohibited"
    assert told.covered.expired == ("plan",)


def test_a_printed_end_beyond_the_plan_counts(rules_book: Any, tell: Any) -> None:
    row = rules_book.rule("R", force=rules_book.printed("2020-07-01", "2021-03-15"))
    assert tell([row], day="2021-03-15").verdict().verdict == "prohibited"
    assert no_data(tell([row], day="2021-03-16").verdict()) == "outside_period"


def test_a_season_beyond_the_plan_counts(rules_book: Any, tell: Any) -> None:
    season = {
        "id": "heating",
        "name": rules_book.text("heating"),
        "start": {"earliest": "2020-11-01", "latest": "2020-11-15"},
        "end": {"earliest": "2021-03-01", "latest": "2021-03-31"},
    }
    papers = [rules_book.document(seasons=[season])]
    row = rules_book.rule("R", "restriction", force={"seasons": ["heating"]})
    assert tell([row], documents=papers, day="2021-02-01").verdict().verdict == "restricted"
    # here the season, not the plan, is what nobody knows
    found = tell([row], documents=papers, day="2021-03-10").verdict()
    assert (found.verdict, found.at_most) == ("cannot_determine", "restricted")
    assert found.missing == ("season.heating",)
    assert no_data(tell([row], documents=papers, day="2021-04-01").verdict()) == "outside_period"


def test_an_exempt_rule_counts_after_the_plan(rules_book: Any, tell: Any) -> None:
    rows = [rules_book.rule("R", unless=["E"]), rules_book.exemption()]
    assert tell(rows, day="2031-01-01").verdict().verdict == "exempt"


def test_a_rule_before_its_plan_is_upcoming(rules_book: Any, tell: Any) -> None:
    row = rules_book.rule("R", force=rules_book.printed("2019-06-01", None))
    told = tell([row], day="2019-07-01")
    assert told.verdict().verdict == "prohibited"
    assert told.covered.upcoming == ("plan",)


def test_an_uncertain_start_is_no_ended_plan(rules_book: Any, tell: Any) -> None:
    row = rules_book.rule("R", force=rules_book.unprinted())
    found = tell([row], day="2020-02-01").verdict()
    assert (found.verdict, found.at_least, found.at_most) == (
        "cannot_determine",
        "not_concerned",
        "prohibited",
    )
    assert found.missing == ("force.plan",)


def test_an_ended_rule_does_not_hide_what_still_applies(rules_book: Any, tell: Any) -> None:
    rows = [
        rules_book.rule("R", force=rules_book.unprinted()),
        rules_book.rule("D", "obligation", force=rules_book.printed("2020-07-01", None)),
    ]
    found = tell(rows, day="2031-01-01").verdict()
    assert found.at_least == "required"
    assert "D" in found.rules


def test_a_speaker_makes_an_older_ended_plan_count_as_unknown(rules_book: Any, tell: Any) -> None:
    """With a document that speaks, nothing is left out: neither still banned nor free."""
    old = rules_book.document(
        "old", covers={"from": "2018-01-01", "until": "2018-12-31"}, start_latest="2018-01-31"
    )
    force = {
        "from": ["2018-01-01", "2018-01-31"],
        "from_printed": False,
        "until": ["2018-12-31", None],
        "until_printed": False,
    }
    rows = [
        rules_book.rule("O", document="old", force=force),
        rules_book.rule("R", "restriction", when=COAL),
    ]
    told = tell(rows, documents=[old, rules_book.document()], facts={"boiler.fuel": "gas"})
    found = told.verdict()
    assert (found.verdict, found.at_least, found.at_most) == (
        "cannot_determine",
        "not_concerned",
        "prohibited",
    )
    assert found.missing == ("force.old",)


# a jurisdiction nobody can tell


@pytest.mark.parametrize(
    ("located", "key"),
    [
        ({"town": "near:position"}, "position"),
        ({"town": "near:zone"}, "zone.town"),
        ({}, "zone.town"),
    ],
)
@pytest.mark.parametrize("day", ["2020-07-01", "2031-01-01"])
@pytest.mark.parametrize("activity", ["burn", "dry-clean"])
def test_an_uncertain_jurisdiction(
    rules_book: Any, tell: Any, located: Any, key: str, day: str, activity: str
) -> None:
    told = tell([rules_book.rule("R")], day=day, located=located, activity=activity)
    found = told.verdict(activity)
    assert found.verdict == "cannot_determine"
    assert found.missing == (key,)
    assert told.covered.speaking == ()


def test_an_unmapped_jurisdiction(rules_book: Any, tell: Any) -> None:
    zones = [rules_book.zone("old", "unmapped", within="town")]
    papers = [rules_book.document(jurisdiction="old")]
    row = rules_book.rule("R", where=["old"], activities=["dry-clean"])
    told = tell([row], zones=zones, documents=papers)
    found = told.verdict("burn")
    assert (found.verdict, found.reason) == ("cannot_determine", "jurisdiction")
    assert found.missing == ("zone.old",)
    told = tell([row], zones=zones, documents=papers, asserted={"zone.old": "outside"})
    assert no_data(told.verdict("burn")) == "no_document"


def test_an_uncertain_jurisdiction_is_not_not_concerned(rules_book: Any, tell: Any) -> None:
    told = tell(
        [rules_book.rule("R", when=COAL)],
        located={"town": "near:zone"},
        facts={"boiler.fuel": "gas"},
    )
    assert told.verdict().verdict == "cannot_determine"


# monotone


def test_filling_in_a_fact_never_takes_an_answer_back(rules_book: Any, tell: Any) -> None:
    rows = [
        rules_book.rule("R", when={"any": [COAL, LISTED]}, unless=["E"]),
        rules_book.exemption(when=LICENSED),
        rules_book.rule("S", "restriction", when=LISTED),
        rules_book.rule("D", "obligation"),
    ]
    choices = {
        "boiler.fuel": [None, "coal", "gas"],
        "boiler.listed": [None, True, False],
        "operator.licensed": [None, True, False],
    }
    verdicts = {}
    for values in itertools.product(*choices.values()):
        facts = {key: value for key, value in zip(choices, values) if value is not None}
        verdicts[values] = tell(rows, facts=facts).verdict()
    for values, found in verdicts.items():
        for more, fuller in verdicts.items():
            if any(one is not None and one != other for one, other in zip(values, more)):
                continue
            low, high = ORDER.index(found.at_least or ""), ORDER.index(found.at_most or "")
            assert low <= ORDER.index(fuller.at_least or "")
            assert ORDER.index(fuller.at_most or "") <= high
            if found.verdict != "cannot_determine":
                assert fuller.verdict == found.verdict


# questions


def test_settles_counts_rules_that_one_answer_determines(rules_book: Any, tell: Any) -> None:
    rows = [
        rules_book.rule("A", when=COAL),
        rules_book.rule("B", when={"all": [COAL, LISTED]}),
        rules_book.rule("C", when=LISTED),
        rules_book.rule("D", when={"all": [LISTED, {"fact": "machine.stage", "le": 1}]}),
    ]
    rows_asked = {row["key"]: row["settles"] for row in tell(rows).survey.ask()}
    # "gas" determines A and B; "not listed" determines B, C and D; stage 2 determines D
    assert rows_asked == {"boiler.fuel": 2, "boiler.listed": 3, "machine.stage": 1}


def test_a_key_that_alone_settles_nothing(rules_book: Any, tell: Any) -> None:
    """Either a or b makes it apply; neither makes it not: b stays open whatever a is not."""
    row = rules_book.rule("R", when={"all": [{"any": [COAL, LISTED]}, {"rule": "R"}]})
    asked = {line["key"]: line["settles"] for line in tell([row]).survey.ask()}
    assert asked == {"boiler.fuel": 0, "boiler.listed": 0, "rule.R": 1}


def test_what_settles_most_is_asked_first(rules_book: Any, tell: Any) -> None:
    rows = [
        rules_book.rule("A", when={"fact": "machine.stage", "le": 1}),
        rules_book.rule("B", when=LISTED),
        rules_book.rule("C", when=LISTED),
    ]
    assert tell(rows).asked_keys() == ["boiler.listed", "machine.stage"]


def test_then_the_order_of_the_vocabulary(rules_book: Any, tell: Any) -> None:
    rows = [
        rules_book.rule("A", when={"fact": "source.id", "eq": "mill"}),
        rules_book.rule("B", when=LISTED),
        rules_book.rule("C", when=COAL),
        rules_book.rule("D", when={"fact": "machine.made", "lt": "2009-10-01"}),
    ]
    assert tell(rows).asked_keys() == ["machine.made", "boiler.fuel", "boiler.listed", "source.id"]


def test_conduct_is_asked_last(rules_book: Any, tell: Any) -> None:
    rows = [
        *(rules_book.rule(name, when=LICENSED) for name in "ABC"),
        rules_book.rule("D", when={"fact": "source.id", "eq": "mill"}),
        rules_book.rule("E", when={"rule": "E"}),
        rules_book.rule("F", force=rules_book.printed(["2020-07-01", "2020-07-31"], None)),
    ]
    told = tell(rows)
    keys = told.asked_keys()
    assert keys[-1] == "operator.licensed"
    assert set(keys) == {"source.id", "rule.E", "force.F", "operator.licensed"}
    assert told.survey.settles["operator.licensed"] == 3


def test_the_position_is_never_asked(rules_book: Any, tell: Any) -> None:
    row = rules_book.rule("R", when=COAL)
    told = tell([row], located={"town": "near:position"})
    (found,) = told.judge.results()
    assert set(found.missing) == {"position", "boiler.fuel"}
    assert told.asked_keys() == ["boiler.fuel"]
    assert "position" in told.survey.sort(found.missing)


def test_assertions_are_asked(rules_book: Any, tell: Any) -> None:
    zones = [rules_book.zone("old", "unmapped", within="town")]
    rows = [
        rules_book.rule("A", where=["old"]),
        rules_book.rule("B", force={"alerts": ["red"]}),
        rules_book.rule("C", when={"rule": "C"}),
        rules_book.rule("D", force=rules_book.printed(["2020-07-01", "2020-07-31"], None)),
    ]
    asked = {row["key"]: row for row in tell(rows, zones=zones).survey.ask()}
    assert {key: row["settles"] for key, row in asked.items()} == dict.fromkeys(
        ("zone.old", "alert", "rule.C", "force.D"), 1
    )
    assert asked["zone.old"]["values"] == ["inside", "outside"]
    assert asked["force.D"]["values"] == ["in", "out"]
    assert asked["rule.C"]["values"] == ["met", "unmet"]
    assert asked["alert"]["values"] == ["none", "blue", "yellow", "orange", "red"]


def test_a_zone_question_settles_what_follows_from_it(rules_book: Any, tell: Any) -> None:
    zones = [
        rules_book.zone("old", "unmapped", within="town"),
        rules_book.zone("new", "derived", derived={"complement": "old"}, within="town"),
    ]
    rows = [rules_book.rule("A", where=["old"]), rules_book.rule("B", where=["new"])]
    assert tell(rows, zones=zones).survey.settles == {"zone.old": 2}


def test_only_binding_rules_are_asked_about(rules_book: Any, tell: Any) -> None:
    rows = [
        rules_book.rule("R", when=COAL, unless=["E"]),
        rules_book.exemption(when=LISTED),
        rules_book.rule("T", "encouragement", when={"fact": "machine.stage", "le": 1}),
    ]
    assert set(tell(rows).asked_keys()) == {"boiler.fuel", "boiler.listed"}


@pytest.mark.parametrize(
    ("key", "condition"),
    [
        ("boiler.capacity_tph", {"fact": "boiler.capacity_tph", "le": 10}),
        ("boiler.capacity_tph", {"fact": "boiler.capacity_tph", "gt": 10}),
        ("boiler.capacity_tph", {"fact": "boiler.capacity_tph", "between": [10, 20]}),
        ("weather.temperature_c", {"fact": "weather.temperature_c", "lt": 0}),
        ("weather.temperature_c", {"fact": "weather.temperature_c", "le": -5}),
        ("machine.made", {"fact": "machine.made", "lt": "2009-10-01"}),
        ("machine.made", {"fact": "machine.made", "gt": "2009-10-01"}),
        ("plant.clean_from", {"fact": "plant.clean_from", "le": "2018-10-31"}),
        ("vehicle.missed", {"fact": "vehicle.missed", "ge": 2}),
        ("user.kind", {"fact": "user.kind", "in": ["farm"]}),
        ("source.id", {"fact": "source.id", "eq": "mill"}),
        ("source.id", {"not": {"fact": "source.id", "eq": "mill"}}),
        (
            "boiler.capacity_tph",
            {
                "all": [
                    {"fact": "boiler.capacity_tph", "gt": 1},
                    {"fact": "boiler.capacity_tph", "lt": 1.5},
                ]
            },
        ),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_some_value_makes_it_true_and_some_false(
    rules_book: Any, tell: Any, key: str, condition: Any, turned: bool
) -> None:
    """`settles`: for at least one permitted value, so both sides of a threshold are tried.

    With another fact open, `any` is settled only by a value that makes the condition true.
    """
    part = {"not": condition} if turned else condition
    row = rules_book.rule("R", when={"any": [part, LISTED]})
    assert tell([row]).survey.settles[key] == 1
    row = rules_book.rule("R", when={"all": [part, LISTED]})
    assert tell([row]).survey.settles[key] == 1


def test_permitted_values(rules_book: Any) -> None:
    row = rules_book.rule("R", when={"fact": "source.id", "in": ["mill", "brewery"]})
    of = rules_book.book([row])
    assert permitted_values("machine.stage", of) == [0, 1, 2, 3, 4]
    assert permitted_values("boiler.fuel", of) == ["coal", "oil", "gas"]
    assert permitted_values("boiler.listed", of) == [True, False]
    assert permitted_values("boiler.capacity_tph", of) is None
    assert permitted_values("machine.made", of) is None
    assert permitted_values("source.id", of) == ["brewery", "mill", "other"]
    assert permitted_values("season.x", of) == ["inside", "outside"]


# the next change


def test_the_day_after_the_last(rules_book: Any, tell: Any) -> None:
    row = rules_book.rule("R", force=rules_book.printed("2020-06-01", "2020-09-15"))
    assert tell([row], day="2020-05-01").next_change() == "2020-06-01"
    assert tell([row], day="2020-05-31").next_change() == "2020-06-01"
    assert tell([row], day="2020-06-01").next_change() == "2020-09-16"
    assert tell([row], day="2020-09-15").next_change() == "2020-09-16"
    assert tell([row], day="2020-09-16").next_change() is None


def test_from_certain_to_uncertain(rules_book: Any, tell: Any) -> None:
    row = rules_book.rule("R", force=rules_book.unprinted())
    assert tell([row], day="2019-01-01").next_change() == "2020-01-01"
    assert tell([row], day="2020-01-01").next_change() == "2020-03-10"
    assert tell([row], day="2020-03-10").next_change() == "2021-01-01"
    assert tell([row], day="2021-01-01").next_change() is None


def test_a_deadline_and_a_duty_overdue(rules_book: Any, tell: Any) -> None:
    force = rules_book.printed("2020-01-01", None, deadline="2020-06-30")
    row = rules_book.rule("R", "obligation", force=force)
    assert tell([row], day="2020-06-30").next_change() == "2020-07-01"
    assert tell([row], day="2020-07-01").next_change() is None


def test_a_change_that_does_not_concern_the_asker(rules_book: Any, tell: Any) -> None:
    row = rules_book.rule("R", when=COAL, force=rules_book.printed("2020-06-01", "2020-09-15"))
    assert tell([row], facts={"boiler.fuel": "gas"}).next_change() is None
    assert tell([row], facts={"boiler.fuel": "coal"}).next_change() == "2020-09-16"
    assert tell([row], located={"town": "outside"}).next_change() is None


def test_the_first_of_several(rules_book: Any, tell: Any) -> None:
    rows = [
        rules_book.rule("A", force=rules_book.printed("2020-06-01", "2020-12-15")),
        rules_book.rule("B", force=rules_book.printed("2020-10-01", None)),
        rules_book.rule("T", "target", force=rules_book.printed("2020-08-01", None)),
        rules_book.rule("X", activities=["mine"], force=rules_book.printed("2020-08-02", None)),
    ]
    assert tell(rows).next_change() == "2020-10-01"
    assert tell(rows, activity=None).next_change() == "2020-08-02"


def test_an_exemption_that_ends_is_a_change(rules_book: Any, tell: Any) -> None:
    rows = [
        rules_book.rule("R", unless=["E"]),
        rules_book.exemption(force=rules_book.printed("2020-06-01", "2020-08-31")),
    ]
    assert tell(rows, day="2020-05-01").next_change() == "2020-06-01"
    assert tell(rows, day="2020-07-01").next_change() == "2020-09-01"


def test_an_exemption_to_an_exemption_that_ends_is_a_change(rules_book: Any, tell: Any) -> None:
    rows = [
        rules_book.rule("R", unless=["E"]),
        rules_book.exemption(unless=["E2"]),
        rules_book.exemption("E2", force=rules_book.printed("2020-06-01", "2020-08-31")),
    ]
    assert tell(rows, day="2020-07-01").next_change() == "2020-09-01"


def test_a_zone_that_ends_is_a_change(tree: Any) -> None:
    """Place = location ∧ validity of the zone that day, so the zone's last day turns the rule."""
    from zonerules.rules.evaluate import ask
    from zonerules.rules.model import Book

    told = '    validity: {until: "2020-08-31", instrument: evidenced}\n'
    tree.edit("zones", "    edges:\n", told + "    edges:\n")
    of = Book(tree.compile())
    located = {"tw-town": "inside", "tw-ban": "inside"}
    facts = {"boiler.fuel": "coal", "boiler.capacity_tph": 5.0, "source.id": "other"}
    asked = ask(of, located, "2020-07-15", facts=facts)
    results = Judge(asked, coverage(asked), "operate-boiler").results()
    assert [result.outcome for result in results if result.binding] == ["applies"]
    assert next_change(results, asked) == "2020-09-01"


def test_a_season_asserted_for_today_says_nothing_of_tomorrow(rules_book: Any, tell: Any) -> None:
    season = {
        "id": "heating",
        "name": rules_book.text("heating"),
        "start": {"earliest": "2020-11-01", "latest": "2020-11-15"},
        "end": {"earliest": "2021-03-01", "latest": "2021-03-31"},
    }
    papers = [rules_book.document(seasons=[season])]
    row = rules_book.rule("R", force={"seasons": ["heating"]})
    told = tell([row], documents=papers, day="2020-11-05", asserted={"season.heating": "outside"})
    assert told.verdict().verdict in ("not_concerned", "no_data")
    assert told.next_change() == "2020-11-15"
