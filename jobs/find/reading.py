"""Conditions, places, times and offices of a rule, read out in words of one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...rules.condition import operation
from ...rules.explain import value_name
from ...rules.messages import label
from ..phrasing import Phrasing, short
from ..wording import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..open import Catalogue

FOREVER = "9999"
"""How the earliest end of a rule begins that the text leaves open."""


class Reader(Phrasing):
    """Reads records of one catalogue out in `lang` (zh or en)."""

    def __init__(self, catalogue: Catalogue, lang: str) -> None:
        super().__init__(catalogue.book, lang)
        self.words = {**words(lang), **words(lang, "words_find")}
        self.sources = {row["id"]: row["name"] for row in catalogue.data["sources"]}

    def names(self, parts: Sequence[str]) -> str:
        return self.words["list"].join(parts)

    # -- conditions -------------------------------------------------------------------------

    def condition(self, condition: Mapping[str, Any] | None) -> str:
        """A `when` or `keep` in words, e.g. 锅炉燃料=煤 且 额定蒸发量≤10 t/h; "" for none."""
        if condition is None:
            return ""
        for name, joint in (("all", "and"), ("any", "or")):
            if name in condition:
                return self._joined(condition[name], joint)
        if "not" in condition:
            return self.say("not", part=self.condition(condition["not"]))
        return self._leaf(condition)

    def _joined(self, parts: Sequence[Mapping[str, Any]], joint: str) -> str:
        read = [
            self.say("bracket", part=self.condition(part))
            if len(parts) > 1 and _several(part)
            else self.condition(part)
            for part in parts
        ]
        return self.words[joint].join(read)

    def _leaf(self, leaf: Mapping[str, Any]) -> str:
        if "rule" in leaf:
            return self.say("leaf_rule", rule=leaf["rule"])
        key = leaf["fact"]
        operator, value = operation(leaf)
        if key == "source.id" and operator in ("eq", "in"):
            named = [value] if operator == "eq" else value
            return self.say("source", value=self.names([self._value(key, one) for one in named]))
        spec = self.book.facts[key]
        fact = short(spec[self.lang])
        if operator == "between":
            low, high = (self._value(key, end) for end in value)
            return self.say("between", fact=fact, low=low, high=high)
        if operator == "in" and len(value) == 1:
            operator, value = "eq", value[0]
        if operator == "in":
            names = self.names([self._value(key, one) for one in value])
            return self.say("in", fact=fact, value=names)
        name = f"date_{operator}" if spec["type"] == "date" else operator
        return self.say(name, fact=fact, value=self._value(key, value))

    def _value(self, key: str, value: Any) -> str:
        if isinstance(value, bool):
            return self.words["yes" if value else "no"]
        if key == "source.id" and value in self.sources:
            return self.text(self.sources[value])
        text = short(value_name(self.book, key, value)[self.lang])
        unit = str(self.book.facts[key].get("unit", "1"))
        if unit == "1":
            return text
        gap = "" if unit == "%" else " "
        return text + gap + self.words.get(f"unit_{unit}", unit.replace("m2", "m²"))

    # -- places -----------------------------------------------------------------------------

    def place(self, where: Any) -> str:
        """A `where` in words: names of zones with 且, 以外; an exemption without one says so."""
        if where is None:
            return self.words["where_lifted"]
        if isinstance(where, str):
            return self.text(self.book.zones[where]["name"])
        if "not" in where:
            return self.say("where_not", part=self._part(where["not"]))
        name = "all" if "all" in where else "any"
        parts = where[name]
        joint = self.words["where_and" if name == "all" else "where_or"]
        return joint.join(
            self._part(part) if len(parts) > 1 else self.place(part) for part in parts
        )

    def _part(self, where: Any) -> str:
        read = self.place(where)
        return self.say("bracket", part=read) if _several(where) else read

    def place_short(self, where: Any, most: int = 2) -> str:
        """The same for a narrow column: many alternatives become the first of them and a count."""
        names = where.get("any", []) if isinstance(where, dict) else []
        if len(names) > most:
            return self.say("of_many", first=self.place(names[0]), n=len(names))
        return self.place(where)

    # -- times ------------------------------------------------------------------------------

    def bounds(self, earliest: str, latest: str | None, *, lines: bool = False) -> str:
        """A day, or the two days it lies between; never one day for what is uncertain."""
        if earliest == latest:
            return earliest
        if latest is None:
            return self.say("span_open", earliest=earliest)
        return self.say("span_lines" if lines else "span", earliest=earliest, latest=latest)

    def time(self, rule: Mapping[str, Any]) -> str:
        """When a rule is in force, in full."""
        force = rule["force"]
        parts = []
        if "from" in force:
            sure = force["from"][0] == force["from"][1]
            unprinted = "from_older" if sure else "from_unprinted"
            name = "from" if force["from_printed"] else unprinted
            parts.append(self.say(name, when=self.bounds(*force["from"])))
        if "until" in force:
            parts.append(self._until(force))
        if "seasons" in force:
            parts.append(self.say("seasons", names=self._seasons(force)))
        if "alerts" in force:
            every = len(force["alerts"]) >= 4
            parts.append(
                self.words["alerts_any"]
                if every
                else self.say("alerts", names=self._alerts(force["alerts"]))
            )
        if "deadline" in force:
            parts.append(self.say("deadline", day=force["deadline"]))
        if "state" in force:
            parts.append(self._state(force["state"]))
        if rule["kind"] == "exemption" and not {"from", "until", "seasons"} & set(force):
            parts.insert(0, self.words["inherits"])
        return self.words["semicolon"].join(parts) or self.words["no_dates"]

    def _until(self, force: Mapping[str, Any]) -> str:
        earliest, latest = force["until"]
        if not force["until_printed"]:
            return self.say("until_unprinted", day=earliest)
        if earliest.startswith(FOREVER):
            return self.words["until_open"]
        return self.say("until", when=self.bounds(earliest, latest or earliest))

    def _seasons(self, force: Mapping[str, Any]) -> str:
        return self.names([self.text(self.book.seasons[name]["name"]) for name in force["seasons"]])

    def _alerts(self, alerts: Sequence[str]) -> str:
        return self.names([self.label("alert", name) for name in alerts])

    def _state(self, state: Mapping[str, Any]) -> str:
        dates = "…".join(state[name] for name in ("from", "until") if name in state)
        return self.say(
            "state", state=self.words[f"state_{state['value']}"], dates=f" {dates}" if dates else ""
        )

    def time_short(self, rule: Mapping[str, Any]) -> str:
        """When a rule is in force, for a narrow column; what nobody printed is 方案期."""
        force = rule["force"]
        parts = []
        if force.get("from_printed"):
            parts.append(self.say("short_from", when=_compact(*force["from"])))
        if force.get("until_printed"):
            earliest, latest = force["until"]
            if not earliest.startswith(FOREVER):
                parts.append(self.say("short_until", when=_compact(earliest, latest)))
            elif not parts:
                parts.append(self.words["short_open"])
        if "seasons" in force:
            parts.append(self._seasons(force))
        if "alerts" in force:
            names = self._alerts(force["alerts"])
            every = len(force["alerts"]) >= 4
            parts.append(
                self.words["short_alerts_any"] if every else self.say("short_alerts", names=names)
            )
        if "deadline" in force:
            parts.append(self.say("short_deadline", day=force["deadline"]))
        if "state" in force:
            parts.append(self.words[f"state_{force['state']['value']}"])
        if not parts:
            parts.append(self.words["short_plan" if "from" in force else "short_inherits"])
        return self.words["list"].join(parts)

    # -- offices ----------------------------------------------------------------------------

    def offices(self, rule: Mapping[str, Any], role: str) -> list[str]:
        """The offices of one role: lead, responsible or cooperating."""
        names = self.book.documents[rule["document"]].get("offices", {})
        codes = rule.get("authorities", {}).get(role, [])
        return [self.text(names[code]) if code in names else code for code in codes]

    def in_charge(self, rule: Mapping[str, Any]) -> list[str]:
        """The lead offices; the responsible ones where the document names no lead."""
        return self.offices(rule, "lead") or self.offices(rule, "responsible")

    def kind(self, name: str) -> str:
        return label("kind", name)[self.lang]


def _several(part: Any) -> bool:
    """Whether a condition or place needs a bracket inside another one."""
    return isinstance(part, dict) and any(len(part.get(name, ())) > 1 for name in ("all", "any"))


def _compact(earliest: str, latest: str) -> str:
    if earliest == latest:
        return earliest
    if earliest[:7] == latest[:7] and earliest.endswith("-01"):
        return earliest[:7]  # a printed month; bounds that end sooner are told in full elsewhere
    return f"{earliest}…{latest}"
