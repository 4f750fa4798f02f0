"""Where is it banned: the effect of a zone never says more than the answer at a point in it."""

from __future__ import annotations

import datetime
import json
import random
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import prepare
from shapely.geometry import Point, shape

import zonerules
from zonerules.jobs.answer import BadInput
from zonerules.jobs.banned.ask import EFFECTS, banned
from zonerules.jobs.banned.ground import Grounds
from zonerules.jobs.exchange.tables import shapes_of
from zonerules.rules.place import zones_of
from zonerules.rules.questions import trial_values

CATALOGUE = zonerules.open()
BOOK = CATALOGUE.book
GROUNDS = Grounds(CATALOGUE.data, BOOK)
STRENGTH = ("not_concerned", "exempt", "required", "restricted", "prohibited")
ACTIVITIES = [a for a in BOOK.activities if a != "govern"]
DAYS = ("2017-03-01", "2017-11-20", "2018-02-10", "2018-11-20", "2020-03-01", "2020-12-20")
DAYS += ("2022-06-01", "2026-01-15")


def ask(activity: str, **given: Any) -> dict[str, Any]:
    return banned(CATALOGUE.data, BOOK, activity, grounds=GROUNDS, **given)


def by_id(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in result["zones"]}


def area(zone: str, role: str) -> Any:
    """The shape of a drawn zone, by another library than the one tested."""
    shapes = shapes_of(CATALOGUE.data, BOOK.zones[zone])
    return shape(shapes.get(role, shapes["nominal"]))


CORES = {row["id"]: row["shapes"] for row in ask("mine")["zones"] if row["drawn"]}


def spots(zone: str, dice: random.Random, number: int) -> list[tuple[float, float]]:
    """Random places in the core of a drawn zone, some of them close to its edge."""
    found: list[tuple[float, float]] = []
    core = area(dice.choice(CORES[zone]), "core")
    prepare(core)
    west, south, east, north = core.bounds
    while len(found) < number:
        lon, lat = dice.uniform(west, east), dice.uniform(south, north)
        if len(found) % 2:
            edge = core.boundary.interpolate(dice.random(), normalized=True)
            lon, lat = edge.x + dice.gauss(0, 0.002), edge.y + dice.gauss(0, 0.002)
        if core.contains(Point(lon, lat)):
            found.append((lon, lat))
    return found


# -- the effect of a zone and the answer at a point in it -----------------------------------------


def consistent(row: dict[str, Any], answer: dict[str, Any]) -> None:
    """The row claims nothing that the answer at a point of the zone does not say as well."""
    [verdict] = answer["verdicts"]
    effect, least, most = row["effect"], verdict["at_least"], verdict["at_most"]
    if effect in ("required", "restricted", "prohibited"):
        assert least is not None and STRENGTH.index(least) >= STRENGTH.index(effect)
    elif effect == "conflict":
        assert STRENGTH.index(least) >= STRENGTH.index(row["at_least"])
    elif effect == "exempt":
        assert verdict["verdict"] in ("exempt", "not_concerned")
    elif effect in ("not_concerned", "no_data"):
        assert verdict["verdict"] == effect
        assert verdict["reason"] == row["reason"]
    if row["at_least"] in ("required", "restricted", "prohibited"):
        assert STRENGTH.index(least) >= STRENGTH.index(row["at_least"])
    if row["at_most"] is not None and most is not None:
        assert STRENGTH.index(most) <= STRENGTH.index(row["at_most"])
    there = {rule["id"]: rule["outcome"] for rule in answer["rules"]}
    for rule in row["rules"]:
        found = there.get(rule["id"], "not_concerned")
        if rule["outcome"] in ("applies", "due"):
            assert found == rule["outcome"], rule
        if rule["outcome"] == "exempt":
            assert found in ("exempt", "not_concerned"), rule
        if rule["outcome"] == "not_concerned":
            assert found == "not_concerned", rule


