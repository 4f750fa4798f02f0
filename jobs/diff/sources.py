"""Which sources a change of zones or rules reaches that it did not reach before.

The same three-valued logic as an answer: a source is newly affected when its location towards a
zone differs, or when a rule's place holds for it, or may hold, and did not before.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ...layers.point import Zones, prepare
from ...rules.model import BadAssertion, Place, effect_of
from ...rules.place import places, where_truth
from ..rows import TRUTH_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DAY = "2000-01-01"  # the validity of a zone that day is taken out again


class _Side:
    """One catalogue, with what is needed to place its sources."""

    def __init__(self, catalogue: Mapping[str, Any]) -> None:
        self.zones: Mapping[str, Any] = catalogue["zones"]
        self.located: Zones = prepare(catalogue)
        self.sources = {source["id"]: source for source in catalogue["sources"]}
        self.wheres = _wheres(catalogue)
        self._known: dict[Any, tuple[dict[str, Place], dict[str, str]]] = {}

    def reach(self, source: Mapping[str, Any]) -> tuple[dict[str, Place], dict[str, str]]:
        """Where a source lies towards every zone, whatever the day, and the rules there.

        Rules: id -> T or U, for those whose place holds or may hold.
        """
        spot = source.get("location")
        located: dict[str, str] = {}
        if spot:
            accuracy = float(spot.get("accuracy_m", 0))
            found = self.located.locate(spot["lon"], spot["lat"], accuracy)
            located = {zone: location.where for zone, location in found.items()}
        # what the document says of a source counts where no map is certain
        said = {
            zone: "inside"
            for zone in source.get("zones", [])
            if zone in self.zones and located.get(zone) not in ("inside", "outside")
        }
        key = (tuple(located.items()), tuple(said))
        if key not in self._known:
            try:
                found_places = places(self.zones, located, said, _DAY)
            except BadAssertion:  # document and map disagree: the map keeps its word
                found_places = places(self.zones, located, {}, _DAY)
            found_places = {
                zone: Place(place.location, place.truth, place.asserted)
                for zone, place in found_places.items()
            }
            self._known[key] = found_places, self._rules(found_places)
        return self._known[key]

    def _rules(self, found: Mapping[str, Place]) -> dict[str, str]:
        truths: dict[str, str] = {}
        for where, rules in self.wheres:
            truth = where_truth(where, found).value
            if truth != "F":
                truths.update(dict.fromkeys(rules, truth))
        return truths


def _wheres(catalogue: Mapping[str, Any]) -> list[tuple[Any, list[str]]]:
    """Places with the rules that hold there: those that bind an operator, and exemptions.

    An exemption without a place of its own holds where the rules do that it lifts.
    """
    rules = {rule["id"]: rule for rule in catalogue["rules"]}
    lifted: dict[str, list[Any]] = {}
    for rule in rules.values():
        for name in rule.get("unless", []):
            lifted.setdefault(name, []).append(rule)
    found: dict[str, tuple[Any, list[str]]] = {}
    for name, rule in rules.items():
        if effect_of(rule) is None and rule["kind"] != "exemption":
            continue
        where = rule.get("where")
        if where is None:
            where = {"any": [above["where"] for above in lifted.get(name, []) if "where" in above]}
        # hundreds of rules share a few dozen places
        found.setdefault(json.dumps(where), (where, []))[1].append(name)
    return list(found.values())


def affected(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Sources of both catalogues that something newly reaches, in the new one's order.

    Rows: {id, name, zones: [{zone, old, new}], rules: [{rule, place: true | unknown}]}; old is
    None for a zone that is new. A source without a point is reached by what certainly holds for
    it. Days, alerts and facts are left aside.
    """
    before, after = _Side(old), _Side(new)
    rows = []
    for name, source in after.sources.items():
        if name not in before.sources:
            continue
        was, held = before.reach(before.sources[name])
        is_now, holds = after.reach(source)
        # of a source without a point only what its document says is known, and that is no news
        zones = list(_zones(was, is_now)) if source.get("location") else []
        rules = [
            {"rule": rule, "place": TRUTH_WORDS[truth]}
            for rule, truth in holds.items()
            if held.get(rule) not in ("T", truth) and (truth == "T" or source.get("location"))
        ]
        if zones or rules:
            rows.append({"id": name, "name": source["name"], "zones": zones, "rules": rules})
    return rows


def _zones(was: Mapping[str, Place], is_now: Mapping[str, Place]) -> Iterator[dict[str, Any]]:
    for zone, place in is_now.items():
        old = was[zone].location if zone in was else None
        if place.location != old and (old is not None or place.location in ("inside", "near")):
            yield {"zone": zone, "old": old, "new": place.location}


__all__ = ["affected"]
