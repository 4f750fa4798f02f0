"""Where is it banned? One activity, one day: what effect each zone has, drawn on a map or not.

A zone's effect is what the rules of the activity come to at a place of which nothing is known but
that it lies in the zone. Whoever asks at a point certainly inside is never told less: a zone that
prohibits does so at each of its points, and one that exempts or does not concern is not
contradicted anywhere in it. Where the rules come to different things in different parts of the
zone, or hang on a fact nobody gave, it cannot be determined. Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ...rules import dates
from ...rules import facts as fact_rules
from ...rules.logic import T, tables
from ...rules.messages import Line
from ...rules.model import BadAssertion, operator_of
from ...rules.place import zones_of
from ...rules.verdict import Judge, effect, possible_effect, strongest
from ..answer import ALERTS, BadInput, activity_id, check_choice, day_of, read_facts
from ..progress import unheard
from ..rows import TRUTH_WORDS, catalogue_row
from ..told import bad_fact
from .ground import Grounds
from .rows import articles, in_order, periods, questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...rules.model import Asker, Book, Result, Rule
    from ...rules.verdict import Verdict
    from ..answer import Facts
    from ..progress import Progress

SCHEMA = "zonerules/banned/1"
EFFECTS = (
    "prohibited",
    "restricted",
    "required",
    "conflict",
    "cannot_determine",
    "exempt",
    "not_concerned",
    "no_data",
    "unnamed",
)
"""Every effect, in the order of a list: `unnamed` means that no rule of the activity names it."""
_GRADED = ("required", "restricted", "prohibited")


@dataclass(frozen=True)
class _Found:
    """What the rules come to in one zone."""

    effect: str
    reason: str | None
    missing: tuple[str, ...]


def banned(
    catalogue: Mapping[str, Any],
    book: Book,
    activity: str,
    *,
    day: str | None = None,
    alert: str | None = None,
    facts: Facts = None,
    grounds: Grounds | None = None,
    progress: Progress = unheard,
) -> dict[str, Any]:
    """The effect of every zone on `activity`: JSON of schema zonerules/banned/1.

    `day`: YYYY-MM-DD, `today`, `last` or `last:<document>`; `facts`: as for a point, but where the
    place lies (zone.*) cannot be told, the question being about all places. `grounds`: kept from an
    earlier question to the same catalogue, which saves half a second. Raises BadInput.
    """
    grounds = grounds or Grounds(catalogue, book)
    activity = activity_id(activity, book) or activity
    if alert is not None:
        check_choice("--alert", alert, ALERTS)
    typed, said = _told(facts, book)
    rules = _rules(book, activity)
    telling = [name for name in book.documents if any(r["document"] == name for r in rules)]
    asked = _day(day, book, telling)
    _check(book, activity, asked, typed, said)
    named = _named(book, rules)
    zones = []
    for done, zone in enumerate(book.zones):
        progress(done / len(book.zones), "")
        row = _row(book, zone, grounds, named)
        if zone in named:
            asker, covered = grounds.standing(zone, asked)
            told = replace(asker, alert=alert or "unknown", facts=typed, asserted=said)
            row.update(_weighed(zone, Judge(told, covered, activity), named[zone]))
        zones.append(row)
    assumed = [name for name, given in (("date", day), ("alert", alert)) if given is None]
    return {
        "schema": SCHEMA,
        "catalogue": catalogue_row(catalogue),
        "query": {
            "activity": activity,
            "date": asked,
            "alert": alert or "unknown",
            "facts": {**typed, **said},
            "assumed": assumed,
        },
        **periods(book, telling, asked),
        "failed": list(catalogue.get("failed", [])),
        "counts": {name: sum(z["effect"] == name for z in zones) for name in EFFECTS},
        "zones": zones,
        "undrawn": [
            {
                "id": row["id"],
                "effect": row["effect"],
                "within": row["within"],
                "articles": articles(row, book),
            }
            for row in zones
            if not row["drawn"] and row["effect"] != "unnamed"
        ],
        "ask": questions(book, zones),
    }


# -- what is asked --------------------------------------------------------------------------------


def _told(facts: Facts, book: Book) -> tuple[dict[str, Any], dict[str, str]]:
    typed, said = read_facts(facts, book)
    for key, value in said.items():
        if key.startswith("zone."):
            told = f"--fact {key}={value}"
            raise BadInput(
                Line(
                    f"{told}: this is asked about all places at once; "
                    "ask at a point to say which zone it lies in",
                    f"{told}：这里问的是所有地点；要说明在哪个区内，请在地点上查询",
                )
            )
    return typed, said


def _day(given: str | None, book: Book, telling: Iterable[str]) -> str:
    text = "today" if given is None else str(given).strip()
    word, _, name = text.partition(":")
    if word != "last" or name:
        return day_of(given, book, {}, {})
    days = [str(book.documents[one]["covers"]["until"]) for one in telling]
    if not days:
        raise BadInput(
            Line(
                "--date last: no document in the catalogue tells of this activity",
                "--date last：资料中没有管这项活动的文件",
            )
        )
    return max(days)


def _check(
    book: Book, activity: str, day: str, typed: Mapping[str, Any], said: Mapping[str, str]
) -> None:
    """Refuse facts that contradict the activity, and assertions that contradict certain dates."""
    implies = book.activities[activity].get("implies", {})
    try:
        dates.check_assertions(said, book, day)
        fact_rules.implied(typed, implies, book.facts, strict=True)
    except (BadAssertion, fact_rules.FactError) as error:
        raise bad_fact(error) from error


# -- which rules name which zones -----------------------------------------------------------------


def _rules(book: Book, activity: str) -> list[Rule]:
    """The binding rules of the activity and of everything broader."""
    chain = set(book.broader(activity))
    return [rule for rule in book.binding if not chain.isdisjoint(rule["activities"])]


def _named(book: Book, rules: Iterable[Rule]) -> dict[str, dict[str, None]]:
    """zone -> ids of the rules that name it: themselves, in an exemption, by what it is part of."""
    named: dict[str, dict[str, None]] = {}
    for rule in rules:
        for words in _with_exemptions(book, rule):
            for zone in (*zones_of(words.get("where", [])), *words.get("emphasis", [])):
                for part in _parts(book, zone):
                    named.setdefault(part, {})[rule["id"]] = None
                    if words is not rule:
                        named[part][words["id"]] = None
    by_unit: dict[str, dict[str, None]] = {}
    for zone, ids in named.items():
        if "unit" in book.zones[zone]:
            by_unit.setdefault(book.zones[zone]["unit"], {}).update(ids)
    for zone, record in book.zones.items():
        if record.get("unit") in by_unit:
            named[zone] = by_unit[record["unit"]]
    return named


def _with_exemptions(book: Book, rule: Rule) -> list[Rule]:
    """The rule and what lifts it, and what lifts that."""
    found = [rule]
    for words in found:
        found += [book.by_id[name] for name in words.get("unless", []) if name != rule["id"]]
    return found


def _parts(book: Book, zone: str) -> list[str]:
    """The zone and what it is made of, save what is cut out of it."""
    found = [zone]
    for name in found:
        record = book.zones[name]
        if record["basis"] == "derived":
            operator, members = operator_of(record)
            kept = {"difference": members[:1], "complement": []}.get(operator, members)
            found += [member for member in kept if member not in found]
    return found


# -- what they come to ----------------------------------------------------------------------------


def _row(
    book: Book, zone: str, grounds: Grounds, named: Mapping[str, Mapping[str, None]]
) -> dict[str, Any]:
    record = book.zones[zone]
    shapes = grounds.drawn(zone)
    return {
        "id": zone,
        "name": record["name"],
        "kind": record["kind"],
        "basis": record["basis"],
        "within": record.get("within"),
        "drawn": bool(shapes),
        "shapes": list(shapes),
        "failed": bool(record.get("failed")),
        "effect": "unnamed",
        "reason": None,
        "at_least": None,
        "at_most": None,
        "in_force": None,
        "rules": [],
        "missing": [],
        "cite": record["cite"],
    }


def _weighed(zone: str, judge: Judge, named: Mapping[str, None]) -> dict[str, Any]:
    """The changing part of a zone's row."""
    asker, asked = judge.asker, str(judge.asked)
    verdict = judge.verdict(asked)
    book = asker.book
    results = [judge.result(rule) for rule in _rules(book, asked)]
    own = [result for result in results if result.rule["id"] in named or _whole(result)]
    found = _effect(verdict, own, asker.day)
    lifting = [judge.result(book.by_id[name]) for name in named if not _binding(book, name)]
    shown = [
        result
        for result in (*own, *lifting)
        if result.rule["id"] in named or result.outcome != "not_concerned"
    ]
    return {
        "effect": found.effect,
        "reason": found.reason,
        "at_least": verdict.at_least,
        "at_most": verdict.at_most,
        "in_force": TRUTH_WORDS[asker.places[zone].validity.value],
        "rules": [_rule_row(result, asker, named) for result in shown],
        "missing": in_order(book, found.missing),
    }


