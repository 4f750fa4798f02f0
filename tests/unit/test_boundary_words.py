"""Boundaries in words: real and made-up wordings against edges worked out by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from zonerules.layers.words.parse import parse

BOOK = Path(__file__).parents[1] / "data" / "boundary_words.yaml"
CASES = yaml.safe_load(BOOK.read_text(encoding="utf-8"))["wordings"]
EDGE = re.compile(
    r"^(?P<edge>\w+) (?P<name>[^ ]+)(?: (?P<sign>[+-]))?(?: @(?P<offset>\d+))?"
    r"(?: \[(?P<start>[^ ]+) ~ (?P<end>[^ ]+)\])?(?: \{(?P<aka>[^}]+)\})?$"
)
SIGN = {"+": "included", "-": "excluded", None: "unstated"}


def edge_of(text):
    found = EDGE.match(text)
    assert found, text
    aka = tuple(found["aka"].split("/")) if found["aka"] else ()
    place = (found["edge"], found["name"], SIGN[found["sign"]])
    return (*place, found["start"], found["end"], aka, float(found["offset"] or 0))


def expected(part):
    part = {"edges": part} if isinstance(part, list) else part
    return {
        "edges": sorted(edge_of(text) for text in part.get("edges", [])),
        "units": sorted(part.get("units", [])),
        "minus": sorted(part.get("minus", [])),
        "splits": {name: set(sides) for name, sides in part.get("splits", {}).items()},
        "corridors": part.get("corridors", {}),
    }


def found(part):
    return {
        "edges": sorted(
            (e.name and e.edge, e.name, e.include, e.start, e.end, e.aka, e.offset_m)
            for e in part.edges
        ),
        "units": sorted(part.units),
        "minus": sorted(m.text for m in part.minus),
        "splits": {s.name: set(s.sides) for s in part.splits},
        "corridors": {c.name: c.width_m or "?" for c in part.corridors},
    }


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] or "empty" for case in CASES])
def test_a_wording_says_what_a_reader_makes_of_it(case):
    words = parse(case["text"])
    assert [found(part) for part in words.parts] == [expected(part) for part in case["parts"]]
    assert list(words.unread) == case.get("unread", [])


def test_the_book_has_sixty_wordings():
    assert len(CASES) >= 60


def test_the_order_of_a_side_is_the_order_of_the_text():
    part = parse("瑞湖路—阳光北路—瑞祥大道以南").parts[0]
    assert [edge.name for edge in part.on("north")] == ["瑞湖路", "阳光北路", "瑞祥大道"]


def test_the_answer_has_the_contract_keys():
    told = parse("金水路（二七路至中州大道段）以南、中州大道（含）以西").as_json()
    assert set(told) >= {"parts", "unread", "confidence"}
    assert told["confirmed"] == {"by": None, "on": None}
    first, second = told["parts"][0]["edges"]
    assert first.items() >= {
        "name": "金水路", "edge": "north", "include": "unstated",
        "from": "二七路", "to": "中州大道",
    }.items()  # fmt: skip
    assert (second["edge"], second["include"], second["from"]) == ("east", "included", None)


def test_confidence_falls_with_what_is_left_over():
    box = "中州大道以西、南三环以北、二七路以东、金水路以南"
    full = parse(box).confidence
    assert full == 1.0
    assert parse(box + "，范围另以公告为准").confidence < full
    assert parse("中州大道以西、南三环以北").confidence < full
    assert parse("另行公布").confidence == 0.0


def test_inclusion_that_may_concern_one_or_all_is_told_as_another_reading():
    words = parse("建设路、人民路（含）以南")
    assert [edge.include for edge in words.parts[0].edges] == ["included", "included"]
    assert "人民路" in words.alternatives[0]["zh"]


def test_purpose_and_heading_are_kept_beside():
    words = parse("划定城东路—城南路—城西路—城北路形成的区域为低排区")
    assert "为低排区" in words.beside
    assert (
        parse("禁燃区范围：东至A1路，南至B1路，西至C1路，北至D1路").parts[0].label == "禁燃区范围"
    )


ROADS = st.text("经纬建设文化花园农业黄河长江", min_size=2, max_size=3).map(
    lambda body: body + "路"
)
SUFFIX = {"east": "西", "west": "东", "north": "南", "south": "北"}
PREFIX = {"east": "东", "west": "西", "north": "北", "south": "南"}
SIDES = st.permutations(["east", "west", "north", "south"])


@given(st.lists(ROADS, min_size=4, max_size=4, unique=True), SIDES, st.sampled_from("、，；, ;"))
def test_any_box_is_read_in_both_manners(roads, sides, mark):
    behind = mark.join(f"{road}以{SUFFIX[side]}" for road, side in zip(roads, sides))
    before = mark.join(f"{PREFIX[side]}至{road}" for road, side in zip(roads, sides))
    for text in (behind, before):
        words = parse(text)
        assert [(e.name, e.edge) for p in words.parts for e in p.edges] == list(zip(roads, sides))
        assert words.unread == ()


@given(
    st.text(
        "东西南北以至为界含不（）、，。；—和及路街道河环内外侧0123米中州大道区镇…：", max_size=60
    )
)
def test_no_text_breaks_the_reader(text):
    words = parse(text)
    assert 0.0 <= words.confidence <= 1.0
    assert all(edge.name for part in words.parts for edge in part.edges)
