"""The rows of an answer: zones, rules, verdicts, sources as plain JSON values."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ..rules.explain import because
from ..rules.messages import both
from ..rules.place import zones_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..layers.point import Location
    from ..rules.model import Asker, Book, Place, Result
    from ..rules.questions import Survey
    from ..rules.verdict import Verdict

TRUTH_WORDS = {"T": "true", "U": "unknown", "F": "false"}
LOCATIONS = ("inside", "near", "unmapped", "outside")


def tenth(metres: float) -> float:
    """A distance as printed: floor(x·10 + 0.5) / 10."""
    return math.floor(metres * 10 + 0.5) / 10


def catalogue_row(catalogue: Mapping[str, Any]) -> dict[str, Any]:
    """Which catalogue answered, with the overlay when there is one."""
    return {
        name: catalogue[name] for name in ("version", "fingerprint", "overlay") if name in catalogue
    }


def zone_rows(
    book: Book, places: Mapping[str, Place], located: Mapping[str, Location]
) -> list[dict[str, Any]]:
    """Every zone the point is inside, near or possibly in; certain ones first."""
    shown = [
        _zone_row(zone, book.zones[zone], place, located.get(zone))
        for zone, place in places.items()
        if place.location != "outside"
    ]
    return sorted(shown, key=lambda row: LOCATIONS.index(row["location"]))


def _zone_row(
    zone: str, record: Mapping[str, Any], place: Place, found: Location | None
) -> dict[str, Any]:
    row = {
        "id": zone,
        "name": record["name"],
        "kind": record["kind"],
        "location": place.location,
        "asserted": place.asserted,
        "basis": record["basis"],
        "in_force": TRUTH_WORDS[place.validity.value],
        "cite": record["cite"],
    }
    if found is not None and found.distance_m is not None:
        row["distance_m"] = tenth(found.distance_m)
    if record.get("failed"):
        row["failed"] = True
    return row


def rule_row(result: Result, asker: Asker, survey: Survey) -> dict[str, Any]:
    """One rule with its outcome, reasons, missing keys, exemptions and article."""
    rule = result.rule
    row = {
        "id": rule["id"],
        "kind": rule["kind"],
        "strength": rule.get("strength", "binding"),
        "audience": rule.get("audience", "operator"),
        "activities": list(rule["activities"]),
        "outcome": result.outcome,
        "overdue": result.overdue,
        "failed": result.failed if result.outcome == "not_concerned" else None,
        "zones": [
            {"id": zone, "location": asker.places[zone].location}
            for zone in dict.fromkeys(zones_of(rule.get("where", [])))
        ],
        "because": because(result, asker),
        "missing": survey.sort(result.missing),
        "unless": [
            {
                "id": name,
                "effective": TRUTH_WORDS[truth.value],
                "cite": asker.book.by_id[name]["cite"],
            }
            for name, truth in result.exemptions
        ],
        "consequence": consequence(rule),
        "summary": rule["summary"],
        "cite": rule["cite"],
    }
    if rule["kind"] == "exemption":
        row["lifts"] = [target["id"] for target in asker.book.lifted_by.get(rule["id"], [])]
    if result.kept:
        row["kept"] = result.kept
    for name in ("deadline", "alerts", "seasons"):
        if name in rule["force"]:
            row[name] = rule["force"][name]
    row.update({name: rule[name] for name in ("emphasis", "open", "reading") if name in rule})
    offices = _authorities(rule, asker.book)
    if offices:
        row["authorities"] = offices
    return row


def consequence(rule: Mapping[str, Any]) -> dict[str, str] | None:
    """What follows a breach, in one line; None when the document prints none."""
    items = rule.get("consequence")
    if not items:
        return None
    return {
        "zh": "；".join(item["what"]["zh"] for item in items),
        "en": "; ".join(item["what"]["en"] for item in items),
    }


def _authorities(rule: Mapping[str, Any], book: Book) -> dict[str, Any]:
    names = book.documents[rule["document"]].get("offices", {})
    return {
        role: [names.get(code, both(code)) for code in codes]
        for role, codes in rule.get("authorities", {}).items()
    }


def verdict_row(verdict: Verdict, survey: Survey) -> dict[str, Any]:
    """One activity's verdict with its lower and upper bound."""
    return {
        "activity": verdict.activity,
        "verdict": verdict.verdict,
        "at_least": verdict.at_least,
        "at_most": verdict.at_most,
        "reason": verdict.reason,
        "rules": list(verdict.rules),
        "missing": survey.sort(verdict.missing),
    }


def source_row(source: Mapping[str, Any], distance_m: float) -> dict[str, Any]:
    """A source near the point."""
    return {
        "id": source["id"],
        "name": source["name"],
        "kind": source["kind"],
        "distance_m": tenth(distance_m),
    }


__all__ = ["catalogue_row", "rule_row", "source_row", "tenth", "verdict_row", "zone_rows"]
