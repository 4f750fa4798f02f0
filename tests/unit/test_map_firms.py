"""Enterprises on the web map out of what `zonerules check` writes: every row, where it is."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import geopandas
import pytest

from zonerules.jobs.answer import BadInput
from zonerules.jobs.cli import main
from zonerules.jobs.webmap.firms import firms
from zonerules.layers.datum import wgs84_to_gcj02

if TYPE_CHECKING:
    from pathlib import Path

TRUE = (113.69, 34.735)
TOWN = "郑州市管城回族区十八里河镇"
ASKED = ["--date", "2017-11-20", "--activity", "demolish"]


def degrees(value: float) -> str:
    whole, rest = divmod(value * 3600, 3600)
    return f"{int(whole)}°{int(rest // 60)}′{rest % 60:.4f}″"


def written(folder: Path, name: str) -> Path:
    """What the command writes of a table in GCJ-02: plain, in degrees, by address, 0 0, swapped."""
    lon, lat = wgs84_to_gcj02(*TRUE)
    rows = [
        ("甲", f"{lon:.7f}", f"{lat:.7f}", ""),
        ("乙", degrees(lon), degrees(lat), ""),
        ("丙", "", "", TOWN),
        ("丁", "0", "0", ""),
        ("戊", f"{lat:.7f}", f"{lon:.7f}", ""),
        ("己", "无", "", ""),
    ]
    with (folder / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("名称", "经度", "纬度", "地址"), *rows])
    asked = ["--datum", "gcj02", "--address-col", "地址", *ASKED]
    assert main(["check", str(folder / "in.csv"), "-o", str(folder / name), *asked]) == 0
    return folder / name


@pytest.mark.parametrize(
    ("name", "datum", "told"),
    [
        ("out.csv", "gcj02", 0),
        ("out.gpkg", None, 0),
        ("out.gpkg", "gcj02", 1),
        ("out.geoparquet", "bd09", 1),
    ],
)
def test_every_row_is_where_it_is_or_says_why_not(
    tmp_path: Path, name: str, datum: str | None, told: int
) -> None:
    heard: list[Any] = []
    rows = firms(written(tmp_path, name), datum=datum, tell=heard.append).rows
    assert [row["name"] for row in rows] == list("甲乙丙丁戊己")
    for row in rows[:2]:
        assert [row["lon"], row["lat"]] == pytest.approx(TRUE, abs=2e-6)
        assert "radius_m" not in row
    # 十八里河镇 in geojson/places.geojson, with the 8 km of a town
    town = rows[2]
    assert [town["lon"], town["lat"]] == pytest.approx((113.69, 34.68), abs=0.02)
    assert 4000 < town["radius_m"] <= 8000
    assert not {"zr_lon", "zr_radius_m"} & {name for name, _ in town["told"]}
    assert [sorted(row["why"]) for row in rows[3:]] == [["en", "zh"]] * 3
    assert "0, 0" in rows[3]["why"]["en"]
    assert any(words in rows[4]["why"]["en"] for words in ("no place on earth", "不在地球上"))
    assert len(heard) == told and all(f"--datum {datum}" in line for line in heard)


def test_a_table_of_addresses_only_needs_no_datum(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(f"名称,地址\n甲,{TOWN}\n乙,某处\n", encoding="utf-8")
    assert main(["check", str(source), "-o", str(out), "--address-col", "地址", *ASKED]) == 0
    drawn, listed = firms(out, datum=None).rows
    assert drawn["radius_m"] > 4000 and listed["why"]["zh"].startswith("此行没有坐标；地址")


def test_a_row_that_an_older_version_placed_is_not_lost(tmp_path: Path) -> None:
    table = tmp_path / "old.csv"
    table.write_text(
        "名称,经度,纬度,zr_verdict,zr_place\n甲,,,required,乡镇 某镇 ±8.0 km\n", "utf-8"
    )
    [row] = firms(table, datum="gcj02").rows
    assert "check the table again" in row["why"]["en"]


def test_shapes_of_a_layer_in_gcj02_are_written_in_wgs84(tmp_path: Path) -> None:
    """Their file can only say WGS84 of itself, so that is what its shapes must be."""
    from shapely.geometry import Point, box

    lon, lat = wgs84_to_gcj02(*TRUE)
    shapes = [Point(lon, lat), box(lon, lat, lon + 0.1, lat + 0.1), None]
    frame = geopandas.GeoDataFrame({"名称": list("甲乙丙")}, geometry=shapes, crs="EPSG:4326")
    frame.to_crs("EPSG:4547").to_file(tmp_path / "in.gpkg")
    for name in ("out.gpkg", "out.parquet"):
        asked = ["check", str(tmp_path / "in.gpkg"), "-o", str(tmp_path / name), *ASKED]
        assert main([*asked, "--datum", "gcj02"]) == 0
        read = geopandas.read_parquet if name.endswith("parquet") else geopandas.read_file
        found = read(tmp_path / name)
        assert found.crs.to_epsg() == 4326
        first, area, none = found.geometry
        assert (first.x, first.y) == pytest.approx(TRUE, abs=2e-6)
        assert min(Point(TRUE).distance(Point(at)) for at in area.exterior.coords) < 2e-6
        assert none is None
        rows = firms(tmp_path / name, datum=None).rows
        assert [rows[0]["lon"], rows[0]["lat"]] == pytest.approx(TRUE, abs=2e-6)
        assert "Polygon" in rows[1]["why"]["en"]


def test_the_doubt_of_a_row_is_its_own_cell_the_option_and_the_datum(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    rows = ["甲,113.69,34.735,required,40", "乙,113.69,34.735,required,", "丙,113.69,34.735,,近"]
    table.write_text("\n".join(["名称,lon,lat,zr_verdict,误差米", *rows, ""]), "utf-8")
    plain = firms(table, datum="wgs84").rows
    assert [row.get("doubt_m") for row in plain] == [None] * 3  # 10 m, as for the check
    told = firms(table, datum="unknown", accuracy_m=25, accuracy_column="误差米").rows
    assert [row.get("doubt_m") for row in told] == [740, 725, None]
    assert told[2]["why"]["zh"].startswith("误差 近") and "lon" not in told[2]
    with pytest.raises(BadInput, match="--accuracy -1"):
        firms(table, datum="wgs84", accuracy_m=-1)
    with pytest.raises(BadInput, match="--accuracy-col X"):
        firms(table, datum="wgs84", accuracy_column="X")
    with pytest.raises(BadInput, match=r"^--datum: say which"):
        firms(table, datum=None)


def test_which_of_several_verdicts_colours_is_told(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        "名称,lon,lat,zr_verdict_a,zr_verdict_b_c,zr_inside\n"
        f"甲,113.69,34.735,required,exempt,{'gc-district;' * 40}\n",
        "utf-8",
    )
    heard: list[str] = []
    drawn = firms(table, datum="wgs84", tell=lambda line: heard.append(str(line)))
    assert drawn.coloured == ("zr_verdict_a", None, ("zr_verdict_b_c",))
    assert len(heard) == 1 and "zr_verdict_a" in heard[0] and "--activity" in heard[0]
    inside = dict(drawn.rows[0]["told"])["zr_inside"].split(";")
    assert set(inside) == {"gc-district", "…"}  # no part of an id
    asked = firms(table, datum="wgs84", activity="b-c", tell=lambda line: heard.append(str(line)))
    assert asked.coloured.column == "zr_verdict_b_c" and len(heard) == 1
