"""The answer for one point: locate, evaluate, assemble the JSON of schema zonerules/answer/1.

The only glue between layers (where) and rules (what). Standard library only, so that the command
line starts fast and the dock needs nothing that a stock QGIS lacks.
"""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Callable, NamedTuple

from ..layers.datum import DATUMS, EXTRA_ACCURACY_M, to_wgs84
from ..layers.point import Zones, sources_near
from ..rules import facts as fact_rules
from ..rules.coverage import Coverage, coverage
from ..rules.evaluate import ask
from ..rules.logic import tables
from ..rules.messages import Line, in_language
from ..rules.model import BadAssertion, Book
from ..rules.questions import Survey, next_change
from ..rules.verdict import Judge
from . import rows
from .told import BadInput, Facts, bad_fact, read_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..rules.model import Asker, Result

SCHEMA = "zonerules/answer/1"
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$", re.ASCII)
ALERTS = (*tables()["alerts"], "unknown")
DEFAULTS = {"datum": "wgs84", "accuracy_m": 10.0, "alert": "unknown", "radius_km": 5.0}


@dataclass(frozen=True)
class Query:
    """A question in the caller's own words; None means "not given" and is then assumed."""

    lon: float
    lat: float
    datum: str | None = None
    accuracy_m: float | None = None
    date: str | None = None
    """YYYY-MM-DD, `today`, `last` or `last:<document>`."""
    alert: str | None = None
    activity: str | None = None
    facts: Facts = None
    radius_km: float | None = None
    all_rules: bool = False


def answer(catalogue: Mapping[str, Any], zones: Zones, book: Book, query: Query) -> dict[str, Any]:
    """Answer `query` from a loaded catalogue (layers.catalogue.load, layers.point.prepare, Book).

    Raises BadInput for anything that cannot be read or that contradicts what is certain.
    """
    settled, assumed = with_defaults(query)
    query = replace(query, activity=activity_id(query.activity, book))
    point = wgs84_point(query.lon, query.lat, settled["datum"])
    located = zones.locate(point[0], point[1], settled["radius_m"])
    wheres = {zone: found.where for zone, found in located.items()}
    judge, covered, results, survey, typed, asserted = weigh(book, wheres, query, settled["alert"])
    shown = _shown(results, judge, covered, query.all_rules)
    return {
        "schema": SCHEMA,
        "catalogue": rows.catalogue_row(catalogue),
        "query": _echo(query, settled, judge.asker.day, typed, asserted, assumed),
        "coverage": coverage_row(covered, catalogue),
        "zones": rows.zone_rows(book, judge.asker.places, located),
        "rules": [rows.rule_row(result, judge.asker, survey) for result in shown],
        "verdicts": [rows.verdict_row(judge.verdict(name), survey) for name in judge.activities()],
        "ask": survey.ask(),
        "next_change": next_change(results, judge.asker),
        "sources": [
            rows.source_row(source, distance)
            for source, distance in sources_near(
                catalogue, point[0], point[1], settled["radius_km"] * 1000
            )
        ],
    }


class Heard(NamedTuple):
    """A question weighed: what each rule on it comes to, and what would settle those still open."""

    judge: Judge
    coverage: Coverage
    results: list[Result]
    survey: Survey
    typed: dict[str, Any]
    asserted: dict[str, str]


def weigh(
    book: Book,
    wheres: Mapping[str, str],
    query: Query,
    alert: str,
    asking: Callable[..., tuple[Asker, Coverage]] | None = None,
) -> Heard:
    """Evaluate a query on a known activity, or on all, where every drawn zone is as `wheres` say.

    `asking` stands in for making the asker and its coverage where places recur. Raises BadInput.
    """
    typed, asserted = read_facts(query.facts, book)
    day = day_of(query.date, book, wheres, asserted)
    try:
        if asking is None:
            asker = ask(book, wheres, day, alert=alert, facts=typed, asserted=asserted)
            covered = coverage(asker)
        else:
            asker, covered = asking(wheres, day, asserted, alert=alert, facts=typed)
        judge = Judge(asker, covered, query.activity)
    except (BadAssertion, fact_rules.FactError) as error:
        raise bad_fact(error) from error
    results = judge.results()
    return Heard(judge, covered, results, Survey(judge.asker, results), typed, asserted)


