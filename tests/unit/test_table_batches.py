"""The function of record batches: it travels as a few words and answers the same everywhere."""

from __future__ import annotations

import datetime
import pickle
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
import shapely

import zonerules
from zonerules.jobs.answer import BadInput
from zonerules.jobs.open import Catalogue
from zonerules.jobs.open import open as open_catalogue
from zonerules.jobs.table import batches
from zonerules.jobs.table.batches import BatchChecker, checker, pieces

if TYPE_CHECKING:
    from pathlib import Path

ACTIVITY = "operate-non-road-machinery"
ASKED: dict[str, Any] = {"activity": ACTIVITY, "date": "2017-11-20", "datum": "wgs84"}
OWN: dict[str, Any] = {"fact_columns": {"machine.stage": "stage"}, "date_column": "when"}
OTHER_PROCESS = """
import pickle, sys
check, given = pickle.load(sys.stdin.buffer)
try:
    answer = [batch.to_pydict() for batch in check.stream(given)]
except Exception as error:
    answer = error
sys.stdout.buffer.write(pickle.dumps(answer))
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_catalogue()


def table(rows: int = 60) -> pa.RecordBatch:
    at = range(rows)
    return pa.RecordBatch.from_pydict(
        {
            "id": list(at),
            "经度": [113.55 + (i * 37 % 250) / 1000 for i in at],
            "纬度": [34.65 + (i * 91 % 200) / 1000 for i in at],
            "stage": pa.array([None if i % 5 == 4 else i % 5 for i in at], pa.int8()),
            "when": [None if i % 3 else datetime.date(2018, 5, 1) for i in at],
        }
    )


def elsewhere(check: BatchChecker, given: list[pa.RecordBatch]) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS],
        input=pickle.dumps((check, given)),
        capture_output=True,
        check=True,
    )
    return pickle.loads(done.stdout)


def test_another_process_gives_the_same_columns(catalogue: Catalogue) -> None:
    batch = table()
    check = checker(batch.schema, catalogue=catalogue, **OWN, **ASKED)
    assert len(pickle.dumps(check)) < 2000
    whole = check(batch)
    assert whole.schema == check.schema(batch.schema)
    assert whole.schema.names[:5] == batch.schema.names
    assert whole.columns[:5] == batch.columns
    assert {str(kind) for kind in whole.schema.types[5:]} == {"string", "double"}
    found = elsewhere(check, [batch.slice(0, 7), batch.slice(7, 0), batch.slice(7)])
    assert [len(part["id"]) for part in found] == [7, 53], "an empty batch is no batch"
    for name, column in whole.to_pydict().items():
        assert found[0][name] + found[1][name] == column
    for row in (0, 1, 14):
        told = batch.slice(row, 1).to_pylist()[0]
        answer = catalogue.at(
            told["经度"],
            told["纬度"],
            date=str(told["when"] or "2017-11-20"),
            activity=ACTIVITY,
            facts={} if told["stage"] is None else {"machine.stage": told["stage"]},
        )
        verdict = next(iter(answer["verdicts"]), {"verdict": None})["verdict"]
        assert whole["zr_verdict"][row].as_py() == verdict


def test_places_in_wkb_and_in_one_cell(catalogue: Catalogue) -> None:
    batch = table(9)
    expected = checker(batch.schema, catalogue=catalogue, **ASKED)(batch)["zr_inside"]
    points = list(zip(batch["经度"].to_pylist(), batch["纬度"].to_pylist()))
    shapes = pa.array([shapely.to_wkb(shapely.Point(*point)) for point in points])
    cells = pa.array([f"{lon}, {lat}" for lon, lat in points])
    other = pa.RecordBatch.from_arrays([shapes, cells], ["shape", "where"])
    for place in ({"geometry": "shape"}, {"place": "where"}):
        check = checker(["shape", "where"], catalogue=catalogue, **place, **ASKED)
        assert check(other)["zr_inside"].to_pylist() == expected.to_pylist()


def test_threads_of_one_process_do_not_meddle(catalogue: Catalogue) -> None:
    batch = table(200)
    check = checker(batch.schema, catalogue=catalogue, **OWN, **ASKED)
    parts = [batch.slice(first, 25) for first in range(0, 200, 25)]
    found: dict[int, Any] = {}

    def work(number: int) -> None:
        found[number] = [part.to_pydict() for part in check.stream(parts[number::4])]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = [check(part).to_pydict() for part in parts]
    assert [found[i % 4][i // 4] for i in range(8)] == expected


def test_the_day_is_settled_where_the_question_is_put(catalogue: Catalogue) -> None:
    check = checker(["lon", "lat"], catalogue=catalogue, datum="wgs84")
    assert check.identity["question"]["date"] == datetime.date.today().isoformat()


def test_a_column_that_is_called_like_an_answer_is_renamed(catalogue: Catalogue) -> None:
    batch = pa.RecordBatch.from_pydict({"lon": [113.69], "lat": [34.735], "zr_rules": ["mine"]})
    answered = checker(batch.schema, catalogue=catalogue, **ASKED)(batch)
    assert answered.schema.names[2] == "zr_rules_2" and answered["zr_rules_2"][0].as_py() == "mine"


def test_pieces_hold_every_row_once(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = table(100)
    monkeypatch.setattr(batches, "PIECE", batch.nbytes // 7)
    parts = list(pieces(batch))
    assert len(parts) > 6
    assert [row for part in parts for row in part["id"].to_pylist()] == list(range(100))


# --- refusals ------------------------------------------------------------------------------------


def test_another_version_is_refused(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = table(3)
    monkeypatch.setattr(zonerules, "__version__", "0.0.9")
    check = checker(batch.schema, catalogue=catalogue, **ASKED)
    error = elsewhere(check, [batch])
    assert isinstance(error, BadInput)
    monkeypatch.undo()
    assert zonerules.__version__ in str(error) and "0.0.9" in str(error)
    assert "\n" not in str(error)


@pytest.mark.thorough
def test_another_catalogue_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "zones.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    mine = open_catalogue(own)
    batch = table(3)
    check = checker(batch.schema, catalogue=mine, **ASKED)
    assert isinstance(elsewhere(check, [batch]), list)
    (own / "zones.geojson").write_text('{"type": "FeatureCollection", "features": [ ]}')
    error = elsewhere(check, [batch])
    assert isinstance(error, BadInput)
    assert mine.data["fingerprint"] in str(error) and "--data" in str(error)
    (own / "zones.geojson").unlink()
    own.rmdir()
    assert "own" in str(elsewhere(check, [batch])), "there is no such folder there"


def test_columns_of_another_table_are_refused(catalogue: Catalogue) -> None:
    check = checker(table().schema, catalogue=catalogue, **ASKED)
    with pytest.raises(BadInput, match="lat, lon instead of id"):
        check(pa.RecordBatch.from_pydict({"lat": [34.0], "lon": [113.0]}))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"datum": None}, "datum= or crs= is required"),
        ({"lon": "länge"}, "lon länge: no such column"),
        ({"geometry": "geom"}, "geometry geom: no such column"),
        ({"activity": "mine-things"}, "mine-things"),
        ({"date": "2017-13-01"}, "2017-13-01"),
        ({"accuracy_m": -1}, "-1"),
    ],
)
def test_what_cannot_be_meant_is_told_before_work_begins(
    catalogue: Catalogue, asked: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        checker(table().schema, catalogue=catalogue, **{**ASKED, **asked})


def test_a_table_without_coordinates_is_told_before_work_begins(catalogue: Catalogue) -> None:
    with pytest.raises(BadInput, match="no column with coordinates"):
        checker(["a", "b"], catalogue=catalogue, **ASKED)
