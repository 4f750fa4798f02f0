"""Small random catalogues and questions: the evaluator against every world they leave open."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from zonerules.rules.coverage import coverage
from zonerules.rules.evaluate import ask, evaluate
from zonerules.rules.model import BadAssertion, Book, effect_of
from zonerules.rules.questions import Survey
from zonerules.rules.verdict import Judge
from zonerules.tests.unit.drawn_books import ACTIVITIES, COVERS, FACTS, START_LATEST, questions
from zonerules.tests.unit.oracle import (
    PARTS,
    STRENGTH,
    Oracle,
    Question,
    agree,
    effect,
)

SLOW = settings(
    deadline=None,
    max_examples=int(os.environ.get("ZR_EXAMPLES", "80")),
    # ZR_EXAMPLES=2000 looks further than the run of every day, and elsewhere each time
    derandomize="ZR_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def asker_of(question: Question) -> Any:
    return ask(
        Book(question.catalogue),
        question.located,
        question.day,
        alert=question.alert,
        facts=question.facts,
        asserted=question.asserted,
    )


def weak_backwards(question: Question, oracle: Oracle) -> bool:
    """A derived zone is known without its members, and the contract draws no conclusion on them."""
    outer = {zone.get("within") for zone in question.catalogue["zones"].values()}
    for name, zone in question.catalogue["zones"].items():
        if (name in outer and "union" in zone.get("derived", {})) or oracle.by_detour(name):
            return True
        said = question.asserted.get(f"zone.{name}")
        if zone["basis"] != "derived" or said is None:
            continue
        operator, _ = oracle.members(name)
        if (operator == "union") == (said == "inside") or operator in ("difference", "complement"):
            return True
    return False


def worlds_for(oracle: Oracle, rule: dict[str, Any]) -> list[dict[str, Any]]:
    """The worlds in which what the rule's activities imply is given."""
    return list(oracle.worlds([rule], oracle.implied(rule["activities"])))


# --- the properties  -----------------------------------------------------------------------------


@SLOW
@given(questions())
def test_what_is_determined_holds_in_every_world(question: Question) -> None:
    oracle, asker = Oracle(question), asker_of(question)
    for rule in question.catalogue["rules"]:
        result = evaluate(rule, asker)
        worlds = worlds_for(oracle, rule)
        outcomes = {oracle.outcome(rule, world) for world in worlds}
        if result.outcome == "exempt":
            assert outcomes <= {"exempt", "not_concerned"}
        elif result.outcome != "cannot_determine":
            lifted = oracle.lifted_by(rule)
            if rule["kind"] != "exemption" or len(lifted) < 2:
                assert outcomes == {result.outcome}
        if result.outcome == "not_concerned" and result.failed and rule["kind"] != "exemption":
            assert result.failed in PARTS
            assert not any(oracle.parts(rule, world)[result.failed] for world in worlds)
        overdue = question.day > rule["force"].get("deadline", "9999")
        assert result.overdue == (
            overdue and result.outcome == "applies" and rule["kind"] == "obligation"
        )
        kept = {oracle.holds(rule.get("keep"), world) for world in worlds}
        assert {"yes": {True}, "no": {False}}.get(result.kept or "", kept) == kept


@SLOW
@given(questions())
def test_what_every_world_agrees_on_is_determined(question: Question) -> None:
    oracle, asker = Oracle(question), asker_of(question)
    if weak_backwards(question, oracle):
        return
    for rule in question.catalogue["rules"]:
        worlds = worlds_for(oracle, rule)
        if rule["kind"] == "exemption" or not oracle.independent(rule, worlds):
            continue
        result = evaluate(rule, asker)
        lifted = all(oracle.countered(rule, world) for world in worlds)
        agreed = agree((oracle.outcome(rule, world) for world in worlds), lifted)
        assert result.outcome == (agreed or "cannot_determine")
        if result.outcome == "cannot_determine":
            _check_missing(oracle, rule, worlds, set(result.missing))
        else:
            assert result.missing == ()


def _check_missing(
    oracle: Oracle, rule: dict[str, Any], worlds: list[dict[str, Any]], missing: set[str]
) -> None:
    """Each key on which two worlds that differ in it alone disagree, and none that cannot matter.

    Zones hang together: a place inside one is inside what it lies within, so a key of an outer
    zone may be missing although no two worlds differ in it alone.
    """
    decisive, varying = set(), set()
    for name in worlds[0]:
        seen: dict[Any, set[str]] = {}
        prefix, _, zone = name.partition(".")
        key = oracle.key_of_zone(zone) if prefix == "in" else name
        key = f"zone.{zone}" if prefix == "valid" else key
        if len({world[name] for world in worlds}) < 2:
            continue
        varying.add(key)
        derived = {f"in.{zone}" for zone in oracle.zones if oracle.base(zone) != [zone]}
        for world in worlds:
            rest = tuple(v for k, v in world.items() if k != name and k not in derived)
            seen.setdefault(rest, set()).add(oracle.outcome(rule, world))
        if name not in derived and any(len(outcomes) > 1 for outcomes in seen.values()):
            decisive.add(key)
    assert decisive <= missing <= varying
    loose = {key for key in missing - decisive if not key.startswith("zone.") and key != "position"}
    assert not loose


