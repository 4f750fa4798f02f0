"""Drafts from words and lines, drawn in metres around a place: truths worked out by hand."""

from __future__ import annotations

from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, box

from zonerules.tests.unit.drafting import (
    BOX,
    EAST,
    HOME,
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

# --- boxes --------------------------------------------------------------------------------------


def test_a_box_is_cut_at_its_crossings():
    made = drawn(BOX, roads())
    shapes = only(made)
    assert km2(shapes.nominal) == pytest.approx(16, rel=1e-3)
    assert km2(shapes.core) == pytest.approx(3.98**2, rel=1e-3)
    assert made.complete and made.missing == ()
    assert set(codes(made.assumptions)) == {"width_unknown"}
    assert made.confirmed == {"by": None, "on": None}
    assert {(u.name, u.side): u.lines for u in made.used}[("东明路", "east")] == ("东明路",)


@pytest.mark.parametrize(
    ("words", "inner", "outer"),
    [
        ("", 1990 - 20, 2010 + 20),
        ("（含）", 2020 - 10, 2020 + 10),
        ("（不含）", 1980 - 10, 1980 + 10),
    ],
)
def test_the_width_of_a_road_counts_as_the_text_says(words, inner, outer):
    lines = roads(east=line("东明路", (2000, 2500), (2000, -2500), width=40.0))
    shapes = only(drawn(BOX.replace("东明路", "东明路" + words), lines))
    assert has(shapes.core, inner - 1, 0) and not has(shapes.core, inner + 1, 0)
    assert has(shapes.extent, outer - 1, 0) and not has(shapes.extent, outer + 1, 0)


def test_widths_by_name_and_for_all_others():
    made = drawn(BOX, roads(), widths={"东明路": 60.0}, width=20.0)
    told = {n["name"]: n["m"] for n in made.assumptions if n["code"] == "width"}
    assert told == {"东明路": 60.0, "农业路": 20.0, "黄河路": 20.0, "花园路": 20.0}


def test_an_offset_line_is_as_far_out_as_the_text_says():
    text = "东至东明路、西至花园路、北至农业路、南至黄河路以南500米"
    shapes = only(drawn(text, roads()))
    assert has(shapes.nominal, 0, -2495) and not has(shapes.nominal, 0, -2505)


def test_a_line_in_many_pieces_is_joined_and_a_gap_in_it_is_told():
    pieces = [
        line("东明路", (2000, 2500), (2000, 1000), id="a"),
        line("东明路", (2000, -2500), (2000, 100), id="b"),
        line("东明路", (2000, 1000), (2000, 300), id="c"),
    ]
    made = drawn(BOX, [*roads(east=None), *pieces])
    assert km2(only(made).nominal) == pytest.approx(16, rel=1e-3)
    (patch,) = [n for n in made.assumptions if n["code"] == "patched"]
    assert patch["m"] == pytest.approx(200, abs=1)
    # nobody knows how the road runs there: half of the gap
    assert not has(only(made).core, 1910, 200) and has(only(made).core, 1985, -1000)


def test_two_carriageways_are_one_road_with_doubt():
    pieces = [
        line("东明路", (2000, 2500), (2000, -2500), id="a"),
        line("东明路", (2030, -2500), (2030, 2500), id="b"),
    ]
    made = drawn(BOX, [*roads(east=None), *pieces])
    shapes = only(made)
    assert "double" in codes(made.assumptions)
    assert has(shapes.extent, 2028, 0) and not has(shapes.core, 1985, 0)
    assert not has(shapes.extent, 2075, 0)


# --- gaps ---------------------------------------------------------------------------------------


def test_a_short_gap_is_extended_and_told():
    made = drawn(BOX, roads(east=line("东明路", (2000, 1985), (2000, -2500))))
    assert km2(only(made).nominal) == pytest.approx(16, rel=1e-3)
    (gap,) = [n for n in made.assumptions if n["code"] == "extended"]
    assert gap["m"] == pytest.approx(15, abs=0.5)


def test_a_wide_gap_gives_readings():
    made = drawn(BOX, roads(east=line("东明路", (1700, 1000), (2000, -2500))))
    assert [r.id.split(":")[0] for r in made.readings] == ["straight on 东明路", "shortest"]
    told = [n for n in made.assumptions if n["code"] == "closed"]
    assert [n["m"] for n in told] == [pytest.approx(1000, abs=1)] * 2
    shapes = only(made)
    for reading in made.readings:
        assert reading.shapes.core.buffer(1e-9).covers(shapes.core)
        assert shapes.extent.buffer(1e-9).covers(reading.shapes.extent)
    assert not has(shapes.core, 1650, 1500) and has(shapes.core, 1000, 1000)


def test_a_line_of_the_users_closes_an_open_side():
    way = line("连云路", (1700, 1000), (2300, 2050), accuracy=30.0)
    lines = roads(east=line("东明路", (1700, 1000), (2000, -2500)))
    made = drawn(BOX, lines, ways=[way])
    assert [r.id for r in made.readings] == ["连云路"]
    assert has(only(made).core, 1900, 1600)


def test_roads_that_cross_twice_give_both_readings():
    # up through the north road, back down 700 m farther east, and on through the south road
    loop = line("东明路", (2000, -2500), (2000, 2300), (2700, 2300), (2700, -2500))
    lines = roads(
        east=loop,
        north=line("农业路", (-2500, 2000), (3000, 2000)),
        south=line("黄河路", (-2500, -2000), (3000, -2000)),
    )
    made = drawn(BOX, lines)
    told = [(n["after"], n["n"]) for n in made.assumptions if n["code"] == "crossings"]
    assert sorted(told) == [("东明路", 2), ("农业路", 2)]
    areas = sorted(round(km2(r.shapes.nominal), 1) for r in made.readings)
    # 4.0 by 4.0, 4.7 by 4.0, and that with the loop above it; the fourth crosses itself
    assert areas == [16.0, 18.8, pytest.approx(18.8 + 0.2, abs=0.1)]
    assert "dropped" in codes(made.assumptions)
    shapes = only(made)
    assert km2(shapes.nominal) == pytest.approx(16, rel=1e-2)
    assert not has(shapes.core, 2300, 0) and has(shapes.extent, 2300, 0)
    assert has(shapes.core, 1900, 0)


# --- several roads on one side, rings -----------------------------------------------------------


def test_several_roads_on_a_side_join_in_any_order():
    parts = {
        "纬一路": line("纬一路", (-2500, 2000), (-500, 2000)),
        "纬二路": line("纬二路", (-600, 2000), (800, 2600)),
        "纬三路": line("纬三路", (800, 2600), (2500, 2600)),
    }
    lines = [*roads(north=None, east=line("东明路", (2000, 3000), (2000, -2500))), *parts.values()]
    rest = "以南、东明路以西、黄河路以北、花园路以东"
    straight = drawn("纬一路—纬二路—纬三路" + rest, lines)
    back = drawn("纬三路、纬二路、纬一路" + rest, lines)
    mixed = drawn("纬二路、纬三路、纬一路" + rest, lines)
    truth = Polygon([at(*p) for p in [(-2000, -2000), (2000, -2000), (2000, 2600), (800, 2600),
                                      (-600, 2000), (-2000, 2000)]])  # fmt: skip
    for made in (straight, back, mixed):
        assert only(made).nominal.symmetric_difference(truth).area < 1e-9
    assert "order" in codes(mixed.assumptions) and "order" not in codes(back.assumptions)


def test_a_ring_of_roads():
    made = drawn("农业路—东明路—黄河路—花园路—农业路合围区域（不含边界）", roads(), width=40.0)
    assert km2(only(made).nominal) == pytest.approx(3.96**2, rel=1e-3)


def test_a_ring_road_of_one_line_and_of_quarters():
    corners = [(-3000, -3000), (3000, -3000), (3000, 3000), (-3000, 3000), (-3000, -3000)]
    whole = drawn("四环以内", [line("四环路", *corners)])
    assert km2(only(whole).nominal) == pytest.approx(36, rel=1e-3)
    quarters = [line(f"{side}四环", a, b) for side, a, b in zip("南东北西", corners, corners[1:])]
    made = drawn("四环以内", quarters)
    assert only(made).nominal.symmetric_difference(only(whole).nominal).area < 1e-8
    assert [n["how"] for n in made.assumptions if n["code"] == "named"] == ["quarter"]


def test_outside_one_ring_and_inside_another():
    rings = []
    for name, r in (("三环", 1000), ("四环", 3000)):
        rings.append(line(name, (-r, -r), (r, -r), (r, r), (-r, r), (-r, -r)))
    shapes = only(drawn("三环以外、四环以内", rings))
    assert km2(shapes.nominal) == pytest.approx(32, rel=1e-3)
    assert not has(shapes.extent, 0, 0) and has(shapes.core, 2000, 0)
    assert has(shapes.extent, 995, 0) and not has(shapes.core, 1005, 0)


def test_inside_a_ring_and_west_of_a_line():
    ring = line("四环", (-3000, -3000), (3000, -3000), (3000, 3000), (-3000, 3000), (-3000, -3000))
    rail = line("京广铁路", (1000, -4000), (1000, 4000))
    shapes = only(drawn("四环以内、京广铁路以西", [ring, rail]))
    assert km2(shapes.nominal) == pytest.approx(24, rel=1e-3)
    assert has(shapes.core, 985, 0) and not has(shapes.core, 995, 0)


# --- what cannot be drawn -----------------------------------------------------------------------


def test_a_name_that_no_line_bears_is_told_with_suggestions():
    lines = roads(east=line("东明北路", (2000, 2500), (2000, -2500)))
    made = drawn(BOX, lines)
    assert made.zones == () and codes(made.missing) == ["no_line"]
    assert "东明北路" in made.missing[0]["hint"]


def test_a_place_is_no_line():
    made = drawn(BOX.replace("东明路", "体育场转盘"), roads())
    assert codes(made.missing) == ["a_place"]


def test_a_union_with_what_nobody_drew_is_incomplete():
    made = drawn(BOX + "和三个开发区建成区", roads())
    assert not made.complete and codes(made.missing) == ["undrawn_part"]
    assert "三个开发区建成区" in made.missing[0]["zh"]
    assert km2(only(made).nominal) == pytest.approx(16, rel=1e-3)


def test_where_something_is_taken_off_that_nobody_drew_nothing_is_certain():
    made = drawn(BOX + "，体育场除外", roads())
    assert codes(made.missing) == ["undrawn_minus"]
    assert only(made).core.is_empty and not only(made).nominal.is_empty
    taken = drawn(BOX + "，体育场除外", roads(), units={"体育场": square(-100, -100, 100, 100)})
    assert km2(only(taken).nominal) == pytest.approx(16 - 0.04, rel=1e-3)


def test_the_area_the_text_prints_is_compared():
    told = drawn(BOX + "，面积25平方公里", roads()).assumptions
    (area,) = [n for n in told if n["code"] == "area"]
    assert (area["said"], area["drawn"]) == (25.0, pytest.approx(16, rel=1e-2))
    assert "area" not in codes(drawn(BOX + "，面积16平方公里", roads()).assumptions)


def test_what_could_not_be_read_is_missing_from_the_draft():
    made = drawn(BOX + "，另见规划图则", roads())
    assert not made.complete and codes(made.missing) == ["unread"]


# --- random boxes -------------------------------------------------------------------------------

OFF = st.floats(-400, 400)


@settings(max_examples=60, deadline=None)
@given(
    ends=st.tuples(*[st.tuples(OFF, OFF)] * 4),
    figure=st.floats(5, 80),
    width=st.one_of(st.none(), st.floats(5, 60)),
    include=st.sampled_from(["", "（含）", "（不含）"]),
    short=st.floats(-1500, 400),
)
def test_core_lies_in_nominal_and_nominal_in_extent(ends, figure, width, include, short):
    (n1, n2), (e1, e2), (s1, s2), (w1, w2) = ends
    lines = [
        line("农业路", (-2800, 2000 + n1), (2800, 2000 + n2), accuracy=figure, width=width),
        line("东明路", (2000 + e1, 2300 + short), (2000 + e2, -2800), accuracy=figure, width=width),
        line("黄河路", (-2800, -2000 + s1), (2800, -2000 + s2), accuracy=figure, width=width),
        line("花园路", (-2000 + w1, -2800), (-2000 + w2, 2800), accuracy=figure, width=width),
    ]
    made = drawn(BOX.replace("路以", f"路{include}以"), lines)
    shapes = only(made)
    assert shapes.nominal.covers(shapes.core)
    assert shapes.extent.covers(shapes.nominal)
    assert made.complete
    assert has(shapes.core, -500, -500) and not has(shapes.extent, 3500, 0)
    # certain places lie as far from the drawn roads as these may be wrong
    for one in lines[2:]:
        (x1, y1), (x2, y2) = (((x - HOME[0]) * EAST, (y - HOME[1]) * NORTH) for x, y in one.points)
        mx, my = (x1 + x2) / 2, (y1 + y2) / 2
        nx, ny = (y1 - y2) / hypot(x2 - x1, y2 - y1), (x2 - x1) / hypot(x2 - x1, y2 - y1)
        for sign in (-1, 1):
            step = sign * 0.9 * figure
            kerb = {"": 0.0, "（含）": 1.0, "（不含）": -1.0}[include] * (width or 0.0) / 2
            inward = 1 if (nx * -mx + ny * -my) > 0 else -1
            x, y = mx + nx * (step - inward * kerb), my + ny * (step - inward * kerb)
            assert not has(shapes.core, x, y) and has(shapes.extent, x, y)


def test_box_is_the_frame_of_shapely():
    """The helper square is what shapely calls a box."""
    assert square(0, 0, 10, 10).nominal.equals(box(*at(0, 0), *at(10, 10)))
