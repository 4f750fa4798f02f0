"""Where: locations, assertions, `within` and objects."""

from __future__ import annotations

from typing import Any

import pytest

from zonerules.rules.logic import FALSE, TRUE, unknown
from zonerules.rules.model import BadAssertion

# one drawn zone


@pytest.mark.parametrize(
    ("located", "where", "truth"),
    [
        ("inside", "inside", TRUE),
        ("outside", "outside", FALSE),
        ("near:position", "near", unknown("position")),
        ("near:zone", "near", unknown("zone.A")),
        ("near", "near", unknown("zone.A")),
    ],
)
@pytest.mark.parametrize(
    "basis", ["documented_boundary", "administrative", "circle", "approximate"]
)
def test_location(zone: Any, found: Any, basis: str, located: str, where: str, truth: Any) -> None:
    place = found([zone("A", basis)], {"A": located})["A"]
    assert (place.location, place.truth, place.asserted) == (where, truth, False)


def test_a_drawn_zone_that_failed_to_load(zone: Any, found: Any) -> None:
    """No location is no "outside"."""
    place = found([zone("A", failed=True)], {})["A"]
    assert place.truth == unknown("zone.A")
    assert place.location in ("near", "unmapped")


@pytest.mark.parametrize("located", ["near:position", "near:zone", "near", None])
@pytest.mark.parametrize(("said", "truth"), [("inside", TRUE), ("outside", FALSE)])
def test_an_assertion_fills_what_is_unknown(
    zone: Any, found: Any, located: str | None, said: str, truth: Any
) -> None:
    where = {"A": located} if located else {}
    place = found([zone("A")], where, {"A": said})["A"]
    assert (place.location, place.truth, place.asserted) == (said, truth, True)


@pytest.mark.parametrize(("located", "said"), [("inside", "outside"), ("outside", "inside")])
@pytest.mark.parametrize("basis", ["documented_boundary", "administrative", "circle"])
def test_an_assertion_against_certain_geometry(
    zone: Any, found: Any, basis: str, located: str, said: str
) -> None:
    with pytest.raises(BadAssertion) as caught:
        found([zone("A", basis)], {"A": located}, {"A": said})
    assert (caught.value.key, caught.value.value) == ("zone.A", said)
    assert f"zone.A={said}" in str(caught.value)
    assert "A" in caught.value.against and located in caught.value.against


@pytest.mark.parametrize(("located", "said"), [("inside", "outside"), ("outside", "inside")])
def test_an_assertion_overrides_an_approximate_zone(
    zone: Any, found: Any, located: str, said: str
) -> None:
    place = found([zone("A", "approximate")], {"A": located}, {"A": said})["A"]
    assert (place.location, place.asserted) == (said, True)


@pytest.mark.parametrize("side", ["inside", "outside"])
def test_an_assertion_that_agrees(zone: Any, found: Any, side: str) -> None:
    assert found([zone("A")], {"A": side}, {"A": side})["A"].location == side


# within


@pytest.fixture(scope="module")
def nested(zone: Any) -> list[Any]:
    """a house in a street in a town"""
    return [
        zone("town", "administrative"),
        zone("street", "unmapped", within="town"),
        zone("house", "unmapped", within="street"),
    ]


def test_unmapped_inside_what_it_lies_in(nested: Any, found: Any) -> None:
    place = found(nested, {"town": "inside"})
    assert place["street"].location == "unmapped"
    assert place["street"].truth == unknown("zone.street")
    assert place["house"].location == "unmapped"
    assert place["house"].truth == unknown("zone.house", "zone.street")


def test_outside_goes_inwards(nested: Any, found: Any) -> None:
    place = found(nested, {"town": "outside"})
    assert {name: here.location for name, here in place.items()} == dict.fromkeys(
        ("town", "street", "house"), "outside"
    )
    assert not any(here.asserted for here in place.values())


