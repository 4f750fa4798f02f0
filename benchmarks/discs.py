"""Section h: which zones have a boundary within some metres of each of many points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from . import made
from .answers import RIM, look_at_discs
from .timing import Effort, interleaved

if TYPE_CHECKING:
    from collections.abc import Callable

    from .setting import Setting
    from .timing import Row

# a transverse Mercator in the middle of the province: at its rim a metre is 1.001 m
PLANE = "+proj=tmerc +lat_0=34 +lon_0=113.5 +k=1 +ellps=WGS84 +units=m"


class Plane:
    """What shapely works on, made beforehand: points, boundaries and their segments in metres."""

    def __init__(self, places: made.Places, shapes: made.Shapes) -> None:
        from pyproj import Transformer

        project = Transformer.from_crs("EPSG:4326", PLANE, always_xy=True).transform
        self.x, self.y = project(places.x, places.y)
        lines = shapely.boundary(shapely.transform(shapes, project, interleaved=False))
        self.boundaries = np.array(shapely.from_wkb(shapely.to_wkb(lines)))
        xy, zone = shapely.get_coordinates(lines, return_index=True)
        inner = zone[1:] == zone[:-1]
        self.segments = shapely.linestrings(np.stack([xy[:-1][inner], xy[1:][inner]], axis=1))
        self.zone_of_segment = zone[:-1][inner]
        self.points = shapely.points(self.x, self.y)
        self.tree_of_segments = shapely.STRtree(self.segments)
        self.tree_of_boundaries = shapely.STRtree(self.boundaries)
        shapely.prepare(self.boundaries)

    def segment_dwithin(self, radius: float) -> Any:
        """STRtree of segments, query(dwithin); then each zone once."""
        point, segment = self.tree_of_segments.query(self.points, "dwithin", radius)
        return _once(point, self.zone_of_segment[segment], len(self.boundaries))

    def query_nearest(self, radius: float) -> Any:
        """STRtree of segments, query_nearest: only the nearest zone and those at the same distance,
        which is less than was asked."""
        point, segment = self.tree_of_segments.query_nearest(self.points, max_distance=radius)
        return _once(point, self.zone_of_segment[segment], len(self.boundaries))

    def boundary_dwithin(self, radius: float) -> Any:
        """STRtree of whole boundaries, query(dwithin): the one-liner."""
        return tuple(self.tree_of_boundaries.query(self.points, "dwithin", radius))

    def prepared(self, radius: float) -> Any:
        """For each zone the points in its box, then dwithin of its prepared boundary."""
        tree = shapely.STRtree(self.points)
        boxes = shapely.bounds(self.boundaries) + np.array([-1, -1, 1, 1]) * radius
        zone, point = tree.query(shapely.box(*boxes.T))
        cuts = np.searchsorted(zone, np.arange(len(self.boundaries) + 1))
        kept = np.zeros(len(zone), dtype=bool)
        for number, boundary in enumerate(self.boundaries):
            some = slice(cuts[number], cuts[number + 1])
            kept[some] = shapely.dwithin(boundary, self.points[point[some]], radius)
        return point[kept], zone[kept]


def discs(setting: Setting) -> Row:
    """Radii of 10 to 1,000 m, 10^6 points in the zones of section a."""
    from zonerules.layers.index.discs import Discs
    from zonerules.layers.index.edges import checked, edges_of

    shapes = made.counties()
    places = made.places(shapes, setting.points(3e5 if setting.quick else 1e6))
    near = Discs(edges_of(checked(shapes)))
    plane = Plane(places, shapes)
    ways = [plane.segment_dwithin, plane.query_nearest, plane.prepared]
    if not setting.quick:
        ways.append(plane.boundary_dwithin)
    # half the time for each: there are three radii
    effort = Effort(setting.effort.repeats, setting.effort.budget_s / 2)
    radii = []
    for radius in (10.0, 100.0, 1000.0):
        setting.say(f"  {len(places.x):,} discs of {radius:g} m")
        wide = near.near(*places, np.full(len(places.x), radius * (1 + RIM)))
        reach = np.full(len(places.x), radius)
        runs: dict[str, Callable[[], Any]] = {"ours": lambda r=reach: near.near(*places, r)}
        for way in ways:
            runs[way.__name__] = lambda way=way, r=radius: way(r)

        def look(name: str, answer: Any, wide: Any = wide, r: float = radius) -> Row:
            seen = look_at_discs(wide, answer, len(shapes), r)
            if name == "query_nearest":  # it tells one zone of those asked for: none may be wrong
                seen = {"pairs": seen["pairs"], "extra": seen["extra"], "equal": not seen["extra"]}
            return seen

        radii.append({"radius_m": radius, "rows": interleaved(runs, effort, look)})
    return {"points": len(places.x), "zones": len(shapes), "radii": radii}


def _once(point: Any, zone: Any, zones: int) -> Any:
    both = np.unique(point * zones + zone)
    return both // zones, both % zones
