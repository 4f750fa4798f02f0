"""Tables whose coordinates are not what they are declared as: told with evidence, never mended."""

from __future__ import annotations

import csv
import random

import numpy as np
import prcoords
import pytest

from zonerules.jobs.cli import main
from zonerules.jobs.table.suspicions import suspicions
from zonerules.layers import gazetteer

BOOK = gazetteer.load()
VILLAGES = [
    village
    for found in BOOK.villages.values()
    for village in found
    if village.lon is not None and village.county.startswith("4101")
]
RANDOM = random.Random(7)


def scattered(count=200):
    x = np.array([RANDOM.uniform(113.2, 114.0) for _ in range(count)]).round(6)
    y = np.array([RANDOM.uniform(34.4, 34.9) for _ in range(count)]).round(6)
    return x, y


def told(x, y, datum="wgs84"):
    return [str(line) for line in suspicions(x, y, datum)]


def test_plain_coordinates_are_not_suspicious():
    assert told(*scattered()) == []
    assert told(np.zeros(0), np.zeros(0)) == []
    assert told(np.array([113.6]), np.array([34.7])) == []


def test_zeros_are_counted():
    x, y = scattered()
    x[:3] = y[:3] = 0.0
    (line,) = told(x, y)
    assert line.startswith("3 of 200 rows")


def test_a_default_position_is_told_with_its_share():
    x, y = scattered()
    x[:60], y[:60] = 113.6253, 34.7466
    (line,) = told(x, y)
    assert "60 of 200" in line
    assert "113.6253, 34.7466" in line
    x, y = scattered()
    x[:30], y[:30] = 113.6253, 34.7466
    assert told(x, y) == []


def test_some_rows_the_other_way_round():
    x, y = scattered()
    x[5], y[5] = y[5], x[5]
    (line,) = told(x, y)
    assert line.startswith("1 of 200")
    assert f"{x[5]:.8g}, {y[5]:.8g}" in line


def test_minutes_and_seconds_as_decimals():
    x = np.array([113 + RANDOM.randrange(60) / 100 + RANDOM.randrange(60) / 1e4 for _ in range(80)])
    y = np.array([34 + RANDOM.randrange(60) / 100 + RANDOM.randrange(60) / 1e4 for _ in range(80)])
    (line,) = told(x, y)
    assert "minutes and seconds" in line
    x[7] = 113.6712
    assert told(x, y) == []
    assert told(x[:9], y[:9]) == []


def write(path, shift, count=60):
    rows = []
    for village in VILLAGES[:count]:
        town, county = BOOK.towns[village.town].name, BOOK.units[f"county:{village.county}"].name
        lat, lon = shift((village.lat, village.lon))
        off = RANDOM.uniform(-0.002, 0.002), RANDOM.uniform(-0.002, 0.002)
        rows.append((f"郑州市{county}{town}{village.name}", lon + off[0], lat + off[1]))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("地址", "经度", "纬度"), *rows])


@pytest.mark.parametrize(
    ("shift", "datum"),
    [
        (prcoords.wgs_gcj, "gcj02"),
        (lambda place: prcoords.gcj_bd(prcoords.wgs_gcj(place)), "bd09"),
        (lambda place: place, None),
    ],
)
def test_another_datum_shows_against_the_addresses(shift, datum, tmp_path, capsys):
    """The villages' own places, moved as a map service moves them, each a little off at random."""
    write(tmp_path / "in.csv", shift)
    asked = ["check", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.csv")]
    asked += ["--datum", "wgs84", "--address-col", "地址", "--date", "2017-11-20", "--lang", "en"]
    assert main(asked) == 0
    out = capsys.readouterr().out
    assert ("should it be" in out) == (datum is not None)
    if datum:
        assert f"--datum {datum}?" in " ".join(out.split())
        with (tmp_path / "out.csv").open(encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        with (tmp_path / "in.csv").open(encoding="utf-8") as file:
            assert [row["经度"] for row in rows] == [row["经度"] for row in csv.DictReader(file)]


def test_declared_right_it_is_not_suspicious(tmp_path, capsys):
    write(tmp_path / "in.csv", prcoords.wgs_gcj)
    asked = ["check", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.csv")]
    asked += ["--datum", "gcj02", "--address-col", "地址", "--date", "2017-11-20", "--lang", "en"]
    assert main(asked) == 0
    assert "should it be" not in capsys.readouterr().out


# --- addresses in tables ------------------------------------------------------------------------

ROWS = [
    ("郑州市二七区二七路与金水路交叉口西南140米", "", ""),
    ("郑州市二七区十八里河镇", "", ""),
    ("郑州市管城回族区航海东路", "112.6", "35.08"),
    ("", "", ""),
    ("郑州市二七区二七路", "113.6", "34.70"),
    ("郑州市二七区二七路与金水路交叉口西南140米", "x", "34.7"),
    # in 金水区, well within the disc around 二七区
    ("郑州市二七区长江路", "113.68", "34.78"),
]


@pytest.fixture
def answered(tmp_path):
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("地址", "经度", "纬度"), *ROWS])
    out = tmp_path / "out.csv"
    asked = ["check", str(tmp_path / "in.csv"), "-o", str(out), "--datum", "wgs84"]
    asked += ["--address-col", "地址", "--date", "2017-11-20", "--lang", "en"]
    assert main([*asked, "--activity", "operate-non-road-machinery"]) == 0
    with out.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_rows_without_coordinates_take_the_place_of_their_address(answered):
    crossing, mismatch, astray, empty, agreed, unread, next_door = answered
    assert "zz-erqi-90km" in crossing["zr_inside"]
    assert crossing["zr_place"].startswith("crossing")
    assert crossing["zr_error"] == ""
    # 99 m west and 99 m south of the crossing that geojson/places.geojson has at 113.6609, 34.7654
    assert float(crossing["zr_lon"]) == pytest.approx(113.65982, abs=2e-5)
    assert float(crossing["zr_lat"]) == pytest.approx(34.76451, abs=2e-5)
    assert crossing["zr_radius_m"] == "310"
    # the radius of 310 m: the nearest readings of the ban area are that near
    assert "gc-nrmm-ban" in crossing["zr_near"]
    assert "管城回族区" in mismatch["zr_error"]
    assert mismatch["zr_inside"] == mismatch["zr_near"] == ""
    assert "km outside of" in astray["zr_error"]
    assert astray["zr_inside"] != ""
    assert (empty["zr_error"], empty["zr_place"]) == ("no place in this row", "")
    assert (agreed["zr_error"], agreed["zr_place"]) == ("", "")
    discs = [(row["zr_lon"], row["zr_lat"], row["zr_radius_m"]) for row in answered[1:]]
    assert set(discs) == {("", "", "")}  # only of rows that an address placed
    assert agreed["zr_inside"] != ""
    assert unread["zr_inside"] == ""
    assert unread["zr_place"] == ""
    assert "outside of 二七区" in next_door["zr_error"]
    assert next_door["zr_inside"] != ""


def test_a_table_of_addresses_needs_no_datum(tmp_path, capsys):
    (tmp_path / "in.csv").write_text("地址\n巩义市北山口镇\n", encoding="utf-8")
    asked = ["check", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.csv")]
    assert main([*asked, "--date", "2017-11-20"]) == 2
    assert "--address-col" in capsys.readouterr().err
    assert main([*asked, "--date", "2017-11-20", "--address-col", "地址"]) == 0
