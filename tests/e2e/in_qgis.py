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
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsLayerTreeLayer,
    QgsLocator,
    QgsLocatorContext,
    QgsPointXY,
    QgsProject,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog, QDockWidget, QWidget
from qgis.utils import active_plugins, iface, plugins, unloadPlugin

if TYPE_CHECKING:
    from collections.abc import Callable

JOB_FILE = Path(os.environ["ZONERULES_E2E"])
JOB = json.loads(JOB_FILE.read_text(encoding="utf-8"))
OUT = JOB_FILE.parent
WINDOW = (0, 0, 1400, 900)  # the whole screen of the X server


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
    return in_crs(iface.mapCanvas().mapSettings().destinationCrs(), lon, lat)


def in_crs(crs: QgsCoordinateReferenceSystem, lon: float, lat: float) -> QgsPointXY:
    wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
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


def screenshot(name: str, of: QWidget | None = None) -> None:
    """Keep what is on the screen, or of it only a dialog."""
    settle()
    iface.mainWindow().setGeometry(*WINDOW)  # a panel that is opened may have made it higher
    settle()
    shown = QApplication.primaryScreen().grabWindow(int(of.winId()) if of else 0)
    assert shown.save(str(OUT / f"{name}.png"))


def tidy_window() -> None:
    """Give the map the room: a user would close these panels too."""
    window = iface.mainWindow()
    for dock in window.findChildren(QDockWidget):
        if dock.objectName() not in ("ZoneRulesDock", "Layers"):
            dock.hide()
    window.setGeometry(*WINDOW)
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


def messages() -> list[str]:
    """What the message bar says, which is closed then: it would lie on the pictures."""
    said = [item.text() for item in iface.messageBar().items()]
    iface.messageBar().clearWidgets()
    return said


def widen(dock: QDockWidget) -> None:
    iface.mainWindow().resizeDocks([dock], [JOB["dock_width"]], Qt.Orientation.Horizontal)


def day() -> QDate:
    return QDate.fromString(JOB["date"], Qt.DateFormat.ISODate)


def load_layers() -> dict:
    """Press the button twice; return the layers in the tree."""
    layers = part("MapLayersPart")
    said = []
    for _ in range(2):
        action("layers.load").trigger()
        while layers.busy:
            QTest.qWait(100)
            said += messages()  # read at once: they go by themselves after some seconds
        said += messages()
    settle()
    tree = QgsProject.instance().layerTreeRoot()
    return {
        "groups": [group.name() for group in tree.findGroups() if group.parent() == tree],
        "names": [node.name() for node in tree.findLayers()],
        "invalid": [node.name() for node in tree.findLayers() if not node.layer().isValid()],
        "messages": said,
    }


def play_the_years() -> None:
    """Show the layer of periods alone, on the day asked about."""
    tree = QgsProject.instance().layerTreeRoot()
    [periods] = [n for n in tree.findLayers() if n.layer().source().endswith("=periods")]
    zones = [n for n in tree.findLayers() if "=zones_" in n.layer().source()]
    span = [QDateTime(start, QTime(0, 0)) for start in (day(), day().addDays(1))]
    canvas = iface.mapCanvas()
    panel = iface.mainWindow().findChild(QDockWidget, "ZoneRulesDock")
    shown(zones, False)
    shown([periods], True)
    panel.hide()
    canvas.setTemporalRange(QgsDateTimeRange(*span, True, False))
    canvas.zoomScale(JOB["wide_scale"])
    screenshot("years")
    canvas.setTemporalRange(QgsDateTimeRange(QDateTime(), QDateTime()))  # all of it
    shown([periods], False)
    shown(zones, True)
    panel.show()


def shown(nodes: list[QgsLayerTreeLayer], visible: bool) -> None:
    for node in nodes:
        node.setItemVisibilityChecked(visible)
        node.setExpanded(visible and len(nodes) == 1)


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
    widen(dock)
    dock.form.date.setDate(day())
    dock.form.activity.setCurrentIndex(dock.form.activity.findData(JOB["activity"]))
    settle()
    found = {zone["id"]: zone["effect"] for zone in dock.reply.result["zones"]}
    show_map()
    dock.form.facts.setText(JOB["facts"])
    dock.form.facts.returnPressed.emit()
    screenshot("banned")
    told = {zone["id"]: zone["effect"] for zone in dock.reply.result["zones"]}
    dock.on_map.click()  # takes its layer away
    dock.close()
    return {"found": found, "told": told}


