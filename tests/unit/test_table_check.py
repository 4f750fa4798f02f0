"""A batch of rows gets the answers that each of them gets alone."""

from __future__ import annotations

import json
import random
from typing import Any

import pyarrow as pa
import pytest

from zonerules.jobs import cli
from zonerules.jobs.open import Catalogue
from zonerules.jobs.open import open as open_catalogue
from zonerules.jobs.points import Points
from zonerules.jobs.table.check import Checker, Question
from zonerules.jobs.table.columns import Columns
from zonerules.jobs.table.signature import ABSENT, Facts, day_of_cell, relevant

ACTIVITIES = ["operate-non-road-machinery", "operate-boiler", "earthwork"]
CELLS = {
    "machine.stage": ["国一", "2", "Ⅲ", "国四", "", "不明", "国九"],
    "machine.made": ["2010-03-01", "2014年10月", "2016", "", "gestern"],
    "boiler.fuel": ["煤", "gas", "oil", "", "木"],
    "boiler.capacity_tph": ["7 MW", "35", "9.99", "20", "", "-4", "1e999"],
    "vehicle.fuel": ["diesel", ""],  # of no importance to these activities
    "zone.zz-builtup": ["inside", "outside", ""],
    "zone.gc-nrmm-ban": ["inside", ""],  # contradicts the map in most places
    "date": ["2017-11-20", "2018/3/15", "20180316", "2021年1月5日", "", "2017-11", "31.12.2017"],
    "alert": ["", "red", "橙色预警", "none", "purple"],
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_catalogue()


def table_of(rows: list[dict[str, Any]]) -> tuple[pa.RecordBatch, Columns]:
    names = ["lon", "lat", "accuracy", *CELLS]
    batch = pa.RecordBatch.from_pylist(
        rows, pa.schema([(name, pa.string() if name in CELLS else pa.float64()) for name in names])
    )
    at = {name: i for i, name in enumerate(names)}
    roles = {name: at[name] for name in ("lon", "lat", "accuracy", "date", "alert")}
    facts = {name: at[name] for name in CELLS if name not in roles}
    return batch, Columns(roles, facts)


def made_rows(count: int, seed: int) -> list[dict[str, Any]]:
    rng = random.Random(seed)
    return [
        {
            "lon": rng.uniform(113.55, 113.8),
            "lat": rng.uniform(34.65, 34.85),
            "accuracy": rng.choice([0.0, 10.0, 350.0]),
            **{key: rng.choice(cells) for key, cells in CELLS.items()},
        }
        for _ in range(count)
    ]


def alone(points: Points, row: dict[str, Any]) -> dict[str, Any] | None:
    """What `Points.told` says of one row; None where its day or alert cannot be read."""
    options: dict[str, Any] = {"accuracy_m": row["accuracy"], "datum": "wgs84"}
    if row["date"] in ("2017-11", "31.12.2017") or row["alert"] == "purple":
        return None
    if row["date"]:
        options["date"] = day_of_cell(row["date"])
    if row["alert"]:
        options["alert"] = {"橙色预警": "orange"}.get(row["alert"], row["alert"])
    own = {key: row[key] for key in CELLS if key not in ("date", "alert") and row[key]}
    return points.told(row["lon"], row["lat"], own, **options)


@pytest.mark.parametrize("activities", [ACTIVITIES[:1], ACTIVITIES, []])
def test_every_row_gets_the_answer_it_gets_alone(
    catalogue: Catalogue, activities: list[str]
) -> None:
    rows = made_rows(60 if activities else 25, seed=len(activities))
    batch, columns = table_of(rows)
    checker = Checker(catalogue, Question(activities=activities, date="2017-12-01"), columns)
    points = Points(catalogue, activities=activities, date="2017-12-01")
    given = checker(batch)
    assert given.num_rows == len(rows)
    assert given.schema.names == points.columns()
    for row, answer in zip(rows, given.to_pylist()):
        expected = alone(points, row)
        if expected is None:
            assert answer["zr_reason"] is None
            assert "日期" in answer["zr_error"] or "预警" in answer["zr_error"]
            continue
        for name, value in expected.items():
            if name not in ("zr_distance_m", "zr_error"):
                assert answer[name] == value, (name, row)
        # the same faults, in whatever order
        told = set((answer["zr_error"] or "").split("; "))
        assert told >= set((expected["zr_error"] or "").split("; ")) or not expected["zr_error"]
        assert bool(answer["zr_error"]) == bool(expected["zr_error"]), (row, answer)


def test_distances_are_those_of_single_points(catalogue: Catalogue) -> None:
    rows = [{**row, "alert": "", "date": "", "accuracy": 10.0} for row in made_rows(60, seed=7)]
    batch, columns = table_of(rows)
    question = Question(activities=ACTIVITIES[:1], date="2017-12-01")
    points = Points(catalogue, activities=ACTIVITIES[:1], date="2017-12-01")
    found = [
        answer["zr_distance_m"]
        for answer in Checker(catalogue, question, columns)(batch).to_pylist()
    ]
    expected = [points.row(row["lon"], row["lat"])["zr_distance_m"] for row in rows]
    assert found == pytest.approx(expected, abs=0.11, nan_ok=True)
    assert any(metres is None for metres in found) and any(metres is not None for metres in found)


def test_rows_in_pieces_and_after_others_get_the_same_columns(catalogue: Catalogue) -> None:
    batch, columns = table_of(made_rows(40, seed=3))
    question = Question(activities=ACTIVITIES[:1], date="2017-12-01")
    fresh = Checker(catalogue, question, columns)
    used = Checker(catalogue, question, columns)
    used(batch.slice(25))
    used(batch.slice(0, 5))
    again = used(batch)
    assert again.equals(fresh(batch))
    for name in ("zr_inside", "zr_verdict"):  # to the order of the words in the dictionary
        assert again[name].dictionary.equals(fresh(batch)[name].dictionary)


def test_a_fact_that_no_rule_on_the_activity_tests_makes_no_difference(
    catalogue: Catalogue,
) -> None:
    book = catalogue.book
    facts = Facts("vehicle.fuel", book, ACTIVITIES[:1])
    assert facts.read("diesel") == (ABSENT, None)
    assert facts.read("gas") == (ABSENT, None)
    number, fault = facts.read("木")
    assert number == ABSENT and fault is not None, "yet a cell that cannot be read is told"
    asked = Facts("machine.stage", book, ACTIVITIES[:1])
    assert len({asked.read(cell)[0] for cell in ("国一", "国四")}) == 2
    assert len({Facts("vehicle.fuel", book, []).read(cell)[0] for cell in ("diesel", "")}) == 2


def test_relevant_rules_hold_all_of_the_chain_and_what_lifts_it(catalogue: Catalogue) -> None:
    book = catalogue.book
    for activity in ("operate-boiler", "operate-non-road-machinery"):
        names = {rule["id"] for rule in relevant(book, [activity])}
        for rule in book.rules:
            if set(rule["activities"]) & set(book.broader(activity)):
                assert rule["id"] in names
                assert set(rule.get("unless", [])) <= names
    assert len(relevant(book, [])) == len(book.rules)


def test_ten_rows_as_the_command_at_answers_them(
    catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {**row, "alert": "", "machine.stage": "2", "date": "2017-12-05", "accuracy": 25.0}
        for row in made_rows(10, seed=11)
    ]
    rows = [{**row, **dict.fromkeys(set(CELLS) - {"machine.stage", "date"}, "")} for row in rows]
    batch, columns = table_of(rows)
    answers = Checker(catalogue, Question(activities=ACTIVITIES[:1]), columns)(batch).to_pylist()
    for row, answer in zip(rows, answers):
        args = ["--date", row["date"], "--accuracy", "25", "--activity", ACTIVITIES[0]]
        place = [str(row["lon"]), str(row["lat"])]
        assert cli.main(["at", *place, *args, "--fact", "machine.stage=2", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert answer["zr_verdict"] == told["verdicts"][0]["verdict"]
        assert (answer["zr_rules"] or "") == ";".join(told["verdicts"][0]["rules"])
        for column, where in (("zr_inside", "inside"), ("zr_near", "near")):
            ids = [zone["id"] for zone in told["zones"] if zone["location"] == where]
            assert (answer[column] or "") == ";".join(ids)
        assert set((answer["zr_missing"] or "").split(";")) - {""} == set(
            told["verdicts"][0]["missing"]
        )
