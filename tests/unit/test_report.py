"""The extract of one place: what it says, as HTML and as JSON."""

from __future__ import annotations

import copy
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

import zonerules
from zonerules.jobs.answer import BadInput, Query
from zonerules.jobs.cli import main
from zonerules.jobs.open import Catalogue
from zonerules.jobs.report import Extract, extract
from zonerules.jobs.report.blocks import Entry, Grid, Note, Pairs, Picture, Text
from zonerules.jobs.wording import words

PLACE = (113.69, 34.735)  # well inside the machinery ban, within the Guancheng district
DAY = "2017-11-20"
MADE = "2026-01-02T03:04:05+00:00"
MACHINERY = "operate-non-road-machinery"
HOSTILE = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>",
    "</style></svg><svg onload=alert(3)>",
    "一行\n又一行\u202e倒写\x00\x1b[31m",
    "😀企业",
)


@pytest.fixture(scope="module")
def catalogue() -> Any:
    return zonerules.open()


KNOWN: dict[str, Extract] = {}  # one never changes, so tests may share it


def made(catalogue: Any, lang: str = "zh", **asked: Any) -> Extract:
    key = repr((id(catalogue), lang, asked))
    if key not in KNOWN:
        told = {"date": DAY, "activity": MACHINERY, **asked}
        named = {key: told.pop(key) for key in ("name", "everything") if key in told}
        answer = catalogue.at(*PLACE, **told)
        KNOWN[key] = extract(catalogue, answer, lang=lang, made=MADE, **named)
    return KNOWN[key]


def section(found: Extract, name: str) -> list[Any]:
    return next(list(part.blocks) for part in found.sections if part.name == name)


def entries(found: Extract, name: str) -> list[Entry]:
    return [block for block in section(found, name) if isinstance(block, Entry)]


