"""A folder of Parquet in, a folder out: part by part, the answers of one file, and never half."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import geopandas
import numpy as np
import pandas
import pyarrow as pa
import pytest
import shapely
from pandas.testing import assert_frame_equal
from pyarrow import parquet

from zonerules.jobs import cli
from zonerules.jobs.answer import BadInput
from zonerules.jobs.open import Catalogue
from zonerules.jobs.open import open as open_catalogue
from zonerules.jobs.table.check import Question, Tally
from zonerules.jobs.table.folder import FolderRun, added
from zonerules.jobs.table.part import MANIFEST, UNFINISHED
from zonerules.jobs.table.run import Report, Run, Task

if TYPE_CHECKING:
    from pathlib import Path

ACTIVITY = "operate-non-road-machinery"
ASKED: dict[str, Any] = {"activities": (ACTIVITY,), "date": "2017-11-20", "datum": "wgs84"}
FACTS = {"machine.stage": "stage"}
PARTS = {"a-0.parquet": 0, "b-1.snappy.parquet": 30, "k=1/c.parquet": 20, "k=2/c.parquet": 25}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_catalogue()


def rows(count: int, seed: int) -> pandas.DataFrame:
    rng = np.random.default_rng(seed)
    return pandas.DataFrame(
        {
            "id": np.arange(count) + 1000 * seed,
            "lon": rng.uniform(113.5, 113.8, count),
            "lat": rng.uniform(34.6, 34.9, count),
            "stage": pandas.array(rng.integers(0, 9, count), "Int8"),
            "note": [None, *"x" * (count - 1)] if count else np.array([], dtype=object),
        }
    )


def folder_of(folder: Path, parts: dict[str, int]) -> Path:
    for seed, (name, count) in enumerate(parts.items()):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        rows(count, seed).to_parquet(folder / name, index=False)
    return folder


def check(
    catalogue: Catalogue, source: Path, output: Path, *, resume: bool = False, **asked: Any
) -> Report:
    task = Task(source, output, fact_columns=FACTS, resume=resume)
    return FolderRun(catalogue, task, Question(**{**ASKED, **asked})).run()


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_part_has_the_answers_of_a_file(catalogue: Catalogue, tmp_path: Path) -> None:
    source = folder_of(tmp_path / "in", PARTS)
    for extra in ("_SUCCESS", ".part.crc", "k=1/_metadata", "readme.txt"):
        (source / extra).write_text("x")
    seen: list[float] = []
    task = Task(source, tmp_path / "out", fact_columns=FACTS)
    run = FolderRun(catalogue, task, Question(**ASKED))
    report = run.run(lambda share, note: seen.append(share))
    assert sorted(content(tmp_path / "out")) == sorted([*PARTS, MANIFEST])
    assert seen == sorted(seen) and seen[-1] == 1.0
    assert report.notes == ["files in in that are no Parquet and were left out: 1"]
    alone = []
    for name in PARTS:
        single = Task(source / name, tmp_path / "one.parquet", fact_columns=FACTS)
        alone.append(Run(catalogue, single, Question(**ASKED)).run())
        expected = pandas.read_parquet(tmp_path / "one.parquet")
        found = parquet.ParquetFile(tmp_path / "out" / name).read().to_pandas()
        if PARTS[name]:
            assert_frame_equal(found, expected)
        assert list(found.columns) == list(expected.columns)
    frame = pandas.concat(
        parquet.ParquetFile(tmp_path / "out" / name).read().to_pandas() for name in PARTS
    )
    assert report.tally.rows == len(frame) == sum(PARTS.values())
    assert report.tally.verdicts["zr_verdict"] == frame["zr_verdict"].value_counts().to_dict()
    assert sum(report.tally.errors.values()) == frame["zr_error"].notna().sum() > 0
    assert report.review == sum(one.review for one in alone)
    assert report.tally.zones == added(one.tally for one in alone).zones
    # what reads folders of Parquet finds the rows and nothing else
    assert len(pandas.read_parquet(tmp_path / "out" / "k=1")) == 20


def test_parts_with_shapes_stay_geoparquet(catalogue: Catalogue, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for seed in (1, 2):
        plain = rows(5, seed)
        points = geopandas.points_from_xy(plain.pop("lon"), plain.pop("lat"), crs="EPSG:4326")
        frame = geopandas.GeoDataFrame(plain, geometry=points).to_crs("EPSG:4547")
        frame.loc[0, "geometry"] = None
        frame.to_parquet(source / f"{seed}.geoparquet", index=False)
    check(catalogue, source, tmp_path / "out", datum=None)
    for seed in (1, 2):
        back = geopandas.read_parquet(tmp_path / "out" / f"{seed}.geoparquet")
        asked = {"activity": ACTIVITY, "date": "2017-11-20", "fact_columns": FACTS}
        given = geopandas.read_parquet(source / f"{seed}.geoparquet")
        assert back.crs == given.crs
        assert_frame_equal(
            pandas.DataFrame(back),
            pandas.DataFrame(catalogue.check(given, **asked)),
            check_dtype=False,  # what pandas notes of its own types is not kept
        )


# --- going on ------------------------------------------------------------------------------------


def test_only_what_is_missing_damaged_or_changed_is_done_again(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    source, output = folder_of(tmp_path / "in", PARTS), tmp_path / "out"
    first = check(catalogue, source, output)
    before = content(output)
    assert json.loads(before[MANIFEST])["finished"] == {"parts": 4, "rows": 75}
    stamps = {name: (output / name).stat().st_mtime_ns for name in PARTS}
    again = check(catalogue, source, output, resume=True)
    assert again.tally == first.tally and again.review == first.review
    assert again.notes[0].endswith("kept: 4")
    (output / "k=1/c.parquet").unlink()
    (output / "k=2/c.parquet").write_bytes(before["k=2/c.parquet"][:-9])
    parquet.write_table(pa.table({"x": [1]}), output / "b-1.snappy.parquet")  # a part, not ours
    (output / UNFINISHED / "left").mkdir(parents=True)  # by one that was killed
    mended = check(catalogue, source, output, resume=True)
    assert content(output) == before
    assert mended.tally == first.tally and mended.notes[0].endswith("kept: 1")
    rows(31, 7).to_parquet(source / "b-1.snappy.parquet", index=False)
    report = check(catalogue, source, output, resume=True)
    assert report.tally.rows == 76
    changed = {name for name in PARTS if (output / name).stat().st_mtime_ns != stamps[name]}
    assert changed == {"b-1.snappy.parquet", "k=1/c.parquet", "k=2/c.parquet"}
    assert len(parquet.read_table(output / "b-1.snappy.parquet")) == 31


def test_what_is_there_of_something_else_is_never_taken(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    source, output = folder_of(tmp_path / "in", {"a.parquet": 3, "b.parquet": 2}), tmp_path / "out"
    check(catalogue, source, output)
    before = content(output)

    def told(**asked: Any) -> str:
        with pytest.raises(BadInput) as caught:
            check(catalogue, source, output, **asked)
        assert content(output) == before
        return str(caught.value)

    assert "--resume" in told()
    assert "question (date: 2017-11-20 → 2017-11-21)" in told(resume=True, date="2017-11-21")
    (source / "b.parquet").unlink()
    assert "b.parquet is no part of in" in told(resume=True)
    (output / MANIFEST).unlink()
    before.pop(MANIFEST)
    assert "holds no run" in told(resume=True)


CHILD = """
import os, sys, time
from pathlib import Path
from zonerules.jobs.open import open as open_catalogue
from zonerules.jobs.table import part
from zonerules.jobs.table.check import Question
from zonerules.jobs.table.folder import FolderRun
from zonerules.jobs.table.run import Task
finish = part._PartOutput.finish
def slowly(output):
    if len(list(Path(sys.argv[2]).glob("*.parquet"))) == 2:
        print("now", flush=True)
        time.sleep(60)
    finish(output)
