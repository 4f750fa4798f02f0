"""Where the catalogue comes from: installed file, checkout, cache; and what if they are damaged."""

from __future__ import annotations

import builtins
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from zonerules.layers.catalogue import store
from zonerules.layers.catalogue.compile import compile_catalogue, write_catalogue
from zonerules.layers.catalogue.load import CatalogueError, load

RECOMPILED = "catalogue compiled from its sources\n"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("ZONERULES_CACHE", str(folder))
    monkeypatch.delenv("ZONERULES_DATA", raising=False)
    return folder


@pytest.fixture
def installed(tree):
    """The tree as an installed package: sources, catalogue.json, no pyproject.toml."""
    write_catalogue(tree.root, tree.root / "catalogue.json")
    return tree


@pytest.fixture
def checkout(tree):
    (tree.root / "pyproject.toml").write_text("", encoding="utf-8")
    return tree


@pytest.fixture
def without_yaml(monkeypatch):
    """A Python without PyYAML, such as that of some QGIS."""
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name == "yaml" or name.startswith("yaml."):
            raise ImportError("No module named 'yaml'", name="yaml")
        return real(name, *args, **kwargs)

    for name in [name for name in sys.modules if name == "yaml" or name.startswith("yaml.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", refuse)


# --- an installed package -----------------------------------------------------------------------


def test_installed_file_is_taken_as_it_is(installed, cache, capsys):
    assert load(root=installed.root) == compile_catalogue(installed.root)
    assert not cache.exists()
    assert capsys.readouterr().err == ""


def test_installed_file_is_not_compared_with_the_sources(installed):
    installed.edit("rules", "le: 10}", "le: 11}")
    assert load(root=installed.root)["rules"][0]["when"]["all"][1]["le"] == 10


def test_result_is_fresh(installed):
    load(root=installed.root)["zones"].clear()
    assert load(root=installed.root)["zones"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: "[]",
        lambda text: text.replace("zonerules/catalogue/1", "zonerules/catalogue/0"),
        lambda text: '{"schema": "zonerules/catalogue/1"}',
        lambda text: "[" * 100_000,
    ],
)
def test_damaged_installed_file_is_rebuilt(installed, cache, capsys, damage):
    path = installed.root / "catalogue.json"
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert len(load(root=installed.root)["rules"]) == 4
    assert capsys.readouterr().err.startswith("catalogue rebuilt: catalogue.json: is ")
    assert load(root=installed.root)["zones"]  # the second time from the cache
    assert capsys.readouterr().err == ""


