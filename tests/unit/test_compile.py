"""The compiler: what it makes of a small catalogue, and what it refuses with file, line, record."""

from __future__ import annotations

import hashlib
import json

import pytest

from zonerules.layers.catalogue.compile import compile_catalogue, write_catalogue
from zonerules.layers.catalogue.errors import CatalogueError, CatalogueErrors
from zonerules.layers.catalogue.fingerprint import fingerprint
from zonerules.layers.catalogue.force import normalise, span

DOC = "documents/town-2020-1/"


def one(tree):
    """The only error of the tree."""
    errors = tree.errors()
    assert len(errors) == 1, [str(error) for error in errors]
    return errors[0]


def said(tree, name, old, new):
    """Edit the tree; the one error's text after ``file:line: `` once file and line are right."""
    line = tree.edit(name, old, new)
    error = one(tree)
    file = name if "/" in name else f"{DOC}{name}.yaml"
    assert (error.file, error.line) == (file, line), str(error)
    return str(error)[len(f"{file}:{line}: ") :]


# --- what comes out -----------------------------------------------------------------------------


def test_small_catalogue_compiles(tree):
    catalogue = tree.compile()
    assert catalogue["schema"] == "zonerules/catalogue/1"
    assert list(catalogue["documents"]) == ["town-2020-1"]
    assert len(catalogue["documents"]["town-2020-1"]["coverage"]) == 4
    assert list(catalogue["zones"]) == ["tw-town", "tw-ban", "tw-old", "tw-sites", "tw-both"]
    assert [rule["id"] for rule in catalogue["rules"]] == ["TW-1", "TW-2", "TW-3", "TW-4"]
    assert catalogue["failed"] == []
    assert list(catalogue["vocabulary"]["activities"]) == [
        "burn-fuel",
        "operate-boiler",
        "mine",
        "govern",
    ]


def test_rule_is_filled_in(tree):
    rule = tree.compile()["rules"][0]
    assert (rule["strength"], rule["audience"]) == ("binding", "operator")
    assert rule["document"] == "town-2020-1"
    assert rule["cite"] == {"document": "town-2020-1", "number": "某政〔2020〕1号", "clause": "1"}
    assert rule["where"] == {"any": ["tw-ban"]}
    assert rule["force"] == {
        "from": ["2020-01-01", "2020-03-10"],
        "from_printed": False,
        "until": ["2020-12-31", None],
        "until_printed": False,
        "deadline": "2020-06-30",
    }


def test_exemption_inherits_place_and_time(tree):
    exemption = tree.compile()["rules"][1]
    assert "where" not in exemption
    assert exemption["force"] == {}


def test_nested_where_is_kept_and_season_is_the_whole_bound(tree):
    rule = tree.compile()["rules"][2]
    assert rule["where"] == {"all": ["tw-town", {"not": "tw-old"}]}
    assert rule["force"] == {"seasons": ["tw-heating"]}


def test_document_without_number_is_cited_without(tree):
    tree.edit("document", "  number: 某政〔2020〕1号\n", "")
    assert tree.compile()["rules"][0]["cite"]["number"] is None


def test_shapes_are_multipolygons_and_absent_where_not_drawn(tree):
    zones = tree.compile()["zones"]
    shapes = zones["tw-ban"]["shapes"]
    assert list(shapes) == ["nominal", "core", "extent"]
    assert {shape["type"] for shape in shapes.values()} == {"MultiPolygon"}
    assert shapes["nominal"]["coordinates"][0][0][0] == [113.69, 34.69]
    for name in ("tw-town", "tw-old", "tw-sites", "tw-both"):
        assert "shapes" not in zones[name]
    assert zones["tw-ban"]["cite"]["clause"] == "1"
    assert zones["tw-ban"]["document"] == "town-2020-1"


def test_only_units_that_zones_name(tree):
    units = tree.compile()["units"]
    assert list(units) == ["410104"]  # 410105 is drawn too
    assert list(units["410104"]["shapes"]) == ["nominal"]
    assert units["410104"]["accuracy_m"] == 200


def test_lines_targets_golden(tree):
    catalogue = tree.compile()
    line = catalogue["lines"]["tw-ban/east"]
    assert line["side"] == "east"
    assert line["geometry"]["type"] == "LineString"
    assert catalogue["targets"][0]["cite"]["clause"] == "3"
    assert [case["document"] for case in catalogue["golden"]] == ["town-2020-1"] * 2


