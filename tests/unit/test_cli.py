"""The command line as a user meets it: output, exit statuses, one clear line for wrong input."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from zonerules.jobs import cli
from zonerules.jobs.open import open as open_catalogue
from zonerules.jobs.present import width_of

ROOT = Path(__file__).resolve().parents[2]
POINT = ("113.69", "34.735")


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    status = cli.main(list(args))
    out, err = capsys.readouterr()
    return status, out, err


def test_at_prints_the_same_json_as_python(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "at", *POINT, "--date", "2017-11-20", "--json")
    assert status == 0
    assert json.loads(out) == open_catalogue().at(113.69, 34.735, date="2017-11-20")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", ["80", "100"])
def test_a_city_with_many_rules_fits_forty_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lang: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    status, out, _ = run(capsys, "at", *POINT, "--date", "2017-11-20", "--lang", lang)
    lines = out.rstrip("\n").split("\n")
    assert status == 0
    assert len(lines) <= 40
    assert max(map(width_of, lines)) <= int(columns)
    answer = open_catalogue().at(113.69, 34.735, date="2017-11-20")
    assert len(answer["rules"]) >= 130


def test_today_the_first_line_says_that_the_plan_has_ended(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, _ = run(capsys, "at", *POINT)
    head = out.split("\n")[:3]
    assert status == 0
    assert "2021-12-31" in head[0], "the latest plan for here comes first"
    assert "--date last:zhengzhou-sansan-2020" in head[1]
    assert "2018-03-31" in head[2] and "--date last:guanzheng-2017-98" in head[2]
    for date, day in (("last", "2021-12-31"), ("last:guanzheng-2017-98", "2018-03-31")):
        status, out, _ = run(capsys, "at", *POINT, "--date", date, "--json")
        assert json.loads(out)["query"]["date"] == day


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("at",), None),
        (("at", "113.69"), ("LAT",)),
        (("at", "113,69", "34.7"), ("113,69", "number")),
        (("at", "34.7", "113.69"), ("113.69", "swapped")),
        (("at", *POINT, "--fact", "machin.stage=1"), ("machin.stage", "machine.stage")),
        (("at", *POINT, "--activity", "boiler"), ("--activity boiler", "operate-boiler")),
        (("at", *POINT, "--date", "20171120"), ("--date 20171120",)),
        (("at", *POINT, "--accuracy", "-3"), ("--accuracy -3",)),
        (("at", *POINT, "--data", "no-such-folder"), ("--data no-such-folder",)),
        (("at", *POINT, "--nonsense"), ("--nonsense",)),
        (("at", *POINT, "--lang", "fr"), ("fr",)),
        (("zones", "--kind", "nonsense"), ("--kind nonsense",)),
        (("sources", "--within", "gc-nrmm-bann"), ("--within gc-nrmm-bann", "gc-nrmm-ban")),
        (("sources", "--radius", "3"), ("--near",)),
        (("sources", "--as-of", "2017"), ("--as-of 2017",)),
        (("lint", "no-such-folder"), ("no-such-folder", "documents")),
        (("nonsense",), ("nonsense",)),
    ],
)
def test_wrong_input_gets_one_line_and_status_two(
    capsys: pytest.CaptureFixture[str], args: tuple[str, ...], words: tuple[str, ...] | None
) -> None:
    status, out, err = run(capsys, *args)
    assert status == 2
    if words is None:
        assert "LAT" in out + err  # no arguments at all: the help
        return
    assert err.count("\n") == 1 and err.startswith("zonerules: ")
    assert out == ""
    for word in words:
        assert word in err


def test_negative_coordinates_are_not_options(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "at", "-113.69", "-34.735", "--json")
    assert status == 0
    query = json.loads(out)["query"]
    assert (query["lon"], query["lat"]) == (-113.69, -34.735)


def test_geojson_holds_the_point_and_its_zones(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "点.geojson"
    status, _, _ = run(
        capsys, "at", *POINT, "--date", "2017-11-20", "--geojson", str(target), "--json"
    )
    assert status == 0
    features = {
        feature["id"]: feature for feature in json.loads(target.read_text("utf-8"))["features"]
    }
    assert features["query"]["geometry"]["coordinates"] == [113.69, 34.735]
    assert {"gc-nrmm-ban/nominal", "gc-nrmm-ban/core", "gc-nrmm-ban/extent"} <= set(features)
    assert [path.name for path in tmp_path.iterdir()] == ["点.geojson"]
    status, _, err = run(capsys, "at", *POINT, "--geojson", str(tmp_path / "no" / "x.geojson"))
    assert status == 2 and "x.geojson" in err


def test_zones_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "zones", "--json")
    zones = {zone["id"]: zone for zone in json.loads(out)}
    assert status == 0
    assert sum(zone["document"] == "guanzheng-2017-98" for zone in zones.values()) == 37
    assert zones["gc-nrmm-ban"]["basis"] == "documented_boundary"
    assert zones["gc-4ring"]["basis"] == "unmapped"
    status, out, _ = run(capsys, "zones", "--basis", "unmapped")
    assert "gc-heatnet" in out and "gc-nrmm-ban" not in out
    status, out, _ = run(capsys, "sources", "--within", "gc-nrmm-ban", "--json")
    found = json.loads(out)
    assert [source["id"] for source in found["sources"]] == ["jinxing-brewery"]
    assert found["undetermined"], (
        "sources without a point may lie in the ban; they are not left out"
    )
    status, out, _ = run(capsys, "sources", "--near", "113.69", "34.735", "--radius", "1", "--json")
    assert json.loads(out)["sources"] == []


def test_help_has_an_example_each(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("at", "zones", "sources", "lint"):
        status, out, _ = run(capsys, command, "--help")
        assert status == 0
        assert f"Example: zonerules {command}" in " ".join(out.split())


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source tree that a test may damage."""
    root = tmp_path_factory.mktemp("tree") / "zonerules"
    ignore = shutil.ignore_patterns(".git", ".venv*", "tests", "__pycache__", "dist", "build", ".*")
    shutil.copytree(ROOT, root, ignore=ignore)
    return root


