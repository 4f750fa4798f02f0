"""Answered tables as Parquet, GeoParquet, GeoPackage and GeoJSON: values keep their types."""

from __future__ import annotations

import base64
import json
import queue
import threading
from typing import TYPE_CHECKING, Any

from ...rules.messages import Line
from ..answer import BadInput
from .writing import Layout, Output, as_text, without_dictionaries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

_AHEAD = 2  # batches that wait for the writer of a spatial file


class ParquetOutput(Output):
    """Parquet; GeoParquet where the layout has places."""

    def __init__(self, path: Path, layout: Layout, schema: pa.Schema) -> None:
        from pyarrow import parquet

        super().__init__(path, layout)
        self._schema = _renamed(schema, layout)
        self._writer = parquet.ParquetWriter(self.part, self._schema, store_schema=False)
        self._writer.add_key_value_metadata(
            {**_plain_schema(self._schema), **_geo_metadata(layout)}
        )

    def write(self, batch: pa.RecordBatch, person: pa.Array | None = None) -> None:
        import pyarrow as pa

        self._writer.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=self._schema))

    def finish(self) -> None:
        self._writer.close()

    def abandon(self) -> None:
        self._writer.close()


def _renamed(schema: pa.Schema, layout: Layout) -> pa.Schema:
    import pyarrow as pa

    return pa.schema([field.with_name(name) for field, name in zip(schema, layout.names)])


def _plain_schema(schema: pa.Schema) -> dict[str, str]:
    """The Arrow schema a reader gets: our dictionaries are how texts are handed over, no more.

    Under the name and in the form in which Arrow's own writer keeps it.
    """
    import pyarrow as pa

    fields = [
        field.with_type(pa.string())
        if pa.types.is_dictionary(field.type) and field.name.startswith("zr_")
        else field
        for field in schema
    ]
    text = base64.b64encode(pa.schema(fields).serialize().to_pybytes())
    return {"ARROW:schema": text.decode()}


def _geo_metadata(layout: Layout) -> dict[str, str]:
    if layout.geometry is None:
        return {}
    import pyproj

    crs = None if layout.crs is None else pyproj.CRS.from_user_input(layout.crs).to_json_dict()
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": [], "crs": crs}
    name = layout.names[layout.geometry]
    about = {"version": "1.0.0", "primary_column": name, "columns": {name: column}}
    return {"geo": json.dumps(about)}


class SpatialOutput(Output):
    """A GeoPackage or GeoJSON by GDAL, which takes batches from a thread of its own.

    GeoPackage 1.2, the newest that QGIS 3.22 opens without a warning; GeoJSON as RFC 7946 has it,
    in WGS84 whatever the CRS of the input.
    """

    def __init__(self, path: Path, layout: Layout, schema: pa.Schema, kind: str) -> None:
        super().__init__(path, layout)
        self._kind, self._schema = kind, _spatial_schema(schema, layout)
        self._waiting: queue.Queue[Any] = queue.Queue(_AHEAD)
        self._failed: BaseException | None = None
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="zonerules output", daemon=True)
        self._thread.start()

    def write(self, batch: pa.RecordBatch, person: pa.Array | None = None) -> None:
        import pyarrow as pa

        columns = [
            column if column.type == field.type else as_text(column)
            for column, field in zip(without_dictionaries(batch).columns, self._schema)
        ]
        self._hand_over(pa.RecordBatch.from_arrays(columns, schema=self._schema))

    def finish(self) -> None:
        self._hand_over(None)
        self._thread.join()
        self._ended = True
        self._complain()

    def abandon(self) -> None:
        if not self._ended:
            self._ended = True
            while self._thread.is_alive():
                try:
                    self._waiting.put(_Stop(), timeout=0.1)
                except queue.Full:
                    continue
                break
            self._thread.join()

    def _hand_over(self, batch: pa.RecordBatch | None) -> None:
        while True:
            self._complain()
            try:
                self._waiting.put(batch, timeout=0.2)
            except queue.Full:
                continue
            return

    def _complain(self) -> None:
        if self._failed is not None:
            reason = str(self._failed).splitlines()[0]
            name = self.path.name
            raise BadInput(
                Line(f"{name}: cannot be written ({reason})", f"{name}：无法写入（{reason}）")
            ) from self._failed

    def _batches(self) -> Iterator[pa.RecordBatch]:
        while (batch := self._waiting.get()) is not None:
            if isinstance(batch, _Stop):
                raise batch
            yield batch

    def _run(self) -> None:
        import pyarrow as pa
        import pyogrio
        import pyproj

        assert self.layout.geometry is not None, "a spatial file has places"
        crs = self.layout.crs
        geopackage = self._kind == "GPKG"
        shape = self.layout.names[self.layout.geometry]
        taken = {name.casefold() for name in self.layout.names}
        inner = {"GEOMETRY_NAME": shape, "FID": _free("fid", taken)}
        try:
            pyogrio.write_arrow(
                pa.RecordBatchReader.from_batches(self._schema, self._batches()),
                str(self.part),
                layer=self.path.stem,
                driver=self._kind,
                geometry_name=shape,
                geometry_type="Unknown",
                crs=None if crs is None else pyproj.CRS.from_user_input(crs).to_wkt(),
                dataset_options={"VERSION": "1.2"} if geopackage else {},
                layer_options=inner if geopackage else {"RFC7946": "YES"},
            )
        except BaseException as error:
            self._failed = error


class _Stop(Exception):
    """The output is given up."""


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name = f"zr_{name}"
    return name


def _spatial_schema(schema: pa.Schema, layout: Layout) -> pa.Schema:
    """The types that GDAL takes: dictionaries laid out, what it has no type for as text."""
    import pyarrow as pa

    fields = []
    for at, (field, name) in enumerate(zip(schema, layout.names)):
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        known = at == layout.geometry or _known(kind)
        fields.append(pa.field(name, kind if known else pa.string()))
    return pa.schema(fields)


def _known(kind: pa.DataType) -> bool:
    import pyarrow as pa

    types = pa.types
    unsigned = types.is_uint64(kind)
    number = (types.is_integer(kind) and not unsigned) or types.is_floating(kind)
    text = types.is_string(kind) or types.is_large_string(kind) or types.is_binary(kind)
    day = types.is_date32(kind) or types.is_timestamp(kind)
    return bool(number or text or day or types.is_boolean(kind))
