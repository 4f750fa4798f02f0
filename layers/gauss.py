"""The Gauss-Krüger grids of CGCS2000: metres to degrees and back, in plain arithmetic.

EPSG:4491-4512 have zones of six degrees, EPSG:4513-4554 of three; in the first half of each the
easting begins with the number of the zone, in the second it does not. The projection is Krüger's
series of 1912 to the fourth power of the third flattening (as Karney 2011 gives it), which leaves
less than a micrometre within any zone. Floats or numpy arrays; numpy is imported only for arrays.
"""

from __future__ import annotations

import math
import re
from typing import Any, NamedTuple

__all__ = ["Grid", "grid", "grids_of", "to_degrees", "to_grid"]

# CGCS2000: semi-major axis and flattening.
A = 6378137.0
F = 1 / 298.257222101
E = math.sqrt(F * (2 - F))
N = F / (2 - F)
RADIUS = A / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
FORTH = (
    N / 2 - 2 * N**2 / 3 + 5 * N**3 / 16 + 41 * N**4 / 180,
    13 * N**2 / 48 - 3 * N**3 / 5 + 557 * N**4 / 1440,
    61 * N**3 / 240 - 103 * N**4 / 140,
    49561 * N**4 / 161280,
)
BACK = (
    N / 2 - 2 * N**2 / 3 + 37 * N**3 / 96 - N**4 / 360,
    N**2 / 48 + N**3 / 15 - 437 * N**4 / 1440,
    17 * N**3 / 480 - 37 * N**4 / 840,
    4397 * N**4 / 161280,
)
ROUNDS = 4  # of Newton's method for the latitude: it doubles the digits, from three to all
MIDDLE_M = 500_000.0  # easting of the meridian of every grid


class Grid(NamedTuple):
    """One grid: its EPSG code, the meridian in degrees, and the easting there in metres."""

    code: int
    meridian: float
    false_easting: float


def _all_grids() -> dict[int, Grid]:
    found = {}
    for first, width, count, zone in ((4491, 6, 11, 13), (4513, 3, 21, 25)):
        for i in range(count):
            meridian = 75.0 + width * i
            numbered = (zone + i) * 1e6 + MIDDLE_M
            found[first + i] = Grid(first + i, meridian, numbered)
            found[first + count + i] = Grid(first + count + i, meridian, MIDDLE_M)
    return found


GRIDS = _all_grids()


def grid(name: str) -> Grid | None:
    """The grid that a text like EPSG:4547 names; None for everything else."""
    found = re.fullmatch(r"\s*epsg:(\d{4})\s*", name, re.IGNORECASE)
    return GRIDS.get(int(found[1])) if found else None


def grids_of(easting: float, northing: float, box: tuple[float, float, float, float]) -> list[Grid]:
    """The grids in which a pair of metres lies in a box (west, south, east, north, degrees).

    Grids of three degrees come first. Several meridians may fit an easting without a zone number.
    """
    west, south, east, north = box
    found = []
    for one in sorted(GRIDS.values(), key=lambda entry: (entry.code < 4513, entry.code)):
        if abs(easting - one.false_easting) > MIDDLE_M:
            continue
        lon, lat = to_degrees(easting, northing, one)
        half = 1.6 if one.code >= 4513 else 3.2  # a little beyond its zone
        if west <= lon <= east and south <= lat <= north and abs(lon - one.meridian) <= half:
            found.append(one)
    return found


def to_degrees(easting: Any, northing: Any, on: Grid) -> tuple[Any, Any]:
    """Longitude and latitude (CGCS2000, equal to WGS84 within decimetres) of metres on a grid."""
    m = _arithmetic(easting, northing)
    xi = northing / RADIUS
    eta = (easting - on.false_easting) / RADIUS
    x, y = xi, eta
    for i, beta in enumerate(BACK, start=1):
        x = x - beta * m.sin(2 * i * xi) * m.cosh(2 * i * eta)
        y = y - beta * m.cos(2 * i * xi) * m.sinh(2 * i * eta)
    sinh, cos = m.sinh(y), m.cos(x)
    goal = m.sin(x) / m.sqrt(sinh * sinh + cos * cos)
    tau = goal / (1 - E * E)
    for _ in range(ROUNDS):
        now = _conformal(tau, m)
        slope = m.sqrt((1 + now * now) * (1 + tau * tau)) * (1 - E * E)
        slope = slope / (1 + (1 - E * E) * tau * tau)
        tau = tau + (goal - now) / slope
    arctan, arctan2 = _arctans(m)
    lon = on.meridian + arctan2(sinh, cos) * (180 / math.pi)
    return lon, arctan(tau) * (180 / math.pi)


def to_grid(lon: Any, lat: Any, on: Grid) -> tuple[Any, Any]:
    """Easting and northing in metres of degrees (CGCS2000)."""
    m = _arithmetic(lon, lat)
    turn = (lon - on.meridian) * (math.pi / 180)
    tau = _conformal(m.tan(lat * (math.pi / 180)), m)
    arctan2 = _arctans(m)[1]
    arcsinh = m.asinh if m is math else m.arcsinh
    xi = arctan2(tau, m.cos(turn))
    eta = arcsinh(m.sin(turn) / m.sqrt(tau * tau + m.cos(turn) ** 2))
    x, y = xi, eta
    for i, alpha in enumerate(FORTH, start=1):
        x = x + alpha * m.sin(2 * i * xi) * m.cosh(2 * i * eta)
        y = y + alpha * m.cos(2 * i * xi) * m.sinh(2 * i * eta)
    return on.false_easting + RADIUS * y, RADIUS * x


def _conformal(tau: Any, m: Any) -> Any:
    """The tangent of the conformal latitude from that of the latitude."""
    arctanh = m.atanh if m is math else m.arctanh
    sigma = m.sinh(E * arctanh(E * tau / m.sqrt(1 + tau * tau)))
    return tau * m.sqrt(1 + sigma * sigma) - sigma * m.sqrt(1 + tau * tau)


def _arithmetic(*values: Any) -> Any:
    """The math module for floats, numpy where one of the values is an array."""
    if all(getattr(value, "shape", ()) == () for value in values):
        return math
    import numpy as np

    return np


def _arctans(m: Any) -> tuple[Any, Any]:
    return (m.atan, m.atan2) if m is math else (m.arctan, m.arctan2)
