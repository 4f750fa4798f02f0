"""The catalogue panel: filter, card, zoom; a selected feature as a shape, and the way back."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QApplication, QMessageBox
from shapely.geometry import box, shape

import zonerules
from zonerules.jobs.exchange.drawn import settled
from zonerules.jobs.exchange.overlay import _banded
from zonerules.jobs.exchange.tables import shapes_of
from zonerules.plugin.geometry import from_geojson, to_geojson
from zonerules.plugin.keeper import checks
from zonerules.plugin.keeper import shape as shapes
from zonerules.plugin.keeper.dialog import OK, ShapeDialog
from zonerules.plugin.keeper.part import KeeperPart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ZONE = "gc-hpf-ban"  # 高污染燃料禁燃区: undrawn, within gc-district
WEST, SOUTH = 113.69, 34.73
SQUARE = box(WEST, SOUTH, WEST + 0.01, SOUTH + 0.01)
ASKED = {"date": "2017-11-20", "activity": "operate-boiler"}


@pytest.fixture
def keeper(plugin: Any, window: Any) -> KeeperPart:
    window.look_at("EPSG:4326", WEST, SOUTH, 0.02)
    part = plugin._parts[KeeperPart]
    part.dock.show()
    QApplication.processEvents()
    return part


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that is set; it does not exist yet."""
    made = tmp_path / "data"
    made.mkdir()
    QgsSettings().setValue("zonerules/data", str(made))
    return made


@pytest.fixture
def layer(window: Any) -> Iterator[Any]:
    """Make layers of one feature, selected and current, from a shape in degrees WGS84."""
    made: list[str] = []

    def make(area: Any = SQUARE, crs: str = "EPSG:4326", kind: str = "MultiPolygon") -> Any:
        layer = QgsVectorLayer(f"{kind}?crs={crs}", "mine", "memory")
        geometry = QgsGeometry.fromWkt(area if isinstance(area, str) else area.wkt)
        if crs not in ("", "EPSG:4326"):
            ends = (QgsCoordinateReferenceSystem("EPSG:4326"), layer.crs())
            geometry.transform(QgsCoordinateTransform(*ends, QgsProject.instance()))
        feature = QgsFeature()
        feature.setGeometry(geometry)
        layer.dataProvider().addFeatures([feature])
        layer.selectAll()
        QgsProject.instance().addMapLayer(layer)
        window.canvas.setCurrentLayer(layer)
        made.append(layer.id())
        return layer

    yield make
    window.canvas.setCurrentLayer(None)
    QgsProject.instance().removeMapLayers(made)


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> list[ShapeDialog]:
    """Fill the dialog as a user would and press OK; the dialogs shown."""
    shown: list[ShapeDialog] = []

    def fill(dialog: ShapeDialog) -> int:
        shown.append(dialog)
        assert not dialog.buttons.button(OK).isEnabled()
        dialog.accuracy.setValue(60)
        dialog.provenance.setText("<b>survey</b> 2024 测绘")
        dialog.licence.setEditText("own")
        dialog.preview()
        dialog.buttons.button(OK).click()
        return dialog.result()

    monkeypatch.setattr(ShapeDialog, "exec", fill)
    return shown


def where(folder: Path | None, lon: float, lat: float) -> str:
    """Where a point lies to the zone, by the library alone."""
    return zonerules.open(folder).located.locate(lon, lat, 0.0)[ZONE].where


# -- the list -------------------------------------------------------------------------------------


def test_the_panel_lists_every_zone_and_reads_nothing_before_it_is_seen(
    plugin: Any, window: Any, catalogue: Any
) -> None:
    dock = plugin._parts[KeeperPart].dock
    assert dock.table.rowCount() == 0
    window.window.show()
    dock.show()
    QApplication.processEvents()
    assert dock.table.rowCount() == len(catalogue.data["zones"])
    number = len(catalogue.data["zones"])
    assert dock.count.text().startswith(f"{number} of {number} zones; ■ mapped ")