def run_in(root: Path, *args: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from zonerules.jobs.cli import main; sys.exit(main(sys.argv[1:]))"
    environment = {
        **os.environ,
        "PYTHONPATH": str(root.parent),
        "ZONERULES_CACHE": str(root.parent / "cache"),
    }
    return subprocess.run(
        [sys.executable, "-c", code, *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=root.parent,
        check=False,
    )


@pytest.mark.parametrize(
    ("layer", "damage"),
    [
        ("geojson/zones/guanzheng-2017-98.geojson", lambda text: text[: len(text) // 2]),
        pytest.param(
            "geojson/zones/guanzheng-2017-98.geojson",
            lambda text: "",
            marks=pytest.mark.thorough,
        ),
        pytest.param(
            "geojson/units.geojson",
            lambda text: text.replace("[113.", "[NaN, 113.", 1),
            marks=pytest.mark.thorough,
        ),
        ("geojson/units.geojson", None),
    ],
)
def test_a_broken_layer_makes_its_rules_undetermined(checkout: Path, layer: str, damage) -> None:
    path = checkout / layer
    whole = path.read_text("utf-8")
    facts = ("--activity", "operate-non-road-machinery", "--fact", "machine.stage=1")
    try:
        if damage is None:
            path.unlink()
        else:
            path.write_text(damage(whole), "utf-8")
        result = run_in(checkout, "at", *POINT, "--date", "2017-11-20", *facts, "--json")
        text = run_in(checkout, "at", *POINT, "--date", "2017-11-20", *facts)
        other = run_in(
            checkout, "at", *POINT, "--date", "2017-11-20", "--activity", "dry-clean", "--json"
        )
    finally:
        path.write_text(whole, "utf-8")
    assert result.returncode == 3, result.stderr
    answer = json.loads(result.stdout)
    assert [item["layer"] for item in answer["coverage"]["failed"]] == [layer]
    (verdict,) = answer["verdicts"]
    assert text.returncode == 3
    assert layer in text.stdout
    if "zones" in layer:
        (rule,) = (row for row in answer["rules"] if row["id"] == "GC-58")
        assert rule["outcome"] == "cannot_determine"
        assert rule["missing"] == ["zone.gc-nrmm-ban"]
    else:
        # The ban itself still has its map; whose district this is can no longer be told.
        answer = json.loads(other.stdout)
        assert answer["verdicts"][0]["verdict"] == "cannot_determine"
        assert answer["coverage"]["documents"] == []
        assert verdict["verdict"] == "prohibited"
    assert run_in(checkout, "at", *POINT, "--json").returncode == 0
