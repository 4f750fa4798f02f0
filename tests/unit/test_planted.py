"""Faults planted one at a time into a sound tree: lint finds each, with file, line and a sentence.

Every fault names the file and the words that a data keeper should read; the line is that of the
edit. What is found is told in Chinese as well.
"""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

import pytest

from zonerules.jobs.lint.proving import prove
from zonerules.jobs.lint.words import in_chinese

pytest.importorskip("shapely")

DOC = "documents/town-2020-1/"
VOCABULARY = "documents/vocabulary.yaml"
LINES = "geojson/lines/town-2020-1.geojson"
SHAPES = "geojson/zones/town-2020-1.geojson"
UNITS = "geojson/units.geojson"
PROVENANCE = "geojson/provenance.json"
MORE_CASES = """\
  - {rule: TW-2, query: {zones: {tw-ban: inside}, date: "2020-07-01"},
     expect: {outcome: cannot_determine}}
  - {rule: TW-3, query: {zones: {tw-town: outside}, date: "2020-12-01"},
     expect: {outcome: not_concerned, failed: place}}
"""


@pytest.fixture
def sound(tree):
    """The small catalogue with everything that lint asks for."""
    tree.write("cases", tree.path("cases").read_text(encoding="utf-8") + MORE_CASES)
    vouch(tree)
    return tree


def vouch(tree):
    """Write geojson/provenance.json for the files as they are, an entry a line."""
    rows = []
    for path in sorted((tree.root / "geojson").rglob("*.geojson")):
        name = path.relative_to(tree.root / "geojson").as_posix()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        entry = {"source": "a test", "licence": "CC0", "sha256": digest}
        rows.append(f"{json.dumps(name)}: {json.dumps(entry)}")
    tree.write(PROVENANCE, "{\n" + ",\n".join(rows) + "\n}\n")


def said(tree, texts=None):
    """(file, line, severity, what, expected) of everything found, failing cases included."""
    report = prove(tree.root, coverage=False, mutate=False, texts=texts)
    found = [
        (f["file"], f["line"], f["severity"], f["what"], f["expected"] or "")
        for f in report["findings"]
    ]
    found += [(f["file"], f["line"], "error", f["problem"], "") for f in report["failing"]]
    assert report["sound"] == (not any(f[2] == "error" for f in found))
    return found


class Fault(NamedTuple):
    """One slip: in which file, what is replaced by what, and what must be said about it."""

    file: str
    old: str
    new: str
    what: str
    expected: str = ""
    severity: str = "error"
    later: int = 0  # lines between the edit and the line that is to blame


def written(kind, old, new, what, expected="", **more):
    return Fault(f"{DOC}{kind}.yaml", old, new, what, expected, **more)


