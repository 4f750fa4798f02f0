"""The records the evaluator works with: the rule book, the question, and what a rule comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .facts import fold
from .logic import Truth, tables
from .messages import error

if TYPE_CHECKING:
    from .facts import FactValue
    from .place import Ground
    from .register import Register

Rule = Mapping[str, Any]
Catalogue = Mapping[str, Any]

ASSERTABLE = {
    "zone": ("inside", "outside"),
    "season": ("inside", "outside"),
    "force": ("in", "out"),
    "rule": ("met", "unmet"),
}
"""Keys besides facts that a user may assert, by prefix, with their two values."""


class BadAssertion(ValueError):
    """An assertion that contradicts certain geometry, certain dates or another assertion."""

    def __init__(self, key: str, value: str, against: str) -> None:
        self.key, self.value, self.against = key, value, against
        super().__init__(error("contradicts", key=key, value=value, against=against))


DERIVATIONS = ("union", "intersection", "difference", "complement")


def operator_of(zone: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The operator of a derived zone and its members."""
    for name in DERIVATIONS:
        if name in zone["derived"]:
            members = zone["derived"][name]
            return name, [members] if isinstance(members, str) else list(members)
    raise ValueError(f"zone {zone['id']}: derived needs one of {', '.join(DERIVATIONS)}")


def kin_of(zones: Mapping[str, Any]) -> dict[str, list[str]]:
    """zone -> the zones whose knowledge may change when it becomes known, itself included."""
    kin: dict[str, list[str]] = {zone: [zone] for zone in zones}
    for zone, record in zones.items():
        near = operator_of(record)[1] if record["basis"] == "derived" else []
        for other in dict.fromkeys([*near, *([record["within"]] if "within" in record else [])]):
            kin[other].append(zone)
    return kin


def source_names(sources: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Every spelling of each source, folded: its id and its names -> its id."""
    names: dict[str, str] = {"other": "other"}
    for source in sources:
        for name in (source["id"], *source["name"].values()):
            names.setdefault(fold(name), source["id"])
    return names


class Book:
    """A catalogue indexed for evaluation; built once and shared by every question."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.zones: Mapping[str, Any] = catalogue["zones"]
        self.rules: list[Rule] = list(catalogue["rules"])
        self.documents: Mapping[str, Any] = catalogue["documents"]
        self.activities: Mapping[str, Any] = catalogue["vocabulary"]["activities"]
        self.facts: Mapping[str, Any] = catalogue["vocabulary"]["facts"]
        self.by_id: dict[str, Rule] = {rule["id"]: rule for rule in self.rules}
        self.seasons: dict[str, Any] = {
            season["id"]: season
            for document in self.documents.values()
            for season in document.get("seasons", [])
        }
        self.lifted_by: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for exemption in rule.get("unless", []):
                self.lifted_by.setdefault(exemption, []).append(rule)
        self.kin: dict[str, list[str]] = kin_of(self.zones)
        self.sources: dict[str, str] = source_names(catalogue.get("sources", []))
        self.binding: list[Rule] = [rule for rule in self.rules if effect_of(rule)]
        self.order: dict[str, int] = {key: place for place, key in enumerate(self.facts)}
        self._implied: dict[tuple[str, ...], dict[str, Any]] = {}
        self._register: Register | None = None

    @property
    def register(self) -> Register:
        """What can be looked up in these rules; a copy of the book with other rules has its own."""
        from .register import Register  # which knows dates and conditions, and they know this

        if self._register is None or not self._register.fits(self):
            self._register = Register(self)
        return self._register

    def broader(self, activity: str) -> tuple[str, ...]:
        """The activity and everything broader, nearest first."""
        chain = [activity]
        while (wider := self.activities[chain[-1]].get("broader")) and wider not in chain:
            chain.append(wider)
        return tuple(chain)

    def implies(self, rule: Rule) -> dict[str, Any]:
        """What is true of everybody asking about this rule: implied by each of its activities."""
        activities = tuple(rule["activities"])
        if activities not in self._implied:
            self._implied[activities] = self._common(activities)
        return self._implied[activities]

    def _common(self, activities: Iterable[str]) -> dict[str, Any]:
        common: dict[str, Any] | None = None
        for activity in activities:
            here = dict(self.activities[activity].get("implies", {}))
            common = (
                here
                if common is None
                else {key: value for key, value in common.items() if here.get(key) == value}
            )
        return common or {}


@dataclass(frozen=True)
class Place:
    """Where the asker stands towards one zone."""

    location: str
    """inside | near | unmapped | outside"""
    truth: Truth
    """Of the location alone; `keys` are what could decide it."""
    asserted: bool = False
    validity: Truth = field(default_factory=lambda: Truth("T"))
    """Whether the zone exists that day."""


@dataclass(frozen=True)
class Asker:
    """One question: a place (already located), a day, an alert level and what is known."""

    book: Book
    day: str
    places: Mapping[str, Place]
    alert: str = "unknown"
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    asserted: Mapping[str, str] = field(default_factory=dict)
    """zone.*, season.*, force.* and rule.* keys with their values."""
    ground: Ground | None = None
    """What `places` were worked out from."""


@dataclass(frozen=True)
class Result:
    """What one rule comes to for one asker."""

    rule: Rule
    outcome: str
    """applies | due | exempt | not_concerned | cannot_determine"""
    parts: Mapping[str, Truth]
    """place, date, alert, fact: the rule's own conditions; place alone where that is F."""
    missing: tuple[str, ...] = ()
    failed: str | None = None
    overdue: bool = False
    ended: bool = False
    """The date is undecided because the day lies after the last certain day."""
    exemptions: tuple[tuple[str, Truth], ...] = ()
    kept: str | None = None

    @property
    def binding(self) -> bool:
        """Counts in a verdict: an operator's prohibition, restriction or duty."""
        return effect_of(self.rule) is not None


def effect_of(rule: Rule) -> str | None:
    """prohibited | restricted | required when the rule applies; None if it never counts."""
    if rule.get("audience", "operator") != "operator":
        return None
    found: str | None = (
        tables()["effects"].get(rule["kind"], {}).get(rule.get("strength", "binding"))
    )
    return found
