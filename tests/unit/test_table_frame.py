"""`Catalogue.check`: a GeoDataFrame answered as `zonerules check` answers a file of its rows."""

from __future__ import annotations

import random
import warnings
from typing import TYPE_CHECKING, Any

import geopandas
import numpy as np
import pandas
import pytest
import shapely
from pandas.testing import assert_frame_equal, assert_index_equal

from zonerules.jobs.answer import BadInput
from zonerules.jobs.open import Catalogue
from zonerules.jobs.open import open as open_catalogue
from zonerules.jobs.table.check import Question
from zonerules.jobs.table.run import Run, Task
from zonerules.rules.messages import in_language

if TYPE_CHECKING:
    from pathlib import Path

ACTIVITY = "operate-non-road-machinery"
ASKED = {"activity": ACTIVITY, "date": "2017-11-20"}
ZR = ["zr_inside", "zr_near", "zr_unmapped", "zr_verdict", "zr_rules", "zr_missing",
      "zr_distance_m", "zr_reason", "zr_error"]  # fmt: skip
HERE = shapely.Point(113.69, 34.735)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_catalogue()


def frame_of(points: list[Any], crs: Any = "EPSG:4326", **columns: Any) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(columns, geometry=points, crs=crs)


def rows_of_many_kinds(count: int) -> geopandas.GeoDataFrame:
    rng = random.Random(4)
    shapes: list[Any] = [
        shapely.Point(rng.uniform(113.5, 113.8), rng.uniform(34.6, 34.9)) for _ in range(count - 6)
    ]
    shapes += [None, shapely.Point(), shapely.box(113, 34, 114, 35), shapely.Polygon()]
    shapes += [shapely.Point(113.69, 34.735, 8.0), shapely.MultiPoint([HERE])]
    return frame_of(
        shapes,
        name=[f"n{i}" for i in range(count)],
        day=[rng.choice(["2017-11-20", "2018年3月16日", None, "neulich"]) for _ in range(count)],
        level=[rng.choice(["red", "橙色预警", "", None, "pink"]) for _ in range(count)],
        stage=[rng.choice([0, 1, 2, 3, 4, None]) for _ in range(count)],
        fuel=[rng.choice(["diesel", "柴油", "", "tea"]) for _ in range(count)],
        within=[rng.choice([0.0, 25.0, 600.0, None, -1.0]) for _ in range(count)],
    )


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4547"])
def test_the_same_values_as_the_command_has_for_the_same_rows(
    catalogue: Catalogue, tmp_path: Path, crs: str
) -> None:
    frame = rows_of_many_kinds(120).to_crs(crs)
    frame.to_parquet(tmp_path / "in.parquet")
    facts = {"machine.stage": "stage", "vehicle.fuel": "fuel"}
    activities = (ACTIVITY, "earthwork")
    task = Task(
        tmp_path / "in.parquet",
        tmp_path / "out.parquet",
        given={"date": "day", "alert": "level", "accuracy": "within"},
        fact_columns=facts,
    )
    question = Question(activities, "2017-12-01", "none", facts={"site.city_approved": "true"})
    Run(catalogue, task, question).run()
    expected = geopandas.read_parquet(tmp_path / "out.parquet")
    found = catalogue.check(
        frame,
        activity=activities,
        date="2017-12-01",
        alert="none",
        facts={"site.city_approved": "true"},
        date_column="day",
        alert_column="level",
        accuracy_m="within",
        fact_columns=facts,
    )
    assert list(found.columns) == list(expected.columns)
    assert found.crs == frame.crs
    added = [name for name in found.columns if name.startswith("zr_")]
    assert {"zr_verdict_earthwork", "zr_verdict_operate_non_road_machinery"} < set(added)
    assert_frame_equal(
        pandas.DataFrame(found[added]), pandas.DataFrame(expected[added]), check_exact=True
    )
    wrong = found["zr_error"].tolist()[-6:]
    assert ["点" in str(text) or "位置" in str(text) for text in wrong] == [True] * 4 + [
        False,
        True,
    ]
    assert found["zr_distance_m"].notna().any() and found["zr_near"].notna().any()


