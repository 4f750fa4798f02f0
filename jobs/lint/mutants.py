"""Small wrong versions of a rule: what somebody could have mistyped without any error.

Every mutant differs from its rule in one place and, as far as that can be told here, in meaning:
a threshold that no permitted value can feel or a zone that is the same place gives none.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ...rules.condition import compare, operation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["mutants_of", "season_mutants", "zones_of"]

Rule = dict[str, Any]
STRICT = {"lt": "le", "le": "lt", "gt": "ge", "ge": "gt"}
REVERSE = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt", "eq": "ne", "ne": "eq"}
GROUPS = {"all": "any", "any": "all"}


def mutants_of(rule: Rule, catalogue: Mapping[str, Any]) -> Iterator[tuple[str, Rule]]:
    """(what was changed, the changed rule) for one compiled rule of the catalogue."""
    facts, zones = catalogue["vocabulary"]["facts"], catalogue["zones"]
    if "when" in rule:
        yield "when: dropped", {key: value for key, value in rule.items() if key != "when"}
        for what, condition in _conditions(rule["when"], facts):
            yield f"when: {what}", {**rule, "when": condition}
    if "where" in rule:
        for what, where in _places(rule["where"], rule["where"], zones):
            yield f"where: {what}", {**rule, "where": where}
    for what, force in _times(rule["force"]):
        yield f"force: {what}", {**rule, "force": force}
    for name in rule.get("unless", []):
        left = [other for other in rule["unless"] if other != name]
        yield f"unless: {name} dropped", {**rule, "unless": left}


# --- conditions ---------------------------------------------------------------------------------


def _conditions(
    condition: Mapping[str, Any], facts: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for group, other in GROUPS.items():
        if group in condition:
            parts = condition[group]
            if len(parts) > 1:
                yield f"{group} for {other}", {other: parts}
            for i, part in enumerate(parts):
                before, after = parts[:i], parts[i + 1 :]
                if len(parts) > 1:
                    yield f"{_name(part)} dropped", {group: [*before, *after]}
                for what, changed in _conditions(part, facts):
                    yield what, {group: [*before, changed, *after]}
    if "not" in condition:
        yield "not dropped", condition["not"]
        for what, changed in _conditions(condition["not"], facts):
            yield what, {"not": changed}
    if "rule" in condition:
        yield f"rule.{condition['rule']} reversed", {"not": dict(condition)}
    if "fact" in condition:
        fact = facts[condition["fact"]]
        for what, changed in _leaves(condition, fact):
            if not _same(condition, changed, fact):
                yield f"{condition['fact']} {what}", changed


def _name(part: Any) -> str:
    """A part of a condition or place, short: its fact, rule or zone, or not(…), all(…), any(…)."""
    if isinstance(part, str):
        return part
    for key in ("fact", "rule"):
        if key in part:
            return str(part[key])
    ((group, inner),) = part.items()
    return f"{group}({', '.join(map(_name, inner if isinstance(inner, list) else [inner]))})"


def _leaves(
    leaf: Mapping[str, Any], fact: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    operator, value = operation(leaf)
    key = leaf["fact"]
    if operator in STRICT:
        yield f"{operator} {value} made {STRICT[operator]}", {"fact": key, STRICT[operator]: value}
    if operator in REVERSE and not (fact.get("never") and operator in ("eq", "ne")):
        reverse = REVERSE[operator]
        yield f"{operator} {value} reversed", {"fact": key, reverse: value}
    else:
        yield f"{operator} reversed", {"not": dict(leaf)}
    ordered = fact["type"] in ("integer", "number", "date")
    if ordered and operator not in ("in", "between"):
        for moved in _steps(value):
            yield f"{operator} {value} moved to {moved}", {"fact": key, operator: moved}
    if operator == "between":
        low, high = value
        for moved in _steps(low):
            yield f"from {low} moved to {moved}", {"fact": key, "between": [moved, high]}
        for moved in _steps(high):
            yield f"to {high} moved to {moved}", {"fact": key, "between": [low, moved]}
    if operator == "in" and len(value) > 1:
        for dropped in value:
            left = [other for other in value if other != dropped]
            yield f"value {dropped} dropped", {"fact": key, "in": left}


def _steps(value: Any) -> tuple[Any, Any]:
    """The values one step below and above: a day, one, or one in the last printed decimal."""
    if isinstance(value, str):
        return shifted(value, -1), shifted(value, 1)
    if float(value).is_integer():
        return value - 1, value + 1
    places = len(repr(float(value)).split(".")[1])
    return round(value - 10**-places, places), round(value + 10**-places, places)


def _same(one: Mapping[str, Any], other: Mapping[str, Any], fact: Mapping[str, Any]) -> bool:
    """True when no permitted value of a fact with a closed list tells the two leaves apart."""
    values = fact.get("values")
    if not values or "fact" not in other or fact.get("multi"):
        return False

    def vector(leaf: Mapping[str, Any]) -> list[str]:
        operator, value = operation(leaf)
        return [compare(v, operator, value, is_date=False, key="").value for v in values]

    return vector(one) == vector(other)


def shifted(day: str, days: int) -> str:
    """The day so many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


# --- time ---------------------------------------------------------------------------------------


