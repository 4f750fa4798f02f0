"""The digest for a page of links, such as the panel: verdicts first, then zones, rules, sources.

The same blocks as `jobs.digest`, in which a line may also have `parts`, [{text, ref}] that together
are its text, and `article`, {document, clause} of its `cite`. A `ref` is empty or says what the
part can be followed to: `zone:<id>`, `source:<id>`, `activity:<id>`, `date:<day>`. Questions are
left out: whoever shows links asks them with a form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..rules.logic import tables
from .digest import TONES, Answer, Writer, distance
from .phrasing import Block, Line, line
from .wording import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["linked"]

SOURCES_SHOWN = 8
_VERDICTS = (*TONES, "conflict", "cannot_determine", "not_concerned", "no_data")
_TELLING = ("documented_boundary", "approximate", "circle")
_AROUND = ("administrative", "derived")
_ROLES = ("lead", "responsible", "cooperating")
Part = dict[str, str]


def linked(
    answer: Answer, book: Any, lang: str = "zh", kinds: Mapping[str, str] | None = None
) -> list[Block]:
    """The blocks of `answer` in `lang` (zh or en); `kinds` are the names of kinds of source."""
    writer = _LinkWriter(answer, book, lang, kinds or {})
    one = bool(answer["query"]["activity"])
    blocks = [writer.notices(), writer.head()]
    blocks.append(writer.verdict() if one else writer.overview())
    blocks.append(writer.place())
    blocks += [writer.rules()] if one else [writer.sure(), writer.depends(), writer.named_firms()]
    blocks += [writer.folded(), writer.sources(), writer.foot()]
    return [block for block in blocks if block["lines"]]


def _part(text: str, ref: str = "") -> Part:
    return {"text": text, "ref": ref}


def _rank(basis: str) -> int:
    return _TELLING.index(basis) if basis in _TELLING else len(_TELLING)


def _of_parts(parts: Iterable[Part], **rest: Any) -> Line:
    kept = [part for part in parts if part["text"]]
    return {**line("".join(part["text"] for part in kept), **rest), "parts": kept}


class _LinkWriter(Writer):
    def __init__(self, answer: Answer, book: Any, lang: str, kinds: Mapping[str, str]) -> None:
        super().__init__(answer, book, lang, everything=True)
        self.kinds = kinds
        self.links = words(lang, "words_linked")

    def put(self, key: str, **args: object) -> str:
        return self.links[key].format(**args)

    def listed(self, found: Iterable[tuple[str, str]]) -> list[Part]:
        """(text, ref) pairs as parts of one list."""
        parts: list[Part] = []
        for text, ref in found:
            parts += [_part(self.words["comma"])] if parts else []
            parts.append(_part(text, ref))
        return parts

    # -- what comes first -------------------------------------------------------------------

    def notices(self) -> Block:
        """As in the digest, with each offer of a last covered day as a link to that day."""
        block = super().notices()
        told = {
            self.say("ask_last", document=self.document(name), id=name, until=until): (name, until)
            for name in self.answer["coverage"]["expired"]
            for until in [str(self.book.documents[name]["covers"]["until"])]
        }
        lines = []
        for item in block["lines"]:
            if item["text"] in told:
                name, until = told[item["text"]]
                text = self.put("ask_last", until=until, document=self.document(name))
                item = _of_parts([_part(text, f"date:{until}")], tone="no_data")
            lines.append(item)
        return {**block, "lines": lines}

    def overview(self) -> Block:
        """Each verdict with the activities that have it, the gravest first."""
        groups: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for row in self.answer["verdicts"]:
            bounds = (row["at_least"] or "", row["at_most"] or "")
            open_ended = row["verdict"] == "cannot_determine"
            key = (row["verdict"], *(bounds if open_ended else ("", "")))
            name = (self.activity(row["activity"]), f"activity:{row['activity']}")
            groups.setdefault(key, []).append(name)
        strength: list[str] = ["", *tables()["strength"]]
        ranked = sorted(
            groups.items(),
            key=lambda item: (
                _VERDICTS.index(item[0][0]),
                -strength.index(item[0][1]),
                -strength.index(item[0][2]),
            ),
        )
        return {
            "kind": "overview",
            "title": self.links["overview"],
            "lines": [
                _of_parts(
                    [
                        _part(self.put("verdict_line", verdict=self._verdict(*key))),
                        *self.listed(names),
                    ],
                    tone=key[0],
                )
                for key, names in ranked
            ],
        }

    def _verdict(self, verdict: str, least: str, most: str) -> str:
        if not (least and most):
            return self.label("verdict", verdict)
        name = "at_most" if least == "not_concerned" else "between"
        return self.put(name, least=self.label("verdict", least), most=self.label("verdict", most))

    # -- where it is ------------------------------------------------------------------------

    def place(self) -> Block:
        """The telling zones on a line each, units around them on one; undrawn ones folded."""
        zones = [row for row in self.answer["zones"] if row["location"] in ("inside", "near")]
        rows = [row for row in zones if row["basis"] in _TELLING or row["location"] == "near"]
        rows.sort(key=lambda row: (row["location"] != "near", _rank(row["basis"])))
        lines = [self._zone_line(row) for row in rows if row["basis"] != "object"]
        around = [row for row in zones if row not in rows and row["basis"] in _AROUND]
        if around:
            lines.append(self._units_line(around))
        undrawn = [row for row in self.answer["zones"] if row["location"] == "unmapped"]
        if undrawn:
            names = self.join(self.text(row["name"]) for row in undrawn)
            lines.append(line(self.put("undrawn", n=len(undrawn)), detail=[names]))
        return self.block("place", lines)

    def _zone_line(self, row: Mapping[str, Any]) -> Line:
        parts = [
            _part(self.links[f"zone_{row['location']}"]),
            _part(self.text(row["name"]), f"zone:{row['id']}"),
            _part(self._zone_more(row)),
        ]
        told = _of_parts(parts, cite=self.cite(row["cite"]))
        return {**told, "article": _article(row["cite"])}

    def _units_line(self, rows: Iterable[Mapping[str, Any]]) -> Line:
        parts = [_part(self.links["zone_inside"])]
        for row in {self.text(row["name"]): row for row in rows}.values():
            parts += [_part(self.words["comma"])] if len(parts) > 1 else []
            parts.append(_part(self.text(row["name"]), f"zone:{row['id']}"))
            parts.append(_part(self._zone_more(row)))
        return _of_parts(parts)

    def _zone_more(self, row: Mapping[str, Any]) -> str:
        more = self.links["zone_asserted"] if row["asserted"] else ""
        if "distance_m" in row:
            more += self.put("zone_distance", metres=distance(abs(row["distance_m"])))
        more += self._accuracy(self.book.zones[row["id"]])
        not_sure = {"unknown": "zone_unsure", "false": "zone_not_yet"}.get(row["in_force"])
        return more + (self.links[not_sure] if not_sure else "")

    def _accuracy(self, zone: Mapping[str, Any]) -> str:
        """How well the boundary is known, from its best edge to its worst; nothing if untold."""
        figures = [edge["accuracy_m"] for edge in zone.get("edges", []) if "accuracy_m" in edge]
        figures += [zone["accuracy_m"]] if "accuracy_m" in zone else []
        if not figures:
            return ""
        low, high = min(figures), max(figures)
        name = "metres" if low == high else "metres_range"
        return self.put("zone_accuracy", metres=self.put(name, low=f"{low:g}", high=f"{high:g}"))

    # -- rules ------------------------------------------------------------------------------

    def rule_line(self, row: Mapping[str, Any], *, full: bool) -> Line:
        return {**super().rule_line(row, full=full), "article": _article(row["cite"])}

    def offices(self, row: Mapping[str, Any]) -> list[str]:
        """The authorities, role by role."""
        roles = row.get("authorities", {})
        ranked = sorted(roles, key=lambda role: _ROLES.index(role) if role in _ROLES else 9)
        return [
            self.put(
                f"role_{role}" if role in _ROLES else "role_other",
                names=self.join(map(self.text, roles[role])),
            )
            for role in ranked
        ]

    def sure(self) -> Block:
        """Every rule that is sure, the gravest first, each with its reasons folded behind it."""
        rows = [
            (tone, row)
            for row in self.answer["rules"]
            if row["outcome"] in ("applies", "due", "exempt")
            and not self.names_firm(row)
            and (tone := self.tone(row)) in TONES
        ]
        rows.sort(key=lambda pair: TONES.index(pair[0]))
        lines = []
        for tone, row in rows:
            full = self.rule_line(row, full=True)
            text = self.say(
                "sure_line", mark=self.label("verdict", tone), summary=self.text(row["summary"])
            )
            detail = [*full["detail"], self.put("rule_id", id=row["id"])]
            lines.append({**full, "text": text, "tone": tone, "detail": detail})
        return self.block("sure", lines)

    # -- what comes last --------------------------------------------------------------------

    def sources(self) -> Block:
        """The nearest sources, each to be shown on the map; the others folded."""
        told = [(self._source(row), f"source:{row['id']}") for row in self.answer["sources"]]
        lines = [_of_parts([_part(text, ref)]) for text, ref in told[:SOURCES_SHOWN]]
        rest = [text for text, _ in told[SOURCES_SHOWN:]]
        if rest:
            lines.append(line(self.put("source_count", n=len(told)), detail=rest))
        return self.block("sources", lines)

    def _source(self, row: Mapping[str, Any]) -> str:
        known = {"name": self.text(row["name"]), "metres": distance(row["distance_m"])}
        kind = self.kinds.get(row["kind"], "")
        return self.put("source" if kind else "source_plain", kind=kind, **known)

    def foot(self) -> Block:
        """As in the digest, with the next change as a link to that day."""
        block = super().foot()
        day = self.answer["next_change"]
        if day:
            text = self.put("next_change", day=day)
            block["lines"][0] = _of_parts([_part(text, f"date:{day}")])
        return block


def _article(cite: Mapping[str, Any]) -> dict[str, str]:
    return {"document": cite["document"], "clause": str(cite["clause"])}
