"""Coordinates of single rows that cannot be, or that are doubtful: told on the row, never mended.

What cannot be a place is taken out of the row, which then has none. A doubtful place is answered
and marked: the same mark for the same row, whichever rows are read with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ...layers.gauss import grid
from ...rules.messages import Line
from .. import projected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .places import Bools, Faults, Floats

__all__ = ["ZERO", "Metres", "joined", "metres_of", "off_grid", "off_zone", "remarks", "zeros"]

DEGREES = 180.0  # what is not larger are degrees, on any grid of metres
CHINA = (73.0, 136.0, 3.0, 54.0)  # west, east, south, north, degrees
MERIDIANS = (72.0, 138.0)  # of the grids that are used in China
ZERO = Line("coordinates 0, 0: probably none were known", "坐标为 0, 0：多半是没有坐标")


class Metres(NamedTuple):
    """A projected CRS; `on`: its meridian, where it is a Gauss-Krüger grid or one like it of
    China."""

    on: projected.Meridian | None


def metres_of(crs: Any) -> Metres | None:
    """What is to be known of a CRS of pyproj whose coordinates are metres; None for degrees."""
    if not crs.is_projected:
        return None
    code = crs.to_epsg(min_confidence=100)
    own = None if code is None else grid(f"EPSG:{code}")
    if own is not None:
        return Metres(projected.meridian_of(own))
    operation = crs.coordinate_operation
    if operation is None or "Transverse Mercator" not in operation.method_name:
        return Metres(None)
    told = {param.name: float(param.value) for param in operation.params}
    middle = told.get("Longitude of natural origin", 0.0)
    if not MERIDIANS[0] <= middle <= MERIDIANS[1]:
        return Metres(None)
    half = 1.5 if "3-degree" in crs.name else 3.0
    return Metres(projected.Meridian(middle, told.get("False easting", 0.0), half, cgcs2000=False))


def zeros(x: Floats, y: Floats, faults: Faults) -> tuple[Floats, Floats]:
    """Take out 0, 0, which is what empty cells become on the way through a database."""
    return _without((x == 0) & (y == 0), x, y, faults, lambda _: ZERO)


def off_grid(x: Floats, y: Floats, of: Metres, faults: Faults) -> tuple[Floats, Floats]:
    """Take out what are no metres of this CRS, as degrees are, or another zone number."""
    on = of.on
    known = np.isfinite(x) & np.isfinite(y)
    if on is None:
        off = known & (np.abs(x) <= DEGREES) & (np.abs(y) <= DEGREES)
        return _without(off, x, y, faults, lambda row: _as_degrees(float(x[row]), float(y[row])))
    off = known & ~projected.on_grid(x, y, on)
    return _without(
        off, x, y, faults, lambda row: projected.fault(float(x[row]), float(y[row]), on) or ZERO
    )


def off_zone(lon: Floats, lat: Floats, of: Metres, faults: Faults) -> tuple[Floats, Floats]:
    """Take out degrees that lie so far from the meridian that another grid is meant."""
    on = of.on
    if on is None:
        return lon, lat
    off = np.isfinite(lon) & ~projected.in_zone(lon, on)
    return _without(off, lon, lat, faults, lambda row: projected.far(float(lon[row]), on))


def remarks(
    x: Floats, y: Floats, *, degrees: bool, common: Sequence[Sequence[float]] = ()
) -> Faults:
    """What is doubtful about coordinates as they are written, by row.

    `common`: positions that so many rows of the table share that they look like a default.
    """
    found: Faults = {}
    for place in common:
        same = Line(
            f"{place[0]:.8g}, {place[1]:.8g}: many rows lie at this one point, the default of a "
            "geocoder, such as the centre of a city?",
            f"{place[0]:.8g}, {place[1]:.8g}：许多行同在这一点，是否为地理编码的默认点"
            "（如市中心）？",
        )
        for row in np.nonzero((x == place[0]) & (y == place[1]))[0]:
            found[int(row)] = same
    if not degrees:
        return found
    for row in np.nonzero(mirrored(x, y))[0]:
        where = f"{x[row]:.10g}, {y[row]:.10g}"
        found[int(row)] = Line(
            f"coordinates {where} are not in China, but without the minus sign they would be: "
            "is it wrong?",
            f"坐标 {where} 不在中国境内，去掉负号才在：负号是否写错？",
        )
    for row in np.nonzero(turned(x, y))[0]:
        where = f"{x[row]:.10g}, {y[row]:.10g}"
        found[int(row)] = Line(f"{where} swapped?", f"坐标 {where} 的经纬度是不是写反了？")
    return found


def mirrored(x: Floats, y: Floats) -> Bools:
    """Which pairs lie in China only without their signs."""
    return _in_china(np.abs(x), np.abs(y)) & ((x < 0) | (y < 0))


def turned(x: Floats, y: Floats) -> Bools:
    """Which pairs have a latitude of China where the longitude belongs."""
    return _in_china(y, x)


def joined(one: Line | None, other: Line) -> Line:
    """Two remarks about a row as one."""
    return other if one is None else Line(f"{one}; {other}", f"{one.zh}；{other.zh}")


def _in_china(lon: Floats, lat: Floats) -> Bools:
    west, east, south, north = CHINA
    inside: Bools = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return inside


def _as_degrees(x: float, y: float) -> Line:
    pair = f"{x:.10g}, {y:.10g}"
    return Line(f"{pair} are degrees, no metres", f"{pair} 是经纬度，不是以米计的坐标")


def _without(off: Bools, x: Floats, y: Floats, faults: Faults, why: Any) -> tuple[Floats, Floats]:
    for row in np.nonzero(off)[0]:
        faults.setdefault(int(row), why(int(row)))
    return np.where(off, np.nan, x), np.where(off, np.nan, y)
