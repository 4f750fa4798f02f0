"""The reference: complete in both languages, made of the program, its schema true of answers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import zonerules
from zonerules.jobs.answer import Query, answer
from zonerules.layers.catalogue.load import load
from zonerules.layers.point import Location
from zonerules.packaging.reference import MAKERS, MARK, filled
from zonerules.packaging.reference.words import asked, table, untold
from zonerules.rules.evaluate import case_located
from zonerules.rules.logic import tables
from zonerules.rules.model import Book

jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
SCHEMA = json.loads((ROOT / "jobs" / "answer.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, str]]:
    return {lang: {name: maker(lang) for name, maker in MAKERS.items()} for lang in ("zh", "en")}


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Any]:
    return load(golden=True)


def test_the_pages_ask_for_all_that_is_made_and_for_nothing_else() -> None:
    asked = {mark for page in PAGES for mark in MARK.findall(page.read_text("utf-8"))}
    assert asked == set(MAKERS)
    with pytest.raises(KeyError):
        filled("<!-- made: nothing -->", "en")


def test_every_text_of_the_program_has_its_chinese_and_none_is_left_over(made: Any) -> None:
    assert untold == set(), "add their Chinese to packaging/reference/words.json"
    assert set(table()) == asked, "nobody says these any more"


@pytest.mark.parametrize("name", MAKERS)
def test_both_languages_have_the_same_headings_and_rows(made: Any, name: str) -> None:
    shapes = []
    for lang in ("zh", "en"):
        lines = made[lang][name].splitlines()
        shapes.append(
            [(len(found[1]), found[2]) for line in lines
             if (found := re.match(r"^(#+) .*?(\{#[\w-]+\})?$", line))]
        )  # fmt: skip
        cells = [len(re.split(r"(?<!\\)\|", line)) for line in lines if line.startswith("|")]
        rows = [line for line in lines if line.startswith("|")]
        assert all(cell > 2 for cell in cells)
        shapes.append(len(rows))
    assert shapes[:2] == shapes[2:]


def test_commands_facts_activities_and_zones_are_all_there(made: Any, catalogue: Any) -> None:
    reference = made["en"]
    for word in ("`zonerules at`", "`zonerules overlay add`", "`--accuracy`", "`ZONERULES_DATA`"):
        assert word in reference["cli"]
    for key in catalogue["vocabulary"]["facts"]:
        assert f"`{key}`" in reference["facts"]
    for key in catalogue["vocabulary"]["activities"]:
        assert f"`{key}`" in reference["activities"]
    zones = reference["shapes"] + reference["undrawn"]
    for zone in catalogue["zones"]:
        assert f"`{zone}`" in zones
    told = json.loads((ROOT / "geojson" / "provenance.json").read_text("utf-8"))
    assert all(f"`{file}`" in reference["files"] for file in told)


def test_the_table_of_the_ban_area_is_that_of_its_files(made: Any) -> None:
    (row,) = [line for line in made["en"]["shapes"].splitlines() if "`gc-nrmm-ban`" in line]
    assert "管政〔2017〕98号 21" in row and "GPL-2.0-or-later" in row
    # core is smaller than nominal, nominal smaller than extent
    core, nominal, extent = (
        float(f) for f in re.search(r"([\d.]+) / ([\d.]+) / ([\d.]+)", row).groups()
    )
    assert 0 < core < nominal < extent < 100


def test_the_truth_tables_on_the_page_are_those_of_kleene(made: Any) -> None:
    order = {"false": 0, "unknown": 1, "true": 2}
    first, second, third = made["en"]["logic"].split("\n\n| ")[1:4]
    for text, join in ((first, min), (second, max)):
        lines = [[c.strip(" *") for c in line.strip("| ").split("|")] for line in text.splitlines()]
        rows = [line for line in lines if len(line) == 4 and line[0] in order]
        assert len(rows) == 3
        for one, *found in rows:
            for other, value in zip(("true", "unknown", "false"), found):
                assert order[value] == join(order[one], order[other])
    assert third.splitlines()[-1] == "| false | unknown | true |"


def test_no_cell_lets_html_through(made: Any) -> None:
    for lang in ("zh", "en"):
        for name in set(MAKERS) - {"algorithms"}:  # whose help is rich text of our own
            text = re.sub(r"`[^`]*`", "", made[lang][name])
            text = re.sub(r'<span id="[\w-]+"></span>', "", text)
            assert not re.search(r"<[a-zA-Z/!]", text), (lang, name)


class AsCase:
    """Stands for the drawn zones: they lie as a worked case says."""

    def __init__(self, wheres: dict[str, str]) -> None:
        self.wheres = wheres

    def locate(self, *_: Any, **__: Any) -> dict[str, Location]:
        return {zone: Location(where, 12.34) for zone, where in self.wheres.items()}


def test_answers_to_worked_cases_are_as_the_schema_says(catalogue: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    book, seen = Book(catalogue), set()
    wanted = {"applies", "due", "exempt", "not_concerned", "cannot_determine"}
    cases = [case for case in catalogue["golden"] if case["rule"] in book.by_id]
    for number, case in enumerate(cases):
        outcome = case["expect"].get("outcome")
        if number % 499 and outcome in seen:
            continue
        query = case["query"]
        activity = book.by_id[case["rule"]]["activities"][0]
        found = answer(
            catalogue,
            AsCase(case_located(book, query)),
            book,
            Query(
                113.69, 34.735, date=query["date"], alert=query.get("alert"),
                activity=activity, facts=query.get("facts"),
                all_rules=outcome not in seen,
            ),
        )  # fmt: skip
        seen |= {row["outcome"] for row in found["rules"]}
        validator.validate(json.loads(json.dumps(found)))
    assert wanted <= seen


@pytest.mark.parametrize("date", ["2017-11-20", "2026-01-01"])
def test_answers_of_places_are_as_the_schema_says(date: str) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    shipped = zonerules.open()
    for lon, lat in ((113.69, 34.735), (112.6, 35.1), (100.0, 40.0)):
        validator.validate(json.loads(json.dumps(shipped.at(lon, lat, date=date))))


def test_the_schema_notices_what_is_wrong() -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    found = json.loads(json.dumps(zonerules.open().at(113.69, 34.735, date="2017-11-20")))
    for path, value in (
        (("verdicts", 0, "verdict"), "allowed"),
        (("zones", 0, "in_force"), True),
        (("rules", 0, "outcome"), None),
        (("query", "date"), "20 November"),
    ):
        broken = json.loads(json.dumps(found))
        *way, last = path
        part = broken
        for step in way:
            part = part[step]
        part[last] = value
        assert not validator.is_valid(broken), path


def test_the_schema_knows_every_fixed_word() -> None:
    enums = json.dumps(SCHEMA)
    for group in ("outcome", "verdict", "reason", "kind", "location"):
        for word in tables()["labels"][group]:
            assert f'"{word}"' in enums, (group, word)
