"""What the compiler refuses in the YAML files: each message with its file, line and record."""

from __future__ import annotations

import json

import jsonschema
import pytest

from zonerules.layers.catalogue.errors import CatalogueErrors
from zonerules.layers.catalogue.schema import SCHEMAS, schema

DOC = "documents/town-2020-1/"
SCHEMA_FILES = sorted(path.name[: -len(".schema.json")] for path in SCHEMAS.glob("*.json"))


def said(tree, name, old, new):
    """Edit the tree; the one error's text after ``file:line: `` once file and line are right."""
    line = tree.edit(name, old, new)
    error = tree.error()
    file = name if "/" in name else f"{DOC}{name}.yaml"
    assert (error.file, error.line) == (file, line), str(error)
    return str(error)[len(f"{file}:{line}: ") :]


# --- the schemas --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SCHEMA_FILES)
def test_schema_is_one_and_its_references_lead_somewhere(kind):
    loaded = schema(kind)
    jsonschema.Draft202012Validator.check_schema(loaded)
    known = loaded["$defs"]
    for part in walk(loaded):
        if "$ref" in part:
            name = part["$ref"].rsplit("/", 1)[1]
            assert part["$ref"] == f"#/$defs/{name}"
            assert name in known


@pytest.mark.parametrize("kind", SCHEMA_FILES)
def test_schema_lets_no_unknown_key_pass(kind):
    for part in walk(json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))):
        if part.get("type") == "object":
            assert "additionalProperties" in part, part
            assert part["additionalProperties"] is not True


def walk(part):
    """Every map inside a schema."""
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from walk(value)
    elif isinstance(part, list):
        for value in part:
            yield from walk(value)


# --- the form of records ------------------------------------------------------------------------


def test_unknown_kind(tree):
    assert said(tree, "rules", "kind: prohibition", "kind: ban") == (
        'TW-1: kind "ban" is not known; expected prohibition, restriction, obligation, exemption, '
        "definition, target, encouragement, finding"
    )


def test_unknown_key_lists_the_known(tree):
    text = said(tree, "rules", "    unless: [TW-2]", "    unles: [TW-2]")
    assert text.startswith('TW-1: key "unles" is not known; expected id, clause, activities,')


def test_missing_key(tree):
    line = tree.edit("rules", "    activities: [mine]\n", "")
    error = tree.error()
    assert (error.record, error.line, error.problem) == (
        "TW-3",
        line - 2,
        'key "activities" is missing',
    )


def test_unquoted_clause(tree):
    line = tree.edit("rules", '    clause: "2"', "    clause: 2")
    error = tree.error()
    assert (error.record, error.line) == ("TW-3", line)
    assert error.problem == "clause is the number 2 (quote it if it is text)"


def test_text_without_english(tree):
    line = tree.edit("rules", "{zh: 浓度下降。, en: Concentrations fall.}", "{zh: 浓度下降。}")
    error = tree.error()
    assert (error.record, error.line, error.problem) == ("TW-4", line, 'key "en" is missing')


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ("{fact: machine.stage}", "has too few entries"),
        ("{fact: machine.stage, le: 1, ge: 0}", "has too many entries"),
        ("{all: [{fact: machine.stage, le: 1}], any: []}", "has too many entries"),
        ("{fact: machine.stage, like: 1}", 'key "like" is not known'),
        ("{fact: machine.stage, not: {rule: TW-1}}", 'key "not" does not fit here'),
        ("{le: 1}", 'key "le" does not fit here'),
        ("{all: []}", "is empty"),
        ("[machine.stage]", "is a list"),
    ],
)
def test_conditions_have_one_form(tree, new, problem):
    line = tree.edit("rules", "{fact: source.id, eq: tw-brewery}", new)
    errors = tree.errors()
    assert errors
    assert all(error.line == line and error.record == "TW-2" for error in errors)
    assert any(problem in error.problem for error in errors), [str(e) for e in errors]


def test_where_with_two_operators(tree):
    line = tree.edit("rules", "{all: [tw-town, {not: tw-old}]}", "{all: [tw-town], not: tw-old}")
    error = tree.error()
    assert (error.record, error.line) == ("TW-3", line)


def test_rule_without_where(tree):
    tree.edit("rules", "    where: [tw-ban]\n", "")
    assert tree.error().problem == 'key "where" is missing'


def test_date_with_a_wrong_form(tree):
    text = said(tree, "rules", 'deadline: "2020-06-30"', 'deadline: "30.6.2020"')
    assert text.startswith('TW-1: deadline "30.6.2020" has the wrong form; expected')


