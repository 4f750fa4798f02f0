"""Trouble is told in one line, in dock and message bar; never a traceback, never stale words."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsSettings
from qgis.PyQt.QtWidgets import QApplication

import zonerules
import zonerules.jobs.open
from zonerules.jobs.present import ICONS
from zonerules.layers.catalogue.errors import CatalogueError
from zonerules.plugin.asking import PALETTE, Refusal, parse_facts, parse_place
from zonerules.rules.logic import tables

if TYPE_CHECKING:
    from pathlib import Path

LON, LAT = 113.69, 34.735
DAY = "2017-11-20"


@pytest.fixture
def dock(plugin: Any) -> Any:
    plugin.panel.dock.form.set_date(DAY)
    return plugin.panel.dock


def test_a_catalogue_that_cannot_be_read(
    window: Any, dock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(data: Any = None) -> Any:
        raise CatalogueError("not <b>JSON</b>", file="catalogue.json", line=3)

    monkeypatch.setattr(zonerules.jobs.open, "open", broken)
    dock.ask_at(LON, LAT)
    shown = dock.view.toPlainText()
    assert "catalogue.json" in shown and "<b>JSON</b>" in shown
    assert "Traceback" not in shown
    [pushed] = window.bar.messages
    assert "catalogue.json" in pushed and "<b>" not in pushed  # the bar would render it
    assert dock.reply is None and not dock.copy.isEnabled()
    monkeypatch.undo()
    dock.ask_at(LON, LAT)  # mended: the next question tries again
    assert dock.reply is not None


def test_an_error_of_the_program_is_told_and_logged(
    window: Any, dock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Any, *_: Any, **__: Any) -> Any:
        raise KeyError("force")

    logged: list[str] = []
    monkeypatch.setattr("zonerules.plugin.compat.log", logged.append)
    dock.ask_at(LON, LAT)
    monkeypatch.setattr(zonerules.jobs.open.Catalogue, "at", broken)
    dock.form.today.click()
    assert "KeyError" in dock.view.toPlainText()
    assert "Traceback" not in dock.view.toPlainText()
    assert len(window.bar.messages) == 1
    assert len(logged) == 1 and "Traceback" in logged[0]
    assert dock.reply is None  # the answer for the other day is gone


def test_failed_layers_stand_on_top(dock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    real = zonerules.jobs.open.load

    def tolerant(data: Any = None, **told: Any) -> dict[str, Any]:
        loaded = copy.deepcopy(real(data, **told))
        zone = next(z for z in loaded["zones"].values() if "shapes" in z)
        zone["failed"] = True
        del zone["shapes"]
        entry = {"layer": "geojson/zones/<x>.geojson", "error": "cut off", "zones": [zone["id"]]}
        loaded["failed"] = [entry]
        return loaded

    monkeypatch.setattr(zonerules.jobs.open, "load", tolerant)
    dock.ask_at(LON, LAT)
    assert dock.reply is not None
    first = dock.view.toPlainText().splitlines()[:3]
    assert "geojson/zones/<x>.geojson" in " ".join(first) and "cut off" in " ".join(first)


def test_hostile_text_is_shown_as_it_is_written(dock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    evil = '<img src="http://x.invalid/a.png"><script>alert(1)</script>&lt;b&gt;'
    real = zonerules.jobs.open.load

    def poisoned(data: Any = None, **told: Any) -> dict[str, Any]:
        loaded = copy.deepcopy(real(data, **told))
        for rule in loaded["rules"]:
            rule["summary"] = {"zh": evil, "en": evil}
            rule["cite"]["number"] = evil
            rule["reading"] = {"zh": evil, "en": evil}
        for zone in loaded["zones"].values():
            zone["name"] = {"zh": evil, "en": evil}
        for document in loaded["documents"].values():
            document["title"] = {"zh": evil, "en": evil}
            document["number"] = evil
        return loaded

    fetched: list[str] = []
    monkeypatch.setattr(
        type(dock.view), "loadResource", lambda self, kind, url: fetched.append(url.toString())
    )
    monkeypatch.setattr(zonerules.jobs.open, "load", poisoned)
    dock.ask_at(LON, LAT)
    dock.details.click()
    form = dock.form
    for activity in (None, "operate-non-road-machinery"):
        form.activity.setCurrentIndex(form.activity.findData(activity))
        QApplication.processEvents()
        assert dock.view.toPlainText().count(evil) > 5
        assert "<img" not in dock.view.toHtml() and "<script" not in dock.view.toHtml()
    assert fetched == []
    assert "<img" not in dock.form.periods.toolTip()


@pytest.mark.parametrize("through", ["setting", "environment"])
def test_own_zones_are_merged(
    window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, through: str
) -> None:
    """A square drawn for the machinery ban some 3 km to the east moves the ban there."""
    lon, lat = LON + 0.03, LAT
    ring = [[lon - e, lat - n] for e, n in ((1, 1), (-1, 1), (-1, -1), (1, -1), (1, 1))]
    ring = [[lon + (x - lon) / 200, lat + (y - lat) / 200] for x, y in ring]
    feature = {
        "type": "Feature",
        "id": "gc-nrmm-ban/nominal",
        "properties": {"zone": "gc-nrmm-ban", "role": "nominal", "accuracy_m": 0},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    (tmp_path / "zones.geojson").write_text(json.dumps(collection), encoding="utf-8")
    if through == "setting":
        QgsSettings().setValue("zonerules/data", str(tmp_path))
    else:
        monkeypatch.setenv("ZONERULES_DATA", str(tmp_path))
    plugin = zonerules.classFactory(window)
    plugin.initGui()
    plugin.panel.dock.form.set_date(DAY)
    for place, location in (((lon, lat), "inside"), ((LON, LAT), None)):
        plugin.panel.dock.ask_at(*place)
        answer = plugin.panel.dock.reply.answer
        found = {zone["id"]: zone["location"] for zone in answer["zones"]}
        assert found.get("gc-nrmm-ban") == location
        assert "overlay" in answer["catalogue"]
    plugin.unload()


def test_a_data_folder_that_is_not_there(window: Any, tmp_path: Path) -> None:
    QgsSettings().setValue("zonerules/data", str(tmp_path / "gone"))
    plugin = zonerules.classFactory(window)
    plugin.initGui()
    plugin.panel.dock.ask_at(LON, LAT)
    assert plugin.panel.dock.reply is None
    assert "gone" in plugin.panel.dock.view.toPlainText()
    plugin.unload()


def test_a_place_outside_the_catalogue(dock: Any) -> None:
    dock.ask_at(10.0, 50.0)
    assert dock.reply.answer["coverage"]["documents"] == []
    first = dock.view.toPlainText().splitlines()[:3]
    assert "no document in the catalogue" in " ".join(first)
    dock.ask_at(LON, LAT)
    assert "no document in the catalogue" not in dock.view.toPlainText()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("machine.stage", "machine.stage"),
        ("=3", "=3"),
        ("machine.stage=1; machine.stage=2", "twice"),
        ("machine.stge=1", "machine.stage"),  # the nearest key is offered
        ("machine.stage=9", "machine.stage"),
    ],
)
def test_bad_facts_are_told_under_their_field(dock: Any, text: str, told: str) -> None:
    dock.ask_at(LON, LAT)
    dock.form.facts.setText(text)
    dock.form.facts.returnPressed.emit()
    assert not dock.form.problem.isHidden()
    assert told in dock.form.problem.text()
    assert "--fact" not in dock.form.problem.text()
    assert dock.reply is None  # no answer to a question that was not asked
    dock.form.facts.setText("machine.stage=1")
    dock.form.facts.returnPressed.emit()
    assert dock.form.problem.isHidden()
    assert dock.reply.answer["query"]["facts"] == {"machine.stage": 1}


def test_a_bad_place_is_told(dock: Any) -> None:
    dock.form.place.setText("somewhere")
    dock.form.place.returnPressed.emit()
    assert "somewhere" in dock.view.toPlainText()
    dock.form.place.setText("34.735, 113.69")
    dock.form.place.returnPressed.emit()
    assert "swapped" in dock.view.toPlainText()
    assert dock.reply is None


def test_a_project_without_a_crs(window: Any, plugin: Any) -> None:
    window.look_at("EPSG:4326", LON, LAT, 0.01)
    window.toolbar.actions()[0].trigger()
    window.click(LON, LAT)
    window.canvas.setDestinationCrs(QgsCoordinateReferenceSystem())
    window.click(LON, LAT)
    assert "no coordinate reference system" in plugin.panel.dock.view.toPlainText()
    assert plugin.panel.dock.reply is None
    assert plugin.panel.marker.point() is None
    assert len(window.bar.messages) == 1


def test_a_click_that_no_projection_can_undo(window: Any, plugin: Any) -> None:
    window.look_at("EPSG:4547", 9e9, 9e9, 100)
    window.toolbar.actions()[0].trigger()
    window.click(9e9, 9e9)
    assert plugin.panel.dock.reply is None
    assert "Not answered" in plugin.panel.dock.view.toPlainText()


def test_a_coarse_map_is_told(window: Any, plugin: Any) -> None:
    window.look_at("EPSG:3857", 12655912.9, 4127926.8, 50_000)
    window.toolbar.actions()[0].trigger()
    window.click(12655912.9, 4127926.8)
    assert "One pixel" in plugin.panel.dock.note.text()
    assert not plugin.panel.dock.note.isHidden()
    plugin.panel.dock.form.accuracy.setValue(1000)
    assert plugin.panel.dock.note.isHidden()


def test_facts_and_places_as_people_write_them() -> None:
    assert parse_facts(" a.b = 1,2 ；c.d＝是;; ", "en") == {"a.b": "1,2", "c.d": "是"}
    assert parse_facts("", "en") == {}
    for text in (
        "113.69, 34.735",
        "113.69 34.735",
        " 113.69，34.735 ",
        "113.69;34.735",
        "+113.69,34.735",
    ):
        assert parse_place(text, "en") == (113.69, 34.735)
    assert parse_place("-70.5,-33.25", "en") == (-70.5, -33.25)
    for text in ("", "113.69", "113.69, 34.735, 5", "a, b", "1e3, 2", "113°41', 34°44'"):
        with pytest.raises(Refusal):
            parse_place(text, "en")


def test_the_palette_is_complete_and_legible() -> None:
    palette = json.loads(PALETTE.read_text(encoding="utf-8"))
    verdicts = {"prohibited", "restricted", "required", "exempt", "not_concerned"}
    verdicts |= {"cannot_determine", "conflict", "no_data", "applies", "due"}
    assert verdicts <= set(palette["outcome"])
    marks = [palette["outcome"][name]["mark"] for name in verdicts]
    assert len(set(marks)) == len(marks)  # told apart without colour
    labels = {**tables()["labels"]["outcome"], **tables()["labels"]["verdict"]}
    for name in verdicts:  # the map, the dock and the terminal speak alike
        assert palette["outcome"][name]["label"] == labels[name]
        assert palette["outcome"][name]["mark"] == ICONS.get(name, palette["outcome"][name]["mark"])
    icons = PALETTE.parent / "icons"
    for group in ("outcome", "sources"):
        for name, look in palette[group].items():
            assert (icons / look["icon"]).is_file(), name
            assert set(look["label"]) == {"zh", "en"}, name
    for name, look in palette["outcome"].items():
        for paper in ("#ffffff", look["tint"]):
            assert contrast(look["colour"], paper) >= 4.5, name  # WCAG 2, AA


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
