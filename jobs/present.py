"""Blocks of a digest as terminal text and as escaped HTML."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

Block = Mapping[str, Any]

ICONS = {
    "prohibited": "✖",
    "restricted": "◆",
    "required": "●",
    "exempt": "○",
    "not_concerned": "–",
    "cannot_determine": "?",
    "conflict": "⚡",
    "no_data": "∅",
}
"""An icon beside every colour, so that colour is never the only sign."""


def width_of(text: str) -> int:
    """Terminal columns of `text`; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def clip(text: str, columns: int) -> str:
    """`text` cut to at most `columns` terminal columns, with … where it was cut."""
    if width_of(text) <= columns:
        return text
    used, kept = 1, []
    for char in text:
        used += width_of(char)
        if used > columns:
            break
        kept.append(char)
    return "".join(kept) + "…"


def printable(text: str) -> str:
    """`text` without control characters, which a hostile name could use to repaint a terminal."""
    return "".join(char if char >= " " and char != "\x7f" else " " for char in text)


def to_text(blocks: Sequence[Block], *, columns: int = 100, detail: bool = False) -> str:
    """The blocks as lines of at most `columns`; with `detail` nothing is cut or folded."""
    lines: list[str] = []
    for block in blocks:
        if block["title"]:
            lines.append(
                f"【{block['title']}】" if _chinese(block["title"]) else f"[{block['title']}]"
            )
        for item in block["lines"]:
            lines += _text_lines(item, columns, detail)
    return "\n".join(printable(line) for line in lines)


def _chinese(text: str) -> bool:
    return any("一" <= char <= "鿿" for char in text)


def _text_lines(item: Mapping[str, Any], columns: int, detail: bool) -> list[str]:
    icon = ICONS.get(item["tone"] or "", "")
    head = f"{icon} " if icon else ""
    cite = f" {item['cite']}" if item["cite"] else ""
    if detail:
        return [head + item["text"] + cite, *(f"    {text}" for text in item["detail"])]
    return [head + clip(item["text"], columns - width_of(head + cite)) + cite]


def to_html(blocks: Sequence[Block], colours: Mapping[str, str] | None = None) -> str:
    """The blocks as simple escaped HTML (headings, paragraphs, lists) for a rich-text view.

    `colours` maps a tone to a CSS colour; the icon and the words say the same without it.
    """
    colours = colours or {}
    parts = []
    for block in blocks:
        if block["title"]:
            parts.append(f"<h4>{escape(block['title'])}</h4>")
        parts += [_html_line(item, colours) for item in block["lines"]]
    return "\n".join(parts)


def _html_line(item: Mapping[str, Any], colours: Mapping[str, str]) -> str:
    tone = item["tone"] or ""
    icon = ICONS.get(tone, "")
    colour = colours.get(tone)
    style = f' style="color:{escape(colour)}"' if colour else ""
    mark = f"<b{style}>{icon}</b> " if icon else ""
    cite = f' <span style="color:#777">{escape(item["cite"])}</span>' if item["cite"] else ""
    return f"<p>{mark}{escape(item['text'])}{cite}{_html_detail(item['detail'])}</p>"


def _html_detail(detail: Iterable[str]) -> str:
    return "".join(f"<br><small>&nbsp;&nbsp;{escape(text)}</small>" for text in detail)
