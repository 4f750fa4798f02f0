"""Boundaries from lines: shapes against areas with a known truth, drawn in metres by pyproj."""

from __future__ import annotations

from dataclasses import replace
from math import cos, hypot, pi, sin

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString, Point, Polygon

from zonerules.layers.band import Piece, band, metres, moved
from zonerules.layers.boundary import Closure, Edge, build
from zonerules.layers.point import plane

GEOD = Geod(ellps="WGS84")
HOME = (113.69, 34.73)
# Metres per degree around HOME, from the geodesic: the tests' own scale.
EAST = GEOD.line_length([113.685, 113.695], [34.73, 34.73]) * 100
NORTH = GEOD.line_length([113.69, 113.69], [34.725, 34.735]) * 100
HALF_METRE = 0.5 / NORTH


def at(x, y):
    """Lon/lat of a place x metres east and y metres north of HOME."""
    return HOME[0] + x / EAST, HOME[1] + y / NORTH


def area_m2(shape):
    return abs(GEOD.geometry_area_perimeter(shape)[0])


def edge(name, side, *places, accuracy=50.0, **more):
    count = len(places) - 1
    figures = accuracy if isinstance(accuracy, tuple) else (accuracy,) * count
    return Edge(name, side, tuple(at(*p) for p in places), figures, **more)


def box(**more):
    """A square of 4 km by 4 km whose roads run on for 500 m beyond the corners."""
    return [
        edge("N", "north", (-2500, 2000), (2500, 2000), **more),
        edge("E", "east", (2000, 2500), (2000, -2500), **more),
        edge("S", "south", (2500, -2000), (-2500, -2000), **more),
        edge("W", "west", (-2000, -2500), (-2000, 2500), **more),
    ]


def has(shape, x, y):
    return shape.covers(Point(at(x, y)))


def reach_east(shape):
    """Metres from the middle to the shape's boundary on the east side, halfway up."""
    ray = LineString([at(0, 0), at(9000, 0)]).intersection(shape)
    return GEOD.geometry_length(ray)


# --- metres -------------------------------------------------------------------------------------


@given(st.floats(18, 53), st.floats(0, 2 * pi), st.floats(1, 5000))
def test_moved_and_metres_agree_with_the_geodesic(lat, turn, far):
    place = (113.0, lat)
    there = moved(place, far * cos(turn), far * sin(turn))
    _, _, length = GEOD.inv(*place, *there)
    # a degree of longitude is as long as at the place itself: 0.1 % off at 5 km and 53 degrees
    assert length == pytest.approx(far, rel=1.1e-3)
    assert metres(place, there) == pytest.approx(length, rel=1e-6)


@given(st.floats(1, 5000), st.floats(-3000, 3000), st.floats(-3000, 3000), st.floats(0, 2 * pi))
def test_a_band_holds_the_whole_disc_and_hardly_more(radius, x, y, turn):
    shape = band([Piece(at(0, 0), at(x, y), radius)])
    end = at(x, y)
    inside = moved(end, radius * cos(turn), radius * sin(turn))
    beyond = 1.025 * radius + 1.0
    assert shape.buffer(1e-12).covers(Point(inside))
    outside = moved(end, beyond * cos(turn), beyond * sin(turn))
    # in the plane around that place: nearest in degrees would be another foot
    (x1, y1), (x2, y2) = (plane(*outside, *corner) for corner in (at(0, 0), end))
    square = (x2 - x1) ** 2 + (y2 - y1) ** 2
    share = -(x1 * (x2 - x1) + y1 * (y2 - y1)) / square if square else 0.0
    share = min(max(share, 0.0), 1.0)
    if hypot(x1 + share * (x2 - x1), y1 + share * (y2 - y1)) > beyond - 0.5:
        assert not shape.covers(Point(outside))


# --- a square -----------------------------------------------------------------------------------


def test_square_is_cut_at_its_crossings():
    made = build(box())
    truth = Polygon([at(-2000, -2000), at(2000, -2000), at(2000, 2000), at(-2000, 2000)])
    assert (
        made.nominal.equals(truth.normalize())
        or made.nominal.symmetric_difference(truth).area < 1e-14
    )
    assert area_m2(made.nominal) == pytest.approx(16e6, rel=1e-3)
    assert area_m2(made.core) == pytest.approx(3900.0**2, rel=2e-3)
    # four strips of 50 m and rounded corners that reach the crossing of the outer parallels
    assert 16e6 + 4 * 4000 * 50 < area_m2(made.extent) < 4102.0**2 * 1.002
    assert [g.closed for g in made.gaps] == ["crossing"] * 4
    assert {g.metres for g in made.gaps} == {0.0}
    assert made.assumptions == ()


