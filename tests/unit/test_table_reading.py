"""Tables of every kind give every row and every cell, and say what they know of themselves."""

from __future__ import annotations

import csv
import datetime
import io
import json
from typing import TYPE_CHECKING, Any

import geopandas
import hypothesis.strategies as st
import openpyxl
import pyarrow as pa
import pytest
import shapely
from hypothesis import HealthCheck, given, settings

from zonerules.jobs.answer import BadInput
from zonerules.jobs.table import reading
from zonerules.jobs.table.encoding import delimiter_of, encoding_of
from zonerules.jobs.table.reading import Table, open_table
from zonerules.rules.messages import in_language

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [["编号", "企业名称", "经度"], ["1", "郑州“甲”厂, 一分厂", "113.69"], ["2", "乙\n厂", ""]]


def cells(table: Table) -> list[list[Any]]:
    """Every row of a table, in order, as Python values."""
    rows: list[list[Any]] = []
    for batch in table.batches():
        assert batch.num_columns == len(table.names)
        columns = [column.to_pylist() for column in batch.columns]
        rows += [list(row) for row in zip(*columns)]
    return rows


def written(path: Path, rows: list[list[str]], encoding: str, delimiter: str) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_text_in_every_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    table = open_table(written(tmp_path / "t.csv", ROWS, encoding, delimiter))
    assert table.names == ROWS[0]
    assert cells(table) == ROWS[1:]
    assert cells(table) == ROWS[1:]  # and once more from the start
    assert table.text is not None
    assert table.text.delimiter == delimiter
    expected = "gb18030" if encoding == "gbk" else encoding
    assert table.text.encoding == expected


def test_a_bad_byte_far_into_the_file_still_tells_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n" + b"x,y\n" * 700_000 + "郑,州\n".encode("gb18030"))
    assert encoding_of(path) == "gb18030"
    assert cells(open_table(path))[-1] == ["郑", "州"]


def test_neither_encoding_is_refused_with_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("名".encode() + b",b\n\xff\xff\xff\xff\n")
    with pytest.raises(BadInput, match=r"byte 6 .* GB18030 \(byte \d+\).*--encoding") as caught:
        open_table(path)
    assert "第 6 字节" in in_language(caught.value, "zh")
    with pytest.raises(BadInput, match="no such encoding"):
        open_table(path, encoding="utf-9")
    with pytest.raises(BadInput, match="does not fit at byte 6"):
        open_table(path, encoding="utf-8")


def test_a_row_of_another_width_is_kept_and_told(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "ROWS", 3)
    path = tmp_path / "t.csv"
    path.write_text("a,b,c\n1,2,3\n\n4,5\n6,7,8,9,10\n11,12,13\n,,\n14\n")
    table = open_table(path)
    rows = [
        ["1", "2", "3"],
        ["4", "5", ""],
        ["6", "7", "8"],
        ["11", "12", "13"],
        ["", "", ""],
        ["14", "", ""],
    ]
    assert cells(table) == rows
    assert {row: str(line) for row, line in table.faults.items()} == {
        1: "2 cells instead of 3",
        2: "5 cells instead of 3; beyond the last column: 9, 10",
        5: "1 cells instead of 3",
    }


def test_a_row_of_another_width_after_many_good_ones(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    count = 300_000  # some blocks of the quick reader
    lines = [f"{i},{'x' * (i % 40)}" for i in range(count)]
    lines[count - 5] += ",surplus"
    path.write_text("a,b\n" + "\n".join(lines))
    table = open_table(path)
    assert [row[0] for row in cells(table)] == [str(i) for i in range(count)]
    assert list(table.faults) == [count - 5]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=6
            ),
            min_size=3,
            max_size=3,
        ),
        max_size=8,
    ),
    st.sampled_from(["utf-8", "gb18030"]),
)
def test_any_text_comes_back(tmp_path: Path, rows: list[list[str]], encoding: str) -> None:
    path = written(tmp_path / "any.csv", [["a", "b", "c"], *rows], encoding, ",")
    assert cells(open_table(path, encoding=encoding, delimiter=",")) == rows


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b\n1,5;2,5\n3,5;4\n", ";"),
        ("name\tnote\nx\ta, b, c\ny\td\n", "\t"),
        ("only\n1\n2\n", ","),
        ('"a,b",c\n"1,2",3\n', ","),
    ],
)
def test_the_delimiter_is_found(tmp_path: Path, text: str, delimiter: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text)
    assert delimiter_of(path, "utf-8") == delimiter


