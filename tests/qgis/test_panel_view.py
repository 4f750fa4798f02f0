"""The answer as a page of links: readable in any theme, no link leads further than it says."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import QDate, QUrl
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QApplication

from zonerules.plugin.asking import palette
from zonerules.plugin.panel.colours import Inks, contrast, legible, luminance, mix
from zonerules.plugin.texts import TEXTS
from zonerules.plugin.texts import panel as panel_texts

LON, LAT, DAY = 113.69, 34.735, "2017-11-20"
MACHINES = "operate-non-road-machinery"
# paper and ink: white, QGIS's Night Mapping, Blend of Gray, black, sepia, a theme gone wrong
THEMES = {
    "white": ("#ffffff", "#000000"),
    "night": ("#232323", "#b1b1b1"),
    "gray": ("#808080", "#e6e6e6"),
    "black": ("#000000", "#ffffff"),
    "sepia": ("#f4ecd8", "#5b4636"),
    "unreadable": ("#555555", "#565656"),
}


@pytest.fixture
def dock(plugin: Any) -> Any:
    plugin.panel.dock.form.set_date(DAY)
    plugin.panel.dock.ask_at(LON, LAT)
    return plugin.panel.dock


def links(dock: Any) -> list[str]:
    return list(dock.view._refs)


def press(dock: Any, ref: str) -> None:
    """Follow a link as a click does, by the address that stands in the page."""
    dock.view.anchorClicked.emit(QUrl(f"link:{links(dock).index(ref)}"))


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # WCAG's own example
    assert luminance("#ff0000") == pytest.approx(0.2126)
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_of_the_page_can_be_read_on_it(theme: str) -> None:
    inks = Inks(*THEMES[theme])
    for colour in (inks.ink, inks.faint, inks.link):
        assert contrast(colour, inks.paper) >= 4.5, (theme, colour)
    for name, look in palette()["outcome"].items():
        for paper in (inks.paper, inks.tint(look)):
            assert contrast(inks.mark(look, paper), paper) >= 4.5, (theme, name)
            for colour in inks.on(paper):
                assert contrast(colour, paper) >= 4.5, (theme, name, colour)
    assert contrast(legible("#123456", inks.paper), inks.paper) >= 4.5


@pytest.mark.parametrize("theme", ["white", "night"])
def test_the_page_follows_the_theme(dock: Any, theme: str) -> None:
    paper, ink = THEMES[theme]
    colours = dock.view.palette()
    colours.setColor(QPalette.ColorRole.Base, QColor(paper))
    colours.setColor(QPalette.ColorRole.Text, QColor(ink))
    dock.view.setPalette(colours)
    QApplication.processEvents()
    assert dock.view.inks.paper == paper
    page = dock.view.document()
    block, seen = page.begin(), 0
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            style = fragments.fragment().charFormat()
            text = fragments.fragment().text().strip()
            if text and not fragments.fragment().charFormat().isAnchor():
                seen += 1
                assert contrast(style.foreground().color().name(), paper) >= 4.4, text
            fragments += 1
        block = block.next()
    assert seen > 20
    dock.view.setPalette(QPalette())


def test_verdicts_come_first_then_zones_then_rules(dock: Any) -> None:
    kinds = [block["kind"] for block in dock.reply.blocks]
    assert kinds[:4] == ["head", "overview", "place", "sure"]
    dock.form.activity.setCurrentIndex(dock.form.activity.findData(MACHINES))
    kinds = [block["kind"] for block in dock.reply.blocks]
    assert kinds[:4] == ["head", "verdict", "place", "rules"]


def test_the_overview_has_every_verdict_once(dock: Any) -> None:
    [overview] = [block for block in dock.reply.blocks if block["kind"] == "overview"]
    named = [
        part["ref"].partition(":")[2]
        for line in overview["lines"]
        for part in line["parts"]
        if part["ref"]
    ]
    assert sorted(named) == sorted(row["activity"] for row in dock.reply.answer["verdicts"])
    tones = {
        part["ref"].partition(":")[2]: line["tone"]
        for line in overview["lines"]
        for part in line["parts"]
        if part["ref"]
    }
    assert tones == {row["activity"]: row["verdict"] for row in dock.reply.answer["verdicts"]}


def test_zones_have_distance_and_accuracy_rules_their_authority(dock: Any, catalogue: Any) -> None:
    shown = dock.view.toPlainText()
    figures = [edge["accuracy_m"] for edge in catalogue.data["zones"]["gc-nrmm-ban"]["edges"]]
    assert f"±{min(figures)}–{max(figures)} m" in shown and "2.2 km from its boundary" in shown
    dock.form.activity.setCurrentIndex(dock.form.activity.findData(MACHINES))
    dock.tell("machine.stage", "1")
    shown = dock.view.toPlainText()
    offices = catalogue.data["documents"]["guanzheng-2017-98"]["offices"]
    roles = catalogue.book.by_id["GC-58"]["authorities"]
    for role, codes in roles.items():
        assert f"{role}: {offices[codes[0]]['en']}" in shown


def test_parts_are_the_text(dock: Any) -> None:
    for block in dock.reply.blocks:
        for line in block["lines"]:
            if "parts" in line:
                assert "".join(part["text"] for part in line["parts"]) == line["text"]


def test_an_activity_in_the_answer_can_be_chosen(dock: Any, catalogue: Any) -> None:
    press(dock, f"activity:{MACHINES}")
    assert dock.reply.answer == catalogue.at(LON, LAT, date=DAY, activity=MACHINES)


def test_when_all_plans_have_ended_that_comes_first_with_a_way_back(dock: Any) -> None:
    dock.form.today.click()
    first = dock.view.toPlainText().splitlines()[:3]
    assert "ended on 2021-12-31" in " ".join(first)
    assert [ref for ref in links(dock)][:2] == ["date:2021-12-31", "date:2018-03-31"]
    press(dock, "date:2018-03-31")
    assert dock.form.date.date() == QDate(2018, 3, 31)
    assert dock.reply.answer["coverage"]["documents"] == ["guanzheng-2017-98"]


def test_the_next_change_can_be_followed(dock: Any) -> None:
    day = dock.reply.answer["next_change"]
    press(dock, f"date:{day}")
    assert dock.reply.answer["query"]["date"] == day


def test_unknown_addresses_lead_nowhere(dock: Any) -> None:
    followed: list[str] = []
    dock.view.followed.connect(followed.append)
    for url in ("link:99999", "link:-1", "link:x", "file:///etc/passwd", "javascript:alert(1)"):
        dock.view.anchorClicked.emit(QUrl(url))
    assert followed == []


def test_shortcut_letters_of_the_panel_differ() -> None:
    dialog = {"object.save", "object.cancel"}  # a window of its own
    for number in (0, 1):
        letters: dict[str, str] = {}
        for key, pair in panel_texts.TEXTS.items():
            text = pair[number].replace("&&", "")
            if "&" in text and key not in dialog:
                letter = text[text.index("&") + 1].upper()
                assert letter not in letters, (key, letters[letter])
                letters[letter] = key
        assert len(letters) >= 12
    assert panel_texts.TEXTS.items() <= TEXTS.items()


def test_everything_has_a_name_for_a_screen_reader(dock: Any) -> None:
    named = [dock.view, dock.timeline, *(widget for widget, _ in dock.form.inputs())]
    assert all(widget.accessibleName() for widget in named)
    for button in (dock.copy, dock.details, dock.zones, dock.more, dock.form.today, dock.form.last):
        assert button.text()


def test_the_calendar_shows_what_is_covered_here(dock: Any) -> None:
    calendar = dock.form.calendar
    covered, free = QDate(2018, 3, 31), QDate(2018, 4, 1)  # the district's plan and the day after
    assert calendar.covers(covered) and not calendar.covers(free)
    marked, plain = calendar.dateTextFormat(covered), calendar.dateTextFormat(free)
    assert marked.fontWeight() > plain.fontWeight()
    assert marked.background().color() != plain.background().color()
    assert not calendar.covers(QDate(2022, 6, 1))  # only another district's plan covers that
    assert calendar.legend.text() and not calendar.legend.isHidden()
    dock.ask_at(113.25, 35.22)  # that other district
    assert not calendar.covers(covered)
