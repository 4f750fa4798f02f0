"""What a reading is not sure of: told with its reason, it changes nothing but the confidence."""

from __future__ import annotations

import pytest

from zonerules.jobs.delimit.text import to_text
from zonerules.layers.words.parse import parse

SURE = (
    "中州大道以西、南三环以北、二七路以东、金水路以南",
    "东至东明路（含），西至花园路（不含），南至黄河路，北至农业路",
    "东以京港澳高速为界，西以京广铁路为界，南以商登高速为界，北以黄河南岸为界",
    "建设路—人民路—文化路—解放路—建设路合围区域",
    "绕城高速以内区域",
    "大学路以西、陇海路以南、嵩山路以东、航海路以北（含上述道路）",
    "荥阳市全域、上街区",
    "以郑州东站为圆心、半径5公里的圆形区域",
    "东至：文峰大道；西至：京珠高速；南至：文昌大道；北至：安漳大道。",
)
# wording: what the doubt is about, and a word of its reason
DOUBTED = {
    "中山区人民路沿线以东，解放路以西": ("中山区人民路", "form or name"),
    "东至文化路，西至拟选址地块道路，南至黄河路，北至农业路": ("拟选址地块道路", "no name"),
    "东至文化路，南至黄河路，西至文化路，北至农业路": ("文化路", "opposite"),
    "人民路、中华路合围区域": ("人民路、中华路", "all the way round"),
    "鹤山市、台山市、恩平市建成区": ("建成区", "how far"),
    "产业集聚区：东至二环路，西至三环路": ("产业集聚区", "lies in"),
    "中山路至人民路、建设路至解放路之间区域": ("中山路至人民路", "usual form"),
    "东接稷山县，南与城区街道相邻，北至僧楼镇和张吴乡": ("北至僧楼镇和张吴乡", "usual form"),
    "东至花园路、文化路，西至南阳路，南至黄河路，北至农业路，东至中州大道": ("中州大道", "twice"),
}


@pytest.mark.parametrize("text", SURE)
def test_well_known_forms_are_sure(text):
    words = parse(text)
    assert words.doubts == () and words.unread == ()
    assert words.confidence == 1.0


@pytest.mark.parametrize(("text", "told"), DOUBTED.items())
def test_what_is_rare_is_told(text, told):
    about, reason = told
    words = parse(text)
    lines = [row["en"] for row in words.doubts if about in row["about"]] + list(words.unread)
    assert any(about in line for line in lines), (words.doubts, words.unread)
    if words.doubts and reason != "form or name":
        assert any(reason in line for line in lines)
    assert words.confidence <= 0.5


def test_a_doubt_changes_nothing_of_the_reading():
    words = parse("人民路、中华路合围区域")
    assert [edge.name for edge in words.parts[0].edges] == ["人民路", "中华路"]


@pytest.mark.parametrize(("lang", "word"), [("zh", "存疑："), ("en", "Doubtful: ")])
def test_doubts_are_printed(lang, word):
    told = parse("人民路、中华路合围区域").as_json()
    assert word in to_text(told, lang)
    assert told["doubts"][0]["about"] in to_text(told, lang)


def test_between_two_lines_is_a_ring_with_a_mark():
    told = parse("文化路与花园路之间、农业路以南、黄河路以北").as_json()
    edges = told["parts"][0]["edges"]
    assert [(e["edge"], e.get("between", False)) for e in edges] == [
        ("ring", True), ("ring", True), ("north", False), ("south", False),
    ]  # fmt: skip
    assert "两侧之一 文化路" in to_text(told, "zh")


def test_two_pairs_between_go_round():
    part = parse("中山路至人民路、建设路至解放路之间区域").parts[0]
    assert [edge.name for edge in part.edges] == ["中山路", "建设路", "人民路", "解放路"]
    assert {edge.edge for edge in part.edges} == {"ring"} and part.closed


def test_corners_said_and_corners_printed():
    text = "东经113°40′、北纬34°45′，东经113°42′、北纬34°45′，东经113°42′、北纬34°43′{}连线范围"
    assert parse(text.format("四点")).unread == ("四点",)
    assert parse(text.format("三点")).unread == ()


def test_signs_of_private_use_in_a_text_are_no_names():
    for sign in ("\U000f0000", "\U000f4001", "\U000fc000", "\ue000", "\ue001"):
        words = parse(f"东至{sign}，西至南阳路{sign}以东，{sign}以北")
        assert words.doubts or words.unread
