"""What of a text stands nowhere in what was read of it: the last net under the grammar.

Every run of signs that no name, unit, bracket, heading or note accounts for, and that is more than
the words that grammar is made of, is told as unread. So are sides and exclusions that the text
states and the reading lacks.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from .coordinates import SIGN
from .lexicon import OPPOSITE, SIDE
from .normal import ELIDED, NUMBERED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .model import Part

__all__ = ["left_over", "torn"]

# The words of the grammar; a run of nothing but these says no more than what was read.
_WORDS = re.compile(
    r"（[一二三四五六七八九十\d]{1,3}）|(?<![一-龥])[一二三四五六七八九十]{1,3}、|市区|城区|县城区?|主城区|中心城区"
    r"|城市|老城区|我市|本市|全市|全县|本县|我县|"
    r"[\s，。；：、（）—…·"
    + NUMBERED
    + SIGN
    + r"]|其余|其他|其它|以上|上述|本条|全部|所有|全域|全境|全区|全辖区"
    r"|行政区域|行政辖区|行政区|辖区|所辖|区域|范围|地区|地带|四至|边界线?|界线|界限|边线|红线|中心线|街心|路心"
    r"|合围|围合|围成|圈成|围绕|包围|闭合|闭环|封闭|环绕|环形|构成|形成|组成|连线|连接|相连|圈定|共同|依次|首尾"
    r"|分界|交界|相邻|相接|接壤|毗邻|毗连|相望|临近|邻近|靠近|濒临|为界|一线|沿线|沿岸|沿途|一带|地段|路段|道路"
    r"|线路|两侧|两岸|两旁|两边|双侧|周边|周围|四周|之间|中间|介于|位于|地处|坐落|处于|方向|延伸|外延|外扩|外推"
    r"|重[叠合]|走向|各自|分别|大致|大体|在内|除外|以外|之外|本身|不?包含|不?包括|不含|含|除|剔除|扣除|但|且"
    r"|用地|[三四五六七八九十\d]点|各点|半径|方圆|圆心|中心点?|原点|基点|起点|终点|圆形|以内|之内|内侧|外侧|陆域|不计|纳入|计入|其中|均|都|各"
    r"|[东南西北以之于自由从起至到抵达临邻毗连接靠隔止沿为是与和及并向往外内里的所侧面边部界端缘段线区圈围环等每该本其]"
    r"|具体|主要|如下|划定|确定|规定|详见|附图|如图|示意图|公里|千米|米|km|m|平方|公顷|面积|总|约|共计?|近|达"
    r"|原|现|旧|暂名|规划|在建|拟建|即|又称|又名|也称|下同|以下|简称|称|名|线路|河流|铁路|公路|街道|部分|四条"
    r"|[一二三四五六七八九十]+条|上|下|再|然后|继续|折|转|行|走|经|口|处|而成|围绕|同时|以及|连同|另有|还有"
)
_SIGNS = "，。；：、—" + NUMBERED
_FIGURE = re.compile(r"(?P<n>\d+(?:\.\d+)?)(?P<unit>平方公里|平方千米|公里|千米|公顷|米|km|m)?")
_SCALE = {"公里": 1000.0, "千米": 1000.0, "km": 1000.0, "公顷": 0.01}
_SIDED = re.compile(
    r"以(?P<off>[东南西北])|(?<![东南西北以])(?P<on>[东南西北])(?:面|侧|边)?(?:至|临|邻|抵)"
)
_WITH = re.compile(r"(?<!不)(?<!包)(?:包含|(?<![至到临邻])含|包括)")
_WITHOUT = re.compile(r"不含|不包括|不包含|除外|剔除|扣除")


def left_over(
    text: str, parts: Sequence[Part], told: Iterable[str], noted: Iterable[str]
) -> list[str]:
    """The pieces of a tidy text that nothing accounts for.

    told: what is unread or beside already; noted: headings and other words that were understood.
    """
    said = [piece for piece in told if piece]
    aside = _covered(text, said)
    known = aside | _covered(text, [*_names(parts), *noted])
    figures = set(_figures(parts))
    for found in _FIGURE.finditer(text):
        value = float(found["n"]) * _SCALE.get(found["unit"] or "", 1.0)
        if any(abs(value - figure) < 1e-6 * max(value, 1.0) for figure in figures):
            known |= set(range(*found.span()))
    lost = [run.strip(_SIGNS) for run in _runs(text, known) if _matters(run)]
    return lost + list(_missing(text, parts, aside))


def torn(text: str, parts: Sequence[Part]) -> list[str]:
    """What stands between the sides of one box that fell into two parts of one sentence."""
    told: list[str] = []
    bound = [place for place, part in enumerate(parts) if part.edges]
    for one, two in itertools.pairwise(bound):
        before, after = ({edge.edge for edge in parts[at].edges} for at in (one, two))
        if before & after or not (before | after) <= set(OPPOSITE):
            continue
        start, stop = text.find(parts[one].edges[-1].name), text.find(parts[two].edges[0].name)
        apart = parts[two].units or parts[two].label or parts[two].minus or parts[one].minus
        if apart or start < 0 or stop < start or re.search(f"[。；{NUMBERED}]", text[start:stop]):
            continue
        between = [name for part in parts[one + 1 : two] for name in _names([part])]
        between += [c.name for at in (one, two) for c in parts[at].corridors]
        told += between or [parts[two].edges[0].name]
    return told


def _covered(text: str, pieces: Iterable[str]) -> set[int]:
    places: set[int] = set()
    for piece in sorted({p for whole in pieces for p in _cut(whole)}, key=len, reverse=True):
        at = text.find(piece)
        if at < 0 and len(piece) > 3:  # a bracket stood in the middle of the name
            for cut in range(len(piece) - 2, 1, -1):
                if piece[:cut] in text and piece[cut:] in text:
                    places |= _covered(text, [piece[:cut], piece[cut:]])
                    break
        while at >= 0:
            places |= set(range(at, at + len(piece)))
            at = text.find(piece, at + 1)
    return places


def _cut(piece: str) -> list[str]:
    """A told piece, and its own pieces: brackets may stand elsewhere in the text."""
    return [piece, *(p for p in re.split(r"[（）：，、；—及]", piece) if len(p) > 1)]


def _names(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        for edge in part.edges:
            yield from (n for n in (edge.name, edge.start, edge.end, *edge.aka) if n)
        yield from part.units
        yield from (split.name for split in part.splits)
        for corridor in part.corridors:
            yield from (n for n in (corridor.name, corridor.start, corridor.end) if n)
        for minus in part.minus:
            yield minus.text
            yield from _names(minus.parts)
        if part.label:
            yield part.label


def _figures(parts: Sequence[Part]) -> Iterator[float]:
    for part in parts:
        yield from (abs(edge.offset_m) for edge in part.edges if edge.offset_m)
        yield from (c.width_m for c in part.corridors if c.width_m)
        if part.area_km2:
            yield from (part.area_km2, part.area_km2 * 100.0)


def _runs(text: str, known: set[int]) -> Iterator[str]:
    run = ""
    for place, sign in enumerate(text):
        if place in known:
            if run:
                yield run
            run = ""
        else:
            run += sign
    if run:
        yield run


def _matters(run: str) -> bool:
    """Whether more than one sign of a run is none of the grammar's words."""
    bare = _WORDS.sub("", run)
    return len(bare) > 1 or bool(re.search(r"[0-9A-Za-z]", bare))


