"""A wording as authorities print it, read into :class:`Words`; nothing of it is dropped.

The text is tidied, brackets are folded away, and the clauses between commas are read in order by
:class:`_Reader`. A clause of which nothing can be made is told under ``unread``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .audit import left_over, torn
from .coordinates import taken
from .lexicon import COMPASS, is_unit
from .model import SIDES, Words
from .normal import ELIDED, NUMBERED, Folded, fold, tidy
from .reader import Reader
from .rewrite import neighbours, respelled, rewritten, unwrapped
from .sure import CAP
from .sure import doubts as doubted

if TYPE_CHECKING:
    from .model import Part

__all__ = ["parse"]

_ROADS = re.compile(r"(?<=区域|范围)内的?(?:所有|全部|一切|各类|任何).*$")
_START = re.compile(r"^(?:自|由|从|以)[^，]{2,30}(?:起|开始|出发|为起点)，(?=沿)")
_VERB = re.compile(r"^(?:现|决定|拟)?(?:划定|划|将|对|把)")
_HEADING = re.compile(
    r"^[^，。；]{0,60}?(?:区域|范围|四至|边界|界限|界线|地段|路段|区|圈|地点|如下)(?:划定"
    r"|规定|确定|具体|主要|四至|边界)*"
    r"(?:界定为|定为|为|是|如下|包括|包含|指|即|划定为)：?(?=.{3})"
)
_PURPOSE = re.compile(
    r"(?:，)?(?:以上区域|上述区域|该区域)?(?:为(?!界|边界|中心|圆心|半径|[东南西北]|限|止"
    r"|终点|起点|分界)[^，。；、]{1,20}?(?:区域|范围|区|圈)$"
    r"|(?:，)?(?:全面|全天|全年|严格|\d+小时|一律)*(?:禁止|限制|严禁|不得|禁燃(?!区)|禁放(?!区)"
    r"|禁行(?!区)|免费配送|划定为|划为|划入|列为|实施|实行)[^。；]*$)"
)
_SIDED = re.compile(
    rf"(?:以|之)(?:{COMPASS})|[东南西北](?:面|侧)?(?:至|起|临|邻|到|接)|—|合围|围合|以内|两侧"
)

_AT = re.compile(r"^([^，；：、]{2,14}?)((?:位于|地处|坐落于|坐落在)(?=[^，；]+以[东南西北]))")
_SIDE = re.compile(r"(?:以|之)[东南西北]|[东南西北](?:面|侧|边)?(?:至|起|临|邻|到|接)|合围|围合")


def parse(text: str) -> Words:
    """Read a boundary in words.

    Never raises for what a text says: an empty or hopeless one has no parts and confidence 0.
    """
    bare, corners = taken(text)
    plain = unwrapped(respelled(tidy(bare)))
    folded = fold(plain)
    reader = Reader(folded)
    reader.corners = corners
    for item in _titled(re.split(r"[。；]", folded)):
        begun = item.startswith(NUMBERED)
        item = item.replace(NUMBERED, "")
        if begun and len(_SIDE.findall(item)) > 1:
            reader.next_area()
        if item:
            _item(reader, folded, item)
    parts, unread, alternatives, doubts = reader.finish()
    labels = "：".join(part.label or "" for part in parts)
    shown = [title for title in reader.titles if title.strip("：，") not in labels]
    beside = tuple(dict.fromkeys([*reader.beside, *shown]))
    lost = left_over(plain, parts, [*unread, *beside], [*reader.heads, *reader.titles])
    unread = tuple(dict.fromkeys([*unread, *lost, *torn(plain, parts)]))
    sure = _confidence(parts, unread, len(folded), doubts)
    unsure = doubted(plain, parts, [*unread, *beside], reader.titles)
    return Words(
        text=text,
        parts=parts,
        unread=unread,
        beside=beside,
        alternatives=alternatives,
        doubts=tuple(unsure),
        confidence=min(sure, CAP) if unsure else sure,
    )


def _titled(items: list[str]) -> list[str]:
    """Sentences, a numbered one that only names a unit joined to the sides behind it."""
    kept: list[str] = []
    for item in items:
        last = kept[-1] if kept else ""
        title = last.startswith(NUMBERED) and is_unit(last) and not re.search("[，、：]", last)
        if title and NUMBERED not in item and len(_SIDE.findall(item)) > 1:
            kept[-1] = f"{last}：{item}"
        else:
            kept.append(item)
    return kept


def _item(reader: Reader, folded: Folded, item: str) -> None:
    """One sentence: its heading and purpose off, the rest clause by clause."""
    item = _AT.sub(r"\1：\2", item)
    label, item = _heading(item)
    for pattern in (_PURPOSE, _ROADS):
        purpose = pattern.search(item)
        if purpose and purpose.start() > 0 and not _SIDED.search(purpose.group()):
            reader.beside.append(folded.shown(purpose.group().strip("，")))
            item = item[: purpose.start()]
    begun = _VERB.match(item)
    if begun and begun.end() < len(item):
        reader.beside.append(begun.group())
        item = item[begun.end() :]
    begun = _START.match(item)
    if begun:
        reader.beside.append(begun.group().strip("，"))
        item = item[begun.end() :]
    item, *stated = re.split(r"，(?=其中)", item)
    if reader.stated(item):
        return
    item, told = neighbours(item)
    reader.beside += [folded.shown(text) for text in told]
    item = rewritten(item)
    reader.titles += [folded.shown(label)] if label else []
    reader.begin(folded.shown(label) if label else None)
    for separator, clause in _clauses(item):
        reader.read(separator, clause)
    reader.end_of_sentence()
    for piece in stated:
        if not reader.stated(piece):
            reader.read("，", piece)
            reader.end_of_sentence()


def _heading(item: str) -> tuple[str | None, str]:
    label = None
    colon = re.match(
        r"^([^：]*?[^东南西北面侧边界线：]|[^：]*(?:边界|四至界)|[^：]*(?<!界)线)：(?=.)(?<![东南西北]：)",
        item,
    )
    while colon and not re.search(rf"(?:以|至|到)(?:{COMPASS})|[东南西北](?:至|临|邻)", colon[1]):
        if re.fullmatch(r"[东南西北](?:边?界线?|侧|面|边|部)?", colon[1]):
            break
        label = f"{label}：{colon[1]}" if label else colon[1]
        item = item[colon.end() :]
        colon = re.match(r"^([^：]*?)：(?=.)", item)
    found = _HEADING.match(item)
    if found and not re.search(
        rf"(?:以|之)(?:{COMPASS})|[东南西北](?:至|起|临|邻)|—", found.group()
    ):
        told = found.group().strip("：")
        label = f"{label}：{told}" if label else told
        item = item[found.end() :]
        more = re.match(r"[^：，、]{2,12}(?:区|区域|范围)：", item)
        label, item = (label + more.group(), item[more.end() :]) if more else (label, item)
    return label, item


def _clauses(item: str) -> list[tuple[str, str]]:
    """(separator before, clause) for every piece between commas and stops."""
    pieces = re.split(r"([，、：])", item)
    found, separator, held = [], "", ""
    for n, piece in enumerate(pieces):
        if n % 2:
            if piece == "：":
                held += piece
            else:
                if held:
                    found.append((separator, held))
                separator, held = piece, ""
        else:
            held += piece
    if held:
        found.append((separator, held))
    return found


def _confidence(
    parts: tuple[Part, ...], unread: tuple[str, ...], length: int, doubts: float
) -> float:
    """From 0 to 1: what was read of the text, and whether the parts bound anything."""
    if not parts:
        return 0.0
    left = sum(len(text) for text in unread) / max(length, 1)
    sure = max(0.0, 1.0 - 1.5 * left) * (0.85 if unread else 1.0) * doubts
    for part in parts:
        sides = {edge.edge for edge in part.edges}
        if part.edges and not part.closed:
            missing = len(set(SIDES) - sides)
            sure *= 0.9 if part.units or missing == 3 else 0.6
        if any(corridor.width_m is None for corridor in part.corridors):
            sure *= 0.8
        if any(edge.name == ELIDED for edge in part.edges):
            sure *= 0.5
    return round(min(max(sure, 0.05), 1.0), 2)
