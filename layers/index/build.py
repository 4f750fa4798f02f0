"""From shapes to the tables of the index."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from .edges import Edges, Ints, edges_of, offsets_of
from .grid import CellTable, Grid, Numbers, grid_over, touched, two_levels, upward
from .sets import (
    Collision,
    Keys,
    ShapeSets,
    interned,
    joined,
    random_keys,
    sets_at_corners,
)

# Cells along the longer side, for each square root of the number of edges: enough that few cells
# have boundaries, few enough that building stays quick. Chosen by measurement, see benchmarks/.
DENSITY, FEWEST, MOST = 6.0, 64, 4096
NOWHERE = (0.0, 0.0, 1.0, 1.0)  # the bounds of a grid that has nothing to hold


class Tables(NamedTuple):
    """The arrays of the index, as they are kept in a file.

    A cell holds the number of a set, or -1 - k for the k-th cell that has boundaries. A point in
    boundary cell k is in all of set base[k] and must be tested against the shapes
    tested[test_offsets[k]:test_offsets[k + 1]].
    """

    cells: CellTable
    base: Numbers
    test_offsets: Ints
    tested: Numbers
    set_offsets: Ints
    set_members: Ints


def build(shapes: npt.NDArray[Any]) -> Tables:
    """Return the tables for checked shapes (edges.checked)."""
    edges = edges_of(shapes)
    grid = _grid(shapes, edges)
    seed = 1
    while True:
        try:
            return _build(edges, grid, random_keys(len(shapes), seed))
        except Collision:  # once in some 10^13 builds of a thousand sets
            seed += 1


def _grid(shapes: npt.NDArray[Any], edges: Edges) -> Grid:
    west, south, east, north = shapely.total_bounds(shapes) if len(edges) else NOWHERE
    along = float(np.clip(DENSITY * np.sqrt(len(edges)), FEWEST, MOST))
    # a cell must stay well above the rounding of the coordinates themselves
    least = 1e-9 * max(abs(west), abs(south), abs(east), abs(north), 1e-9)
    return grid_over(
        (west, south, east, north),
        max((east - west) / along, (north - south) / along, least),
    )


def _build(edges: Edges, grid: Grid, keys: tuple[Keys, Keys]) -> Tables:
    lines = upward(edges, grid)
    corners, sets = sets_at_corners(lines, edges.shape, grid, keys)
    cells, test_offsets, tested = _boundary_cells(*touched(lines, grid), edges.shape, len(keys[0]))
    rows = joined(sets, _bases(cells, test_offsets, tested, corners[cells], sets, len(keys[0])))
    ids, distinct = interned(rows, keys)
    count = len(sets.offsets) - 1
    table = ids[:count].astype(np.int32)[corners]
    table[cells] = -1 - np.arange(len(cells), dtype=np.int32)
    return Tables(
        two_levels(table, grid),
        ids[count:].astype(np.int32),
        test_offsets,
        tested.astype(np.int32),
        distinct.offsets,
        distinct.members,
    )


def _boundary_cells(cell: Ints, edge: Ints, shape: Ints, shapes: int) -> tuple[Ints, Ints, Ints]:
    """Return the cells that have boundaries, ascending, and the shapes to be tested in each."""
    both = np.unique(cell * shapes + shape[edge])
    where, tested = both // max(shapes, 1), both % max(shapes, 1)
    first = np.nonzero(np.append(True, where[1:] != where[:-1]))[0] if len(where) else where
    return where[first], np.append(first, len(where)), tested


def _bases(
    cells: Ints, test_offsets: Ints, tested: Ints, corner: Ints, sets: ShapeSets, shapes: int
) -> ShapeSets:
    """For each boundary cell the shapes around its corner that have no boundary in the cell, and
    therefore hold all of it."""
    which, member = sets.of(corner)
    mine = np.repeat(np.arange(len(cells), dtype=np.int64), np.diff(test_offsets)) * shapes + tested
    whole = ~np.isin(which * shapes + member, mine, assume_unique=True)
    return ShapeSets(offsets_of(np.bincount(which[whole], minlength=len(cells))), member[whole])
