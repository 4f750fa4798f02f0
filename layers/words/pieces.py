"""What clauses are made of: names with their brackets, and the forms a clause can take."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lexicon import HOLE, is_line

__all__ = [
    "BEHIND",
    "FIGURE",
    "RING_TAIL",
    "TAIL",
    "Clause",
    "Name",
    "metres",
    "names_of",
    "signless",
    "trailing",
]

BEHIND = f"{HOLE}*"
FIGURE = r"(?P<n>\d+(?:\.\d+)?)(?P<unit>米|m|M|公里|千米|km|KM|Km)"
TAIL = re.compile(
    r"(?:四至)?(?:以内|之内|内)?(?:的|这一|所在)*(?:区域|范围|四至)+的?(?:以内|之内|内|里)?$"
    r"|(?<=[东南西北侧])的?(?:地区|地带|片区|部分|区块)?(?:之内|以内|内)?$"
)
RING_TAIL = re.compile(
    r"(?:的|等)?(?:道路|路段|线路|河流|街道)?(?:所|共同|依次|首尾|为界)*"
    r"(?:合围|围合|围成|闭合|闭环|环绕|封闭|构成|形成|组成|连接|连线|相连|包围|圈定|围绕"
    r"|(?<!范)围(?!绕)|连成|圈成|闭合成)+(?:而?成|起来|所?界定)?"
    r"的?(?:合围|围合|闭合|闭环|封闭|环形|环状|多边形|环线|圈)*的?(?:区域|范围|地区|圈|地带"
    r"|片区|区块|路段|环|线|区)?"
    r"(?:以内|之内|范围内|内|范围)?$"
)

FROM = re.compile(
    r"^(?P<name>.{2,}?[路街道河线江渠巷环])(?:从|自|由)(?P<from>.{2,}?)[至到](?P<to>.{2,}?)"
    r"(?:一段|(?<=路)路段|(?<=[路街口站])段|之间)?$"
)


@dataclass(frozen=True)
class Name:
    """A name as printed, with the bracket signs behind it."""

    text: str
    holes: str = ""
    start: str | None = None
    end: str | None = None
    along: bool = False
    """Printed with 沿线: a corridor, unless a ring or a side claims it."""


@dataclass(frozen=True)
class Clause:
    """kind: side, spread (one side for each name), split, ring, inside, corridor, area, minus,
    route, bare. sides: sides of the area on which the names lie. behind: bracket signs that
    belong to the clause as a whole. closes: words such as 区域 or 合围 end it. lead: words before
    it that only say where (a unit or a heading). offset: metres outwards from the line.
    """

    kind: str
    names: tuple[Name, ...] = ()
    sides: tuple[str, ...] = ()
    behind: str = ""
    closes: bool = False
    lead: str = ""
    offset: float = 0.0
    width: float | None = None
    corridor: str = "both"
    suffix: bool = False
    kerb: str = ""
    """What 东至X西侧 says of inclusion: to the near side of the road, or to the far one."""
    shared: str = ""
    """Bracket signs between a list of names and the words 以东 they share."""
    rest: str = ""
    """What stands behind the form itself: units (三环以内的A区), or words that say no line."""


def names_of(text: str) -> tuple[Name, ...]:
    """The names of a chain, each with its own brackets: A—B—C, or A至B where both are lines."""
    found = []
    for piece in re.split(r"(?<!\d)—|—(?!\d)", text):
        if FROM.match(signless(piece)):
            found.append(piece)
            continue
        for part in re.split(r"(?<=[路街道巷])连(?=.{2})", piece):
            ends = re.split(rf"(?<=[路街道河线环国省])({BEHIND})至(?=.{{2}})", part)
            if len(ends) == 3 and is_line(ends[0]) and is_line(signless(ends[2])):
                found += [ends[0] + ends[1], ends[2]]
            else:
                found.append(part)
    names = []
    for piece in found:
        bare = signless(piece)
        if bare:
            names.append(Name(bare, "".join(re.findall(HOLE, piece))))
    return tuple(names)


def signless(text: str) -> str:
    """A text without its bracket signs."""
    return re.sub(HOLE, "", text)


def metres(found: re.Match[str]) -> float | None:
    """The figure of FIGURE in metres."""
    if not found["n"]:
        return None
    return float(found["n"]) * (1.0 if found["unit"] in "mM米" else 1000.0)


def trailing(text: str) -> tuple[str, str]:
    """The bracket signs at the end of a text, and the text before them."""
    cut = re.search(rf"{BEHIND}$", text)
    at = cut.start() if cut else len(text)
    return text[at:], text[:at]
