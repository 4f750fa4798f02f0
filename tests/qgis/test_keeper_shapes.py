"""The catalogue panel: a selected feature as a shape, its margins, and the way back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from qgis.core import (
    QgsGeometry,
    QgsRectangle,
    QgsSettings,
)
from qgis.PyQt.QtWidgets import QMessageBox
from shapely.geometry import box, shape

import zonerules
from zonerules.jobs.exchange.drawn import settled
from zonerules.jobs.exchange.overlay import _banded
from zonerules.jobs.exchange.tables import shapes_of
from zonerules.plugin.geometry import from_geojson
from zonerules.plugin.keeper import shape as shapes
from zonerules.plugin.keeper.dialog import OK, ShapeDialog
from zonerules.tests.qgis.keeping import (
    SOUTH,
    SQUARE,
    WEST,
    ZONE,
    answered,
    folder,
    keeper,
    layer,
    where,
)

if TYPE_CHECKING:
    from pathlib import Path

    from zonerules.plugin.keeper.part import KeeperPart

__all__ = ["answered", "folder", "keeper", "layer"]  # fixtures


# -- a shape of one's own --------------------------------------------------------------------------


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


# -- the shapes ------------------------------------------------------------------------------------


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
