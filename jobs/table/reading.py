"""Tables as streams of Arrow record batches, whatever file they come from. No row is left out."""

from __future__ import annotations

import csv
import itertools
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from ...rules.messages import Line
from ..answer import BadInput
from .encoding import (
    TextForm,
    checked_delimiter,
    checked_encoding,
    delimiter_of,
    encoding_of,
    stated_delimiter,
)

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
        from .workbook import cells_of

        names, columns, faults = cells_of(path, layer)
        return _of_columns(path, names, columns, faults)
    return _parquet(path) if kind == "parquet" else _geo(path, layer, encoding)


# --- text ----------------------------------------------------------------------------------------


def _csv(path: Path, encoding: str | None, delimiter: str | None) -> Table:
    name = checked_encoding(path, encoding) if encoding else encoding_of(path)
    stated = stated_delimiter(path, name)
    if delimiter is not None:
        parted = checked_delimiter(delimiter)
    else:
        parted = checked_delimiter(stated) if stated else delimiter_of(path, name)
    form = TextForm(name, parted, 0 if stated is None else 1)
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
        lines = itertools.islice(file, form.skip, None)
        yield from (row for row in csv.reader(lines, delimiter=form.delimiter) if row)


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
            open_quote = _open_quote(path, form, batch)
            if open_quote is not None:
                faults[done - 1] = open_quote
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
            skip_rows=form.skip,
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


def _open_quote(path: Path, form: TextForm, batch: pa.RecordBatch) -> Line | None:
    """What to say if the last cell of a batch runs to the end of the file because its quote is
    never closed: then lines that look like rows are in that cell."""
    if not batch.num_rows:
        return None
    last = batch.column(batch.num_columns - 1)[-1].as_py() or ""
    if "\n" not in last and "\r" not in last:
        return None
    return _swallowed(last) if _ends_in_quotes(path, form, last) else None


def _ends_in_quotes(path: Path, form: TextForm, cell: str) -> bool:
    """Whether a cell is the end of the file, and no quote stands behind it."""
    tail = cell[-200:].encode(form.encoding.removesuffix("-sig"), "replace")[-200:]
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - len(tail), 0))
        return file.read() == tail


def _swallowed(cell: str) -> Line:
    lines = len(cell.splitlines())
    return Line(
        f"a quote that is opened here is never closed: {lines} lines up to the end of the file "
        "are in one cell",
        f"此处的引号没有闭合：直到文件末尾的 {lines} 行都在同一格里",
    )


def _slow(
    path: Path, form: TextForm, width: int, done: int, faults: dict[int, Line]
) -> Iterator[pa.RecordBatch]:
    rows = itertools.islice(_lines(path, form), done + 1, None)
    for part in _parts(rows):
        for i, row in enumerate(part, start=done):
            if len(row) != width:
                faults[i] = _width_fault(row, width)
        cell = part[-1][-1]
        if ("\n" in cell or "\r" in cell) and _ends_in_quotes(path, form, cell):
            faults[done + len(part) - 1] = _swallowed(cell)
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


# --- columnar and spatial files ------------------------------------------------------------------


def _of_columns(
    path: Path, names: list[str], columns: list[pa.Array], faults: dict[int, Line]
) -> Table:
    """The table of a sheet, which fits into memory; its faults are told each time it is read."""

    def batches() -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        found.update(faults)
        heads = [str(i) for i in range(len(columns))]
        yield from pa.Table.from_arrays(columns, heads).to_batches(max_chunksize=ROWS)

    found: dict[int, Line] = {}
    return Table(path, "xlsx", names, batches, found, rows=len(columns[0]))


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
    # of the file: the schema that Arrow keeps in it need not have it
    about = json.loads((file.metadata.metadata or {}).get(b"geo", b"{}"))
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
