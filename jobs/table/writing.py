"""Answered tables into files: streamed, whole or not at all, in the format the suffix tells."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from ...rules.messages import Line
from ..answer import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    import pyarrow as pa

    from .encoding import TextForm

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
SPATIAL = ("GPKG", "GeoJSON")
GEOMETRY = "geometry"  # the column of points made for a spatial output


class Layout(NamedTuple):
    """The columns of an output: their names, and where its places are.

    `geometry`: the position of a column of WKB, `crs` its CRS; `text`: how an input of text was
    written, which an output of text follows. `defuse`: formulas in cells are made text.
    """

    names: list[str]
    geometry: int | None = None
    crs: str | None = None
    text: TextForm | None = None
    defuse: bool = True


class About(NamedTuple):
    """What a workbook tells of itself: its language and, when asked at the end, pairs of text.

    `heard` is called again and again while a workbook is completed, and may raise to stop that.
    """

    lang: str
    lines: Callable[[], Sequence[tuple[str, str]]]
    heard: Callable[[], None] = lambda: None


def checked_output(path: Path, option: str = "-o") -> str:
    """Return the format that the suffix of an output file tells. Raises BadInput."""
    suffix = path.suffix.lower()
    told = f"{option} {path.name}"
    if suffix == ".shp":
        better = path.with_suffix(".gpkg").name
        raise BadInput(
            Line(
                f"{told}: the names of a Shapefile are too short for these columns; "
                f"write a GeoPackage: {better}",
                f"{told}：Shapefile 的字段名太短，放不下这些列；请写 GeoPackage：{better}",
            )
        )
    if suffix not in FORMATS:
        known = ", ".join(FORMATS)
        raise BadInput(Line(f"{told}: expected one of {known}", f"{told}：应为 {known} 之一"))
    if path.is_dir():
        raise BadInput(Line(f"{told}: is a folder", f"{told}：是文件夹"))
    if not path.absolute().parent.is_dir():
        folder = path.parent
        raise BadInput(
            Line(f"{told}: no such folder: {folder}", f"{told}：没有这个文件夹：{folder}")
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

    def write(self, batch: pa.RecordBatch, person: pa.Array | None = None) -> None:
        """Add a batch whose columns are those of the layout.

        `person`: for each row whether a person should look at it, for formats with a place for
        such rows.
        """
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
            for left in (self.part, *self.part.parent.glob(f"{self.part.name}-*")):  # and journals
                with suppress(OSError):
                    left.unlink(missing_ok=True)


def remove_left(path: Path) -> None:
    """Remove the files beside an output that a killed run of it has left."""
    ours = re.compile(rf"{re.escape(path.stem)}\.[0-9a-f]{{8}}\.part{re.escape(path.suffix)}(-.*)?")
    for left in path.absolute().parent.iterdir():
        if ours.fullmatch(left.name):
            with suppress(OSError):
                left.unlink()


def open_output(path: Path, layout: Layout, schema: pa.Schema, about: About) -> Output:
    """Open the output for the suffix of `path`; `schema` is that of the batches to come."""
    kind = checked_output(path)
    if kind == "csv":
        from .textfile import CsvOutput

        return CsvOutput(path, layout)
    if kind == "parquet":
        from .columnar import ParquetOutput

        return ParquetOutput(path, layout, schema)
    if kind == "xlsx":
        from .sheets import XlsxOutput

        return XlsxOutput(path, layout, about)
    from .columnar import SpatialOutput

    return SpatialOutput(path, layout, schema, kind)


def free_names(
    names: Sequence[str], added: Sequence[str], kind: str
) -> tuple[list[str], list[Line]]:
    """The headings of the input in a file of format `kind` beside the columns added, and what is
    to be told of them: no two columns may have one name there, but for text and sheets, which keep
    the headings of the input as they are unless one is that of an added column."""
    same = kind in ("csv", "xlsx")
    taken = {_key(name, kind) for name in added}
    free, lines = [], []
    for at, name in enumerate(names):
        called = name if name or same else f"column_{at + 1}"
        if _key(called, kind) in taken:
            called = _other(called, taken, kind)
        if called != name:
            lines.append(
                Line(
                    f"column {at + 1} of the input, {name or '(no heading)'}, "
                    f"is called {called} in the result",
                    f"输入的第 {at + 1} 列“{name or '（无表头）'}”在结果中改名为“{called}”",
                )
            )
        if not same:
            taken.add(_key(called, kind))
        free.append(called)
    return free, lines


def _other(name: str, taken: set[str], kind: str) -> str:
    number = 2
    while _key(f"{name}_{number}", kind) in taken:
        number += 1
    return f"{name}_{number}"


def _key(name: str, kind: str) -> str:
    """Where two names are the same: upper and lower case are to a GeoPackage."""
    return name.casefold() if kind in SPATIAL else name


def as_text(column: pa.Array) -> pa.Array:
    """Every value as text: days as ISO 8601, lists and structures as JSON, nothing as null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_string(column.type):
        return column
    if pa.types.is_dictionary(column.type):
        return as_text(column.dictionary).take(column.indices)
    if not (pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type)):
        with suppress(pa.ArrowInvalid, pa.ArrowNotImplementedError):
            return pc.cast(column, pa.string())
    values = column.to_pylist()
    return pa.array([None if value is None else _json(value) for value in values], pa.string())


def as_wkt(column: pa.Array) -> pa.Array:
    """Shapes in WKB as text, for formats that have no shapes; what is no shape as nothing."""
    import pyarrow as pa
    import shapely

    shapes = shapely.from_wkb(column.to_numpy(zero_copy_only=False), on_invalid="ignore")
    return pa.array(shapely.to_wkt(shapes, rounding_precision=-1), pa.string())


def without_dictionaries(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with every value in its place, for what knows no dictionaries."""
    import pyarrow as pa

    columns = [
        column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, batch.schema.names)


def _json(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