def test_place_of_a_source_comes_from_the_drawing(tree, draw):
    told = {"name": {"zh": "酒厂", "en": "brewery"}, "accuracy_m": 300, "provenance": "a map"}
    point = {"type": "Point", "coordinates": [113.7, 34.7]}
    other = {**told, "kind": "power_plant"}
    features = [draw.feature("tw-brewery", told, point), draw.feature("plant-9", other, point)]
    tree.write("geojson/sources.geojson", draw.collection(features))
    named, unnamed = tree.compile()["sources"]
    assert named["location"] == {"lon": 113.7, "lat": 34.7, "accuracy_m": 300}
    assert named["zones"] == ["tw-town"]
    assert (unnamed["id"], unnamed["clauses"], unnamed["kind"]) == ("plant-9", [], "power_plant")


# --- time ---------------------------------------------------------------------------------------

HEAD = {
    "covers": {"from": "2017-06-01", "until": "2018-03-31"},
    "start_latest": "2017-10-17",
    "issued": "2017-10-17",
}


def force(kind="prohibition", **printed):
    return normalise({"kind": kind, "force": printed} if printed else {"kind": kind}, HEAD)


def test_nothing_printed():
    assert force() == {
        "from": ["2017-06-01", "2017-10-17"],
        "from_printed": False,
        "until": ["2018-03-31", None],
        "until_printed": False,
    }


def test_printed_days_and_months():
    assert force(**{"from": "2017-10", "until": "2018-02"}) == {
        "from": ["2017-10-01", "2017-10-31"],
        "from_printed": True,
        "until": ["2018-02-01", "2018-02-28"],
        "until_printed": True,
    }
    assert force(**{"from": "2017-06-01"})["from"] == ["2017-06-01", "2017-06-01"]


def test_open_end():
    found = force(**{"from": "2017-06-01", "until": "open"})
    assert (found["until"], found["until_printed"]) == (["9999-12-31", None], True)


def test_deadline_before_the_issue_date_starts_at_once():
    assert force(deadline="2017-08-31")["from"] == ["2017-06-01", "2017-06-01"]
    assert force(deadline="2017-10-17")["from"] == ["2017-06-01", "2017-10-17"]


def test_season_with_one_printed_bound_leaves_the_other_out():
    found = force(**{"seasons": ["s"], "from": "2017-12-01"})
    assert found["from"] == ["2017-12-01", "2017-12-01"]
    assert "until" not in found


def test_alerts_do_not_replace_the_bounds():
    assert force(alerts=["red"])["until"] == ["2018-03-31", None]


def test_exemption_with_a_printed_bound_is_bounded():
    assert force("exemption") == {}
    found = force("exemption", **{"from": "2017-12-01"})
    assert found["until"] == ["2018-03-31", None]


def test_state_is_carried():
    state = {"value": "annulled", "from": "2018-01-01"}
    assert force(state=state)["state"] == state
    assert force("exemption", state=state) == {"state": state}


@pytest.mark.parametrize("text", ["2017-02-29", "2017-13", "2017-1-01", "20170101", "2017", "open"])
def test_span_refuses(text):
    with pytest.raises(ValueError, match="no day or month"):
        span(text)


def test_span_knows_leap_years():
    assert span("2020-02") == ["2020-02-01", "2020-02-29"]


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
    error = one(tree)
    assert (error.record, error.line, error.problem) == (
        "TW-3",
        line - 2,
        'key "activities" is missing',
    )


def test_unquoted_clause(tree):
    line = tree.edit("rules", '    clause: "2"', "    clause: 2")
    error = one(tree)
    assert (error.record, error.line) == ("TW-3", line)
    assert error.problem == "clause is the number 2 (quote it if it is text)"


def test_text_without_english(tree):
    line = tree.edit("rules", "{zh: 浓度下降。, en: Concentrations fall.}", "{zh: 浓度下降。}")
    error = one(tree)
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
    error = one(tree)
    assert (error.record, error.line) == ("TW-3", line)


def test_rule_without_where(tree):
    tree.edit("rules", "    where: [tw-ban]\n", "")
    assert one(tree).problem == 'key "where" is missing'


