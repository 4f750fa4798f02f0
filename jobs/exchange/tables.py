"""What an export holds: the catalogue as tables of flat rows, with a geometry where there is one.

Drawn zones have one row for each role (nominal, core, extent), undrawn ones a single row without
geometry: a zone is never left out because nobody has drawn it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ...rules.facts import nearest
from ...rules.messages import in_language
from ...rules.place import zones_of
from ..told import bad_input
from .flat import Row, as_json, flat
from .rights import PROJECT, Rights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROLES = ("nominal", "core", "extent")
KINDS = ("zones", "lines", "sources", "rules", "all")


class Entry(NamedTuple):
    """One row of a table; geometry: GeoJSON in WGS84, None where nothing is drawn."""

    id: str
    row: Row
    geometry: dict[str, Any] | None


Tables = dict[str, list[Entry]]


def select(catalogue: Mapping[str, Any], document: str | None, kind: str) -> dict[str, Any]:
    """The part of a catalogue that an export is about, itself a catalogue.

    ``document``: its records only, and the zones they refer to, whatever document those come from.
    ``kind``: one of KINDS; targets go with the rules. Raises BadInput for an unknown document.
    """
    part = dict(catalogue)
    if document is not None:
        if document not in catalogue["documents"]:
            known = nearest(document, catalogue["documents"])
            raise bad_input(
                f"--document {document}",
                f"not in the catalogue{known}",
                f"规则库中没有{in_language(known, 'zh')}",
            )
        part["documents"] = {document: catalogue["documents"][document]}
        for name in ("rules", "sources", "targets", "golden"):
            part[name] = [row for row in catalogue[name] if row.get("document") == document]
        kept = _reached(catalogue, document, part)
        zones = catalogue["zones"]
        part["zones"] = {name: zone for name, zone in zones.items() if name in kept}
        lines = catalogue["lines"]
        part["lines"] = {name: line for name, line in lines.items() if line["zone"] in kept}
    if kind != "all":
        for table in {"zones", "lines"} - {kind}:
            part[table] = {}
        names = {"rules": {"rules", "targets"}, "sources": {"sources"}}.get(kind, set())
        for table in {"rules", "sources", "targets", "golden"} - names:
            part[table] = []
    named = {zone["unit"] for zone in part["zones"].values() if "unit" in zone}
    units = catalogue["units"]
    part["units"] = {code: unit for code, unit in units.items() if code in named}
    return part


def _reached(catalogue: Mapping[str, Any], document: str, part: Mapping[str, Any]) -> set[str]:
    """The zones of a document and all that its records lead to."""
    zones = catalogue["zones"]
    waiting = [name for name, zone in zones.items() if zone.get("document") == document]
    waiting.append(catalogue["documents"][document]["jurisdiction"])
    for rule in part["rules"]:
        waiting += [*zones_of(rule.get("where", [])), *rule.get("emphasis", [])]
    for source in part["sources"]:
        waiting += source.get("zones", [])  # a source may be known by its county only
    waiting += [target["zone"] for target in part["targets"]]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in reached or name not in zones:
            continue
        reached.add(name)
        zone = zones[name]
        waiting += [zone[key] for key in ("within", "same_as") if isinstance(zone.get(key), str)]
        for members in zone.get("derived", {}).values():
            waiting += [members] if isinstance(members, str) else members
    return reached


def shapes_of(catalogue: Mapping[str, Any], zone: Mapping[str, Any]) -> Mapping[str, Any]:
    """The shapes of a zone by role, its unit's if it takes those; {} if it is not drawn."""
    if zone.get("failed"):
        return {}
    shapes: Mapping[str, Any] = zone.get("shapes") or {}
    unit = catalogue["units"].get(zone.get("unit"))
    return shapes or (unit.get("shapes") if unit else None) or {}


def tables(part: Mapping[str, Any], rights: Rights, *, nested: bool = False) -> Tables:
    """The tables that are not empty, in the order of the file. ``nested``: see module flat."""
    found = {
        "zones": list(_zones(part, rights, nested)),
        "lines": [
            Entry(
                name,
                {
                    "line": name,
                    **_flat(line, nested, "geometry"),
                    **flat(rights.of_line(line), nested=nested),
                },
                line["geometry"],
            )
            for name, line in part["lines"].items()
        ],
        "sources": [_source(source, rights, nested) for source in part["sources"]],
        "rules": [Entry(rule["id"], _flat(rule, nested), None) for rule in part["rules"]],
        "targets": [Entry(row["id"], _flat(row, nested), None) for row in part["targets"]],
    }
    return {name: rows for name, rows in found.items() if rows}


def _flat(record: Mapping[str, Any], nested: bool, *without: str) -> Row:
    return flat({key: record[key] for key in record if key not in without}, nested=nested)


def _zones(part: Mapping[str, Any], rights: Rights, nested: bool) -> Iterator[Entry]:
    for name, zone in part["zones"].items():
        row = {"zone": name, "role": None, **_flat(zone, nested, "id", "shapes", "overlay")}
        shapes = shapes_of(part, zone)
        if not shapes:
            yield Entry(name, row, None)
            continue
        for role in ROLES:
            told = flat(rights.of_zone(zone, role), nested=nested)
            # written out although it equals nominal: a user of the file must not have to know
            shape = shapes.get(role, shapes["nominal"])
            yield Entry(f"{name}/{role}", {**row, "role": role, **told}, shape)


def _source(source: Mapping[str, Any], rights: Rights, nested: bool) -> Entry:
    row = _flat(source, nested, "id", "location")
    place = source.get("location")
    geometry = None
    if place:
        geometry = {"type": "Point", "coordinates": [float(place["lon"]), float(place["lat"])]}
        told = {f"location_{key}": place[key] for key in place if key not in ("lon", "lat")}
        row.update(flat(told, nested=nested))
    told = flat(rights.of_source(source), nested=nested)
    return Entry(source["id"], {"source": source["id"], **row, **told}, geometry)


def documents(part: Mapping[str, Any]) -> list[Entry]:
    """The documents with their clause coverage, as rows."""
    return [Entry(name, flat(record), None) for name, record in part["documents"].items()]


def about(part: Mapping[str, Any]) -> dict[str, str]:
    """What the file is: of which catalogue, under which licence, and what could not be read."""
    told = {name: str(part[name]) for name in ("schema", "version", "fingerprint")}
    told["licence"] = f"{PROJECT['en']}; shapes and sources: see licence of each row"
    told["texts"] = "summaries in the project's own words; the official documents prevail"
    if part["failed"]:
        told["failed_json"] = as_json(part["failed"])
    return told


def rights_by_shape(part: Mapping[str, Any], rights: Rights) -> dict[str, Any]:
    """Provenance and licence of every shape, line and source, by id: for the JSON export."""
    drawn = [zone for zone in part["zones"].values() if shapes_of(part, zone)]
    return {
        "zones": {
            zone["id"]: {role: rights.of_zone(zone, role) for role in ROLES} for zone in drawn
        },
        "lines": {name: rights.of_line(line) for name, line in part["lines"].items()},
        "sources": {source["id"]: rights.of_source(source) for source in part["sources"]},
    }


__all__ = [
    "KINDS",
    "ROLES",
    "Entry",
    "Tables",
    "about",
    "as_json",
    "documents",
    "rights_by_shape",
    "select",
    "shapes_of",
    "tables",
]
