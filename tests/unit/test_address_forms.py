"""Addresses as they stand in the tables of offices: what is said around the place, and of it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zonerules.jobs.address.resolve import resolve
from zonerules.layers import gazetteer
from zonerules.layers.point import metres

BOOK = gazetteer.load()


def read(text):
    found = resolve(text, BOOK)
    best = found.best
    return found, best and (best.level, best.matched, best.county)


# --- worked out by hand ------------------------------------------------------------------------

TOWN = "巩义市北山口镇"
CROSSING = "郑州市二七区二七路与金水路交叉口西南140米"


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("鞏義市北山口鎮", TOWN),
        ("河南省鄭州市鞏義市北山口鎮", TOWN),
        ("鄭州市二七區二七路與金水路交叉口西南140米", CROSSING),
        ("邮编：451250 巩义市北山口镇", TOWN),
        ("451250巩义市北山口镇", TOWN),
        ("巩义市北山口镇（电话：0371-64012345）", TOWN),
        ("13812345678 巩义市 北山口镇", TOWN),
        ("巩义市-北山口镇", TOWN),
        ("巩义市、北山口镇", TOWN),
        ("【巩义市】北山口镇", TOWN),
        ("巩义市\u3000北山口镇\r\n", TOWN),
        ("河南省郑州市郑州市巩义市北山口镇", TOWN),
        ("巩县北山口镇", TOWN),
        ("巩义市S237北山口镇政府对面", TOWN),
        ("河南XX耐火材料有限公司（巩义市北山口镇）", TOWN),
        ("郑州市二七区二七路与金水路交叉口西南140米XX大厦3号楼2单元501室", CROSSING),
        ("郑州市二七区二七路与金水路交叉路口西南140米", CROSSING),
        ("郑州市二七区二七路与金水路交叉口向西南140米路南", CROSSING),
    ],
)
def test_what_stands_around_the_place_changes_nothing(text, like):
    one, other = read(text), read(like)
    assert one[1][:2] == other[1][:2]
    assert one[0].stated == other[0].stated
    assert (one[0].best.lon, one[0].best.lat) == (other[0].best.lon, other[0].best.lat)
    assert not one[0].review


@pytest.mark.parametrize(
    ("text", "level", "county", "unread"),
    [
        ("郑州市管城回族区南曹乡107国道与豫英路交叉口向东200米", "town", "管城回族区", "豫英路"),
        ("驻马店市驿城区产业集聚区", "county", "驿城区", ""),
        ("焦作市山阳区中星街道焦东南路48号", "town", "山阳区", "焦东南路48号"),
        ("济源市轵城镇泗涧村东", "county", "济源市", "泗涧村东"),
        ("郑州市邙山区古荥镇", "town", "惠济区", ""),
        ("焦作市中站区经济技术开发区", "county", "中站区", "经济技术开发区"),
        ("安康市汉滨区高新技术产业开发区", "county", "汉滨区", "高新"),
        ("郑州市郊区十八里河镇", "town", "管城回族区", ""),  # the 郊区 of no other city
        ("郑州市金水区花园路1号洛阳市商业银行郑州分行", "road", "金水区", ""),
        ("郑州市金水区经三路河南省人民医院东", "county", "金水区", "经三路"),
    ],
)  # fmt: skip
def test_forms_of_permits(text, level, county, unread):
    found, best = read(text)
    assert (best[0], best[2]) == (level, county)
    assert unread in found.unread
    assert not found.mismatch


@pytest.mark.parametrize(
    ("text", "stated", "other"),
    [
        ("郑州市管城区紫荆山路 登封市大学路", "管城回族区", "登封市"),
        ("郑州市二七区大学路2号新密市超化镇某某公司", "二七区", "新密市"),
        ("河南省郑州市二七区管城回族区紫荆山路", "二七区", "管城回族区"),
        ("洛阳市某某公司 郑州市金水区花园路", "洛阳市", "金水区"),
        ("二七区马寨镇 荥阳市豫龙镇", "二七区", "荥阳市"),
    ],
)
def test_two_counties_are_always_told(text, stated, other):
    found = resolve(text, BOOK)
    assert found.mismatch
    assert stated in found.told("zh") and other in found.told("zh")
    assert found.stated is None


@pytest.mark.parametrize("text", ["No.39 Huayuan Road, Jinshui", "zhengzhou shi erqi qu", "123 45"])
def test_pinyin_and_english_are_said_to_be_unread(text):
    found = resolve(text, BOOK)
    assert found.candidates == ()
    assert found.told("zh") == "只读汉字地址，拼音和英文不读"
    assert found.unread


def test_two_roads_side_by_side_are_no_crossing_yet_near_it():
    """郑州市中州大道南三环某小区 lies at one of the two, some way off."""
    plain = resolve("郑州市管城区中州大道与南三环交叉口", BOOK).best
    beside = resolve("郑州市管城区中州大道南三环某小区5号楼", BOOK).best
    assert (plain.lon, plain.lat) == (beside.lon, beside.lat)
    assert beside.radius_m == plain.radius_m + 600


def test_a_street_of_a_town_is_nearer_its_seat_than_a_village():
    whole = resolve("巩义市北山口镇", BOOK).best.radius_m
    assert resolve("巩义市北山口镇人民路12号", BOOK).best.radius_m == pytest.approx(0.7 * whole)
    for rest in ("某某沟", "310国道路南", "工业路产业集聚区", "村北100米路东"):
        assert resolve(f"巩义市北山口镇{rest}", BOOK).best.radius_m == whole, rest


# --- over all of the gazetteer -----------------------------------------------------------------

COUNTIES = sorted(
    (unit for unit in BOOK.units.values() if unit.kind == "county" and unit.code[:2] == "41"),
    key=lambda unit: unit.code,
)
NOISE = [
    "",
    " ",
    "，",
    "（",
    "邮编450000 ",
    "0371-66666666 ",
    "\u3000",
    "地址：",
    "12号院",
    "路南",
]
TAILS = ["", "3号楼501室", "路北", "对面", "某某有限公司", "（院内）", "12-5号"]


@given(st.sampled_from(COUNTIES), st.sampled_from(NOISE), st.sampled_from(TAILS))
@settings(max_examples=150, deadline=None)
def test_noise_never_changes_the_county(unit, noise, tail):
    city = next(iter(BOOK.lineage(unit.code)), None)
    for head in ("", "河南省", f"河南省{city.name}" if city else ""):
        found = resolve(f"{noise}{head}{unit.name}{tail}", BOOK)
        names = {candidate.adcode for candidate in found.candidates}
        assert unit.code in names, (noise, head, unit.name, tail)
        assert found.best.adcode == unit.code or found.review


@given(
    st.sampled_from(COUNTIES), st.sampled_from(COUNTIES), st.sampled_from(["", "人民路1号", "，"])
)
@settings(max_examples=200, deadline=None)
def test_a_second_county_is_never_silent(one, other, between):
    if one.code == other.code:
        return
    text = f"{_city(one)}{one.name}{between}{_city(other)}{other.name}某某镇"
    found = resolve(text, BOOK)
    assert found.mismatch and found.review, text
    assert re.search(re.escape(one.name), found.told("zh")), text


def _city(unit):
    return next((large.name for large in BOOK.lineage(unit.code) if large.kind == "city"), "河南省")


# --- roads that other places have, too ---------------------------------------------------------

OWN = [  # made up, around the seats of 巩义 and 登封: only their names matter
    ("试一路×人民路", ["410181"], 112.98, 34.75),
    ("试一路×新兴路", ["410181"], 112.98, 34.755),
    ("和平路×新兴路", ["410181"], 112.99, 34.755),
    ("试二路×东试街", ["410185"], 113.04, 34.457),
]


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """The shipped gazetteer with crossings of one's own, as a data folder adds them."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "kind": "crossing",
                "name": name,
                "roads": [[road] for road in name.split("×")],
                "counties": counties,
                "accuracy_m": 120,
            },
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
        }
        for name, counties, lon, lat in OWN
    ]
    folder = tmp_path_factory.mktemp("data")
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    (folder / "places.geojson").write_text(text, encoding="utf-8")
    return gazetteer.load(folder)


