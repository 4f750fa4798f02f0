"""Cells come back as they went in, in every format; nothing half written is ever left."""

from __future__ import annotations

import csv
import datetime
from typing import TYPE_CHECKING, Any

import geopandas
import hypothesis.strategies as st
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings

from zonerules.jobs.answer import BadInput
from zonerules.jobs.table import sheets
from zonerules.jobs.table.encoding import TextForm
from zonerules.jobs.table.textfile import CsvOutput, armed
from zonerules.jobs.table.writing import About, Layout, checked_output, free_names, open_output

if TYPE_CHECKING:
    from pathlib import Path

ABOUT = About("zh", lambda: [("指纹", "sha256:1"), ("=1+1", "2017-11-20")])
NASTY = ["", "0", "a,b", 'say "x"', "two\nlines", " blank ", "名；称", "<script>", "\u202e", "'"]


def write(path: Path, batches: list[pa.RecordBatch], layout: Layout, **more: Any) -> None:
    with open_output(path, layout, batches[0].schema, ABOUT) as output:
        for batch in batches:
            output.write(batch, **more)


def texts(*columns: list[str | None]) -> pa.RecordBatch:
    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.RecordBatch.from_arrays(arrays, [str(i) for i in range(len(arrays))])


def read_csv(path: Path, encoding: str = "utf-8-sig", delimiter: str = ",") -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "^", "]"])
def test_text_follows_the_input(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "o.csv"
    cells = [*NASTY, f"x{delimiter}", f"x{delimiter}\U0002a6a5"]
    layout = Layout(["甲", "甲"], text=TextForm(encoding, delimiter))
    write(path, [texts(cells, cells), texts(cells[:2], cells[:2])], layout)
    written = "gb18030" if encoding == "gbk" else encoding
    rows = read_csv(path, written, delimiter)
    assert rows[0] == ["甲", "甲"]
    assert [row[0] for row in rows[1:]] == [*cells, *cells[:2]]
    raw = path.read_bytes()
    marks = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16": b"\xff\xfe"}
    assert raw.startswith(marks.get(encoding, "甲".encode(written)))
    assert raw.count(marks.get(encoding, b"\xef\xbb\xbf")) <= 1 or encoding == "utf-16"


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))),
    st.booleans(),
)
def test_every_cell_comes_back(tmp_path: Path, cells: list[str], defuse: bool) -> None:
    path = tmp_path / "o.csv"
    layout = Layout(["a", "b"], text=TextForm("utf-8", ","), defuse=defuse)
    write(path, [texts(cells, ["x"] * len(cells))], layout)
    expected = ["'" + cell if defuse and armed(cell) else cell for cell in cells]
    assert [row[0] for row in read_csv(path, "utf-8")[1:]] == expected


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "@SUM(A1)",
        "+cmd|' /C'!A0",
        "-2+3+cmd|' /C'!A0",
        "\t=1",
        "\r=1",
        "＝1",
        "-a",
    ],
)
def test_what_a_spreadsheet_would_run_is_defused(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "o.csv"
    layout = Layout([cell], text=TextForm("utf-8", ","))
    with CsvOutput(path, layout) as output:
        output.write(texts([cell, "x"]))
        output.write(pa.RecordBatch.from_arrays([pa.array([cell]).dictionary_encode()], ["0"]))
    assert output.defused == 2
    assert [row[0] for row in read_csv(path, "utf-8")] == ["'" + cell, "'" + cell, "x", "'" + cell]
    write(path, [texts([cell])], layout._replace(defuse=False))
    assert read_csv(path, "utf-8")[1] == [cell]


@pytest.mark.parametrize("cell", ["-1.5", "+86 371-6666 8888", "-", "-3e-5", "-12%", "1-2", "a=b"])
def test_figures_and_telephone_numbers_are_left_alone(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "o.csv"
    write(path, [texts([cell])], Layout(["a"], text=TextForm("utf-8", ",")))
    assert read_csv(path, "utf-8")[1] == [cell]


def test_nothing_and_an_empty_text_are_told_apart_where_the_input_did(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    write(path, [texts(["", None], ["x", "x"])], Layout(["a", "b"]))
    assert path.read_bytes().decode("utf-8-sig").splitlines()[1:] == ['"",x', ",x"]
    write(path, [texts(["", ""], ["x", "x"])], Layout(["a", "b"], text=TextForm("utf-8", ",")))
    assert path.read_text().splitlines()[1:] == [",x", ",x"]


def typed() -> pa.RecordBatch:
    points = shapely.to_wkb(shapely.points([[113.69, 34.735], [113.7, 34.8]])).tolist()
    return pa.RecordBatch.from_arrays(
        [
            pa.array([1, None, 2**62]),
            pa.array([0.1, None, -1e300]),
            pa.array([True, None, False]),
            pa.array([datetime.datetime(2017, 11, 20, 8), None, None], pa.timestamp("us")),
            pa.array([["a", "b"], None, []]),
            pa.array(["甲", None, "乙"]).dictionary_encode(),
            pa.array([b"\x00\xff", None, b""]),
            pa.array([points[0], None, points[1]], pa.binary()),
        ],
        [str(i) for i in range(8)],
    )


NAMES = ["int", "float", "bool", "day", "list", "zr_word", "bytes", "shape"]


def test_types_as_text(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    write(path, [typed()], Layout(NAMES, geometry=7, crs="EPSG:4326"))
    assert read_csv(path)[1:] == [
        ["1", "0.1", "true", "2017-11-20 08:00:00.000000", '["a", "b"]', "甲", "00ff",
         "POINT (113.69 34.735)"],
        [""] * 8,
        [str(2**62), "-1e+300", "false", "", "[]", "乙", "", "POINT (113.7 34.8)"],
    ]  # fmt: skip


def test_parquet_keeps_types_and_places(tmp_path: Path) -> None:
    path = tmp_path / "o.parquet"
    layout = Layout(NAMES, geometry=7, crs="EPSG:4490")
    write(path, [typed(), typed().slice(1)], layout)
    table = pq.read_table(path)
    assert table.num_rows == 5
    assert table.schema.field("zr_word").type == pa.string(), "no dictionary reaches the reader"
    assert table.schema.field("day").type == pa.timestamp("us")
    assert table.column("list").to_pylist()[:3] == [["a", "b"], None, []]
    frame = geopandas.read_parquet(path)
    assert frame.crs.to_epsg() == 4490
    assert [None if shape is None else shape.wkt for shape in frame["shape"]][:3] == [
        "POINT (113.69 34.735)",
        None,
        "POINT (113.7 34.8)",
    ]
    write(path, [typed().slice(0, 0)], layout)
    assert len(geopandas.read_parquet(path)) == 0


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson"])
def test_spatial_files(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"结果{suffix}"
    names = ["fid", "geom", *NAMES[2:]]  # names that GDAL would take for its own
    write(path, [typed(), typed()], Layout(names, geometry=7, crs="EPSG:4326"))
    frame = geopandas.read_file(path)
    assert len(frame) == 6
    assert list(frame.columns) == [*names[:7], "geometry"]
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry[0].equals_exact(shapely.Point(113.69, 34.735), 1e-7)
    assert frame.geometry[1] is None
    assert frame["zr_word"][0] == "甲"
    assert frame["geom"][0] == 0.1
    assert frame["fid"][2] == 2**62
    if suffix == ".gpkg":
        raw = path.read_bytes()
        assert int.from_bytes(raw[60:64], "big") == 10200, "GeoPackage 1.2"
        assert pyogrio.list_layers(path)[0][0] == "结果"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_geojson_is_in_wgs84_whatever_the_crs(tmp_path: Path) -> None:
    path = tmp_path / "o.geojson"
    grid = shapely.to_wkb(shapely.points([[471608.0, 3844934.0]])).tolist()
    batch = pa.RecordBatch.from_arrays([pa.array(grid, pa.binary())], ["0"])
    write(path, [batch], Layout(["shape"], geometry=0, crs="EPSG:4547"))
    point = geopandas.read_file(path).geometry[0]
    assert 113.6 < point.x < 113.8 and 34.7 < point.y < 34.8


def test_a_workbook_with_its_three_sheets(tmp_path: Path) -> None:
    path = tmp_path / "o.xlsx"
    cells = ["=1+1", "#N/A", "+86 371", "x" * 40_000, "\x01a", None, "2017-11-20", "𠮷" * 20_000]
    person = pa.array([False, True] + [False] * 6)
    layout = Layout(["=head", "甲"])
    with open_output(path, layout, texts([]).schema, ABOUT) as output:
        output.write(texts(cells, ["y"] * 8), person)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["结果", "需核实", "说明"]
    found = [row[0] for row in book["结果"].iter_rows()]
    assert [cell.data_type for cell in found] == ["s"] * 6 + ["n"] + ["s"] * 2
    values = [cell.value for cell in found]
    assert values[:4] == ["=head", "=1+1", "#N/A", "+86 371"]
    assert values[4] == "x" * 32_766 + "…"
    assert values[5:8] == [" a", None, "2017-11-20"]
    assert values[8] == "𠮷" * 16_383 + "…", "Excel counts these twice"
    assert output.shortened == 2
    assert [[cell.value for cell in row] for row in book["需核实"].iter_rows(min_row=2)] == [
        ["#N/A", "y"]
    ]
    assert book["说明"]["A1"].value == "指纹"
    assert book["说明"]["A2"].data_type == "s"
    whole = sheets.overlong(texts(cells, ["y"] * 8), None).to_pylist()
    assert whole == [False] * 3 + [True] + [False] * 3 + [True]


def test_values_keep_their_kind_in_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "o.xlsx"
    write(path, [typed()], Layout(NAMES, geometry=7))
    first, empty, last = openpyxl.load_workbook(path)["结果"].iter_rows(min_row=2, values_only=True)
    assert first[:4] == (1, 0.1, True, datetime.datetime(2017, 11, 20, 8))
    assert first[5:] == ("甲", "00ff", "POINT (113.69 34.735)")
    assert set(empty) == {None}
    assert last[0] == str(2**62), "Excel would round it"


def test_more_rows_than_a_sheet_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "ROWS", 3)
    with pytest.raises(BadInput, match=r"a sheet holds 3.*\.parquet"):
        write(tmp_path / "o.xlsx", [texts(["a"] * 4)], Layout(["a"]))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".gpkg", ".geojson", ".xlsx"])
@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_after_an_error_or_an_interrupt_the_old_file_is_there_and_nothing_else(
    tmp_path: Path, suffix: str, error: type[BaseException]
) -> None:
    path = tmp_path / f"o{suffix}"
    path.write_text("old")
    layout = Layout(NAMES, geometry=7, crs="EPSG:4326")
    with pytest.raises(error), open_output(path, layout, typed().schema, ABOUT) as output:
        for _ in range(4):
            output.write(typed())
        raise error
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such folder"):
        checked_output(tmp_path / "nowhere" / "o.csv")
    with pytest.raises(BadInput, match=r"write a GeoPackage: o\.gpkg"):
        checked_output(tmp_path / "o.shp")
    with pytest.raises(BadInput, match=r"expected one of \.csv"):
        checked_output(tmp_path / "o.doc")


def test_no_two_columns_have_one_name() -> None:
    names = ["zr_rules", "a", "a", "A", ""]
    free, lines = free_names(names, ["zr_rules"], "csv")
    assert free == ["zr_rules_2", "a", "a", "A", ""]
    assert len(lines) == 1 and "zr_rules_2" in lines[0] and "zr_rules_2" in lines[0].zh
    assert free_names(names, ["zr_rules"], "parquet")[0] == [
        "zr_rules_2",
        "a",
        "a_2",
        "A",
        "column_5",
    ]
    spatial = free_names(names, ["zr_rules"], "GPKG")[0]
    assert len({name.casefold() for name in [*spatial, "zr_rules"]}) == 6
