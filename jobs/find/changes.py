"""What starts, ends, falls due or becomes uncertain in a span of days, by month and lead office.

The list an office keeps by hand. A bound that nobody printed is never given as one day: it is the
pair of days between which it lies. Unprinted bounds are the document's, not the rule's, so they
make one row for each office with the rules they concern.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ...layers.catalogue.force import is_day, span
from ...rules.messages import both
from ...rules.place import zones_of
from ..told import bad_input
from .reading import FOREVER, Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ...rules.model import Book, Rule
    from ..open import Catalogue

Row = dict[str, Any]
LANGS = ("zh", "en")
EVENTS = (
    "plan_starts",
    "rules_start",
    "zone_starts",
    "season_starts",
    "rule_starts",
    "state_starts",
    "deadline",
    "rule_ends",
    "state_ends",
    "season_ends",
    "zone_ends",
    "plan_ends",
)
"""The kinds of event, in the order in which they stand on one day."""


class Event(NamedTuple):
    """Something that happens on a day between `earliest` and `latest`."""

    name: str
    document: str
    earliest: str
    latest: str | None
    """None where nobody knows whether it happened at all."""
    clause: str = ""
    about: str = ""
    """The season or zone it happens to."""
    rules: tuple[Rule, ...] = ()


class Charge(NamedTuple):
    """The offices in charge: the lead, or the responsible ones where the text names no lead."""

    role: str | None
    codes: tuple[str, ...]


def read_span(asked: str) -> tuple[str, str]:
    """The first and last day of FROM..TO, each a day or a month; raises BadInput."""
    first, dots, last = asked.partition("..")
    try:
        if not dots:
            raise ValueError
        begin, end = span(first.strip())[0], span(last.strip())[1]
    except ValueError:
        raise bad_input(
            f"--changes {asked}",
            "expected FROM..TO, days or months, e.g. 2017-08..2017-09",
            "应为 起..止，写到日或月，如 2017-08..2017-09",
        ) from None
    if not (is_day(begin) and is_day(end)):
        raise bad_input(f"--changes {asked}", "no such day", "没有这一天")
    if begin > end:
        raise bad_input(f"--changes {asked}", "begins after its end", "起在止之后")
    return begin, end


def changes(
    catalogue: Catalogue, rules: Sequence[Rule], begin: str, end: str, *, narrowed: bool
) -> dict[str, Any]:
    """The events of `rules` from `begin` to `end` (days, inclusive) as JSON.

    Documents, seasons and zones that concern none of `rules` are told too unless the rules were
    `narrowed` by more than their document. {"from", "until", "changes": [rows by date], "offices":
    [number of changes by month and lead office], "before", "after": the nearest days with an event
    outside, or None}.
    """
    every = list(_events(catalogue.book, rules, narrowed))
    inside = [event for event in every if event.earliest <= end and _last(event) >= begin]
    readers = {lang: Reader(catalogue, lang) for lang in LANGS}
    rows = [
        _row(part, charge, max(event.earliest, begin)[:7], readers)
        for event in inside
        for charge, part in _by_office(event)
    ]
    rows.sort(key=lambda row: (*_day_of(row, begin), EVENTS.index(row["event"]), row["document"]))
    before = max((_last(event) for event in every if _last(event) < begin), default=None)
    after = min((event.earliest for event in every if event.earliest > end), default=None)
    return {
        "from": begin,
        "until": end,
        "changes": rows,
        "offices": _by_month(rows),
        "before": before,
        "after": after,
    }


def _last(event: Event) -> str:
    """The last day it may fall on; what may never happen is told on its first day only."""
    return event.latest or event.earliest


def _day_of(row: Row, begin: str) -> tuple[str, str]:
    return max(row["earliest"], begin), row["latest"] or FOREVER


def _by_month(rows: Iterable[Row]) -> list[Row]:
    """How many changes each office is in charge of in each month; None where none is named."""
    found: dict[tuple[str, str, str, str], Row] = {}
    for row in rows:
        for office in row["in_charge"] or [None]:
            key = (row["month"], row["document"], office["code"] if office else "")
            named = {"office": office, "role": row["role"]}
            empty = {"month": key[0], "document": key[1], **named, "count": 0}
            found.setdefault((*key, row["role"] or ""), empty)["count"] += 1
    return sorted(found.values(), key=lambda row: str(row["month"]))


# -- events ---------------------------------------------------------------------------------------


def _events(book: Book, rules: Sequence[Rule], narrowed: bool) -> Iterator[Event]:
    alive = [rule for rule in rules if not _never(rule)]
    documents = {rule["document"] for rule in rules}
    for name, record in book.documents.items():
        if name not in documents:
            continue
        own = [rule for rule in alive if rule["document"] == name]
        yield from _plan(name, record, own)
        for season in record.get("seasons", []):
            yield from _season(name, season, own, narrowed)
    for rule in alive:
        yield from _of_rule(rule)
    for zone in book.zones.values():
        if "validity" in zone and zone["document"] in documents:
            yield from _of_zone(zone, alive, narrowed)


def _never(rule: Rule) -> bool:
    state = rule["force"].get("state", {})
    return state.get("value") == "not_in_force" and not {"from", "until"} & set(state)


def _plan(name: str, record: Mapping[str, Any], rules: Iterable[Rule]) -> Iterator[Event]:
    """The period of a document and the unprinted bounds that hang on it."""
    starts: dict[tuple[str, str], list[Rule]] = {}
    uncertain = []
    for rule in rules:
        force = rule["force"]
        if "from" in force and not force["from_printed"]:
            starts.setdefault((force["from"][0], force["from"][1]), []).append(rule)
        if "until" in force and not force["until_printed"]:
            uncertain.append(rule)
    first, last = record["covers"]["from"], record["covers"]["until"]
    yield Event("plan_starts", name, first, first, rules=tuple(starts.pop((first, first), ())))
    for (earliest, latest), found in starts.items():
        yield Event("rules_start", name, earliest, latest, rules=tuple(found))
    yield Event("plan_ends", name, last, last, rules=tuple(uncertain))


def _season(
    document: str, season: Mapping[str, Any], rules: Iterable[Rule], narrowed: bool
) -> Iterator[Event]:
    bound = tuple(rule for rule in rules if season["id"] in rule["force"].get("seasons", ()))
    if narrowed and not bound:
        return
    for name, end in (("season_starts", season["start"]), ("season_ends", season["end"])):
        clause = str(season.get("clause", ""))
        yield Event(name, document, end["earliest"], end["latest"], clause, season["id"], bound)


def _of_rule(rule: Rule) -> Iterator[Event]:
    force, document, clause = rule["force"], rule["document"], str(rule["clause"])

    def event(name: str, earliest: str, latest: str) -> Event:
        return Event(name, document, earliest, latest, clause, rules=(rule,))

    if force.get("from_printed"):
        yield event("rule_starts", force["from"][0], force["from"][1])
    if force.get("until_printed") and not force["until"][0].startswith(FOREVER):
        yield event("rule_ends", force["until"][0], force["until"][1] or force["until"][0])
    if "deadline" in force:
        yield event("deadline", force["deadline"], force["deadline"])
    for key, name in (("from", "state_starts"), ("until", "state_ends")):
        if key in force.get("state", {}):
            yield event(name, force["state"][key], force["state"][key])


def _of_zone(zone: Mapping[str, Any], rules: Iterable[Rule], narrowed: bool) -> Iterator[Event]:
    naming = tuple(rule for rule in rules if zone["id"] in zones_of(rule.get("where", [])))
    if narrowed and not naming:
        return
    clause = str(zone["cite"]["clause"])
    for key, name in (("from", "zone_starts"), ("until", "zone_ends")):
        if key in zone["validity"]:
            earliest, latest = zone["validity"][key]
            if name == "zone_starts" and zone["validity"].get("instrument") != "evidenced":
                latest = None  # ordered or told of; that it was drawn is not in evidence
            document, about = zone["document"], zone["id"]
            yield Event(name, document, earliest, latest, clause, about, naming)


# -- rows -----------------------------------------------------------------------------------------


def _by_office(event: Event) -> Iterator[tuple[Charge, Event]]:
    """The event once for each set of offices in charge, with their rules."""
    groups: dict[Charge, list[Rule]] = {}
    for rule in event.rules:
        groups.setdefault(_charge(rule), []).append(rule)
    for charge, found in groups.items():
        yield charge, event._replace(rules=tuple(found))
    if not groups:
        yield Charge(None, ()), event


def _charge(rule: Rule) -> Charge:
    for role in ("lead", "responsible"):
        codes = rule.get("authorities", {}).get(role)
        if codes:
            return Charge(role, tuple(codes))
    return Charge(None, ())


def _row(event: Event, charge: Charge, month: str, readers: Mapping[str, Reader]) -> Row:
    book = readers["zh"].book
    record = book.documents[event.document]
    names = record.get("offices", {})
    single = event.rules[0] if _single(event) else None
    return {
        "month": month,
        "earliest": event.earliest,
        "latest": event.latest,
        "certain": event.earliest == event.latest,
        "when": {
            lang: reader.bounds(event.earliest, event.latest) for lang, reader in readers.items()
        },
        "event": event.name,
        "event_name": {
            lang: reader.words[f"event_{event.name}"] for lang, reader in readers.items()
        },
        "what": {lang: _what(event, reader) for lang, reader in readers.items()},
        "rules": [rule["id"] for rule in event.rules],
        "document": event.document,
        "number": record.get("number"),
        "clause": event.clause or None,
        "clauses": list(dict.fromkeys(str(rule["clause"]) for rule in event.rules)),
        **({"kind": single["kind"], "summary": single["summary"]} if single else {}),
        **({"zone": event.about} if event.name.startswith("zone_") else {}),
        **({"season": event.about} if event.name.startswith("season_") else {}),
        "in_charge": [{"code": code, **names.get(code, both(code))} for code in charge.codes],
        "role": charge.role,
        "authorities": _roles(event.rules, names),
    }


def _single(event: Event) -> bool:
    """It happens to one rule, rather than to a plan, a season or a zone with its rules."""
    return len(event.rules) == 1 and event.name.startswith(("rule", "deadline", "state_"))


def _roles(rules: Iterable[Rule], names: Mapping[str, Any]) -> dict[str, list[Row]]:
    """All offices of `rules` by role, each once."""
    codes: dict[str, dict[str, None]] = {}
    for rule in rules:
        for role, found in rule.get("authorities", {}).items():
            codes.setdefault(role, {}).update(dict.fromkeys(found))
    return {
        role: [{"code": code, **names.get(code, both(code))} for code in found]
        for role, found in codes.items()
    }


def _what(event: Event, reader: Reader) -> str:
    """What happens, in words; the summary where it happens to one rule."""
    number = len(event.rules)
    if event.name in ("state_starts", "state_ends"):
        rule = event.rules[0]
        state = reader.words[f"state_{rule['force']['state']['value']}"]
        return reader.say(f"what_{event.name}", state=state, summary=reader.text(rule["summary"]))
    if event.name in ("zone_starts", "zone_ends"):
        zone = reader.book.zones[event.about]
        told = reader.words[f"instrument_{zone['validity'].get('instrument', 'evidenced')}"]
        return reader.say(f"what_{event.name}", zone=reader.text(zone["name"]), instrument=told)
    if _single(event):
        return reader.text(event.rules[0]["summary"])
    name = f"what_{event.name}" + {0: "_none", 1: "_one"}.get(number, "")
    name = name if name in reader.words else f"what_{event.name}"
    season = reader.book.seasons.get(event.about, {}).get("name")
    return reader.say(name, n=number, season=reader.text(season) if season else "")
