"""Asking about pasted corners in QGIS, and what the panel shows."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProject,
)
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog

from zonerules.layers.measure import area_m2
from zonerules.tests.qgis.shaping import SHAPES, bands, layers, part, show, wait

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["layers"]  # fixtures


# -- corners ---------------------------------------------------------------------------------------


def listed() -> str:
    to_grid = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4490"),
        QgsCoordinateReferenceSystem("EPSG:4547"),
        QgsProject.instance(),
    )
    corners = SHAPES["square"]["coordinates"][0][:4]
    grid = [to_grid.transform(QgsPointXY(*corner)) for corner in corners]
    lines = [f"界址点{n}\t{p.y():.3f}\t{p.x():.3f}" for n, p in enumerate(grid, 1)]
    return "点号\tX\tY\r\n" + "\r\n".join(lines)


def corner_dialog(plugin: Any, lang: str = "en") -> Any:
    from zonerules.plugin.shapes.corners import CornerDialog

    return CornerDialog(plugin.host.asker.catalogue(lang), lang, plugin.host.window)


def test_pasted_corners_are_asked_for_order_and_datum(
    window: Any, plugin: Any, tmp_path: Path
) -> None:
    dialog = corner_dialog(plugin)
    file = tmp_path / "corners.txt"
    file.write_bytes(listed().encode("gb18030"))
    dialog.read_file(file)
    assert [reading.id for reading in dialog.readings] == ["gk_ne:114"]
    assert dialog.reading() is None  # likely, but not sure: nothing is chosen beforehand
    assert not dialog.ok.isEnabled()
    dialog.choices.button(0).click()
    assert dialog.datum.currentData() == ""
    assert not dialog.ok.isEnabled()
    dialog.datum.setCurrentIndex(dialog.datum.findData("cgcs2000"))
    assert dialog.ok.isEnabled()
    assert dialog.table.item(0, 0).text() == "界址点1"
    ring_ = dialog.given.geojson["coordinates"][0][0]
    assert ring_[0] == pytest.approx([113.66, 34.70], abs=1e-7)
    assert area_m2(dialog.given.geojson) == pytest.approx(area_m2(SHAPES["square"]), rel=1e-6)
    dialog.deleteLater()


def test_what_one_list_left_no_doubt_about_is_not_chosen_for_the_next(
    window: Any, plugin: Any
) -> None:
    dialog = corner_dialog(plugin)
    rows = [(3_845_238, 471_610), (3_846_238, 471_610), (3_846_238, 472_610)]
    dialog.text.setPlainText("\n".join(f"{north} 38{east}" for north, east in rows))
    dialog._read()
    assert dialog.reading().id == "gk_ne:114"  # the zone is in the figures
    dialog.text.setPlainText("\n".join(f"{north} {east}" for north, east in rows))
    dialog._read()
    assert [reading.id for reading in dialog.readings] == ["gk_ne:114"]
    assert dialog.reading() is None
    dialog.choices.button(0).click()
    dialog.text.appendPlainText("3845238 472610")
    dialog._read()
    assert dialog.reading().id == "gk_ne:114"  # the user's own choice stays
    dialog.deleteLater()


def test_degrees_with_one_possible_order_still_ask_the_datum(window: Any, plugin: Any) -> None:
    dialog = corner_dialog(plugin, "zh")
    dialog.text.setPlainText("34.70 113.66\n34.70 113.72\n34.76 113.72")
    dialog._read()
    assert dialog.reading().id == "latlon"
    assert not dialog.ok.isEnabled()
    assert dialog.state.text() == "请选坐标系"
    previews: list[Any] = []
    dialog.previewed.connect(previews.append)
    dialog.datum.setCurrentIndex(dialog.datum.findData("gcj02"))
    assert previews[-1]["type"] == "MultiPolygon"
    dialog.text.setPlainText("34.70 113.66\nabc 1\n34.76 113.72")
    dialog._read()
    assert not dialog.ok.isEnabled()
    assert "第 2 行" in dialog.problem.text()
    assert previews[-1] is None
    dialog.deleteLater()


def test_pasted_corners_become_an_answer_and_leave_no_preview(window: Any, plugin: Any) -> None:
    dock = show(plugin)
    window.look_at("EPSG:3857", 0, 0, 1e6)
    dock.ways["paste"].click()
    dialog = window.window.findChild(QDialog, "ZoneRulesCorners")
    dialog.text.setPlainText(listed())
    dialog._read()
    dialog.choices.button(0).click()
    dialog.datum.setCurrentIndex(dialog.datum.findData("xian80"))
    assert bands(window) == 1
    dialog.ok.click()
    wait(dock)
    answer = dock.reply.answer
    assert answer["query"]["radius_m"] == 140
    assert answer["notes"][0]["code"] == "extra"
    assert bands(window) == len(answer["parts"])


# -- what is shown ---------------------------------------------------------------------------------


def give(plugin: Any, name: str = "square") -> Any:
    from zonerules.plugin.shapes.given import Given

    dock = part(plugin).dock
    part(plugin)._ask(Given(SHAPES[name], 4, "test"))
    wait(dock)
    return dock


def test_rows_point_at_the_map_and_a_layer_can_be_kept(
    window: Any, plugin: Any, layers: Any
) -> None:
    show(plugin)
    window.look_at("EPSG:4326", 113.69, 34.73, 0.1)
    dock = give(plugin)
    dock.zones.setCurrentItem(dock.zones.topLevelItem(1))
    zone = dock.zones.topLevelItem(1).data(0, 256)
    assert part(plugin).highlights.drawn() == [zone]
    dock.parts.setCurrentItem(dock.parts.topLevelItem(0))
    dock.layer.click()
    (layer,) = QgsProject.instance().mapLayers().values()
    answer = dock.reply.answer
    assert layer.featureCount() == len(answer["parts"])
    percents = [feature["percent"] for feature in layer.getFeatures()]
    assert sum(percents) == pytest.approx(100, abs=1e-4)
    labels = {category.value() for category in layer.renderer().categories()}
    assert labels == {feature["verdict"] for feature in layer.getFeatures()}


def test_the_language_changes_everything_shown(window: Any, plugin: Any) -> None:
    show(plugin)
    dock = give(plugin)
    plugin.host.set_language("zh")
    wait(dock)
    assert dock.windowTitle() == "面或线的规则"
    assert "禁止" in dock.parts.topLevelItem(0).text(1) + dock.view.toPlainText()
    assert dock.tabs.tabText(2).startswith("分块")
    assert part(plugin)._actions["line"].text() == "画线(&N)"


def test_clear_and_unload_leave_nothing(window: Any, plugin: Any) -> None:
    show(plugin)
    window.look_at("EPSG:4326", 113.69, 34.73, 0.1)
    dock = give(plugin)
    assert bands(window)
    dock.erase.click()
    assert bands(window) == 0
    assert dock.given is None
    give(plugin, "line")
    part(plugin)._ask(dock.given)  # still at work while the plugin goes
    plugin.unload()
    QApplication.processEvents()
    assert bands(window) == 0
    QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
    left = [a for a in window.window.findChildren(QAction) if "shapes" in a.objectName()]
    assert left == []
    end = time.monotonic() + 5
    while QgsApplication.taskManager().countActiveTasks() and time.monotonic() < end:
        QApplication.processEvents()


def test_shortcut_letters_of_the_panel_and_the_dialog_differ() -> None:
    from zonerules.plugin.texts import TEXTS

    form = ["place", "date", "today", "last", "activity", "alert", "facts", "language"]
    panel = [*form, *(f"shapes.{key}" for key in ("polygon", "line", "selected", "paste"))]
    panel += [f"shapes.{key}" for key in ("zoom", "copy", "layer", "clear")]
    dialog = [f"shapes.corners.{key}" for key in ("text", "file", "packed", "everywhere")]
    dialog += [f"shapes.corners.{key}" for key in ("datum", "polygon", "line", "ok")]
    for keys in (panel, dialog):
        for number in (0, 1):
            texts = [TEXTS[key][number] for key in keys]
            letters = [text[text.index("&") + 1].upper() for text in texts]
            doubled = {letter for letter in letters if letters.count(letter) > 1}
            assert not doubled, (number, doubled, letters)
