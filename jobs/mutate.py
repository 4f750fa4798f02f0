"""Do the golden cases notice a mistake? Every rule is changed a little and judged again.

A mutant that all its cases let pass is a survivor: a case is missing, or the change makes no
difference and the reader of the report has to say so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..rules.condition import leaves
from .mutants import mutants_of, season_mutants

__all__ = ["mutate"]

Judge = Callable[[dict[str, Any], Mapping[str, Any]], bool]
KINDS = ("prohibition", "restriction", "obligation", "exemption")


def mutate(
    catalogue: Mapping[str, Any],
    run_case: Judge,
    *,
    rules: list[str] | None = None,
    feedback: Callable[[float, str], None] | None = None,
) -> dict[str, Any]:
    """Judge every mutant of every rule that binds an operator, and of every exemption.

    ``run_case(catalogue, case)`` says whether a golden case holds. ``rules``: only these ids.
    ``feedback``: told the share done (0 to 1) and the rule in hand.

    Returns {"mutants": n, "killed": n, "survivors": [{"rule", "what"}], "failing": [{"rule",
    "case"}] (cases that do not hold without any change; they judge nothing), "rules": {id:
    {"cases", "mutants", "survivors"}}}. A rule without a case survives as a whole.
    """
    report = _Report()
    chosen = [rule for rule in catalogue["rules"] if _counts(rule, rules)]
    for position, rule in enumerate(chosen):
        if feedback is not None:
            feedback(position / max(1, len(chosen)), rule["id"])
        _mutate_rule(rule, catalogue, run_case, report)
    if rules is None:
        _mutate_seasons(catalogue, run_case, report)
    return report.result()


class _Report:
    def __init__(self) -> None:
        self.mutants = 0
        self.survivors: list[dict[str, str]] = []
        self.failing: list[dict[str, Any]] = []
        self.rules: dict[str, dict[str, int]] = {}

    def row(self, name: str, cases: int) -> dict[str, int]:
        return self.rules.setdefault(name, {"cases": cases, "mutants": 0, "survivors": 0})

    def judged(self, name: str, what: str, killed: bool) -> None:
        self.mutants += 1
        row = self.rules[name]
        row["mutants"] += 1
        if not killed:
            row["survivors"] += 1
            self.survivors.append({"rule": name, "what": what})

    def result(self) -> dict[str, Any]:
        killed = self.mutants - sum(row["survivors"] for row in self.rules.values())
        return {
            "mutants": self.mutants,
            "killed": killed,
            "survivors": self.survivors,
            "failing": self.failing,
            "rules": self.rules,
        }


def _counts(rule: Mapping[str, Any], rules: list[str] | None) -> bool:
    if rules is not None and rule["id"] not in rules:
        return False
    return rule["kind"] in KINDS and rule.get("audience", "operator") == "operator"


def _mutate_rule(
    rule: dict[str, Any], catalogue: Mapping[str, Any], run_case: Judge, report: _Report
) -> None:
    lifted = [other["id"] for other in catalogue["rules"] if rule["id"] in other.get("unless", [])]
    about = {rule["id"], *lifted}
    small = _around(about, catalogue)
    cases = _sound([c for c in catalogue["golden"] if c["rule"] in about], small, run_case, report)
    report.row(rule["id"], len(cases))
    if not cases:
        report.survivors.append({"rule": rule["id"], "what": "no golden case holds it"})
        return
    for what, mutant in mutants_of(rule, catalogue):
        changed = [mutant if other["id"] == rule["id"] else other for other in small["rules"]]
        report.judged(rule["id"], what, _killed({**small, "rules": changed}, cases, run_case))


def _mutate_seasons(catalogue: Mapping[str, Any], run_case: Judge, report: _Report) -> None:
    for document_id, document in catalogue["documents"].items():
        for i, season in enumerate(document.get("seasons", [])):
            users = {
                rule["id"]
                for rule in catalogue["rules"]
                if season["id"] in rule["force"].get("seasons", []) and _counts(rule, None)
            }
            name = f"season.{season['id']}"
            small = _around(users, catalogue)
            cases = [case for case in catalogue["golden"] if case["rule"] in users]
            cases = [case for case in cases if _holds(small, case, run_case)]
            if not cases:
                continue
            report.row(name, len(cases))
            for what, mutant in season_mutants(season):
                seasons = [*document["seasons"][:i], mutant, *document["seasons"][i + 1 :]]
                documents = {**catalogue["documents"]}
                documents[document_id] = {**document, "seasons": seasons}
                changed = {**small, "documents": documents}
                report.judged(name, what, _killed(changed, cases, run_case))


def _around(about: set[str], catalogue: Mapping[str, Any]) -> dict[str, Any]:
    """The catalogue with the rules that decide about ``about`` only: a judge reads it faster."""
    by_id = {rule["id"]: rule for rule in catalogue["rules"]}
    needed, waiting = set(), list(about)
    for case in catalogue["golden"]:
        if case["rule"] in about:
            asserted = case["query"].get("facts", {})
            waiting += [key[5:] for key in asserted if key.startswith("rule.")]
            waiting += [key[6:] for key in asserted if key.startswith("force.")]
    while waiting:
        name = waiting.pop()
        if name in needed or name not in by_id:
            continue
        needed.add(name)
        rule = by_id[name]
        waiting += rule.get("unless", [])
        waiting += [leaf["rule"] for leaf in leaves(rule.get("when")) if "rule" in leaf]
        waiting += [r["id"] for r in catalogue["rules"] if name in r.get("unless", [])]
    rules = [rule for rule in catalogue["rules"] if rule["id"] in needed]
    return {**catalogue, "rules": rules}


def _sound(
    cases: list[Any], catalogue: dict[str, Any], run_case: Judge, report: _Report
) -> list[Any]:
    """The cases that hold on the rule as it is; the others are reported once."""
    sound = []
    for case in cases:
        if _holds(catalogue, case, run_case):
            sound.append(case)
        elif {"rule": case["rule"], "case": case} not in report.failing:
            report.failing.append({"rule": case["rule"], "case": case})
    return sound


def _holds(catalogue: dict[str, Any], case: Any, run_case: Judge) -> bool:
    try:
        return run_case(catalogue, case)
    except (KeyError, TypeError, ValueError, RecursionError):
        return False  # a mutant that cannot even be evaluated has been noticed


def _killed(catalogue: dict[str, Any], cases: list[Any], run_case: Judge) -> bool:
    return not all(_holds(catalogue, case, run_case) for case in cases)
