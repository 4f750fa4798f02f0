"""Lint of what is written: group words, conditions that say nothing, rules that nothing proves."""

from __future__ import annotations

import random
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from ...rules.condition import compare, leaves, operation
from .mutants import shifted, zones_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...layers.catalogue.compile import Parts

__all__ = ["conflict_candidates", "findings", "shares"]

Finding = dict[str, Any]
DUTIES = ("prohibition", "restriction", "obligation")
LEAF_LIMIT = 0.15  # share of rules that may hang on a condition nobody could type
ACTIVITY_LIMIT = 0.90  # share of operators' rules on an activity of theirs
TRIALS = 20_000


def findings(parts: Parts) -> list[Finding]:
    """Warnings about rules, and errors for conditions that can never decide anything."""
    found: list[Finding] = []
    catalogue = parts.catalogue
    sets = parts.tree.sets.data["sets"] if parts.tree.sets is not None else {}
    facts = catalogue["vocabulary"]["facts"]
    proved = {case["rule"] for case in catalogue["golden"]}
    lifting = {name for rule in catalogue["rules"] for name in rule.get("unless", [])}
    for document in parts.tree.documents:
        for i, rule in enumerate(document.rows("rules")):
            said: list[tuple[str, str, tuple[str, ...]]] = []
            for key in ("when", "keep"):
                said += [("warning", what, (key,)) for what in _group_faults(rule.get(key), sets)]
                empty = _emptiness(rule[key], facts) if key in rule else None
                said += [("error", empty, (key,))] if empty else []
            said += [("warning", what, ()) for what in _role_faults(rule, proved, lifting)]
            for severity, what, steps in said:
                at = document.at("rules", i, *steps)
                found.append({**at, "severity": severity, "what": what, "expected": None})
    found += _share_findings(parts)
    found += _conflict_findings(parts)
    return found


def _role_faults(rule: Mapping[str, Any], proved: set[str], lifting: set[str]) -> Iterator[str]:
    operator = rule.get("audience", "operator") == "operator"
    if rule["kind"] == "exemption" and rule["id"] not in lifting:
        yield "no rule names this exemption under unless"
    if operator and rule["kind"] in (*DUTIES, "exemption") and rule["id"] not in proved:
        yield "no golden case is about this rule"
    if not operator and rule["activities"] != ["govern"]:
        yield "a duty of government has another activity than govern"
    if operator and rule["kind"] in DUTIES and rule["activities"] == ["govern"]:
        yield "a rule for operators has no activity but govern"


# --- group words --------------------------------------------------------------------------------


def _group_faults(condition: Any, sets: Mapping[str, Any]) -> Iterator[str]:
    """A list that holds most of a group word's members probably means all of them."""
    for leaf in leaves(condition):
        if "in" not in leaf:
            continue
        listed = set(leaf["in"])
        for name, group in sets.items():
            if group["fact"] != leaf["fact"]:
                continue
            missing = [value for value in group["values"] if value not in listed]
            if missing and len(missing) * 2 < len(group["values"]):
                yield f"{leaf['fact']} lists most of {name}, but not {', '.join(missing)}"


# --- conditions that say nothing ----------------------------------------------------------------


def _emptiness(condition: Any, facts: Mapping[str, Any]) -> str | None:
    """Says so when no permitted facts, or all of them, meet the condition."""
    trials = _trials(condition, facts)
    seen = {_holds(condition, known, facts) for known in trials}
    if seen == {True}:
        return "the condition holds whatever the facts"
    return "the condition can never hold" if seen == {False} else None


def _holds(condition: Mapping[str, Any], known: Mapping[str, Any], facts: Any) -> bool:
    if "all" in condition:
        return all(_holds(part, known, facts) for part in condition["all"])
    if "any" in condition:
        return any(_holds(part, known, facts) for part in condition["any"])
    if "not" in condition:
        return not _holds(condition["not"], known, facts)
    if "rule" in condition:
        return bool(known["rule." + condition["rule"]])
    operator, value = operation(condition)
    key = condition["fact"]
    dated = facts[key]["type"] == "date"
    return compare(known[key], operator, value, is_date=dated, key=key).value == "T"