@pytest.mark.parametrize(
    "index",
    [
        pandas.Index([7, 7, 3]),
        pandas.Index(["b", "a", None], name="key"),
        pandas.MultiIndex.from_tuples([(2, "x"), (1, "y"), (2, "x")], names=["i", "j"]),
        pandas.to_datetime(["2020-01-02", "2020-01-01", "2020-01-02"]),
    ],
)
def test_index_rows_and_columns_stay_and_the_frame_is_left_alone(
    catalogue: Catalogue, index: pandas.Index
) -> None:
    frame = frame_of([HERE, None, shapely.Point(1, 1)], a=[1, 2, 3], b=list("xyz"))
    frame.index = index
    before = frame.copy(deep=True)
    found = catalogue.check(frame, **ASKED)
    assert_frame_equal(frame, before)
    assert_index_equal(found.index, index)
    assert list(found.columns) == [*frame.columns, *ZR]
    assert_frame_equal(found[list(frame.columns)], before)
    assert found["zr_verdict"].tolist() == ["cannot_determine", None, "no_data"]
    assert found["zr_error"].tolist() == [None, "此行没有位置", None]
    found.loc[:, "a"] = 0
    assert frame["a"].tolist() == [1, 2, 3]


def test_each_row_is_answered_as_at_answers_it(catalogue: Catalogue) -> None:
    frame = frame_of([HERE, HERE], stage=["国一", "4"])
    found = catalogue.check(frame, fact_columns={"machine.stage": "stage"}, lang="en", **ASKED)
    for verdict, rules, stage in zip(found["zr_verdict"], found["zr_rules"], ("1", "4")):
        answer = catalogue.at(HERE.x, HERE.y, facts={"machine.stage": stage}, **ASKED)  # type: ignore[arg-type]
        assert verdict == answer["verdicts"][0]["verdict"]
        assert rules == ";".join(answer["verdicts"][0]["rules"])
    assert "prohibited" in found["zr_reason"][0].lower()


def test_days_alerts_and_facts_of_every_dtype(catalogue: Catalogue) -> None:
    asked = {**ASKED, "accuracy_m": 0}
    texts = ["2017-11-20", "2018-05-01", None]
    days = pandas.Series(pandas.to_datetime(texts))
    expected = catalogue.check(frame_of([HERE] * 3, d=texts), date_column="d", **asked)[ZR]
    assert expected["zr_verdict"].nunique() >= 1 and expected["zr_missing"].nunique() > 1
    for column in (
        days,
        days.dt.date,
        days.dt.tz_localize("Asia/Shanghai"),  # in UTC it would be the day before
        days.dt.to_period("D"),
        pandas.Series(texts, dtype="category"),
        pandas.Series(texts, dtype="string"),
        pandas.Series([days[0].date(), "2018/5/1", np.nan], dtype=object),
    ):
        found = catalogue.check(frame_of([HERE] * 3, d=column), date_column="d", **asked)
        assert_frame_equal(found[ZR], expected)
    stages = [1, 4, None]
    wanted = catalogue.check(
        frame_of([HERE] * 3, s=["1", "4", ""]), fact_columns={"machine.stage": "s"}, **asked
    )[ZR]
    assert wanted["zr_verdict"][0] == "prohibited" != wanted["zr_verdict"][2]
    for series in (
        pandas.Series(stages, dtype="float"),
        pandas.Series(stages, dtype="Int8"),
        pandas.Series([1, "国四", None], dtype=object),
        pandas.Series(stages, dtype="category"),
    ):
        found = catalogue.check(
            frame_of([HERE] * 3, s=series), fact_columns={"machine.stage": "s"}, **asked
        )
        assert_frame_equal(found[ZR], wanted)


def test_a_day_as_an_object_and_facts_as_text(catalogue: Catalogue) -> None:
    frame = frame_of([HERE])
    expected = catalogue.check(frame, facts={"machine.stage": 1}, **ASKED)
    for date in (pandas.Timestamp("2017-11-20 08:00"), pandas.Timestamp("2017-11-20").date()):
        found = catalogue.check(frame, activity=ACTIVITY, date=date, facts=["machine.stage=1"])
        assert_frame_equal(found, expected)


def test_places_are_those_of_the_active_geometry(catalogue: Catalogue) -> None:
    frame = frame_of([shapely.Point(1, 1)], other=geopandas.GeoSeries([HERE], crs="EPSG:4326"))
    assert catalogue.check(frame, **ASKED)["zr_verdict"][0] == "no_data"
    moved = frame.set_geometry("other").rename_geometry("处")
    found = catalogue.check(moved, **ASKED)
    assert found["zr_verdict"][0] == "cannot_determine"
    assert found.geometry.name == "处"
    assert list(found.columns) == [*moved.columns, *ZR]