def test_unmapped_zone_needs_within(tree):
    text = tree.path("zones").read_text(encoding="utf-8")
    old = "    basis: unmapped\n    within: tw-town\n"
    tree.edit("zones", old, "    basis: unmapped\n")
    error = tree.error()
    assert error.record == "tw-old"
    assert error.line == text[: text.index("  - id: tw-old")].count("\n") + 1
    assert 'key "within" is missing' in error.problem


def test_complement_needs_within(tree):
    tree.edit("zones", "{union: [tw-ban, tw-old]}", "{complement: tw-ban}")
    assert tree.error().problem == 'key "within" is missing'


def test_case_is_named_by_its_rule_and_number(tree):
    line = tree.edit("cases", "outcome: applies", "outcome: apply")
    error = tree.error()
    assert (error.record, error.line) == ("TW-1 (case 1)", line)


def test_coverage_entry_with_rules_and_reason(tree):
    tree.edit("coverage", "rules: [TW-3]}", "rules: [TW-3], reason: {zh: 无, en: none}}")
    assert tree.error().record == "clause 2"


def test_folder_is_named_like_the_document(tree):
    tree.edit("document", "id: town-2020-1", "id: town-2020-2")
    assert tree.error().problem == 'id "town-2020-2" is not the name of the folder'


def test_unknown_file(tree):
    tree.write(f"{DOC}rulez.yaml", "rulez: []\n")
    error = tree.error()
    assert (error.file, error.problem) == (f"{DOC}rulez.yaml", "the file is not known")


def test_every_problem_is_told_in_one_run(tree):
    tree.edit("rules", "kind: prohibition", "kind: ban")
    tree.edit("zones", "basis: unmapped", "basis: unmaped")
    tree.write("documents/vocabulary.yaml", "activities: yes\n")
    with pytest.raises(CatalogueErrors) as caught:
        tree.compile()
    assert [error.file for error in caught.value.errors] == [
        f"{DOC}rules.yaml",
        f"{DOC}zones.yaml",
        "documents/vocabulary.yaml",
    ]
    assert str(caught.value).endswith("(and 2 more)")
    assert "\n" not in str(caught.value)


def test_gb18030_file(tree):
    path = tree.path("rules")
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    error = tree.error()
    assert error.file == f"{DOC}rules.yaml"
    assert "looks like GB18030" in error.problem


