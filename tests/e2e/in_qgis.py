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
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsExpression,
    QgsExpressionContext,
    QgsLocator,
    QgsLocatorContext,
    QgsPointXY,
    QgsProject,
)
from qgis.PyQt.QtCore import QDate, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget
from qgis.utils import active_plugins, iface, plugins, unloadPlugin

if TYPE_CHECKING:
    from collections.abc import Callable

JOB_FILE = Path(os.environ["ZONERULES_E2E"])
JOB = json.loads(JOB_FILE.read_text(encoding="utf-8"))
OUT = JOB_FILE.parent


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


def click_map(lon: float, lat: float, button: str = "1") -> None:
    """Move the X server's pointer over the place and press a button, the left one unless said."""
    canvas = iface.mapCanvas()
    pixel = canvas.getCoordinateTransform().transform(in_map(lon, lat)).toQPointF().toPoint()
    spot = canvas.viewport().mapToGlobal(pixel)
    press = ["click", button]
    subprocess.run(["xdotool", "mousemove", str(spot.x()), str(spot.y()), *press], check=True)
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


def action(name: str) -> QAction:
    return iface.mainWindow().findChild(QAction, f"zonerules_{name}")


def part(name: str) -> Any:
    """The part of the plugin whose class has this name."""
    [found] = [p for kind, p in plugins["zonerules"]._parts.items() if kind.__name__ == name]
    return found


def wait_for(done: Callable[[], bool], seconds: float = 60) -> None:
    """Let QGIS work until ``done``; raise TimeoutError if it never is."""
    for _ in range(int(seconds * 10)):
        if done():
            return
        QTest.qWait(100)
    raise TimeoutError(str(done))


def load_layers() -> dict:
    """Press the button twice; return the layers in the tree."""
    layers = part("MapLayersPart")
    for _ in range(2):
        action("layers.load").trigger()
        wait_for(lambda: not layers.busy)
    settle()
    tree = QgsProject.instance().layerTreeRoot()
    return {
        "groups": [group.name() for group in tree.findGroups() if group.parent() == tree],
        "names": [node.name() for node in tree.findLayers()],
        "invalid": [node.name() for node in tree.findLayers() if not node.layer().isValid()],
    }


def save_and_open_again() -> dict:
    """Save the project, open another and come back."""
    path = OUT / "project.qgz"
    project = QgsProject.instance()
    project.write(str(path))
    before = len(project.mapLayers())
    iface.newProject(False)
    iface.addProject(str(path))
    wait_for(lambda: not part("MapLayersPart").busy)
    settle()
    layers = QgsProject.instance().mapLayers().values()
    return {
        "before": before,
        "after": len(layers),
        "invalid": [layer.name() for layer in layers if not layer.isValid()],
    }


def where_is_it_banned() -> dict:
    action("banned").trigger()
    dock = part("BannedPart").dock
    dock.raise_()
    wait_for(lambda: dock.form.activity.count() > 1)
    iface.mainWindow().resizeDocks([dock], [JOB["dock_width"]], Qt.Orientation.Horizontal)
    year, month, day = map(int, JOB["date"].split("-"))
    dock.form.date.setDate(QDate(year, month, day))
    dock.form.activity.setCurrentIndex(dock.form.activity.findData(JOB["activity"]))
    settle()
    show_map()
    screenshot("banned")
    found = {zone["id"]: zone["effect"] for zone in dock.reply.result["zones"]}
    dock.close()
    return found


def ask_about_a_shape() -> dict:
    """Draw a square over the boundary with the mouse."""
    shapes = part("ShapesPart")
    shapes.start("polygon")
    for lon, lat in JOB["corners"]:
        click_map(lon, lat)
    click_map(*JOB["corners"][-1], button="3")
    wait_for(lambda: shapes.dock.reply is not None)
    iface.mainWindow().resizeDocks([shapes.dock], [JOB["dock_width"]], Qt.Orientation.Horizontal)
    screenshot("shape")
    answer = shapes.dock.reply.answer
    shapes.dock.close()
    return answer


def look_at_the_catalogue() -> dict:
    action("keeper").trigger()
    dock = part("KeeperPart").dock
    wait_for(lambda: bool(dock.table.rows))
    iface.mainWindow().resizeDocks([dock], [JOB["dock_width"]], Qt.Orientation.Horizontal)
    screenshot("catalogue")
    rows = len(dock.table.rows)
    dock.close()
    return {"rows": rows}


def print_the_answer() -> dict:
    path = OUT / "answer.pdf"
    done = part("PrintPart").save(path)
    return {"done": bool(done), "path": str(path)}


def search(text: str) -> list[str]:
    """What our filter offers in QGIS's search box."""
    results: list[str] = []
    found = part("SearchPart").filter
    locator = QgsLocator()
    locator.registerFilter(found.clone())
    locator.foundResult.connect(lambda result: results.append(result.displayString))
    locator.fetchResults(text, QgsLocatorContext())
    wait_for(lambda: not locator.isRunning())
    QTest.qWait(300)
    return results


def evaluate(text: str) -> Any:
    expression = QgsExpression(text)
    context = QgsExpressionContext()
    value = expression.evaluate(context)
    return value if not expression.hasEvalError() else f"error: {expression.evalErrorString()}"


def use_the_plugin() -> dict:
    window = iface.mainWindow()
    tidy_window()
    seen_layers = load_layers()
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
        "layers": seen_layers,
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
    seen["saved"] = save_and_open_again()
    seen["banned"] = where_is_it_banned()
    seen["shape"] = ask_about_a_shape()
    seen["keeper"] = look_at_the_catalogue()
    seen["printed"] = print_the_answer()
    seen["found"] = search("zrs " + JOB["search"])
    seen["expression"] = evaluate(JOB["expression"])
    seen["algorithms"] = sorted(
        algorithm.id()
        for algorithm in QgsApplication.processingRegistry().algorithms()
        if algorithm.id().startswith("zonerules:")
    )
    seen["complaints"] = [item.text() for item in iface.messageBar().items()]
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
