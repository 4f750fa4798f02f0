"""lint: shapes within each other, checksums, group words, empty conditions; the coverage table."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from zonerules.jobs.lint.rules import conflict_candidates, shares
from zonerules.jobs.lint.run import coverage_table, lint

pytest.importorskip("shapely")

DOC = "documents/town-2020-1/"
RULES = f"{DOC}rules.yaml"
PROVED = """\
  - {rule: TW-2, query: {zones: {tw-ban: inside}, date: "2020-07-01"},
     expect: {outcome: cannot_determine}}
  - {rule: TW-3, query: {zones: {tw-town: outside}, date: "2020-12-01"},
     expect: {outcome: not_concerned, failed: place}}
"""


@pytest.fixture
def sound(tree):
    """The small catalogue with everything that lint asks for."""
    cases = tree.path("cases").read_text(encoding="utf-8")
    tree.write("cases", cases + PROVED)
    vouch(tree)
    return tree


def vouch(tree):
    """Write geojson/provenance.json for the files as they are."""
    entries = {}
    for path in (tree.root / "geojson").rglob("*.geojson"):
        name = path.relative_to(tree.root / "geojson").as_posix()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        entries[name] = {"source": "a test", "licence": "CC0", "sha256": digest}
    tree.write("geojson/provenance.json", json.dumps(entries))


def whats(tree, severity=None):
    """(record, what) of every finding."""
    found = lint(tree.root)
    for finding in found:
        assert set(finding) == {"file", "line", "record", "severity", "what", "expected"}
        assert finding["severity"] in ("error", "warning")
    return [(f["record"], f["what"]) for f in found if severity in (None, f["severity"])]


def redraw(tree, draw, **halves):
    """Draw the ban area's three squares with these half widths (degrees)."""
    features = [draw.zone("tw-ban", role, half) for role, half in halves.items()]
    tree.write(tree.ZONES, draw.collection(features))
    vouch(tree)


def test_sound_catalogue(sound):
    assert lint(sound.root) == []


def test_errors_of_the_compiler_come_with_file_and_line(sound):
    first = sound.edit("rules", "kind: prohibition", "kind: ban")
    second = sound.edit("zones", "basis: unmapped", "basis: unmaped")
    found = lint(sound.root)
    assert [(f["file"], f["line"], f["record"], f["severity"]) for f in found] == [
        (RULES, first, "TW-1", "error"),
        (f"{DOC}zones.yaml", second, "tw-old", "error"),
    ]
    assert "expected" not in found[0]["what"]
    assert found[0]["expected"].startswith("prohibition, restriction")


def test_broken_geojson_does_not_hide_the_rest(sound):
    sound.write(sound.LINES, "{")
    sound.edit("rules", "禁止小锅炉。", "Small boilers")
    found = lint(sound.root)
    assert {f["file"] for f in found} == {sound.LINES, RULES, "geojson/provenance.json"}


# --- shapes -------------------------------------------------------------------------------------


def test_core_outside_nominal(sound, draw):
    redraw(sound, draw, nominal=0.01, core=0.0101, extent=0.011)
    ((record, what),) = whats(sound)
    assert record == "tw-ban"
    assert what.startswith("core reaches out of nominal (from about 113.6899, 34.6899; ")


def test_nominal_outside_extent(sound, draw):
    redraw(sound, draw, nominal=0.01, extent=0.0099)
    assert [what[:32] for _, what in whats(sound)] == ["nominal reaches out of extent (f"]


def test_rounding_is_no_error(sound, draw):
    redraw(sound, draw, nominal=0.01, core=0.010001, extent=0.011)
    assert lint(sound.root) == []


def test_extent_outside_the_zone_around_it(sound, draw):
    redraw(sound, draw, nominal=0.09, extent=0.11)  # the town's half width is 0.1
    ((record, what),) = whats(sound)
    assert record == "tw-ban"
    assert what.startswith("extent reaches out of tw-town ")


def test_extent_is_compared_across_an_unmapped_zone(sound, draw):
    old = "    basis: documented_boundary\n    within: tw-town\n"
    sound.edit("zones", old, old.replace("tw-town", "tw-old"))
    redraw(sound, draw, nominal=0.09, extent=0.11)
    assert [what[:28] for _, what in whats(sound)] == ["extent reaches out of tw-tow"]


