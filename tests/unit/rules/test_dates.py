"""In force or not: bounds, printed days, months, open ends, seasons, states."""

from __future__ import annotations

from typing import Any

import pytest

from zonerules.rules.dates import ended
from zonerules.rules.logic import FALSE, TRUE, unknown

# nothing printed: the document's uncertain bounds


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-12-31", FALSE),
        ("2020-01-01", unknown("force.plan")),
        ("2020-03-09", unknown("force.plan")),
        ("2020-03-10", TRUE),
        ("2020-12-31", TRUE),
        ("2021-01-01", unknown("force.plan")),
        ("2031-01-01", unknown("force.plan")),
    ],
)
def test_nothing_printed(rules_book: Any, when: Any, day: str, expected: Any) -> None:
    assert when(rules_book.unprinted(), day) == expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2020-03-01", False), ("2020-12-31", False), ("2021-01-01", True)]
)
def test_ended_is_only_said_after_the_last_certain_day(
    rules_book: Any, day: str, expected: bool
) -> None:
    row = rules_book.rule("R", force=rules_book.unprinted())
    of = rules_book.book([row])
    assert ended(row, rules_book.asker(of, day)) is expected


# printed days, months and open ends


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-05-31", FALSE),
        ("2020-06-01", TRUE),
        ("2020-09-15", TRUE),
        ("2020-09-16", FALSE),
    ],
)
def test_printed_days_are_inclusive(rules_book: Any, when: Any, day: str, expected: Any) -> None:
    assert when(rules_book.printed("2020-06-01", "2020-09-15"), day) == expected


def test_one_day(rules_book: Any, when: Any) -> None:
    force = rules_book.printed("2020-06-01", "2020-06-01")
    assert when(force, "2020-06-01") == TRUE


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-09-30", FALSE),
        ("2020-10-01", unknown("force.R")),
        ("2020-10-30", unknown("force.R")),
        ("2020-10-31", TRUE),
        ("2020-11-01", TRUE),
        ("2020-11-02", unknown("force.R")),
        ("2020-11-30", unknown("force.R")),
        ("2020-12-01", FALSE),
    ],
)
def test_printed_months_span_the_month(rules_book: Any, when: Any, day: str, expected: Any) -> None:
    """From some day of October to some day of November: what the rule prints, the rule is asked."""
    force = rules_book.printed(["2020-10-01", "2020-10-31"], ["2020-11-01", "2020-11-30"])
    assert when(force, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2020-06-30", FALSE), ("2020-07-01", TRUE), ("2099-01-01", TRUE)]
)
def test_open_end(rules_book: Any, when: Any, day: str, expected: Any) -> None:
    assert when(rules_book.printed("2020-07-01", None), day) == expected


def test_a_printed_start_with_an_unprinted_end(rules_book: Any, when: Any) -> None:
    force = rules_book.unprinted(**{"from": ["2020-06-01", "2020-06-01"], "from_printed": True})
    assert when(force, "2020-05-31") == FALSE
    assert when(force, "2020-06-01") == TRUE
    assert when(force, "2021-06-01") == unknown("force.plan")


def test_a_printed_end_beyond_the_plan(rules_book: Any, when: Any) -> None:
    """A bound printed on a rule holds beyond the plan's period."""
    force = rules_book.unprinted(until=["2021-03-15", "2021-03-15"], until_printed=True)
    assert when(force, "2021-03-15") == TRUE
    assert when(force, "2021-03-16") == FALSE


def test_only_one_bound(when: Any) -> None:
    start = {"from": ["2020-06-01", "2020-06-01"], "from_printed": True}
    assert (when(start, "2020-05-31"), when(start, "2030-01-01")) == (FALSE, TRUE)
    end = {"until": ["2020-06-30", "2020-06-30"], "until_printed": True}
    assert (when(end, "1999-01-01"), when(end, "2020-07-01")) == (TRUE, FALSE)


