"""Which documents speak for a place, no data and its reasons, plans that have ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from zonerules.tests.unit.rules_book import COAL, NEVER_COUNT

if TYPE_CHECKING:
    from zonerules.rules.verdict import Verdict

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
