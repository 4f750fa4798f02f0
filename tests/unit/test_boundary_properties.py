"""Boundaries in words: whatever the wording, nothing of it is dropped and no spelling matters."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zonerules.layers.words.parse import parse
from zonerules.layers.words.traditional import SIMPLIFIED
from zonerules.tests.unit import boundary_real

ON = {"east": "东", "west": "西", "north": "北", "south": "南"}
OFF = {"east": "西", "west": "东", "north": "南", "south": "北"}
FULL = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789GSXY(),;:-"}
TRADITIONAL = {new: chr(old) for old, new in SIMPLIFIED.items() if chr(old) not in "後餘係"}

NAMES = st.builds(
    str.__add__,
    st.text("金银铜铁文武昌盛泰隆青白", min_size=2, max_size=3),
    st.sampled_from(["路", "大道", "街", "大街", "河", "渠", "高速", "铁路", "快速路"]),
)
NUMBERS = st.builds(str.__add__, st.sampled_from("GSX"), st.integers(100, 399).map(str))
ROADS = st.one_of(NAMES, NAMES, NUMBERS)
SIGNS = st.sampled_from(["", "", "", "（含）", "（不含）"])
FORMS = (
    "{road}{sign}以{off}",
    "{on}至{road}{sign}",
    "{on}临{road}{sign}",
    "{on}以{road}{sign}为界",
)
INCLUDE = {"": "unstated", "（含）": "included", "（不含）": "excluded"}


@st.composite
def boxes(draw):
    """Four sides in any order and form: their clauses, and what each says."""
    sides = draw(st.permutations(["east", "west", "north", "south"]))
    roads = draw(st.lists(ROADS, min_size=4, max_size=4, unique=True))
    assume(not any(a in b or b in a for a in roads for b in roads if a != b))
    form = draw(st.sampled_from(FORMS))
    signs = [draw(SIGNS) for _ in sides]
    clauses = [
        form.format(road=road, sign=sign, on=ON[side], off=OFF[side])
        for side, road, sign in zip(sides, roads, signs)
    ]
    said = {(side, road, INCLUDE[sign]) for side, road, sign in zip(sides, roads, signs)}
    return clauses, said


def edges(words):
    return [{(e.edge, e.name, e.include) for e in part.edges} for part in words.parts]


def everything(words):
    """All that the answer prints, in one string."""
    told = words.as_json()
    told.pop("text")
    return json.dumps(told, ensure_ascii=False)


@settings(max_examples=60, deadline=None)
@given(boxes(), st.sampled_from("、，；,;"))
def test_four_sides_in_any_order_and_form_are_one_box(box, mark):
    clauses, said = box
    words = parse(mark.join(clauses))
    assert edges(words) == [said]
    assert words.unread == ()
    assert words.confidence == 1.0


@settings(max_examples=40, deadline=None)
@given(boxes(), st.randoms(use_true_random=False))
def test_the_order_of_the_sides_does_not_matter(box, luck):
    clauses, _ = box
    shuffled = luck.sample(clauses, len(clauses))
    assert edges(parse("，".join(clauses))) == edges(parse("，".join(shuffled)))


@settings(max_examples=40, deadline=None)
@given(boxes())
def test_full_width_and_traditional_characters_say_the_same(box):
    text = "，".join(box[0])
    plain = parse(text)
    for other in (text.translate(FULL), text.translate(TRADITIONAL)):
        assert parse(other).parts == plain.parts
        assert parse(other).unread == plain.unread


@pytest.mark.parametrize(
    "row", boundary_real.cases("development"), ids=lambda row: row["text"][:12]
)
def test_a_real_phrase_says_the_same_in_traditional_characters(row):
    plain, other = parse(row["text"]), parse(row["text"].translate(TRADITIONAL))
    assert other.parts == plain.parts and other.unread == plain.unread


# What no grammar foresees: two to five signs that are no words of notices.
STRANGE = st.text("鹤鹏狮虎猫犬蝶蜂茶酒琴棋书画诗", min_size=2, max_size=5)
PLACES = st.sampled_from(["，{s}，", "（{s}）", "{s}", "。{s}。", "、{s}", "；{s}"])


@settings(max_examples=120, deadline=None)
@given(boxes(), STRANGE, PLACES, st.integers(0, 4), st.sampled_from("、，；"))
def test_nothing_that_is_put_in_goes_without_a_word(box, strange, place, where, mark):
    clauses = list(box[0])
    piece = place.format(s=strange)
    if where == 4:
        text = mark.join(clauses) + piece
    else:
        clauses[where] += piece
        text = mark.join(clauses)
    assert strange in everything(parse(text)), text


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(boundary_real.cases("development")), STRANGE, st.integers(0, 400))
def test_nothing_put_into_a_real_phrase_goes_without_a_word(row, strange, where):
    text = row["text"]
    where %= len(text) + 1
    told = everything(parse(text[:where] + strange + text[where:]))
    assert strange in told, text[:where] + strange + text[where:]


@settings(max_examples=60, deadline=None)
@given(boxes(), st.integers(1, 4))
def test_what_is_cut_off_lowers_the_confidence(box, count):
    clauses, _ = box
    whole, cut = "，".join(clauses), "，".join([*clauses[:-1], "另行公布" * count])
    assert parse(cut).confidence < parse(whole).confidence
    assert "另行公布" in "".join(parse(cut).unread)


HEAP = [
    *"东西南北以至与和及除外（）、，。；：—…含的内均沿向起\ue001¶⧉\n ",
    *[
        "为界",
        "之间",
        "不含",
        "合围",
        "区域",
        "以内",
        "金水路",
        "四环",
        "二七区",
        "为中心",
        "半径",
        "5公里",
        "两侧",
        "各",
        "50米",
        "G107",
    ],
    *["113°40′20″", "34°45′30″", "1.", "（一）", "街心", "其中", "除外", "面积3平方公里"],
]


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.sampled_from(HEAP),
        max_size=25,
    ).map("".join)
)
def test_no_heap_of_words_breaks_the_reader(text):
    words = parse(text)
    assert 0.0 <= words.confidence <= 1.0
    assert all(edge.name for part in words.parts for edge in part.edges)
    json.dumps(words.as_json())
