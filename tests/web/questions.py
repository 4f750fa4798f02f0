"""Random questions to a catalogue, most of them aimed at one of its rules so that it may bind.

A question is the mapping that `zonerules.answer` takes: the place in, near or by the boundary of a
zone that the rule names, with a disc of 0 to 5,000 m and a datum; a day by a day on which something
turns; facts that meet the rule or just fail to, as figures or in the words people type; assertions;
now and then something that cannot be read.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from zonerules.layers.datum import gcj02_to_bd09, wgs84_to_gcj02
from zonerules.layers.point import Shape, metres
from zonerules.rules.condition import leaves, operation
from zonerules.rules.dates import turning_days
from zonerules.rules.logic import tables
from zonerules.rules.model import ASSERTABLE, Book, operator_of
from zonerules.rules.place import zones_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

Query = dict[str, Any]
RADII = (0, 0, 0, 10, 50, 300, 1000, 2500, 5000)
ODD = (
    {"facts": {"no.such": "1"}},
    {"facts": {"toString": "1", "zone.constructor": "inside"}},
    {"facts": {"machine.stage": "国九"}},
    {"facts": {"boiler.capacity_tph": "-5 t/h"}},
    {"facts": {"alert": "red"}},
    {"facts": ["machine.stage"]},
    {"facts": ["machine.stage=1", "machine.stage=2"]},
    {"date": "2020-02-30"},
    {"date": "last:nothing"},
    {"date": "last"},
    {"activity": "burnt"},
    {"accuracy_m": -1},
    {"accuracy_m": "x"},
    {"alert": "purple"},
    {"datum": "gcj-02"},
    {"lat": 113.5, "lon": 34.5},
    {"lon": "east"},
)


class Questioner:
    """Makes questions to one catalogue."""

    def __init__(self, catalogue: Mapping[str, Any], random: Random) -> None:
        self.book, self.random = Book(catalogue), random
        units = catalogue.get("units", {})
        self.shapes = {
            zone: record.get("shapes") or units[record["unit"]]["shapes"]
            for zone, record in self.book.zones.items()
            if (record.get("shapes") or "unit" in record) and not record.get("failed")
        }
        self.plain = False
        self.counted = [rule for rule in self.book.rules if rule.get("audience") != "authority"]

    def question(self, *, activity: bool) -> Query:
        """A question about one rule; about its activity, or a narrower one, if `activity`.

        Some are plain: a place well inside and known to 10 m, and facts that meet the rule.
        """
        self.plain = self.random.random() < 0.4
        random, rule = self.random, self.random.choice(self.counted)
        asserted: dict[str, Any] = {}
        lon, lat, radius = self._position(rule, asserted)
        query: Query = {"lon": lon, "lat": lat, "accuracy_m": radius, "date": self._day(rule)}
        self._datum(query)
        if activity:
            query["activity"] = self._activity(rule)
        if random.random() < 0.6:
            alerts = rule["force"].get("alerts", tables()["alerts"])
            query["alert"] = random.choice([*alerts, "none"])
        facts = {**self._facts(rule), **asserted, **self._assertions(rule)}
        if facts:
            query["facts"] = facts
        if random.random() < 0.05:
            query["all_rules"] = True
        if random.random() < 0.2:
            query["radius_km"] = random.choice([0, 1, 20])
        if random.random() < 0.04:
            query.update(random.choice(ODD))
        return query

    # --- where -----------------------------------------------------------------------------------

    def _position(
        self, rule: Mapping[str, Any], asserted: dict[str, Any]
    ) -> tuple[float, float, Any]:
        """A place in or by a zone of the rule; what nobody has drawn is asserted at times."""
        random = self.random
        named = zones_of(rule.get("where", [])) or [
            self.book.documents[rule["document"]]["jurisdiction"]
        ]
        zone = random.choice(named)
        radius: Any = random.choice([*RADII, round(random.uniform(0, 5000), 1)])
        radius = random.choice([0, 10]) if self.plain else radius
        while zone not in self.shapes:
            record = self.book.zones[zone]
            if random.random() < (0.8 if self.plain else 0.3):
                asserted[f"zone.{zone}"] = random.choice(["inside", "inside", "inside", "outside"])
            members = operator_of(record)[1] if record["basis"] == "derived" else []
            zone = random.choice([*members, *([record["within"]] if "within" in record else [])])
        lon, lat = self._by(self.shapes[zone], float(radius))
        return lon, lat, radius

    def _by(self, shapes: Mapping[str, Any], radius: float) -> tuple[float, float]:
        """On a corner, a little off an edge (as far as the disc reaches), or well inside."""
        random = self.random
        if self.plain:
            return self._inside(shapes.get("core", shapes["nominal"]))
        geometry = shapes[random.choice(sorted(shapes))]
        many = geometry["type"] == "MultiPolygon"
        part = random.choice(geometry["coordinates"]) if many else geometry["coordinates"]
        ring = random.choice(part)
        k = random.randrange(len(ring) - 1)
        (x1, y1), (x2, y2) = ring[k][:2], ring[k + 1][:2]
        kind = random.random()
        if kind < 0.1:
            return x1, y1
        share = random.choice([0.5, random.random()])
        x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
        if kind < 0.5:
            step = random.uniform(-1.3, 1.3) * max(radius, 30.0)
            scale = step / max(metres(x, y, x - (y2 - y1), y + (x2 - x1)), 1e-3)
            return x - scale * (y2 - y1), y + scale * (x2 - x1)
        x3, y3 = random.choice(ring)[:2]
        share = random.uniform(0.2, 0.8)
        return x + share * (x3 - x), y + share * (y3 - y)

    def _inside(self, geometry: Mapping[str, Any]) -> tuple[float, float]:
        """A place in the shape, away from its corners if one is soon found."""
        shape = Shape(geometry)
        for _ in range(20):
            lon = self.random.uniform(shape.west, shape.east)
            lat = self.random.uniform(shape.south, shape.north)
            if shape.contains(lon, lat):
                break
        return lon, lat

    def _datum(self, query: Query) -> None:
        kind = self.random.random()
        if kind > 0.25:
            return
        query["datum"] = datum = ("gcj02", "bd09", "cgcs2000", "unknown", "wgs84")[int(kind * 20)]
        if datum in ("gcj02", "bd09"):
            query["lon"], query["lat"] = wgs84_to_gcj02(query["lon"], query["lat"])
        if datum == "bd09":
            query["lon"], query["lat"] = gcj02_to_bd09(query["lon"], query["lat"])

    # --- when ------------------------------------------------------------------------------------

    def _day(self, rule: Mapping[str, Any]) -> str:
        """A day by one on which the rule or its document turns, or the middle of the plan."""
        random = self.random
        covers = self.book.documents[rule["document"]]["covers"]
        first, last = (date.fromisoformat(covers[name]) for name in ("from", "until"))
        if random.random() < 0.5:
            return (first + (last - first) * random.random()).isoformat()
        turns = sorted(day for day in turning_days(rule, self.book) if day < "9999")
        if not turns or random.random() < 0.3:
            turns = sorted(covers.values())
        day = date.fromisoformat(rule["force"].get("deadline") or random.choice(turns))
        return (day + timedelta(days=random.choice([-1, 0, 0, 1]))).isoformat()

    # --- what ------------------------------------------------------------------------------------

    def _activity(self, rule: Mapping[str, Any]) -> str:
        named = self.random.choice(rule["activities"])
        narrower = [name for name in self.book.activities if named in self.book.broader(name)]
        return self.random.choice([named, named, *narrower])

    def _facts(self, rule: Mapping[str, Any]) -> dict[str, Any]:
        """Facts of the rule's conditions: mostly such that they are met."""
        facts: dict[str, Any] = {}
        lifted = [self.book.by_id[name] for name in rule.get("unless", [])]
        for one in [rule, *lifted]:
            if self.random.random() < (0.4 if one is not rule else 0.0 if self.plain else 0.15):
                continue
            for leaf in [*leaves(one.get("when")), *leaves(one.get("keep"))]:
                if not self.plain and self.random.random() < 0.15:
                    continue
                if "rule" in leaf:
                    facts[f"rule.{leaf['rule']}"] = self.random.choice(["met", "met", "unmet"])
                elif leaf["fact"] not in facts:
                    facts[leaf["fact"]] = self._value(leaf)
        return facts

    def _value(self, leaf: Mapping[str, Any]) -> Any:
        """A raw value for the fact of a leaf, near what the leaf compares with."""
        random, spec = self.random, self.book.facts[leaf["fact"]]
        operator, value = operation(leaf)
        value = random.choice(value) if isinstance(value, list) else value
        if spec["type"] == "boolean":
            said = value if (operator == "eq") != bool(self._slip()) else not value
            return random.choice([said, "是" if said else "否"])
        if spec["type"] == "date":
            step = {"lt": -1, "gt": 1}.get(operator, 0) + self._slip()
            day = (date.fromisoformat(value) + timedelta(days=step)).isoformat()
            short = random.choice([10, 10, 10, 7, 4])
            return "never" if spec.get("never") and random.random() < 0.2 else day[:short]
        if spec["type"] in ("integer", "number"):
            step = {"lt": -1, "gt": 1}.get(operator, 0) + self._slip()
            return self._figure(max(value + step, 0), spec)
        others = spec.get("values", [value, "other"])
        meets = (operator != "ne") != bool(self._slip())
        word = value if meets else random.choice([other for other in others if other != value])
        if "zh_values" in spec and random.random() < 0.3:
            word = spec["zh_values"][spec["values"].index(word)]
        return (
            f"{word},{random.choice(others)}"
            if spec.get("multi") and random.random() < 0.3
            else word
        )

    def _slip(self) -> int:
        """By how much a fact misses what would meet the rule; mostly 0."""
        return 0 if self.plain else self.random.choice([0, 0, 0, -1, 1])

    def _figure(self, value: float, spec: Mapping[str, Any]) -> Any:
        """A figure as a number or with a unit that people write."""
        if spec["type"] == "integer" and "values" in spec:
            value = min(value, max(spec["values"]))
        units = tables()["units"].get(spec.get("unit", ""), {})
        if units and self.random.random() < 0.3:
            return f"{value} {self.random.choice(sorted(units))}"
        return value

    def _assertions(self, rule: Mapping[str, Any]) -> dict[str, Any]:
        """At times, whether the rule or its document is in force, a season, some zone."""
        random = self.random
        keys = [f"force.{rule['document']}", f"force.{rule['id']}"]
        keys += [f"season.{name}" for name in rule["force"].get("seasons", [])]
        keys += [f"zone.{zone}" for zone in zones_of(rule.get("where", []))]
        keys.append(f"zone.{random.choice(list(self.book.zones))}")
        found = {}
        for key in keys:
            prefix = key.partition(".")[0]
            if random.random() < (0.8 if prefix == "season" else 0.04):
                found[key] = random.choice(ASSERTABLE[prefix])
        return found
