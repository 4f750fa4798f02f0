"""The timeline picture shows what ``jobs.timeline`` says, and leads to a day or an activity."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from zonerules.jobs.timeline import timeline
from zonerules.plugin.asking import palette
from zonerules.plugin.panel.lanes import Bar, Lane, as_text
from zonerules.plugin.panel.timeline import TimelineView

LON, LAT, DAY = 113.69, 34.735, "2017-11-20"
MACHINES = "operate-non-road-machinery"


@pytest.fixture
def dock(window: Any, plugin: Any) -> Any:
    window.window.show()
    dock = plugin.panel.dock
    dock.setUserVisible(True)
    window.window.resizeDocks([dock], [520], Qt.Orientation.Horizontal)
    dock.form.set_date(DAY)
    dock.ask_at(LON, LAT)
    dock.tabs.setCurrentIndex(1)
    settle()
    return dock


def settle() -> None:
    for _ in range(3):
        QTest.qWait(5)
        QApplication.processEvents()


def activity(dock: Any, name: str | None) -> None:
    dock.form.activity.setCurrentIndex(dock.form.activity.findData(name))
    settle()


def test_each_activity_has_a_lane_with_its_verdicts(dock: Any, catalogue: Any) -> None:
    told = timeline(catalogue, dock.reply.answer)
    rows = {f"activity:{row['activity']}": row["intervals"] for row in told["verdicts"]}
    shown = {lane.ref: lane.bars for lane in dock.timeline.lanes}
    assert dock.timeline.range == (told["from"], told["until"]) and dock.timeline.day == DAY
    for ref, bars in shown.items():
        found = [(bar.first, bar.last, bar.tone) for bar in bars]
        assert found == [(part["from"], part["until"], part["verdict"]) for part in rows[ref]]
    empty = ("no_data", "not_concerned")
    left_out = set(rows) - set(shown)
    assert all(part["verdict"] in empty for ref in left_out for part in rows[ref])


def test_one_activity_shows_its_rules(dock: Any, catalogue: Any) -> None:
    activity(dock, MACHINES)
    dock.tell("machine.stage", "1")
    settle()
    refs = [lane.ref for lane in dock.timeline.lanes]
    assert refs[0] == f"activity:{MACHINES}" and "rule:GC-58" in refs
    [lane] = [lane for lane in dock.timeline.lanes if lane.ref == "rule:GC-58"]
    assert "管政〔2017〕98号" in lane.tip
    [bar] = [bar for bar in lane.bars if bar.first <= DAY <= bar.last]
    assert (bar.tone, bar.words) == ("prohibited", "applies")


def test_a_click_chooses_the_day_under_the_pointer(dock: Any) -> None:
    view = dock.timeline
    spot = QPoint(round(view.x_of("2020-08-15")) + 1, view._head() + 4)
    wanted = view.day_at(spot.x())
    assert abs(int(wanted[5:7]) - 8) <= 1 and wanted[:4] == "2020"
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(view.viewport(), left, plain, spot)
    settle()
    assert dock.reply.answer["query"]["date"] == wanted == view.day


def test_a_click_on_a_name_chooses_the_activity(dock: Any) -> None:
    view = dock.timeline
    ref = view.lanes[0].ref
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(view.viewport(), left, plain, QPoint(12, view._head() + 4))
    settle()
    assert f"activity:{dock.reply.answer['query']['activity']}" == ref


def test_arrow_keys_go_from_change_to_change(dock: Any) -> None:
    view = dock.timeline
    starts = sorted({bar.first for lane in view.lanes for bar in lane.bars})
    QTest.keyClick(view, Qt.Key.Key_Right)
    settle()
    assert dock.reply.answer["query"]["date"] == next(day for day in starts if day > DAY)
    QTest.keyClick(view, Qt.Key.Key_Left)
    settle()
    assert dock.reply.answer["query"]["date"] < next(day for day in starts if day > DAY)


def test_hovering_says_lane_days_and_verdict(dock: Any) -> None:
    view = dock.timeline
    lane = view.lanes[0]
    bar = next(bar for bar in lane.bars if bar.first <= DAY <= bar.last)
    words = view.words_at(view.x_of(DAY) + 1, view._head() + 4)
    assert words.splitlines()[1:] == [f"{bar.first} – {bar.last}", bar.words]
    above = view.words_at(view.x_of(DAY) + 1, 3)
    assert "管政〔2017〕98号: 2017-06-01 – 2018-03-31" in above


def test_the_picture_is_described_in_words(dock: Any) -> None:
    described = dock.timeline.accessibleDescription()
    for lane in dock.timeline.lanes:
        assert lane.name in described
    assert described == as_text(dock.timeline.lanes, "en")
    dock.form.set_language("zh")
    settle()
    assert "房屋拆迁、拆除" in dock.timeline.accessibleDescription()
    assert dock.timeline.accessibleName() == "此地规则的时间轴"


def test_without_an_answer_it_says_so(dock: Any) -> None:
    dock.form.facts.setText("nonsense")
    dock.form.facts.returnPressed.emit()
    settle()
    assert dock.timeline.lanes == [] and dock.timeline.accessibleDescription()
    dock.form.facts.clear()
    dock.ask_at(10.0, 50.0)
    settle()
    assert dock.timeline.lanes == []
    assert "No rule" in dock.timeline.accessibleDescription()


def test_nothing_is_computed_while_nobody_looks(dock: Any, monkeypatch: Any) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "zonerules.plugin.panel.dock.draw_years", lambda *args: asked.append("drawn")
    )
    dock.tabs.setCurrentIndex(0)
    for step in range(5):
        dock.ask_at(LON + step / 1000, LAT)
    settle()
    assert asked == []
    dock.tabs.setCurrentIndex(1)
    for step in range(5):
        dock.ask_at(LON + step / 1000, LAT)
    settle()
    assert asked == ["drawn"]  # once, after the last of the quick clicks


def colours_in(view: TimelineView, first: str, last: str, lane: int) -> set[str]:
    """The colours painted within a lane between two days."""
    picture = view.viewport().grab().toImage()
    top = view._head() + lane * view._row() + 3
    columns = range(round(view.x_of(first)) + 3, round(view.x_of(last)) - 3)
    rows = range(top + 1, top + view._row() - 8)
    return {picture.pixelColor(x, y).name() for x in columns for y in rows}


@pytest.mark.parametrize(("paper", "ink"), [("#ffffff", "#000000"), ("#232323", "#b1b1b1")])
def test_unknown_is_hatched_certain_is_not(qgis_app: Any, paper: str, ink: str) -> None:
    view = TimelineView(palette()["outcome"])
    colours = view.palette()
    colours.setColor(QPalette.ColorRole.Base, QColor(paper))
    colours.setColor(QPalette.ColorRole.Text, QColor(ink))
    view.setPalette(colours)
    view.resize(600, 200)
    bars = (
        Bar("2017-01-01", "2017-12-31", "prohibited", "p"),
        Bar("2018-01-01", "2018-12-31", "cannot_determine", "u"),
        Bar("2019-01-01", "2019-12-31", "no_data", "n"),
    )
    lanes = [Lane("a", "activity:a", bars)]
    view.show_lanes(lanes, [], ("2017-01-01", "2019-12-31"), "2019-06-01", "en")
    view.show()
    QApplication.processEvents()
    certain = colours_in(view, "2017-01-01", "2017-05-01", 0)
    unknown = colours_in(view, "2018-02-01", "2018-11-01", 0)
    nothing = colours_in(view, "2019-07-01", "2019-11-01", 0)
    assert len(certain) == 1 and paper not in certain
    assert len(unknown) > 1 and not certain & unknown
    assert paper in nothing and not nothing & certain
    view.close()
