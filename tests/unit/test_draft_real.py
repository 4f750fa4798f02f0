"""Real wordings drawn on made roads, against polygons put together by hand.

Roads run on past their corners, lie in pieces with gaps of a few metres, and bear other names than
the text prints: 大街 for 路, G304 for 304国道, 高速公路 for 高速, traditional characters.
"""

from __future__ import annotations

import pytest
from shapely import Polygon

from zonerules.layers.draft.draw import draw
from zonerules.layers.draft.model import Line, Options, Place
from zonerules.layers.words.parse import parse
from zonerules.tests.unit.drafting import at, codes, km2

STEP = 1000.0  # metres of a unit below
TINY = 4.0 / STEP


def road(names, *places, cut=None):
    """One road; ``cut`` n: broken before its corner n, with a gap of 4 m."""
    names = tuple(names.split("|"))
    runs = [places]
    if cut is not None:
        (x, y), (to_x, to_y) = places[cut - 1], places[cut]
        far = max(abs(to_x - x), abs(to_y - y))
        mid = (x + (to_x - x) / 2, y + (to_y - y) / 2)
        on = (mid[0] + (to_x - x) / far * TINY, mid[1] + (to_y - y) / far * TINY)
        runs = [(*places[:cut], mid), (on, *places[cut:])]
    return [
        Line(f"{names[0]} {n}", names, tuple(at(x * STEP, y * STEP) for x, y in run),
             (10.0,) * (len(run) - 1))
        for n, run in enumerate(runs)
    ]  # fmt: skip


