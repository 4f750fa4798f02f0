"""What an extract and the page of a row without one have in common: title, words, formats."""

from __future__ import annotations

import datetime
import json
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...rules.messages import Line
from ..answer import BadInput
from ..wording import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..open import Catalogue
    from .blocks import Note, Section

__all__ = ["SCHEMA", "Leaf", "stamp"]

SCHEMA = "zonerules/extract/1"
STYLES = Path(__file__).resolve().parents[2] / "styles"


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


class Leaf:
    """One place in one language, in every format. `name`, `row`: of a table; `made`: its time."""

    def __init__(
        self, catalogue: Catalogue, lang: str, name: str, row: int | None, made: str
    ) -> None:
        self.catalogue, self.lang, self.name, self.row, self.made = catalogue, lang, name, row, made
        self.say = words(lang, "words_report")

    # -- what every kind says by itself -------------------------------------------------------

    @property
    def number(self) -> str:
        """What it is called, from all that it says but its time."""
        raise NotImplementedError

    @property
    def head(self) -> str:
        """What stands on top of every page."""
        raise NotImplementedError

    @property
    def leading(self) -> Sequence[Note]:
        """What stands before all sections."""
        raise NotImplementedError

    @property
    def sections(self) -> Sequence[Section]:
        """What it says, part by part, as plain blocks."""
        raise NotImplementedError

    def json(self) -> dict[str, Any]:
        """As JSON of schema zonerules/extract/1."""
        raise NotImplementedError

    # -- the same of all ----------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The heading, with the name of the place if it has one."""
        return f"{self.say['title']} · {self.name}" if self.name else self.say["title"]

    @property
    def label(self) -> str:
        """What a table of contents calls it."""
        return self.name or self.head

    @cached_property
    def palette(self) -> dict[str, Any]:
        """Colours and labels, of styles/palette.json."""
        found: dict[str, Any] = json.loads((STYLES / "palette.json").read_text(encoding="utf-8"))
        return found

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
