"""Pasted corners: every spelling read, every possible reading offered, none assumed."""

from __future__ import annotations

from typing import Any

import pytest
from pyproj import Transformer

import zonerules
from zonerules.jobs.shape.corner_readings import Covered, by_pyproj, chosen, readings
from zonerules.jobs.shape.corners import decode, parse
from zonerules.jobs.shape.given import BadShape

# four corners around 113.69, 34.735 in 管城区
PLACES = [(113.68, 34.73), (113.70, 34.73), (113.70, 34.74), (113.68, 34.74)]
TO_GRID = Transformer.from_crs(4490, 4547, always_xy=True)  # CGCS2000, central meridian 114
GRID = [TO_GRID.transform(*place) for place in PLACES]  # east, north


@pytest.fixture(scope="module")
def covered() -> Covered:
    return Covered(zonerules.open())


def values(text: str) -> list[tuple[float, float]]:
    return [(c.first.value, c.second.value) for c in parse(text).corners]


def near(found: Any, expected: Any, tolerance: float = 1e-7) -> None:
    assert len(found) == len(expected)
    for mine, theirs in zip(found, expected):
        assert mine == pytest.approx(theirs, abs=tolerance)


# -- spellings -----------------------------------------------------------------------------------

SPELLINGS = [
    "113.69, 34.735",
    "113.69 34.735",
    "113.69\t34.735",
    "113.69，34.735",
    "113.69；34.735",
    "１１３.６９，３４.７３５",
    "J1 113.69 34.735",
    "界址点1、113.69、34.735",
    "1\t113.69\t34.735",
    "1, 113.69, 34.735\n2, 113.69, 34.735",
    "N1 113.69 34.735",
    "113°41′24″ 34°44′06″",
    "113°41'24\" 34°44'06\"",
    "113°41′24.0″E, 34°44′06.0″N",
    "E113°41′24″ N34°44′6″",
    "东经113°41′24″，北纬34°44′06″",
    "东经113度41分24秒 北纬34度44分6秒",
    "J2 东经 113°41′24″ 北纬 34°44′06″",
    "113-41-24, 34-44-06",
    "113:41:24 34:44:06",
    "113°41.4′ 34°44.1′",
    "经度：113.69 纬度：34.735",
    "经度113.69，纬度34.735",
    "lon=113.69, lat=34.735",
    "E113.69 N34.735",
    "113.69E 34.735N",
    "113.69° 34.735°",
    "(113.69, 34.735)",
    "点号,经度,纬度\nJ1,113.69,34.735",
    "113.69,34.735;113.69,34.735",
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_spelling_is_read(text: str) -> None:
    found = parse(text)
    assert found.problems == []
    near(values(text), [(113.69, 34.735)] * len(found.corners), 1e-9)
    assert found.corners


def test_names_and_extra_columns() -> None:
    found = parse("J1 3845000.5 468000.5 101.2\nJ2 3845100.5 468000.5 102.2")
    assert [corner.name for corner in found.corners] == ["J1", "J2"]
    assert [note["en"][:9] for note in found.notes] == ["1 further"]
    assert values("J1 3845000.5 468000.5 101.2") == [(3845000.5, 468000.5)]


def test_whole_metres_are_no_point_numbers() -> None:
    text = "3845000 468000 101\n3845100 468050 102\n3845200 468900 103"
    assert values(text) == [(3845000, 468000), (3845100, 468050), (3845200, 468900)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("113.69, 34.735\nabc 5\n113.7, 34.74", 2),
        ("113.69\n113.7, 34.74", 1),
        ("113°61′24″ 34°44′06″", 1),
        ("3.85E+06\t4.7E+05", 1),
    ],
)
def test_what_cannot_be_read_is_told_by_line(text: str, line: int) -> None:
    assert [n for n, _ in parse(text).problems] == [line]


def test_a_table_copied_from_a_spreadsheet_with_thousands() -> None:
    assert values("1\t3,845,000.50\t38,468,000.50") == [(3845000.5, 38468000.5)]


def test_text_saved_in_gb18030_or_utf16() -> None:
    text = "点号\t经度\t纬度\r\n界址点1\t113.69\t34.735\r\n"
    for coding in ("gb18030", "utf-8", "utf-8-sig", "utf-16"):
        found = parse(decode(text.encode(coding)))
        assert found.corners[0].name == "界址点1", coding
        assert found.columns == ("lon", "lat")


