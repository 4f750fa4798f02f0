"""Tables as streams of Arrow record batches, whatever file they come from. No row is left out."""

from __future__ import annotations

import csv
import itertools
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from ...rules.messages import Line
from ..answer import BadInput
from .encoding import TextForm, checked_delimiter, checked_encoding, delimiter_of, encoding_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import pyarrow as pa

SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".geoparquet": "parquet",
    ".gpkg": "geo",
    ".geojson": "geo",
    ".json": "geo",
    ".shp": "geo",
}
ROWS = 1 << 16  # rows in a batch
PIECE = 1 << 27  # characters in a batch that Python reads
LONGEST = (1 << 31) - 1  # characters in a cell
WGS84 = "OGC:CRS84"  # what GeoParquet means when it names no CRS


class Table(NamedTuple):
    """A table that can be read from its start as often as needed.

    `batches` yields record batches whose columns are those of `names` in this order, whatever they
    are called there. `faults` holds, while reading, what is wrong with the shape of a row: its
    number, from 0, to one line. `crs`: what the file says of its coordinates, None if nothing;
    `geometry`: the position of its column of WKB. `rows`: how many, None if only reading tells.
    """

    path: Path
    format: str
    names: list[str]
    batches: Callable[[], Iterator[pa.RecordBatch]]
    faults: dict[int, Line]
    rows: int | None = None
    crs: str | None = None
    geometry: int | None = None
    text: TextForm | None = None
    schema: pa.Schema | None = None  # of a file that has one; of others every cell is text

    def nothing(self) -> pa.RecordBatch:
        """A batch without rows, with the columns of the others."""
        import pyarrow as pa

        if self.schema is not None:
            return pa.RecordBatch.from_pylist([], self.schema)
        columns = [pa.array([], pa.string())] * len(self.names)
        return pa.RecordBatch.from_arrays(columns, [str(i) for i in range(len(columns))])


def open_table(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    layer: str | None = None,
) -> Table:
    """Open CSV/TSV, XLSX, (Geo)Parquet, GeoPackage, GeoJSON or Shapefile, told by its suffix.

    `layer` is a sheet or a layer, the first unless said. Raises BadInput for what cannot be read.
    """
    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(SUFFIXES)
        raise BadInput(
            Line(f"{path.name}: expected one of {known}", f"{path.name}：应为 {known} 文件")
        )
    if not path.is_file():
        raise BadInput(Line(f"{path}: no such file", f"{path}：没有这个文件"))
    if kind == "csv":
        return _csv(path, encoding, delimiter)
    if kind == "xlsx":
        return _xlsx(path, layer)
    return _parquet(path) if kind == "parquet" else _geo(path, layer, encoding)


# --- text ----------------------------------------------------------------------------------------


def _csv(path: Path, encoding: str | None, delimiter: str | None) -> Table:
    name = checked_encoding(path, encoding) if encoding else encoding_of(path)
    parted = checked_delimiter(delimiter) if delimiter else delimiter_of(path, name)
    form = TextForm(name, parted)
    header = next(_lines(path, form), None)
    if header is None:
        raise BadInput(Line(f"{path.name}: no header line", f"{path.name}：没有表头"))
    faults: dict[int, Line] = {}
    return Table(
        path,
        "csv",
        header,
        lambda: _csv_batches(path, form, len(header), faults),
        faults,
        text=form,
    )


def _lines(path: Path, form: TextForm) -> Iterator[list[str]]:
    """The rows of the table, its header first; empty lines are none."""
    csv.field_size_limit(LONGEST)  # of the whole process, and only ever wider
    with path.open("r", encoding=form.encoding, newline="") as file:
        yield from (row for row in csv.reader(file, delimiter=form.delimiter) if row)


