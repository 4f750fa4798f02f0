"""The engine of ``layers.parts`` on shapely: for Python and the command line. Needs shapely 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from shapely import affinity
from shapely.geometry import mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Planar"]


class Planar:
    """A layers.parts.Engine; geometries are shapely's."""

    def read(self, shape: Mapping[str, Any]) -> Any:
        """See Engine."""
        made = shapely.geometry.shape(shape)
        return made if made.geom_type.startswith("Multi") else _multi([made], made.geom_type)

    def write(self, shape: Any) -> dict[str, Any]:
        """See Engine."""
        kind = "Polygon" if shape.geom_type.endswith("Polygon") else "LineString"
        return _lists(mapping(_multi(_single(shape), kind)))

    def box(self, west: float, south: float, east: float, north: float) -> Any:
        """See Engine."""
        return shapely.box(west, south, east, north)

    def intersection(self, one: Any, other: Any) -> Any:
        """See Engine."""
        return shapely.intersection(one, other)

    def difference(self, one: Any, other: Any) -> Any:
        """See Engine."""
        return shapely.difference(one, other)

    def union(self, shapes: list[Any]) -> Any:
        """See Engine."""
        return shapely.union_all(shapes)

    def boundary(self, shape: Any) -> Any:
        """See Engine."""
        return shapely.boundary(shape)

    def scaled(self, shape: Any, x: float, y: float) -> Any:
        """See Engine."""
        return affinity.scale(shape, x, y, origin=(0, 0))

    def buffer(self, shape: Any, distance: float, segments: int) -> Any:
        """See Engine."""
        return shapely.buffer(shape, distance, quad_segs=segments)

    def only(self, shape: Any, dimension: int) -> Any:
        """See Engine."""
        kind = "Polygon" if dimension == 2 else "LineString"
        fitting = [part for part in _single(shape) if shapely.get_dimensions(part) == dimension]
        return _multi(fitting, kind)

    def is_empty(self, shape: Any) -> bool:
        """See Engine."""
        return bool(shapely.is_empty(shape))

    def bounds(self, shape: Any) -> tuple[float, float, float, float]:
        """See Engine."""
        west, south, east, north = shapely.bounds(shape)
        return float(west), float(south), float(east), float(north)

    def problem(self, shape: Any) -> str:
        """See Engine."""
        return "" if shapely.is_valid(shape) else str(shapely.is_valid_reason(shape))

    def repaired(self, shape: Any) -> Any:
        """See Engine."""
        return self.only(shapely.make_valid(shape), 2)

    def inner_point(self, shape: Any) -> tuple[float, float]:
        """See Engine."""
        place = shapely.point_on_surface(shape)
        return float(place.x), float(place.y)


def _single(shape: Any) -> list[Any]:
    """Lines, polygons and points out of collections, nested ones too."""
    if hasattr(shape, "geoms"):
        return [part for inner in shape.geoms for part in _single(inner)]
    return [] if shape.is_empty else [shape]


def _multi(parts: list[Any], kind: str) -> Any:
    make = shapely.MultiPolygon if kind == "Polygon" else shapely.MultiLineString
    return make([part for part in parts if not part.is_empty])


def _lists(shape: Mapping[str, Any]) -> dict[str, Any]:
    def walk(item: Any) -> Any:
        return [walk(inner) for inner in item] if isinstance(item, (tuple, list)) else item

    return {"type": shape["type"], "coordinates": walk(shape["coordinates"])}