def some_facts(dice: random.Random, keys: list[str]) -> dict[str, Any]:
    """Values for about half of the facts, and for the dates and rules that are asked for."""
    told: dict[str, Any] = {}
    for key in keys:
        values = trial_values(key, BOOK) if dice.random() < 0.6 else []
        if values and key != "alert":
            value = dice.choice(values)
            told[key] = [value] if BOOK.facts.get(key, {}).get("multi") else value
    return told


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 10**9),
    activity=st.sampled_from(ACTIVITIES),
    day=st.sampled_from(DAYS),
    alert=st.sampled_from(["unknown", "none", "orange", "red"]),
)
def test_no_zone_says_more_than_the_answer_inside(
    seed: int, activity: str, day: str, alert: str
) -> None:
    dice = random.Random(seed)
    blank = ask(activity, day=day, alert=alert)
    keys = [question["key"] for question in blank["ask"]]
    told: dict[str, Any] = some_facts(dice, keys)
    try:
        result = ask(activity, day=day, alert=alert, facts=told)
    except BadInput:  # what the activity implies was drawn otherwise, or a date is certain
        return
    rows = by_id(result)
    drawn = [zone for zone in CORES if rows[zone]["effect"] != "unnamed"]
    for zone in dice.sample(drawn, min(4, len(drawn))):
        for lon, lat in spots(zone, dice, 2):
            answer = CATALOGUE.at(
                lon, lat, accuracy_m=0, date=day, alert=alert, activity=activity, facts=told
            )
            consistent(rows[zone], answer)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**9), activity=st.sampled_from(ACTIVITIES), day=st.sampled_from(DAYS))
def test_no_undrawn_zone_says_more_than_the_answer_to_who_knows_to_be_in_it(
    seed: int, activity: str, day: str
) -> None:
    dice = random.Random(seed)
    result = ask(activity, day=day)
    rows = by_id(result)
    names = [row["id"] for row in result["undrawn"] if row["within"] in CORES]
    for zone in dice.sample(names, min(4, len(names))):
        if "validity" in BOOK.zones[zone]:
            continue  # who says to be in it says as well that it existed
        for lon, lat in spots(rows[zone]["within"], dice, 1):
            answer = CATALOGUE.at(
                lon,
                lat,
                accuracy_m=0,
                date=day,
                activity=activity,
                facts={f"zone.{zone}": "inside"},
            )
            consistent(rows[zone], answer)


def test_a_missing_fact_given_never_turns_an_effect_round() -> None:
    """More knowledge settles more; what was settled stays, but for exempt that stops mattering."""
    dice = random.Random(4)
    for activity in ("operate-non-road-machinery", "operate-boiler", "earthwork", "drive-vehicle"):
        before = by_id(ask(activity, day="2017-11-20"))
        keys = [q["key"] for q in ask(activity, day="2017-11-20")["ask"]]
        for _ in range(6):
            told = some_facts(dice, keys)
            try:
                after = by_id(ask(activity, day="2017-11-20", facts=told))
            except BadInput:
                continue
            for zone, row in before.items():
                if row["effect"] in ("required", "restricted", "prohibited"):
                    assert STRENGTH.index(after[zone]["at_least"]) >= STRENGTH.index(row["effect"])
                if row["effect"] in ("unnamed", "no_data", "not_concerned"):
                    assert after[zone]["effect"] == row["effect"]


# -- worked out by hand from the documents --------------------------------------------------------

MACHINE = "operate-non-road-machinery"


def test_stage_one_machinery_is_banned_in_the_machinery_ban() -> None:
    """管政〔2017〕98号 clause 21: stage I and below, closed to them from 2017-06-01."""
    row = by_id(ask(MACHINE, day="2017-11-20", facts={"machine.stage": "1"}))["gc-nrmm-ban"]
    assert (row["effect"], row["at_least"], row["at_most"]) == ("prohibited",) * 3
    assert row["drawn"] and row["shapes"] == ["gc-nrmm-ban"]
    [rule] = [rule for rule in row["rules"] if rule["id"] == "GC-58"]
    assert (rule["outcome"], rule["effect"], rule["names"]) == ("applies", "prohibited", True)
    assert rule["cite"]["clause"] == "21"


def test_without_the_stage_nobody_can_tell() -> None:
    result = ask(MACHINE, day="2017-11-20")
    row = by_id(result)["gc-nrmm-ban"]
    assert (row["effect"], row["reason"]) == ("cannot_determine", "facts")
    assert row["at_most"] == "prohibited"
    assert "machine.stage" in row["missing"]
    assert not any(key.startswith("zone.") for key in row["missing"])
    question = {q["key"]: q for q in result["ask"]}["machine.stage"]
    assert question["values"] == [0, 1, 2, 3, 4]
    assert question["zones"] >= 1


