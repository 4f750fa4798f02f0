"""Why a rule came to its outcome: one reason for each step, in Chinese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import condition, dates
from .evaluate import with_facts
from .facts import implied
from .logic import F, T, U, tables
from .messages import both, fill, label, reason
from .place import zones_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Asker, Book, Result, Rule

Step = dict[str, Any]


def because(result: Result, asker: Asker) -> list[Step]:
    """The steps that decided, or left open, one rule: place, date, alert, facts, exemptions.

    A rule that is not concerned is explained by what failed; any other by every step.
    """
    rule = result.rule
    implies = asker.book.implies(rule)
    if implies:
        asker = with_facts(asker, implied(asker.facts, implies, asker.book.facts, strict=False))
    steps = {
        "place": lambda: _place_steps(rule, result, asker),
        "date": lambda: _date_steps(rule, result, asker),
        "alert": lambda: _alert_steps(rule, asker),
        "fact": lambda: _fact_steps(rule, result, asker),
    }
    if result.outcome == "not_concerned" and result.failed in steps:
        return steps[result.failed]()
    return [
        *(step for name in steps for step in steps[name]()),
        *_exemption_steps(result, asker),
        *_lift_steps(rule, asker),
        *([reason(f"keep.{result.kept}")] if result.kept else []),
    ]


def zone_name(book: Book, zone: str) -> Mapping[str, str]:
    """The zone's name in both languages."""
    name: Mapping[str, str] = book.zones[zone]["name"]
    return name


def _place_steps(rule: Rule, result: Result, asker: Asker) -> list[Step]:
    steps = []
    whole = result.parts["place"].value
    denies = _denies(rule.get("where"))
    for zone in dict.fromkeys(zones_of(rule.get("where", []))):
        place = asker.places[zone]
        if whole == T and place.truth.value != T and not denies:
            continue  # one of several places is enough; those that do not hold explain nothing
        if whole == U and place.truth.value == F and not denies:
            continue
        steps.append(
            reason(_place_code(place, asker.book.zones[zone]), zone=zone_name(asker.book, zone))
        )
        if place.truth.value != F and place.validity.value != T:
            code = "place.not_yet" if place.validity.value == F else "place.validity_unknown"
            steps.append(reason(code, zone=zone_name(asker.book, zone)))
    return steps


def _denies(where: Any) -> bool:
    """Whether a `where` says somewhere that a place must not be in a zone."""
    if isinstance(where, list):
        return any(_denies(part) for part in where)
    if isinstance(where, str) or where is None:
        return False
    return "not" in where or any(_denies(part) for part in where.values())


def _place_code(place: Any, zone: Mapping[str, Any]) -> str:
    if place.location in ("inside", "outside"):
        return f"place.asserted_{place.location}" if place.asserted else f"place.{place.location}"
    return "place.failed" if zone.get("failed") else f"place.{place.location}"


def _date_steps(rule: Rule, result: Result, asker: Asker) -> list[Step]:
    steps = []
    for bound in dates.date_bounds(rule, asker):
        args: dict[str, Any] = dict(bound.args)
        if "season" in args:
            args["season"] = asker.book.seasons[args["season"]]["name"]
        if bound.code == "date.state" and bound.truth.value == T:
            continue
        steps.append(reason(bound.code, **args))
    deadline = rule["force"].get("deadline")
    if deadline and result.parts["date"].value != F:
        passed = asker.day > deadline
        steps.append(reason("date.deadline_passed" if passed else "date.due", deadline=deadline))
    return steps


def _alert_steps(rule: Rule, asker: Asker) -> list[Step]:
    if not rule["force"].get("alerts"):
        return []
    if asker.alert == "unknown":
        return [reason("alert.unknown")]
    code = "alert.in" if asker.alert in rule["force"]["alerts"] else "alert.out"
    return [reason(code, alert=label("alert", asker.alert))]


