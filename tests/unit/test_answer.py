"""The answer for real points of the shipped catalogue, expected values read off the document."""

from __future__ import annotations

import datetime
import json

import pytest

from zonerules.jobs.answer import BadInput
from zonerules.jobs.open import Catalogue
from zonerules.jobs.open import open as open_catalogue

IN_BAN = (113.69, 34.735)  # inside every reading of the ban, in 管城回族区
IN_DISTRICT = (113.7218, 34.7068)  # 管城回族区 east of 中州大道
REACHED = (113.709, 34.7558)  # inside the ban, north of 管城回族区
BETWEEN = (113.6655, 34.72)  # between the three ways to close the west side
IN_CITY = (113.5, 34.85)  # 郑州市, far from both
FAR = (116.4, 39.9)
PLAN_DAY = "2017-11-20"
DOCUMENT = "guanzheng-2017-98"
MACHINERY = "operate-non-road-machinery"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_catalogue()


def verdict_of(answer: dict, activity: str) -> dict:
    return next(row for row in answer["verdicts"] if row["activity"] == activity)


def rule_of(answer: dict, rule: str) -> dict | None:
    return next((row for row in answer["rules"] if row["id"] == rule), None)


def ask(catalogue: Catalogue, point: tuple[float, float], **query: object) -> dict:
    query.setdefault("date", PLAN_DAY)
    return catalogue.at(*point, **query)


# -- the contract's shape --


def test_the_answer_is_json_with_the_fixed_names(catalogue: Catalogue) -> None:
    answer = ask(catalogue, IN_BAN)
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
    assert answer["schema"] == "zonerules/answer/1"
    assert set(answer) == {
        "schema",
        "catalogue",
        "query",
        "coverage",
        "zones",
        "rules",
        "verdicts",
        "ask",
        "next_change",
        "sources",
    }
    row = answer["rules"][0]
    assert {
        "id",
        "kind",
        "strength",
        "audience",
        "activities",
        "outcome",
        "overdue",
        "failed",
        "zones",
        "because",
        "missing",
        "unless",
        "consequence",
        "summary",
        "cite",
    } <= set(row)
    for rule in answer["rules"]:
        assert rule["cite"]["document"] == DOCUMENT
        assert rule["cite"]["clause"]
        assert rule["because"], rule["id"]
        for step in rule["because"]:
            assert step["zh"] and step["en"] and "{" not in step["zh"] + step["en"]


def test_defaults_are_echoed_and_listed(catalogue: Catalogue) -> None:
    query = catalogue.at(*IN_BAN)["query"]
    assert query["date"] == datetime.date.today().isoformat()
    assert query["assumed"] == ["datum", "accuracy_m", "date", "alert", "radius_km"]
    told = ask(catalogue, IN_BAN, datum="wgs84", accuracy_m=3, alert="none", radius_km=1)["query"]
    assert told["assumed"] == []
    assert (told["accuracy_m"], told["alert"], told["radius_km"]) == (3, "none", 1)


# -- the machinery ban, clause 21 --


def test_a_stage_one_machine_is_prohibited_inside_every_reading(catalogue: Catalogue) -> None:
    answer = ask(catalogue, IN_BAN, activity=MACHINERY, facts={"machine.stage": 1})
    row = verdict_of(answer, MACHINERY)
    assert (row["verdict"], row["at_least"], row["at_most"]) == ("prohibited",) * 3
    rule = rule_of(answer, "GC-58")
    assert rule["outcome"] == "applies"
    assert rule["cite"] == {"document": DOCUMENT, "number": "管政〔2017〕98号", "clause": "21"}
    zone = next(zone for zone in answer["zones"] if zone["id"] == "gc-nrmm-ban")
    assert zone["location"] == "inside"
    assert -4000 < zone["distance_m"] < -1000


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"machine.stage": 0}, "applies"),
        ({"machine.stage": 1}, "applies"),
        ({"machine.stage": 2, "machine.made": "2009-10-01"}, "not_concerned"),
        ({"machine.stage": 2, "machine.made": "2009-09-30"}, "cannot_determine"),
        ({"machine.stage": 3}, "cannot_determine"),
        ({"machine.stage": 3, "machine.made": "2016"}, "not_concerned"),
        ({"machine.made": "2016-05-01"}, "cannot_determine"),
        ({}, "cannot_determine"),
    ],
)
def test_stage_and_date_of_the_machine(
    catalogue: Catalogue, facts: dict[str, object], outcome: str
) -> None:
    answer = ask(catalogue, IN_BAN, activity=MACHINERY, facts=facts, all_rules=True)
    assert rule_of(answer, "GC-58")["outcome"] == outcome


