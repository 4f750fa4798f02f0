"""The tutorial is true: its commands run on a copy, one after the other, and say what it prints."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from zonerules.jobs.cli import main
from zonerules.jobs.lint.run import lint
from zonerules.layers.catalogue.load import load

pytest.importorskip("shapely")

DOCS = Path(__file__).resolve().parents[2] / "docs"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = "".join((DOCS / name).read_text("utf-8") for name in ("tutorial.md", "tutorial.en.md"))


NAMED = re.compile(r"# (\S+/?\S*\.\w+)\n")  # the first line of a block that is a file to be written


def steps():
    """[(commands, lines that must be printed)] of every sh block and the text block after it.

    A block that begins with the name of a file is the command to write it.
    """
    found = []
    for kind, body in BLOCK.findall(PAGES):
        lines = [line for line in body.splitlines() if line.strip()]
        if kind == "sh":
            found.append((lines, []))
        elif kind == "text":
            found[-1][1].extend(lines)
        elif name := NAMED.match(body):
            found.append(([functools.partial(write, name[1], body[name.end() :])], []))
    return found


def write(name, body):
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body, encoding="utf-8")
    return ""


def run(command):
    """What a command prints; zonerules runs in this process, the shell's own words outside."""
    if callable(command):
        return command()
    words = shlex.split(command)
    if words[0] != "zonerules":
        subprocess.run(words, check=True)
        return ""
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        status = main(words[1:])
    assert status in (0, 1), told.getvalue()  # 1: lint has found the mistake
    return told.getvalue()


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A folder with the tutorial's files, to work in."""
    shutil.copytree(DOCS / "tutorial", tmp_path / "docs" / "tutorial")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZONERULES_DATA", raising=False)
    monkeypatch.delenv("ZONERULES_LANG", raising=False)
    monkeypatch.setenv("COLUMNS", "400")  # no line is cut
    return tmp_path


@pytest.mark.skipif(
    shutil.which("sed") is None, reason="the tutorial's commands are those of a Unix"
)
def test_every_command_says_what_is_printed(copy):
    asked = 0
    for commands, expected in steps():
        printed = "".join(run(command) for command in commands).splitlines()
        for line in expected:
            assert any(line in one for one in printed), (commands, line, printed)
        asked += len(commands)
    assert asked >= 20


def test_what_the_tutorial_shows_is_in_the_example():
    """The YAML of the page, comments aside, stands in the example's files line by line."""
    written = " ".join(
        path.read_text(encoding="utf-8") for path in sorted((DOCS / "tutorial").rglob("*.yaml"))
    )
    shown = [b for kind, b in BLOCK.findall(PAGES) if kind == "yaml" and not NAMED.match(b)]
    assert shown
    for body in shown:
        for line in body.splitlines():
            assert line.partition(" #")[0].rstrip() in written, line


def test_the_example_is_sound_and_far_from_henan(copy):
    root = copy / "docs" / "tutorial" / "example-city"
    assert lint(root) == []
    catalogue = load(root)
    city = catalogue["zones"]["yl-city"]["shapes"]["extent"]["coordinates"][0][0]
    assert all(not (110 < lon < 117 and 31 < lat < 37) for lon, lat in city)
    told = catalogue["documents"]["yangli-2024-1"]
    assert "示例" in told["title"]["zh"] and "example" in told["title"]["en"]
    assert "虚构" in told["issuer"]["zh"] and "invented" in told["issuer"]["en"]


def test_words_of_one_s_own_are_added_to_those_that_ship(copy):
    root = copy / "docs" / "tutorial" / "example-city"
    words = root / "documents" / "vocabulary.yaml"
    words.write_text(
        "activities: {}\nfacts:\n  kite.count: {type: integer, zh: 风筝数, en: kites}\n", "utf-8"
    )
    rules = root / "documents" / "yangli-2024-1" / "rules.yaml"
    rules.write_text(
        rules.read_text("utf-8").replace(
            "{fact: site.area_m2, ge: 5000}", "{fact: kite.count, ge: 2}"
        ),
        "utf-8",
    )
    assert [f for f in lint(root) if f["severity"] == "error"] == []
    words.write_text(
        "activities: {}\nfacts:\n  boiler.fuel: {type: string, zh: 又, en: x}\n", "utf-8"
    )
    found = [f["what"] for f in lint(root)]
    assert "boiler.fuel is already known" in found


def test_a_folder_with_redrawn_zones_alone(copy):
    root = copy / "mine"
    root.mkdir()
    text = (DOCS / "tutorial" / "official" / "zones.geojson").read_text(encoding="utf-8")
    (root / "zones.geojson").write_text(text, encoding="utf-8")
    (first, *_) = lint(root)  # the shipped catalogue has no Yangli
    assert (first["file"], first["line"], first["record"]) == ("zones.geojson", 2, "yl-old-town")
    assert first["what"] == "the zone is new and has no name"
    assert run(f"zonerules lint {root}").startswith(
        "错误：zones.geojson:2：yl-old-town：这是新区域，但没有 name"
    )
    known = text.replace("yl-old-town", "gc-nrmm-ban")
    (root / "zones.geojson").write_text(known, encoding="utf-8")
    (only,) = lint(root)
    assert (only["file"], only["line"], only["record"]) == ("zones.geojson", 2, "gc-nrmm-ban")
    assert only["what"] == "it lies wholly outside zz-city"
    # near the edge of the city and across it: what only a geometry library sees
    (root / "zones.geojson").write_text(across(known), encoding="utf-8")
    (only,) = lint(root)
    assert (only["line"], only["record"]) == (4, "gc-nrmm-ban")
    assert only["what"].startswith("extent reaches out of zz-city (from about ")


def across(text):
    """The three rectangles around Yangli moved onto the eastern tip of the city of Zhengzhou."""
    city = load()["units"]["410100"]["shapes"]["extent"]["coordinates"]
    east, north = max(place for polygon in city for place in polygon[0])
    features = json.loads(text)
    for feature in features["features"]:
        ring = feature["geometry"]["coordinates"][0]
        ring[:] = [[lon - 99.9925 + east, lat - 40.9975 + north] for lon, lat in ring]
    return json.dumps(features).replace('{"type": "Feature",', '\n{"type": "Feature",')


def test_nothing_to_check(copy, capsys):
    assert main(["lint", str(copy / "docs")]) == 2
    assert "neither documents/ nor zones.geojson" in capsys.readouterr().err


def test_a_shape_that_the_overlay_brings_need_not_be_drawn_a_second_time(copy):
    """A folder whose only shapes are those of `zonerules overlay add`."""
    root = copy / "docs" / "tutorial" / "example-city"
    drawn = root / "geojson" / "zones" / "yangli-2024-1.geojson"
    text = drawn.read_text(encoding="utf-8")
    shutil.rmtree(root / "geojson")
    bare = {f["record"] for f in lint(root) if f["what"] == "the zone has no nominal shape"}
    assert bare == {"yl-city", "yl-ban"}
    (root / "zones.geojson").write_text(text, encoding="utf-8")
    assert [f for f in lint(root) if f["severity"] == "error"] == []
