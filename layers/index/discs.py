"""Points as discs: which shapes have a boundary within some metres of each point, and how far.

The metric is that of ``layers.point`` to the last operation: vertices are laid into the plane
around the point, each by its own mean latitude.
"""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from ..point import E2, RAD, A
from .edges import Edges, Floats, Ints, offsets_of, ragged
from .grid import CellTable, grid_over, touched, two_levels, upward

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_M = 8.0  # discs smaller than this share one table
MOST = 4096  # cells along the longer side of a table
FINER = 2  # cells that a reach spans: more give fewer edges to measure, and longer building
PAIRS = 1 << 21  # pairs of point and edge worked out at a time
# An edge of L km straight in the plane around a point departs by up to 5.2 mm * L^2 from the same
# edge straight in lon/lat, in which the tables are made (see layers.point).
BEND_M = 0.0053
NORTH_M = A * (1.0 - E2) * RAD  # the shortest degree of a meridian, at the equator


class Band(NamedTuple):
    """The edges that come within some metres of each cell: edges[offsets[k]:offsets[k + 1]] where
    `cells` holds -1 - k, none where it holds 0. They are in the order of their shapes."""

    cells: CellTable
    offsets: Ints
    edges: Ints


class Discs:
    """Distances to the boundaries nearby. Tables are made when first needed, one for each power of
    two of the radius, and may be asked from several threads at once."""

    def __init__(self, edges: Edges) -> None:
        order = np.argsort(edges.shape, kind="stable")
        self.edges = Edges(*(getattr(edges, f)[order] for f in ("ax", "ay", "bx", "by", "shape")))
        self._boxes = Boxes(self.edges)
        self._bands: dict[int, Band] = {}
        self._lock = threading.Lock()

    def near(self, x: Floats, y: Floats, radius_m: Floats) -> tuple[Ints, Ints, Floats]:
        """Return (point, shape, metres) for each shape with a boundary at most radius_m away.

        By point within one size of disc, then by shape; each pair once. Points must be finite.
        """
        found = [
            self._near(*part, x, y, radius_m) for part in self._sizes(radius_m) if len(self.edges)
        ]
        none = np.zeros(0, dtype=np.int64)
        return (
            np.concatenate([none, *(points for points, _, _ in found)]),
            np.concatenate([none, *(shapes for _, shapes, _ in found)]),
            np.concatenate([np.zeros(0), *(metres for _, _, metres in found)]),
        )

    def clear(self, x: float, y: float, radius_m: float) -> bool:
        """Whether it is plain that no boundary is within radius_m of one place."""
        if not len(self.edges) or radius_m <= 0:
            return True
        return self._band(_power(radius_m)).cells.one(x, y) >= 0

    def _sizes(self, radius_m: Floats) -> Iterator[tuple[int, Ints]]:
        """Yield (power, points) for every power of two that some of the discs need."""
        power = np.ceil(np.log2(np.maximum(radius_m, LEAST_M))).astype(np.int64)
        for one in np.unique(power):
            yield int(one), np.nonzero((power == one) & (radius_m > 0))[0]

    def _near(
        self, power: int, points: Ints, x: Floats, y: Floats, radius_m: Floats
    ) -> tuple[Ints, Ints, Floats]:
        band = self._band(power)
        cell = band.cells.at(x[points], y[points]).astype(np.int64)
        points, cell = points[cell < 0], -1 - cell[cell < 0]
        counts = band.offsets[cell + 1] - band.offsets[cell]
        parts: list[tuple[Ints, Ints, Floats]] = []
        for a, b in _pieces(counts):
            point = np.repeat(points[a:b], counts[a:b])
            edge = band.edges[np.repeat(band.offsets[cell[a:b]], counts[a:b]) + ragged(counts[a:b])]
            near = self._boxes.near(x[point], y[point], edge, 2.0**power)
            parts.append(_nearest(self.edges, point[near], edge[near], x, y, radius_m))
        none = np.zeros(0, dtype=np.int64)
        return (
            np.concatenate([none, *(part[0] for part in parts)]),
            np.concatenate([none, *(part[1] for part in parts)]),
            np.concatenate([np.zeros(0), *(part[2] for part in parts)]),
        )

    def _band(self, power: int) -> Band:
        with self._lock:
            if power not in self._bands:
                self._bands[power] = band_of(self.edges, 2.0**power)
            return self._bands[power]


