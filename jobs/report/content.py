"""What an extract says, section by section: what was asked, the map, and what lies around it.

The rules themselves are in `articles`. Standard library only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import __version__
from ...layers.datum import to_wgs84
from ..digest import distance
from ..exchange.rights import text_in
from ..objection import fingerprint
from ..sheet import cited
from .blocks import Grid, Note, Pairs, Picture, Row, Section, Text
from .here import Here
from .shapes import shapes
from .years import years

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .blocks import Block
    from .extract import Extract
    from .leaf import Leaf

__all__ = ["leading", "sections", "texts"]


def leading(extract: Extract) -> list[Note]:
    """What a reader must know before anything else: ended plans, failed layers, odd cells."""
    return _Content(extract).leading()


def sections(extract: Extract) -> list[Section]:
    """The sections of an extract in their order; those that would be empty say so."""
    return _Content(extract).sections()


def texts(extract: Leaf) -> str:
    """Every text of an extract or a blank page, in no order, for whoever looks for a font."""
    found = [extract.title, extract.head, extract.number, extract.made, *extract.say.values()]
    found += [note.text for note in extract.leading]
    for section in extract.sections:
        found.append(section.title)
        for block in section.blocks:
            found += _of_block(block)
    found += [look["mark"] + look["label"][extract.lang] for look in _outcomes(extract).values()]
    return "".join(found)


def _outcomes(extract: Leaf) -> Mapping[str, Any]:
    looks: Mapping[str, Any] = extract.palette["outcome"]
    return looks


def _of_block(block: Block) -> Iterator[str]:
    if isinstance(block, Picture):
        yield from (block.caption, *block.drawing.texts())
    elif isinstance(block, Grid):
        yield from block.heads
        for row in block.rows:
            yield from row.cells
    elif isinstance(block, Pairs):
        for pair in block.rows:
            yield from pair
    elif isinstance(block, (Text, Note)):
        yield block.text
    else:
        yield from (block.mark, block.head, block.cite, *block.lines)


class _Content(Here):
    """Writes the sections; what it knows of rules comes from `Articles`."""

    def sections(self) -> list[Section]:
        parts = {
            "asked": self._asked(),
            "overview": self.overview(),
            "map": self.map(),
            "concerned": self.concerned(),
            "undetermined": self.undetermined(),
            "not_concerned": self.not_concerned(),
            "no_data": self.no_data(),
            "sources": self._sources(),
            "years": self._years(),
            "documents": self._documents(),
            "shapes": self._shapes(),
            "about": self._about(),
        }
        return [Section(name, self.say_own(name), blocks) for name, blocks in parts.items()]

    # -- what was asked -----------------------------------------------------------------------

    def _asked(self) -> list[Block]:
        query, say = self.answer["query"], self.say_own
        rows = [(say("name"), self.extract.name)] if self.extract.name else []
        if self.extract.row is not None:
            rows.append((say("row"), str(self.extract.row)))
        rows.append((say("place"), f"{query['lon']:.6f}, {query['lat']:.6f}"))
        rows.append((say("datum"), say(f"datum_{query['datum']}")))
        if self.extract.origin:
            rows.append((say("origin"), self.extract.origin))
        lon, lat = to_wgs84(query["lon"], query["lat"], query["datum"])
        if (lon, lat) != (query["lon"], query["lat"]):
            rows.append((say("wgs84"), f"{lon:.6f}, {lat:.6f}"))
        rows.append((say("accuracy"), self._accuracy()))
        rows.append((say("radius"), say("radius_value", km=f"{query['radius_km']:g}")))
        rows.append((say("date"), query["date"]))
        rows.append((say("alert"), self.label("alert", query["alert"])))
        activity = query["activity"]
        doing = self.book.activities[activity][self.lang] if activity else say("all_activities")
        rows.append((say("activity"), doing))
        told = query["facts"].items()
        facts = self.words["semicolon"].join(f"{self.key(k)}={self.value(k, v)}" for k, v in told)
        rows.append((say("facts"), facts or say("no_facts")))
        assumed = self.join(self.words[f"assumed_{name}"] for name in query["assumed"])
        rows.append((say("assumed"), assumed or say("nothing_assumed")))
        about = self.answer["catalogue"]
        prints = {"version": about["version"], "fingerprint": about["fingerprint"]}
        rows.append((say("catalogue"), say("catalogue_value", **prints)))
        own = self.extract.overlay
        if own is not None:
            rows.append((say("overlay"), say("overlay_value", **own)))
        rows.append((say("listed"), say("listed_all" if self.extract.everything else "listed_own")))
        return [Pairs(rows)]

    def _accuracy(self) -> str:
        query = self.answer["query"]
        figures = {"metres": f"{query['radius_m']:g}", "given": f"{query['accuracy_m']:g}"}
        more = query["radius_m"] != query["accuracy_m"]
        return self.say_own("accuracy_more" if more else "accuracy_value", **figures)

    def leading(self) -> list[Note]:
        """Ended plans, failed layers, what of a table's row could not be read."""
        covered = self.answer["coverage"]
        notes = [
            Note(item["text"] + (f" {item['cite']}" if item["cite"] else ""), item["tone"])
            for item in self.notices()["lines"]
        ]
        if covered["expired"] and not covered["documents"]:
            notes.insert(1, Note(self.say_own("ended_first"), "no_data"))
        notes += [
            Note(self.say_own("remark", text=text), "failed") for text in self.extract.remarks
        ]
        return notes

    # -- what lies around ---------------------------------------------------------------------

    def _sources(self) -> list[Block]:
        rows, query = [], self.answer["query"]
        known = {source["id"]: source for source in self.extract.catalogue.data["sources"]}
        looks = self.extract.palette["sources"]
        for number, row in enumerate(self.answer["sources"], start=1):
            place = known.get(row["id"], {}).get("location", {})
            exact = place.get("accuracy_m")
            look = looks.get(row["kind"]) or looks["other"]
            rows.append(
                Row(
                    (
                        str(number),
                        self.text(row["name"]),
                        look["label"][self.lang],
                        distance(row["distance_m"]),
                        self.metres([exact] if exact is not None else []),
                    )
                )
            )
        if not rows:
            return [Text(self.say_own("no_sources", km=f"{query['radius_km']:g}"))]
        names = ("number", "source", "kind", "distance", "location_accuracy")
        return [Grid([self.say_own(name) for name in names], (0.07, 0.45, 0.2, 0.14, 0.14), rows)]

    def _years(self) -> list[Block]:
        told = self.extract.timeline
        if not (told["documents"] or told["verdicts"] or told["rules"]):
            return [Text(self.say_own("no_years"))]
        drawn = years(told, self, self.extract.palette, self.extract.say)
        span = {"first": told["from"][:4], "last": told["until"][:4], "day": told["day"]}
        inside = told["from"] <= told["day"] <= told["until"]
        caption = [self.say_own("years_caption" if inside else "years_outside", **span)]
        if drawn.left_out:
            caption.append(self.say_own("years_left", n=drawn.left_out))
        blocks: list[Block] = [
            Picture(drawn.drawing, self.say_own("years_alt", **span), " ".join(caption))
        ]
        if told["left_out"]:
            keys = self.join(self.key(key) for key in told["left_out"])
            blocks.append(Text(self.say_own("years_left_out", keys=keys), "small"))
        change = self.answer["next_change"]
        text = self.say_own("next_change", day=change) if change else self.say_own("no_change")
        return [*blocks, Text(text)]

    def _documents(self) -> list[Block]:
        rows = []
        for entry in cited(self.answer, self.extract.catalogue.data):
            record = entry["record"]
            number = record.get("number") or self.say_own("no_number")
            issuer = self.text(record["issuer"])
            if record.get("issued"):
                issuer = self.say_own("issued", issuer=issuer, day=record["issued"])
            covers = record["covers"]
            span = self.say_own("until", first=covers["from"], last=covers["until"])
            lines = [f"{self.text(record['title'])} {number}"]
            lines += [str(record[key]) for key in ("url", "archive") if record.get(key)]
            clauses = self.join(entry["clauses"])
            cells = (self.words["semicolon"].join(lines), issuer, span, clauses)
            address = str(record.get("url") or "")
            # of a catalogue that nobody compiled it may be anything, javascript: too
            safe = address.startswith(("http://", "https://"))
            rows.append(Row(cells, link=address if safe else ""))
        if not rows:
            return [Text(self.say_own("none"))]
        names = ("document", "issuer", "covers", "clauses")
        return [Grid([self.say_own(name) for name in names], (0.36, 0.24, 0.16, 0.24), rows)]

    # -- accuracy and provenance --------------------------------------------------------------

    def metres(self, figures: list[float]) -> str:
        """An accuracy, from its best figure to its worst."""
        if not figures:
            return self.say_own("not_stated")
        low, high = min(figures), max(figures)
        if low == high:
            return self.say_own("metres", metres=f"{low:g}")
        return self.say_own("metres_range", low=f"{low:g}", high=f"{high:g}")

    def _shapes(self) -> list[Block]:
        rows = []
        for told in shapes(self.extract):
            edges = [
                self.say_own(
                    "edge", road=text_in(edge["road"], self.lang), metres=f"{edge['accuracy_m']:g}"
                )
                for edge in told["edges"]
                if edge["road"]
            ]
            exact = self.words["semicolon"].join(edges) or self.metres(told["accuracy_m"])
            origin = text_in(told["provenance"], self.lang)
            stated = [text_in(told[key], self.lang) for key in ("licence", "vintage") if told[key]]
            unknown = self.say_own("not_stated")
            rows.append(
                Row(
                    (
                        self._shape_name(told),
                        exact,
                        origin or unknown,
                        self.words["semicolon"].join(stated) or unknown,
                    )
                )
            )
        if not rows:
            return [Text(self.say_own("no_shapes"))]
        names = ("shape", "precision", "provenance", "licence")
        heads = [self.say_own(name) for name in names]
        return [Text(self.say_own("shapes_lead"), "small"),
                Grid(heads, (0.24, 0.2, 0.3, 0.26), rows)]  # fmt: skip

    def _shape_name(self, told: Mapping[str, Any]) -> str:
        name = self.text(told["name"])
        palette = self.extract.palette
        if told["of"] == "line":
            status = palette["lines"][told["basis"]]["label"][self.lang]
            return self.say_own("line_of", road=name, status=status)
        if told["own"]:
            name = self.say_own("own_data", text=name)
        if told["of"] == "zone":
            letter = {zone.id: zone.letter for zone in self.extract.map.zones}.get(told["id"], "")
            basis = palette["basis"][told["basis"]]["label"][self.lang]
            return f"{letter} {name}".strip() + self.words["semicolon"] + str(basis)
        return name

    def _about(self) -> list[Block]:
        say, about = self.say_own, self.answer["catalogue"]
        blocks: list[Block] = [Text(self.extract.say["unofficial"], "lead")]
        blocks += [Text(say(f"about_{name}")) for name in ("words", "unknown", "groups")]
        told = {"version": about["version"], "fingerprint": about["fingerprint"]}
        blocks.append(Text(say("about_catalogue", program=__version__, **told)))
        if self.extract.overlay is not None:
            blocks.append(Text(say("about_overlay", **self.extract.overlay)))
        prints = {"fingerprint": fingerprint(self.answer), "made": self.extract.made}
        return [*blocks, Text(say("about_id", **prints))]