def workbook(path: Path, rows: list[list[Any]], title: str = "企业") -> Path:
    book = openpyxl.Workbook()
    book.active.title = "空"
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_workbook(tmp_path: Path) -> None:
    day = datetime.datetime(2017, 11, 20)
    rows = [
        ["名称", "经度", "台数", "日期", "投产", "混合", None],
        ["甲", 113.69, 3, day, True, 1.0],
        [None, None, None, None, None, "二"],
        ["丙", 34, 4, day, False, day],
    ]
    table = open_table(workbook(tmp_path / "t.xlsx", rows), layer="企业")
    assert table.names == rows[0][:6]
    assert table.rows == 3
    assert cells(table) == [
        ["甲", 113.69, 3, day, True, "1"],
        [None, None, None, None, None, "二"],
        ["丙", 34.0, 4, day, False, "2017-11-20"],
    ]


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"PK not really")
    with pytest.raises(BadInput, match="not a workbook"):
        open_table(tmp_path / "t.xlsx")
    book = workbook(tmp_path / "u.xlsx", [["a"], [1]])
    with pytest.raises(BadInput, match="no header line"):
        open_table(book)  # the first sheet is empty
    with pytest.raises(BadInput, match=r"--layer 别的: u\.xlsx has 空, 企业"):
        open_table(book, layer="别的")


def frame() -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(
        {"名称": ["甲", "乙", None], "n": [1, 2, 3]},
        geometry=[shapely.Point(113.69, 34.735), None, shapely.Point(1, 2)],
        crs="EPSG:4490",
    )


@pytest.mark.parametrize("name", ["t.gpkg", "t.geojson", "t.shp", "t.parquet"])
def test_spatial_files(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    data = frame() if name != "t.geojson" else frame().to_crs("EPSG:4326")
    if name == "t.parquet":
        data.to_parquet(path)
    else:
        data.to_file(path)
    table = open_table(path)
    assert table.rows == 3
    assert table.geometry is not None
    rows = cells(table)
    name_column = table.names.index("名称")
    assert [row[name_column] for row in rows] == ["甲", "乙", None]
    point = shapely.from_wkb(rows[0][table.geometry])
    assert shapely.equals_exact(point, shapely.Point(113.69, 34.735), 1e-9)
    assert rows[1][table.geometry] is None
    assert table.crs is not None
    assert ("4326" if name == "t.geojson" else "4490") in table.crs


def test_a_shapefile_in_gbk(tmp_path: Path) -> None:
    frame().to_file(tmp_path / "t.shp", encoding="GBK")
    (tmp_path / "t.cpg").unlink()
    table = open_table(tmp_path / "t.shp", encoding="GB18030")
    assert "名称" in table.names
    assert cells(table)[0][table.names.index("名称")] == "甲"


def test_plain_parquet_has_no_crs(tmp_path: Path) -> None:
    import pyarrow.parquet as parquet

    path = tmp_path / "t.parquet"
    parquet.write_table(pa.table({"lon": [113.69], "lat": [34.735]}), path)
    table = open_table(path)
    assert (table.crs, table.geometry, table.rows) == (None, None, 1)


def test_geoparquet_that_names_no_crs_and_one_that_does_not_know_it(tmp_path: Path) -> None:
    import pyarrow.parquet as parquet

    for known in (True, False):
        path = tmp_path / f"{known}.parquet"
        column: dict[str, Any] = {"encoding": "WKB"}
        if not known:
            column["crs"] = None
        about = {"primary_column": "geometry", "columns": {"geometry": column}}
        made = pa.table({"geometry": [shapely.to_wkb(shapely.Point(1, 2))]})
        made = made.replace_schema_metadata({"geo": json.dumps(about)})
        parquet.write_table(made, path)
        assert open_table(path).crs == ("OGC:CRS84" if known else None)


@pytest.mark.parametrize("name", ["t.gpkg", "t.parquet", "t.shp"])
def test_files_that_are_something_else(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(io.BytesIO(b"something else").getvalue())
    with pytest.raises(BadInput, match=name):
        open_table(tmp_path / name)


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        open_table(tmp_path / "t.csv")
    with pytest.raises(BadInput, match="expected one of"):
        open_table(tmp_path / "t.doc")
    (tmp_path / "e.csv").write_text("\n\n")
    with pytest.raises(BadInput, match="no header line"):
        open_table(tmp_path / "e.csv")