CAPACITY = "{fact: boiler.capacity_tph, le: 10}"
BREWERY = "{fact: source.id, eq: tw-brewery}"
SUMMARY = "{zh: 禁止小锅炉。, en: Small boilers are banned.}"
ORPHAN = """\
  - id: tw-lost
    name: {zh: 无人过问, en: lost}
    kind: urban_area
    basis: derived
    derived: {union: [tw-old]}
"""
FAULTS = {
    # ids and references
    "duplicate rule": written("rules", "id: TW-2", "id: TW-1", "the id is already taken"),
    "duplicate zone": written("zones", "id: tw-old", "id: tw-ban", "the id is already taken"),
    "duplicate season": written(
        "document",
        "  offices:",
        "    - id: tw-heating\n      name: {zh: 又, en: again}\n"
        "      start: {earliest: '2020-01-01', latest: '2020-01-01'}\n"
        "      end: {earliest: '2020-02-01', latest: '2020-02-01'}\n"
        "      basis: printed\n  offices:",
        "season tw-heating is already known",
    ),
    "folder and id differ": written(
        "document", "id: town-2020-1", "id: town-2020-2", "the name of the folder", "town-2020-1"
    ),
    "unknown zone": written(
        "rules", "where: [tw-ban]", "where: [tw-bann]", "zone tw-bann is not known", "tw-ban"
    ),
    "unknown within": written(
        "zones",
        "basis: unmapped\n    within: tw-town",
        "basis: unmapped\n    within: tw-twon",
        "zone tw-twon is not known",
        "tw-town",
        later=1,
    ),
    "unknown jurisdiction": written(
        "document",
        "jurisdiction: tw-town",
        "jurisdiction: tw-own",
        "zone tw-own is not known",
        "tw-town",
    ),
    "derived member unknown": written(
        "zones", "[tw-ban, tw-old]", "[tw-ban, tw-odl]", "zone tw-odl is not known", "tw-old"
    ),
    "unknown activity": written(
        "rules", "activities: [mine]", "activities: [mines]", "activity mines is not known", "mine"
    ),
    "unknown fact": written(
        "rules",
        CAPACITY,
        "{fact: boiler.capacity, le: 10}",
        "fact boiler.capacity is not known",
        "boiler.capacity_tph",
    ),
    "unknown value": written(
        "rules",
        "in: [coal, oil]",
        "in: [coal, peat]",
        "boiler.fuel knows no value 'peat'",
        "coal, gas, oil",
    ),
    "unknown season": written(
        "rules",
        "seasons: [tw-heating]",
        "seasons: [tw-heatin]",
        "season tw-heatin is not known",
        "tw-heating",
    ),
    "unknown office": written(
        "rules", "lead: [EPB]", "lead: [EPP]", "office EPP is not known", "EPB"
    ),
    "unknown unless": written(
        "rules", "unless: [TW-2]", "unless: [TW-9]", "rule TW-9 is not known"
    ),
    "unknown unit": written(
        "zones", 'unit: "410104"', 'unit: "410199"', "unit 410199 is not in geojson/units.geojson"
    ),
    "unknown line": written(
        "zones",
        "line: tw-ban/east",
        "line: tw-ban/west",
        "line tw-ban/west is not in geojson/lines",
    ),
    "unknown source": written(
        "rules",
        BREWERY,
        "{fact: source.id, eq: tw-brewer}",
        "source tw-brewer is not known",
        "the id of a source",
    ),
    "county unknown": written(
        "sources", 'county: "410104"', 'county: "410199"', "unit 410199 is not in"
    ),
    "unknown key": written(
        "rules",
        "kind: obligation",
        "kind: obligation\n    were: [tw-old]",
        'key "were" is not known',
        "where",
        later=1,
    ),
    "unknown kind": written(
        "rules", "kind: obligation", "kind: duty", 'kind "duty" is not known', "prohibition"
    ),
    "unknown alert": written(
        "rules",
        "seasons: [tw-heating]",
        "alerts: [purple]",
        '"purple" is not known',
        "blue, yellow",
    ),
    # time
    "until before from": written(
        "rules",
        '{deadline: "2020-06-30"}',
        '{from: "2020-06-01", until: "2020-05-01"}',
        "until 2020-05-01 is before from 2020-06-01",
    ),
    "impossible date": written(
        "rules", '"2020-06-30"', '"2020-02-30"', 'deadline "2020-02-30" is no day of the calendar'
    ),
    "thirteenth month": written(
        "rules", '"2020-06-30"', '"2020-13-01"', '"2020-13-01" has the wrong form', "YYYY-MM-DD"
    ),
    "deadline before from": written(
        "rules",
        '{deadline: "2020-06-30"}',
        '{from: "2020-07-01", deadline: "2020-06-30"}',
        "deadline 2020-06-30 is before from 2020-07-01",
    ),
    "deadline after until": written(
        "rules",
        '{deadline: "2020-06-30"}',
        '{until: "2020-06-01", deadline: "2020-06-30"}',
        "deadline is after until",
    ),
    "deadline on an exemption": written(
        "rules",
        "    when: " + BREWERY,
        "    when: " + BREWERY + '\n    force: {deadline: "2020-06-30"}',
        "an exemption has no deadline",
        later=1,
    ),
    "season ends before it starts": written(
        "document",
        'end: {earliest: "2021-03-01", latest: "2021-03-31"}',
        'end: {earliest: "2020-03-01", latest: "2020-03-31"}',
        "season tw-heating ends before it starts",
    ),
    "season's days turned": written(
        "document",
        'start: {earliest: "2020-11-01", latest: "2020-11-15"}',
        'start: {earliest: "2020-11-15", latest: "2020-11-01"}',
        "latest 2020-11-01 is before earliest 2020-11-15",
    ),
    "covers turned": written(
        "document",
        'until: "2020-12-31"',
        'until: "2019-12-31"',
        "until 2019-12-31 is before from 2020-01-01",
    ),
    "start outside the period": written(
        "document",
        'start_latest: "2020-03-10"',
        'start_latest: "2021-03-10"',
        "start_latest lies outside covers",
        "2020-12-31",
    ),
    # loops and exemptions
    "within itself": written(
        "zones",
        "basis: unmapped\n    within: tw-town",
        "basis: unmapped\n    within: tw-old",
        "within goes round: tw-old > tw-old",
        later=1,
    ),
    "derived from itself": written(
        "zones", "[tw-ban, tw-old]", "[tw-ban, tw-both]", "derived goes round: tw-both > tw-both"
    ),
    "exemption loop": written(
        "rules",
        "    when: " + BREWERY,
        "    when: " + BREWERY + "\n    unless: [TW-2]",
        "unless goes round: TW-2 > TW-2",
        later=1,
    ),
    "unless a duty": written(
        "rules", "unless: [TW-2]", "unless: [TW-3]", "TW-3 is of kind obligation", "exemption"
    ),
    "exemption nobody uses": written(
        "rules",
        "    unless: [TW-2]\n",
        "",
        "no rule names this exemption",
        severity="warning",
        later=2,
    ),
    "conflict with itself": written(
        "rules",
        "unless: [TW-2]",
        "unless: [TW-2]\n    conflicts: [{with: TW-1, about: {zh: 甲, en: a}}]",
        "rule TW-1 is not another rule",
        later=1,
    ),
    # zones
    "unmapped within nothing": written(
        "zones",
        "    basis: unmapped\n    within: tw-town\n",
        "    basis: unmapped\n",
        'key "within" is missing',
        later=-3,
    ),
    "zone nobody uses": written(
        "zones",
        "  - id: tw-both\n",
        ORPHAN + "  - id: tw-both\n",
        "used by nothing and lies within nothing",
        "within",
        severity="warning",
    ),
    "object with a unit": written(
        "zones",
        "basis: object",
        'basis: object\n    unit: "410104"',
        'key "unit" does not fit',
        later=1,
    ),
    "zone without a shape": written(
        "zones", "basis: object", "basis: approximate", "no nominal shape", SHAPES, later=-3
    ),
    "target without a zone": written("targets", "zone: tw-town, ", "", 'key "zone" is missing'),
    "unit of a target": written(
        "targets",
        'unit: "%"',
        'unit: "ug/m3"',
        "unit ug/m3 is written in another way",
        "µg/m³",
        severity="warning",
        later=0,
    ),
    # conditions
    "can never hold": written(
        "rules",
        CAPACITY,
        "{all: [{fact: boiler.capacity_tph, le: 5}, {fact: boiler.capacity_tph, ge: 10}]}",
        "the condition can never hold",
    ),
    "always holds": written(
        "rules", BREWERY, "{fact: machine.stage, ge: 0}", "the condition holds whatever the facts"
    ),
    "threshold as text": written(
        "rules",
        CAPACITY,
        '{fact: boiler.capacity_tph, le: "10"}',
        "boiler.capacity_tph is a number, not '10'",
    ),
    "threshold on a word": written(
        "rules", "in: [coal, oil]", "le: coal", "le does not fit boiler.fuel", "eq, ne, in"
    ),
    "empty between": written(
        "rules",
        "capacity_tph, le: 10",
        "capacity_tph, between: [10, 5]",
        "between 10 and 5 holds nothing",
    ),
    "day that is none": written(
        "rules",
        BREWERY,
        '{fact: machine.made, lt: "2009-9-1"}',
        "machine.made is a day",
        "YYYY-MM-DD",
    ),
    "not on a never": written(
        "rules",
        BREWERY,
        '{not: {fact: plant.ultra_low_from, le: "2020-01-01"}}',
        "stands under not, but can be never",
    ),
    "two operators": written(
        "rules",
        CAPACITY,
        "{fact: boiler.capacity_tph, le: 10, ge: 5}",
        "too many entries",
        "exactly one of",
    ),
    # coverage and cases
    "clause nobody lists": written(
        "rules", 'clause: "2"', 'clause: "2(1)"', 'clause "2(1)" is not in coverage.yaml'
    ),
    "clause left out": written(
        "coverage",
        '  - {clause: "3", title: {zh: 目标, en: target}, rules: [TW-4]}\n',
        "",
        "the rule is in no clause of coverage.yaml",
    ),
    "gap in the clauses": written(
        "coverage",
        'clause: "4"',
        'clause: "5"',
        "clause 4 is in no entry",
        "reason",
        severity="warning",
        later=-1,
    ),
    "clause listed twice": written(
        "coverage", 'clause: "4"', 'clause: "3"', "the clause is listed twice"
    ),
    "coverage of an unknown rule": written(
        "coverage",
        "rules: [TW-3]",
        "rules: [TW-3, TW-33]",
        "rule TW-33 is not of this document",
        "TW-3",
    ),
    "rule in no clause": written(
        "coverage", "rules: [TW-1, TW-2]", "rules: [TW-1]", "the rule is in no clause"
    ),
    "clause with neither": written(
        "coverage",
        ", reason: {zh: 没有规则, en: no rule in it}}",
        "}",
        "neither rules nor reason is given",
        "one of rules, reason",
    ),
    "case of an unknown rule": written(
        "cases", "{rule: TW-3,", "{rule: TW-33,", "rule TW-33 is not known", "TW-3"
    ),
    "rule without a case": written(
        "cases",
        MORE_CASES[MORE_CASES.index("  - {rule: TW-3") :],
        "",
        "no golden case is about this rule",
        severity="warning",
    ),
    "case that asks the impossible": written(
        "cases",
        "{outcome: applies}",
        "{outcome: exempt, failed: fact}",
        "failed does not go with exempt",
        "not_concerned",
    ),
    "case that does not come out": written(
        "cases",
        "{outcome: applies}",
        "{outcome: not_concerned}",
        "outcome is applies, expected not_concerned",
        later=-1,
    ),
    "case of an unknown fact": written(
        "cases",
        "boiler.capacity_tph: 10,",
        "boiler.capacity: 10,",
        "key boiler.capacity is not known",
        "boiler.capacity_tph",
    ),
    "case of an unknown value": written(
        "cases", "source.id: other", "source.id: others", "source others is not known", "other"
    ),
    "case in an unknown place": written(
        "cases", "{tw-town: outside}", "{tw-down: outside}", "zone tw-down is not known", "tw-town"
    ),
    # words
    "one language only": written(
        "rules", SUMMARY, "{zh: 禁止小锅炉。}", 'key "en" is missing', "English"
    ),
    "the wrong language": written(
        "rules",
        SUMMARY,
        "{zh: Banned., en: Small boilers are banned.}",
        "zh has no Chinese",
        severity="warning",
    ),
    "a comrade": written(
        "rules",
        SUMMARY,
        "{zh: 由王某某同志负责。, en: x.}",
        "looks like a person",
        severity="warning",
    ),
    "a director": written(
        "rules",
        SUMMARY,
        "{zh: 由李建国局长牵头。, en: x.}",
        "looks like a person",
        severity="warning",
    ),
    "a director called": written(
        "rules",
        SUMMARY,
        "{zh: 局长张三负责此事。, en: x.}",
        "looks like a person",
        severity="warning",
    ),
    "no summary": written(
        "rules", "    summary: " + SUMMARY + "\n", "", 'key "summary" is missing', later=-9
    ),
    # YAML
    "yes and no": written(
        "sources",
        '    county: "410104"',
        "    unnamed: yes",
        "plain yes is ambiguous",
        "true or false",
    ),
    "duplicate key": written(
        "rules",
        "    unless: [TW-2]",
        "    clause: '2'\n    unless: [TW-2]",
        'key "clause" is repeated',
        "one",
    ),
    "anchor": written(
        "rules", "where: [tw-ban]", "where: &here [tw-ban]", "anchor &here is used", "written out"
    ),
    "clause without quotes": written(
        "rules", 'clause: "2"', "clause: 2", "clause is the number 2 (quote it if it is text)"
    ),
    "empty value": written("rules", "unless: [TW-2]", "unless:", 'key "unless" has no value'),
    "number as text": written(
        "targets", "value: -20", 'value: "-20"', 'value is the text "-20"', "a number"
    ),
    "octal number": written("rules", "le: 10}", "le: 010}", "010 is ambiguous", "decimal"),
    "tab": written("rules", "    unless: [TW-2]", "\tunless: [TW-2]", "is not YAML"),
    # vocabulary
    "broader of nothing": Fault(
        VOCABULARY,
        "broader: burn-fuel",
        "broader: burn-fuels",
        "activity burn-fuels is not known",
        "burn-fuel",
    ),
    "labels too few": Fault(
        VOCABULARY, "[煤, 气, 油]", "[煤, 气]", "zh_values has not one label per value"
    ),
    # drawing
    "line without its accuracies": Fault(
        LINES,
        '"accuracy_m": [20]',
        '"accuracy_m": [20, 30]',
        "accuracy_m has 2 figures for 1 segments",
    ),
    "not a number": Fault(
        SHAPES, "[113.69, 34.69], [113.71", "[NaN, 34.69], [113.71", "NaN is no number", "finite"
    ),
    "no provenance": Fault(
        SHAPES,
        '"zone": "tw-ban", "role": "core", "provenance": "drawn for a test"',
        '"zone": "tw-ban", "role": "core"',
        'key "provenance" is missing',
    ),
    "shape of no zone": Fault(
        SHAPES,
        '"id": "tw-ban/core", "properties": {"zone": "tw-ban"',
        '"id": "tw-bane/core", "properties": {"zone": "tw-bane"',
        "zone tw-bane is not in zones.yaml",
    ),
    "id and role differ": Fault(
        SHAPES, '"role": "core"', '"role": "extent"', "the id is not tw-ban/extent"
    ),
    "open ring": Fault(
        SHAPES, ", [113.691, 34.691]]]", ", [113.691, 34.692]]]", "a ring is not closed"
    ),
    "no licence": Fault(
        PROVENANCE,
        '"units.geojson": {"source": "a test", "licence": "CC0", ',
        '"units.geojson": {"source": "a test", ',
        "licence is missing",
    ),
    "entry of no file": Fault(
        PROVENANCE, '"units.geojson"', '"unit.geojson"', "the file is not there"
    ),
}


