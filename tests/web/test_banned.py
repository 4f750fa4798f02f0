"""Where is it banned, in Python and in Chromium: the same JSON."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from zonerules.jobs.answer import BadInput
from zonerules.jobs.banned.ask import banned
from zonerules.jobs.banned.ground import Grounds
from zonerules.rules.logic import tables
from zonerules.rules.messages import in_language
from zonerules.rules.model import Book
from zonerules.tests.web.made import catalogue as made_catalogue
from zonerules.tests.web.parity import plain, print_of, same_print
from zonerules.tests.web.questions import Questioner

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


MADE = 12
"""Made catalogues; with fewer some effects would not occur."""


def in_python(catalogue: Any, book: Any, grounds: Grounds, question: dict[str, Any]) -> Any:
    given = dict(question)
    day = given.pop("date", None)
    activity = given.pop("activity")
    return plain(banned(catalogue, book, activity, day=day, grounds=grounds, **given))


def compare(twin: Any, data: Any, book: Any, questions: list[dict[str, Any]]) -> Counter[str]:
    """Ask both; how often each effect came out. `data` is the catalogue the twin uses."""
    grounds = Grounds(data, book)
    effects: Counter[str] = Counter()
    for question, told in zip(questions, twin.banned(questions)):
        try:
            expected = in_python(data, book, grounds, question)
        except BadInput as error:
            expected = {"error": {lang: in_language(error, lang) for lang in ("en", "zh")}}
        if not same_print(print_of(expected), told):
            assert twin.bannedWhole(question) == expected, question
        effects.update(expected.get("counts", ["refused"]))
    return effects


def test_every_question_has_one_answer(twin: Any, shipped: Catalogue) -> None:
    known = [question for question in QUESTIONS if question["activity"] in shipped.book.activities]
    assert len(known) >= 6
    effects = compare(twin, shipped.data, shipped.book, known)
    assert {name for name, count in effects.items() if count} >= {
        *("prohibited", "cannot_determine", "no_data", "unnamed"),
    }
    assert twin.page.evaluate("(query) => zonerules.banned(query).zones.length", known[0]) > 100


def test_random_activities_and_days(twin: Any, shipped: Catalogue) -> None:
    random = Random(20171120)
    days = ("2017-06-30", "2018-03-15", "2018-12-01", "2020-12-31", "2022-06-01")
    questions = [
        {
            "activity": random.choice(sorted(shipped.book.activities)),
            "date": random.choice(days),
            "alert": random.choice(("none", "yellow", "unknown")),
        }
        for _ in range(6)
    ]
    compare(twin, shipped.data, shipped.book, questions)


def test_made_catalogues_meet_every_effect(twin: Any) -> None:
    """Zones of every basis and operator, exemptions, conflicts, days by the bounds of rules."""
    random = Random(7)
    effects: Counter[str] = Counter()
    for _ in range(MADE):
        data = made_catalogue(random)
        book = Book(data)
        questioner = Questioner(data, random)
        questions = []
        for _ in range(6):
            asked = questioner.question(activity=True)
            facts = (
                {
                    key: value
                    for key, value in (asked.get("facts") or {}).items()
                    if not key.startswith("zone.")
                }
                if isinstance(asked.get("facts"), dict)
                else {}
            )
            questions.append(
                {
                    "activity": asked["activity"],
                    "date": asked["date"],
                    "alert": asked.get("alert", "unknown"),
                    "facts": facts,
                }
            )
        twin.use(data)
        effects += compare(twin, data, book, questions)
    print(dict(effects))
    lacking = [name for name in tables()["labels"]["verdict"] if not effects[name]]
    assert lacking == []


@pytest.mark.parametrize(
    "question",
    [
        {"activity": "burn-fuel", "facts": {"zone.gc-district": "inside"}},
        {"activity": "burn-fuel", "alert": "purple"},
        {"activity": "burn-fuels"},
        {"activity": "burn-fuel", "date": "2017-13-01"},
        {"activity": "burn-fuel", "facts": {"season.none": "inside"}},
    ],
)
def test_what_python_refuses_the_page_refuses(
    twin: Any, shipped: Catalogue, question: dict[str, Any]
) -> None:
    with pytest.raises(BadInput) as caught:
        in_python(shipped.data, shipped.book, Grounds(shipped.data, shipped.book), question)
    lines = {lang: in_language(caught.value, lang) for lang in ("en", "zh")}
    assert lines["en"] != lines["zh"]
    assert twin.bannedWhole(question) == {"error": lines}
