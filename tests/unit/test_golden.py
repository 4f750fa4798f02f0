"""The golden cases, written from reading the documents: they hold, and they cover every outcome."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from zonerules.jobs.lint.proving import run_case, run_cases
from zonerules.layers.catalogue.load import load
from zonerules.rules.model import effect_of

SAME = {"due": "applies"}
CLASSES = {"applies", "not_concerned", "cannot_determine"}


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Any]:
    return load(golden=True)


@pytest.fixture(scope="module")
def outcomes(catalogue: dict[str, Any]) -> dict[str, set[str]]:
    """The outcomes that the cases of each rule expect; `due` is a way to apply."""
    found: dict[str, set[str]] = defaultdict(set)
    for case in catalogue["golden"]:
        outcome = case["expect"].get("outcome")
        found[case["rule"]].add(SAME.get(outcome, outcome))
    return found


def test_every_case_holds(catalogue: dict[str, Any]) -> None:
    assert catalogue["golden"]
    assert run_cases(catalogue) == []


def test_every_case_says_what_it_expects(catalogue: dict[str, Any]) -> None:
    known = {"outcome", "overdue", "failed", "missing", "kept", "because_of"}
    for case in catalogue["golden"]:
        assert "outcome" in case["expect"], case
        assert set(case["expect"]) <= known, case


def test_every_rule_that_counts_has_a_case_for_each_outcome(
    catalogue: dict[str, Any], outcomes: dict[str, set[str]]
) -> None:
    counted = [r for r in catalogue["rules"] if effect_of(r) or r["kind"] == "exemption"]
    # A rule that has never come into force comes to one thing only.
    counted = [r for r in counted if r["force"].get("state") != {"value": "not_in_force"}]
    lacking = {r["id"]: sorted(CLASSES - outcomes[r["id"]]) for r in counted}
    assert {rule: classes for rule, classes in lacking.items() if classes} == {}


def test_every_rule_that_can_be_lifted_has_a_case_that_is_exempt(
    catalogue: dict[str, Any], outcomes: dict[str, set[str]]
) -> None:
    lifted = [
        rule["id"]
        for rule in catalogue["rules"]
        if rule.get("unless") and rule["kind"] != "exemption"
    ]
    assert lifted
    assert [rule for rule in lifted if "exempt" not in outcomes[rule]] == []


def test_every_deadline_has_a_case_before_and_after_it(catalogue: dict[str, Any]) -> None:
    """Through the deadline `due`, from the next day `applies`, as the contract words it."""
    days: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for case in catalogue["golden"]:
        days[case["rule"]].add((case["query"]["date"], case["expect"]["outcome"]))
    for rule in catalogue["rules"]:
        deadline = rule["force"].get("deadline")
        if deadline is None or not effect_of(rule):
            continue
        told = days[rule["id"]]
        assert any(day <= deadline for day, outcome in told if outcome == "due"), rule["id"]
        assert any(day > deadline for day, outcome in told if outcome == "applies"), rule["id"]
        assert not any(day > deadline for day, outcome in told if outcome == "due"), rule["id"]
        assert not any(day <= deadline for day, outcome in told if outcome == "applies"), rule["id"]


OTHER = {
    "applies": "not_concerned",
    "due": "applies",
    "exempt": "applies",
    "not_concerned": "cannot_determine",
    "cannot_determine": "not_concerned",
}


def test_a_case_that_expects_something_else_does_not_hold(catalogue: dict[str, Any]) -> None:
    """The judge itself can say no: one case of each outcome, turned round."""
    seen: dict[str, Any] = {}
    for case in catalogue["golden"]:
        seen.setdefault(case["expect"]["outcome"], case)
    assert set(seen) == set(OTHER)
    for outcome, case in seen.items():
        assert run_case(catalogue, case)
        assert not run_case(catalogue, {**case, "expect": {"outcome": OTHER[outcome]}})
    case = seen["cannot_determine"]
    assert not run_case(catalogue, {**case, "expect": {"missing": ["alert", "position"]}})
    assert not run_case(catalogue, {**case, "query": {**case["query"], "facts": {"no.such": 1}}})
