"""Area of a shapely area in square kilometres on the ellipsoid."""

from __future__ import annotations

from typing import Any

from shapely.geometry import mapping

from ..measure import area_m2

__all__ = ["km2"]


def km2(area: Any) -> float:
    """Square kilometres; 0 for an empty area."""
    if area.is_empty:
        return 0.0
    shape = mapping(area)
    return area_m2({"type": shape["type"], "coordinates": shape["coordinates"]}) / 1e6
