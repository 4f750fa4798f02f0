"""Asking about a drawn, selected or pasted shape in QGIS."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog

from zonerules.jobs.shape import ask as shapes
from zonerules.layers.measure import area_m2
from zonerules.layers.planar import Planar
from zonerules.plugin.geometry import from_geojson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


@pytest.mark.parametrize("accuracy", [0.0, 10.0, 500.0])
@pytest.mark.parametrize("name", SHAPES)
def test_both_engines_cut_alike(qgis_app: Any, catalogue: Any, name: str, accuracy: float) -> None:
    from zonerules.plugin.shapes.engine import QgisEngine

    query = shapes.ShapeQuery(accuracy_m=accuracy, date=DAY)
    found = [
        shapes.pieces_of(catalogue.data, SHAPES[name], engine, query)
        for engine in (Planar(), QgisEngine())
    ]
    ours, theirs = found
    assert theirs.total == pytest.approx(ours.total, rel=1e-12)
    assert [note["code"] for note in theirs.notes] == [note["code"] for note in ours.notes]
    assert abs(theirs.unaccounted) < 1e-9
    assert len(theirs.parts) == len(ours.parts)
    for mine, other in zip(ours.parts, theirs.parts):
        assert other.wheres == mine.wheres
        assert other.size == pytest.approx(mine.size, rel=1e-6, abs=0.01)
        one = shapely.geometry.shape(ours.engine.write(mine.shape))
        two = shapely.geometry.shape(theirs.engine.write(other.shape))
        assert one.hausdorff_distance(two) < 1e-6


def test_both_engines_answer_alike(qgis_app: Any, catalogue: Any) -> None:
    from zonerules.plugin.shapes.engine import QgisEngine

    query = shapes.ShapeQuery(date=DAY, activity="operate-non-road-machinery")
    answers = []
    for engine in (Planar(), QgisEngine()):
        pieces = shapes.pieces_of(catalogue.data, SHAPES["square"], engine, query)
        answer = shapes.answer(catalogue.data, catalogue.book, pieces, query)
        for part in answer["parts"]:
            del part["geometry"]
        answer["query"]["centre"] = None
        answers.append(
            json.loads(json.dumps(answer), parse_float=lambda text: f"{float(text):.4g}")
        )
    assert answers[0]["verdicts"] == answers[1]["verdicts"]
    assert answers[0]["zones"] == answers[1]["zones"]


# -- the panel ------------------------------------------------------------------------------------


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


def press(window: Any, key: Any) -> None:
    QTest.keyClick(window.canvas, key)
    QApplication.processEvents()


def right_click(window: Any, x: float, y: float) -> None:
    pixel = window.canvas.getCoordinateTransform().transform(QgsPointXY(x, y))
    spot = QPoint(round(pixel.x()), round(pixel.y()))
    right, plain = Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(window.canvas.viewport(), right, plain, spot)
    QApplication.processEvents()


def bands(window: Any) -> int:
    return sum(isinstance(item, QgsRubberBand) for item in window.canvas.scene().items())


def test_a_polygon_drawn_in_a_projected_map(window: Any, plugin: Any) -> None:
    dock = show(plugin)
    to_grid = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"),
        QgsCoordinateReferenceSystem("EPSG:4547"),
        QgsProject.instance(),
    )
    corners = [(113.66, 34.70), (113.72, 34.70), (113.72, 34.76), (113.66, 34.76)]
    grid = [to_grid.transform(QgsPointXY(*corner)) for corner in corners]
    window.look_at("EPSG:4547", grid[0].x() + 2700, grid[0].y() + 3300, 6000)
    dock.ways["polygon"].click()
    assert window.canvas.mapTool() is part(plugin).tools["polygon"]
    for corner in grid[:2]:
        window.click(corner.x(), corner.y())
    window.click(grid[2].x() + 900, grid[2].y())  # a slip, taken back
    press(window, Qt.Key.Key_Backspace)
    for corner in grid[2:]:
        window.click(corner.x(), corner.y())
    right_click(window, grid[0].x(), grid[0].y())
    wait(dock)
    answer = dock.reply.answer
    assert answer["query"]["corners"] == 4
    expected = area_m2(SHAPES["square"])
    assert answer["measure"]["total"] == pytest.approx(expected, rel=0.02)  # clicked on pixels
    assert dock.reply.text.count("GC-58")
    assert bands(window) == len(answer["parts"])
    assert dock.zones.topLevelItemCount() >= 3
    assert dock.parts.topLevelItemCount() == len(answer["parts"])


def test_escape_forgets_and_too_few_corners_are_told(window: Any, plugin: Any) -> None:
    show(plugin)
    window.look_at("EPSG:4326", 113.69, 34.735, 0.05)
    part(plugin).start("polygon")
    window.click(113.68, 34.73)
    window.click(113.70, 34.73)
    press(window, Qt.Key.Key_Return)
    assert window.bar.messages == ["A polygon needs at least 3 corners"]
    press(window, Qt.Key.Key_Escape)
    assert window.canvas.mapTool() is not part(plugin).tools["polygon"]
    assert bands(window) == 0
    assert part(plugin).dock.reply is None


def test_a_drawn_line_changes_answer_with_the_form(window: Any, plugin: Any) -> None:
    dock = show(plugin)
    window.look_at("EPSG:4326", 113.69, 34.735, 0.05)
    part(plugin).start("line")
    window.click(113.66, 34.735)
    window.click(113.72, 34.735)
    press(window, Qt.Key.Key_Return)
    wait(dock)
    first = dock.reply
    assert first.answer["measure"]["unit"] == "m"
    dock.form.facts.setText("machine.stage=1")
    dock.form.changed.emit()
    wait(dock)
    assert dock.reply.answer["query"]["facts"] == {"machine.stage": 1}
    assert dock.reply.pieces is first.pieces  # the same cut
    dock.form.accuracy.setValue(200)
    wait(dock)
    assert dock.reply.pieces is not first.pieces
    dock.form.facts.setText("machine.stage=99")
    dock.form.changed.emit()
    wait(dock)
    assert dock.reply is None
    assert "99" in dock.form.problem.text()


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


def test_selected_features_in_another_crs(window: Any, plugin: Any, layers: Any) -> None:
    dock = show(plugin)
    # meridians and parallels are straight in either CRS
    corners = [(113.03, 34.7), (113.08, 34.7), (113.08, 34.8), (113.03, 34.8)]
    west = {"type": "Polygon", "coordinates": [ring(*corners)]}
    squares = [from_geojson(SHAPES["square"]), from_geojson(west)]
    there = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"),
        QgsCoordinateReferenceSystem("EPSG:3857"),
        QgsProject.instance(),
    )
    for square in squares:
        square.transform(there)
    layers(memory("MultiPolygon", squares, "?crs=EPSG:3857"))
    dock.ways["selected"].click()
    wait(dock)
    answer = dock.reply.answer
    expected = area_m2(SHAPES["square"]) + area_m2(west)
    assert answer["measure"]["total"] == pytest.approx(expected, rel=1e-9)
    assert answer["query"]["corners"] == 4 + 4
    assert "plots & <b>" in dock.source.text()


def test_what_cannot_be_used_is_told(window: Any, plugin: Any, layers: Any) -> None:
    show(plugin)
    start = part(plugin).start
    layers(None)
    start("selected")
    layer = memory("Point", [QgsGeometry.fromWkt("POINT(113 34)")] * 2)
    layers(layer)
    start("selected")
    layer.removeSelection()
    start("selected")
    layers(memory("Polygon", [QgsGeometry()]))
    start("selected")
    told = [message.split(".")[0] for message in window.bar.messages]
    assert told == [
        "The current layer holds no features",
        "These are several points",
        "Nothing is selected in “plots &amp; &lt;b&gt;”",
        "The selected features have no geometry",
    ]


def test_one_selected_point_goes_to_the_panel_of_places(
    window: Any, plugin: Any, layers: Any
) -> None:
    show(plugin)
    asked = []
    plugin.host.placeWanted.connect(lambda lon, lat, _pixel: asked.append((lon, lat)))
    layers(memory("Point", [QgsGeometry.fromWkt("POINT(113.69 34.735)")]))
    part(plugin).start("selected")
    assert asked == [(113.69, 34.735)]


def test_a_layer_without_crs_asks(window: Any, plugin: Any, layers: Any, monkeypatch: Any) -> None:
    dock = show(plugin)
    layer = memory("Polygon", [from_geojson(SHAPES["square"])], "")
    layer.setCrs(QgsCoordinateReferenceSystem())
    layers(layer)
    asked: list[str] = []

    def none(line: str) -> None:
        asked.append(line)

    monkeypatch.setattr(part(plugin), "ask_crs", none)
    part(plugin).start("selected")
    assert "no coordinate reference system" in asked[0]
    assert dock.given is None
    monkeypatch.setattr(
        part(plugin), "ask_crs", lambda line: QgsCoordinateReferenceSystem("EPSG:4490")
    )
    part(plugin).start("selected")
    wait(dock)
    assert dock.reply.answer["measure"]["total"] == pytest.approx(area_m2(SHAPES["square"]))


def write_dxf(path: Path) -> None:
    """A drawing: a closed polyline with another inside it, an open line and a label."""

    def polyline(points: Any, closed: bool) -> str:
        head = f"0\nLWPOLYLINE\n8\nRED\n90\n{len(points)}\n70\n{int(closed)}\n"
        return head + "".join(f"10\n{x!r}\n20\n{y!r}\n" for x, y in points)

    to_grid = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"),
        QgsCoordinateReferenceSystem("EPSG:4547"),
        QgsProject.instance(),
    )

    def grid(corners: Any) -> list[tuple[float, float]]:
        moved = [to_grid.transform(QgsPointXY(*corner)) for corner in corners]
        return [(p.x(), p.y()) for p in moved]

    outer = grid([(113.66, 34.70), (113.72, 34.70), (113.72, 34.76), (113.66, 34.76)])
    inner = grid([(113.68, 34.72), (113.70, 34.72), (113.70, 34.74), (113.68, 34.74)])
    text = "0\nSECTION\n2\nENTITIES\n" + polyline(outer, True) + polyline(inner, True)
    text += polyline(grid([(113.5, 34.7), (113.6, 34.7)]), False)
    text += f"0\nTEXT\n8\nRED\n10\n{outer[0][0]}\n20\n{outer[0][1]}\n40\n5\n1\nplot\n"
    path.write_text(text + "0\nENDSEC\n0\nEOF\n", encoding="utf-8")


def test_a_drawing_read_by_ogr(
    window: Any, plugin: Any, layers: Any, monkeypatch: Any, tmp_path: Path
) -> None:
    dock = show(plugin)
    file = tmp_path / "plot.dxf"
    write_dxf(file)
    uri = f"{file}|layername=entities|geometrytype=LineString"
    layer = QgsVectorLayer(uri, "plot", "ogr")
    assert layer.isValid()
    assert not layer.crs().isValid()
    QgsProject.instance().addMapLayer(layer)
    layers(layer)
    grid = QgsCoordinateReferenceSystem("EPSG:4547")
    monkeypatch.setattr(part(plugin), "ask_crs", lambda line: grid)
    answers = iter(["polygon", "line", ""])
    monkeypatch.setattr(part(plugin), "ask_kind", lambda: next(answers))
    closed = [
        f.id()
        for f in layer.getFeatures()
        if f.geometry().asGeometryCollection()[0].asPolyline()[0]
        == f.geometry().asGeometryCollection()[0].asPolyline()[-1]
    ]
    assert len(closed) == 2
    layer.selectByIds(closed)
    part(plugin).start("selected")
    wait(dock)
    hole = {
        "type": "Polygon",
        "coordinates": [ring((113.68, 34.72), (113.70, 34.72), (113.70, 34.74), (113.68, 34.74))],
    }
    expected = area_m2(SHAPES["square"]) - area_m2(hole)
    assert dock.reply.answer["measure"]["total"] == pytest.approx(expected, rel=1e-4)
    part(plugin).start("selected")
    wait(dock)
    assert dock.reply.answer["measure"]["unit"] == "m"
    before = dock.reply
    part(plugin).start("selected")  # neither: left as it was
    assert dock.reply is before
    layer.selectAll()  # with the open line nothing is enclosed: no question
    part(plugin).start("selected")
    wait(dock)
    assert dock.reply.answer["measure"]["unit"] == "m"


# -- corners --------------------------------------------------------------------------------------


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


# -- what is shown --------------------------------------------------------------------------------


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
