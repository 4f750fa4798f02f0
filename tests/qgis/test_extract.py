"""The extract from QGIS: the answer that is shown, as a file; and those of a table's rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QMessageBox, QPushButton

from zonerules.plugin.extract.part import ExtractPart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY, ACTIVITY, STAGE = "2017-11-20", "operate-non-road-machinery", "machine.stage"
LON, LAT = 113.69, 34.735
NAME = "某工地 <b>/\\</b>"


@pytest.fixture
def dialog(plugin: Any, window: Any) -> Iterator[Any]:
    """The window for the answer to a whole question, opened from the panel's menu."""
    dock = plugin.panel.dock
    plugin.host.placeWanted.emit(LON, LAT, 0.0)
    form = dock.form
    form.set_date(DAY)
    form.set_activity(ACTIVITY)
    form.accuracy.setValue(25)
    dock.tell(STAGE, "1")
    dock.tell("alert", "red")
    dock.more.extract.trigger()
    made = plugin._parts[ExtractPart].dialog
    yield made
    made.close()
    idle(made)


def idle(dialog: Any) -> None:
    """Wait until nothing goes on any more."""
    for _ in range(4000):
        if dialog.task is None:
            return
        QTest.qWait(20)
    raise AssertionError("still at work")


def save(dialog: Any, path: Path) -> Path:
    dialog.output.take(str(path))
    dialog.go_button.click()
    idle(dialog)
    assert dialog.problem.isHidden(), dialog.problem.text()
    return path


# -- of the answer that is shown ------------------------------------------------------------------


def test_the_json_is_the_answer_of_the_panel_and_of_the_command_line(
    dialog: Any, plugin: Any, window: Any, tmp_path: Path
) -> None:
    from zonerules.jobs.cli import main

    dialog.name.setText(NAME)
    dialog.language.setCurrentIndex(dialog.language.findData("zh"))
    made = json.loads(save(dialog, tmp_path / "a.json").read_text(encoding="utf-8"))
    shown = plugin.panel.dock.reply.answer
    assert made["answer"] == json.loads(json.dumps(shown))
    query = made["answer"]["query"]
    assert (query["lon"], query["lat"], query["datum"]) == (LON, LAT, "wgs84")
    assert (query["date"], query["alert"], query["accuracy_m"]) == (DAY, "red", 25)
    assert (query["activity"], query["facts"]) == (ACTIVITY, {STAGE: 1})
    assert (made["language"], made["name"]) == ("zh", NAME)
    line = ["report", LON, LAT, "--date", DAY, "--activity", ACTIVITY, "--alert", "red"]
    line += ["--accuracy", 25, "--fact", f"{STAGE}=1", "--name", NAME, "-o", tmp_path / "b.json"]
    main([str(part) for part in line])
    theirs = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert made["answer"]["rules"] == theirs["answer"]["rules"]
    assert made["answer"]["verdicts"] == theirs["answer"]["verdicts"]
    QTest.qWait(10)
    [item] = window.bar.widgets
    assert "a.json" in item.text() and made["number"].startswith("ZR-20171120-")
    words = [button.text() for button in item.findChildren(QPushButton)]
    assert words == ["Open", "Show in folder"] and not dialog.isVisible()


def test_the_name_comes_from_place_and_day_and_the_folder_is_kept(
    dialog: Any, plugin: Any, tmp_path: Path
) -> None:
    assert dialog.output.path().name == f"extract_113.69_34.735_{DAY}.pdf"
    dialog.format.setCurrentIndex(dialog.format.findData("html"))
    assert dialog.output.path().suffix == ".html"
    dialog.name.setText(NAME)
    assert dialog.output.path().name == f"extract_某工地_b_b_{DAY}.html"
    path = save(dialog, tmp_path / "one")  # without a suffix it gets that of the format
    assert [one.name for one in tmp_path.iterdir()] == ["one.html"]
    text = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert "<b>/" not in text and "&lt;b&gt;" in text and "<script" not in text
    again = plugin._parts[ExtractPart].show()
    assert again.form() == "html" and again.output.path().parent == path.parent
    proposed = again.output.path()
    proposed.write_text("")
    again.propose()
    assert again.output.path() == proposed.with_name(f"{proposed.stem} (2).html")


