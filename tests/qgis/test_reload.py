"""In and out again, with everything used in between: nothing is left and nothing goes wrong."""

from __future__ import annotations

import gc
from collections import Counter
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsExpression, QgsProject
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

import zonerules
from zonerules.plugin.keeper.part import KeeperPart
from zonerules.plugin.maplayers.banned import BannedPart
from zonerules.plugin.maplayers.part import MapLayersPart
from zonerules.plugin.shapes.part import ShapesPart

LON, LAT = 113.69, 34.735


def flush() -> None:
    """Let tasks end, Qt carry out its deleteLater() calls and Python collect what they free."""
    tasks = QgsApplication.taskManager()
    for _ in range(600):
        if not tasks.countActiveTasks() and not tasks.count():
            break
        QTest.qWait(50)
    for _ in range(3):
        QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
        QApplication.processEvents()
        gc.collect()


def ours() -> Counter[str]:
    """Living objects of the plugin's own classes, by class."""
    return Counter(
        type(thing).__qualname__
        for thing in gc.get_objects()
        if str(type(thing).__module__).startswith("zonerules.plugin") and isinstance(thing, QObject)
    )


def registered() -> dict[str, Any]:
    """What QGIS keeps for the plugin outside its window."""
    return {
        "algorithms": sorted(
            algorithm.id()
            for algorithm in QgsApplication.processingRegistry().algorithms()
            if algorithm.id().startswith("zonerules:")
        ),
        "functions": [name for name in QgsExpression.BuiltinFunctions() if "zone_" in name],
        "expressions": sorted(f.name() for f in QgsExpression.Functions() if "zone_" in f.name()),
        "tasks": QgsApplication.taskManager().count(),
    }


def children(window: Any) -> Counter[str]:
    """Objects below the main window by class, and items on the canvas."""
    found = Counter(type(child).__name__ for child in window.window.findChildren(QObject))
    found.update(type(item).__name__ for item in window.canvas.scene().items())
    return found


def use(window: Any, plugin: Any, patient: bool) -> None:
    """A click, layers, effects, a shape, the catalogue; ``patient``: until the layers are there."""
    window.look_at("EPSG:4326", LON, LAT, 0.02)
    plugin.panel.tool.pointed.emit(LON, LAT, 1.0)
    assert plugin.panel.dock.reply is not None
    parts = plugin._parts
    parts[BannedPart].dock.show()
    parts[KeeperPart].dock.show()
    parts[ShapesPart].start("polygon")
    layers = parts[MapLayersPart]
    layers.show()
    while patient and layers.busy:
        QTest.qWait(50)
    QApplication.processEvents()


@pytest.mark.parametrize("rounds", [4, pytest.param(10, marks=pytest.mark.thorough)])
def test_rounds_leave_nothing(window: Any, qgis_app: Any, rounds: int) -> None:
    flush()
    already = ours()  # what tests before this one hold on to, such as a caught error and its frames
    before: dict[str, Any] = {}
    for number in range(rounds):
        plugin = zonerules.classFactory(window)
        plugin.initGui()
        use(window, plugin, patient=number in (1, rounds - 1))
        plugin.unload()
        del plugin
        window.canvas.waitWhileRendering()
        QgsProject.instance().clear()
        flush()
        now = {"ours": ours() - already, "registered": registered(), "children": children(window)}
        if number == 1:  # the first round makes what Qt and QGIS make once, such as style caches
            before = now
        elif number > 1:
            assert now == before, f"round {number + 1}"
    assert before["ours"] == Counter()
    assert before["registered"]["algorithms"] == []
    assert before["registered"]["expressions"] == []
