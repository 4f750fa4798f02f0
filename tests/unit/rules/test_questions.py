"""What is asked next: what a fact would settle, permitted values, the next change."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from zonerules.rules.coverage import coverage
from zonerules.rules.questions import next_change, permitted_values
from zonerules.rules.verdict import Judge
from zonerules.tests.unit.rules_book import COAL, LICENSED, LISTED, ORDER

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
