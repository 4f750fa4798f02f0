"""What an answer says to a person, in the order people need it: blocks of lines in one language.

Terminal and dock show the same blocks; `jobs.present` renders them. What is sure comes first, then
at most five questions, then what depends on them; duties of government are folded last.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..rules.condition import operation, sufficient
from ..rules.model import Book, effect_of
from .phrasing import Block, Line, Phrasing, line

Answer = Mapping[str, Any]

QUESTIONS = 5
SURE_LINES = 8
DEPENDS_LINES = 7
TONES = ("prohibited", "restricted", "required", "exempt")


def digest(
    answer: Answer, book: Book, lang: str = "zh", *, everything: bool = False
) -> list[Block]:
    """The blocks of `answer`: [{kind, title, lines: [{text, cite, tone, detail}]}].

    `lang` is zh or en. `tone` is a verdict for colour and icon, or None; `detail` are further lines
    that a folded view leaves out. With `everything` long lists are read out too.
    """
    writer = Writer(answer, book, lang, everything)
    blocks = [writer.notices(), writer.head(), writer.place()]
    if answer["query"]["activity"]:
        blocks += [writer.verdict(), writer.rules(), writer.questions()]
    else:
        blocks += [writer.sure(), writer.questions(), writer.depends(), writer.named_firms()]
    blocks += [writer.folded(), writer.sources(), writer.foot()]
    return [block for block in blocks if block["lines"]]


class Writer(Phrasing):
    """The blocks of one answer; shapes have a writer of their own that builds on it."""

    def __init__(self, answer: Answer, book: Book, lang: str, everything: bool) -> None:
        super().__init__(book, lang)
        self.answer, self.everything = answer, everything

    # -- what comes first -------------------------------------------------------------------

    def notices(self) -> Block:
        """Failed layers and ended plans: what a reader must know before anything else."""
        lines = [
            line(
                self.say("failed", layer=item["layer"], error=item["error"]),
                tone="cannot_determine",
            )
            for item in self.answer["coverage"]["failed"]
        ]
        covered = self.answer["coverage"]
        if not covered["documents"]:
            lines += self.nobody_speaks(covered)
        for name in covered["reaching"]:
            lines.append(line(self.say("reaching", document=self.document(name))))
        return self.block("notice", lines)

    def nobody_speaks(self, covered: Mapping[str, Any]) -> list[Line]:
        """Why no document speaks today, the latest plan first, and how to ask for its time."""
        plans = self.book.documents
        gone = [name for name in covered["expired"] if name not in covered["reaching"]]
        gone.sort(key=lambda name: str(plans[name]["covers"]["until"]), reverse=True)
        lines = []
        today = {*covered["expired"], *covered["upcoming"]}
        if covered["unsure"] and not set(covered["unsure"]) <= today:
            unsure = self.words["unsure_failed" if covered["failed"] else "unsure"]
            lines.append(line(unsure, tone="no_data"))
        for name in gone[:1]:
            until = plans[name]["covers"]["until"]
            text = self.say("ended", document=self.document(name), until=until)
            lines.append(line(text, tone="no_data"))
        for name in covered["upcoming"] if not (lines or covered["reaching"]) else ():
            since = plans[name]["covers"]["from"]
            text = self.say("not_begun", document=self.document(name), since=since)
            lines.append(line(text, tone="no_data"))
        for name in gone[:3]:
            until = plans[name]["covers"]["until"]
            text = self.say("ask_last", document=self.document(name), id=name, until=until)
            lines.append(line(text))
        if not (lines or covered["reaching"]):
            lines.append(line(self.words["nobody"], tone="no_data"))
        return lines

    def head(self) -> Block:
        query = self.answer["query"]
        datum = query["datum"].upper().replace("UNKNOWN", self.words["datum_unknown"])
        parts = [
            f"{query['lon']:.6f}, {query['lat']:.6f}",
            self.say("datum", datum=datum, accuracy=f"{query['radius_m']:g}"),
            query["date"],
            self.say("alert", alert=self.label("alert", query["alert"])),
        ]
        if query["activity"]:
            parts.append(self.activity(query["activity"]))
        parts += [
            f"{self.key(key)}={self.value(key, value)}" for key, value in query["facts"].items()
        ]
        return self.block("head", [line(" · ".join(parts))])

    def place(self) -> Block:
        """Where the point is: certain zones with distances, then near and undrawn ones."""
        groups: dict[str, list[str]] = {"inside": [], "near": [], "unmapped": [], "object": []}
        telling = ("documented_boundary", "approximate", "administrative", "circle")
        rank = {basis: place for place, basis in enumerate(telling)}
        for zone in sorted(self.answer["zones"], key=lambda row: rank.get(row["basis"], len(rank))):
            group = zone["location"]
            if group == "inside" and zone["basis"] == "object":
                group = "object"
            name = self.text(zone["name"])
            if "distance_m" in zone:
                name += self.say("distance", metres=distance(abs(zone["distance_m"])))
            if zone["asserted"]:
                name += self.words["asserted"]
            groups[group].append(name)
        lines = [
            line(self.say(f"place_{group}", zones=self.join(names), n=len(names)))
            for group, names in groups.items()
            if names and group in ("inside", "near")
        ]
        undrawn = groups["unmapped"]
        if undrawn:
            lines.append(
                line(
                    self.say("place_unmapped", n=len(undrawn), zones=self.join(undrawn[:3])),
                    detail=[self.join(undrawn)] if self.everything else [],
                )
            )
        return self.block("place", lines)

    # -- one activity -----------------------------------------------------------------------

    def verdict(self) -> Block:
        return self.block("verdict", [self._verdict_line(row) for row in self.answer["verdicts"]])

    def _verdict_line(self, row: Mapping[str, Any]) -> Line:
        parts = (self.activity(row["activity"]), self.label("verdict", row["verdict"]))
        text = self.words["colon"].join(parts)
        if row["reason"]:
            text += self.words["dash"] + self.label("reason", row["reason"])
        elif row["verdict"] in ("cannot_determine", "conflict"):
            bounds = {end: self.label("verdict", row[f"at_{end}"]) for end in ("least", "most")}
            text += self.say("between", **bounds)
        if row["missing"]:
            keys = self.join(self.key(key) for key in row["missing"][:4])
            more = self.words["and_more"] if len(row["missing"]) > 4 else ""
            text += self.say("depends_on", keys=keys + more)
        return line(text, tone=row["verdict"])

    def rules(self) -> Block:
        """Every rule of the activity asked, the determined ones first, each with its reasons."""
        rows = [row for row in self.answer["rules"] if row["audience"] == "operator"]
        return self.block(
            "rules",
            [
                self.rule_line(row, full=True)
                for row in sorted(rows, key=self.gravity)
                if row["kind"] not in ("target", "finding")
            ],
        )

    def gravity(self, row: Mapping[str, Any]) -> int:
        """What is sure comes first, the gravest of it before the rest."""
        order = (*TONES, None, "applies", "cannot_determine", "not_concerned")
        return order.index(self.tone(row))

    def rule_line(self, row: Mapping[str, Any], *, full: bool) -> Line:
        mark = self.label("outcome", row["outcome"])
        if row["overdue"]:
            mark += self.words["overdue"]
        undecided = row["outcome"] in ("cannot_determine", "not_concerned")
        detail = [
            self.text(step)
            for step in row["because"]
            if full and (self.everything or not undecided or _leaves_open(step["code"]))
        ]
        if undecided:
            return line(
                self.say("rule", id=row["id"], mark=mark, summary=self.text(row["summary"])),
                cite=self.cite(row["cite"]),
                tone=self.tone(row),
                detail=[self.words["semicolon"].join(detail)] if detail else [],
            )
        if row["consequence"]:
            detail.append(self.say("consequence", text=self.text(row["consequence"])))
        for name in ("reading", "open"):
            if name in row:
                detail.append(self.say(name, text=self.text(row[name])))
        detail += self.offices(row)
        text = self.say("rule", id=row["id"], mark=mark, summary=self.text(row["summary"]))
        return line(text, cite=self.cite(row["cite"]), tone=self.tone(row), detail=detail)

    def offices(self, row: Mapping[str, Any]) -> list[str]:
        """The authorities of a rule, in lines of detail."""
        offices = [office for offices in row.get("authorities", {}).values() for office in offices]
        names = self.join(dict.fromkeys(map(self.text, offices)))
        return [self.say("offices", names=names)] if names else []

    def tone(self, row: Mapping[str, Any]) -> str | None:
        if row["outcome"] in ("applies", "due"):
            effect = effect_of(self.book.by_id[row["id"]])
            return "required" if effect and row["outcome"] == "due" else effect
        return str(row["outcome"])

    # -- every activity ---------------------------------------------------------------------

    def sure(self) -> Block:
        """What is prohibited, restricted, required for sure, the gravest first."""
        sure = [
            (tone, row)
            for row in self.answer["rules"]
            if row["outcome"] in ("applies", "due", "exempt")
            and not self.names_firm(row)
            and (tone := self.tone(row)) in TONES
        ]
        sure.sort(key=lambda pair: TONES.index(pair[0]))
        lines = [
            line(
                self.say(
                    "sure_line", mark=self.label("verdict", tone), summary=self.text(row["summary"])
                ),
                cite=self.cite(row["cite"]),
                tone=tone,
                detail=[row["id"]],
            )
            for tone, row in sure[:SURE_LINES]
        ]
        rest = sure[SURE_LINES:]
        if rest:
            ids = self.join(row["id"] for _, row in rest)
            lines.append(line(self.say("sure_more", n=len(rest), ids=ids)))
        return self.block("sure", lines)

    def questions(self) -> Block:
        """At most five questions; the activity itself is the first when none was named."""
        lines = []
        if not self.answer["query"]["activity"] and self.answer["verdicts"]:
            lines.append(line(self.words["which_activity"]))
        for question in self.answer["ask"][: QUESTIONS - len(lines)]:
            text = self.say("question", key=question["key"], label=self.key(question["key"]))
            if question["values"]:
                values = [self.value(question["key"], value) for value in question["values"]]
                shown = self.join(values[:6]) + (self.words["and_more"] if len(values) > 6 else "")
                text += self.say("choices", values=shown)
            told = [self.say("settles", n=question["settles"])] if question["settles"] else []
            lines.append(line(text, detail=told))
        return self.block("ask", lines)

    def depends(self) -> Block:
        """The open activities, folded by the key that settles most; breaches in one line."""
        groups: dict[str, list[str]] = {}
        breaches: list[str] = []
        nothing: list[str] = []
        for row in self.answer["verdicts"]:
            name = self.activity(row["activity"])
            if row["verdict"] == "no_data":
                nothing.append(name)
            if row["verdict"] != "cannot_determine":
                continue
            keys = row["missing"]
            if not keys or self.book.facts.get(keys[0], {}).get("conduct"):
                breaches.append(name)
            else:
                groups.setdefault(keys[0], []).append(name)
        ranked = sorted(groups.items(), key=lambda item: -len(item[1]))
        lines = [
            line(
                self.say("depends_line", key=self.key(key), activities=self.join(names)),
                tone="cannot_determine",
            )
            for key, names in ranked[:DEPENDS_LINES]
        ]
        rest = [name for _, names in ranked[DEPENDS_LINES:] for name in names]
        if rest:
            lines.append(line(self.say("depends_more", n=len(rest), activities=self.join(rest))))
        conduct = self._breaches()
        if conduct:
            lines.append(line(self.say("breach", facts=self.join(conduct)), tone="prohibited"))
        if nothing:
            lines.append(
                line(
                    self.say("no_data_for", n=len(nothing), activities=self.join(nothing)),
                    tone="no_data",
                )
            )
        return self.block("depends", lines)

    def _breaches(self) -> list[str]:
        """What would be a breach here: facts on conduct that some open prohibition hangs on."""
        found: dict[str, None] = {}
        for row in self.answer["rules"]:
            if row["kind"] != "prohibition" or row["outcome"] != "cannot_determine":
                continue
            missing = frozenset(row["missing"])
            for leaf in sufficient(self.book.by_id[row["id"]].get("when"), missing):
                key = leaf.get("fact", "")
                if key in missing and self.book.facts.get(key, {}).get("conduct"):
                    found[f"{self.key(key)}={self.value(key, operation(leaf)[1])}"] = None
        return list(found)

    def named_firms(self) -> Block:
        rows = [row for row in self.answer["rules"] if self.names_firm(row)]
        if not rows:
            return self.block("firms", [])
        text = self.say("firms_line", n=len(rows), ids=self.join(row["id"] for row in rows))
        return self.block("firms", [line(text)])

    def names_firm(self, row: Mapping[str, Any]) -> bool:
        return '"source.id"' in _compact(self.book.by_id[row["id"]].get("when"))

    # -- what comes last --------------------------------------------------------------------

    def folded(self) -> Block:
        """Duties of government, targets and encouragements: counted, not read out."""
        authority = [row for row in self.answer["rules"] if row["audience"] == "authority"]
        other = [
            row
            for row in self.answer["rules"]
            if row["audience"] == "operator"
            and row["kind"] in ("target", "encouragement", "finding", "definition")
        ]
        targets = [row for row in authority if row["kind"] == "target"]
        duties = [row for row in authority if row["kind"] != "target"]
        counts = {"duties": duties, "targets": targets, "others": other}
        parts = [self.say(f"count_{name}", n=len(rows)) for name, rows in counts.items() if rows]
        if not parts:
            return self.block("folded", [])
        detail = [
            f"{row['id']} {self.text(row['summary'])} {self.cite(row['cite'])}"
            for rows in counts.values()
            for row in rows
            if self.everything
        ]
        return self.block("folded", [line(self.join(parts), detail=detail)])

    def sources(self) -> Block:
        found = self.answer["sources"]
        if not found:
            return self.block("sources", [])
        names = [
            self.text(source["name"]) + self.say("away", metres=distance(source["distance_m"]))
            for source in found
        ]
        shown = self.join(names[:4]) + (self.words["and_more"] if len(names) > 4 else "")
        return self.block(
            "sources",
            [
                line(
                    self.say("sources_line", n=len(found), names=shown),
                    detail=names if self.everything else [],
                )
            ],
        )

    def foot(self) -> Block:
        lines = []
        if self.answer["next_change"]:
            lines.append(line(self.say("next_change", day=self.answer["next_change"])))
        documents = [
            self.words["covers"].format_map(
                {"document": self.document(name), **self.book.documents[name]["covers"]}
            )
            for name in (
                *self.answer["coverage"]["documents"],
                *self.answer["coverage"]["reaching"],
            )
        ]
        if documents:
            lines.append(line(self.join(documents)))
        if self.answer["query"]["assumed"]:
            names = self.join(
                self.words[f"assumed_{name}"] for name in self.answer["query"]["assumed"]
            )
            lines.append(line(self.say("assumed", names=names)))
        return self.block("foot", lines)


def _leaves_open(code: str) -> bool:
    """Whether a step of `because` names what is missing rather than what is settled."""
    return code.endswith(("unknown", "missing", "undecided", "near", "unmapped", ".failed"))


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def distance(metres: float) -> str:
    """A distance for people, in whole metres or tenths of a kilometre."""
    return f"{metres / 1000:.1f} km" if metres >= 1000 else f"{metres:.0f} m"