def ask_about_a_shape() -> dict:
    """Draw a square over the boundary with the mouse."""
    shapes = part("ShapesPart")
    shapes.start("polygon")
    for lon, lat in JOB["corners"]:
        click_map(lon, lat)
    click_map(*JOB["corners"][-1], button="3")
    wait_for(lambda: shapes.dock.reply is not None)
    widen(shapes.dock)
    shapes.dock.form.date.setDate(day())
    wait_for(lambda: shapes.dock.reply.answer["query"]["date"] == JOB["date"])
    shapes.dock.tabs.setCurrentIndex(1)
    screenshot("shape")
    return shapes.dock.reply.answer


def paste_corners() -> dict:
    """Paste the square as a survey writes it: X to the north first, the zone number before Y."""
    shapes = part("ShapesPart")
    lines = []
    for number, (lon, lat) in enumerate(JOB["corners"], 1):
        spot = in_crs(QgsCoordinateReferenceSystem(JOB["survey_crs"]), lon, lat)
        lines.append(f"J{number}  {spot.y():.3f}  {spot.x():.3f}")
    shapes.start("paste")
    dialog = iface.mainWindow().findChild(QDialog, "ZoneRulesCorners")
    dialog.text.setPlainText("\n".join(lines))
    wait_for(lambda: bool(dialog.readings))
    seen = {"lines": lines, "readings": [reading.id for reading in dialog.readings]}
    seen["accepted_unasked"] = dialog.ok.isEnabled()
    dialog.choices.button(0).setChecked(True)
    dialog.datum.setCurrentIndex(dialog.datum.findData("cgcs2000"))
    seen["geojson"] = dialog.given.geojson
    screenshot("corners", dialog)
    dialog.reject()
    shapes.dock.clear()
    shapes.dock.close()
    return seen


def look_at_the_catalogue() -> dict:
    action("keeper").trigger()
    dock = part("KeeperPart").dock
    wait_for(lambda: bool(dock.table.rows))
    widen(dock)
    dock.select(JOB["search"])
    screenshot("catalogue")
    rows = len(dock.table.rows)
    dock.close()
    return {"rows": rows}


def look_at_the_options() -> str:
    """Open the plugin's page in QGIS's options; return the title of its page."""
    seen = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        screenshot("options", dialog)
        page = dialog.findChild(QWidget, "Zone Rules")
        seen.append(page.objectName() if page is not None and page.isVisible() else "")
        dialog.reject()

    QTimer.singleShot(1500, look)
    action("options.settings").trigger()  # returns when the dialog is closed
    return seen[0]


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
    widen(dock)
    settle()
    show_map()
    shown_by_button = dock.isVisible()
    dock.form.date.setDate(day())
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
        "messages": seen_layers["messages"] + messages(),
    }
    dock.tabs.setCurrentIndex(1)
    parts = dock.split.sizes()
    dock.split.setSizes(JOB["split"])
    screenshot("timeline")
    dock.split.setSizes(parts)
    seen["timeline"] = dock.timeline.accessibleDescription()
    dock.tabs.setCurrentIndex(0)
    form = dock.form
    form.activity.setCurrentIndex(form.activity.findData(JOB["activity"]))
    form.facts.setText(JOB["facts"])
    form.facts.returnPressed.emit()
    screenshot("one-activity")
    seen["one"] = dock.reply.answer
    seen["printed"] = print_the_answer()
    messages()
    dock.form.today.click()
    screenshot("today")
    seen["today"] = dock.reply.answer
    play_the_years()
    seen["saved"] = save_and_open_again()
    seen["banned"] = where_is_it_banned()
    messages()
    seen["shape"] = ask_about_a_shape()
    seen["pasted"] = paste_corners()
    seen["keeper"] = look_at_the_catalogue()
    seen["options"] = look_at_the_options()
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