def test_damaged_and_no_compiler(installed, without_yaml):
    (installed.root / "catalogue.json").write_text("{", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load(root=installed.root)
    assert caught.value.file == "catalogue.json"
    assert caught.value.problem == "is damaged, and yaml is not there to rebuild it"
    assert "PyYAML and jsonschema" in caught.value.expected


def test_nothing_there(tmp_path):
    with pytest.raises(CatalogueError, match=r"^catalogue.json: cannot be read"):
        load(root=tmp_path)


# --- a checkout ---------------------------------------------------------------------------------


def test_checkout_compiles_once(checkout, cache, capsys):
    first = load(root=checkout.root)
    assert capsys.readouterr().err == RECOMPILED
    assert first == compile_catalogue(checkout.root)
    assert load(root=checkout.root) == first
    assert capsys.readouterr().err == ""
    assert [path.name[:10] for path in cache.iterdir()] == ["catalogue-"]


def test_stale_cache(checkout, capsys):
    load(root=checkout.root)
    checkout.edit("rules", "le: 10}", "le: 11}")
    capsys.readouterr()
    assert load(root=checkout.root)["rules"][0]["when"]["all"][1]["le"] == 11
    assert capsys.readouterr().err == RECOMPILED


def test_stale_file_beside_the_package_is_not_used(checkout):
    write_catalogue(checkout.root, checkout.root / "catalogue.json")
    checkout.edit("rules", "le: 10}", "le: 11}")
    assert load(root=checkout.root)["rules"][0]["when"]["all"][1]["le"] == 11


def test_catalogue_of_another_compiler_is_not_used(checkout, monkeypatch, capsys):
    load(root=checkout.root)
    code = checkout.root / "code"
    code.mkdir()
    (code / "compile.py").write_text("changed", encoding="utf-8")
    monkeypatch.setattr(store, "CODE", code)
    capsys.readouterr()
    load(root=checkout.root)
    assert capsys.readouterr().err == RECOMPILED


@pytest.mark.parametrize("content", ["", "{", '{"schema": "zonerules/catalogue/1"}', "\x00"])
def test_corrupt_cache(checkout, cache, capsys, content):
    first = load(root=checkout.root)
    (path,) = cache.iterdir()
    path.write_text(content, encoding="utf-8")
    capsys.readouterr()
    assert load(root=checkout.root) == first
    assert capsys.readouterr().err == RECOMPILED
    assert load(root=checkout.root) == first
    assert capsys.readouterr().err == ""


def test_cache_that_says_another_fingerprint(checkout, cache, capsys):
    load(root=checkout.root)
    (path,) = cache.iterdir()
    other = json.loads(path.read_text(encoding="utf-8"))
    other["fingerprint"] = "sha256:0"
    path.write_text(json.dumps(other), encoding="utf-8")
    capsys.readouterr()
    assert load(root=checkout.root)["fingerprint"] != "sha256:0"
    assert capsys.readouterr().err == RECOMPILED


def test_cache_that_cannot_be_written(checkout, tmp_path, monkeypatch):
    # a file where the folder should be: fails for root too, who may write everywhere
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("ZONERULES_CACHE", str(tmp_path / "file" / "cache"))
    assert len(load(root=checkout.root)["rules"]) == 4


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_read_only_cache(checkout, cache):
    cache.mkdir()
    cache.chmod(0o500)
    assert len(load(root=checkout.root)["rules"]) == 4


def test_old_catalogues_do_not_pile_up(checkout, cache):
    for figure in range(11, 22):
        checkout.edit("rules", f"le: {figure - 1}}}", f"le: {figure}}}")
        load(root=checkout.root)
    assert 1 < len(list(cache.iterdir())) <= 6


def test_broken_shapes_do_not_stop_a_checkout(checkout):
    checkout.write(checkout.UNITS, "{")
    catalogue = load(root=checkout.root)
    assert catalogue["zones"]["tw-town"]["failed"] is True
    assert catalogue["failed"][0]["layer"] == checkout.UNITS


def test_wrong_rules_stop_a_checkout_with_file_and_line(checkout):
    line = checkout.edit("rules", "kind: prohibition", "kind: ban")
    with pytest.raises(CatalogueError) as caught:
        load(root=checkout.root)
    assert (caught.value.line, caught.value.record) == (line, "TW-1")


def test_checkout_without_compiler_takes_the_file_of_the_same_sources(checkout, without_yaml):
    with pytest.raises(CatalogueError) as caught:
        load(root=checkout.root)
    assert caught.value.problem == (
        "the sources have changed, and yaml is not there to compile them"
    )


def test_checkout_without_compiler_and_unchanged_sources(checkout, request):
    write_catalogue(checkout.root, checkout.root / "catalogue.json")
    request.getfixturevalue("without_yaml")
    assert len(load(root=checkout.root)["rules"]) == 4
    checkout.edit("rules", "le: 10}", "le: 11}")
    with pytest.raises(CatalogueError, match="the sources have changed"):
        load(root=checkout.root)


# --- shapes are checked whatever the file says --------------------------------------------------


def spoil(tree, change):
    path = tree.root / "catalogue.json"
    catalogue = json.loads(path.read_text(encoding="utf-8"))
    change(catalogue)
    path.write_text(json.dumps(catalogue), encoding="utf-8")
    return load(root=tree.root)


@pytest.mark.parametrize(
    ("ring", "problem"),
    [
        ([[113, 34], [114, 34], [114, 35], [113, 35]], "a ring is not closed"),
        ([[113, 34], [114, 34], [113, 34]], "a ring has fewer than four positions"),
        ([[113, 34], [114, 95], [114, 35], [113, 34]], "is outside lon ±180, lat ±90"),
        ([[113, 34], [114, float("nan")], [114, 35], [113, 34]], "is outside"),
        ([[float("inf"), 34], [114, 34], [114, 35], [float("inf"), 34]], "is outside"),
        ([[113], [114, 34], [114, 35], [113]], "is not [lon, lat]"),
        ([["113", 34], [114, 34], [114, 35], ["113", 34]], "is not [lon, lat]"),
        ("ring", "a ring has fewer than four positions"),
    ],
)
def test_insane_shape_fails_its_zone(installed, ring, problem):
    def change(catalogue):
        catalogue["zones"]["tw-ban"]["shapes"]["core"]["coordinates"] = [[ring]]

    catalogue = spoil(installed, change)
    ban = catalogue["zones"]["tw-ban"]
    assert ban["failed"] is True
    assert "shapes" not in ban
    (entry,) = catalogue["failed"]
    assert entry["layer"] == "catalogue.json"
    assert entry["zones"] == ["tw-ban"]
    assert entry["error"].startswith("zone tw-ban: core: ")
    assert problem in entry["error"]
    assert "failed" not in catalogue["zones"]["tw-town"]


def test_insane_unit_fails_the_zones_that_take_its_shape(installed):
    def change(catalogue):
        del catalogue["units"]["410104"]["shapes"]["nominal"]

    catalogue = spoil(installed, change)
    assert catalogue["zones"]["tw-town"]["failed"] is True
    assert catalogue["failed"][0]["error"] == "unit 410104: there is no nominal shape"


def test_missing_unit(installed):
    catalogue = spoil(installed, lambda c: c["units"].clear())
    assert catalogue["zones"]["tw-town"]["failed"] is True


# --- what it needs ------------------------------------------------------------------------------


def test_loading_needs_the_standard_library_only(installed):
    """A process that may import nothing else loads an installed catalogue."""
    package = Path(__file__).resolve().parents[2]
    program = f"""
import importlib.util, sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        if top not in sys.stdlib_module_names and top != "zonerules":
            raise AssertionError("imports " + name)
sys.meta_path.insert(0, Refuse())
spec = importlib.util.spec_from_file_location(
    "zonerules", {str(package / "__init__.py")!r}, submodule_search_locations=[{str(package)!r}])
module = importlib.util.module_from_spec(spec)
sys.modules["zonerules"] = module
spec.loader.exec_module(module)
from pathlib import Path
from zonerules.layers.catalogue.load import load
print(len(load(root=Path({str(installed.root)!r}))["rules"]))
"""
    if sys.version_info < (3, 10):
        pytest.skip("stdlib_module_names is new in 3.10")
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-S", "-c", program], capture_output=True, text=True, env=environment
    )
    assert (done.returncode, done.stdout.strip()) == (0, "4"), done.stderr


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/zonerules"),
        ("linux", {}, "/home/u/.cache/zonerules"),
        ("darwin", {}, "/home/u/Library/Caches/zonerules"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/zonerules"),
    ],
)
def test_cache_folder(monkeypatch, platform, variables, expected):
    for name in ("ZONERULES_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", staticmethod(lambda: Path("/home/u")))
    assert store.cache_folder() == Path(expected)