def test_date_with_a_wrong_form(tree):
    text = said(tree, "rules", 'deadline: "2020-06-30"', 'deadline: "30.6.2020"')
    assert text.startswith('TW-1: deadline "30.6.2020" has the wrong form; expected')


def test_unmapped_zone_needs_within(tree):
    text = tree.path("zones").read_text(encoding="utf-8")
    old = "    basis: unmapped\n    within: tw-town\n"
    tree.edit("zones", old, "    basis: unmapped\n")
    error = one(tree)
    assert error.record == "tw-old"
    assert error.line == text[: text.index("  - id: tw-old")].count("\n") + 1
    assert 'key "within" is missing' in error.problem


def test_complement_needs_within(tree):
    tree.edit("zones", "{union: [tw-ban, tw-old]}", "{complement: tw-ban}")
    assert one(tree).problem == 'key "within" is missing'


def test_case_is_named_by_its_rule_and_number(tree):
    line = tree.edit("cases", "outcome: applies", "outcome: apply")
    error = one(tree)
    assert (error.record, error.line) == ("TW-1 (case 1)", line)


def test_coverage_entry_with_rules_and_reason(tree):
    tree.edit("coverage", "rules: [TW-3]}", "rules: [TW-3], reason: {zh: 无, en: none}}")
    assert one(tree).record == "clause 2"


def test_folder_is_named_like_the_document(tree):
    tree.edit("document", "id: town-2020-1", "id: town-2020-2")
    assert one(tree).problem == 'id "town-2020-2" is not the name of the folder'


def test_unknown_file(tree):
    tree.write(f"{DOC}rulez.yaml", "rulez: []\n")
    error = one(tree)
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
    error = one(tree)
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
        error = one(tree)
        shown = name if "/" in name else f"{DOC}{name}.yaml"
        assert str(error) == f"{shown}:{line}: {text}"


def test_fact_of_a_case(tree):
    line = tree.edit("cases", "facts: {boiler.fuel: coal}}", "facts: {boiler.fuel: peat}}")
    error = one(tree)
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
    error = one(tree)
    assert (error.file, error.record) == (f"{DOC}rules.yaml", "TW-3")
    assert error.problem == "the rule is in no clause of coverage.yaml"


def test_document_without_coverage(tree):
    tree.path("coverage").unlink()
    assert (one(tree).file, one(tree).problem) == (f"{DOC}coverage.yaml", "the file is missing")


def test_id_given_twice(tree):
    line = tree.edit("rules", "  - id: TW-4", "  - id: TW-3")
    errors = tree.errors()
    assert f"{DOC}rules.yaml:{line}: TW-3: the id is already taken" in map(str, errors)


def test_within_goes_round(tree):
    tree.edit("zones", '    unit: "410104"\n', '    unit: "410104"\n    within: tw-ban\n')
    error = one(tree)
    assert error.problem == "within goes round: tw-town > tw-ban > tw-town"
    assert error.record == "tw-town"


def test_derived_goes_round(tree):
    tree.edit("zones", "{union: [tw-ban, tw-old]}", "{union: [tw-ban, tw-both]}")
    assert one(tree).problem == "derived goes round: tw-both > tw-both"


def test_unless_goes_round(tree):
    old = "    when: {fact: source.id, eq: tw-brewery}\n"
    tree.edit("rules", old, old + "    unless: [TW-2]\n")
    error = one(tree)
    assert (error.record, error.problem) == ("TW-2", "unless goes round: TW-2 > TW-2")


def test_exemption_with_a_deadline(tree):
    old = "    when: {fact: source.id, eq: tw-brewery}\n"
    tree.edit("rules", old, old + '    force: {deadline: "2020-06-30"}\n')
    assert one(tree).problem == "an exemption has no deadline"


def test_conflict_with_a_rule_that_is_not_there(tree):
    new = "    unless: [TW-2]\n    conflicts: [{with: TW-7, about: {zh: 甲, en: a}}]\n"
    tree.edit("rules", "    unless: [TW-2]\n", new)
    error = one(tree)
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
    error = one(tree)
    assert (error.record, error.line, error.problem) == ("TW-1", line, problem)


# --- what is drawn ------------------------------------------------------------------------------


def broken(tree):
    """The strict error's text and the tolerant catalogue of the same tree."""
    error = one(tree)
    return error, tree.compile(tolerant=True)


