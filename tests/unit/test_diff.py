"""What changed between two catalogues; expected figures worked out by the geodesic, or by hand."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from pyproj import Geod

from zonerules.jobs import cli
from zonerules.jobs.diff.compare import RECORDS, changes, compare, read_side
from zonerules.jobs.diff.text import to_text
from zonerules.layers.catalogue.compile import write_catalogue
from zonerules.layers.catalogue.load import load

if TYPE_CHECKING:
    from pathlib import Path

GEOD = Geod(ellps="WGS84")
SOURCE = {
    "id": "tw-plant",
    "name": {"zh": "电厂", "en": "power plant"},
    "kind": "power_plant",
    "zones": [],
    "clauses": [],
    "location": {"lon": 113.7115, "lat": 34.7, "accuracy_m": 0},
}


@pytest.fixture
def old(tree: Any) -> dict[str, Any]:
    """The small catalogue, with a plant 137 m east of the ban area (and 46 m of its extent)."""
    catalogue: dict[str, Any] = tree.compile()
    catalogue["sources"].append(copy.deepcopy(SOURCE))
    return catalogue


@pytest.fixture
def new(old: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(old)


def counted(told: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    """The counts that are not all zero, as (added, removed, changed)."""
    rows = {name: tuple(told["counts"][name].values()) for name in RECORDS}
    return {name: row for name, row in rows.items() if any(row)}


def widened(east: float) -> list[list[list[list[float]]]]:
    """The ban area (a square of ±0.01 around 113.7 34.7) with its east side moved."""
    ring = [[113.69, 34.69], [east, 34.69], [east, 34.71], [113.69, 34.71], [113.69, 34.69]]
    return [[ring]]


def rule(catalogue: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in catalogue["rules"] if row["id"] == name)
    return found


# -- records ----------------------------------------------------------------------------------


def test_the_same_is_the_same(old: dict[str, Any], new: dict[str, Any]) -> None:
    new.update(version="9.9", fingerprint="sha256:other")
    told = compare(old, new)
    assert told["same"] and counted(told) == {} and told["affected"] == []


def test_a_changed_rule_is_told_field_by_field(old: dict[str, Any], new: dict[str, Any]) -> None:
    row = rule(new, "TW-1")
    row["force"]["deadline"] = "2020-09-30"
    row["when"]["all"][1]["le"] = 20
    row["authorities"]["lead"] = ["EPB", "PSB"]
    del row["unless"]
    told = compare(old, new)
    assert counted(told) == {"rules": (0, 0, 1)}
    (changed,) = told["rules"]["changed"]
    fields = {change["field"]: (change["old"], change["new"]) for change in changed["fields"]}
    assert set(fields) == {"force.deadline", "when", "authorities.lead", "unless"}
    assert fields["force.deadline"] == ("2020-06-30", "2020-09-30")
    assert fields["unless"] == (["TW-2"], None)
    assert fields["when"][1]["all"][1]["le"] == 20
    assert changed["id"] == "TW-1" and "shape" not in changed


def test_added_and_removed(old: dict[str, Any], new: dict[str, Any]) -> None:
    new["rules"].append({**rule(new, "TW-3"), "id": "TW-9"})
    new["rules"].remove(rule(new, "TW-4"))
    del new["zones"]["tw-sites"]
    new["documents"]["town-2020-2"] = {**new["documents"]["town-2020-1"], "id": "town-2020-2"}
    new["documents"]["town-2020-1"]["coverage"][3]["reason"]["en"] = "nothing to keep"
    new["targets"][0]["value"] = -25
    new["sources"][0]["kind"] = "brewery"
    new["vocabulary"]["facts"]["boiler.listed"]["en"] = "on the list"
    del new["lines"]["tw-ban/east"]
    new["golden"][0]["expect"]["outcome"] = "due"
    told = compare(old, new)
    assert not told["same"]
    assert counted(told) == {
        "documents": (1, 0, 1),
        "zones": (0, 1, 0),
        "rules": (1, 1, 0),
        "sources": (0, 0, 1),
        "targets": (0, 0, 1),
        "lines": (0, 1, 0),
        "facts": (0, 0, 1),
    }
    assert told["cases"] == {"added": 1, "removed": 1}
    assert [row["id"] for row in told["rules"]["added"]] == ["TW-9"]
    assert [row["id"] for row in told["rules"]["removed"]] == ["TW-4"]
    (document,) = told["documents"]["changed"]
    assert [row["field"] for row in document["fields"]] == ["coverage[4].reason.en"]


@pytest.mark.parametrize(
    ("old_value", "new_value", "fields"),
    [
        (1, 1.0, []),
        (1, True, ["x"]),
        (0, False, ["x"]),
        ({"a": 1}, {"a": 1, "b": None}, []),
        ([1, 2], [2, 1], ["x"]),
        ([{"id": "p", "v": 1}], [{"id": "q", "v": 1}], ["x[p]", "x[q]"]),
        ([{"id": "p", "v": 1}], [{"id": "p", "v": 2}], ["x[p].v"]),
        ([{"id": "p"}, {"id": "p"}], [{"id": "p"}], ["x"]),
        ("a", {"zh": "a"}, ["x"]),
    ],
)
def test_fields(old_value: Any, new_value: Any, fields: list[str]) -> None:
    assert [row["field"] for row in changes(old_value, new_value, "x")] == fields


# -- shapes -----------------------------------------------------------------------------------


def test_a_moved_shape_tells_area_and_shift(old: dict[str, Any], new: dict[str, Any]) -> None:
    new["zones"]["tw-ban"]["shapes"]["nominal"]["coordinates"] = widened(113.7105)
    (changed,) = compare(old, new)["zones"]["changed"]
    assert changed["fields"] == []
    assert set(changed["shape"]) == {"nominal"}, "core and extent are where they were"
    moved = changed["shape"]["nominal"]
    strip = [113.71, 113.7105, 113.7105, 113.71], [34.69, 34.69, 34.71, 34.71]
    area, _ = GEOD.polygon_area_perimeter(*strip)
    _, _, east = GEOD.inv(113.71, 34.69, 113.7105, 34.69)  # a degree is longest in the south
    assert moved["added_km2"] == pytest.approx(area / 1e6, abs=2e-4)
    assert moved["removed_km2"] == 0
    assert moved["shift_m"] == pytest.approx(east, abs=0.2)


def test_the_other_way_round_it_is_removed(old: dict[str, Any], new: dict[str, Any]) -> None:
    new["zones"]["tw-ban"]["shapes"]["nominal"]["coordinates"] = widened(113.7105)
    moved = compare(new, old)["zones"]["changed"][0]["shape"]["nominal"]
    assert moved["added_km2"] == 0 and moved["removed_km2"] > 0.09


def test_a_big_move_is_measured_right(old: dict[str, Any], new: dict[str, Any]) -> None:
    """A county-sized shape: the projection must not show in areas and shifts."""
    big, bigger = ([[[w, s], [e, s], [e, n], [w, n], [w, s]]] for w, s, e, n in (
        (113.0, 34.0, 114.0, 35.0), (113.0, 34.0, 114.0, 35.2)))  # fmt: skip
    old["zones"]["tw-ban"]["shapes"] = {"nominal": {"type": "MultiPolygon", "coordinates": [big]}}
    new["zones"]["tw-ban"]["shapes"] = {
        "nominal": {"type": "MultiPolygon", "coordinates": [bigger]}
    }
    moved = compare(old, new)["zones"]["changed"][0]["shape"]["nominal"]
    lons = [113 + i / 100 for i in range(101)]  # the edges are parallels, not geodesics
    rim = [*lons, *lons[::-1]], [35.0] * 101 + [35.2] * 101
    area = abs(GEOD.polygon_area_perimeter(*rim)[0]) / 1e6
    assert moved["added_km2"] == pytest.approx(area, rel=1e-5)
    _, _, north = GEOD.inv(113.5, 35.0, 113.5, 35.2)
    assert moved["shift_m"] == pytest.approx(north, rel=5e-4)


def test_the_same_place_written_otherwise_has_not_moved(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    (ring,) = new["zones"]["tw-ban"]["shapes"]["nominal"]["coordinates"][0]
    turned = [*ring[2:-1], *ring[:3]]
    new["zones"]["tw-ban"]["shapes"]["nominal"]["coordinates"] = [[turned]]
    assert turned != ring and compare(old, new)["same"]


def test_newly_drawn_and_no_longer(old: dict[str, Any], new: dict[str, Any]) -> None:
    new["zones"]["tw-old"]["shapes"] = copy.deepcopy(new["zones"]["tw-ban"]["shapes"])
    new["zones"]["tw-old"]["basis"] = "documented_boundary"
    (changed,) = compare(old, new)["zones"]["changed"]
    assert changed["shape"] == {"drawn": "added"}
    assert [row["field"] for row in changed["fields"]] == ["basis"]
    assert compare(new, old)["zones"]["changed"][0]["shape"] == {"drawn": "removed"}


def test_an_emptied_core_has_no_shift(old: dict[str, Any], new: dict[str, Any]) -> None:
    new["zones"]["tw-ban"]["shapes"]["core"] = {"type": "MultiPolygon", "coordinates": []}
    moved = compare(old, new)["zones"]["changed"][0]["shape"]["core"]
    assert moved["added_km2"] == 0 and moved["removed_km2"] > 1 and "shift_m" not in moved


# -- sources ----------------------------------------------------------------------------------


def extended(catalogue: dict[str, Any], east: float) -> None:
    for geometry in catalogue["zones"]["tw-ban"]["shapes"].values():
        geometry["coordinates"] = widened(east)


def test_a_source_that_a_zone_grows_over(old: dict[str, Any], new: dict[str, Any]) -> None:
    extended(new, 113.72)
    (row,) = compare(old, new)["affected"]
    assert row["id"] == "tw-plant"
    zones = {zone["zone"]: (zone["old"], zone["new"]) for zone in row["zones"]}
    # the union of the ban area and the undrawn old town follows
    assert zones == {"tw-ban": ("outside", "inside"), "tw-both": ("unmapped", "inside")}
    assert row["rules"] == [
        {"rule": "TW-1", "place": "true"},
        {"rule": "TW-2", "place": "true"},
    ], "the ban, and the exemption that has no place of its own"


def test_a_source_that_comes_near(old: dict[str, Any], new: dict[str, Any]) -> None:
    new["zones"]["tw-ban"]["shapes"]["extent"]["coordinates"] = widened(113.712)
    (row,) = compare(old, new)["affected"]
    assert {"zone": "tw-ban", "old": "outside", "new": "near"} in row["zones"]
    assert {"rule": "TW-1", "place": "unknown"} in row["rules"], "it may fall under the ban now"


def test_a_source_that_a_zone_leaves_falls_under_no_new_rule(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    extended(old, 113.72)
    (row,) = compare(old, new)["affected"]
    assert {"zone": "tw-ban", "old": "inside", "new": "outside"} in row["zones"]
    assert row["rules"] == []


def test_a_new_rule_reaches_those_in_its_place(old: dict[str, Any], new: dict[str, Any]) -> None:
    base = {**rule(new, "TW-1"), "where": {"any": ["tw-town"]}, "unless": []}
    new["rules"].append({**base, "id": "TW-8"})
    new["rules"].append({**base, "id": "TW-9", "audience": "authority"})
    rows = {row["id"]: row for row in compare(old, new)["affected"]}
    # the brewery has no point; the document says that it lies in the town
    assert set(rows) == {"tw-plant", "tw-brewery"}
    for row in rows.values():
        assert row["zones"] == []
        assert row["rules"] == [{"rule": "TW-8", "place": "true"}], (
            "duties of authorities reach none"
        )


def test_a_rule_changed_otherwise_reaches_nobody_new(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    rule(new, "TW-3")["force"]["deadline"] = "2020-12-01"
    told = compare(old, new)
    assert told["affected"] == [] and not told["same"]


def test_a_new_zone_around_a_source(old: dict[str, Any], new: dict[str, Any]) -> None:
    new["zones"]["tw-new"] = {**copy.deepcopy(new["zones"]["tw-ban"]), "id": "tw-new"}
    for geometry in new["zones"]["tw-new"]["shapes"].values():
        geometry["coordinates"] = widened(113.72)
    (row,) = compare(old, new)["affected"]
    assert row["zones"] == [{"zone": "tw-new", "old": None, "new": "inside"}]


# -- what may be compared -----------------------------------------------------------------------


def test_folders_and_files_are_read(tree: Any, tmp_path: Path) -> None:
    write_catalogue(tree.root, tmp_path / "old.json")
    tree.edit("rules", 'deadline: "2020-06-30"', 'deadline: "2020-07-31"')
    told = compare(read_side(tmp_path / "old.json"), read_side(tree.root))
    assert counted(told) == {"rules": (0, 0, 1)}


@pytest.mark.thorough
def test_an_overlay_is_laid_over_the_shipped_catalogue(draw: Any, tmp_path: Path) -> None:
    shapes = load()["zones"]["gc-nrmm-ban"]["shapes"]
    rows = [
        draw.feature(f"gc-nrmm-ban/{role}", {"zone": "gc-nrmm-ban", "role": role}, geometry)
        for role, geometry in shapes.items()
    ]
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "zones.geojson").write_text(draw.collection(rows), encoding="utf-8")
    assert compare(read_side(tmp_path / "one"), read_side(tmp_path / "other"))["same"]
    for row in rows:
        (ring, *_), *_ = row["geometry"]["coordinates"]
        ring[:] = [[lon + 0.01, lat] for lon, lat in ring]
    (tmp_path / "other" / "zones.geojson").write_text(draw.collection(rows), encoding="utf-8")
    told = compare(read_side(tmp_path / "one"), read_side(tmp_path / "other"))
    assert counted(told) == {"zones": (0, 0, 1)}
    (changed,) = told["zones"]["changed"]
    # moved by 0.01° to the east: 917 m at 34.7°
    for moved in changed["shape"].values():
        assert moved["added_km2"] == pytest.approx(moved["removed_km2"], rel=1e-3)
    assert 500 < changed["shape"]["nominal"]["shift_m"] < 918


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    status = cli.main([str(arg) for arg in args])
    out, err = capsys.readouterr()
    return status, out, err


def test_exit_status_and_text(
    capsys: pytest.CaptureFixture[str], tree: Any, tmp_path: Path
) -> None:
    write_catalogue(tree.root, tmp_path / "old.json")
    status, out, _ = run(capsys, "diff", tmp_path / "old.json", tree.root)
    assert status == 0 and out.splitlines()[-1] == "没有差别"
    tree.edit("rules", 'deadline: "2020-06-30"', 'deadline: "2020-07-31"')
    status, out, _ = run(capsys, "diff", tmp_path / "old.json", tree.root, "--lang", "en")
    lines = out.splitlines()
    assert status == 1
    assert lines[:2] == [line for line in lines if line.startswith(("old:", "new:"))]
    counts = lines.index("rules: 0 added, 0 removed, 1 changed")
    assert counts < lines.index("~ TW-1 Small boilers are banned.")
    assert "    force.deadline: 2020-06-30 → 2020-07-31" in lines
    status, out, _ = run(capsys, "diff", tmp_path / "old.json", tree.root)
    assert status == 1 and "规则：新增 0，删除 0，改动 1" in out
    status, out, _ = run(capsys, "diff", tmp_path / "old.json", tree.root, "--json")
    told = json.loads(out)
    assert status == 1 and told["schema"] == "zonerules/diff/1" and not told["same"]
    status, out, _ = run(capsys, "diff", "--help")
    assert "Exit status: 0 the same, 1 different, 2 bad input." in " ".join(out.split())


def test_bad_input_is_one_line(
    capsys: pytest.CaptureFixture[str], tree: Any, tmp_path: Path
) -> None:
    good = tmp_path / "good.json"
    write_catalogue(tree.root, good)
    compiled = json.loads(good.read_text(encoding="utf-8"))
    (tmp_path / "empty").mkdir()
    bad = {
        "text.json": "no JSON",
        "other.json": '{"type": "FeatureCollection", "features": []}',
        "rules.json": json.dumps({**compiled, "rules": [1]}),
        "zones.json": json.dumps({**compiled, "zones": {"x": {}}}),
        "shape.json": json.dumps({**compiled, "units": {"1": {"shapes": {"nominal": {}}}}}),
    }
    for name, text in bad.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in (*bad, "empty", "nothing"):
        for pair in ((good, tmp_path / name), (tmp_path / name, good)):
            status, out, err = run(capsys, "diff", *pair)
            assert (status, out, len(err.splitlines())) == (2, "", 1), (name, err)
            assert name in err


def test_a_broken_tree_names_file_and_line(
    capsys: pytest.CaptureFixture[str], tree: Any, tmp_path: Path
) -> None:
    write_catalogue(tree.root, tmp_path / "old.json")
    line = tree.edit("rules", "where: [tw-ban]", "where: [tw-bann]")
    status, _, err = run(capsys, "diff", tmp_path / "old.json", tree.root)
    assert status == 2 and f"rules.yaml:{line}" in err


def test_what_could_not_be_read_is_said(old: dict[str, Any], new: dict[str, Any]) -> None:
    row = {"layer": "x", "error": "x: is cut off", "zones": ["tw-ban"]}
    new["failed"].append(row)
    del new["zones"]["tw-ban"]["shapes"]
    new["zones"]["tw-ban"]["failed"] = True
    told = compare(old, new)
    assert told["failed"] == [{"side": "new", **row}]
    assert told["zones"]["changed"][0]["shape"] == {"drawn": "removed"}
    assert "x: is cut off" in to_text(told, "en")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text_shows_what_differs_of_long_values_and_no_control_characters(
    old: dict[str, Any], new: dict[str, Any], lang: str
) -> None:
    long = "字" * 300
    rule(old, "TW-1")["summary"][lang] = f"{long}一\x1b[2J{long}"
    rule(new, "TW-1")["summary"][lang] = f"{long}二{long}"
    extended(new, 113.72)
    text = to_text(compare(old, new), lang)
    assert "\x1b" not in text
    (line,) = [line for line in text.splitlines() if line.strip().startswith("summary.")]
    assert "一" in line and "二" in line and len(line) < 200
    assert "tw-plant" in text and "km²" in text and ("米" if lang == "zh" else " m") in text
