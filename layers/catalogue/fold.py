"""Folds what is drawn (geojson/) into what is written (documents/).

A strict reading adds every fault to the problems. A tolerant one notes it under ``failed`` and
takes the shapes away from the zones it touches, so that nothing is answered from a broken shape.
Standard library and jsonschema; no geometry library.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import CatalogueError, Problems
from .schema import validate
from .shapes import fault, line_fault, multipolygon, read_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .shapes import JsonFile
    from .tree import Document, Tree

__all__ = ["NO_SHAPE", "UNITS", "Broken", "Drawing", "own_shape", "read_drawing"]

UNITS = "geojson/units.geojson"
SOURCES = "geojson/sources.geojson"
DRAWN = ("documented_boundary", "circle", "approximate", "administrative")
NO_SHAPE = "the zone has no nominal shape"


class Broken(NamedTuple):
    """One fault of the drawn half and the zones that lose their shape by it."""

    layer: str
    error: CatalogueError
    zones: list[str]


class Drawing:
    """The content of geojson/, checked."""

    def __init__(self, *, proved: bool = False) -> None:
        self.proved = proved  # only files that provenance.json vouches for are believed
        self.shapes: dict[str, dict[str, Any]] = {}  # zone -> role -> MultiPolygon
        self.units: dict[str, dict[str, Any]] | None = {}  # None: the file cannot be read
        self.lines: dict[str, dict[str, Any]] = {}
        self.line_ids: set[str] | None = set()  # None: one of the files cannot be read
        self.places: dict[str, dict[str, Any]] = {}  # source -> its feature
        self.broken: list[Broken] = []

    def note(
        self, error: CatalogueError, zones: Iterable[str] = (), layer: str | None = None
    ) -> None:
        """Note a fault and whom it touches; the layer is the error's file unless told."""
        self.broken.append(Broken(layer or error.file, error, list(zones)))


def own_shape(zone: dict[str, Any]) -> bool:
    """True for a zone whose shape comes from its document's file in geojson/zones/."""
    return zone["basis"] in DRAWN and "unit" not in zone


def read_drawing(
    root: Path, tree: Tree, home: Path | None = None, *, proved: bool = False
) -> Drawing:
    """Read everything under ``root``/geojson that the tree's zones and sources refer to.

    Units that ``root`` does not draw are taken from ``home``, where one is given. ``proved``: a
    file that differs from its checksum in provenance.json counts as broken.
    """
    drawing = Drawing(proved=proved)
    documents = {document.id: document for document in tree.documents}
    for folder, take in (("zones", _take_zones), ("lines", _take_lines)):
        for path in sorted((root / "geojson" / folder).glob("*.geojson")):
            name = f"geojson/{folder}/{path.name}"
            document = documents.get(path.stem)
            if document is None:
                problem = f"no document has the id {path.stem}"
                drawing.note(CatalogueError(problem, file=name, expected=", ".join(documents)))
            else:
                take(path, name, document, drawing)
    _missing_shapes(tree, drawing)
    for place in (root, home):
        if place is not None and drawing.units is not None:
            _take_units(place, tree, drawing, needed=place is root and home is None)
    _take_places(root, tree, drawing)
    return drawing


def checksum_fault(path: Path, name: str) -> CatalogueError | None:
    """Why a file of geojson/ is not the one that provenance.json describes, None if it is.

    A shape that was damaged and still parses would answer "not here" with a straight face. A tree
    without provenance.json (a keeper's own, say) is taken as it is; lint asks for one.
    """
    record = path.parents[name.count("/") - 1] / "provenance.json"
    short = name.split("/", 1)[1]
    try:
        told = json.loads(record.read_bytes())
        wanted = told[short]["sha256"] if short in told else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return CatalogueError(
            "geojson/provenance.json cannot be read, so nothing proves this file", file=name
        )
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None  # reading it will tell
    if wanted is None or found == wanted:
        return None
    return CatalogueError(
        "differs from its checksum in geojson/provenance.json",
        file=name,
        expected="the file as built, or provenance.json brought up to date by "
        "python -m zonerules.layers.build all",
    )


def _read(path: Path, name: str, kind: str, zones: list[str], drawing: Drawing) -> JsonFile | None:
    """The file, or None after noting why it cannot be used as a whole."""
    changed = checksum_fault(path, name) if drawing.proved else None
    if changed:
        drawing.note(changed, zones)
        return None
    try:
        file = read_json(path, name)
    except CatalogueError as error:
        drawing.note(error, zones)
        return None
    problems = Problems()
    if validate(file, kind, problems):
        return file
    for found in problems.sorted():
        drawing.note(found, zones)
    return None


def _take_zones(path: Path, name: str, document: Document, drawing: Drawing) -> None:
    rows = {zone["id"]: zone for zone in document.rows("zones")}
    holders = [zone_id for zone_id, zone in rows.items() if own_shape(zone)]
    file = _read(path, name, "geojson_zones", holders, drawing)
    if file is None:
        for zone_id in holders:  # so that they do not count as forgotten as well
            drawing.shapes.setdefault(zone_id, {})
        return
    for i, feature in enumerate(file.data["features"]):
        zone_id, role = feature["properties"]["zone"], feature["properties"]["role"]
        shapes = drawing.shapes.setdefault(zone_id, {})
        problem = _feature_fault(feature, rows.get(zone_id), shapes)
        if problem:
            line = file.line("features", i)
            error = CatalogueError(problem, file=name, line=line, record=feature["id"])
            drawing.note(error, [zone_id] if zone_id in rows else [])
        else:
            shapes[role] = multipolygon(feature["geometry"])