def test_data_folder_from_the_environment(installed, tmp_path, monkeypatch):
    overlay = tmp_path / "mine"
    overlay.mkdir()
    monkeypatch.setenv("ZONERULES_DATA", str(overlay))
    assert load(root=installed.root)["overlay"] == {"path": str(overlay), "zones": 0}
    monkeypatch.setenv("ZONERULES_DATA", "")
    assert "overlay" not in load(root=installed.root)


def test_argument_wins_over_the_environment(installed, tmp_path, monkeypatch):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    monkeypatch.setenv("ZONERULES_DATA", str(tmp_path / "one"))
    loaded = load(tmp_path / "two", root=installed.root)
    assert loaded["overlay"]["path"] == str(tmp_path / "two")


def test_data_folder_that_is_not_there(installed, tmp_path):
    with pytest.raises(CatalogueError, match="none: is no folder; expected an overlay folder"):
        load(tmp_path / "none", root=installed.root)


def test_cases_are_left_out_also_when_the_catalogue_was_just_compiled(checkout, capsys):
    first = load(root=checkout.root, golden=False)
    assert capsys.readouterr().err == RECOMPILED
    assert first["golden"] == load(root=checkout.root, golden=False)["golden"] == []
    assert load(root=checkout.root)["golden"]  # what is kept has them