# --- references between records -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "text"),
    [
        (
            "rules",
            "where: [tw-ban]",
            "where: [tw-bann]",
            "TW-1: zone tw-bann is not known; expected tw-ban",
        ),
        (
            "rules",
            "[operate-boiler]\n    kind: prohibition",
            "[run-boiler]\n    kind: prohibition",
            "TW-1: activity run-boiler is not known; expected operate-boiler",
        ),
        (
            "rules",
            "fact: boiler.capacity_tph",
            "fact: boiler.capacity",
            "TW-1: fact boiler.capacity is not known; expected boiler.capacity_tph",
        ),
        (
            "rules",
            "in: [coal, oil]",
            "in: [coal, wood]",
            "TW-1: boiler.fuel knows no value 'wood'; expected coal, gas, oil",
        ),
        (
            "rules",
            "{fact: boiler.capacity_tph, le: 10}",
            "{fact: boiler.capacity_tph, le: ten}",
            "TW-1: boiler.capacity_tph is a number, not 'ten'; expected a number",
        ),
        (
            "rules",
            "{fact: boiler.fuel, in: [coal, oil]}",
            "{fact: boiler.fuel, lt: coal}",
            "TW-1: lt does not fit boiler.fuel, a string; expected eq, ne, in",
        ),
        (
            "rules",
            "{fact: boiler.fuel, in: [coal, oil]}",
            "{fact: boiler.listed, eq: coal}",
            "TW-1: boiler.listed is true or false, not 'coal'; expected true or false",
        ),
        (
            "rules",
            "{fact: boiler.fuel, in: [coal, oil]}",
            "{fact: boiler.listed, in: [coal]}",
            "TW-1: in does not fit boiler.listed, a boolean; expected eq, ne",
        ),
        (
            "rules",
            "{fact: boiler.capacity_tph, le: 10}",
            "{fact: machine.stage, le: 1.5}",
            "TW-1: machine.stage is a whole number, not 1.5; expected a whole number",
        ),
        (
            "rules",
            "{fact: boiler.capacity_tph, le: 10}",
            "{fact: machine.stage, eq: 7}",
            "TW-1: machine.stage knows no value 7; expected 0, 1, 2, 3",
        ),
        (
            "rules",
            "{fact: boiler.capacity_tph, le: 10}",
            '{fact: machine.made, lt: "2009-02-30"}',
            "TW-1: machine.made is a day, not '2009-02-30'; expected YYYY-MM-DD",
        ),
        (
            "rules",
            "{fact: boiler.capacity_tph, le: 10}",
            "{fact: boiler.capacity_tph, between: [10, 2]}",
            "TW-1: between 10 and 2 holds nothing; expected [lowest, highest]",
        ),
        (
            "rules",
            "{fact: boiler.capacity_tph, le: 10}",
            '{fact: plant.ultra_low_from, eq: "2020-01-01"}',
            "TW-1: eq does not fit plant.ultra_low_from, a fact with never; "
            "expected lt, le, gt, ge, in, between",
        ),
        (
            "rules",
            "{fact: boiler.capacity_tph, le: 10}",
            '{not: {any: [{fact: plant.ultra_low_from, le: "2020-01-01"}]}}',
            "TW-1: plant.ultra_low_from stands under not, but can be never; "
            "expected lt, le, gt, ge without not",
        ),
        (
            "rules",
            "eq: tw-brewery",
            "eq: brewery",
            "TW-2: source brewery is not known; expected the id of a source, or other",
        ),
        (
            "rules",
            "{fact: boiler.capacity_tph, le: 10}",
            "{rule: TW-9}",
            "TW-1: rule TW-9 is not known; expected the id of a rule",
        ),
        (
            "rules",
            "unless: [TW-2]",
            "unless: [TW-3]",
            "TW-1: TW-3 is of kind obligation; expected kind exemption",
        ),
        (
            "rules",
            "unless: [TW-2]",
            "unless: [TW-22]",
            "TW-1: rule TW-22 is not known; expected TW-2",
        ),
        ("rules", "lead: [EPB]", "lead: [EPA]", "TW-1: office EPA is not known; expected EPB"),
        (
            "rules",
            "seasons: [tw-heating]",
            "seasons: [tw-heat]",
            "TW-3: season tw-heat is not known; expected tw-heating",
        ),
        ("rules", "    unless: [TW-2]\n", "    unless: [TW-2]\n", None),
        (
            "zones",
            'unit: "410104"',
            'unit: "410199"',
            "tw-town: unit 410199 is not in geojson/units.geojson",
        ),
        (
            "zones",
            "[tw-ban, tw-old]",
            "[tw-ban, tw-olde]",
            "tw-both: zone tw-olde is not known; expected tw-old",
        ),
        (
            "zones",
            "line: tw-ban/east",
            "line: tw-ban/west",
            "tw-ban: line tw-ban/west is not in geojson/lines",
        ),
        (
            "document",
            "jurisdiction: tw-town",
            "jurisdiction: tw-city",
            "town-2020-1: zone tw-city is not known; expected tw-sites",
        ),
        (
            "document",
            'start_latest: "2020-03-10"',
            'start_latest: "2021-03-10"',
            "town-2020-1: start_latest lies outside covers; "
            "expected a day from 2020-01-01 to 2020-12-31",
        ),
        (
            "document",
            'end: {earliest: "2021-03-01", latest: "2021-03-31"}',
            'end: {earliest: "2021-04-01", latest: "2021-03-31"}',
            "town-2020-1: latest 2021-03-31 is before earliest 2021-04-01",
        ),
        (
            "sources",
            "zones: [tw-town]",
            "zones: [tw-towns]",
            "tw-brewery: zone tw-towns is not known; expected tw-town",
        ),
        (
            "sources",
            'county: "410104"',
            'county: "410999"',
            "tw-brewery: unit 410999 is not in geojson/units.geojson",
        ),
        ("targets", "rule: TW-4", "rule: TW-44", "tw-t1: rule TW-44 is not known; expected TW-4"),
        (
            "coverage",
            "rules: [TW-1, TW-2]",
            "rules: [TW-1, TW-2, TW-5]",
            "clause 1: rule TW-5 is not of this document; expected TW-4",
        ),
        (
            "coverage",
            'clause: "4"',
            'clause: "3"',
            "clause 3: the clause is listed twice (also as entry 3)",
        ),
        (
            "cases",
            "missing: [boiler.capacity_tph,",
            "missing: [boiler.capacity,",
            "TW-1 (case 2): key boiler.capacity is not known; expected boiler.capacity_tph",
        ),
        (
            "cases",
            "{outcome: applies}",
            "{outcome: applies, failed: fact}",
            "TW-1 (case 1): failed does not go with applies; expected outcome not_concerned",
        ),
        (
            "documents/vocabulary.yaml",
            "broader: burn-fuel",
            "broader: burn-fuels",
            "operate-boiler: activity burn-fuels is not known; expected burn-fuel",
        ),
        (
            "documents/vocabulary.yaml",
            "implies: {plant.sector: mine}",
            "implies: {plant.sector: mines}",
            "mine: plant.sector knows no value 'mines'; expected mine, steel, cement",
        ),
        (
            "documents/vocabulary.yaml",
            "zh_values: [煤, 气, 油]",
            "zh_values: [煤, 气]",
            "boiler.fuel: zh_values has not one label per value; expected 3",
        ),
    ],
)
def test_references(tree, name, old, new, text):
    if text is None:
        assert tree.errors() == []
    else:
        line = tree.edit(name, old, new)
        error = tree.error()
        shown = name if "/" in name else f"{DOC}{name}.yaml"
        assert str(error) == f"{shown}:{line}: {text}"


