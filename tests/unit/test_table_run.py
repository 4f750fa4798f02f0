"""Whole runs: hostile tables, every format into every other, and a run that is killed half-way."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import geopandas
import openpyxl
import pandas
import pytest
import shapely

from zonerules.jobs.answer import BadInput
from zonerules.jobs.open import Catalogue
from zonerules.jobs.open import open as open_catalogue
from zonerules.jobs.table.check import Question
from zonerules.jobs.table.reading import open_table
from zonerules.jobs.table.run import Report, Run, Task

if TYPE_CHECKING:
    from pathlib import Path

ACTIVITY = "operate-non-road-machinery"
ASKED = {"activities": (ACTIVITY,), "date": "2017-11-20"}
ZR = ["zr_inside", "zr_near", "zr_unmapped", "zr_verdict", "zr_rules", "zr_missing",
      "zr_distance_m", "zr_reason", "zr_error"]  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_catalogue()


def check(
    catalogue: Catalogue, source: Path, output: Path, question: dict[str, Any], **task: Any
) -> Report:
    datum = None if "crs" in question else "wgs84"
    asked = Question(**{"datum": datum, **ASKED, **question})
    return Run(catalogue, Task(source, output, **task), asked).run()


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def table(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_every_hostile_row_stays_and_says_what_is_wrong(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    rows = [
        ("好", "113.69", "34.735", "", ""),
        ("写反", "34.735", "113.69", "", "写反"),
        ("零", "0", "0", "", "0, 0"),
        ("空", "", "", "", "没有位置"),
        ("半", "113.69", "", "", "没有位置"),
        ("字", "abc", "34.735", "", "abc"),
        ("无穷", "inf", "nan", "", "inf"),
        ("大", "1e400", "34", "", "1e400"),
        ("度分秒", "113°41′24″", "34°44′06″", "", ""),
        ("东经", "东经113.69", "北纬34.735", "", ""),
        ("全角", "１１３．６９", "３４．７３５", "", ""),
        ("=cmd|' /C calc'!A0", "113.69", "34.735", "2", ""),
        ("<script>alert(1)</script>", "113.69", "34.735", "国三", ""),
        ("坏阶段", "113.69", "34.735", "国九十九", "国九十九"),
        ('引"号"，逗号,\n换行', "113.69", "34.735", "", ""),
        ("\u202e反", "113.69", "34.735", "不详", ""),
    ]
    source = tmp_path / "in.csv"
    with source.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["名称", "经度", "纬度", "阶段"])
        writer.writerows(row[:4] for row in rows)
    output = tmp_path / "out.csv"
    report = check(catalogue, source, output, {}, fact_columns={"machine.stage": "阶段"})
    with output.open(encoding="gb18030", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == len(rows) == report.tally.rows
    for row, (name, lon, lat, stage, fault) in zip(found, rows):
        assert row["名称"] == ("'" if name.startswith("=") else "") + name
        assert [row["经度"], row["纬度"], row["阶段"]] == [lon, lat, stage]
        if fault:
            assert fault in row["zr_error"], name
        else:
            assert row["zr_error"] == "", name
        answered = not fault or name == "坏阶段"
        assert bool(row["zr_verdict"]) == answered, name
    same = {row["zr_inside"] for row in found if row["名称"] in ("好", "度分秒", "东经", "全角")}
    assert len(same) == 1 and "gc-nrmm-ban" in same.pop()
    assert any("1 个" in note.zh and "'" in note.zh for note in report.notes)


def test_ragged_rows_blank_lines_and_headings_twice(catalogue: Catalogue, tmp_path: Path) -> None:
    source = table(
        tmp_path / "in.csv",
        "经度,纬度,名称,名称,zr_reason\n\n113.69,34.735,甲,乙,old\n113.69,34.735\n \n"
        "113.69,34.735,a,b,c,surplus\n,,,,\n",
    )
    report = check(catalogue, source, tmp_path / "out.csv", {})
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["经度", "纬度", "名称", "名称", "zr_reason_2", *ZR]
    assert [row[:5] for row in rows] == [
        ["113.69", "34.735", "甲", "乙", "old"],
        ["113.69", "34.735", "", "", ""],
        [" ", "", "", "", ""],
        ["113.69", "34.735", "a", "b", "c"],
        ["", "", "", "", ""],
    ]
    errors = [row[-1] for row in rows]
    assert errors[0] == ""
    assert "2 格" in errors[1] and "1 格" in errors[2] and "surplus" in errors[3]
    assert "没有位置" in errors[4]
    assert [row[8] for row in rows] == [rows[0][8], rows[0][8], "", rows[0][8], ""]
    assert any("zr_reason_2" in note for note in report.notes)


def test_a_cell_of_ten_megabytes(catalogue: Catalogue, tmp_path: Path) -> None:
    long = "长" * 3_500_000
    source = table(tmp_path / "in.csv", f"经度,纬度,注\n113.69,34.735,{long}\n113.69,34.735,短\n")
    check(catalogue, source, tmp_path / "out.csv", {})
    csv.field_size_limit(1 << 30)
    rows = read(tmp_path / "out.csv")
    assert [row["注"] for row in rows] == [long, "短"]
    assert rows[0]["zr_verdict"] == rows[1]["zr_verdict"] != ""
    report = check(catalogue, source, tmp_path / "out.xlsx", {}, review=tmp_path / "r.csv")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx", read_only=True)["结果"]
    cells = [row[2] for row in sheet.iter_rows(values_only=True)]
    assert cells == ["注", "长" * 32_766 + "…", "短"]
    assert next(row["注"] for row in read(tmp_path / "r.csv")) == long
    assert any("--review" in note for note in report.notes)


def test_days_in_every_spelling(catalogue: Catalogue, tmp_path: Path) -> None:
    good = ["2017-11-20", "2017/11/20", "2017.11.20", "20171120", "2017年11月20日",
            "2017-11-20 08:30", "２０１７－１１－２０", "2017-11-20T00:00:00"]  # fmt: skip
    bad = ["2017-11", "11/20/2017", "2017-02-30", "昨天", "43059"]
    lines = [f"113.69,34.735,{day}" for day in [*good, "", *bad]]
    source = table(tmp_path / "in.csv", "经度,纬度,日期\n" + "\n".join(lines))
    given = {"date": "日期"}
    check(catalogue, source, tmp_path / "out.csv", {"date": "2022-06-01"}, given=given)
    rows = read(tmp_path / "out.csv")
    assert len({row["zr_verdict"] for row in rows[: len(good)]}) == 1
    assert {row["zr_error"] for row in rows[: len(good) + 1]} == {""}
    empty = catalogue.at(113.69, 34.735, date="2022-06-01", activity=ACTIVITY)["verdicts"][0]
    assert rows[len(good)]["zr_missing"].split(";") == empty["missing"], "as --date says"
    assert rows[len(good)]["zr_missing"] != rows[0]["zr_missing"]
    for row, day in zip(rows[len(good) + 1 :], bad):
        assert day in row["zr_error"] and row["zr_verdict"] == "", "another day is no answer"


def test_rows_with_facts_days_and_alerts_of_their_own(catalogue: Catalogue, tmp_path: Path) -> None:
    source = table(
        tmp_path / "in.csv",
        "经度,纬度,阶段,预警,误差\n113.69,34.735,1,,\n113.69,34.735,,红色预警,500\n"
        "113.69,34.735,4,无预警,x\n",
    )
    task = {
        "fact_columns": {"machine.stage": "阶段"},
        "given": {"alert": "预警", "accuracy": "误差"},
    }
    check(catalogue, source, tmp_path / "out.csv", {}, **task)
    rows = read(tmp_path / "out.csv")
    for row, options in zip(
        rows, [{"facts": {"machine.stage": "1"}}, {"alert": "red", "accuracy_m": 500.0}]
    ):
        answer = catalogue.at(113.69, 34.735, date="2017-11-20", activity=ACTIVITY, **options)
        assert row["zr_verdict"] == answer["verdicts"][0]["verdict"]
    assert "x" in rows[2]["zr_error"] and rows[2]["zr_verdict"] == "", "how far off is not known"


@pytest.mark.parametrize("rows", [0, 1])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet", ".gpkg", ".geojson"])
def test_tables_of_no_rows_and_of_one(
    catalogue: Catalogue, tmp_path: Path, rows: int, suffix: str
) -> None:
    source = table(tmp_path / "in.csv", "经度,纬度\n" + "113.69,34.735\n" * rows)
    output = tmp_path / f"out{suffix}"
    assert check(catalogue, source, output, {}).tally.rows == rows
    back = open_table(output)
    assert sum(batch.num_rows for batch in back.batches()) == rows


# --- formats -------------------------------------------------------------------------------------

SUFFIXES = [".csv", ".tsv", ".xlsx", ".parquet", ".geoparquet", ".gpkg", ".geojson"]
SHAPES = ("geometry", "geom", "wkb_geometry")  # what formats call their places
PLACES = [(113.69, 34.735), (113.62, 34.75), None, (0.0, 0.0), (113.7, 34.7)]


def inputs(folder: Path) -> dict[str, Path]:
    """The same five rows in every format, one of them without a place."""
    frame = pandas.DataFrame(
        {
            "编号": [f"n{i}" for i in range(5)],
            "名称": ["甲", "乙,丙", "丁", None, "戊"],
            "经度": [p and p[0] for p in PLACES],
            "纬度": [p and p[1] for p in PLACES],
        }
    )
    shapes = geopandas.GeoDataFrame(
        frame[["编号", "名称"]],
        geometry=[p and shapely.Point(p) for p in PLACES],
        crs="EPSG:4326",
    )
    paths = {
        suffix: folder / f"in{suffix}"
        for suffix in (
            ".csv",
            ".tsv",
            ".xlsx",
            ".parquet",
            ".geoparquet",
            ".gpkg",
            ".geojson",
            ".shp",
        )
    }
    frame.to_csv(paths[".csv"], index=False)
    frame.to_csv(paths[".tsv"], index=False, sep="\t", encoding="gb18030")
    frame.to_excel(paths[".xlsx"], index=False)
    frame.to_parquet(paths[".parquet"], index=False)
    shapes.to_parquet(paths[".geoparquet"], index=False)
    for suffix in (".gpkg", ".geojson"):
        shapes.to_file(paths[suffix])
    shapes.to_file(paths[".shp"], encoding="utf-8")
    return paths


@pytest.mark.parametrize(
    "to",
    [
        *SUFFIXES[::2],
        *(pytest.param(to, marks=pytest.mark.thorough) for to in SUFFIXES[1::2]),
    ],
)
def test_every_format_in_every_format_out(catalogue: Catalogue, tmp_path: Path, to: str) -> None:
    expected: list[Any] | None = None
    for suffix, source in inputs(tmp_path).items():
        spatial = suffix in (".geoparquet", ".gpkg", ".geojson", ".shp")
        output = tmp_path / f"out-{suffix[1:]}{to}"
        # a file with a CRS of its own needs no datum
        check(catalogue, source, output, {"datum": None if spatial else "wgs84"})
        back = open_table(output)
        columns: dict[str, list[Any]] = {name: [] for name in back.names}
        for batch in back.batches():
            for name, column in zip(back.names, batch.columns):
                columns[name] += column.to_pylist()
        kept = [name for name in open_table(source).names if name not in SHAPES]
        assert [name for name in back.names if name in (*kept, *ZR)] == [*kept, *ZR], (suffix, to)
        assert columns["编号"] == [f"n{i}" for i in range(5)]
        assert [name or None for name in columns["名称"]] == ["甲", "乙,丙", "丁", None, "戊"]
        if spatial:
            assert set(back.names) & set(SHAPES), "the shape stays"
        texts = [name for name in ZR if name != "zr_distance_m"]
        answers = [[value or None for value in columns[name]] for name in texts]
        expected = expected or answers
        assert answers == expected, (suffix, to)
        if back.geometry is not None:
            read = geopandas.read_parquet if "parquet" in to else geopandas.read_file
            frame = read(output)
            found = [None if shape is None else (shape.x, shape.y) for shape in frame.geometry]
            assert found[2] is None
            assert found[0] == pytest.approx(PLACES[0])
            assert frame.crs.to_epsg() in (4326, None) or frame.crs.to_string() == "OGC:CRS84"
    assert expected is not None and "没有位置" in expected[-1][2]


def test_shapes_that_are_no_points_are_told(catalogue: Catalogue, tmp_path: Path) -> None:
    box = shapely.box(113.6, 34.7, 113.7, 34.8)
    frame = geopandas.GeoDataFrame({"a": [1, 2]}, geometry=[box, box.centroid], crs="EPSG:4326")
    frame.to_file(tmp_path / "in.gpkg")
    check(catalogue, tmp_path / "in.gpkg", tmp_path / "out.geojson", {"datum": None})
    back = geopandas.read_file(tmp_path / "out.geojson")
    assert back.geometry[0].equals_exact(box, 1e-6)
    assert "Polygon" in back["zr_error"][0] and back["zr_verdict"][0] is None
    assert back["zr_error"][1] is None


def test_rows_for_a_person_are_written_apart(catalogue: Catalogue, tmp_path: Path) -> None:
    source = table(
        tmp_path / "in.csv", "经度,纬度,阶段\n113.69,34.735,\n0,0,\nx,1,\n113.69,34.735,1\n"
    )
    task = {"fact_columns": {"machine.stage": "阶段"}, "review": tmp_path / "review.csv"}
    report = check(catalogue, source, tmp_path / "out.csv", {}, **task)
    rows = read(tmp_path / "out.csv")
    assert [row["zr_verdict"] for row in rows][1:3] == ["", ""]
    wanted = [
        str(number)
        for number, row in enumerate(rows, start=1)
        if row["zr_error"] or row["zr_near"] or row["zr_verdict"] == "cannot_determine"
    ]
    review = read(tmp_path / "review.csv")
    assert [row["zr_row"] for row in review] == wanted and {"2", "3"} <= set(wanted)
    assert report.review == len(wanted)
    assert {key: review[0][key] for key in rows[0]} == rows[0]


# --- what is asked -------------------------------------------------------------------------------


def refused(catalogue: Catalogue, source: Path, **question: Any) -> str:
    with pytest.raises(BadInput) as caught:
        check(catalogue, source, source.with_name("out.csv"), question)
    assert not source.with_name("out.csv").exists()
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("line", "question", "words"),
    [
        ("113.69,34.735", {"datum": None}, ["--datum is required", "113.69", "degrees in China"]),
        ("34.735,113.69", {"datum": None}, ["y", "northing or latitude", "--lon y --lat x"]),
        ("34.735,113.69", {}, ["--lon y --lat x"]),
        ("471608,3844934", {"datum": None}, ["--crs is required", "projected metres"]),
        ("471608,3844934", {}, ["--crs is required"]),
        ("38471608,3844934", {}, ["--crs is required", "zone number, 38"]),
        ("38471608,3844934", {"crs": "EPSG:4547"}, ["zone number, 38", "EPSG:4526"]),
        ("37471608,3844934", {"crs": "EPSG:4547"}, ["zone number, 37", "EPSG:4525"]),
        ("471608,3844934", {"crs": "EPSG:4526"}, ["no zone number", "EPSG:4547"]),
        ("3844934,471608", {"crs": "EPSG:4547"}, ["--lon y --lat x"]),
        ("3844934,38471608", {"crs": "EPSG:4526"}, ["--lon y --lat x"]),
        ("113.69,34.735", {"datum": "gcj2"}, ["--datum gcj2", "gcj02"]),
        ("113.69,34.735", {"crs": "EPSG:0"}, ["--crs EPSG:0"]),
        ("113.69,34.735", {"activities": ("mine-things",)}, ["--activity mine-things"]),
        ("113.69,34.735", {"facts": {"machin.stage": "1"}}, ["machin.stage", "machine.stage"]),
        ("113.69,34.735", {"date": "2017-13-01"}, ["--date 2017-13-01"]),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(
    catalogue: Catalogue, tmp_path: Path, line: str, question: dict[str, Any], words: list[str]
) -> None:
    told = refused(catalogue, table(tmp_path / "in.csv", f"x,y\n{line}\n{line}\n"), **question)
    for word in words:
        assert word in told


@pytest.mark.parametrize(("crs", "easting"), [("EPSG:4547", 471608.0), ("EPSG:4526", 38471608.0)])
def test_projected_columns_with_and_without_the_zone_number(
    catalogue: Catalogue, tmp_path: Path, crs: str, easting: float
) -> None:
    lines = [f"{easting},3844934", f"{easting},3844934", "99999999,3844934"]
    source = table(tmp_path / "in.csv", "x,y\n" + "\n".join(lines))
    check(catalogue, source, tmp_path / "out.gpkg", {"crs": crs, "datum": None})
    frame = geopandas.read_file(tmp_path / "out.gpkg")
    # by hand: 28392 m west of 114° E at 34.73° N, where a degree is 91578 m
    assert frame.geometry[0].x == pytest.approx(114 - 28392 / 91578, abs=2e-4)
    assert frame.geometry[0].y == pytest.approx(34.73, abs=0.01)
    assert "99999999" in frame["zr_error"][2] and frame.geometry[2] is None


def test_headings_that_say_what_they_are(catalogue: Catalogue, tmp_path: Path) -> None:
    source = table(
        tmp_path / "in.csv",
        "东 [lon],北 [lat],阶段 [machine.stage],其他 [nothing]\n113.69,34.735,1,x\n",
    )
    run = Run(
        catalogue,
        Task(source, tmp_path / "out.csv"),
        Question(datum="wgs84", **ASKED),  # type: ignore[arg-type]
    )
    assert run.columns.roles == {"lon": 0, "lat": 1}
    assert run.columns.facts == {"machine.stage": 2}
    assert run.columns.guessed == ()


def test_the_output_is_not_the_input(catalogue: Catalogue, tmp_path: Path) -> None:
    source = table(tmp_path / "in.csv", "经度,纬度\n113.69,34.735\n")
    with pytest.raises(BadInput, match="same file as IN"):
        check(catalogue, source, source, {})
    with pytest.raises(BadInput, match="same file as -o"):
        check(catalogue, source, tmp_path / "o.csv", {}, review=tmp_path / "." / "o.csv")
    assert source.read_text().endswith("34.735\n")


# --- long runs -----------------------------------------------------------------------------------

CHILD = """
import sys, time
from pathlib import Path
from zonerules.jobs.open import open as open_catalogue
from zonerules.jobs.table import reading
from zonerules.jobs.table.check import Question
from zonerules.jobs.table.run import Run, Task
source, output, slow = sys.argv[1:4]
reading.ROWS = 400
task = Task(Path(source), Path(output), resume=True, review=Path(output).with_name("review.csv"))
question = Question(activities=("{activity}",), date="2017-11-20", datum="wgs84")
run = Run(open_catalogue(), task, question)
run.run(lambda share, note: time.sleep(float(slow)))
print(run.checker.tally.verdicts, run.checker.tally.rows)
""".replace("{activity}", ACTIVITY)


def long_table(path: Path, rows: int = 4000) -> Path:
    columns = range(rows)
    pandas.DataFrame(
        {
            "编号": columns,
            "经度": [113.3 + (i * 37 % 800) / 1000 for i in columns],
            "纬度": [34.45 + (i * 91 % 550) / 1000 for i in columns],
        }
    ).to_parquet(path, index=False)
    return path


@pytest.mark.parametrize("suffix", [".csv", pytest.param(".parquet", marks=pytest.mark.thorough)])
def test_a_run_killed_half_way_goes_on_to_the_same_bytes(
    catalogue: Catalogue, tmp_path: Path, suffix: str
) -> None:
    source = long_table(tmp_path / "in.parquet")
    whole, output = tmp_path / f"whole{suffix}", tmp_path / f"out{suffix}"
    command = [sys.executable, "-c", CHILD, str(source)]
    first = subprocess.run([*command, str(whole), "0"], check=True, capture_output=True, text=True)
    review = (tmp_path / "review.csv").read_bytes()
    parts = tmp_path / f"{output.name}.parts"
    with subprocess.Popen([*command, str(output), "0.3"]) as child:
        for _ in range(2000):
            if len(list(parts.glob("*.arrow"))) >= 3:
                break
            time.sleep(0.03)
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    assert not output.exists()
    done = len(list(parts.glob("*.arrow")))
    assert 3 <= done < 10
    # as a crash in the midst of writing leaves it
    with (parts / "journal.jsonl").open("a") as journal:
        journal.write('{"part": 99, "sha')
    damaged = parts / f"{done - 1:06d}.arrow"
    damaged.write_bytes(damaged.read_bytes()[:-7])
    again = subprocess.run([*command, str(output), "0"], check=True, capture_output=True, text=True)
    assert output.read_bytes() == whole.read_bytes()
    assert (tmp_path / "review.csv").read_bytes() == review
    assert again.stdout == first.stdout, "the counts, too"
    assert not parts.exists()


class Stop(Exception):
    """The user's interrupt."""