def test_filters_count_what_the_catalogue_holds(keeper: KeeperPart, catalogue: Any) -> None:
    dock, zones = keeper.dock, catalogue.data["zones"].values()
    for name, value, wanted in (
        ("status", "unmapped", [z for z in zones if z["basis"] == "unmapped"]),
        ("status", "object", [z for z in zones if z["basis"] == "object"]),
        ("kind", "fuel_ban", [z for z in zones if z["kind"] == "fuel_ban"]),
        ("document", "shanhuan-2022-7", [z for z in zones if z["document"] == "shanhuan-2022-7"]),
    ):
        combo = dock._combos[name]
        combo.setCurrentIndex(combo.findData(value))
        assert combo.currentText().endswith(f"({len(wanted)})")
        found = {
            dock.filter.index(n, 0).data(Qt.ItemDataRole.UserRole)
            for n in range(dock.filter.rowCount())
        }
        assert found == {zone["id"] for zone in wanted}
        combo.setCurrentIndex(0)
    dock.search.setText("中州大道 金水路")
    assert dock.filter.rowCount() == 1
    dock.search.setText("(.*")
    assert dock.filter.rowCount() == 0


def test_sorting_by_name(keeper: KeeperPart) -> None:
    dock = keeper.dock
    dock.view.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    ids = [dock.filter.index(n, 4).data() for n in range(dock.filter.rowCount())]
    assert ids == sorted(ids, reverse=True)


def test_the_card_says_all_that_is_known(keeper: KeeperPart, catalogue: Any) -> None:
    assert keeper.dock.select("gc-nrmm-ban")
    text = keeper.dock.card.toPlainText()
    zone = catalogue.data["zones"]["gc-nrmm-ban"]
    for words in (
        zone["name"]["en"],
        zone["delimited"]["en"],
        "管政〔2017〕98号 21",
        "南三环",
        "± 220 m",
        "GPL-2.0-or-later",
        "GC-58",
        "mapped",
    ):
        assert words in text, words
    disputed = next(z for z in catalogue.data["zones"].values() if z.get("disputes"))
    assert keeper.dock.select(disputed["id"])
    assert disputed["disputes"]["en"] in keeper.dock.card.toPlainText()


