"""Where is it banned, in Python and in Chromium: the same JSON."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from zonerules.jobs.answer import BadInput
from zonerules.jobs.banned.ask import banned
from zonerules.jobs.banned.ground import Grounds
from zonerules.tests.web.parity import plain

if TYPE_CHECKING:
    from zonerules.jobs.open import Catalogue

QUESTIONS: tuple[dict[str, Any], ...] = (
    {"activity": "operate-non-road-machinery", "date": "2017-11-20"},
    {"activity": "operate-non-road-machinery", "date": "2020-11-20", "alert": "red"},
    {
        "activity": "operate-non-road-machinery",
        "date": "2017-11-20",
        "facts": {"machine.stage": "国一"},
    },
    {"activity": "burn-fuel", "date": "last"},
    {"activity": "operate-boiler", "date": "last:shanhuan-2022-7", "facts": ["boiler.fuel=coal"]},
    {"activity": "earthwork", "date": "2017-12-01", "alert": "orange"},
    {"activity": "set-off-fireworks", "date": "2018-02-15"},
    {"activity": "drive-vehicle", "date": "2024-05-05"},
)


def in_python(catalogue: Catalogue, grounds: Grounds, question: dict[str, Any]) -> Any:
    given = dict(question)
    day = given.pop("date", None)
    activity = given.pop("activity")
    return plain(
        banned(catalogue.data, catalogue.book, activity, day=day, grounds=grounds, **given)
    )


def test_every_question_has_one_answer(twin: Any, shipped: Catalogue) -> None:
    grounds = Grounds(shipped.data, shipped.book)
    known = [question for question in QUESTIONS if question["activity"] in shipped.book.activities]
    effects = set()
    for question in known:
        expected = in_python(shipped, grounds, question)
        told = twin.page.evaluate("(query) => window.zonerules.banned(query)", question)
        assert told == expected, question
        effects.update(name for name, count in expected["counts"].items() if count)
    assert len(known) >= 6
    assert effects >= {"prohibited", "cannot_determine", "no_data", "unnamed"}


def test_random_activities_and_days(twin: Any, shipped: Catalogue) -> None:
    random = Random(20171120)
    grounds = Grounds(shipped.data, shipped.book)
    days = ("2017-06-30", "2018-03-15", "2018-12-01", "2020-12-31", "2022-06-01")
    for _ in range(6):
        question = {
            "activity": random.choice(sorted(shipped.book.activities)),
            "date": random.choice(days),
            "alert": random.choice(("none", "yellow", "unknown")),
        }
        told = twin.page.evaluate("(query) => window.zonerules.banned(query)", question)
        assert told == in_python(shipped, grounds, question), question


@pytest.mark.parametrize(
    "question",
    [
        {"activity": "burn-fuel", "facts": {"zone.gc-district": "inside"}},
        {"activity": "burn-fuel", "alert": "purple"},
        {"activity": "burn-fuel", "date": "2017-13-01"},
        {"activity": "burn-fuel", "facts": {"season.none": "inside"}},
    ],
)
def test_what_python_refuses_the_page_refuses(
    twin: Any, shipped: Catalogue, question: dict[str, Any]
) -> None:
    with pytest.raises(BadInput):
        in_python(shipped, Grounds(shipped.data, shipped.book), question)
    told = twin.page.evaluate(
        """(query) => {
          try { return window.zonerules.banned(query); }
          catch (error) { return [error instanceof window.zonerules.BadInput, error.zh, error.en]; }
        }""",
        question,
    )
    assert told[0] is True and told[1] and told[2]
