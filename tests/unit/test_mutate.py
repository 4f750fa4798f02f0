"""Mutation of rules: which mistakes are made, and whether golden cases are seen to miss them."""

from __future__ import annotations

import pytest

from zonerules.jobs.lint.bench import Bench, with_rule
from zonerules.jobs.lint.mutants import mutants_of, season_mutants
from zonerules.jobs.lint.mutate import mutate
from zonerules.rules.model import Book


def whats(rule, catalogue, prefix):
    """What is changed in the part of the rule that ``prefix`` names."""
    found = [what for what, _ in mutants_of(rule, catalogue)]
    assert len(set(found)) == len(found)
    return [what[len(prefix) + 2 :] for what in found if what.startswith(prefix + ": ")]


@pytest.fixture
def catalogue(tree):
    return tree.compile()


def rule(catalogue, **parts):
    return {**catalogue["rules"][0], **parts}


def test_every_mutant_differs_and_the_rule_is_untouched(catalogue):
    for original in catalogue["rules"]:
        before = repr(original)
        for what, mutant in mutants_of(original, catalogue):
            assert mutant != original, what
            assert mutant["id"] == original["id"]
        assert repr(original) == before


def test_thresholds_operators_and_values(catalogue):
    assert whats(catalogue["rules"][0], catalogue, "when") == [
        "dropped",
        "all for any",
        "boiler.fuel dropped",
        "boiler.fuel in reversed",
        "boiler.fuel value coal dropped",
        "boiler.fuel value oil dropped",
        "boiler.capacity_tph dropped",
        "boiler.capacity_tph le 10 made lt",
        "boiler.capacity_tph le 10 reversed",
        "boiler.capacity_tph le 10 moved to 9",
        "boiler.capacity_tph le 10 moved to 11",
    ]


def test_step_is_that_of_the_printed_figure(catalogue):
    changed = rule(catalogue, when={"fact": "boiler.capacity_tph", "lt": 3.5})
    assert whats(changed, catalogue, "when")[-2:] == [
        "boiler.capacity_tph lt 3.5 moved to 3.4",
        "boiler.capacity_tph lt 3.5 moved to 3.6",
    ]


def test_dates_move_by_a_day(catalogue):
    changed = rule(catalogue, when={"fact": "machine.made", "lt": "2009-10-01"})
    assert "machine.made lt 2009-10-01 moved to 2009-09-30" in whats(changed, catalogue, "when")


def test_never_is_not_negated(catalogue):
    when = {"fact": "plant.ultra_low_from", "le": "2009-10-01"}
    found = [mutant["when"] for what, mutant in mutants_of(rule(catalogue, when=when), catalogue)
             if "when" in mutant]  # fmt: skip
    assert not any("eq" in part or "ne" in part or "not" in part for part in found)


def test_mutants_that_no_value_can_tell_apart_are_left_out(catalogue):
    # stages are 0, 1, 2, 3: "le 3" and "le 4" are the same, and so are "lt 1" and "le 0"
    changed = rule(catalogue, when={"fact": "machine.stage", "ge": 3})
    assert whats(changed, catalogue, "when") == [
        "dropped",
        "machine.stage ge 3 made gt",
        "machine.stage ge 3 reversed",
        "machine.stage ge 3 moved to 2",
        "machine.stage ge 3 moved to 4",
    ]
    changed = rule(catalogue, when={"fact": "machine.stage", "gt": 3})
    assert "machine.stage gt 3 moved to 4" not in whats(changed, catalogue, "when")


def test_and_or_not(catalogue):
    when = {"any": [{"not": {"fact": "boiler.listed", "eq": True}}, {"rule": "TW-1"}]}
    assert whats(rule(catalogue, when=when), catalogue, "when") == [
        "dropped",
        "any for all",
        "not(boiler.listed) dropped",
        "not dropped",
        "boiler.listed eq True reversed",
        "TW-1 dropped",
        "rule.TW-1 reversed",
    ]