def test_between_the_readings_only_the_boundary_helps(catalogue: Catalogue) -> None:
    answer = ask(catalogue, BETWEEN, activity=MACHINERY, facts={"machine.stage": 1})
    rule = rule_of(answer, "GC-58")
    assert rule["outcome"] == "cannot_determine"
    assert rule["missing"] == ["zone.gc-nrmm-ban"]
    assert rule["zones"] == [{"id": "gc-nrmm-ban", "location": "near"}]
    for side, outcome in (("inside", "applies"), ("outside", "not_concerned")):
        said = ask(
            catalogue,
            BETWEEN,
            activity=MACHINERY,
            facts={"machine.stage": 1, "zone.gc-nrmm-ban": side},
            all_rules=True,
        )
        assert rule_of(said, "GC-58")["outcome"] == outcome


def test_a_coarse_point_asks_for_a_better_position(catalogue: Catalogue) -> None:
    coarse = ask(catalogue, IN_BAN, accuracy_m=5000, activity=MACHINERY, facts={"machine.stage": 1})
    rule = rule_of(coarse, "GC-58")
    assert rule["outcome"] == "cannot_determine"
    assert rule["missing"] == ["position"]
    assert all(question["key"] != "position" for question in coarse["ask"])


def test_an_unknown_datum_is_seven_hundred_metres_unsure(catalogue: Catalogue) -> None:
    edge = (113.7195, 34.745)  # some 60 m inside 中州大道's core
    facts = {"machine.stage": 1}
    sure = ask(catalogue, (113.71, 34.745), activity=MACHINERY, facts=facts)
    assert rule_of(sure, "GC-58")["outcome"] == "applies"
    unsure = ask(catalogue, edge, datum="unknown", activity=MACHINERY, facts=facts)
    assert rule_of(unsure, "GC-58")["outcome"] == "cannot_determine"


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        ("2017-05-31", "not_concerned"),
        ("2017-06-01", "applies"),
        ("2018-04-01", "applies"),
        ("2026-11-21", "applies"),
    ],
)
def test_the_ban_runs_from_june_2017_with_no_printed_end(
    catalogue: Catalogue, day: str, outcome: str
) -> None:
    answer = ask(
        catalogue,
        IN_BAN,
        date=day,
        activity=MACHINERY,
        facts={"machine.stage": 1},
        all_rules=True,
    )
    assert rule_of(answer, "GC-58")["outcome"] == outcome


# -- coverage: no data is never "no" --


def test_the_ban_reaches_beyond_the_district(catalogue: Catalogue) -> None:
    answer = ask(catalogue, REACHED, activity=MACHINERY, facts={"machine.stage": 1})
    assert answer["coverage"]["documents"] == []
    assert answer["coverage"]["reaching"] == [DOCUMENT]
    assert verdict_of(answer, MACHINERY)["verdict"] == "prohibited"
    clean = ask(
        catalogue,
        REACHED,
        activity=MACHINERY,
        facts={"machine.stage": 4, "machine.made": "2016", "machine.black_smoke": False},
    )
    row = verdict_of(clean, MACHINERY)
    assert (row["verdict"], row["reason"], row["at_least"]) == ("no_data", "no_document", None)


