"""What "where is it banned?" says to a person: the notice, why a zone has its effect, the groups.

One language at a time; the JSON of `jobs.banned.ask` goes in, plain lines come out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...rules.logic import tables
from ..phrasing import Phrasing
from ..wording import words
from .ask import EFFECTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...rules.model import Book

CITES = 3
KEYS = 4


class BannedText(Phrasing):
    """The words for one result in one language (zh or en)."""

    def __init__(
        self,
        result: Mapping[str, Any],
        book: Book,
        lang: str,
        sources: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(book, lang)
        self.book_sources = list(sources)
        self.words = {**self.words, **words(lang, "words_banned")}
        self.result = result

    def effect(self, name: str) -> str:
        """An effect as a heading names it."""
        return self.words["unnamed"] if name == "unnamed" else self.label("verdict", name)

    def title(self) -> str:
        """What was asked, in a line."""
        query = self.result["query"]
        alert = self.key_and_value("alert", self.label("alert", query["alert"]))
        told = [self.key_and_value(k, self.value(k, v)) for k, v in query["facts"].items()]
        line = self.say(
            "title", activity=self.activity(query["activity"]), date=query["date"], alert=alert
        )
        return " · ".join([line, *told])

    def key_and_value(self, key: str, value: str) -> str:
        """A fact as the title repeats it."""
        name = {"zh": "预警", "en": "alert"}[self.lang] if key == "alert" else self.key(key)
        return f"{name}: {value}" if self.lang == "en" else f"{name}：{value}"

    def notice(self) -> str:
        """What a reader must know first: plans that have ended or not begun; "" for nothing."""
        covering, ended = self.result["covering"], self.result["ended"]
        if not covering and ended:
            latest = ended[0]
            return self.say("all_ended", document=self._plan(latest), until=latest["until"])
        if ended:
            return self.say("some_ended", n=len(ended))
        if not covering and self.result["upcoming"]:
            first = min(self.result["upcoming"], key=lambda row: str(row["from"]))
            return self.say("none_yet", document=self._plan(first), since=first["from"])
        return "" if covering else self.words["nothing"]

    def plan(self, row: Mapping[str, Any]) -> str:
        """A document of `ended` with its last covered day."""
        return f"{self._plan(row)} {row['until']}"

    def groups(self) -> list[dict[str, Any]]:
        """The zones by effect, gravest first: [{effect, title, note, rows}]; drawn ones first."""
        found = []
        for name in EFFECTS:
            rows = self._once(row for row in self.result["zones"] if row["effect"] == name)
            if not rows:
                continue
            rows.sort(key=lambda row: not row["drawn"])
            drawn = sum(row["drawn"] for row in rows)
            counts = [self.say("on_map", n=drawn)] if drawn else []
            counts += [self.say("off_map", n=len(rows) - drawn)] if len(rows) > drawn else []
            title = f"{self.effect(name)} {len(rows)}（{self.words['comma'].join(counts)}）"
            if self.lang == "en":
                title = f"{self.effect(name)}: {len(rows)} ({', '.join(counts)})"
            found.append(
                {
                    "effect": name,
                    "title": title[0].upper() + title[1:],
                    "note": self.words.get(f"note_{name}", ""),
                    "rows": rows,
                }
            )
        return found

    def _once(self, rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Leave out a second zone with the name, shape and rules of one that is there."""
        found: dict[tuple[Any, ...], Mapping[str, Any]] = {}
        for row in rows:
            unit = self.book.zones[row["id"]].get("unit", row["id"])
            rules = tuple(rule["id"] for rule in row["rules"])
            found.setdefault((unit, row["name"]["zh"], rules), row)
        return list(found.values())

    def why(self, row: Mapping[str, Any]) -> str:
        """Why a zone has its effect, in a line."""
        return self.words["and"].join(part for part in self._why(row) if part)

    def where(self, row: Mapping[str, Any]) -> str:
        """That a zone is not on the map, and what it lies in; "" for one that is."""
        if row["failed"]:
            return self.words["failed_layer"]
        if row["drawn"]:
            return ""
        if not row["within"]:
            return self.words["undrawn_free"]
        return self.say("undrawn", within=self.text(self.book.zones[row["within"]]["name"]))

    def plain(self) -> str:
        """Everything as plain text; of zones that no rule names only the number."""
        parts = [self.title(), self.notice()]
        for group in self.groups():
            lines = [group["title"], group["note"]]
            if group["effect"] != "unnamed":
                for row in group["rows"]:
                    told = [self.text(row["name"]), self.where(row), self.why(row)]
                    lines.append("  " + self.words["and"].join(part for part in told if part))
            parts.append("\n".join(line for line in lines if line))
        return "\n\n".join(part for part in parts if part)

    def rule(self, row: Mapping[str, Any]) -> str:
        """What a rule of a zone comes to there, and why it counts there."""
        mark = self.label("outcome", row["outcome"])
        if row["effect"] not in ("not_concerned", "exempt"):
            mark = f"{self.label('verdict', row['effect'])} · {mark}"
        reach = "names" if row["names"] else "wider"
        parts = [mark, self.words[reach if row["throughout"] or not row["names"] else "part"]]
        if row["outcome"] == "cannot_determine" and row["missing"]:
            parts.append(self.say("hangs_on", keys=self.keys(row["missing"])))
        return self.words["and"].join(parts)

    def keys(self, names: Iterable[str]) -> str:
        """Missing keys in words, the first few."""
        names = list(names)
        shown = self.words["comma"].join(self.key(name) for name in names[:KEYS])
        return shown + ("…" if len(names) > KEYS else "")

    def _why(self, row: Mapping[str, Any]) -> list[str]:
        name, reason = row["effect"], row["reason"]
        if name == "unnamed":
            return []
        gone = {"false": self.words["not_yet"], "unknown": self.words["maybe_gone"]}
        exists = gone.get(row["in_force"], "")
        if name in ("required", "restricted", "prohibited", "exempt", "conflict"):
            graver = self._beyond(row)
            return [exists, self._cites(row), graver]
        if name == "not_concerned":
            return [exists, self.words["none_concerns"]]
        if reason == "ended":
            return [exists, self._ended(row), self._span(row)]
        if reason == "zones":
            word = "partly" if any(not rule["throughout"] for rule in self._open(row)) else ""
            keys = self.keys(row["missing"])
            return [exists, self.say(word or "other_zones", keys=keys), self._span(row)]
        if reason == "facts":
            return [exists, self.say("hangs_on", keys=self.keys(row["missing"])), self._span(row)]
        if reason == "outside_period":
            return [exists, self._spans(row)]
        return [exists, self.label("reason", reason)]

    def _open(self, row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        return [
            rule for rule in row["rules"] if rule["names"] and rule["outcome"] == "cannot_determine"
        ]

    def _cites(self, row: Mapping[str, Any]) -> str:
        deciding = [
            rule
            for rule in row["rules"]
            if rule["outcome"] in ("applies", "due", "exempt")
            and (rule["effect"] == row["effect"] or row["effect"] == "conflict")
        ]
        cites = list(dict.fromkeys(self.cite(rule["cite"]) for rule in deciding))
        text = self.say("by", cites=(" " if self.lang == "en" else "").join(cites[:CITES]))
        return text + (self.say("more", n=len(cites)) if len(cites) > CITES else "")

    def _beyond(self, row: Mapping[str, Any]) -> str:
        order: list[str] = tables()["strength"]
        least, most = row["at_least"], row["at_most"]
        if row["effect"] == "conflict" or order.index(most) <= order.index(least):
            return ""
        return self.say("stricter", most=self.label("verdict", most))

    def _span(self, row: Mapping[str, Any]) -> str:
        if row["at_least"] is None:
            return ""
        least, most = (self.label("verdict", row[name]) for name in ("at_least", "at_most"))
        if row["at_least"] == "not_concerned":
            return self.say("at_most", most=most)
        return self.say("at_least", least=least, most=most)

    def _spans(self, row: Mapping[str, Any]) -> str:
        """The periods of the documents that name the zone, none of which holds the day."""
        names = {rule["cite"]["document"] for rule in row["rules"] if rule["names"]}
        plans = [
            self.say("covers", document=self._plan(plan), since=plan["from"], until=plan["until"])
            for plan in (*self.result["ended"], *self.result["upcoming"])
            if plan["document"] in names
        ]
        return self.words["and"].join(plans) or self.label("reason", "outside_period")

    def _ended(self, row: Mapping[str, Any]) -> str:
        plans = [
            plan
            for plan in self.result["ended"]
            if any(r["cite"]["document"] == plan["document"] and r["ended"] for r in row["rules"])
        ]
        if not plans:
            return self.say("hangs_on", keys=self.keys(row["missing"]))
        return self.say("ended", document=self._plan(plans[0]), until=plans[0]["until"])

    def _plan(self, row: Mapping[str, Any]) -> str:
        return self.document(row["document"])


__all__ = ["BannedText"]
