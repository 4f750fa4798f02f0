"""Tables of the catalogue as a GeoPackage, written by QGIS itself: no geopandas needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsGeometry,
    QgsVectorFileWriter,
    QgsWkbTypes,
)

from ...jobs.flat import column_kind
from ...jobs.geopackage import TITLES, TYPES, VERSION
from ..canvas import WGS84
from ..geometry import from_geojson
from .rows import fields_of, write_row

if TYPE_CHECKING:
    from pathlib import Path

    from ...jobs.tables import Entry, Tables

KINDS = {
    "MultiPolygon": QgsWkbTypes.Type.MultiPolygon,
    "LineString": QgsWkbTypes.Type.LineString,
    "Point": QgsWkbTypes.Type.Point,
}


def write(path: Path, found: Tables) -> None:
    """Write the tables as layers of a new file, as ``jobs.geopackage.write``. Raises OSError."""
    for at, (name, entries) in enumerate(found.items()):
        columns = _columns(entries)
        fields = fields_of(columns)
        kind = KINDS[TYPES[name]] if name in TYPES else QgsWkbTypes.Type.NoGeometry
        crs = QgsCoordinateReferenceSystem(WGS84 if name in TYPES else "")
        options = _options(name, first=at == 0)
        context = QgsCoordinateTransformContext()
        writer = QgsVectorFileWriter.create(str(path), fields, kind, crs, context, options)
        if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
            raise OSError(0, writer.errorMessage())
        for entry in entries:
            write_row(writer, fields, _texts(entry.row, columns), _geometry(entry, name))
        if not writer.flushBuffer():
            raise OSError(0, writer.errorMessage())
        del writer  # closes the file


def _columns(entries: list[Entry]) -> dict[str, str]:
    names = dict.fromkeys(key for entry in entries for key in entry.row)
    return {name: column_kind(name, [entry.row.get(name) for entry in entries]) for name in names}


def _options(name: str, *, first: bool) -> QgsVectorFileWriter.SaveVectorOptions:
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.fileEncoding, options.layerName = "GPKG", "UTF-8", name
    options.layerOptions = [f"IDENTIFIER={name}", f"DESCRIPTION={TITLES[name]}"]
    actions = QgsVectorFileWriter.ActionOnExistingFile
    options.actionOnExistingFile = actions.CreateOrOverwriteLayer
    if first:
        options.datasourceOptions = [f"VERSION={VERSION}"]
        options.actionOnExistingFile = actions.CreateOrOverwriteFile
    return options


def _texts(row: dict[str, Any], columns: dict[str, str]) -> dict[str, Any]:
    """The row, with a text in every column of texts."""
    return {
        name: str(value) if value is not None and columns[name] == "text" else value
        for name, value in row.items()
    }


def _geometry(entry: Entry, name: str) -> QgsGeometry | None:
    if entry.geometry is None:
        return None
    geometry = from_geojson(entry.geometry)
    if QgsWkbTypes.isMultiType(KINDS[TYPES[name]]):
        geometry.convertToMultiType()
    return geometry
