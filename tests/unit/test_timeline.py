"""The timeline says of every day what the answer for that day says."""

from __future__ import annotations

import json
import time
from datetime import date, timedelta
from typing import Any

import pytest

import zonerules
from zonerules.jobs.timeline import timeline

GUANCHENG, ZHUMADIAN, JIYUAN = (113.69, 34.735), (114.02, 32.98), (112.6, 35.07)
GONGYI, NOWHERE = (113.02, 34.75), (10.0, 50.0)  # Gongyi has zones with a validity
QUESTIONS: list[tuple[str, tuple[float, float], dict[str, Any]]] = [
    ("all activities", GUANCHENG, {}),
    ("one activity", GUANCHENG, {"activity": "operate-boiler", "facts": {"boiler.fuel": "coal"}}),
    ("implied facts", GUANCHENG, {"activity": "sell-fireworks"}),
    ("alert", ZHUMADIAN, {"alert": "orange", "facts": {"boiler.fuel": "coal"}}),
    ("seasons", JIYUAN, {}),
    ("zones come and go", GONGYI, {"facts": {"zone.zz-coalfree-gongyi-redraw": "inside"}}),
    ("near an edge", (113.6655, 34.7500), {"accuracy_m": 300}),
    ("no document", NOWHERE, {}),
]


LONG = ("all activities", "alert")  # what they hold the others hold, too


@pytest.fixture(scope="module")
def catalogue() -> Any:
    return zonerules.open()


def on(intervals: list[dict[str, Any]], day: str) -> dict[str, Any] | None:
    found = [part for part in intervals if part["from"] <= day <= part["until"]]
    assert len(found) <= 1
    return found[0] if found else None