class Reader(HTMLParser):
    """Every tag with its attributes, and the text outside the style sheet."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._style = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self._style else data


def test_both_languages_have_the_same_words_with_the_same_gaps() -> None:
    zh, en = words("zh", "words_report"), words("en", "words_report")
    assert zh.keys() == en.keys()
    gaps = re.compile(r"\{(\w+)\}")
    assert {k: sorted(gaps.findall(zh[k])) for k in zh} == {
        k: sorted(gaps.findall(en[k])) for k in en
    }


def test_it_states_everything_that_was_asked_and_assumed(catalogue: Any) -> None:
    found = made(catalogue, datum="gcj02", accuracy_m=25, facts={"machine.stage": "1"})
    rows = dict(section(found, "asked")[-1].rows)
    assert rows["地点（经度，纬度）"] == "113.690000, 34.735000"
    assert rows["坐标系"].startswith("GCJ-02")
    # GCJ-02 lies some 500 m off here, which is told, not hidden
    assert rows["换算为 WGS84"] != rows["地点（经度，纬度）"]
    assert "25" in rows["位置误差"]
    assert (rows["查询日期"], rows["重污染天气预警"]) == (DAY, "未知")
    assert rows["已知情况"] == "排放阶段=1"
    assert rows["未给出、按默认"] == "预警未知；半径 5 公里"
    assert found.answer["catalogue"]["fingerprint"] in rows["资料版本"]


def test_rules_stand_with_article_consequence_authority_and_what_is_missing(
    catalogue: Any,
) -> None:
    open_ended = made(catalogue)
    rule = next(e for e in entries(open_ended, "undetermined") if e.lines[0].startswith("GC-58"))
    assert rule.cite == "〔管政〔2017〕98号 21〕"
    told = "\n".join(rule.lines)
    assert "排放阶段" in told and "按上限处罚" in told and "区环境保护局" in told
    assert entries(open_ended, "concerned") == []
    settled = made(catalogue, facts={"machine.stage": "1", "machine.made": "2008-01-01"})
    ban = next(e for e in entries(settled, "concerned") if e.lines[0].startswith("GC-58"))
    assert (ban.tone, ban.mark) == ("prohibited", "禁止")


def test_every_rule_of_the_answer_is_in_one_group_only(catalogue: Any) -> None:
    """Independently of the writer: rules on operators that bind, as the answer has them."""
    found = made(catalogue, activity=None)
    binding = {"prohibition", "restriction", "obligation", "exemption"}
    rows = [
        row
        for row in found.answer["rules"]
        if row["audience"] == "operator" and row["kind"] in binding
    ]
    sure = {row["id"] for row in rows if row["outcome"] != "cannot_determine"}
    unsure = {row["id"] for row in rows} - sure

    def ids(name: str) -> list[str]:
        return [entry.lines[0].split(" · ")[0] for entry in entries(found, name)]

    assert sorted(ids("concerned")) == sorted(sure)
    assert sorted(ids("undetermined")) == sorted(unsure)
    assert len(sure) > 10 and len(unsure) > 50


def test_what_is_not_concerned_is_listed_with_its_article_and_why(catalogue: Any) -> None:
    far = catalogue.at(113.75, 34.68, date=DAY, activity=MACHINERY)
    found = extract(catalogue, far, made=MADE)
    whole = catalogue.at(113.75, 34.68, date=DAY, activity=MACHINERY, all_rules=True)
    wanted = {
        row["cite"]["clause"]
        for row in whole["rules"]
        if row["outcome"] == "not_concerned"
        and MACHINERY in row["activities"]
        and row["cite"]["document"] in whole["coverage"]["documents"]
    }
    assert wanted == {"21"}, "the ban itself, whose area this place is not in"
    grid = next(block for block in section(found, "not_concerned") if isinstance(block, Grid))
    cells = grid.rows[0].cells
    assert "21" in cells[0] and "国Ⅰ" in cells[1] and cells[2].startswith("不在")


def test_who_could_tell_is_told_for_every_key(catalogue: Any) -> None:
    found = made(catalogue)
    grid = [block for block in section(found, "undetermined") if isinstance(block, Grid)][-1]
    who = {row.cells[0]: row.cells[3] for row in grid.rows}
    assert who["排放阶段"] == "从事该活动的单位或个人"
    whether = next(key for key in who if "GC-58" in key)
    assert "区环境保护局" in who[whether] and "发文机关" in who[whether]


def test_when_all_plans_have_ended_that_comes_first_with_the_last_day(catalogue: Any) -> None:
    found = made(catalogue, date="2026-11-22", activity=None)
    first, *rest = found.leading
    assert "2021-12-31" in first.text
    told = " ".join(note.text for note in rest)
    assert "2018-03-31" in told and "last:guanzheng-2017-98" in told
    # rules that only may still hold are counted, not read out one by one
    notes = [block.text for block in section(found, "undetermined") if isinstance(block, Note)]
    assert any(re.search(r"其中 \d+ 条", text) for text in notes)
    page = Reader(found.html()).text
    assert page.index("期满") < page.index("不是官方文件") < page.index("地点（经度，纬度）")


def test_no_data_says_why_and_is_not_called_free(catalogue: Any) -> None:
    nowhere = extract(catalogue, catalogue.at(100.0, 30.0, date=DAY, activity=MACHINERY), made=MADE)
    blocks = section(nowhere, "no_data")
    grid = next(block for block in blocks if isinstance(block, Grid))
    assert grid.rows[0].cells[1] == "库中没有文件管这个地点的这项活动"
    assert any(isinstance(block, Text) and "不等于没有规定" in block.text for block in blocks)


def test_every_shape_has_accuracy_provenance_licence_and_vintage(catalogue: Any) -> None:
    found = made(catalogue)
    shapes = {row["id"]: row for row in found.json()["shapes"]}
    ban = shapes["gc-nrmm-ban"]
    # the edges as zones.yaml has them
    assert {edge["road"]["zh"]: edge["accuracy_m"] for edge in ban["edges"]} == {
        "中州大道": 120,
        "南三环": 220,
        "二七路": 60,
        "金水路": 120,
    }
    assert ban["licence"]["en"].startswith("this project") and ban["vintage"]["zh"]
    district = shapes["410104"]
    assert district["accuracy_m"] and "天地图" in district["provenance"]["zh"]
    assert shapes["jinxing-brewery"]["accuracy_m"] == [300]
    assert all(row["licence"] and row["provenance"] for row in shapes.values())


def test_the_page_needs_no_network_and_runs_no_script(catalogue: Any) -> None:
    page = made(catalogue).html()
    reader = Reader(page)
    tags = {tag for tag, _ in reader.tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "use", "image", "foreignobject"}
    for tag, attrs in reader.tags:
        assert not any(name.startswith("on") or name == "style" for name in attrs), (tag, attrs)
        for name in ("src", "href", "xlink:href"):
            assert not attrs.get(name), (tag, attrs)
    policy = next(attrs["content"] for _, attrs in reader.tags if "http-equiv" in attrs)
    assert policy is not None and policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy and "url(http" not in page


def test_the_hash_in_the_policy_is_that_of_the_style_sheet(catalogue: Any) -> None:
    import base64
    import hashlib

    page = made(catalogue).html()
    style = page.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in page


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_text(catalogue: Any, name: str) -> None:
    reader = Reader(made(catalogue, name=name).html())
    assert {"script", "img"}.isdisjoint(tag for tag, _ in reader.tags)
    assert sum(tag == "svg" for tag, _ in reader.tags) == 2, "the map and the years, no more"
    assert not any(attr.startswith("on") for _, attrs in reader.tags for attr in attrs)
    visible = "".join(char for char in name if char.isalnum())
    assert visible in "".join(char for char in reader.text if char.isalnum())
    assert not set(reader.text) & set("\x00\x1b\u202e")


def test_a_very_long_name_is_cut(catalogue: Any) -> None:
    found = made(catalogue, name="很长" * 5000)
    assert len(found.name) == 201 and found.name.endswith("…")


def test_the_same_question_gives_the_same_bytes(catalogue: Any) -> None:
    first = made(catalogue, name="甲").html()
    other = made(Catalogue(copy.deepcopy(catalogue.data)), name="甲")
    assert other.html() == first, "also from a catalogue that was opened anew"
    later = extract(catalogue, other.answer, name="甲", made="2027-01-01T00:00:00+00:00")
    assert later.number == other.number
    assert later.html().replace("2027-01-01T00:00:00", "2026-01-02T03:04:05") == first


def test_the_number_changes_with_question_and_language(catalogue: Any) -> None:
    numbers = {
        made(catalogue).number,
        made(catalogue, lang="en").number,
        made(catalogue, alert="red").number,
        made(catalogue, name="甲").number,
        made(catalogue, everything=True).number,
    }
    assert len(numbers) == 5
    assert all(re.fullmatch(r"ZR-20171120-[0-9A-F]{12}", number) for number in numbers)


def test_english_has_no_chinese_but_numbers_of_documents(catalogue: Any) -> None:
    found = made(catalogue, lang="en")
    reader = Reader(found.html())
    rest = re.sub(r"\w+〔\d+〕\d+号", "", reader.text)
    assert re.findall(r"[\u4e00-\u9fff]+", rest) == []


def test_json_is_the_answer_with_what_belongs_to_the_extract(catalogue: Any) -> None:
    found = made(catalogue, name="甲")
    told = json.loads(json.dumps(found.json()))
    assert told["schema"] == "zonerules/extract/1"
    assert told["answer"] == catalogue.at(*PLACE, date=DAY, activity=MACHINERY)
    assert (told["number"], told["made"], told["name"]) == (found.number, MADE, "甲")
    assert "不是官方文件" in told["unofficial"]["zh"]
    assert told["timeline"]["schema"] == "zonerules/timeline/1"


def test_it_says_that_it_is_not_official_in_both_languages(catalogue: Any) -> None:
    assert "不是官方文件" in made(catalogue).html()
    assert "no official document" in made(catalogue, lang="en").html()


def test_everything_adds_the_duties_of_government(catalogue: Any) -> None:
    fewer, more = made(catalogue, activity=None), made(catalogue, activity=None, everything=True)
    authority = [
        row["id"]
        for row in more.answer["rules"]
        if row["audience"] == "authority" and row["outcome"] in ("applies", "due", "exempt")
    ]
    listed = {entry.lines[0].split(" · ")[0] for entry in entries(more, "concerned")}
    assert len(authority) > 50 and set(authority) <= listed
    assert listed - {e.lines[0].split(" · ")[0] for e in entries(fewer, "concerned")} >= set(
        authority
    )


def test_a_question_can_be_handed_in_too(catalogue: Any) -> None:
    asked = Query(lon=PLACE[0], lat=PLACE[1], date=DAY, activity=MACHINERY)
    assert extract(catalogue, asked, made=MADE).html() == made(catalogue).html()
    with pytest.raises(BadInput, match="lang de"):
        extract(catalogue, asked, lang="de")


def test_pictures_say_in_words_what_they_show(catalogue: Any) -> None:
    for part in made(catalogue).sections:
        for block in part.blocks:
            if isinstance(block, Picture):
                assert block.alt and block.caption
            elif isinstance(block, Pairs):
                assert all(name and value for name, value in block.rows)


# -- command line ---------------------------------------------------------------------------------


def ran(*args: str) -> int:
    return main(["report", *args])


def test_the_command_writes_what_the_suffix_says(
    tmp_path: Any, capsys: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767323045")
    place = ("113.69", "34.735", "--date", DAY, "--activity", MACHINERY)
    for suffix in ("html", "json"):
        assert ran(*place, "-o", str(tmp_path / f"x.{suffix}")) == 0
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    told = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert told["made"] == "2026-01-02T03:04:05+00:00" == MADE
    assert told["number"] in page and told["number"] in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.html", "x.json"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("113.69", "34.735"), "-o is required"),
        (("-o", "x.pdf"), "LON and LAT"),
        (("113.69", "34.735", "-o", "x.docx"), "-o x.docx"),
        (("113.69", "34.735", "-o", "x.html", "--date", "nie"), "--date nie"),
        (("113.69", "34.735", "-o", "x.html", "--activity", "nix"), "--activity nix"),
    ],
)
def test_bad_input_is_one_line(args: tuple[str, ...], said: str, capsys: Any) -> None:
    assert ran(*args) == 2
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1


def test_a_time_that_is_none_is_refused(tmp_path: Any, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "gestern")
    assert ran("113.69", "34.735", "-o", str(tmp_path / "x.html")) == 2
    assert "SOURCE_DATE_EPOCH gestern" in capsys.readouterr().err