def test_the_tree_is_sound(sound):
    assert said(sound) == []


def met(found, fault, line):
    """The findings that say what the fault is, where it is."""
    return [
        f
        for f in found
        if f[0] == fault.file
        and f[1] == line
        and f[2] == fault.severity
        and fault.what in f[3]
        and fault.expected in f[4]
    ]


@pytest.mark.parametrize("name", FAULTS)
def test_fault(sound, name):
    fault = FAULTS[name]
    line = sound.edit(fault.file, fault.old, fault.new) + fault.later
    if fault.file.startswith("geojson/") and fault.file != PROVENANCE:
        vouch(sound)
    if name in OTHER_LINE:
        line = OTHER_LINE[name](sound)
    target = OTHER_FILE.get(name, fault.file)
    found = said(sound)
    hits = met(found, fault._replace(file=target), line)
    assert hits, (line, found)
    for hit in hits:
        assert len(hit[3]) >= 12, "no sentence"
        assert in_chinese(hit[3]) != hit[3], hit[3]


OTHER_FILE = {
    "rule in no clause": f"{DOC}rules.yaml",
    "clause left out": f"{DOC}rules.yaml",
    "rule without a case": f"{DOC}rules.yaml",
}
OTHER_LINE = {
    "rule in no clause": lambda tree: line_of(tree, "rules", "  - id: TW-2"),
    "clause left out": lambda tree: line_of(tree, "rules", "  - id: TW-4"),
    "rule without a case": lambda tree: line_of(tree, "rules", "  - id: TW-3"),
    "clause with neither": lambda tree: line_of(tree, "coverage", 'clause: "4"'),
}


