"""Section g: how the time for a point grows with points, zones and vertices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import made
from .answers import Reference
from .setting import prepared
from .timing import Effort, interleaved

if TYPE_CHECKING:
    from .made import Shapes
    from .setting import Setting
    from .timing import Row

NAMES = ("ours", "geopandas", "loop", "sedonadb")
TILES = {9: (3, 3), 100: (10, 10), 1000: (40, 25), 5000: (100, 50)}
COUNTS = (1e4, 1e5, 1e6)
VERTICES = (12, 100, 600, 5000)
FEW = 3e5  # points where zones or vertices grow


def growth(setting: Setting) -> Row:
    """Three curves for each contestant, at most three runs for a dot."""
    counties = made.counties()
    panels: dict[str, list[Row]] = {"points": [], "zones": [], "vertices": []}
    for count in COUNTS:
        panels["points"].append(
            _dot(setting.points(count), counties, setting.points(count), setting)
        )
    for count, (columns, rows) in TILES.items():
        shapes = made.tiling(columns, rows, 500)
        panels["zones"].append(_dot(count, shapes, setting.points(FEW), setting))
    for vertices in VERTICES:
        shapes = made.tiling(10, 10, vertices)
        panels["vertices"].append(_dot(vertices, shapes, setting.points(FEW), setting))
    return {"panels": panels}


def _dot(at: int, shapes: Shapes, points: int, setting: Setting) -> Row:
    setting.say(f"  growth: {len(shapes)} zones, {points:,} points")
    places = made.places(shapes, points)
    ready, absent = prepared(NAMES, places, shapes, setting.say)
    reference = Reference(places, shapes, ready["ours"]())
    effort = Effort(min(3, setting.effort.repeats), setting.effort.budget_s / 2)
    rows = interleaved(ready, effort, lambda _, pairs: reference.look(pairs))
    return {"at": at, "points": points, "rows": {**rows, **absent}}
