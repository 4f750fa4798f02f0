"""The locator finds what is typed and opens it; the layer action asks at the feature's place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextScope,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFeedback,
    QgsGeometry,
    QgsLocatorContext,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QThread
from qgis.PyQt.QtWidgets import QApplication

import zonerules
from zonerules.plugin import settings
from zonerules.plugin.compat import locator_data
from zonerules.plugin.search.action import CODE, add_action, has_action
from zonerules.plugin.search.part import SearchPart
from zonerules.tests.qgis.locating import search

LON, LAT = 113.69, 34.735
DATA = json.loads((Path(zonerules.__file__).parent / "catalogue.json").read_text(encoding="utf-8"))


@pytest.fixture
def part(plugin: Any) -> SearchPart:
    return plugin._parts[SearchPart]


def test_the_prefix_is_taken_by_qgis(window: Any, plugin: Any) -> None:
    made, addresses = window.locator.filters()
    assert made.activePrefix() == "zrs"
    assert addresses.activePrefix() == "zra"
    assert "zonerules" in made.name()


def test_coordinates_come_for_every_datum_the_default_first(window: Any, plugin: Any) -> None:
    rows = search(window, "zrs 113.69,34.735")
    assert ["WGS 84" in row.displayString for row in rows] == [True, False, False]
    assert ["GCJ-02" in row.displayString for row in rows] == [False, True, False]
    assert ["your default" in row.description for row in rows] == [True, False, False]
    settings.set_datum("bd09")
    rows = search(window, "zrs 113.69,34.735")
    assert "BD-09" in rows[0].displayString
    assert "your default" in rows[0].description
    assert len(rows) == 3
    settings.set_datum("cgcs2000")
    rows = search(window, "zrs 113.69,34.735")
    assert "CGCS2000" in rows[0].displayString
    assert len(rows) == 3  # WGS 84 says the same place


def test_a_named_datum_is_the_only_row(window: Any, plugin: Any) -> None:
    [row] = search(window, "zrs gcj02 34°44′6″N 113°41′24″E")
    assert "GCJ-02" in row.displayString
    assert "as written" in row.description
    kind, lon, lat = locator_data(row)
    assert kind == "place"
    # the published formula, worked out by another program: prcoords
    prcoords = pytest.importorskip("prcoords")
    position = prcoords.gcj_wgs_bored(prcoords.Coords(34.735, 113.69))
    assert lon == pytest.approx(position.lon, abs=1e-6)
    assert lat == pytest.approx(position.lat, abs=1e-6)


def test_latitude_first_is_told(window: Any, plugin: Any) -> None:
    rows = search(window, "zrs 34.735 113.69")
    assert locator_data(rows[0]) == ["place", LON, LAT]
    assert "latitude written first" in rows[0].description


def test_choosing_coordinates_asks_the_panel(window: Any, plugin: Any) -> None:
    window.look_at("EPSG:4547", 463_000, 3_845_000, 2000)
    [row] = search(window, "zrs wgs84 113.69,34.735")
    row.filter.triggerResult(row)
    QApplication.processEvents()
    dock = plugin.panel.dock
    assert dock.isVisible()
    assert (dock.reply.answer["query"]["lon"], dock.reply.answer["query"]["lat"]) == (LON, LAT)


@pytest.mark.parametrize("crs", ["EPSG:4547", "EPSG:3857", "EPSG:4490", "EPSG:4326"])
def test_choosing_a_zone_zooms_to_its_shape(window: Any, plugin: Any, crs: str) -> None:
    window.look_at(crs, 0 if crs != "EPSG:4547" else 500_000, 0, 10)
    [row] = [r for r in search(window, "zrs gc-nrmm-ban") if locator_data(r)[0] == "zone"]
    row.filter.triggerResult(row)
    QApplication.processEvents()
    rings = [
        position
        for part_ in DATA["zones"]["gc-nrmm-ban"]["shapes"]["nominal"]["coordinates"]
        for ring in part_
        for position in ring
    ]
    there = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"),
        QgsCoordinateReferenceSystem(crs),
        QgsProject.instance(),
    )
    seen = window.canvas.extent()
    points = [there.transform(QgsPointXY(*position)) for position in rings]
    assert all(seen.contains(point) for point in points)
    box_width = max(p.x() for p in points) - min(p.x() for p in points)
    box_height = max(p.y() for p in points) - min(p.y() for p in points)
    assert seen.width() < 3 * box_width or seen.height() < 3 * box_height
    assert window.bar.messages == []


def test_an_undrawn_zone_shows_what_it_lies_in_and_says_so(window: Any, plugin: Any) -> None:
    zone = DATA["zones"]["zz-urban"]
    assert zone["basis"] == "unmapped"
    window.look_at("EPSG:4326", 0, 0, 1)
    [row] = [r for r in search(window, "zrs zz-urban") if locator_data(r) == ["zone", "zz-urban"]]
    row.filter.triggerResult(row)
    assert window.canvas.extent().contains(QgsPointXY(113.6, 34.7))
    [message] = window.bar.messages
    assert "has not been drawn" in message
    assert DATA["zones"][zone["within"]]["name"]["en"] in message


def test_a_source_is_shown_where_it_is(window: Any, plugin: Any) -> None:
    window.look_at("EPSG:3857", 0, 0, 1000)
    row = search(window, "zrs jinxing")[0]
    row.filter.triggerResult(row)
    centre = window.canvas.extent().center()
    there = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"),
        QgsCoordinateReferenceSystem("EPSG:3857"),
        QgsProject.instance(),
    ).transform(QgsPointXY(113.6729, 34.7325))
    assert centre.distance(there) < 5
    assert 1000 < window.canvas.extent().width() < 10_000


def test_a_source_without_location_says_so(window: Any, plugin: Any) -> None:
    source = next(row for row in DATA["sources"] if row["id"] == "gc-micro-stations")
    assert "location" not in source
    window.look_at("EPSG:4326", 0, 0, 1)
    row = search(window, "zrs gc-micro-stations")[0]
    row.filter.triggerResult(row)
    assert "has no location" in window.bar.messages[0]


@pytest.mark.parametrize("text", ["zrs 管政98 21", "zrs GC-58", "GC-58"])
def test_a_rule_opens_with_its_article(window: Any, plugin: Any, part: Any, text: str) -> None:
    rows = [row for row in search(window, text) if locator_data(row)[0] == "rule"]
    assert locator_data(rows[0]) == ["rule", "GC-58"]
    assert rows[0].group == "Rules and articles"
    rows[0].filter.triggerResult(rows[0])
    shown = part.dialog.view.toPlainText()
    assert "may not be used west of Zhongzhou Avenue" in shown
    assert "管政〔2017〕98号" in shown
    assert "penalised at the upper limit" in shown
    part.dialog.copy.click()
    copied = QApplication.clipboard().text()
    assert copied.startswith("GC-58  Since 1 June 2017")
    assert not part.dialog.page.isVisibleTo(part.dialog)  # nobody has told its page
    first = part.dialog
    rows[0].filter.triggerResult(rows[0])  # a second one takes the first's place
    assert part.dialog is not first


def test_language_is_that_of_the_plugin(window: Any, plugin: Any, part: Any) -> None:
    plugin.host.set_language("zh")
    rows = search(window, "zrs GC-58")
    assert rows[0].group == "规定条款"
    assert rows[0].description.startswith("2017年6月1日起")
    rows[0].filter.triggerResult(rows[0])
    assert part.dialog.windowTitle() == "规定 GC-58"
    assert "以文件原文为准" in part.dialog.view.toPlainText()


@pytest.mark.parametrize("text", ["zrs", "zrs 1", "zrs qqqqqq", "zrs <b>", "qqqqqq"])
def test_nothing_found(window: Any, plugin: Any, text: str) -> None:
    assert search(window, text) == []


def test_markup_of_an_overlay_stays_text(plugin: Any, part: Any) -> None:
    catalogue = plugin.host.asker.catalogue("en")
    rule = dict(catalogue.book.by_id["GC-58"])
    rule["summary"] = {"zh": "<b>x</b>", "en": "<img src='http://x'>bold"}
    catalogue.book.by_id["GC-58"] = rule
    part.open(("rule", "GC-58"))
    assert "<img src='http://x'>bold" in part.dialog.view.toPlainText()


def test_an_unreadable_catalogue_is_no_error(window: Any, plugin: Any, tmp_path: Path) -> None:
    settings.set_data_folder(str(tmp_path / "gone"))
    plugin.host.reopen()
    assert len(search(window, "zrs 113.69,34.735")) == 3
    assert search(window, "zrs GC-58") == []
    settings.set_data_folder("")
    plugin.host.reopen()
    assert len(search(window, "zrs GC-58")) == 1


def test_clones_search_in_threads(plugin: Any, part: Any) -> None:
    class Search(QThread):
        def __init__(self, text: str) -> None:
            super().__init__()
            self.text, self.rows = text, []
            self.filter = part.filter.clone()
            self.filter.prepare(text, context)
            self.feedback = QgsFeedback()
            self.filter.resultFetched.connect(lambda row: self.rows.append(locator_data(row)))

        def run(self) -> None:
            self.filter.fetchResults(self.text, context, self.feedback)

    context = QgsLocatorContext()
    threads = [Search(text) for text in ("GC-58", "管政98 21", "113.69,34.735", "jinxing") * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        while not thread.wait(5):
            QCoreApplication.processEvents()
    QCoreApplication.processEvents()
    firsts = [thread.rows[0][:2] for thread in threads]
    assert (
        firsts
        == [
            ["rule", "GC-58"],
            ["rule", "GC-58"],
            ["place", LON],
            ["source", "jinxing-brewery"],
        ]
        * 3
    )


def test_unload_takes_filter_and_layer_entry_away(window: Any) -> None:
    plugin = zonerules.classFactory(window)
    plugin.initGui()
    part = plugin._parts[SearchPart]
    part.open(("rule", "GC-58"))
    assert len(window.locator.filters()) == 2
    assert len(window.layer_actions) == 2  # this one and the atlas
    plugin.unload()
    QApplication.processEvents()
    assert window.locator.filters() == []
    assert window.layer_actions == []
    dialogs = [w for w in QApplication.topLevelWidgets() if w.objectName() == "ZoneRulesRule"]
    assert not any(dialog.isVisible() for dialog in dialogs)


# -- the layer action -----------------------------------------------------------------------------


def layer_of(wkt: str, crs: str) -> tuple[QgsVectorLayer, QgsFeature]:
    kind = QgsGeometry.fromWkt(wkt)
    name = {0: "Point", 1: "LineString", 2: "Polygon"}[int(kind.type())]
    multi = "Multi" if kind.isMultipart() else ""
    layer = QgsVectorLayer(f"{multi}{name}?crs={crs}", "shops", "memory")
    feature = QgsFeature()
    moved = QgsGeometry(kind)
    wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
    moved.transform(QgsCoordinateTransform(wgs84, layer.crs(), QgsProject.instance()))
    feature.setGeometry(moved)
    _, [feature] = layer.dataProvider().addFeatures([feature])
    return layer, feature


def run_action(
    monkeypatch: pytest.MonkeyPatch, plugin: Any, layer: Any, feature: Any, scope: Any = None
) -> None:
    """What QGIS does with a Python action: fill in the expressions, run the code."""
    import qgis.utils

    monkeypatch.setitem(qgis.utils.plugins, "zonerules", plugin)
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    if scope is not None:
        context.appendScope(scope)
    context.setFeature(feature)
    [action] = [a for a in layer.actions().actions() if "rules_here" in a.command()]
    code = QgsExpression.replaceExpressionText(action.command(), context)
    exec(code, {})


def canvas_scope(x: float, y: float, crs: str) -> QgsExpressionContextScope:
    scope = QgsExpressionContextScope()
    scope.setVariable("map_crs", crs)
    scope.setVariable("click_x", x)
    scope.setVariable("click_y", y)
    return scope


@pytest.mark.parametrize("crs", ["EPSG:4547", "EPSG:3857", "EPSG:4490", "EPSG:4326"])
@pytest.mark.parametrize("wkt", [f"POINT({LON} {LAT})", f"MULTIPOINT(({LON} {LAT}))"])
def test_the_action_asks_at_a_point_in_any_crs(
    plugin: Any, monkeypatch: pytest.MonkeyPatch, crs: str, wkt: str
) -> None:
    layer, feature = layer_of(wkt, crs)
    assert add_action(layer, "en")
    run_action(monkeypatch, plugin, layer, feature)
    query = plugin.panel.dock.reply.answer["query"]
    assert query["lon"] == pytest.approx(LON, abs=2e-6)
    assert query["lat"] == pytest.approx(LAT, abs=2e-6)


def test_a_polygon_is_asked_where_it_was_clicked(
    plugin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    wkt = "POLYGON((113.6 34.7, 113.8 34.7, 113.8 34.8, 113.6 34.8, 113.6 34.7))"
    layer, feature = layer_of(wkt, "EPSG:4326")
    add_action(layer, "zh")
    run_action(monkeypatch, plugin, layer, feature, canvas_scope(LON, LAT, "EPSG:4326"))
    query = plugin.panel.dock.reply.answer["query"]
    assert (query["lon"], query["lat"]) == (LON, LAT)
    run_action(monkeypatch, plugin, layer, feature)  # from a form: somewhere on it
    query = plugin.panel.dock.reply.answer["query"]
    assert 113.6 < query["lon"] < 113.8
    assert 34.7 < query["lat"] < 34.8


def test_without_place_or_crs_it_says_so(
    window: Any, plugin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer, _ = layer_of(f"POINT({LON} {LAT})", "EPSG:4326")
    add_action(layer, "en")
    run_action(monkeypatch, plugin, layer, QgsFeature())
    layer.setCrs(QgsCoordinateReferenceSystem())
    run_action(monkeypatch, plugin, layer, next(layer.getFeatures()))
    assert plugin.panel.dock.reply is None
    assert len(window.bar.messages) == 2
    assert all("not known where" in line for line in window.bar.messages)


def test_the_action_is_added_once_and_by_the_menu(window: Any, plugin: Any, part: Any) -> None:
    layer, _ = layer_of(f"POINT({LON} {LAT})", "EPSG:4326")
    part.add_to_layer()
    assert "Choose a vector layer" in window.bar.messages[-1]
    QgsProject.instance().addMapLayer(layer)
    window.canvas.setCurrentLayer(layer)
    [entry] = [a for a in window.layer_actions if a.objectName() == "zonerules_search.action.add"]
    entry.trigger()
    assert has_action(layer)
    assert len(layer.actions().actions()) == 1
    assert "now has the action" in window.bar.messages[-1]
    entry.trigger()
    assert len(layer.actions().actions()) == 1
    assert "already" in window.bar.messages[-1]
    assert layer.actions().defaultAction("Canvas").isValid()
    window.canvas.setCurrentLayer(None)
    QgsProject.instance().clear()


def test_the_plugins_own_layers_get_it(plugin: Any) -> None:
    layer, _ = layer_of(f"POINT({LON} {LAT})", "EPSG:4326")
    other, _ = layer_of(f"POINT({LON} {LAT})", "EPSG:4326")
    layer.setCustomProperty("zonerules/layer", "zones")
    QgsProject.instance().addMapLayers([layer, other])
    assert has_action(layer)
    assert not has_action(other)
    QgsProject.instance().clear()


def test_the_code_calls_the_stable_entry_point() -> None:
    compile(QgsExpression.replaceExpressionText(CODE, QgsExpressionContext()), "action", "exec")
    assert "plugins['zonerules'].rules_here(" in CODE
