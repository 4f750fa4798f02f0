"""Drafts of what is only partly known: stretches of roads, units without a shape of their own."""

from __future__ import annotations

import pytest

from zonerules.tests.unit.drafting import codes, drawn, has, km2, line, only, roads, square

STRIP = "东明路（黄河路至农业路段）两侧各50米"
TOWN = square(-3000, -3000, 3000, 3000)
COUNTY = square(-20000, -20000, 20000, 20000)


def spans(shape, y):
    return has(shape, 2000, y)


def test_a_stretch_of_a_corridor_ends_at_the_crossings():
    made = drawn(STRIP, roads())
    shapes = only(made)
    assert made.complete and made.missing == ()
    # 4 km by 100 m; a disc is drawn as the polygon around it, up to 2 % wide
    assert km2(shapes.nominal) == pytest.approx(0.4, rel=0.02)
    assert spans(shapes.nominal, 1999) and not spans(shapes.nominal, 2001)
    # both lines are known to 10 m each
    assert spans(shapes.core, 1979) and not spans(shapes.core, 1981)
    assert spans(shapes.core, -1979) and not spans(shapes.core, -1981)
    assert spans(shapes.extent, 2079) and not spans(shapes.extent, 2085)
    assert shapes.nominal.covers(shapes.core) and shapes.extent.covers(shapes.nominal)


def test_the_ends_of_a_stretch_are_as_unsure_as_an_oblique_crossing():
    lines = roads(north=line("农业路", (-2000, 0), (6000, 4000)))  # one in two
    shapes = only(drawn(STRIP, lines))
    # 20 m across the line of 26.6 degrees are 22.4 m along the road
    assert spans(shapes.core, 1977) and not spans(shapes.core, 1979)


def test_a_stretch_of_a_road_in_pieces_has_its_gap_told():
    pieces = [
        line("东明路", (2000, 2500), (2000, 300), id="a"),
        line("东明路", (2000, -2500), (2000, 100), id="b"),
    ]
    made = drawn(STRIP, [*roads(east=None), *pieces])
    (patch,) = [n for n in made.assumptions if n["code"] == "patched"]
    assert patch["m"] == pytest.approx(200, abs=1)
    shapes = only(made)
    assert not spans(shapes.core, 200) and spans(shapes.nominal, 200)
    assert spans(shapes.core, 500) and not spans(shapes.extent, 2300)


@pytest.mark.parametrize(
    "north",
    [
        None,
        line("农业路", (-2500, 2000), (1500, 2000)),  # ends 500 m short of the road
        line("农业路", (-2500, 2000), (2500, 2000), (2500, 1000), (1000, 1000)),  # crosses twice
    ],
)
def test_a_stretch_whose_end_is_not_one_place_is_nowhere_certain(north):
    made = drawn(STRIP, roads(north=north))
    shapes = only(made)
    assert codes(made.missing) == ["stretch_unfound"] and not made.complete
    assert shapes.core.is_empty and spans(shapes.extent, 2400)


def test_an_open_stretch_runs_to_the_end_of_the_road():
    shapes = only(drawn("东明路（黄河路以北段）两侧各50米", roads()))
    assert spans(shapes.nominal, 2499) and not spans(shapes.nominal, -2010)
    assert spans(shapes.core, -1979) and not spans(shapes.core, -1981)


def test_a_stretch_that_bounds_an_open_area_leaves_nothing_certain():
    made = drawn("东明路（黄河路至农业路段）以西", roads(), within=TOWN, within_name="x")
    assert codes(made.missing) == ["stretch_half"] and only(made).core.is_empty
    assert has(only(made).extent, 0, 0)


def test_an_edge_of_a_box_drawn_beyond_its_stretch_is_told():
    text = "东至东明路（黄河路至{}段）、南至黄河路、西至花园路、北至农业路"
    lines = [*roads(), line("红旗路", (-2500, 500), (2500, 500))]
    assert "stretch_other" in codes(drawn(text.format("红旗路"), lines).assumptions)
    assert "stretch_other" not in codes(drawn(text.format("农业路"), lines).assumptions)


# --- units --------------------------------------------------------------------------------------

HALF = "西村镇和谐路以西"
ROAD = line("和谐路", (0, -30000), (0, 30000))


def test_another_unit_only_bounds_the_extent():
    made = drawn(HALF, [ROAD], within=COUNTY, within_name="巩义市", within_known=True)
    shapes = only(made)
    assert codes(made.missing) == ["other_unit"] and not made.complete
    assert shapes.core.is_empty
    assert has(shapes.extent, -15000, 0) and not has(shapes.extent, 15000, 0)


@pytest.mark.parametrize(
    ("title", "known"), [("西村镇", True), ("西村镇.geojson", False), ("border.geojson", False)]
)
def test_the_unit_itself_and_a_file_for_it_are_certain(title, known):
    made = drawn(HALF, [ROAD], within=TOWN, within_name=title, within_known=known)
    assert made.complete and has(only(made).core, -2900, 0)


def test_a_file_that_bears_the_name_of_another_unit():
    made = drawn(HALF, [ROAD], within=COUNTY, within_name="巩义市.gpkg")
    assert codes(made.missing) == ["other_unit"] and only(made).core.is_empty


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"within": COUNTY, "within_name": "巩义市", "within_known": True},
        {"within": TOWN, "within_name": "西村镇", "within_known": True},
    ],
)
def test_an_approximate_shape_of_the_unit_bounds_the_extent(options):
    made = drawn(HALF, [ROAD], rough={"西村镇": TOWN}, **options)
    shapes = only(made)
    assert codes(made.missing) == ["rough"] and shapes.core.is_empty
    assert km2(shapes.nominal) == pytest.approx(18, rel=0.01)
    assert not has(shapes.extent, -3100, 0)


def test_an_approximate_shape_apart_from_the_unit_given_is_told():
    away = square(30000, 30000, 40000, 40000)
    made = drawn(
        HALF, [ROAD], rough={"西村镇": away}, within=TOWN, within_name="巩义市", within_known=True
    )
    assert made.zones == () and codes(made.missing) == ["apart"]


def test_an_area_given_beside_the_units_own_shape_is_told():
    units = {"西村镇": TOWN}
    made = drawn(HALF, [ROAD], units=units, within=COUNTY, within_name="town.geojson")
    assert "within_unused" in codes(made.assumptions) and km2(only(made).nominal) < 19
    same = {"within": TOWN, "within_name": "西村镇", "within_known": True}
    assert "within_unused" not in codes(drawn(HALF, [ROAD], units=units, **same).assumptions)


def test_a_text_that_bounds_nothing_says_so_without_a_dash():
    made = drawn("除体育场外", roads())
    assert codes(made.missing) == ["no_frame"] and "“—”" not in made.missing[0]["zh"]
