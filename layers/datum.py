"""Chinese map datums to WGS84 and back: GCJ-02 (Amap, Tencent), BD-09 (Baidu), CGCS2000.

The offsets of GCJ-02 are those of the formula that has been public since 2010; they are about
500-700 m and vary over space. Everything is plain arithmetic that takes floats or numpy arrays;
numpy is imported only when an array is handed in.

Outside a rough box around China GCJ-02 is WGS84. The offset breaks off at the box's edge
(which lies in neighbouring countries and open sea), so within some 800 m of it, and only there,
two WGS84 places can share one GCJ-02 position; the inverse then gives the one inside the box.
"""

from __future__ import annotations

import math
from typing import Any, overload

__all__ = [
    "DATUMS",
    "EXTRA_ACCURACY_M",
    "bd09_to_gcj02",
    "gcj02_to_bd09",
    "gcj02_to_wgs84",
    "to_wgs84",
    "wgs84_to_gcj02",
]

DATUMS = ("wgs84", "cgcs2000", "gcj02", "bd09", "unknown")

EPSG = {"4326": "wgs84", "4490": "cgcs2000"}

# Metres to add to a point's accuracy: an undeclared datum may be GCJ-02, taken as it stands.
EXTRA_ACCURACY_M = {"unknown": 700.0}

# The formula's own ellipsoid (Krassowsky 1940), and its box: west, south, east, north.
GCJ_A = 6378245.0
GCJ_E2 = 0.00669342162296594323
BOX = (72.004, 0.8293, 137.8347, 55.8271)

BD_TURN = math.pi * 3000.0 / 180.0
BD_EAST = 0.0065
BD_NORTH = 0.006

# Each round of a fixed-point inverse shrinks the error to 2 % or less, so ten leave only
# rounding; a fixed number, not a test for convergence, keeps floats and arrays alike.
ROUNDS = 10


@overload
def to_wgs84(lon: float, lat: float, datum: str) -> tuple[float, float]: ...
@overload
def to_wgs84(lon: Any, lat: Any, datum: str) -> tuple[Any, Any]: ...
def to_wgs84(lon: Any, lat: Any, datum: str) -> tuple[Any, Any]:
    """WGS84 lon/lat in degrees from lon/lat in one of DATUMS.

    cgcs2000 equals wgs84 within decimetres and passes through; so does unknown, whose doubt
    belongs into the accuracy (EXTRA_ACCURACY_M). EPSG:4326 and EPSG:4490 are names of the first
    two; EPSG:4491 to EPSG:4554 are the Gauss-Krüger grids of CGCS2000, whose easting and northing
    in metres stand for lon and lat (see gauss). Floats give Python floats; arrays, or array
    and float, give float64 arrays, where a row with a missing or infinite value is NaN twice.

    Raises ValueError for a datum that is not in DATUMS and for a float that is not finite.
    """
    if datum[:5].lower() == "epsg:":
        from .gauss import grid, to_degrees  # here: degrees need none of it

        on = grid(datum)
        if on is not None:
            return to_degrees(*_numbers(lon, lat)[:2], on)
        datum = EPSG.get(datum[5:].strip(), datum)
    if datum not in DATUMS:
        raise ValueError(f"datum {datum!r}: expected one of {', '.join(DATUMS)}")
    if datum == "bd09":
        return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))
    if datum == "gcj02":
        return gcj02_to_wgs84(lon, lat)
    lon, lat, _ = _numbers(lon, lat)
    return lon, lat


@overload
def wgs84_to_gcj02(lon: float, lat: float) -> tuple[float, float]: ...
@overload
def wgs84_to_gcj02(lon: Any, lat: Any) -> tuple[Any, Any]: ...
def wgs84_to_gcj02(lon: Any, lat: Any) -> tuple[Any, Any]:
    """GCJ-02 lon/lat from WGS84 lon/lat, degrees; unchanged outside the box around China.

    Floats or arrays and errors as in to_wgs84.
    """
    lon, lat, m = _numbers(lon, lat)
    east, north = _gcj_offset(lon, lat, m)
    inside = _in_box(lon, lat)
    return _pick(m, inside, lon + east, lon), _pick(m, inside, lat + north, lat)


@overload
def gcj02_to_wgs84(lon: float, lat: float) -> tuple[float, float]: ...
@overload
def gcj02_to_wgs84(lon: Any, lat: Any) -> tuple[Any, Any]: ...
def gcj02_to_wgs84(lon: Any, lat: Any) -> tuple[Any, Any]:
    """WGS84 lon/lat from GCJ-02 lon/lat, degrees: the inverse, to rounding (10⁻⁹ degrees).

    Floats or arrays and errors as in to_wgs84.
    """
    lon, lat, m = _numbers(lon, lat)
    x, y = lon, lat
    for _ in range(ROUNDS):
        east, north = _gcj_offset(x, y, m)
        x, y = lon - east, lat - north
    inside = _in_box(x, y)
    return _pick(m, inside, x, lon), _pick(m, inside, y, lat)


