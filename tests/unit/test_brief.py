"""The short answers are those of `zonerules at`, wherever and whenever they are asked for."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

import zonerules
from zonerules.jobs.answer import BadInput
from zonerules.jobs.brief import Brief, day_of

PLACES = [
    (113.69, 34.735),  # in the machinery ban area
    (113.6625, 34.735),  # at its edge
    (112.6, 35.08),  # Jiyuan
    (114.03, 32.98),  # Zhumadian
    (113.25, 35.2),  # Jiaozuo
    (116.4, 39.9),  # no document
    (0.0, 0.0),
]
DAYS = ["2017-11-20", "2017-06-01", "2018-04-01", "2020-08-01", "2022-06-01"]


@pytest.fixture(scope="module")
def catalogue() -> Any:
    return zonerules.open()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("day", DAYS)
def test_as_the_full_answer(catalogue: Any, place: tuple[float, float], day: str) -> None:
    answer = catalogue.at(*place, date=day)
    brief = Brief(catalogue, *place, day)
    expected = {row["id"]: row["outcome"] for row in answer["rules"]}
    if expected or answer["coverage"]["documents"] or answer["coverage"]["reaching"]:
        assert brief.rules() == expected
    else:
        assert brief.rules() is None
    sure = {r["name"]["zh"] for r in answer["zones"] if r["location"] == "inside"}
    valid = {r["name"]["zh"] for r in answer["zones"] if r["in_force"] == "true"}
    gone = {r["name"]["zh"] for r in answer["zones"] if r["in_force"] == "false"}
    every = {r["name"]["zh"] for r in answer["zones"]}
    assert set(brief.zones("zh")) >= (sure & valid) - gone
    assert set(brief.zones("zh")) | set(brief.zones("zh", possible=True)) >= every - gone
    assert set(brief.zones("zh", possible=True)) >= every - gone - sure
    for activity in ("operate-non-road-machinery", "earthwork"):
        full = catalogue.at(*place, date=day, activity=activity)["verdicts"][0]["verdict"]
        assert brief.verdict(activity) == full


def test_an_activity_by_its_name_in_either_language(catalogue: Any) -> None:
    brief = Brief(catalogue, 113.69, 34.735, "2017-11-20")
    label = catalogue.book.activities["operate-non-road-machinery"]
    for name in ("operate-non-road-machinery", label["zh"], label["en"]):
        assert brief.verdict(name) == "cannot_determine"
    with pytest.raises(BadInput, match="no such activity"):
        brief.verdict("operate-non-road-machinary")


def test_no_data_is_not_an_empty_list(catalogue: Any) -> None:
    assert Brief(catalogue, 116.4, 39.9, "2017-11-20").rules() is None
    assert Brief(catalogue, 116.4, 39.9, "2017-11-20").verdict("earthwork") == "no_data"


def test_days() -> None:
    assert day_of("today") == datetime.date.today().isoformat()
    assert day_of(" 2017-11-20 ") == "2017-11-20"
    for text in ("2017-02-30", "20171120", "last", "", "yesterday"):
        with pytest.raises(BadInput):
            day_of(text)


@pytest.mark.parametrize("place", [(200, 0), (0, 91), (float("nan"), 0), (float("inf"), 0)])
def test_no_place_on_earth(catalogue: Any, place: tuple[float, float]) -> None:
    with pytest.raises(BadInput):
        Brief(catalogue, *place, "2017-11-20")