def test_markup_in_a_name_stays_text(keeper: KeeperPart, folder: Path) -> None:
    told = {"zone": ZONE, "accuracy_m": 0, "provenance": "<img src='http://x/y.png'><b>p</b>"}
    feature = {
        "type": "Feature",
        "properties": told,
        "geometry": to_geojson(from_geojson(json.loads(shapely.to_geojson(SQUARE)))),
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (folder / "zones.geojson").write_text(text)
    keeper.host.reopen()
    keeper.dock.select(ZONE)
    assert "<img src='http://x/y.png'><b>p</b>" in keeper.dock.card.toPlainText()


def test_zoom_shows_the_zone_or_says_what_it_shows_instead(
    keeper: KeeperPart, window: Any, catalogue: Any
) -> None:
    dock = keeper.dock
    dock.select("gc-nrmm-ban")
    dock.zoom.click()
    extent = shape(catalogue.data["zones"]["gc-nrmm-ban"]["shapes"]["extent"])
    seen = window.canvas.extent()
    assert box(seen.xMinimum(), seen.yMinimum(), seen.xMaximum(), seen.yMaximum()).contains(extent)
    assert seen.width() < 4 * (extent.bounds[2] - extent.bounds[0]) + 0.1
    assert not dock.note.isVisible()
    dock.select(ZONE)
    dock.zoom.click()
    assert "not drawn" in dock.note.text() and "Guancheng" in dock.note.text()
    district = shape(shapes_of(catalogue.data, catalogue.data["zones"]["gc-district"])["nominal"])
    seen = window.canvas.extent()
    assert box(seen.xMinimum(), seen.yMinimum(), seen.xMaximum(), seen.yMaximum()).contains(
        district
    )


def test_the_panel_speaks_both_languages(keeper: KeeperPart) -> None:
    keeper.dock.select("gc-nrmm-ban")
    keeper.host.set_language("zh")
    assert keeper.dock.shape.text() == "用选中要素作为其图形(&U)…"
    assert "含道路" in keeper.dock.card.toPlainText()
    assert keeper.dock.chosen() == "gc-nrmm-ban"
    keeper.host.set_language("en")


# -- a shape of one's own -------------------------------------------------------------------------


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4547", "EPSG:3857", "EPSG:4490"])
def test_a_selected_feature_becomes_the_shape(
    keeper: KeeperPart, folder: Path, layer: Any, answered: list[ShapeDialog], window: Any, crs: str
) -> None:
    layer(crs=crs)
    keeper.dock.select(ZONE)
    keeper.dock.shape.click()
    assert len(answered) == 1
    told = {
        f["id"]: f for f in json.loads((folder / "zones.geojson").read_text("utf-8"))["features"]
    }
    assert set(told) == {f"{ZONE}/{role}" for role in ("nominal", "core", "extent")}
    properties = told[f"{ZONE}/nominal"]["properties"]
    assert properties["accuracy_m"] == 60 and properties["licence"] == "own"
    assert properties["provenance"] == "<b>survey</b> 2024 测绘"
    nominal = shape(told[f"{ZONE}/nominal"]["geometry"])
    assert nominal.symmetric_difference(SQUARE).area / SQUARE.area < 1e-3
    assert shapely.hausdorff_distance(nominal, SQUARE) < 3e-6
    # 60 m are 0.00066° of longitude here
    assert where(folder, WEST + 0.005, SOUTH + 0.005) == "inside"
    assert where(folder, WEST + 0.0003, SOUTH + 0.005) == "near:zone"
    assert where(folder, WEST - 0.0010, SOUTH + 0.005) == "outside"
    assert "now comes from your data folder" in window.bar.messages[-1]
    assert "own data folder" in keeper.dock.card.toPlainText()
    assert keeper.dock.removal.isEnabled() and keeper.dock.undo.isEnabled()


def test_answers_change_at_once(
    keeper: KeeperPart, plugin: Any, folder: Path, layer: Any, answered: Any
) -> None:
    changes: list[bool] = []
    plugin.host.catalogueChanged.connect(lambda: changes.append(True))
    plugin.host.placeWanted.emit(WEST + 0.005, SOUTH + 0.005, 1.0)

    def location() -> list[str]:
        return [z["location"] for z in plugin.host.reply.answer["zones"] if z["id"] == ZONE]

    assert location() == ["unmapped"]
    layer()
    keeper.use_selected(ZONE)
    assert changes and location() == ["inside"]
    assert (
        plugin.host.reply.answer["catalogue"]["fingerprint"]
        != (zonerules.open().data["fingerprint"])
    )
    keeper.undo()
    assert location() == ["unmapped"]


def test_undo_goes_back_step_by_step_and_remove_is_a_step(
    keeper: KeeperPart, folder: Path, layer: Any, answered: Any
) -> None:
    path = folder / "zones.geojson"
    states = []
    for west in (WEST, WEST + 0.002):
        layer(box(west, SOUTH, west + 0.01, SOUTH + 0.01))
        keeper.use_selected(ZONE)
        states.append(path.read_bytes())
    keeper.dock.select(ZONE)
    keeper.dock.removal.click()
    assert json.loads(path.read_text("utf-8"))["features"] == []
    assert not keeper.dock.removal.isEnabled()
    for state in reversed(states):
        keeper.dock.undo.click()
        assert path.read_bytes() == state
    keeper.dock.undo.click()
    assert not path.exists()
    assert not keeper.dock.undo.isEnabled()


def test_undo_refuses_to_lose_what_another_program_wrote(
    keeper: KeeperPart, folder: Path, layer: Any, answered: Any, window: Any
) -> None:
    layer()
    keeper.use_selected(ZONE)
    path = folder / "zones.geojson"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    keeper.undo()
    assert "changed by something else" in window.bar.messages[-1]
    assert path.read_text("utf-8").endswith("\n\n")


def test_without_a_data_folder_one_is_asked_for(
    keeper: KeeperPart,
    layer: Any,
    answered: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(
        "zonerules.plugin.newfolder.QgsApplication.qgisSettingsDirPath", lambda: str(tmp_path)
    )
    asked: list[str] = []

    presses = iter(("cancel", "here"))

    def answer(box: QMessageBox) -> int:
        wanted = {"cancel": "&Cancel", "here": "Use this &place"}[next(presses)]
        asked.append(box.text())
        next(button for button in box.buttons() if button.text() == wanted).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    layer()
    keeper.use_selected(ZONE)  # cancelled
    assert list(tmp_path.iterdir()) == []
    keeper.use_selected(ZONE)
    made = tmp_path / "zonerules" / "data"
    assert str(made) in asked[0] and (made / "zones.geojson").is_file()
    assert QgsSettings().value("zonerules/data") == str(made)
    assert where(made, WEST + 0.005, SOUTH + 0.005) == "inside"


def test_holes_and_parts_are_kept(
    keeper: KeeperPart, folder: Path, layer: Any, answered: Any
) -> None:
    ring = SQUARE.difference(box(WEST + 0.004, SOUTH + 0.004, WEST + 0.006, SOUTH + 0.006))
    other = box(WEST + 0.012, SOUTH, WEST + 0.015, SOUTH + 0.003)
    layer(ring.union(other))
    keeper.use_selected(ZONE)
    assert where(folder, WEST + 0.005, SOUTH + 0.005) == "outside"
    assert where(folder, WEST + 0.0135, SOUTH + 0.0015) == "inside"
    found = zonerules.open(folder).data["zones"][ZONE]["shapes"]["nominal"]["coordinates"]
    assert sorted(len(part) for part in found) == [1, 2]


@pytest.mark.parametrize(
    ("area", "crs", "kind", "told"),
    [
        (SQUARE, "", "MultiPolygon", "no coordinate reference system"),
        (SQUARE, "EPSG:2362", "MultiPolygon", "not public"),
        ("LINESTRING(113.69 34.73, 113.7 34.74)", "EPSG:4326", "LineString", "has no polygons"),
        (
            "POLYGON((113.69 34.73, 113.7 34.74, 113.7 34.73, 113.69 34.74, 113.69 34.73))",
            "EPSG:4326",
            "MultiPolygon",
            "not valid",
        ),
        ("POLYGON((500 34, 501 34, 501 35, 500 34))", "EPSG:4326", "MultiPolygon", "off the earth"),
    ],
)
def test_bad_features_are_refused_in_one_line(
    keeper: KeeperPart,
    folder: Path,
    layer: Any,
    answered: Any,
    window: Any,
    area: Any,
    crs: str,
    kind: str,
    told: str,
) -> None:
    layer(area, crs, kind)
    keeper.use_selected(ZONE)
    assert told in window.bar.messages[-1]
    assert answered == [] and list(folder.iterdir()) == []


def test_nothing_selected_and_no_layer(
    keeper: KeeperPart, layer: Any, window: Any, answered: Any
) -> None:
    keeper.use_selected(ZONE)
    assert "choose a polygon layer" in window.bar.messages[-1]
    layer().removeSelection()
    keeper.use_selected(ZONE)
    assert "Nothing is selected" in window.bar.messages[-1]


# -- the shapes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("accuracy", [25.0, 300.0])
def test_core_and_extent_are_those_of_the_command(catalogue: Any, accuracy: float) -> None:
    """QGIS's library and shapely draw the same: to 0.2 m and a hundred-thousandth of the area."""
    drawn = shapes_of(catalogue.data, catalogue.data["zones"]["gc-district"])["nominal"]
    made = shapes.stored(shapes.drafted(from_geojson(drawn), accuracy, None))
    wanted = _banded(settled(shape(drawn)), accuracy)
    for role in ("nominal", "core", "extent"):
        found = shape(made[role])
        assert found.is_valid
        difference = found.symmetric_difference(wanted[role]).area
        assert difference < 1e-5 * wanted[role].area
        assert shapely.hausdorff_distance(found, wanted[role]) < 2e-6


def test_what_stands_out_is_cut_within_its_accuracy_and_refused_beyond() -> None:
    outer = from_geojson(json.loads(shapely.to_geojson(box(113.6, 34.7, 113.7, 34.8))))
    # 0.0005° of longitude are 45.8 m at 34.75° N (by hand: 91,560 m a degree)
    area = QgsGeometry.fromRect(QgsRectangle(113.69, 34.74, 113.7005, 34.76))
    with pytest.raises(shapes.Fault) as refused:
        shapes.drafted(shapes.settled(area), 40.0, outer)
    assert refused.value.key == "keeper.stands_out" and refused.value.args_["metres"] == "46 m"
    draft = shapes.drafted(shapes.settled(area), 50.0, outer)
    assert draft.stood_out_m == pytest.approx(45.8, abs=0.1) and draft.margin_cut
    for part in draft.shapes.values():
        assert part.boundingBox().xMaximum() <= 113.7
    inside = shapes.settled(QgsGeometry.fromRect(QgsRectangle(113.65, 34.74, 113.66, 34.75)))
    assert shapes.drafted(inside, 50.0, outer)[1:] == (0.0, False)


def test_an_exact_line_has_no_margins() -> None:
    area = shapes.settled(QgsGeometry.fromRect(QgsRectangle(113.65, 34.74, 113.66, 34.75)))
    assert set(shapes.drafted(area, 0.0, None).shapes) == {"nominal"}


def test_a_narrow_strip_may_have_no_core() -> None:
    area = shapes.settled(QgsGeometry.fromRect(QgsRectangle(113.65, 34.74, 113.66, 34.7402)))
    made = shapes.stored(shapes.drafted(area, 100.0, None))
    assert made["core"] == {"type": "MultiPolygon", "coordinates": []}


def test_figures() -> None:
    area = shapes.settled(QgsGeometry.fromRect(QgsRectangle(113.65, 34.74, 113.66, 34.75)))
    # by hand, at 34.745° N: 0.01° are 915.66 m by 1109.25 m
    assert shapes.area_km2(area) == pytest.approx(0.91566 * 1.10925, rel=2e-4)
    moved = shapes.settled(QgsGeometry.fromRect(QgsRectangle(113.6525, 34.74, 113.6625, 34.75)))
    assert shapes.shares(moved, area) == pytest.approx((0.75, 0.25), abs=1e-3)


def test_the_dialog_tells_what_is_missing_and_what_would_change(
    keeper: KeeperPart, catalogue: Any, window: Any
) -> None:
    from zonerules.plugin.keeper.part import _subject

    nominal = shapes.settled(QgsGeometry.fromWkt(SQUARE.wkt))
    subject = _subject(catalogue.data, "gc-nrmm-ban", "en")
    dialog = ShapeDialog(subject, nominal, "from here", "en", window.window)
    assert dialog.note.text() == "Still needed: Accuracy, Source, Licence"
    dialog.accuracy.setValue(30)
    dialog.provenance.setText("   ")
    dialog.licence.setEditText("own")
    dialog.preview()
    assert dialog.note.text() == "Still needed: Source"
    assert not dialog.buttons.button(OK).isEnabled()
    dialog.provenance.setText("survey")
    assert dialog.buttons.button(OK).isEnabled()
    # the square lies in the old zone: its share is that of the areas
    old = from_geojson(catalogue.data["zones"]["gc-nrmm-ban"]["shapes"]["nominal"])
    share = shapes.area_km2(nominal) / shapes.area_km2(old)
    assert f"{share:.1%} of it is kept; 0.0% of the new one" in dialog.figures.text()
    dialog.deleteLater()


# -- the check ------------------------------------------------------------------------------------


def finish(qtbot: Any, dock: Any) -> None:
    qtbot.waitUntil(lambda: dock.checks._task is None, timeout=60_000)


def test_the_check_lists_what_lint_says_of_catalogue_and_overlay(
    keeper: KeeperPart, folder: Path, window: Any, qtbot: Any
) -> None:
    far = box(113.0, 34.0, 113.01, 34.01)  # valid, but not in the district
    feature = {
        "type": "Feature",
        "id": f"{ZONE}/nominal",
        "properties": {"zone": ZONE, "accuracy_m": 0, "provenance": "p", "licence": "l"},
        "geometry": json.loads(shapely.to_geojson(far.union(SQUARE))),
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]}, indent=1)
    (folder / "zones.geojson").write_text(text)
    keeper.host.reopen()
    dock = keeper.dock
    dock.checks.run.click()
    assert dock.checks.stop.isEnabled() and dock.checks.progress.isVisible() is not None
    finish(qtbot, dock)
    rows = [dock.checks.list.topLevelItem(n) for n in range(dock.checks.list.topLevelItemCount())]
    ours = [row for row in rows if f" · {ZONE}\n" in row.text(0)]
    line = text[: text.index(f'"{ZONE}/nominal"')].count("\n") + 1
    assert any(
        f"zones.geojson:{line}" in row.text(0) and "reaches out" in row.text(0) for row in ours
    )
    assert any("documents/" in row.text(0) for row in rows), "the shipped catalogue is checked too"
    errors = sum(row["severity"] == "error" for row in dock.checks.findings)
    assert dock.checks.summary.text().startswith(f"{errors} errors, ")
    dock.checks.list.itemActivated.emit(ours[0], 0)
    assert dock.chosen() == ZONE
    assert window.canvas.extent().contains(QgsPointXY(113.0, 34.0))