def _missing(text: str, parts: Sequence[Part], aside: set[int]) -> Iterator[str]:
    """Sides and exclusions that the text states and no part has."""
    sides = {edge.edge for part in parts for edge in part.edges}
    strips = {corridor.side for part in parts for corridor in part.corridors}
    sides |= strips | {OPPOSITE[side] for side in strips if side in OPPOSITE}
    sides |= {half for part in parts for split in part.splits for half in split.sides}
    beyond = any(edge.offset_m for part in parts for edge in part.edges)
    off = any(edge.include == "excluded" for part in parts for edge in part.edges)
    off = off or any(part.minus for part in parts)
    for found in _SIDED.finditer(text):
        side = OPPOSITE[SIDE[found["off"]]] if found["off"] else SIDE[found["on"]]
        side = SIDE[found["off"]] if found["off"] and beyond else side
        if side not in sides and "ring" not in sides and found.start() not in aside:
            yield from _told(text, found.span())
    inside = any(edge.include == "included" for part in parts for edge in part.edges)
    inside = inside or any(part.units for part in parts)
    for found in _WITH.finditer(text):
        if not inside and found.start() not in aside:
            yield from _told(text, found.span())
    for found in _WITHOUT.finditer(text):
        if not off and found.start() not in aside:
            yield from _told(text, found.span())


def _told(text: str, span: tuple[int, int]) -> Iterator[str]:
    """The clause in which a word stands; an elided one is told already."""
    start = max(text.rfind(sign, 0, span[0]) for sign in "，。；、（" + NUMBERED) + 1
    stops = [at for sign in "，。；、）" if (at := text.find(sign, span[1])) >= 0]
    clause = text[start : min(stops, default=len(text))]
    if ELIDED not in clause:
        yield clause
