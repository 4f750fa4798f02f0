"""What somebody types into a search box finds the zone, source or rule that is meant, first."""

from __future__ import annotations

import concurrent.futures
import json
from pathlib import Path
from typing import Any

import pytest

import zonerules
from zonerules.jobs.find.lookup import Lookup

ROOT = Path(zonerules.__file__).parent


@pytest.fixture(scope="module")
def lookup() -> Lookup:
    return Lookup(zonerules.open())


@pytest.fixture(scope="module")
def data() -> Any:
    return json.loads((ROOT / "catalogue.json").read_text(encoding="utf-8"))


def ids(hits: list[Any], kind: str) -> list[str]:
    return [hit.id for hit in hits if hit.kind == kind]


def clauses(data: Any, document: str, *wanted: str) -> list[str]:
    """Rules whose clause is one of those or a part of it, from the file itself."""
    return [
        rule["id"]
        for rule in data["rules"]
        if rule["document"] == document
        and any(rule["clause"] == one or rule["clause"].startswith(f"{one}(") for one in wanted)
    ]


@pytest.mark.parametrize(
    "text", ["管政98 21", "管政98第21条", "管政〔2017〕98号 21", "管政98号 第二十一条"]
)
def test_a_document_with_an_article(lookup: Lookup, data: Any, text: str) -> None:
    expected = clauses(data, "guanzheng-2017-98", "21")
    assert expected[0] == "GC-58"
    found = ids(lookup.find(text, "zh"), "rule")
    assert found[: len(expected)] == expected


@pytest.mark.parametrize("text", ["GC-58", "gc-58", "GC58", " gc-58 ", "ＧＣ－５８"])
def test_a_rule_by_its_id(lookup: Lookup, text: str) -> None:
    hits = lookup.find(text, "en")
    assert hits[0].kind == "rule"
    assert hits[0].id == "GC-58"
    assert hits[0].score == 1.0
    assert "non-road machinery of stage I" in hits[0].note


def test_an_article_alone_finds_it_in_every_document(lookup: Lookup, data: Any) -> None:
    found = ids(lookup.find("第21条", "zh", most=100), "rule")
    for document in data["documents"]:
        for rule in clauses(data, document, "21"):
            assert rule in found


def test_a_number_is_no_part_of_an_id(lookup: Lookup) -> None:
    assert [hit for hit in lookup.find("21", "zh") if hit.kind != "rule"] == []


@pytest.mark.parametrize(
    ("text", "lang", "zone"),
    [
        ("gc-nrmm-ban", "zh", "gc-nrmm-ban"),
        ("管城回族区", "zh", "gc-district"),
        ("管城", "en", "gc-district"),
        ("Guancheng Hui", "zh", "gc-district"),
        ("禁用区", "zh", "gc-nrmm-ban"),
        ("冒黑烟 区域", "zh", "gc-nrmm-ban"),
    ],
)
def test_a_zone_by_id_or_name(lookup: Lookup, data: Any, text: str, lang: str, zone: str) -> None:
    hits = [hit for hit in lookup.find(text, lang) if hit.kind == "zone"]
    assert hits[0].id == zone
    assert hits[0].name == data["zones"][zone]["name"][lang]


def test_a_source_by_name(lookup: Lookup) -> None:
    assert ids(lookup.find("金星啤酒厂", "zh"), "source") == ["jinxing-brewery"]
    assert ids(lookup.find("jinxing", "zh"), "source") == ["jinxing-brewery"]


def test_the_exact_name_comes_first_and_no_kind_drowns_the_others(lookup: Lookup) -> None:
    hits = lookup.find("coal", "en", most=5)
    for kind in ("zone", "source", "rule"):
        scores = [hit.score for hit in hits if hit.kind == kind]
        assert len(scores) == 5
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("text", ["", "   ", "qqqq", "管政98 9999", "' OR 1=1 --", "(", "第条"])
def test_nothing_to_find(lookup: Lookup, text: str) -> None:
    assert lookup.find(text, "zh") == []


def test_threads_share_one_index(lookup: Lookup) -> None:
    texts = ["管城", "coal", "GC-58", "管政98 21", "zz"] * 8
    alone = [lookup.find(text, "zh") for text in texts]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: lookup.find(text, "zh"), texts)) == alone