def test_crossing_ring(sound, draw):
    feature = draw.zone("tw-ban", "nominal", 0.01)
    feature["geometry"]["coordinates"] = [
        [[113.69, 34.69], [113.71, 34.71], [113.71, 34.69], [113.69, 34.71], [113.69, 34.69]]
    ]
    sound.write(sound.ZONES, draw.collection([feature]))
    vouch(sound)
    assert any("nominal shape is not valid" in what for _, what in whats(sound, "error"))


def derive(tree, draw, text, nominal, core, extent):
    """Make tw-both a derived zone with these stored squares."""
    tree.edit("zones", "    derived: {union: [tw-ban, tw-old]}\n", text)
    halves = {"nominal": nominal, "core": core, "extent": extent}
    features = [draw.zone("tw-ban", r, h) for r, h in zip(halves, (0.01, 0.009, 0.011))]
    features += [draw.zone("tw-both", role, half) for role, half in halves.items()]
    tree.write(tree.ZONES, draw.collection(features))
    vouch(tree)
    return features


def test_derived_shapes_that_are_right(sound, draw):
    text = "    derived: {intersection: [tw-ban, tw-town]}\n"
    derive(sound, draw, text, 0.01, 0.009, 0.011)
    assert lint(sound.root) == []


def test_derived_shapes_that_are_wrong(sound, draw):
    text = "    derived: {intersection: [tw-ban, tw-town]}\n"
    derive(sound, draw, text, 0.01, 0.0095, 0.011)
    assert whats(sound) == [
        ("tw-both", "the stored core shape is not the intersection of its members")
    ]


def test_complement_takes_away_with_the_opposite_doubt(sound, draw):
    text = "    derived: {complement: tw-ban}\n    within: tw-town\n"
    features = derive(sound, draw, text, 0.1, 0.1, 0.1)
    holes = {"nominal": 0.01, "core": 0.011, "extent": 0.009}  # core minus extent and so on
    for feature in features[3:]:
        hole = draw.polygon(113.7, 34.7, holes[feature["properties"]["role"]])["coordinates"][0]
        feature["geometry"]["coordinates"].append(hole[::-1])
    sound.write(sound.ZONES, draw.collection(features))
    vouch(sound)
    assert lint(sound.root) == []
    features[4]["geometry"]["coordinates"].pop()  # the core without its hole
    sound.write(sound.ZONES, draw.collection(features))
    vouch(sound)
    assert ("tw-both", "the stored core shape is not the complement of its members") in whats(sound)


def test_derived_shapes_of_a_member_that_is_not_drawn(sound, draw):
    text = "    derived: {union: [tw-ban, tw-old]}\n"
    derive(sound, draw, text, 0.01, 0.009, 0.011)
    assert whats(sound) == [("tw-both", "has stored shapes, but tw-old is not drawn")]


# --- provenance ---------------------------------------------------------------------------------


def test_changed_file(sound):
    path = sound.path(sound.LINES)
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    ((record, what),) = whats(sound)
    assert record == "lines/town-2020-1.geojson"
    assert what.startswith("sha256 is not that of the file")


def test_entries_and_files_match(sound):
    entries = json.loads((sound.root / "geojson/provenance.json").read_text(encoding="utf-8"))
    entries["zones/none.geojson"] = entries.pop("units.geojson")
    del entries["lines/town-2020-1.geojson"]["licence"]
    sound.write("geojson/provenance.json", json.dumps(entries))
    assert sorted(whats(sound)) == [
        ("lines/town-2020-1.geojson", "licence is missing"),
        ("units.geojson", "units.geojson has no entry"),
        ("zones/none.geojson", "the file is not there"),
    ]


def test_texts_of_provenance_are_in_both_languages(sound):
    entries = json.loads((sound.root / "geojson/provenance.json").read_text(encoding="utf-8"))
    entries["units.geojson"]["licence"] = {"zh": "自有", "en": "own"}
    entries["lines/town-2020-1.geojson"]["source"] = {"en": "a survey"}
    sound.write("geojson/provenance.json", json.dumps(entries))
    assert whats(sound) == [("lines/town-2020-1.geojson", "source is not in both languages")]


