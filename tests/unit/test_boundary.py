"""Boundaries from lines: shapes against areas with a known truth, drawn in metres by pyproj."""

from __future__ import annotations

from dataclasses import replace
from math import cos, hypot, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString, Point, Polygon

from zonerules.layers.band import Piece, band, metres, moved
from zonerules.layers.boundary import Closure, build
from zonerules.layers.point import plane
from zonerules.tests.unit.drafting import at, edge, has

GEOD = Geod(ellps="WGS84")


def area_m2(shape):
    return abs(GEOD.geometry_area_perimeter(shape)[0])


def box(**more):
    """A square of 4 km by 4 km whose roads run on for 500 m beyond the corners."""
    return [
        edge("N", "north", (-2500, 2000), (2500, 2000), **more),
        edge("E", "east", (2000, 2500), (2000, -2500), **more),
        edge("S", "south", (2500, -2000), (-2500, -2000), **more),
        edge("W", "west", (-2000, -2500), (-2000, 2500), **more),
    ]


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