def test_no_bound_at_all(when: Any) -> None:
    assert when({}, "1950-01-01") == TRUE


# seasons


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-10-31", FALSE),
        ("2020-11-01", unknown("season.heating")),
        ("2020-11-14", unknown("season.heating")),
        ("2020-11-15", TRUE),
        ("2021-03-01", TRUE),
        ("2021-03-02", unknown("season.heating")),
        ("2021-03-31", unknown("season.heating")),
        ("2021-04-01", FALSE),
    ],
)
def test_season_is_the_whole_bound(when: Any, day: str, expected: Any) -> None:
    """Covers adds nothing: the season runs past the plan's last day."""
    assert when({"seasons": ["heating"]}, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-05-31", FALSE),
        *((day, unknown("season.smog")) for day in ("2020-06-01", "2020-06-15", "2020-06-30")),
        ("2020-07-01", FALSE),
    ],
)
def test_season_without_a_certain_day(when: Any, day: str, expected: Any) -> None:
    assert when({"seasons": ["smog"]}, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2020-05-31", FALSE), ("2020-06-01", TRUE), ("2020-08-31", TRUE), ("2020-09-01", FALSE)],
)
def test_printed_season(when: Any, day: str, expected: Any) -> None:
    assert when({"seasons": ["summer"]}, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-06-05", TRUE),  # summer for certain, whatever smog is
        ("2020-10-31", FALSE),
        ("2020-11-05", unknown("season.heating")),
    ],
)
def test_any_season_will_do(when: Any, day: str, expected: Any) -> None:
    assert when({"seasons": ["heating", "smog", "summer"]}, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-11-30", FALSE),  # in season, before the printed start
        ("2020-12-01", TRUE),
        ("2021-03-10", unknown("season.heating")),
        ("2021-03-15", unknown("season.heating")),
        ("2021-03-16", FALSE),  # perhaps in season, after the printed end
        ("2020-11-05", FALSE),
    ],
)
def test_season_and_printed_days_are_joined(
    rules_book: Any, when: Any, day: str, expected: Any
) -> None:
    force = rules_book.printed("2020-12-01", "2021-03-15", seasons=["heating"])
    assert when(force, day) == expected


def test_season_and_a_vague_start_ask_for_both(rules_book: Any, when: Any) -> None:
    force = rules_book.printed(["2020-11-01", "2020-11-30"], None, seasons=["heating"])
    assert when(force, "2020-11-05") == unknown("force.R", "season.heating")


# states


@pytest.mark.parametrize("value", ["suspended", "annulled", "replaced", "not_in_force"])
def test_state_stops_the_rule(when: Any, value: str) -> None:
    state = {"value": value, "from": "2020-06-01", "until": "2020-06-30"}
    force = {"from": ["2020-01-01", "2020-01-01"], "from_printed": True, "state": state}
    assert when(force, "2020-05-31") == TRUE
    assert when(force, "2020-06-01") == FALSE
    assert when(force, "2020-06-30") == FALSE
    assert when(force, "2020-07-01") == TRUE


def test_state_without_dates_stops_it_for_good(rules_book: Any, when: Any) -> None:
    force = rules_book.unprinted(state={"value": "annulled"})
    for day in ("2020-02-01", "2020-07-01", "2031-01-01"):
        assert when(force, day) == FALSE


def test_state_with_one_date(when: Any) -> None:
    since = {"state": {"value": "replaced", "from": "2020-06-01"}}
    assert (when(since, "2020-05-31"), when(since, "2031-01-01")) == (TRUE, FALSE)
    till = {"state": {"value": "suspended", "until": "2020-06-01"}}
    assert (when(till, "2020-06-01"), when(till, "2020-06-02")) == (FALSE, TRUE)


def test_an_annulled_rule_is_not_concerned(rules_book: Any, outcome: Any) -> None:
    found = outcome(rules_book.unprinted(state={"value": "annulled"}), "2020-07-01")
    assert (found.outcome, found.failed) == ("not_concerned", "date")
