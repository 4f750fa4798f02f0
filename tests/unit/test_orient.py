"""The side of an edge against rational arithmetic, closed containment against shapely."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zonerules.layers.orient import orientation
from zonerules.layers.point import Shape

LON, LAT = 113.66, 34.75  # the middle of Zhengzhou


# --- orientation -------------------------------------------------------------------------------


def exact_side(ax, ay, bx, by, px, py):
    ax, ay, bx, by, px, py = map(Fraction, (ax, ay, bx, by, px, py))
    value = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
    return (value > 0) - (value < 0)


def test_orientation_signs():
    assert orientation(0, 0, 1, 0, 0.5, 1) == 1
    assert orientation(0, 0, 1, 0, 0.5, -1) == -1
    assert orientation(0, 0, 1, 0, 7, 0) == 0


@pytest.mark.parametrize(
    ("line", "point"),
    [
        (
            (0.1, 0.1, 172.17327603516662, 62.4059027727733),
            (125.68453987759335, 45.572825947578735),
        ),
        (
            (0.1, 0.1, 153.45225609854808, 50.04571277257713),
            (75.79127938276542, 24.752098349378535),
        ),
        # Here the products are too small to keep their digits.
        (
            (2.0**-590, 1.5 * 2.0**-589, 1.5 * 2.0**-589, 2.0**-589),
            (-(2.0**-537), (1 + 2.0**-51) * 2.0**-538),
        ),
    ],
)
def test_orientation_where_floats_give_the_wrong_side(line, point):
    ax, ay, bx, by = line
    px, py = point
    naive = (ax - px) * (by - py) - (ay - py) * (bx - px)
    expected = exact_side(*line, *point)
    assert naive * expected < 0, "a case must be one that plain floats get wrong"
    assert orientation(*line, *point) == expected


degrees = st.floats(-180, 180) | st.integers(-4, 4).map(float) | st.floats(113, 114)


@given(*[degrees] * 5, st.floats(-1, 2), st.integers(-2, 2))
def test_orientation_is_exact(ax, ay, bx, by, px, t, ulps):
    for x, y in ((px, ay + t), (ax + t * (bx - ax), ay + t * (by - ay))):
        for _ in range(abs(ulps)):
            y = math.nextafter(y, math.copysign(math.inf, ulps))
        assert orientation(ax, ay, bx, by, x, y) == exact_side(ax, ay, bx, by, x, y)


def test_orientation_survives_underflow():
    tiny = 5e-324
    assert orientation(0.0, 0.0, tiny, tiny, tiny, 0.0) == -1
    assert orientation(0.0, 0.0, tiny, tiny, 2 * tiny, 2 * tiny) == 0
    # Both products underflow to nothing, the true value is +2.4e-323 * 1e-300.
    assert orientation(0.0, 0.0, 1e-300, 0.0, 0.0, 2.4e-323) == 1


# --- containment -------------------------------------------------------------------------------


def square(west, south, east, north):
    """A counter-clockwise ring of a lon/lat box."""
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def multi(*parts):
    return {"type": "MultiPolygon", "coordinates": [list(part) for part in parts]}


def star(rng, lon, lat, km, spikes):
    """A star-like ring around a place: spikes vertices, km across at most, no self-crossing."""
    ring = []
    for k in range(spikes):
        angle = 2 * math.pi * k / spikes
        reach = km / 2 * rng.uniform(0.3, 1.0)
        ring.append([lon + reach / 91.5 * math.cos(angle), lat + reach / 110.9 * math.sin(angle)])
    return [*ring, ring[0]]


@st.composite
def areas(draw):
    """A valid area with holes, parts, level edges and vertices on others' edges.

    Triangles and boxes on a small grid are joined and cut, which leaves collinear runs and
    corners that touch; then the whole is moved and scaled to where the data are.
    """
    size = 6

    def pieces(least, most):
        count = draw(st.integers(least, most))
        whole = shapely.Polygon()
        for _ in range(count):
            corners = draw(st.lists(st.tuples(*[st.integers(0, size)] * 2), min_size=3, max_size=3))
            level = draw(st.booleans())
            piece = shapely.envelope if level else shapely.convex_hull
            whole = shapely.union(whole, piece(shapely.MultiPoint(corners)))
        return whole

    area = shapely.difference(pieces(1, 5), pieces(0, 3))
    scale, east, north = draw(
        st.sampled_from([(1, 0, 0), (1e-3, 113.66, 34.75), (0.1, -0.3, -0.3), (1 / 3, 113.1, 34.7)])
    )
    area = shapely.transform(area, lambda xy: xy * scale + (east, north))
    parts = [p for p in shapely.get_parts(area) if p.geom_type == "Polygon" and p.area > 0]
    return shapely.MultiPolygon(parts)


def unit_beside(value, way):
    """The next double that way; beside 0, 2**-60.

    shapely counts in 106 bits, so it errs for places much nearer to 0 than that; such do not
    occur in degrees, and here they are exact: test_orientation_*.
    """
    return math.nextafter(value, way * math.inf) if value else way * 2.0**-60


def probes(area, rng):
    """Points on vertices, on edges, a unit beside them, level with vertices, and anywhere."""
    xy = [tuple(p) for p in shapely.get_coordinates(area)]
    on = list(xy)
    for ring in shapely.get_rings(shapely.get_parts(area)):
        line = [tuple(p) for p in shapely.get_coordinates(ring)]
        for (x1, y1), (x2, y2) in zip(line, line[1:]):
            for t in (0.5, rng.random()):
                on.append((x1 + t * (x2 - x1), y1 + t * (y2 - y1)))
    beside = []
    for x, y in on:
        beside += [(unit_beside(x, way), y) for way in (-1, 1)]
        beside += [(x, unit_beside(y, way)) for way in (-1, 1)]
    level = [(rng.choice(xy)[0], rng.choice(xy)[1]) for _ in range(60)]
    west, south, east, north = shapely.bounds(area)
    free = [(rng.uniform(west, east), rng.uniform(south, north)) for _ in range(30)]
    return on + beside + level + free


def assert_as_shapely(area, points):
    shape = Shape(shapely.geometry.mapping(area))
    expected = shapely.intersects(area, shapely.points(points))
    differ = [(p, e) for p, e in zip(points, expected.tolist()) if shape.contains(p[0], p[1]) != e]
    assert not differ, f"{len(differ)} of {len(points)} differ, first {differ[0]} in {area.wkt}"


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(areas(), st.integers(0, 9999))
def test_containment_equals_shapely(area, seed):
    if area.is_empty or not area.is_valid:
        return
    assert_as_shapely(area, probes(area, random.Random(seed)))


@pytest.mark.parametrize("seed", range(12))
def test_containment_of_stars_equals_shapely(seed):
    rng = random.Random(seed)
    outer = star(rng, LON, LAT, 20, rng.choice([5, 40, 300]))
    hole = star(rng, LON, LAT, 5, 9)  # the outer ring never comes nearer than 3 km
    far = star(rng, LON + 0.4, LAT, 15, 50)
    area = shapely.MultiPolygon([(outer, [hole]), (far, [])])
    assert area.is_valid
    assert_as_shapely(area, probes(area, rng))


def test_closed_containment_by_hand():
    # A box 0..4 with a hole 1..3, and a second part that touches its corner.
    shape = Shape(multi([square(0, 0, 4, 4), square(1, 1, 3, 3)[::-1]], [square(4, 4, 5, 5)]))
    inside = [(0, 0), (4, 2), (2, 4), (1, 1), (2, 1), (3, 2), (0.5, 1), (4, 4), (4.5, 4.5), (5, 4)]
    outside = [(2, 2), (1.5, 1.5), (4.5, 3.9), (-1, 0), (-1, 4), (5, 0), (6, 4), (2, 5)]
    assert [p for p in inside if not shape.contains(*p)] == []
    assert [p for p in outside if shape.contains(*p)] == []


def test_repeated_vertices_and_level_runs():
    ring = [[0, 0], [1, 0], [1, 0], [2, 0], [4, 0], [4, 2], [3, 2], [3, 2], [2, 2], [2, 4], [0, 4]]
    shape = Shape(multi([[*ring, ring[0]]]))
    unclosed = Shape(multi([ring]))
    area = shapely.Polygon(ring)
    for x in (-1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 3.5, 4.0, 5.0):
        for y in (-1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0):
            expected = shapely.intersects(area, shapely.Point(x, y))
            assert shape.contains(x, y) == unclosed.contains(x, y) == expected, (x, y)


def test_polygon_and_third_ordinate_are_read():
    ring = [[x, y, 88.0] for x, y in square(0, 0, 1, 1)]
    assert Shape({"type": "Polygon", "coordinates": [ring]}).contains(0.5, 0.5)
    with pytest.raises(ValueError, match="LineString"):
        Shape({"type": "LineString", "coordinates": ring})
