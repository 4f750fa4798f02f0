"""The drawings of an extract: cutting, hatching, the map and the years."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Polygon, box

import zonerules
from zonerules.jobs.report.drawing import Drawing, Shape, Words, to_svg
from zonerules.jobs.report.plan import HIGH, WIDE, plan, scale_for
from zonerules.jobs.report.polygons import area, clipped, hatch, label_spot
from zonerules.jobs.report.years import years
from zonerules.jobs.timeline import timeline

ROOT = Path(__file__).resolve().parents[2]
PALETTE = json.loads((ROOT / "styles" / "palette.json").read_text(encoding="utf-8"))
WINDOW = (0.0, 0.0, 10.0, 8.0)


@pytest.fixture(scope="module")
def catalogue() -> Any:
    return zonerules.open()


@st.composite
def stars(draw: Any) -> list[tuple[float, float]]:
    """A polygon without crossings: corners at rising angles around a middle."""
    radii = draw(st.lists(st.floats(0.5, 12), min_size=3, max_size=12))
    x, y = draw(st.floats(-4, 14)), draw(st.floats(-4, 12))
    turns = [2 * math.pi * number / len(radii) for number in range(len(radii))]
    return [(x + r * math.cos(t), y + r * math.sin(t)) for r, t in zip(radii, turns)]


@settings(max_examples=60, deadline=None)
@given(stars())
def test_what_is_cut_has_the_area_that_shapely_finds(ring: list[tuple[float, float]]) -> None:
    wanted = Polygon(ring).intersection(box(*WINDOW)).area
    assert area([clipped(ring, WINDOW)]) == pytest.approx(wanted, abs=1e-6)


@pytest.mark.thorough
@settings(max_examples=40, deadline=None)
@given(stars(), st.sampled_from((0.0, 45.0, -45.0, 90.0)))
def test_a_hatch_covers_the_ring_and_nothing_else(
    ring: list[tuple[float, float]], angle: float
) -> None:
    """Lines a gap apart have together the length of the area by the gap, within the ring."""
    gap = 0.05
    polygon = Polygon(ring)
    found = [LineString(line) for line in hatch([ring], angle, gap)]
    outside = sum(line.difference(polygon.buffer(1e-6)).length for line in found)
    assert outside == pytest.approx(0, abs=1e-6)
    length = sum(line.length for line in found)
    assert length * gap == pytest.approx(polygon.area, rel=0.05, abs=0.05 * polygon.length)


def test_a_hatch_leaves_the_hole_free() -> None:
    outer, inner = [(0, 0), (10, 0), (10, 8), (0, 8)], [(2, 2), (8, 2), (8, 6), (2, 6)]
    hole = Polygon(inner).buffer(-1e-6)
    lines = [LineString(line) for line in hatch([inner, outer], 45, 0.5)]
    assert lines and not any(line.intersects(hole) for line in lines)


@settings(max_examples=40, deadline=None)
@given(stars())
def test_a_label_stands_inside(ring: list[tuple[float, float]]) -> None:
    found = label_spot([ring], (5, 4))
    assert found is not None
    assert Polygon(ring).buffer(1e-6).contains(shapely.Point(found[0]))


def test_the_scale_has_room_for_accuracy_and_boundary() -> None:
    assert scale_for(10, 0) == 25_000
    for radius, boundary in ((700, 0), (5000, 0), (10, 2200), (10, 9000)):
        half = HIGH / 2000 * scale_for(radius, boundary)
        assert half >= radius and half >= boundary
    assert scale_for(10, 90_000) == 250_000, "a boundary that far is not worth a map of nothing"


def test_the_map_lies_true_around_the_place(catalogue: Any) -> None:
    """A source's mark stands where distance and direction put it, worked out on the sphere."""
    answer = catalogue.at(113.69, 34.735, date="2017-11-20")
    seen = plan(answer, catalogue.data, PALETTE, "zh")
    assert seen.sources == {"jinxing-brewery": 1}
    at = next(i.at for i in seen.drawing.items if isinstance(i, Words) and i.text == "1")
    metre = 1000 / seen.scale
    east = (113.6729 - 113.69) * 111_320 * math.cos(math.radians(34.735)) * metre
    north = (34.7325 - 34.735) * 110_940 * metre
    assert at == pytest.approx((WIDE / 2 + east, HIGH / 2 - north), abs=1.2)


