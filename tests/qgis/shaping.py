"""What tests of shapes share: the panel, its work, layers."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Iterator


DAY = "2017-11-20"


def ring(*corners: tuple[float, float]) -> list[list[float]]:
    return [list(corner) for corner in (*corners, corners[0])]


SHAPES = {
    "square": {
        "type": "Polygon",
        "coordinates": [ring((113.66, 34.70), (113.72, 34.70), (113.72, 34.76), (113.66, 34.76))],
    },
    "with a hole": {
        "type": "Polygon",
        "coordinates": [
            ring((113.6, 34.6), (113.9, 34.6), (113.9, 34.9), (113.6, 34.9)),
            ring((113.67, 34.72), (113.70, 34.72), (113.70, 34.75), (113.67, 34.75)),
        ],
    },
    "bow-tie": {
        "type": "Polygon",
        "coordinates": [ring((113.60, 34.70), (113.75, 34.78), (113.75, 34.70), (113.60, 34.78))],
    },
    "two": {
        "type": "MultiPolygon",
        "coordinates": [
            [ring((113.60, 34.70), (113.64, 34.70), (113.64, 34.74))],
            [ring((113.03, 34.70), (113.08, 34.70), (113.08, 34.80))],
        ],
    },
    "line": {"type": "LineString", "coordinates": [[113.5, 34.6], [113.7, 34.76], [113.9, 34.7]]},
    "far": {"type": "LineString", "coordinates": [[100.0, 30.0], [100.1, 30.0]]},
}


def part(plugin: Any) -> Any:
    from zonerules.plugin.shapes.part import ShapesPart

    return plugin._parts[ShapesPart]


def wait(dock: Any, seconds: float = 40.0) -> None:
    """Let the background work finish."""
    end = time.monotonic() + seconds
    while dock.busy and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)
    assert not dock.busy
    QApplication.processEvents()


def show(plugin: Any, day: str = DAY, activity: str | None = "operate-non-road-machinery") -> Any:
    """The dock, asking on a day with documents."""
    dock = part(plugin).dock
    dock.setUserVisible(True)
    dock.form.fill(dock.asker.catalogue("en").data)
    dock.form.set_date(day)
    if activity:
        dock.form.activity.setCurrentIndex(dock.form.activity.findData(activity))
    return dock


def bands(window: Any) -> int:
    return sum(isinstance(item, QgsRubberBand) for item in window.canvas.scene().items())


def memory(kind: str, shapes_: list[QgsGeometry], crs: str = "?crs=EPSG:4326") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{kind}{crs}", "plots & <b>", "memory")
    features = []
    for shape in shapes_:
        feature = QgsFeature()
        feature.setGeometry(shape)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.selectAll()
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def layers(window: Any, monkeypatch: Any) -> Iterator[Any]:
    """Makes a layer the current one; takes all away before QGIS ends."""

    def use(layer: Any) -> None:
        monkeypatch.setattr(window, "activeLayer", lambda: layer, raising=False)

    yield use
    monkeypatch.undo()
    QgsProject.instance().removeAllMapLayers()
