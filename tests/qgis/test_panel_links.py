"""A question as a command for a colleague, articles at their page, objections in two files."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from zonerules.plugin.asking import Question, Refusal
from zonerules.plugin.panel import articles, links
from zonerules.plugin.panel.objecting import ObjectionDialog, folder

if TYPE_CHECKING:
    from pathlib import Path

LON, LAT, DAY = 113.69, 34.735, "2017-11-20"
DOCUMENT = {"id": "doc-1", "number": "号〔2017〕1", "title": {"zh": "一", "en": "one"}}


@pytest.fixture
def dock(plugin: Any) -> Any:
    plugin.panel.dock.form.set_date(DAY)
    plugin.panel.dock.ask_at(LON, LAT)
    return plugin.panel.dock


def copied(dock: Any) -> str:
    dock.more.link.trigger()
    return str(QApplication.clipboard().text())


def test_the_command_gives_the_same_answer_in_a_terminal(dock: Any) -> None:
    form = dock.form
    form.activity.setCurrentIndex(form.activity.findData("operate-boiler"))
    form.accuracy.setValue(25)
    form.alert.setCurrentIndex(form.alert.findData("orange"))
    form.facts.setText("boiler.fuel=煤; fuel.kind=loose_coal,briquette; boiler.capacity_tph=0.7 MW")
    form.facts.returnPressed.emit()
    words = shlex.split(copied(dock))
    assert words[:2] == ["zonerules", "at"]
    run = [sys.executable, "-m", *words, "--json"]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", check=True)
    told = json.loads(done.stdout)
    told["query"]["assumed"] = dock.reply.answer["query"]["assumed"]
    assert told == dock.reply.answer


def test_the_command_pasted_into_the_place_asks_the_same(dock: Any) -> None:
    form = dock.form
    form.activity.setCurrentIndex(form.activity.findData("operate-boiler"))
    form.accuracy.setValue(25)
    dock.tell("boiler.fuel", "coal")
    answer, text = dock.reply.answer, copied(dock)
    form.today.click()
    form.activity.setCurrentIndex(0)
    dock.tell("boiler.fuel", "")
    form.accuracy.setValue(10)
    dock.ask_at(114.02, 32.98)
    form.place.setText(f"  $ {text}")
    form.place.returnPressed.emit()
    assert dock.reply.answer == answer
    assert form.place.text() == "113.690000, 34.735000"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("zonerules at 113.69", "113.69"),
        ("zonerules at 113.69 34.735 --delete all", "--delete"),
        ("zonerules at 113.69 34.735 --date", "--date"),
        ("zonerules at 113.69 34.735 --accuracy near", "near"),
        ("zonerules at 113.69 34.735 --datum gcj02", "gcj02"),
        ("zonerules lint", "lint"),
        ("zonerules at '113.69", "113.69"),
    ],
)
def test_what_is_not_understood_is_told(dock: Any, text: str, named: str) -> None:
    with pytest.raises(Refusal, match=named):
        links.read(text, "en")
    dock.form.place.setText(text)
    dock.form.place.returnPressed.emit()
    assert dock.reply is None and named in dock.view.toPlainText()


def test_a_command_is_read_as_people_write_it() -> None:
    text = (
        "zonerules at 113.69 34.735 --date=2017-11-20 --fact a.b=1 --fact='c=x y' --lang en --json"
    )
    assert links.read(text, "en") == Question(
        LON, LAT, "2017-11-20", None, None, {"a.b": "1", "c": "x y"}, None
    )
    assert links.read("113.69，34.735", "en") == Question(LON, LAT)
    assert links.read("zonerules at -70.5 -33.25", "en") == Question(-70.5, -33.25)


def test_hostile_facts_cannot_leave_their_word() -> None:
    query = {"lon": 1.0, "lat": 2.0, "date": DAY, "assumed": ["accuracy_m"], "alert": "unknown"}
    evil = "x'; rm -rf ~; echo $(id) `id` & \n| \"y"
    line = links.command({**query, "activity": None, "facts": {"source.id": evil}}, "en")
    assert shlex.split(line)[shlex.split(line).index("--fact") + 1] == f"source.id={evil}"


# -- articles --------------------------------------------------------------------------------


@pytest.fixture
def opened() -> list[str]:
    return []


def shelf(dock: Any, opened: list[str], works: bool = True) -> articles.Articles:
    def open_url(url: QUrl) -> bool:
        opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return works or not url.hasFragment()

    return articles.Articles(dock, open_url)


def entries(menu: Any) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def test_when_nothing_is_known_it_says_so_and_offers_a_file(dock: Any, opened: list[str]) -> None:
    menu = shelf(dock, opened).menu(DOCUMENT, "五(四)2", "en")
    texts = entries(menu)
    assert "五(四)2" in texts[0]
    assert any("No official page" in text for text in texts)
    assert texts[-1] == "Choose my own copy…"
    assert opened == []


def test_the_official_page_is_opened_only_when_it_is_chosen(dock: Any, opened: list[str]) -> None:
    document = {**DOCUMENT, "url": "https://example.org/a?b=1&c=2"}
    menu = shelf(dock, opened).menu(document, "21", "en")
    assert opened == []
    [entry] = [action for action in menu.actions() if "example.org" in action.text()]
    entry.trigger()
    assert opened == ["https://example.org/a?b=1&c=2"]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://x.org/a",
        "data:text/html,x",
        "http://",
        "",
    ],
)
def test_no_other_address_is_offered(dock: Any, opened: list[str], url: str) -> None:
    assert articles.web_address({**DOCUMENT, "url": url}) is None
    menu = shelf(dock, opened).menu({**DOCUMENT, "url": url}, "21", "en")
    assert any("No official page" in text for text in entries(menu))


def test_ones_own_copy_opens_at_its_page(dock: Any, opened: list[str], tmp_path: Path) -> None:
    own = tmp_path / "文件 98#号.pdf"
    own.write_bytes(b"%PDF-1.4")
    articles.set_copy("doc-1", str(own))
    articles.set_page("doc-1", "五/2", 12)
    menu = shelf(dock, opened).menu(DOCUMENT, "五/2", "zh")
    [entry] = [action for action in menu.actions() if "第 12 页" in action.text()]
    entry.trigger()
    expected = QUrl.fromLocalFile(str(own)).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    assert opened == [expected + "#page=12"]
    [forget] = [action for action in menu.actions() if action.text() == "不再使用我的文件"]
    forget.trigger()
    assert articles.copy_of(DOCUMENT) is None


def test_a_reader_without_pages_gets_the_plain_file(
    dock: Any, opened: list[str], tmp_path: Path
) -> None:
    own = tmp_path / "a.pdf"
    own.write_bytes(b"%PDF-1.4")
    assert shelf(dock, opened, works=False).open_copy(own, 3)
    assert [url.endswith("#page=3") for url in opened] == [True, False]


def test_the_catalogues_archive_and_pages_are_used(tmp_path: Path, qgis_app: Any) -> None:
    own = tmp_path / "a.pdf"
    own.write_bytes(b"%PDF-1.4")
    document = {**DOCUMENT, "archive": str(own), "pages": {"21": 7}}
    assert articles.copy_of(document) == own
    assert articles.page_of(document, "21") == 7 and articles.page_of(document, "22") is None
    own.unlink()
    assert articles.copy_of(document) is None  # a file that is gone is not offered


def test_a_citation_in_the_answer_opens_its_menu(dock: Any, monkeypatch: Any) -> None:
    shown: list[tuple[str, str]] = []
    monkeypatch.setattr(
        dock.articles, "show", lambda record, clause, *_: shown.append((record["id"], clause))
    )
    ref = "article:guanzheng-2017-98:21"
    dock.view.anchorClicked.emit(QUrl(f"link:{dock.view._refs.index(ref)}"))
    assert shown == [("guanzheng-2017-98", "21")]


# -- objections ------------------------------------------------------------------------------


def test_an_objection_is_kept_where_the_users_data_is(dock: Any, tmp_path: Path) -> None:
    QgsSettings().setValue("zonerules/data", str(tmp_path))
    answer = dock.reply.answer
    dialog = dock.more.object()
    assert isinstance(dialog, ObjectionDialog)
    dialog._save()
    assert not dialog.problem.isHidden() and dialog.written is None  # nothing was said yet
    dialog.believes.setPlainText("the zone ends further west")
    dialog.because.setPlainText("notice of 2017, annex 2")
    dialog.about.setCurrentIndex(dialog.about.findData("gc-nrmm-ban"))
    dialog._save()
    [kept] = (tmp_path / "objections").glob("*.json")
    record = json.loads(kept.read_text(encoding="utf-8"))
    assert record["answer"] == answer and record["about"] == "gc-nrmm-ban"
    assert record["believes"] == "the zone ends further west"
    assert kept.with_suffix(".txt").is_file()
    QTest.qWait(10)
    assert dock.reply.answer == answer


def test_without_a_data_folder_it_goes_to_the_profile(qgis_app: Any) -> None:
    from qgis.core import QgsApplication

    assert str(folder()).startswith(str(QgsApplication.qgisSettingsDirPath()).rstrip("/"))


def test_an_objection_that_cannot_be_written_is_told(dock: Any, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    QgsSettings().setValue("zonerules/data", str(blocked))
    dialog = dock.more.object()
    dialog.believes.setPlainText("a")
    dialog.because.setPlainText("b")
    dialog._save()
    assert dialog.written is None and not dialog.problem.isHidden()
    dialog.reject()


def test_the_extract_is_asked_for_in_the_menu(dock: Any) -> None:
    asked: list[bool] = []
    dock.more.extractWanted.connect(lambda: asked.append(True))
    assert dock.more.extract.isVisible()
    dock.more.extract.trigger()
    assert asked == [True]
