"""geojson/zones/<document>.geojson of zones that are known by a centre only.

A `circle` has the radius its document prints. A zone that is `approximate` is a town or village of
which only the seat is known: the core is a small disc there, the extent a wide one cut by the
county, and neither is a boundary. Both take `centre` from the zone's record in zones.yaml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from pyproj import Geod
from shapely import Polygon

from .files import GEOJSON, feature, read_features, rounded
from .provenance import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["documents", "features"]

DOCUMENTS = GEOJSON.parent / "documents"
# Metres around a seat. A town of Henan covers 20-100 km², so that its seat is seldom nearer than
# 500 m to its edge and hardly ever farther than 12 km from it; nominal is a town of 50 km².
TOWN_M = {"nominal": 4_000.0, "core": 500.0, "extent": 12_000.0}
VILLAGE_M = {"nominal": 800.0, "core": 200.0, "extent": 4_000.0}
VERTICES = {"circle": 720, "approximate": 72}
SLACK_DEG = 2e-6  # what rounding to 6 decimals can move a cut edge
_GEOD = Geod(ellps="WGS84")


def documents() -> list[str]:
    """Ids of the documents that have a zone known by its centre."""
    return [path.parent.name for path in sorted(DOCUMENTS.glob("*/zones.yaml")) if _centred(path)]


def _centred(path: Path) -> list[dict[str, Any]]:
    zones = yaml.safe_load(path.read_text(encoding="utf-8"))["zones"]
    return [zone for zone in zones if "centre" in zone]


def features(document: str) -> list[dict[str, Any]]:
    """The features of one document's file, three a zone.

    Raises KeyError when an approximate zone does not lie within a drawn unit.
    """
    units = read_features(GEOJSON / "units.geojson")
    zones = _all_zones()
    made = []
    for zone in _centred(DOCUMENTS / document / "zones.yaml"):
        for role, area in _shapes(zone, zones, units).items():
            properties = {
                "zone": zone["id"],
                "role": role,
                "accuracy_m": zone["centre"]["accuracy_m"],
                "provenance": zone["centre"]["evidence"],
            }
            if zone["basis"] == "circle":  # its centre is no seat of the file's other zones
                properties["licence"] = PROJECT
            made.append(feature(f"{zone['id']}/{role}", properties, rounded(area, role)))
    return made


def _all_zones() -> dict[str, dict[str, Any]]:
    return {
        zone["id"]: zone
        for path in sorted(DOCUMENTS.glob("*/zones.yaml"))
        for zone in yaml.safe_load(path.read_text(encoding="utf-8"))["zones"]
    }


def _shapes(zone: dict[str, Any], zones: dict[str, Any], units: dict[str, Any]) -> dict[str, Any]:
    centre = zone["centre"]
    place = (centre["lon"], centre["lat"])
    if zone["basis"] == "circle":
        # The centre may be off by its accuracy in any direction; 1 m covers the straight chords.
        radius, off = centre["radius_m"], centre["accuracy_m"] + 1.0
        radii = {"nominal": radius, "core": radius - off, "extent": radius + off}
        return {role: _disc(place, r, VERTICES["circle"]) for role, r in radii.items()}
    unit = _unit(zone["id"], zones)
    radii = VILLAGE_M if zone["kind"] == "village" else TOWN_M
    shapes = {}
    for role, radius in radii.items():
        area = _disc(place, radius, VERTICES["approximate"])
        around = units[unit if role == "nominal" else f"{unit}/{role}"]["shape"]
        shapes[role] = area.intersection(around.buffer(-SLACK_DEG))
    return shapes


def _unit(zone: str, zones: dict[str, Any]) -> str:
    """The nearest administrative unit that the zone lies within."""
    while "unit" not in zones[zone]:
        zone = zones[zone]["within"]
    return str(zones[zone]["unit"])


def _disc(place: tuple[float, float], radius_m: float, vertices: int) -> Polygon:
    """A geodesic circle around a lon/lat place."""
    turns = [360.0 * corner / vertices for corner in range(vertices)]
    count = len(turns)
    lons, lats, _ = _GEOD.fwd([place[0]] * count, [place[1]] * count, turns, [radius_m] * count)
    return Polygon(zip(lons, lats))
