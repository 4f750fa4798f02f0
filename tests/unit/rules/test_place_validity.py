"""Where: validity, where-conditions, and that the order of zones means nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zonerules.rules.logic import FALSE, TRUE, unknown
from zonerules.rules.model import BadAssertion, Book
from zonerules.rules.place import places, where_truth, zone_truth, zones_of

DAY = "2020-07-01"


# validity


@pytest.mark.parametrize("instrument", ["required", "unknown"])
@pytest.mark.parametrize(
    ("located", "expected"),
    [("inside", "U"), ("near:zone", "U"), ("outside", "F")],
)
def test_an_instrument_not_in_evidence(
    zone: Any, found: Any, instrument: str, located: str, expected: str
) -> None:
    place = found([zone("A", validity={"instrument": instrument})], {"A": located})["A"]
    truth = zone_truth(place)
    assert truth.value == expected
    assert truth.keys == (("zone.A",) if expected == "U" else ())


def test_validity_does_not_move_the_place(zone: Any, found: Any) -> None:
    place = found([zone("A", validity={"instrument": "required"})], {"A": "inside"})["A"]
    assert (place.location, place.truth) == ("inside", TRUE)


@pytest.mark.parametrize(("said", "expected"), [("inside", TRUE), ("outside", FALSE)])
def test_an_assertion_says_that_the_zone_existed(
    zone: Any, found: Any, said: str, expected: Any
) -> None:
    zones = [zone("A", validity={"instrument": "required"})]
    assert zone_truth(found(zones, {"A": "near:zone"}, {"A": said})["A"]) == expected


def test_asserting_what_the_map_says_anyway_settles_the_validity(zone: Any, found: Any) -> None:
    zones = [zone("A", validity={"instrument": "required"})]
    assert zone_truth(found(zones, {"A": "inside"}, {"A": "inside"})["A"]) == TRUE


def test_an_evidenced_instrument(zone: Any, found: Any) -> None:
    zones = [zone("A", validity={"instrument": "evidenced"})]
    assert zone_truth(found(zones, {"A": "inside"})["A"]) == TRUE


@pytest.mark.parametrize(
    ("validity", "day", "expected"),
    [
        ('from: "2020-06-01", until: "2020-08-31"', "2020-05-31", "F"),
        ('from: "2020-06-01", until: "2020-08-31"', "2020-06-01", "T"),
        ('from: "2020-06-01", until: "2020-08-31"', "2020-08-31", "T"),
        ('from: "2020-06-01", until: "2020-08-31"', "2020-09-01", "F"),
        ('from: "2020-06"', "2020-05-31", "F"),
        ('from: "2020-06"', "2020-06-15", "U"),
        ('from: "2020-06"', "2020-06-30", "T"),
        ('until: "2020-08"', "2020-07-31", "T"),
        ('until: "2020-08"', "2020-08-15", "U"),
        ('until: "2020-08"', "2020-09-01", "F"),
    ],
)
def test_validity_of_a_compiled_zone(tree: Any, validity: str, day: str, expected: str) -> None:
    """Days and months as zones.yaml prints them, through the compiler."""
    told = f"    validity: {{{validity}, instrument: evidenced}}\n"
    tree.edit("zones", "    edges:\n", told + "    edges:\n")
    zones = Book(tree.compile()).zones
    located = {"tw-town": "inside", "tw-ban": "inside"}
    place = places(zones, located, {}, day)["tw-ban"]
    assert zone_truth(place).value == expected
    outside = places(zones, {**located, "tw-ban": "outside"}, {}, day)["tw-ban"]
    assert zone_truth(outside) == FALSE


# where


@pytest.mark.parametrize(
    ("where", "expected", "named"),
    [
        ("in", TRUE, ["in"]),
        (["out", "in"], TRUE, ["out", "in"]),
        (["out", "u"], unknown("zone.u"), ["out", "u"]),
        ({"any": ["out", "u", "v"]}, unknown("zone.u", "zone.v"), ["out", "u", "v"]),
        ({"any": ["u", "in"]}, TRUE, ["u", "in"]),
        ({"all": ["in", "u"]}, unknown("zone.u"), ["in", "u"]),
        ({"all": ["u", "out"]}, FALSE, ["u", "out"]),
        ({"not": "in"}, FALSE, ["in"]),
        ({"not": "u"}, unknown("zone.u"), ["u"]),
        ({"not": {"any": ["out", "u"]}}, unknown("zone.u"), ["out", "u"]),
        ({"all": ["in", {"not": {"any": ["out"]}}]}, TRUE, ["in", "out"]),
        ({"any": [{"all": ["in", "out"]}, {"not": "out"}]}, TRUE, ["in", "out", "out"]),
    ],
)
def test_where(zone: Any, found: Any, where: Any, expected: Any, named: list[str]) -> None:
    zones = [zone(name) for name in ("in", "out", "u", "v")]
    located = {"in": "inside", "out": "outside", "u": "near:zone", "v": "near:zone"}
    assert where_truth(where, found(zones, located)) == expected
    assert zones_of(where) == named


def test_where_knows_the_validity(zone: Any, found: Any) -> None:
    zones = [zone("A", validity={"instrument": "required"}), zone("B")]
    place = found(zones, {"A": "inside", "B": "outside"})
    assert where_truth(["A", "B"], place) == unknown("zone.A")
    assert where_truth({"not": "A"}, place) == unknown("zone.A")


# the order of the zones means nothing

FAMILY = {
    "town": {"basis": "administrative"},
    "ban": {"basis": "documented_boundary", "within": "town"},
    "guess": {"basis": "approximate", "within": "town"},
    "old": {"basis": "unmapped", "within": "town"},
    "lane": {"basis": "unmapped", "within": "old"},
    "sites": {"basis": "object", "within": "old"},
    "either": {"basis": "derived", "derived": {"union": ["ban", "guess", "old"]}},
    "both": {"basis": "derived", "derived": {"intersection": ["ban", "old"]}},
    "rest": {"basis": "derived", "derived": {"difference": ["town", "ban", "guess"]}},
    "new": {"basis": "derived", "derived": {"complement": "old"}, "within": "town"},
    "newer": {"basis": "derived", "derived": {"intersection": ["new", "rest"]}},
}
DRAWN = ("town", "ban", "guess")
WHERES = ("inside", "outside", "near:position", "near:zone")


def answer(zones: Any, order: Any, located: Any, asserted: Any) -> Any:
    made = {name: zones[name] for name in order}
    said = {name: asserted[name] for name in order if name in asserted}
    try:
        all_places = places(made, located, said, DAY)
    except BadAssertion:
        return "bad input"
    return {
        name: (here.location, here.truth.value, frozenset(here.truth.keys), here.asserted)
        for name, here in all_places.items()
    }


def drawn_locations(data: Any) -> dict[str, str]:
    """Locations of the drawn zones that no lint would object to."""
    located = {name: data.draw(st.sampled_from(WHERES), label=name) for name in DRAWN}
    if located["town"] == "outside":  # no map has a zone reach beyond what it lies in
        located.update(ban="outside", guess="outside")
    elif "inside" in (located["ban"], located["guess"]):
        located["town"] = "inside"
    return located


def both_orders(data: Any) -> tuple[Any, Any]:
    """The answer with the zones in some order, and in the order of FAMILY."""
    zones = {name: {"id": name, **record} for name, record in FAMILY.items()}
    located = drawn_locations(data)
    sides = st.sampled_from(["inside", "outside"])
    asserted = data.draw(st.dictionaries(st.sampled_from(list(FAMILY)), sides, max_size=3))
    order = data.draw(st.permutations(list(FAMILY)))
    return answer(zones, order, located, asserted), answer(zones, list(FAMILY), located, asserted)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_the_order_of_zones_and_assertions_changes_no_place(data: Any) -> None:
    one, other = both_orders(data)
    if "bad input" in (one, other):
        assert one == other
    else:
        assert {name: row[:3] for name, row in one.items()} == {
            name: row[:3] for name, row in other.items()
        }


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_the_order_of_zones_does_not_say_what_was_asserted(data: Any) -> None:
    """Where a map and an assertion say the same, the mark must not hang on who came first."""
    one, other = both_orders(data)
    if "bad input" not in (one, other):
        assert {name: row[3] for name, row in one.items()} == {
            name: row[3] for name, row in other.items()
        }


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_an_assertion_only_ever_decides(data: Any) -> None:
    """What was certain without it stays (guesses apart); what it says comes true."""
    zones = {name: {"id": name, **record} for name, record in FAMILY.items()}
    zones["guess"] = {**zones["guess"], "basis": "documented_boundary"}
    located = drawn_locations(data)
    target = data.draw(st.sampled_from(list(FAMILY)))
    side = data.draw(st.sampled_from(["inside", "outside"]))
    before = answer(zones, list(FAMILY), located, {})
    after = answer(zones, list(FAMILY), located, {target: side})
    if after == "bad input":
        return
    assert after[target][0] == side
    for name, (where, value, _, _) in before.items():
        if value != "U":
            assert after[name][:2] == (where, value)
