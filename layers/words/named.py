"""The name of one edge taken apart: a stretch, metres beyond it, its middle, what follows 的."""

from __future__ import annotations

import re
from typing import NamedTuple

from .pieces import FIGURE, FROM, Name, metres

__all__ = ["Called", "called"]

_GROWN = re.compile(
    rf"^(?P<name>.{{2,}}?)(?:向?外(?:侧)?(?:延伸?|扩|推|移)|往外|以外|外)(?:约)?{FIGURE}(?:以内)?$"
)
_MIDDLE = re.compile(
    r"(?:道路)?(?:中心线|中线|(?<!规划)红线|边线)$|沿线$|(?<=[路街])[街路]心$|(?<=[路街])心$"
)  # fmt: skip
_OF = re.compile(r"^(?P<name>.{2,}?(?:路|街|道|河|渠|江|高速|环|线))的(?P<rest>.{2,})$")


class Called(NamedTuple):
    """rest: words behind the name that say no line."""

    text: str
    start: str | None = None
    end: str | None = None
    offset_m: float = 0.0
    rest: str = ""


def called(name: Name, ring: bool = False) -> Called:
    """What a printed name says beside the name."""
    text, rest = name.text, ""
    behind = _OF.match(text)
    if behind:
        text, rest = behind["name"], behind["rest"]
    grown = _GROWN.match(text)
    offset = metres(grown) or 0.0 if grown else 0.0
    text = grown["name"] if grown else text
    part = FROM.match(text)
    start, end = (part["from"], part["to"]) if part else (name.start, name.end)
    text = part["name"] if part else text
    text = re.sub(r"(?<=[路道线])(?:交叉|交汇)$", "", text)
    if ring:  # A路—沿B河南岸—C路
        text = re.sub(r"^沿(?![江河湖海滨沪山溪港城])(?=.{3,})", "", text)
    short = _MIDDLE.sub("", text)
    return Called(short if len(short) > 1 else text, start, end, offset, rest)
