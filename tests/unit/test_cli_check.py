"""`zonerules check` as a user meets it: what is printed, exit statuses, template, interrupt."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from zonerules.jobs import cli
from zonerules.jobs.open import open as open_catalogue

ACTIVITY = "operate-non-road-machinery"
ASKED = ["--activity", ACTIVITY, "--date", "2017-11-20"]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text("企业名称,lon,lat,阶段\n甲厂,113.69,34.735,1\n\x1b[31m乙,113.3,34.5,\n丙,x,,\n")
    return path


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    status = cli.main(["check", *map(str, args)])
    out, err = capsys.readouterr()
    return status, out, err


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_guess_the_counts_and_the_file(
    capsys: pytest.CaptureFixture[str], source: Path, tmp_path: Path
) -> None:
    output, review = tmp_path / "out.csv", tmp_path / "review.csv"
    more = ["--datum", "wgs84", "--fact-col", "machine.stage=阶段", "--review", review]
    status, out, err = run(capsys, source, "-o", output, *ASKED, *more)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert any("lon（按表头判断）" in line for line in lines)
    assert "machine.stage：阶段" in lines
    assert "共 3 行" in lines[-1] and "out.csv" in lines[-1] and "review.csv" in lines[-1]
    assert any("禁止" in line and line.rstrip().endswith("1") for line in lines)
    rows = read(output)
    assert [row["企业名称"] for row in rows] == ["甲厂", "\x1b[31m乙", "丙"]
    expected = open_catalogue().at(
        113.69, 34.735, date="2017-11-20", activity=ACTIVITY, facts={"machine.stage": "1"}
    )
    assert rows[0]["zr_verdict"] == expected["verdicts"][0]["verdict"] == "prohibited"
    assert rows[0]["zr_rules"] == ";".join(expected["verdicts"][0]["rules"])
    assert "3" in [row["zr_row"] for row in read(review)]


def test_the_summary_as_json(
    capsys: pytest.CaptureFixture[str], source: Path, tmp_path: Path
) -> None:
    args = [source, "-o", tmp_path / "out.parquet", *ASKED, "--datum", "gcj02", "--json"]
    status, out, err = run(capsys, *args, "--lang", "en")
    told = json.loads(out)
    assert status == 0
    assert "lon (guessed)" in err
    assert told["schema"] == "zonerules/check/1"
    assert told["rows"] == 3
    assert sum(told["verdicts"]["zr_verdict"].values()) == 3
    assert sum(told["errors"].values()) == 1
    assert told["columns"] == {"lon": "lon", "lat": "lat", "name": "企业名称"}
    assert told["guessed"] == ["lon", "lat", "name"]
    assert told["catalogue"]["fingerprint"] == open_catalogue().data["fingerprint"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["{in}"], ["-o", "required"]),
        (["{in}", "-o", "{out}"], ["--datum is required", "lon 113.3 … 113.69", "gcj02"]),
        (["{in}", "-o", "{out}.shp", "--datum", "wgs84"], ["GeoPackage", "out.csv.gpkg"]),
        (["{in}", "-o", "{out}.doc", "--datum", "wgs84"], [".doc", ".csv"]),
        (["{in}", "-o", "{in}", "--datum", "wgs84"], ["same file"]),
        (["nowhere.csv", "-o", "{out}", "--datum", "wgs84"], ["nowhere.csv", "no such file"]),
        (["{in}", "-o", "{out}", "--datum", "wgs48"], ["--datum wgs48", "wgs84"]),
        (["{in}", "-o", "{out}", "--datum", "wgs84", "--lon", "long"], ["--lon long", "lon"]),
        (["{in}", "-o", "{out}", "--datum", "wgs84", "--fact-col", "x"], ["--fact-col x"]),
        (
            ["{in}", "-o", "{out}", "--datum", "wgs84", "--fact-col", "machin.stage=阶段"],
            ["machin.stage", "machine.stage"],
        ),
        (["{in}", "-o", "{out}", "--datum", "wgs84", "--fact", "a"], ["--fact a", "KEY=VALUE"]),
        (["{in}", "-o", "{out}", "--datum", "wgs84", "--activity", "boiler"], ["operate-boiler"]),
        (["{in}", "-o", "{out}", "--datum", "wgs84", "--accuracy", "-3"], ["--accuracy -3"]),
        (["{in}", "-o", "{out}", "--datum", "wgs84", "--delimiter", "ab"], ["--delimiter ab"]),
        (["{in}", "-o", "{out}", "--datum", "wgs84", "--encoding", "x"], ["--encoding x"]),
        (["{in}", "-o", "{out}", "--datum", "wgs84", "--review", "r.gpkg"], ["--review r.gpkg"]),
        (["--template", "form.docx"], ["--template form.docx"]),
    ],
)
def test_wrong_input_is_one_line_and_exit_two(
    capsys: pytest.CaptureFixture[str],
    source: Path,
    tmp_path: Path,
    args: list[str],
    words: list[str],
) -> None:
    names = {"in": str(source), "out": str(tmp_path / "out.csv")}
    status, out, err = run(capsys, *(arg.format(**names) for arg in args))
    assert status == 2
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    for word in words:
        assert word in err
    assert [file.name for file in tmp_path.iterdir()] == ["in.csv"]


def test_a_failed_layer_is_told_and_the_rows_are_answered(
    capsys: pytest.CaptureFixture[str], source: Path, tmp_path: Path
) -> None:
    overlay = tmp_path / "own"
    overlay.mkdir()
    (overlay / "zones.geojson").write_text("{ broken")
    output = tmp_path / "out.csv"
    status, _, err = run(
        capsys, source, "-o", output, *ASKED, "--datum", "wgs84", "--data", overlay
    )
    assert status == 3
    assert "zones.geojson" in err
    assert len(read(output)) == 3


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_can_be_filled_in_and_read_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lang: str
) -> None:
    form, output = tmp_path / "form.xlsx", tmp_path / "out.csv"
    status, out, _ = run(capsys, "--template", form, "--activity", ACTIVITY, "--lang", lang)
    assert status == 0 and str(form) in out
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert any(head.endswith("[machine.stage]") for head in heads)
    assert len(sheet.data_validations.dataValidation) == len(heads)
    at = next(i for i, head in enumerate(heads, start=1) if head.endswith("[machine.stage]"))
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert any(sheet.cell(2, at).coordinate in rule.sqref for rule in lists)
    sheet.cell(3, heads.index(next(h for h in heads if "[lon]" in h)) + 1, "113.69")
    sheet.cell(3, heads.index(next(h for h in heads if "[lat]" in h)) + 1, 34.735)
    book.save(form)
    args = [form, "-o", output, "--activity", ACTIVITY, "--datum", "wgs84", "--lang", lang]
    status, out, err = run(capsys, *args)
    assert (status, err) == (0, "")
    rows = read(output)
    assert len(rows) == 2
    assert [row["zr_error"] for row in rows] == ["", ""], "every example can be read"
    assert all(row["zr_verdict"] for row in rows)
    assert "machine.stage" in out


def test_what_stands_in_a_heading_cannot_paint_the_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = tmp_path / "in.csv"
    source.write_text("\x1b[31m坏,经度,纬度\n2017-11-20,113.69,34.735\n")
    args = [source, "-o", tmp_path / "o.csv", "--datum", "wgs84", "--date-col", "\x1b[31m坏"]
    status, out, err = run(capsys, *args)
    assert status == 0
    assert "\x1b[31m" not in out + err


def test_an_interrupt_leaves_nothing_and_is_status_130(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    with source.open("w") as file:
        file.write("lon,lat,注\n")
        file.writelines(f"{113 + i % 977 / 977},{34 + i % 991 / 991},{i}\n" for i in range(600_000))
    args = ["check", str(source), "-o", str(tmp_path / "out.csv"), "--datum", "wgs84", *ASKED]
    command = [sys.executable, "-m", "zonerules", *args]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as child:
        for _ in range(4000):
            begun = [file for file in tmp_path.iterdir() if ".part" in file.name]
            if begun and begun[0].stat().st_size > 1_000_000:
                break
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
        _, err = child.communicate()
    assert child.returncode == 130
    assert b"interrupted" in err and b"Traceback" not in err
    assert [file.name for file in tmp_path.iterdir()] == ["in.csv"]


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--help")
    assert status == 0
    assert "zonerules check firms.csv -o" in out.replace("\n", " ")
    assert "--resume" in out
