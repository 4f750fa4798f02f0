"""The extract itself: an answer, what else belongs to it, its number and its time."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import __version__
from ...rules.messages import LANGUAGES, Line
from ..answer import BadInput, Query
from ..answer import answer as ask
from ..objection import fingerprint
from ..present import printable
from ..timeline import timeline
from ..wording import words
from .leaf import SCHEMA, Leaf, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..open import Catalogue
    from .blocks import Note, Section
    from .plan import Plan

__all__ = ["SCHEMA", "Extract", "extract", "one_line", "short_name"]

LONGEST_NAME = 200


def extract(
    catalogue: Catalogue,
    asked: Mapping[str, Any] | Query,
    *,
    lang: str = "zh",
    name: str = "",
    row: int | None = None,
    everything: bool = False,
    made: str | None = None,
    remarks: Sequence[str] = (),
    origin: str = "",
) -> Extract:
    """Make the extract of an answer (schema zonerules/answer/1), or of a question to be answered.

    `lang`: zh or en; `name`, `row`: what a table calls the place, and the number of its row from 1;
    `everything`: also the duties of government and what another day would bring; `made`: the time
    that is stated, ISO 8601, otherwise that of :func:`stamp`; `remarks`: what of a table's row
    could not be read; `origin`: where the place comes from if not from coordinates. Raises
    answers.BadInput.
    """
    if lang not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise BadInput(Line(f"lang {lang}: expected {known}", f"lang {lang}：应为 {known}"))
    if isinstance(asked, Query):
        asked = ask(catalogue.data, catalogue.located, catalogue.book, asked)
    told, called = tuple(map(one_line, remarks)), short_name(name)
    when = made or stamp()
    return Extract(catalogue, asked, lang, called, row, everything, when, told, one_line(origin))


def one_line(text: str) -> str:
    """A text without line breaks, control and direction marks."""
    return " ".join(printable(text).split())


def short_name(name: str) -> str:
    """What a table calls a place, in one line and cut where it is no name any more."""
    called = one_line(name)
    return called[:LONGEST_NAME] + "…" if len(called) > LONGEST_NAME else called


class Extract(Leaf):
    """One place, one day, one language. Made by :func:`extract`; nothing of it ever changes.

    The same question to the same catalogue gives the same `number` and, for the same `made`, the
    same bytes in every format.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        answer: Mapping[str, Any],
        lang: str,
        name: str,
        row: int | None,
        everything: bool,
        made: str,
        remarks: Sequence[str] = (),
        origin: str = "",
    ) -> None:
        super().__init__(catalogue, lang, name, row, made)
        self.answer, self.everything = answer, everything
        self.remarks, self.origin = tuple(remarks), origin

    @cached_property
    def number(self) -> str:
        """What the extract is called: the day and twelve digits of question and answer."""
        names = ("answer", "lang", "name", "row", "remarks", "origin", "everything")
        told = {name: getattr(self, name) for name in names}
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digits = hashlib.sha256(text.encode("utf-8")).hexdigest()[:12].upper()
        return f"ZR-{self.answer['query']['date'].replace('-', '')}-{digits}"

    @property
    def head(self) -> str:
        """What stands on top of every page: place, day and name."""
        query = self.answer["query"]
        parts = [self.say["title"], f"{query['lon']:.6f}, {query['lat']:.6f}", query["date"]]
        # a long name must not push out the rest
        return " · ".join([*parts, self.name] if self.name else parts)

    @property
    def overlay(self) -> dict[str, Any] | None:
        """The user's own data that were used, {name, zones}; the folder's name without its path,
        which would tell whose machine it is."""
        told = self.catalogue.data.get("overlay")
        return {"name": Path(told["path"]).name, "zones": told["zones"]} if told else None

    @cached_property
    def timeline(self) -> dict[str, Any]:
        """The years around the answer, of schema zonerules/timeline/1."""
        return timeline(self.catalogue, self.answer)

    @cached_property
    def map(self) -> Plan:
        """The map around the place, and what is on it."""
        from .plan import plan

        return plan(self.answer, self.catalogue.data, self.palette, self.lang)

    @cached_property
    def full(self) -> Mapping[str, Any]:
        """The answer with the rules that do not concern as well, as `at --all` lists them."""
        if any(row["outcome"] == "not_concerned" for row in self.answer["rules"]):
            return self.answer
        query = self.answer["query"]
        given = ("lon", "lat", "datum", "accuracy_m", "date", "alert", "activity", "facts")
        told = {name: query[name] for name in given}
        # sources are those of the answer; to look for more takes time
        return self.catalogue.at(**told, radius_km=0, all_rules=True)

    @cached_property
    def leading(self) -> Sequence[Note]:
        """What stands before all sections: ended plans and whatever could not be read."""
        from .content import leading

        return leading(self)

    @cached_property
    def sections(self) -> list[Section]:
        """What it says, part by part, as plain blocks."""
        from .content import sections

        return sections(self)

    def json(self) -> dict[str, Any]:
        """The answer with what belongs to the extract: schema zonerules/extract/1."""
        from .shapes import shapes

        return {
            "schema": SCHEMA,
            "number": self.number,
            "made": self.made,
            "language": self.lang,
            "name": self.name or None,
            "row": self.row,
            "remarks": list(self.remarks),
            "origin": self.origin or None,
            "overlay": self.overlay,
            "program": __version__,
            "unofficial": {lang: words(lang, "words_report")["unofficial"] for lang in LANGUAGES},
            "answer_fingerprint": fingerprint(self.answer),
            "answer": dict(self.answer),
            "shapes": shapes(self),
            "timeline": self.timeline,
        }