@SLOW
@given(questions())
def test_verdicts_bound_every_world(question: Question) -> None:
    oracle, asker = Oracle(question), asker_of(question)
    covered = coverage(asker)
    judge = Judge(asker, covered)
    for activity in ACTIVITIES:
        verdict = judge.verdict(activity)
        chain = set(judge.asker.book.broader(activity))
        rules = [rule for rule in question.catalogue["rules"] if chain & set(rule["activities"])]
        for world in oracle.worlds(rules, oracle.implied([activity])):
            strength = max(
                (effect(rule, oracle.outcome(rule, world)) for rule in rules),
                key=STRENGTH.index,
                default="not_concerned",
            )
            _check_verdict(verdict, strength, _nothing_beyond_its_plan(world, question.day))


def _nothing_beyond_its_plan(world: dict[str, Any], day: str) -> bool:
    return not any(
        value is True and key.startswith("force.") and day > "2017-12-31"
        for key, value in world.items()
    )


def _check_verdict(verdict: Any, strength: str, ended: bool) -> None:
    if verdict.at_least is None:
        assert verdict.verdict in ("no_data", "cannot_determine")
        # no_data leaves out only what may go on beyond its plan: without that nothing binds
        if verdict.verdict == "no_data" and ended:
            assert strength in ("not_concerned", "exempt")
        return
    # exempt may turn out not_concerned: an exemption is certain, what it lifts is not
    least = "not_concerned" if verdict.at_least == "exempt" else verdict.at_least
    places = [STRENGTH.index(one) for one in (least, strength, verdict.at_most)]
    assert places == sorted(places)
    assert (verdict.verdict == verdict.at_least) == (verdict.at_least == verdict.at_most)
    assert verdict.verdict in (verdict.at_least, "cannot_determine")


@SLOW
@given(questions())
def test_settles_counts_the_rules_one_answer_would_determine(question: Question) -> None:
    oracle, asker = Oracle(question), asker_of(question)
    if weak_backwards(question, oracle):
        return
    results = [evaluate(rule, asker) for rule in question.catalogue["rules"]]
    survey = Survey(asker, results)
    waiting = {result.rule["id"]: worlds_for(oracle, result.rule) for result in survey.open}
    every = {result.rule["id"]: result.rule for result in results}
    assert set(waiting) == {
        result.rule["id"]
        for result in results
        if effect_of(result.rule) and result.outcome == "cannot_determine"
    }
    if not all(oracle.independent(every[name], worlds) for name, worlds in waiting.items()):
        return
    for question_row in survey.ask():
        key = question_row["key"]
        settled = {
            name
            for name, worlds in waiting.items()
            if any(_settled(oracle, every[name], some) for some in _answers(key, worlds))
        }
        assert (key, question_row["settles"]) == (key, len(settled))