def with_defaults(query: Query) -> tuple[dict[str, Any], list[str]]:
    """The query's own values or the defaults, checked, and the names of those assumed."""
    settled: dict[str, Any] = {}
    assumed = [] if query.date else ["date"]
    for name, default in DEFAULTS.items():
        given = getattr(query, name)
        settled[name] = default if given is None else given
        if given is None:
            assumed.append(name)
    for name in ("accuracy_m", "radius_km"):
        settled[name] = _non_negative(name, settled[name])
    check_choice("--datum", settled["datum"], DATUMS)
    check_choice("--alert", settled["alert"], ALERTS)
    settled["radius_m"] = settled["accuracy_m"] + EXTRA_ACCURACY_M.get(settled["datum"], 0.0)
    order = ["datum", "accuracy_m", "date", "alert", "radius_km"]
    return settled, sorted(assumed, key=order.index)


def _non_negative(name: str, value: Any) -> float:
    option = {"accuracy_m": "--accuracy", "radius_km": "--radius"}[name]
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not 0 <= number <= 1e6:
        shown = f"{value:g}" if isinstance(value, float) else fact_rules.shown(value)
        raise BadInput(
            Line(
                f"{option} {shown}: expected a number between 0 and 1000000",
                f"{option} {shown}：应为 0 至 1000000 之间的数字",
            )
        )
    return number


def check_choice(option: str, value: str, known: Iterable[str]) -> None:
    """Raise BadInput for a value that is none of those known."""
    known = list(known)
    if value not in known:
        near = fact_rules.nearest(str(value), known)
        wrong, allowed = f"{option} {fact_rules.shown(value)}", ", ".join(known)
        raise BadInput(
            Line(
                f"{wrong}: expected one of {allowed}{near}",
                f"{wrong}：应为下列之一：{allowed}{in_language(near, 'zh')}",
            )
        )


def activity_id(given: str | None, book: Book) -> str | None:
    """The id of an activity given by its id or by its label in either language.

    Raises BadInput for one the vocabulary does not know.
    """
    if given is None or given in book.activities:
        return given
    labels = {
        fact_rules.fold(label): name
        for name, texts in book.activities.items()
        for label in (texts["zh"], texts["en"], name)
    }
    word = fact_rules.fold(given)
    if word in labels:
        return labels[word]
    near = fact_rules.nearest(word, [*book.activities, *labels])
    wrong = f"--activity {fact_rules.shown(given)}"
    raise BadInput(
        Line(f"{wrong}: no such activity{near}", f"{wrong}：没有这种活动{in_language(near, 'zh')}")
    )


def wgs84_point(given_lon: Any, given_lat: Any, datum: str) -> tuple[float, float]:
    """The point in WGS84 degrees; raises BadInput for what is no place on earth."""
    for name, value, limit in (("LON", given_lon, 180), ("LAT", given_lat, 90)):
        try:
            number = float(value)
        except (TypeError, ValueError):
            raise BadInput(
                Line(f"{name} {value}: expected decimal degrees", f"{name} {value}：应为十进制度数")
            ) from None
        if not -limit <= number <= limit:
            hint = Line("", "")
            if name == "LAT" and abs(number) <= 180 and abs(float(given_lon)) <= 90:
                hint = Line("; are longitude and latitude swapped?", "；经度和纬度是不是写反了？")
            if abs(number) > 1e5:
                hint = Line(
                    "; for metres name their grid, as --datum EPSG:4547",
                    "；以米计的坐标请写明投影，如 --datum EPSG:4547",
                )
            raise BadInput(
                Line(
                    f"{name} {value}: must lie between -{limit} and {limit} degrees{hint}",
                    f"{name} {value}：应在 -{limit} 至 {limit} 度之间{hint.zh}",
                )
            )
    lon, lat = to_wgs84(float(given_lon), float(given_lat), datum)
    return float(lon), float(lat)


