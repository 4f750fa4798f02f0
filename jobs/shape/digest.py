"""What the answer for a shape says to a person: blocks of lines, as ``jobs.digest`` makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..digest import TONES, Writer
from ..phrasing import Block, Line, line
from ..wording import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...rules.model import Book

__all__ = [
    "digest",
    "drawn_zones",
    "percent_text",
    "size_text",
    "tone_of",
    "undrawn_zones",
    "where_of",
]

LINES = 12  # of a list that is folded
MU_M2 = 2000.0 / 3.0
_DRAWN = ("documented_boundary", "approximate", "administrative", "circle")


def digest(
    answer: Mapping[str, Any], book: Book, lang: str = "zh", *, everything: bool = False
) -> list[Block]:
    """The blocks of an answer of schema zonerules/shape/1, what is most asked for first."""
    writer = _ShapeWriter(answer, book, lang, everything)
    blocks = [writer.notices(), writer.head()]
    if answer["query"]["activity"]:
        blocks += [writer.verdict(), writer.shares(), writer.rules(), writer.questions()]
    else:
        blocks += [writer.certain("whole"), writer.certain("part")]
        blocks += [writer.questions(), writer.depends(), writer.named_firms()]
    blocks += [writer.zones(), writer.parts(), writer.folded(), writer.foot()]
    return [block for block in blocks if block["lines"]]


def percent_text(percent: float) -> str:
    """A share with one decimal; a small rest is never shown as nothing, nor as all."""
    if percent <= 0.0:
        return "0 %"
    if percent < 0.05:
        return "< 0.1 %"
    if 99.95 <= percent < 100.0 - 1e-7:
        return "> 99.9 %"
    return f"{percent:.1f} %" if percent < 99.95 else "100 %"


def size_text(size: float, unit: str, lang: str, *, mu: bool = True) -> str:
    """Square metres as m², ha or km², in Chinese with 亩 behind; metres as m or km."""
    say = words(lang, "words_shape")
    if unit == "m":
        name, value = ("km", size / 1000) if size >= 10_000 else ("m", size)
        return say[name].format(n=_figure(value))
    name, value = "m2", size
    if size >= 10_000:
        name, value = ("km2", size / 1e6) if size >= 1e7 else ("ha", size / 1e4)
    text = say[name].format(n=_figure(value))
    if lang != "zh" or not mu or name == "km2":
        return text
    return say["with_mu"].format(size=text, mu=say["mu"].format(n=_figure(size / MU_M2)))


def _figure(value: float) -> str:
    digits = 0 if value >= 10_000 else 1 if value >= 100 else 2
    return f"{value:,.{digits}f}"


class _ShapeWriter(Writer):
    def __init__(self, answer: Mapping[str, Any], book: Book, lang: str, everything: bool) -> None:
        super().__init__(answer, book, lang, everything)
        self.words = {**self.words, **words(lang, "words_shape")}
        self.unit = answer["measure"]["unit"]

    def size(self, size: float) -> str:
        return size_text(size, self.unit, self.lang)

    def notices(self) -> Block:
        """What was mended comes after what is not known."""
        block = super().notices()
        covered = self.answer["coverage"]
        for name in ("silent", "unsettled"):
            percent = covered[name]["percent"]
            if percent and covered["documents"]:
                text = self.say(f"shape_{name}", percent=percent_text(percent))
                block["lines"].append(line(text, tone="no_data"))
        block["lines"] += [
            line(self.text(note), tone="cannot_determine") for note in self.answer["notes"]
        ]
        return block

    def head(self) -> Block:
        query, measure = self.answer["query"], self.answer["measure"]
        lon, lat = query["centre"]
        parts = [
            self.say(
                "shape_head",
                kind=self.words[query["kind"]],
                size=self.size(measure["total"]),
                corners=query["corners"],
                centre=f"{lon:.6f}, {lat:.6f}",
            ),
            self.say("shape_accuracy", radius=f"{query['radius_m']:g}"),
            query["date"],
            self.say("alert", alert=self.label("alert", query["alert"])),
        ]
        if query["activity"]:
            parts.append(self.activity(query["activity"]))
        parts += [f"{self.key(key)}={self.value(key, v)}" for key, v in query["facts"].items()]
        return self.block("head", [line(" · ".join(parts))])

    # -- verdicts -----------------------------------------------------------------------------

    def verdict(self) -> Block:
        return self.block("verdict", [self._headline(row) for row in self.answer["verdicts"]])

    def shares(self) -> Block:
        """How much of the shape has which verdict, unless all of it has the same."""
        rows = [row for row in self.answer["verdicts"] if len(row["shares"]) > 1]
        return self.block("shares", [self._share(share) for row in rows for share in row["shares"]])

    def _headline(self, row: Mapping[str, Any]) -> Line:
        text = self.say(
            "verdict_line",
            activity=self.activity(row["activity"]),
            verdict=self.label("verdict", row["verdict"]),
        )
        if row["scope"] == "whole":
            text += self.words["verdict_everywhere"]
        else:
            same = [share for share in row["shares"] if share["verdict"] == row["verdict"]]
            if same:
                of = percent_text(sum(share["percent"] for share in same))
                text += self.say("share_of", percent=of)
        if row["verdict"] in ("cannot_determine", "conflict") and row["at_most"]:
            text += self.say(
                "between",
                least=self.label("verdict", row["at_least"]),
                most=self.label("verdict", row["at_most"]),
            )
        if row["missing"] and row["verdict"] == "cannot_determine":
            keys = self.join(self.key(key) for key in row["missing"][:4])
            more = self.words["and_more"] if len(row["missing"]) > 4 else ""
            text += self.say("depends_on", keys=keys + more)
        reasons = [share["reason"] for share in row["shares"] if share["reason"]]
        alone = [self.label("reason", reason) for reason in reasons if len(row["shares"]) == 1]
        return line(text, tone=row["verdict"], detail=alone)

    def _share(self, share: Mapping[str, Any]) -> Line:
        verdict = self.label("verdict", share["verdict"])
        if share["verdict"] in ("cannot_determine", "conflict") and share["at_most"]:
            verdict += self.say(
                "between",
                least=self.label("verdict", share["at_least"]),
                most=self.label("verdict", share["at_most"]),
            )
        text = self.say(
            "verdict_share",
            verdict=verdict,
            percent=percent_text(share["percent"]),
            size=self.size(share[self.unit]),
            parts=", ".join(map(str, share["parts"])),
        )
        reason = [self.label("reason", share["reason"])] if share["reason"] else []
        return line(text, tone=share["verdict"], detail=reason)

    def rule_line(self, row: Mapping[str, Any], *, full: bool) -> Line:
        made = super().rule_line(row, full=full)
        made["text"] += self._of(row)
        return made

    def _of(self, row: Mapping[str, Any]) -> str:
        """How much of the shape a rule's outcome holds for, unless it is all of it."""
        share = row["shares"][0]
        if len(row["shares"]) == 1:
            return ""
        return self.say("share_of", percent=percent_text(share["percent"]))

    def certain(self, scope: str) -> Block:
        """Rules that bind for certain in the whole shape, or in a part of it."""
        sure = [
            (tone, row)
            for row in self.answer["rules"]
            if row["scope"] == scope
            and not self.names_firm(row)
            and (tone := self.tone(row)) in TONES
        ]
        sure.sort(key=lambda pair: TONES.index(pair[0]))
        lines = [
            line(
                self.say(
                    "sure_line", mark=self.label("verdict", tone), summary=self.text(row["summary"])
                )
                + self._of(row),
                cite=self.cite(row["cite"]),
                tone=tone,
                detail=[row["id"]],
            )
            for tone, row in (sure if self.everything else sure[:LINES])
        ]
        rest = [] if self.everything else sure[LINES:]
        if rest:
            ids = self.join(row["id"] for _, row in rest)
            lines.append(line(self.say("sure_more", n=len(rest), ids=ids)))
        block = self.block("sure", lines)
        block["title"] = self.words[f"shape_{scope}"]
        return block

    # -- where --------------------------------------------------------------------------------

    def zones(self) -> Block:
        """Drawn zones with their shares, then how many are not drawn."""
        lines = []
        for row in self.drawn():
            name = self.text(row["name"]) + (self.words["asserted"] if row["asserted"] else "")
            if row["location"] == "inside":
                lines.append(line(self.say("zone_all", zone=name)))
                continue
            shares = {where: row[where] for where in ("inside", "near", "outside")}
            percents = {where: percent_text(share["percent"]) for where, share in shares.items()}
            sizes = {where: self.size(share[self.unit]) for where, share in shares.items()}
            text = self.say("zone_line", zone=name, **percents)
            lines.append(line(text, detail=[self.say("zone_size", **sizes)]))
        undrawn = [self.text(row["name"]) for row in undrawn_zones(self.answer)]
        if undrawn:
            shown = self.join(undrawn[:3]) + (self.words["and_more"] if len(undrawn) > 3 else "")
            text = self.say("zone_undrawn", n=len(undrawn), zones=shown)
            lines.append(line(text, detail=[self.join(undrawn)] if self.everything else []))
        return self.block("shape_zones", lines)

    def drawn(self) -> list[Mapping[str, Any]]:
        return drawn_zones(self.answer, self.lang)

    def parts(self) -> Block:
        if len(self.answer["parts"]) == 1:
            return self.block("shape_parts", [])
        shown = self.answer["parts"] if self.everything else self.answer["parts"][:LINES]
        lines = [
            line(
                self.say(
                    "part_line",
                    id=part["id"],
                    percent=percent_text(part["percent"]),
                    size=self.size(part[self.unit]),
                    where=self.where(part),
                ),
                tone=tone_of(part),
            )
            for part in shown
        ]
        rest = len(self.answer["parts"]) - len(shown)
        if rest:
            lines.append(line(self.say("sure_more", n=rest, ids="…")))
        return self.block("shape_parts", lines)

    def where(self, part: Mapping[str, Any]) -> str:
        """Where a part lies, told by the drawn zones in which the parts differ."""
        split = {
            row["id"]: self.text(row["name"]) for row in self.drawn() if row["location"] == "split"
        }
        told = []
        for where in ("inside", "near"):
            names = [split[zone] for zone in part[where] if zone in split]
            if names:
                word = {"inside": "part_in", "near": "part_near"}[where]
                told.append(self.say(word, zones=self.words["and"].join(names)))
        if told:
            return self.words["listed"].join(told)
        return self.words["part_same" if split else "part_whole"]


