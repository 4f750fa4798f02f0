"""What tests of the catalogue panel share: the panel, a data folder, layers, a filled dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtWidgets import QApplication
from shapely.geometry import box

import zonerules
from zonerules.plugin.keeper.dialog import OK, ShapeDialog
from zonerules.plugin.keeper.part import KeeperPart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


ZONE = "gc-hpf-ban"  # 高污染燃料禁燃区: undrawn, within gc-district


WEST, SOUTH = 113.69, 34.73


SQUARE = box(WEST, SOUTH, WEST + 0.01, SOUTH + 0.01)


ASKED = {"date": "2017-11-20", "activity": "operate-boiler"}


@pytest.fixture
def keeper(plugin: Any, window: Any) -> KeeperPart:
    window.look_at("EPSG:4326", WEST, SOUTH, 0.02)
    part = plugin._parts[KeeperPart]
    part.dock.show()
    QApplication.processEvents()
    return part


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that is set; it does not exist yet."""
    made = tmp_path / "data"
    made.mkdir()
    QgsSettings().setValue("zonerules/data", str(made))
    return made


@pytest.fixture
def layer(window: Any) -> Iterator[Any]:
    """Make layers of one feature, selected and current, from a shape in degrees WGS84."""
    made: list[str] = []

    def make(area: Any = SQUARE, crs: str = "EPSG:4326", kind: str = "MultiPolygon") -> Any:
        layer = QgsVectorLayer(f"{kind}?crs={crs}", "mine", "memory")
        geometry = QgsGeometry.fromWkt(area if isinstance(area, str) else area.wkt)
        if crs not in ("", "EPSG:4326"):
            ends = (QgsCoordinateReferenceSystem("EPSG:4326"), layer.crs())
            geometry.transform(QgsCoordinateTransform(*ends, QgsProject.instance()))
        feature = QgsFeature()
        feature.setGeometry(geometry)
        layer.dataProvider().addFeatures([feature])
        layer.selectAll()
        QgsProject.instance().addMapLayer(layer)
        window.canvas.setCurrentLayer(layer)
        made.append(layer.id())
        return layer

    yield make
    window.canvas.setCurrentLayer(None)
    QgsProject.instance().removeMapLayers(made)


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> list[ShapeDialog]:
    """Fill the dialog as a user would and press OK; the dialogs shown."""
    shown: list[ShapeDialog] = []

    def fill(dialog: ShapeDialog) -> int:
        shown.append(dialog)
        assert not dialog.buttons.button(OK).isEnabled()
        dialog.accuracy.setValue(60)
        dialog.provenance.setText("<b>survey</b> 2024 测绘")
        dialog.licence.setEditText("own")
        dialog.preview()
        dialog.buttons.button(OK).click()
        return dialog.result()

    monkeypatch.setattr(ShapeDialog, "exec", fill)
    return shown


def where(folder: Path | None, lon: float, lat: float) -> str:
    """Where a point lies to the zone, by the library alone."""
    return zonerules.open(folder).located.locate(lon, lat, 0.0)[ZONE].where
