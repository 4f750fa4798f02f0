"""`zonerules report`: a place is read as `at` reads it; options that say nothing are refused."""

from __future__ import annotations

import json

import pytest

from zonerules.jobs.cli import main

METRES = ["471610", "3846000"]
TABLE_ONLY = [
    ["--format", "html"],
    ["--rows", "1-2"],
    ["--resume"],
    ["--lon", "x"],
    ["--place-col", "x"],
    ["--address-col", "x"],
    ["--within", "郑州市"],
    ["--no-stated-county"],
    ["--geocoder", "amap"],
    ["--date-col", "x"],
    ["--fact-col", "boiler.fuel=x"],
    ["--layer", "x"],
]


def extract(tmp_path, *asked):
    output = tmp_path / "a.json"
    assert main(["report", *asked, "--date", "2017-11-20", "-o", str(output)]) == 0
    return json.loads(output.read_text(encoding="utf-8"))


@pytest.mark.parametrize("option", ["--crs", "--datum"])
def test_metres_are_read_as_at_reads_them(tmp_path, capsys, option):
    assert main(["at", *METRES, option, "EPSG:4547", "--date", "2017-11-20", "--json"]) == 0
    query = json.loads(capsys.readouterr().out)["query"]
    told = extract(tmp_path, *METRES, option, "EPSG:4547")["answer"]["query"]
    assert told == query


def test_a_crs_of_degrees_is_a_datum(tmp_path):
    both = ["113.69", "34.735"]
    told = [extract(tmp_path, *both, *how) for how in (["--crs", "EPSG:4490"], [])]
    assert [one["answer"]["query"]["datum"] for one in told] == ["cgcs2000", "wgs84"]


def refused(capsys, *asked):
    assert main(["report", *asked]) == 2
    return capsys.readouterr().err


def test_degrees_for_metres_and_two_datums_are_refused(tmp_path, capsys):
    place = ["113.69", "34.735", "-o", str(tmp_path / "a.html")]
    assert "are degrees" in refused(capsys, *place, "--crs", "EPSG:4547")
    both = refused(capsys, *place, "--crs", "EPSG:4547", "--datum", "wgs84")
    assert "--crs and --datum" in both
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("option", TABLE_ONLY, ids=lambda option: option[0])
def test_options_of_a_table_are_refused_for_one_place(tmp_path, capsys, option):
    told = refused(capsys, "113.69", "34.735", "-o", str(tmp_path / "a.html"), *option)
    assert f"{option[0]}: only with --table" in told


@pytest.mark.parametrize("command", ["check", "report"])
@pytest.mark.parametrize(
    "option", [["--within", "郑州市"], ["--geocoder", "amap"], ["--no-stated-county"]]
)
def test_what_is_said_of_addresses_needs_addresses(tmp_path, capsys, command, option):
    source = tmp_path / "in.csv"
    source.write_text("lon,lat\n113.69,34.735\n", encoding="utf-8")
    given = [str(source)] if command == "check" else ["--table", str(source)]
    output = tmp_path / ("o.csv" if command == "check" else "o.html")
    assert main([command, *given, "-o", str(output), "--datum", "wgs84", *option]) == 2
    assert f"{option[0]}: only with --address-col" in capsys.readouterr().err
    assert not output.exists()