class Boxes:
    """The boxes around edges, in degrees, and lower bounds of what their degrees measure."""

    def __init__(self, edges: Edges) -> None:
        self._x, self._y = (edges.ax + edges.bx) / 2, (edges.ay + edges.by) / 2
        self._half_x, self._half_y = (
            np.abs(edges.bx - edges.ax) / 2,
            np.abs(edges.by - edges.ay) / 2,
        )
        self._highest = np.maximum(np.abs(edges.ay), np.abs(edges.by))

    def near(self, x: Floats, y: Floats, edge: Ints, reach_m: float) -> npt.NDArray[np.bool_]:
        """Whether a place may be within reach of the edge beside it, in far fewer steps than it
        takes to measure. False is certain, as in layers.point.Shape.distance."""
        east = np.maximum(np.abs(x - self._x[edge]) - self._half_x[edge], 0)
        north = np.maximum(np.abs(y - self._y[edge]) - self._half_y[edge], 0)
        reach = reach_m * (1 + 1e-6) + 1e-3
        high = np.minimum(self._highest + reach / NORTH_M, 90.0)
        degree_m = (A * RAD * np.maximum(np.cos(high * RAD), 0.0))[edge]
        found: npt.NDArray[np.bool_] = (east * degree_m) ** 2 + (north * NORTH_M) ** 2 <= reach**2
        return found


def _power(radius_m: float) -> int:
    """The power of two that a disc of this radius needs."""
    return math.ceil(math.log2(max(radius_m, LEAST_M)))


def band_of(edges: Edges, reach_m: float) -> Band:
    """Return the table of edges within reach_m metres of each cell; never one too few."""
    east, north = _reach(edges, reach_m)
    bounds = (
        float(min(edges.ax.min(), edges.bx.min())),
        float(min(edges.ay.min(), edges.by.min())),
        float(max(edges.ax.max(), edges.bx.max())),
        float(max(edges.ay.max(), edges.by.max())),
    )
    pad = float(max(east.max(), north.max()))
    along = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) + 2 * pad
    grid = grid_over(bounds, max(along / MOST, float(north.max()) / FINER), pad)
    cell, edge = touched(upward(edges, grid), grid, east / grid.cell, north / grid.cell)
    order = np.lexsort((edge, cell))
    cell, edge = cell[order], edge[order]
    first = np.nonzero(np.append(True, cell[1:] != cell[:-1]))[0]
    numbers = np.zeros(grid.rows * grid.columns, dtype=np.int32)
    numbers[cell[first]] = -1 - np.arange(len(first), dtype=np.int32)
    counts = np.diff(np.append(first, len(cell)))
    return Band(two_levels(numbers, grid), offsets_of(counts), edge)


def _reach(edges: Edges, reach_m: float) -> tuple[Floats, Floats]:
    """Degrees east and north that reach_m metres from each edge can span at most."""
    highest = np.maximum(np.abs(edges.ay), np.abs(edges.by))
    long_m = (np.abs(edges.bx - edges.ax) + np.abs(edges.by - edges.ay)) * A * RAD
    metres = reach_m + BEND_M * (long_m / 1000.0) ** 2
    north = metres / NORTH_M
    shortest = A * np.cos(np.minimum(highest + north, 90.0) * RAD) * RAD
    with np.errstate(divide="ignore"):
        return np.minimum(metres / np.maximum(shortest, 0.0), 360.0), north


def _pieces(counts: Ints) -> Iterator[tuple[int, int]]:
    """Yield ranges of rows with about PAIRS members each, at least one row."""
    ends = np.cumsum(counts)
    a = 0
    while a < len(counts):
        before = int(ends[a - 1]) if a else 0
        b = max(a + 1, int(np.searchsorted(ends, before + PAIRS, side="right")))
        yield a, b
        a = b


def _nearest(
    edges: Edges, point: Ints, edge: Ints, x: Floats, y: Floats, radius_m: Floats
) -> tuple[Ints, Ints, Floats]:
    """The least distance for each run of equal (point, shape), where it is within the radius."""
    shape = edges.shape[edge]
    metres = _metres(x[point], y[point], edges, edge)
    new = (point[1:] != point[:-1]) | (shape[1:] != shape[:-1])
    first = np.nonzero(np.append(True, new))[0] if len(point) else point
    least = np.minimum.reduceat(metres, first) if len(point) else metres
    point, shape = point[first], shape[first]
    kept = least <= radius_m[point]
    return point[kept], shape[kept], least[kept]


def _metres(lon: Floats, lat: Floats, edges: Edges, edge: Ints) -> Floats:
    """Metres from each place to its edge, in the order of layers.point._nearest_square."""
    x1, y1 = _plane(lon, lat, edges.ax[edge], edges.ay[edge])
    x2, y2 = _plane(lon, lat, edges.bx[edge], edges.by[edge])
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(length > 0.0, -(x1 * dx + y1 * dy) / length, 0.0)
    px = np.where(t <= 0.0, x1, np.where(t >= 1.0, x2, x1 + t * dx))
    py = np.where(t <= 0.0, y1, np.where(t >= 1.0, y2, y1 + t * dy))
    result: Floats = np.sqrt(px * px + py * py)
    return result


def _plane(lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats) -> tuple[Floats, Floats]:
    """layers.point.plane for arrays."""
    phi = (lat + to_lat) / 2.0 * RAD
    s = np.sin(phi)
    w = 1.0 - E2 * s * s
    root = np.sqrt(w)
    x = A / root * np.cos(phi) * ((to_lon - lon) * RAD)
    y = A * (1.0 - E2) / (w * root) * ((to_lat - lat) * RAD)
    return x, y