@pytest.mark.parametrize(
    ("text", "level", "county"),
    [
        ("登封市试二路与东试街交叉口西北20米", "crossing", "登封市"),
        ("巩义市试一路与人民路交叉口", "crossing", "巩义市"),
        ("安阳市文峰区和平路与新兴路交叉口", "county", "文峰区"),  # those of 巩义
        ("焦作市解放区人民路12号", "county", "解放区"),
        ("巩义市新兴路52号", "county", "巩义市"),  # each of its towns has one
        ("巩义市试一路120号", "road", "巩义市"),
        ("巩义市回郭镇新兴路12号", "town", "巩义市"),  # not the one of the county's seat
    ],
)
def test_a_road_is_that_of_the_stated_place(own, text, level, county):
    found = resolve(text, own)
    assert (found.best.level, found.best.county) == (level, county)
    assert not found.mismatch


def test_a_crossing_of_another_town_or_county_is_told(own):
    far = resolve("巩义市回郭镇试一路与人民路交叉口", own)
    assert far.best.level == "town"
    assert "同名的另一处" in far.told("zh")
    other = resolve("郑州市惠济区南三环与大学路交叉口", BOOK)
    assert other.mismatch
    assert "二七区" in other.told("zh")


def test_crossings_of_one_road_lie_along_it():
    """One that was mistyped would lie kilometres off, or in no county of the four cities."""
    for crossing in BOOK.crossings:
        assert crossing.counties, crossing.name
        assert 30 <= crossing.accuracy_m <= 300, crossing.name
    for name, crossings in BOOK.roads.items():
        for one in crossings:
            here = [other for other in crossings if set(one.counties) & set(other.counties)]
            spread = max(metres(one.lon, one.lat, other.lon, other.lat) for other in here)
            assert spread < 16_000, (name, one.name)
