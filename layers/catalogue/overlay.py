"""The user's own shapes and documents, laid over the catalogue that ships.

An overlay is a folder with ``zones.geojson`` (features as in geojson/zones/) and, if the user adds
documents, ``documents/`` and ``geojson/`` as in the package. A broken zones.geojson never stops
anything: whatever it may have redrawn is marked failed, so that no answer rests on a boundary that
the user has replaced. Standard library only, unless a document has to be compiled.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import CatalogueError
from .fingerprint import fingerprint, joined
from .shapes import ROLES, box_of, fault, multipolygon, nesting_fault, overlaps, parse_json
from .store import cache_folder, compiler_key, keep, read

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["lay_over", "merge", "redraw"]

ZONES = "zones.geojson"
DRAWN = ("documented_boundary", "administrative", "circle", "approximate")
HOW = 'core and extent, which "zonerules overlay add" writes from nominal and accuracy_m'
_MENTION = re.compile(r'"(?:zone|id)"\s*:\s*"([a-z][a-z0-9]*(?:-[a-z0-9]+)+)(?:/[a-z]+)?"')


class _Redrawn(NamedTuple):
    """One zone of the overlay: its shapes by role, the nominal feature's properties, a fault."""

    shapes: dict[str, Any]
    told: dict[str, Any]
    problem: str | None


def merge(catalogue: dict[str, Any], folder: Path, *, home: Path | None = None) -> dict[str, Any]:
    """Lay the folder over ``catalogue``, which is changed and returned.

    Adds "overlay": {"path", "zones": number of zones redrawn or added}, folds the overlay into
    "fingerprint" and tells what is wrong with zones.geojson under "failed". ``home``: the package,
    whose administrative units documents of the overlay may take.

    Raises :class:`CatalogueError` when there is no such folder or a document in it is wrong: rules
    that cannot be read must not go missing silently.
    """
    if not folder.is_dir():
        raise CatalogueError("is no folder", file=str(folder), expected="an overlay folder")
    before = catalogue["fingerprint"]
    written = fingerprint(folder)
    if (folder / "documents").is_dir():
        _add_documents(catalogue, folder, written, home)
    path = folder / ZONES
    count, drawn = 0, ""
    if path.exists():
        try:
            raw = path.read_bytes()
        except OSError as error:
            _broken(catalogue, b"", f"cannot be read: {error.strerror}")
        else:
            drawn = hashlib.sha256(raw).hexdigest()
            count = redraw(catalogue, raw)
    catalogue["overlay"] = {"path": str(folder), "zones": count}
    catalogue["fingerprint"] = joined(before, written, drawn)
    return catalogue


def _add_documents(
    catalogue: dict[str, Any], folder: Path, written: str, home: Path | None
) -> None:
    """Compile the overlay's documents, or take them from the cache, and add them."""
    name = f"overlay-{compiler_key(written, catalogue['fingerprint'])}.json"
    try:
        added = read(cache_folder() / name)
    except CatalogueError:
        added = _compiled(catalogue, folder, home)
        keep(name, added)
    lay_over(catalogue, added)


def lay_over(catalogue: dict[str, Any], added: dict[str, Any]) -> None:
    """Add what was compiled with ``catalogue`` as its base."""
    for key in ("documents", "units", "zones", "lines"):
        catalogue[key].update(added[key])
    for key in ("activities", "facts"):
        catalogue["vocabulary"][key].update(added["vocabulary"][key])
    for key in ("rules", "sources", "targets", "golden", "failed"):
        catalogue[key].extend(added[key])


def _compiled(catalogue: dict[str, Any], folder: Path, home: Path | None) -> dict[str, Any]:
    try:
        from .compile import compile_catalogue

        return compile_catalogue(folder, tolerant=True, base=catalogue, home=home)
    except ImportError as missing:
        raise CatalogueError(
            f"the overlay's documents cannot be compiled: {missing.name} is missing",
            file=str(folder / "documents"),
            expected="PyYAML and jsonschema installed",
        ) from missing


