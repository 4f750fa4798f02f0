"""The evaluator's opposite: every complete world a small question leaves open, in two-valued logic.

Written from the contract alone and sharing no code with rules/. A world assigns every zone in or
out, every vaguely dated thing in or out of force, every open leaf met or unmet, an alert level and
a value to every fact, in every way that agrees with what was told. What all worlds agree on is what
may be answered; what two neighbouring worlds disagree on is what is missing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

ALERTS = ("none", "blue", "yellow", "orange", "red")
STRENGTH = ("not_concerned", "exempt", "required", "restricted", "prohibited")
PARTS = ("place", "date", "alert", "fact")
World = dict[str, Any]


@dataclass
class Question:
    """What was asked: `located` for drawn zones only, `facts` typed, `asserted` by full key."""

    catalogue: Mapping[str, Any]
    located: Mapping[str, str]
    day: str
    alert: str = "unknown"
    facts: dict[str, Any] = field(default_factory=dict)
    asserted: dict[str, str] = field(default_factory=dict)


def shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def span(text: str) -> tuple[str, str]:
    """The first and last day of a year or month."""
    if len(text) == 4:
        return f"{text}-01-01", f"{text}-12-31"
    later = date.fromisoformat(f"{text}-01") + timedelta(days=31)
    return f"{text}-01", shift(later.replace(day=1).isoformat(), -1)


def leaves(condition: Mapping[str, Any] | None) -> Iterator[Mapping[str, Any]]:
    if condition is None:
        return
    for part in [*condition.get("all", ()), *condition.get("any", ())]:
        yield from leaves(part)
    if "not" in condition:
        yield from leaves(condition["not"])
    if "fact" in condition or "rule" in condition:
        yield condition


def operands(leaf: Mapping[str, Any]) -> list[Any]:
    """The values a comparison mentions."""
    value = next(value for name, value in leaf.items() if name != "fact")
    return list(value) if isinstance(value, list) else [value]


def compare(given: Any, leaf: Mapping[str, Any]) -> bool:
    """A complete fact against a comparison; a multi fact (a tuple) compares by any member."""
    operator, value = next((name, value) for name, value in leaf.items() if name != "fact")
    if operator == "ne":
        return not compare(given, {"fact": leaf["fact"], "eq": value})
    if isinstance(given, tuple):
        return any(compare(member, leaf) for member in given)
    if given == "never":
        return False
    if operator == "in":
        return given in value
    if operator == "between":
        return bool(value[0] <= given <= value[1])
    return {
        "eq": given == value,
        "lt": given < value,
        "le": given <= value,
        "gt": given > value,
        "ge": given >= value,
    }[operator]


class Oracle:
    """Every world of one question, and what each rule comes to in each of them."""

    def __init__(self, question: Question) -> None:
        self.asked, self.day = question, question.day
        self.zones: Mapping[str, Any] = question.catalogue["zones"]
        self.rules: dict[str, Any] = {rule["id"]: rule for rule in question.catalogue["rules"]}
        self.activities: Mapping[str, Any] = question.catalogue["vocabulary"]["activities"]
        self.vocabulary: Mapping[str, Any] = question.catalogue["vocabulary"]["facts"]
        self.seasons = {
            season["id"]: season
            for document in question.catalogue["documents"].values()
            for season in document.get("seasons", ())
        }
        self.choices: dict[str, list[Any]] = {}
        self._choose()
        self.places = self._zone_worlds()

    # --- what is open ----------------------------------------------------------------------------

    def _choose(self) -> None:
        """Values of everything but zones, by key; one value where it is known."""
        said = self.asked.asserted
        self.choices["alert"] = (
            list(ALERTS) if self.asked.alert == "unknown" else [self.asked.alert]
        )
        for name in self.zones:
            self.choices[f"valid.{name}"] = self._validity(name)
        for name, season in self.seasons.items():
            key = f"season.{name}"
            starts, ends = season["start"], season["end"]
            sure = [starts["latest"], ends["earliest"]]
            values = self._bound([starts["earliest"], sure[0]], [sure[1], ends["latest"]])
            self.choices[key] = [said[key] == "inside"] if key in said else values
        for rule in self.rules.values():
            for key in self._force_keys(rule):
                self.choices[key] = [said[key] == "in"] if key in said else [True, False]
            for leaf in [*leaves(rule.get("when")), *leaves(rule.get("keep"))]:
                if "rule" in leaf:
                    key = f"rule.{leaf['rule']}"
                    self.choices[key] = [said[key] == "met"] if key in said else [True, False]
        for key in self.vocabulary:
            self.choices[key] = self._values(key)

    def _bound(self, start: Any, end: Any) -> list[bool]:
        """Design §2: a bound is a pair (earliest, latest); None for no bound, or for open."""
        last = "9999-12-31"
        start, end = start or ["", ""], end or [last, last]
        if self.day < start[0] or self.day > (end[1] or last):
            return [False]
        return [True] if start[1] <= self.day <= end[0] else [True, False]

    def _validity(self, name: str) -> list[bool]:
        validity = self.zones[name].get("validity")
        if not validity or f"zone.{name}" in self.asked.asserted:
            return [True]
        values = self._bound(validity.get("from"), validity.get("until"))
        if values == [True] and validity.get("instrument", "evidenced") != "evidenced":
            return [True, False]
        return values

    def _force_keys(self, rule: Mapping[str, Any]) -> list[str]:
        """The keys that say whether a vaguely dated rule is in force; the first one said wins."""
        force = rule["force"]
        if self._bound(force.get("from"), force.get("until")) != [True, False]:
            return []
        own = f"force.{rule['id']}"
        starting = "from" in force and self.day < force["from"][1]
        printed = force["from_printed"] if starting else force["until_printed"]
        return [own] if printed or own in self.asked.asserted else [f"force.{rule['document']}"]

    def _values(self, key: str) -> list[Any]:
        spec = self.vocabulary[key]
        given = self.asked.facts.get(key)
        if spec["type"] == "date":
            return self._days(key, given)
        if given is not None:
            return [tuple(given) if isinstance(given, list) else given]
        if spec["type"] == "boolean":
            return [True, False]
        if spec["type"] == "number":
            marks = self._marks(key)
            middle = [(low + high) / 2 for low, high in zip(marks, marks[1:])]
            return sorted({*marks, *middle, max(marks, default=0) + 1, 0})
        if spec.get("multi"):
            sizes = range(1, len(spec["values"]) + 1)
            return [s for size in sizes for s in itertools.combinations(spec["values"], size)]
        return list(spec["values"])

    def _days(self, key: str, given: str | None) -> list[str]:
        if given is not None and (given == "never" or len(given) == 10):
            return [given]
        first, last = span(given) if given else ("2000-01-01", "2030-12-31")
        around = {shift(mark, step) for mark in self._marks(key) for step in (-1, 0, 1)}
        days = sorted({first, last, *(day for day in around if first <= day <= last)})
        never = ["never"] if given is None and self.vocabulary[key].get("never") else []
        return [*days, *never]

    def _marks(self, key: str) -> list[Any]:
        every = [
            leaf
            for rule in self.rules.values()
            for name in ("when", "keep")
            for leaf in leaves(rule.get(name))
        ]
        return sorted({v for leaf in every if leaf.get("fact") == key for v in operands(leaf)})

    # --- zones -----------------------------------------------------------------------------------

    def members(self, name: str) -> tuple[str, list[str]]:
        operator, members = next(iter(self.zones[name]["derived"].items()))
        return operator, [members] if isinstance(members, str) else list(members)

    def _derived(self, name: str, inside: Mapping[str, bool]) -> bool:
        operator, members = self.members(name)
        truths = [inside[member] for member in members]
        if operator == "union":
            return any(truths)
        if operator == "intersection":
            return all(truths)
        if operator == "difference":
            return truths[0] and not any(truths[1:])
        return inside[self.zones[name]["within"]] and not truths[0]

    def _holds_together(self, inside: Mapping[str, bool]) -> bool:
        """Structure and assertions; the maps are left out."""
        for name, zone in self.zones.items():
            said = self.asked.asserted.get(f"zone.{name}")
            if said is not None and inside[name] != (said == "inside"):
                return False
            if "within" in zone and inside[name] and not inside[zone["within"]]:
                return False
            if zone["basis"] == "derived" and inside[name] != self._derived(name, inside):
                return False
            if zone["basis"] == "object" and inside[name] != inside[zone["within"]]:
                return False
        return True

    def _zone_worlds(self) -> list[dict[str, bool]]:
        """Every way to be in or out of each zone; an approximate map yields to all that is sure."""
        names = list(self.zones)
        sides = itertools.product((True, False), repeat=len(names))
        every = [dict(zip(names, values)) for values in sides]
        worlds = [inside for inside in every if self._holds_together(inside)]
        for name, where in self.asked.located.items():
            if where in ("inside", "outside") and self.zones[name]["basis"] != "approximate":
                worlds = [inside for inside in worlds if inside[name] == (where == "inside")]
        sure = worlds
        for name, where in self.asked.located.items():
            if self.zones[name]["basis"] != "approximate" or where not in ("inside", "outside"):
                continue
            if len({inside[name] for inside in sure}) == 2:
                worlds = [inside for inside in worlds if inside[name] == (where == "inside")]
        return worlds

    def key_of_zone(self, name: str) -> str:
        near = self.asked.located.get(name) == "near:position"
        return "position" if near else f"zone.{name}"

    def base(self, name: str) -> list[str]:
        """Each mention of a zone that is not worked out from others but decides where `name` is."""
        zone = self.zones[name]
        if zone["basis"] == "object":
            return self.base(zone["within"])
        if zone["basis"] != "derived":
            return [name]
        operator, members = self.members(name)
        outer = [zone["within"]] if operator == "complement" else []
        return [leaf for member in [*members, *outer] for leaf in self.base(member)]

    def by_detour(self, name: str) -> bool:
        """Every world agrees on a derived zone, yet its members taken one by one would not."""
        if self.zones[name]["basis"] != "derived" or len({p[name] for p in self.places}) > 1:
            return False
        operator, members = self.members(name)
        names = [*members, self.zones[name]["within"]] if operator == "complement" else members
        sides = [sorted({place[member] for place in self.places}) for member in names]
        combined = (dict(zip(names, some)) for some in itertools.product(*sides))
        return len({self._derived(name, some) for some in combined}) > 1

    # --- worlds ----------------------------------------------------------------------------------

    def size(self) -> int:
        """How many worlds there are."""
        size = max(len(self.places), 1)
        for values in self.choices.values():
            size *= len(values)
        return size

    def worlds(
        self,
        rules: Iterable[Mapping[str, Any]] = (),
        given: Mapping[str, Any] | None = None,
    ) -> Iterator[World]:
        """Every world: key -> value; in.<zone> and valid.<zone> for zones.

        With `rules`, worlds that differ in nothing these rules touch are one; `given` pins keys.
        """
        touched = {key for rule in rules for key in self.touched(rule)}
        choices = {**self.choices, **{key: [value] for key, value in (given or {}).items()}}
        open_keys = [key for key in choices if key in touched or not rules]
        rest = {key: values[0] for key, values in choices.items()}
        for inside in self.places:
            located = {f"in.{name}": value for name, value in inside.items()}
            for values in itertools.product(*(choices[key] for key in open_keys)):
                yield {**located, **rest, **dict(zip(open_keys, values))}

    def touched(self, rule: Mapping[str, Any]) -> set[str]:
        """Every key that a rule, and what `unless` ties to it, depends on; locations apart."""
        tied, grown = set(), {rule["id"]}
        while tied != grown:
            tied = set(grown)
            for other in self.rules.values():
                group = {other["id"], *other.get("unless", ())}
                grown |= group if group & tied else set()
        keys = set()
        for other in (self.rules[name] for name in tied):
            keys |= {f"valid.{zone}" for zone in _zones(other.get("where", []))}
            keys.update(self._force_keys(other), ["alert"] if "alerts" in other["force"] else [])
            keys |= {f"season.{name}" for name in other["force"].get("seasons", ())}
            for leaf in [*leaves(other.get("when")), *leaves(other.get("keep"))]:
                keys.add(leaf["fact"] if "fact" in leaf else f"rule.{leaf['rule']}")
        return keys

    # --- rules -----------------------------------------------------------------------------------

    def implied(self, activities: Iterable[str]) -> dict[str, Any]:
        """What every one of the activities implies, of facts that were not given."""
        tables = [self.activities[name].get("implies", {}) for name in activities]
        common = set(tables[0].items()).intersection(*(table.items() for table in tables))
        return {key: value for key, value in common if key not in self.asked.facts}

    def place(self, where: Any, world: World) -> bool:
        if isinstance(where, str):
            return bool(world[f"in.{where}"] and world[f"valid.{where}"])
        if "all" in where:
            return all(self.place(part, world) for part in where["all"])
        if "any" in where:
            return any(self.place(part, world) for part in where["any"])
        return not self.place(where["not"], world)

    def holds(self, condition: Mapping[str, Any] | None, world: World) -> bool:
        if condition is None:
            return True
        if "all" in condition:
            return all(self.holds(part, world) for part in condition["all"])
        if "any" in condition:
            return any(self.holds(part, world) for part in condition["any"])
        if "not" in condition:
            return not self.holds(condition["not"], world)
        if "rule" in condition:
            return bool(world[f"rule.{condition['rule']}"])
        return compare(world[condition["fact"]], condition)

    def period(self, rule: Mapping[str, Any], world: World) -> bool:
        """From, until and seasons."""
        force = rule["force"]
        keys = self._force_keys(rule)
        dated = [world[keys[0]]] if keys else self._bound(force.get("from"), force.get("until"))
        seasons = force.get("seasons")
        return dated == [True] and (not seasons or any(world[f"season.{name}"] for name in seasons))

    def suspended(self, rule: Mapping[str, Any]) -> bool:
        state = rule["force"].get("state")
        return bool(state) and state.get("from", "") <= self.day <= state.get("until", "9999")

    def parts(self, rule: Mapping[str, Any], world: World) -> dict[str, bool]:
        """The rule's own conditions; an exemption has T where it prints nothing of its own."""
        alerts = rule["force"].get("alerts")
        return {
            "place": "where" not in rule or self.place(rule["where"], world),
            "date": self.period(rule, world) and not self.suspended(rule),
            "alert": not alerts or world["alert"] in alerts,
            "fact": self.holds(rule.get("when"), world),
        }

    def effective(self, name: str, world: World) -> bool:
        rule = self.rules[name]
        return all(self.parts(rule, world).values()) and not self.countered(rule, world)

    def countered(self, rule: Mapping[str, Any], world: World) -> bool:
        return any(self.effective(name, world) for name in rule.get("unless", ()))

    def outcome(self, rule: Mapping[str, Any], world: World) -> str:
        """applies | due | exempt | not_concerned in a world."""
        if rule["kind"] == "exemption":
            return "applies" if self.granted(rule, world) else "not_concerned"
        if not all(self.parts(rule, world).values()):
            return "not_concerned"
        if self.countered(rule, world):
            return "exempt"
        return "due" if self.day <= rule["force"].get("deadline", "") else "applies"

    def granted(self, rule: Mapping[str, Any], world: World) -> bool:
        """An exemption's own row: it holds where and whenever the rule it lifts does."""
        parts = self.row_parts(rule, world)
        return all(parts.values()) and not self.countered(rule, world)

    def lifted_by(self, rule: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The rules that an exemption lifts."""
        return [other for other in self.rules.values() if rule["id"] in other.get("unless", ())]

    def row_parts(self, rule: Mapping[str, Any], world: World) -> dict[str, bool]:
        parts = self.parts(rule, world)
        lifted = self.lifted_by(rule)
        if rule["kind"] != "exemption" or not lifted:
            return parts
        outer = [self.row_parts(other, world) for other in lifted]
        force = rule["force"]
        if "where" not in rule:
            parts["place"] = any(part["place"] for part in outer)
        if not {"from", "until", "seasons"} & set(force):
            parts["date"] = parts["date"] and any(part["date"] for part in outer)
        if not force.get("alerts"):
            parts["alert"] = any(part["alert"] for part in outer)
        return parts

    # --- when three values are as good as all worlds ---------------------------------------------

    def atoms(self, rule: Mapping[str, Any]) -> list[Any]:
        """Each mention of something unknown in a rule and its exemptions, as functions of worlds"""
        found: list[Any] = []
        for zone in _zones(rule.get("where", [])):
            found += [lambda w, z=base: w[f"in.{z}"] for base in self.base(zone)]
            found.append(lambda w, z=zone: w[f"valid.{z}"])
        found += [lambda w, key=key: w[key] for key in self._force_keys(rule)]
        for name in rule["force"].get("seasons", ()):
            found.append(lambda w, name=name: w[f"season.{name}"])
        if "alerts" in rule["force"]:
            found.append(lambda w: w["alert"] in rule["force"]["alerts"])
        found += [lambda w, leaf=leaf: self.holds(leaf, w) for leaf in leaves(rule.get("when"))]
        for name in rule.get("unless", ()):
            found += self.atoms(self.rules[name])
        return found

    def independent(self, rule: Mapping[str, Any], worlds: list[World]) -> bool:
        """Every mention takes its values whatever the others do, so that Kleene logic is exact."""
        atoms = self.atoms(rule)
        vectors = {tuple(bool(atom(world)) for atom in atoms) for world in worlds}
        size = 1
        for column in zip(*vectors):
            size *= len(set(column))
        return len(vectors) == size


def _zones(where: Any) -> list[str]:
    if isinstance(where, str):
        return [where]
    parts = where.values() if isinstance(where, Mapping) else where
    return [zone for part in parts for zone in _zones(part)]


def agree(outcomes: Iterable[str], lifted: bool) -> str | None:
    """What all worlds agree on; `lifted`: an exemption holds in all of them (design: U, T)."""
    found = set(outcomes)
    if len(found) == 1:
        return found.pop()
    return "exempt" if lifted and found == {"exempt", "not_concerned"} else None


def effect(rule: Mapping[str, Any], outcome: str) -> str:
    """What a rule contributes to a verdict in a world."""
    if rule["audience"] != "operator" or rule["strength"] == "strive":
        return "not_concerned"
    own = {"prohibition": "prohibited", "restriction": "restricted", "obligation": "required"}
    if rule["kind"] not in own:
        return "not_concerned"
    if outcome in ("exempt", "not_concerned"):
        return outcome
    if outcome == "due":
        return "required"
    softened = rule["kind"] == "prohibition" and rule["strength"] == "in_principle"
    return "restricted" if softened else own[rule["kind"]]