def day_of(
    given: str | None, book: Book, wheres: Mapping[str, str], asserted: Mapping[str, str]
) -> str:
    """The day asked, YYYY-MM-DD; `wheres`: the location of each drawn zone."""
    text = "today" if given is None else str(given).strip()
    if text == "today":
        return datetime.date.today().isoformat()
    if text == "last" or text.startswith("last:"):
        return _last_day(text, book, wheres, asserted)
    try:
        return iso_day(text)
    except ValueError:
        wrong, forms = f"--date {fact_rules.shown(given)}", "YYYY-MM-DD, today, last"
        raise BadInput(
            Line(
                f"{wrong}: expected {forms} or last:<document>",
                f"{wrong}：应为 {forms} 或 last:<文件>",
            )
        ) from None


def iso_day(text: str) -> str:
    """`text` if it is a day of the calendar written YYYY-MM-DD; ValueError else."""
    if not _DAY.match(text):
        raise ValueError(text)
    return datetime.date.fromisoformat(text).isoformat()


def _last_day(text: str, book: Book, wheres: Mapping[str, str], asserted: Mapping[str, str]) -> str:
    """The last day covered here, by any document or by the one named."""
    name = text.partition(":")[2]
    if name:
        if name not in book.documents:
            near = fact_rules.nearest(name, book.documents)
            wrong = f"--date {fact_rules.shown(text)}"
            raise BadInput(
                Line(
                    f"{wrong}: no such document{near}",
                    f"{wrong}：没有这份文件{in_language(near, 'zh')}",
                )
            )
        return str(book.documents[name]["covers"]["until"])
    zones = {key: value for key, value in asserted.items() if key.startswith("zone.")}
    today = datetime.date.today().isoformat()
    try:
        around = coverage(ask(book, wheres, today, asserted=zones)).near()
    except BadAssertion as error:
        raise bad_fact(error) from error
    if not around:
        raise BadInput(
            Line(
                "--date last: no document in the catalogue has to do with this place",
                "--date last：资料中没有与此地有关的文件",
            )
        )
    return str(max(book.documents[document]["covers"]["until"] for document in around))


def _shown(results: list[Any], judge: Judge, covered: Coverage, everything: bool) -> list[Any]:
    if not everything:
        return [result for result in results if result.outcome != "not_concerned"]
    near = covered.near()
    return [judge.result(rule) for rule in judge.asker.book.rules if rule["document"] in near]


def _echo(
    query: Query,
    settled: Mapping[str, Any],
    day: str,
    typed: Mapping[str, Any],
    asserted: Mapping[str, str],
    assumed: list[str],
) -> dict[str, Any]:
    return {
        "lon": float(query.lon),
        "lat": float(query.lat),
        "datum": settled["datum"],
        "accuracy_m": settled["accuracy_m"],
        "radius_m": settled["radius_m"],
        "date": day,
        "alert": settled["alert"],
        "activity": query.activity,
        "facts": {**typed, **asserted},
        "radius_km": settled["radius_km"],
        "assumed": assumed,
    }


def coverage_row(covered: Coverage, catalogue: Mapping[str, Any]) -> dict[str, Any]:
    """Which documents have to do with the place, and how; which layers failed."""
    return {
        "documents": list(covered.speaking),
        "reaching": list(covered.reaching),
        "unsure": list(covered.unsure),
        "failed": list(catalogue.get("failed", [])),
        "expired": list(covered.expired),
        "upcoming": list(covered.upcoming),
    }


__all__ = [
    "BadInput",
    "Facts",
    "Query",
    "activity_id",
    "answer",
    "bad_fact",
    "read_facts",
    "wgs84_point",
]