@overload
def gcj02_to_bd09(lon: float, lat: float) -> tuple[float, float]: ...
@overload
def gcj02_to_bd09(lon: Any, lat: Any) -> tuple[Any, Any]: ...
def gcj02_to_bd09(lon: Any, lat: Any) -> tuple[Any, Any]:
    """BD-09 lon/lat from GCJ-02 lon/lat, degrees; the shift is made everywhere, China or not.

    Floats or arrays and errors as in to_wgs84.
    """
    lon, lat, m = _numbers(lon, lat)
    east, north = _bd_offset(lon, lat, m)
    return lon + east, lat + north


@overload
def bd09_to_gcj02(lon: float, lat: float) -> tuple[float, float]: ...
@overload
def bd09_to_gcj02(lon: Any, lat: Any) -> tuple[Any, Any]: ...
def bd09_to_gcj02(lon: Any, lat: Any) -> tuple[Any, Any]:
    """GCJ-02 lon/lat from BD-09 lon/lat, degrees: the inverse, to rounding (10⁻⁹ degrees).

    Floats or arrays and errors as in to_wgs84.
    """
    lon, lat, m = _numbers(lon, lat)
    x, y = lon - BD_EAST, lat - BD_NORTH
    for _ in range(ROUNDS):
        east, north = _bd_offset(x, y, m)
        x, y = lon - east, lat - north
    return x, y


def _numbers(lon: Any, lat: Any) -> tuple[Any, Any, Any]:
    """Both as floats with the math module, or both as float64 arrays with numpy."""
    if getattr(lon, "shape", ()) == () and getattr(lat, "shape", ()) == ():
        x, y = float(lon), float(lat)
        if not (math.isfinite(x) and math.isfinite(y)):
            raise ValueError(f"lon {x!r}, lat {y!r}: expected finite degrees")
        return x, y, math
    import numpy as np

    xs, ys = np.broadcast_arrays(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
    good = np.isfinite(xs) & np.isfinite(ys)
    return np.where(good, xs, np.nan), np.where(good, ys, np.nan), np


def _in_box(lon: Any, lat: Any) -> Any:
    west, south, east, north = BOX
    return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def _pick(m: Any, condition: Any, yes: Any, no: Any) -> Any:
    if m is math:
        return yes if condition else no
    return m.where(condition, yes, no)


def _gcj_offset(lon: Any, lat: Any, m: Any) -> tuple[Any, Any]:
    """Degrees by which GCJ-02 lies east and north of a WGS84 place, wherever it is.

    Two polynomials with waves, in metres around 105° E 35° N, turned into degrees on the
    formula's ellipsoid.
    """
    x, y = lon - 105.0, lat - 35.0
    pi = math.pi
    root = m.sqrt(abs(x))
    waves = 20.0 * m.sin(6.0 * pi * x) + 20.0 * m.sin(2.0 * pi * x)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north = north + (
        waves
        + 20.0 * m.sin(pi * y)
        + 40.0 * m.sin(pi / 3.0 * y)
        + 160.0 * m.sin(pi / 12.0 * y)
        + 320.0 * m.sin(pi / 30.0 * y)
    ) * (2.0 / 3.0)
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east = east + (
        waves
        + 20.0 * m.sin(pi * x)
        + 40.0 * m.sin(pi / 3.0 * x)
        + 150.0 * m.sin(pi / 12.0 * x)
        + 300.0 * m.sin(pi / 30.0 * x)
    ) * (2.0 / 3.0)
    phi = lat * (pi / 180.0)
    s = m.sin(phi)
    w = 1.0 - GCJ_E2 * s * s
    to_east = GCJ_A / m.sqrt(w) * m.cos(phi) * (pi / 180.0)
    to_north = GCJ_A * (1.0 - GCJ_E2) / (w * m.sqrt(w)) * (pi / 180.0)
    return east / to_east, north / to_north


def _bd_offset(lon: Any, lat: Any, m: Any) -> tuple[Any, Any]:
    """Degrees by which BD-09 lies east and north of a GCJ-02 place.

    BD-09 takes lon and lat as a vector, stretches and turns it a little, and adds a constant.
    """
    longer = 0.00002 * m.sin(lat * BD_TURN)
    turn = 0.000003 * m.cos(lon * BD_TURN)
    length = m.sqrt(lon * lon + lat * lat)
    arctan2 = m.atan2 if m is math else m.arctan2
    angle = arctan2(lat, lon) + turn
    stretched = length + longer
    return (
        stretched * m.cos(angle) - lon + BD_EAST,
        stretched * m.sin(angle) - lat + BD_NORTH,
    )
