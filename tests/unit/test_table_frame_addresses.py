"""`Catalogue.check(…, address_col=…)`: the answers of `zonerules check --address-col`."""

from __future__ import annotations

import csv
import warnings

import geopandas
import pandas
import pytest
import shapely

from zonerules.jobs.answer import BadInput
from zonerules.jobs.cli import main
from zonerules.jobs.open import open as open_catalogue

ASKED = {"activity": "demolish", "date": "2017-11-20"}
TOWN = "郑州市管城回族区十八里河镇"
ROWS = [  # address, longitude, latitude
    (TOWN, None, None),
    ("郑州市管城回族区航海东路1号", 113.70, 34.72),
    ("新密市超化镇", 113.70, 34.72),  # 35 km away
    ("郑州市二七区十八里河镇", None, None),  # contradicts itself
    ("", 113.69, 34.735),
    (None, None, None),
]


@pytest.fixture(scope="module")
def catalogue():
    return open_catalogue()


def shapes(rows):
    return [None if lon is None else shapely.Point(lon, lat) for _, lon, lat in rows]


@pytest.fixture(scope="module")
def frame():
    texts = {"addr": [row[0] for row in ROWS]}
    return geopandas.GeoDataFrame(texts, geometry=shapes(ROWS), crs="EPSG:4326")


@pytest.mark.parametrize("more", [{}, {"stated_county": False}, {"lang": "en"}])
def test_it_says_what_the_command_says(catalogue, frame, more, tmp_path):
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    cells = [",".join(str(x) if x is not None else "" for x in row) for row in ROWS]
    table.write_text("\n".join(["addr,lon,lat", *cells]) + "\n", encoding="utf-8")
    options = ["--no-stated-county"] if more.get("stated_county") is False else []
    options += ["--lang", "en"] if "lang" in more else []
    asked = ["--datum", "wgs84", "--address-col", "addr", "--date", "2017-11-20"]
    assert (
        main(["check", str(table), "-o", str(out), *asked, "--activity", "demolish", *options]) == 0
    )
    with out.open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = catalogue.check(frame, address_col="addr", **ASKED, **more)
    numbers = ["zr_distance_m", "zr_lon", "zr_lat", "zr_radius_m"]
    assert list(found.columns)[-4:] == ["zr_place", *numbers[1:]]
    names = [name for name in found.columns if name.startswith("zr_") and name not in numbers]
    for name in names:
        assert [cell or "" for cell in found[name]] == [row[name] for row in told], name
    assert list(found.index) == list(frame.index)


def test_a_table_of_addresses_needs_no_shapes(catalogue):
    plain = pandas.DataFrame({"addr": [TOWN, "郑州市管城回族区"]}, index=["x", "y"])
    found = catalogue.check(plain, address_col="addr", **ASKED)
    assert type(found) is pandas.DataFrame
    assert list(found.index) == ["x", "y"]
    assert list(found["zr_verdict"]) == ["prohibited", "prohibited"]
    assert "zr_place" not in plain.columns
    bare = geopandas.GeoDataFrame({"addr": [TOWN]})
    assert list(catalogue.check(bare, address_col="addr", **ASKED)["zr_verdict"]) == ["prohibited"]


def test_within_and_what_is_wrong(catalogue, frame, monkeypatch):
    street = pandas.DataFrame({"addr": ["十八里河镇"]})
    found = catalogue.check(street, address_col="addr", within="郑州市管城回族区", **ASKED)
    assert list(found["zr_verdict"]) == ["prohibited"]
    for wrong, message in [
        ({"address_col": "adr"}, "address_col adr.*addr"),
        ({"address_col": "addr", "within": "某某市"}, "--within"),
    ]:
        with pytest.raises(BadInput, match=message):
            catalogue.check(frame, **wrong, **ASKED)
    monkeypatch.delenv("ZONERULES_AMAP_KEY", raising=False)
    with pytest.raises(BadInput, match="ZONERULES_AMAP_KEY"):
        catalogue.check(frame, address_col="addr", geocoder="amap", **ASKED)
    with pytest.raises(BadInput, match="GeoDataFrame"):
        catalogue.check({"addr": [TOWN]}, address_col="addr", **ASKED)
