"""What the map shows of a question, in any CRS, near and far, until the plugin is unloaded."""

from __future__ import annotations

import math
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvasItem, QgsRubberBand
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtWidgets import QApplication

import zonerules
from zonerules.plugin.panel.marks import circle_around

LON, LAT, DAY = 113.69, 34.735, "2017-11-20"
ZONE = "gc-nrmm-ban"


@pytest.fixture
def panel(window: Any, plugin: Any) -> Any:
    window.look_at("EPSG:4326", LON, LAT, 0.05)
    plugin.panel.dock.form.set_date(DAY)
    return plugin.panel


def ground_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Great-circle metres on a sphere of the ellipsoid's local radius: 0.6 % off at most."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6_371_000 * math.asin(math.sqrt(half))


@pytest.mark.parametrize("lat", [0.0, 34.735, 60.0, -45.0])
@pytest.mark.parametrize("radius", [10.0, 700.0, 50_000.0])
def test_the_circle_has_true_metres(qgis_app: Any, lat: float, radius: float) -> None:
    ring = circle_around(LON, lat, radius).asPolygon()[0]
    assert len(ring) > 36
    for corner in ring:
        assert ground_m(LON, lat, corner.x(), corner.y()) == pytest.approx(radius, rel=0.006)


def test_across_the_antimeridian_it_stays_in_one_piece(qgis_app: Any) -> None:
    box = circle_around(179.9, 10.0, 50_000).boundingBox()
    assert box.width() < 2 and box.xMaximum() > 180
    assert circle_around(0.0, 89.99, 5_000) is None


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:4547", "EPSG:4490"])
def test_ring_and_circle_follow_the_crs(window: Any, panel: Any, crs: str) -> None:
    panel.dock.form.accuracy.setValue(500)
    panel.dock.ask_at(LON, LAT)
    reference = QgsCoordinateReferenceSystem(crs)
    window.canvas.setDestinationCrs(reference)
    wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
    there = QgsCoordinateTransform(wgs84, reference, QgsProject.instance())
    spot = there.transform(QgsPointXY(LON, LAT))
    ring = panel.marker.point()
    assert math.hypot(ring.x() - spot.x(), ring.y() - spot.y()) < 1e-6 * max(abs(spot.x()), 1)
    circle = panel.marker.circle()
    middle = circle.centroid().asPoint()
    assert circle.boundingBox().contains(spot)
    back = there.transform(middle, QgsCoordinateTransform.ReverseTransform)
    assert ground_m(LON, LAT, back.x(), back.y()) < 2
    edge = there.transform(
        QgsPointXY(circle.vertexAt(0).x(), circle.vertexAt(0).y()),
        QgsCoordinateTransform.ReverseTransform,
    )
    assert ground_m(LON, LAT, edge.x(), edge.y()) == pytest.approx(500, rel=0.01)


def test_a_mark_that_was_taken_off_stays_off_in_another_crs(window: Any, panel: Any) -> None:
    panel.dock.ask_at(LON, LAT)
    panel.marker.clear()  # as after a click that cannot be answered
    window.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    window.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4547"))
    assert panel.marker.point() is None and panel.marker.circle() is None


def test_the_circle_is_as_wide_as_the_accuracy_asked(panel: Any) -> None:
    panel.dock.ask_at(LON, LAT)
    small = panel.marker.circle().boundingBox().width()
    panel.dock.form.accuracy.setValue(1000)
    assert panel.marker.circle().boundingBox().width() / small == pytest.approx(100, rel=0.01)
    panel.dock.form.accuracy.setValue(0)
    assert panel.marker.circle() is None and panel.marker.point() is not None


def link(dock: Any, ref: str) -> QUrl:
    return QUrl(f"link:{dock.view._refs.index(ref)}")


def test_pointing_at_a_zone_draws_it_and_pressing_keeps_it(panel: Any, catalogue: Any) -> None:
    panel.dock.ask_at(LON, LAT)
    view = panel.dock.view
    view.highlighted[QUrl].emit(link(panel.dock, f"zone:{ZONE}"))
    assert panel.highlights.drawn() == [ZONE]
    bands = panel.highlights.bands(ZONE)
    assert len(bands) == len(catalogue.data["zones"][ZONE]["shapes"]) == 3
    ring = catalogue.data["zones"][ZONE]["shapes"]["nominal"]["coordinates"][0][0]
    box = bands[-1].asGeometry().boundingBox()
    assert box.xMinimum() == pytest.approx(min(x for x, _ in ring))
    assert box.yMaximum() == pytest.approx(max(y for _, y in ring))
    view.highlighted[QUrl].emit(QUrl())
    assert panel.highlights.drawn() == []
    view.anchorClicked.emit(link(panel.dock, f"zone:{ZONE}"))
    assert panel.highlights.drawn() == [ZONE] and "◉" in view.toPlainText()
    view.anchorClicked.emit(link(panel.dock, f"zone:{ZONE}"))
    assert panel.highlights.drawn() == [] and "◉" not in view.toPlainText()