BOX = [(0, 0), (5, 0), (5, 4), (0, 4)]
CASES = {
    "北至北一环、南至亳芜大道、西至古井大道、东至三清大道": (
        BOX,
        road("北一环路", (-0.3, 4), (5.3, 4)),
        road("亳芜大道", (-0.3, 0), (5, 0), cut=1),
        road("古井大道", (0, -0.2), (0, 4.2)),
        road("三清路", (5, -0.2), (5, 4.3)),
    ),
    "三环以南,苏抚铁路以北,东至304国道,西至南京街范围": (
        BOX,
        road("三环", (-0.3, 4), (5.3, 4)),
        road("苏抚线|苏抚铁路", (-0.3, 0), (5, 0)),
        road("南京街", (0, -0.2), (0, 4.2), cut=1),
        road("G304", (5, -0.2), (5, 4.3)),
    ),
    "G42沪蓉高速以南，龙江路高架（外环高架）以东，龙城大道以南，江宜高速以东，常合高速以北，"
    "青洋路高架以西": (
        [(0, 0), (6, 0), (6, 6), (2, 6), (2, 4), (0, 4)],
        road("沪蓉高速|G42", (-1, 6), (7, 6)),
        road("龙江路高架", (2, 3), (2, 7)),
        road("龙城大道", (-1, 4), (6, 4)),
        road("江宜高速公路", (0, -1), (0, 7)),
        road("常合高速", (-1, 0), (7, 0), cut=1),
        road("青洋路高架", (6, -1), (6, 7)),
    ),
    "城北路-陈家山路-和硕路以西、练祁河以北、霍城路以东、胜竹路以南": (
        [(0, 0), (4, 0), (4, 2), (5, 2), (5, 4), (0, 4)],
        road("城北路", (5, 2), (5, 5)),
        road("陈家山路", (4, 2), (5.2, 2)),
        road("和硕路", (4, -0.2), (4, 2.1)),
        road("练祁河", (-0.2, 0), (5, 0)),
        road("霍城路", (0, -0.2), (0, 4.5)),
        road("胜竹路", (-0.2, 4), (5.5, 4)),
    ),
    "204国道、香港路、怀仁路、时代路、228国道、徐福路的合围区域": (
        [(0, 0), (6, 0), (6, 3), (3, 3), (3, 4), (0, 4)],
        road("G204", (0, -1), (0, 5)),
        road("香港路", (-0.5, 4), (3, 4)),
        road("怀仁路", (3, 3), (3, 4.4)),
        road("时代大街", (2.8, 3), (6, 3)),
        road("国道228", (6, -1), (6, 4)),
        road("徐福路", (-1, 0), (7, 0)),
    ),
    "二环路(含)以内24小时禁止通行": (
        BOX,
        road("东二环", (5, -0.1), (5, 4.1)),
        road("南二环", (-0.1, 0), (5.1, 0)),
        road("西二环", (0, -0.1), (0, 4.1)),
        road("北二环", (-0.1, 4), (5.1, 4)),
    ),
    "宝通街—首阳山路—潍昌路—比德文路—英轩街—首阳山路—方山路—石家庄街—宝昌路—北海路。"
    "(禁止区域包含上述道路)": (
        [(0, 1), (2, 1), (2, 2), (4, 2), (4, 3), (8, 3), (8, 5), (4, 5), (4, 6), (0, 6)],
        road("宝通街", (-1, 6), (5, 6)),
        road("首阳山路", (4, 1), (4, 7)),
        road("潍昌路", (3, 5), (9, 5)),
        road("比德文路", (8, 2), (8, 6)),
        road("英轩街", (3, 3), (9, 3)),
        road("方山路", (1, 2), (5, 2)),
        road("石家庄街", (2, 0), (2, 3)),
        road("宝昌路", (-1, 1), (3, 1)),
        road("北海路", (0, 0), (0, 7)),
    ),
    "金州大道以南、嘉陵江渝黔铁路以东、轨道交通三号线内环快速路以北以西": (
        BOX,
        road("金州大道", (-0.3, 4), (5.3, 4)),
        road("嘉陵江渝黔铁路", (0, -1), (0, 5)),
        road("轨道交通三号线内环快速路", (-1, 0), (5, 0), (5, 5)),
    ),
    "湖州街至沈半路以南，上塘高架以东，绍兴路以北，沈半路以西": (
        BOX,
        road("湖州街", (-0.5, 4), (3, 4)),
        road("沈半路", (2.8, 4), (5, 4), (5, -1)),
        road("上塘高架路", (0, -1), (0, 5)),
        road("绍兴路", (-1, 0), (6, 0)),
    ),
    "沿潭興街以西、潭興街107巷21弄以東及以北、潭興街91巷以南": (
        BOX,
        road("潭興街", (5, -1), (5, 5)),
        road("潭兴街107巷21弄", (0, 5), (0, 0), (6, 0)),
        road("潭興街91巷", (-1, 4), (6, 4)),
    ),
    "227省道—沪昆高速—庙源线—盈川东路—迎宾大道—宾港北路—衢江—320国道—衢州南连接线—沙金大道合围区": (
        [(0, 0.5), (7, 0.5), (7, 2), (8, 2), (8, 4), (5.5, 4), (5.5, 5), (3, 5), (3, 6), (0, 6)],
        road("S227", (0, -1), (0, 7)),
        road("沪昆高速公路", (-1, 6), (4, 6)),
        road("庙源线", (3, 5), (3, 6.5)),
        road("盈川东路", (2.5, 5), (6, 5)),
        road("迎宾大道", (5.5, 4), (5.5, 5.4)),
        road("宾港北路", (5.3, 4), (8, 4)),
        road("衢江", (8, 1), (8, 4.5)),
        road("国道320", (6, 2), (9, 2)),
        road("衢州南连接线", (7, 0), (7, 2.3)),
        road("沙金大道", (-1, 0.5), (8, 0.5)),
    ),
    "绍诸高速以北，钱陶公路以南，平陶公路以西。轻纺城大道，杨绍线，福漓公路，分后线以东": (
        [(1, 0), (6, 0), (6, 4), (1, 4), (1, 3), (0, 3), (0, 1.5), (1, 1.5)],
        road("轻纺城大道", (1, 3), (1, 5)),
        road("杨绍线", (0, 3), (1.3, 3)),
        road("福漓公路", (0, 1.5), (0, 3.2)),
        road("分后线", (-0.2, 1.5), (1, 1.5), (1, -0.5)),
        road("绍诸高速", (0, 0), (7, 0)),
        road("钱陶公路", (0, 4), (7, 4)),
        road("平陶公路", (6, -1), (6, 5)),
    ),
    "文化路与花园路之间、农业路以南、黄河路以北": (
        BOX,
        road("花园路", (0, -1), (0, 5)),
        road("文化路", (5, -1), (5, 5)),
        road("农业路", (-1, 4), (6, 4)),
        road("黄河路", (-1, 0), (6, 0)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", CASES, ids=lambda text: text[:16])
def test_a_real_wording_gives_the_polygon_drawn_by_hand(text):
    places, *roads = CASES[text]
    made = draw(parse(text), [line for lines in roads for line in lines], Options())
    truth = Polygon([at(x * STEP, y * STEP) for x, y in places])
    assert made.complete and len(made.zones) == 1
    shapes = made.zones[0].shapes
    apart = shapes.nominal.symmetric_difference(truth)
    assert km2(apart) < 0.002 * km2(truth)
    assert truth.buffer(1e-8).covers(shapes.core)
    assert shapes.extent.buffer(1e-8).covers(truth)
    assert km2(shapes.core) > 0.9 * km2(truth)


def test_a_road_that_ends_short_is_prolonged_and_that_is_told():
    text = "北至北一环、南至亳芜大道、西至古井大道、东至三清大道"
    places, *roads = CASES[text]
    roads[3] = road("三清大道", (5, 0.4), (5, 4.3))  # ends 400 m short of the south edge
    made = draw(parse(text), [line for lines in roads for line in lines], Options())
    truth = Polygon([at(x * STEP, y * STEP) for x, y in places])
    assert "closed" in codes(made.assumptions)
    shapes = made.zones[0].shapes
    assert truth.buffer(1e-8).covers(shapes.core) and shapes.extent.buffer(1e-8).covers(truth)


def test_between_ring_roads_the_inner_one_is_taken_off():
    def ring(name, half):
        a, b = (-half, -half), (half, half)
        return road(name, a, (half, -half), b, (-half, half), a)

    made = draw(parse("三环至二环之间区域"), ring("二环", 2) + ring("三环路", 5), Options())
    assert km2(made.zones[0].shapes.nominal) == pytest.approx(100 - 16, rel=0.002)


def test_a_circle_is_as_sure_as_its_centre():
    lon, lat = at(0, 0)
    places = {"二七塔": Place(lon, lat, 400.0, "a gazetteer")}
    made = draw(parse("以二七塔为中心、半径5公里范围内"), [], Options(places=places))
    shapes = made.zones[0].shapes
    assert km2(shapes.nominal) == pytest.approx(78.54, rel=0.003)
    assert km2(shapes.core) == pytest.approx(3.14159 * 4.6**2, rel=0.003)
    assert km2(shapes.extent) == pytest.approx(3.14159 * 5.4**2, rel=0.003)
    assert codes(made.assumptions) == ["centre"]
    without = draw(parse("以二七塔为中心、半径5公里范围内"), [], Options())
    assert not without.zones and not without.complete


def test_printed_coordinates_need_no_road():
    corners = ("114°3′19″ 35°50′41″", "114°4′19″ 35°50′41″", "114°4′19″ 35°51′41″",
               "114°3′19″ 35°51′41″")  # fmt: skip
    text = "拐点坐标：" + "，".join(corners)
    made = draw(parse(text), [], Options())
    # a minute of latitude is 1.849 km at 36 degrees, one of longitude 1.505 km
    assert km2(made.zones[0].shapes.nominal) == pytest.approx(1.849 * 1.505, rel=0.003)
    assert codes(made.assumptions) == ["coordinates"]


def test_several_orders_that_close_are_not_guessed():
    text = "甲路以北、乙路以东、丙路以北、丁路以东、戊路以南、己路以西"
    roads = [
        *road("甲路", (-1, 0), (9, 0)), *road("丙路", (-1, 2), (9, 2)),
        *road("乙路", (2, -1), (2, 9)), *road("丁路", (0, -1), (0, 9)),
        *road("戊路", (-1, 8), (9, 8)), *road("己路", (8, -1), (8, 9)),
    ]  # fmt: skip
    made = draw(parse(text), roads, Options())
    truth = Polygon(
        [at(x * STEP, y * STEP) for x, y in [(2, 0), (8, 0), (8, 8), (0, 8), (0, 2), (2, 2)]]
    )
    if made.zones:  # the order of the text closes
        assert km2(made.zones[0].shapes.nominal.symmetric_difference(truth)) < 0.1
    else:
        assert set(codes(made.missing)) & {"orders", "no_area"}
