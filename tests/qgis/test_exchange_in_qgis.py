"""QGIS opens what `export` writes without a murmur, and `overlay add` takes what QGIS writes.

Both commands run in a process of their own: their GDAL and QGIS's do not belong in one.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

import zonerules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def command(*args: object, status: int = 0) -> str:
    line = [sys.executable, "-m", "zonerules", *(str(arg) for arg in args)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return done.stdout


@pytest.fixture
def murmurs(qgis_app: Any) -> Iterator[list[str]]:
    """Everything that QGIS logs from warning level upwards."""
    found: list[str] = []

    def note(text: str, tag: str, level: Any) -> None:
        if level in (Qgis.Warning, Qgis.Critical):
            found.append(f"{tag}: {text}")

    log = QgsApplication.messageLog()
    log.messageReceived[str, str, Qgis.MessageLevel].connect(note)
    yield found
    log.messageReceived[str, str, Qgis.MessageLevel].disconnect(note)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    command("export", "-o", folder / "all.gpkg")
    command("export", "-o", folder / "zones.geojson")
    command("export", "-o", folder / "am.geojson", "--inspire")
    return folder


def test_the_log_is_heard(murmurs: list[str]) -> None:
    QgsApplication.messageLog().logMessage("trouble", "test", Qgis.Warning)
    assert murmurs == ["test: trouble"]


TYPES = {
    "zones": QgsWkbTypes.MultiPolygon,
    "lines": QgsWkbTypes.LineString,
    "sources": QgsWkbTypes.Point,
    "rules": QgsWkbTypes.NoGeometry,
    "targets": QgsWkbTypes.NoGeometry,
    "documents": QgsWkbTypes.NoGeometry,
    "about": QgsWkbTypes.NoGeometry,
}


@pytest.mark.parametrize("name", TYPES)
def test_each_layer_opens_without_a_warning(
    exported: Path, murmurs: list[str], capfd: pytest.CaptureFixture[str], name: str
) -> None:
    path = exported / "all.gpkg"
    with sqlite3.connect(path) as database:
        expected = database.execute(f"select count(*) from {name}").fetchone()[0]
    layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    assert layer.isValid(), layer.error().summary()
    assert layer.wkbType() == TYPES[name]
    features = list(layer.getFeatures())
    assert layer.featureCount() == len(features) == expected > 0
    if name in ("zones", "lines", "sources"):
        assert layer.crs().authid() == "EPSG:4326"
        drawn = [feature.geometry() for feature in features if feature.hasGeometry()]
        assert drawn and all(shape.isGeosValid() for shape in drawn if not shape.isEmpty())
    assert murmurs == []
    told = capfd.readouterr()
    assert "arning" not in told.err + told.out and "ERROR" not in told.err + told.out


def test_names_are_chinese_and_rows_can_be_chosen_by_them(
    exported: Path, murmurs: list[str], catalogue: Any
) -> None:
    layer = QgsVectorLayer(f"{exported / 'all.gpkg'}|layername=zones", "zones", "ogr")
    names = {row["zone"]: row["name_zh"] for row in layer.getFeatures()}
    zones = catalogue.data["zones"]
    assert names == {name: zone["name"]["zh"] for name, zone in zones.items()}
    layer.setSubsetString("\"name_zh\" = '管城回族区' and \"role\" = 'nominal'")
    (district,) = layer.getFeatures()
    assert district.geometry().contains(QgsPointXY(113.69, 34.735))
    undrawn = [name for name, zone in zones.items() if zone["basis"] == "unmapped"]
    layer.setSubsetString('"role" is null')
    assert {row["zone"] for row in layer.getFeatures()} >= set(undrawn)
    assert not any(row.hasGeometry() for row in layer.getFeatures())
    assert murmurs == []


@pytest.mark.parametrize("name", ["zones.geojson", "am.geojson"])
def test_the_geojson_opens_too(exported: Path, murmurs: list[str], name: str) -> None:
    path = exported / name
    expected = len(json.loads(path.read_text(encoding="utf-8"))["features"])
    layer = QgsVectorLayer(str(path), name, "ogr")
    assert layer.isValid() and layer.featureCount() == expected
    assert layer.crs().authid() == "EPSG:4326" and murmurs == []


def test_what_qgis_writes_becomes_an_overlay(qgis_app: Any, tmp_path: Path) -> None:
    """A zone digitised in a CGCS2000 grid, saved by QGIS, answers in the next question."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:4547", "drawn", "memory")
    provider = layer.dataProvider()
    columns = [
        ("zone", QVariant.String),
        ("role", QVariant.String),
        ("accuracy_m", QVariant.Double),
    ]
    provider.addAttributes([QgsField(name, kind) for name, kind in columns])
    layer.updateFields()
    there = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"),
        QgsCoordinateReferenceSystem("EPSG:4547"),
        QgsProject.instance(),
    )
    corners = [(113.68, 34.72), (113.70, 34.72), (113.70, 34.74), (113.68, 34.74)]
    feature = QgsFeature(layer.fields())
    feature.setGeometry(
        QgsGeometry.fromPolygonXY([[there.transform(QgsPointXY(*corner)) for corner in corners]])
    )
    feature.setAttributes(["gc-nrmm-ban", None, 40.0])
    provider.addFeatures([feature])
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", "drawn"
    path = tmp_path / "drawn.gpkg"
    context = QgsProject.instance().transformContext()
    result = QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), context, options)
    assert result[0] == QgsVectorFileWriter.NoError, result
    told = json.loads(command("overlay", "add", path, "--to", tmp_path / "mine", "--json"))
    assert (told["added"], told["crs"]) == (["gc-nrmm-ban"], "EPSG:4547")
    opened = zonerules.open(tmp_path / "mine")
    assert opened.data["failed"] == []
    where = {
        lon: opened.located.locate(lon, 34.73)["gc-nrmm-ban"].where
        for lon in (113.69, 113.6998, 113.71)
    }
    assert where == {113.69: "inside", 113.6998: "near:zone", 113.71: "outside"}