def tone_of(part: Mapping[str, Any]) -> str:
    """The tone of a part: its verdict if one activity was asked, else its strongest sure rule."""
    if len(part["verdicts"]) == 1:
        return str(part["verdicts"][0]["verdict"])
    if part["strongest"] is not None:
        return str(part["strongest"])
    known = any(row["verdict"] != "no_data" for row in part["verdicts"])
    return "cannot_determine" if known else "no_data"


def drawn_zones(answer: Mapping[str, Any], lang: str) -> list[Mapping[str, Any]]:
    """The drawn zones, without those that are another one under the same name."""
    shown: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for row in answer["zones"]:
        if row["basis"] in _DRAWN:
            shares = tuple(row[where]["percent"] for where in ("inside", "near", "outside"))
            name = row["name"].get(lang) or row["name"]["zh"]
            shown.setdefault((name, *shares), row)
    return list(shown.values())


def undrawn_zones(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The zones nobody has drawn in which some of the shape may lie."""
    return [
        row
        for row in answer["zones"]
        if row["basis"] == "unmapped" and row["location"] in ("unmapped", "split")
    ]


def where_of(answer: Mapping[str, Any], book: Book, lang: str) -> list[str]:
    """Where each part lies, one line each."""
    writer = _ShapeWriter(answer, book, lang, True)
    return [writer.where(part) for part in answer["parts"]]
