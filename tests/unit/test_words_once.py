"""Words that people read: one of something, a datum nobody knows, names beside ids, colons."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from zonerules.jobs.cli import main
from zonerules.jobs.table.run import for_a_person
from zonerules.layers.catalogue.load import load
from zonerules.rules.facts import FactError, parse
from zonerules.rules.messages import counted
from zonerules.rules.model import Book

if TYPE_CHECKING:
    from pathlib import Path

FACTS = Book(load(golden=False)).facts


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("1 errors, 0 warnings; 21 cases", "1 error, 0 warnings; 21 cases"),
        ("1 rows have an error", "1 row has an error"),
        ("0.1 cells, 1,001 rows, 1 rowspan", "0.1 cells, 1,001 rows, 1 rowspan"),
        ("(1 activities)", "(1 activity)"),
    ],
)
def test_one_is_singular(given: str, expected: str) -> None:
    assert counted(given) == expected


@pytest.mark.parametrize(
    ("lang", "datum", "verdict"),
    [
        ("zh", "坐标系不明 ±710 米", "使用锅炉：无法判定"),
        ("en", "datum unknown, ±710 m", "Operate a boiler: cannot be determined"),
    ],
)
def test_a_datum_nobody_knows(
    capsys: pytest.CaptureFixture[str], lang: str, datum: str, verdict: str
) -> None:
    asked = ["--date", "2017-11-20", "--activity", "operate-boiler", "--lang", lang]
    assert main(["at", "113.69", "34.735", "--datum", "unknown", *asked]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert datum in told and verdict in told and "UNKNOWN" not in told


def test_a_checked_table_tells_names_with_ids_and_each_unit_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("经度,纬度,燃料\n113.53,34.764,柴禾\n", encoding="utf-8")
    asked = ["--date", "2017-11-20", "--activity", "operate-boiler", "--datum", "wgs84"]
    asked += ["--fact-col", "boiler.fuel=燃料"]
    assert main(["check", str(source), "-o", str(out), *asked]) == 0
    told = capsys.readouterr().out
    assert told.count("郑州市 [") == 1 and "郑州市 [zz-city、zz-municipality]" in told
    [row] = csv.DictReader(out.open(encoding="utf-8-sig"))
    listed = "煤（coal）、生物质（biomass）、油（oil）、燃气（gas）、电（electric）、其他（other）"
    assert f"应为下列之一：{listed}" in row["zr_error"]


def test_who_is_near_a_boundary_that_changes_nothing_needs_nobody() -> None:
    rows = [
        ("prohibited", "a", None),  # on either side
        ("prohibited", None, "x"),
        ("cannot_determine", None, None),
        ("no_data", "a", None),
        ("no_data", None, None),
        (None, "a", None),
        ("conflict", "a", None),
    ]
    names = ("zr_verdict", "zr_near", "zr_error")
    columns = [pa.array(column, pa.string()).dictionary_encode() for column in zip(*rows)]
    found = for_a_person(pa.RecordBatch.from_arrays(columns, names))
    assert found.to_pylist() == [False, True, True, True, False, True, True]


@pytest.mark.parametrize(
    ("key", "word", "value"),
    [
        ("boiler.fuel", "天然气", "gas"),
        ("boiler.fuel", "柴油", "oil"),
        ("boiler.fuel", "煤炭", "coal"),
        ("furnace.fuel", "重油", "oil"),
        ("vehicle.fuel", "lng", "gas"),
        ("vehicle.fuel", "ＣＮＧ", "gas"),
        ("fuel.kind", "轻柴油", ["diesel"]),
        ("plant.fuel", "燃煤、电力", ["coal", "electric"]),
    ],
)
def test_words_of_every_day(key: str, word: str, value: object) -> None:
    assert parse(key, word, FACTS) == value


@pytest.mark.parametrize(
    ("key", "word"),
    # coal gas or natural gas; which car; which fuel; firewood or dung
    [
        ("furnace.fuel", "燃气"),
        ("vehicle.fuel", "混合动力"),
        ("boiler.fuel", "气"),
        ("fuel.kind", "煤"),
    ],
)
def test_a_word_that_may_mean_several_is_no_value(key: str, word: str) -> None:
    with pytest.raises(FactError):
        parse(key, word, FACTS)
