"""An objection: the answer as it was given, what the user believes instead, and why.

A JSON file for the data keeper's tools and a text file for the data keeper, side by side. It never
changes the catalogue and no evaluator reads it. Standard library only.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import TYPE_CHECKING, Any

from ..layers.catalogue.store import write_bytes
from .digest import digest
from .present import printable, to_text
from .wording import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..rules.model import Book

__all__ = ["FOLDER", "SCHEMA", "as_text", "fingerprint", "objection", "subjects", "write"]

SCHEMA = "zonerules/objection/1"
FOLDER = "objections"
LONGEST = 20_000  # characters of a statement; more is an attachment, not a note


def fingerprint(answer: Mapping[str, Any]) -> str:
    """``sha256:`` and the digest of the answer as canonical JSON (sorted keys, no spaces)."""
    text = json.dumps(answer, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


def objection(
    answer: Mapping[str, Any],
    *,
    believes: str,
    because: str,
    about: str = "",
    lang: str = "zh",
    made: str | None = None,
) -> dict[str, Any]:
    """The record. `about`: a zone, rule, source or document id, or empty for the whole answer.

    `made`: the time of writing, ISO 8601; now unless told. Raises ValueError when `believes` or
    `because` says nothing or `about` is nothing of this answer.
    """
    told = {"believes": believes.strip(), "because": because.strip()}
    for name, text in told.items():
        if not text:
            raise ValueError(f"{name}: expected a few words")
        if len(text) > LONGEST:
            raise ValueError(f"{name}: at most {LONGEST} characters")
    if about and about not in subjects(answer):
        raise ValueError(f"about {about}: not in this answer")
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    return {
        "schema": SCHEMA,
        "made": made or now,
        "language": lang,
        "about": about or None,
        **told,
        "catalogue": dict(answer["catalogue"]),
        "answer_fingerprint": fingerprint(answer),
        "answer": dict(answer),
    }


def subjects(answer: Mapping[str, Any]) -> list[str]:
    """The ids an objection to this answer may be about, in the answer's own order."""
    rows = (*answer["zones"], *answer["rules"], *answer["sources"])
    return list(dict.fromkeys([*(row["id"] for row in rows), *_documents(answer)]))


def _documents(answer: Mapping[str, Any]) -> list[str]:
    covered = answer["coverage"]
    return [name for part in ("documents", "reaching", "expired") for name in covered[part]]


def as_text(record: Mapping[str, Any], book: Book) -> str:
    """The objection as a letter: what is believed and why, then the answer objected to."""
    say = words(record["language"], "words_objection")
    answer = record["answer"]
    blocks = digest(answer, book, record["language"], everything=True)
    head = [
        say["title"],
        "",
        say["made"].format(made=record["made"]),
        say["about"].format(about=record["about"] or say["whole"]),
        say["catalogue"].format(**record["catalogue"]),
        say["fingerprint"].format(fingerprint=record["answer_fingerprint"]),
    ]
    statement = [
        "",
        say["believes"],
        *_lines(record["believes"]),
        "",
        say["because"],
        *_lines(record["because"]),
        "",
        say["answer"],
        "",
    ]
    return "\n".join([*head, *statement, to_text(blocks, columns=100, detail=True), ""])


def _lines(text: str) -> list[str]:
    return ["    " + printable(line) for line in text.splitlines()]


def write(record: Mapping[str, Any], book: Book, folder: Path) -> tuple[Path, Path]:
    """Write the JSON and the text file into ``folder/objections``; returns both paths.

    Raises OSError. An objection with the same words to the same answer at the same second replaces
    itself; nothing else is ever written over.
    """
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    mark = hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
    day = "".join(char for char in record["made"] if char.isdigit())[:14]
    stem = folder / FOLDER / f"objection-{day}-{mark}"
    paths = stem.with_suffix(".json"), stem.with_suffix(".txt")
    write_bytes(paths[1], as_text(record, book).encode("utf-8"))
    write_bytes(paths[0], text.encode("utf-8") + b"\n")  # last: where it is, its text is too
    return paths
