"""Where: derived zones, forwards and backwards."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from zonerules.rules.logic import FALSE, TRUE, unknown
from zonerules.rules.model import BadAssertion

# derived zones, forwards: Kleene over the members

SIDES = ("inside", "near:zone", "outside")
TRUTHS = {"inside": 2, "near:zone": 1, "outside": 0}
NAMES = "FUT"


def expect(operator: str, one: int, other: int) -> str:
    """union = max, intersection = min, difference = min(a, not b), complement of b in a."""
    table = {
        "union": max(one, other),
        "intersection": min(one, other),
        "difference": min(one, 2 - other),
        "complement": min(one, 2 - other),
    }
    return NAMES[table[operator]]


def derived(zone: Any, operator: str) -> list[Any]:
    members = {"complement": "B"}.get(operator, ["A", "B"])
    more = {"within": "A"} if operator == "complement" else {}
    return [
        zone("A"),
        zone("B"),
        zone("D", "derived", derived={operator: members}, **more),
    ]


@pytest.mark.parametrize(("one", "other"), list(itertools.product(SIDES, SIDES)))
@pytest.mark.parametrize("operator", ["union", "intersection", "difference", "complement"])
def test_derived(zone: Any, found: Any, operator: str, one: str, other: str) -> None:
    zones = derived(zone, operator)
    place = found(zones, {"A": one, "B": other})["D"]
    value = expect(operator, TRUTHS[one], TRUTHS[other])
    assert place.truth.value == value
    assert place.location == {"T": "inside", "U": "near", "F": "outside"}[value]
    undecided = {f"zone.{n}" for n, side in (("A", one), ("B", other)) if side == "near:zone"}
    # nothing else could decide it, so every undecided member is a key
    assert set(place.truth.keys) == (undecided if value == "U" else set())


@pytest.mark.parametrize("drawn", ["inside", "outside", "near:zone"])
def test_the_shape_of_a_derived_zone_decides_nothing(zone: Any, found: Any, drawn: str) -> None:
    zones = derived(zone, "union")
    place = found(zones, {"A": "inside", "B": "outside", "D": drawn})["D"]
    assert place.truth == TRUE
    place = found(zones, {"A": "near:position", "B": "outside", "D": drawn})["D"]
    assert place.truth == unknown("position")


def test_a_derived_zone_of_an_unmapped_one(zone: Any, found: Any) -> None:
    zones = [
        zone("town"),
        zone("old", "unmapped", within="town"),
        zone("both", "derived", derived={"union": ["ban", "old"]}),
        zone("ban", within="town"),
    ]
    place = found(zones, {"town": "inside", "ban": "outside"})["both"]
    assert (place.location, place.truth) == ("unmapped", unknown("zone.old"))
    assert found(zones, {"town": "outside", "ban": "outside"})["both"].truth == FALSE
    assert found(zones, {"town": "inside", "ban": "inside"})["both"].truth == TRUE


def test_an_asserted_member_is_no_longer_near(zone: Any, found: Any) -> None:
    """Kleene over the members' locations: inside and unmapped make unmapped."""
    zones = [
        zone("town"),
        zone("ban", within="town"),
        zone("old", "unmapped", within="town"),
        zone("both", "derived", derived={"intersection": ["ban", "old"]}),
    ]
    located = {"town": "inside", "ban": "near:zone"}
    place = found(zones, located, {"ban": "inside"})["both"]
    assert (place.location, place.truth) == ("unmapped", unknown("zone.old"))


def test_derived_of_derived(zone: Any, found: Any) -> None:
    zones = [
        zone("outer", "derived", derived={"difference": ["town", "inner"]}),
        zone("inner", "derived", derived={"union": ["A", "B"]}),
        *(zone(name) for name in ("town", "A", "B")),
    ]
    located = {"town": "inside", "A": "outside", "B": "near:zone"}
    assert found(zones, located)["outer"].truth == unknown("zone.B")
    assert found(zones, located, {"inner": "outside"})["outer"].truth == TRUE
    assert found(zones, located, {"outer": "outside"})["B"].truth.value in "UT"
    assert found(zones, {"town": "near:zone"}, {"outer": "inside"})["A"].truth == FALSE


def test_within_of_a_derived_zone(zone: Any, found: Any) -> None:
    zones = [
        zone("town"),
        zone("old", "unmapped", within="town"),
        zone("new", "derived", derived={"complement": "old"}, within="town"),
    ]
    assert found(zones, {"town": "outside"})["new"].truth == FALSE
    assert found(zones, {"town": "inside"})["new"].truth == unknown("zone.old")
    assert found(zones, {"town": "inside"}, {"old": "outside"})["new"].truth == TRUE
    assert found(zones, {"town": "inside"}, {"old": "inside"})["new"].truth == FALSE
    assert found(zones, {"town": "near:zone"}, {"new": "inside"})["town"].truth == TRUE


# derived zones, backwards, where it is forced


