"""What changed between two catalogues: documents, zones, rules, sources, and who is affected.

Shapes are compared with shapely and pyproj, imported only where two shapes differ.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ...layers.catalogue.errors import CatalogueError
from ...layers.catalogue.load import load
from ...layers.catalogue.shapes import fault
from ...layers.catalogue.store import read
from ..exchange.tables import ROLES, shapes_of
from ..told import bad_input
from .sources import affected

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = "zonerules/diff/1"
RECORDS = ("documents", "zones", "rules", "sources", "targets", "lines", "activities", "facts")
# expressions are one thing: half of a condition says nothing
_WHOLE = ("when", "keep", "where", "derived")
# told by their own comparison, derived from other fields, or marks of the loader
_HIDDEN = {"zones": ("shapes", "cite", "overlay"), "rules": ("cite",), "targets": ("cite",)}


def read_side(path: Path) -> dict[str, Any]:
    """One of the two catalogues, with "path" added.

    `path`: a compiled catalogue (JSON), an overlay folder (laid over the shipped catalogue), or a
    folder with documents/ and geojson/. Raises BadInput or CatalogueError.
    """
    if path.is_file():
        catalogue = _checked(read(path), path)
    elif not path.is_dir():
        raise bad_input(f"{path}", "no such file or folder", "没有这个文件或文件夹")
    elif (path / "zones.geojson").is_file() or _adds(path):
        catalogue = load(path)
    elif (path / "documents").is_dir():
        catalogue = _compiled(path)
    else:
        raise bad_input(
            f"{path}",
            "holds no catalogue; expected zones.geojson or documents/ in the folder",
            "里面没有规则库，应有 zones.geojson 或 documents/",
        )
    return {**catalogue, "path": str(path)}


def _adds(folder: Path) -> bool:
    """An overlay adds documents to the shipped ones and does without a vocabulary of its own."""
    documents = folder / "documents"
    return documents.is_dir() and not (documents / "vocabulary.yaml").is_file()


def _compiled(folder: Path) -> dict[str, Any]:
    from ...layers.catalogue.compile import compile_catalogue

    try:
        return compile_catalogue(folder, tolerant=True)
    except CatalogueError:
        try:
            return load(folder)  # an overlay that adds words of its own
        except CatalogueError:
            pass
        raise


def _checked(catalogue: dict[str, Any], path: Path) -> dict[str, Any]:
    """A compiled file from anywhere: its records must be records, its shapes shapes."""
    needed = {"rules": ("id", "kind"), "sources": ("id", "name"), "targets": ("id",)}
    needed.update(
        {"zones": ("id", "name", "basis"), "documents": ("id",), "units": (), "lines": ()}
    )
    for name, keys in needed.items():
        rows = catalogue[name] if isinstance(catalogue[name], list) else catalogue[name].values()
        if not all(isinstance(row, dict) and all(key in row for key in keys) for row in rows):
            lacks = " or ".join(keys) or "its fields"
            raise bad_input(
                f"{path}",
                f"a record of {name} lacks {lacks}; expected a compiled catalogue",
                f"{name} 中有记录缺少字段（{lacks}），应为编译好的规则库",
            )
    holders = {"zone": catalogue["zones"], "unit": catalogue["units"]}
    for kind, records in holders.items():
        for name, row in records.items():
            wrong = _shapes_fault(row.get("shapes"), needed=kind == "unit")
            if wrong:
                raise bad_input(
                    f"{path}: {kind} {name}",
                    f"{wrong}; expected a sound shape",
                    f"图形有误（{wrong}）",
                )
    return catalogue


def _shapes_fault(shapes: Any, *, needed: bool) -> str | None:
    if shapes is None and not needed:
        return None
    if not isinstance(shapes, dict) or "nominal" not in shapes:
        return "there is no nominal shape"
    found = (fault(shape, may_be_empty=role == "core") for role, shape in shapes.items())
    return next((problem for problem in found if problem), None)


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The differences between two catalogues of `read_side` or `load`.

    Returns {"schema", "old", "new": which they are, "same", "counts": {records: {added, removed,
    changed}}, one list of rows for each of RECORDS, "cases": {added, removed}, "affected": sources
    (see diff_sources), "failed": what either could not read}. A changed row has "fields": [{field,
    old, new}] and, for a zone whose shape moved, "shape": see diff_shapes.
    """
    records = {name: _records(name, old, new) for name in RECORDS}
    counts = {
        name: {what: len(rows[what]) for what in ("added", "removed", "changed")}
        for name, rows in records.items()
    }
    cases = _cases(old, new)
    same = not any(sum(count.values()) for count in counts.values()) and not any(cases.values())
    sources = [] if same else affected(old, new)
    counts["affected"] = {"sources": len(sources)}
    failed = [*(("old", row) for row in old["failed"]), *(("new", row) for row in new["failed"])]
    return {
        "schema": SCHEMA,
        "old": _which(old),
        "new": _which(new),
        "same": same,
        "counts": counts,
        **records,
        "cases": cases,
        "affected": sources,
        "failed": [{"side": side, **row} for side, row in failed],
    }


