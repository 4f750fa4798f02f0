"""In force or not: deadlines, alerts, assertions, exemptions, days of change."""

from __future__ import annotations

from typing import Any

import pytest

from zonerules.rules.dates import date_truth, ended, turning_days
from zonerules.rules.logic import FALSE, TRUE, unknown
from zonerules.rules.model import BadAssertion

# deadlines


@pytest.mark.parametrize(
    ("kind", "day", "expected", "overdue"),
    [
        ("prohibition", "2020-06-29", "due", False),
        ("prohibition", "2020-06-30", "due", False),
        ("prohibition", "2020-07-01", "applies", False),
        ("obligation", "2020-06-30", "due", False),
        ("obligation", "2020-07-01", "applies", True),
        ("restriction", "2020-06-30", "due", False),
        ("restriction", "2020-07-01", "applies", False),
    ],
)
def test_deadline(
    rules_book: Any, outcome: Any, kind: str, day: str, expected: str, overdue: bool
) -> None:
    force = rules_book.unprinted(deadline="2020-06-30")
    found = outcome(force, day, kind=kind)
    assert (found.outcome, found.overdue) == (expected, overdue)


def test_a_deadline_does_not_end_the_uncertainty(rules_book: Any, outcome: Any) -> None:
    force = rules_book.unprinted(deadline="2020-06-30")
    assert outcome(force, "2020-02-01").outcome == "cannot_determine"
    assert outcome(force, "2019-12-31").outcome == "not_concerned"
    late = outcome(force, "2021-02-01", kind="obligation")
    assert (late.outcome, late.overdue) == ("cannot_determine", False)


def test_an_exempt_duty_is_never_overdue(rules_book: Any) -> None:
    force = rules_book.unprinted(deadline="2020-06-30")
    duty = rules_book.rule("R", "obligation", force=force, unless=["E"])
    found = rules_book.result([duty, rules_book.exemption()], day="2020-08-01")
    assert (found.outcome, found.overdue) == ("exempt", False)


# alerts


@pytest.mark.parametrize(
    ("level", "expected", "failed"),
    [
        ("none", "not_concerned", "alert"),
        ("blue", "not_concerned", "alert"),
        ("yellow", "not_concerned", "alert"),
        ("orange", "applies", None),
        ("red", "applies", None),
        ("unknown", "cannot_determine", None),
    ],
)
def test_alerts(outcome: Any, level: str, expected: str, failed: str | None) -> None:
    found = outcome({"alerts": ["orange", "red"]}, "2020-07-01", alert=level)
    assert (found.outcome, found.failed) == (expected, failed)
    assert found.missing == (("alert",) if level == "unknown" else ())


@pytest.mark.parametrize("level", ["none", "red", "unknown"])
def test_a_rule_without_alerts_does_not_ask(outcome: Any, level: str) -> None:
    assert outcome({}, "2020-07-01", alert=level).outcome == "applies"


@pytest.mark.parametrize(
    ("day", "level", "failed"),
    [
        ("2019-01-01", "none", "date"),  # the date is named before the alert
        ("2020-07-01", "none", "alert"),
    ],
)
def test_date_is_named_before_alert(
    rules_book: Any, outcome: Any, day: str, level: str, failed: str
) -> None:
    assert outcome(rules_book.unprinted(alerts=["red"]), day, alert=level).failed == failed


def test_a_past_date_needs_no_alert(rules_book: Any, outcome: Any) -> None:
    found = outcome(rules_book.unprinted(alerts=["red"]), "2019-01-01")
    assert (found.outcome, found.missing) == ("not_concerned", ())


# assertions


@pytest.mark.parametrize(("said", "expected"), [("in", TRUE), ("out", FALSE)])
@pytest.mark.parametrize("key", ["force.plan", "force.R"])
@pytest.mark.parametrize("day", ["2020-02-01", "2021-02-01"])
def test_an_undecided_period_may_be_asserted(
    rules_book: Any, when: Any, key: str, said: str, expected: Any, day: str
) -> None:
    assert when(rules_book.unprinted(), day, asserted={key: said}) == expected


def test_the_rule_is_more_particular_than_its_document(rules_book: Any, when: Any) -> None:
    said = {"force.plan": "in", "force.R": "out"}
    assert when(rules_book.unprinted(), "2021-02-01", asserted=said) == FALSE


def test_the_document_does_not_speak_for_a_printed_month(rules_book: Any, when: Any) -> None:
    force = rules_book.printed(["2020-10-01", "2020-10-31"], None)
    assert when(force, "2020-10-15", asserted={"force.plan": "in"}) == unknown("force.R")
    assert when(force, "2020-10-15", asserted={"force.R": "in"}) == TRUE


