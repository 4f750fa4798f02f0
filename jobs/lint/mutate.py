"""Do the golden cases notice a mistake? Every rule is changed a little and judged again.

A mutant that all its cases let pass is a survivor: a case is missing, or the change makes no
difference and the reader of the report has to say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from .bench import Bench, with_rule, with_season
from .mutants import mutants_of, season_mutants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...rules.model import Book

__all__ = ["mutate", "never_in_force"]

KINDS = ("prohibition", "restriction", "obligation", "exemption")


def mutate(
    catalogue: Mapping[str, Any],
    bench: Bench | None = None,
    *,
    rules: list[str] | None = None,
    feedback: Callable[[float, str], None] | None = None,
) -> dict[str, Any]:
    """Judge every mutant of every rule that binds an operator, and of every exemption.

    ``bench``: the catalogue's, if at hand. ``rules``: only these ids. ``feedback``: told the share
    done (0 to 1) and the rule in hand. A mutant is judged by the cases of its own rule, an
    exemption's also by those of the rules it lifts, up to the first that does not hold.

    Returns {"mutants": n, "killed": n, "survivors": [{"rule", "what"}], "failing": [{"rule",
    "case"}] (cases that do not hold without any change; they judge nothing), "left_out": [{"rule",
    "why"}] (rules that are never in force: no case could tell), "rules": {id: {"cases", "mutants",
    "survivors"}}}. A rule without a case survives as a whole.
    """
    bench = bench or Bench(catalogue)
    report = _Report()
    chosen = [rule for rule in catalogue["rules"] if _counts(rule, rules)]
    for position, rule in enumerate(chosen):
        if feedback is not None:
            feedback(position / max(1, len(chosen)), rule["id"])
        why = never_in_force(rule, bench.book)
        if why:
            report.left_out.append({"rule": rule["id"], "why": why})
        else:
            _mutate_rule(rule, catalogue, bench, report)
    if rules is None:
        _mutate_seasons(catalogue, bench, report)
    return report.result()


def never_in_force(rule: Mapping[str, Any], book: Book) -> str | None:
    """Why a rule holds on no day, None if it may hold on some."""
    force = rule["force"]
    state = force.get("state", {})
    if state.get("value", "in_force") != "in_force" and not {"from", "until"} & state.keys():
        return f"never in force: state {state['value']} without dates"
    lifted = book.lifted_by.get(rule["id"], [])
    inherits = rule["kind"] == "exemption" and not {"from", "until", "seasons"} & force.keys()
    if inherits and lifted and all(never_in_force(one, book) for one in lifted):
        return f"never in force: lifts only {', '.join(one['id'] for one in lifted)}"
    return None


class _Report:
    def __init__(self) -> None:
        self.mutants = 0
        self.survivors: list[dict[str, str]] = []
        self.failing: list[dict[str, Any]] = []
        self.left_out: list[dict[str, str]] = []
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
            "left_out": self.left_out,
            "rules": self.rules,
        }


def _counts(rule: Mapping[str, Any], rules: list[str] | None) -> bool:
    if rules is not None and rule["id"] not in rules:
        return False
    return rule["kind"] in KINDS and rule.get("audience", "operator") == "operator"


def _mutate_rule(
    rule: dict[str, Any], catalogue: Mapping[str, Any], bench: Bench, report: _Report
) -> None:
    lifted = [other["id"] for other in bench.book.lifted_by.get(rule["id"], [])]
    cases = _sound(bench.about([rule["id"], *lifted]), bench, report)
    report.row(rule["id"], len(cases))
    if not cases:
        report.survivors.append({"rule": rule["id"], "what": "no golden case holds it"})
        return
    for what, mutant in mutants_of(rule, catalogue):
        report.judged(rule["id"], what, _killed(with_rule(bench.book, mutant), cases, bench))


def _mutate_seasons(catalogue: Mapping[str, Any], bench: Bench, report: _Report) -> None:
    for document in catalogue["documents"].values():
        for season in document.get("seasons", []):
            users = [
                rule["id"]
                for rule in catalogue["rules"]
                if season["id"] in rule["force"].get("seasons", []) and _counts(rule, None)
            ]
            name = f"season.{season['id']}"
            cases = [case for case in bench.about(users) if bench.holds(case)]
            if not cases:
                continue
            report.row(name, len(cases))
            for what, mutant in season_mutants(season):
                report.judged(name, what, _killed(with_season(bench.book, mutant), cases, bench))


def _sound(cases: list[Any], bench: Bench, report: _Report) -> list[Any]:
    """The cases that hold on the rules as they are; the others are reported once."""
    sound = []
    for case in cases:
        if bench.holds(case):
            sound.append(case)
        elif {"rule": case["rule"], "case": case} not in report.failing:
            report.failing.append({"rule": case["rule"], "case": case})
    return sound


def _killed(book: Book, cases: list[Any], bench: Bench) -> bool:
    """True when some case notices the change; the others need not be asked any more."""
    return not all(bench.holds(case, book) for case in cases)
