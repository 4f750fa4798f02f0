"""What `zonerules delimit` prints: the edges of each part, what is left over, what was assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...layers.draft.notes import reading
from ..wording import words

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["confidence", "offset", "readings", "to_text"]


def to_text(told: Mapping[str, Any], lang: str) -> str:
    """The answer of ``ask.report`` or ``Words.as_json`` in lines."""
    say = words(lang, "words_delimit")
    lines: list[str] = []
    for number, part in enumerate(told["parts"], 1):
        label = f"  {part['label']}" if part.get("label") else ""
        lines.append(say["part"].format(n=number) + label)
        lines += [f"  {text}" for text in _part(part, say)]
    if not told["parts"]:
        lines.append(say["nothing"])
    for key in ("unread", "beside"):
        lines += [f"{say[key]}{text}" for text in told[key]]
    lines += [say["other"] + text[lang] for text in told["alternatives"]]
    lines += [say["doubt"] + row[lang] for row in told["doubts"]]
    if "draft" in told:
        lines += _draft(told["draft"], say, lang)
    lines.append(confidence(told, say))
    lines.append(say["confirm"])
    return "\n".join(lines)


def _part(part: Mapping[str, Any], say: Mapping[str, str]) -> list[str]:
    lines = []
    for edge in part["edges"]:
        text = f"{say['between' if edge.get('between') else edge['edge']]} {edge['name']}"
        if edge["from"]:
            to = edge["to"] or say.get(str(edge.get("toward")), "")
            text += f" [{edge['from']}{'—' if to else ''}{to}]"
        text += f"（{'、'.join(edge['aka'])}）" if edge.get("aka") else ""
        text += offset(edge, say)
        lines.append(f"{text}  {say[edge['include']]}")
    if part.get("points"):
        lines.append(say["points"].format(n=len(part["points"]), m=part["points_m"]))
    for split in part.get("splits", []):
        halves = " / ".join(say[f"half_{side}"] for side in split["sides"])
        lines.append(say["split"].format(name=split["name"], halves=halves))
    for corridor in part.get("corridors", []):
        width = corridor["width_m"]
        known = say["metres"].format(m=width) if width else say["no_width"]
        name = corridor["name"]
        if corridor["from"]:
            name += f" [{corridor['from']}{'—' if corridor['to'] else ''}{corridor['to'] or ''}]"
        lines.append(say[f"corridor_{corridor['side']}"].format(name=name, width=known))
    if part["units"]:
        key = "inside" if _bounds(part) else "units"
        lines.append(say[key] + "、".join(part["units"]))
    lines += [say["minus"] + text for text in part["minus"]]
    if part.get("area_km2"):
        lines.append(say["area"].format(a=part["area_km2"]))
    return lines


def offset(edge: Mapping[str, Any], say: Mapping[str, str]) -> str:
    """How far beyond an edge, or inside it, the boundary runs; empty where it is the edge."""
    metres = edge.get("offset_m") or 0.0
    key = "offset" if metres > 0 else "offset_in"
    return say[key].format(m=abs(metres)) if metres else ""


def confidence(told: Mapping[str, Any], say: Mapping[str, str]) -> str:
    """How sure the reading is, and the draft where one was asked for."""
    if "draft" not in told:
        return say["confidence"].format(c=told["confidence"])
    drawn = "confidence_drawn" if told["draft"]["zones"] else "confidence_undrawn"
    return say[drawn].format(c=told["confidence"], r=told["reading_confidence"])


def readings(
    draft: Mapping[str, Any], say: Mapping[str, str], lang: str
) -> list[tuple[str, list[str]]]:
    """Each part that can be drawn in several ways: how many, and what each of them is."""
    by_part: dict[int, list[str]] = {}
    for row in draft["readings"]:
        text = say["reading"].format(id=reading(row["id"], lang), a=row["area_km2"])
        by_part.setdefault(row["part"], []).append(text)
    head = "readings" if len(by_part) < 2 else "readings_part"
    return [
        (say[head].format(n=len(texts), part=part + 1), texts)
        for part, texts in by_part.items()
        if len(texts) > 1
    ]


def _bounds(part: Mapping[str, Any]) -> bool:
    """Whether a part has lines or corners of its own, beside the units it lies in."""
    return any(part.get(key) for key in ("edges", "corridors", "splits", "points"))


def _draft(draft: Mapping[str, Any], say: Mapping[str, str], lang: str) -> list[str]:
    about = {"lines": draft["lines"], "n": draft["count"], "crs": draft["crs"]}
    nameless = draft.get("nameless", 0)
    head = "drawn_on_some" if nameless else "drawn_on"
    lines = ["", say[head].format(**about, nameless=nameless)]
    for edge in draft["edges"]:
        low, high = edge["accuracy_m"]
        figure = f"{low:g}" if low == high else f"{low:g}–{high:g}"
        ids = "、".join(edge["lines"][:3]) + (" …" if len(edge["lines"]) > 3 else "")
        lines.append("  " + say["edge"].format(name=edge["name"], ids=ids, m=figure))
    for head, texts in readings(draft, say, lang):
        lines += [head, *(f"  {text}" for text in texts)]
    for key in ("assumptions", "missing"):
        if draft[key]:
            lines.append(say[key])
            lines += [f"  · {note[lang]}" for note in draft[key]]
    for zone in draft["zones"]:
        lines.append(say["zone"].format(id=zone["id"], **zone["area_km2"]))
    if not draft["zones"]:
        lines.append(say["no_draft"])
    if draft.get("out"):
        lines.append(say["written"].format(out=draft["out"]))
    return lines
