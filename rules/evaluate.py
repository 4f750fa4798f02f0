"""What each rule comes to for one asker: applies, due, exempt, not_concerned, cannot_determine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Callable

from . import condition, dates
from .facts import FactValue, implied
from .logic import TRUE, F, T, Truth, U, all_of, any_of, negate, tables
from .model import Asker, Book, Result, Rule
from .place import ground, where_truth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .place import Ground


def ask(
    book: Book,
    located: Mapping[str, str],
    day: str,
    *,
    alert: str = "unknown",
    facts: Mapping[str, FactValue] | None = None,
    asserted: Mapping[str, str] | None = None,
    found: Ground | None = None,
) -> Asker:
    """Prepare a question.

    `located`: location of each drawn zone; `facts`: typed by rules.facts; `asserted`: zone.*,
    season.*, force.* and rule.* keys. `found`: the ground of an asker with the same `located` and
    the same zones asserted, if at hand. Raises BadAssertion for one that contradicts certainty.
    """
    said = dict(asserted or {})
    zones = {key[5:]: value for key, value in said.items() if key.startswith("zone.")}
    dates.check_assertions(said, book, day)
    if found is None:
        found = ground(book.zones, located, zones, book.kin)
    return Asker(
        book=book,
        day=day,
        places=found.places(day),
        alert=alert,
        facts=dict(facts or {}),
        asserted=said,
        ground=found,
    )


def with_facts(asker: Asker, facts: Mapping[str, FactValue]) -> Asker:
    """The same question with other facts."""
    return replace(asker, facts=facts)


def on_day(asker: Asker, day: str, asserted: Mapping[str, str]) -> Asker:
    """The same question on another day, with what still holds of the assertions.

    The zones asserted must be the same: where a place lies does not change with the day.
    """
    assert asker.ground is not None
    return replace(asker, day=day, asserted=asserted, places=asker.ground.places(day))


def evaluate(rule: Rule, asker: Asker) -> Result:
    """What `rule` comes to. Facts its activities imply are taken as given."""
    implies = asker.book.implies(rule)
    if implies:
        asker = with_facts(asker, implied(asker.facts, implies, asker.book.facts, strict=False))
    if rule["kind"] == "exemption":
        return _exemption_row(rule, asker)
    place = _place(rule, asker)
    if place.value == F:
        # Most rules of a catalogue lie elsewhere; nothing else about them matters then.
        return Result(rule=rule, outcome="not_concerned", parts={"place": place}, failed="place")
    parts = conditions(rule, asker, place)
    whole = all_of(parts.values())
    exemptions = tuple(
        (name, effective(asker.book.by_id[name], asker)) for name in rule.get("unless", ())
    )
    lifted = any_of(truth for _, truth in exemptions)
    outcome = tables()["outcome"][whole.value][lifted.value]
    deadline = rule["force"].get("deadline")
    late = deadline is not None and asker.day > deadline
    if outcome == "applies" and deadline is not None and not late:
        outcome = "due"
    return Result(
        rule=rule,
        outcome=outcome,
        parts=parts,
        missing=_merge(whole.keys, lifted.keys) if outcome == "cannot_determine" else (),
        failed=_first_failed(parts),
        overdue=outcome == "applies" and late and rule["kind"] == "obligation",
        ended=parts["date"].value == U and dates.ended(rule, asker),
        exemptions=exemptions,
        kept=_kept(rule, asker, outcome),
    )


def determined(result: Result, asker: Asker, part: str) -> bool:
    """Whether a rule, undetermined by `result`, is determined for an asker who knows more of one
    part (place, date, alert or fact) and nothing else. No exemption's own row."""
    rule = result.rule
    implies = asker.book.implies(rule)
    if implies:
        asker = with_facts(asker, implied(asker.facts, implies, asker.book.facts, strict=False))
    whole = all_of({**result.parts, part: _CONDITIONS[part](rule, asker)}.values())
    lifted = any_of(
        effective(asker.book.by_id[name], asker)
        for name in (rule.get("unless", ()) if whole.value != F else ())
    )
    return bool(tables()["outcome"][whole.value][lifted.value] != "cannot_determine")


