"""What is shipped: the wheel, the sdist and the plugin zip, built from a copy of this tree."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

import zonerules

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("layers", "rules", "jobs", "plugin")
NOT_SHIPPED = {"zonerules.layers.build"}
# in both; the zip has LICENSE at the top, the wheel among its metadata
MEMBERS = {
    "__init__.py",
    "CHANGELOG.md",
    "catalogue.json",
    "metadata.txt",
    "documents/vocabulary.yaml",
    "documents/guanzheng-2017-98/document.yaml",
    "documents/guanzheng-2017-98/rules.yaml",
    "geojson/provenance.json",
    "geojson/units.geojson",
    "geojson/zones/guanzheng-2017-98.geojson",
    "jobs/answer.py",
    "jobs/cli/__init__.py",
    "layers/gazetteer.py",
    "jobs/webmap/answer.mjs",
    "jobs/webmap/script.py",
    "plugin/extract/part.py",
    "plugin/webmap/part.py",
    "layers/point.mjs",
    "packaging/webassets.json",
    "webassets/leaflet.js",
    "layers/point.py",
    "places.json",
    "layers/catalogue/load.py",
    "plugin/main.py",
    "plugin/icons/zonerules.svg",
    "rules/evaluate.mjs",
    "rules/evaluate.py",
    "rules/tables.json",
}
UNWANTED = re.compile(
    r"(^|/)(tests|benchmarks|docs|packaging(?!/webassets\.json)|\.ci|\.venv|__pycache__|dev\.sh)(/|$)"
    r"|layers/build/|\.pyc$|pyproject\.toml$"
)


class Built(NamedTuple):
    """The copy of the tree and what was made from it."""

    tree: Path
    sdist: Path
    wheel: Path
    zips: list[Path]


def run(*command: object, cwd: Path, **extra: str) -> str:
    environment = {**os.environ, **extra}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    # the folder's name must not matter: not the package's, and not a Python name
    base = tmp_path_factory.mktemp("package")
    tree = base / "zone-rules.copy"
    listed = run("git", "ls-files", "-coz", "--exclude-standard", cwd=ROOT).split("\0")
    for name in listed:
        if name and (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    # as if the web map's libraries had been fetched for a release
    (tree / "webassets").mkdir()
    (tree / "webassets" / "leaflet.js").write_text("// leaflet\n")
    # leftovers that must not travel: a module of an earlier build, a stale catalogue
    (tree / "build" / "lib" / "zonerules" / "layers").mkdir(parents=True)
    (tree / "build" / "lib" / "zonerules" / "layers" / "renamed.py").write_text("")
    (tree / "catalogue.json").write_text("{}")
    run("git", "init", "-q", cwd=tree)
    run("git", "add", "-A", cwd=tree)
    # the sdist first, the wheel from the sdist: so the sdist is proven complete as well
    run(sys.executable, "-m", "build", "--no-isolation", "-o", base / "dist", ".", cwd=tree)
    (sdist,) = (base / "dist").glob("*.tar.gz")
    (wheel,) = (base / "dist").glob("*.whl")
    for folder in ("one", "two"):
        run(sys.executable, "packaging/make_zip.py", base / folder, cwd=tree)
    name = f"zonerules-{zonerules.__version__}.zip"
    return Built(tree, sdist, wheel, [base / "one" / name, base / "two" / name])


def members(archive: Path) -> set[str]:
    with zipfile.ZipFile(archive) as content:
        return set(content.namelist())


def inside(archive: Path) -> set[str]:
    return {name.partition("/")[2] for name in members(archive) if name.startswith("zonerules/")}


def folders_with_code() -> set[str]:
    found = {"zonerules"}
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            found.add("zonerules." + ".".join(file.relative_to(ROOT).parent.parts))
    return found


def test_pyproject_lists_every_folder_with_code() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(r"^packages = \[(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    assert block is not None
    listed = re.findall(r'"([\w.]+)"', block[1])
    assert listed == sorted(listed)
    assert set(listed) == folders_with_code() - NOT_SHIPPED


def test_every_folder_with_code_is_a_package() -> None:
    for name in folders_with_code():
        folder = ROOT.joinpath(*name.split(".")[1:])
        assert (folder / "__init__.py").is_file(), name


@pytest.mark.parametrize("kind", ["wheel", "zip"])
def test_required_members(built: Built, kind: str) -> None:
    archive = built.wheel if kind == "wheel" else built.zips[0]
    assert MEMBERS - inside(archive) == set()


@pytest.mark.parametrize("kind", ["wheel", "zip"])
def test_nothing_of_the_workshop_is_shipped(built: Built, kind: str) -> None:
    archive = built.wheel if kind == "wheel" else built.zips[0]
    assert sorted(name for name in members(archive) if UNWANTED.search(name)) == []
    assert not any(name.endswith("renamed.py") for name in members(archive))


def test_wheel_and_zip_hold_the_same_modules(built: Built) -> None:
    wheel = {name for name in inside(built.wheel) if name.endswith(".py")}
    plugin = {name for name in inside(built.zips[0]) if name.endswith(".py")}
    assert wheel - plugin == {"__main__.py"}  # QGIS has no use for it
    assert plugin - wheel == set()


def test_wheel_and_zip_hold_the_same_data(built: Built) -> None:
    def data(archive: Path) -> set[str]:
        return {name for name in inside(archive) if not name.endswith((".py", ".typed"))}

    # a plugin folder has no metadata directory: it carries these two itself
    assert data(built.wheel) == data(built.zips[0]) - {"LICENSE", "README.md"}


def test_wheel_tells_that_it_is_typed_and_its_licence(built: Built) -> None:
    assert "zonerules/py.typed" in members(built.wheel)
    assert any(name.endswith("licenses/LICENSE") for name in members(built.wheel))


def test_catalogue_is_compiled_afresh_and_the_same_everywhere(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel, zipfile.ZipFile(built.zips[0]) as plugin:
        first = wheel.read("zonerules/catalogue.json")
        second = plugin.read("zonerules/catalogue.json")
    assert first == second
    catalogue = json.loads(first)
    assert catalogue["schema"] == "zonerules/catalogue/1"
    assert catalogue["version"] == zonerules.__version__
    assert "guanzheng-2017-98" in catalogue["documents"]
    assert catalogue["failed"] == []


def test_zip_is_what_qgis_installs(built: Built) -> None:
    names = members(built.zips[0])
    assert {name.partition("/")[0] for name in names} == {"zonerules"}
    assert {"zonerules/metadata.txt", "zonerules/LICENSE", "zonerules/README.md"} <= names
    with zipfile.ZipFile(built.zips[0]) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(2020, 1, 1, 0, 0, 0)}


def test_two_zips_are_the_same_bytes(built: Built) -> None:
    first, second = (hashlib.sha256(path.read_bytes()).hexdigest() for path in built.zips)
    assert first == second


def test_zip_leaves_out_what_git_does_not_track(built: Built, tmp_path: Path) -> None:
    stray = built.tree / "layers" / "stray.py"
    stray.write_text("")
    try:
        run(sys.executable, "packaging/make_zip.py", tmp_path, cwd=built.tree)
    finally:
        stray.unlink()
    (made,) = tmp_path.glob("*.zip")
    assert made.read_bytes() == built.zips[0].read_bytes()


def test_zip_refuses_two_versions(built: Built, tmp_path: Path) -> None:
    metadata = built.tree / "metadata.txt"
    before = metadata.read_text(encoding="utf-8")
    metadata.write_text(before.replace("\nversion=", "\nversion=9"), encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "packaging/make_zip.py", str(tmp_path)],
            cwd=built.tree,
            capture_output=True,
            text=True,
        )
    finally:
        metadata.write_text(before, encoding="utf-8")
    assert done.returncode != 0
    assert f"version 9{zonerules.__version__}" in done.stderr


def test_building_leaves_no_folders_behind(built: Built) -> None:
    # python -m build works in the tree for the sdist, elsewhere for the wheel
    assert not (built.tree / "build").exists()
    assert not (built.tree / "zonerules.egg-info").exists()


def test_sdist_carries_its_own_build(built: Built) -> None:
    with tarfile.open(built.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"packaging/backend.py", "packaging/compile_first.py", "pyproject.toml"} <= names
    assert not any(name.startswith(("tests/", "layers/build/", "build/")) for name in names)


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel and nothing else; returns its folder of commands."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False)
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", commands / "python"]
    run(*pip, "install", "-q", "--no-deps", "--no-index", built.wheel, cwd=folder)
    return commands


def test_wheel_imports_without_any_dependency(installed: Path) -> None:
    code = (
        "import zonerules, zonerules.layers.catalogue.load as load\n"
        "print(zonerules.__version__, zonerules.__file__, len(load.load()['rules']))"
    )
    version, file, rules = run(installed / "python", "-c", code, cwd=installed).split()
    assert version == zonerules.__version__
    assert Path(file).is_relative_to(installed.parent)
    assert int(rules) > 50


def test_command_of_the_installed_wheel_answers(installed: Path) -> None:
    typer = pytest.importorskip("typer")
    # typer and what it needs, but not this tree: PYTHONPATH reads no .pth files
    borrowed = str(Path(typer.__file__).parents[1])
    out = run(
        installed / "zonerules",
        *("at", "113.69", "34.735", "--date", "2017-11-20", "--json"),
        *("--activity", "operate-non-road-machinery", "--fact", "machine.stage=1"),
        cwd=installed,
        PYTHONPATH=borrowed,
    )
    answer = json.loads(out)
    verdicts = {row["activity"]: row["verdict"] for row in answer["verdicts"]}
    assert verdicts["operate-non-road-machinery"] == "prohibited"
    assert answer["coverage"]["documents"] == ["guanzheng-2017-98"]
