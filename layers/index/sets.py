"""Interned sets of shapes: each distinct set is stored once and named by a small number."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from .edges import Ints, offsets_of, ragged

if TYPE_CHECKING:
    from .grid import Grid, Numbers, Upward

Keys = npt.NDArray[np.uint64]


class Collision(Exception):
    """Two different sets got the same key; other random keys are to be tried."""


class ShapeSets(NamedTuple):
    """Set i holds the shapes members[offsets[i]:offsets[i + 1]]."""

    offsets: Ints
    members: Ints

    def sizes(self) -> Ints:
        """Return how many shapes each set holds."""
        return np.diff(self.offsets)

    def of(self, sets: Ints | Numbers) -> tuple[Ints, Ints]:
        """Return (position in `sets`, shape) for every member of every one of these sets."""
        counts = self.sizes()[sets]
        where = np.repeat(np.arange(len(sets), dtype=np.int64), counts)
        return where, self.members[np.repeat(self.offsets[sets], counts) + ragged(counts)]


def random_keys(shapes: int, seed: int) -> tuple[Keys, Keys]:
    """Return two independent 64-bit keys for each shape.

    The key of a set is the exclusive or of those of its members: to cross the boundary of a shape
    and to add it or take it away are one and the same. The second key tells a collision.
    """
    made = np.random.default_rng(seed).integers(1, 2**64, (2, shapes), dtype=np.uint64)
    return made[0], made[1]


def intern(key: Keys, check: Keys) -> tuple[Ints, Ints]:
    """Return (first, id): equal keys get equal ids, `first` has one position for each id.

    The ids count from 0 in the order of the keys. Raises :class:`Collision`.
    """
    _, first, ids = np.unique(key, return_index=True, return_inverse=True)
    if (check != check[first][ids]).any():
        raise Collision
    return first, ids.reshape(-1)


def interned(rows: ShapeSets, keys: tuple[Keys, Keys]) -> tuple[Ints, ShapeSets]:
    """Return the id of each row, and every distinct set once; the empty set, if any, is 0.

    Raises :class:`Collision`.
    """
    key, check = (_row_keys(rows, some) for some in keys)
    first, ids = intern(key, check)
    _, members = rows.of(first)
    return ids, ShapeSets(offsets_of(rows.sizes()[first]), members)


def _row_keys(rows: ShapeSets, keys: Keys) -> Keys:
    before = np.zeros(len(rows.members) + 1, dtype=np.uint64)
    np.bitwise_xor.accumulate(keys[rows.members], out=before[1:])
    keyed: Keys = before[rows.offsets[1:]] ^ before[rows.offsets[:-1]]
    return keyed


def joined(one: ShapeSets, other: ShapeSets) -> ShapeSets:
    """Return the rows of both, those of `other` behind."""
    return ShapeSets(
        np.concatenate([one.offsets, one.offsets[-1] + other.offsets[1:]]),
        np.concatenate([one.members, other.members]),
    )


def sets_at_corners(
    lines: Upward, shape: Ints, grid: Grid, keys: tuple[Keys, Keys]
) -> tuple[Ints, ShapeSets]:
    """Return the set of shapes around the south-west corner of every cell, and the sets.

    `shape` has the shape of each of `lines`, `keys` those of :func:`random_keys`. Raises Collision.

    Sweeps every row's lower line from west to east: a shape holds a corner if an odd number of its
    edges cross the line before it. Where a corner lies on an edge, or so near that rounding
    decides, either answer may come out; that edge touches the cell, which therefore tests the
    shape exactly (see grid.MARGIN).
    """
    first = np.ceil(lines.y0).astype(np.int64)
    counts = np.ceil(lines.y1).astype(np.int64) - first
    edge = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    row = first[edge] + ragged(counts)
    slope = (lines.x1 - lines.x0)[edge] / (lines.y1 - lines.y0)[edge]
    crossing = lines.x0[edge] + (row - lines.y0[edge]) * slope
    column = np.clip(np.ceil(crossing), 0, grid.columns).astype(np.int64)
    place = row * (grid.columns + 1) + column
    order = np.argsort(place, kind="stable")
    place, crossed = place[order], shape[edge[order]]
    return _swept(place, crossed, grid, keys)


def _swept(
    place: Ints, crossed: Ints, grid: Grid, keys: tuple[Keys, Keys]
) -> tuple[Ints, ShapeSets]:
    """The sets after each crossing, spread over the cells up to the next; rings close, so every
    row ends with the empty set."""
    wide = grid.columns + 1
    after = [np.bitwise_xor.accumulate(key[crossed]) for key in keys]
    last = np.nonzero(np.append(place[1:] != place[:-1], True))[0] if len(place) else place
    # in front, so that the empty set is there and becomes number 0: no key is smaller than 0
    key, check = (np.concatenate([np.zeros(1, np.uint64), some[last]]) for some in after)
    one, ids = intern(key, check)
    starts = (place[last] // wide) * grid.columns + place[last] % wide
    bounds = np.concatenate([np.zeros(1, np.int64), starts, [grid.rows * grid.columns]])
    corners = np.repeat(ids, np.diff(bounds))
    return corners, _contents(place, crossed, last[one[1:] - 1], wide, len(keys[0]))


def _contents(place: Ints, crossed: Ints, at: Ints, wide: int, shapes: int) -> ShapeSets:
    """The members of the sets that hold after the crossings `at`: those crossed an odd number of
    times since the row's west end."""
    begin = np.searchsorted(place, (place[at] // wide) * wide)
    counts = at - begin + 1
    which = np.repeat(np.arange(len(at), dtype=np.int64), counts)
    seen, times = np.unique(
        which * shapes + crossed[begin[which] + ragged(counts)], return_counts=True
    )
    held = seen[times % 2 == 1]
    sizes = np.bincount(held // shapes, minlength=len(at)) if shapes else np.zeros(0, np.int64)
    return ShapeSets(offsets_of(np.concatenate([[0], sizes])), held % max(shapes, 1))