def _which(catalogue: Mapping[str, Any]) -> dict[str, Any]:
    names = ("path", "version", "fingerprint")
    return {name: catalogue[name] for name in names if name in catalogue}


def _by_id(name: str, catalogue: Mapping[str, Any]) -> Mapping[str, Any]:
    rows = catalogue["vocabulary"] if name in ("activities", "facts") else catalogue
    found: Any = rows.get(name, {})
    return found if isinstance(found, Mapping) else {row["id"]: row for row in found}


def _records(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    before, after = _by_id(name, old), _by_id(name, new)
    rows: dict[str, list[dict[str, Any]]] = {"added": [], "removed": [], "changed": []}
    rows["added"] = [_brief(key, after[key]) for key in after if key not in before]
    rows["removed"] = [_brief(key, before[key]) for key in before if key not in after]
    for key in after:
        if key not in before:
            continue
        hidden = _HIDDEN.get(name, ())
        fields = list(changes(_without(before[key], hidden), _without(after[key], hidden)))
        row = {**_brief(key, after[key]), "fields": fields}
        moved = _moved(old, new, key) if name == "zones" else {}
        if moved:
            row["shape"] = moved
        if fields or moved:
            rows["changed"].append(row)
    return rows


def _brief(key: str, record: Any) -> dict[str, Any]:
    """The id of a record with what tells a reader which one it is."""
    names = ("name", "title", "summary", "what", "kind", "document", "clause")
    told = record if isinstance(record, Mapping) else {}
    return {"id": key, **{name: told[name] for name in names if told.get(name) is not None}}


def _without(record: Mapping[str, Any], hidden: Iterable[str]) -> dict[str, Any]:
    return {name: record[name] for name in record if name not in hidden}


def changes(old: Any, new: Any, field: str = "") -> Iterable[dict[str, Any]]:
    """Every field that differs, by its path: force.until, coverage[21].rules; None where absent."""
    if old == new and isinstance(old, bool) == isinstance(new, bool):
        return
    whole = field.rpartition(".")[2] in _WHOLE
    if isinstance(old, Mapping) and isinstance(new, Mapping) and not whole:
        for name in dict.fromkeys([*old, *new]):
            path = f"{field}.{name}" if field else str(name)
            yield from changes(old.get(name), new.get(name), path)
        return
    keyed = _keyed(old), _keyed(new)
    if keyed[0] is not None and keyed[1] is not None:
        for name in dict.fromkeys([*keyed[0], *keyed[1]]):
            yield from changes(keyed[0].get(name), keyed[1].get(name), f"{field}[{name}]")
        return
    yield {"field": field, "old": old, "new": new}


def _keyed(value: Any) -> dict[str, Any] | None:
    """A list of records by their id, or clause; None for any other value."""
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        return None
    for key in ("id", "clause"):
        found = {row[key]: row for row in value if isinstance(row.get(key), str)}
        if len(found) == len(value):
            return found
    return None


def _moved(old: Mapping[str, Any], new: Mapping[str, Any], zone: str) -> dict[str, Any]:
    """How the shapes of a zone differ, by role; {} if they do not."""
    before = shapes_of(old, old["zones"][zone])
    after = shapes_of(new, new["zones"][zone])
    if not before and not after:
        return {}
    if not before or not after:
        return {"drawn": "added" if after else "removed"}
    moved = {}
    for role in ROLES:
        one, other = before.get(role, before["nominal"]), after.get(role, after["nominal"])
        if one["coordinates"] != other["coordinates"]:
            from .shapes import moved_by

            difference = moved_by(one, other)
            if difference is not None:
                moved[role] = difference
    return moved


def _cases(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, int]:
    """How many worked cases were added and removed; a changed one counts as both."""
    before, after = (
        Counter(json.dumps(case, sort_keys=True) for case in side.get("golden", []))
        for side in (old, new)
    )
    return {"added": sum((after - before).values()), "removed": sum((before - after).values())}


__all__ = ["RECORDS", "changes", "compare", "read_side"]