def _effect(verdict: Verdict, own: list[Result], day: str) -> _Found:
    """From the verdict at the place and the rules that name the zone or hold throughout it."""
    if verdict.verdict == "no_data" or verdict.at_least is None:
        return _Found(verdict.verdict, verdict.reason, verdict.missing)
    order: list[str] = tables()["strength"]
    least = strongest(effect(result) for result in own)
    open_ = [result for result in own if result.outcome == "cannot_determine"]
    deciding = [
        result for result in open_ if order.index(possible_effect(result, day)) > order.index(least)
    ]
    throughout = [result for result in deciding if _whole(result)]
    if verdict.verdict == "conflict":
        return _Found("conflict", None, _keys(throughout))
    if throughout:
        ended = all(result.ended for result in throughout)
        return _Found("cannot_determine", "ended" if ended else "facts", _keys(throughout))
    if least in _GRADED:
        return _Found(least, None, ())
    if order.index(str(verdict.at_most)) > order.index("exempt"):
        # another zone that may lie here decides: this one must not look free
        return _Found("cannot_determine", "zones", _keys(deciding) or verdict.missing)
    lifted = any(result.outcome == "exempt" for result in own)
    return _Found("exempt" if lifted else "not_concerned", None, ())


def _whole(result: Result) -> bool:
    """The rule's place is all of the zone, not a part that lies elsewhere for all one knows."""
    return result.parts["place"].value == T


def _binding(book: Book, name: str) -> bool:
    return str(book.by_id[name]["kind"]) != "exemption"


def _keys(results: Iterable[Result]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for result in results for key in result.missing))


def _rule_row(result: Result, asker: Asker, named: Mapping[str, None]) -> dict[str, Any]:
    rule = result.rule
    outcome = result.outcome
    comes_to = effect(result)
    if outcome == "cannot_determine":
        comes_to = possible_effect(result, asker.day)
    return {
        "id": rule["id"],
        "kind": rule["kind"],
        "outcome": outcome,
        "effect": comes_to,
        "failed": result.failed if outcome == "not_concerned" else None,
        "ended": result.ended,
        "names": rule["id"] in named,
        "throughout": _whole(result),
        "missing": in_order(asker.book, result.missing),
        "cite": rule["cite"],
    }


__all__ = ["EFFECTS", "SCHEMA", "banned"]