def test_too_long_a_text_is_refused() -> None:
    assert parse("1 2\n" * 30_000).problems[0][0] == 0


EXCHANGE = """[属性描述]
格式版本号=1.01
坐标系=1980西安坐标系
几度分带=3
投影类型=高斯克吕格
计量单位=米
带号=38
精度=0.001
转换参数=,,,,,,
[地块坐标]
4,1.2345,1,某地块,面,,工业用地,,@
J1,1,{n0:.3f},{e0:.3f}
J2,1,{n1:.3f},{e1:.3f}
J3,1,{n2:.3f},{e2:.3f}
J4,1,{n3:.3f},{e3:.3f}
J1,1,{n0:.3f},{e0:.3f}
J5,2,{n4:.3f},{e4:.3f}
J6,2,{n5:.3f},{e4:.3f}
J7,2,{n5:.3f},{e5:.3f}
J5,2,{n4:.3f},{e4:.3f}
"""


def exchange(prefix: float) -> str:
    found = {f"e{n}": prefix + east for n, (east, _) in enumerate(GRID)}
    found |= {f"n{n}": north for n, (_, north) in enumerate(GRID)}
    east, north = TO_GRID.transform(113.69, 34.735)
    found |= {"e4": prefix + east, "n4": north, "e5": prefix + east + 50, "n5": north + 50}
    return EXCHANGE.format(**found)


@pytest.mark.parametrize("prefix", [0, 38_000_000])
def test_a_cadastral_exchange_file(covered: Covered, prefix: float) -> None:
    found = parse(exchange(prefix))
    assert found.problems == []
    assert found.stated == {"datum": "xian80", "width": "3", "zone": "38"}
    assert [len(ring) for ring in found.rings] == [5, 4]
    offered = readings(found, covered, by_pyproj)
    assert [reading.id for reading in offered] == ["gk_ne:114"]
    made = chosen(found, offered[0], "xian80", "polygon", by_pyproj)
    assert [len(ring) for ring in made.geojson["coordinates"][0]] == [5, 4]  # the second a hole
    assert made.extra_m == 130
    assert "130" in made.notes[0]["zh"]


# -- readings ------------------------------------------------------------------------------------


def listed(pairs: Any) -> str:
    return "\n".join(f"{a!r} {b!r}" for a, b in pairs)


def test_degrees_can_be_read_in_one_order_only_here(covered: Covered) -> None:
    for pairs, name in ((PLACES, "lonlat"), ([(y, x) for x, y in PLACES], "latlon")):
        (only,) = readings(parse(listed(pairs)), covered, by_pyproj)
        assert (only.id, only.sure, only.hits) == (name, True, 4)
        near(only.places, PLACES)
        assert "管城" in only.evidence[-1]["zh"]


def test_degrees_that_fit_both_ways_are_asked(covered: Covered) -> None:
    offered = readings(parse("30 40\n31 40\n31 41"), covered, by_pyproj)
    assert {reading.id for reading in offered} == {"lonlat", "latlon"}
    assert not any(reading.sure for reading in offered)


def test_named_columns_leave_one_order(covered: Covered) -> None:
    offered = readings(parse("纬度 经度\n30 40\n31 40\n31 41"), covered, by_pyproj)
    assert [reading.id for reading in offered] == ["latlon"]
    assert "写明" in offered[0].evidence[0]["zh"]


def test_packed_degrees_only_when_stated(covered: Covered) -> None:
    text = "113.4124 34.4406\n113.4200 34.4406\n113.4200 34.4500"
    (plain,) = readings(parse(text), covered, by_pyproj)
    near(plain.places[:1], [(113.4124, 34.4406)])
    (packed,) = readings(parse(text), covered, by_pyproj, packed=True)
    near(packed.places[:1], [(113 + 41 / 60 + 24 / 3600, 34 + 44 / 60 + 6 / 3600)], 1e-9)
    assert readings(parse("113.4174 34.4406"), covered, by_pyproj, packed=True) == []


