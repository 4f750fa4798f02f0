"""Random areas from lines: the truth, displaced within the accuracies, lies between the shapes."""

from __future__ import annotations

from math import hypot

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon

from zonerules.layers.boundary import build
from zonerules.tests.unit.drafting import NORTH, at, edge, has

HALF_METRE = 0.5 / NORTH

# --- random quadrilaterals, the true roads displaced within their accuracies --------------------

CORNER = st.tuples(st.floats(800, 3000), st.floats(800, 3000))
SIGNS = ((-1, 1), (1, 1), (1, -1), (-1, -1))
NAMES = ("N", "E", "S", "W")
FIGURE = st.floats(10, 200)
UNIT = st.floats(-1, 1)


def along(a, b, metres_beyond):
    """Both ends of a line through a and b, prolonged by that many metres."""
    length = hypot(b[0] - a[0], b[1] - a[1])
    x, y = (b[0] - a[0]) / length * metres_beyond, (b[1] - a[1]) / length * metres_beyond
    return (a[0] - x, a[1] - y), (b[0] + x, b[1] + y)


def crossing(one, two):
    (ax, ay), (bx, by) = one
    (cx, cy), (dx, dy) = two
    ux, uy, vx, vy = bx - ax, by - ay, dx - cx, dy - cy
    turn = ux * vy - uy * vx
    t = ((cx - ax) * vy - (cy - ay) * vx) / turn
    return ax + t * ux, ay + t * uy


def on(line, place):
    """Whether a place on the endless line lies between its ends."""
    (ax, ay), (bx, by) = line
    share = ((place[0] - ax) * (bx - ax) + (place[1] - ay) * (by - ay)) / (
        (bx - ax) ** 2 + (by - ay) ** 2
    )
    return -1e-9 <= share <= 1 + 1e-9


# an almost straight corner: it slides along both roads by hundreds of metres
@example(
    corners=((800.0, 800.0), (2332.0, 800.0), (845.0, 800.0), (800.0, 2440.0)),
    figures=(10.0, 10.0, 10.0, 10.0),
    wrong=((0.0, 0.0), (0.0, 0.0), (-0.6, 0.9), (0.0, 0.0)),
    width=0.0,
    kerbs=(0.0, 0.0, 0.0, 0.0),
)
# an obtuse corner whose one road is known much worse: the corner slides along the other
@example(
    corners=((800.0, 800.0), (800.0, 800.0), (800.0, 800.0), (800.0, 1859.0)),
    figures=(10.0, 10.0, 127.0, 10.0),
    wrong=((0.0, 0.0), (0.0, 0.0), (-1.0, -1.0), (0.0, 0.0)),
    width=0.0,
    kerbs=(0.0, 0.0, 0.0, 0.0),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    corners=st.tuples(*[CORNER] * 4),
    figures=st.tuples(*[FIGURE] * 4),
    wrong=st.tuples(*[st.tuples(UNIT, UNIT)] * 4),
    width=st.floats(0, 50),
    kerbs=st.tuples(*[UNIT] * 4),
)
def test_the_true_area_lies_between_core_and_extent(corners, figures, wrong, width, kerbs):
    corners = [(x * sx, y * sy) for (x, y), (sx, sy) in zip(corners, SIGNS)]
    lines = [along(corners[i], corners[(i + 1) % 4], 900) for i in range(4)]
    made = build(
        [
            edge(name, "none", *line, accuracy=figure, half_width_m=width)
            for name, line, figure in zip(NAMES, lines, figures)
        ]
    )
    assert made.nominal.covers(made.core) and made.extent.buffer(1e-12).covers(made.nominal)
    moved_lines = []
    for line, figure, (start, end), kerb in zip(lines, figures, wrong, kerbs):
        (ax, ay), (bx, by) = line
        length = hypot(bx - ax, by - ay)
        nx, ny = -(by - ay) / length, (bx - ax) / length
        s, e = start * figure + kerb * width, end * figure + kerb * width
        moved_lines.append(((ax + nx * s, ay + ny * s), (bx + nx * e, by + ny * e)))
    true_corners = [crossing(moved_lines[i - 1], moved_lines[i]) for i in range(4)]
    # roads meet where they run: what a line would do beyond its end says nothing of the corner
    for i, corner in enumerate(true_corners):
        assume(all(on(moved_lines[k], corner) for k in (i - 1, i)))
    truth = Polygon([at(*c) for c in true_corners])
    assume(truth.is_valid)
    assert truth.buffer(HALF_METRE).covers(made.core)
    assert made.extent.buffer(HALF_METRE).covers(truth)


@pytest.mark.parametrize("slope", [0.02, 0.045, 0.2])
@pytest.mark.parametrize("beyond", [-0.7, -0.3, 0.3, 0.7])
def test_a_very_sharp_corner_may_lie_far_out(slope, beyond):
    """Two roads that meet like the blades of scissors: a few metres move the tip by hundreds."""
    lines = [
        ("A", (-3000, -3000 * slope), (600, 600 * slope)),
        ("B", (600, -600 * slope), (-3000, 3000 * slope)),
        ("C", (-2800, 3400 * slope), (-2800, -3400 * slope)),
    ]
    ring = [edge(name, "none", *line, accuracy=10.0) for name, *line in lines]
    made = build(ring)
    # A moves down and B up by less than 10 m: their crossing, the tip, moves along the axis
    off = 10.0 * beyond
    tip = off / slope
    assert has(made.extent, tip, 0)
    assert not has(made.core, -abs(tip) + 1, 0)
    if 2 * slope < 0.05:  # a sliver, as narrow as the bands
        assert not has(made.extent, 0, 25)


@pytest.mark.thorough
@settings(max_examples=60, deadline=None)
@given(st.tuples(*[CORNER] * 4), st.tuples(*[FIGURE] * 4), st.floats(0.05, 0.95), st.integers(0, 3))
def test_the_band_is_not_wider_than_it_must_be(corners, figures, share, side):
    """Along every side the core begins, and the extent ends, where the accuracy says so."""
    corners = [(x * sx, y * sy) for (x, y), (sx, sy) in zip(corners, SIGNS)]
    assume(Polygon(corners).convex_hull.area == pytest.approx(Polygon(corners).area))
    lines = [along(corners[i], corners[(i + 1) % 4], 900) for i in range(4)]
    made = build([edge(n, "none", *ln, accuracy=f) for n, ln, f in zip(NAMES, lines, figures)])
    (ax, ay), (bx, by) = corners[side], corners[(side + 1) % 4]
    length = hypot(bx - ax, by - ay)
    px, py = ax + (bx - ax) * share, ay + (by - ay) * share
    # far enough from the corners that only this side's figure counts
    assume(min(share, 1 - share) * length > 1300)
    ix, iy = (by - ay) / length, -(bx - ax) / length  # the corners run clockwise
    figure = figures[side]
    others = Polygon(corners).exterior
    inner = Point(px + ix * figure * 1.05, py + iy * figure * 1.05)
    assume(others.distance(inner) > figure * 1.04)
    assume(
        all(
            LineString(ln).distance(inner) > 1.05 * f
            for k, (ln, f) in enumerate(zip(lines, figures))
            if k != side
        )
    )
    assert has(made.core, inner.x, inner.y)
    assert not has(made.core, px + ix * figure * 0.97, py + iy * figure * 0.97)
    assert has(made.extent, px - ix * figure * 0.97, py - iy * figure * 0.97)
    assert not has(made.extent, px - ix * figure * 1.05, py - iy * figure * 1.05)