def test_asserting_an_ended_document_leaves_certain_ends_alone(rules_book: Any, when: Any) -> None:
    force = rules_book.unprinted(until=["2020-09-15", "2020-09-15"], until_printed=True)
    assert when(force, "2021-02-01", asserted={"force.plan": "in"}) == FALSE


def test_an_asserted_end_is_no_longer_an_open_one(rules_book: Any) -> None:
    row = rules_book.rule("R", force=rules_book.unprinted())
    of = rules_book.book([row])
    asked = rules_book.asker(of, "2021-02-01", asserted={"force.plan": "in"})
    assert ended(row, asked) is False


@pytest.mark.parametrize(("said", "expected"), [("inside", TRUE), ("outside", FALSE)])
@pytest.mark.parametrize("day", ["2020-11-05", "2021-03-10"])
def test_an_undecided_season_may_be_asserted(when: Any, said: str, expected: Any, day: str) -> None:
    found = when({"seasons": ["heating"]}, day, asserted={"season.heating": said})
    assert found == expected


def test_asserting_a_season_leaves_the_printed_days(rules_book: Any, when: Any) -> None:
    force = rules_book.printed("2020-11-10", None, seasons=["heating"])
    assert when(force, "2020-11-05", asserted={"season.heating": "inside"}) == FALSE


@pytest.mark.parametrize(
    ("day", "key", "value"),
    [
        ("2020-12-15", "season.heating", "outside"),
        ("2020-07-01", "season.heating", "inside"),
        ("2021-04-01", "season.heating", "inside"),
        ("2020-07-01", "season.summer", "outside"),
        ("2020-07-01", "season.smog", "inside"),
        ("2020-07-01", "force.plan", "out"),
        ("2019-12-31", "force.plan", "in"),
        ("2020-07-01", "force.R", "out"),
        ("2019-12-31", "force.R", "in"),
    ],
)
def test_an_assertion_against_certain_dates(
    rules_book: Any, when: Any, day: str, key: str, value: str
) -> None:
    with pytest.raises(BadAssertion) as caught:
        when(rules_book.unprinted(), day, asserted={key: value})
    assert (caught.value.key, caught.value.value) == (key, value)
    assert f"{key}={value}" in str(caught.value)
    assert "20" in caught.value.against, "the dates it contradicts are named"


@pytest.mark.parametrize(
    ("day", "key", "value"),
    [
        ("2020-12-15", "season.heating", "inside"),
        ("2020-07-01", "season.heating", "outside"),
        ("2020-07-01", "force.plan", "in"),
        ("2019-12-31", "force.plan", "out"),
        ("2020-07-01", "force.R", "in"),
    ],
)
def test_an_assertion_that_is_certain_anyway(
    rules_book: Any, when: Any, day: str, key: str, value: str
) -> None:
    when(rules_book.unprinted(), day, asserted={key: value})


def test_a_printed_end_cannot_be_asserted_away(rules_book: Any, when: Any) -> None:
    force = rules_book.printed("2020-06-01", "2020-06-30")
    with pytest.raises(BadAssertion):
        when(force, "2020-07-01", asserted={"force.R": "in"})


# exemptions


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-05-31", "not_concerned"),
        ("2020-06-01", "exempt"),
        ("2020-06-30", "exempt"),
        ("2020-07-01", "not_concerned"),
    ],
)
def test_an_exemption_without_dates_holds_as_long_as_what_it_lifts(
    rules_book: Any, day: str, expected: str
) -> None:
    ban = rules_book.rule("R", force=rules_book.printed("2020-06-01", "2020-06-30"), unless=["E"])
    assert rules_book.result([ban, rules_book.exemption()], day=day).outcome == expected


def test_an_exemption_without_dates_shares_the_uncertainty(rules_book: Any) -> None:
    """P is U and E holds: exempt, no missing fact can make the ban apply."""
    ban = rules_book.rule("R", force=rules_book.unprinted(), unless=["E"])
    rows = [ban, rules_book.exemption()]
    assert rules_book.result(rows, day="2021-02-01").outcome == "exempt"
    own = rules_book.result(rows, "E", day="2021-02-01")
    assert (own.outcome, own.missing) == ("cannot_determine", ("force.plan",))