def _csv_batches(
    path: Path, form: TextForm, width: int, faults: dict[int, Line]
) -> Iterator[pa.RecordBatch]:
    """Every cell as the text it is.

    Arrow reads the usual file many times faster than Python but stops at a row of another width;
    from there on Python reads, so that such a row is kept and can be told.
    """
    import pyarrow as pa

    done = 0
    faults.clear()
    try:
        for batch in _quick(path, form, width):
            done += batch.num_rows
            yield batch
    except pa.ArrowInvalid:
        yield from _slow(path, form, width, done, faults)


def _quick(path: Path, form: TextForm, width: int) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa
    from pyarrow import csv as arrow

    names = [str(i) for i in range(width)]
    reader = arrow.open_csv(
        path,
        read_options=arrow.ReadOptions(
            column_names=names,
            skip_rows_after_names=1,
            encoding="utf8" if form.encoding in ("utf-8", "utf-8-sig") else form.encoding,
            block_size=1 << 22,
        ),
        parse_options=arrow.ParseOptions(delimiter=form.delimiter, newlines_in_values=True),
        convert_options=arrow.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    yield from reader


def _slow(
    path: Path, form: TextForm, width: int, done: int, faults: dict[int, Line]
) -> Iterator[pa.RecordBatch]:
    rows = itertools.islice(_lines(path, form), done + 1, None)
    for part in _parts(rows):
        for i, row in enumerate(part, start=done):
            if len(row) != width:
                faults[i] = _width_fault(row, width)
        done += len(part)
        yield _batch_of_text([(row + [""] * width)[:width] for row in part], width)


def _width_fault(row: list[str], width: int) -> Line:
    en, zh = f"{len(row)} cells instead of {width}", f"有 {len(row)} 格，应为 {width} 格"
    if len(row) > width:  # what does not fit into the columns must not be lost
        more = ", ".join(row[width:])
        en, zh = f"{en}; beyond the last column: {more}", f"{zh}；末列之外：{more}"
    return Line(en, zh)


def _batch_of_text(rows: list[list[str]], width: int) -> pa.RecordBatch:
    import pyarrow as pa

    columns = [pa.array([row[i] for row in rows], pa.string()) for i in range(width)]
    return pa.RecordBatch.from_arrays(columns, [str(i) for i in range(width)])


def _parts(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """`rows` of texts in lists of at most ROWS, and of fewer where the texts are long."""
    part: list[Any] = []
    size = 0
    for row in rows:
        part.append(row)
        size += sum(map(len, row))
        if len(part) == ROWS or size >= PIECE:
            yield part
            part, size = [], 0
    if part:
        yield part


# --- workbooks -----------------------------------------------------------------------------------


def _xlsx(path: Path, sheet: str | None) -> Table:
    """The cells of one sheet as Excel last computed them; a sheet fits into memory."""
    names, rows = _sheet(path, sheet)
    width = len(names)
    faults: dict[int, Line] = {}

    def batches() -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        columns = [_column([row[i] for row in rows]) for i in range(width)]
        table = pa.Table.from_arrays(columns, [str(i) for i in range(width)])
        yield from table.to_batches(max_chunksize=ROWS)

    return Table(path, "xlsx", names, batches, faults, rows=len(rows))


def _sheet(path: Path, sheet: str | None) -> tuple[list[str], list[tuple[Any, ...]]]:
    import zipfile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, InvalidFileException) as error:
        reason = str(error) or type(error).__name__
        raise BadInput(
            Line(f"{path.name}: not a workbook ({reason})", f"{path.name}：不是工作簿（{reason}）")
        ) from error
    try:
        if sheet is not None and sheet not in book.sheetnames:
            known = ", ".join(book.sheetnames)
            raise BadInput(
                Line(
                    f"--layer {sheet}: {path.name} has {known}",
                    f"--layer {sheet}：{path.name} 有 {known}",
                )
            )
        source = book[sheet] if sheet else book.worksheets[0]
        source.reset_dimensions()  # what the file claims of its size is not always true
        rows = [row for row in source.iter_rows(values_only=True)]
    finally:
        book.close()
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    if not rows or all(cell is None for cell in rows[0]):
        raise BadInput(Line(f"{path.name}: no header line", f"{path.name}：没有表头"))
    width = max(len(row) for row in rows)
    filled = [(*row, *(None,) * (width - len(row))) for row in rows]
    used = max(i + 1 for row in filled for i, cell in enumerate(row) if cell is not None)
    names = ["" if cell is None else str(cell) for cell in filled[0][:used]]
    return names, [row[:used] for row in filled[1:]]


def _column(cells: list[Any]) -> pa.Array:
    """Numbers, days or yes/no where all cells are; else each cell as Excel's text for it."""
    import datetime

    import pyarrow as pa

    given = [cell for cell in cells if cell is not None]
    kinds = {type(cell) for cell in given}
    for fitting, kind in (
        ({bool}, pa.bool_()),
        ({int}, pa.int64()),
        ({int, float}, pa.float64()),
        ({datetime.datetime}, pa.timestamp("us")),
    ):
        if kinds and kinds <= fitting:
            try:
                return pa.array(cells, kind)
            except (pa.ArrowInvalid, OverflowError):
                break  # an integer that 64 bits do not hold
    return pa.array([None if cell is None else _text(cell) for cell in cells], pa.string())


def _text(cell: Any) -> str:
    import datetime

    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))  # as Excel shows a whole number
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)


