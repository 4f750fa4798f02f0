"""Corners printed in decimal degrees, in the forms in which tables and maps give them."""

from __future__ import annotations

import pytest

from zonerules.layers.words.parse import parse

PLACES = ((113.68, 34.77), (113.69, 34.77), (113.69, 34.78))


@pytest.mark.parametrize(
    "text",
    [
        "113.68,34.77;113.69,34.77;113.69,34.78",
        "113.68°，34.77°；113.69°，34.77°；113.69°，34.78°",
        "东经113.68° 北纬34.77°、东经113.69° 北纬34.77°、东经113.69° 北纬34.78°",
        "(113.68,34.77)、(113.69,34.77)、(113.69,34.78)",
        "范围（113.68,34.77；113.69,34.77；113.69,34.78）",
        "34.77 113.68\n34.77 113.69\n34.78 113.69",
    ],
)
def test_decimal_degrees_are_corners(text):
    words = parse(text)
    (part,) = words.parts
    assert part.points == PLACES and words.unread == ()
    assert part.points_m == pytest.approx(556, abs=1)  # half of 0.01 degrees of the meridian


def test_the_coarser_figure_of_a_place_counts():
    (part,) = parse("113.6812,34.77；113.6912,34.77；113.6912,34.78").parts
    assert part.points_m == pytest.approx(556, abs=1)


@pytest.mark.parametrize(
    "text",
    [
        "面积85.23亩、30.12亩、75.10亩、40.50亩、90.12亩、33.12亩",
        "宽85.23、30.12、75.10、40.50、90.12、33.12米",
        "东经113.68°北纬34.77°",
    ],
)
def test_other_figures_are_no_corners(text):
    words = parse(text)
    assert not any(part.points for part in words.parts) and words.unread


def test_two_figures_apart_stay_two():
    assert parse("113.68 34.77").unread == ("113.68", "34.77")
