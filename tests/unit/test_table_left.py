"""What is easily left: files of killed runs, tables without rows, cells that say "none"."""

from __future__ import annotations

import csv
import json
import os
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

import geopandas
import openpyxl
import pandas
import pytest
import shapely
from openpyxl.worksheet._writer import ALL_TEMP_FILES
from pyarrow import parquet

from zonerules.jobs.answer import BadInput
from zonerules.jobs.open import Catalogue
from zonerules.jobs.open import open as open_catalogue
from zonerules.jobs.progress import Cancelled
from zonerules.jobs.table.behind import Behind
from zonerules.jobs.table.check import Question
from zonerules.jobs.table.folder import FolderRun
from zonerules.jobs.table.run import Run, Task

if TYPE_CHECKING:
    from pathlib import Path

ACTIVITY = "operate-non-road-machinery"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_catalogue()


def check(catalogue: Catalogue, source: Path, output: Path, **task: Any) -> None:
    lang = task.pop("lang", "en")
    datum = task.pop("datum", None)
    asked = Question(activities=(ACTIVITY,), date="2017-11-20", datum=datum, lang=lang)
    Run(catalogue, Task(source, output, **task), asked).run()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("end", [".geojson", ".gpkg", ".parquet", ".csv", ".xlsx"])
@pytest.mark.parametrize("begin", [".geojson", ".gpkg"])
def test_a_layer_without_rows(catalogue: Catalogue, tmp_path: Path, begin: str, end: str) -> None:
    source, output = tmp_path / f"in{begin}", tmp_path / f"out{end}"
    if begin == ".geojson":
        source.write_text(json.dumps({"type": "FeatureCollection", "features": []}), "utf-8")
    else:
        empty = geopandas.GeoDataFrame({"n": pandas.Series([], dtype="int64")}, geometry=[])
        empty.set_crs(4326).to_file(source)
    check(catalogue, source, output)
    assert output.is_file()
    if end in (".geojson", ".gpkg"):
        assert len(geopandas.read_file(output)) == 0


def test_a_table_without_rows_keeps_its_types(catalogue: Catalogue, tmp_path: Path) -> None:
    frame = pandas.DataFrame({"id": [1], "lon": [113.69], "lat": [34.735]}).iloc[:0]
    frame.to_parquet(tmp_path / "in.parquet")
    check(catalogue, tmp_path / "in.parquet", tmp_path / "out.parquet", datum="wgs84")
    schema = parquet.read_schema(tmp_path / "out.parquet")
    assert [str(schema.field(name).type) for name in ("id", "lon", "lat")] == [
        "int64", "double", "double",
    ]  # fmt: skip


def test_files_of_a_killed_run_go_when_it_is_resumed(catalogue: Catalogue, tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("lon,lat\n113.69,34.735\n", "utf-8")
    left = [tmp_path / "out.0a1b2c3d.part.csv", tmp_path / "review.ffffffff.part.csv"]
    others = [tmp_path / "out.part.csv", tmp_path / "out2.0a1b2c3d.part.csv"]
    for path in (*left, *others):
        path.write_text("x", "utf-8")
    review = tmp_path / "review.csv"
    check(catalogue, source, tmp_path / "out.csv", datum="wgs84", resume=True, review=review)
    assert not any(path.exists() for path in left)
    assert all(path.exists() for path in others)


def test_cells_that_say_none_are_empty_and_accuracies_are_metres(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    text = "lon,lat,accuracy\n无,—,\nNULL,/,\n113.69,34.735,5米\n113.x,34.735,\n"
    source.write_text(text, "utf-8")
    check(catalogue, source, output, datum="wgs84", lang="zh", given={"accuracy": "accuracy"})
    errors = [row["zr_error"] for row in rows(output)]
    assert errors[:2] == ["此行没有位置"] * 2
    assert "5米" in errors[2] and "以米为单位" in errors[2]
    assert "113.x" in errors[3] and "角度" in errors[3] and "angle" not in errors[3]
    assert [row["zr_verdict"] for row in rows(output)] == [""] * 4


def test_a_shapefile_in_another_encoding_gets_a_hint(catalogue: Catalogue, tmp_path: Path) -> None:
    source = tmp_path / "in.shp"
    frame = geopandas.GeoDataFrame({"名称": ["郑州"]}, geometry=[shapely.Point(113.69, 34.735)])
    frame.set_crs(4326).to_file(source, encoding="gb18030")
    source.with_suffix(".cpg").unlink()
    with pytest.raises(BadInput, match="--encoding gb18030"):
        check(catalogue, source, tmp_path / "out.csv")
    check(catalogue, source, tmp_path / "out.csv", encoding="gb18030")
    assert rows(tmp_path / "out.csv")[0]["名称"] == "郑州"


def test_geoparquet_without_geometry_is_no_part(catalogue: Catalogue, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    pandas.DataFrame({"lon": [113.69], "lat": [34.735]}).to_parquet(folder / "a.geoparquet")
    asked = Question(activities=(ACTIVITY,), date="2017-11-20", datum="wgs84")
    with pytest.raises(BadInput, match=r"a\.geoparquet"):
        FolderRun(catalogue, Task(folder, tmp_path / "out"), asked)


@pytest.mark.thorough
def test_a_workbook_can_be_stopped_while_it_is_completed(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    source, output, review = tmp_path / "in.csv", tmp_path / "out.xlsx", tmp_path / "review.csv"
    lines = [f"113.69,34.{n:04}" for n in range(3000)]
    source.write_text("\n".join(["lon,lat", *lines]), "utf-8")
    output.write_text("old")
    asked = Question(activities=(ACTIVITY,), date="2017-11-20", datum="wgs84")
    temporary = len(ALL_TEMP_FILES)
    heard: list[tuple[float, str]] = []

    def progress(done: float, note: str) -> None:
        heard.append((done, note))
        if len([one for one in heard if one == (0.99, "3000")]) == 20:
            raise Cancelled

    with pytest.raises(Cancelled):
        Run(catalogue, Task(source, output, review=review), asked).run(progress)
    assert heard.count((0.99, "3000")) == 20, "nobody is asked again after a no"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.xlsx"]
    assert output.read_text() == "old"
    assert len(ALL_TEMP_FILES) == temporary, "nor are there sheets in the temporary folder"
    Run(catalogue, Task(source, output, review=review), asked).run()
    assert openpyxl.load_workbook(output)["结果"].max_row == 3001
    assert review.is_file()


def test_an_interrupt_waits_for_the_call_that_runs() -> None:
    done = []

    def slow() -> None:
        time.sleep(0.6)
        done.append(True)

    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt), Behind() as behind:
        behind.do(slow)
    assert done == [True]