def line_of(tree, name, words):
    text = tree.path(name).read_text(encoding="utf-8")
    return text.count("\n", 0, text.index(words)) + 1


def only(tree, texts=None):
    (one,) = said(tree, texts)
    assert in_chinese(one[3]) != one[3], one[3]
    return one


# --- bytes --------------------------------------------------------------------------------------


def test_gb18030(sound):
    path = sound.path("rules")
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    file, line, severity, what, expected = only(sound)
    assert (file, severity, expected) == (f"{DOC}rules.yaml", "error", "a file saved as UTF-8")
    assert line == line_of_bytes(path)
    assert what.endswith("it looks like GB18030")


def line_of_bytes(path):
    """The line of the first byte that is no ASCII."""
    raw = path.read_bytes()
    at = next(i for i, byte in enumerate(raw) if byte > 127)
    return raw.count(b"\n", 0, at) + 1


def test_byte_order_mark(sound):
    path = sound.path("zones")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert only(sound)[:4] == (f"{DOC}zones.yaml", 1, "error", "starts with a byte-order mark")


def test_cut_off_geojson(sound):
    text = sound.path(SHAPES).read_text(encoding="utf-8")
    sound.write(SHAPES, text[: len(text) // 2])
    vouch(sound)
    file, line, _, what, _ = only(sound)
    assert (file, what) == (SHAPES, "is cut off")
    assert line in (2, 3, 4)


def test_missing_files(sound):
    sound.path("coverage").unlink()
    sound.path(PROVENANCE).unlink()
    assert {(f[0], f[3]) for f in said(sound)} >= {(f"{DOC}coverage.yaml", "the file is missing")}
    sound.path("document").unlink()
    assert {(f[0], f[3]) for f in said(sound)} == {(f"{DOC}document.yaml", "the file is missing")}


def test_unknown_file(sound):
    sound.write(f"{DOC}rule.yaml", "rules: []\n")
    assert only(sound)[:4] == (f"{DOC}rule.yaml", None, "error", "the file is not known")


# --- shapes -------------------------------------------------------------------------------------


def redraw(tree, draw, zone="tw-ban", **halves):
    features = [draw.zone(zone, role, half) for role, half in halves.items()]
    tree.write(SHAPES, draw.collection(features))
    vouch(tree)


def test_core_outside_nominal(sound, draw):
    redraw(sound, draw, nominal=0.01, core=0.0101, extent=0.011)
    file, line, severity, what, _ = only(sound)
    assert (file, line, severity) == (SHAPES, 3, "error")
    assert what.startswith("core reaches out of nominal (from about 113.6899, 34.6899; ")


def test_nominal_outside_extent(sound, draw):
    redraw(sound, draw, extent=0.0099, nominal=0.01)
    assert only(sound)[:2] == (SHAPES, 3)  # the nominal shape is the second feature
    assert only(sound)[3].startswith("nominal reaches out of extent")


def test_shape_outside_its_within(sound, draw):
    redraw(sound, draw, nominal=0.09, extent=0.11)
    assert only(sound)[:2] == (SHAPES, 3)
    assert only(sound)[3].startswith("extent reaches out of tw-town")


def test_bow_tie(sound, draw):
    feature = draw.zone("tw-ban", "nominal", 0.01)
    feature["geometry"]["coordinates"] = [
        [[113.69, 34.69], [113.71, 34.71], [113.71, 34.69], [113.69, 34.71], [113.69, 34.69]]
    ]
    sound.write(SHAPES, draw.collection([feature]))
    vouch(sound)
    found = [f for f in said(sound) if "the nominal shape is not valid: Self-inter" in f[3]]
    assert [f[:3] for f in found] == [(SHAPES, 2, "error")]


def turned(feature):
    """The feature with its coordinates as [lat, lon]."""
    rings = feature["geometry"]["coordinates"]
    feature["geometry"]["coordinates"] = [[[y, x] for x, y in ring] for ring in rings]
    return feature


def test_swapped_coordinates(sound, draw):
    sound.write(SHAPES, draw.collection([turned(draw.zone("tw-ban", "nominal", 0.01))]))
    vouch(sound)
    file, line, _, what, _ = only(sound)
    assert (file, line) == (SHAPES, 2)
    assert what.startswith("position [34.69, 113.69] is outside lon ±180, lat ±90")
    assert what.endswith("are longitude and latitude swapped?")


def west(tree, draw):
    """Move the town to where both degrees are possible latitudes: 80° E, 40° N."""
    unit = json.loads(tree.path(UNITS).read_text(encoding="utf-8"))
    for feature in unit["features"]:
        feature["geometry"] = draw.polygon(80.0, 40.0, 0.1)
    tree.write(UNITS, draw.collection(unit["features"]))
    ban = draw.zone("tw-ban", "nominal", 0.01)
    ban["geometry"] = draw.polygon(80.0, 40.0, 0.01)
    return ban


def test_swapped_where_both_are_possible(sound, draw):
    sound.write(SHAPES, draw.collection([turned(west(sound, draw))]))
    vouch(sound)
    file, line, _, what, _ = only(sound)
    assert (file, line) == (SHAPES, 2)
    assert what.startswith("extent reaches out of tw-town")
    assert what.endswith("are longitude and latitude swapped?")


def test_zone_outside_the_jurisdiction(sound, draw):
    within = "    basis: documented_boundary\n    within: tw-town\n"
    sound.edit("zones", within, "    basis: documented_boundary\n")
    sound.write(SHAPES, draw.collection([west(sound, draw)]))
    vouch(sound)
    assert said(sound) == []
    sound.write(SHAPES, draw.collection([turned(west(sound, draw))]))
    vouch(sound)
    file, line, severity, what, _ = only(sound)
    assert (file, severity) == (f"{DOC}zones.yaml", "warning")
    assert line == line_of(sound, "zones", "  - id: tw-ban")
    assert what.startswith("the zone lies outside the jurisdiction, at 39.99")
    assert what.endswith("swapped?")


@pytest.mark.parametrize(
    ("lon", "lat", "hint"), [(113.9, 34.7, False), (113.79, 34.79, None), (34.7, 113.7, True)]
)
def test_source_outside_its_county(sound, lon, lat, hint):
    lat_there, lon_there = min(lat, 89.9), lon
    place = f"location: {{lon: {lon_there}, lat: {lat_there}, accuracy_m: 100}}"
    line = sound.edit("sources", '    county: "410104"', f'    county: "410104"\n    {place}')
    found = [f for f in said(sound) if "lies outside" in f[3]]
    if hint is None:
        assert found == []
        return
    assert {f[0] for f in found} == {f"{DOC}sources.yaml"}
    assert (line, "county 410104") in {(f[1], f[3].rpartition("outside ")[2]) for f in found}
    assert all(f[2] == "error" for f in found)


def test_source_with_its_degrees_swapped(sound, draw):
    sound.write(SHAPES, draw.collection([west(sound, draw)]))
    vouch(sound)
    place = "location: {lon: 40.0, lat: 80.0, accuracy_m: 100}"
    sound.edit("sources", '    county: "410104"', f'    county: "410104"\n    {place}')
    assert all(f[3].endswith("swapped?") for f in said(sound))
    assert len(said(sound)) == 2  # the county, and the zone that is the town


def test_checksum_of_another_file(sound):
    text = sound.path(UNITS).read_text(encoding="utf-8")
    sound.write(UNITS, text.replace('"accuracy_m": 200', '"accuracy_m": 201'))
    file, line, severity, what, expected = only(sound)
    assert (file, severity) == (PROVENANCE, "error")
    assert line == line_of(sound, PROVENANCE, '"units.geojson"')
    assert what.startswith("sha256 is not that of the file")
    assert expected == hashlib.sha256(sound.path(UNITS).read_bytes()).hexdigest()


def test_file_without_an_entry(sound):
    entries = json.loads(sound.path(PROVENANCE).read_text(encoding="utf-8"))
    del entries["units.geojson"]
    sound.write(PROVENANCE, json.dumps(entries))
    assert only(sound)[3] == "units.geojson has no entry"


# --- copied from the document -------------------------------------------------------------------

PRINTED = "第一条 禁燃区内禁止新建、改建、扩建十蒸吨及以下的燃煤锅炉，现有的限期拆除。\n"
COPIED = "{zh: 禁止新建、改建、扩建十蒸吨及以下的燃煤锅炉。, en: Banned.}"


def test_summary_copied_from_the_document(sound, tmp_path):
    line = sound.edit("rules", SUMMARY, COPIED)
    assert said(sound) == []  # nothing to compare with
    sound.write(f"{DOC}source.txt", PRINTED)
    file, found_line, severity, what, _ = only(sound)
    assert (file, found_line, severity) == (f"{DOC}rules.yaml", line, "warning")
    assert '"禁止新建、改建、扩建十蒸吨及以下的燃煤锅炉"' in what
    sound.path(f"{DOC}source.txt").unlink()
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "town-2020-1.txt").write_bytes(PRINTED.encode("gb18030"))
    assert only(sound, texts)[3] == what


def test_dates_and_figures_count_as_one(sound):
    sound.edit("rules", SUMMARY, "{zh: 自2020年11月15日起至2021年3月31日，, en: Banned.}")
    sound.write(f"{DOC}source.txt", "自 2020年11月15日 起至 2021年3月31日，共计137天")
    assert said(sound) == []  # 自 · 起 至 · ， are six


def test_names_and_short_runs_are_not_copied(sound):
    sound.edit(
        "rules",
        SUMMARY,
        "{zh: 《禁燃区内禁止新建、改建、扩建》不许再建十蒸吨以下的。, en: Banned.}",
    )
    sound.write(f"{DOC}source.txt", PRINTED)
    assert said(sound) == []


def test_there_are_enough_faults():
    assert len(FAULTS) >= 35
