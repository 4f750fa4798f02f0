"""Drafts from words and lines, drawn in metres around a place: truths worked out by hand."""

from __future__ import annotations

from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import Point, Polygon, box

from zonerules.layers.draft import names
from zonerules.layers.draft.draw import draw
from zonerules.layers.draft.model import Line, Options, Shapes
from zonerules.layers.words.parse import parse

GEOD = Geod(ellps="WGS84")
HOME = (113.69, 34.73)
EAST = GEOD.line_length([113.685, 113.695], [34.73, 34.73]) * 100
NORTH = GEOD.line_length([113.69, 113.69], [34.725, 34.735]) * 100
BOX = "东明路以西、黄河路以北、花园路以东、农业路以南"


def at(x, y):
    return HOME[0] + x / EAST, HOME[1] + y / NORTH


def line(name, *places, accuracy=10.0, width=None, id=None, more=()):
    points = tuple(at(*p) for p in places)
    figures = None if accuracy is None else (accuracy,) * (len(points) - 1)
    return Line(id or name, (name, *more), points, figures, width)


def roads(**changes):
    """A square of 4 km by 4 km, the roads running on for 500 m; by side, or changed."""
    found = {
        "north": line("农业路", (-2500, 2000), (2500, 2000)),
        "east": line("东明路", (2000, 2500), (2000, -2500)),
        "south": line("黄河路", (-2500, -2000), (2500, -2000)),
        "west": line("花园路", (-2000, -2500), (-2000, 2500)),
    }
    found.update(changes)
    return [one for one in found.values() if one is not None]


def drawn(text, lines, **options):
    return draw(parse(text), lines, Options(**options))


def has(shape, x, y):
    return shape.covers(Point(at(x, y)))


def km2(shape):
    return abs(GEOD.geometry_area_perimeter(shape)[0]) / 1e6


def codes(notes):
    return [note["code"] for note in notes]


def only(draft):
    (zone,) = draft.zones
    return zone.shapes


def square(west, south, east, north):
    area = Polygon([at(west, south), at(east, south), at(east, north), at(west, north)])
    return Shapes(area, area, area)


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