def _times(force: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for key in ("from", "until"):
        if key in force:
            if force[key][1] is None and force.get(f"{key}_printed"):
                continue  # open: nothing printed that could be misread
            for what, pair in _pairs(force[key]):
                yield f"{key} {what}", {**force, key: pair}
    if "deadline" in force:
        for days in (-1, 1):
            moved = shifted(force["deadline"], days)
            yield f"deadline moved to {moved}", {**force, "deadline": moved}
        yield "deadline dropped", _without(force, "deadline")
    for key in ("seasons", "alerts"):
        for name in force.get(key, []):
            left = [other for other in force[key] if other != name]
            changed = {**force, key: left} if left else _without(force, key)
            yield f"{key}: {name} dropped", changed
        if len(force.get(key, [])) > 1:
            yield f"{key} dropped", _without(force, key)
    if "state" in force:
        yield "state dropped", _without(force, "state")


def _pairs(pair: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    """An (earliest, latest) with one bound moved by a day; a single day moves whole."""
    earliest, latest = pair
    for days in (-1, 1):
        if earliest == latest:
            moved = shifted(earliest, days)
            yield f"{earliest} moved to {moved}", [moved, moved]
            continue
        moved = shifted(earliest, days)
        yield f"earliest {earliest} moved to {moved}", [moved, latest]
        if latest is not None:
            moved = shifted(latest, days)
            yield f"latest {latest} moved to {moved}", [earliest, moved]


def _without(entries: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in entries.items() if name != key}


def season_mutants(season: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(what was changed, the changed season): each of its bounds moved by a day.

    Where no day is certainly inside, the bounds of the certain days may move unnoticed.
    """
    for end in ("start", "end"):
        pair = [season[end]["earliest"], season[end]["latest"]]
        for what, (earliest, latest) in _pairs(pair):
            changed = {**season, end: {"earliest": earliest, "latest": latest}}
            if _days(changed) != _days(season):
                yield f"{end} {what}", changed


def _days(season: Mapping[str, Any]) -> tuple[Any, Any]:
    """The first and last day that may lie in a season, and those that certainly do, if any."""
    start, end = season["start"], season["end"]
    certain = (start["latest"], end["earliest"])
    possible = (start["earliest"], end["latest"])
    return possible, certain if certain[0] <= certain[1] else None


# --- places -------------------------------------------------------------------------------------


def _places(where: Any, whole: Any, zones: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if isinstance(where, str):
        for other in _others(where, whole, zones):
            yield f"{where} swapped for {other}", other
        return
    for group, other in GROUPS.items():
        if group in where:
            parts = where[group]
            if len(parts) > 1:
                yield f"{group} for {other}", {other: parts}
            for i, part in enumerate(parts):
                before, after = parts[:i], parts[i + 1 :]
                if len(parts) > 1 and not _idle(part, [*before, *after], group, zones):
                    yield f"{_name(part)} dropped", {group: [*before, *after]}
                for what, changed in _places(part, whole, zones):
                    if changed not in parts:
                        yield what, {group: [*before, changed, *after]}
    if "not" in where:
        yield "not dropped", _group(where["not"])
        for what, changed in _places(where["not"], whole, zones):
            yield what, {"not": changed}


def _group(where: Any) -> Any:
    return {"any": [where]} if isinstance(where, str) else where


def _others(zone: str, whole: Any, zones: Mapping[str, Any]) -> list[str]:
    """The zone around it, and the first one that has nothing to do with any zone of the rule."""
    found = []
    wider = zones[zone].get("within")
    if wider and _place_of(wider, zones) != _place_of(zone, zones):
        found.append(wider)
    mine = set(zones_of(whole))
    for other, record in zones.items():
        apart = not any(_lies_in(other, z, zones) or _lies_in(z, other, zones) for z in mine)
        if apart and record["basis"] not in ("derived", "object"):
            found.append(other)
            break
    return found


def zones_of(where: Any) -> list[str]:
    """Every zone that a compiled ``where`` names."""
    if isinstance(where, str):
        return [where]
    parts = where if isinstance(where, list) else list(where.values())
    return [zone for part in parts for zone in zones_of(part)]


def _place_of(zone: str, zones: Mapping[str, Any]) -> str:
    """An object is located where the zone around it is; a union of one is that one."""
    record = zones[zone]
    if record["basis"] == "object":
        return _place_of(record["within"], zones)
    members = record.get("derived", {}).get("union", [])
    return _place_of(members[0], zones) if len(members) == 1 else zone


def _lies_in(inner: str, outer: str, zones: Mapping[str, Any]) -> bool:
    place, goal = _place_of(inner, zones), _place_of(outer, zones)
    while place != goal:
        around = zones[place].get("within")
        if around is None:
            return False
        place = _place_of(around, zones)
    return True


def _idle(part: Any, rest: list[Any], group: str, zones: Mapping[str, Any]) -> bool:
    """True for a zone of a list that the others make superfluous."""
    if not isinstance(part, str):
        return False
    plain = [other for other in rest if isinstance(other, str)]
    if group == "any":
        return any(_lies_in(part, other, zones) for other in plain)
    return any(_lies_in(other, part, zones) for other in plain)