# --- columnar and spatial files ------------------------------------------------------------------


def _parquet(path: Path) -> Table:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(path)
    except (OSError, pa.ArrowInvalid) as error:
        reason = str(error).splitlines()[0]
        raise BadInput(
            Line(f"{path.name}: not Parquet ({reason})", f"{path.name}：不是 Parquet（{reason}）")
        ) from error
    schema = file.schema_arrow
    names = list(schema.names)
    crs, geometry = None, None
    about = json.loads((schema.metadata or {}).get(b"geo", b"{}"))
    primary = about.get("primary_column")
    if primary in names and about["columns"][primary].get("encoding") == "WKB":
        geometry = names.index(primary)
        told = about["columns"][primary].get("crs", WGS84)  # null means: not known
        crs = told if told is None or isinstance(told, str) else json.dumps(told)

    def batches() -> Iterator[pa.RecordBatch]:
        with parquet.ParquetFile(path) as source:
            yield from source.iter_batches(batch_size=ROWS)

    rows = file.metadata.num_rows
    return Table(path, "parquet", names, batches, {}, rows, crs, geometry, schema=schema)


def _geo(path: Path, layer: str | None, encoding: str | None) -> Table:
    import pyogrio
    from pyogrio.errors import DataSourceError

    options: dict[str, Any] = {"layer": layer, "encoding": encoding}
    try:
        about = pyogrio.read_info(path, **options)
        with pyogrio.open_arrow(path, **options, use_pyarrow=True) as (meta, reader):
            schema = reader.schema
            names = list(schema.names)
    except (DataSourceError, ValueError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        hint = Line("", "")
        if isinstance(error, UnicodeDecodeError):  # a Shapefile that does not say its own
            hint = Line("; try --encoding gb18030", "；请试 --encoding gb18030")
        raise BadInput(
            Line(
                f"{path.name}: cannot be read ({reason}){hint}",
                f"{path.name}：无法读取（{reason}）{hint.zh}",
            )
        ) from error
    column = meta["geometry_name"] or "wkb_geometry"
    rows = about["features"] if about["features"] >= 0 else None

    def batches() -> Iterator[pa.RecordBatch]:
        with pyogrio.open_arrow(path, **options, batch_size=ROWS, use_pyarrow=True) as (_, source):
            yield from source

    geometry = names.index(column) if column in names else None
    return Table(path, "geo", names, batches, {}, rows, meta["crs"], geometry, schema=schema)
