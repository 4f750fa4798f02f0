"""Runs inside a real QGIS window (``qgis --code``): uses the plugin as a person would.

Reads the job from the JSON file that ``ZONERULES_E2E`` names, writes ``seen.json`` and screenshots
beside it and ends QGIS. It only looks and clicks; the test that started QGIS judges.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget
from qgis.utils import active_plugins, iface, plugins, unloadPlugin

JOB_FILE = Path(os.environ["ZONERULES_E2E"])
JOB = json.loads(JOB_FILE.read_text(encoding="utf-8"))
OUT = JOB_FILE.parent


def add_polygon(name: str, wkt: str, style: dict[str, str]) -> None:
    """Add a layer of one polygon, in degrees WGS84, above those that are there."""
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4326", name, "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt(wkt))
    layer.dataProvider().addFeatures([feature])
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(style)))
    layer.updateExtents()
    QgsProject.instance().addMapLayer(layer)


def show_map() -> None:
    """Zoom to the base in the project's CRS, a projected one."""
    canvas = iface.mapCanvas()
    crs = QgsCoordinateReferenceSystem(JOB["crs"])
    QgsProject.instance().setCrs(crs)
    canvas.setDestinationCrs(crs)
    centre = in_map(JOB["lon"], JOB["lat"])
    canvas.setCenter(centre)
    canvas.zoomScale(JOB["scale"])
    canvas.refresh()
    settle()


def in_map(lon: float, lat: float) -> QgsPointXY:
    wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
    crs = iface.mapCanvas().mapSettings().destinationCrs()
    return QgsCoordinateTransform(wgs84, crs, QgsProject.instance()).transform(QgsPointXY(lon, lat))


def settle() -> None:
    for _ in range(5):
        QTest.qWait(100)
    iface.mapCanvas().waitWhileRendering()
    QTest.qWait(200)


def click_map(lon: float, lat: float) -> None:
    """Move the X server's pointer over the place and press its left button."""
    canvas = iface.mapCanvas()
    pixel = canvas.getCoordinateTransform().transform(in_map(lon, lat)).toQPointF().toPoint()
    spot = canvas.viewport().mapToGlobal(pixel)
    subprocess.run(["xdotool", "mousemove", str(spot.x()), str(spot.y()), "click", "1"], check=True)
    settle()
    subprocess.run(["xdotool", "mousemove", "150", "600"], check=True)


def screenshot(name: str) -> None:
    settle()
    screen = QApplication.primaryScreen()
    assert screen.grabWindow(0).save(str(OUT / f"{name}.png"))


def tidy_window() -> None:
    """Give the map the room: a user would close these panels too."""
    window = iface.mainWindow()
    for dock in window.findChildren(QDockWidget):
        if dock.objectName() not in ("ZoneRulesDock", "Layers"):
            dock.hide()
    window.setGeometry(0, 0, 1400, 900)
    settle()


def use_the_plugin() -> dict:
    window = iface.mainWindow()
    tidy_window()
    for layer in JOB["layers"]:
        add_polygon(**layer)
    settle()  # QGIS takes the first layer's CRS for the project a moment later
    button = window.findChild(QAction, "zonerules_tool")
    on_toolbar = [bar for bar in button.associatedWidgets() if bar.inherits("QToolBar")]
    button.trigger()
    dock = window.findChild(QDockWidget, "ZoneRulesDock")
    window.resizeDocks([dock], [JOB["dock_width"]], Qt.Orientation.Horizontal)
    settle()
    show_map()
    shown_by_button = dock.isVisible()
    year, month, day = map(int, JOB["date"].split("-"))
    dock.form.date.setDate(QDate(year, month, day))
    click_map(JOB["lon"], JOB["lat"])
    screenshot("all-activities")
    first = dock.reply.answer
    dock.copy.click()
    seen = {
        "active": "zonerules" in active_plugins,
        "from": sys.modules[type(plugins["zonerules"]).__module__].__file__,
        "toolbars": len(on_toolbar),
        "shown_by_button": shown_by_button,
        "lang": dock.lang,
        "crs": iface.mapCanvas().mapSettings().destinationCrs().authid(),
        "answer": first,
        "shown": dock.view.toPlainText(),
        "copied": QApplication.clipboard().text(),
        "messages": [item.text() for item in iface.messageBar().items()],
    }
    form = dock.form
    form.activity.setCurrentIndex(form.activity.findData(JOB["activity"]))
    form.facts.setText(JOB["facts"])
    form.facts.returnPressed.emit()
    screenshot("one-activity")
    seen["one"] = dock.reply.answer
    dock.form.today.click()
    screenshot("today")
    seen["today"] = dock.reply.answer
    unloadPlugin("zonerules")
    settle()
    seen["left"] = [
        item.objectName()
        for item in (*window.findChildren(QAction), *window.findChildren(QDockWidget))
        if item.objectName().lower().startswith("zonerules")
    ]
    return seen


def run() -> None:
    try:
        seen = use_the_plugin()
    except BaseException:
        seen = {"error": traceback.format_exc()}
        screenshot("error")
    (OUT / "seen.json").write_text(json.dumps(seen, ensure_ascii=False), encoding="utf-8")
    os._exit(0)  # an orderly end would ask whether to save the project


QTimer.singleShot(2500, run)
