"""The house rules: which room may import what, and how big a module may grow.

Read from the syntax tree, so that a forbidden import is found even where no test runs.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("layers", "rules", "jobs", "plugin")
ARROWS = {
    "layers": {"layers"},
    "rules": {"rules"},
    "jobs": {"layers", "rules", "jobs"},
    "plugin": set(ROOMS),
}
# these run in a stock QGIS, and make `zonerules at` quick
STANDARD_LIBRARY_ONLY = (
    "rules/*.py",
    "layers/point.py",
    "layers/datum.py",
    "layers/gauss.py",
    "layers/gazetteer.py",
    "layers/counties.py",
    "jobs/address/*.py",
    "layers/catalogue/load.py",
    "layers/catalogue/overlay.py",
    "jobs/answer.py",
    "jobs/told.py",
    "jobs/outline.py",
    "jobs/points.py",
    "jobs/digest.py",
    "jobs/find/rulecells.py",
    "jobs/find/reading.py",
    "jobs/phrasing.py",
    "jobs/find/matching.py",
    "jobs/find/lookup.py",
    "jobs/coordinates.py",
    "jobs/brief.py",
    "jobs/open.py",
    "jobs/banned/*.py",
    "jobs/report/[abcdelwy]*.py",
    "jobs/report/pl*.py",
    "jobs/report/polygons.py",
    "jobs/report/shapes.py",
    "jobs/shape/[!c]*.py",
    "jobs/shape/corners.py",
    "layers/measure.py",
    "layers/parts.py",
    "layers/words/*.py",
    "layers/draft/names.py",
)
HEAVY = (
    "folium",
    "geopandas",
    "jsonschema",
    "numpy",
    "openpyxl",
    "pandas",
    "pyarrow",
    "pyogrio",
    "pyproj",
    "qgis",
    "rich",
    "shapely",
    "typer",
    "yaml",
)


class Import(NamedTuple):
    """One import: ``level`` counts the dots, ``at_load`` is false inside a function."""

    line: int
    level: int
    module: str
    names: tuple[str, ...]
    at_load: bool

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]


def imports(file: Path) -> Iterator[Import]:
    tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    yield from _imports(tree, at_load=True)


def _imports(parent: ast.AST, at_load: bool) -> Iterator[Import]:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(node.lineno, 0, alias.name, (), at_load)
        elif isinstance(node, ast.ImportFrom):
            names = tuple(alias.name for alias in node.names)
            yield Import(node.lineno, node.level, node.module or "", names, at_load)
        elif isinstance(node, ast.If) and _type_checking(node.test):
            for part in node.body:
                yield from _imports(ast.Module([part], []), at_load=False)
            for part in node.orelse:
                yield from _imports(ast.Module([part], []), at_load)
        else:
            inside = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            yield from _imports(node, at_load and not inside)


def _type_checking(test: ast.expr) -> bool:
    return "TYPE_CHECKING" in {getattr(test, "id", None), getattr(test, "attr", None)}


def room_files(*rooms: str) -> list[Path]:
    return sorted(file for room in rooms for file in (ROOT / room).rglob("*.py"))


def package_files() -> list[Path]:
    return [ROOT / "__init__.py", ROOT / "__main__.py", *room_files(*ROOMS)]


def label(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def goals(file: Path, found: Import) -> list[str]:
    """Return what a relative import reaches, as dotted paths below the package."""
    folder = file.relative_to(ROOT).parent.parts
    base = folder[: len(folder) - (found.level - 1)]
    if found.module:
        return [".".join((*base, found.module))]
    return [".".join((*base, name)) for name in found.names]


def test_the_reader_of_imports_sees_every_kind(tmp_path: Path) -> None:
    file = tmp_path / "sample.py"
    file.write_text(
        "import a.b\nfrom .c import d\ntry:\n    import e\nexcept ImportError:\n    pass\n"
        "def f():\n    from .. import g\nif TYPE_CHECKING:\n    import h\nelse:\n    import i\n"
        "class K:\n    import l\n"
    )
    found = [(i.level, i.module, i.names, i.at_load) for i in imports(file)]
    assert found == [
        (0, "a.b", (), True),
        (1, "c", ("d",), True),
        (0, "e", (), True),
        (2, "", ("g",), False),
        (0, "h", (), False),
        (0, "i", (), True),
        (0, "l", (), True),
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_imports_follow_the_arrows(room: str) -> None:
    wrong = []
    for file in room_files(room):
        for found in imports(file):
            if not found.level:
                continue
            for goal in goals(file, found):
                top = goal.partition(".")[0]
                outward = top in ROOMS and top not in ARROWS[room]
                if outward or (top not in ROOMS and top != "__version__"):
                    wrong.append(f"{label(file)}:{found.line}: {goal}")
    assert wrong == []


def test_imports_inside_the_package_are_relative() -> None:
    wrong = [
        f"{label(file)}:{found.line}: {found.module}"
        for file in package_files()
        for found in imports(file)
        if not found.level and found.top in {"zonerules", *ROOMS, "documents", "geojson", "styles"}
    ]
    assert wrong == []


def test_only_the_plugin_imports_qgis() -> None:
    outside = [ROOT / "__init__.py", ROOT / "__main__.py", *room_files("layers", "rules", "jobs")]
    wrong = [
        f"{label(file)}:{found.line}: {found.module}"
        for file in outside
        for found in imports(file)
        if not found.level and found.top in {"qgis", "PyQt5", "PyQt6", "processing"}
    ]
    assert wrong == []


@pytest.mark.skipif(sys.version_info < (3, 10), reason="sys.stdlib_module_names came with 3.10")
@pytest.mark.parametrize("pattern", STANDARD_LIBRARY_ONLY)
def test_some_modules_import_the_standard_library_only(pattern: str) -> None:
    files = sorted(ROOT.glob(pattern))
    assert files, f"nothing matches {pattern}"
    wrong = []
    for file in files:
        for found in imports(file):
            allowed = found.level or found.top in sys.stdlib_module_names
            # arrays handed to a conversion of coordinates come back as arrays
            lazily = (
                file.name in ("datum.py", "gauss.py") and found.top == "numpy" and not found.at_load
            )
            if not (allowed or lazily):
                wrong.append(f"{label(file)}:{found.line}: {found.module}")
    assert wrong == []


def modules_loaded_by(statement: str) -> set[str]:
    """Run ``statement`` in a process of its own and return the modules it added."""
    code = (
        "import sys; before = set(sys.modules)\n"
        f"{statement}\n"
        "print('\\n'.join(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_else() -> None:
    loaded = modules_loaded_by("import zonerules")
    # an editable install may bring its finder's own modules along
    ours = {name for name in loaded if name.startswith("zonerules")}
    assert ours == {"zonerules"}
    assert not loaded & set(HEAVY)


def test_what_the_dock_needs_loads_nothing_heavy() -> None:
    loaded = modules_loaded_by(
        "import zonerules.jobs.answer, zonerules.jobs.digest, zonerules.jobs.open\n"
        "import zonerules.layers.point, zonerules.layers.datum, zonerules.layers.catalogue.load\n"
        "zonerules.open().at(113.69, 34.735, date='2017-11-20')"
    )
    assert "zonerules.rules.evaluate" in loaded
    assert {name.partition(".")[0] for name in loaded} & set(HEAVY) == set()


def test_modules_stay_small() -> None:
    sizes = {
        label(file): len(file.read_text(encoding="utf-8").splitlines())
        for file in [*package_files(), *(ROOT / "packaging").glob("*.py")]
    }
    assert {name: size for name, size in sizes.items() if size > 400} == {}


@pytest.mark.parametrize("room", [*ROOMS, "layers/catalogue", "layers/build"])
def test_a_room_says_what_belongs_in_it_and_holds_no_code(room: str) -> None:
    tree = ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8"))
    text = (ast.get_docstring(tree) or "").lower()
    assert "belong" in text
    assert "not belong" in text or "what does not" in text
    assert 2 <= len(text.split("\n\n")) <= 3, "a title and a paragraph"
    code = [node for node in tree.body[1:] if not isinstance(node, ast.ImportFrom)]
    assert {type(node) for node in code} <= {ast.AnnAssign}, "nothing but __all__"
    assert {found.module for found in imports(ROOT / room / "__init__.py")} <= {"__future__"}


def test_data_folders_are_no_packages() -> None:
    for folder in ("documents", "geojson", "styles"):
        assert not list((ROOT / folder).rglob("*.py")), folder


def test_the_root_holds_no_stray_module() -> None:
    assert {file.name for file in ROOT.glob("*.py")} == {"__init__.py", "__main__.py"}