def test_printed_and_unprinted_days(catalogue):
    force = {
        "from": ["2020-05-01", "2020-05-31"],
        "from_printed": True,
        "until": ["2020-12-31", None],
        "until_printed": False,
        "deadline": "2020-06-30",
        "alerts": ["orange", "red"],
    }
    assert whats(rule(catalogue, force=force), catalogue, "force") == [
        "from earliest 2020-05-01 moved to 2020-04-30",
        "from latest 2020-05-31 moved to 2020-05-30",
        "from earliest 2020-05-01 moved to 2020-05-02",
        "from latest 2020-05-31 moved to 2020-06-01",
        "until earliest 2020-12-31 moved to 2020-12-30",
        "until earliest 2020-12-31 moved to 2021-01-01",
        "deadline moved to 2020-06-29",
        "deadline moved to 2020-07-01",
        "deadline dropped",
        "alerts: orange dropped",
        "alerts: red dropped",
        "alerts dropped",
    ]


def test_single_day_moves_whole_and_open_end_stays(catalogue):
    force = {"from": ["2020-05-01", "2020-05-01"], "from_printed": True}
    force.update(until=["9999-12-31", None], until_printed=True)
    found = dict(mutants_of(rule(catalogue, force=force), catalogue))
    moved = found["force: from 2020-05-01 moved to 2020-05-02"]
    assert moved["force"]["from"] == ["2020-05-02", "2020-05-02"]
    assert not any(what.startswith("force: until") for what in found)


def test_zones(catalogue):
    first = catalogue["rules"][0]
    # tw-ban lies in tw-town; nothing else has nothing to do with it but the unmapped old town
    assert whats(first, catalogue, "where") == [
        "tw-ban swapped for tw-town",
        "tw-ban swapped for tw-old",
    ]
    nested = whats(catalogue["rules"][2], catalogue, "where")
    assert nested == [
        "all for any",
        "tw-town dropped",
        "not(tw-old) dropped",
        "not dropped",
        "tw-old swapped for tw-town",
    ]


def test_place_that_stays_the_same_gives_no_mutant(catalogue):
    # a construction site is wherever the town is
    changed = rule(catalogue, where={"any": ["tw-town", "tw-sites"]})
    found = whats(changed, catalogue, "where")
    assert "tw-sites dropped" not in found
    assert "tw-sites swapped for tw-town" not in found


def test_exemptions_are_removed(catalogue):
    assert whats(catalogue["rules"][0], catalogue, "unless") == ["TW-2 dropped"]


def test_season_bounds(catalogue):
    (season,) = catalogue["documents"]["town-2020-1"]["seasons"]
    found = dict(season_mutants(season))
    assert len(found) == 8
    assert found["start latest 2020-11-15 moved to 2020-11-14"]["start"] == {
        "earliest": "2020-11-01",
        "latest": "2020-11-14",
    }


def test_season_without_a_certain_day(catalogue):
    (season,) = catalogue["documents"]["town-2020-1"]["seasons"]
    season = {**season, "start": {"earliest": "2020-11-01", "latest": "2021-03-05"}}
    # it may have begun by 03-05 or ended after 03-01: where the two cross, no day is certain
    assert [what for what, _ in season_mutants(season)] == [
        "start earliest 2020-11-01 moved to 2020-10-31",
        "start earliest 2020-11-01 moved to 2020-11-02",
        "end latest 2021-03-31 moved to 2021-03-30",
        "end latest 2021-03-31 moved to 2021-04-01",
    ]


# --- judged by golden cases ---------------------------------------------------------------------


def test_survivors_name_what_no_case_notices(tree):
    report = mutate(tree.compile())
    survivors = {(s["rule"], s["what"]) for s in report["survivors"]}
    # a case at 10 t/h applies: nobody would notice 11; 9 and "lt" are noticed
    assert ("TW-1", "when: boiler.capacity_tph le 10 moved to 11") in survivors
    assert ("TW-1", "when: boiler.capacity_tph le 10 moved to 9") not in survivors
    assert ("TW-1", "when: boiler.capacity_tph le 10 made lt") not in survivors
    assert ("TW-3", "no golden case holds it") in survivors
    assert report["killed"] < report["mutants"]
    assert report["rules"]["TW-1"]["cases"] == 2
    assert report["failing"] == []