@pytest.mark.parametrize("activity", ["operate-boiler", "earthwork", "open-burning", "construct"])
def test_other_questions_there_have_no_data(catalogue: Catalogue, activity: str) -> None:
    for point in (REACHED, IN_CITY):
        row = verdict_of(ask(catalogue, point, activity=activity), activity)
        # The city's own list of 2020 knows these activities and does not cover the day.
        assert row["verdict"] == "no_data"
        assert row["reason"] == "outside_period"
        assert (row["at_least"], row["at_most"]) == (None, None)


def test_the_fuel_clause_binds_the_whole_city(catalogue: Catalogue) -> None:
    facts = {"fuel.type": "vehicle_diesel", "fuel.stage": 5}
    answer = ask(catalogue, IN_CITY, activity="sell-vehicle-fuel", facts=facts)
    assert verdict_of(answer, "sell-vehicle-fuel")["verdict"] == "prohibited"


def test_far_away_nobody_speaks(catalogue: Catalogue) -> None:
    answer = ask(catalogue, FAR, activity=MACHINERY)
    assert answer["zones"] == [] and answer["rules"] == []
    assert verdict_of(answer, MACHINERY)["reason"] == "no_document"
    assert ask(catalogue, FAR)["verdicts"] == []


def test_after_the_plan_undated_rules_are_unknown_not_over(catalogue: Catalogue) -> None:
    facts = {
        "boiler.fuel": "coal",
        "boiler.capacity_tph": 8,
        "boiler.compliant": True,
        "boiler.listed": False,
    }
    answer = ask(catalogue, IN_DISTRICT, date="2018-04-01", activity="operate-boiler", facts=facts)
    assert rule_of(answer, "GC-29")["outcome"] == "cannot_determine"
    assert answer["coverage"]["expired"] == [DOCUMENT]
    row = verdict_of(answer, "operate-boiler")
    assert (row["verdict"], row["reason"]) == ("no_data", "outside_period")
    last = ask(
        catalogue, IN_DISTRICT, date=f"last:{DOCUMENT}", activity="operate-boiler", facts=facts
    )
    assert last["query"]["date"] == "2018-03-31"
    assert verdict_of(last, "operate-boiler")["verdict"] == "prohibited"
    said = ask(
        catalogue,
        IN_DISTRICT,
        date="2018-04-01",
        activity="operate-boiler",
        facts={**facts, f"force.{DOCUMENT}": "in"},
    )
    assert verdict_of(said, "operate-boiler")["verdict"] == "prohibited"


def test_before_the_plan(catalogue: Catalogue) -> None:
    answer = ask(catalogue, IN_DISTRICT, date="2017-05-31", activity="operate-boiler")
    assert DOCUMENT in answer["coverage"]["upcoming"]
    assert verdict_of(answer, "operate-boiler")["verdict"] == "no_data"


def test_an_activity_no_document_mentions_is_silent(catalogue: Catalogue) -> None:
    row = verdict_of(ask(catalogue, IN_DISTRICT, activity="dry-clean"), "dry-clean")
    assert (row["verdict"], row["reason"]) == ("no_data", "silent")


def test_at_the_district_line_it_cannot_be_told_whose_rules_hold(catalogue: Catalogue) -> None:
    answer = ask(catalogue, IN_DISTRICT, accuracy_m=200_000, activity="operate-boiler", facts={})
    row = verdict_of(answer, "operate-boiler")
    assert row["verdict"] == "cannot_determine"
    silent = ask(catalogue, IN_DISTRICT, accuracy_m=200_000, activity="dry-clean")
    assert verdict_of(silent, "dry-clean")["verdict"] == "cannot_determine"


# -- boilers, clause 13-15 --

COAL = {"boiler.fuel": "coal", "boiler.compliant": True, "boiler.listed": False}


