"""An objection keeps the answer and what is believed; it changes nothing and is lost by nothing."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

import zonerules
from zonerules.jobs import objection as objections

ROOT = Path(zonerules.__file__).resolve().parent
WORDS = {"believes": "边界应到<b>紫荆山路</b>", "because": "2017年公告附图\n第二页"}


@pytest.fixture(scope="module")
def catalogue() -> Any:
    return zonerules.open()


@pytest.fixture(scope="module")
def answer(catalogue: Any) -> dict[str, Any]:
    found: dict[str, Any] = catalogue.at(113.69, 34.735, date="2017-11-20")
    return found


def test_both_files_hold_the_answer_and_the_words(
    catalogue: Any, answer: dict[str, Any], tmp_path: Path
) -> None:
    record = objections.objection(answer, **WORDS, about="gc-nrmm-ban")
    as_json, as_text = objections.write(record, catalogue.book, tmp_path)
    kept = json.loads(as_json.read_text(encoding="utf-8"))
    assert kept["schema"] == "zonerules/objection/1"
    assert kept["answer"] == answer and kept["catalogue"] == answer["catalogue"]
    assert (kept["believes"], kept["because"]) == (WORDS["believes"], WORDS["because"])
    assert kept["about"] == "gc-nrmm-ban"
    canonical = json.dumps(answer, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    told = "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()
    assert kept["answer_fingerprint"] == told
    text = as_text.read_text(encoding="utf-8")
    for part in (WORDS["believes"], "第二页", told, "gc-nrmm-ban", "管政〔2017〕98号 26"):
        assert part in text
    assert as_json.parent == tmp_path / "objections" == as_text.parent
    assert sorted(path.suffix for path in as_json.parent.iterdir()) == [".json", ".txt"]


def test_two_objections_do_not_meet(catalogue: Any, answer: dict[str, Any], tmp_path: Path) -> None:
    made = "2026-01-02T03:04:05+00:00"
    for reason in ("a", "b"):
        record = objections.objection(answer, believes="x", because=reason, made=made)
        objections.write(record, catalogue.book, tmp_path)
    assert len(list((tmp_path / "objections").glob("*.json"))) == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_is_in_one_language(catalogue: Any, answer: dict[str, Any], lang: str) -> None:
    record = objections.objection(answer, believes="x", because="y", lang=lang)
    text = objections.as_text(record, catalogue.book)
    assert ("我认为" in text) == (lang == "zh")
    assert ("I believe" in text) == (lang == "en")


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"believes": " \n", "because": "y"}, "believes"),
        ({"believes": "x", "because": ""}, "because"),
        ({"believes": "x" * 30_000, "because": "y"}, "believes"),
        ({"believes": "x", "because": "y", "about": "no-such-zone"}, "no-such-zone"),
    ],
)
def test_an_empty_objection_is_none(
    answer: dict[str, Any], told: dict[str, str], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        objections.objection(answer, **told)


def test_it_changes_no_answer(catalogue: Any, answer: dict[str, Any], tmp_path: Path) -> None:
    """An objection in the data folder leaves the answers of that folder as they are."""
    (tmp_path / "zones.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    before = zonerules.open(tmp_path).at(113.69, 34.735, date="2017-11-20")
    record = objections.objection(answer, **WORDS, about="gc-nrmm-ban")
    objections.write(record, catalogue.book, tmp_path)
    assert zonerules.open(tmp_path).at(113.69, 34.735, date="2017-11-20") == before


def test_no_evaluator_reads_it() -> None:
    for room in ("rules", "layers"):
        for path in (ROOT / room).rglob("*.py"):
            assert not re.search(r"\bobjection", path.read_text(encoding="utf-8")), path


def test_control_characters_do_not_reach_the_text(catalogue: Any, answer: dict[str, Any]) -> None:
    record = objections.objection(answer, believes="a\x1b[31mb\u202ec", because="y")
    text = objections.as_text(record, catalogue.book)
    assert "\x1b" not in text and "\u202e" not in text