def stopped(catalogue: Catalogue, source: Path, output: Path, **question: Any) -> None:
    """A run with --resume that stops after its second batch."""
    calls = []

    def progress(share: float, note: str) -> None:
        calls.append(share)
        if len(calls) == 2:
            raise Stop

    datum = None if "crs" in question else "wgs84"
    asked = Question(**{"datum": datum, **ASKED, **question})
    with pytest.raises(Stop):
        Run(catalogue, Task(source, output, resume=True), asked).run(progress)


def test_parts_of_another_run_are_never_taken(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zonerules.jobs.table.reading.ROWS", 400)
    source, output = long_table(tmp_path / "in.parquet"), tmp_path / "out.csv"
    stopped(catalogue, source, output)
    assert not output.exists()
    parts = tmp_path / "out.csv.parts"
    assert len(list(parts.glob("*.arrow"))) == 2
    for question, word in (
        ({"date": "2017-11-21"}, "date: 2017-11-20 → 2017-11-21"),
        ({"activities": ("operate-boiler",)}, "activities"),
        ({"accuracy_m": 11.0}, "accuracy_m"),
        ({"facts": {"machine.stage": "1"}}, "facts"),
    ):
        with pytest.raises(BadInput, match=f"another question .*{word}"):
            check(catalogue, source, output, question, resume=True)
    changed = Catalogue({**catalogue.data, "fingerprint": "sha256:0"})
    with pytest.raises(BadInput, match="another catalogue"):
        check(changed, source, output, {}, resume=True)
    os.utime(source)
    with pytest.raises(BadInput, match=r"another input \(mtime_ns"):
        check(catalogue, source, output, {}, resume=True)
    assert len(list(parts.glob("*.arrow"))) == 2, "and none is lost"
    check(catalogue, source, output, {})  # without --resume they are left alone
    assert parts.exists()
    (parts / "journal.jsonl").write_text("")
    check(catalogue, source, output, {}, resume=True)
    assert not parts.exists()


def test_what_is_done_is_not_done_again(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zonerules.jobs.table.reading.ROWS", 400)
    source, output = long_table(tmp_path / "in.parquet"), tmp_path / "out.csv"
    stopped(catalogue, source, output)
    asked = Question(datum="wgs84", **ASKED)  # type: ignore[arg-type]
    run = Run(catalogue, Task(source, output, resume=True), asked)
    batches = []
    monkeypatch.setattr(run, "checker", _Counting(run.checker, batches), raising=True)
    report = run.run()
    assert len(batches) == 8
    assert report.tally.rows == 4000
    journal = json.dumps(report.tally.verdicts)
    check(catalogue, source, tmp_path / "plain.csv", {})
    assert output.read_bytes() == (tmp_path / "plain.csv").read_bytes(), journal


class _Counting:
    """A checker that counts its batches."""

    def __init__(self, checker: Any, batches: list[int]) -> None:
        object.__setattr__(self, "_checker", checker)
        object.__setattr__(self, "_batches", batches)

    def __call__(self, batch: Any, *more: Any) -> Any:
        self._batches.append(batch.num_rows)
        return self._checker(batch, *more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._checker, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._checker, name, value)
