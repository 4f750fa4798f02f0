"""Zones and points to measure on: made, not taken from anywhere, and the same on every machine.

All coordinates are WGS84 lon/lat in degrees, over a province as large as Henan.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Shapes = npt.NDArray[Any]

WEST, SOUTH, EAST, NORTH = 110.3, 31.3, 116.7, 36.4
JITTER = 0.18  # how far a corner of the tiling wanders, as a share of a tile
SLOPE = 0.35  # a border stays in the lozenge of this slope around its chord, so none can cross
DECAY = 0.62  # of the height of the bumps from one halving of a border to the next
ON_VERTICES = 1000  # points that are put exactly on corners of zones: the boundary counts, too


class Places(NamedTuple):
    """Points, degrees."""

    x: Floats
    y: Floats


def counties(seed: int = 1) -> Shapes:
    """About 190 zones of 600 vertices: 160 that share their borders, 30 small ones over them."""
    return np.concatenate([tiling(16, 10, 600, seed), islands(30, 600, seed)])


def tiling(columns: int, rows: int, vertices: int, seed: int = 1) -> Shapes:
    """Return columns x rows polygons without gaps, each of `vertices` (a multiple of four).

    Neighbours share every vertex of their common border, as the units of an official map do.
    """
    rng = np.random.default_rng(seed)
    steps = max(1, vertices // 4)
    width, height = (EAST - WEST) / columns, (NORTH - SOUTH) / rows
    corner = np.stack(np.meshgrid(np.arange(columns + 1.0), np.arange(rows + 1.0)), axis=-1)
    corner += rng.uniform(-JITTER, JITTER, corner.shape)
    corner = np.array([WEST, SOUTH]) + corner * np.array([width, height])
    flat = _borders(corner[:, :-1], corner[:, 1:], steps, rng)
    upright = _borders(corner[:-1], corner[1:], steps, rng)
    # a ring: along the bottom, up the right side, back along the top, down the left side
    ring = np.concatenate(
        [
            flat[:-1, :, :-1],
            upright[:, 1:, :-1],
            flat[1:, :, :0:-1],
            upright[:, :-1, :0:-1],
        ],
        axis=2,
    )
    return _polygons(ring.reshape(rows * columns, -1, 2))


def islands(count: int, vertices: int, seed: int = 1) -> Shapes:
    """Return small star-shaped polygons of 5 to 15 km anywhere in the province."""
    rng = np.random.default_rng([seed, 2])
    centre = np.array([WEST, SOUTH]) + rng.random((count, 2)) * [EAST - WEST, NORTH - SOUTH]
    bumps = _bumps(count, vertices, rng)[:, :-1]
    radius = rng.uniform(0.05, 0.15, (count, 1)) * (1 + 0.3 * np.clip(bumps, -1, 1))
    angle = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    ray = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    return _polygons(centre[:, None] + radius[:, :, None] * ray)


def places(shapes: Shapes, count: int, seed: int = 3) -> Places:
    """Return `count` points, uniform over the province and a little beyond; the last of them, at
    most one in a hundred, lie exactly on corners of `shapes`."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(WEST - 0.1, EAST + 0.1, count)
    y = rng.uniform(SOUTH - 0.1, NORTH + 0.1, count)
    corners = shapely.get_coordinates(shapes)
    some = corners[rng.integers(0, len(corners), min(ON_VERTICES, count // 100))]
    if len(some):
        x[-len(some) :], y[-len(some) :] = some[:, 0], some[:, 1]
    return Places(x, y)


def catalogue(shapes: Shapes, reach: float = 0.002) -> dict[str, Any]:
    """Return a catalogue of zones with nominal `shapes`, and core and extent `reach` degrees in
    and out, as layers.index.ZoneIndex takes it."""
    zones = {}
    for number, shape in enumerate(shapes):
        roles = {
            "nominal": shape,
            "core": shape.buffer(-reach, join_style="mitre"),
            "extent": shape.buffer(reach, join_style="mitre"),
        }
        zones[f"zone-{number}"] = {
            "shapes": {role: shapely.geometry.mapping(form) for role, form in roles.items()}
        }
    return {"zones": zones}


def _borders(start: Floats, end: Floats, steps: int, rng: np.random.Generator) -> Floats:
    """Return the fractal line from each start to its end: shape (…, steps + 1, 2)."""
    chord = (end - start)[..., None, :]
    t = np.linspace(0, 1, steps + 1)
    count = int(np.prod(start.shape[:-1]))
    bumps = np.clip(_bumps(count, steps, rng), -1, 1) * SLOPE * np.minimum(t, 1 - t)
    aside = np.stack([-chord[..., 1], chord[..., 0]], axis=-1)
    line: Floats = (
        start[..., None, :]
        + chord * t[:, None]
        + aside * bumps.reshape(*start.shape[:-1], -1)[..., None]
    )
    line[..., -1, :] = end  # to the last bit, or neighbours would not share it
    return line


def _bumps(count: int, steps: int, rng: np.random.Generator) -> Floats:
    """Return `count` rows of midpoint displacement, steps + 1 values from 0 to 0."""
    fine = 1 << max(1, int(np.ceil(np.log2(steps))))
    height = np.zeros((count, fine + 1))
    size, step = 0.9, fine
    while step > 1:
        half = step // 2
        middle = (height[:, :-1:step] + height[:, step::step]) / 2
        height[:, half::step] = middle + size * rng.normal(size=middle.shape)
        size, step = size * DECAY, half
    at = np.linspace(0, fine, steps + 1)
    left = np.minimum(at.astype(int), fine - 1)
    share = at - left
    return height[:, left] * (1 - share) + height[:, left + 1] * share


def _polygons(rings: Floats) -> Shapes:
    made: Shapes = shapely.polygons(rings)
    if not shapely.is_valid(made).all():
        raise ValueError("the zones made are not valid: change SLOPE or JITTER")
    return made
