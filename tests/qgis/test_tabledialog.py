"""The window that checks a table: what it guesses, asks, refuses, writes and shows."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsFeature, QgsProject, QgsVectorLayer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QMessageBox

from zonerules.plugin.tables.pace import Pace
from zonerules.plugin.tables.part import TablesPart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ACTIVITY, DAY = "operate-non-road-machinery", "2017-11-20"
HEAD = ["序号", "企业名称", "地址", "经度", "纬度", "排放阶段"]
ROWS = [
    ["1", "甲厂", "航海路1号", "113.69", "34.735", "国一"],
    ["2", "<img src=x> & 乙厂", "", "116.39", "39.9", ""],
    ["3", "丙厂", "", "", "", "2"],
]
STAGE = "fact:machine.stage"


@pytest.fixture
def dialog(plugin: Any, window: Any) -> Iterator[Any]:
    window.look_at("EPSG:4326", 113.69, 34.735, 0.1)
    made = plugin._parts[TablesPart].show()
    made.setup.form.set_date(DAY)
    yield made
    made.close()
    idle(made)
    QgsProject.instance().clear()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return written(tmp_path / "企业.csv", ROWS)


def written(path: Path, rows: list[list[str]], encoding: str = "gb18030") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return path


def idle(dialog: Any) -> None:
    """Wait until nothing goes on any more."""
    for _ in range(3000):
        if dialog.task is None:
            return
        QTest.qWait(20)
    raise AssertionError("still at work")


def choose(dialog: Any, path: Path) -> None:
    dialog.setup.source.take(str(path))
    idle(dialog)


def answer_datum(dialog: Any, name: str) -> None:
    answers = dialog.setup.place.answer
    answers.setCurrentIndex(answers.findData(name))


def rows_of(path: Path, encoding: str) -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


# -- setting up -----------------------------------------------------------------------------------


def test_the_menu_opens_one_window(window: Any, plugin: Any) -> None:
    action = window.window.findChild(QAction, "zonerules_tables")
    action.trigger()
    first = plugin._parts[TablesPart].dialog
    action.trigger()
    assert plugin._parts[TablesPart].dialog is first
    assert not first.run_button.isEnabled() and "table first" in first.need.text()


def test_columns_are_guessed_told_and_can_be_changed(dialog: Any, table: Path) -> None:
    choose(dialog, table)
    grid = dialog.setup.grid
    assert grid.roles() == {"name": 1, "address": 2, "lon": 3, "lat": 4}
    assert grid.cellWidget(0, 3).currentText().endswith("*")
    assert grid.item(2, 1).text() == "<img src=x> & 乙厂"
    assert "GB18030" in dialog.setup.about.text()
    grid.set_role(5, STAGE)
    assert grid.facts() == {"machine.stage": 5}
    grid.set_role(0, "lon")  # one column has a role
    assert grid.roles()["lon"] == 0 and not grid.cellWidget(0, 3).currentData()
    grid.set_role(2, "place")  # and one cell with both excludes the pair
    assert grid.roles() == {"name": 1, "place": 2}


def test_facts_that_the_activity_asks_for_come_first(dialog: Any, table: Path) -> None:
    choose(dialog, table)
    dialog.setup.form.set_activity("operate-boiler")
    combo = dialog.setup.grid.cellWidget(0, 5)
    facts = [
        data for at in range(combo.count()) if (data := combo.itemData(at) or "").startswith("fact")
    ]
    assert facts[0].startswith("fact:boiler.")
    assert len(facts) == len(set(facts)) == len(dialog.setup._book.facts)


def test_the_datum_is_asked_and_never_assumed(dialog: Any, table: Path) -> None:
    choose(dialog, table)
    place = dialog.setup.place
    assert place.told() is None and not dialog.run_button.isEnabled()
    assert "113.69 … 116.39" in place.seen.text() and "China" in place.seen.text()
    assert "what the coordinates are" in dialog.need.text()
    answer_datum(dialog, "gcj02")
    assert place.told().datum == "gcj02" and dialog.run_button.isEnabled()
    answer_datum(dialog, "crs")
    assert place.told() is None and not place.crs.isHidden()
    dialog.setup.grid.set_role(3, "lat")
    dialog.setup.grid.set_role(4, "lon")
    assert "swapped" in place.seen.text()


def test_projected_metres_are_seen(dialog: Any, tmp_path: Path) -> None:
    rows = [["1", "甲", "", "471614.5", "3845123.2", ""]]
    choose(dialog, written(tmp_path / "m.csv", rows))
    assert "metres" in dialog.setup.place.seen.text()


def test_what_cannot_be_read_is_told(dialog: Any, tmp_path: Path) -> None:
    broken = tmp_path / "kaputt.xlsx"
    broken.write_bytes(b"PK nothing")
    choose(dialog, broken)
    assert "kaputt.xlsx: not a workbook" in dialog.setup.about.text()
    assert not dialog.run_button.isEnabled()
    choose(dialog, tmp_path / "weg.csv")
    assert "no such file" in dialog.setup.about.text()


def test_a_missing_package_is_offered(
    dialog: Any, plugin: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zonerules.plugin.deps import needs

    wanted: list[list[str]] = []
    plugin.host.packagesWanted.connect(wanted.append)
    monkeypatch.setitem(needs.FLOORS, "openpyxl", "99")
    choose(dialog, tmp_path / "a.xlsx")
    assert wanted == [["openpyxl"]] and "openpyxl" in dialog.problem.text()


# -- running --------------------------------------------------------------------------------------


def test_a_run_writes_what_the_command_line_writes(
    dialog: Any, table: Path, tmp_path: Path, capsys: Any
) -> None:
    from zonerules.jobs.cli import main

    choose(dialog, table)
    setup = dialog.setup
    setup.grid.set_role(5, STAGE)
    setup.form.set_activity(ACTIVITY)
    answer_datum(dialog, "gcj02")
    assert setup.output.path() == tmp_path / "企业_checked.xlsx"
    out, review = tmp_path / "out.csv", setup.review.path()
    setup.output.take(str(out))
    dialog.run()
    idle(dialog)
    assert dialog.problem.isHidden(), dialog.problem.text()
    theirs = tmp_path / "theirs.csv"
    options = ["--activity", ACTIVITY, "--date", DAY, "--datum", "gcj02", "--lang", "en", "--json"]
    options += ["--fact-col", "machine.stage=排放阶段", "--review", str(tmp_path / "r.csv")]
    main(["check", str(table), "-o", str(theirs), *options])
    assert out.read_bytes() == theirs.read_bytes()
    assert review.read_bytes() == (tmp_path / "r.csv").read_bytes()
    assert [row["zr_verdict"] for row in rows_of(out, "gb18030")] == ["prohibited", "no_data", ""]
    assert dialog.pages.currentWidget() is dialog.results


def test_the_summary_and_the_layer(dialog: Any, table: Path, tmp_path: Path) -> None:
    choose(dialog, table)
    dialog.setup.grid.set_role(5, STAGE)
    dialog.setup.form.set_activity(ACTIVITY)
    answer_datum(dialog, "wgs84")
    dialog.run()
    idle(dialog)
    text = dialog.results.view.toPlainText()
    assert text.startswith("3 rows in") and "Verdict: Use non-road mobile machinery" in text
    assert "33.3 %" in text and "no verdict" in text
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.name() == "企业_checked" and layer.featureCount() == 3
    assert layer.renderer().classAttribute() == "zr_verdict"
    labels = [category.label() for category in layer.renderer().categories()]
    assert "prohibited" in labels and len(labels) == len(set(labels))
    dialog._wanted("map")  # it is there already
    assert len(QgsProject.instance().mapLayers()) == 1
    dialog._wanted("review")
    assert [f["企业名称"] for f in layer.getSelectedFeatures()] == ["丙厂"]
    dialog._wanted("atlas")
    from zonerules.plugin.atlas.part import AtlasPart

    atlas = _part(AtlasPart).dialog
    assert atlas.common().activities == (ACTIVITY,) and atlas.common().date == DAY
    assert atlas.name.currentField() == "企业名称"
    del layer


def test_extracts_are_asked_what_the_check_was(
    dialog: Any, table: Path, qgis_processing: Any, tmp_path: Path
) -> None:
    import processing

    from zonerules.plugin.tables import extracts

    choose(dialog, table)
    dialog.setup.grid.set_role(5, STAGE)
    dialog.setup.form.set_activity(ACTIVITY)
    answer_datum(dialog, "gcj02")
    dialog.run()
    idle(dialog)
    given = extracts.parameters(dialog.order, dialog.finished_run)
    assert (given["INPUT"], given["DATE"], given["ACTIVITY"]) == (str(table), DAY, ACTIVITY)
    assert (given["DATUM"], given["FACT_COLUMNS"]) == ("gcj02", "machine.stage=排放阶段")
    assert "LAST" not in given
    told = processing.run(extracts.ALGORITHM, {**given, "OUTPUT": str(tmp_path / "book.html")})
    assert (told["ROWS"], told["MADE"]) == (3, 2)
    many = extracts.parameters(dialog.order, dialog.finished_run._replace(rows=1000))
    assert many["LAST"] == extracts.MOST


def _part(kind: type) -> Any:
    from zonerules.plugin.main import ZoneRulesPlugin

    assert ZoneRulesPlugin._loaded is not None
    return ZoneRulesPlugin._loaded._parts[kind]


def test_several_activities_and_a_layer_of_the_project(dialog: Any, tmp_path: Path) -> None:
    fields = "field=企业:string&field=经度:double&field=纬度:double"
    layer = QgsVectorLayer(f"None?{fields}", "我的表", "memory")
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["甲", 113.69, 34.735])
    layer.dataProvider().addFeatures([feature])
    QgsProject.instance().addMapLayer(layer)
    dialog.setup.source.set_layer(layer)
    idle(dialog)
    assert "1 row" in dialog.setup.about.text()
    assert dialog.setup.grid.roles() == {"name": 0, "lon": 1, "lat": 2}
    answer_datum(dialog, "wgs84")
    dialog.setup.form.set_activities([ACTIVITY, "operate-boiler"])
    out = tmp_path / "out.csv"
    dialog.setup.output.take(str(out))
    dialog.setup.with_review.setChecked(False)
    dialog.setup.on_map.setChecked(False)
    dialog.run()
    idle(dialog)
    (row,) = rows_of(out, "utf-8-sig")
    assert row["企业"] == "甲" and row["zr_verdict_operate_boiler"]
    assert row["zr_verdict_operate_non_road_machinery"] == "cannot_determine"
    assert len(QgsProject.instance().mapLayers()) == 1  # only that of the table
    assert not dialog.results.buttons["map"].isEnabled()
    del layer


def test_stop_leaves_no_file_and_the_window_can_go_on(dialog: Any, tmp_path: Path) -> None:
    rows = [[str(n), f"厂{n}", "", "113.69", "34.735", ""] for n in range(60_000)]
    folder = tmp_path / "out"
    folder.mkdir()
    choose(dialog, written(tmp_path / "lang.csv", rows))
    answer_datum(dialog, "wgs84")
    dialog.setup.output.take(str(folder / "a.csv"))
    dialog.setup.review.take(str(folder / "b.csv"))
    dialog.run()
    for _ in range(3000):
        QTest.qWait(10)
        if dialog._pace.rows:
            break
    assert 0 < dialog._pace.rows < 60_000 and dialog.stop_button.isVisible()
    dialog.cancel()
    idle(dialog)
    assert list(folder.iterdir()) == []
    assert "Stopped" in dialog.progress_line.text()
    assert dialog.run_button.isEnabled() and dialog.pages.currentIndex() == 0


def test_bad_input_names_what_is_in_the_window(dialog: Any, table: Path, tmp_path: Path) -> None:
    choose(dialog, table)
    answer_datum(dialog, "wgs84")
    dialog.setup.output.take(str(tmp_path / "a.shp"))
    dialog.run()
    idle(dialog)
    assert dialog.problem.text().startswith("Write to a.shp: the names of a Shapefile")
    dialog.setup.output.take(str(tmp_path / "a.csv"))
    dialog.setup.form.facts.setText("machine.stage")
    dialog.run()
    assert "machine.stage" in dialog.setup.form.problem.text() and dialog.task is None


def test_a_file_that_is_there_is_replaced_only_after_a_yes(
    dialog: Any, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(dialog, table)
    answer_datum(dialog, "wgs84")
    out = tmp_path / "a.csv"
    out.write_text("mine", encoding="utf-8")
    dialog.setup.output.take(str(out))
    asked: list[str] = []
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]

    def question(_parent: Any, _title: str, text: str) -> Any:
        asked.append(text)
        return answers[len(asked) - 1]

    monkeypatch.setattr(QMessageBox, "question", question)
    dialog.run()
    assert dialog.task is None and out.read_text(encoding="utf-8") == "mine"
    dialog.run()
    idle(dialog)
    assert len(asked) == 2 and "a.csv" in asked[0]
    assert out.read_text(encoding="gb18030") != "mine"


# -- words ----------------------------------------------------------------------------------------


def test_the_rate_and_the_time_left() -> None:
    now = [0.0]
    pace = Pace("en", lambda: now[0])
    assert "Reading" in pace.told()
    now[0] = 2.0
    pace.heard(0.25, "1000")
    assert pace.told() == "1,000 rows, 500 a second, about 6 s left"
    now[0] = 600.0
    assert pace.told() == "1,000 rows, 2 a second, about 30 min left"
    pace.heard(1.0, "4000")
    assert pace.told() == "4,000 rows, 7 a second"