def _fact_steps(rule: Rule, result: Result, asker: Asker) -> list[Step]:
    if "when" not in rule:
        return [] if rule["kind"] == "exemption" else [reason("everybody")]
    whole = result.parts["fact"].value
    steps: list[Step] = []
    asked: set[str] = set()
    for leaf in condition.leaves(rule["when"]):
        value = condition.leaf_truth(leaf, asker).value
        if value == U and leaf.get("fact") in asked:
            continue  # one missing fact is missed once, however often the rule tests it
        asked.add(leaf.get("fact", ""))
        # A decided whole is explained by the parts that agree with it.
        if whole == T and value != T:
            continue
        if whole == F and value == U:
            continue
        steps.append(_leaf_step(leaf, value, asker))
    return steps


def _leaf_step(leaf: condition.Condition, value: str, asker: Asker) -> Step:
    if "rule" in leaf:
        code = {T: "leaf.met", F: "leaf.unmet", U: "leaf.missing"}[value]
        return reason(code, rule=str(leaf["rule"]))
    key = leaf["fact"]
    operator, compared = condition.operation(leaf)
    args: dict[str, Any] = {
        "fact": fact_name(asker.book, key),
        "op": label("op", operator),
        "value": value_name(asker.book, key, compared),
    }
    given = asker.facts.get(key)
    if given is None:
        return reason("fact.missing", **args)
    args["given"] = value_name(asker.book, key, given)
    undecided = "fact.open" if isinstance(given, tuple) else "fact.undecided"
    return reason({T: "fact.met", F: "fact.failed", U: undecided}[value], **args)


def _exemption_steps(result: Result, asker: Asker) -> list[Step]:
    steps = []
    for name, truth in result.exemptions:
        code = {T: "exemption.granted", F: "exemption.refused", U: "exemption.unknown"}[truth.value]
        args = {"rule": name}
        if truth.value == T:
            args["clause"] = asker.book.by_id[name]["cite"]["clause"]
        steps.append(reason(code, **args))
    return steps


def _lift_steps(rule: Rule, asker: Asker) -> list[Step]:
    lifted = asker.book.lifted_by.get(rule["id"], [])
    if not lifted:
        return []
    return [reason("lifts", rules=", ".join(target["id"] for target in lifted))]


def fact_name(book: Book, key: str) -> dict[str, str]:
    """The label of a fact with its unit."""
    spec = book.facts[key]
    unit = f" ({spec['unit']})" if spec.get("unit") and spec["unit"] != "1" else ""
    return {"zh": spec["zh"] + unit, "en": spec["en"] + unit}


def value_name(book: Book, key: str, value: Any) -> dict[str, str]:
    """A value of a fact, or a list of them, as people read it."""
    if isinstance(value, (list, tuple)):
        names = [value_name(book, key, member) for member in value]
        return {
            "zh": "、".join(name["zh"] for name in names),
            "en": ", ".join(name["en"] for name in names),
        }
    if isinstance(value, bool):
        return label("value", "true" if value else "false")
    spec = book.facts.get(key, {})
    if isinstance(value, str) and value in spec.get("values", []):
        titles = spec.get("zh_values", spec["values"])
        return {"zh": titles[spec["values"].index(value)], "en": value.replace("_", " ")}
    if isinstance(value, float) and value == int(value):
        return both(int(value))
    return both(value)


def key_name(book: Book, key: str) -> dict[str, str]:
    """What a missing key asks for, as people read it."""
    if key in book.facts:
        return fact_name(book, key)
    labels = tables()["labels"]["key"]
    prefix, _, name = key.partition(".")
    if prefix in ("position", "alert"):
        return dict(labels[prefix])
    if prefix == "zone":
        title, shown = labels["zone"], dict(zone_name(book, name))
    elif prefix == "season":
        title, shown = labels["season"], dict(book.seasons[name]["name"])
    elif prefix == "force" and name in book.documents:
        document = book.documents[name]
        shown = both(document["number"]) if "number" in document else dict(document["title"])
        title = labels["force_document"]
    elif prefix == "force":
        title, shown = labels["force_rule"], both(name)
    else:
        title, shown = labels["rule"], both(name)
    return {lang: fill(title[lang], {"name": shown[lang]}) for lang in ("zh", "en")}
