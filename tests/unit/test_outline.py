"""The quick answers of tables say what the whole answers say; what is kept between them changes
nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import zonerules
from zonerules.jobs.answer import BadInput, Query
from zonerules.jobs.outline import Grounds, outline
from zonerules.rules.evaluate import evaluate, on_day
from zonerules.rules.questions import Survey, next_change, trial_values

if TYPE_CHECKING:
    from zonerules.jobs.open import Catalogue
    from zonerules.rules.verdict import Judge

DAYS = ("2017-11-20", "2018-02-01", "2019-06-01", "2022-08-15")
ALERTS = (None, "none", "orange")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return zonerules.open()


def told(rng: random.Random, catalogue: Catalogue) -> dict[str, Any]:
    """Some facts and, now and then, an assertion about a zone, a season or a rule."""
    book = catalogue.book
    facts: dict[str, Any] = {}
    for key in rng.sample(sorted(book.facts), 3):
        values = book.facts[key].get("values")
        if values or book.facts[key]["type"] == "boolean":
            facts[key] = rng.choice(values or [True, False])
    for prefix, names, words in (
        ("zone", book.zones, ("inside", "outside")),
        ("season", book.seasons, ("inside", "outside")),
        ("rule", book.by_id, ("met", "unmet")),
    ):
        if rng.random() < 0.15:
            facts[f"{prefix}.{rng.choice(sorted(names))}"] = rng.choice(words)
    return facts


def questions(catalogue: Catalogue, count: int, seed: int) -> list[Query]:
    rng = random.Random(seed)
    activities = [*sorted(catalogue.book.activities), *["operate-boiler"] * 20]
    return [
        Query(
            lon=rng.uniform(112.7, 114.3),
            lat=rng.uniform(34.2, 35.0),
            accuracy_m=rng.choice([0.0, 10.0, 700.0]),
            date=rng.choice(DAYS),
            alert=rng.choice(ALERTS),
            activity=rng.choice(activities) if rng.random() < 0.95 else None,
            facts=told(rng, catalogue),
            radius_km=0.0,
        )
        for _ in range(count)
    ]


def wheres(catalogue: Catalogue, query: Query) -> dict[str, str]:
    located = catalogue.located.locate(query.lon, query.lat, float(query.accuracy_m or 0))
    return {zone: found.where for zone, found in located.items()}


def whole(catalogue: Catalogue, query: Query) -> dict[str, Any] | None:
    names = ("lon", "lat", "accuracy_m", "date", "alert", "activity", "facts")
    try:
        return catalogue.at(**{name: getattr(query, name) for name in names})
    except BadInput:
        return None


def test_an_outline_says_what_the_answer_says(catalogue: Catalogue) -> None:
    known = Grounds(catalogue.book)
    asked = questions(catalogue, 60, seed=11)
    refused = 0
    # each place again with other facts, so that what is kept of it is used
    for query in [*asked, *asked[:20]]:
        where = wheres(catalogue, query)
        full = whole(catalogue, query)
        if full is None:
            refused += 1
            with pytest.raises(BadInput):
                outline(catalogue.data, catalogue.book, where, query, known)
            continue
        short = outline(catalogue.data, catalogue.book, where, query, known)
        assert short["coverage"] == full["coverage"]
        assert short["verdicts"] == full["verdicts"]
        assert short["query"]["activity"] == full["query"]["activity"]
        for name, keys in (
            ("zones", ("id", "location")),
            ("rules", ("id", "outcome", "cite")),
            ("ask", ("key",)),
        ):
            assert short[name] == [{key: row[key] for key in keys} for row in full[name]], name
    assert refused < len(asked) / 2


def judged(catalogue: Catalogue, query: Query) -> Judge | None:
    """A judge made anew; None where the facts contradict each other."""
    from zonerules.jobs.answer import activity_id, weigh

    assert query.activity == activity_id(query.activity, catalogue.book)
    try:
        found = weigh(catalogue.book, wheres(catalogue, query), query, query.alert or "unknown")
    except BadInput:
        return None
    return found.judge


def test_what_a_question_settles_is_what_whole_evaluations_say(catalogue: Catalogue) -> None:
    counts = []
    for query in questions(catalogue, 3, seed=5):
        judge = judged(catalogue, replace(query, activity=None))
        if judge is None:
            continue
        survey = Survey(judge.asker, judge.results())
        for key, count in survey.settles.items():
            trials = [survey._with(key, value) for value in trial_values(key, catalogue.book)]
            waiting = [result.rule for result in survey.open if key in result.missing]
            expected = sum(
                any(
                    evaluate(rule, trial).outcome != "cannot_determine"
                    for trial in trials
                    if trial is not None
                )
                for rule in waiting
            )
            assert count == expected, (key, query)
            counts.append(count)
    assert any(counts) and not all(counts)


def test_the_next_change_is_the_first_day_on_which_a_whole_evaluation_differs(
    catalogue: Catalogue,
) -> None:
    found = 0
    for query in questions(catalogue, 15, seed=8):
        judge = judged(catalogue, query)
        if judge is None or query.activity is None:
            continue
        asker, results = judge.asker, [result for result in judge.results() if result.binding]
        said = {k: v for k, v in asker.asserted.items() if not k.startswith(("season.", "force."))}
        register = catalogue.book.register
        days = sorted({day for result in results for day in register.own_days(result.rule)})
        expected = None
        for day in (day for day in days if day > asker.day):
            later = on_day(asker, day, said)
            states = [
                (now.outcome, now.overdue)
                for now in (evaluate(result.rule, later) for result in results)
            ]
            if states != [(result.outcome, result.overdue) for result in results]:
                expected = day
                break
        assert next_change(results, asker) == expected
        found += expected is not None
    assert found > 3
