"""Markdown written by the program: cells that cannot break their table, headings, code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LIVE = re.compile(r"([\\`*_\[\]<>|{}])")


def plain(text: object) -> str:
    """Words that are shown as they are: nothing in them is read as Markdown or HTML."""
    return _LIVE.sub(r"\\\1", " ".join(str(text).split())).replace("\\<", "&lt;")


def code(text: object) -> str:
    """A word to be typed; empty for nothing."""
    shown = " ".join(str(text).split()).replace("|", "\\|")
    mark = "``" if "`" in shown else "`"
    return f"{mark}{shown}{mark}" if shown else ""


def codes(words: Iterable[object]) -> str:
    """Words to be typed, with spaces between them."""
    return " ".join(code(word) for word in words)


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are Markdown already."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def heading(level: int, text: str, anchor: str = "") -> str:
    """A heading with a blank line around it, and an anchor of its own where one is given."""
    mark = f" {{#{anchor}}}" if anchor else ""
    return f"\n{'#' * level} {text}{mark}\n\n"


def block(text: str, kind: str = "sh") -> str:
    """A fenced block."""
    return f"```{kind}\n{text}\n```\n"
