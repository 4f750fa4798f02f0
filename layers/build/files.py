"""Canonical GeoJSON: the same shapes always give the same bytes.

Coordinates are WGS84 lon/lat in degrees with 6 decimals (0.1 m), rings as RFC 7946 has them
(outer counter-clockwise, holes clockwise), each starting at its westernmost vertex, parts from
west to east, one feature per line.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shapely import Polygon, get_parts
from shapely.geometry import MultiPolygon, shape

from ..point import metres

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["GEOJSON", "feature", "geometry", "read_features", "rounded", "write_collection"]

GEOJSON = Path(__file__).parents[2] / "geojson"
DECIMALS = 6
# Parts of a core and holes of an extent smaller than this are left out: they mean nothing at the
# accuracy of the lines, and leaving them out errs to the side of "not certain".
CRUMB_M2 = 10_000.0


def _ring(coordinates: Any, *, ccw: bool) -> list[tuple[float, float]]:
    """Rounded, without repeated vertices, from the westernmost vertex; empty if it collapsed."""
    ring: list[tuple[float, float]] = []
    for lon, lat in coordinates:
        place = (round(float(lon), DECIMALS), round(float(lat), DECIMALS))
        if not ring or ring[-1] != place:
            ring.append(place)
    ring = ring[:-1]
    if len(ring) < 3:
        return []
    if Polygon(ring).exterior.is_ccw != ccw:
        ring.reverse()
    first = ring.index(min(ring))
    return [*ring[first:], *ring[:first], ring[first]]


def _polygons(area: Any) -> list[Any]:
    return [p for p in get_parts(area) if p.geom_type == "Polygon" and not p.is_empty]


def rounded(area: Any, role: str = "nominal") -> Any:
    """The area with 6 decimals, as a shapely Polygon or MultiPolygon in canonical order.

    Crumbs are left out of a core, and holes of the size of a crumb filled in an extent.
    Raises ValueError if rounding made the area invalid.
    """
    parts = []
    for polygon in _polygons(area):
        outer = _ring(polygon.exterior.coords, ccw=True)
        if not outer or (role == "core" and square_metres(Polygon(outer)) < CRUMB_M2):
            continue
        holes = [_ring(hole.coords, ccw=False) for hole in polygon.interiors]
        kept = [h for h in holes if h]
        if role == "extent":
            kept = [h for h in kept if square_metres(Polygon(h)) >= CRUMB_M2]
        parts.append(Polygon(outer, sorted(kept)))
    parts.sort(key=lambda p: tuple(p.exterior.coords[0]))
    whole = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    if not whole.is_valid:
        raise ValueError(f"a {role} of {len(parts)} parts is not valid at {DECIMALS} decimals")
    return whole


def square_metres(area: Any) -> float:
    """Area in square metres, in the metric of layers.point at the middle of the area."""
    if area.is_empty:
        return 0.0
    middle = area.centroid
    east = metres(middle.x - 0.005, middle.y, middle.x + 0.005, middle.y)
    north = metres(middle.x, middle.y - 0.005, middle.x, middle.y + 0.005)
    return float(area.area * 1e4 * east * north)


def geometry(area: Any) -> dict[str, Any]:
    """The GeoJSON geometry of a rounded area, every ring in the order of :func:`rounded`."""
    parts = [
        [[list(place) for place in ring.coords] for ring in (p.exterior, *p.interiors)]
        for p in _polygons(area)
    ]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def feature(name: str, properties: dict[str, Any], area: Any) -> dict[str, Any]:
    """A GeoJSON feature of a rounded area."""
    return {"type": "Feature", "id": name, "properties": properties, "geometry": geometry(area)}


def collection_text(features: Iterable[dict[str, Any]]) -> str:
    """A FeatureCollection with one feature per line."""
    rows = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    return '{"type":"FeatureCollection","features":[\n' + rows + "\n]}\n"


def write_collection(path: Path, features: Iterable[dict[str, Any]]) -> None:
    """Write a FeatureCollection in canonical form."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(collection_text(features).encode())


def read_features(path: Path) -> dict[str, dict[str, Any]]:
    """The features of a file by id, each with a shapely geometry under "shape"."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {f["id"]: {**f, "shape": shape(f["geometry"])} for f in features}
