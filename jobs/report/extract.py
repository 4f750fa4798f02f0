"""The extract itself: an answer, what else belongs to it, its number and its time."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
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

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..open import Catalogue
    from .blocks import Note, Section
    from .plan import Plan

__all__ = ["SCHEMA", "Extract", "extract", "stamp"]

SCHEMA = "zonerules/extract/1"
LONGEST_NAME = 200
STYLES = Path(__file__).resolve().parents[2] / "styles"


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
) -> Extract:
    """Make the extract of an answer (schema zonerules/answer/1), or of a question to be answered.

    `lang`: zh or en; `name`, `row`: what a table calls the place, and the number of its row from 1;
    `everything`: also the duties of government and what another day would bring; `made`: the time
    that is stated, ISO 8601, otherwise that of :func:`stamp`; `remarks`: what of a table's row
    could not be read. Raises answers.BadInput.
    """
    if lang not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise BadInput(Line(f"lang {lang}: expected {known}", f"lang {lang}：应为 {known}"))
    if isinstance(asked, Query):
        asked = ask(catalogue.data, catalogue.located, catalogue.book, asked)
    called = " ".join(printable(name).split())
    if len(called) > LONGEST_NAME:
        called = called[:LONGEST_NAME] + "…"
    told = tuple(" ".join(printable(text).split()) for text in remarks)
    return Extract(catalogue, asked, lang, called, row, everything, made or stamp(), told)


def stamp() -> str:
    """The time that is stated: that of SOURCE_DATE_EPOCH if it is set, else now; UTC, seconds."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    utc = datetime.timezone.utc
    if given is None:
        when = datetime.datetime.now(utc)
    else:
        try:
            when = datetime.datetime.fromtimestamp(int(given), utc)
        except (ValueError, OverflowError, OSError):
            wrong = f"SOURCE_DATE_EPOCH {given}"
            raise BadInput(
                Line(f"{wrong}: expected seconds since 1970", f"{wrong}：应为 1970 年以来的秒数")
            ) from None
    return when.isoformat(timespec="seconds")


class Extract:
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
    ) -> None:
        self.catalogue, self.answer, self.lang = catalogue, answer, lang
        self.name, self.row, self.everything, self.made = name, row, everything, made
        self.remarks = tuple(remarks)
        self.say = words(lang, "words_report")

    @cached_property
    def number(self) -> str:
        """What the extract is called: the day and twelve digits of question and answer."""
        names = ("answer", "lang", "name", "row", "remarks", "everything")
        told = {name: getattr(self, name) for name in names}
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digits = hashlib.sha256(text.encode("utf-8")).hexdigest()[:12].upper()
        return f"ZR-{self.answer['query']['date'].replace('-', '')}-{digits}"

    @property
    def title(self) -> str:
        """The heading, with the name of the place if it has one."""
        return f"{self.say['title']} · {self.name}" if self.name else self.say["title"]

    @property
    def head(self) -> str:
        """What stands on top of every page: the title, the place and the day."""
        query = self.answer["query"]
        return f"{self.title} · {query['lon']:.6f}, {query['lat']:.6f} · {query['date']}"

    @property
    def label(self) -> str:
        """What a table of contents calls it."""
        return self.name or self.head

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
    def palette(self) -> dict[str, Any]:
        """Colours and labels, of styles/palette.json."""
        found: dict[str, Any] = json.loads((STYLES / "palette.json").read_text(encoding="utf-8"))
        return found

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

    def texts(self) -> str:
        """Every text of it in one, as a font must have it."""
        from .content import texts

        return texts(self)

    def html(self) -> str:
        """One HTML page without scripts, links to other files or a need for the network."""
        from .page import page

        return page([self])

    def pdf(self, font: Path | None = None) -> bytes:
        """A PDF with a subset of a Chinese font, from `font` or the first of the machine's.

        Needs fpdf2. Raises answers.BadInput where it or a font is missing.
        """
        from .pdf import book, typeface

        return book([self], typeface(font))

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
            "overlay": self.overlay,
            "program": __version__,
            "unofficial": {lang: words(lang, "words_report")["unofficial"] for lang in LANGUAGES},
            "answer_fingerprint": fingerprint(self.answer),
            "answer": dict(self.answer),
            "shapes": shapes(self),
            "timeline": self.timeline,
        }