def test_all_zones_can_be_shown_and_follow_the_answer(panel: Any) -> None:
    panel.dock.ask_at(LON, LAT)
    panel.dock.zones.click()
    assert {ZONE, "gc-district"} <= set(panel.highlights.drawn())
    panel.dock.ask_at(114.02, 32.98)  # another city
    assert ZONE not in panel.highlights.drawn() and panel.highlights.drawn()
    panel.dock.ask_at(10.0, 50.0)
    assert panel.highlights.drawn() == []
    panel.dock.ask_at(LON, LAT)
    panel.dock.zones.click()
    assert panel.highlights.drawn() == []


def test_highlights_follow_the_crs(window: Any, panel: Any) -> None:
    panel.dock.ask_at(LON, LAT)
    panel.dock.zones.click()
    before = panel.highlights.bands(ZONE)[-1].asGeometry().boundingBox()
    window.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4547"))
    after = panel.highlights.bands(ZONE)[-1].asGeometry().boundingBox()
    assert before.xMaximum() < 180 and 4e5 < after.xMinimum() < 5e5


def test_a_source_is_brought_into_view(window: Any, panel: Any, catalogue: Any) -> None:
    panel.dock.ask_at(LON, LAT)
    window.canvas.zoomScale(2000)
    [source] = [s for s in catalogue.data["sources"] if s["id"] == "jinxing-brewery"]
    spot = QgsPointXY(source["location"]["lon"], source["location"]["lat"])
    assert not window.canvas.extent().contains(spot)
    panel.dock.view.anchorClicked.emit(link(panel.dock, "source:jinxing-brewery"))
    assert window.canvas.extent().contains(spot)


def items(window: Any) -> list[Any]:
    return [item for item in window.canvas.scene().items() if isinstance(item, QgsMapCanvasItem)]


def test_unloading_takes_everything_off_the_map(window: Any) -> None:
    before = len(items(window))
    plugin = zonerules.classFactory(window)
    plugin.initGui()
    window.look_at("EPSG:4326", LON, LAT, 0.05)
    plugin.panel.dock.ask_at(LON, LAT)
    plugin.panel.dock.zones.click()
    assert any(isinstance(item, QgsRubberBand) for item in items(window))
    plugin.unload()
    QApplication.processEvents()
    assert len(items(window)) == before
    window.look_at("EPSG:3857", 0, 0, 10)  # nothing listens any more
    assert len(items(window)) == before


FAR = {
    "southern hemisphere": ("EPSG:4326", -70.5, -33.25),
    "near a pole": ("EPSG:4326", 12.0, 89.95),
    "the pole": ("EPSG:4326", 0.0, 90.0),
    "antimeridian": ("EPSG:4326", 179.9999, 5.0),
    "beyond the antimeridian": ("EPSG:4326", 190.0, 5.0),
    "mercator's corner": ("EPSG:3857", 20_037_508.0, 20_000_000.0),
    "mercator's other corner": ("EPSG:3857", -20_037_508.0, -20_000_000.0),
    "gauss-krueger far west": ("EPSG:4547", -6_000_000.0, 2_000_000.0),
    "gauss-krueger far south": ("EPSG:4547", 500_000.0, -9_000_000.0),
    "cgcs2000": ("EPSG:4490", -0.5, 51.5),
}


@pytest.mark.parametrize("name", FAR)
def test_a_click_far_away_is_answered_or_refused_in_words(
    window: Any, plugin: Any, name: str
) -> None:
    crs, x, y = FAR[name]
    dock = plugin.panel.dock
    dock.form.accuracy.setValue(5000)
    window.look_at(crs, x, y, 5.0 if crs in ("EPSG:4326", "EPSG:4490") else 5000.0)
    window.toolbar.actions()[0].trigger()
    window.click(x, y)
    shown = dock.view.toPlainText()
    if dock.reply is None:
        assert "Not answered" in shown
    else:
        assert dock.reply.answer["coverage"]["documents"] == []
        assert "no document" in shown
    assert "Traceback" not in shown
    dock.tabs.setCurrentIndex(1)
    dock.zones.click()
    QApplication.processEvents()
    dock.ask_at(LON, LAT)  # and it goes on working
    assert dock.reply is not None


def test_quick_clicks_leave_the_last_answer(window: Any, panel: Any) -> None:
    window.toolbar.actions()[0].trigger()
    for step in range(8):
        window.click(LON + step * 0.002, LAT)
    QApplication.processEvents()
    query = panel.dock.reply.answer["query"]
    assert query["lon"] == pytest.approx(LON + 0.014, abs=0.0005)
    ring = panel.marker.point()
    assert ring.x() == pytest.approx(query["lon"])


def test_layers_come_and_go_while_the_panel_is_open(window: Any, panel: Any) -> None:
    project = QgsProject.instance()
    name = project.addMapLayer(QgsVectorLayer("Point?crs=EPSG:4326", "mine", "memory")).id()
    panel.dock.ask_at(LON, LAT)
    panel.dock.zones.click()
    answer = panel.dock.reply.answer
    project.mapLayer(name).startEditing()
    panel.dock.ask_at(LON, LAT)
    project.mapLayer(name).rollBack()
    project.removeMapLayer(name)
    project.clear()
    window.look_at("EPSG:3857", 12655912.9, 4127926.8, 5000)
    panel.dock.ask_at(LON, LAT)
    assert panel.dock.reply.answer == answer and panel.highlights.drawn()
