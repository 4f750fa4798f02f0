"""GeoJSON in, checked shapes out: WGS84 lon/lat, always MultiPolygon after reading.

Standard library only: the overlay and the loader check shapes with this in any QGIS.
"""

from __future__ import annotations

import json
import math
from itertools import chain
from typing import TYPE_CHECKING, Any

from .errors import CatalogueError
from .reading import decode

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ROLES", "JsonFile", "fault", "line_fault", "multipolygon", "parse_json", "read_json"]

ROLES = ("nominal", "core", "extent")


class JsonFile:
    """One GeoJSON file read; the line of a feature is looked up when a message needs it."""

    def __init__(self, name: str, text: str, data: Any) -> None:
        self.name = name
        self.text = text
        self.data = data

    def line(self, *steps: Any) -> int:
        """The line (from 1) on which the feature at ("features", i, …) says its id, else 1."""
        if len(steps) < 2 or steps[0] != "features":
            return 1
        feature = self.data["features"][steps[1]]
        name = feature.get("id") if isinstance(feature, dict) else None
        at = self.text.find(json.dumps(name, ensure_ascii=False)) if name is not None else -1
        return self.text.count("\n", 0, at) + 1 if at >= 0 else 1


def read_json(path: Path, name: str) -> JsonFile:
    """Read a JSON file; raises :class:`CatalogueError` for one that is no strict JSON."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CatalogueError(f"cannot be read: {error.strerror}", file=name) from error
    return parse_json(decode(raw, name), name)


def parse_json(text: str, name: str) -> JsonFile:
    """Parse JSON text; NaN, Infinity and repeated keys are errors, as in RFC 8259 they are none."""

    def refuse(word: str) -> Any:
        at = text.find(word)
        line = text.count("\n", 0, at) + 1 if at >= 0 else None
        raise CatalogueError(
            f"{word} is no number", file=name, line=line, expected="finite numbers"
        )

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        entries = dict(pairs)
        if len(entries) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise CatalogueError(f'key "{twice}" is repeated', file=name)
        return entries

    try:
        data = json.loads(text, parse_constant=refuse, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        # a string without its end runs to the end of the file
        cut = not text[error.pos :].strip() or error.msg.startswith("Unterminated string")
        problem = "is cut off" if cut else f"is not JSON: {error.msg}"
        raise CatalogueError(problem, file=name, line=error.lineno) from error
    except RecursionError as error:
        raise CatalogueError("is nested too deeply", file=name) from error
    except CatalogueError:
        raise
    except ValueError as error:  # a number of thousands of digits
        raise CatalogueError(f"is not JSON: {error}", file=name) from error
    return JsonFile(name, text, data)


def multipolygon(geometry: dict[str, Any]) -> dict[str, Any]:
    """The geometry as a MultiPolygon, the coordinates shared with the original."""
    coordinates = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        coordinates = [coordinates] if coordinates else []
    return {"type": "MultiPolygon", "coordinates": coordinates}


def fault(geometry: Any, *, may_be_empty: bool = False) -> str | None:
    """What is wrong with a Polygon or MultiPolygon, None if nothing is.

    Rings must be closed, of four or more positions [lon, lat], finite and within ±180, ±90.
    ``may_be_empty`` admits a shape without polygons: a core where no place is certainly inside.
    Crossing rings are found by lint, which has a geometry library.
    """
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        kind = geometry.get("type") if isinstance(geometry, dict) else geometry
        return f"the geometry is {kind or 'empty'}, not Polygon or MultiPolygon"
    parts = geometry.get("coordinates")
    if geometry["type"] == "Polygon":
        parts = [parts] if parts else []
    if not isinstance(parts, list):
        return "the coordinates are no list"
    if not parts:
        return None if may_be_empty else "the geometry has no polygon"
    for part in parts:
        if not isinstance(part, list) or not part:
            return "a polygon has no ring"
        for ring in part:
            problem = _ring_fault(ring)
            if problem:
                return problem
    return None


def _ring_fault(ring: Any) -> str | None:
    if not isinstance(ring, list) or len(ring) < 4:
        return "a ring has fewer than four positions"
    problem = _positions_fault(ring)
    if problem:
        return problem
    return None if ring[0] == ring[-1] else "a ring is not closed"


def _positions_fault(positions: list[Any]) -> str | None:
    # len, chain, min and max run in C: 100,000 positions are checked in a few milliseconds
    try:
        flat = list(chain.from_iterable(positions)) if set(map(len, positions)) == {2} else []
        lons, lats = flat[::2], flat[1::2]
        inside = -180 <= min(lons) <= max(lons) <= 180 and -90 <= min(lats) <= max(lats) <= 90
    except (TypeError, ValueError):
        return "a position is not [lon, lat] in numbers"
    # min and max pass over NaN, a sum does not
    if inside and math.isfinite(sum(lons) + sum(lats)):
        return None
    at = next(
        (p for p in positions if not (-180 <= p[0] <= 180 and -90 <= p[1] <= 90)), positions[0]
    )
    swapped = abs(at[0]) <= 90 < abs(at[1]) <= 180
    hint = "; are longitude and latitude swapped?" if swapped else ""
    return f"position {at} is outside lon ±180, lat ±90{hint}"


def line_fault(geometry: Any) -> str | None:
    """What is wrong with a LineString, None if nothing is."""
    if not isinstance(geometry, dict) or geometry.get("type") != "LineString":
        kind = geometry.get("type") if isinstance(geometry, dict) else geometry
        return f"the geometry is {kind or 'empty'}, not LineString"
    positions = geometry.get("coordinates")
    if not isinstance(positions, list) or len(positions) < 2:
        return "a line has fewer than two positions"
    return _positions_fault(positions)


Box = tuple[float, float, float, float]


def box_of(shape: dict[str, Any]) -> Box | None:
    """West, south, east, north of a MultiPolygon in degrees; None when it is empty."""
    places = [place for polygon in shape["coordinates"] for place in polygon[0]]
    if not places:
        return None
    lons, lats = [place[0] for place in places], [place[1] for place in places]
    return min(lons), min(lats), max(lons), max(lats)


def nesting_fault(shapes: dict[str, Any]) -> str | None:
    """Why shapes cannot be core within nominal within extent, by their boxes and areas."""
    for role, shape in shapes.items():
        for polygon in shape["coordinates"]:
            if len({tuple(place[:2]) for place in polygon[0]}) < 3 or not _area(polygon[0]):
                return f"{role}: a ring encloses nothing"
    for inner, outer in (("core", "nominal"), ("nominal", "extent"), ("core", "extent")):
        if inner in shapes and outer in shapes:
            one, other = box_of(shapes[inner]), box_of(shapes[outer])
            if one is not None and (other is None or not _within(one, other)):
                return f"{inner} reaches beyond {outer}"
    return None


def _within(one: Box, other: Box) -> bool:
    west, south, east, north = other
    return west <= one[0] and south <= one[1] and one[2] <= east and one[3] <= north


def _area(ring: list[Any]) -> float:
    return float(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])))


def overlaps(one: Box, other: Box) -> bool:
    """Whether two boxes share a place."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
