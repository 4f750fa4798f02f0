"""Answered tables into files: streamed, whole or not at all, and harmless to a spreadsheet."""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from ...rules.messages import Line
from ..answer import BadInput
from .encoding import TextForm

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    import pyarrow as pa

FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".parquet": "parquet",
    ".geoparquet": "parquet",
    ".gpkg": "GPKG",
    ".geojson": "GeoJSON",
    ".xlsx": "xlsx",
}
# A cell that a spreadsheet would run: told from a telephone number or a negative figure.
FORMULA = r"^(?:[=@\t\r]|[+-][^\d .(+-])"


class Layout(NamedTuple):
    """The columns of an output: their names as in the input, and where its places are.

    `geometry`: the position of a column of WKB, `crs` its CRS; `text`: how an input of text was
    written, which an output of text follows.
    """

    names: list[str]
    geometry: int | None = None
    crs: str | None = None
    text: TextForm | None = None


def checked_output(path: Path) -> str:
    """Return the format that the suffix of an output file tells. Raises BadInput."""
    suffix = path.suffix.lower()
    if suffix == ".shp":
        raise BadInput(
            Line(
                f"{path.name}: the names of a Shapefile are too short for these columns; "
                f"write a GeoPackage: {path.with_suffix('.gpkg').name}",
                f"{path.name}：Shapefile 的字段名太短，放不下这些列；"
                f"请写 GeoPackage：{path.with_suffix('.gpkg').name}",
            )
        )
    if suffix not in FORMATS:
        known = ", ".join(FORMATS)
        raise BadInput(
            Line(f"{path.name}: expected one of {known}", f"{path.name}：应为 {known} 之一")
        )
    return FORMATS[suffix]


class Output:
    """A file that is there when the work is done, and not before.

    Batches go into a file beside it, which takes its name on a clean exit; after an error or an
    interrupt nothing is left. Subclasses write. Raises OSError as the file system does.
    """

    def __init__(self, path: Path, layout: Layout) -> None:
        self.path, self.layout = path, layout
        self.part = path.with_name(f"{path.stem}.{os.urandom(4).hex()}.part{path.suffix}")

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch whose columns are those of the layout."""
        raise NotImplementedError

    def finish(self) -> None:
        """Complete the file beside."""
        raise NotImplementedError

    def abandon(self) -> None:
        """Let go of the file beside."""

    def __enter__(self) -> Output:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self.finish()
                self.part.replace(self.path)
        finally:
            self.abandon()
            with suppress(OSError):
                self.part.unlink(missing_ok=True)


class CsvOutput(Output):
    """Text, in the encoding and with the delimiter of a text input, else UTF-8 with a mark."""

    def __init__(self, path: Path, layout: Layout, *, defuse: bool = True) -> None:
        super().__init__(path, layout)
        default = TextForm("utf-8-sig", "\t" if path.suffix.lower() == ".tsv" else ",")
        self._form = layout.text or default
        self._defuse = defuse
        self.defused = 0
        self._file: BinaryIO = self.part.open("xb")
        # one encoder for the whole file: it writes its mark once
        self._encoder = codecs.getincrementalencoder(self._form.encoding)(errors="strict")
        head = io.StringIO()
        csv.writer(head, delimiter=self._form.delimiter).writerow(layout.names)
        self._file.write(self._encoder.encode(head.getvalue()))

    def write(self, batch: pa.RecordBatch) -> None:
        import pyarrow.compute as pc

        if not batch.num_rows:
            return
        cells = [self._cells(column) for column in batch.columns]
        rows = pc.binary_join_element_wise(*cells, self._form.delimiter)
        lines = pc.binary_join_element_wise(rows, "", "\r\n")
        _, ends, text = lines.buffers()
        first = memoryview(ends).cast("i")[lines.offset]
        last = memoryview(ends).cast("i")[lines.offset + len(lines)]
        self._put(memoryview(text)[first:last])

    def finish(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        self._file.close()

    def _put(self, text: memoryview) -> None:
        if self._form.encoding in ("utf-8", "utf-8-sig"):
            self._file.write(text)
        else:
            self._file.write(self._encoder.encode(bytes(text).decode("utf-8")))

    def _cells(self, column: pa.Array) -> pa.Array:
        """The column as text, quoted where needed; a dictionary only once for each word."""
        import pyarrow as pa
        import pyarrow.compute as pc

        if pa.types.is_dictionary(column.type):
            words = self._cells(column.dictionary)
            return pc.fill_null(words.take(column.indices), "")
        texts = pc.fill_null(as_text(column), "")
        if self._defuse and _is_text(column.type):
            armed = pc.match_substring_regex(texts, FORMULA)
            count = pc.sum(armed).as_py() or 0
            if count:
                self.defused += count
                texts = pc.if_else(armed, pc.binary_join_element_wise("'", texts, ""), texts)
        special = pc.match_substring_regex(texts, rf'["\r\n{self._form.delimiter}]|^ | $')
        if pc.any(special).as_py():
            doubled = pc.replace_substring(texts, '"', '""')
            quoted = pc.binary_join_element_wise('"', doubled, '"', "")
            texts = pc.if_else(special, quoted, texts)
        return texts


class ParquetOutput(Output):
    """Parquet; GeoParquet where the layout has places."""

    def __init__(self, path: Path, layout: Layout) -> None:
        super().__init__(path, layout)
        self._writer: Any = None

    def write(self, batch: pa.RecordBatch) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        named = pa.RecordBatch.from_arrays(batch.columns, self.layout.names)
        if self._writer is None:
            schema = named.schema.with_metadata(_geo_metadata(self.layout))
            self._writer = parquet.ParquetWriter(self.part, schema)
        self._writer.write_batch(named.replace_schema_metadata(self._writer.schema.metadata))

    def finish(self) -> None:
        if self._writer is None:
            raise BadInput(Line("the table has no rows", "表中没有数据行"))
        self._writer.close()

    def abandon(self) -> None:
        if self._writer is not None:
            self._writer.close()


def _geo_metadata(layout: Layout) -> dict[str, str]:
    if layout.geometry is None:
        return {}
    import pyproj

    crs = None if layout.crs is None else pyproj.CRS.from_user_input(layout.crs).to_json_dict()
    column = {"encoding": "WKB", "geometry_types": [], "crs": crs}
    name = layout.names[layout.geometry]
    about = {"version": "1.0.0", "primary_column": name, "columns": {name: column}}
    return {"geo": json.dumps(about)}


def as_text(column: pa.Array) -> pa.Array:
    """Every value as text: days as ISO 8601, lists and structures as JSON, nothing as null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_string(column.type):
        return column
    try:
        return pc.cast(column, pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        values = column.to_pylist()
        return pa.array([None if v is None else _json(v) for v in values], pa.string())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return pa.types.is_string(kind) or pa.types.is_large_string(kind)