def test_fact_of_a_case(tree):
    line = tree.edit("cases", "facts: {boiler.fuel: coal}}", "facts: {boiler.fuel: peat}}")
    error = tree.error()
    assert (error.record, error.line) == ("TW-1 (case 2)", line)
    assert error.problem == "boiler.fuel knows no value 'peat'"


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ("plant.sector: 'mine,steel'", None),
        ("plant.sector: [mine, steel]", None),
        ("plant.sector: 'mine,stell'", "plant.sector knows no value 'stell'"),
        ("boiler.fuel: [coal]", "boiler.fuel takes one value"),
        ("plant.ultra_low_from: never", None),
        ("zone.tw-old: inside", None),
        ("zone.tw-old: near", "zone.tw-old cannot be 'near'"),
        ("zone.tw-new: inside", "key zone.tw-new is not known"),
        ("season.tw-heating: outside", None),
        ("rule.TW-1: met", None),
        ("force.town-2020-1: in", None),
        ("force.TW-1: maybe", "force.TW-1 cannot be 'maybe'"),
    ],
)
def test_facts_and_assertions_of_a_case(tree, facts, problem):
    tree.edit("cases", "facts: {boiler.fuel: coal}}", f"facts: {{{facts}}}}}")
    found = [error.problem for error in tree.errors()]
    assert found == ([problem] if problem else [])


def test_rule_in_no_clause(tree):
    tree.edit("coverage", "rules: [TW-3]", "rules: [TW-4]")
    error = tree.error()
    assert (error.file, error.record) == (f"{DOC}rules.yaml", "TW-3")
    assert error.problem == "the rule is in no clause of coverage.yaml"


def test_document_without_coverage(tree):
    tree.path("coverage").unlink()
    assert (tree.error().file, tree.error().problem) == (
        f"{DOC}coverage.yaml",
        "the file is missing",
    )


def test_id_given_twice(tree):
    line = tree.edit("rules", "  - id: TW-4", "  - id: TW-3")
    errors = tree.errors()
    assert f"{DOC}rules.yaml:{line}: TW-3: the id is already taken" in map(str, errors)


def test_within_goes_round(tree):
    tree.edit("zones", '    unit: "410104"\n', '    unit: "410104"\n    within: tw-ban\n')
    error = tree.error()
    assert error.problem == "within goes round: tw-town > tw-ban > tw-town"
    assert error.record == "tw-town"


def test_derived_goes_round(tree):
    tree.edit("zones", "{union: [tw-ban, tw-old]}", "{union: [tw-ban, tw-both]}")
    assert tree.error().problem == "derived goes round: tw-both > tw-both"


def test_unless_goes_round(tree):
    old = "    when: {fact: source.id, eq: tw-brewery}\n"
    tree.edit("rules", old, old + "    unless: [TW-2]\n")
    error = tree.error()
    assert (error.record, error.problem) == ("TW-2", "unless goes round: TW-2 > TW-2")


def test_exemption_with_a_deadline(tree):
    old = "    when: {fact: source.id, eq: tw-brewery}\n"
    tree.edit("rules", old, old + '    force: {deadline: "2020-06-30"}\n')
    assert tree.error().problem == "an exemption has no deadline"


def test_conflict_with_a_rule_that_is_not_there(tree):
    new = "    unless: [TW-2]\n    conflicts: [{with: TW-7, about: {zh: 甲, en: a}}]\n"
    tree.edit("rules", "    unless: [TW-2]\n", new)
    error = tree.error()
    assert (error.record, error.problem) == ("TW-1", "rule TW-7 is not another rule")


@pytest.mark.parametrize(
    ("force", "problem"),
    [
        ('{from: "2020-02-30"}', 'from "2020-02-30" is no day of the calendar'),
        ('{from: "2020-05-01", until: "2020-04-30"}', "until 2020-04-30 is before from 2020-05-01"),
        (
            '{from: "2020-07-01", deadline: "2020-06-30"}',
            "deadline 2020-06-30 is before from 2020-07-01",
        ),
        ('{until: "2020-05-31", deadline: "2020-06-30"}', "deadline is after until"),
    ],
)
def test_dates_of_a_rule(tree, force, problem):
    line = tree.edit("rules", '{deadline: "2020-06-30"}', force)
    error = tree.error()
    assert (error.record, error.line, error.problem) == ("TW-1", line, problem)
