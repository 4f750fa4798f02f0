"""Do rules, golden cases and coverage fit the other records and the vocabulary?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .check import World, cycles
from .conditions import condition_faults, near, value_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .errors import Problems
    from .tree import Document, Tree

__all__ = ["check_rules", "where_zones"]

ASSERTED = {
    "zone": ("inside", "outside"),
    "season": ("inside", "outside"),
    "rule": ("met", "unmet"),
    "force": ("in", "out"),
}
BARE_KEYS = ("alert", "position")


def check_rules(tree: Tree, world: World, problems: Problems) -> None:
    """Add everything that is wrong with the rules, cases and coverage of the tree."""
    for document in tree.documents:
        for i, rule in enumerate(document.rows("rules")):
            _check_rule(document, i, rule, world, problems)
        for i, case in enumerate(document.rows("cases")):
            _check_case(document, i, case, world, problems)
        _check_coverage(document, world, problems)
    _check_lifting(tree, world, problems)


def where_zones(where: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """(zone id, steps) for every zone a rule's ``where`` names, bare list or nested."""
    if isinstance(where, str):
        yield where, steps
    elif isinstance(where, list):
        for i, part in enumerate(where):
            yield from where_zones(part, (*steps, i))
    else:
        for key, part in where.items():
            yield from where_zones(part, (*steps, key))


def _check_rule(
    document: Document, i: int, rule: dict[str, Any], world: World, problems: Problems
) -> None:
    def tell(problem: str, expected: str | None, *steps: Any) -> None:
        problems.add(problem, **document.at("rules", i, *steps), expected=expected)

    for j, activity in enumerate(rule["activities"]):
        if activity not in world.activities:
            expected = near(activity, world.activities)
            tell(f"activity {activity} is not known", expected, "activities", j)
    for key in ("where", "emphasis"):
        for zone, steps in where_zones(rule.get(key, [])):
            if zone not in world.zones:
                tell(f"zone {zone} is not known", near(zone, world.zones), key, *steps)
    for key in ("when", "keep"):
        if key in rule:
            faults = condition_faults(rule[key], world.facts, world.rules, world.sources)
            for steps, problem, expected in faults:
                tell(problem, expected, key, *steps)
    force = rule.get("force", {})
    for j, season in enumerate(force.get("seasons", ())):
        if season not in world.seasons:
            tell(
                f"season {season} is not known", near(season, world.seasons), "force", "seasons", j
            )
    if rule["kind"] == "exemption" and "deadline" in force:
        tell("an exemption has no deadline", None, "force", "deadline")
    for j, conflict in enumerate(rule.get("conflicts", ())):
        other = conflict["with"]
        if other not in world.rules or other == rule["id"]:
            tell(f"rule {other} is not another rule", near(other, world.rules), "conflicts", j)
    offices = document.head.get("offices", {})
    for role, codes in rule.get("authorities", {}).items():
        for j, code in enumerate(codes):
            if code not in offices:
                tell(f"office {code} is not known", near(code, offices), "authorities", role, j)


def _check_lifting(tree: Tree, world: World, problems: Problems) -> None:
    """``unless`` names exemptions, and never in a ring."""
    graph = {rule_id: rule.get("unless", ()) for rule_id, rule in world.rules.items()}
    ringed = {rule_id: ring for ring in cycles(graph) for rule_id in ring[:1]}
    for document in tree.documents:
        for i, rule in enumerate(document.rows("rules")):
            for j, name in enumerate(rule.get("unless", ())):
                at = document.at("rules", i, "unless", j)
                lifting = world.rules.get(name)
                if lifting is None:
                    problems.add(f"rule {name} is not known", **at, expected=near(name, graph))
                elif lifting["kind"] != "exemption":
                    kind = lifting["kind"]
                    problems.add(f"{name} is of kind {kind}", **at, expected="kind exemption")
            if rule["id"] in ringed:
                at = document.at("rules", i, "unless")
                problems.add(f"unless goes round: {' > '.join(ringed[rule['id']])}", **at)


def _check_case(
    document: Document, i: int, case: dict[str, Any], world: World, problems: Problems
) -> None:
    def tell(problem: str, expected: str | None, *steps: Any) -> None:
        problems.add(problem, **document.at("cases", i, *steps), expected=expected)

    if case["rule"] not in world.rules:
        tell(f"rule {case['rule']} is not known", near(case["rule"], world.rules), "rule")
    query, expect = case["query"], case["expect"]
    for zone in query.get("zones", {}):
        if zone not in world.zones:
            tell(f"zone {zone} is not known", near(zone, world.zones), "query", "zones", zone)
    for key, value in query.get("facts", {}).items():
        fault = _answer_fault(key, value, world)
        if fault:
            tell(*fault, "query", "facts", key)
    for j, key in enumerate(expect.get("missing", ())):
        if key not in BARE_KEYS and not _key_known(key, world):
            tell(f"key {key} is not known", near(key, world.facts), "expect", "missing", j)
    outcome = expect["outcome"]
    for key, only in (
        ("failed", "not_concerned"),
        ("overdue", "applies"),
        ("missing", "cannot_determine"),
    ):
        if expect.get(key) and outcome != only:
            tell(f"{key} does not go with {outcome}", f"outcome {only}", "expect", key)


def _key_known(key: str, world: World) -> bool:
    if key in world.facts:
        return True
    kind, _, name = key.partition(".")
    known: dict[str, Any] = {
        "zone": world.zones,
        "season": world.seasons,
        "rule": world.rules,
        "force": {**dict.fromkeys(world.documents), **world.rules},
    }
    return name in known.get(kind, ())


def _answer_fault(key: str, value: Any, world: World) -> tuple[str, str | None] | None:
    """(problem, expected) for a fact or assertion that a case gives, None if it is all right."""
    if not _key_known(key, world):
        return f"key {key} is not known", near(key, world.facts)
    fact = world.facts.get(key)
    if fact is None:
        words = ASSERTED[key.partition(".")[0]]
        return None if value in words else (f"{key} cannot be {value!r}", ", ".join(words))
    if fact.get("never") and value == "never":
        return None
    values = value if isinstance(value, list) else [value]
    if fact.get("multi") and isinstance(value, str):
        values = [part.strip() for part in value.split(",")]
    if isinstance(value, list) and not fact.get("multi"):
        return f"{key} takes one value", "no list"
    for single in values:
        fault = value_fault(key, fact, single, world.sources)
        if fault:
            return fault
    return None


def _check_coverage(document: Document, world: World, problems: Problems) -> None:
    rules = {rule["id"]: i for i, rule in enumerate(document.rows("rules"))}
    if rules and "coverage" not in document.files:
        name = f"documents/{document.id}/coverage.yaml"
        problems.add("the file is missing", file=name, expected="every clause of the document")
        return
    covered: set[str] = set()
    clauses: dict[str, int] = {}
    for i, entry in enumerate(document.rows("coverage")):
        if entry["clause"] in clauses:
            first = clauses[entry["clause"]] + 1
            at = document.at("coverage", i, "clause")
            problems.add(f"the clause is listed twice (also as entry {first})", **at)
        clauses.setdefault(entry["clause"], i)
        for j, name in enumerate(entry.get("rules", ())):
            if name not in rules:
                at = document.at("coverage", i, "rules", j)
                problems.add(
                    f"rule {name} is not of this document", **at, expected=near(name, rules)
                )
            covered.add(name)
    for name, i in rules.items():
        if name not in covered:
            problems.add("the rule is in no clause of coverage.yaml", **document.at("rules", i))
