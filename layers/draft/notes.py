"""What a draft tells: assumptions made and what is missing, in Chinese and English."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .model import Note

__all__ = ["note", "reading", "why"]


@cache
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    """notes.json: lang -> {"notes": code -> template, "words": what fills their gaps}."""
    text = (Path(__file__).parent / "notes.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, dict[str, str]]] = json.loads(text)
    return found


def note(code: str, **told: Any) -> Note:
    """A note with its text in both languages; the figures stay in it by their names."""
    texts = {lang: _filled(code, lang, told) for lang in ("zh", "en")}
    plain = {k: list(v) if isinstance(v, tuple) else v for k, v in told.items()}
    return {"code": code, **plain, **texts}


def _filled(code: str, lang: str, told: dict[str, Any]) -> str:
    words = _texts()[lang]["words"]
    comma = "、" if lang == "zh" else ", "
    shown: dict[str, Any] = {}
    for name, value in told.items():
        if isinstance(value, (list, tuple)):
            shown[name] = comma.join(words.get(str(text), str(text)) for text in value)
        else:
            shown[name] = words.get(value, value) if isinstance(value, str) else value
    if "way" in told:
        shown["way"] = reading(told["way"], lang)
    if "hint" in told:
        shown["hint"] = words["did_you_mean"].format(names=shown["hint"]) if told["hint"] else ""
    return _texts()[lang]["notes"][code].format(**shown)


_READING = re.compile(r"(?P<how>straight on (?P<road>.+?)|both straight on|shortest):(?P<roads>.+)")
_PLUS = re.compile(r"\+(?=straight on |both straight on:|shortest:)|(?<=^\d)\+|(?<=^\d\d)\+")


def reading(id: str, lang: str) -> str:
    """What a reading's id says, in words: which crossing, and how each gap is closed."""
    words = _texts()[lang]["words"]
    told = []
    for piece in _PLUS.split(id):
        found = _READING.fullmatch(piece)
        if found:
            how = "straight_on" if found["road"] else found["how"].replace(" ", "_")
            told.append(words[how].format(road=found["road"], roads=found["roads"]))
        elif piece.isdigit():
            told.append(words["crossing"].format(n=piece))
        elif piece != "literal" or not told:
            told.append(words["literal"] if piece == "literal" else piece)
    return ("；" if lang == "zh" else "; ").join(told)


_WHY = (
    ("one simple area", "crossed"),
    ("does not lie on the", "wrong_side"),
    ("in one place", "one_place"),
)


def why(error: Exception) -> str:
    """The word of notes.json for what layers.boundary found wrong."""
    return next((word for text, word in _WHY if text in str(error)), "other")