def test_zones_lines_units_are_those_around_the_place(catalogue: Any) -> None:
    answer = catalogue.at(113.69, 34.735, date="2017-11-20")
    seen = plan(answer, catalogue.data, PALETTE, "zh")
    assert [zone.id for zone in seen.zones] == ["gc-nrmm-ban"]
    assert seen.whole == ["zz-erqi-90km"]
    assert "410104" in seen.units and "411700" not in seen.units
    assert seen.lines and all(name.startswith("gc-nrmm-ban/") for name in seen.lines)
    colours = {item.fill for item in seen.drawing.items if isinstance(item, Shape)}
    assert PALETTE["zones"]["machinery_ban"]["fill"] in colours


def test_the_accuracy_is_a_circle_of_its_size(catalogue: Any) -> None:
    answer = catalogue.at(113.69, 34.735, date="2017-11-20", accuracy_m=800)
    seen = plan(answer, catalogue.data, PALETTE, "en")
    look = PALETTE["marker"]["colour"]
    rings = [
        item.rings[0]
        for item in seen.drawing.items
        if isinstance(item, Shape) and item.stroke == look and item.dash
    ]
    assert len(rings) == 1
    radius = max(math.dist(point, (WIDE / 2, HIGH / 2)) for point in rings[0])
    assert radius == pytest.approx(800 / seen.scale * 1000, rel=1e-6)


class Named:
    """Names as they come, for a timeline whose names do not matter."""

    def document(self, name: str) -> str:
        return name

    def activity(self, name: str) -> str:
        return name

    def cite(self, cite: Any) -> str:
        return str(cite["clause"])


def test_the_years_show_each_interval_and_the_day(catalogue: Any) -> None:
    activity = "operate-non-road-machinery"
    facts = {"machine.stage": 1, "machine.made": "2008-01-01"}
    answer = catalogue.at(113.69, 34.735, date="2017-11-20", activity=activity, facts=facts)
    told = timeline(catalogue, answer)
    say = {"plans": "P", "activities": "A", "rules": "R"}
    drawn = years(told, Named(), PALETTE, say).drawing  # type: ignore[arg-type]
    texts = [item.text for item in drawn.items if isinstance(item, Words)]
    assert "2017-11-20" in texts and {"2017", "2021"} <= set(texts)
    ban = PALETTE["outcome"]["prohibited"]["colour"]
    bars = [i.rings[0] for i in drawn.items if isinstance(i, Shape) and i.fill == ban]
    # from 2017-06-01 on: the years 2017 … 2021 are 1826 days, 151 of which lie before
    left, right = 62.0, 173.0
    wanted = left + 151 / 1826 * (right - left)
    starts = [min(x for x, _ in bar) for bar in bars]
    assert starts and all(start == pytest.approx(wanted, abs=0.01) for start in starts)


def test_svg_escapes_and_has_no_styles() -> None:
    drawing = Drawing(10, 10)
    drawing.words((1, 1), '</text><script>x</script>"&\x00', halo=True)
    with drawing.window((0, 0, 5, 5)):
        drawing.shape([[(0, 0), (1, 1)]], stroke='red" onload="x', closed=False)
    svg = to_svg(drawing, '"><script>', "a")
    root = ET.fromstring(svg)
    tags = {part.tag.rpartition("}")[2] for part in root.iter()}
    assert tags == {"svg", "path", "text", "clipPath", "rect", "g"}
    attributes = {name for part in root.iter() for name in part.attrib}
    assert not any(name.startswith("on") or name == "style" for name in attributes)
    assert not re.search(r"[eE]-\d|nan|inf", "".join(re.findall(r' d="[^"]*"', svg)))
