"""Facts as they are given: what is unknown, truth values, ordered stages and classes."""

from __future__ import annotations

from typing import Any

import pytest

from zonerules.rules.facts import FactError, is_unknown
from zonerules.tests.unit.rules_book import CAPACITY, MADE, STAGE, refused

# unknown stays unknown


@pytest.mark.parametrize(
    "raw", [None, "", "   ", "　", "unknown", "UNKNOWN", "未知", "不详", "?", "？", float("nan")]
)
@pytest.mark.parametrize(
    "key", [CAPACITY, STAGE, MADE, "boiler.listed", "boiler.fuel", "user.kind"]
)
def test_an_empty_cell_is_unknown(read: Any, key: str, raw: Any) -> None:
    assert is_unknown(raw)
    assert read(key, raw) is None


@pytest.mark.parametrize("raw", [0, 0.0, False, "0", "false", "none"])
def test_zero_and_false_are_not_unknown(raw: Any) -> None:
    assert not is_unknown(raw)


# booleans


@pytest.mark.parametrize(
    "raw", [True, 1, 1.0, "true", "True", "TRUE", "1", "１", "是", " 是 ", "有"]
)
def test_true(read: Any, raw: Any) -> None:
    assert read("boiler.listed", raw) is True


@pytest.mark.parametrize("raw", [False, 0, 0.0, "false", "0", "否", "无", "没有"])
def test_false(read: Any, raw: Any) -> None:
    assert read("boiler.listed", raw) is False


@pytest.mark.parametrize("raw", [2, -1, "2", "maybe", "是否", "truefalse", "--", "是\x00"])
def test_no_boolean(read: Any, raw: Any) -> None:
    refused(read, "boiler.listed", raw)


# ordered stages and classes


@pytest.mark.parametrize(
    "raw",
    [
        *(
            3,
            3.0,
            "3",
            "3.0",
            "３",
            "国三",
            "国Ⅲ",
            "国III",
            "国iii",
            "国3",
            "国 3",
            "III",
            "Ⅲ",
            "ⅲ",
        ),
        *("China III", "china 3", "CHINA-III", "国Ⅲ阶段", "三", " 国三 "),
    ],
)
def test_stage_three(read: Any, raw: Any) -> None:
    assert read(STAGE, raw) == 3


@pytest.mark.parametrize(
    ("raw", "stage"),
    [("国Ⅰ", 1), ("国一", 1), ("国二", 2), ("国Ⅱ", 2), ("国IV", 4), ("国Ⅳ", 4), ("国四", 4)],
)
def test_other_stages(read: Any, raw: str, stage: int) -> None:
    assert read(STAGE, raw) == stage


@pytest.mark.parametrize("raw", ["国Ⅰ前", "国I前", "国一前", "国1前", "国零", "国0", 0, "0"])
def test_before_the_first_stage(read: Any, raw: Any) -> None:
    assert read(STAGE, raw) == 0


@pytest.mark.parametrize(
    ("raw", "limits"), [("Ⅲ类", 3), ("三类", 3), ("II类", 2), ("超标", 0), (1, 1)]
)
def test_limit_class(read: Any, raw: Any, limits: int) -> None:
    assert read("machine.limit_class", raw) == limits


@pytest.mark.parametrize(
    "raw",
    [5, "国五", "国V", -1, "-1", 3.5, "3.5", "国九", "abc", "国", "国三国四", True, "--", "None"],
)
def test_no_stage(read: Any, raw: Any) -> None:
    refused(read, STAGE, raw)


@pytest.mark.parametrize("raw", ["超标", "不合格"])
def test_failing_a_limit_is_no_stage(read: Any, raw: str) -> None:
    """Over the limits says nothing of the stage: a machine of any stage may smoke."""
    refused(read, STAGE, raw)


@pytest.mark.parametrize("raw", ["0000000003", "3" * 12, "00000000000000000005"])
def test_a_long_figure_is_not_cut_short(read: Any, raw: str) -> None:
    """Ten digits are 3 or they are refused; they are never the first nine."""
    try:
        assert read(STAGE, raw) == int(raw)
    except FactError as error:
        assert error.key == STAGE


def test_before_the_first_stage_is_no_limit_class(read: Any) -> None:
    refused(read, "machine.limit_class", "国Ⅰ前")


# whole numbers without a closed list


@pytest.mark.parametrize(("raw", "value"), [(2, 2), ("2", 2), (2.0, 2), ("２", 2), ("0", 0)])
def test_whole_number(read: Any, raw: Any, value: int) -> None:
    found = read("vehicle.missed", raw)
    assert (found, type(found)) == (value, int)


@pytest.mark.parametrize("raw", [2.5, "2.5", -1, "-1", "三次半", "2-3", "nan", "inf", "", True])
def test_no_whole_number(read: Any, raw: Any) -> None:
    if raw == "":
        assert read("vehicle.missed", raw) is None
    else:
        refused(read, "vehicle.missed", raw)


@pytest.mark.parametrize(("raw", "force"), [("6级", 6), ("６ 级", 6), (0, 0), (17, 17)])
def test_wind(read: Any, raw: Any, force: int) -> None:
    assert read("weather.wind_force", raw) == force


@pytest.mark.parametrize("raw", [18, "18级", -1, "3-4级"])
def test_no_such_wind(read: Any, raw: Any) -> None:
    refused(read, "weather.wind_force", raw)
