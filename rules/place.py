"""Where a rule holds: locations, assertions, `within`, derived zones and the validity of zones.

Takes the location of each drawn zone and works out every other; never sees a coordinate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .logic import FALSE, TRUE, Truth, all_of, any_of, negate, unknown
from .messages import error
from .model import BadAssertion, Place, kin_of, operator_of

Zones = Mapping[str, Any]
Known = dict[str, tuple[bool, str]]
"""zone -> (inside?, what says so: the key of an assertion, or the zone's own map)."""

# where most zones are for most places
_UNKNOWN = unknown()
_INSIDE, _OUTSIDE = Place("inside", TRUE), Place("outside", FALSE)
_MAP, _GUESS = "map ", "guess "  # before the zone and its location there


def places(
    zones: Zones,
    located: Mapping[str, str],
    asserted: Mapping[str, str],
    day: str,
    kin: Mapping[str, list[str]] | None = None,
) -> dict[str, Place]:
    """The place of every zone.

    `located`: inside | near | near:position | near:zone | outside of drawn zones; a drawn zone that
    is not there is unknown, as are unmapped ones. `asserted`: zone id -> inside | outside. `kin`:
    `kin_of(zones)`, if at hand. Raises BadAssertion for an assertion that contradicts certain
    geometry or another assertion.
    """
    return ground(zones, located, asserted, kin).places(day)


class Ground:
    """What is known of every zone, from maps and assertions, whatever the day."""

    def __init__(
        self,
        zones: Zones,
        located: Mapping[str, str],
        asserted: Mapping[str, str],
        kin: Mapping[str, list[str]],
        known: Known,
        unaided: Known,
    ) -> None:
        self.zones, self.located, self.asserted, self.kin = zones, located, asserted, kin
        self.known, self.unaided = known, unaided
        self._truths: dict[str, Truth] = {}
        self._still: dict[str, Place] = {}  # places of some day, right for all but `_dated`
        self._dated: list[str] = []  # zones whose place depends on the day
        self._latest: tuple[str, dict[str, Place]] = ("", {})

    def places(self, day: str) -> dict[str, Place]:
        """The place of every zone on `day`, not to be changed."""
        if self._latest[0] != day:
            self._latest = day, self._places(day)
        return self._latest[1]

    def _places(self, day: str) -> dict[str, Place]:
        if not self._still:
            self._still = {zone: self._place(zone, day) for zone in self.zones}
            self._dated = [zone for zone in self.zones if self.zones[zone].get("validity")]
        return {**self._still, **{zone: self._place(zone, day) for zone in self._dated}}

    def _place(self, zone: str, day: str) -> Place:
        known = self.known.get(zone)
        if known is not None and not self.asserted and "validity" not in self.zones[zone]:
            return _INSIDE if known[0] else _OUTSIDE
        truth = _truth(zone, self.zones, self.located, self.known, self._truths)
        if truth.value != "U":
            location = "inside" if truth.value == "T" else "outside"
        else:
            near = _near(zone, self.zones, self.located, self.known)
            location = "near" if near else "unmapped"
        # What is known only because somebody said so, whichever way it was reached.
        said = zone in self.asserted or (
            known is not None and self.unaided.get(zone, (None,))[0] != known[0]
        )
        validity = TRUE if zone in self.asserted else _validity(zone, self.zones[zone], day)
        return Place(location, truth, said, validity)

    def told(self, zone: str, side: str, before: Mapping[str, Place], day: str) -> dict[str, Place]:
        """The places if `zone` were asserted too; `before`: the places of this ground on `day`.

        Draws only what follows anew. Raises BadAssertion like `places`.
        """
        asserted = {**self.asserted, zone: side}
        more = dict(self.known)
        inside = side == "inside"
        yields = more.get(zone, (inside,))[0] != inside
        more[zone] = (inside, f"zone.{zone}={side}")
        if yields or _spread(self.zones, more, self.kin, [zone]):
            # a certain map or a guess stands against it: weigh everything again
            return ground(self.zones, self.located, asserted, self.kin).places(day)
        fresh = Ground(self.zones, self.located, asserted, self.kin, more, self.unaided)
        changed = [name for name in more if name not in self.known or name == zone]
        reached: dict[str, None] = {}
        while changed:
            name = changed.pop()
            if name not in reached:
                reached[name] = None
                changed += self.kin[name]
        return {**before, **{name: fresh._place(name, day) for name in reached}}


def ground(
    zones: Zones,
    located: Mapping[str, str],
    asserted: Mapping[str, str],
    kin: Mapping[str, list[str]] | None = None,
) -> Ground:
    """What `located` and `asserted` make known; arguments and errors as `places`."""
    kin = kin or kin_of(zones)
    known = _settle(zones, located, asserted, kin)
    unaided = _settle(zones, located, {}, kin) if asserted else known
    return Ground(zones, located, asserted, kin, known, unaided)


def _settle(
    zones: Zones,
    located: Mapping[str, str],
    asserted: Mapping[str, str],
    kin: Mapping[str, list[str]],
) -> Known:
    """What is certain: assertions and what follows; then certain maps; then approximate ones.

    An approximate shape yields to whatever else is known; a certain one does not.
    """
    known: Known = {
        zone: (side == "inside", f"zone.{zone}={side}") for zone, side in asserted.items()
    }
    _spread(zones, known, kin)
    for approximate in (False, True):
        added = []
        for zone, where in located.items():
            record = zones[zone]
            if record["basis"] == "derived" or where not in ("inside", "outside"):
                continue
            if (record["basis"] == "approximate") != approximate:
                continue
            inside = where == "inside"
            if zone not in known:
                kind = _GUESS if approximate else _MAP
                known[zone] = (inside, f"{kind}{zone} {where}")
                added.append(zone)
            elif not approximate and known[zone][0] != inside:
                _clash(known[zone][1], error("certain_map", zone=zone, where=where))
        _spread(zones, known, kin, added)
    return known


def _spread(
    zones: Zones, known: Known, kin: Mapping[str, list[str]], start: Iterable[str] | None = None
) -> bool:
    """Draw what follows from what is known (or from `start`) until nothing changes.

    True if something that followed met an approximate map that says otherwise.
    """
    yields = False
    first = list(known) if start is None else start
    queue = list(dict.fromkeys(zone for name in first for zone in kin[name]))
    waiting = set(queue)
    for zone in queue:  # which grows
        waiting.discard(zone)
        record = zones[zone]
        if _tells_nothing(record, known.get(zone), known.get(record.get("within", ""))):
            continue
        for target, inside, because in _consequences(zone, record, known):
            if target not in known:
                known[target] = (inside, because)
                for name in kin[target]:
                    if name not in waiting:
                        waiting.add(name)
                        queue.append(name)
            elif known[target][0] != inside:
                _clash(known[target][1], because)
                yields = True
    return yields


def _clash(one: str, other: str) -> None:
    """Two certainties that disagree: an assertion is at fault if there is one among them.

    A guess simply yields, and two maps that disagree each keep their word (lint reports the data).
    """
    said = next((text for text in (one, other) if text.startswith("zone.")), None)
    if said is None or any(text.startswith(_GUESS) for text in (one, other)):
        return
    key, _, value = said.partition("=")
    against = other if said == one else one
    if against.startswith(_MAP):
        zone, where = against[len(_MAP) :].split(" ")
        against = error("by_map", zone=zone, where=where)
    raise BadAssertion(key, value, against)


def _tells_nothing(
    record: Mapping[str, Any], own: tuple[bool, str] | None, outer: tuple[bool, str] | None
) -> bool:
    """Whether nothing follows from what is known of a zone and of the one it lies in: so it is with
    most, which are known to be elsewhere."""
    if record["basis"] == "derived" or (own is not None and own[0]):
        return False
    if own is None and outer is not None and not outer[0]:
        return False
    return record["basis"] != "object" or outer is None or not outer[0]


def _consequences(
    zone: str, record: Mapping[str, Any], known: Known
) -> Iterator[tuple[str, bool, str]]:
    within = record.get("within")
    own = known.get(zone)
    if within:
        outer = known.get(within)
        if own and own[0]:
            yield within, True, own[1]
        if outer and not outer[0]:
            yield zone, False, outer[1]
        if outer and outer[0] and record["basis"] == "object":
            yield zone, True, outer[1]
    if record["basis"] == "derived":
        yield from _derived_consequences(zone, record, known)


def _derived_consequences(
    zone: str, record: Mapping[str, Any], known: Known
) -> Iterator[tuple[str, bool, str]]:
    operator, members = operator_of(record)
    truth = _derived_truth(record, lambda member: _known_truth(member, known))
    own = known.get(zone)
    if truth.value != "U" and (own is None or own[0] != (truth.value == "T")):
        reasons = [known[name][1] for name in [*members, record.get("within")] if name in known]
        # A conclusion is as weak as its weakest ground, and an assertion is the first to be named.
        grounds = [text for kind in (_GUESS, "zone.") for text in reasons if text.startswith(kind)]
        because = (grounds or reasons)[0]
        yield zone, truth.value == "T", because
    if zone not in known:
        return
    inside, because = known[zone]
    if operator == "union" and not inside:
        yield from ((member, False, because) for member in members)
    elif operator == "intersection" and inside:
        yield from ((member, True, because) for member in members)
    elif operator == "complement" and inside:
        yield members[0], False, because
    elif operator == "complement" and known.get(record["within"], (False, ""))[0]:
        yield members[0], True, because
    elif operator == "difference" and inside:
        yield members[0], True, because
        yield from ((member, False, because) for member in members[1:])


def _known_truth(zone: str, known: Known) -> Truth:
    found = known.get(zone)
    return _UNKNOWN if found is None else TRUE if found[0] else FALSE


def _derived_truth(record: Mapping[str, Any], truth_of: Any) -> Truth:
    operator, members = operator_of(record)
    truths = [truth_of(member) for member in members]
    if operator == "union":
        return any_of(truths)
    if operator == "intersection":
        return all_of(truths)
    if operator == "difference":
        return all_of([truths[0], *(negate(truth) for truth in truths[1:])])
    return all_of([truth_of(record["within"]), negate(truths[0])])


def _truth(
    zone: str, zones: Zones, located: Mapping[str, str], known: Known, truths: dict[str, Truth]
) -> Truth:
    """The truth of being in `zone`, with the keys that could still decide it."""
    if zone in truths:
        return truths[zone]
    record = zones[zone]
    within = record.get("within")
    if zone in known:
        truth = _known_truth(zone, known)
    elif record["basis"] == "derived":
        truth = _derived_truth(record, lambda name: _truth(name, zones, located, known, truths))
    elif record["basis"] == "object":
        truth = _truth(within, zones, located, known, truths)
    else:
        truth = unknown("position" if located.get(zone) == "near:position" else f"zone.{zone}")
        if within and record["basis"] == "unmapped":
            outer = _truth(within, zones, located, known, truths)
            truth = unknown(*truth.keys, *outer.keys)
    truths[zone] = truth
    return truth


def _near(zone: str, zones: Zones, located: Mapping[str, str], known: Known) -> bool:
    """An undecided zone is near if its own map, or that of what it is made of, is too close."""
    record = zones[zone]
    if zone in known:
        return False
    if record["basis"] == "object":
        return _near(record["within"], zones, located, known)
    if record["basis"] == "derived":
        names = [*operator_of(record)[1], *([record["within"]] if "within" in record else [])]
        return any(_near(name, zones, located, known) for name in names)
    return located.get(zone, "").startswith("near")


def _validity(zone: str, record: Mapping[str, Any], day: str) -> Truth:
    """Whether the zone existed that day; T unless an instrument created, changes or ends it."""
    validity = record.get("validity")
    if not validity:
        return TRUE
    start = validity.get("from")
    end = validity.get("until")
    if start and day < start[0]:
        return FALSE
    if end and end[1] is not None and day > end[1]:
        return FALSE
    vague = (start and day < start[1]) or (end and day > end[0])
    if vague or validity.get("instrument", "evidenced") != "evidenced":
        return unknown(f"zone.{zone}")
    return TRUE


def zone_truth(place: Place) -> Truth:
    """Place = location ∧ validity that day; outside stays F whatever the validity."""
    if place.validity == TRUE:
        return place.truth
    return all_of([place.truth, place.validity])


def where_truth(where: Any, places_by_zone: Mapping[str, Place]) -> Truth:
    """The truth of a rule's `where`: a zone id, or {any|all: […]} or {not: …}, nestable."""
    if isinstance(where, str):
        return zone_truth(places_by_zone[where])
    if isinstance(where, list):
        return any_of([where_truth(part, places_by_zone) for part in where])
    if "any" in where:
        return any_of([where_truth(part, places_by_zone) for part in where["any"]])
    if "all" in where:
        return all_of([where_truth(part, places_by_zone) for part in where["all"]])
    return negate(where_truth(where["not"], places_by_zone))


def zones_of(where: Any) -> list[str]:
    """The zones a `where` names, in reading order."""
    if isinstance(where, str):
        return [where]
    if isinstance(where, list):
        return [zone for part in where for zone in zones_of(part)]
    return [zone for part in where.values() for zone in zones_of(part)]
