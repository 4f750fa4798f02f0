"""The view of effects on the map: its layer, zones and their articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDialog

import zonerules
from zonerules.plugin.maplayers import banned_layer
from zonerules.tests.qgis.banning import IN_BAN, ask, item_of, layers, part

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["part"]  # fixtures


# -- the layer -------------------------------------------------------------------------------------


def test_core_and_edge_make_up_the_extent(part: Any, catalogue: Any) -> None:
    """Against shapely: the core is the stored one, the edge what the extent adds."""
    from shapely import from_wkb
    from shapely.geometry import shape

    ask(part, machine__stage="1")
    shapes = catalogue.data["zones"]["gc-nrmm-ban"]["shapes"]
    core, extent = shape(shapes["core"]), shape(shapes["extent"])
    parts = {
        feature["part"]: from_wkb(bytes(feature.geometry().asWkb()))
        for feature in layers()[0].getFeatures()
        if feature["zone"] == "gc-nrmm-ban"
    }
    assert parts["core"].symmetric_difference(core).area < 1e-12
    assert parts["edge"].symmetric_difference(extent.difference(core)).area < 1e-12


def test_there_is_one_layer_whatever_is_asked(part: Any) -> None:
    ask(part)
    [first] = [layer.id() for layer in layers()]
    ask(part, activity="clean-public-area")
    ask(part, day="2026-01-01")
    assert [layer.id() for layer in layers()] == [first]
    assert "2026-01-01" in layers()[0].name()


def test_a_layer_from_a_saved_project_is_taken_up_again(part: Any) -> None:
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4326", "old", "memory")
    layer.setCustomProperty("zonerules/banned", "1")
    layer.dataProvider().addAttributes(banned_layer.new_fields())
    layer.updateFields()
    QgsProject.instance().addMapLayer(layer)
    ask(part, machine__stage="1")
    assert [found.id() for found in layers()] == [layer.id()]
    assert layer.featureCount() > 0


def test_an_opened_project_never_shows_an_empty_map_of_bans(part: Any, tmp_path: Path) -> None:
    """What was in the layer was in memory only; empty it would say that nothing is banned."""
    ask(part, machine__stage="1")
    count, path = layers()[0].featureCount(), str(tmp_path / "project.qgs")
    assert QgsProject.instance().write(path)
    QgsProject.instance().clear()
    QgsProject.instance().read(path)
    assert [layer.featureCount() for layer in layers()] == [count]
    assert part.dock.on_map.isChecked()
    ask(part, activity="")
    assert part.dock.reply is None
    QgsProject.instance().read(path)
    assert layers() == []


def test_a_name_the_user_gave_stays(part: Any) -> None:
    ask(part)
    layers()[0].setName("mine")
    ask(part, day="2018-01-15")
    assert layers()[0].name() == "mine"
    assert len(layers()) == 1


def test_a_layer_the_user_removed_stays_away_until_it_is_wanted(part: Any) -> None:
    ask(part)
    QgsProject.instance().removeMapLayer(layers()[0].id())
    QApplication.processEvents()
    assert not part.dock.on_map.isChecked()
    ask(part, day="2018-01-15")
    assert layers() == []
    part.dock.on_map.click()
    assert len(layers()) == 1
    part.dock.on_map.click()
    assert layers() == []


def test_a_layer_being_edited_is_left_alone(part: Any) -> None:
    ask(part)
    layer = layers()[0]
    layer.setReadOnly(False)
    assert layer.startEditing()
    before = layer.featureCount()
    ask(part, activity="clean-public-area")
    assert layer.isEditable() and layer.featureCount() == before
    assert len(layers()) == 1 and layers()[0].id() != layer.id()
    layer.rollBack()


def test_a_layer_whose_fields_the_user_took_away_is_made_anew(part: Any) -> None:
    ask(part)
    layer = layers()[0]
    layer.dataProvider().deleteAttributes([layer.fields().lookupField("rank")])
    layer.updateFields()
    ask(part, day="2018-01-15")
    assert len(layers()) == 1
    assert layers()[0].fields().lookupField("rank") >= 0
    assert layers()[0].featureCount() > 0


def test_effects_differ_by_hatch_not_by_colour_alone(part: Any) -> None:
    from zonerules.plugin.maplayers.banned_style import LOOKS, renderer

    made = renderer(list(LOOKS), {name: name for name in LOOKS}, "edge")
    seen = set()
    for rule in made.rootRule().children()[:-1]:
        kinds = tuple(
            (kind.layerType(), getattr(kind, "lineAngle", lambda: None)())
            for kind in rule.symbol().symbolLayers()
        )
        outline = rule.symbol().symbolLayer(0).strokeStyle()
        seen.add((kinds, outline))
    assert len(seen) == len(LOOKS)


def test_drawing_the_layer_really_paints_it(part: Any, window: Any) -> None:
    """In the middle of the ban the canvas is reddish, outside every zone it stays white."""
    ask(part, machine__stage="1")
    canvas = window.canvas
    canvas.setLayers(layers())
    canvas.refresh()
    canvas.waitWhileRendering()
    QApplication.processEvents()
    from qgis.core import QgsMapRendererParallelJob

    settings = canvas.mapSettings()
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    from zonerules.plugin.canvas import in_map

    spot = in_map(canvas, QgsGeometry.fromPointXY(IN_BAN)).asPoint()
    pixel = settings.mapToPixel().transform(spot)
    around = [
        job.renderedImage().pixelColor(int(pixel.x()) + dx, int(pixel.y()) + dy)
        for dx in range(-4, 5)
        for dy in range(-4, 5)
    ]
    mean = [sum(getattr(c, name)() for c in around) / len(around) for name in ("red", "green")]
    assert mean[0] > mean[1] + 40


# -- to the zone and to its articles ---------------------------------------------------------------


def test_a_click_on_a_zone_shows_it(part: Any, window: Any) -> None:
    ask(part, machine__stage="1")
    window.look_at("EPSG:4547", 300_000, 3_000_000, 1000)
    item = item_of(part, "gc-nrmm-ban")
    tree = part.dock.list
    tree.scrollToItem(item)
    spot = tree.visualItemRect(item).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QApplication.processEvents()
    from zonerules.plugin.canvas import in_map

    moved = in_map(window.canvas, QgsGeometry.fromPointXY(IN_BAN))
    assert window.canvas.extent().contains(moved.asPoint())
    assert window.canvas.extent().width() < 30_000


def test_a_click_on_an_undrawn_zone_shows_what_it_lies_in_and_says_so(
    part: Any, window: Any
) -> None:
    ask(part, activity="clean-public-area")
    row = next(r for r in part.dock.reply.result["undrawn"] if r["within"] == "gc-district")
    part.dock.list.picked.emit(row["id"])
    assert "Guancheng" in window.bar.messages[-1]
    assert "not drawn" in window.bar.messages[-1]


def test_enter_opens_the_articles(part: Any, window: Any) -> None:
    ask(part, machine__stage="1")
    tree = part.dock.list
    tree.setCurrentItem(item_of(part, "gc-nrmm-ban"))
    QTest.keyClick(tree, Qt.Key.Key_Return)
    QApplication.processEvents()
    [opened] = window.window.findChildren(QDialog, "ZoneRulesBannedArticles")
    text = opened.view.toPlainText()
    assert "GC-58" in text and "管政〔2017〕98号 21" in text and "prohibited" in text
    tree.setCurrentItem(item_of(part, "gc-district"))
    part.dock.articles.click()
    QApplication.processEvents()
    assert part.window.windowTitle() == "Articles: Guancheng Hui District"


def test_what_an_overlay_wrote_is_no_markup(part: Any) -> None:
    """A name from a user's own file is shown as it is, in the article and in the map tip."""
    from zonerules.plugin.maplayers.banned_article import as_html

    reply = ask(part, machine__stage="1")
    row = next(dict(r) for r in reply.result["zones"] if r["id"] == "gc-nrmm-ban")
    row["name"] = {"zh": "<img src=x>", "en": "<img src=x>"}
    page = as_html(reply, row, zonerules.open(), "#000000")
    assert "<img" not in page and "&lt;img src=x&gt;" in page
    layer = layers()[0]
    from qgis.core import QgsExpression

    feature = QgsFeature(layer.fields())
    feature["name"], feature["part"] = "<img src=x>", "core"
    context = layer.createExpressionContext()
    context.setFeature(feature)
    tip = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
    assert "<img" not in tip and "&lt;img" in tip