def _feature_fault(
    feature: dict[str, Any], zone: dict[str, Any] | None, shapes: dict[str, Any]
) -> str | None:
    zone_id, role = feature["properties"]["zone"], feature["properties"]["role"]
    if feature["id"] != f"{zone_id}/{role}":
        return f"the id is not {zone_id}/{role}"
    if zone is None:
        return f"zone {zone_id} is not in zones.yaml of this document"
    if zone["basis"] in ("unmapped", "object") or "unit" in zone:
        basis = "takes its unit's shape" if "unit" in zone else f"is {zone['basis']}"
        return f"zone {zone_id} {basis} and has no shape of its own"
    if role in shapes:
        return f"the {role} shape is given twice"
    return fault(feature["geometry"], may_be_empty=role == "core")


def _missing_shapes(tree: Tree, drawing: Drawing) -> None:
    for document in tree.documents:
        for i, zone in enumerate(document.rows("zones")):
            shapes = drawing.shapes.get(zone["id"])
            forgotten = shapes is None and own_shape(zone)
            half = shapes and "nominal" not in shapes  # a core alone draws nothing
            if forgotten or half:
                layer = f"geojson/zones/{document.id}.geojson"
                at = document.at("zones", i)
                error = CatalogueError(NO_SHAPE, **at, expected=f"one in {layer}")
                drawing.note(error, [zone["id"]], layer)


def _take_units(root: Path, tree: Tree, drawing: Drawing, *, needed: bool) -> None:
    holders: dict[str, list[str]] = {}
    for document in tree.documents:
        for zone in document.rows("zones"):
            if "unit" in zone:
                holders.setdefault(zone["unit"], []).append(zone["id"])
    path = root / UNITS
    if not path.is_file() and not (needed and holders):
        return
    everybody = [zone_id for zones in holders.values() for zone_id in zones]
    file = _read(path, UNITS, "geojson_units", everybody, drawing)
    if file is None:
        drawing.units = None
        return
    units: dict[str, dict[str, Any]] = {}
    for i, feature in enumerate(file.data["features"]):
        known = feature["properties"]
        code, role = known["adcode"], known["role"]
        unit = units.setdefault(code, {"shapes": {}})
        problem = fault(feature["geometry"], may_be_empty=role == "core")
        if feature["id"] != (code if role == "nominal" else f"{code}/{role}"):
            problem = f"the id does not fit adcode {code} and role {role}"
        elif role in unit["shapes"]:
            problem = f"the {role} shape is given twice"
        if problem:
            line = file.line("features", i)
            error = CatalogueError(problem, file=UNITS, line=line, record=feature["id"])
            drawing.note(error, holders.get(code, []))
            continue
        if role == "nominal":
            told = {k: v for k, v in known.items() if k not in ("adcode", "role")}
            units[code] = {**told, "shapes": unit["shapes"]}
        unit["shapes"][role] = multipolygon(feature["geometry"])
    for code, unit in units.items():
        if "nominal" not in unit["shapes"] and unit["shapes"]:
            error = CatalogueError("the unit has no nominal shape", file=UNITS, record=code)
            drawing.note(error, holders.get(code, []))
    drawing.units = {**units, **(drawing.units or {})}


def _take_lines(path: Path, name: str, document: Document, drawing: Drawing) -> None:
    file = _read(path, name, "geojson_lines", [], drawing)
    if file is None:
        drawing.line_ids = None
        return
    rows = {zone["id"] for zone in document.rows("zones")}
    for i, feature in enumerate(file.data["features"]):
        told = feature["properties"]
        problem = line_fault(feature["geometry"])
        if problem is None and told["zone"] not in rows:
            problem = f"zone {told['zone']} is not in zones.yaml of this document"
        elif problem is None and not feature["id"].startswith(told["zone"] + "/"):
            problem = f"the id does not begin with {told['zone']}/"
        elif problem is None:
            segments = len(feature["geometry"]["coordinates"]) - 1
            if len(told["accuracy_m"]) != segments:
                problem = (
                    f"accuracy_m has {len(told['accuracy_m'])} figures for {segments} segments"
                )
        if feature["id"] in (drawing.line_ids or ()):
            problem = problem or "the id is taken twice"
        if drawing.line_ids is not None:
            drawing.line_ids.add(feature["id"])
        if problem:
            line = file.line("features", i)
            drawing.note(CatalogueError(problem, file=name, line=line, record=feature["id"]))
        else:
            drawing.lines[feature["id"]] = {**told, "geometry": feature["geometry"]}


def _take_places(root: Path, tree: Tree, drawing: Drawing) -> None:
    path = root / SOURCES
    if not path.is_file():
        return
    file = _read(path, SOURCES, "geojson_sources", [], drawing)
    if file is None:
        return
    written = {source["id"] for document in tree.documents for source in document.rows("sources")}
    for i, feature in enumerate(file.data["features"]):
        lon, lat = feature["geometry"]["coordinates"][:2]
        problem = None
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            problem = f"position {[lon, lat]} is outside lon ±180, lat ±90"
        elif feature["id"] in drawing.places:
            problem = "the id is taken twice"
        elif feature["id"] not in written and "kind" not in feature["properties"]:
            problem = "no document names the source, and it has no kind"
        if problem:
            line = file.line("features", i)
            drawing.note(CatalogueError(problem, file=SOURCES, line=line, record=feature["id"]))
        else:
            drawing.places[feature["id"]] = feature
