"""The boundaries of all shapes as arrays of straight edges, and rows of ragged arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class InvalidShape(ValueError):
    """A shape that has no inside one could agree on; the message names it and says why."""


@dataclass(frozen=True)
class Edges:
    """Edge i goes from (ax, ay) to (bx, by), degrees lon/lat, and belongs to shape[i]."""

    ax: Floats
    ay: Floats
    bx: Floats
    by: Floats
    shape: Ints

    def __len__(self) -> int:
        return len(self.shape)

    def of(self, shapes: Iterable[int]) -> Edges:
        """Return those of some shapes."""
        mine = np.isin(self.shape, list(shapes))
        return Edges(self.ax[mine], self.ay[mine], self.bx[mine], self.by[mine], self.shape[mine])


def checked(shapes: Sequence[Any], names: Sequence[str] | None = None) -> npt.NDArray[Any]:
    """Return shapely Polygons and MultiPolygons as an array; empty ones are allowed.

    On an invalid shape (self-crossing, overlapping parts, coordinates that are not finite) the
    predicates of one and the same library disagree, so it is refused: :class:`InvalidShape`.
    """
    array = np.empty(len(shapes), dtype=object)
    array[:] = list(shapes)
    kinds = shapely.get_type_id(array)
    wrong = ~np.isin(kinds, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    for i in np.nonzero(wrong)[0]:
        raise InvalidShape(f"{_name(names, i)}: expected a Polygon or MultiPolygon")
    for i in np.nonzero(~shapely.is_valid(array))[0]:
        raise InvalidShape(f"{_name(names, i)}: {shapely.is_valid_reason(array[i])}")
    flat: npt.NDArray[Any] = shapely.force_2d(array)
    return flat


def _name(names: Sequence[str] | None, i: int) -> str:
    return f"shape {i}" if names is None else f"shape of {names[i]}"


def edges_of(shapes: npt.NDArray[Any]) -> Edges:
    """Return every edge of every ring, holes included, of checked shapes."""
    parts, shape_of_part = shapely.get_parts(shapes, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    start, end = xy[:-1][same], xy[1:][same]
    shape = shape_of_part[part_of_ring[ring[:-1][same]]]
    return Edges(
        start[:, 0].copy(),
        start[:, 1].copy(),
        end[:, 0].copy(),
        end[:, 1].copy(),
        shape.astype(np.int64),
    )


def ragged(counts: Ints) -> Ints:
    """Return 0 … counts[0]-1, 0 … counts[1]-1, … end to end."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.int64) - np.repeat(ends - counts, counts)


def offsets_of(counts: Ints) -> Ints:
    """Return where each row of a ragged array begins, and behind the last where it ends."""
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)])