@pytest.mark.parametrize(
    ("near", "key"), [("near:position", "position"), ("near:zone", "zone.town")]
)
def test_unmapped_near_what_it_lies_in(nested: Any, found: Any, near: str, key: str) -> None:
    """Both could decide it: who knows the street, and whatever puts the place out of town."""
    place = found(nested, {"town": near})["street"]
    assert place.truth.value == "U"
    assert set(place.truth.keys) == {"zone.street", key}


def test_inside_goes_outwards(nested: Any, found: Any) -> None:
    place = found(nested, {"town": "near:zone"}, {"house": "inside"})
    assert [place[name].truth for name in ("town", "street", "house")] == [TRUE, TRUE, TRUE]
    assert place["town"].asserted and place["street"].asserted


def test_asserted_outside_goes_inwards(nested: Any, found: Any) -> None:
    place = found(nested, {"town": "inside"}, {"street": "outside"})
    assert place["house"].truth == FALSE
    assert place["house"].asserted
    assert place["town"].truth == TRUE


def test_asserted_outside_does_not_go_outwards(nested: Any, found: Any) -> None:
    place = found(nested, {"town": "near:zone"}, {"house": "outside"})
    assert place["town"].truth == unknown("zone.town")
    assert place["street"].truth.value == "U"


def test_inside_a_house_outside_the_town(nested: Any, found: Any) -> None:
    with pytest.raises(BadAssertion) as caught:
        found(nested, {"town": "outside"}, {"house": "inside"})
    assert caught.value.key == "zone.house"
    assert "town" in caught.value.against


def test_two_assertions_that_disagree(nested: Any, found: Any) -> None:
    with pytest.raises(BadAssertion) as caught:
        found(nested, {"town": "inside"}, {"house": "inside", "street": "outside"})
    message = str(caught.value)
    assert "zone.house=inside" in message and "zone.street=outside" in message


def test_a_drawn_zone_within_another(zone: Any, found: Any) -> None:
    zones = [zone("A"), zone("B", within="A")]
    place = found(zones, {"A": "near:zone", "B": "inside"})
    assert place["A"].truth == TRUE
    assert not place["A"].asserted
    assert found(zones, {"A": "outside", "B": "near:zone"})["B"].truth == FALSE


# object zones: classes of premises


@pytest.mark.parametrize(
    ("town", "truth"),
    [
        ("inside", TRUE),
        ("outside", FALSE),
        ("near:position", unknown("position")),
        ("near:zone", unknown("zone.town")),
    ],
)
def test_an_object_is_where_it_lies_in(zone: Any, found: Any, town: str, truth: Any) -> None:
    zones = [zone("town"), zone("sites", "object", within="town")]
    place = found(zones, {"town": town})["sites"]
    assert place.truth == truth
    assert place.location == town.partition(":")[0]


def test_an_object_in_an_unmapped_zone(zone: Any, found: Any) -> None:
    zones = [
        zone("town"),
        zone("old", "unmapped", within="town"),
        zone("sites", "object", within="old"),
    ]
    place = found(zones, {"town": "inside"})["sites"]
    assert (place.location, place.truth) == ("unmapped", unknown("zone.old"))
    assert found(zones, {"town": "inside"}, {"old": "inside"})["sites"].truth == TRUE


def test_an_object_cannot_be_denied_where_its_within_is_sure(zone: Any, found: Any) -> None:
    """Its location is that of `within`; whether the asker is one, activity and facts tell."""
    zones = [zone("town"), zone("sites", "object", within="town")]
    with pytest.raises(BadAssertion) as caught:
        found(zones, {"town": "inside"}, {"sites": "outside"})
    assert "zone.sites=outside" in str(caught.value) and "town" in str(caught.value)


def test_an_asserted_object_puts_the_place_in_town(zone: Any, found: Any) -> None:
    zones = [zone("sites", "object", within="town"), zone("town")]
    assert found(zones, {"town": "near:zone"}, {"sites": "inside"})["town"].truth == TRUE
