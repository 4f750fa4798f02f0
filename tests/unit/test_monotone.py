"""On the shipped catalogue: more knowledge never contradicts what was answered before.

Somebody really stands somewhere, on a day, with facts. What is known of that grows one key at a
time. Verdicts have two places where the contract lets a bound move the other way, see
`_check_verdict`: an exemption whose rule turns out not to be concerned, and no_data.
"""

from __future__ import annotations

import json
import os
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zonerules.jobs.answer import BadInput
from zonerules.jobs.open import Catalogue
from zonerules.jobs.open import open as open_catalogue
from zonerules.rules.coverage import coverage
from zonerules.rules.evaluate import ask
from zonerules.rules.model import BadAssertion
from zonerules.rules.verdict import Judge
from zonerules.tests.unit.oracle import STRENGTH, leaves, operands, shift

if TYPE_CHECKING:
    from collections.abc import Iterator

SHIPPED = open_catalogue()
BOOK = SHIPPED.book
ALERTS = ("none", "blue", "yellow", "orange", "red")
WORDS = {"season": ("inside", "outside"), "force": ("in", "out"), "rule": ("met", "unmet")}
# inside the machinery ban; in the district's south; on the Fourth Ring; in Zhengzhou; far away
POINTS = ((113.69, 34.735), (113.73, 34.69), (113.75, 34.67), (113.55, 34.80), (116.40, 39.90))
# the more rules there are, the longer an example takes and the more it proves
EXAMPLES = int(os.environ.get("ZR_EXAMPLES", max(12, 5000 // len(BOOK.rules))))
BRIEF = settings(
    deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
)


def _interesting_days() -> list[str]:
    days = {"2017-01-01", "2030-01-01"}
    for rule in BOOK.rules:
        force = rule["force"]
        marks = [*force.get("from", ()), *force.get("until", ()), force.get("deadline")]
        days |= {shift(day, step) for day in marks if day and day < "9999" for step in (0, 1)}
    for season in BOOK.seasons.values():
        days |= {*season["start"].values(), *season["end"].values()}
    return sorted(days)


def _marks() -> dict[str, list[Any]]:
    """Every value the rules compare a fact with."""
    found: dict[str, list[Any]] = {}
    for rule in BOOK.rules:
        for leaf in leaves(rule.get("when")):
            if "fact" in leaf:
                found.setdefault(leaf["fact"], []).extend(operands(leaf))
    return found


DAYS, MARKS = _interesting_days(), _marks()
IMPLIED = {
    key
    for activity in BOOK.activities.values()
    for key in activity.get("implies", {})
    if not BOOK.facts[key].get("multi")
}


# --- a place, a day and facts, and what is known of them  ----------------------------------------


@dataclass
class Knowledge:
    """What is known; `near` are the drawn zones whose map cannot tell at this place."""

    day: str
    located: dict[str, str]
    inside: dict[str, bool]
    alert: str = "unknown"
    facts: dict[str, Any] = field(default_factory=dict)
    asserted: dict[str, str] = field(default_factory=dict)

    def asker(self) -> Any:
        return ask(
            BOOK,
            self.located,
            self.day,
            alert=self.alert,
            facts=self.facts,
            asserted=self.asserted,
        )

    def plus(self, key: str, value: Any) -> Knowledge:
        """The same with one more thing known; `position` settles every near:position."""
        located, facts, asserted = dict(self.located), dict(self.facts), dict(self.asserted)
        alert = self.alert
        if key == "position":
            for zone, where in located.items():
                if where == "near:position":
                    located[zone] = "inside" if self.inside[zone] else "outside"
        elif key == "alert":
            alert = value
        elif key in BOOK.facts:
            facts[key] = value
        else:
            asserted[key] = value
        return Knowledge(self.day, located, self.inside, alert, facts, asserted)


def _truly_inside(pick: random.Random, located: dict[str, str]) -> dict[str, bool]:
    """A place that fits the map: in or out of every zone, `within` and derived zones heeded."""
    inside: dict[str, bool] = {}

    def settle(zone: str) -> bool:
        if zone not in inside:
            inside[zone] = _side(zone)
        return inside[zone]

    def _side(zone: str) -> bool:
        record = BOOK.zones[zone]
        if record["basis"] == "derived":
            operator, members = next(iter(record["derived"].items()))
            names = [members] if isinstance(members, str) else members
            sides = [settle(name) for name in names]
            if operator == "union":
                return any(sides)
            if operator == "complement":
                return settle(record["within"]) and not sides[0]
            return all(sides) if operator == "intersection" else sides[0] and not any(sides[1:])
        if located.get(zone) in ("inside", "outside"):
            return located[zone] == "inside"
        outer = settle(record["within"]) if "within" in record else True
        return outer and (record["basis"] == "object" or pick.random() < 0.6)

    for zone in BOOK.zones:
        settle(zone)
    return inside


def _drawn() -> list[str]:
    return [z for z, record in BOOK.zones.items() if "shapes" in record or "unit" in record]


def _somewhere(pick: random.Random) -> Knowledge:
    """A day and a place: a real point with a rough position, or any that the zones allow."""
    day = pick.choice(DAYS)
    if pick.random() < 0.4:
        radius = pick.choice([0.0, 10.0, 700.0, 5000.0])
        found = SHIPPED.located.locate(*pick.choice(POINTS), radius)
        located = {zone: one.where for zone, one in found.items()}
        return Knowledge(day, located, _truly_inside(pick, located))
    inside = _truly_inside(pick, {})
    words = ["sure", "sure", "near:position", "near:zone", "failed"]
    located = {}
    for zone in _drawn():
        word = pick.choice(words)
        if word != "failed":
            located[zone] = ("inside" if inside[zone] else "outside") if word == "sure" else word
    return Knowledge(day, located, inside)


def _value(pick: random.Random, key: str, known: Knowledge) -> Any:
    """The truth about `key`: for a fact a permitted value or one next to a threshold."""
    prefix, _, name = key.partition(".")
    if key == "position":
        return True
    if key == "alert":
        return pick.choice(ALERTS)
    if key not in BOOK.facts:
        if prefix == "zone":
            return "inside" if known.inside[name] else "outside"
        return pick.choice(WORDS[prefix])
    spec, marks = BOOK.facts[key], MARKS.get(key, [])
    if spec["type"] == "boolean":
        return pick.choice([True, False])
    if spec.get("multi"):
        return sorted(pick.sample(spec["values"], pick.randint(1, 2)))
    if "values" in spec:
        return pick.choice(spec["values"])
    if spec["type"] == "date":
        if spec.get("never") and pick.random() < 0.2:
            return "never"
        return shift(pick.choice(marks or ["2017-01-01"]), pick.choice([-1, 0, 1]))
    if spec["type"] == "string":
        return pick.choice([*marks, "other"])
    return max(0, pick.choice(marks or [1]) + pick.choice([-1, 0, 1]))


# --- what is answered  ---------------------------------------------------------------------------


@dataclass
class Answer:
    known: Knowledge
    asker: Any
    rules: dict[str, Any]
    verdicts: dict[str, Any]

    @classmethod
    def of(cls, known: Knowledge) -> Answer:
        asker = known.asker()
        judge = Judge(asker, coverage(asker))
        rules = {result.rule["id"]: result for result in judge.results()}
        return cls(known, asker, rules, {name: judge.verdict(name) for name in BOOK.activities})

    def open_keys(self) -> list[str]:
        return sorted({key for result in self.rules.values() for key in result.missing})


def _steps(seed: int, count: int) -> Iterator[tuple[Answer, str, Answer]]:
    """From something partly known on, one key at a time: before, key, after.

    A date comes as a year, a month or a day, and may be told more exactly later.
    """
    pick = random.Random(seed)
    known = _somewhere(pick)
    dates: dict[str, str] = {}
    before = Answer.of(known)
    for _ in range(count):
        useful = before.open_keys()
        anything = [key for key in BOOK.facts if key not in known.facts]
        useful = [key for key in useful if key not in IMPLIED]
        key = pick.choice(useful if useful and pick.random() < 0.9 else anything)
        if key in IMPLIED:
            continue  # what an activity implies is not asked; another value would be bad input
        value = dates.get(key) or _value(pick, key, known)
        if BOOK.facts.get(key, {}).get("type") == "date" and value != "never":
            dates[key] = value
            coarser = [size for size in (4, 7, 10) if size > len(known.facts.get(key, ""))]
            value = value[: pick.choice(coarser)]
        known = known.plus(key, value)
        after = Answer.of(known)
        yield before, key, after
        before = after


# --- the properties  -----------------------------------------------------------------------------


@settings(BRIEF, max_examples=EXAMPLES)
@given(st.integers(0, 2**32))
def test_filling_in_unknowns_never_contradicts_an_answer(seed: int) -> None:
    for before, key, after in _steps(seed, 8):
        for name, result in after.rules.items():
            _check_rule(before, key, after, before.rules[name], result)
        for activity, verdict in after.verdicts.items():
            _check_verdict(key, before.verdicts[activity], verdict)


def _check_rule(before: Answer, key: str, after: Answer, old: Any, new: Any) -> None:
    name = new.rule["id"]
    open_now = new.outcome == "cannot_determine"
    assert bool(new.missing) == open_now, name
    told = {**after.known.facts, **after.known.asserted}
    assert not [k for k in new.missing if k in told and not _vague(after.known, k)], name
    assert after.known.alert == "unknown" or "alert" not in new.missing, name
    if old.outcome == new.outcome:
        assert set(new.missing) <= set(old.missing), name
        return
    if old.outcome == "exempt":
        assert new.outcome == "not_concerned", name
        return
    assert old.outcome == "cannot_determine", (name, old.outcome, new.outcome)
    assert set(old.missing) & _decided(before, key, after), (name, key, old.missing)


def _vague(known: Knowledge, key: str) -> bool:
    """A date told to the year or month may still be asked for."""
    is_date = BOOK.facts.get(key, {}).get("type") == "date"
    return is_date and known.facts[key] != "never" and len(known.facts[key]) < 10


def _decided(before: Answer, key: str, after: Answer) -> set[str]:
    """The key that was told, and those of zones of which more is known because of it."""
    decided = {key}
    for zone, place in after.asker.places.items():
        if place != before.asker.places[zone]:
            decided |= {f"zone.{zone}", *before.asker.places[zone].truth.keys}
    return decided


def _check_verdict(key: str, old: Any, new: Any) -> None:
    """Bounds only draw closer.

    Two exceptions. An exemption that is certain may lift a rule that turns out not to be
    concerned, so `exempt` may fall to nothing. And no_data has no bounds: it is where an open
    verdict goes once nothing is concerned without a document that speaks, and it leaves out rules
    that may go on beyond their plan, so an answer on just that (force.*), or an exemption of such
    a rule, leads out of it.
    """
    nothing = ("not_concerned", "exempt")
    if old.verdict == new.verdict == "no_data" or old.reason == "jurisdiction":
        return
    if old.verdict == "no_data":
        assert key.startswith("force.") or new.at_least == "exempt", (key, old, new)
        return
    if old.verdict != "cannot_determine":
        gone = old.verdict in nothing and new.verdict in ("not_concerned", "no_data")
        assert new.verdict == old.verdict or gone, (key, old, new)
    if new.at_least is None:
        assert old.at_least in nothing, (key, old, new)
        return
    rank = STRENGTH.index
    assert rank(new.at_least) >= rank(old.at_least) or old.at_least == "exempt", (key, old, new)
    assert rank(new.at_most) <= rank(old.at_most), (key, old, new)
    assert rank(new.at_least) <= rank(new.at_most), (key, new)


@settings(BRIEF, max_examples=EXAMPLES)
@given(st.integers(0, 2**32), st.data())
def test_a_zone_that_failed_to_load_adds_no_certainty(seed: int, data: st.DataObject) -> None:
    known = _somewhere(random.Random(seed))
    zone = data.draw(st.sampled_from(_drawn()))
    located = {name: where for name, where in known.located.items() if name != zone}
    whole = Answer.of(known)
    holed = Answer.of(Knowledge(known.day, located, known.inside))
    for name, result in holed.rules.items():
        _same_or_open(result.outcome, whole.rules[name].outcome)
    for activity, verdict in holed.verdicts.items():
        if verdict.verdict == "no_data":
            assert whole.verdicts[activity].verdict == "no_data"
        elif verdict.verdict == "exempt":
            assert whole.verdicts[activity].verdict in ("exempt", "not_concerned", "no_data")
        elif verdict.verdict != "cannot_determine":
            assert whole.verdicts[activity].verdict == verdict.verdict


def _same_or_open(without: str, intact: str) -> None:
    if without == "exempt":
        assert intact in ("exempt", "not_concerned")
    elif without != "cannot_determine":
        assert intact == without


IMPLYING = [
    (activity, key)
    for activity, spec in BOOK.activities.items()
    for key in spec.get("implies", {})
    if BOOK.facts[key].get("multi")
]


@pytest.mark.thorough
@pytest.mark.parametrize(("activity", "key"), IMPLYING)
def test_more_members_than_an_activity_implies_contradict_nothing(activity: str, key: str) -> None:
    """Who mines may also make steel: until told, the other members are unknown, not absent."""
    implied = BOOK.activities[activity]["implies"][key]
    inside = dict.fromkeys(_drawn(), "inside")
    turned = []
    for day in sorted({document["covers"]["until"] for document in BOOK.documents.values()}):
        asker = ask(BOOK, inside, day)
        covered = coverage(asker)
        before = {r.rule["id"]: r for r in Judge(asker, covered, activity).results()}
        for value in BOOK.facts[key]["values"]:
            told = ask(BOOK, inside, day, facts={key: sorted({implied, value})})
            for result in Judge(told, covered, activity).results():
                old = before[result.rule["id"]]
                if old.outcome != result.outcome and key not in old.missing:
                    turned.append((result.rule["id"], value, old.outcome, result.outcome))
    assert turned == []


def _some_layers() -> list[str]:
    """Every jurisdiction, and a few of the other drawn zones."""
    owned = {document["jurisdiction"] for document in BOOK.documents.values()}
    others = [zone for zone in _drawn() if zone not in owned]
    return [*sorted(owned & set(_drawn())), *others[:: max(1, len(others) // 2)]][:6]


@pytest.mark.parametrize("zone", _some_layers())
def test_a_failed_layer_leaves_the_answer_for_a_point_open(zone: str) -> None:
    """The same through the whole answer, with the zone marked as a broken file marks it."""
    record = {name: value for name, value in BOOK.zones[zone].items() if name != "shapes"}
    zones = {**SHIPPED.data["zones"], zone: {**record, "failed": True}}
    broken = Catalogue({**SHIPPED.data, "zones": zones})
    for lon, lat in POINTS[::2]:
        asked = {"date": "2017-11-20", "all_rules": True, "radius_km": 0.0}
        intact = {r["id"]: r for r in SHIPPED.at(lon, lat, **asked)["rules"]}
        answer = broken.at(lon, lat, **asked)
        for row in answer["rules"]:
            whole = intact.get(row["id"], {"outcome": "not_concerned"})
            _same_or_open(row["outcome"], whole["outcome"])
        if zone in {document["jurisdiction"] for document in BOOK.documents.values()}:
            inside = SHIPPED.located.locate(lon, lat)[zone].where == "inside"
            assert not inside or "no_data" not in {v["verdict"] for v in answer["verdicts"]}


@settings(BRIEF, max_examples=200)
@given(
    st.sampled_from(POINTS),
    st.tuples(st.floats(-0.02, 0.02), st.floats(-0.02, 0.02)),
    st.tuples(st.floats(0, 20000), st.floats(0, 20000)),
)
def test_a_rougher_position_adds_no_certainty(
    point: tuple[float, float], aside: tuple[float, float], radii: tuple[float, float]
) -> None:
    lon, lat = point[0] + aside[0], point[1] + aside[1]
    fine = SHIPPED.located.locate(lon, lat, min(radii))
    rough = SHIPPED.located.locate(lon, lat, max(radii))
    assert set(fine) == set(rough) == set(_drawn())
    for zone, found in rough.items():
        if found.where in ("inside", "outside"):
            assert fine[zone].where == found.where
        if found.distance_m is not None and fine[zone].distance_m is not None:
            assert found.distance_m == fine[zone].distance_m


# --- through the whole answer  -------------------------------------------------------------------


def _told(pick: random.Random) -> dict[str, Any]:
    known = _somewhere(pick)
    keys = pick.sample(sorted(MARKS), 4)
    told = {key: _value(pick, key, known) for key in keys if key not in IMPLIED}
    judged = [
        leaf["rule"] for rule in BOOK.rules for leaf in leaves(rule.get("when")) if "rule" in leaf
    ]
    leaf = pick.choice(judged)
    return {**told, f"rule.{leaf}": pick.choice(WORDS["rule"])}


@settings(BRIEF, max_examples=12)
@given(st.integers(0, 2**32), st.sampled_from(sorted(BOOK.activities)))
def test_the_order_of_facts_does_not_matter(seed: int, activity: str) -> None:
    pick = random.Random(seed)
    told = _told(pick)
    shuffled = dict(pick.sample(sorted(told.items()), len(told)))
    lon, lat = pick.choice(POINTS)
    asked = {"date": pick.choice(DAYS), "activity": activity, "radius_km": 0.0}
    first = SHIPPED.at(lon, lat, facts=told, **asked)
    again = SHIPPED.at(lon, lat, facts=shuffled, **asked)
    del first["query"]["facts"], again["query"]["facts"]  # echoed as told
    assert json.dumps(first) == json.dumps(again)


NONSENSE = st.one_of(st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.none())


@settings(BRIEF, max_examples=60)
@given(st.integers(0, 2**32), NONSENSE, st.sampled_from(sorted(BOOK.activities)))
def test_an_answer_fails_only_as_bad_input(seed: int, value: Any, activity: str) -> None:
    """Any key with any value, true, false or senseless: an answer, or BadInput in one line."""
    pick = random.Random(seed)
    keys = [
        *BOOK.facts,
        *(f"zone.{zone}" for zone in BOOK.zones),
        *(f"season.{season}" for season in BOOK.seasons),
        *(f"force.{name}" for name in (*BOOK.documents, *BOOK.by_id)),
        *(f"rule.{rule}" for rule in BOOK.by_id),
    ]
    words = ["inside", "outside", "in", "out", "met", "unmet", "2017", "never", "国三", value]
    told = {key: pick.choice(words) for key in pick.sample(keys, 3)}
    lon, lat = pick.choice(POINTS)
    asked = {"date": pick.choice(DAYS), "activity": activity, "radius_km": 0.0}
    try:
        answer = SHIPPED.at(lon, lat, facts=told, alert=pick.choice(ALERTS), **asked)
    except BadInput as error:
        assert "\n" not in str(error)
        assert any(key in str(error) for key in told)
    else:
        assert json.loads(json.dumps(answer)) == answer


@settings(BRIEF, max_examples=60)
@given(st.integers(0, 2**32), st.data())
def test_true_assertions_are_never_refused_and_false_ones_name_the_key(
    seed: int, data: st.DataObject
) -> None:
    known = _somewhere(random.Random(seed))
    zones = data.draw(st.lists(st.sampled_from(list(BOOK.zones)), max_size=4, unique=True))
    for zone in zones:
        known = known.plus(f"zone.{zone}", "inside" if known.inside[zone] else "outside")
    places = known.asker().places
    for zone, place in places.items():
        expected = "inside" if known.inside[zone] else "outside"
        assert place.location in (expected, "near", "unmapped"), zone
    for zone, where in known.located.items():
        if where in ("inside", "outside") and BOOK.zones[zone]["basis"] != "approximate":
            lie = {"inside": "outside", "outside": "inside"}[where]
            with pytest.raises(BadAssertion, match=f"zone.{zone}={lie}"):
                known.plus(f"zone.{zone}", lie).asker()
