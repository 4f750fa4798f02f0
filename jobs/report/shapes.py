"""Where every shape of an extract comes from, how exact it is and under which licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..exchange.rights import UNKNOWN, Rights, text_in
from ..exchange.tables import shapes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .extract import Extract
    from .plan import Plan

__all__ = ["shapes"]


def shapes(extract: Extract) -> list[dict[str, Any]]:
    """Every shape that the answer or its map used, zones first.

    [{id, name, of: zone|unit|line|source, own, basis, roles, accuracy_m: [figures], edges: [{road,
    accuracy_m, status}], provenance, licence, vintage}]; what is not known is None. The last
    three and road are {zh, en}, but plain texts where a user has drawn the shape, which is `own`.
    """
    data = extract.catalogue.data
    rights = Rights(data)
    seen = extract.map
    rows = [*_zones(extract, rights, seen), *_units(data, rights, seen)]
    rows += [_line(data, rights, name) for name in seen.lines]
    return rows + list(_sources(extract, rights))


def _zones(extract: Extract, rights: Rights, seen: Plan) -> Iterator[dict[str, Any]]:
    """The zones on the map, then those the place is in or near; one row for equal shapes."""
    data = extract.catalogue.data
    named = [zone.id for zone in seen.zones] + seen.whole
    named += [row["id"] for row in extract.answer["zones"] if row["location"] != "unmapped"]
    units: set[str] = set()
    for name in dict.fromkeys(named):
        zone = data["zones"][name]
        drawn = shapes_of(data, zone)
        own = bool(zone.get("shapes"))
        code = zone.get("unit")
        if not drawn or (not own and (code in units or code in seen.units)):
            continue
        if not own:
            units.add(code)
        told = rights.of_zone(zone, "nominal")
        file = f"zones/{zone.get('document')}.geojson" if own else "units.geojson"
        yield {
            "id": name,
            "name": zone["name"],
            "of": "zone",
            "own": bool(zone.get("overlay")),
            "basis": zone["basis"],
            "roles": [role for role in ("nominal", "core", "extent") if role in drawn],
            "edges": [
                {
                    "road": data["lines"].get(edge.get("line"), {}).get("road") or edge.get("road"),
                    "accuracy_m": edge["accuracy_m"],
                    "status": edge.get("status"),
                }
                for edge in zone.get("edges", [])
                if "accuracy_m" in edge
            ],
            **_told(told, rights, "" if zone.get("overlay") else file),
        }


def _units(data: Mapping[str, Any], rights: Rights, seen: Plan) -> Iterator[dict[str, Any]]:
    for code in seen.units:
        unit = data["units"][code]
        told = rights.of_zone({"id": code, "unit": code}, "nominal")
        yield {
            "id": code,
            "name": unit["name"],
            "of": "unit",
            "own": False,
            "basis": "administrative",
            "roles": list(unit["shapes"]),
            "edges": [],
            **_told(told, rights, "units.geojson"),
        }


def _line(data: Mapping[str, Any], rights: Rights, name: str) -> dict[str, Any]:
    line = data["lines"][name]
    document = data["zones"][line["zone"]].get("document")
    listed = rights.of_line(line)
    told = {**listed, "accuracy_m": line.get("accuracy_m")}
    if line.get("evidence"):  # the crossings that it was drawn from, each with its accuracy
        told["provenance"] = _joined(listed["provenance"], line["evidence"])
    return {
        "id": name,
        "name": line["road"],
        "of": "line",
        "own": False,
        "basis": line["status"],
        "roles": ["line"],
        "edges": [],
        **_told(told, rights, f"lines/{document}.geojson"),
    }


def _sources(extract: Extract, rights: Rights) -> Iterator[dict[str, Any]]:
    known = {source["id"]: source for source in extract.catalogue.data["sources"]}
    for row in extract.answer["sources"]:
        source = known.get(row["id"], {})
        place = source.get("location", {})
        listed = rights.of_source(source) if source else {}
        told = {**listed, "accuracy_m": place.get("accuracy_m"), **_provenance(source)}
        yield {
            "id": row["id"],
            "name": row["name"],
            "of": "source",
            "own": False,
            "basis": place.get("basis"),
            "roles": ["point"],
            "edges": [],
            **_told(told, rights, "sources.geojson"),
        }


def _provenance(source: Mapping[str, Any]) -> dict[str, Any]:
    return {"provenance": source["provenance"]} if source.get("provenance") else {}


def _joined(first: Any, second: Any) -> dict[str, str]:
    """Two texts one after the other, in both languages."""
    marks = (("zh", "；"), ("en", "; "))
    return {lang: f"{text_in(first, lang)}{mark}{text_in(second, lang)}" for lang, mark in marks}


def _told(told: Mapping[str, Any], rights: Rights, file: str) -> dict[str, Any]:
    about = rights.files.get(file, {})
    found = told.get("accuracy_m")
    figures = found if isinstance(found, list) else [] if found is None else [found]
    licence = told.get("licence")
    return {
        "accuracy_m": [figure for figure in figures if isinstance(figure, (int, float))],
        "provenance": _known(told.get("provenance")) or _known(about.get("source")),
        "licence": _known(licence),
        # that of the file does not hold for what has a licence of its own
        "vintage": about.get("vintage") if licence == about.get("licence") else None,
    }


def _known(text: Any) -> Any:
    return None if text in (None, "", UNKNOWN) else text
