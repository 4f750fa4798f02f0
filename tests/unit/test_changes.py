"""`zonerules rules --changes`: what starts, ends, falls due or becomes uncertain, and when.

Expected days are read from the documents: 管政〔2017〕98号 was issued on 2017-10-17 for a plan from
2017-06-01 to 2018-03-31, its heating season runs from 2017-11-15 to 2018-03-15.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from zonerules.jobs import cli
from zonerules.jobs.answer import BadInput
from zonerules.jobs.find import changes, find, found
from zonerules.jobs.find.find import Filters
from zonerules.jobs.find.reading import Reader
from zonerules.jobs.open import Catalogue
from zonerules.jobs.open import open as open_catalogue
from zonerules.jobs.present import width_of

GC = "guanzheng-2017-98"
JY = "jiyuan-ledger-2018"
ZZ = "zhengzhou-sansan-2020"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_catalogue()


def told(catalogue: Catalogue, asked: str, **filters: str) -> dict[str, Any]:
    hits = find.find(catalogue, Filters(**filters))
    begin, end = changes.read_span(asked)
    narrowed = bool(set(filters) - {"document"})
    return changes.changes(catalogue, hits.rules, begin, end, narrowed=narrowed)


def rows(catalogue: Catalogue, asked: str, event: str, **filters: str) -> list[dict[str, Any]]:
    return [row for row in told(catalogue, asked, **filters)["changes"] if row["event"] == event]


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [
        ("2017-08..2017-09", "2017-08-01", "2017-09-30"),
        ("2017-08-15..2017-09", "2017-08-15", "2017-09-30"),
        ("2020-02..2020-02", "2020-02-01", "2020-02-29"),
        ("2017-08-31..2017-08-31", "2017-08-31", "2017-08-31"),
        (" 2017-08 .. 2017-09 ", "2017-08-01", "2017-09-30"),
    ],
)
def test_a_span_is_days_or_months(asked: str, begin: str, end: str) -> None:
    assert changes.read_span(asked) == (begin, end)


@pytest.mark.parametrize(
    "asked",
    [
        "2017",
        "2017-08",
        "..",
        "2017-13..2018-01",
        "2017-02-30..2017-03-01",
        "2018-01..2017-12",
        "2017-8..2017-9",
        "二〇一七..二〇一八",
    ],
)
def test_anything_else_is_bad_input(asked: str) -> None:
    with pytest.raises(BadInput, match="--changes"):
        changes.read_span(asked)


def test_deadlines_of_august_and_september(catalogue: Catalogue) -> None:
    """Day and clause as the document prints them."""
    found_ = {
        (row["earliest"], row["clause"])
        for row in rows(catalogue, "2017-08..2017-09", "deadline", document=GC)
    }
    assert found_ == {
        ("2017-08-31", "13"),
        ("2017-09-15", "4"),
        ("2017-09-18", "三(二)"),
        ("2017-09-20", "16"),
        ("2017-09-20", "34(3)"),
        ("2017-09-20", "三(二)"),
        ("2017-09-30", "6"),
        ("2017-09-30", "9"),
        ("2017-09-30", "22(1)"),
        ("2017-09-30", "36"),
    }
    boilers = rows(catalogue, "2017-08..2017-08", "deadline", document=GC)
    assert {row["rules"][0] for row in boilers} == {"GC-28", "GC-29", "GC-30"}
    assert all(row["in_charge"][0]["zh"] == "区环境保护局" for row in boilers)
    assert all(row["certain"] and row["when"]["zh"] == "2017-08-31" for row in boilers)


def test_starts_are_told_as_printed(catalogue: Catalogue) -> None:
    starts = {
        row["rules"][0]: row
        for row in rows(catalogue, "2017-09..2017-10", "rule_starts", document=GC)
    }
    assert starts["GC-39"]["when"]["zh"] == "2017-09-10"
    straw = starts["GC-83"]  # 从2017年9月起: some day of that month
    assert (straw["earliest"], straw["latest"]) == ("2017-09-01", "2017-09-30")
    assert straw["when"]["zh"] == "不早于 2017-09-01、不迟于 2017-09-30"
    assert straw["when"]["en"] == "not before 2017-09-01, not after 2017-09-30"
    assert not straw["certain"]
    assert starts["GC-09"]["earliest"] == "2017-10-01" and starts["GC-09"]["certain"]


def test_unprinted_starts_are_one_row_an_office(catalogue: Catalogue) -> None:
    """Rules without a printed start begin between the plan's first day and its issue date."""
    folded = rows(catalogue, "2017-10..2017-10", "rules_start", document=GC)
    assert folded and {(row["earliest"], row["latest"]) for row in folded} == {
        ("2017-06-01", "2017-10-17")
    }
    assert {row["month"] for row in folded} == {"2017-10"}
    members = [name for row in folded for name in row["rules"]]
    assert len(members) == len(set(members))
    expected = {
        rule["id"]
        for rule in catalogue.book.rules
        if rule["document"] == GC and rule["force"].get("from") == ["2017-06-01", "2017-10-17"]
    }
    assert set(members) == expected and "GC-59" in expected
    assert rows(catalogue, "2017-10-18..2017-12", "rules_start", document=GC) == []