def test_one_more_case_kills(tree):
    case = (
        '  - {rule: TW-1, query: {zones: {tw-ban: inside}, date: "2020-07-01", facts: {boiler.fuel:'
        " coal, boiler.capacity_tph: 10.5}}, expect: {outcome: not_concerned, failed: fact}}\n"
    )
    tree.write("cases", tree.path("cases").read_text(encoding="utf-8") + case)
    report = mutate(tree.compile(), rules=["TW-1"])
    survivors = {s["what"] for s in report["survivors"]}
    assert "when: boiler.capacity_tph le 10 moved to 11" not in survivors
    assert set(report["rules"]) == {"TW-1"}


def test_failing_cases_are_reported_and_judge_nothing(tree):
    tree.edit("cases", "{outcome: applies}", "{outcome: exempt}")
    report = mutate(tree.compile(), rules=["TW-1"])
    assert [entry["rule"] for entry in report["failing"]] == ["TW-1"]
    assert report["rules"]["TW-1"]["cases"] == 1


def test_a_judge_that_never_notices_leaves_everything_alive(tree):
    class Blind(Bench):
        def holds(self, case, book=None):
            return True

    catalogue = tree.compile()
    report = mutate(catalogue, Blind(catalogue))
    assert report["killed"] == 0
    assert report["mutants"] > 10


def test_feedback(tree):
    told = []
    mutate(tree.compile(), feedback=lambda share, rule: told.append((share, rule)))
    assert told[0] == (0.0, "TW-1")
    assert all(0 <= share < 1 for share, _ in told)


def test_rules_never_in_force_are_left_out_and_listed(tree):
    state = '    force: {deadline: "2020-06-30", state: {value: not_in_force}}\n'
    tree.edit("rules", '    force: {deadline: "2020-06-30"}\n', state)
    report = mutate(tree.compile())
    assert report["left_out"] == [
        {"rule": "TW-1", "why": "never in force: state not_in_force without dates"},
        {"rule": "TW-2", "why": "never in force: lifts only TW-1"},
    ]
    assert not {"TW-1", "TW-2"} & {s["rule"] for s in report["survivors"]}


def test_rules_stopped_for_a_time_are_mutated(tree):
    state = 'state: {value: suspended, from: "2020-08-01"}}\n'
    tree.edit("rules", '{deadline: "2020-06-30"}\n', '{deadline: "2020-06-30", ' + state)
    report = mutate(tree.compile())
    assert report["left_out"] == []
    assert report["rules"]["TW-1"]["mutants"] > 0


def test_a_changed_book_is_the_book_of_the_changed_catalogue(catalogue):
    bench = Bench(catalogue)
    for i, original in enumerate(catalogue["rules"]):
        for what, mutant in mutants_of(original, catalogue):
            rules = [*catalogue["rules"][:i], mutant, *catalogue["rules"][i + 1 :]]
            fresh = Book({**catalogue, "rules": rules})
            changed = with_rule(bench.book, mutant)
            assert vars(changed) == vars(fresh), what


def test_every_mutant_is_judged_as_by_a_catalogue_of_its_own(tree):
    catalogue = tree.compile()
    bench = Bench(catalogue)
    for i, original in enumerate(catalogue["rules"]):
        for what, mutant in mutants_of(original, catalogue):
            rules = [*catalogue["rules"][:i], mutant, *catalogue["rules"][i + 1 :]]
            alone = Bench({**catalogue, "rules": rules})
            for case in catalogue["golden"]:
                assert bench.holds(case, with_rule(bench.book, mutant)) == alone.holds(case), what
