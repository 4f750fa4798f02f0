"""Where is it banned?: the view, its list and its one layer, in a window with a real canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDialog, QPushButton

import zonerules
from zonerules.jobs.banned.ask import banned
from zonerules.plugin.maplayers import banned_layer
from zonerules.plugin.maplayers.banned import BannedPart
from zonerules.plugin.texts import TEXTS, tr

if TYPE_CHECKING:
    from pathlib import Path

DAY, MACHINE = "2017-11-20", "operate-non-road-machinery"
IN_BAN = QgsPointXY(113.69, 34.735)  # README's example, certainly inside the machinery ban


@pytest.fixture
def part(window: Any, plugin: Any) -> Any:
    """The view, open and with its lists filled, over a map of the district."""
    QgsProject.instance().clear()
    found = plugin._parts[BannedPart]
    window.look_at("EPSG:4547", 471_500, 3_845_000, 12_000)
    found.dock.setUserVisible(True)
    QApplication.processEvents()
    found.dock.load()
    yield found
    QgsProject.instance().clear()


def ask(part: Any, activity: str = MACHINE, day: str = DAY, **facts: str) -> Any:
    """Fill in the form as a user does, by its widgets."""
    form = part.dock.form
    form.date.setDate(QDate.fromString(day, "yyyy-MM-dd"))
    form.activity.setCurrentIndex(form.activity.findData(activity))
    form.facts.setText("; ".join(f"{key.replace('__', '.')}={told}" for key, told in facts.items()))
    form.facts.returnPressed.emit()
    QApplication.processEvents()
    return part.dock.reply


def layers() -> list[Any]:
    return [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if layer.customProperty("zonerules/banned") is not None
    ]


def groups(part: Any) -> dict[str, list[str]]:
    """effect -> the zones listed under it."""
    tree, found = part.dock.list, {}
    for n in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(n)
        zones = [top.child(k).data(0, Qt.ItemDataRole.UserRole) for k in range(top.childCount())]
        found[top.data(0, Qt.ItemDataRole.UserRole + 1)] = [zone for zone in zones if zone]
    return found


def item_of(part: Any, zone: str) -> Any:
    tree = part.dock.list
    for n in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(n)
        for k in range(top.childCount()):
            if top.child(k).data(0, Qt.ItemDataRole.UserRole) == zone:
                return top.child(k)
    raise AssertionError(zone)


def shown_at(point: QgsPointXY) -> dict[tuple[str, str], str]:
    """(zone, part) -> effect of the features of the layer that hold a place."""
    [layer] = layers()
    spot = QgsGeometry.fromPointXY(point)
    return {
        (feature["zone"], feature["part"]): feature["effect"]
        for feature in layer.getFeatures()
        if feature.geometry().contains(spot)
    }


# -- what is asked and answered -------------------------------------------------------------------


def test_nothing_is_read_or_drawn_before_it_is_asked(window: Any, plugin: Any) -> None:
    dock = plugin._parts[BannedPart].dock
    assert not dock.isVisible()
    assert dock.form.activity.count() == 1  # the catalogue is not open
    assert dock.reply is None and layers() == []


def test_the_answer_is_that_of_python(part: Any, catalogue: Any) -> None:
    reply = ask(part, machine__stage="1")
    facts = {"machine.stage": "1"}
    assert reply.result == banned(
        catalogue.data, catalogue.book, MACHINE, day=DAY, alert=None, facts=facts
    )


def test_stage_one_machinery_is_under_prohibited_and_red_on_the_map(part: Any) -> None:
    ask(part, machine__stage="1")
    assert "gc-nrmm-ban" in groups(part)["prohibited"]
    assert shown_at(IN_BAN)[("gc-nrmm-ban", "core")] == "prohibited"
    [layer] = layers()
    labels = [rule.label() for rule in layer.renderer().rootRule().children()]
    assert labels[0] == "✖ prohibited"
    assert labels[-1] == tr("banned.edge", "en")


def test_without_the_stage_it_cannot_be_determined_and_the_form_asks_for_it(part: Any) -> None:
    ask(part)
    assert "gc-nrmm-ban" in groups(part)["cannot_determine"]
    assert shown_at(IN_BAN)[("gc-nrmm-ban", "core")] == "cannot_determine"
    assert part.dock.needs.isVisibleTo(part.dock)
    part.dock.questions.told.emit("machine.stage", "1")
    assert part.dock.form.facts.text() == "machine.stage=1"
    assert "gc-nrmm-ban" in groups(part)["prohibited"]
    part.dock.questions.told.emit("machine.stage", "")
    assert part.dock.form.facts.text() == ""
    assert "gc-nrmm-ban" in groups(part)["cannot_determine"]


def test_an_ended_plan_comes_first_and_one_click_goes_to_its_last_day(part: Any) -> None:
    ask(part, day="2026-01-01", machine__stage="1")
    dock = part.dock
    assert dock.notice.isVisibleTo(dock) and "ended" in dock.notice.text()
    buttons = [b for b in dock.ends.findChildren(QPushButton) if b.isVisibleTo(dock.ends)]
    [button] = [b for b in buttons if "98号" in b.text()]
    button.click()
    QApplication.processEvents()
    assert dock.reply.result["query"]["date"] == "2018-03-31"
    assert dock.reply.result["covering"]
    assert "gc-nrmm-ban" in groups(part)["prohibited"]


def test_every_zone_of_the_catalogue_is_in_the_list(part: Any, catalogue: Any) -> None:
    """Two zones that are one unit under one name are listed once."""
    ask(part)
    listed = [zone for zones in groups(part).values() for zone in zones]
    assert len(listed) == len(set(listed))
    missing = set(catalogue.data["zones"]) - set(listed)
    names = {zone: catalogue.data["zones"][zone]["name"]["zh"] for zone in listed}
    assert all(catalogue.data["zones"][z]["name"]["zh"] in names.values() for z in missing)
    assert len(missing) <= 1


def test_undrawn_zones_are_listed_with_what_they_lie_in(part: Any) -> None:
    ask(part, activity="clean-public-area")
    undrawn = part.dock.reply.result["undrawn"]
    assert undrawn
    for row in undrawn:
        item = item_of(part, row["id"])
        assert "not drawn" in item.text(0) and item.font(0).italic()
        assert row["id"] not in {feature["zone"] for feature in layers()[0].getFeatures()}


def test_words_for_who_does_not_see_colours(part: Any) -> None:
    ask(part, machine__stage="1")
    tree = part.dock.list
    for n in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(n)
        assert top.text(0)
        if top.data(0, Qt.ItemDataRole.UserRole + 1) != "unnamed":
            assert not top.icon(0).isNull()
    spoken = item_of(part, "gc-nrmm-ban").data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("prohibited: ")


def test_bad_facts_are_said_and_nothing_stale_stays_on_the_map(part: Any) -> None:
    ask(part, machine__stage="1")
    reply = ask(part, machine__stage="nine")
    assert reply is None
    assert "machine.stage" in part.dock.form.problem.text()
    assert part.dock.list.topLevelItemCount() == 0
    assert layers()[0].featureCount() == 0
    assert ask(part, machine__stage="1") is not None
    assert layers()[0].featureCount() > 0


def test_the_activity_is_found_by_typing(part: Any) -> None:
    form = part.dock.form
    completer = form.activity.completer()
    completer.setCompletionPrefix("road mobile")
    assert completer.completionCount() == 1
    form.activity.lineEdit().setText("nonsense")
    form.activity.lineEdit().editingFinished.emit()
    assert form.activity.currentText() == tr("banned.activity.none", "en")


# -- the layer ------------------------------------------------------------------------------------


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


# -- to the zone and to its articles --------------------------------------------------------------


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


# -- language and lifetime ------------------------------------------------------------------------


def test_the_language_changes_everything_at_once(part: Any, plugin: Any) -> None:
    ask(part, machine__stage="1")
    part.dock.form.set_language("zh")
    assert plugin.host.lang == "zh"
    assert part.dock.windowTitle() == "哪里禁止？"
    assert part.dock.list.topLevelItem(0).text(0).startswith("禁止 1")
    assert "哪里禁止" in layers()[0].name()
    assert layers()[0].renderer().rootRule().children()[0].label() == "✖ 禁止"
    assert part.dock.form.activity.currentData() == MACHINE  # what was asked stays
    plugin.host.set_language("en")
    assert part.dock.windowTitle() == "Where is it banned?"


def test_copied_text_tells_it_all(part: Any) -> None:
    ask(part, machine__stage="1")
    part.dock.copy.click()
    text = QApplication.clipboard().text()
    assert "Prohibited: 1" in text and "管政〔2017〕98号 21" in text


def test_unloading_leaves_neither_view_nor_layer(window: Any) -> None:
    QgsProject.instance().clear()
    plugin = zonerules.classFactory(window)
    plugin.initGui()
    part = plugin._parts[BannedPart]
    part.dock.load()
    ask(part, machine__stage="1")
    part.dock.opened.emit("gc-nrmm-ban")
    assert len(layers()) == 1
    plugin.unload()
    for _ in range(3):
        QApplication.sendPostedEvents(None, 52)
        QApplication.processEvents()
    assert layers() == []
    assert window.window.findChildren(QDialog, "ZoneRulesBannedArticles") == []
    assert window.window.findChildren(type(part.dock), "ZoneRulesBanned") == []


def test_shortcut_letters_of_the_view_differ() -> None:
    keys = ("activity", "date", "today", "periods", "alert", "facts", "language")
    keys += ("show", "articles", "copy")
    for lang in ("zh", "en"):
        texts = [tr(own if (own := f"banned.{key}") in TEXTS else key, lang) for key in keys]
        letters = [text[text.index("&") + 1].upper() for text in texts]
        assert len(set(letters)) == len(letters), letters