def redraw(catalogue: dict[str, Any], raw: bytes) -> int:
    """Apply the bytes of a zones.geojson; the number of zones that took a shape from it.

    Never raises: what cannot be used is told under "failed" and takes its zones along.
    """
    try:
        features = _features(raw)
        zones = _by_zone(features)
    except CatalogueError as error:
        _broken(catalogue, raw, str(error))
        return 0
    count = 0
    for zone_id, redrawn in zones.items():
        row = catalogue["zones"].get(zone_id)
        problem = redrawn.problem
        if problem is None:
            new = row is None
            problem = _new_fault(catalogue, redrawn) if new else _basis_fault(row, redrawn)
            problem = problem or _elsewhere(catalogue, row or redrawn.told, redrawn)
        if problem:
            known = [zone_id] if row is not None else []
            _fail(catalogue, known, str(CatalogueError(problem, file=ZONES, record=zone_id)))
            continue
        if row is None:
            row = catalogue["zones"][zone_id] = _new_row(zone_id, redrawn)
        _put(catalogue, zone_id, row, redrawn)
        count += 1
    return count


def _features(raw: bytes) -> list[Any]:
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]  # a user's tool may write one; the shapes are none the worse for it
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CatalogueError("is not UTF-8", file=ZONES) from error
    data = parse_json(text, ZONES).data
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise CatalogueError("is no FeatureCollection", file=ZONES)
    name = _reference_system(data.get("crs"))
    if not re.search(r"CRS84|(?<!\d)4326$|(?<!\d)4490$", name):
        problem = f"is in the reference system {name}"
        raise CatalogueError(problem, file=ZONES, expected="WGS84 lon/lat")
    features = data.get("features")
    if not isinstance(features, list):
        raise CatalogueError("has no list of features", file=ZONES)
    return features


def _reference_system(crs: Any) -> str:
    """The name in the member that old GeoJSON has for it; RFC 7946 knows WGS84 only."""
    if crs is None:
        return "CRS84"
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return str(name if name is not None else crs)


def _by_zone(features: list[Any]) -> dict[str, _Redrawn]:
    """The features grouped by zone; raises for one that does not say which zone it draws."""
    groups: dict[str, dict[str, Any]] = {}
    faults: dict[str, str] = {}
    for position, feature in enumerate(features, 1):
        zone_id, role = _whose(feature, position)
        group = groups.setdefault(zone_id, {})
        if role not in ROLES:
            faults[zone_id] = f"role {role} is not known; expected {', '.join(ROLES)}"
        elif role in group:
            faults[zone_id] = f"the {role} shape is given twice; expected one MultiPolygon"
        group[role] = feature
    return {zone_id: _redrawn(group, faults.get(zone_id)) for zone_id, group in groups.items()}


def _whose(feature: Any, position: int) -> tuple[str, str]:
    told = feature.get("properties") if isinstance(feature, dict) else None
    told = told if isinstance(told, dict) else {}
    name = feature.get("id") if isinstance(feature, dict) else None
    zone, _, role = str(name or told.get("id") or "").partition("/")
    zone_id = told.get("zone") or zone
    if not isinstance(zone_id, str) or not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", zone_id):
        problem = f"feature {position} does not say which zone it draws"
        raise CatalogueError(problem, file=ZONES, expected="its id in properties.zone")
    return zone_id, str(told.get("role") or role or "nominal")


def _redrawn(group: dict[str, Any], problem: str | None) -> _Redrawn:
    told = group["nominal"].get("properties") if "nominal" in group else None
    told = told if isinstance(told, dict) else {}
    if problem is None and "nominal" not in group:
        problem = "there is no nominal shape"
    shapes = {}
    for role in ROLES:
        if problem is None and role in group:
            geometry = group[role].get("geometry")
            wrong = fault(geometry, may_be_empty=role == "core")
            if wrong:
                problem = f"{role}: {wrong}"
            else:
                shapes[role] = multipolygon(geometry)
    if problem is None:
        problem = nesting_fault(shapes)
    accuracy = told.get("accuracy_m")
    numeric = isinstance(accuracy, (int, float)) and not isinstance(accuracy, bool)
    if problem is None and accuracy is not None and not (numeric and accuracy >= 0):
        problem = f"accuracy_m is {accuracy!r}; expected metres"
    if problem is None and len(shapes) == 1 and accuracy != 0:
        # a boundary is never better than its survey: without core and extent it would be exact
        said = "no accuracy_m is given" if accuracy is None else f"accuracy_m is {accuracy}"
        problem = f"{said} and there is neither core nor extent; expected {HOW}"
    basis = told.get("basis")
    if problem is None and basis is not None and basis not in DRAWN:
        problem = f"basis {basis} is not that of a drawn zone; expected {', '.join(DRAWN)}"
    return _Redrawn(shapes, told, problem)


