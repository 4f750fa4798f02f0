"""Finds the compiled catalogue, makes sure that it is sound, and lays the user's overlay over it.

An installed package carries catalogue.json. In a checkout the sources may have changed since, so
their fingerprint decides: the catalogue comes from the user's cache or is compiled anew. Standard
library only, unless something has to be compiled.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from pathlib import Path
from typing import Any

from .errors import CatalogueError, CatalogueErrors
from .fingerprint import fingerprint
from .overlay import merge
from .shapes import fault
from .store import CODE, cache_folder, compiler_key, keep, read

__all__ = ["PACKAGE", "CatalogueError", "CatalogueErrors", "load", "shipped"]

PACKAGE = Path(__file__).resolve().parents[2]
COMPILED = "catalogue.json"
PROVENANCE = "geojson/provenance.json"


def load(
    data: str | Path | None = None, *, root: Path | None = None, golden: bool = True
) -> dict[str, Any]:
    """The catalogue as a fresh dict, with the overlay folder ``data`` merged in.

    ``data``: the folder, else the one that ZONERULES_DATA names, else none. ``root``: the folder
    of the package, for tests. ``golden``: with the cases, which take as long to parse as all else.
    Shapes are MultiPolygons in WGS84 lon/lat. A zone whose shape cannot
    be trusted has "failed": true and no shape, and ``failed`` says why.

    Raises :class:`CatalogueError` when there is no readable catalogue, when the sources of a
    checkout are wrong, or when the overlay folder or a document in it cannot be read.
    """
    catalogue = shipped(root, golden=golden)
    home = Path(root) if root is not None else PACKAGE
    folder = data if data else os.environ.get("ZONERULES_DATA")
    return merge(catalogue, Path(folder), home=home) if folder else catalogue


def shipped(root: Path | None = None, *, golden: bool = True) -> dict[str, Any]:
    """As :func:`load`, without any overlay whatever ZONERULES_DATA names."""
    home = Path(root) if root is not None else PACKAGE
    catalogue = (
        _from_sources(home, golden=golden) if _is_checkout(home) else _installed(home, golden)
    )
    _verify(catalogue)
    if not golden:
        catalogue["golden"] = []  # one that was compiled just now has them
    return catalogue


def _is_checkout(home: Path) -> bool:
    return (home / "pyproject.toml").is_file() and (home / "documents").is_dir()


def _installed(home: Path, golden: bool) -> dict[str, Any]:
    """The compiled file of an installed package, rebuilt when it is damaged."""
    try:
        return read(home / COMPILED, golden=golden)
    except CatalogueError as damage:
        if not (home / "documents").is_dir():
            raise
        try:
            return _from_sources(home, f"catalogue rebuilt: {damage}")
        except ImportError as missing:
            raise CatalogueError(
                f"{damage.problem}, and {missing.name} is not there to rebuild it",
                file=COMPILED,
                expected="the package installed again, or PyYAML and jsonschema installed",
            ) from damage


def _from_sources(home: Path, notice: str | None = None, *, golden: bool = True) -> dict[str, Any]:
    """The catalogue of documents/ and geojson/ as they are now: cached, or compiled and cached.

    Raises ImportError when it has to be compiled and cannot be.
    """
    now = fingerprint(home)
    # provenance.json decides which layers are trusted and is no source of the fingerprint
    name = f"catalogue-{compiler_key(now, _digest(home / PROVENANCE))}.json"
    for candidate in (cache_folder() / name, *_compiled_here(home)):
        with contextlib.suppress(CatalogueError):  # not there or damaged: try the next
            found = read(candidate, golden=golden)
            if found.get("fingerprint") == now:
                return found
    try:
        from .compile import compile_catalogue

        catalogue = compile_catalogue(home, tolerant=True)
    except ImportError as missing:
        return _unchanged(home, now, missing)
    print(notice or "catalogue compiled from its sources", file=sys.stderr)
    keep(name, catalogue)
    return catalogue


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "absent"


def _compiled_here(home: Path) -> list[Path]:
    """The compiled file of a checkout, unless compiler or provenance are younger than it."""
    compiled = home / COMPILED
    code = [*CODE.glob("*.py"), *CODE.glob("schemas/*.json"), home / PROVENANCE]
    try:
        made = compiled.stat().st_mtime
        return [compiled] if all(path.stat().st_mtime <= made for path in code) else []
    except OSError:
        return []


def _unchanged(home: Path, now: str, missing: ImportError) -> dict[str, Any]:
    """The compiled file of a checkout without a compiler, if it is that of these very sources."""
    try:
        beside = read(home / COMPILED)
    except CatalogueError:
        beside = {}
    if beside.get("fingerprint") == now:
        return beside
    if not _is_checkout(home):
        raise missing
    raise CatalogueError(
        f"the sources have changed, and {missing.name} is not there to compile them",
        file=COMPILED,
        expected="PyYAML and jsonschema installed",
    ) from missing


def _verify(catalogue: dict[str, Any]) -> None:
    """Take away shapes that no point could be located in, and tell which zones lose theirs."""
    holders: dict[str, list[str]] = {}
    for zone_id, zone in catalogue["zones"].items():
        if "unit" in zone:
            holders.setdefault(zone["unit"], []).append(zone_id)
        problem = _shapes_fault(zone["shapes"]) if "shapes" in zone else None
        if problem:
            del zone["shapes"]
            _fail(catalogue, [zone_id], f"zone {zone_id}: {problem}")
    for code, unit in catalogue["units"].items():
        problem = _shapes_fault(unit.get("shapes"))
        if problem:
            unit.pop("shapes", None)
            _fail(catalogue, holders.get(code, []), f"unit {code}: {problem}")
    for code in holders.keys() - catalogue["units"].keys():
        lost = [z for z in holders[code] if not catalogue["zones"][z].get("failed")]
        if lost:
            _fail(catalogue, lost, f"unit {code} is missing")


def _shapes_fault(shapes: Any) -> str | None:
    if not isinstance(shapes, dict) or "nominal" not in shapes:
        return "there is no nominal shape"
    for role, geometry in shapes.items():
        problem = fault(geometry, may_be_empty=role == "core")
        if problem:
            return f"{role}: {problem}"
    return None


def _fail(catalogue: dict[str, Any], zones: list[str], problem: str) -> None:
    catalogue["failed"].append({"layer": COMPILED, "error": problem, "zones": zones})
    for zone_id in zones:
        catalogue["zones"][zone_id]["failed"] = True
