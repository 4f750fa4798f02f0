"""What is wrong with a question is told in both languages, with the value that is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import zonerules
from zonerules.jobs.answer import BadInput
from zonerules.rules.messages import Line, error, fill, in_language

LON, LAT = 113.69, 34.735
CHINESE = re.compile("[一-鿿]")


@pytest.fixture(scope="module")
def catalogue() -> Any:
    return zonerules.open()


@pytest.mark.parametrize(
    ("given", "value", "zh", "en"),
    [
        ({"datum": "wgs85"}, "wgs85", "您是不是指 wgs84", "did you mean wgs84"),
        ({"accuracy_m": -3}, "-3", "之间的数字", "between 0 and"),
        ({"alert": "pink"}, "pink", "应为下列之一", "expected one of"),
        ({"date": "2017-02-30"}, "2017-02-30", "last:<文件>", "last:<document>"),
        ({"date": "last:nowhere"}, "nowhere", "没有这份文件", "no such document"),
        ({"activity": "flyy"}, "flyy", "没有这种活动", "no such activity"),
        ({"facts": {"machine.stage": "9"}}, "9", "应为下列之一", "expected one of"),
        (
            {"facts": {"machine.stages": "2"}},
            "2",
            "没有这一项；您是不是指",
            "no such fact; did you",
        ),
        ({"facts": {"site.city_approved": "maybe"}}, "maybe", "应为 是 或 否", "true or false"),
        (
            {"facts": {"boiler.capacity_tph": "20 furlongs"}},
            "furlongs",
            "不认识单位",
            "is not known",
        ),
        (
            {"facts": {"boiler.capacity_tph": "x"}},
            "x",
            "应为数字（单位 t/h）",
            "expected a number in t/h",
        ),
        ({"facts": {"boiler.capacity_tph": "-1"}}, "-1", "应在", "must lie between"),
        ({"facts": {"machine.made": "2017-13-01"}}, "2017-13-01", "日历上没有", "no such day"),
        ({"facts": {"machine.made": "soon"}}, "soon", "应为日期", "expected a date"),
        ({"facts": {"zone.gc-distric": "inside"}}, "gc-distric", "没有这个区域", "no such zone"),
        ({"facts": {"zone.gc-district": "outside"}}, "gc-district", "矛盾", "contradicts"),
        (
            {"facts": {"zone.gc-district": "perhaps"}},
            "perhaps",
            "应为 inside 或",
            "expected inside or",
        ),
        ({"facts": ["machine.stage"]}, "machine.stage", "键=值", "KEY=VALUE"),
        (
            {"facts": ["machine.stage=1", "machine.stage=2"]},
            "machine.stage=2",
            "已给出 1",
            "already given",
        ),
        ({"facts": {"source.id": "nobody"}}, "nobody", "没有这个源", "no such source"),
        ({"facts": {"force.guanzheng-2017-98": "out"}}, "force.", "写明的日期", "printed dates"),
    ],
)
def test_both_languages_name_the_value(
    catalogue: Any, given: dict[str, Any], value: str, zh: str, en: str
) -> None:
    with pytest.raises(BadInput) as caught:
        catalogue.at(LON, LAT, **{"date": "2017-11-20", **given})
    chinese, english = (in_language(caught.value, lang) for lang in ("zh", "en"))
    assert zh in chinese
    assert en in english
    assert value in chinese
    assert value in english
    assert CHINESE.search(chinese)
    assert english == str(caught.value)


@pytest.mark.parametrize(("lon", "lat", "zh"), [("x", 34, "十进制度数"), (34.7, 113.7, "写反")])
def test_places_that_are_none(catalogue: Any, lon: Any, lat: Any, zh: str) -> None:
    with pytest.raises(BadInput) as caught:
        catalogue.at(lon, lat)
    assert zh in in_language(caught.value, "zh")


def test_what_stands_in_a_value_is_no_gap() -> None:
    assert fill("{a} {b}", {"a": "{b}", "b": "{a}"}) == "{b} {a}"
    told = error("said", key="{value}", value="{problem}", problem=Line("bad", "坏"))
    assert (told, told.zh) == ("{value}={problem}: bad", "{value}={problem}：坏")


def test_every_error_has_both_languages_with_the_same_gaps() -> None:
    tables = Path(zonerules.__file__).parent / "rules" / "tables.json"
    for code, text in json.loads(tables.read_text(encoding="utf-8"))["errors"].items():
        gaps = [set(re.findall(r"\{\w+\}", text[lang])) for lang in ("zh", "en")]
        assert gaps[0] == gaps[1], code
        assert CHINESE.search(text["zh"]) or code in ("said", "unit_known"), code
