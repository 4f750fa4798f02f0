"""The rules in an extract: concerned, cannot be determined, not concerned, no data. Each with its
article, consequence and authority; what is missing, and who could tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..digest import Writer
from .blocks import Entry, Grid, Note, Row, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .blocks import Block
    from .extract import Extract

__all__ = ["Articles"]

GROUPS = ("concerned", "undetermined", "not_concerned", "no_data")
GROUP = {
    "cannot_determine": "undetermined",
    "not_concerned": "not_concerned",
    "no_data": "no_data",
}
"""The group of a verdict or outcome; every other is concerned."""
BARE_KINDS = ("target", "finding", "encouragement", "definition")
ROLES = ("lead", "responsible", "cooperating")
CITES = 6  # articles named in one cell
QUESTIONS = 25
CHOICES = 8

Answered = dict[str, Any]


class Articles(Writer):
    """The answer's own writer, with the words of the extract."""

    def __init__(self, extract: Extract) -> None:
        super().__init__(extract.answer, extract.catalogue.book, extract.lang, True)
        self.extract = extract
        self.words = {**self.words, "ask_last": extract.say["ask_last"]}

    def say_own(self, key: str, **args: object) -> str:
        """A text of the extract's own words."""
        return self.extract.say[key].format(**args)

    def _verdict_of(self, name: str) -> str:
        return self.label("verdict", name)

    # -- the overview -------------------------------------------------------------------------

    def overview(self) -> list[Block]:
        """A line for each activity, group by group."""
        rows: dict[str, list[Row]] = {group: [] for group in GROUPS}
        for verdict in self.answer["verdicts"]:
            rows[self._group(verdict["verdict"])].append(self._verdict_row(verdict))
        if not self.answer["verdicts"]:
            return self._without_verdicts()
        counts = {group: len(found) for group, found in rows.items()}
        order = list(self.extract.palette["outcome"])
        for found in rows.values():
            found.sort(key=lambda row: order.index(row.tone or "no_data"))
        heads = [self.say_own(name) for name in ("verdict", "activity", "grounds")]
        whole = [row for group in GROUPS for row in rows[group]]
        return [Text(self.say_own("counted", **counts)), Grid(heads, (0.17, 0.28, 0.55), whole)]

    def _without_verdicts(self) -> list[Block]:
        """No current document speaks here; what of ended plans still applies is told."""
        sure = self._rows("concerned")
        told = {"sure": len(sure), "open": len(self._rows("undetermined"))}
        blocks: list[Block] = [self._nobody()]
        if any(told.values()):
            blocks.append(Text(self.say_own("still", **told)))
        names = dict.fromkeys(self.activity(name) for row in sure for name in row["activities"])
        if names:
            blocks.append(Text(self.say_own("still_for", activities=self.join(names))))
        return blocks

    def _nobody(self) -> Note:
        """Why there are no verdicts: nobody speaks here, or only plans that have ended."""
        remains = self._rows("concerned", "undetermined")
        return Note(self.say_own("only_ended" if remains else "no_verdicts"), "no_data")

    def _group(self, outcome: str) -> str:
        return GROUP.get(outcome, "concerned")

    def _verdict_row(self, verdict: Mapping[str, Any]) -> Row:
        name, tone = self.activity(verdict["activity"]), verdict["verdict"]
        told = []
        if verdict["reason"]:
            told.append(self.label("reason", verdict["reason"]))
        elif tone in ("cannot_determine", "conflict"):
            least, most = verdict["at_least"], verdict["at_most"]
            key = "at_most" if least == "not_concerned" else "between"
            bounds = {"least": self.label("verdict", least), "most": self.label("verdict", most)}
            told.append(self.say_own(key, **bounds))
        if verdict["missing"]:
            more = self.words["and_more"] if len(verdict["missing"]) > 4 else ""
            keys = self.join(self.key(key) for key in verdict["missing"][:4]) + more
            told.append(self.say_own("missing", keys=keys))
        if tone == "not_concerned":
            rules = self._checked(verdict["activity"])
            told.append(self._cites(self._of_activity(verdict["activity"], rules)))
        elif tone not in ("cannot_determine", "no_data"):
            told.append(self._cites(self.book.by_id[name] for name in verdict["rules"]))
        grounds = self.words["semicolon"].join(part for part in told if part)
        return Row((self.label("verdict", tone), name, grounds), tone)

    def _cites(self, rules: Iterable[Mapping[str, Any]]) -> str:
        found = list(dict.fromkeys(self.cite(rule["cite"]) for rule in rules))
        return "".join(found[:CITES]) + (self.words["and_more"] if len(found) > CITES else "")

    # -- which rules --------------------------------------------------------------------------

    def _rows(self, *groups: str) -> list[Answered]:
        """The rules on operators of some groups, the gravest first, those on firms last."""
        rows = [
            row
            for row in self._here(self.answer["rules"])
            if self._group(row["outcome"]) in groups and row["kind"] not in BARE_KINDS
        ]
        return sorted(rows, key=lambda row: (self.names_firm(row), self.gravity(row)))

    def _here(self, rows: Iterable[Answered]) -> list[Answered]:
        """Rules on operators, of the activity asked if one was."""
        asked = self.answer["query"]["activity"]
        chain = set(self.book.broader(asked)) if asked else None
        return [
            row
            for row in rows
            if row["audience"] == "operator"
            and (chain is None or not chain.isdisjoint(row["activities"]))
        ]

    def _checked(self, activity: str | None = None) -> list[Answered]:
        """The rules of documents that speak or reach here which do not concern this place."""
        covered = self.answer["coverage"]
        speaking = {*covered["documents"], *covered["reaching"]}
        chain = set(self.book.broader(activity)) if activity else None
        return [
            row
            for row in self._here(self.extract.full["rules"])
            if row["outcome"] == "not_concerned"
            and row["kind"] not in BARE_KINDS
            and (row["cite"]["document"] in speaking or self.extract.everything)
            and (chain is None or not chain.isdisjoint(row["activities"]))
        ]

    def _of_activity(self, activity: str, rows: Iterable[Answered]) -> list[Mapping[str, Any]]:
        chain = set(self.book.broader(activity))
        return [row for row in rows if not chain.isdisjoint(row["activities"])]

    # -- the four groups ----------------------------------------------------------------------

    def concerned(self) -> list[Block]:
        """Every rule that is sure, with its reasons, consequence and authorities."""
        entries: list[Block] = [self._entry(row) for row in self._rows("concerned")]
        blocks = entries or [Text(self.say_own("none"))]
        folded = self.folded()["lines"]
        if folded and not self.extract.everything:
            text = folded[0]["text"]
            blocks.append(Text(self.say_own("government", text=text), "small"))
        elif self.extract.everything:
            blocks += [self._entry(row) for row in self._of_government()]
        return blocks

    def listed(self, group: str) -> list[Answered]:
        """The rules of a group that are read out one by one; those of ended plans are counted."""
        rows = self._rows(group)
        folded = {row["id"] for found in self._ended(rows).values() for row in found}
        return [row for row in rows if row["id"] not in folded]

    def _of_government(self) -> list[Answered]:
        rows = [row for row in self.answer["rules"] if self._group(row["outcome"]) == "concerned"]
        return [row for row in rows if row["audience"] != "operator" or row["kind"] in BARE_KINDS]

    def undetermined(self) -> list[Block]:
        """Every rule that is open, with what it lacks; then all that is missing and who knows."""
        rows = self._rows("undetermined")
        ended = self._ended(rows)
        shown = self.listed("undetermined")
        if not rows:
            return [Text(self.say_own("none"))]
        blocks: list[Block] = [Text(self.say_own("undetermined_lead"), "lead")]
        for name, found in ended.items():
            told = {"document": self.document(name), "n": len(found)}
            until = self.book.documents[name]["covers"]["until"]
            blocks.append(Note(self.say_own("folded_ended", until=until, **told), "no_data"))
        blocks += [self._entry(row) for row in shown]
        return [*blocks, *(self._missing(shown) if shown else [])]

    def _ended(self, rows: Iterable[Answered]) -> dict[str, list[Answered]]:
        """Rules of ended plans of which nobody knows whether they still hold, by document.

        With an activity they are few and are told one by one.
        """
        if self.answer["query"]["activity"] or self.extract.everything:
            return {}
        found: dict[str, list[Answered]] = {}
        for row in rows:
            document = row["cite"]["document"]
            keys = {f"force.{document}", f"force.{row['id']}"}
            expired = document in self.answer["coverage"]["expired"]
            if expired and not keys.isdisjoint(row["missing"]):
                found.setdefault(document, []).append(row)
        return found

    def not_concerned(self) -> list[Block]:
        """A line for each rule that was checked and does not apply, with why."""
        rows = []
        for row in self._checked():
            # the last step is the one that fails
            steps = [self.text(step) for step in row["because"]]
            why = steps[-1] if steps else self.say_own(f"failed_{row['failed']}")
            rows.append(Row((self.cite(row["cite"]), self.text(row["summary"]), why)))
        if not rows:
            return [Text(self.say_own("none"))]
        heads = [self.say_own(name) for name in ("article", "rule", "why")]
        lead = Text(self.say_own("not_concerned_lead"), "lead")
        return [lead, Grid(heads, (0.22, 0.48, 0.3), rows)]

    def no_data(self) -> list[Block]:
        """The activities that no document answers for, with why; what could not be read."""
        rows = [
            Row((self.activity(row["activity"]), self.label("reason", row["reason"])))
            for row in self.answer["verdicts"]
            if row["verdict"] == "no_data"
        ]
        blocks: list[Block] = []
        failed = self.answer["coverage"]["failed"]
        if failed:
            layers = self.join(f"{item['layer']} ({item['error']})" for item in failed)
            blocks.append(Note(self.say_own("about_failed", layers=layers), "failed"))
        if not self.answer["verdicts"]:
            blocks.append(self._nobody())
            blocks += self._searched()
        elif rows:
            heads = [self.say_own(name) for name in ("activity", "reason")]
            blocks += [Text(self.say_own("no_data_lead"), "lead"), Grid(heads, (0.45, 0.55), rows)]
        return blocks or [Text(self.say_own("none"))]

    def _searched(self) -> list[Block]:
        """The documents that were looked through, so that nobody takes them for all there are."""
        rows = []
        for name, record in self.book.documents.items():
            covers = record["covers"]
            span = self.say_own("until", first=covers["from"], last=covers["until"])
            where = self.text(self.book.zones[record["jurisdiction"]]["name"])
            rows.append(Row((f"{self.document(name)} {self.text(record['title'])}", where, span)))
        heads = [self.say_own(name) for name in ("document", "speaks_for", "covers")]
        return [Text(self.say_own("searched", n=len(rows))), Grid(heads, (0.54, 0.2, 0.26), rows)]

    # -- one rule -----------------------------------------------------------------------------

    def _entry(self, row: Answered) -> Entry:
        tone = self.tone(row)
        open_ended = row["outcome"] == "cannot_determine"
        mark = self.label("outcome", row["outcome"])
        if not open_ended and tone in self.labels["verdict"]:
            mark = self.label("verdict", str(tone))
        if row["overdue"]:
            mark += self.say_own("overdue")
        head = self.text(row["summary"])
        return Entry(tone, mark, head, self.cite(row["cite"]), list(self._lines(row)))

    def _lines(self, row: Answered) -> Iterator[str]:
        names = [self.activity(name) for name in row["activities"]]
        kind = self.label("kind", row["kind"])
        firm = [self.say_own("named_firm")] if self.names_firm(row) else []
        yield " · ".join([row["id"], kind, self.join(names), *firm])
        steps = self.words["semicolon"].join(self.text(step) for step in row["because"])
        if steps:
            yield self.say_own("because", text=steps)
        if row["missing"]:
            keys = self.join(self.key(key) for key in row["missing"])
            yield self.say_own("missing", keys=keys)
        if row["consequence"]:
            yield self.say("consequence", text=self.text(row["consequence"]))
        if row["unless"]:
            told = [f"{item['id']} {self.cite(item['cite'])}" for item in row["unless"]]
            key = "exempted" if row["outcome"] == "exempt" else "exemptions"
            yield self.say_own(key, text=self.join(told))
        yield from self._conflicts(row["id"])
        for name in ("reading", "open"):
            if name in row:
                yield self.say(name, text=self.text(row[name]))
        yield from self.offices(row)

    def _conflicts(self, name: str) -> Iterator[str]:
        """What of the rules listed here a rule contradicts, as the records declare it."""
        listed = {row["id"] for row in self.answer["rules"]}
        for other in (name, *(listed - {name})):
            for told in self.book.by_id[other].get("conflicts", ()):
                against = told["with"] if other == name else other
                if against in listed and name in (other, told["with"]):
                    cite = self.cite(self.book.by_id[against]["cite"])
                    about = self.text(told["about"])
                    yield self.say_own("conflicts", id=against, cite=cite, text=about)

    def offices(self, row: Mapping[str, Any]) -> list[str]:
        """The authorities, role by role, in one line."""
        roles = row.get("authorities", {})
        ranked = sorted(roles, key=lambda role: ROLES.index(role) if role in ROLES else 9)
        names = dict.fromkeys(self.text(office) for role in ranked for office in roles[role])
        return [self.say("offices", names=self.join(names))] if names else []

    # -- what is missing ----------------------------------------------------------------------

    def _missing(self, rows: list[Answered]) -> list[Block]:
        """What is missing, what it may be, what it would settle, and who could tell."""
        lacking = dict.fromkeys(key for row in rows for key in row["missing"])
        asked = {entry["key"]: entry for entry in self.answer["ask"]}
        # the answer has them in the order of what they settle; a better position is never asked
        keys = [key for key in asked if key in lacking]
        keys += [key for key in lacking if key not in asked]
        found = [
            Row(
                (
                    self.key(key),
                    self._choices(key, asked.get(key, {})),
                    str(asked[key]["settles"] or "") if key in asked else "",
                    self._who(key, rows),
                )
            )
            for key in keys[:QUESTIONS]
        ]
        heads = [self.say_own(f"ask_{name}") for name in ("key", "values", "settles", "who")]
        blocks: list[Block] = [
            Text(self.say_own("ask"), "lead"),
            Grid(heads, (0.32, 0.3, 0.1, 0.28), found),
        ]
        if len(keys) > QUESTIONS:
            blocks.append(Text(self.say_own("ask_more", n=len(keys) - QUESTIONS), "small"))
        return blocks

    def _choices(self, key: str, question: Mapping[str, Any]) -> str:
        values = [self.value(key, value) for value in question.get("values") or []]
        more = self.words["and_more"] if len(values) > CHOICES else ""
        return self.join(values[:CHOICES]) + more

    def _who(self, key: str, rows: Iterable[Answered]) -> str:
        """Whoever could tell: the asker of facts, the authority of what documents leave open."""
        prefix, _, name = key.partition(".")
        if key in ("alert", "position"):
            return self.say_own(f"who_{key}")
        if prefix not in ("zone", "season", "force", "rule") or key in self.book.facts:
            return self.say_own("who_fact")
        lacking = [row for row in rows if key in row["missing"]]
        leads = [
            self.text(office)
            for row in lacking
            for office in row.get("authorities", {}).get("lead", [])
        ]
        document = self._document_of(prefix, name) or lacking[0]["cite"]["document"]
        issuer = self.text(self.book.documents[document]["issuer"])
        names = list(dict.fromkeys(leads))[:2] if prefix in ("zone", "rule") else []
        return self.join([*names, self.say_own("who_issuer", name=issuer)])

    def _document_of(self, prefix: str, name: str) -> str | None:
        if name in self.book.documents:
            return name
        if prefix == "zone":
            found = self.book.zones[name].get("document")
            return str(found) if found in self.book.documents else None
        return str(self.book.by_id[name]["document"]) if name in self.book.by_id else None
