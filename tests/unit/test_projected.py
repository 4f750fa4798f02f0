"""One place in metres on a grid of CGCS2000: `at --datum EPSG:4547`, and what cannot be on it."""

from __future__ import annotations

import json

import pyproj
import pytest

from zonerules.jobs.answer import BadInput
from zonerules.jobs.cli import main
from zonerules.jobs.open import open as open_catalogue
from zonerules.jobs.projected import degrees
from zonerules.layers.gauss import GRIDS
from zonerules.rules.messages import in_language

PLACE = (113.69, 34.735)  # in 管城回族区; 3° zones 38 (114°), 6° zone 19 (111°)


def on_grid(code, place=PLACE):
    return pyproj.Transformer.from_crs("EPSG:4490", f"EPSG:{code}", always_xy=True).transform(
        *place
    )


@pytest.mark.parametrize("code", [4526, 4547, 4497, 4508])
def test_metres_are_read_as_proj_reads_them(code):
    """4526, 4497: zone number before the easting; 4547, 4508: none. Easting comes first."""
    x, y = on_grid(code)
    for named in ({"datum": f"EPSG:{code}"}, {"datum": None, "crs": f"epsg:{code}"}):
        lon, lat, datum = degrees(x, y, **named)
        assert (lon, lat) == pytest.approx(PLACE, abs=1e-9)
        assert datum == "cgcs2000"


def test_the_command_answers_as_for_the_degrees(capsys):
    x, y = on_grid(4547)
    rest = ["--date", "2017-11-20", "--activity", "demolish", "--json"]
    told = []
    for place in (
        [f"{x}", f"{y}", "--datum", "EPSG:4547"],
        [f"{x}", f"{y}", "--crs", "EPSG:4547"],
        [*map(str, PLACE), "--datum", "cgcs2000"],
        [*map(str, PLACE), "--datum", "EPSG:4490"],
    ):
        assert main(["at", *place, *rest]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert (answer["query"]["lon"], answer["query"]["lat"]) == pytest.approx(PLACE, abs=1e-8)
        assert answer["query"].pop("datum") == "cgcs2000"
        told.append([answer["verdicts"], answer["zones"][:3], answer["rules"]])
    assert told[0] == told[1]
    assert [row["verdict"] for row in told[0][0]] == [row["verdict"] for row in told[2][0]]
    assert told[2] == told[3]


X, Y = on_grid(4547)
NUMBERED, _ = on_grid(4526)


@pytest.mark.parametrize(
    ("first", "second", "crs", "says"),
    [
        (Y, X, "EPSG:4547", ["easting comes first", "是否写反"]),
        (Y, NUMBERED, "EPSG:4526", ["easting comes first", "X"]),
        (NUMBERED, Y, "EPSG:4547", ["zone 38", "EPSG:4526", "带号 38"]),
        (X, Y, "EPSG:4526", ["no zone number", "EPSG:4547", "没有带号"]),
        (NUMBERED, Y, "EPSG:4525", ["zone 38", "EPSG:4526"]),  # zone 37
        (X, Y, "EPSG:4550", []),  # the meridian 123°: a place in the sea, but on the grid
        (*PLACE, "EPSG:4547", ["degrees", "经纬度"]),
        (X, 12.5e6, "EPSG:4547", ["northing", "不在中国"]),
        (-4e7, Y, "EPSG:4547", ["no easting of China", "不是中国"]),
        (820_000, Y, "EPSG:4547", ["from the meridian", "分带"]),
        (X, Y, "EPSG:32649", ["EPSG:4491", "表格"]),
        (X, Y, "EPSG:45470", ["EPSG:4491"]),
    ],
)
def test_what_cannot_be_on_the_grid_is_refused_with_the_evidence(first, second, crs, says):
    if not says:
        assert degrees(first, second, crs).lon == pytest.approx(122.7, abs=0.1)
        return
    with pytest.raises(BadInput) as error:
        degrees(first, second, crs)
    both = f"{error.value} {in_language(error.value, 'zh')}"
    assert crs in both
    for words in says:
        assert words in both, both
    assert "\n" not in both


def test_every_grid_takes_the_middle_of_its_zone():
    for code, grid in GRIDS.items():
        lon, lat, _ = degrees(grid.false_easting + 20_000.0, 3_846_000.0, f"EPSG:{code}")
        assert 0 < lon - grid.meridian < 0.3
        assert 34 < lat < 35.5


def test_metres_without_a_grid_and_two_at_once(capsys):
    assert main(["at", f"{X}", f"{Y}"]) == 2
    assert "--datum EPSG:4547" in capsys.readouterr().err
    assert main(["at", f"{X}", f"{Y}", "--datum", "wgs84", "--crs", "EPSG:4547"]) == 2
    assert "--crs" in capsys.readouterr().err
    with pytest.raises(BadInput, match="EPSG:4547"):
        open_catalogue().at(Y, X, crs="EPSG:4547")