def test_the_season_and_the_plan_end(catalogue: Catalogue) -> None:
    begins = rows(catalogue, "2017-11..2017-11", "season_starts", document=GC)
    assert {(row["earliest"], row["clause"]) for row in begins} == {("2017-11-15", "7")}
    assert "GC-74" in {name for row in begins for name in row["rules"]}
    ends = rows(catalogue, "2018-03..2018-03", "season_ends", document=GC)
    assert {row["earliest"] for row in ends} == {"2018-03-15"}
    over = rows(catalogue, "2018-03..2018-03", "plan_ends", document=GC)
    assert {row["earliest"] for row in over} == {"2018-03-31"}
    uncertain = {name for row in over for name in row["rules"]}
    assert "GC-59" in uncertain and "GC-58" not in uncertain, "第21条: 自2017年6月1日起, no end"
    assert any("不能确定" in row["what"]["zh"] for row in over)
    kilns = rows(catalogue, "2018-03..2018-03", "rule_ends", document=GC)
    assert {row["rules"][0] for row in kilns} == {"GC-T1", "GC-T2"}


def test_a_season_without_days_is_a_range(catalogue: Catalogue) -> None:
    """济源's heating season prints no days; outer bounds 2018-11-01…2019-01-01 for its start."""
    begins = rows(catalogue, "2018-11..2018-11", "season_starts", document=JY)
    heating = [row for row in begins if row["season"] == "jy-heating"]
    assert heating and all(
        row["when"]["zh"] == "不早于 2018-11-01、不迟于 2019-01-01" for row in heating
    )
    assert rows(catalogue, "2018-12..2018-12", "season_starts", document=JY)
    assert not rows(catalogue, "2019-02..2019-02", "season_starts", document=JY)


def test_a_zone_that_was_only_ordered_has_no_day(catalogue: Catalogue) -> None:
    zones = {
        row["zone"]: row for row in rows(catalogue, "2019-11..2020-01", "zone_starts", document=ZZ)
    }
    redraw = zones["zz-coalfree-gongyi-redraw"]
    assert redraw["latest"] is None and not redraw["certain"]
    assert redraw["when"]["zh"].startswith("不早于")
    assert "zz-r14b" in redraw["rules"]
    notice = zones["zz-coalfree-gongyi-2019"]  # 巩义's notice of 14 November 2019
    assert notice["earliest"] == "2019-11-14" and notice["month"] == "2019-11"


def test_rows_are_sorted_and_counted_by_office(catalogue: Catalogue) -> None:
    whole = told(catalogue, "2017-06..2018-03", document=GC)
    days = [max(row["earliest"], "2017-06-01") for row in whole["changes"]]
    assert days == sorted(days)
    assert [row["month"] for row in whole["changes"]] == [day[:7] for day in days]
    august = [row for row in told(catalogue, "2017-08..2017-08", document=GC)["offices"]]
    bureau = next(row for row in august if row["office"] and row["office"]["code"] == "EPB")
    assert bureau == {
        "month": "2017-08",
        "document": GC,
        "office": {
            "code": "EPB",
            "zh": "区环境保护局",
            "en": "District Environmental Protection Bureau",
        },
        "role": "lead",
        "count": 6,  # three deadlines; unprinted starts alone, with the traffic police, with IIC
    }


