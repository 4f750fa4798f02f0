"""Typed coordinates: every spelling of one place gives that place, and nothing is guessed."""

from __future__ import annotations

import pytest

from zonerules.jobs.answer import BadInput
from zonerules.jobs.coordinates import LATITUDE_FIRST, Reading, parse

LON, LAT = 113.69, 34.735  # 113° 41′ 24″, 34° 44′ 6″


@pytest.mark.parametrize(
    "text",
    [
        "113.69,34.735",
        "113.69 34.735",
        " 113.69 ，　34.735 ",
        "１１３．６９；３４．７３５",
        "(113.69, 34.735)",
        "113.69E 34.735N",
        "34.735N 113.69E",
        "34.735n, 113.69e",
        "N34.735 E113.69",
        "E 113.69, N 34.735",
        "34.735N 113.69",
        "东经113.69 北纬34.735",
        "北纬34.735，东经113.69",
        "经度：113.69 纬度：34.735",
        "lat=34.735 lon=113.69",
        "lng 113.69, lat 34.735",
        "113°41′24″E 34°44′6″N",
        "34°44'06\"N, 113°41'24\"E",
        "113°41'24'' 34°44'6''",
        "东经113度41分24秒，北纬34度44分6秒",
        "113 41 24 E 34 44 6 N",
        "113d41m24sE 34d44m6sN",
        "113d41m24s 34d44m6s",
        "113°41.4′ 34°44.1′",
        "113.69° 34.735°",
        "113.69°E34.735°N",
        "113.69/34.735",
    ],
)
def test_spellings_of_one_place(text: str) -> None:
    readings = parse(text)
    assert len(readings) >= 1
    assert readings[0].lon == pytest.approx(LON, abs=1e-9)
    assert readings[0].lat == pytest.approx(LAT, abs=1e-9)
    assert readings[0].datum is None
    assert readings[0].note == ""
    assert len(readings) == 1  # 113.69 is no latitude


@pytest.mark.parametrize(
    ("text", "datum"),
    [
        ("gcj02 113.69,34.735", "gcj02"),
        ("113.69,34.735 GCJ-02", "gcj02"),
        ("高德坐标：113.69, 34.735", "gcj02"),
        ("113.69, 34.735（高德）", "gcj02"),
        ("bd09:113.69,34.735", "bd09"),
        ("百度地图 113.69 34.735", "bd09"),
        ("WGS 84 113.69 34.735", "wgs84"),
        ("113.69 34.735 wgs84", "wgs84"),
        ("113.69,34.735,wgs84", "wgs84"),
        ("EPSG:4326 113.69 34.735", "wgs84"),
        ("CGCS2000 113.69E 34.735N", "cgcs2000"),
        ("国家2000坐标系 东经113.69 北纬34.735", "cgcs2000"),
    ],
)
def test_a_datum_before_or_behind(text: str, datum: str) -> None:
    assert parse(text) == [Reading(LON, LAT, datum, "")]


def test_latitude_first_is_read_and_noted() -> None:
    assert parse("34.735, 113.69") == [Reading(LON, LAT, None, LATITUDE_FIRST)]


def test_both_orders_where_both_are_possible() -> None:
    assert parse("85.2, 43.1") == [
        Reading(85.2, 43.1, None, ""),
        Reading(43.1, 85.2, None, LATITUDE_FIRST),
    ]
    assert parse("43.1N 85.2E") == [Reading(85.2, 43.1, None, "")]


def test_west_and_south() -> None:
    assert parse("58.5W 34.6S") == [Reading(-58.5, -34.6, None, "")]
    assert parse("-158.5 -34.6") == [Reading(-158.5, -34.6, None, "")]
    assert parse("西经158.5 南纬34.6") == [Reading(-158.5, -34.6, None, "")]


def test_into_wgs84() -> None:
    typed = Reading(LON, LAT, None, "")
    assert typed.in_wgs84("wgs84") == (LON, LAT)
    lon, lat = typed.in_wgs84("gcj02")
    assert 400 < abs(lon - LON) * 91_000 < 700  # the shift is some 500 m east, 100 m south
    assert typed._replace(datum="wgs84").in_wgs84("gcj02") == (LON, LAT)
    assert abs(lat - LAT) < 0.003


@pytest.mark.parametrize(
    "text",
    [
        "",
        "113.69",
        "zhengzhou",
        "管城 21",
        "GC-58",
        "113.69, 34.735, 12",
        "200, 100",
        "38462345.12, 3845123.4",
        "113°61′0″E 34°44′6″N",
        "113.5°41′E 34°44′N",
        "113E 34E",
        "-113E 34N",
        "gcj02 bd09 113.69 34.735",
        "113.69, 34.735x",
        "nan, inf",
        "管政98 21",
        "1e2 30",
    ],
)
def test_everything_else_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse(text)
    assert "\n" not in str(refused.value)
