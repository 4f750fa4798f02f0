"""The counties that the catalogue draws: is a place in the county that it is said to lie in?

From geojson/units.geojson, the outermost reading of each boundary. Standard library only.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from .point import Shape

__all__ = ["Counties", "drawn_counties"]

PACKAGE = Path(__file__).resolve().parents[1]
UNITS = "geojson/units.geojson"


class Counties:
    """Shapes by adcode, each parsed when it is first asked for."""

    def __init__(self, path: Path) -> None:
        self._geometry = {}
        for row in json.loads(path.read_bytes())["features"]:
            if row["properties"]["role"] == "extent":
                self._geometry[row["properties"]["adcode"]] = row["geometry"]
        self._shapes: dict[str, Shape] = {}

    def outside_m(self, code: str | None, lon: float, lat: float) -> float | None:
        """How far a place (degrees WGS84) is outside of all that a county may be, 0 inside.

        None for a county that is not drawn.
        """
        if code is None or code not in self._geometry:
            return None
        if code not in self._shapes:
            self._shapes[code] = Shape(self._geometry[code])
        shape = self._shapes[code]
        return 0.0 if shape.contains(lon, lat) else shape.distance(lon, lat)


@lru_cache(maxsize=1)
def drawn_counties() -> Counties:
    """Those of the package. Raises OSError or ValueError when its file is missing or damaged."""
    return Counties(PACKAGE / UNITS)
