"""The fixed words of digests and lists, read from words*.json, which the web page reads too."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path


@cache
def words(lang: str, part: str = "words") -> dict[str, str]:
    """Words and templates by name in `lang` (zh or en); `part` is the file they are in."""
    with (Path(__file__).parent / f"{part}.json").open(encoding="utf-8") as file:
        found: dict[str, str] = json.load(file)[lang]
    return found
