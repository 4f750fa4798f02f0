"""Addresses resolved offline: worked-out ones, properties over all of the gazetteer, rubbish."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import Point, shape

from zonerules.jobs.address import locate
from zonerules.jobs.address.choose import resolver
from zonerules.jobs.address.discs import LEVELS
from zonerules.jobs.address.resolve import resolve
from zonerules.jobs.answer import BadInput
from zonerules.layers import gazetteer
from zonerules.layers.catalogue.errors import CatalogueError

GEOD = Geod(ellps="WGS84")
ROOT = Path(__file__).resolve().parents[2]
CASES = yaml.safe_load((Path(__file__).parent / "addresses.yaml").read_text(encoding="utf-8"))
ROWS = [(group, *row) for group, rows in CASES.items() for row in rows]
BOOK = gazetteer.load()
UNITS = {
    feature["properties"]["adcode"]: feature
    for feature in json.loads((ROOT / "geojson/units.geojson").read_text("utf-8"))["features"]
    if feature["properties"]["role"] == "nominal"
}
COUNTIES = {code: row for code, row in UNITS.items() if not code.endswith("00")}


def apart(a, b):
    return GEOD.inv(*a, *b)[2]


# --- worked out by hand ------------------------------------------------------------------------


def test_there_are_enough_of_them():
    assert len(ROWS) >= 80


@pytest.mark.parametrize(("group", "text", "level", "county", "most_m", "place"), ROWS)
def test_addresses_worked_out_by_hand(group, text, level, county, most_m, place):
    told = locate(text, BOOK)
    if level is None:
        assert told["candidates"] == []
        assert told["review"]
        return
    best = told["candidates"][0]
    assert (best["level"], best["county"]) == (level, county)
    assert 0 < best["radius_m"] <= most_m
    assert bool(told["review"]) >= (group in ("mismatches", "zones"))
    if place is not None:
        assert apart((best["lon"], best["lat"]), place) < 60


def test_the_contract_of_the_command():
    told = locate("郑州市二七区二七路与金水路交叉口西南140米", BOOK)
    assert set(told) == {"candidates", "review", "unread"}
    assert locate("郑州市二七区长江路12号", BOOK)["unread"] == "长江路12号"
    assert told["unread"] == ""
    assert told["review"] == ""
    for candidate in told["candidates"]:
        assert {"lon", "lat", "radius_m", "level", "confidence", "matched", "county"} <= set(
            candidate
        )
        assert candidate["level"] in LEVELS
        assert 0 < candidate["confidence"] <= 1
    radii = [candidate["radius_m"] for candidate in told["candidates"]]
    assert radii == sorted(radii)


def test_a_city_for_addresses_that_state_none():
    for text, within, level, county in [
        ("花园路39号", "郑州市金水区", "road", "金水区"),
        ("鼓楼区", "开封市", "county", "鼓楼区"),
        ("二七路与金水路交叉口", "郑州市金水区", "crossing", "金水区"),
        ("焦作市解放区人民路", "郑州市", "county", "解放区"),  # states its own
    ]:
        best = resolve(text, BOOK, within).best
        assert (best.level, best.county) == (level, county), text
    assert resolve("鼓楼区", BOOK, "开封市").best.adcode == "410204"
    with pytest.raises(BadInput, match="--within"):
        resolver(within="某某市")


def test_a_stretch_of_a_road_is_not_the_road():
    """金水东路 goes on for ten kilometres east of the crossings that 金水路 is known by."""
    assert locate("郑州市金水区金水路", BOOK)["candidates"][0]["level"] == "road"
    assert locate("郑州市金水区金水东路", BOOK)["candidates"][0]["level"] == "county"


def test_an_offset_is_measured_from_the_crossing():
    at = locate("郑州市二七路与金水路交叉口", BOOK)["candidates"][0]
    for words, azimuth, metres in [
        ("西南140米", 225, 140),
        ("向北50米路东", 0, 50),
        ("东约300米", 90, 300),
        ("以南1.5公里", 180, 1500),
        ("向西二百五十米", 270, 250),
        ("西北方向100米", 315, 100),
    ]:
        found = locate(f"郑州市二七路与金水路交叉口{words}", BOOK)["candidates"][0]
        turn, _, away = GEOD.inv(at["lon"], at["lat"], found["lon"], found["lat"])
        assert away == pytest.approx(metres, rel=0.01, abs=0.3), words
        assert (turn - azimuth + 180) % 360 - 180 == pytest.approx(0, abs=1), words
    legs = locate("郑州市二七路与金水路交叉口向东300米再向北400米", BOOK)["candidates"][0]
    assert apart((at["lon"], at["lat"]), (legs["lon"], legs["lat"])) == pytest.approx(500, rel=0.01)
    assert legs["radius_m"] > found["radius_m"]


# --- over all of the gazetteer -----------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(COUNTIES))
def test_a_county_is_a_disc_that_covers_it(code):
    name = COUNTIES[code]["properties"]["name"]["zh"]
    best = locate(name, BOOK)["candidates"][0]
    assert (best["county"], best["adcode"], best["level"]) == (name, code, "county")
    rings = [ring for part in _parts(COUNTIES[code]["geometry"]) for ring in part]
    far = max(apart((best["lon"], best["lat"]), vertex) for ring in rings for vertex in ring)
    assert far <= best["radius_m"] < far + 5_000


def _parts(geometry):
    return (
        geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    )


def test_towns_and_villages_lie_in_their_county():
    """Seats are off by 300 m, boundaries by some hundred metres: beyond 1 km something is wrong."""
    areas = {code: shape(row["geometry"]).buffer(0.012) for code, row in COUNTIES.items()}
    rows = [*BOOK.towns.values(), *(v for found in BOOK.villages.values() for v in found)]
    placed = [row for row in rows if row.lon is not None and row.county in areas]
    assert len(placed) > 700
    assert [
        row.name for row in placed if not areas[row.county].contains(Point(row.lon, row.lat))
    ] == []


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_best_place_is_never_in_another_county_than_the_stated(data):
    """Any county with any town, village, road or crossing of the gazetteer behind it."""
    code = data.draw(st.sampled_from(sorted(COUNTIES)))
    stated = COUNTIES[code]["properties"]["name"]["zh"]
    town = data.draw(st.sampled_from([*BOOK.towns.values(), None]))
    village = data.draw(st.sampled_from([None, *BOOK.villages]))
    crossing = data.draw(st.sampled_from([None, *BOOK.crossings]))
    text = stated + (town.name if town else "") + (village or "")
    if crossing:
        text += f"{crossing.roads[0][0]}与{crossing.roads[1][0]}交叉口"
    found = resolve(text, BOOK)
    assert found.best is not None
    assert found.best.county in (stated, None), text
    if found.best.county is None:
        assert found.review, text
    others = {c.county for c in found.candidates} - {stated, None}
    assert not others or found.review, text


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_answered(text):
    found = resolve(text, BOOK)
    assert found.candidates or found.review
    for candidate in found.candidates:
        assert abs(candidate.lon) <= 180
        assert candidate.radius_m > 0
    json.dumps(found.as_dict(), allow_nan=False)


@pytest.mark.parametrize("value", [None, 12, 3.5, float("nan"), [], b"\xff", object()])
def test_what_is_no_text_has_no_place(value):
    assert locate(value, BOOK)["candidates"] == []
    assert locate(value, BOOK)["review"]


def test_long_addresses_are_read_to_their_end_or_cut():
    head = "郑州市二七区二七路与金水路交叉口西南140米"
    assert locate(head + "某" * 100_000, BOOK)["candidates"] == locate(head, BOOK)["candidates"]
    assert locate("路与" * 100_000, BOOK)["candidates"] == []
    assert locate("郑州市" * 10_000, BOOK)["candidates"][0]["level"] == "city"


def test_invisible_characters_and_widths_change_nothing():
    plain = locate("巩义市北山口镇", BOOK)
    for text in (
        "巩义市\u200b北山口镇",
        "巩义市\t北山口镇\n",
        "\ufeff巩义市，北山口镇",
        "巩义市（北山口镇）",
    ):
        assert locate(text, BOOK) == plain


def test_same_names_are_told_apart_or_asked_about():
    found = resolve("鼓楼区中山路", BOOK)
    assert len(found.candidates) > 1
    assert all(candidate.confidence < 0.3 for candidate in found.candidates)
    assert "开封市" in found.told("zh")


def test_a_mismatch_names_both():
    found = resolve("郑州市二七区十八里河镇", BOOK)
    assert found.mismatch
    assert re.search("二七区.*管城回族区", found.told("zh"))
    assert [c.county for c in found.candidates] == ["二七区", "管城回族区"]


# --- the files of the gazetteer ----------------------------------------------------------------


def test_an_overlay_adds_places(tmp_path):
    rows = [
        {
            "type": "Feature",
            "properties": {
                "kind": "crossing",
                "name": "甲路×乙路",
                "roads": [["甲路"], ["乙路"]],
                "counties": ["419001"],
                "accuracy_m": 50,
            },
            "geometry": {"type": "Point", "coordinates": [112.6, 35.08]},
        }
    ]
    text = json.dumps({"type": "FeatureCollection", "features": rows}, ensure_ascii=False)
    (tmp_path / "places.geojson").write_text(text, encoding="utf-8")
    best = locate("济源市甲路与乙路交叉口", data=tmp_path)["candidates"][0]
    assert (best["level"], best["lon"], best["county"]) == ("crossing", 112.6, "济源市")
    assert locate("济源市甲路与乙路交叉口")["candidates"][0]["level"] == "county"


@pytest.mark.parametrize(
    "damage", ["", "[]", '{"features": [{"properties": {"kind": "town"}}]}', '{"features": 3}']
)
def test_a_damaged_overlay_is_told(tmp_path, damage):
    (tmp_path / "places.geojson").write_text(damage, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"places\.geojson"):
        gazetteer.load(tmp_path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("accuracy_m", None),
        ("accuracy_m", "120"),
        ("accuracy_m", 0),
        ("roads", ["甲路", "乙路"]),  # would be the roads 甲 and 路
        ("counties", ["济源市"]),
        ("counties", "419001"),
    ],
)
def test_a_place_of_ones_own_is_told_to_be_wrong(tmp_path, key, value):
    told = {"kind": "crossing", "name": "甲路×乙路", "roads": [["甲路"], ["乙路"]]}
    told |= {"counties": ["419001"], "accuracy_m": 50, key: value}
    row = {"properties": told, "geometry": {"type": "Point", "coordinates": [112.6, 35.08]}}
    text = json.dumps({"features": [row]})
    (tmp_path / "places.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=f"甲路×乙路: {key}"):
        gazetteer.load(tmp_path)


@pytest.mark.parametrize("page", ["addresses.md", "addresses.en.md"])
def test_the_example_of_the_page_is_read(tmp_path, page):
    blocks = re.findall(r"```json\n(.*?)```", (ROOT / "docs" / page).read_text("utf-8"), re.S)
    (text,) = (block for block in blocks if "FeatureCollection" in block)
    (tmp_path / "places.geojson").write_text(text, encoding="utf-8")
    crossing = locate("济源市甲路与乙路交叉口", data=tmp_path)["candidates"][0]
    assert (crossing["level"], crossing["lat"], crossing["radius_m"]) == ("crossing", 35.08, 500)
    plant = locate("济源市某某化工", data=tmp_path)["candidates"][0]
    assert (plant["level"], plant["lon"], plant["county"]) == ("point", 112.43, "济源市")


def test_compiled_places_are_those_of_the_source(tmp_path):
    for name in ("geojson", "places"):
        (tmp_path / name).mkdir()
    source = (ROOT / "geojson/places.geojson").read_bytes()
    (tmp_path / "geojson/places.geojson").write_bytes(source)
    gazetteer.write_places(tmp_path, tmp_path / "places.json")
    compiled = gazetteer.load(root=tmp_path)
    (tmp_path / "geojson/places.geojson").unlink()  # an installed copy reads places.json only
    assert compiled.units == BOOK.units
    assert compiled.towns == BOOK.towns
    assert compiled.villages == BOOK.villages


def test_every_record_says_its_source():
    rows = json.loads((ROOT / "geojson/places.geojson").read_text("utf-8"))["features"]
    known = {"tianditu", "vonng", "geonames", "project", "sources"}
    placed = [row["properties"] for row in rows if row["geometry"] is not None]
    assert {row["source"] for row in placed} == known
    assert (ROOT / "geojson/places.geojson").stat().st_size < 3_000_000


# --- a second opinion --------------------------------------------------------------------------


def test_counties_against_cpca():
    """cpca reads the units of most addresses; where it finds a county it must be ours."""
    cpca = pytest.importorskip("cpca", reason="cpca is not installed")
    rows = [row for row in ROWS if row[0] in ("towns", "villages", "counties", "roads")]
    codes = cpca.transform([row[1] for row in rows])["adcode"]
    agreed = 0
    for row, code in zip(rows, codes):
        if not code or str(code)[4:] == "00" or f"county:{code}" not in BOOK.units:
            continue
        best = resolve(row[1], BOOK).best
        assert best is not None
        assert best.adcode == str(code), row[1]
        agreed += 1
    assert agreed > 30
