"""The view of effects: what is asked and answered, its words and its end."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProject,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QApplication, QDialog, QPushButton

import zonerules
from zonerules.jobs.banned.ask import banned
from zonerules.plugin.maplayers.banned import BannedPart
from zonerules.plugin.texts import TEXTS, tr
from zonerules.tests.qgis.banning import (
    DAY,
    IN_BAN,
    MACHINE,
    ask,
    groups,
    item_of,
    layers,
    part,
    shown_at,
)

__all__ = ["part"]  # fixtures


# -- what is asked and answered --------------------------------------------------------------------


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


def test_a_question_answered_beside_facts_of_bad_form_is_told_there(part: Any) -> None:
    ask(part)
    part.dock.form.facts.setText("machine.stage")  # typed, not finished
    part.dock.questions.told.emit("machine.stage", "1")
    assert "machine.stage" in part.dock.form.problem.text()
    assert part.dock.form.facts.text() == "machine.stage"


def test_the_activity_is_found_by_typing(part: Any) -> None:
    form = part.dock.form
    completer = form.activity.completer()
    completer.setCompletionPrefix("road mobile")
    assert completer.completionCount() == 1
    form.activity.lineEdit().setText("nonsense")
    form.activity.lineEdit().editingFinished.emit()
    assert form.activity.currentText() == tr("banned.activity.none", "en")


# -- language and lifetime -------------------------------------------------------------------------


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
