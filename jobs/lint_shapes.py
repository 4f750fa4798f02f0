"""Lint of what is drawn: shapes within each other, derived shapes, checksums of the files."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ..layers.catalogue.compile import Parts

__all__ = ["findings"]

Finding = dict[str, Any]
# coordinates have six decimals: a shape may stand out by the rounding of both, 0.2 m
SLACK = 2e-6
ROLES = ("core", "nominal", "extent")


def findings(root: Path, parts: Parts) -> list[Finding]:
    """What is wrong with the shapes of drawn zones, and with geojson/provenance.json.

    Needs shapely; without it one warning says that the shapes were not looked at.
    """
    found = list(_provenance(root))
    try:
        import shapely  # noqa: F401  (its absence is told once, not per zone)
    except ImportError:
        what = "shapes were not checked: shapely is not installed"
        return [*found, _finding("geojson", what, severity="warning")]
    shapes = _Shapes(parts.catalogue)
    for name, label, drawn in shapes.all():
        found += [_finding(name, what, record=label) for what in _nested(drawn)]
    for zone_id, zone in parts.catalogue["zones"].items():
        name = f"geojson/zones/{zone['document']}.geojson"
        for what in (*_inside_within(zone_id, zone, shapes), *_derived(zone_id, zone, shapes)):
            found.append(_finding(name, what, record=zone_id))
    return found


def _finding(
    file: str, what: str, *, record: str | None = None, severity: str = "error"
) -> Finding:
    told = {"file": file, "line": None, "record": record, "severity": severity}
    return {**told, "what": what, "expected": None}


class _Shapes:
    """The catalogue's shapes as geometries; an absent role is the nominal one."""

    def __init__(self, catalogue: Mapping[str, Any]) -> None:
        self.zones = catalogue["zones"]
        self.units = catalogue["units"]
        self.made: dict[str, dict[str, Any]] = {}

    def all(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """(file, record, shapes by role) of everything that is drawn."""
        for code, unit in self.units.items():
            yield "geojson/units.geojson", code, self._made(f"unit {code}", unit["shapes"])
        for zone_id, zone in self.zones.items():
            if "shapes" in zone and not zone.get("failed"):
                file = f"geojson/zones/{zone['document']}.geojson"
                yield file, zone_id, self._made(zone_id, zone["shapes"])

    def of(self, zone_id: str) -> dict[str, Any] | None:
        """The three shapes of a zone, None if it is not drawn."""
        zone = self.zones[zone_id]
        if zone.get("failed"):
            return None
        if "shapes" in zone:
            return self._made(zone_id, zone["shapes"])
        unit = self.units.get(zone.get("unit"))
        return self._made(f"unit {zone['unit']}", unit["shapes"]) if unit else None

    def _made(self, key: str, shapes: Mapping[str, Any]) -> dict[str, Any]:
        if key not in self.made:
            from shapely.geometry import shape

            self.made[key] = {role: shape(shapes.get(role, shapes["nominal"])) for role in ROLES}
        return self.made[key]


def _nested(drawn: Mapping[str, Any]) -> Iterator[str]:
    from shapely.validation import explain_validity

    sound = True
    for role in ROLES:
        if not drawn[role].is_valid:
            sound = False
            yield f"the {role} shape is not valid: {explain_validity(drawn[role])}"
    if not sound:
        return
    if drawn["extent"].is_empty or drawn["nominal"].is_empty:
        yield "the nominal or extent shape is empty"
    for inner, outer in (("core", "nominal"), ("nominal", "extent")):
        if not _within(drawn[inner], drawn[outer]):
            yield f"{inner} reaches out of {outer} {_by(drawn[inner], drawn[outer])}"


def _within(inner: Any, outer: Any) -> bool:
    return inner is outer or inner.is_empty or bool(outer.buffer(SLACK).covers(inner))


def _by(inner: Any, outer: Any) -> str:
    """How much stands out, in words; degrees are turned into metres roughly, for the eye only."""
    rest = inner.difference(outer)
    west, south, _, _ = rest.bounds
    return f"(from about {west:.4f}, {south:.4f}; {rest.area * 1.0e10:.0f} m²)"


def _inside_within(zone_id: str, zone: Mapping[str, Any], shapes: _Shapes) -> Iterator[str]:
    """A place in the zone is in what the zone lies within: so must their extents."""
    drawn = shapes.of(zone_id)
    around = zone.get("within")
    while around is not None and shapes.of(around) is None:
        around = shapes.zones[around].get("within")
    if drawn is None or around is None:
        return
    outer = shapes.of(around)
    assert outer is not None
    if not _valid(drawn) or not _valid(outer):
        return
    if not _within(drawn["extent"], outer["extent"]):
        yield f"extent reaches out of {around} {_by(drawn['extent'], outer['extent'])}"


def _valid(drawn: Mapping[str, Any]) -> bool:
    return all(shape.is_valid for shape in drawn.values())


def _derived(zone_id: str, zone: Mapping[str, Any], shapes: _Shapes) -> Iterator[str]:
    """The stored shapes of a derived zone are those that its members give."""
    if "derived" not in zone or "shapes" not in zone:
        return
    ((operation, named),) = zone["derived"].items()
    members = [named] if isinstance(named, str) else list(named)
    if operation == "complement":
        members = [zone["within"], *members]
    drawn = [shapes.of(member) for member in members]
    stored = shapes.of(zone_id)
    if stored is None or any(shape is None for shape in drawn):
        undrawn = [m for m, shape in zip(members, drawn) if shape is None]
        if undrawn:
            yield f"has stored shapes, but {', '.join(undrawn)} is not drawn"
        return
    for role in ROLES:
        made = _combined(operation, role, [shape for shape in drawn if shape is not None])
        if not stored[role].symmetric_difference(made).buffer(-SLACK).is_empty:
            yield f"the stored {role} shape is not the {operation} of its members"


def _combined(operation: str, role: str, drawn: list[dict[str, Any]]) -> Any:
    import shapely

    if operation == "union":
        return shapely.union_all([shape[role] for shape in drawn])
    if operation == "intersection":
        return shapely.intersection_all([shape[role] for shape in drawn])
    # what is taken away counts with the opposite doubt: certainly in minus possibly in
    against = {"core": "extent", "extent": "core", "nominal": "nominal"}[role]
    rest = drawn[0][role]
    for shape in drawn[1:]:
        rest = rest.difference(shape[against])
    return rest


def _provenance(root: Path) -> Iterator[Finding]:
    name = "geojson/provenance.json"
    try:
        told = json.loads((root / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        if any((root / "geojson").rglob("*.geojson")):
            yield _finding(name, "the file is missing")
        return
    except ValueError as error:
        yield _finding(name, f"is not JSON: {error}")
        return
    if not isinstance(told, dict):
        yield _finding(name, "is no map from file to provenance")
        return
    drawn = {
        path.relative_to(root / "geojson").as_posix(): path
        for path in (root / "geojson").rglob("*.geojson")
    }
    for file in sorted(drawn.keys() - told.keys()):
        yield _finding(name, f"{file} has no entry", record=file)
    for file, entry in told.items():
        path = root / "geojson" / file
        if not path.is_file():
            yield _finding(name, "the file is not there", record=file)
            continue
        for key in ("source", "licence", "sha256"):
            if not isinstance(entry, dict) or not entry.get(key):
                yield _finding(name, f"{key} is missing", record=file)
        if isinstance(entry, dict) and entry.get("sha256"):
            now = hashlib.sha256(path.read_bytes()).hexdigest()
            if entry["sha256"] != now:
                yield _finding(name, f"sha256 is not that of the file, {now[:12]}…", record=file)
