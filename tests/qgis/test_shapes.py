"""Asking about a drawn or selected shape in QGIS."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from zonerules.jobs.shape import ask as shapes
from zonerules.layers.measure import area_m2
from zonerules.layers.planar import Planar
from zonerules.plugin.geometry import from_geojson
from zonerules.tests.qgis.shaping import DAY, SHAPES, bands, layers, memory, part, ring, show, wait

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["layers"]  # fixtures


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
        for piece in answer["parts"]:
            del piece["geometry"]
        answer["query"]["centre"] = None
        answers.append(
            json.loads(json.dumps(answer), parse_float=lambda text: f"{float(text):.4g}")
        )
    assert answers[0]["verdicts"] == answers[1]["verdicts"]
    assert answers[0]["zones"] == answers[1]["zones"]


# -- the panel -------------------------------------------------------------------------------------


def press(window: Any, key: Any) -> None:
    QTest.keyClick(window.canvas, key)
    QApplication.processEvents()


def right_click(window: Any, x: float, y: float) -> None:
    pixel = window.canvas.getCoordinateTransform().transform(QgsPointXY(x, y))
    spot = QPoint(round(pixel.x()), round(pixel.y()))
    right, plain = Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(window.canvas.viewport(), right, plain, spot)
    QApplication.processEvents()


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
