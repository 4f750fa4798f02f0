"""The parts of the documentation that are made from the program itself, in Chinese and English.

A page of ``docs/`` says where with ``<!-- made: NAME -->`` on a line of its own; the site's hook
puts there what ``MAKERS[NAME](language)`` returns. Nothing made is committed, so nothing can go
stale.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import algorithms, cli, evaluation, messages, schemas, shapes, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MAKERS", "MARK", "filled"]

MARK = re.compile(r"^<!-- made: ([a-z-]+) -->$", re.MULTILINE)
MAKERS: dict[str, Callable[[str], str]] = {
    "algorithms": algorithms.algorithms,
    "answer": schemas.answer,
    "activities": vocabulary.activities,
    "cli": cli.commands,
    "common": schemas.common,
    "effects": evaluation.effects,
    "errors": messages.errors,
    "facts": vocabulary.facts,
    "files": shapes.files,
    "labels": evaluation.labels,
    "logic": evaluation.logic,
    "messages": messages.messages,
    "outcomes": evaluation.outcomes,
    "records": schemas.records,
    "shapes": shapes.shapes,
    "undrawn": shapes.undrawn,
    "units": vocabulary.units,
}


def filled(text: str, lang: str) -> str:
    """The Markdown of a page with what its marks ask for; KeyError for a mark nobody makes."""
    return MARK.sub(lambda mark: MAKERS[mark[1]](lang).strip(), text)
