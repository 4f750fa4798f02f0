"""geojson/zones/guanzheng-2017-98.geojson: the machinery ban area of 管政〔2017〕98号, item 21.

The text names four roads (west of 中州大道, north of 南三环, east of 二七路, south of 金水路).
Their lines are in geojson/lines/guanzheng-2017-98.geojson, written by hand from road crossings.
二七路 ends at 二七广场 and does not reach 南三环: the three ways to close the west side that are
drawn there (those with a "reading") are the three readings, due south the most literal.
"""

from __future__ import annotations

from typing import Any

from ..boundary import Boundary, Closure, Edge, build
from .files import GEOJSON, feature, read_features, rounded

__all__ = ["boundary", "features"]

LINES = GEOJSON / "lines" / "guanzheng-2017-98.geojson"
ZONE = "gc-nrmm-ban"
# The order around the area, and from axis to kerb in metres. The widths are assumed: nothing
# documented says them, nor whether the roads belong, so they widen the band on both sides.
RING = {"金水路": 30.0, "中州大道": 40.0, "南三环": 40.0, "二七路": 15.0}
OPEN_SIDE = ("南三环", "二七路")
PROVENANCE = (
    "built from geojson/lines/guanzheng-2017-98.geojson; half widths assumed (m): "
    + ", ".join(f"{road} {width:g}" for road, width in RING.items())
)


def _edge(row: dict[str, Any], name: str) -> Edge:
    said = row["properties"]
    return Edge(
        name=name,
        side=said["side"],
        points=tuple((x, y) for x, y in row["geometry"]["coordinates"]),
        accuracy_m=tuple(float(a) for a in said["accuracy_m"]),
        include=said["include"],
        half_width_m=RING.get(name, 0.0),
        status=said["status"],
    )


def boundary() -> Boundary:
    """The area with its readings, gaps and assumptions, before rounding."""
    rows = read_features(LINES)
    edges = [_edge(rows[f"{ZONE}/{road}"], road) for road in RING]
    closures = []
    for row in rows.values():
        reading = row["properties"].get("reading")
        if row["properties"]["zone"] == ZONE and reading:
            closures.append(Closure(reading, *OPEN_SIDE, edge=_edge(row, reading)))
    return build(edges, closures)


def features() -> list[dict[str, Any]]:
    """The three features of the zone; accuracy_m is the widest figure of the named roads."""
    made = boundary()
    rows = read_features(LINES)
    worst = max(max(rows[f"{ZONE}/{road}"]["properties"]["accuracy_m"]) for road in RING)
    shapes = {"nominal": made.nominal, "core": made.core, "extent": made.extent}
    return [
        feature(
            f"{ZONE}/{role}",
            {"zone": ZONE, "role": role, "accuracy_m": worst, "provenance": PROVENANCE},
            rounded(shape, role),
        )
        for role, shape in shapes.items()
    ]