def test_columns_that_are_there_already_get_another_name(catalogue: Catalogue) -> None:
    frame = frame_of([HERE], zr_rules=["mine"], zr_rules_2=["too"]).rename_geometry("zr_near")
    with pytest.warns(UserWarning, match="zr_rules is called zr_rules_3"):
        found = catalogue.check(frame, **ASKED)
    assert list(found.columns) == ["zr_rules_3", "zr_rules_2", "zr_near_2", *ZR]
    assert (found["zr_rules_3"][0], found["zr_rules_2"][0]) == ("mine", "too")
    assert found.geometry.name == "zr_near_2" and found.geometry[0] == HERE
    assert list(frame.columns) == ["zr_rules", "zr_rules_2", "zr_near"]
    with pytest.warns(UserWarning):
        again = catalogue.check(found, **ASKED)
    assert again["zr_rules"].tolist() == found["zr_rules"].tolist()


def test_suspicious_coordinates_are_warned_of(catalogue: Catalogue) -> None:
    with pytest.warns(UserWarning, match="coordinates 0, 0") as caught:
        catalogue.check(frame_of([HERE, shapely.Point(0, 0)], crs=None), datum="wgs84", **ASKED)
    assert caught[0].filename == __file__


def test_no_rows(catalogue: Catalogue) -> None:
    full = frame_of([HERE], a=[1])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = catalogue.check(full.iloc[:0], **ASKED)
    assert isinstance(found, geopandas.GeoDataFrame) and found.crs == full.crs
    assert (len(found), list(found.columns)) == (0, [*full.columns, *ZR])
    assert found["zr_distance_m"].dtype == float and found["zr_verdict"].dtype == object


def told(catalogue: Catalogue, frame: Any, **asked: Any) -> tuple[str, str]:
    with pytest.raises(BadInput) as caught:
        catalogue.check(frame, **{**ASKED, **asked})
    line = str(caught.value)
    assert "\n" not in line
    return line, in_language(caught.value, "zh")


def test_without_a_crs_the_values_are_described(catalogue: Catalogue) -> None:
    line, chinese = told(catalogue, frame_of([None, HERE], crs=None))
    assert "no CRS" in line and "113.69" in line and "degrees in China" in line
    assert "set_crs" in line and "没有坐标系" in chinese and "中国境内" in chinese
    metres = frame_of([HERE]).to_crs("EPSG:4526").set_crs(None, allow_override=True)
    assert "projected metres" in (line := told(catalogue, metres)[0]) and "zone number, 38" in line
    assert "no point" in told(catalogue, frame_of([None], crs=None))[0]
    assert "no CRS" in told(catalogue, frame_of([], crs=None))[0]
    # metres that are said to be degrees are none either
    assert "projected metres" in told(catalogue, metres, datum="wgs84")[0]


def test_degrees_of_a_datum_that_has_no_crs(catalogue: Catalogue) -> None:
    frame = frame_of([HERE], crs=None)
    found = catalogue.check(frame, datum="gcj02", **ASKED)
    answer = catalogue.at(HERE.x, HERE.y, datum="gcj02", **ASKED)  # type: ignore[arg-type]
    inside = [zone["id"] for zone in answer["zones"] if zone["location"] == "inside"]
    assert found["zr_inside"][0].split(";") == inside
    assert found.crs is None
    labelled = catalogue.check(frame.set_crs("EPSG:4326"), datum="gcj02", **ASKED)
    assert_frame_equal(labelled[ZR], found[ZR])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"date_column": "tag"}, ["date_column tag", "tags"]),
        ({"alert_column": "x"}, ["alert_column x", "2"]),
        ({"accuracy_m": "radius"}, ["accuracy_m radius"]),
        ({"accuracy_m": -3}, ["-3"]),
        ({"fact_columns": {"machine.stage": "nix"}}, ["machine.stage", "nix"]),
        ({"fact_columns": {"machin.stage": "tags"}}, ["machine.stage"]),
        ({"activity": "mine-things"}, ["mine-things"]),
        ({"facts": {"machine.stage": "x"}}, ["machine.stage", "x"]),
        ({"date": "2017-13-01"}, ["2017-13-01"]),
        ({"alert": "pink"}, ["pink"]),
        ({"datum": "wgs"}, ["wgs84"]),
        ({"lang": "fr"}, ["fr"]),
    ],
)
def test_what_cannot_be_meant_is_one_line(
    catalogue: Catalogue, asked: dict[str, Any], words: list[str]
) -> None:
    frame = frame_of([HERE], tags=["a"], x=[1])
    frame.insert(0, "x", [2], allow_duplicates=True)
    line = told(catalogue, frame, **asked)[0]
    for word in words:
        assert word in line


def test_what_is_no_geodataframe_is_refused(catalogue: Catalogue) -> None:
    plain = pandas.DataFrame({"lon": [113.69], "lat": [34.735]})
    assert "points_from_xy" in told(catalogue, plain)[0]
    shapeless = geopandas.GeoDataFrame({"a": [1]})
    assert "set_geometry" in told(catalogue, shapeless)[0]
