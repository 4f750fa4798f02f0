"""Rules in time: which drawn zones a rule belongs to, and what binds there on which days."""

from __future__ import annotations

import pytest

import zonerules
from zonerules.jobs.exchange.maptables import map_tables
from zonerules.jobs.exchange.rights import Rights
from zonerules.jobs.exchange.tables import shapes_of
from zonerules.jobs.periods import periods, reach


@pytest.fixture(scope="module")
def catalogue():
    return zonerules.open()


@pytest.fixture(scope="module")
def drawn(catalogue):
    zones = catalogue.data["zones"]
    return {name for name, zone in zones.items() if shapes_of(catalogue.data, zone)}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"any": ["gc-district"]}, {"gc-district": "whole"}),
        # a class of premises lies wherever its surroundings are
        ({"any": ["gc-public-areas"]}, {"gc-district": "whole"}),
        # nobody has drawn the built-up area
        ({"any": ["zmd-builtup"]}, {"zmd-city": "part"}),
        (
            {"any": ["zz-dualsub-5counties"]},
            dict.fromkeys(
                ["zz-dengfeng", "zz-xingyang", "zz-xinmi", "zz-zhongmu", "zz-gongyi"], "whole"
            ),
        ),
        # a county and all mines of the city: the mines of the county
        ({"all": ["zz-xinmi", "zz-coal-mine-sites"]}, {"zz-xinmi": "whole"}),
        ({"all": ["zz-gongyi", "zz-plain-area"]}, {"zz-gongyi": "part"}),
        ({"any": ["gc-outside-urban"]}, {"gc-district": "part"}),
        ({"not": "sy-builtup"}, {"sy-district": "part"}),
        (None, {}),
    ],
)
def test_a_rule_belongs_to_the_drawn_zones_it_names(catalogue, drawn, where, expected):
    assert reach(where, catalogue.book, drawn) == expected


def states(catalogue, zone, day):
    """rule -> how the period of the zone on that day counts it."""
    (period,) = [
        found
        for found in periods(catalogue.data, catalogue.book)
        if found.zone == zone and found.since <= day and (found.until is None or day <= found.until)
    ]
    told = {rule: effect for effect, ids in period.bound.items() for rule in ids}
    told.update(dict.fromkeys(period.part, "part"))
    told.update(dict.fromkeys(period.unsure, "unsure"))
    return told


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2017-11-14", None),  # the heating season is printed: 2017-11-15 to 2018-03-15
        ("2017-11-15", "prohibited"),
        ("2018-03-15", "prohibited"),
        ("2018-03-16", None),
    ],
)
def test_a_season_begins_and_ends_on_its_days(catalogue, day, expected):
    assert states(catalogue, "gc-district", day).get("GC-74") == expected


def test_after_the_plan_an_undated_rule_is_neither_in_force_nor_gone(catalogue):
    assert states(catalogue, "gc-district", "2018-03-31")["GC-03"] == "prohibited"
    assert states(catalogue, "gc-district", "2018-04-01")["GC-03"] == "unsure"
    assert states(catalogue, "gc-district", "2030-01-01")["GC-03"] == "unsure"


def test_periods_agree_with_the_answer_for_a_point(catalogue):
    """The day's truth of every rule of a whole district, against the evaluator of answers."""
    day = "2018-03-20"
    told = states(catalogue, "gc-district", day)
    answer = catalogue.at(113.75, 34.70, date=day, all_rules=True)
    rows = {row["id"]: row for row in answer["rules"]}
    for rule, state in told.items():
        late = rows[rule]["failed"] == "date"
        assert not late, (rule, state, rows[rule])
    named = [
        row["id"]
        for row in answer["rules"]
        if row["failed"] == "date" and {zone["id"] for zone in row["zones"]} == {"gc-district"}
    ]
    assert "GC-74" in named
    assert not set(named) & set(told)


def test_a_zone_has_no_two_periods_on_a_day_and_neighbours_differ(catalogue):
    found = periods(catalogue.data, catalogue.book)
    for before, after in zip(found, found[1:]):
        if before.zone == after.zone:
            assert before.until is not None and before.until < after.since
            assert before[3:] != after[3:]


def test_tables_have_the_type_they_say(catalogue):
    kinds = {"text": str, "integer": int, "real": (int, float), "boolean": bool, "date": str}
    kinds["datetime"] = str
    for table in map_tables(catalogue, Rights(catalogue.data)):
        for entry in table.rows:
            for name, value in entry.row.items():
                if value is not None:
                    assert isinstance(value, kinds[table.columns[name]]), (table.name, name, value)