@pytest.mark.parametrize(
    ("operator", "said", "located", "members"),
    [
        ("union", "outside", {}, {"A": "F", "B": "F"}),
        ("union", "inside", {}, {"A": "U", "B": "U"}),
        ("intersection", "inside", {}, {"A": "T", "B": "T"}),
        ("intersection", "outside", {}, {"A": "U", "B": "U"}),
        ("difference", "inside", {}, {"A": "T", "B": "F"}),
        ("difference", "outside", {}, {"A": "U", "B": "U"}),
        ("complement", "inside", {}, {"A": "T", "B": "F"}),
        ("complement", "outside", {}, {"A": "U", "B": "U"}),
        ("complement", "outside", {"A": "inside"}, {"A": "T", "B": "T"}),
    ],
)
def test_backwards(
    zone: Any, found: Any, operator: str, said: str, located: Any, members: Any
) -> None:
    zones = derived(zone, operator)
    where = {"A": "near:zone", "B": "near:zone", **located}
    place = found(zones, where, {"D": said})
    assert {name: place[name].truth.value for name in "AB"} == members
    assert place["D"].truth.value == ("T" if said == "inside" else "F")
    assert place["D"].asserted
    assert place["B"].asserted is (members["B"] != "U")


def test_complement_outside_and_within_asserted(zone: Any, found: Any) -> None:
    where = {"A": "near:zone", "B": "near:zone"}
    place = found(derived(zone, "complement"), where, {"D": "outside", "A": "inside"})
    assert place["B"].truth == TRUE


def test_difference_inside_puts_every_later_member_outside(zone: Any, found: Any) -> None:
    zones = [
        *(zone(name) for name in "ABC"),
        zone("D", "derived", derived={"difference": ["A", "B", "C"]}),
    ]
    where = dict.fromkeys("ABC", "near:zone")
    place = found(zones, where, {"D": "inside"})
    assert [place[name].truth for name in "ABC"] == [TRUE, FALSE, FALSE]


@pytest.mark.parametrize(
    ("operator", "located", "said"),
    [
        ("union", {"A": "inside", "B": "near:zone"}, "outside"),
        ("union", {"A": "outside", "B": "outside"}, "inside"),
        ("intersection", {"A": "outside", "B": "near:zone"}, "inside"),
        ("intersection", {"A": "inside", "B": "inside"}, "outside"),
        ("difference", {"A": "near:zone", "B": "inside"}, "inside"),
        ("difference", {"A": "inside", "B": "outside"}, "outside"),
        ("complement", {"A": "inside", "B": "inside"}, "inside"),
        ("complement", {"A": "inside", "B": "outside"}, "outside"),
    ],
)
def test_asserting_a_derived_zone_against_certain_members(
    zone: Any, found: Any, operator: str, located: Any, said: str
) -> None:
    with pytest.raises(BadAssertion) as caught:
        found(derived(zone, operator), located, {"D": said})
    assert (caught.value.key, caught.value.value) == ("zone.D", said)


@pytest.mark.parametrize(
    ("operator", "asserted"),
    [
        ("union", {"D": "outside", "A": "inside"}),
        ("union", {"A": "outside", "B": "outside", "D": "inside"}),
        ("intersection", {"D": "inside", "B": "outside"}),
        ("difference", {"D": "inside", "B": "inside"}),
        ("complement", {"D": "inside", "A": "outside"}),
    ],
)
def test_assertions_about_a_derived_zone_and_its_members(
    zone: Any, found: Any, operator: str, asserted: Any
) -> None:
    where = {"A": "near:zone", "B": "near:zone"}
    with pytest.raises(BadAssertion) as caught:
        found(derived(zone, operator), where, asserted)
    named = [f"zone.{name}={side}" for name, side in asserted.items()]
    assert sum(text in str(caught.value) for text in named) == 2, "both are named"


@pytest.mark.parametrize(
    ("operator", "approximate", "located", "said"),
    [
        # A's shape is a guess and the other is certain, so who knows D corrects the guess
        ("union", "A", {"A": "outside", "B": "outside"}, "inside"),
        ("union", "A", {"A": "inside", "B": "outside"}, "outside"),
        ("intersection", "A", {"A": "inside", "B": "inside"}, "outside"),
        ("intersection", "A", {"A": "outside", "B": "inside"}, "inside"),
        ("difference", "B", {"A": "inside", "B": "outside"}, "outside"),
        ("difference", "B", {"A": "inside", "B": "inside"}, "inside"),
        ("complement", "B", {"A": "inside", "B": "outside"}, "outside"),
        ("complement", "B", {"A": "inside", "B": "inside"}, "inside"),
    ],
)
def test_an_approximate_member_yields_to_an_assertion_about_the_whole(
    zone: Any, found: Any, operator: str, approximate: str, located: Any, said: str
) -> None:
    zones = derived(zone, operator)
    zones = [{**z, "basis": "approximate"} if z["id"] == approximate else z for z in zones]
    place = found(zones, located, {"D": said})
    assert place["D"].location == said


def test_complement_outside_corrects_an_approximate_base(zone: Any, found: Any) -> None:
    """design §2: complement outside and within inside ⇒ base inside; approximate yields."""
    zones = derived(zone, "complement")
    zones[1] = {**zones[1], "basis": "approximate"}
    place = found(zones, {"A": "inside", "B": "outside"}, {"D": "outside"})
    assert (place["B"].location, place["B"].asserted) == ("inside", True)


def test_an_approximate_zone_yields_to_an_assertion_about_what_it_lies_in(
    zone: Any, found: Any
) -> None:
    zones = [zone("town"), zone("old", "approximate", within="town")]
    place = found(zones, {"town": "near:zone", "old": "inside"}, {"town": "outside"})
    assert place["old"].truth == FALSE


def test_maps_that_disagree_are_no_bad_input(zone: Any, found: Any) -> None:
    """Data at odds with itself is for lint; nobody asserted anything."""
    zones = [zone("town"), zone("ban", within="town")]
    place = found(zones, {"town": "outside", "ban": "inside"})
    assert place["town"].location == "outside"
