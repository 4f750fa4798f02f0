"""Drafts of what no edges close: one side of a line, corridors, lines that divide; names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon

from zonerules.layers.draft import names
from zonerules.tests.unit.drafting import (
    NORTH,
    at,
    codes,
    drawn,
    has,
    km2,
    line,
    only,
    roads,
    square,
)  # fmt: skip

# --- one side of a line, corridors, splits ------------------------------------------------------

TOWN = square(-3000, -3000, 3000, 3000)


def test_half_of_a_town():
    river = line("和谐路", (200, -4000), (-100, 0), (300, 4000))
    made = drawn("西村镇和谐路以西", [river], units={"西村镇": TOWN})
    shapes = only(made)
    assert has(shapes.core, -120, 0) and not has(shapes.nominal, -80, 0)
    assert has(shapes.extent, -91, 0) and not has(shapes.extent, -80, 0)
    assert km2(shapes.nominal) < km2(TOWN.nominal)
    assert "run_on" not in codes(made.assumptions)


def test_a_road_that_ends_in_the_town_is_prolonged_with_doubt():
    made = drawn(
        "西村镇和谐路以西",
        [line("和谐路", (0, -4000), (0, 1000))],
        within=TOWN,
        within_name="town.shp",
    )
    (run,) = [n for n in made.assumptions if n["code"] == "run_on"]
    assert run["m"] == pytest.approx(2000, abs=5)
    shapes = only(made)
    assert not has(shapes.core, -900, 2500) and has(shapes.core, -1100, 1000)
    assert has(shapes.extent, 900, 2500)
    assert "within" in codes(made.assumptions)


def test_without_the_town_it_says_what_is_missing():
    made = drawn("西村镇和谐路以西", [line("和谐路", (0, -4000), (0, 1000))])
    assert made.zones == () and codes(made.missing) == ["no_unit"]
    assert "西村镇" in made.missing[0]["zh"] and made.confidence == 0.0


def test_two_edges_within_a_unit():
    shapes = only(drawn("东明路以西、农业路以南", roads(), within=TOWN, within_name="x"))
    assert km2(shapes.nominal) == pytest.approx(25, rel=1e-3)
    assert codes(drawn("东明路以西、农业路以南", roads()).missing) == ["open_box"]


def test_a_line_that_divides_gives_both_halves():
    canal = line("南水北调河", (-4000, -500), (4000, 500), more=("南水北调总干渠",))
    street = line("塔南路", (100, 4000), (100, -4000))
    text = "南北以南水北调河为界，东西以塔南路为界"
    made = drawn(text, [canal, street], within=TOWN, within_name="山阳区")
    halves = {zone.half: zone.shapes for zone in made.zones}
    assert set(halves) == {"north", "south", "east", "west"}
    assert has(halves["north"].core, 0, 100) and not has(halves["north"].extent, 0, -100)
    assert has(halves["west"].core, 0, 0) and has(halves["east"].core, 200, 0)
    both = halves["north"].nominal.union(halves["south"].nominal)
    assert both.symmetric_difference(TOWN.nominal).area < 1e-9


def test_a_corridor_needs_a_width():
    road = line("X058", (-2000, 0), (2000, 0), accuracy=20.0)
    none = drawn("X058道路两侧", [road])
    assert none.zones == () and codes(none.missing) == ["no_width"]
    printed = only(drawn("X058道路两侧各200米范围内", [road]))
    assumed = drawn("X058 道路两侧", [road], widths={"X058": 200.0})
    assert "corridor" in codes(assumed.assumptions)
    assert only(assumed).nominal.equals(printed.nominal)
    assert has(printed.core, 0, 175) and not has(printed.core, 0, 182)
    assert has(printed.nominal, 0, 199) and not has(printed.nominal, 0, 205)
    assert has(printed.extent, 0, 219) and not has(printed.extent, 0, 226)
    assert has(printed.extent, 2210, 0) and not has(printed.core, 2185, 0)


# --- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "known", "how"),
    [
        ("中州大道", "中州大道", "exact"),
        ("Ｇ１０７", "107国道", "number"),
        ("国道107线", "G107", "number"),
        ("东环国道108线", "G108", "number"),
        ("03省道", "S3", "number"),
        ("X058", "X058道路", "exact"),
        ("京沪高速公路", "京沪高速", "exact"),
        ("四环", "四环路", "exact"),
        ("原新安路", "新安路", "old"),
        ("中州路", "中州大道", "suffix"),
    ],
)
def test_names_that_mean_one_line(said, known, how):
    found = names.find([said], [known, "别的路"])
    assert (found.names, found.how) == ((known,), how)


def test_names_that_only_look_alike_are_suggested():
    found = names.find(["紫荆山路"], ["紫荆山南路", "紫荆山北路", "东风路"])
    assert found.names == () and set(found.suggestions) == {"紫荆山南路", "紫荆山北路"}
    assert names.find(["中州路"], ["中州大道", "中州街"]).names == ()
    assert names.find(["老路名", "新路名"], ["新路名"]).how == "aka"


@settings(max_examples=40, deadline=None)
@given(
    bends=st.lists(st.floats(-300, 300), min_size=4, max_size=4),
    moves=st.lists(st.tuples(st.floats(-0.7, 0.7), st.floats(-0.7, 0.7)), min_size=4, max_size=4),
    figure=st.floats(5, 120),
    words=st.sampled_from([("以西", -1), ("以东", 1)]),
)
def test_the_true_half_of_a_town_lies_between_core_and_extent(bends, moves, figure, words):
    suffix, sign = words
    heights = (-4500, -1500, 1500, 4500)
    said = [(x, y) for x, y in zip(bends, heights)]
    true = [(x + dx * figure, y + dy * figure) for (x, y), (dx, dy) in zip(said, moves)]
    made = drawn(
        f"西村镇和谐路{suffix}", [line("和谐路", *said, accuracy=figure)], units={"西村镇": TOWN}
    )
    shapes = only(made)
    around = [(sign * 9000, true[-1][1]), (sign * 9000, true[0][1])]
    truth = Polygon([at(*p) for p in [*true, *around]]).intersection(TOWN.nominal)
    slack = 0.5 / NORTH
    assert truth.buffer(slack).covers(shapes.core)
    assert shapes.extent.buffer(slack).covers(truth)
    assert shapes.nominal.covers(shapes.core) and shapes.extent.covers(shapes.nominal)