def sample(told: dict[str, Any]) -> list[str]:
    """Some 24 days: those on which the timeline turns and the days before, and some between."""
    days = {told["from"], told["until"], told["day"]}
    for row in (*told["rules"], *told["verdicts"]):
        for part in row["intervals"]:
            first = date.fromisoformat(part["from"])
            days |= {part["from"], (first - timedelta(days=1)).isoformat(), part["until"]}
    day = date.fromisoformat(told["from"])
    while day.isoformat() <= told["until"]:
        days.add(day.isoformat())
        day += timedelta(days=41)
    within = sorted(day for day in days if told["from"] <= day <= told["until"])
    return within[:: len(within) // 24 + 1]


@pytest.mark.parametrize(
    ("lonlat", "given"),
    [
        pytest.param(*q[1:], id=q[0], marks=[pytest.mark.thorough] if q[0] in LONG else [])
        for q in QUESTIONS
    ],
)
def test_every_day_is_as_the_answer_says(
    catalogue: Any, lonlat: tuple[float, float], given: dict[str, Any]
) -> None:
    told = timeline(catalogue, catalogue.at(*lonlat, date="2018-01-10", **given))
    rules = {row["id"]: row["intervals"] for row in told["rules"]}
    verdicts = {row["activity"]: row["intervals"] for row in told["verdicts"]}
    for day in sample(told):
        answer = catalogue.at(*lonlat, date=day, **given)
        expected = {row["id"]: (row["outcome"], row["overdue"]) for row in answer["rules"]}
        found = {
            name: (part["outcome"], part["overdue"])
            for name, intervals in rules.items()
            if (part := on(intervals, day))
        }
        assert found == expected, day
        for row in answer["verdicts"]:
            part = on(verdicts[row["activity"]], day)
            assert part is not None, (day, row["activity"])
            for name in ("verdict", "at_least", "at_most", "reason"):
                assert part[name] == row[name], (day, row["activity"])


def test_intervals_are_in_order_without_overlap_and_differ_from_their_neighbours(
    catalogue: Any,
) -> None:
    told = timeline(catalogue, catalogue.at(*GUANCHENG, date="2017-11-20"))
    assert told["schema"] == "zonerules/timeline/1"
    assert json.loads(json.dumps(told)) == told
    for row in (*told["rules"], *told["verdicts"]):
        parts = row["intervals"]
        assert parts and parts[0]["from"] >= told["from"] and parts[-1]["until"] <= told["until"]
        for before, after in zip(parts, parts[1:]):
            assert before["until"] < after["from"]
            following = date.fromisoformat(before["until"]) + timedelta(days=1)
            if following.isoformat() == after["from"]:
                bare = [
                    {k: v for k, v in part.items() if k not in ("from", "until")}
                    for part in (before, after)
                ]
                assert bare[0] != bare[1]
    for row in told["verdicts"]:  # verdicts leave no gap
        assert row["intervals"][0]["from"] == told["from"]
        assert row["intervals"][-1]["until"] == told["until"]


def test_the_machinery_ban_of_clause_21(catalogue: Any) -> None:
    """Guancheng clause 21: stage I machinery, from the plan's begin, with an unprinted end."""
    answer = catalogue.at(
        *GUANCHENG,
        date="2017-11-20",
        activity="operate-non-road-machinery",
        facts={"machine.stage": 1},
    )
    told = timeline(catalogue, answer)
    [ban] = [row for row in told["rules"] if row["id"] == "GC-58"]
    assert ban["cite"]["clause"] == "21"
    record = catalogue.book.by_id["GC-58"]["force"]
    assert ban["bounds"] == {name: record[name] for name in ("from", "until") if name in record}
    part = on(ban["intervals"], "2017-11-20")
    assert part is not None and part["outcome"] == "applies" and part["in_force"] == "true"
    [verdict] = told["verdicts"]
    assert on(verdict["intervals"], "2017-11-20")["verdict"] == "prohibited"  # type: ignore[index]
    assert told["day"] == "2017-11-20" and told["activity"] == "operate-non-road-machinery"


def test_a_deadline_turns_due_into_applies_on_the_next_day(catalogue: Any) -> None:
    told = timeline(catalogue, catalogue.at(*GUANCHENG, date="2017-11-20"))
    turned = 0
    for row in told["rules"]:
        due = [part for part in row["intervals"] if part["outcome"] == "due"]
        if due and due[-1]["until"] < told["until"]:
            assert due[-1]["until"] <= row["deadline"]
            turned += due[-1]["until"] == row["deadline"]
    assert turned > 3


def test_unknown_ends_stay_unknown(catalogue: Any) -> None:
    """After its plan an undated rule is neither in force nor over."""
    told = timeline(catalogue, catalogue.at(*GUANCHENG, date="2017-11-20"))
    after = "2018-06-01"  # the district's plan ended on 2018-03-31
    vague = [
        part
        for row in told["rules"]
        if row["cite"]["document"] == "guanzheng-2017-98"
        and row["bounds"].get("until", ["", ""])[0] == "2018-03-31"
        and (part := on(row["intervals"], after))
    ]
    assert len(vague) > 20
    assert {part["outcome"] for part in vague} <= {"cannot_determine", "exempt"}
    assert all(part["in_force"] == "unknown" for part in vague)
    assert any("date" in part["open"] for part in vague)


def test_what_is_said_of_one_day_is_not_said_of_others(catalogue: Any) -> None:
    said = {"force.guanzheng-2017-98": "in", "boiler.fuel": "coal"}
    answer = catalogue.at(*GUANCHENG, date="2018-06-01", facts=said)
    told = timeline(catalogue, answer)
    assert told["left_out"] == ["force.guanzheng-2017-98"]
    plain = catalogue.at(*GUANCHENG, date="2018-06-01", facts={"boiler.fuel": "coal"})
    without = timeline(catalogue, plain)
    assert told["rules"] == without["rules"] and told["verdicts"] == without["verdicts"]


def test_the_range_holds_the_plans_and_the_day_asked(catalogue: Any) -> None:
    told = timeline(catalogue, catalogue.at(*GUANCHENG, date="2026-05-01"))
    assert (told["from"][:4], told["until"]) == ("2017", "2026-12-31")
    covers = {row["id"]: (row["from"], row["until"]) for row in told["documents"]}
    assert covers["guanzheng-2017-98"] == ("2017-06-01", "2018-03-31")
    assert covers["zhengzhou-sansan-2020"] == ("2020-01-01", "2021-12-31")
    far = timeline(catalogue, catalogue.at(*GUANCHENG, date="2090-05-01"))
    assert far["until"] < "2030"  # one far day must not squeeze the years that matter


def test_it_is_fast(catalogue: Any) -> None:
    answer = catalogue.at(*GUANCHENG, date="2017-11-20")
    spent = []
    for _ in range(3):
        begun = time.process_time()
        catalogue.at(*GUANCHENG, date="2017-11-20")
        asked = time.process_time()
        timeline(catalogue, answer)
        spent.append((time.process_time() - asked) / (asked - begun))
    assert min(spent) < 3  # it is drawn with every answer, so it must not cost many of them
