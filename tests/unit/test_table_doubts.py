"""Rows whose coordinates cannot be a place have no answer; doubtful ones are told on the row."""

from __future__ import annotations

import csv

import geopandas
import pytest
import shapely

import zonerules
from zonerules.jobs.answer import BadInput
from zonerules.jobs.cli import main
from zonerules.jobs.projected import degrees
from zonerules.jobs.table.batches import checker

CENTRE = (113.6253, 34.7466)


@pytest.fixture(scope="module")
def catalogue():
    return zonerules.open()


def checked(tmp_path, text, *options, name="in.csv"):
    source, output = tmp_path / name, tmp_path / "out.csv"
    source.write_text(text, encoding="utf-8")
    asked = ["--activity", "construct", "--date", "2017-11-20", "--lang", "en"]
    assert main(["check", str(source), "-o", str(output), *asked, *options]) == 0
    with output.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def evidence(x, y):
    """What `at` says of the pair, without the option it names."""
    with pytest.raises(BadInput) as refused:
        degrees(x, y, None, "EPSG:4547")
    return str(refused.value).partition(": ")[2].partition("; say")[0]


def test_metres_that_cannot_be_on_the_grid_have_no_answer(tmp_path, capsys):
    pairs = [
        (113.69, 34.735),
        (900000, 3846000),
        (3846000, 471610),
        (38471610, 3846000),
        (471610, 100000),
        (471610, 3846000),
        (471620, 3846010),
        (471630, 3846020),
        (471640, 3846030),
        (471650, 3846040),
    ]
    text = "E,N\n" + "".join(f"{x},{y}\n" for x, y in pairs)
    rows = checked(tmp_path, text, "--crs", "EPSG:4547", "--lon", "E", "--lat", "N")
    for (x, y), row in zip(pairs[:5], rows):
        assert (row["zr_verdict"], row["zr_reason"], row["zr_inside"]) == ("", "", "")
        assert row["zr_error"] == evidence(x, y)
    assert "northing" in rows[2]["zr_error"] and "first number" in rows[2]["zr_error"]
    assert all(row["zr_verdict"] and not row["zr_error"] for row in rows[5:])
    assert "5 to check by hand" in capsys.readouterr().out.replace("\n", " ")


def test_grids_of_other_datums_are_checked_too(tmp_path):
    options = ("--crs", "EPSG:2383", "--lon", "E", "--lat", "N")  # Xi'an 1980, 3 degrees, 114 E
    text = "E,N\n471610,3846000\n471611,3846001\n113.69,34.735\n900000,3846000\n"
    rows = checked(tmp_path, text, *options)
    assert [bool(row["zr_verdict"]) for row in rows] == [True, True, False, False]
    assert "degrees" in rows[2]["zr_error"] and "another grid" in rows[3]["zr_error"]


def test_swapped_metres_are_told_as_such(tmp_path, capsys):
    source = tmp_path / "in.csv"
    source.write_text("E,N\n3846000,471610\n3846001,471611\n", encoding="utf-8")
    asked = ["check", str(source), "-o", str(tmp_path / "out.csv"), "--crs", "EPSG:4547"]
    assert main([*asked, "--lon", "E", "--lat", "N", "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "swapped" in told and "--lon N --lat E" in told


def test_a_datum_beside_a_crs_is_refused(tmp_path, capsys):
    source = tmp_path / "in.csv"
    source.write_text("E,N\n471610,3846000\n", encoding="utf-8")
    both = ["--crs", "EPSG:4547", "--datum", "wgs84", "--lon", "E", "--lat", "N"]
    for command in (["check", str(source)], ["report", "--table", str(source)]):
        assert main([*command, "-o", str(tmp_path / "o.csv"), *both]) == 2
        assert "--crs and --datum" in capsys.readouterr().err
    with pytest.raises(BadInput, match="--crs and --datum"):
        checker(["E", "N"], lon="E", lat="N", crs="EPSG:4547", datum="wgs84")


def test_zero_is_no_place(tmp_path):
    text = "lon,lat,address\n" + "0,0,\n" * 3 + "0,0,郑州市二七区侯寨乡\n113.69,34.735,\n"
    rows = checked(tmp_path, text, "--datum", "wgs84", "--address-col", "address")
    for row in rows[:3]:
        assert row["zr_verdict"] == "" and row["zr_error"].startswith("coordinates 0, 0")
    assert rows[3]["zr_verdict"] and rows[3]["zr_place"] and float(rows[3]["zr_lat"]) > 34
    assert "0, 0" in rows[3]["zr_error"] and "address is taken" in rows[3]["zr_error"]
    assert rows[4]["zr_error"] == ""


def test_a_wrong_sign_is_told_on_the_row(tmp_path, capsys):
    text = "lon,lat\n-113.69,34.735\n113.69,-34.735\n113.69,34.735\n-0.1,51.5\n"
    rows = checked(tmp_path, text, "--datum", "wgs84")
    assert ["minus sign" in row["zr_error"] for row in rows] == [True, True, False, False]
    assert "2 of 4 rows looked at lie in China only" in " ".join(capsys.readouterr().out.split())


def spread(count):
    return [(113.3 + i / 1000, 34.5 + i / 1000) for i in range(count)]


def test_rows_of_a_common_point_are_answered_and_marked(tmp_path, catalogue):
    places = [*[CENTRE] * 15, *spread(25)]
    text = "lon,lat\n" + "".join(f"{x},{y}\n" for x, y in places)
    rows = checked(tmp_path, text, "--datum", "wgs84", "--review", str(tmp_path / "review.csv"))
    marked = [n for n, row in enumerate(rows) if "many rows lie" in row["zr_error"]]
    assert marked == list(range(15)) and all(row["zr_verdict"] for row in rows)
    with (tmp_path / "review.csv").open(encoding="utf-8-sig", newline="") as file:
        numbers = {int(row["zr_row"]) for row in csv.DictReader(file)}
    assert numbers >= set(range(1, 16))
    shapes = geopandas.GeoSeries([shapely.Point(place) for place in places], crs="EPSG:4326")
    with pytest.warns(UserWarning, match="default of a geocoder"):
        frame = catalogue.check(
            geopandas.GeoDataFrame(geometry=shapes), activity="construct", date="2017-11-20"
        )
    assert [bool(text) for text in frame["zr_error"]] == [True] * 15 + [False] * 25