def test_truncated_zones_file(tree):
    path = tree.path(tree.ZONES)
    path.write_text(path.read_text(encoding="utf-8")[:600], encoding="utf-8")
    error, catalogue = broken(tree)
    assert error.file == tree.ZONES
    assert error.line is not None
    ban = catalogue["zones"]["tw-ban"]
    assert ban["failed"] is True
    assert "shapes" not in ban
    assert catalogue["failed"] == [{"layer": tree.ZONES, "error": str(error), "zones": ["tw-ban"]}]
    assert not any(z.get("failed") for k, z in catalogue["zones"].items() if k != "tw-ban")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("<html>not found</html>", "is not JSON"),
        ("", "is cut off"),
        ('{"type": "FeatureCollection"}', 'key "features" is missing'),
        ('{"type": "Feature", "features": []}', 'type "Feature" is not known'),
        ("[]", "the file is a list"),
        (
            '{"type": "FeatureCollection", "features": [], "features": []}',
            'key "features" is repeated',
        ),
    ],
)
def test_files_that_are_no_feature_collection(tree, content, problem):
    tree.write(tree.UNITS, content)
    error, catalogue = broken(tree)
    assert error.file == tree.UNITS
    assert problem in error.problem
    assert catalogue["zones"]["tw-town"]["failed"] is True
    assert catalogue["failed"][0]["zones"] == ["tw-town"]
    assert catalogue["units"] == {}


def test_not_a_number(tree):
    line = tree.edit(tree.LINES, "113.71, 34.69", "113.71, NaN")
    error, catalogue = broken(tree)
    assert (error.line, error.problem) == (line, "NaN is no number")
    assert catalogue["lines"] == {}
    assert catalogue["failed"][0]["zones"] == []


@pytest.mark.parametrize(
    ("geometry", "problem"),
    [
        ({"type": "Point", "coordinates": [113.7, 34.7]}, 'type "Point" is not known'),
        (None, "geometry is empty"),
        ({"type": "Polygon", "coordinates": []}, "the geometry has no polygon"),
        ({"type": "Polygon", "coordinates": [[]]}, "fewer than four positions"),
        (
            {"type": "Polygon", "coordinates": [[[113, 34], [114, 34], [114, 35], [113, 35]]]},
            "a ring is not closed",
        ),
        (
            {"type": "Polygon", "coordinates": [[[34, 113], [35, 113], [35, 114], [34, 113]]]},
            "position [34, 113] is outside lon ±180, lat ±90",
        ),
        (
            {"type": "Polygon", "coordinates": [[["113", 34], [114, 34], [114, 35], ["113", 34]]]},
            "a position is not [lon, lat] in numbers",
        ),
        ({"type": "MultiPolygon", "coordinates": [[[[1e999, 2]] * 4]]}, "is no number"),
    ],
)
def test_bad_shapes(tree, draw, geometry, problem):
    bad = draw.zone("tw-ban", "nominal", 0.01)
    bad["geometry"] = geometry
    tree.write(tree.ZONES, draw.collection([draw.zone("tw-ban", "core", 0.009), bad]))
    errors = tree.errors()
    assert any(problem in error.problem for error in errors), [str(error) for error in errors]
    catalogue = tree.compile(tolerant=True)
    assert catalogue["zones"]["tw-ban"]["failed"] is True
    assert "shapes" not in catalogue["zones"]["tw-ban"]


def test_open_ring_names_feature_and_line(tree, draw):
    bad = draw.zone("tw-ban", "extent", 0.01)
    bad["geometry"]["coordinates"][0][-1] = [113.0, 34.0]
    tree.write(tree.ZONES, draw.collection([draw.zone("tw-ban", "nominal", 0.01), bad]))
    assert str(one(tree)) == f"{tree.ZONES}:3: tw-ban/extent: a ring is not closed"


def test_core_may_be_empty(tree, draw):
    core = draw.zone("tw-ban", "core", 0.01)
    core["geometry"] = {"type": "MultiPolygon", "coordinates": []}
    tree.write(tree.ZONES, draw.collection([draw.zone("tw-ban", "nominal", 0.01), core]))
    shapes = tree.compile()["zones"]["tw-ban"]["shapes"]
    assert shapes["core"] == {"type": "MultiPolygon", "coordinates": []}