def _answers(key: str, worlds: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The worlds that remain after each permitted answer."""
    prefix, _, name = key.partition(".")
    if prefix == "zone":
        inside = [[w for w in worlds if w[f"in.{name}"] == side] for side in (True, False)]
        inside[0] = [w for w in inside[0] if w[f"valid.{name}"]]
        return inside
    values = {world[key] for world in worlds}
    values = {value for value in values if not isinstance(value, tuple) or len(value) == 1}
    return [[world for world in worlds if world[key] == value] for value in values]


def _settled(oracle: Oracle, rule: dict[str, Any], worlds: list[dict[str, Any]]) -> bool:
    if not worlds:
        return False
    lifted = all(oracle.countered(rule, world) for world in worlds)
    return agree((oracle.outcome(rule, world) for world in worlds), lifted) is not None


@SLOW
@given(questions(honest=False))
def test_an_assertion_is_refused_if_no_world_agrees_with_it(question: Question) -> None:
    oracle = Oracle(question)
    try:
        asker_of(question)
    except BadAssertion as error:
        assert not oracle.places, f"{error}, but {oracle.places[0]} agrees"
    else:
        assert oracle.places or weak_backwards(question, oracle)


# --- cases worth keeping  ------------------------------------------------------------------------

LASTING = {
    "from": ["2017-01-01", "2017-01-01"],
    "from_printed": True,
    "until": ["9999-12-31", None],
    "until_printed": True,
}


def _town(*rules: dict[str, Any], **zones: dict[str, Any]) -> dict[str, Any]:
    """A catalogue of one town with the given rules and further zones."""
    defaults: dict[str, Any] = {
        "document": "d0",
        "kind": "prohibition",
        "strength": "binding",
        "audience": "operator",
        "activities": ["run"],
    }
    places = {"town": {"basis": "administrative"}, "old": {"basis": "unmapped", "within": "town"}}
    document = {"jurisdiction": "town", "covers": COVERS[0], "start_latest": START_LATEST[0]}
    return {
        "documents": {"d0": {"id": "d0", **document}},
        "zones": {name: {"id": name, **zone} for name, zone in {**places, **zones}.items()},
        "rules": [{**defaults, **rule} for rule in rules],
        "vocabulary": {"activities": ACTIVITIES, "facts": FACTS},
    }


def _outcome(question: Question, rule: str) -> str:
    asker = asker_of(question)
    return evaluate(asker.book.by_id[rule], asker).outcome


def test_an_exemption_to_an_exemption_holds_no_further_than_the_rule_at_the_end() -> None:
    """Where and while the rule it lifts holds: so along the whole chain."""
    catalogue = _town(
        {"id": "E2", "kind": "exemption", "force": {}},
        {"id": "E1", "kind": "exemption", "force": {}, "unless": ["E2"]},
        {"id": "R", "where": {"any": ["old"]}, "force": LASTING, "unless": ["E1"]},
    )
    outside = Question(catalogue, {"town": "outside"}, "2017-11-20")
    assert _outcome(outside, "R") == "not_concerned"
    assert _outcome(outside, "E1") == "not_concerned"
    assert _outcome(outside, "E2") == "not_concerned"
    somewhere = Question(catalogue, {"town": "inside"}, "2017-11-20")
    assert _outcome(somewhere, "E2") == "cannot_determine"
    before = Question(catalogue, {"town": "inside"}, "2016-12-31", asserted={"zone.old": "inside"})
    assert _outcome(before, "R") == "not_concerned"
    assert _outcome(before, "E2") == "not_concerned"


@pytest.mark.parametrize(
    ("given", "leaf", "expected"),
    [
        ("2017-09", {"le": "2017-09-30"}, "applies"),
        ("2017-09", {"gt": "2017-09-30"}, "not_concerned"),
        ("2017-09", {"lt": "2017-09-30"}, "cannot_determine"),
        ("2017-02", {"between": ["2017-02-01", "2017-02-28"]}, "applies"),
        ("2016-02", {"le": "2016-02-28"}, "cannot_determine"),
        ("2016-02", {"le": "2016-02-29"}, "applies"),
        ("2017", {"le": "2017-12-31"}, "applies"),
        ("2017", {"gt": "2017-12-31"}, "not_concerned"),
        ("2017-09", {"ge": "2017-09-01"}, "applies"),
    ],
)
def test_a_month_decides_where_all_its_days_agree(
    given: str, leaf: dict[str, Any], expected: str
) -> None:
    when = {"fact": "machine.made", **leaf}
    catalogue = _town({"id": "R", "where": {"any": ["town"]}, "force": LASTING, "when": when})
    told = {"machine.made": given}
    assert _outcome(Question(catalogue, {"town": "inside"}, "2017-11-20", facts=told), "R") == (
        expected
    )


def test_what_an_activity_implies_of_a_multi_fact_does_not_rule_out_other_members() -> None:
    """A missing fact never turns into no: a mine may be a steelworks as well."""
    when = {"fact": "plant.sector", "eq": "steel"}
    catalogue = _town({"id": "R", "where": {"any": ["town"]}, "force": LASTING, "when": when})
    mining = {"run": {}, "mine": {"broader": "run", "implies": {"plant.sector": "mine"}}}
    catalogue["vocabulary"] = {"activities": mining, "facts": FACTS}
    open_question = Question(catalogue, {"town": "inside"}, "2017-11-20")
    told = Question(catalogue, {"town": "inside"}, "2017-11-20", facts={"plant.sector": ["steel"]})
    both = [asker_of(question) for question in (open_question, told)]
    open_verdict, told_verdict = (Judge(one, coverage(one)).verdict("mine") for one in both)
    assert told_verdict.verdict == "prohibited"
    assert (open_verdict.verdict, open_verdict.missing) == ("cannot_determine", ("plant.sector",))
    assert open_verdict.at_most == "prohibited"
