"""From a shape and a question to a reply, off the main thread. No widgets in here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..asking import UNCUT

if TYPE_CHECKING:
    from ...jobs.open import Catalogue
    from ...jobs.progress import Progress
    from ...jobs.shape.ask import Pieces
    from ..asking import Question
    from .given import Given

TABLED = ("shape_zones", "shape_parts")  # blocks that the panel shows as tables


class ShapeReply(NamedTuple):
    """The answer JSON, its words as blocks and as text, where each part lies, and its cut."""

    answer: dict[str, Any]
    blocks: list[dict[str, Any]]
    text: str
    wheres: list[str]
    tones: list[str]
    given: Given
    pieces: Pieces


def ask(
    catalogue: Catalogue,
    given: Given,
    question: Question,
    lang: str,
    last: ShapeReply | None,
    *,
    progress: Progress,
) -> ShapeReply:
    """Cut and answer; what was cut for ``last`` is used again if shape and accuracy are the same.

    Raises jobs.answer.BadInput.
    """
    from ...jobs.present import to_text
    from ...jobs.shape import ask as shape
    from ...jobs.shape.digest import digest, tone_of, where_of
    from .engine import QgisEngine

    query = shape.ShapeQuery(
        accuracy_m=question.accuracy_m,
        extra_m=given.extra_m,
        date=question.date,
        alert=question.alert,
        activity=question.activity,
        facts=question.facts,
    )
    pieces = _cut_before(last, given, question)
    if pieces is None:
        pieces = shape.pieces_of(catalogue.data, given.geojson, QgisEngine(), query, progress)
    answer = shape.answer(catalogue.data, catalogue.book, pieces, query, progress)
    answer["query"]["corners"] = given.corners
    answer["notes"] = [*given.notes, *answer["notes"]]
    blocks = digest(answer, catalogue.book, lang, everything=True)
    brief = digest(answer, catalogue.book, lang)
    return ShapeReply(
        answer,
        [block for block in blocks if block["kind"] not in TABLED],
        to_text(brief, columns=UNCUT, detail=question.activity is not None),
        where_of(answer, catalogue.book, lang),
        [tone_of(part) for part in answer["parts"]],
        given,
        pieces,
    )


def _cut_before(last: ShapeReply | None, given: Given, question: Question) -> Pieces | None:
    """The cut of the reply before, if nothing that decides it has changed."""
    if last is None or last.given is not given:
        return None
    from ...jobs.answer import DEFAULTS

    accuracy = DEFAULTS["accuracy_m"] if question.accuracy_m is None else question.accuracy_m
    return last.pieces if last.answer["query"]["accuracy_m"] == accuracy else None