def conditions(rule: Rule, asker: Asker, place: Truth | None = None) -> dict[str, Truth]:
    """The rule's own conditions, in the order in which a failure is named; `place` if at hand."""
    return {
        "place": place or _place(rule, asker),
        "date": dates.date_truth(rule, asker),
        "alert": dates.alert_truth(rule, asker),
        "fact": condition.truth(rule.get("when"), asker),
    }


def _place(rule: Rule, asker: Asker) -> Truth:
    return where_truth(rule["where"], asker.places) if "where" in rule else TRUE


_CONDITIONS: dict[str, Callable[[Rule, Asker], Truth]] = {
    "place": _place,
    "date": dates.date_truth,
    "alert": dates.alert_truth,
    "fact": lambda rule, asker: condition.truth(rule.get("when"), asker),
}


def effective(exemption: Rule, asker: Asker) -> Truth:
    """Effective(E) = E ∧ ¬(any effective exemption to E).

    Without printed dates, alerts or place of its own an exemption holds whenever and wherever the
    rule it lifts does, so those parts are T here.
    """
    own = all_of(conditions(exemption, asker).values())
    against = [effective(asker.book.by_id[name], asker) for name in exemption.get("unless", [])]
    return all_of([own, negate(any_of(against))])


def _exemption_row(rule: Rule, asker: Asker) -> Result:
    """An exemption's own row: its conditions, and where it has none those of what it lifts."""
    parts = _held(rule, asker)
    lifted = asker.book.lifted_by.get(rule["id"], [])
    exemptions = tuple(
        (name, effective(asker.book.by_id[name], asker)) for name in rule.get("unless", [])
    )
    countered = any_of(truth for _, truth in exemptions)
    whole = all_of([*parts.values(), negate(countered)])
    outcome = {T: "applies", F: "not_concerned", U: "cannot_determine"}[whole.value]
    failed = _first_failed(parts) or ("fact" if countered.value == T else None)
    return Result(
        rule=rule,
        outcome=outcome,
        parts=parts,
        missing=whole.keys,
        failed=failed,
        ended=parts["date"].value == U
        and any(dates.ended(target, asker) for target in (lifted or [rule])),
        exemptions=exemptions,
    )


def _held(rule: Rule, asker: Asker) -> dict[str, Truth]:
    """A rule's conditions, an exemption's with what it inherits along the chain it lifts."""
    parts = conditions(rule, asker)
    lifted = asker.book.lifted_by.get(rule["id"], [])
    if rule["kind"] != "exemption" or not lifted:
        return parts
    inherited = [_held(target, asker) for target in lifted]
    if "where" not in rule:
        parts["place"] = any_of(part["place"] for part in inherited)
    if not dates.has_bounds(rule):
        # What is suspended or annulled of its own stays so on the days it inherits.
        parts["date"] = all_of([parts["date"], any_of(part["date"] for part in inherited)])
    if not rule["force"].get("alerts"):
        parts["alert"] = any_of(part["alert"] for part in inherited)
    return parts


def _first_failed(parts: Mapping[str, Truth]) -> str | None:
    order: list[str] = tables()["failed_order"]
    return next((name for name in order if parts[name].value == F), None)


def _kept(rule: Rule, asker: Asker, outcome: str) -> str | None:
    """Whether the standard is met, for a rule that binds or may bind; never changes the outcome."""
    if "keep" not in rule or outcome not in ("applies", "due", "cannot_determine"):
        return None
    return {T: "yes", F: "no", U: "unknown"}[condition.truth(rule["keep"], asker).value]


def _merge(*keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for group in keys for key in group))


def case_located(book: Book, query: Mapping[str, Any]) -> dict[str, str]:
    """The location of each drawn zone in a golden case's query: {zones, date, …}.

    A case names the locations it is about: what they lie within is then inside too, and every
    other drawn zone outside.
    """
    located = {
        zone: "outside"
        for zone, record in book.zones.items()
        if record["basis"] not in ("unmapped", "object", "derived")
    }
    named = query.get("zones", {})
    for zone, where in named.items():
        outer = book.zones[zone].get("within")
        while outer and where != "outside":
            located[outer] = "inside"
            outer = book.zones[outer].get("within")
    located.update(named)
    return {zone: where for zone, where in located.items() if where != "unmapped"}
