"""Check that every Qt name the plugin uses exists in PyQt6.

Reads the type stubs inside the PyQt6 wheel, so nothing of Qt 6 is imported: a process that already
holds Qt 5 stays safe, and the wheel can be installed without its libraries
(``pip install --no-deps PyQt6``). What is checked: names imported from ``qgis.PyQt`` and every
dotted chain that starts at one, such as ``Qt.DockWidgetArea.RightDockWidgetArea``, inherited names
included. What is not: methods called on objects, QGIS's own names, behaviour.
A line that only ever runs on Qt 5 says so with the comment ``# qt5 only``.

Run as ``python packaging/qt6check.py [FOLDER …]``; the exit status is 1 when a name is missing.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
QT5_ONLY = "# qt5 only"
SIGNATURE = re.compile(r"^( *def \w+)\(.*: \.\.\.$", re.MULTILINE)
# QGIS itself serves these at their Qt 5 place when it stands on Qt 6
MOVED = {
    ("QtWidgets", "QAction"): "QtGui",
    ("QtWidgets", "QActionGroup"): "QtGui",
    ("QtWidgets", "QShortcut"): "QtGui",
}
# sip and the enum module give these to every class; the stubs do not spell them out
ALWAYS = {"__name__", "__members__", "__doc__", "__init__", "mro"}


class Found(NamedTuple):
    """One use of a Qt name: where, how it is spelt, and the module it comes from."""

    file: Path
    line: int
    chain: tuple[str, ...]
    module: str


class Report(NamedTuple):
    """``seen`` is the number of names looked up, ``bad`` those that PyQt6 does not have."""

    seen: int
    bad: list[str]


def stub_folder() -> Path:
    """Return the folder of PyQt6's stubs; raises FileNotFoundError when it is not installed."""
    spec = importlib.util.find_spec("PyQt6")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder is None or not (folder / "QtCore.pyi").is_file():
        raise FileNotFoundError("PyQt6's stubs are missing: pip install --no-deps PyQt6")
    return folder


@cache
def _members(stub: Path) -> dict[str, ast.stmt]:
    # signatures are of no interest, and the generator writes some that no parser takes
    text = SIGNATURE.sub(r"\1(): ...", stub.read_text(encoding="utf-8"))
    return dict(_named(ast.parse(text, str(stub)).body))


def _named(body: list[ast.stmt]) -> Iterator[tuple[str, ast.stmt]]:
    for node in body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            yield node.name, node
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node


def _dotted(node: ast.expr) -> list[str]:
    """Return ``["QtCore", "QObject"]`` for ``QtCore.QObject``, empty for anything but names."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return [node.id, *reversed(parts)] if isinstance(node, ast.Name) else []


def _find(folder: Path, module: str, chain: list[str]) -> tuple[str, ast.stmt | None]:
    """Follow ``chain`` from ``module``; the module of the result comes back with it."""
    node = _members(folder / f"{module}.pyi").get(chain[0])
    for name in chain[1:]:
        if not isinstance(node, ast.ClassDef):
            return module, node  # below a value or a function the stubs say no more
        module, node = _attribute(folder, module, node, name)
        if node is None:
            break
    return module, node


def _attribute(
    folder: Path, module: str, owner: ast.ClassDef, name: str
) -> tuple[str, ast.stmt | None]:
    own = dict(_named(owner.body))
    if name in own:
        return module, own[name]
    if name in ALWAYS:
        return module, owner
    for base in owner.bases:
        path = _dotted(base)
        if path[:1] == ["PyQt6"]:
            path = path[1:]
        home = module
        if len(path) > 1 and (folder / f"{path[0]}.pyi").is_file():
            home, path = path[0], path[1:]
        if not path or not (folder / f"{home}.pyi").is_file():
            continue
        home, parent = _find(folder, home, path)
        if isinstance(parent, ast.ClassDef):
            found = _attribute(folder, home, parent, name)
            if found[1] is not None:
                return found
    return module, None


def uses(file: Path) -> Iterator[Found]:
    """Yield every Qt name that one source file imports or reaches through a dotted chain."""
    source = file.read_text(encoding="utf-8")
    skipped = {n for n, line in enumerate(source.splitlines(), 1) if QT5_ONLY in line}
    tree = ast.parse(source, str(file))
    names: dict[str, tuple[str, tuple[str, ...]]] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or node.level or node.lineno in skipped:
            continue
        parts = (node.module or "").split(".")
        if parts[:2] != ["qgis", "PyQt"]:
            continue
        for alias in node.names:
            spelt = alias.asname or alias.name
            if len(parts) == 2:
                names[spelt] = (alias.name, ())
            else:
                module = MOVED.get((parts[2], alias.name), parts[2])
                names[spelt] = (module, (alias.name,))
                yield Found(file, node.lineno, (alias.name,), module)
    inner = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in inner:
            chain = _dotted(node)
            if chain and chain[0] in names and node.lineno not in skipped:
                module, start = names[chain[0]]
                full = (*start, *chain[1:])
                yield Found(file, node.lineno, full, MOVED.get((module, full[0]), module))


def check(folders: list[Path]) -> Report:
    """Look up every Qt name used under ``folders``; raises FileNotFoundError without PyQt6."""
    stubs = stub_folder()
    seen, bad = 0, []
    for file in sorted(file for folder in folders for file in folder.rglob("*.py")):
        for use in uses(file):
            seen += 1
            known = (stubs / f"{use.module}.pyi").is_file()
            if not known or _find(stubs, use.module, list(use.chain))[1] is None:
                bad.append(f"{use.file}:{use.line}: {use.module}.{'.'.join(use.chain)}")
    return Report(seen, bad)


def main(arguments: list[str]) -> int:
    report = check([Path(a) for a in arguments] or [ROOT / "plugin"])
    for line in report.bad:
        print(line)
    print(f"{report.seen} Qt names, {len(report.bad)} unknown to PyQt6")
    return 1 if report.bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
