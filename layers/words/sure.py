"""A second, strict look at a reading: what of it was not read in a form known to be read well.

The reader takes what it can get; this module only knows a short list of forms, and names that look
like names. It puts a sign in place of every name the reading holds and asks whether the clauses
between the signs are forms of that list that say the same. What does not fit is a doubt: the
reading stays as it is, its confidence is :data:`CAP` at most, and the reason is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .lexicon import OPPOSITE
from .normal import NUMBERED
from .shapes import Signs, fits
from .trust import area_reason, line_reason, place_reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .model import Part

__all__ = ["CAP", "doubts"]

CAP = 0.5
"""The highest confidence of a reading with a doubt."""

_ADMIN = re.compile(r"(?:省|州|市|县|旗|镇|乡|街道|办事处|街道办|街办|村|社区|[一-龥]{2}区)$")
_ZONE = re.compile(r"(?:片|园|小|新|港|校|景|库|矿|集聚|开发|工业|建成|规划|城)区$")
_TAILED = re.compile(
    r"^(.+?[市县区镇乡])((?:城市)?(?:建成区|规划区|城区|镇区|主城区|中心城区|城市建成区))$"
)
_IDLE = re.compile(
    r"(?:（）|⧉|（[一二三四五六七八九十\d]{1,2}）|[、—：（）的等内其]|区域|范围|全域|以及|四至"
    r"|其中|以下"
    r"|如下|具体|即"
    r"|(?:总|辖区|规划|区域|占地|用地)*(?:面积|用地)?(?:共计|约为|约|为|达|共)*\d+(?:\.\d+)?"
    r"(?:平方公里|平方千米|公顷|亩|万?平方米|km2))*"
)
_REASONS = {
    "name": ("“{about}”不像一条界线的名称", "“{about}” does not look like the name of a line"),
    "fused": (
        "“{about}”可能是区划名加路名",
        "“{about}” may be a unit and a road written together",
    ),
    "long": ("“{about}”作名称过长", "“{about}” is long for a name"),
    "words": (
        "“{about}”里有名称以外的词",
        "“{about}” holds words that are no name",
    ),
    "area": (
        "“{about}”不像一个区划或片区的名称",
        "“{about}” does not look like the name of an area",
    ),
    "form": (
        "“{about}”的写法不常见，读法请核对",
        "“{about}” is not a usual form; check its reading",
    ),
    "side": (
        "“{about}”在哪一侧，两遍读得不一样",
        "two readings do not agree on which side “{about}” lies",
    ),
    "include": ("“{about}”含不含，请核对", "check whether “{about}” counts in"),
    "opposite": ("“{about}”在相对的两侧", "“{about}” is on two opposite sides"),
    "twice": ("同一侧说了两次：“{about}”", "one side is told twice: “{about}”"),
    "single": (
        "“{about}”自成一部分，也可能属于另一部分",
        "“{about}” stands in a part of its own; it may belong to another",
    ),
    "few": ("“{about}”围不成一圈", "“{about}” cannot go all the way round"),
    "within": (
        "“{about}”是范围本身还是所在区域，请核对",
        "is “{about}” the area itself, or what it lies in?",
    ),
    "scope": ("“{about}”管到哪几项没有写明", "it is not said how far “{about}” reaches"),
}  # fmt: skip


def doubts(
    text: str, parts: Sequence[Part], told: Sequence[str], noted: Sequence[str]
) -> list[dict[str, str]]:
    """Reasons {about, zh, en} to look twice at a reading; none for one that is sure.

    text: tidy. told: what is unread or beside. noted: headings. What is told as unread already is
    not told again.
    """
    found = [*_names(parts), *_built(parts, text)]
    found += [(code, about) for code, about in _forms(text, parts, told, noted)]
    kept: dict[str, str] = {}
    for code, about in found:
        about = about.strip("，。；：、" + NUMBERED)
        if about and not any(about in one for one in told):
            kept.setdefault(about, code)
    return [
        {"about": about, "zh": _REASONS[code][0].format(about=about),
         "en": _REASONS[code][1].format(about=about)}
        for about, code in kept.items()
    ]  # fmt: skip


def _names(parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """Names that are not of the kinds known."""
    for part in parts:
        for edge in part.edges:
            reason = line_reason(edge.name, edge.edge == "ring")
            if reason:
                yield reason, edge.name
            for end in (edge.start, edge.end):
                if end and place_reason(end):
                    yield "words", end
        for split in part.splits:
            if line_reason(split.name):
                yield "name", split.name
        for corridor in part.corridors:
            around = corridor.side == "around"
            reason = place_reason(corridor.name) if around else line_reason(corridor.name)
            if reason:
                yield reason, corridor.name
        for name in part.units:
            if area_reason(name):
                yield "area", name
        for minus in part.minus:
            if not minus.parts and place_reason(minus.text):
                yield "words", minus.text
        for minus in part.minus:
            yield from _names(minus.parts)


def _built(parts: Sequence[Part], text: str) -> Iterator[tuple[str, str]]:
    """Structures that are rare in notices, and common in misreadings."""
    bound = [part for part in parts if part.edges]
    for part in parts:
        sides: dict[str, set[str]] = {}
        for edge in part.edges:
            sides.setdefault(edge.name, set()).add(edge.edge)
        for name, on in sides.items():
            round_it = re.search(r"(?:墙|墙体|边界|河|江|湖|海|山)$", name)  # may well go round
            if any(OPPOSITE.get(side) in on for side in on) and not round_it:
                yield "opposite", name
        ring = [edge.name for edge in part.edges if edge.edge == "ring"]
        if len(ring) == 2 or (ring and len(ring) < len(part.edges)):
            yield "few", "、".join(ring)
        corner = {name for name, on in sides.items() if len(on) > 1}
        order = [e.edge for e in part.edges if e.edge != "ring" and e.name not in corner]
        begun = [side for at, side in enumerate(order) if at == 0 or order[at - 1] != side]
        for side in {side for side in begun if begun.count(side) > 1}:
            yield "twice", "、".join(edge.name for edge in part.on(side))
        alone = len(part.edges) == 1 and not part.closed
        if alone and any(len(other.edges) > 2 for other in bound):
            yield "single", part.edges[0].name
        tail = _TAILED.search(part.units[-1]) if len(part.units) > 1 else None
        if tail and not any(unit.endswith(tail[2]) for unit in part.units[:-1]):
            yield "scope", tail[2]  # A市、B市建成区: of B alone, or of both
        for name in part.units if part.edges else ():
            before = any(name + edge.name in text for edge in part.edges)
            if not before and (not _ADMIN.search(name) or _ZONE.search(name)):
                yield "within", name


def _forms(
    text: str, parts: Sequence[Part], told: Sequence[str], noted: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Clauses in no known form, and edges that the known forms put elsewhere."""
    signs = Signs(parts)
    bare = re.sub(r"(为(?:圆心|中心点?|原点|基点))，", r"\1", text)
    for piece in sorted({*told, *noted, *(p.label or "" for p in parts)}, key=len, reverse=True):
        if len(piece) > 1 and piece not in signs.names:
            bare = bare.replace(piece, "")
    seen: set[tuple[str, str]] = set()
    stated: dict[str, str] = {}
    wide = ""
    strange = False
    for sentence in re.split(rf"[。；{NUMBERED}]", signs.put(bare)):
        for clause in re.split("，(?![^（]*）)", sentence):
            clause = re.sub(r"^（[一二三四五六七八九十\d]{1,2}）|（）", "", clause).strip("：，、")
            clause = re.sub(r"^(?:以及|和|及|并)(?=.)", "", clause)
            if _IDLE.fullmatch(clause):
                continue
            got = fits(clause)
            if got is None:
                strange = True
                yield "form", signs.shown(clause)
                continue
            seen |= {(signs.name(sign), side) for sign, side in got.sides}
            stated.update({signs.name(sign): value for sign, value in got.include.items()})
            wide = got.wide or wide
    if strange:
        return
    edges = {(edge.name, edge.edge) for part in parts for edge in part.edges}
    for name, side in sorted(edges ^ seen):
        if side != "between":
            yield "side", name
    for part in parts:
        for edge in part.edges:
            if edge.include != stated.get(edge.name, wide or "unstated"):
                yield "include", edge.name
