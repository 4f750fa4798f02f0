"""What the catalogue knows of one zone, for people who keep it: status, edges, rights, rules.

Plain data in the catalogue's own words; whoever shows it adds the labels. Standard library only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...rules.place import zones_of
from .tables import ROLES, shapes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .rights import Rights

__all__ = ["STATUSES", "around", "card", "naming", "search_text", "status"]

STATUSES = ("mapped", "approximate", "unmapped", "derived", "object", "failed")
Row = dict[str, Any]


def status(catalogue: Mapping[str, Any], zone: Mapping[str, Any]) -> str:
    """One of STATUSES: is there a line on the map, and what is it worth?

    `derived`: other zones decide where it is; `object`: a class of things, not an area; `failed`:
    its shape cannot be read, which is no statement about the place.
    """
    if zone.get("failed"):
        return "failed"
    basis = str(zone["basis"])
    if basis in ("derived", "object", "approximate"):
        return basis
    return "mapped" if shapes_of(catalogue, zone) else "unmapped"


def around(catalogue: Mapping[str, Any], zone: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The nearest drawn zone that a zone lies within, None if there is none."""
    zones = catalogue["zones"]
    seen = {zone["id"]}
    name = zone.get("within")
    while name in zones and name not in seen:
        outer: Mapping[str, Any] = zones[name]
        if shapes_of(catalogue, outer):
            return outer
        seen.add(name)
        name = outer.get("within")
    return None


def naming(catalogue: Mapping[str, Any], zone_id: str) -> Iterator[Mapping[str, Any]]:
    """The rules whose place names the zone itself, or that lay stress on it."""
    for rule in catalogue["rules"]:
        if zone_id in zones_of(rule.get("where", [])) or zone_id in rule.get("emphasis", []):
            yield rule


def card(catalogue: Mapping[str, Any], rights: Rights, zone_id: str) -> Row:
    """Everything about a zone that its keeper needs.

    {"zone": its record without shapes, "status", "mine": drawn by the overlay, "around": the drawn
    zone it lies within or None, "edges": [rows], "roles": [(role, provenance, licence, accuracy_m
    or None)], "rules": [rows], "members": the zones that decide a derived one, "inside": the zones
    that lie within it, "error": why it cannot be read}.
    """
    zone = catalogue["zones"][zone_id]
    outer = around(catalogue, zone)
    drawn = shapes_of(catalogue, zone)
    told = [(role, rights.of_zone(zone, role)) for role in ROLES if drawn and role in drawn]
    errors = [entry["error"] for entry in catalogue["failed"] if zone_id in entry["zones"]]
    return {
        "zone": {key: zone[key] for key in zone if key != "shapes"},
        "status": status(catalogue, zone),
        "mine": bool(zone.get("overlay")),
        "around": outer["id"] if outer is not None else None,
        "edges": list(zone.get("edges", [])),
        "roles": [
            (role, row["provenance"], row["licence"], row.get("accuracy_m")) for role, row in told
        ],
        "rules": list(naming(catalogue, zone_id)),
        "members": _members(zone),
        "inside": [
            row["id"] for row in catalogue["zones"].values() if row.get("within") == zone_id
        ],
        "error": errors[0] if errors else None,
    }


def _members(zone: Mapping[str, Any]) -> list[str]:
    named: list[str] = []
    for members in zone.get("derived", {}).values():
        named += [members] if isinstance(members, str) else members
    return named


def search_text(zone: Mapping[str, Any]) -> str:
    """All words by which somebody may look for a zone, in lower case."""
    parts = [zone["id"], *zone["name"].values(), *(zone.get("delimited") or {}).values()]
    parts += [str(zone.get("clause") or ""), str(zone["cite"].get("number") or "")]
    parts += [str(edge.get("road", "")) for edge in zone.get("edges", [])]
    return " ".join(parts).casefold()
