"""A layer of the project as a file that ``jobs.table`` reads: Parquet, which keeps names and types.

Any layer will do, with shapes or without, whatever it comes from; edits that were not saved and the
filter of the layer count, because its features are read as QGIS has them.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import NULL, QgsFeatureRequest, QgsVectorLayerFeatureSource, QgsWkbTypes
from qgis.PyQt.QtCore import Qt

from .. import compat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qgis.core import (
        QgsCoordinateReferenceSystem,
        QgsFeature,
        QgsFields,
        QgsProcessingFeatureSource,
        QgsVectorLayer,
    )

    from ...jobs.progress import Progress

ROWS = 10_000  # features in a batch
SHAPE = "geometry"
LONGEST = 60  # characters of a file name


class LayerSource(NamedTuple):
    """A layer as it was on the main thread, for reading on another.

    ``crs``: None without shapes; ``features`` has ``getFeatures(request)``; ``count``: of them, -1
    if nobody knows.
    """

    title: str
    fields: QgsFields
    features: Any
    crs: QgsCoordinateReferenceSystem | None
    count: int


def of_layer(layer: QgsVectorLayer) -> LayerSource:
    """What is read of a layer of the project; call it on the main thread."""
    crs = layer.crs() if layer.isSpatial() else None
    features = QgsVectorLayerFeatureSource(layer)
    return LayerSource(layer.name(), layer.fields(), features, crs, layer.featureCount())


def of_source(source: QgsProcessingFeatureSource) -> LayerSource:
    """The same of an input of an algorithm."""
    shaped = source.wkbType() != QgsWkbTypes.Type.NoGeometry
    crs = source.sourceCrs() if shaped else None
    name, count = source.sourceName(), source.featureCount()
    return LayerSource(name, source.fields(), source, crs, count)


@contextlib.contextmanager
def as_file(given: Path | LayerSource, progress: Progress, most: int = -1) -> Iterator[Path]:
    """The file to read, for as long as needed; ``most``: features of a layer, -1 for all."""
    if isinstance(given, Path):
        yield given
        return
    request = QgsFeatureRequest()
    request.setLimit(most)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file_name(given.title)
        write(path, given.fields, given.features.getFeatures(request), given.crs, progress)
        yield path


def write(
    path: Path,
    fields: QgsFields,
    features: Iterable[QgsFeature],
    crs: QgsCoordinateReferenceSystem | None,
    progress: Progress,
) -> None:
    """Write the features; ``crs`` is None for a layer without shapes, invalid if it states none.

    Raises OSError, and what ``progress`` raises to stop.
    """
    import pyarrow as pa
    from pyarrow import parquet

    kinds = [compat.kind_of(field) for field in fields]
    types = {"integer": pa.int64(), "real": pa.float64(), "boolean": pa.bool_()}
    schema = pa.schema(
        [pa.field(f.name(), types.get(kind, pa.string())) for f, kind in zip(fields, kinds)]
    )
    if crs is not None:
        schema = schema.append(pa.field(_free(fields.names()), pa.binary()))
        schema = schema.with_metadata({"geo": _about(schema.names[-1], crs)})
    with parquet.ParquetWriter(path, schema) as writer:
        waiting: list[list[Any]] = []
        for feature in features:
            waiting.append(_row(feature, kinds, crs is not None))
            if len(waiting) == ROWS:
                writer.write_batch(_batch(waiting, schema))
                waiting = []
                progress(0.0, "")
        if waiting:
            writer.write_batch(_batch(waiting, schema))


def file_name(title: str) -> str:
    """A file name for a layer: what the output tells as its source."""
    plain = "".join(char if char.isalnum() or char in " -_（）()" else "_" for char in title)
    return f"{plain.strip()[:LONGEST] or 'layer'}.parquet"


def _free(names: Sequence[str]) -> str:
    name = SHAPE
    while name in names:
        name = f"zr_{name}"
    return name


def _about(name: str, crs: QgsCoordinateReferenceSystem) -> str:
    """What GeoParquet tells of its places; a CRS of null is one that nobody stated."""
    told = (crs.authid() or crs.toWkt()) if crs.isValid() else None
    column = {"encoding": "WKB", "geometry_types": [], "crs": told}
    return json.dumps({"version": "1.0.0", "primary_column": name, "columns": {name: column}})


def _batch(rows: Sequence[Sequence[Any]], schema: Any) -> Any:
    import pyarrow as pa

    columns = [pa.array([row[at] for row in rows], field.type) for at, field in enumerate(schema)]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _row(feature: QgsFeature, kinds: Sequence[str], shaped: bool) -> list[Any]:
    cells = [_cell(value, kind) for value, kind in zip(feature.attributes(), kinds)]
    if shaped:
        shape = feature.geometry()
        cells.append(None if shape.isNull() else bytes(shape.asWkb()))
    return cells


def _cell(value: Any, kind: str) -> Any:
    if value is None or value == NULL:
        return None
    if kind in ("integer", "real", "boolean"):
        return {"integer": int, "real": float, "boolean": bool}[kind](value)
    if hasattr(value, "toString"):  # a day or a time of Qt
        return value.toString(Qt.DateFormat.ISODate)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