@pytest.mark.parametrize("content", [None, "{", "[]"])
def test_provenance_that_cannot_be_read(sound, content):
    path = sound.root / "geojson" / "provenance.json"
    path.unlink()
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert len(whats(sound, "error")) == 1


# --- rules --------------------------------------------------------------------------------------

SETS = """\
sets:
  BURNT:
    fact: boiler.fuel
    values: [coal, gas, oil]
    source: {zh: 试验, en: a test}
"""


def test_group_word_with_a_member_forgotten(sound):
    sound.write("documents/sets.yaml", SETS)
    found = lint(sound.root)
    assert [(f["record"], f["what"], f["severity"]) for f in found] == [
        ("TW-1", "boiler.fuel lists most of BURNT, but not gas", "warning")
    ]
    line = sound.edit("rules", "in: [coal, oil]", "in: [coal, oil, gas]")
    assert line == found[0]["line"]
    # now it is complete; that every fuel meets it is another matter, capacity still decides
    assert lint(sound.root) == []


def test_group_word_of_an_unknown_value(sound):
    sound.write("documents/sets.yaml", SETS.replace("oil]", "peat]"))
    ((record, what),) = whats(sound, "error")
    assert (record, what) == ("BURNT", "boiler.fuel knows no value 'peat'")


@pytest.mark.parametrize(
    ("when", "what"),
    [
        ("{fact: boiler.fuel, in: [coal, gas, oil]}", "holds whatever the facts"),
        ("{fact: machine.stage, ge: 0}", "holds whatever the facts"),
        ("{all: [{fact: machine.stage, lt: 1}, {fact: machine.stage, gt: 1}]}", "can never hold"),
        ("{all: [{fact: boiler.fuel, eq: coal}, {fact: boiler.fuel, eq: gas}]}", "can never hold"),
        ("{any: [{rule: TW-2}, {not: {rule: TW-2}}]}", "holds whatever the facts"),
        (
            '{all: [{fact: machine.made, lt: "2009-10-01"}, '
            '{fact: machine.made, gt: "2009-10-01"}]}',
            "can never hold",
        ),
        # a plant may have several sectors
        ("{all: [{fact: plant.sector, eq: mine}, {fact: plant.sector, eq: steel}]}", None),
        ("{all: [{fact: boiler.capacity_tph, ge: 10}, {fact: boiler.capacity_tph, le: 10}]}", None),
        ('{fact: plant.ultra_low_from, ge: "2000-01-01"}', None),
    ],
)
def test_conditions_that_say_nothing(sound, when, what):
    line = sound.edit("rules", "{fact: source.id, eq: tw-brewery}", when)
    found = [f for f in lint(sound.root) if f["severity"] == "error"]
    if what is None:
        assert found == []
    else:
        (finding,) = found
        assert (finding["record"], finding["line"]) == ("TW-2", line)
        assert finding["what"] == f"the condition {what}"


def test_exemption_that_lifts_nothing(sound):
    sound.edit("rules", "    unless: [TW-2]\n", "")
    assert whats(sound) == [("TW-2", "no rule names this exemption under unless")]


def test_rule_without_a_case(sound):
    cases = sound.path("cases").read_text(encoding="utf-8")
    sound.write("cases", cases[: cases.index("  - {rule: TW-3")])
    assert whats(sound) == [("TW-3", "no golden case is about this rule")]


def test_duties_of_government(sound):
    sound.edit("rules", "activities: [govern]", "activities: [mine]")
    assert whats(sound) == [("TW-4", "a duty of government has another activity than govern")]


def test_text_in_the_wrong_language(sound):
    line = sound.edit("rules", "禁止小锅炉。", "No small boilers")
    (finding,) = lint(sound.root)
    assert (finding["record"], finding["line"]) == ("TW-1", line)
    assert finding["what"] == 'zh has no Chinese: "No small boilers"'


@pytest.mark.parametrize("text", ["由王某某同志负责", "牵头人：李某某局长。", "张三先生"])
def test_persons(sound, text):
    sound.edit("rules", "禁止小锅炉。", text)
    assert [what.split('"')[2] for _, what in whats(sound)] == [
        " looks like a person; the catalogue names offices"
    ]


