"""By how much a shape moved: areas in km², shift in metres. Needs shapely and pyproj."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

STEP_M = 100.0  # boundaries are compared at their corners and at least this often between them


def moved_by(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, float] | None:
    """{added_km2, removed_km2, shift_m} between two GeoJSON shapes in WGS84 lon/lat.

    Areas are those of an equal-area projection around the shapes. shift_m is the farthest that a
    place on either boundary lies from the other boundary (Hausdorff distance); left out where one
    of the two is empty. None if both cover the same places, however their rings are written.
    """
    import shapely
    from pyproj import Transformer
    from shapely.geometry import shape

    pair = [shapely.make_valid(shape(geometry)) for geometry in (old, new)]
    if pair[0].equals(pair[1]):
        return None
    west, south, east, north = shapely.total_bounds(pair)
    middle = f"+lat_0={(south + north) / 2} +lon_0={(west + east) / 2}"
    plane = Transformer.from_crs("EPSG:4326", f"+proj=laea {middle} +datum=WGS84", always_xy=True)
    # edges are straight in lon/lat: cut into short ones before they are laid into the plane
    old_m, new_m = (
        shapely.make_valid(
            shapely.transform(
                shapely.segmentize(area, 0.005),
                lambda places: shapely.get_coordinates(
                    shapely.points(*plane.transform(places[:, 0], places[:, 1]))
                ),
            )
        )
        for area in pair
    )
    told = {
        "added_km2": round(float(new_m.difference(old_m).area) / 1e6, 4),
        "removed_km2": round(float(old_m.difference(new_m).area) / 1e6, 4),
    }
    if not pair[0].is_empty and not pair[1].is_empty:
        told["shift_m"] = round(_shift(old_m.boundary, new_m.boundary), 1)
    return told


def _shift(one: Any, other: Any) -> float:
    return max(_farthest(one, other), _farthest(other, one))


def _farthest(here: Any, there: Any) -> float:
    """The distance of the place on `here` that is farthest from `there`, in metres."""
    import shapely

    places = shapely.points(shapely.get_coordinates(shapely.segmentize(here, STEP_M)))
    tree = shapely.STRtree(_edges(there))
    _, distances = tree.query_nearest(places, return_distance=True, all_matches=False)
    return float(distances.max())


def _edges(lines: Any) -> Any:
    """Every straight piece of the lines as a line of its own, for the index."""
    import numpy as np
    import shapely

    pieces = []
    for line in shapely.get_parts(lines):
        corners = shapely.get_coordinates(line)
        pieces.append(np.stack([corners[:-1], corners[1:]], axis=1))
    return shapely.linestrings(np.concatenate(pieces))


__all__ = ["moved_by"]