def test_new_machinery_of_stage_four_is_not_concerned_by_the_ban_on_old_ones() -> None:
    told = {"machine.stage": "4", "machine.made": "2016-05-01"}
    row = by_id(ask(MACHINE, day="2017-11-20", facts=told))["gc-nrmm-ban"]
    assert row["effect"] != "prohibited"
    [rule] = [rule for rule in row["rules"] if rule["id"] == "GC-58"]
    assert (rule["outcome"], rule["failed"]) == ("not_concerned", "fact")


def test_years_later_the_plan_has_ended_but_what_has_no_end_still_binds() -> None:
    """98号 runs to 2018-03-31. The machinery ban of clause 21 is printed as 自2017年6月1日起,

    without an end; its sentence on black smoke has no date, so what follows the plan is unknown.
    """
    told = {"machine.stage": "1", "machine.black_smoke": "true"}
    result = ask(MACHINE, day="2026-01-01", facts=told)
    rows = by_id(result)
    assert rows["gc-nrmm-ban"]["effect"] == "prohibited"
    smoke = rows["gc-smoke-nrmm-area"]
    assert (smoke["effect"], smoke["reason"]) == ("cannot_determine", "ended")
    assert smoke["missing"] == ["force.guanzheng-2017-98"]
    assert {rule["id"]: rule["ended"] for rule in smoke["rules"]}["GC-59"] is True
    assert result["covering"] == []
    ends = {row["document"]: row["until"] for row in result["ended"]}
    assert ends["guanzheng-2017-98"] == "2018-03-31"
    untils = [row["until"] for row in result["ended"]]
    assert untils == sorted(untils, reverse=True)


def test_a_zone_no_rule_of_the_activity_names_claims_nothing() -> None:
    row = by_id(ask("set-off-fireworks", day="2017-11-20"))["gc-nrmm-ban"]
    assert row["effect"] == "unnamed"
    assert row["at_least"] is None and row["at_most"] is None and row["rules"] == []


def test_what_a_named_zone_is_made_of_is_named_and_draws_it() -> None:
    """GC-59 names an area that is the district by another name, a union of one member."""
    rows = by_id(ask(MACHINE, day="2017-11-20", facts={"machine.black_smoke": "true"}))
    for zone in ("gc-smoke-nrmm-area", "gc-district"):
        row = rows[zone]
        assert row["effect"] == "prohibited"
        assert "GC-59" in [rule["id"] for rule in row["rules"] if rule["names"]]
        assert row["drawn"] and row["shapes"] == ["gc-district"]


def test_what_is_cut_out_of_a_named_zone_is_not_named() -> None:
    """`gc-outside-urban`, named for cleaning roads, is the district without `zz-urban`."""
    rows = by_id(ask("clean-road", day="2017-11-20"))
    assert rows["gc-outside-urban"]["effect"] != "unnamed"
    named = [r["id"] for r in rows["zz-urban"]["rules"] if r["names"]]
    outside = {r["id"] for r in BOOK.binding if "gc-outside-urban" in zones_of(r["where"])}
    urban = {r["id"] for r in BOOK.binding if "zz-urban" in zones_of(r["where"])}
    assert outside - urban and not set(named) & (outside - urban)
    assert not rows["gc-outside-urban"]["drawn"]  # nobody has drawn the urban area


def test_every_undrawn_zone_with_an_effect_is_listed_with_its_articles() -> None:
    for activity in ("operate-boiler", "clean-road", "mine"):
        result = ask(activity, day="2017-11-20")
        rows = by_id(result)
        expected = [
            zone
            for zone, row in rows.items()
            if row["effect"] != "unnamed" and BOOK.zones[zone]["basis"] in ("unmapped", "object")
        ]
        listed = {row["id"]: row for row in result["undrawn"]}
        assert set(expected) <= set(listed)
        for row in listed.values():
            assert row["articles"]
            assert row["within"] == BOOK.zones[row["id"]].get("within")


# -- what is certain of a place in a zone ---------------------------------------------------------


