"""A grid of square cells over all shapes, and which cells each edge touches."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .edges import Edges, Floats, Ints, ragged

# An edge is entered in a cell as soon as it comes within this share of a cell's width. That is
# far more than any rounding of a coordinate to the grid, so a point that rounding puts into the
# wrong cell still meets every edge near it.
MARGIN = 1e-6
SHIFT = 3
BLOCK, MASK = 1 << SHIFT, (1 << SHIFT) - 1  # cells along a block of a table's coarse level
PIECE = 1 << 15  # points looked up at a time: their arrays stay in the cache
PAD = 2  # empty cells around everything; a point outside the grid is looked up in such a cell


Numbers = npt.NDArray[np.int32]


class Grid(NamedTuple):
    """Cells of `cell` degrees from the south-west corner (west, south)."""

    west: float
    south: float
    cell: float
    columns: int
    rows: int

    def place(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return column and row of places in degrees, with fractions."""
        return (x - self.west) / self.cell, (y - self.south) / self.cell

    def cells(self, x: Floats, y: Floats) -> tuple[Numbers, Numbers]:
        """Return column and row of the cell of each place; the empty first cell if outside.

        NaN and infinite coordinates lie outside.
        """
        with np.errstate(invalid="ignore", over="ignore"):
            column, row = (x - self.west) * (1 / self.cell), (y - self.south) * (1 / self.cell)
            known = (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
        if not known.all():
            column, row = np.where(known, column, 0.0), np.where(known, row, 0.0)
        return column.astype(np.int32), row.astype(np.int32)


def grid_over(bounds: tuple[float, float, float, float], cell: float, pad: float = 0.0) -> Grid:
    """Return a grid over (west, south, east, north), `pad` degrees more and a frame of empty cells.

    Columns and rows make whole blocks.
    """
    west, south, east, north = bounds
    west, south = west - pad - PAD * cell, south - pad - PAD * cell
    columns = int(np.ceil((east + pad - west) / cell)) + PAD
    rows = int(np.ceil((north + pad - south) / cell)) + PAD
    return Grid(west, south, cell, _whole(columns), _whole(rows))


def _whole(cells: int) -> int:
    return -(-cells // BLOCK) * BLOCK


class CellTable(NamedTuple):
    """A number for every cell of a grid, in two levels: a block of one and the same number that is
    not negative is kept once. `coarse` holds that number or -1 - k for the k-th block of `fine`."""

    grid: Grid
    coarse: Numbers
    fine: Numbers

    def at(self, x: Floats, y: Floats) -> Numbers:
        """Return the number of the cell of each place in degrees."""
        found = np.empty(len(x), dtype=np.int32)
        for a in range(0, len(x), PIECE):
            found[a : a + PIECE] = self._at(x[a : a + PIECE], y[a : a + PIECE])
        return found

    def one(self, x: float, y: float) -> int:
        """Return the number of the cell of one place, as `at` does for many."""
        grid = self.grid
        column, row = (x - grid.west) * (1 / grid.cell), (y - grid.south) * (1 / grid.cell)
        if not (0 <= column < grid.columns and 0 <= row < grid.rows):
            column = row = 0.0
        i, j = int(column), int(row)
        found = int(self.coarse[(j >> SHIFT) * (grid.columns >> SHIFT) + (i >> SHIFT)])
        if found >= 0:
            return found
        within = ((j & MASK) << SHIFT) + (i & MASK)
        return int(self.fine[((-1 - found) << (2 * SHIFT)) + within])

    def _at(self, x: Floats, y: Floats) -> Numbers:
        column, row = self.grid.cells(x, y)
        wide = np.int32(self.grid.columns >> SHIFT)
        found = self.coarse[(row >> SHIFT) * wide + (column >> SHIFT)]
        refined = np.nonzero(found < 0)[0]
        within = ((row[refined] & MASK) << SHIFT) + (column[refined] & MASK)
        found[refined] = self.fine[((-1 - found[refined]) << (2 * SHIFT)) + within]
        return found


def two_levels(numbers: Numbers, grid: Grid) -> CellTable:
    """Return the table of a number for each cell, given row by row from the south-west."""
    blocks = numbers.reshape(grid.rows // BLOCK, BLOCK, grid.columns // BLOCK, BLOCK)
    blocks = blocks.transpose(0, 2, 1, 3).reshape(-1, BLOCK * BLOCK)
    even = (blocks[:, 0] >= 0) & (blocks == blocks[:, :1]).all(axis=1)
    coarse = blocks[:, 0].copy()
    coarse[~even] = -1 - np.arange(np.count_nonzero(~even), dtype=np.int32)
    return CellTable(grid, coarse, np.ascontiguousarray(blocks[~even]).reshape(-1))


class Upward(NamedTuple):
    """Edges in units of the grid's cells, each turned so that it does not go down."""

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats


def upward(edges: Edges, grid: Grid) -> Upward:
    """Return the edges in grid units, lower end first."""
    ax, ay = grid.place(edges.ax, edges.ay)
    bx, by = grid.place(edges.bx, edges.by)
    down = ay > by
    return Upward(
        np.where(down, bx, ax),
        np.where(down, by, ay),
        np.where(down, ax, bx),
        np.where(down, ay, by),
    )


def touched(
    lines: Upward, grid: Grid, reach_x: Floats | float = 0.0, reach_y: Floats | float = 0.0
) -> tuple[Ints, Ints]:
    """Return (cell, edge) for every cell that comes within reach of an edge; never one too few.

    Reaches are in cells, to either side, one for all or one for each edge. Cells are numbered row
    by row from the south-west; those beyond the grid are left out.
    """
    reach_x, reach_y = reach_x + MARGIN, reach_y + MARGIN
    first = np.clip(np.floor(lines.y0 - reach_y), 0, grid.rows - 1).astype(np.int64)
    last = np.clip(np.floor(lines.y1 + reach_y), 0, grid.rows - 1).astype(np.int64)
    counts = last - first + 1
    edge = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    row = first[edge] + ragged(counts)
    low, high = _span(lines, edge, row, np.broadcast_to(reach_y, counts.shape)[edge])
    aside = np.broadcast_to(reach_x, counts.shape)[edge]
    left = np.clip(np.floor(low - aside), 0, grid.columns - 1).astype(np.int64)
    right = np.clip(np.floor(high + aside), 0, grid.columns - 1).astype(np.int64)
    width = right - left + 1
    which = np.repeat(np.arange(len(edge), dtype=np.int64), width)
    cell = row[which] * grid.columns + left[which] + ragged(width)
    return cell, edge[which]


def _span(lines: Upward, edge: Ints, row: Ints, reach: Floats) -> tuple[Floats, Floats]:
    """The least and greatest column that an edge has within reach of a row."""
    bottom, rise = lines.y0[edge], (lines.y1 - lines.y0)[edge]
    with np.errstate(divide="ignore", invalid="ignore"):
        enters = np.where(rise > 0, np.clip((row - reach - bottom) / rise, 0, 1), 0.0)
        leaves = np.where(rise > 0, np.clip((row + 1 + reach - bottom) / rise, 0, 1), 1.0)
    start, run = lines.x0[edge], (lines.x1 - lines.x0)[edge]
    one, other = start + enters * run, start + leaves * run
    return np.minimum(one, other), np.maximum(one, other)
