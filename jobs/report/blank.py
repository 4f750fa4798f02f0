"""The page of a row that has no extract: what the row says, and why nothing could be looked up."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ... import __version__
from ...rules.messages import LANGUAGES
from ..wording import words
from .blocks import Note, Pairs, Section, Text
from .leaf import SCHEMA, Leaf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..open import Catalogue

__all__ = ["Blank"]


class Blank(Leaf):
    """A row of a table that cannot be answered. `fault`: why; `cells`: its cells by heading."""

    def __init__(
        self,
        catalogue: Catalogue,
        lang: str,
        name: str,
        row: int,
        made: str,
        fault: str,
        cells: Mapping[str, str],
    ) -> None:
        super().__init__(catalogue, lang, name, row, made)
        self.fault, self.cells = fault, dict(cells)

    @cached_property
    def number(self) -> str:
        """What it is called: twelve digits of what it says."""
        told = [self.fault, self.cells, self.lang, self.name, self.row]
        digits = hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8")).hexdigest()
        return f"ZR-NONE-{digits[:12].upper()}"

    @property
    def head(self) -> str:
        """Title and number of the row."""
        parts = [self.say["title"], f"{self.say['row']} {self.row}"]
        return " · ".join([*parts, self.name] if self.name else parts)

    @property
    def leading(self) -> list[Note]:
        """Why there is no answer, which is what a reader must know first."""
        return [Note(self.say["blank"].format(text=self.fault), "failed")]

    @cached_property
    def sections(self) -> list[Section]:
        """What the row says, and what its page does not mean."""
        say, about = self.say, self.catalogue.data
        rows = [(say["row"], str(self.row))]
        rows += [(heading, cell) for heading, cell in self.cells.items() if cell.strip()]
        prints = {"version": about["version"], "fingerprint": about["fingerprint"]}
        told = say["about_catalogue"].format(program=__version__, **prints)
        return [
            Section("asked", say["blank_cells"], [Pairs(rows)]),
            Section("about", say["about"], [Text(say["blank_about"], "lead"), Text(told)]),
        ]

    def json(self) -> dict[str, Any]:
        """Schema zonerules/extract/1 without an answer, but with why."""
        return {
            "schema": SCHEMA,
            "number": self.number,
            "made": self.made,
            "language": self.lang,
            "name": self.name or None,
            "row": self.row,
            "fault": self.fault,
            "cells": self.cells,
            "program": __version__,
            "unofficial": {lang: words(lang, "words_report")["unofficial"] for lang in LANGUAGES},
            "answer": None,
        }
