"""The compiler: what it makes of a small catalogue, and that it makes the same of it every time."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from zonerules.layers.catalogue.compile import compile_catalogue, write_catalogue
from zonerules.layers.catalogue.errors import CatalogueError
from zonerules.layers.catalogue.fingerprint import fingerprint
from zonerules.layers.catalogue.force import normalise, span

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


# --- the catalogue that ships -------------------------------------------------------------------


def test_the_shipped_catalogue_compiles():
    root = Path(__file__).resolve().parents[2]
    if not (root / "documents").is_dir():
        pytest.skip("no documents here")
    catalogue = compile_catalogue(root)
    assert catalogue["failed"] == []
    assert len(catalogue["rules"]) > 100
    # every drawn zone can be located in, by its own shape or its unit's
    for name, zone in catalogue["zones"].items():
        if zone["basis"] not in ("unmapped", "object", "derived"):
            assert "shapes" in zone or zone["unit"] in catalogue["units"], name
