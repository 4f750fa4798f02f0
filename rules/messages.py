"""Texts of an answer in Chinese and English, filled from tables.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .logic import tables

LANGUAGES = ("zh", "en")
Text = Mapping[str, str]


def fill(template: str, args: Mapping[str, str]) -> str:
    """Replace each {name} of `template`; the JavaScript twin does the same plain replacement."""
    for name, value in args.items():
        template = template.replace("{" + name + "}", value)
    return template


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
