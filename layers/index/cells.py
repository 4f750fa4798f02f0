"""The index: points to the shapes that hold them, boundary included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from .build import Tables, build
from .edges import Floats, Ints, checked, offsets_of, ragged
from .sets import Collision, ShapeSets, interned, joined, random_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .grid import Numbers

CHUNK = 1 << 20  # points at a time: long enough that the calls for each shape cost little


class Membership(NamedTuple):
    """Which shapes hold each of many points: the set ids[i] of `sets` for point i.

    The same set may have several ids.
    """

    ids: Ints
    sets: ShapeSets


class CellIndex:
    """Point location in many polygons: build once, ask often, from several threads at once.

    `shapes`: shapely Polygons or MultiPolygons in lon/lat degrees (any plane will do), valid;
    `names` name them in messages. `tables`: those of an index of the very same shapes.
    Raises edges.InvalidShape.
    """

    def __init__(
        self,
        shapes: Sequence[Any],
        names: Sequence[str] | None = None,
        *,
        tables: Tables | None = None,
    ) -> None:
        self.shapes = checked(shapes, names)
        self.tables = build(self.shapes) if tables is None else tables
        self.sets = ShapeSets(self.tables.set_offsets, self.tables.set_members)
        self._sizes = self.sets.sizes()
        # most points are in one shape at most: only what else a set holds needs ragged rows
        self._first, self._more = _split(self.sets)
        self._has_more = self._more.sizes() > 0
        shapely.prepare(self.shapes)

    def locate(self, x: Any, y: Any) -> Membership:
        """Return the set of shapes that hold each point; NaN and infinite points are in none.

        Takes some 100 bytes for each point beside the result: hand on large tables in pieces.
        """
        x, y = _coordinates(x, y)
        ids = self.tables.cells.at(x, y).astype(np.int64)
        at, base, point, shape = self._tested(ids, x, y)
        order = np.lexsort((shape, point))
        rows = ShapeSets(offsets_of(np.bincount(point, minlength=len(at))), shape[order])
        both = self._with_base(rows, base)
        own, distinct = _interned(both, len(self.shapes))
        ids[at] = len(self._sizes) + own
        return Membership(ids, joined(self.sets, distinct))

    def holding(self, x: float, y: float) -> tuple[int, tuple[int, ...]]:
        """Return what holds one point: the number of a set of `sets`, and further shapes."""
        tables = self.tables
        number = tables.cells.one(x, y)
        if number >= 0:
            return number, ()
        cell = -1 - number
        tested = tables.tested[tables.test_offsets[cell] : tables.test_offsets[cell + 1]].tolist()
        held = tuple(one for one in tested if shapely.intersects_xy(self.shapes[one], x, y))
        return int(tables.base[cell]), held

    def pairs(self, x: Any, y: Any) -> tuple[Ints, Ints]:
        """Return (point, shape) for every shape that holds a point, in no particular order.

        The pairs that ``shapely.intersects`` finds by brute force, points on edges and vertices
        included; NaN and infinite points have none.
        """
        x, y = _coordinates(x, y)
        parts = [
            self._pairs(x[a : a + CHUNK], y[a : a + CHUNK], a) for a in range(0, len(x), CHUNK)
        ]
        points, shapes = zip(*parts) if parts else ((), ())
        none = np.zeros(0, dtype=np.int64)
        return np.concatenate([none, *points]), np.concatenate([none, *shapes])

    def _pairs(self, x: Floats, y: Floats, offset: int) -> tuple[Ints, Ints]:
        ids = self.tables.cells.at(x, y)
        at, base, point, shape = self._tested(ids, x, y)
        ids[at] = base
        first = self._first[ids]
        held = np.nonzero(first >= 0)[0]
        more = np.nonzero(self._has_more[ids])[0]
        where, member = self._more.of(ids[more])
        return (
            np.concatenate([at[point], held, more[where]]) + offset,
            np.concatenate([shape, first[held], member]),
        )

    def _tested(self, ids: Ints | Numbers, x: Floats, y: Floats) -> tuple[Ints, Ints, Ints, Ints]:
        """Return (at, base, point, shape): the points in boundary cells, the set that holds all of
        the cell of each, and the shapes beyond it that hold a point, `point` counting in `at`."""
        at = np.nonzero(ids < 0)[0]
        cell = -1 - ids[at]
        first = self.tables.test_offsets[cell]
        counts = self.tables.test_offsets[cell + 1] - first
        point = np.repeat(np.arange(len(at), dtype=np.int64), counts)
        shape = self.tables.tested[np.repeat(first, counts) + ragged(counts)].astype(np.int64)
        order = np.argsort(shape, kind="stable")  # one call for each shape
        point, shape = point[order], shape[order]
        kept = self._hold(shape, x[at][point], y[at][point])
        return at, self.tables.base[cell].astype(np.int64), point[kept], shape[kept]

    def _hold(self, shape: Ints, x: Floats, y: Floats) -> npt.NDArray[np.bool_]:
        """Whether each shape holds the point beside it; equal shapes stand together."""
        held = np.zeros(len(shape), dtype=bool)
        bounds = np.concatenate([[0], np.nonzero(shape[1:] != shape[:-1])[0] + 1, [len(shape)]])
        for a, b in zip(bounds[:-1], bounds[1:]):
            if a < b:
                held[a:b] = shapely.intersects_xy(self.shapes[shape[a]], x[a:b], y[a:b])
        return held

    def _with_base(self, rows: ShapeSets, base: Ints) -> ShapeSets:
        """The members of the base set and of the row, for each row."""
        counts = self._sizes[base] + rows.sizes()
        offsets = offsets_of(counts)
        members = np.empty(offsets[-1], dtype=np.int64)
        where, member = self.sets.of(base)
        members[offsets[where] + ragged(self._sizes[base])] = member
        where, member = rows.of(np.arange(len(base), dtype=np.int64))
        members[(offsets[:-1] + self._sizes[base])[where] + ragged(rows.sizes())] = member
        return ShapeSets(offsets, members)


def _split(sets: ShapeSets) -> tuple[Ints, ShapeSets]:
    """The first shape of each set, -1 for none, and the sets without it."""
    sizes, starts = sets.sizes(), sets.offsets[:-1]
    filled = sizes > 0
    first = np.full(len(sizes), -1, dtype=np.int64)
    first[filled] = sets.members[starts[filled]]
    others = np.ones(len(sets.members), dtype=bool)
    others[starts[filled]] = False
    return first, ShapeSets(offsets_of(np.maximum(sizes - 1, 0)), sets.members[others])


def _interned(rows: ShapeSets, shapes: int) -> tuple[Ints, ShapeSets]:
    seed = 1
    while True:
        try:
            return interned(rows, random_keys(shapes, seed))
        except Collision:
            seed += 1


def _coordinates(x: Any, y: Any) -> tuple[Floats, Floats]:
    x, y = (np.ascontiguousarray(values, dtype=np.float64).reshape(-1) for values in (x, y))
    if len(x) != len(y):
        raise ValueError(f"{len(x)} x but {len(y)} y: expected as many of both")
    return x, y