@pytest.mark.parametrize(
    ("day", "own", "failed"),
    [("2020-05-31", "not_concerned", "date"), ("2020-06-15", "applies", None)],
)
def test_an_exemptions_own_row_has_the_dates_of_what_it_lifts(
    rules_book: Any, day: str, own: str, failed: str | None
) -> None:
    ban = rules_book.rule("R", force=rules_book.printed("2020-06-01", "2020-06-30"), unless=["E"])
    found = rules_book.result([ban, rules_book.exemption()], "E", day=day)
    assert (found.outcome, found.failed) == (own, failed)


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2020-05-31", "applies"), ("2020-06-01", "exempt"), ("2020-07-01", "applies")],
)
def test_an_exemption_with_dates_of_its_own(rules_book: Any, day: str, expected: str) -> None:
    ban = rules_book.rule("R", unless=["E"])
    lifted = rules_book.exemption(force=rules_book.printed("2020-06-01", "2020-06-30"))
    assert rules_book.result([ban, lifted], day=day).outcome == expected


def test_an_exemption_of_uncertain_date_is_asked_for(rules_book: Any) -> None:
    ban = rules_book.rule("R", unless=["E"])
    lifted = rules_book.exemption(
        force=rules_book.printed(["2020-06-01", "2020-06-30"], "2020-12-31")
    )
    found = rules_book.result([ban, lifted], day="2020-06-15")
    assert (found.outcome, found.missing) == ("cannot_determine", ("force.E",))


def test_a_suspended_exemption_lifts_nothing(rules_book: Any) -> None:
    ban = rules_book.rule("R", unless=["E"])
    lifted = rules_book.exemption(force={"state": {"value": "suspended"}})
    assert rules_book.result([ban, lifted]).outcome == "applies"


def test_a_restored_exemption_still_has_the_dates_of_what_it_lifts(rules_book: Any) -> None:
    """A state is no printed date: the exemption's own row ends with the ban."""
    ban = rules_book.rule("R", force=rules_book.printed("2020-06-01", "2020-06-30"), unless=["E"])
    lifted = rules_book.exemption(
        force={"state": {"value": "suspended", "from": "2020-06-01", "until": "2020-06-10"}}
    )
    found = rules_book.result([ban, lifted], "E", day="2020-07-15")
    assert (found.outcome, found.failed) == ("not_concerned", "date")


def test_an_exemption_with_alerts_only_has_the_dates_of_what_it_lifts(tree: Any) -> None:
    """No printed dates: the plan's uncertain bounds must not creep in by way of an alert."""
    tree.edit("rules", "when: {fact: source.id, eq: tw-brewery}", "force: {alerts: [blue]}")
    force = {row["id"]: row["force"] for row in tree.compile()["rules"]}["TW-2"]
    assert force == {"alerts": ["blue"]}


# days on which something may change


@pytest.mark.parametrize(
    ("force", "days"),
    [
        ({}, set()),
        (
            {"from": ["2020-01-01", "2020-03-10"], "until": ["2020-12-31", None]},
            {"2020-01-01", "2020-03-10", "2021-01-01"},
        ),
        (
            {"from": ["2020-06-01", "2020-06-01"], "until": ["2020-02-28", "2020-02-29"]},
            {"2020-06-01", "2020-02-29", "2020-03-01"},
        ),
        ({"until": ["9999-12-31", None]}, set()),
        ({"deadline": "2020-06-30"}, {"2020-07-01"}),
        ({"seasons": ["heating"]}, {"2020-11-01", "2020-11-15", "2021-03-02", "2021-04-01"}),
        (
            {"state": {"value": "suspended", "from": "2020-06-01", "until": "2020-06-30"}},
            {"2020-06-01", "2020-07-01"},
        ),
        ({"state": {"value": "annulled"}}, set()),
    ],
)
def test_turning_days(rules_book: Any, papers: Any, force: Any, days: set[str]) -> None:
    row = rules_book.rule("R", force=force)
    assert turning_days(row, rules_book.book([row], documents=papers)) == days


def test_between_turning_days_nothing_turns(rules_book: Any, papers: Any) -> None:
    """Every change of the date's truth in two years falls on one of the rule's turning days."""
    import datetime

    force = rules_book.printed(
        ["2020-06-01", "2020-06-30"],
        ["2021-02-01", "2021-02-28"],
        seasons=["heating", "summer"],
        state={"value": "suspended", "from": "2020-12-01", "until": "2020-12-05"},
    )
    row = rules_book.rule("R", force=force)
    of = rules_book.book([row], documents=papers)
    turning = turning_days(row, of)
    day, before = datetime.date(2020, 1, 1), None
    while day < datetime.date(2022, 1, 1):
        now = date_truth(row, rules_book.asker(of, day.isoformat())).value
        if before is not None and now != before:
            assert day.isoformat() in turning
        day, before = day + datetime.timedelta(days=1), now
