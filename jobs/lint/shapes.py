"""Lint of what is drawn: shapes within each other, derived shapes, checksums of the files."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from .folder import OVERLAY, finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from .folder import Folder, Texts

__all__ = ["SWAPPED", "Shapes", "findings", "turned", "within_slack"]

Finding = dict[str, Any]
# coordinates have six decimals: a shape may stand out by the rounding of both, 0.2 m
SLACK = 2e-6
ROLES = ("core", "nominal", "extent")
UNITS = "geojson/units.geojson"
PROVENANCE = "geojson/provenance.json"
SWAPPED = "; are longitude and latitude swapped?"


def findings(folder: Folder) -> list[Finding]:
    """What is wrong with the shapes of drawn zones, and with geojson/provenance.json.

    Needs shapely; without it one warning says that the shapes were not looked at.
    """
    found = list(_provenance(folder.root, folder.texts))
    try:
        import shapely  # noqa: F401  (its absence is told once, not per zone)
    except ImportError:
        what = "shapes were not checked: shapely is not installed"
        return [*found, finding("geojson", what, severity="warning")]
    shapes = Shapes(folder)
    for code in shapes.own_units:
        drawn = shapes.of_unit(code)
        for role, what in _nested(drawn):
            line = folder.texts.line(UNITS, code if role == "nominal" else f"{code}/{role}", code)
            found.append(finding(UNITS, what, line=line, record=code))
    for zone_id in shapes.own:
        zone = shapes.zones[zone_id]
        said = [*_own_nested(zone_id, shapes), *_inside_within(zone_id, zone, shapes)]
        for role, what in (*said, *_derived(zone_id, zone, shapes)):
            file, line = shapes.place(zone_id, role)
            found.append(finding(file, what, line=line, record=zone_id))
    return found


class Shapes:
    """The catalogue's shapes as geometries; an absent role is the nominal one."""

    def __init__(self, folder: Folder) -> None:
        catalogue = folder.catalogue
        self.zones: Mapping[str, Any] = catalogue["zones"]
        self.units: Mapping[str, Any] = {**catalogue["units"], **folder.units}
        self.texts = folder.texts
        self.made: dict[str, dict[str, Any]] = {}
        redrawn = set(folder.redrawn)
        written = {document.id for document in folder.documents}
        # what the folder itself draws: the rest is the shipped catalogue, looked at elsewhere
        self.own = [
            zone_id
            for zone_id, zone in self.zones.items()
            if zone_id in redrawn or zone.get("document") in written
        ]
        drawn_here = (folder.root / UNITS).is_file()
        self.own_units = [code for code in catalogue["units"] if drawn_here]

    def place(self, zone_id: str, role: str) -> tuple[str, int | None]:
        """The file and line that draw one role of a zone, or the zone at all."""
        zone = self.zones[zone_id]
        file = OVERLAY if zone.get("overlay") else f"geojson/zones/{zone['document']}.geojson"
        names = [f"{zone_id}/{role}", f"{zone_id}/nominal", zone_id]
        if "unit" in zone and "shapes" not in zone:
            file, names = UNITS, [f"{zone['unit']}/{role}", zone["unit"]]
        return file, self.texts.line(file, *names)

    def of(self, zone_id: str) -> dict[str, Any] | None:
        """The three shapes of a zone, None if it is not drawn."""
        zone = self.zones[zone_id]
        if zone.get("failed"):
            return None
        if "shapes" in zone:
            return self._made(zone_id, zone["shapes"])
        return self.of_unit(zone["unit"]) if zone.get("unit") in self.units else None

    def around(self, zone_id: str) -> str | None:
        """The nearest drawn zone that a zone lies within, None without one."""
        name: str | None = self.zones[zone_id].get("within")
        seen = {zone_id}
        while name is not None and name not in seen and self.of(name) is None:
            seen.add(name)
            name = self.zones[name].get("within")
        return None if name in seen else name

    def of_unit(self, code: str) -> dict[str, Any]:
        """The three shapes of an administrative unit."""
        return self._made(f"unit {code}", self.units[code]["shapes"])

    def _made(self, key: str, shapes: Mapping[str, Any]) -> dict[str, Any]:
        if key not in self.made:
            from shapely.geometry import shape

            self.made[key] = {role: shape(shapes.get(role, shapes["nominal"])) for role in ROLES}
        return self.made[key]


def _own_nested(zone_id: str, shapes: Shapes) -> Iterator[tuple[str, str]]:
    zone = shapes.zones[zone_id]
    if "shapes" in zone and not zone.get("failed"):
        yield from _nested(shapes.of(zone_id) or {})


