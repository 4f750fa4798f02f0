"""What the dock shows is what Python and the command line say about the same place and day."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from typing import Any

import pytest
from qgis.PyQt.QtCore import QDate, Qt, QUrl
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from zonerules.jobs.linked import linked
from zonerules.plugin.asking import palette

LON, LAT = 113.69, 34.735
DAY = "2017-11-20"
# the same place by the textbook formulas: spherical Mercator, Krüger's series on CGCS2000
PLACES = {
    "EPSG:4326": (LON, LAT, 2e-5),
    "EPSG:3857": (12655912.9083, 4127926.7631, 2.0),
    "EPSG:4547": (471609.6860, 3845238.0528, 2.0),
}


@pytest.fixture
def dock(plugin: Any) -> Any:
    plugin.panel.dock.form.set_date(DAY)
    return plugin.panel.dock


def command_line(*arguments: str) -> str:
    command = [sys.executable, "-m", "zonerules", "at", *arguments]
    wide = {**os.environ, "COLUMNS": "100000"}  # a terminal on which no line is cut
    done = subprocess.run(command, env=wide, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("crs", PLACES)
def test_a_click_gives_the_answer_of_that_place(
    window: Any, plugin: Any, dock: Any, catalogue: Any, crs: str
) -> None:
    x, y, half = PLACES[crs]
    window.look_at(crs, x, y, half)
    window.toolbar.actions()[0].trigger()
    window.click(x, y)
    query = dock.reply.answer["query"]
    metres = 111_320 * math.hypot(
        (query["lon"] - LON) * math.cos(math.radians(LAT)), query["lat"] - LAT
    )
    assert metres < 0.2  # a pixel is 5 mm here; six decimals are 0.1 m
    assert dock.reply.answer == catalogue.at(query["lon"], query["lat"], date=DAY)
    assert dock.form.place.text() == f"{query['lon']:.6f}, {query['lat']:.6f}"
    ring = plugin.panel.marker.point()
    assert math.hypot(ring.x() - x, ring.y() - y) < half


@pytest.mark.parametrize(
    ("lang", "activity"), [("zh", None), ("en", None), ("zh", "earthwork"), ("en", "earthwork")]
)
def test_the_dock_says_what_the_command_line_says(
    dock: Any, lang: str, activity: str | None
) -> None:
    dock.form.language.setCurrentIndex(dock.form.language.findData(lang))
    dock.ask_at(LON, LAT)
    dock.form.activity.setCurrentIndex(dock.form.activity.findData(activity))
    place = [str(LON), str(LAT), "--date", DAY, "--lang", lang]
    place += ["--activity", activity] if activity else []
    assert json.loads(command_line(*place, "--json")) == dock.reply.answer
    dock.copy.click()
    assert QApplication.clipboard().text().strip() == command_line(*place).strip()


def test_the_shown_text_holds_the_zone_the_verdict_and_the_article(dock: Any) -> None:
    dock.ask_at(LON, LAT)
    shown = dock.view.toPlainText()
    assert "inside" in shown
    assert "管政〔2017〕98号" in shown


def test_every_block_is_shown(dock: Any, catalogue: Any) -> None:
    dock.ask_at(LON, LAT)
    dock.details.click()
    answer = catalogue.at(LON, LAT, date=DAY)
    kinds = {name: look["label"]["en"] for name, look in palette()["sources"].items()}
    blocks = linked(answer, catalogue.book, "en", kinds)
    lines = [line for block in blocks for line in block["lines"]]
    said = [block["title"] for block in blocks]
    said += [part for line in lines for part in (line["text"], line["cite"], *line["detail"])]
    shown = squeeze(dock.view.toPlainText())
    assert len(said) > 100
    assert [text for text in said if squeeze(text) not in shown] == []


def squeeze(text: str) -> str:
    """Return ``text`` without white space, which a page breaks as it likes."""
    return "".join(text.split())


def test_details_open_line_by_line_and_all_at_once(dock: Any) -> None:
    dock.ask_at(LON, LAT)
    blocks = dock.reply.blocks
    [number] = [n for n, block in enumerate(blocks) if block["kind"] == "folded"]
    hidden = blocks[number]["lines"][0]["detail"][0]  # the first duty of government
    assert hidden not in dock.view.toPlainText()
    arrow = QUrl(f"fold:{number}-0")
    dock.view.anchorClicked.emit(arrow)
    assert hidden in dock.view.toPlainText()
    dock.view.anchorClicked.emit(arrow)
    assert hidden not in dock.view.toPlainText()
    dock.details.click()
    assert hidden in dock.view.toPlainText()
    dock.form.date.setDate(QDate(2017, 11, 21))  # details stay as they were chosen
    assert hidden in dock.view.toPlainText()
    dock.details.click()
    assert hidden not in dock.view.toPlainText()


def test_a_verdict_has_colour_icon_words_and_article(dock: Any) -> None:
    form = dock.form
    dock.ask_at(LON, LAT)
    form.activity.setCurrentIndex(form.activity.findData("operate-non-road-machinery"))
    form.facts.setText("machine.stage=1")
    form.facts.returnPressed.emit()
    red = palette()["outcome"]["prohibited"]
    page = dock.view.toHtml()
    assert red["colour"] in page and red["tint"] in page
    lines = dock.view.toPlainText().splitlines()
    assert "Use non-road mobile machinery: prohibited" in lines
    assert red["mark"] in lines
    [rule] = [line for line in lines if line.startswith("GC-58 ")]
    assert rule.split("[")[1].startswith("管政〔2017〕98号 21]")  # clause 21 bans the machines
    assert any("2017-06-01" in line for line in lines)  # since when, among the reasons


def test_another_day_asks_again(dock: Any, catalogue: Any) -> None:
    dock.ask_at(LON, LAT)
    before = dock.reply.answer
    dock.form.date.setDate(QDate(2017, 6, 1))
    assert dock.reply.answer["query"]["date"] == "2017-06-01"
    assert dock.reply.answer == catalogue.at(LON, LAT, date="2017-06-01") != before


def test_today_is_assumed_like_on_the_command_line(dock: Any, catalogue: Any) -> None:
    dock.ask_at(LON, LAT)
    dock.form.today.click()
    assert dock.reply.answer == catalogue.at(LON, LAT)
    assert "date" in dock.reply.answer["query"]["assumed"]


def test_last_covered_day(dock: Any, catalogue: Any) -> None:
    dock.form.today.click()
    dock.ask_at(LON, LAT)
    dock.form.last.click()
    # the end of the city's list of 2020, the latest plan for here
    assert dock.form.date.date().toString("yyyy-MM-dd") == "2021-12-31"
    assert dock.reply.answer == catalogue.at(LON, LAT, date="2021-12-31")


def test_last_covered_day_before_any_click(dock: Any) -> None:
    dock.load()
    assert dock.reply is None
    dock.form.last.click()
    assert dock.form.date.date() == QDate(2022, 12, 31)  # the last day of any plan
    assert dock.reply is None


def test_activity_alert_accuracy_and_facts_are_asked(dock: Any, catalogue: Any) -> None:
    dock.ask_at(LON, LAT)
    form = dock.form
    form.activity.setCurrentIndex(form.activity.findData("operate-non-road-machinery"))
    form.alert.setCurrentIndex(form.alert.findData("none"))
    form.accuracy.setValue(30)
    form.facts.setText("machine.stage=1；zone.gc-nrmm-ban = inside ")
    form.facts.returnPressed.emit()
    assert dock.reply.answer == catalogue.at(
        LON,
        LAT,
        date=DAY,
        activity="operate-non-road-machinery",
        alert="none",
        accuracy_m=30,
        facts={"machine.stage": "1", "zone.gc-nrmm-ban": "inside"},
    )
    [verdict] = dock.reply.answer["verdicts"]
    assert verdict["verdict"] == "prohibited"  # clause 21: stage I machinery, inside the ban


def test_all_activities_can_be_chosen(dock: Any, catalogue: Any) -> None:
    dock.ask_at(LON, LAT)
    listed = [dock.form.activity.itemData(n) for n in range(dock.form.activity.count())]
    assert listed == [None, *catalogue.data["vocabulary"]["activities"]]


def test_an_activity_can_be_typed(dock: Any) -> None:
    dock.ask_at(LON, LAT)
    combo = dock.form.activity
    label = combo.itemText(3)
    combo.setEditText(label.upper())
    combo.lineEdit().editingFinished.emit()
    assert combo.currentIndex() == 3
    combo.setEditText("no such thing")
    combo.lineEdit().editingFinished.emit()
    assert (combo.currentIndex(), combo.currentText()) == (3, label)


def test_changing_the_language_keeps_the_question(dock: Any) -> None:
    dock.ask_at(LON, LAT)
    form = dock.form
    form.activity.setCurrentIndex(form.activity.findData("earthwork"))
    form.alert.setCurrentIndex(form.alert.findData("orange"))
    answer = dock.reply.answer
    form.language.setCurrentIndex(form.language.findData("zh"))
    assert dock.reply.answer == answer
    assert form.activity.currentText() == "土石方作业"
    assert form.alert.currentText() == "橙色"
    assert "您" in dock.view.toPlainText() or "区" in dock.view.toPlainText()


def test_a_place_can_be_typed_without_a_mouse(window: Any, plugin: Any, dock: Any) -> None:
    window.look_at("EPSG:3857", 0, 0, 1000)
    dock.form.place.setText("113.69，34.735")
    QTest.keyClick(dock.form.place, Qt.Key.Key_Return)
    query = dock.reply.answer["query"]
    assert (query["lon"], query["lat"]) == (LON, LAT)
    assert window.canvas.extent().contains(plugin.panel.marker.point())  # the map went there


def test_tab_reaches_every_input(window: Any, dock: Any) -> None:
    window.window.show()
    dock.load()
    dock.setUserVisible(True)
    form = dock.form
    wanted = [form.place, form.accuracy, form.date, form.today, form.last, form.activity]
    wanted += [form.alert, form.language, form.facts, dock.view, dock.copy, dock.details]
    dock.ask_at(LON, LAT)  # copy and details are disabled before
    reached, widget = [], form.place
    for _ in range(60):
        reached.append(widget)
        widget = widget.nextInFocusChain()
    order = [widget for widget in reached if widget in wanted]
    assert [w for n, w in enumerate(order) if w not in order[:n]] == wanted
    assert all(widget.focusPolicy() & Qt.FocusPolicy.TabFocus for widget in wanted)
