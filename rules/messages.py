"""Texts of an answer in Chinese and English, filled from tables.json."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .logic import tables

LANGUAGES = ("zh", "en")
_GAP = re.compile(r"\{(\w+)\}")
Text = Mapping[str, str]


def fill(template: str, args: Mapping[str, str]) -> str:
    """Replace each {name} of `template`, once: what stands in a value is never read as a gap."""
    return _GAP.sub(lambda gap: args.get(gap[1], gap[0]), template)


_ONE = re.compile(
    r"(?<![\d.,])1 (row|cell|error|warning|case|zone|rule|source|centre|extract|page|place|activit)"
    r"(ies|s)( (?:have|are|do|lie|were)\b)?(?!\w)"
)
_ONE_DOES = {"have": "has", "are": "is", "do": "does", "lie": "lies", "were": "was"}


def counted(text: str) -> str:
    """English with one of something in the singular: `1 rows have` is `1 row has`."""

    def one(found: re.Match[str]) -> str:
        verb = (found[3] or "").strip()
        thing = found[1] + ("y" if found[2] == "ies" else "")
        return f"1 {thing}" + (f" {_ONE_DOES[verb]}" if verb else "")

    return _ONE.sub(one, text)


class Line(str):
    """One line in both languages: the text itself is English, `zh` the Chinese."""

    zh: str

    def __new__(cls, en: str, zh: str) -> Line:
        made = super().__new__(cls, en)
        made.zh = zh
        return made

    def __reduce__(self) -> tuple[type[Line], tuple[str, str]]:
        return Line, (str(self), self.zh)  # an error may come from another process


def in_language(text: object, lang: str) -> str:
    """A Line, or an error that was raised with one, in `lang`; anything else as it is."""
    if isinstance(text, BaseException) and len(text.args) == 1 and isinstance(text.args[0], str):
        text = text.args[0]
    return text.zh if isinstance(text, Line) and lang == "zh" else str(text)


def error(code: str, **args: str) -> Line:
    """What is wrong with an input, from tables.json; `args` may be Lines."""
    template = tables()["errors"][code]
    return Line(
        *(
            fill(template[lang], {name: in_language(arg, lang) for name, arg in args.items()})
            for lang in ("en", "zh")
        )
    )


def both(value: object) -> dict[str, str]:
    """The same words in both languages, for dates, figures and ids."""
    return {"zh": str(value), "en": str(value)}


def label(group: str, name: str) -> dict[str, str]:
    """The shared label of a fixed word (an outcome, a location, a value …)."""
    found = tables()["labels"][group].get(name)
    return dict(found) if found else both(name)


def reason(code: str, **args: Text | str) -> dict[str, Any]:
    """One step of `because`: {code, args, zh, en}; `args` are bilingual texts or plain words.

    Raises KeyError for a code that tables.json does not know.
    """
    template = tables()["messages"][code]
    texts = {name: both(arg) if isinstance(arg, str) else dict(arg) for name, arg in args.items()}
    return {
        "code": code,
        "args": texts,
        **{
            lang: fill(template[lang], {name: text[lang] for name, text in texts.items()})
            for lang in LANGUAGES
        },
    }