def _trials(condition: Any, facts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Facts to try: every combination of telling values, or many at random if there are too many.

    The random ones are drawn from a fixed seed, so that lint says the same every time.
    """
    told: dict[str, list[Any]] = {}
    for leaf in leaves(condition):
        if "rule" in leaf:
            told["rule." + leaf["rule"]] = [True, False]
        else:
            told.setdefault(leaf["fact"], []).extend(_telling(leaf, facts[leaf["fact"]]))
    keys = list(told)
    choices = [_distinct(told[key]) for key in keys]
    total = 1
    for values in choices:
        total *= len(values)
    if total <= TRIALS:
        for combination in islice(product(*choices), TRIALS):
            yield dict(zip(keys, combination))
        return
    source = random.Random(0)
    for _ in range(TRIALS):
        yield {key: source.choice(values) for key, values in zip(keys, choices)}


def _telling(leaf: Mapping[str, Any], fact: Mapping[str, Any]) -> list[Any]:
    if fact["type"] == "boolean":
        return [True, False]
    if "values" in fact:
        values = list(fact["values"])
        return [*([value] for value in values), values] if fact.get("multi") else values
    operator, value = operation(leaf)
    given = value if operator in ("in", "between") else [value]
    if fact["type"] == "string":
        return [*given, "another"]
    if fact["type"] == "date":
        days = [shifted(day, days) for day in given for days in (-1, 0, 1)]
        return [*days, "never"] if fact.get("never") else days
    return [number + step for number in given for step in (-1, 0, 1)]


def _distinct(values: list[Any]) -> list[Any]:
    return [value for i, value in enumerate(values) if value not in values[:i]]


# --- shares -------------------------------------------------------------------------------------


def shares(catalogue: Mapping[str, Any], document: str | None = None) -> dict[str, float]:
    """How well the rules could be typed, of one document or of all.

    {"leaf": share of prohibitions, restrictions and exemptions whose condition hangs on a
    rule.<id> leaf, "activity": share of operators' duties on an activity other than govern}.
    """
    rules = [r for r in catalogue["rules"] if document in (None, r["document"])]
    lifted = [r for r in rules if r["kind"] in ("prohibition", "restriction", "exemption")]
    hanging = [r for r in lifted if any("rule" in leaf for leaf in leaves(r.get("when")))]
    operator = [r for r in rules if r["audience"] == "operator" and r["kind"] in DUTIES]
    real = [r for r in operator if set(r["activities"]) != {"govern"}]
    return {
        "leaf": len(hanging) / len(lifted) if lifted else 0.0,
        "activity": len(real) / len(operator) if operator else 1.0,
    }


def _share_findings(parts: Parts) -> Iterator[Finding]:
    for document in parts.tree.documents:
        found = shares(parts.catalogue, document.id)
        told = []
        if found["leaf"] > LEAF_LIMIT:
            told.append(f"{found['leaf']:.0%} of bans and exemptions hang on a rule leaf")
        if found["activity"] < ACTIVITY_LIMIT:
            told.append(f"only {found['activity']:.0%} of operators' rules have a real activity")
        for what in told:
            file = f"documents/{document.id}/rules.yaml"
            place = {"file": file, "line": None, "record": document.id}
            yield {**place, "severity": "warning", "what": what, "expected": None}


# --- conflicts ----------------------------------------------------------------------------------


def conflict_candidates(catalogue: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(rule, rule, why) for pairs that may say different things of the same case.

    Same activity, a zone in common, the same facts asked with the same operators, and another
    figure or deadline; nothing is said of pairs that declare their conflict or share no figure.
    """
    found = []
    rules = [r for r in catalogue["rules"] if r["kind"] in DUTIES and r["audience"] == "operator"]
    for i, one in enumerate(rules):
        for other in rules[i + 1 :]:
            why = _differ(one, other)
            if why and not _declared(one, other):
                found.append((one["id"], other["id"], why))
    return found


def _declared(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    pairs = ((one, other), (other, one))
    return any(b["id"] == c["with"] for a, b in pairs for c in a.get("conflicts", []))


def _differ(one: Mapping[str, Any], other: Mapping[str, Any]) -> str | None:
    if one["kind"] != other["kind"] or not set(one["activities"]) & set(other["activities"]):
        return None
    if not set(zones_of(one["where"])) & set(zones_of(other["where"])):
        return None
    ours, theirs = _figures(one.get("when")), _figures(other.get("when"))
    if ours is None or theirs is None or ours.keys() != theirs.keys():
        return None
    for key, value in ours.items():
        if value != theirs[key]:
            return f"{key[0]} {key[1]} {value} against {theirs[key]}"
    if one["kind"] == "obligation":
        return None  # two duties of the same people by different days are two duties
    first, second = (rule["force"].get("deadline") for rule in (one, other))
    if first and second and first != second and one.get("when") == other.get("when"):
        return f"deadline {first} against {second}"
    return None


def _figures(condition: Any) -> dict[tuple[str, str], Any] | None:
    """Thresholds by (fact, operator), other leaves with ""; None where a leaf is typed by hand."""
    found: dict[tuple[str, str], Any] = {}
    for leaf in leaves(condition):
        if "rule" in leaf:
            return None
        operator, value = operation(leaf)
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        shown = value if number else ""
        key = (leaf["fact"], operator if number else f"{operator} {value}")
        if key in found and found[key] != shown:
            return None
        found[key] = shown
    return found


def _conflict_findings(parts: Parts) -> Iterator[Finding]:
    places = {
        rule["id"]: (document, i)
        for document in parts.tree.documents
        for i, rule in enumerate(document.rows("rules"))
    }
    for one, other, why in conflict_candidates(parts.catalogue):
        if one not in places:  # of the shipped catalogue, which the folder is laid over
            one, other = other, one
        if one not in places:
            continue
        document, i = places[one]
        what = f"may conflict with {other}: {why}"
        expected = "conflicts on one of them, or nothing if both hold side by side"
        at = document.at("rules", i)
        yield {**at, "severity": "warning", "what": what, "expected": expected}
