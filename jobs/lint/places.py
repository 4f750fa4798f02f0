"""Lint of where things lie: zones far from their document's place, sources outside their county."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .folder import finding
from .shapes import SWAPPED, Shapes, turned, within_slack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...layers.catalogue.tree import Document
    from .folder import Folder

__all__ = ["findings"]

Finding = dict[str, Any]
DEGREE_M = 111_000.0  # a degree of latitude, near enough to widen a shape by an accuracy


def findings(folder: Folder) -> list[Finding]:
    """Errors for sources elsewhere than the catalogue says, warnings for zones far away.

    Needs shapely; without it nothing is said (the shapes' own lint says so).
    """
    try:
        import shapely  # noqa: F401  (only whether it is there)
    except ImportError:
        return []
    shapes = Shapes(folder)
    found: list[Finding] = []
    for document in folder.documents:
        found += _far_zones(document, shapes)
        found += _sources(document, folder, shapes)
    return found


def _far_zones(document: Document, shapes: Shapes) -> Iterator[Finding]:
    """A zone within nothing that does not even touch the document's jurisdiction."""
    home = shapes.of(document.head["jurisdiction"])
    if home is None or not home["extent"].is_valid:
        return
    for i, zone in enumerate(document.rows("zones")):
        drawn = shapes.of(zone["id"])
        if drawn is None or "within" in zone or not drawn["extent"].is_valid:
            continue
        if drawn["extent"].disjoint(home["extent"]):
            west, south, _, _ = drawn["nominal"].bounds
            what = f"the zone lies outside the jurisdiction, at {west:.4f}, {south:.4f}"
            hint = SWAPPED if turned(drawn["nominal"]).intersects(home["extent"]) else ""
            at = document.at("zones", i)
            yield finding(**at, what=what + hint, severity="warning")


def _said_to_hold(
    source: Mapping[str, Any], shapes: Shapes
) -> Iterator[tuple[str, dict[str, Any] | None, tuple[Any, ...]]]:
    """(name, shapes, steps to the line) of the zones and the county a source is said to lie in."""
    for j, zone in enumerate(source.get("zones", ())):
        yield zone, shapes.of(zone), ("zones", j)
    if source.get("county", "") in shapes.units:
        county: str = source["county"]
        yield f"county {county}", shapes.of_unit(county), ("county",)


def _sources(document: Document, folder: Folder, shapes: Shapes) -> Iterator[Finding]:
    """A source with a position lies in its county and in the zones it is said to lie in."""
    from shapely.geometry import Point

    compiled = {source["id"]: source for source in folder.catalogue["sources"]}
    for i, source in enumerate(document.rows("sources")):
        place = compiled[source["id"]].get("location")
        if place is None:
            continue
        point = Point(place["lon"], place["lat"])
        disc = point.buffer(place["accuracy_m"] / DEGREE_M)
        for name, drawn, steps in _said_to_hold(source, shapes):
            if drawn is None or not drawn["extent"].is_valid:
                continue
            if disc.disjoint(drawn["extent"]) and not within_slack(point, drawn["extent"]):
                what = f"the position {place['lon']}, {place['lat']} lies outside {name}"
                hint = SWAPPED if drawn["extent"].covers(Point(place["lat"], place["lon"])) else ""
                yield finding(**document.at("sources", i, *steps), what=what + hint)
