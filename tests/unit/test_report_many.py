"""Extracts for the rows of a table: a folder, a book, and rows that cannot be answered."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import zonerules
from zonerules.jobs.answer import BadInput
from zonerules.jobs.cli import main
from zonerules.jobs.report.many import Many, Task, file_name
from zonerules.jobs.table.check import Question
from zonerules.jobs.table.run import Run
from zonerules.jobs.table.run import Task as CheckTask

if TYPE_CHECKING:
    from pathlib import Path

MACHINERY = "operate-non-road-machinery"
ROWS = [
    ["企业名称", "经度", "纬度", "阶段", "日期"],
    ["<script>alert(1)</script>", "113.69", "34.735", "1", "2017-11-20"],
    ["../../很长" * 60, "113.69", "34.735", "国三", "2017/11/20"],
    ["😀换\n行", "113.69", "34.735", "乱写", ""],
    ["坏坐标", "999", "34", "1", ""],
    ["=1+2", "113.69", "34.735", "", "哪天"],
]


@pytest.fixture(scope="module")
def catalogue() -> Any:
    return zonerules.open()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "企业.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(ROWS)
    return path


def task(table: Path, **more: Any) -> Task:
    told: dict[str, Any] = {
        "given": {"date": "日期"},
        "fact_columns": {"machine.stage": "阶段"},
        "facts": {"machine.made": "2008-01-01"},
        "activity": MACHINERY,
        "date": "2017-11-21",
        "datum": "wgs84",
    }
    return Task(source=table, **{**told, **more})


def test_a_folder_has_a_file_for_every_row_and_an_index(
    catalogue: Any, table: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    heard: list[float] = []
    rows = Many(catalogue, task(table)).folder(
        folder, "json", progress=lambda done, _: heard.append(done)
    )
    assert [bool(row.fault) for row in rows] == [False, False, True, True, True]
    assert heard == [0.2, 0.4, 0.6, 0.8, 1.0]
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 6 and names[-1] == "index.csv", "a file for every row, whatever it says"
    assert names[0] == "1_script_alert_1_script.json" and names[2] == "3_换_行.json"
    assert all(len(name.encode()) < 255 and "/" not in name for name in names)
    told = json.loads((folder / names[0]).read_text(encoding="utf-8"))
    assert told["row"] == 1 and told["name"] == "<script>alert(1)</script>"
    # the answer is that of `zonerules at`
    same = catalogue.at(
        113.69,
        34.735,
        datum="wgs84",
        accuracy_m=10.0,
        date="2017-11-20",
        activity=MACHINERY,
        facts={"machine.stage": "1", "machine.made": "2008-01-01"},
    )
    assert told["answer"] == same


def test_the_index_tells_verdicts_and_faults_and_is_no_formula(
    catalogue: Any, table: Path, tmp_path: Path
) -> None:
    Many(catalogue, task(table)).folder(tmp_path / "out", "json")
    text = (tmp_path / "out" / "index.csv").read_text(encoding="utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert head == ["row", "name", "file", "number", "verdicts", "fault"]
    assert rows[0][4] == f"{MACHINERY}=prohibited"
    assert rows[1][4] == f"{MACHINERY}=cannot_determine", "black smoke is not known of stage 3"
    assert "乱写" in rows[2][5] and rows[2][2], "answered without the bad cell"
    assert "999" in rows[3][5] and rows[3][2] == "4_坏坐标.json" and not rows[3][4]
    assert rows[4][1] == "'=1+2" and "哪天" in rows[4][5] and not rows[4][4]


def test_a_bad_cell_is_told_in_the_extract_itself(catalogue: Any, table: Path) -> None:
    third = list(Many(catalogue, task(table, first=3, last=3)))
    assert [made.row for made in third] == [3]
    found = third[0].extract
    assert found is not None and found.json()["remarks"] and "乱写" in found.html()
    assert found.answer["query"]["date"] == "2017-11-21"


def test_a_place_is_stated_as_it_was_written(catalogue: Any, table: Path) -> None:
    made = next(iter(Many(catalogue, task(table, datum="gcj02"))))
    assert made.extract is not None
    query = made.extract.answer["query"]
    assert (query["lon"], query["lat"], query["datum"]) == (113.69, 34.735, "gcj02")


def test_a_table_that_was_checked_can_be_reported_on(
    catalogue: Any, table: Path, tmp_path: Path
) -> None:
    checked = tmp_path / "checked.gpkg"
    question = Question(activities=(MACHINERY,), date="2017-11-20", datum="gcj02")
    Run(catalogue, CheckTask(source=table, output=checked), question).run()
    made = list(Many(catalogue, Task(source=checked, activity=MACHINERY, date="2017-11-20")))
    assert len(made) == len(ROWS) - 1
    query = made[0].extract.answer["query"] if made[0].extract else {}
    # the layer has WGS84, so the place has moved from what the table says, some 500 m
    assert query["datum"] == "wgs84" and 0.003 < 113.69 - query["lon"] < 0.01


def test_the_datum_must_be_told(catalogue: Any, table: Path) -> None:
    with pytest.raises(BadInput, match="--datum is required"):
        Many(catalogue, task(table, datum=None))


def test_too_many_rows_are_refused_with_a_way_out(catalogue: Any, table: Path) -> None:
    with pytest.raises(BadInput, match=r"5 rows, at most 4 .*--rows"):
        Many(catalogue, task(table), most=4)
    assert len(list(Many(catalogue, task(table, first=2, last=5), most=4))) == 4
    with pytest.raises(BadInput, match="--rows 6: the table has 5 rows"):
        Many(catalogue, task(table, first=6))


@pytest.mark.parametrize("form", ["folder", "book"])
def test_an_interrupt_leaves_no_half_file(
    catalogue: Any, table: Path, tmp_path: Path, form: str
) -> None:
    def stop(done: float, note: str) -> None:
        if note == "2":
            raise KeyboardInterrupt

    many, goal = Many(catalogue, task(table)), tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        if form == "folder":
            many.folder(goal, "json", progress=stop)
        else:
            many.book(tmp_path / "book.html", "html", progress=stop)
    found = [path.name for path in goal.iterdir()] if goal.exists() else []
    left = [name for name in found if name != ".extracts.jsonl"]
    assert len(left) == (2 if form == "folder" else 0)
    assert not [*tmp_path.rglob("*.part"), *tmp_path.glob("book*"), *goal.glob("index*")]
    for name in left:
        json.loads((goal / name).read_text(encoding="utf-8"))


def test_a_row_without_an_answer_has_a_page_that_says_why(
    catalogue: Any, table: Path, tmp_path: Path
) -> None:
    rows = Many(catalogue, task(table)).folder(tmp_path / "out", "html")
    page = (tmp_path / "out" / "4_坏坐标.html").read_text(encoding="utf-8")
    assert "999" in page and "不等于此地没有规定" in page and "不是官方文件" in page
    told = rows[3].blank.json() if rows[3].blank else {}
    assert (told["answer"], told["cells"]["纬度"], told["row"]) == (None, "34", 4)
    assert told["schema"] == "zonerules/extract/1" and "999" in told["fault"]
    book = tmp_path / "book.json"
    Many(catalogue, task(table)).book(book, "json")
    assert [entry["row"] for entry in json.loads(book.read_text("utf-8"))] == [1, 2, 3, 4, 5]


def test_an_interrupted_folder_goes_on_where_it_was(
    catalogue: Any, table: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    def stop(done: float, note: str) -> None:
        if note == "3":
            raise KeyboardInterrupt

    goal = tmp_path / "out"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767323045")
    with pytest.raises(KeyboardInterrupt):
        Many(catalogue, task(table)).folder(goal, "json", progress=stop)
    before = {path.name: path.stat().st_mtime_ns for path in goal.glob("*.json")}
    kept = sorted(before)[0]
    (goal / kept).write_text("left alone", encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    Many(catalogue, task(table)).folder(goal, "json", resume=True)
    assert len(list(goal.iterdir())) == 6, "five rows and the index; the record is gone"
    assert (goal / kept).read_text(encoding="utf-8") == "left alone"
    last = json.loads((goal / "5_1_2.json").read_text(encoding="utf-8"))
    assert last["made"] == "2026-01-02T03:04:05+00:00", "one time for the whole folder"
    # of another question nothing is kept
    with pytest.raises(KeyboardInterrupt):
        Many(catalogue, task(table)).folder(goal, "json", progress=stop)
    (goal / kept).write_text("old", encoding="utf-8")
    Many(catalogue, task(table, alert="red")).folder(goal, "json", resume=True)
    assert (
        json.loads((goal / kept).read_text(encoding="utf-8"))["answer"]["query"]["alert"] == "red"
    )


def test_rows_take_their_place_from_an_address_as_check_does(
    catalogue: Any, tmp_path: Path
) -> None:
    path = tmp_path / "地址.csv"
    rows = [
        ["企业名称", "经度", "纬度", "地址"],
        ["甲", "", "", "郑州市管城回族区南曹乡"],
        ["乙", "113.69", "34.735", "郑州市管城回族区"],
        ["丙", "", "", "乌有乡"],
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    asked = {"address": "地址"}
    plain = Task(source=path, given=asked, datum="gcj02", activity=MACHINERY, date="2017-11-20")
    first, second, third = Many(catalogue, plain)
    assert first.extract is not None and second.extract is not None and third.extract is None
    query = first.extract.answer["query"]
    assert query["datum"] == "wgs84" and query["radius_m"] > 1000
    assert "南曹乡" in first.extract.origin and "管城回族区" in first.extract.origin
    assert first.extract.origin in first.extract.html()
    assert query["facts"]["zone.gc-district"] == "inside", "the county is stated"
    assert second.extract.answer["query"]["datum"] == "gcj02" and not second.extract.origin
    assert "乌有乡" in third.fault
    open_ended = next(iter(Many(catalogue, replace(plain, stated=False)))).extract
    assert open_ended is not None and not open_ended.answer["query"]["facts"]
    # the same verdicts as `zonerules check`
    goal = tmp_path / "checked.csv"
    question = Question(activities=(MACHINERY,), date="2017-11-20", datum="gcj02", addresses=True)
    Run(catalogue, CheckTask(source=path, output=goal, given=asked), question).run()
    with goal.open(encoding="utf-8-sig", newline="") as file:
        told = [row["zr_verdict"] for row in csv.DictReader(file)]
    made = [leaf.answer["verdicts"][0]["verdict"] for leaf in (first.extract, second.extract)]
    assert told == [*made, ""]


def test_a_book_of_pages_has_contents_that_lead_there(
    catalogue: Any, table: Path, tmp_path: Path
) -> None:
    path = tmp_path / "book.html"
    Many(catalogue, task(table, lang="en")).book(path, "html")
    page = path.read_text(encoding="utf-8")
    for number in (1, 2, 3):
        goal = page.split('<li><a href="#')[number].split('"')[0]
        assert page.count(f'<article id="{goal}">') == 1
    assert "<script" not in page and "&lt;script&gt;alert(1)" in page
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids)), "clip paths too are named once"


def test_the_command_says_which_rows_have_none(table: Path, tmp_path: Path, capsys: Any) -> None:
    args = ["report", "--table", str(table), "--datum", "wgs84", "--activity", MACHINERY]
    args += ["--date", "2017-11-20", "--rows", "3-4", "--format", "html", "-o", str(tmp_path / "x")]
    assert main(args) == 0
    out, error = capsys.readouterr()
    assert "1/2" in out and "经度" in out
    assert "4 坏坐标: 999" in error
    for bad, said in ((["--rows", "4-1"], "--rows 4-1"), (["--format", "doc"], "--format doc")):
        assert main([*args, *bad]) == 2
        assert said in capsys.readouterr().err


@pytest.mark.thorough
def test_a_book_as_pdf_counts_its_pages(catalogue: Any, table: Path, tmp_path: Path) -> None:
    pytest.importorskip("fpdf", reason="PDF needs the extra pdf")
    pypdf = pytest.importorskip("pypdf")
    path = tmp_path / "book.pdf"
    try:
        Many(catalogue, task(table, last=2)).book(path, "pdf")
    except BadInput as error:
        pytest.skip(str(error))
    reader = pypdf.PdfReader(path)
    starts = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert len(starts) == 2
    contents = reader.pages[0].extract_text()
    for entry in starts:
        page = reader.get_destination_page_number(entry)
        assert f"\n{page + 1}" in contents or f" {page + 1}" in contents
        assert "管控规则查询单" in reader.pages[page].extract_text()
    links = [note.get_object()["/Subtype"] for note in reader.pages[0]["/Annots"]]
    assert links == ["/Link", "/Link"]
    # no page is empty, and each has the head of its own extract
    texts = [part.extract_text() for part in reader.pages]
    assert all(len(text) > 80 for text in texts)
    assert "汇编" in texts[0].split("\n")[0] and "汇编" not in texts[1].split("\n")[0]


def test_names_of_files_are_tame() -> None:
    assert file_name(7, "../../etc/passwd", 3) == "007_etc_passwd"
    assert file_name(1, "CON", 1) == "1_CON" and file_name(2, "...", 1) == "2"
    assert len(file_name(1, "𠀀" * 500, 1).encode()) < 200
