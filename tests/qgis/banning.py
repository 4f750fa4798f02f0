"""What tests of the effects view share: the part, a question, what it shows."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import (
    QgsGeometry,
    QgsPointXY,
    QgsProject,
)
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import QApplication

from zonerules.plugin.maplayers.banned import BannedPart

DAY, MACHINE = "2017-11-20", "operate-non-road-machinery"


IN_BAN = QgsPointXY(113.69, 34.735)  # README's example, certainly inside the machinery ban


@pytest.fixture
def part(window: Any, plugin: Any) -> Any:
    """The view, open and with its lists filled, over a map of the district."""
    QgsProject.instance().clear()
    found = plugin._parts[BannedPart]
    window.look_at("EPSG:4547", 471_500, 3_845_000, 12_000)
    found.dock.setUserVisible(True)
    QApplication.processEvents()
    found.dock.load()
    yield found
    QgsProject.instance().clear()


def ask(part: Any, activity: str = MACHINE, day: str = DAY, **facts: str) -> Any:
    """Fill in the form as a user does, by its widgets."""
    form = part.dock.form
    form.date.setDate(QDate.fromString(day, "yyyy-MM-dd"))
    form.activity.setCurrentIndex(form.activity.findData(activity))
    form.facts.setText("; ".join(f"{key.replace('__', '.')}={told}" for key, told in facts.items()))
    form.facts.returnPressed.emit()
    QApplication.processEvents()
    return part.dock.reply


def layers() -> list[Any]:
    return [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if layer.customProperty("zonerules/banned") is not None
    ]


def groups(part: Any) -> dict[str, list[str]]:
    """effect -> the zones listed under it."""
    tree, found = part.dock.list, {}
    for n in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(n)
        zones = [top.child(k).data(0, Qt.ItemDataRole.UserRole) for k in range(top.childCount())]
        found[top.data(0, Qt.ItemDataRole.UserRole + 1)] = [zone for zone in zones if zone]
    return found


def item_of(part: Any, zone: str) -> Any:
    tree = part.dock.list
    for n in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(n)
        for k in range(top.childCount()):
            if top.child(k).data(0, Qt.ItemDataRole.UserRole) == zone:
                return top.child(k)
    raise AssertionError(zone)


def shown_at(point: QgsPointXY) -> dict[tuple[str, str], str]:
    """(zone, part) -> effect of the features of the layer that hold a place."""
    [layer] = layers()
    spot = QgsGeometry.fromPointXY(point)
    return {
        (feature["zone"], feature["part"]): feature["effect"]
        for feature in layer.getFeatures()
        if feature.geometry().contains(spot)
    }
