"""Tables of the catalogue as a GeoPackage, written by the GDAL of QGIS: no geopandas needed.

By GDAL and not through QgsVectorFileWriter, which turns "nothing is drawn" into an empty shape.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from osgeo import gdal, ogr, osr

from ...jobs.exchange.flat import column_kind
from ...jobs.exchange.geopackage import TITLES, TYPES, VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from ...jobs.exchange.tables import Entry, Tables

SHAPES = {
    "MultiPolygon": ogr.wkbMultiPolygon,
    "LineString": ogr.wkbLineString,
    "Point": ogr.wkbPoint,
}
FIELDS = {
    "text": (ogr.OFTString, ogr.OFSTNone),
    "integer": (ogr.OFTInteger64, ogr.OFSTNone),
    "real": (ogr.OFTReal, ogr.OFSTNone),
    "boolean": (ogr.OFTInteger, ogr.OFSTBoolean),
}


def write(path: Path, found: Tables) -> None:
    """Write the tables as layers of a new file, as ``jobs`` does with geopandas. Raises OSError.

    Geometries are WGS84 lon/lat (EPSG:4326, stored east before north as GeoPackage has it).
    """
    driver = ogr.GetDriverByName("GPKG")
    dataset = _made(driver.CreateDataSource(str(path), options=[f"VERSION={VERSION}"]))
    wgs84 = osr.SpatialReference()
    wgs84.ImportFromEPSG(4326)
    wgs84.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    for name, entries in found.items():
        drawn = name in TYPES
        kind = SHAPES[TYPES[name]] if drawn else ogr.wkbNone
        options = [f"IDENTIFIER={name}", f"DESCRIPTION={TITLES[name]}"]
        layer = _made(dataset.CreateLayer(name, wgs84 if drawn else None, kind, options))
        columns = _columns(entries)
        for column, column_type in columns.items():
            field = ogr.FieldDefn(column, FIELDS[column_type][0])
            field.SetSubType(FIELDS[column_type][1])
            _done(layer.CreateField(field))
        _done(layer.StartTransaction())
        for entry in entries:
            _done(layer.CreateFeature(_feature(layer, entry, columns)))
        _done(layer.CommitTransaction())
        del layer
    del dataset  # closes the file


def _columns(entries: list[Entry]) -> dict[str, str]:
    names = dict.fromkeys(key for entry in entries for key in entry.row)
    return {name: column_kind(name, [entry.row.get(name) for entry in entries]) for name in names}


def _feature(layer: Any, entry: Entry, columns: dict[str, str]) -> Any:
    feature = ogr.Feature(layer.GetLayerDefn())
    for at, (name, kind) in enumerate(columns.items()):
        value = entry.row.get(name)
        if value is not None:
            feature.SetField(at, str(value) if kind == "text" else value)
    if entry.geometry is not None:
        geometry = _made(ogr.CreateGeometryFromJson(json.dumps(dict(entry.geometry))))
        if layer.GetGeomType() == ogr.wkbMultiPolygon:
            geometry = ogr.ForceToMultiPolygon(geometry)
        _done(feature.SetGeometry(geometry))
    return feature


def _made(thing: Any) -> Any:
    if thing is None:
        raise OSError(0, gdal.GetLastErrorMsg())
    return thing


def _done(code: int | None) -> None:
    if code:
        raise OSError(0, gdal.GetLastErrorMsg())
