"""English words of the program (help of options, descriptions in schemas) in Chinese."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")
asked: set[str] = set()
"""English texts that were asked for in Chinese."""
untold: set[str] = set()
"""Those of them that are not in words.json."""


@cache
def table() -> dict[str, str]:
    """English -> Chinese, of every text that the program itself has in English only."""
    words: dict[str, str] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
    return words


def say(text: str, lang: str) -> str:
    """An English text of the program in ``lang``; one without Chinese stays and is noted."""
    plain = " ".join(text.split())
    if lang == "en" or not plain:
        return plain
    asked.add(plain)
    found = table().get(plain)
    if found is None:
        untold.add(plain)
        return plain
    return found


def pick(lang: str, zh: str, en: str) -> str:
    """The one of two words that ``lang`` asks for."""
    return zh if lang == "zh" else en