@pytest.mark.parametrize("prefix", [0, 38_000_000])
@pytest.mark.parametrize("order", ["ne", "en"])
def test_metres_in_either_order(covered: Covered, order: str, prefix: int) -> None:
    pairs = [(n, e + prefix) if order == "ne" else (e + prefix, n) for e, n in GRID]
    for heading in ("", "点号 X Y\n"):
        offered = readings(parse(heading + listed(pairs)), covered, by_pyproj)
        mine = next(reading for reading in offered if reading.id == f"gk_{order}:114")
        near(mine.places, PLACES)
        assert mine.hits == 4
        if heading:
            assert "X" in mine.evidence[0]["en"]
        if prefix:
            assert [reading.id for reading in offered] == [mine.id]


def test_without_zone_number_the_meridian_is_asked(covered: Covered) -> None:
    found = parse(listed([(n, e) for e, n in GRID]))
    (here,) = readings(found, covered, by_pyproj)
    assert (here.id, here.hits, here.sure) == ("gk_ne:114", 4, False)
    offered = readings(found, covered, by_pyproj, everywhere=True)
    assert offered[0].id == "gk_ne:114"
    assert {reading.id for reading in offered} == {f"gk_ne:{cm}" for cm in range(75, 136, 3)}
    assert not any(reading.sure for reading in offered)


def test_metres_that_lie_elsewhere_are_still_offered(covered: Covered) -> None:
    offered = readings(
        parse("2500000 39500000\n2500100 39500000\n2500100 39500100"), covered, by_pyproj
    )
    assert [reading.id for reading in offered] == ["gk_ne:117"]
    assert offered[0].hits == 0
    assert "没有角点" in offered[0].evidence[-1]["zh"]


def test_six_degree_zones_and_web_mercator(covered: Covered) -> None:
    east, north = Transformer.from_crs(4490, 4508, always_xy=True).transform(113.0, 34.7)
    (only,) = readings(parse(f"{north} {19e6 + east}"), covered, by_pyproj)
    assert only.id == "gk_ne:111"
    near(only.places, [(113.0, 34.7)])
    web = Transformer.from_crs(4326, 3857, always_xy=True)
    (only,) = readings(parse(listed([web.transform(*p) for p in PLACES])), covered, by_pyproj)
    assert only.id == "mercator_en"
    near(only.places, PLACES)


@pytest.mark.parametrize(
    ("datum", "grid", "degrees"), [("xian80", 2383, 4610), ("beijing54", 2435, 4214)]
)
def test_older_datums_use_their_own_ellipsoid(
    covered: Covered, datum: str, grid: int, degrees: int
) -> None:
    forward = Transformer.from_crs(degrees, grid, always_xy=True)
    pairs = [forward.transform(*place)[::-1] for place in PLACES]
    found = parse(listed(pairs))
    offered = {reading.id: reading for reading in readings(found, covered, by_pyproj)}
    made = chosen(found, offered["gk_ne:114"], datum, "polygon", by_pyproj)
    near(made.geojson["coordinates"][0][0][:4], [list(place) for place in PLACES], 1e-8)


def test_the_datum_moves_the_corners(covered: Covered) -> None:
    found = parse(listed(PLACES))
    (reading,) = readings(found, covered, by_pyproj)
    plain = chosen(found, reading, "wgs84", "polygon", by_pyproj)
    baidu = chosen(found, reading, "bd09", "polygon", by_pyproj)
    a, b = (made.geojson["coordinates"][0][0][0] for made in (plain, baidu))
    assert 0.005 < a[0] - b[0] < 0.02
    assert chosen(found, reading, "unknown", "line", by_pyproj).extra_m == 700


def test_two_corners_make_a_line_but_no_polygon(covered: Covered) -> None:
    found = parse(listed(PLACES[:2]))
    (reading,) = readings(found, covered, by_pyproj)
    line = chosen(found, reading, "wgs84", "line", by_pyproj)
    assert line.geojson["type"] == "MultiLineString"
    with pytest.raises(BadShape):
        chosen(found, reading, "wgs84", "polygon", by_pyproj)


def test_a_blank_line_begins_another_ring(covered: Covered) -> None:
    text = listed(PLACES) + "\n\n" + listed([(x + 0.05, y) for x, y in PLACES])
    found = parse(text)
    (reading,) = readings(found, covered, by_pyproj)
    assert len(chosen(found, reading, "wgs84", "polygon", by_pyproj).geojson["coordinates"]) == 2
