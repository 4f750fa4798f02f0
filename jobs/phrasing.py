"""How a digest puts things: labels, lists, citations and lines in one language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..rules.explain import key_name, value_name
from ..rules.logic import tables
from .wording import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..rules.model import Book

Block = dict[str, Any]
Line = dict[str, Any]


def line(text: str, *, cite: str = "", tone: str | None = None, detail: Iterable[str] = ()) -> Line:
    """One line of a block. `jobs.linked` adds what of it can be followed."""
    return {"text": text, "cite": cite, "tone": tone, "detail": list(detail)}


def short(name: str) -> str:
    """A label without its explanatory bracket or clause: `排放阶段：国Ⅰ=1 …` is `排放阶段`."""
    head = re.split(r"[（(;；:：]", name)[0].strip()
    return head or name


class Phrasing:
    """The words of one language for one catalogue."""

    def __init__(self, book: Book, lang: str) -> None:
        self.book, self.lang = book, lang
        self.words = words(lang)
        self.labels = tables()["labels"]

    def say(self, name: str, **args: object) -> str:
        return self.words[name].format(**args)

    def join(self, parts: Iterable[str]) -> str:
        return self.words["comma"].join(parts)

    def text(self, both: Mapping[str, str]) -> str:
        return both.get(self.lang) or both["zh"]

    def label(self, group: str, name: str) -> str:
        return str(self.labels[group][name][self.lang])

    def key(self, name: str) -> str:
        text = key_name(self.book, name)[self.lang]
        return short(text) if name in self.book.facts else text

    def activity(self, name: str) -> str:
        return short(self.book.activities[name][self.lang])

    def document(self, name: str) -> str:
        """The document as a citation names it: its number, else its short name."""
        record = self.book.documents[name]
        return str(record.get("number") or self.text(record.get("short") or record["title"]))

    def cite(self, cite: Mapping[str, Any]) -> str:
        return self.say("cite", number=self.document(cite["document"]), clause=cite["clause"])

    def block(self, kind: str, lines: Iterable[Line], title: str | None = None) -> Block:
        return {"kind": kind, "title": self.words.get(title or kind, ""), "lines": list(lines)}

    def value(self, key: str, value: Any) -> str:
        if key in self.book.facts:
            return value_name(self.book, key, value)[self.lang]
        return self.label("alert" if key == "alert" else "value", value)
