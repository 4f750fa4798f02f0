"""What is missing is asked with typed widgets; the facts field holds what was told."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QLabel, QToolButton

from zonerules.plugin.asking import Asker
from zonerules.plugin.panel.dock import ZoneRulesDock
from zonerules.plugin.panel.questions import SHOWN
from zonerules.plugin.panel.widgets import Choice, Several, Typed
from zonerules.plugin.texts import tr

LON, LAT, DAY = 113.69, 34.735, "2017-11-20"
MACHINES = "operate-non-road-machinery"


@pytest.fixture
def dock(plugin: Any) -> Any:
    plugin.panel.dock.form.set_date(DAY)
    plugin.panel.dock.ask_at(LON, LAT)
    return plugin.panel.dock


def choose(widget: Choice, value: str) -> None:
    """Pick an entry as a person does, by its place in the list."""
    number = widget.findData(value)
    assert number >= 0, value
    widget.setCurrentIndex(number)
    widget.activated.emit(number)
    QApplication.processEvents()


def activity(dock: Any, name: str) -> None:
    dock.form.activity.setCurrentIndex(dock.form.activity.findData(name))


def test_the_first_questions_are_those_of_the_answer(dock: Any) -> None:
    asked = [question["key"] for question in dock.reply.answer["ask"][:SHOWN]]
    assert list(dock.questions.widgets) == asked and len(asked) == 5
    assert "(5)" in dock.tabs.tabText(0)
    for widget in dock.questions.widgets.values():
        assert widget.accessibleName()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_said_before_any_question_is_in_the_users_language(lang: str) -> None:
    panel = ZoneRulesDock(Asker(), lang)  # as QGIS starts: no catalogue was opened yet
    said = [label.text() for label in panel.questions.findChildren(QLabel)]
    assert tr("ask.begin", lang) in said
    panel.deleteLater()


def test_every_widget_says_unknown_at_first_and_asks_nothing(dock: Any) -> None:
    for widget in dock.questions.widgets.values():
        if isinstance(widget, Choice):
            assert widget.currentText() == "unknown" and widget.currentData() == ""
        elif isinstance(widget, Several):
            assert widget.text() == "unknown" and widget.ticked() == []
        else:
            assert widget.line.text() == ""
    assert dock.reply.answer["query"]["facts"] == {}


def test_answers_update_the_answer_at_once(dock: Any, catalogue: Any) -> None:
    activity(dock, MACHINES)
    choose(dock.questions.widgets["machine.stage"], "1")
    assert dock.form.facts.text() == "machine.stage=1"
    same = catalogue.at(LON, LAT, date=DAY, activity=MACHINES, facts={"machine.stage": 1})
    assert dock.reply.answer == same
    assert "machine.stage" not in dock.questions.widgets
    assert "machine.stage" in dock.questions.chips
    dock.questions.chips["machine.stage"].click()
    assert dock.form.facts.text() == ""
    assert dock.reply.answer == catalogue.at(LON, LAT, date=DAY, activity=MACHINES)
    assert dock.questions.chips == {}


def test_yes_no_and_unknown_are_three_things(dock: Any, catalogue: Any) -> None:
    activity(dock, MACHINES)
    key = "machine.black_smoke"
    labels = [dock.questions.widgets[key].itemText(n) for n in range(3)]
    assert labels == ["unknown", "yes", "no"]
    outcomes = []
    for value in ("true", "false"):
        choose(dock.questions.widgets[key], value)
        outcomes.append(dock.reply.answer["query"]["facts"])
        dock.questions.chips[key].click()
    assert outcomes == [{key: True}, {key: False}]
    assert dock.reply.answer == catalogue.at(LON, LAT, date=DAY, activity=MACHINES)


def test_several_values_are_told_together(window: Any, dock: Any) -> None:
    several = dock.questions.widgets["fuel.kind"]
    assert isinstance(several, Several)
    menu = several.menu()
    menu.aboutToShow.emit()
    for action in menu.actions():
        if action.data() in ("briquette", "loose_coal"):
            action.trigger()
    assert dock.reply.answer["query"]["facts"] == {}  # not before the list is closed
    menu.aboutToHide.emit()
    assert dock.reply.answer["query"]["facts"] == {"fuel.kind": ["briquette", "loose_coal"]}
    assert "fuel.kind" in dock.questions.chips


def test_numbers_with_their_unit_and_what_is_wrong_with_them(dock: Any, catalogue: Any) -> None:
    activity(dock, "operate-boiler")
    dock.tell("boiler.fuel", "coal")
    key = "boiler.capacity_tph"
    assert key in dock.questions.widgets, list(dock.questions.widgets)
    typed = dock.questions.widgets[key]
    assert isinstance(typed, Typed) and typed._unit.text() == "t/h"
    before = dock.reply.answer
    typed.line.setText("ten")
    typed.line.editingFinished.emit()
    problem = dock.questions.problems[key]
    assert not problem.isHidden() and "ten" in problem.text() and "--fact" not in problem.text()
    assert dock.reply.answer == before  # bad input changes nothing
    typed.line.setText("7 MW")
    typed.line.editingFinished.emit()
    assert dock.reply.answer["query"]["facts"][key] == 10  # 0.7 MW = 1 t/h
    assert "boiler.fuel=coal" in dock.form.facts.text()


def test_a_zone_is_asserted_in_plain_words(dock: Any, catalogue: Any) -> None:
    asking = (name for name in catalogue.book.activities if first_zone(dock, name))
    key = first_zone(dock, next(asking))
    widget = dock.questions.widgets[key]
    assert [widget.itemText(n) for n in range(3)] == [
        "unknown",
        "I know this place is inside",
        "I know this place is outside",
    ]
    choose(widget, "outside")
    rows = {zone["id"]: zone for zone in dock.reply.answer["zones"]}
    assert dock.reply.answer["query"]["facts"] == {key: "outside"}
    assert key.partition(".")[2] not in rows


def first_zone(dock: Any, name: str) -> str:
    """Return the first zone that is asked about for an activity, or an empty text."""
    activity(dock, name)
    assert dock.reply is not None, dock.view.toPlainText()
    shown = dock.reply.answer["ask"][:SHOWN]
    return next((row["key"] for row in shown if row["key"].startswith("zone.")), "")


def test_an_ended_plan_is_asked_about(dock: Any) -> None:
    dock.form.set_date("2018-06-01")
    key = "force.guanzheng-2017-98"
    widget = dock.questions.widgets[key]
    assert [widget.itemText(n) for n in range(3)][1:] == [
        "in force that day",
        "not in force that day",
    ]
    open_before = sum(r["outcome"] == "cannot_determine" for r in dock.reply.answer["rules"])
    choose(widget, "in")
    open_after = sum(r["outcome"] == "cannot_determine" for r in dock.reply.answer["rules"])
    assert open_after < open_before


def test_what_a_rule_leaves_open_is_asked_in_its_own_words(dock: Any, catalogue: Any) -> None:
    activity(dock, MACHINES)
    [key] = [row["key"] for row in dock.reply.answer["ask"] if row["key"].startswith("rule.")]
    rule = catalogue.book.by_id[key.partition(".")[2]]
    texts = [
        label.text() for label in dock.questions.findChildren(type(dock.questions.problems[key]))
    ]
    assert (rule.get("open") or rule["summary"])["en"] in texts


def test_the_alert_goes_to_its_own_field(dock: Any) -> None:
    dock.tell("alert", "orange")
    assert dock.form.alert.currentData() == "orange" and dock.form.facts.text() == ""
    assert dock.reply.answer["query"]["alert"] == "orange"
    dock.tell("alert", "")
    assert dock.reply.answer["query"]["alert"] == "unknown"


def test_typed_facts_are_chips_too_and_bad_ones_stay_to_be_mended(dock: Any) -> None:
    dock.form.facts.setText("boiler.fuel=coal; machine.stage=9")
    dock.form.facts.returnPressed.emit()
    assert dock.reply is None and list(dock.questions.chips) == ["boiler.fuel", "machine.stage"]
    dock.questions.chips["machine.stage"].click()
    assert dock.reply.answer["query"]["facts"] == {"boiler.fuel": "coal"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_question_of_every_activity_has_words(dock: Any, catalogue: Any, lang: str) -> None:
    dock.form.set_language(lang)
    for name in [None, *list(catalogue.book.activities)[::4]]:
        for day in (DAY, "2018-06-01"):
            dock.form.set_date(day)
            activity(dock, name)
            for key, widget in dock.questions.widgets.items():
                assert widget.accessibleName(), key
                if isinstance(widget, Choice):
                    texts = [widget.itemText(n) for n in range(widget.count())]
                    assert all(texts) and len(set(texts)) == len(texts), (key, texts)
                if lang == "zh" and isinstance(widget, Choice):
                    assert widget.itemText(0) == "不知道"


def test_the_keyboard_reaches_chips_and_widgets(window: Any, dock: Any) -> None:
    window.window.show()
    dock.setUserVisible(True)
    dock.tell("boiler.fuel", "coal")
    QApplication.processEvents()
    wanted = [*dock.questions.chips.values(), *dock.questions.widgets.values()]
    tabbed = Qt.FocusPolicy.TabFocus
    focusable = [getattr(w, "line", w) for w in wanted]
    assert all(widget.focusPolicy() & tabbed for widget in focusable)
    reached, widget = [dock.view], dock.view.nextInFocusChain()
    while widget is not dock.view:
        reached.append(widget)
        widget = widget.nextInFocusChain()
    order = [reached.index(widget) for widget in focusable]
    assert order == sorted(order)  # from top to bottom
    bar, last = reached.index(dock.tabs.tabBar()), reached.index(dock.copy)
    assert bar < order[0] and order[-1] < last  # between their tab and the buttons below


def test_the_space_bar_ticks_without_closing(window: Any, dock: Any) -> None:
    window.window.show()
    dock.setUserVisible(True)
    several = dock.questions.widgets["fuel.kind"]
    menu = several.menu()
    menu.popup(several.mapToGlobal(several.rect().topLeft()))
    menu.setActiveAction(menu.actions()[1])
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible() and several.ticked() == [menu.actions()[1].data()]
    menu.close()
    assert isinstance(several, QToolButton)
    told = dock.reply.answer["query"]["facts"]["fuel.kind"]
    assert told == [menu.actions()[1].data()] if several else True
