"""A folder on a real Dask cluster of two processes: the answers of one machine, whoever dies."""

from __future__ import annotations

import datetime
import logging
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas
import pytest

import zonerules
from zonerules.jobs.answer import BadInput
from zonerules.jobs.open import Catalogue
from zonerules.jobs.open import open as open_catalogue
from zonerules.jobs.table import asking
from zonerules.jobs.table.check import Question
from zonerules.jobs.table.cluster import on_dask
from zonerules.jobs.table.folder import FolderRun, here
from zonerules.jobs.table.part import MANIFEST
from zonerules.jobs.table.run import Report, Task
from zonerules.rules.messages import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zonerules.jobs.table.folder import Engine

distributed = pytest.importorskip("distributed")

ACTIVITY = "operate-non-road-machinery"
FACTS = {"machine.stage": "stage"}
ASKED = ["--datum", "wgs84", "--activity", ACTIVITY, "--date", "2017-11-20"]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_catalogue()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL,
    ) as made:
        yield made


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parts") / "in"
    folder.mkdir()
    rng = np.random.default_rng(5)
    for number in range(10):
        count = 0 if number == 3 else 1500
        columns = {
            "lon": rng.uniform(113.5, 113.8, count),
            "lat": rng.uniform(34.6, 34.9, count),
            "stage": rng.integers(0, 5, count),
        }
        pandas.DataFrame(columns).to_parquet(folder / f"part-{number:02d}.parquet", index=False)
    return folder


@pytest.fixture(scope="module")
def expected(source: Path, catalogue: Catalogue) -> tuple[dict[str, bytes], Report]:
    """What one process makes of the folder."""
    output = source.parent / "one"
    report = run(catalogue, source, output, here)
    return content(output), report


def run(catalogue: Catalogue, source: Path, output: Path, engine: Engine, **asked: Any) -> Report:
    task = Task(source, output, fact_columns=FACTS)
    question = {"activities": (ACTIVITY,), "date": "2017-11-20", "datum": "wgs84", **asked}
    progress = question.pop("progress", lambda share, note: None)
    return FolderRun(catalogue, task, Question(**question), engine).run(progress)


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_workers_answer_as_one_process_does(
    catalogue: Catalogue,
    cluster: Any,
    source: Path,
    expected: tuple[dict[str, bytes], Report],
    tmp_path: Path,
) -> None:
    seen: list[float] = []
    report = run(
        catalogue,
        source,
        tmp_path / "out",
        on_dask(cluster.scheduler_address),
        progress=lambda share, note: seen.append(share),
    )
    assert content(tmp_path / "out") == expected[0]
    assert report._replace(seconds=0.0) == expected[1]._replace(seconds=0.0)
    assert report.tally.rows == 13_500
    assert seen == sorted(seen) and seen[-1] == 1.0


@pytest.mark.thorough
def test_a_worker_that_is_killed_in_mid_run_changes_nothing(
    catalogue: Catalogue,
    cluster: Any,
    source: Path,
    expected: tuple[dict[str, bytes], Report],
    tmp_path: Path,
) -> None:
    killed: list[tuple[int, int]] = []

    def kill(share: float, note: str) -> None:
        if killed:
            return
        with distributed.Client(cluster, set_as_default=False) as client:
            busy = {worker: len(keys) for worker, keys in client.processing().items() if keys}
        nannies = {nanny.worker_address: nanny for nanny in cluster.workers.values()}
        victim = max(busy, key=lambda worker: busy[worker])
        killed.append((nannies[victim].pid, busy[victim]))
        os.kill(nannies[victim].pid, signal.SIGKILL)

    report = run(
        catalogue, source, tmp_path / "out", on_dask(cluster.scheduler_address), progress=kill
    )
    assert killed and killed[0][1] > 0, "it had work to do"
    assert killed[0][0] not in {nanny.pid for nanny in cluster.workers.values()}
    assert content(tmp_path / "out") == expected[0]
    assert report._replace(seconds=0.0) == expected[1]._replace(seconds=0.0)


def test_a_worker_of_another_version_or_catalogue_refuses(
    cluster: Any, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "zones.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    mine = open_catalogue(own)
    (own / "zones.geojson").write_text('{"type": "FeatureCollection", "features": [ ]}')
    with pytest.raises(BadInput) as caught:
        run(mine, source, tmp_path / "out", on_dask(cluster.scheduler_address))
    assert mine.data["fingerprint"] in str(caught.value) and "\n" not in str(caught.value)
    assert "规则库" in in_language(caught.value, "zh"), "also in Chinese from another process"
    assert list(content(tmp_path / "out")) == [MANIFEST], "nothing was answered"
    monkeypatch.setattr(zonerules, "__version__", "0.0.9")
    with pytest.raises(BadInput, match=r"0\.0\.9"):
        run(open_catalogue(), source, tmp_path / "two", on_dask(cluster.scheduler_address))
    assert list(content(tmp_path / "two")) == [MANIFEST]


def test_today_is_the_day_of_the_one_who_asks(
    catalogue: Catalogue,
    cluster: Any,
    source: Path,
    expected: tuple[dict[str, bytes], Report],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Then(datetime.date):
        @classmethod
        def today(cls) -> Then:
            return cls(2017, 11, 20)

    monkeypatch.setattr(datetime, "date", Then)
    assert asking.question_of(catalogue.book).date == "2017-11-20"
    engine = on_dask(cluster.scheduler_address)
    run(catalogue, source, tmp_path / "out", engine, date=None)
    assert content(tmp_path / "out") == expected[0]


@pytest.mark.thorough
def test_an_interrupted_command_goes_on_without_a_cluster(
    catalogue: Catalogue,
    source: Path,
    expected: tuple[dict[str, bytes], Report],
    tmp_path: Path,
) -> None:
    output = tmp_path / "out"
    args = ["check", str(source), "-o", str(output), *ASKED, "--dask", "--workers", "1"]
    command = [sys.executable, "-m", "zonerules", *args, "--fact-col", "machine.stage=stage"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as child:
        for _ in range(6000):
            if list(output.glob("*.parquet")) or child.poll() is not None:
                break
            time.sleep(0.005)
        os.killpg(child.pid, signal.SIGINT)  # as a terminal does, workers included
        _, err = child.communicate()
    assert child.returncode == 130
    assert b"--resume" in err and b"Traceback" not in err
    there = content(output)
    parts = {name: part for name, part in there.items() if name != MANIFEST}
    assert 0 < len(parts) < 10
    assert all(expected[0][name] == part for name, part in parts.items())
    task = Task(source, output, fact_columns=FACTS, resume=True)
    question = Question((ACTIVITY,), "2017-11-20", datum="wgs84")
    report = FolderRun(catalogue, task, question).run()
    assert content(output) == expected[0]
    assert report.tally == expected[1].tally
    assert report.notes[-1].endswith(f"kept: {len(parts)}")