@pytest.mark.parametrize(
    ("capacity", "network", "source", "outcome_29", "outcome_30"),
    [
        (10, "outside", None, "applies", "not_concerned"),
        (10.5, "outside", None, "not_concerned", "not_concerned"),
        (10.5, "inside", None, "not_concerned", "applies"),
        (20, "inside", "other", "not_concerned", "applies"),
        (20, "inside", "jinxing-brewery", "not_concerned", "exempt"),
        (20, "inside", None, "not_concerned", "cannot_determine"),
        (20.5, "inside", "jinxing-brewery", "not_concerned", "not_concerned"),
        (15, "inside", "jinxing-brewery", "not_concerned", "applies"),
        (15, None, None, "not_concerned", "cannot_determine"),
    ],
)
def test_small_coal_boilers(
    catalogue: Catalogue,
    capacity: float,
    network: str | None,
    source: str | None,
    outcome_29: str,
    outcome_30: str,
) -> None:
    facts: dict[str, object] = {**COAL, "boiler.capacity_tph": capacity}
    if network:
        facts["zone.gc-heatnet"] = network
    if source:
        facts["source.id"] = source
    answer = ask(catalogue, IN_DISTRICT, activity="operate-boiler", facts=facts, all_rules=True)
    assert rule_of(answer, "GC-29")["outcome"] == outcome_29
    assert rule_of(answer, "GC-30")["outcome"] == outcome_30


@pytest.mark.parametrize(
    ("day", "outcome", "verdict"),
    [
        ("2017-08-31", "due", "required"),
        ("2017-09-01", "applies", "prohibited"),
    ],
)
def test_a_deadline_still_counts_as_before(
    catalogue: Catalogue, day: str, outcome: str, verdict: str
) -> None:
    facts = {
        **COAL,
        "boiler.capacity_tph": 4,
        "boiler.kind": "boiler",
        "fuel.kind": "other_coal",
        "zone.gc-heatnet": "outside",
    }
    answer = ask(catalogue, IN_DISTRICT, date=day, activity="operate-boiler", facts=facts)
    assert rule_of(answer, "GC-29")["outcome"] == outcome
    assert verdict_of(answer, "operate-boiler")["verdict"] == verdict


# -- earthwork, clause 26 --


@pytest.mark.parametrize(
    ("approved", "outcome"),
    [(True, "exempt"), (False, "applies"), (None, "cannot_determine")],
)
def test_the_city_may_let_earthwork_go_on(
    catalogue: Catalogue, approved: bool | None, outcome: str
) -> None:
    facts = {} if approved is None else {"site.city_approved": approved}
    answer = ask(catalogue, IN_DISTRICT, activity="earthwork", facts=facts)
    rule = rule_of(answer, "GC-74")
    assert rule["outcome"] == outcome
    assert rule["unless"][0]["id"] == "GC-75"
    assert rule["unless"][0]["cite"]["clause"] == "26"
    demolition = ask(catalogue, IN_DISTRICT, activity="demolish", facts=facts)
    assert rule_of(demolition, "GC-74.2")["outcome"] == "applies"


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        ("2017-11-14", "not_concerned"),
        ("2017-11-15", "applies"),
        ("2018-03-15", "applies"),
        ("2018-03-16", "not_concerned"),
        ("2018-11-20", "not_concerned"),
    ],
)
def test_the_season_has_printed_ends(catalogue: Catalogue, day: str, outcome: str) -> None:
    answer = ask(
        catalogue,
        IN_DISTRICT,
        date=day,
        activity="earthwork",
        facts={"site.city_approved": False},
        all_rules=True,
    )
    rule = rule_of(answer, "GC-74")
    assert rule["outcome"] == outcome
    assert rule["failed"] == ("date" if outcome == "not_concerned" else None)


# -- the rest of the contract --


def test_next_change_is_the_next_day_on_which_something_differs(catalogue: Catalogue) -> None:
    facts = {"site.city_approved": False}
    first = ask(catalogue, IN_DISTRICT, activity="earthwork", facts=facts, date="2017-11-01")
    assert first["next_change"] == "2017-11-15"
    second = ask(catalogue, IN_DISTRICT, activity="earthwork", facts=facts, date="2017-11-20")
    assert second["next_change"] == "2018-03-16"
    third = ask(catalogue, IN_DISTRICT, activity="earthwork", facts=facts, date="2018-03-16")
    assert third["next_change"] == "2018-04-01"  # the plan ends and the duties of sites with it