def test_offices_are_no_persons(sound):
    sound.edit("rules", "禁止小锅炉。", "由区环境保护局和街道办事处主任会议决定。")
    assert lint(sound.root) == []


def test_clause_that_coverage_does_not_list(sound):
    line = sound.edit("targets", 'clause: "3"', 'clause: "3(1)"')
    (finding,) = lint(sound.root)
    assert (finding["severity"], finding["line"]) == ("error", line)
    assert finding["what"] == 'clause "3(1)" is not in coverage.yaml'


# --- shares, conflicts, coverage ----------------------------------------------------------------


def test_shares(tree):
    assert shares(tree.compile()) == {"leaf": 0.0, "activity": 1.0}
    tree.edit("rules", "{fact: source.id, eq: tw-brewery}", "{rule: TW-2}")
    tree.edit("rules", "activities: [mine]", "activities: [govern]")
    # one of one ban and one exemption; one of two duties of operators
    assert shares(tree.compile()) == {"leaf": 0.5, "activity": 0.5}
    assert shares(tree.compile(), "other") == {"leaf": 0.0, "activity": 1.0}


def test_shares_beyond_the_limit_are_told(sound):
    sound.edit("rules", "{fact: source.id, eq: tw-brewery}", "{rule: TW-2}")
    assert whats(sound) == [("town-2020-1", "50% of bans and exemptions hang on a rule leaf")]


SECOND = """\
  - id: TW-5
    clause: "2"
    activities: [operate-boiler]
    kind: prohibition
    where: [tw-ban, tw-old]
    when: {all: [{fact: boiler.capacity_tph, le: 20}, {fact: boiler.fuel, in: [coal, oil]}]}
    summary: {zh: 禁止。, en: Banned.}
"""


def test_conflict_candidates(tree):
    tree.write("rules", tree.path("rules").read_text(encoding="utf-8") + SECOND)
    tree.edit("coverage", "rules: [TW-3]", "rules: [TW-3, TW-5]")
    found = conflict_candidates(tree.compile())
    assert found == [("TW-1", "TW-5", "boiler.capacity_tph le 10 against 20")]
    more = "    unless: [TW-2]\n    conflicts: [{with: TW-5, about: {zh: 甲, en: a}}]\n"
    tree.edit("rules", "    unless: [TW-2]\n", more)
    assert conflict_candidates(tree.compile()) == []


def test_other_places_are_no_conflict(tree):
    elsewhere = SECOND.replace("[tw-ban, tw-old]", "[tw-old]")
    tree.write("rules", tree.path("rules").read_text(encoding="utf-8") + elsewhere)
    tree.edit("coverage", "rules: [TW-3]", "rules: [TW-3, TW-5]")
    assert conflict_candidates(tree.compile()) == []


def test_coverage_table(tree):
    table = coverage_table(tree.compile())
    assert [(row["clause"], row["rules"]) for row in table["rows"]] == [
        ("1", ["TW-1", "TW-2"]),
        ("2", ["TW-3"]),
        ("3", ["TW-4"]),
        ("4", []),
    ]
    assert table["rows"][3]["reason"]["en"] == "no rule in it"
    assert {row["document"] for row in table["rows"]} == {"town-2020-1"}
    assert table["missing"] == []


def test_coverage_table_tells_what_is_missing(tree):
    tree.edit("sources", 'clauses: ["1"]', 'clauses: ["9"]')
    catalogue = tree.compile()
    catalogue["documents"]["town-2020-1"]["coverage"].pop(1)
    assert coverage_table(catalogue)["missing"] == [
        "town-2020-1 2: named by TW-3, not in coverage.yaml",
        "town-2020-1 9: named by tw-brewery, not in coverage.yaml",
        "town-2020-1 2: TW-3 is in no clause",
    ]


# --- the catalogue that ships -------------------------------------------------------------------


def test_the_shipped_catalogue_is_sound():
    root = Path(__file__).resolve().parents[2]
    if not (root / "documents").is_dir():
        pytest.skip("no documents here")
    assert [f for f in lint(root) if f["severity"] == "error"] == []
