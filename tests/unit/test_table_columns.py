"""Columns are found by name or by their usual headings, and a guess is told as one."""

from __future__ import annotations

from typing import Any

import pytest

from zonerules.jobs.answer import BadInput
from zonerules.jobs.table.columns import find_columns


def found(names: list[str], geometry: bool = False, **given: str) -> dict[str, str]:
    columns = find_columns(names, given, {}, geometry=geometry)
    return {role: names[at] for role, at in columns.roles.items()}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["企业名称", "经度", "纬度"], {"name": "企业名称", "lon": "经度", "lat": "纬度"}),
        (["LNG", "Lat.", "Name"], {"lon": "LNG", "lat": "Lat.", "name": "Name"}),
        (["经度(°E)", "纬度（°N）"], {"lon": "经度(°E)", "lat": "纬度（°N）"}),
        (["ｌｏｎ", " lat "], {"lon": "ｌｏｎ", "lat": " lat "}),
        (["坐标", "地址"], {"place": "坐标", "address": "地址"}),
        (["坐标", "x", "y"], {"lon": "x", "lat": "y"}),  # a pair is better than one cell
        (["经度", "坐标"], {"place": "坐标"}),  # half a pair is none
        (["经度", "x", "y", "纬度"], {"lon": "经度", "lat": "纬度"}),
        (["名称", "单位名称"], {"name": "单位名称"}),
        (["lon", "LON", "lat"], {}),  # which of the two?
        (["甲", "乙"], {}),
    ],
)
def test_usual_headings(names: list[str], expected: dict[str, str]) -> None:
    assert found(names) == expected


def test_what_is_named_wins_and_is_no_guess() -> None:
    names = ["经度", "纬度", "东", "北", "时间"]
    columns = find_columns(
        names, {"lon": "东", "lat": "北", "date": "时间"}, {"machine.stage": "经度"}
    )
    assert dict(columns.roles) == {"lon": 2, "lat": 3, "date": 4}
    assert dict(columns.facts) == {"machine.stage": 0}
    assert columns.guessed == ()
    told = columns.told(names, "zh")
    assert told == ["经度（东坐标）：东", "纬度（北坐标）：北", "日期：时间", "machine.stage：经度"]


def test_a_guess_is_told_as_one() -> None:
    names = ["lon", "lat", "name"]
    columns = find_columns(names, {"lon": "lon", "lat": "lat"}, {})
    assert columns.guessed == ("name",)
    assert columns.told(names, "en")[2] == "name: name (guessed)"


def test_a_file_with_places_of_its_own_needs_no_columns() -> None:
    assert found(["geometry", "lon", "lat", "名称"], geometry=True) == {"name": "名称"}


@pytest.mark.parametrize(
    ("given", "facts", "problem"),
    [
        ({"lon": "longitud"}, {}, "--lon longitud: no such column; did you mean longitude"),
        ({"date": "日期"}, {}, "--date-col 日期: no such column"),
        ({"lat": "same"}, {}, "--lat same: 2 columns are called so"),
        ({}, {"machine.stage": "stage"}, "--fact-col machine.stage stage: no such column"),
    ],
)
def test_a_heading_that_is_not_there(
    given: dict[str, Any], facts: dict[str, str], problem: str
) -> None:
    with pytest.raises(BadInput, match=problem):
        find_columns(["longitude", "same", "same"], given, facts)