part._PartOutput.finish = slowly
task = Task(Path(sys.argv[1]), Path(sys.argv[2]), fact_columns={"machine.stage": "stage"})
FolderRun(open_catalogue(), task, Question(("{activity}",), "2017-11-20", datum="wgs84")).run()
""".replace("{activity}", ACTIVITY)


def test_a_run_that_is_killed_leaves_whole_parts_and_goes_on(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    source = folder_of(tmp_path / "in", {f"{i}.parquet": 5 for i in range(4)})
    check(catalogue, source, tmp_path / "whole")
    whole, output = content(tmp_path / "whole"), tmp_path / "out"
    command = [sys.executable, "-c", CHILD, str(source), str(output)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None and child.stdout.readline() == b"now\n"
        child.send_signal(signal.SIGKILL)
    there = content(output)
    parts = {name: part for name, part in there.items() if not name.startswith("_")}
    assert sorted(parts) == ["0.parquet", "1.parquet"]
    assert all(whole[name] == part for name, part in parts.items())
    assert [name for name in there if name.startswith(f"{UNFINISHED}/")], "it was in the midst"
    check(catalogue, source, output, resume=True)
    assert content(output) == whole


def test_counts_of_parts_add_up() -> None:
    one = Tally(2, {"v": {"a": 1, "b": 1}}, {"z": 2}, {"row … of …": 1})
    two = Tally(3, {"v": {"b": 3}, "w": {"c": 3}}, {"y": 1}, {"row … of …": 2, "x": 1})
    assert added(iter([one, two])) == Tally(
        5, {"v": {"a": 1, "b": 4}, "w": {"c": 3}}, {"z": 2, "y": 1}, {"row … of …": 3, "x": 1}
    )


# --- refusals ------------------------------------------------------------------------------------


def test_parts_that_are_not_alike_are_told_before_anything_is_written(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    source, output = folder_of(tmp_path / "in", {"a.parquet": 2}), tmp_path / "out"
    frame = geopandas.GeoDataFrame(
        {"stage": [1]}, geometry=[shapely.Point(113.69, 34.735)], crs="EPSG:4326"
    )

    def told(other: Any, name: str = "b.parquet") -> str:
        other.to_parquet(source / name, index=False)
        with pytest.raises(BadInput) as caught:
            check(catalogue, source, output, datum=None)
        assert not output.exists()
        return str(caught.value)

    assert "b.parquet: other columns (lat, latitude)" in told(
        rows(2, 1).rename(columns={"lat": "latitude"})
    )
    assert "b.parquet: other columns (note, lon" in told(
        rows(2, 1)[["note", "lon", "lat", "stage", "id"]]
    )
    frame.to_parquet(source / "a.parquet", index=False)
    assert "another CRS than a.parquet" in told(frame.to_crs("EPSG:4547"))
    (source / "b.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(BadInput, match=r"b\.parquet: not Parquet"):
        check(catalogue, source, output)


def test_a_damaged_page_is_told_with_its_part(catalogue: Catalogue, tmp_path: Path) -> None:
    source = folder_of(tmp_path / "in", {"a.parquet": 3, "b.parquet": 500})
    raw = bytearray((source / "b.parquet").read_bytes())
    raw[10:1500] = bytes(1490)
    (source / "b.parquet").write_bytes(raw)
    with pytest.raises(BadInput, match=r"^b\.parquet: "):
        check(catalogue, source, tmp_path / "out")
    assert sorted(content(tmp_path / "out")) == [MANIFEST, "a.parquet"]


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    status = cli.main(["check", *map(str, args)])
    return status, *capsys.readouterr()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--workers", "2"], "--workers 2: only with --dask"),
        (["--scheduler", "tcp://x:1"], "--scheduler tcp://x:1: only with --dask"),
        (["--dask", "--scheduler", "tcp://x:1", "--workers", "2"], "--workers 2: not with"),
        (["--review", "r.csv"], "--review: not for a folder"),
        (["--layer", "x"], "--layer: not for a folder"),
        (["--encoding", "utf-8"], "--encoding: not for a folder"),
        (["-o", "{in}/out"], "lies inside IN"),
        (["-o", "{in}"], "lies inside IN"),
        (["-o", "{in}/../file.csv"], "IN is a folder"),
        (["-o", "{in}/../none/out"], "no such folder"),
    ],
)
def test_options_that_do_not_go_together(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, more: list[str], words: str
) -> None:
    source = folder_of(tmp_path / "in", {"a.parquet": 2})
    (tmp_path / "file.csv").write_text("")
    given = [text.replace("{in}", str(source)) for text in more]
    args = [source, "-o", tmp_path / "out", "--datum", "wgs84", *given]
    status, _, err = run(capsys, *args)
    assert status == 2
    assert words in err and err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_file_or_a_folder_of_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text("lon,lat\n")
    status, _, err = run(capsys, tmp_path / "in", "-o", tmp_path / "out", "--datum", "wgs84")
    assert status == 2 and "no .parquet" in err
    table = tmp_path / "in" / "a.csv"
    status, _, err = run(capsys, table, "-o", tmp_path / "o.csv", "--dask", "--datum", "wgs84")
    assert status == 2 and "is no folder" in err


def test_the_command_tells_what_it_tells_of_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = folder_of(tmp_path / "in", PARTS)
    asked = ["--datum", "wgs84", "--activity", ACTIVITY, "--date", "2017-11-20", "--json"]
    status, out, err = run(capsys, source, "-o", tmp_path / "out", *asked)
    told = json.loads(out)
    assert status == 0 and "lon" in err
    assert (told["rows"], told["input"]) == (75, "in")
    assert sum(told["verdicts"]["zr_verdict"].values()) == 75
    shutil.rmtree(tmp_path / "out")
    status, out, err = run(capsys, source, "-o", tmp_path / "out", *asked[:-1])
    assert (status, err) == (0, "") and "75" in out.splitlines()[-1]


def test_without_dask_installed_it_is_told(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "in", {"a.parquet": 2})
    code = (
        "import sys; sys.modules['distributed'] = None\n"
        "from zonerules.jobs import cli; sys.exit(cli.main(sys.argv[1:]))"
    )
    args = ["check", str(source), "-o", str(tmp_path / "out"), "--datum", "wgs84", "--dask"]
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True)
    assert done.returncode == 2
    assert "zonerules[dask]" in done.stderr and "Traceback" not in done.stderr
