"""The digest as a page of links: the parts are the text, every link names what is there."""

from __future__ import annotations

from typing import Any

import pytest

import zonerules
from zonerules.jobs.digest import digest
from zonerules.jobs.linked import linked
from zonerules.jobs.present import to_text

PLACES = {"guancheng": (113.69, 34.735), "zhumadian": (114.02, 32.98), "nowhere": (10.0, 50.0)}
DAYS = ("2017-11-20", "2026-01-01")


@pytest.fixture(scope="module")
def catalogue() -> Any:
    return zonerules.open()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("place", PLACES)
def test_links_name_what_is_there(catalogue: Any, place: str, day: str, lang: str) -> None:
    answer = catalogue.at(*PLACES[place], date=day)
    known = {
        "zone": {row["id"] for row in answer["zones"]},
        "source": {row["id"] for row in answer["sources"]},
        "activity": set(catalogue.book.activities),
        "date": {answer["next_change"]}
        | {str(document["covers"]["until"]) for document in catalogue.book.documents.values()},
    }
    for block in linked(answer, catalogue.book, lang):
        assert block["lines"] and block["kind"] != "ask"
        for line in block["lines"]:
            assert "--fact" not in line["text"] and "--date" not in line["text"]
            if "parts" in line:
                assert "".join(part["text"] for part in line["parts"]) == line["text"]
            for part in line.get("parts", []):
                kind, _, name = part["ref"].partition(":")
                assert not kind or name in known[kind]
            if "article" in line:
                assert line["article"]["document"] in catalogue.book.documents
                assert line["article"]["clause"] in line["cite"]


def test_every_sure_rule_is_read_out_with_its_reasons(catalogue: Any) -> None:
    answer = catalogue.at(*PLACES["guancheng"], date=DAYS[0])
    blocks = {block["kind"]: block["lines"] for block in linked(answer, catalogue.book, "en")}
    told = {line["detail"][-1].removeprefix("id: ") for line in blocks["sure"]}
    brief = digest(answer, catalogue.book, "en")
    [short] = [block["lines"] for block in brief if block["kind"] == "sure"]
    cut = short[-1]["text"]  # "and 14 more: GC-49, …": the digest for a terminal stops at eight
    listed = {line["detail"][0] for line in short[:-1]} | set(cut.split(": ")[1].split(", "))
    assert told == listed and len(told) > 8
    assert all(len(line["detail"]) > 1 and line["article"] for line in blocks["sure"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_alert_that_is_missing_can_be_asked_for(catalogue: Any, lang: str) -> None:
    asked = [
        answer
        for name in catalogue.book.activities
        for answer in [catalogue.at(*PLACES["guancheng"], date=DAYS[0], activity=name)]
        if any(row["key"] == "alert" for row in answer["ask"][:5])
    ]
    assert asked
    for answer in asked:
        text = to_text(digest(answer, catalogue.book, lang), columns=400)
        assert {"zh": "无预警", "en": "no alert"}[lang] in text
