"""Blocks of a digest as text for a terminal or a clipboard."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
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
    """`text` without control and direction marks, with which a name could repaint a terminal."""
    return "".join(
        " " if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") else char for char in text
    )


def to_text(blocks: Sequence[Block], *, columns: int = 100, detail: bool = False) -> str:
    """The blocks as lines of at most `columns`; with `detail` nothing is cut."""
    lines: list[str] = []
    for block in blocks:
        title = _title(block["title"])
        if title and len(block["lines"]) > 1:
            lines.append(title.rstrip())
            title = ""
        for item in block["lines"]:
            # Where one stands is worth a second line.
            room = 2 if block["kind"] == "place" else 1
            lines += _text_lines(item, title, columns, room, detail)
    return "\n".join(printable(line) for line in lines)


def _title(text: str) -> str:
    if not text:
        return ""
    return f"【{text}】" if _chinese(text) else f"[{text}] "


def _chinese(text: str) -> bool:
    return any("一" <= char <= "鿿" for char in text)


def _text_lines(
    item: Mapping[str, Any], title: str, columns: int, room: int, detail: bool
) -> list[str]:
    icon = ICONS.get(item["tone"] or "", "")
    head = title + (f"{icon} " if icon else "")
    cite = f" {item['cite']}" if item["cite"] else ""
    if detail:
        lines = _hanging(head + item["text"] + cite, columns, "  ")
        return lines + [
            part for text in item["detail"] for part in _hanging("    " + text, columns, "      ")
        ]
    lines = []
    text = head + item["text"]
    while len(lines) < room - 1 and width_of(text) > columns:
        whole = _break(clip(text, columns + 1)[:-1])  # fills the line; the rest goes on below
        lines.append(whole.rstrip())
        text = "  " + text[len(whole) :]
    return [*lines, clip(text, columns - width_of(cite)) + cite]


def _hanging(text: str, columns: int, indent: str) -> list[str]:
    """`text` in lines of at most `columns`, all but the first indented."""
    lines = []
    while width_of(text) > columns:
        whole = _break(clip(text, columns + 1)[:-1])
        lines.append(whole.rstrip())
        text = indent + text[len(whole) :].lstrip()
    return [*lines, text]


def _break(text: str) -> str:
    """`text` up to its last gap between words or items, if that is near its end."""
    gap = max(text.rfind(" "), text.rfind("；"))
    return text[: gap + 1] if gap > len(text) // 2 else text


def zones_once(answer: Mapping[str, Any], zones: Mapping[str, Any]) -> dict[str, Any]:
    """The answer for people to read: an administrative unit that is a zone of several documents is
    told once, with the ids of all. `zones`: those of the catalogue. The answer itself stays."""
    alike: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in answer["zones"]:
        unit = zones[row["id"]].get("unit") or row["id"]
        name, state = row["name"]["zh"], (row["location"], row["asserted"], row["in_force"])
        alike.setdefault((unit, name, *state), []).append(row)
    told = []
    for rows in alike.values():
        first = dict(rows[0])
        if len(rows) > 1:
            ids = [row["id"] for row in rows]
            zh, en = first["name"]["zh"], first["name"]["en"]
            first["name"] = {"zh": f"{zh}（{'、'.join(ids)}）", "en": f"{en} ({', '.join(ids)})"}
        told.append(first)
    return {**answer, "zones": told}
