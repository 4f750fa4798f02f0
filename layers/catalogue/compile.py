"""Compiles documents/ and geojson/ into the one catalogue that everything else reads.

Needs PyYAML and jsonschema, no geometry library. The result is made of dicts, lists, texts, numbers
and booleans only; the same sources give the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ... import __version__
from .check import build_world, check_tree
from .check_rules import check_rules
from .errors import CatalogueError, CatalogueErrors, Problems
from .fingerprint import fingerprint
from .fold import own_shape, read_drawing
from .force import normalise, normalise_validity
from .store import SCHEMA, as_bytes, write_bytes
from .tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .fold import Drawing
    from .tree import Document, Tree

__all__ = [
    "CatalogueError",
    "CatalogueErrors",
    "Parts",
    "compile_catalogue",
    "compile_parts",
    "write_catalogue",
]


class Parts(NamedTuple):
    """A compiled catalogue with the files it was made of, for checks that name their lines."""

    catalogue: dict[str, Any]
    tree: Tree
    drawing: Drawing


def compile_catalogue(
    root: Path,
    *,
    tolerant: bool = False,
    base: Mapping[str, Any] | None = None,
    home: Path | None = None,
) -> dict[str, Any]:
    """The catalogue of the folder ``root`` that holds documents/ and geojson/.

    Shapes are MultiPolygons in WGS84 lon/lat; a zone that takes a unit's shape has none of its own.
    ``tolerant``: a broken GeoJSON file is told under ``failed`` and its zones are marked, instead
    of stopping. ``base``: a compiled catalogue that the folder adds documents to; its ids may be
    referred to and not be taken again, and the result holds only what is new. ``home``: another
    folder whose units.geojson may be drawn on, the package's own for an overlay.

    Raises :class:`CatalogueError`, or :class:`CatalogueErrors` with everything that is wrong.
    """
    return compile_parts(root, tolerant=tolerant, base=base, home=home).catalogue


def compile_parts(
    root: Path,
    *,
    tolerant: bool = False,
    base: Mapping[str, Any] | None = None,
    home: Path | None = None,
    proved: bool | None = None,
) -> Parts:
    """As :func:`compile_catalogue`, with the files that were read.

    ``proved``: a layer that differs from its checksum counts as broken; by default when an answer
    hangs on it, that is when the reading is tolerant.
    """
    root = Path(root)
    problems = Problems()
    tree = read_tree(root, problems, vocabulary=base is None)
    problems.stop_if_any()  # references between files of the wrong form say nothing useful
    drawing = read_drawing(root, tree, home, proved=tolerant if proved is None else proved)
    world = build_world(tree, base, problems)
    world.units = None if drawing.units is None else set(drawing.units)
    world.lines = drawing.line_ids
    world.sources.update(drawing.places)
    check_tree(tree, world, problems)
    check_rules(tree, world, problems)
    if not tolerant:
        problems.found.extend(broken.error for broken in drawing.broken)
    problems.stop_if_any()
    return Parts(_assemble(root, tree, drawing), tree, drawing)


def write_catalogue(root: Path, target: Path) -> Path:
    """Compile ``root`` strictly into the file ``target``, which is replaced whole or not at all.

    Raises :class:`CatalogueError` for what is wrong with the sources, OSError for the target.
    """
    write_bytes(Path(target), as_bytes(compile_catalogue(root)))
    return Path(target)


def _assemble(root: Path, tree: Tree, drawing: Drawing) -> dict[str, Any]:
    vocabulary = tree.vocabulary.data if tree.vocabulary else {"activities": {}, "facts": {}}
    documents: dict[str, Any] = {}
    catalogue: dict[str, Any] = {
        "schema": SCHEMA,
        "version": __version__,
        "fingerprint": fingerprint(root),
        "vocabulary": {"activities": vocabulary["activities"], "facts": vocabulary["facts"]},
        "documents": documents,
        "units": {},
        "zones": {},
        "rules": [],
        "sources": [],
        "targets": [],
        "lines": drawing.lines,
        "failed": [],
        "golden": [],  # last, where a reader that needs no cases can leave them out
    }
    for document in tree.documents:
        documents[document.id] = {**document.head, "coverage": document.rows("coverage")}
        for zone in document.rows("zones"):
            catalogue["zones"][zone["id"]] = _zone(document, zone, drawing)
        catalogue["rules"].extend(_rule(document, rule) for rule in document.rows("rules"))
        for source in document.rows("sources"):
            catalogue["sources"].append(_source(document, source, drawing))
        for target in document.rows("targets"):
            cited = {"document": document.id, "cite": _cite(document, target)}
            catalogue["targets"].append({**target, **cited})
        for case in document.rows("cases"):
            catalogue["golden"].append({"document": document.id, **case})
    _add_units(catalogue, drawing)
    _add_places(catalogue, drawing)
    _add_failures(catalogue, drawing)
    return catalogue


def _cite(document: Document, row: Mapping[str, Any]) -> dict[str, Any]:
    number = document.head.get("number")
    return {"document": document.id, "number": number, "clause": row.get("clause")}


def _zone(document: Document, zone: dict[str, Any], drawing: Drawing) -> dict[str, Any]:
    row = {**zone, "document": document.id, "cite": _cite(document, zone)}
    if "validity" in zone:
        row["validity"] = normalise_validity(zone["validity"])
    shapes = drawing.shapes.get(zone["id"])
    if shapes and "nominal" in shapes:
        # a fixed order of roles, whatever the order of the features
        row["shapes"] = {r: shapes[r] for r in ("nominal", "core", "extent") if r in shapes}
    return row


def _rule(document: Document, rule: dict[str, Any]) -> dict[str, Any]:
    row = {"strength": "binding", "audience": "operator", **rule}
    row["document"], row["cite"] = document.id, _cite(document, rule)
    if isinstance(rule.get("where"), list):
        row["where"] = {"any": rule["where"]}
    row["force"] = normalise(rule, document.head)
    return row


def _source(document: Document, source: dict[str, Any], drawing: Drawing) -> dict[str, Any]:
    row = {**source, "document": document.id}
    feature = drawing.places.get(source["id"])
    if feature is not None:
        told = feature["properties"]
        if "location" not in row:
            row["location"] = _location(feature)
        # what an inventory of plants adds; what the document says of a source comes first
        for key in ("provenance", "units", "figures", "status", "county"):
            if key in told:
                row.setdefault(key, told[key])
    return row


def _location(feature: Mapping[str, Any]) -> dict[str, Any]:
    lon, lat = feature["geometry"]["coordinates"][:2]
    told = feature["properties"]
    place = {"lon": lon, "lat": lat, "accuracy_m": told["accuracy_m"]}
    if "basis" in told:
        place["basis"] = told["basis"]
    return place


def _add_places(catalogue: dict[str, Any], drawing: Drawing) -> None:
    """Sources that no document names, known from an inventory of plants only."""
    named = {source["id"] for source in catalogue["sources"]}
    for name, feature in drawing.places.items():
        if name not in named:
            told = {k: v for k, v in feature["properties"].items() if k not in _OF_LOCATION}
            row = {"id": name, "zones": [], "clauses": [], **told}
            catalogue["sources"].append({**row, "location": _location(feature)})


_OF_LOCATION = ("accuracy_m", "basis", "id")


def _add_units(catalogue: dict[str, Any], drawing: Drawing) -> None:
    named = {zone["unit"] for zone in catalogue["zones"].values() if "unit" in zone}
    units = drawing.units or {}
    for code in sorted(named & units.keys()):
        if "nominal" in units[code]["shapes"]:
            catalogue["units"][code] = units[code]


def _add_failures(catalogue: dict[str, Any], drawing: Drawing) -> None:
    for layer, error, zones in drawing.broken:
        catalogue["failed"].append({"layer": layer, "error": str(error), "zones": zones})
        for zone_id in zones:
            zone = catalogue["zones"][zone_id]
            if own_shape(zone) or "unit" in zone:
                zone["failed"] = True
            zone.pop("shapes", None)
