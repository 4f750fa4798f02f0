"""Which county or city an area lies in, told by the boundaries that the catalogue draws."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shapely.geometry import shape

import zonerules
from zonerules.jobs.address.area import unit_around
from zonerules.jobs.answer import BadInput
from zonerules.layers import gazetteer

BOOK = gazetteer.load()
UNITS = json.loads(
    (Path(zonerules.__file__).parent / "geojson" / "units.geojson").read_text(encoding="utf-8")
)["features"]


def inside(*codes: str) -> list[tuple[float, float]]:
    """A place well inside of each of these counties, by shapely."""
    drawn = {
        row["properties"]["adcode"]: shape(row["geometry"])
        for row in UNITS
        if row["properties"]["role"] == "core"
    }
    return [drawn[code].representative_point().coords[0] for code in codes]


def test_the_county_that_holds_all_of_it_else_the_city() -> None:
    [spot] = inside("410103")
    near = (spot[0] + 0.001, spot[1])
    assert unit_around([spot, near], BOOK, "x").code == "410103"
    city = unit_around(inside("410103", "410105"), BOOK, "x")
    assert (city.kind, city.code) == ("city", "410100")


def test_two_cities_a_place_far_away_and_nothing_are_refused() -> None:
    for corners in (inside("410103", "410802"), [(116.4, 39.9)]):
        with pytest.raises(BadInput, match="--within 片区: it lies in no single county") as error:
            unit_around(corners, BOOK, "片区")
        assert "片区" in error.value.args[0].zh
    with pytest.raises(BadInput, match="no polygon in it"):
        unit_around([], BOOK, "片区")