def test_as_pdf_it_can_be_read_and_without_fpdf2_html_remains(
    dialog: Any, plugin: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zonerules.plugin.deps import needs

    wanted: list[str] = []
    plugin.host.packagesWanted.connect(wanted.extend)
    with monkeypatch.context() as patch:
        patch.setitem(needs.FLOORS, "fpdf2", "99")
        dialog.output.take(str(tmp_path / "a.pdf"))
        dialog.go_button.click()
    plugin.host.packagesWanted.disconnect(wanted.extend)
    assert wanted == ["fpdf2"] and "save as HTML" in dialog.problem.text()
    assert dialog.task is None and list(tmp_path.iterdir()) == []
    dialog.language.setCurrentIndex(dialog.language.findData("en"))
    reader = PdfReader(save(dialog, tmp_path / "a.pdf"))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert "prohibited Use non-road" in text and DAY in text and "113.69" in text


def test_nothing_is_replaced_unasked(
    dialog: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.html"
    path.write_text("mine")
    asked: list[str] = []

    def no(_parent: Any, _title: str, text: str) -> Any:
        asked.append(text)
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(QMessageBox, "question", no)
    save(dialog, path)
    assert "a.html" in asked[0] and path.read_text() == "mine"


def test_an_answer_of_another_catalogue_is_not_dressed_up(dialog: Any, tmp_path: Path) -> None:
    told = {**dialog.answer["catalogue"], "fingerprint": "sha256:0"}
    dialog.answer = {**dialog.answer, "catalogue": told}
    dialog.output.take(str(tmp_path / "a.json"))
    dialog.go_button.click()
    idle(dialog)
    assert "catalogue has changed" in dialog.problem.text() and list(tmp_path.iterdir()) == []


def test_the_entry_waits_for_an_answer(plugin: Any, window: Any) -> None:
    action = window.window.findChild(QAction, "zonerules_extract")
    assert not action.isEnabled()
    assert plugin._parts[ExtractPart].show() is None
    assert "no answer" in window.bar.messages[-1]
    plugin.host.placeWanted.emit(LON, LAT, 0.0)
    assert action.isEnabled()


# -- of the rows of a table -----------------------------------------------------------------------

HEAD = "企业名称,经度,纬度,阶段\n"
ROWS = "甲厂,113.69,34.735,1\n乙厂,,,2\n丙/厂,113.7,34.75,二十\n"


class Heard(QgsProcessingFeedback):
    """Keeps what is said; cancels at a text of the progress."""

    def __init__(self, stop_at: str = "") -> None:
        super().__init__(False)
        self.lines: list[str] = []
        self._stop_at = stop_at

    def pushInfo(self, info: str) -> None:
        self.lines.append(info)

    def pushWarning(self, warning: str) -> None:
        self.lines.append(warning)

    def setProgressText(self, text: str) -> None:
        if text == self._stop_at:
            self.cancel()


def run(feedback: Heard | None = None, **parameters: Any) -> dict[str, Any]:
    import processing

    asked = {"DATE": DAY, "ACTIVITY": ACTIVITY, "FACT_COLUMNS": f"{STAGE}=阶段", **parameters}
    return processing.run("zonerules:extracts", asked, feedback=feedback or Heard())


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "企业.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


def test_folder_and_book_are_those_of_the_command_line(
    provider: Any, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zonerules.jobs.cli import main

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    feedback = Heard()
    told = run(
        feedback,
        INPUT=str(table),
        DATUM="gcj02",
        LANGUAGE="zh",
        FORM="json",
        FOLDER=str(ours),
        OUTPUT=str(tmp_path / "ours.html"),
    )
    line = ["report", "--table", table, "--datum", "gcj02", "--date", DAY, "--activity", ACTIVITY]
    line += ["--fact-col", f"{STAGE}=阶段", "--format", "json"]
    for output in (theirs, tmp_path / "theirs.html"):
        main([str(part) for part in (*line, "-o", output)])
    assert files(ours) == files(theirs)
    assert {"1_甲厂.json", "2_乙厂.json", "3_丙_厂.json", "index.csv"} <= set(files(ours))
    assert (tmp_path / "ours.html").read_bytes() == (tmp_path / "theirs.html").read_bytes()
    assert (told["ROWS"], told["MADE"], told["FAULTS"]) == (3, 2, 1)
    assert (told["FOLDER"], told["OUTPUT"]) == (str(ours), str(tmp_path / "ours.html"))
    assert any(text.startswith("Row 2 乙厂: ") for text in feedback.lines)
    assert any("Row 3 丙/厂" in text and "二十" in text for text in feedback.lines)


def test_a_layer_will_do_and_some_of_its_rows(provider: Any, tmp_path: Path) -> None:
    layer = QgsVectorLayer("Point?crs=EPSG:4326&field=企业名称:string&field=阶段:string", "企业",
                           "memory")  # fmt: skip
    features = []
    for row in ROWS.splitlines()[::2]:
        name, lon, lat, stage = row.split(",")
        features.append(QgsFeature(layer.fields()))
        features[-1].setAttributes([name, stage])
        features[-1].setGeometry(QgsGeometry.fromPointXY(QgsPointXY(float(lon), float(lat))))
    layer.dataProvider().addFeatures(features)
    folder = tmp_path / "some"
    told = run(LAYER=layer, FORM="json", FOLDER=str(folder), FIRST=1, LAST=1)
    assert (told["ROWS"], told["MADE"]) == (1, 1) and "OUTPUT" not in told
    [name] = {path.name for path in folder.iterdir()} - {"index.csv"}
    made = json.loads((folder / name).read_text(encoding="utf-8"))
    assert made["name"] == "甲厂" and made["language"] == "en"
    assert made["answer"]["verdicts"][0]["verdict"] == "prohibited"


def test_what_is_missing_or_wrong_is_told_and_a_cancel_leaves_no_book(
    provider: Any, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zonerules.plugin.deps import needs

    given: dict[str, Any] = {"INPUT": str(table), "DATUM": "wgs84"}
    book = str(tmp_path / "book.html")
    for wrong, told in (
        ({**given}, "Name a book or a folder"),
        ({**given, "OUTPUT": str(tmp_path / "book.doc")}, r"\(OUTPUT\).*book.doc.*\.pdf"),
        ({**given, "FOLDER": str(tmp_path / "f"), "FORM": "odt"}, r"\(FORM\).*odt.*pdf, html"),
        ({"INPUT": str(table), "OUTPUT": book}, r"\(DATUM\)"),
        ({**given, "OUTPUT": book, "FIRST": 9}, r"\(FIRST\) 9: the table has"),
        ({**given, "OUTPUT": book, "FIRST": 9, "LAST": 2}, r"\(LAST\).*2.*≥ 9"),
    ):
        with pytest.raises(QgsProcessingException, match=told):
            run(**wrong)
    with monkeypatch.context() as patch:
        patch.setitem(needs.FLOORS, "fpdf2", "99")
        with pytest.raises(QgsProcessingException, match=r"fpdf2.*Extra packages"):
            run(**given, OUTPUT=str(tmp_path / "book.pdf"))
    assert run(Heard(stop_at="1 / 3"), **given, OUTPUT=book) == {}
    assert [path.name for path in tmp_path.iterdir()] == [table.name]