def test_a_check_can_be_stopped_and_started_again(keeper: KeeperPart, qtbot: Any) -> None:
    dock = keeper.dock
    dock.checks.run.click()
    dock.checks.stop.click()
    finish(qtbot, dock)
    assert dock.checks.findings is None and dock.checks.run.isEnabled()
    dock.checks.run.click()
    finish(qtbot, dock)
    assert dock.checks.findings is not None


def test_a_missing_module_is_told_plainly(
    keeper: KeeperPart, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacks(overlay: Any, progress: Any) -> Any:
        raise ModuleNotFoundError("No module named 'jsonschema'", name="jsonschema")

    monkeypatch.setattr(checks, "examined", lacks)
    keeper.dock.checks.run.click()
    finish(qtbot, keeper.dock)
    assert "lacks the Python module jsonschema" in keeper.dock.checks.summary.text()
    assert keeper.dock.checks.findings is None


def test_drawing_needs_no_shapely(tmp_path: Path) -> None:
    """All but the check works in a stock QGIS: nothing here imports a geometry library."""
    import subprocess

    program = f"""
import sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in ('shapely', 'geopandas', 'pyproj', 'pandas', 'pyogrio'):
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Hidden())
from qgis.core import QgsApplication, QgsGeometry
app = QgsApplication([], False); app.initQgis()
from pathlib import Path
from zonerules.plugin.keeper.shape import drafted, settled, stored
from zonerules.jobs.exchange.keeping import draw
from zonerules.jobs.open import open
area = settled(QgsGeometry.fromWkt({SQUARE.wkt!r}))
draw(Path({str(tmp_path)!r}), {ZONE!r}, stored(drafted(area, 60.0, None)), accuracy_m=60.0,
     provenance='p', licence='l', basis='documented_boundary', when='2024-01-01T00:00:00')
print(open({str(tmp_path)!r}).located.locate(113.695, 34.735, 0.0)[{ZONE!r}].where)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.split()[-1:] == ["inside"], done.stdout + done.stderr


def test_unload_leaves_no_panel(window: Any) -> None:
    from qgis.gui import QgsDockWidget

    made = zonerules.classFactory(window)
    made.initGui()
    made._parts[KeeperPart].dock.show()
    made.unload()
    for _ in range(3):
        QApplication.sendPostedEvents(None, 52)
        QApplication.processEvents()
    assert window.window.findChildren(QgsDockWidget, "ZoneRulesKeeper") == []
