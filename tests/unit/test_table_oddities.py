"""What tables bring along: formulas without values, sep=, quotes left open, an early interrupt."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
import zipfile

import openpyxl
import pytest

from zonerules.jobs.cli import main
from zonerules.jobs.table.reading import open_table

ASKED = ["--datum", "wgs84", "--date", "2017-11-20", "--activity", "demolish"]


def rows_of(path):
    table = open_table(path)
    batches = [batch.to_pylist() for batch in table.batches()]
    return table, [list(row.values()) for batch in batches for row in batch]


def answered(source, out, *more):
    assert main(["check", str(source), "-o", str(out), *ASKED, *more]) == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# --- formulas ----------------------------------------------------------------------------------


def workbook(path, computed=None):
    """Rows of numbers; in B3 and A4, B4 formulas; `computed`: B3 as a spreadsheet saves it."""
    book = openpyxl.Workbook()
    for row in [
        ["lon", "lat", "n"],
        [113.69, 34.735, 1],
        [113.69, "=B2", 2],
        ["=A2", "=B2", "=C2"],
    ]:
        book.active.append(row)
    book.save(path)
    if computed is None:
        return path
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    assert '<c r="B3"><f>B2</f><v></v></c>' in sheet
    sheet = sheet.replace('<c r="B3"><f>B2</f><v></v></c>', computed)
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else data)
    return path


def test_a_formula_that_nobody_computed_is_told_in_its_row(tmp_path, capsys):
    book = workbook(tmp_path / "a.xlsx")
    out = answered(book, tmp_path / "a.csv", "--json")
    assert [row["zr_verdict"] for row in out] == ["prohibited", "", ""]
    assert "lat：公式没有计算结果" in out[1]["zr_error"]
    assert "lon、lat、n：公式没有计算结果" in out[2]["zr_error"]
    assert len(out) == 3, "a row of formulas only is no empty row"
    told = json.loads(capsys.readouterr().out)
    assert any("公式没有计算结果" in kind for kind in json.loads(json.dumps(told["errors"])))
    table, _ = rows_of(book)
    assert set(table.faults) == {1, 2}
    assert len(list(table.batches())) == 1 and set(table.faults) == {1, 2}, "each time it is read"


@pytest.mark.parametrize(
    ("saved", "value", "faults"),
    [
        ('<c r="B3"><f>B2</f><v>34.735</v></c>', 34.735, {2}),
        ('<c r="B3" t="str"><f>B2</f><v></v></c>', None, {2}),  # computed: an empty text
        ('<c r="B3"><f>B2</f></c>', None, {1, 2}),
    ],
)
def test_what_was_computed_is_a_value_even_an_empty_one(tmp_path, saved, value, faults):
    table, rows = rows_of(workbook(tmp_path / "a.xlsx", saved))
    assert rows[1][1] == value
    assert set(table.faults) == faults


# --- text --------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;\r"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_first_line_that_says_the_delimiter(tmp_path, first, encoding):
    """Read with commas, the lines would have three cells each."""
    path = tmp_path / "a.csv"
    path.write_bytes(f"{first}\n名称;lon;lat,a,b\n甲;113.69;34.735\n乙,x,y;1;2\n".encode(encoding))
    table, rows = rows_of(path)
    assert table.names == ["名称", "lon", "lat,a,b"]
    assert rows == [["甲", "113.69", "34.735"], ["乙,x,y", "1", "2"]]


def test_sep_is_no_heading_and_another_delimiter_may_be_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=;\na|b\n1|2\n1|2|3\n", encoding="utf-8")
    table = open_table(path, delimiter="|")
    assert table.names == ["a", "b"]
    assert [batch.num_rows for batch in table.batches()] == [2]
    assert set(table.faults) == {1}, "the slow way leaves the line out, too"
    path.write_text("sep=;x\n1;2\n", encoding="utf-8")
    assert open_table(path).names == ["sep=", "x"]


@pytest.mark.parametrize("wide", ["", "1,2,3,4\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_quote_that_is_never_closed_is_told(tmp_path, newline, wide):
    path = tmp_path / "a.csv"
    text = f'lon,lat,name\n113.69,34.735,good\n{wide}113.69,34.735,"open\n1,2,x\n3,4,y\n'
    path.write_bytes(text.replace("\n", newline).encode())
    out = answered(path, tmp_path / "out.csv")
    assert "引号没有闭合" in out[-1]["zr_error"] and "3 行" in out[-1]["zr_error"]
    assert out[0]["zr_error"] == ""


@pytest.mark.parametrize("last", ['"a\nb"', '"a\nb"\n', '"a""\nb"', 'x\n"c\nd"\ny'])
def test_a_cell_of_several_lines_at_the_end_is_none(tmp_path, last):
    path = tmp_path / "a.csv"
    path.write_text(f"name\nfirst\n{last}", encoding="utf-8")
    table, _ = rows_of(path)
    assert table.faults == {}


# --- an interrupt ------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("after", [0.12, 0.35])
def test_an_early_interrupt_ends_in_one_line(after):
    """While modules are loaded still, or the catalogue is."""
    run = subprocess.Popen(
        [sys.executable, "-c", _STARTS, "at", "113.69", "34.735", "--date", "2017-11-20"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout.readline() == "begun\n"
    time.sleep(after)
    run.send_signal(signal.SIGINT)
    _, told = run.communicate(timeout=60)
    if run.returncode != 0:  # it was not quicker
        assert run.returncode == 130
        assert told == "zonerules: interrupted\n"


_STARTS = (
    "print('begun', flush=True)\nfrom zonerules.__main__ import main\nraise SystemExit(main())"
)