@pytest.mark.parametrize("first", range(4))
@pytest.mark.parametrize("turned", range(16))
def test_start_and_direction_of_the_lines_do_not_matter(first, turned):
    ring = [
        replace(e, points=e.points[::-1], accuracy_m=e.accuracy_m[::-1]) if turned >> i & 1 else e
        for i, e in enumerate(box())
    ]
    made = build(ring[first:] + ring[:first])
    other = build([*reversed(ring)])
    plain = build(box())
    for role in ("nominal", "core", "extent"):
        assert getattr(made, role).symmetric_difference(getattr(plain, role)).area < 1e-13
        assert getattr(other, role).symmetric_difference(getattr(plain, role)).area < 1e-13


def test_a_corner_that_both_lines_know_is_as_sure_as_they_say():
    corners = [(-2000, 2000), (2000, 2000), (2000, -2000), (-2000, -2000)]
    known = [
        edge(n, "none", corners[i], corners[(i + 1) % 4])
        for i, n in enumerate(("N", "E", "S", "W"))
    ]
    # 57 m from the corner: farther than it may be off, but within reach of two moved lines
    assert not has(build(known).extent, 2040, 2040)
    assert has(build(box()).extent, 2040, 2040)


def test_a_precise_stretch_does_not_inherit_the_worst_corner():
    ring = box()
    ring[1] = edge("E", "east", (2000, 2500), (2000, 1000), (2000, -2500), accuracy=(300.0, 20.0))
    made = build(ring)
    assert has(made.core, 1975, -800) and has(made.core, 1975, 600)
    assert not has(made.core, 1975, 1500) and not has(made.core, 1710, 1500)
    assert has(made.extent, 2290, 1500) and not has(made.extent, 2030, -800)


# --- inclusion ----------------------------------------------------------------------------------


def test_unstated_road_widens_the_band_on_both_sides():
    made = build(box(half_width_m=40.0))
    assert reach_east(made.nominal) == pytest.approx(2000, abs=2)
    assert reach_east(made.core) == pytest.approx(1910, abs=2)
    assert reach_east(made.extent) == pytest.approx(2090, abs=2)
    assert made.assumptions[0] == "N: 40 m from axis to kerb, unstated"


@pytest.mark.parametrize(("include", "kerb"), [("included", 2040), ("excluded", 1960)])
def test_stated_inclusion_moves_the_line_to_a_kerb(include, kerb):
    made = build(box(half_width_m=40.0, include=include))
    assert reach_east(made.nominal) == pytest.approx(kerb, abs=2)
    assert reach_east(made.core) == pytest.approx(kerb - 50, abs=2)
    assert reach_east(made.extent) == pytest.approx(kerb + 50, abs=2)
    assert area_m2(made.nominal) == pytest.approx((2 * kerb) ** 2, rel=1e-3)


def test_inclusion_is_per_edge():
    ring = box()
    ring[1] = replace(ring[1], include="included", half_width_m=30.0)
    ring[3] = replace(ring[3], include="excluded", half_width_m=20.0)
    made = build(ring)
    assert area_m2(made.nominal) == pytest.approx(4000 * (2030 + 1980), rel=1e-3)
    assert has(made.nominal, 2029, 1990) and not has(made.nominal, 2032, 0)
    assert has(made.nominal, -1979, 1990) and not has(made.nominal, -1982, 0)


def test_straight_road_that_changes_from_included_to_excluded_steps():
    ring = [
        *box()[:1],
        edge("E1", "east", (2000, 2500), (2000, 0), include="included", half_width_m=40.0),
        edge("E2", "east", (2000, 0), (2000, -2500), include="excluded", half_width_m=40.0),
        *box()[2:],
    ]
    made = build(ring)
    assert has(made.nominal, 2038, 100) and has(made.nominal, 2038, 1900)
    assert not has(made.nominal, 1962, -100) and not has(made.nominal, 1962, -1900)


# --- gaps ---------------------------------------------------------------------------------------


def short_box(gap):
    """The square, its east side ending so many metres south of the north side."""
    ring = box()
    ring[1] = edge("E", "east", (2000, 2000 - gap), (2000, -2500))
    return ring


def test_a_gap_within_the_accuracy_is_extended_to_the_crossing():
    made = build(short_box(80))
    assert made.nominal.symmetric_difference(build(box()).nominal).area < 1e-9
    gap = made.gaps[0]
    assert (gap.after, gap.before, gap.closed) == ("N", "E", "extended")
    assert gap.metres == pytest.approx(80, abs=0.5)
    assert "N to E: gap of" in made.assumptions[0]