@pytest.mark.parametrize(
    ("zone", "role", "problem"),
    [
        ("tw-old", "nominal", "zone tw-old is unmapped and has no shape of its own"),
        ("tw-town", "nominal", "zone tw-town takes its unit's shape and has no shape of its own"),
        ("tw-none", "nominal", "zone tw-none is not in zones.yaml of this document"),
        ("tw-ban", "nominal", "the nominal shape is given twice"),
    ],
)
def test_shape_of_the_wrong_zone(tree, draw, zone, role, problem):
    features = [draw.zone("tw-ban", "nominal", 0.01), draw.zone(zone, role, 0.01)]
    tree.write(tree.ZONES, draw.collection(features))
    error = one(tree)
    assert (error.record, error.problem) == (f"{zone}/{role}", problem)


def test_drawn_zone_without_shape(tree):
    tree.path(tree.ZONES).unlink()
    error, catalogue = broken(tree)
    assert (error.file, error.record) == (f"{DOC}zones.yaml", "tw-ban")
    assert error.problem == "the zone has no nominal shape"
    assert catalogue["failed"][0]["layer"] == tree.ZONES
    assert catalogue["zones"]["tw-ban"]["failed"] is True


def test_derived_zone_keeps_its_members_when_its_own_shape_is_broken(tree, draw):
    features = [draw.zone("tw-ban", "nominal", 0.01), draw.zone("tw-both", "nominal", 0.01)]
    features[1]["geometry"]["coordinates"][0].pop()
    tree.write(tree.ZONES, draw.collection(features))
    catalogue = tree.compile(tolerant=True)
    both = catalogue["zones"]["tw-both"]
    assert "shapes" not in both
    assert "failed" not in both  # its place follows from its members, which are sound
    assert catalogue["failed"][0]["zones"] == ["tw-both"]


def test_figures_of_a_line(tree):
    tree.edit(tree.LINES, '"accuracy_m": [20]', '"accuracy_m": [20, 30]')
    assert one(tree).problem == "accuracy_m has 2 figures for 1 segments"


# --- bytes and fingerprint ----------------------------------------------------------------------


def test_same_sources_same_bytes(tree, tmp_path):
    first, second = tmp_path / "a.json", tmp_path / "deep" / "b.json"
    write_catalogue(tree.root, first)
    write_catalogue(tree.root, second)
    assert first.read_bytes() == second.read_bytes()
    assert json.loads(first.read_bytes()) == compile_catalogue(tree.root)
    assert list(tmp_path.glob("*.part")) == []


def test_failed_write_leaves_the_old_file(tree, tmp_path):
    target = tmp_path / "catalogue.json"
    target.write_text("old", encoding="utf-8")
    tree.edit("rules", "kind: prohibition", "kind: ban")
    with pytest.raises(CatalogueError):
        write_catalogue(tree.root, target)
    assert target.read_text(encoding="utf-8") == "old"


def test_fingerprint_is_that_of_its_definition(tmp_path):
    (tmp_path / "documents").mkdir()
    (tmp_path / "geojson").mkdir()
    (tmp_path / "documents" / "b.yaml").write_bytes(b"b: 1\n")
    (tmp_path / "geojson" / "a.geojson").write_bytes(b"{}")
    expected = hashlib.sha256()
    for name, content in (("documents/b.yaml", b"b: 1\n"), ("geojson/a.geojson", b"{}")):
        expected.update(
            name.encode() + b"\0" + hashlib.sha256(content).hexdigest().encode() + b"\n"
        )
    assert fingerprint(tmp_path) == "sha256:" + expected.hexdigest()


def test_fingerprint_changes_with_the_sources_only(tree):
    before = fingerprint(tree.root)
    tree.write("geojson/provenance.json", "{}")
    tree.write("documents/.hidden.yaml", "a: 1\n")
    tree.write("documents/town-2020-1/scan.pdf", "…")
    assert fingerprint(tree.root) == before
    tree.edit("rules", "le: 10}", "le: 11}")
    changed = fingerprint(tree.root)
    assert changed != before
    tree.edit("rules", "le: 11}", "le: 10}")
    assert fingerprint(tree.root) == before
    tree.path("rules").rename(tree.root / "documents" / "town-2020-1" / "rulez.yaml")
    assert fingerprint(tree.root) != before
