"""The data of the layers: a GeoPackage in the user's QGIS profile, written by QGIS itself.

One file for each state of the catalogue, named by its fingerprint, so that a saved project finds
it again. It appears whole or not at all; one that is missing or damaged is simply made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from osgeo import gdal
from qgis.core import (
    NULL,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFields,
    QgsVectorFileWriter,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from .. import compat
from ..canvas import WGS84
from ..geometry import from_geojson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qgis.core import QgsCoordinateTransformContext

    from ...jobs.exchange.maptables import Table
    from ...jobs.open import Catalogue
    from ...jobs.progress import Progress

KEPT = 4  # files of earlier catalogues
STALE_S = 24 * 3600  # after a day an unfinished one is rubbish
MARK = "zonerules_complete"  # a table written last
EVERY = 200  # rows between two looks at whether the user has cancelled


def folder() -> Path:
    """Return where the files are, a folder of the user's profile."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "zonerules" / "layers"


def path_for(fingerprint: str) -> Path:
    """Return the file of the catalogue with that fingerprint, whether or not it exists."""
    from ...jobs.exchange.maptables import VERSION

    digest = hashlib.sha256(f"{fingerprint}\0{VERSION}".encode()).hexdigest()[:16]
    return folder() / f"catalogue-{digest}.gpkg"


def sound(path: Path) -> bool:
    """Whether the file is there, complete and undamaged."""
    if not path.is_file():
        return False
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as found:
            complete = found.execute(f"SELECT count(*) FROM {MARK}").fetchone()[0] > 0
            return complete and found.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.Error:
        return False


def make(
    catalogue: Catalogue,
    path: Path,
    context: QgsCoordinateTransformContext,
    *,
    progress: Progress,
) -> Path:
    """Write the file; runs off the main thread. Raises OSError and jobs.progress.Cancelled."""
    from ...jobs.exchange.maptables import map_tables
    from ...jobs.exchange.rights import Rights

    progress(0.0, "")
    tables = map_tables(catalogue, Rights(catalogue.data))
    total = sum(len(table.rows) for table in tables)
    path.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=path.parent, prefix=".making-"))
    try:
        part = making / path.name
        done = 0
        for table in tables:
            done = _write(part, table, context, progress, done, total)
        _mark(part, catalogue.data)
        progress(1.0, "")
        part.replace(path)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return path


def prune(used: set[Path]) -> None:
    """Delete all but the newest files, those in use apart, and what a crash has left."""
    with contextlib.suppress(OSError):
        aged = sorted(folder().glob("catalogue-*.gpkg"), key=_age)
        for path in aged[KEPT:]:
            if path not in used:
                for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
                    file.unlink(missing_ok=True)
        for making in folder().glob(".making-*"):
            if _age(making) > STALE_S:
                shutil.rmtree(making, ignore_errors=True)


def _age(path: Path) -> float:
    return time.time() - path.stat().st_mtime


def _write(
    path: Path,
    table: Table,
    context: QgsCoordinateTransformContext,
    progress: Progress,
    done: int,
    total: int,
) -> int:
    """Write one table behind those that are there; return the number of rows done so far."""
    fields = QgsFields()
    for name, kind in table.columns.items():
        fields.append(compat.field(name, kind))
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", table.name
    options.fileEncoding = "UTF-8"
    options.layerOptions = _layer_options()
    if path.exists():
        options.actionOnExistingFile = compat.ADD_LAYER
    writer = QgsVectorFileWriter.create(
        str(path), fields, _wkb(table.geometry), _crs(table.geometry), context, options
    )
    if writer.hasError() != compat.NO_WRITE_ERROR:
        raise OSError(f"{table.name}: {writer.errorMessage()}")
    try:
        for entry in table.rows:
            feature = QgsFeature(fields)
            values = [_value(entry.row, name, table.columns) for name in table.columns]
            feature.setAttributes(values)
            if entry.geometry:
                feature.setGeometry(from_geojson(entry.geometry))
            if not writer.addFeature(feature):
                raise OSError(f"{table.name}, {entry.id}: {writer.errorMessage()}")
            done += 1
            if done % EVERY == 0:
                progress(done / (total + 1), table.name)
    finally:
        # flushes and closes the file, which may be deleted next
        del writer
    progress(done / (total + 1), table.name)
    return done


def _layer_options() -> list[str]:
    """GDAL 3.13 leaves out zero milliseconds; QGIS compares times as texts that have them."""
    known = gdal.GetDriverByName("GPKG").GetMetadataItem("DS_LAYER_CREATIONOPTIONLIST") or ""
    return ["DATETIME_PRECISION=MILLISECOND"] if "DATETIME_PRECISION" in known else []


def _value(row: Mapping[str, Any], name: str, columns: Mapping[str, str]) -> Any:
    from ...jobs.exchange.maptables import DAY, MOMENT, value_of

    value = value_of(row.get(name), columns[name])
    if value is None:
        return NULL
    if columns[name] not in (DAY, MOMENT):
        return value
    day = QDate.fromString(value, Qt.DateFormat.ISODate)
    return day if columns[name] == DAY else QDateTime(day, QTime(0, 0))


def _wkb(geometry: str | None) -> Any:
    return getattr(QgsWkbTypes, geometry or "NoGeometry")


def _crs(geometry: str | None) -> QgsCoordinateReferenceSystem:
    return QgsCoordinateReferenceSystem(WGS84 if geometry else "")


def _mark(path: Path, catalogue: Mapping[str, Any]) -> None:
    """Say of which catalogue the file is; a file without this is not complete."""
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        file.execute(f"CREATE TABLE {MARK} (name TEXT PRIMARY KEY, value TEXT)")
        told = [(name, str(catalogue[name])) for name in ("schema", "version", "fingerprint")]
        file.executemany(f"INSERT INTO {MARK} VALUES (?, ?)", told)
