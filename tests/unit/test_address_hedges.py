"""Addresses that name a unit and do not put their place into it, and ways from what they name."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from zonerules.jobs.address.online import Online
from zonerules.jobs.address.resolve import resolve
from zonerules.jobs.open import open as open_catalogue
from zonerules.layers import gazetteer
from zonerules.tests.services import KEY, amap, serving

BOOK = gazetteer.load()
GEOD = Geod(ellps="WGS84")
HEAD = "郑州市二七区二七路与金水路交叉口"
TOWER = resolve("二七塔", BOOK).best
CROSSING = resolve(HEAD, BOOK).best


def far(best, start, azimuth, metres):
    """Metres between a place and the one that lies so far from a start."""
    lon, lat, _ = GEOD.fwd(start.lon, start.lat, azimuth, metres)
    return GEOD.inv(best.lon, best.lat, lon, lat)[2]


# --- ways from a place -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "azimuth", "least_m", "most_m"),
    [
        ("西南500-800米", 225, 500, 800),
        ("西南500至800米", 225, 500, 800),
        ("西南500～800米", 225, 500, 800),
        ("西南500米-1公里", 225, 500, 1000),
        ("东1.5KM", 90, 1500, 1500),
        ("西1.5KM", 270, 1500, 1500),
        ("西1500M", 270, 1500, 1500),
        ("西2,500米", 270, 2500, 2500),
        ("西半公里", 270, 500, 500),
        ("西一公里半", 270, 1500, 1500),
        ("西三里", 270, 1500, 1500),
        ("正北方向约2千米处", 0, 2000, 2000),
    ],
)
def test_a_way_from_a_crossing_is_followed(words, azimuth, least_m, most_m):
    found = resolve(HEAD + words, BOOK)
    for metres in (least_m, most_m):
        away = far(found.best, CROSSING, azimuth, metres)
        assert away + most_m / 2 <= found.best.radius_m < 4000, words
    assert found.best.level == "crossing"


@pytest.mark.parametrize("words", ["附近2000米", "2公里处", "外2公里"])
def test_a_distance_without_a_direction_goes_into_the_disc(words):
    best = resolve(HEAD + words, BOOK).best
    assert (best.lon, best.lat) == (CROSSING.lon, CROSSING.lat)
    assert best.radius_m >= 2000


@pytest.mark.parametrize(
    "words", ["西第三个路口", "西两站路", "向西", "西几百米", "西过两个红绿灯"]
)
def test_a_way_that_cannot_be_followed_is_told_and_the_crossing_is_not_the_place(words):
    found = resolve(HEAD + words, BOOK)
    assert found.best.level in ("road", "county")
    assert found.told("zh")
    assert found.stated is None


@pytest.mark.parametrize("words", ["西南140公里", "西南十几公里", "西数公里"])
def test_a_way_too_far_or_unknown_leaves_no_place(words):
    found = resolve(HEAD + words, BOOK)
    assert found.mismatch
    assert words in found.told("zh")
    assert not any(c.level in ("crossing", "road", "county") for c in found.candidates)


@pytest.mark.parametrize("words", ["以南3公里", "南3000米", "向南3公里"])
def test_a_way_from_a_place_with_a_name(words):
    best = resolve(f"二七塔{words}", BOOK).best
    assert far(best, TOWER, 180, 3000) < 20
    assert best.radius_m >= TOWER.radius_m + 1500


@pytest.mark.parametrize(
    ("town", "words", "metres"),
    [("新密市岳村镇", "以东12公里", 12_000), ("郑州市管城回族区十八里河镇", "以南6公里", 6_000)],
)
def test_a_way_from_a_town_widens_its_disc_and_states_no_county(town, words, metres):
    plain, found = resolve(town, BOOK), resolve(town + words, BOOK)
    assert plain.stated is not None and found.stated is None
    assert found.best.radius_m == pytest.approx(plain.best.radius_m + metres)
    assert (found.best.county, found.best.adcode) == (None, None)
    assert found.review


def test_a_way_from_a_place_of_ones_own(tmp_path):
    told = {"kind": "point", "name": "某某化工", "counties": ["419001"], "radius_m": 300}
    row = {"properties": told, "geometry": {"type": "Point", "coordinates": [112.43, 35.05]}}
    (tmp_path / "places.geojson").write_text(json.dumps({"features": [row]}), encoding="utf-8")
    own = gazetteer.load(tmp_path)
    start = resolve("济源市某某化工", own).best
    best = resolve("济源市某某化工以东2公里", own).best
    assert far(best, start, 90, 2000) < 20
    assert best.radius_m >= 1300
    unknown = resolve("济源市某某化工以东2公里", BOOK)  # from where nobody knows
    assert unknown.stated is None
    assert "以东2公里" in unknown.told("zh")


# --- a unit that is named and not meant --------------------------------------------------------

COUNTY = "管城回族区"
NOT_IN_IT = [
    "管城回族区以北5公里",
    "非管城回族区",
    "距管城回族区3公里",
    "郑州市管城回族区以外",
    "除管城回族区外的郑州市",
    "管城回族区十八里河镇到新郑市龙湖镇沿线",
    "郑州市管城回族区至中牟县",
    "流动经营，郑州市各区，总部管城回族区",
    "原管城回族区",
    "临近管城回族区",
    "管城、金水区",
    "郑州市金水区，管城区",
    "管城区与金水区交界处",
]


@pytest.mark.parametrize("text", NOT_IN_IT)
def test_the_county_is_not_stated_and_a_person_is_asked(text):
    found = resolve(text, BOOK)
    assert found.stated is None
    assert found.review
    assert found.mismatch or all(c.county != COUNTY for c in found.candidates)


def test_near_a_county_only_its_city_is_left():
    (city,) = resolve("郑州市管城回族区附近", BOOK).candidates
    assert city.matched == "郑州市"


def test_the_table_takes_no_county_from_them():
    rows = [{"地址": text} for text in [*NOT_IN_IT, "郑州市管城回族区十八里河镇"]]
    frame = pytest.importorskip("pandas").DataFrame(rows)
    asked = {"activity": "demolish", "date": "2017-11-20", "address_col": "地址"}
    told = open_catalogue().check(frame, **asked)
    *hedged, plain = told.to_dict("records")
    assert plain["zr_verdict"] == "prohibited"
    for row in hedged:
        assert row["zr_verdict"] != "prohibited", row["地址"]
        assert "按地址所写" not in str(row["zr_reason"]), row["地址"]
        assert row["zr_error"] and isinstance(row["zr_error"], str), row["地址"]


UNITS = sorted(BOOK.units)
FORMS = [
    "非{}",
    "距{}",
    "距{}3公里",
    "除{}外",
    "除{}以外",
    "{}以外",
    "{}以北5公里",
    "不在{}",
    "临近{}",
]


@given(
    st.sampled_from(UNITS), st.sampled_from(FORMS), st.sampled_from(["", "某某路12号", "，某处"])
)
@settings(max_examples=250, deadline=None)
def test_no_unit_of_the_gazetteer_is_stated_by_its_hedged_name(key, form, tail):
    unit = BOOK.units[key]
    found = resolve(form.format(unit.name) + tail, BOOK)
    assert found.stated is None
    assert found.review
    open_names = len(BOOK.unit_names[unit.name]) > 1
    assert found.mismatch or open_names or all(c.adcode != unit.code for c in found.candidates)


@pytest.mark.parametrize(
    ("text", "names", "county"),
    [
        ("新密市来集镇、岳村镇", ("来集镇", "岳村镇"), "新密市"),
        ("二七区马寨镇或侯寨乡", ("马寨镇", "侯寨乡"), "二七区"),
    ],
)
def test_several_towns_are_told_and_the_disc_holds_them(text, names, county):
    found = resolve(text, BOOK)
    assert all(name[:2] in found.told("zh") for name in names)
    both = next(c for c in found.candidates if c.level == "town")
    for name in names:
        one = next(c for c in resolve(f"{county}{name}", BOOK).candidates if c.level == "town")
        away = GEOD.inv(one.lon, one.lat, both.lon, both.lat)[2]
        assert away + one.radius_m <= both.radius_m * 1.01
    assert found.best.county == county


def test_a_town_nobody_knows_beside_one_leaves_the_county():
    found = resolve("新密市来集镇、某某镇", BOOK)
    assert found.best.level == "county"
    assert "某某镇" in found.told("zh")


# --- a service ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["郑州市金水区，管城区", "非管城回族区", "郑州市管城回族区以外"])
def test_no_answer_of_a_service_puts_an_end_to_what_the_text_says(text, tmp_path):
    offline = resolve(text, BOOK)
    with serving(amap("兴趣点", adcode="410104")) as server:
        found = Online("amap", BOOK, key=KEY, url=server.url, folder=tmp_path)(text)
    assert found.mismatch
    assert found.stated is None
    assert found.told("zh") == offline.told("zh")
    assert found.candidates[: len(offline.candidates)] == offline.candidates


def test_a_service_may_answer_with_the_place_a_distance_is_told_from(tmp_path):
    with serving(amap("兴趣点", "410103", TOWER.lon, TOWER.lat)) as server:
        asking = Online("amap", BOOK, key=KEY, url=server.url, folder=tmp_path)
        plain, away = asking("二七塔"), asking("二七塔以南2公里")
    assert not away.mismatch and away.stated is None
    assert away.best.radius_m == plain.best.radius_m + 2000


# --- words -------------------------------------------------------------------------------------


def test_a_country_a_province_and_one_disc_once():
    assert "国名" in resolve("中国", BOOK).told("zh")
    for name in ("河南省", "香港特别行政区"):
        assert "省级" in resolve(name, BOOK).lines("zh")[0]
    assert "  市  " in resolve("郑州市", BOOK).lines("zh")[0]
    discs = [(c.lon, c.lat, c.radius_m) for c in resolve("新密市岳村镇驼腰村", BOOK).candidates]
    assert len(discs) == len(set(discs)) == 2


def test_near_a_place_is_not_at_it():
    near = resolve("二七塔附近", BOOK).best
    assert (near.lon, near.lat, near.matched) == (TOWER.lon, TOWER.lat, TOWER.matched)
    assert near.radius_m == TOWER.radius_m + 400