def test_a_responsible_office_is_not_called_the_lead(catalogue: Catalogue) -> None:
    """Clause 18 names the territorial offices as responsible and no lead."""
    due = rows(catalogue, "2017-12..2017-12", "deadline", document=GC)
    move = next(row for row in due if row["clause"] == "18")
    assert move["role"] == "responsible" and "lead" not in move["authorities"]
    assert [office["code"] for office in move["in_charge"]] == ["TERR"]
    text = found.changes_text(
        told(catalogue, "2017-12..2017-12", document=GC), Reader(catalogue, "zh"), 100
    )
    assert "各街道办事处（责任单位，未写牵头） · 管政〔2017〕98号" in text


def test_filters_narrow_the_changes(catalogue: Catalogue) -> None:
    machines = told(
        catalogue, "2017-06..2018-03", document=GC, activity="operate-non-road-machinery"
    )["changes"]
    assert {name for row in machines for name in row["rules"]} >= {"GC-58", "GC-59"}
    assert not [row for row in machines if row["event"].startswith("season")]
    start = next(row for row in machines if row["rules"] == ["GC-58"])
    assert (start["event"], start["when"]["zh"]) == ("rule_starts", "2017-06-01")


def test_rules_never_in_force_have_no_changes(catalogue: Catalogue) -> None:
    dead = {
        rule["id"]
        for rule in catalogue.book.rules
        if rule["force"].get("state") == {"value": "not_in_force"}
    }
    named = {
        name for row in told(catalogue, "2016-01..2023-12")["changes"] for name in row["rules"]
    }
    assert dead and not dead & named


def test_every_printed_day_of_the_catalogue_is_told(catalogue: Catalogue) -> None:
    every = told(catalogue, "2000-01..2050-12")["changes"]
    events = {(row["event"], name): row for row in every for name in row["rules"]}
    for rule in catalogue.book.rules:
        force = rule["force"]
        if force.get("state") == {"value": "not_in_force"}:
            continue
        if "deadline" in force:
            assert events["deadline", rule["id"]]["earliest"] == force["deadline"]
        if force.get("from_printed"):
            row = events["rule_starts", rule["id"]]
            assert [row["earliest"], row["latest"]] == force["from"]
        if force.get("until_printed") and force["until"][0] < "9999":
            row = events["rule_ends", rule["id"]]
            assert [row["earliest"], row["latest"]] == force["until"]
    for row in every:
        sure = row["earliest"] == row["latest"]
        assert row["certain"] is sure
        assert sure == (row["when"]["zh"] == row["earliest"])


def test_states_with_dates_are_told() -> None:
    rule = {
        "id": "x",
        "document": "d",
        "clause": "1",
        "kind": "prohibition",
        "summary": {"zh": "不得", "en": "no"},
        "force": {"state": {"value": "suspended", "from": "2020-05-01", "until": "2020-06-30"}},
    }
    events = {event.name: event.earliest for event in changes._of_rule(rule)}
    assert events == {"state_starts": "2020-05-01", "state_ends": "2020-06-30"}


# -- terminal -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 100, 140])
def test_the_list_keeps_to_the_terminal(catalogue: Catalogue, lang: str, columns: int) -> None:
    whole = told(catalogue, "2017-08..2018-03", document=GC)
    lines = found.changes_text(whole, Reader(catalogue, lang), columns).split("\n")
    assert max(map(width_of, lines)) <= columns
    text = "\n".join(lines)
    assert "== 2017-08 ==" in text and "== 2018-03 ==" in text
    for rule in ("GC-28", "GC-39", "GC-103"):
        assert rule in text


def test_the_list_by_month_and_office(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    args = ["rules", "--document", GC, "--changes", "2017-08-20..2017-09-20"]
    assert cli.main(args) == 0
    out = capsys.readouterr().out
    august, september = out.split("== 2017-09 ==")
    assert "区环境保护局 · 管政〔2017〕98号" in august
    assert "2017-08-31" in august and "2017-08-31" not in september.replace("年8月31日", "")
    assert "2017-09-18" in september and "2017-09-30  期限" not in september
    assert "不早于 2017-06-01" in august and "不迟于 2017-10-17" in august


def test_an_empty_span_names_the_nearest_changes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules", "--document", GC, "--changes", "2018-04..2018-05"]) == 0
    out = capsys.readouterr().out
    assert "没有变化" in out and "2018-03-31" in out
    assert cli.main(["rules", "--document", GC, "--changes", "2016-01..2016-02", "--json"]) == 0
    empty = json.loads(capsys.readouterr().out)
    assert empty["changes"] == [] and empty["after"] == "2017-06-01" and empty["before"] is None