def test_disjointness_is_that_of_a_geometry_library() -> None:
    drawn = {zone for zone in BOOK.zones if shapes_of(CATALOGUE.data, BOOK.zones[zone])}
    extents = {zone: area(zone, "extent") for zone in drawn}
    for zone in drawn:
        core, around = area(zone, "core"), GROUNDS.around(zone)
        expected = {o for o in drawn if o not in around and core.disjoint(extents[o])}
        assert set(GROUNDS.outside(zone)) == expected, zone


def test_what_surrounds_a_zone() -> None:
    city = {"zz-city", "zz-municipality"}  # one unit under two names
    assert GROUNDS.around("gc-nancao") == {"gc-nancao", "gc-district", *city}
    assert GROUNDS.around("zz-dualsub-5counties") == {"zz-dualsub-5counties", *city}
    assert "zz-remote-mountain" not in GROUNDS.around("zz-coalfree-4cities-expanded")


def test_a_zone_whose_new_border_is_not_in_evidence_is_not_taken_to_exist() -> None:
    """Both were ordered from 2020, and no instrument that drew them is at hand."""
    for day, value in (("2019-12-31", "F"), ("2020-06-01", "U")):
        for zone in ("zz-coalfree-4cities-expanded", "zz-coalfree-gongyi-redraw"):
            place = GROUNDS.standing(zone, day)[0].places[zone]
            assert (place.location, place.validity.value) == ("inside", value)
            assert not place.asserted
    row = by_id(ask("produce-coal", day="2020-06-01"))["zz-coalfree-gongyi-redraw"]
    assert row["in_force"] == "unknown"


# -- questions in their own words -----------------------------------------------------------------


def test_today_and_the_last_day() -> None:
    assert ask(MACHINE)["query"]["date"] == datetime.date.today().isoformat()
    assert ask(MACHINE)["query"]["assumed"] == ["date", "alert"]
    assert ask(MACHINE, day="last:guanzheng-2017-98")["query"]["date"] == "2018-03-31"
    assert ask(MACHINE, day="last")["query"]["date"] == "2022-12-31"


@pytest.mark.parametrize(
    ("activity", "given", "told"),
    [
        ("operate-boilr", {}, "operate-boiler"),
        (MACHINE, {"day": "2017-13-01"}, "--date"),
        (MACHINE, {"day": "last:guanzheng"}, "guanzheng-2017-98"),
        (MACHINE, {"alert": "purple"}, "--alert"),
        (MACHINE, {"facts": {"machine.stage": "nine"}}, "machine.stage"),
        (MACHINE, {"facts": {"zone.gc-district": "inside"}}, "zone.gc-district"),
        ("mine", {"facts": {"plant.sector": "nonsense"}}, "plant.sector"),
    ],
)
def test_bad_input_is_one_line_that_names_it(activity: str, given: Any, told: str) -> None:
    with pytest.raises(BadInput) as caught:
        ask(activity, **given)
    assert told in str(caught.value) and "\n" not in str(caught.value)


def test_it_is_json_with_the_names_that_were_agreed() -> None:
    result = ask(MACHINE, day="2017-11-20")
    assert json.loads(json.dumps(result)) == result
    assert result["schema"] == "zonerules/banned/1"
    assert {"catalogue", "query", "zones", "undrawn", "ended"} <= set(result)
    assert len(result["zones"]) == len(BOOK.zones)
    wanted = {"id", "name", "effect", "at_least", "at_most", "rules", "missing", "cite", "drawn"}
    assert all(wanted <= set(row) for row in result["zones"])
    assert {row["effect"] for row in result["zones"]} <= set(EFFECTS)
    assert sum(result["counts"].values()) == len(BOOK.zones)


def test_progress_is_told_and_can_stop_it() -> None:
    told: list[float] = []

    def stop(done: float, note: str) -> None:
        told.append(done)
        if done > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(MACHINE, day="2017-11-20", progress=stop)
    assert told == sorted(told) and 0.5 < told[-1] < 0.52


def test_no_activity_takes_a_second() -> None:
    slowest = 0.0
    for activity in ("mine", "operate-boiler", "spray-paint", "clean-road"):
        start = time.process_time()
        ask(activity, day="2017-11-20")
        slowest = max(slowest, time.process_time() - start)
    assert slowest < 1.0