def _new_fault(catalogue: dict[str, Any], redrawn: _Redrawn) -> str | None:
    """Why a zone that the catalogue does not know cannot be added, None if it can."""
    told = redrawn.told
    if not _name(told.get("name")):
        return "the zone is new and has no name; expected name: {zh, en}"
    if not isinstance(told.get("kind"), str):
        return "the zone is new and has no kind; expected a word such as urban_area"
    if str(told.get("within")) not in catalogue["zones"]:
        return f"the zone is new and lies within {told.get('within')}; expected a known zone"
    document = told.get("document")
    if document is not None and str(document) not in catalogue["documents"]:
        return f"document {document} is not known"
    return None


def _basis_fault(row: dict[str, Any], redrawn: _Redrawn) -> str | None:
    if row["basis"] == "derived" and "basis" not in redrawn.told:
        return (
            "the zone is derived from others, which decide where it is; "
            "expected those redrawn, or a basis that says it is drawn by itself"
        )
    return None


def _name(value: Any) -> dict[str, str] | None:
    """A name in both languages; a plain text serves for both."""
    if isinstance(value, str) and value.strip():
        return {"zh": value, "en": value}
    if isinstance(value, dict):
        texts = {key: value.get(key) for key in ("zh", "en")}
        if all(isinstance(text, str) and text for text in texts.values()):
            return {key: str(text) for key, text in texts.items()}
    return None


def _new_row(zone_id: str, redrawn: _Redrawn) -> dict[str, Any]:
    told = redrawn.told
    document, clause = told.get("document"), told.get("clause")
    return {
        "id": zone_id,
        "name": _name(told["name"]),
        "kind": told["kind"],
        "environmentalDomain": "air",
        "basis": told.get("basis", "documented_boundary"),
        "within": told["within"],
        "document": document,
        "cite": {"document": document, "number": None, "clause": clause},
    }


def _elsewhere(catalogue: dict[str, Any], record: dict[str, Any], redrawn: _Redrawn) -> str | None:
    """Why a shape cannot be where it is drawn: it has no place in common with its `within`."""
    outer = catalogue["zones"].get(record.get("within"))
    while outer is not None and not _drawn(catalogue, outer):
        outer = catalogue["zones"].get(outer.get("within"))
    if outer is None:
        return None
    shapes = _drawn(catalogue, outer)
    around = box_of(shapes.get("extent") or shapes["nominal"])
    own = box_of(redrawn.shapes["nominal"])
    if around is None or own is None or overlaps(own, around):
        return None
    return f"it lies wholly outside {outer['id']}; expected longitude before latitude, in WGS84"


def _drawn(catalogue: dict[str, Any], zone: dict[str, Any]) -> dict[str, Any]:
    if "unit" in zone:
        zone = catalogue["units"].get(zone["unit"], {})
    shapes: dict[str, Any] = zone.get("shapes") or {}
    return shapes


def _put(catalogue: dict[str, Any], zone_id: str, row: dict[str, Any], redrawn: _Redrawn) -> None:
    """Give a zone its new shapes and what is told about them."""
    told = redrawn.told
    row["shapes"] = redrawn.shapes
    row["overlay"] = True
    if "basis" in told:
        row["basis"] = told["basis"]
    elif row["basis"] in ("unmapped", "object"):
        row["basis"] = "documented_boundary"
    for key in ("unit", "derived", "accuracy_m"):  # they described the shape that is replaced
        row.pop(key, None)
    for key in ("accuracy_m", "provenance"):
        if told.get(key) is not None:
            row[key] = told[key]
    if row.pop("failed", False):
        for entry in [entry for entry in catalogue["failed"] if zone_id in entry["zones"]]:
            entry["zones"] = [name for name in entry["zones"] if name != zone_id]
            if not entry["zones"]:
                catalogue["failed"].remove(entry)


def _broken(catalogue: dict[str, Any], raw: bytes, problem: str) -> None:
    """Fail every zone that the unreadable file mentions, all drawn zones if it mentions none."""
    mentioned = dict.fromkeys(_MENTION.findall(raw.decode("utf-8", "replace")))
    zones = catalogue["zones"]
    if mentioned:
        lost = [zone_id for zone_id in mentioned if zone_id in zones]
    else:
        lost = [zone_id for zone_id, zone in zones.items() if zone["basis"] in DRAWN]
    text = problem if problem.startswith(ZONES) else f"{ZONES}: {problem}"
    _fail(catalogue, lost, text)


def _fail(catalogue: dict[str, Any], zones: list[str], error: str) -> None:
    catalogue["failed"].append({"layer": ZONES, "error": error, "zones": zones})
    for zone_id in zones:
        catalogue["zones"][zone_id]["failed"] = True
        catalogue["zones"][zone_id].pop("shapes", None)