def test_without_an_activity_every_activity_of_the_document_is_judged(catalogue: Catalogue) -> None:
    answer = ask(catalogue, IN_DISTRICT)
    names = [row["activity"] for row in answer["verdicts"]]
    assert {"operate-boiler", "earthwork", MACHINERY, "open-burning"} <= set(names)
    assert "govern" not in names
    assert ask(catalogue, IN_DISTRICT, date="2019-01-01")["verdicts"] == []


def test_all_lists_every_rule_of_the_document(catalogue: Catalogue) -> None:
    everything = ask(catalogue, IN_DISTRICT, activity="dry-clean", all_rules=True)
    here = {DOCUMENT, "zhengzhou-sansan-2020"}  # both have to do with the place, on any day
    assert [row["id"] for row in everything["rules"]] == [
        rule["id"] for rule in catalogue.data["rules"] if rule["document"] in here
    ]


def test_the_brewery_is_found_nearby(catalogue: Catalogue) -> None:
    sources = ask(catalogue, IN_BAN)["sources"]
    assert [source["id"] for source in sources] == ["jinxing-brewery"]
    assert 1500 < sources[0]["distance_m"] < 1700
    assert ask(catalogue, IN_BAN, radius_km=1)["sources"] == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"activity": "operate-boilr"}, ("--activity", "operate-boiler")),
        ({"facts": {"machine.stag": 1}}, ("machine.stag", "machine.stage")),
        ({"facts": {"machine.stage": 9}}, ("machine.stage=9", "0, 1, 2, 3, 4")),
        ({"facts": {"zone.gc-nrmm-bann": "inside"}}, ("zone.gc-nrmm-bann", "gc-nrmm-ban")),
        ({"facts": {"zone.gc-nrmm-ban": "outside"}}, ("zone.gc-nrmm-ban=outside", "map")),
        ({"facts": {"zone.gc-nrmm-ban": "maybe"}}, ("zone.gc-nrmm-ban=maybe", "inside")),
        ({"facts": {"alert": "red"}}, ("alert", "--alert")),
        ({"alert": "purple"}, ("--alert purple", "red")),
        ({"date": "2017-02-30"}, ("--date 2017-02-30", "YYYY-MM-DD")),
        ({"date": "last:nobody"}, ("--date last:nobody",)),
        ({"datum": "gcj"}, ("--datum gcj", "gcj02")),
        ({"accuracy_m": -1}, ("--accuracy -1",)),
        ({"accuracy_m": float("nan")}, ("--accuracy nan",)),
        ({"facts": ["machine.stage"]}, ("machine.stage", "KEY=VALUE")),
        ({"facts": ["machine.stage=1", "machine.stage=2"]}, ("machine.stage", "already")),
        (
            {"facts": {"zone.gc-heatnet": "inside", "zone.gc-nancao": "inside"}, "date": "x"},
            ("--date x",),
        ),
    ],
)
def test_bad_input_names_the_option_and_the_value(
    catalogue: Catalogue, query: dict, words: tuple[str, ...]
) -> None:
    with pytest.raises(BadInput) as caught:
        ask(catalogue, IN_BAN, **query)
    message = str(caught.value)
    assert "\n" not in message
    for word in words:
        assert word in message


@pytest.mark.parametrize("point", [(200, 34), (113, 91), (float("nan"), 34), ("x", 34)])
def test_impossible_points_are_refused(catalogue: Catalogue, point: tuple) -> None:
    with pytest.raises(BadInput):
        ask(catalogue, point)


def test_contradicting_assertions_name_both(catalogue: Catalogue) -> None:
    with pytest.raises(BadInput) as caught:
        ask(
            catalogue,
            (113.7275, 34.7362),  # too near the district's line to tell
            facts={"zone.gc-heatnet": "inside", "zone.gc-district": "outside"},
        )
    assert "zone.gc-heatnet" in str(caught.value) and "zone.gc-district" in str(caught.value)