def _nested(drawn: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(role, what is wrong) of three shapes that should lie in each other."""
    from shapely.validation import explain_validity

    sound = True
    for role in ROLES:
        if not drawn[role].is_valid:
            sound = False
            yield role, f"the {role} shape is not valid: {explain_validity(drawn[role])}"
    if not sound:
        return
    if drawn["extent"].is_empty or drawn["nominal"].is_empty:
        yield "nominal", "the nominal or extent shape is empty"
    for inner, outer in (("core", "nominal"), ("nominal", "extent")):
        if not within_slack(drawn[inner], drawn[outer]):
            yield inner, f"{inner} reaches out of {outer} {_by(drawn[inner], drawn[outer])}"


def within_slack(inner: Any, outer: Any) -> bool:
    """True when ``inner`` lies in ``outer`` but for what rounding may have moved."""
    return inner is outer or inner.is_empty or bool(outer.buffer(SLACK).covers(inner))


def _by(inner: Any, outer: Any) -> str:
    """How much stands out, in words; degrees are turned into metres roughly, for the eye only."""
    rest = inner.difference(outer)
    west, south, _, _ = rest.bounds
    return f"(from about {west:.4f}, {south:.4f}; {rest.area * 1.0e10:.0f} m²)"


def _inside_within(
    zone_id: str, zone: Mapping[str, Any], shapes: Shapes
) -> Iterator[tuple[str, str]]:
    """A place in the zone is in what the zone lies within: so must their extents."""
    drawn, around = shapes.of(zone_id), shapes.around(zone_id)
    outer = shapes.of(around) if around is not None else None
    if drawn is None or outer is None or not _valid(drawn) or not _valid(outer):
        return
    if not within_slack(drawn["extent"], outer["extent"]):
        by = _by(drawn["extent"], outer["extent"])
        yield "extent", f"extent reaches out of {around} {by}{_swapped(drawn, outer)}"


def _swapped(drawn: Mapping[str, Any], outer: Mapping[str, Any]) -> str:
    """A hint where the shape would lie inside with its coordinates the other way round."""
    return SWAPPED if outer["extent"].covers(turned(drawn["nominal"])) else ""


def turned(shape: Any) -> Any:
    """The shape with its longitudes taken for latitudes."""
    import shapely

    return shapely.transform(shape, lambda positions: positions[:, ::-1])


def _valid(drawn: Mapping[str, Any]) -> bool:
    return all(shape.is_valid for shape in drawn.values())


def _derived(zone_id: str, zone: Mapping[str, Any], shapes: Shapes) -> Iterator[tuple[str, str]]:
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
            yield "nominal", f"has stored shapes, but {', '.join(undrawn)} is not drawn"
        return
    for role in ROLES:
        made = _combined(operation, role, [shape for shape in drawn if shape is not None])
        if not stored[role].symmetric_difference(made).buffer(-SLACK).is_empty:
            yield role, f"the stored {role} shape is not the {operation} of its members"


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


def _provenance(root: Path, texts: Texts) -> Iterator[Finding]:
    name = PROVENANCE
    drawn = {
        path.relative_to(root / "geojson").as_posix(): path
        for path in (root / "geojson").rglob("*.geojson")
    }
    try:
        told = json.loads((root / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        if drawn:
            yield finding(name, "the file is missing", expected=_EACH_FILE)
        return
    except ValueError as error:
        yield finding(name, f"is not JSON: {error}", line=getattr(error, "lineno", None))
        return
    if not isinstance(told, dict):
        yield finding(name, "is no map from file to provenance", line=1, expected=_EACH_FILE)
        return
    for file in sorted(drawn.keys() - told.keys()):
        yield finding(name, f"{file} has no entry", line=1, record=file, expected=_EACH_FILE)
    for file, entry in told.items():
        line = texts.line(name, file)
        path = root / "geojson" / file
        if not path.is_file():
            yield finding(name, "the file is not there", line=line, record=file)
            continue
        for key in ("source", "licence", "sha256"):
            if not isinstance(entry, dict) or not entry.get(key):
                yield finding(name, f"{key} is missing", line=line, record=file)
        yield from _one_language(name, file, entry, line)
        if isinstance(entry, dict) and entry.get("sha256"):
            now = hashlib.sha256(path.read_bytes()).hexdigest()
            if entry["sha256"] != now:
                what = f"sha256 is not that of the file, {now[:12]}…"
                line = texts.line(name, str(entry["sha256"])) or line
                yield finding(name, what, line=line, record=file, expected=now)


def _one_language(name: str, file: str, entry: Any, line: int | None) -> Iterator[Finding]:
    """Texts that are there in one language only; a plain one, such as "CC0", is for both."""
    for key, text in entry.items() if isinstance(entry, dict) else ():
        if isinstance(text, dict) and not all(
            isinstance(text.get(lang), str) and text[lang] for lang in ("zh", "en")
        ):
            expected = "{zh: …, en: …}, or one text for both"
            yield finding(name, f"{key} is not in both languages", line=line, record=file,
                          expected=expected)  # fmt: skip


_EACH_FILE = "a map from each file below geojson/ to its source, licence and sha256"