def test_a_wider_gap_is_bridged_and_may_be_off_by_half_of_it():
    ring = short_box(600)
    ring[0] = edge("N", "north", (-2500, 2000), (1400, 2000))
    made = build(ring)
    assert made.gaps[0].closed == "bridged"
    assert made.gaps[0].metres == pytest.approx(hypot(600, 600), rel=1e-3)
    assert has(made.nominal, 1690, 1690) and not has(made.nominal, 1710, 1710)
    # the corner that was cut off may belong: it is certain neither way
    assert has(made.extent, 1990, 1990)
    assert not has(made.core, 1450, 1450)
    assert has(made.core, 1350, 1350)


def open_side():
    """The square without its west side, whose road ends at the height of the middle."""
    ring = box()
    ring[3] = edge("W", "west", (-2000, 0), (-2000, 2500))
    return ring, [
        Closure("straight", "S", "W", edge("straight", "west", (-2000, 0), (-2000, -2100))),
        Closure("inner", "S", "W", edge("inner", "west", (-2000, 0), (-1000, -2100))),
        Closure("outer", "S", "W", edge("outer", "west", (-2000, 0), (-2400, -2100))),
    ]


def test_closures_are_readings():
    ring, closures = open_side()
    made = build(ring, closures)
    assert [r.id for r in made.readings] == ["straight", "inner", "outer"]
    assert made.nominal.equals(made.readings[0].nominal)
    assert made.nominal.symmetric_difference(build(box()).nominal).area < 1e-12
    # between the readings: neither certain nor out
    for x, y in ((-1300, -1500), (-2200, -1500)):
        assert not has(made.core, x, y) and has(made.extent, x, y)
    for reading in made.readings:
        assert reading.core.buffer(1e-12).covers(made.core)
        assert made.extent.buffer(1e-12).covers(reading.extent)
    closed = [g for g in made.gaps if g.closed.startswith("closure:")]
    assert [(g.reading, g.after, g.before) for g in closed] == [
        (r, "S", "W") for r in ("straight", "inner", "outer")
    ]
    assert all(g.metres == pytest.approx(2000, rel=1e-3) for g in closed)
    assert "S to W: closed by inner" in made.assumptions


def test_the_order_of_closures_chooses_only_the_nominal_shape():
    ring, closures = open_side()
    one, two = build(ring, closures), build(ring, closures[::-1])
    assert two.nominal.equals(two.readings[0].nominal) and two.readings[0].id == "outer"
    assert one.core.symmetric_difference(two.core).area < 1e-13
    assert one.extent.symmetric_difference(two.extent).area < 1e-13


def test_two_open_sides_give_every_combination():
    ring, closures = open_side()
    ring[1] = edge("E", "east", (2000, 2500), (2000, 0))
    closures += [
        Closure("a", "E", "S", edge("a", "east", (2000, 0), (2000, -2100))),
        Closure("b", "E", "S", edge("b", "east", (2000, 0), (2300, -2100))),
    ]
    made = build(ring, closures)
    assert [r.id for r in made.readings][:3] == ["straight+a", "straight+b", "inner+a"]
    assert len(made.readings) == 6


# --- words that do not fit ----------------------------------------------------------------------


def test_an_edge_on_the_wrong_side_is_refused():
    ring = box()
    ring[1] = replace(ring[1], side="west")
    with pytest.raises(ValueError, match="E does not lie on the west"):
        build(ring)


def test_two_edges_are_too_few():
    with pytest.raises(ValueError, match="three edges"):
        build(box()[:2])


def test_lines_that_cross_themselves_are_refused():
    ring = box()
    ring[1] = edge("E", "none", (2000, 2500), (2000, 0), (-2400, 500), (2000, -500), (2000, -2500))
    with pytest.raises(ValueError, match="one simple area"):
        build(ring)


def test_a_closure_between_strangers_is_refused():
    ring, closures = open_side()
    with pytest.raises(ValueError, match="N is not followed by S"):
        build(ring, [replace(closures[0], after="N", before="S")])


def test_an_edge_that_meets_both_neighbours_in_one_place_is_refused():
    ring = [
        edge("A", "none", (0, 0), (1000, 1000)),
        edge("B", "none", (0, 0), (1000, -1000)),
        edge("C", "none", (0, 0), (-1000, 0)),
    ]
    with pytest.raises(ValueError, match="both its neighbours in one place"):
        build(ring)


@pytest.mark.parametrize(
    "bad",
    [
        {"accuracy_m": (50.0, 50.0)},
        {"accuracy_m": (0.0,)},
        {"half_width_m": -1.0},
        {"side": "left"},
        {"include": "perhaps"},
        {"points": (at(0, 0),)},
    ],
)
def test_an_edge_checks_itself(bad):
    with pytest.raises(ValueError, match="E"):
        replace(box()[1], **bad)


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
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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


@settings(max_examples=100, deadline=None)
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
