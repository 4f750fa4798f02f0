"""The clauses that are known to be read well, with a sign in place of every name.

``fits`` says of one clause which side each sign has in it, and what counts in; None for a clause
that is not of these forms. It shares no pattern with the reader: two ways to one answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .model import Part

__all__ = ["Fit", "Signs", "fits"]

# Planes of private use, one for each kind of name.
_FIRST = {"line": 0xF0000, "unit": 0xF4000, "minus": 0xF8000, "strip": 0xFC000}
_L, _U = "[\U000f0000-\U000f3fff]", "[\U000f4000-\U000f7fff]"
_M, _C = "[\U000f8000-\U000fbfff]", "[\U000fc000-\U000fffff]"
_ANY = "[\U000f0000-\U000fffff]"
_PLAIN = r"[一-龥A-Za-z0-9·]{1,12}?"

_ALL = (
    r"(?:其余|以上|上述|均|都|各|四周|四至|边界线|边界|界线|道路|路段|公路|河流|河道|铁路"
    r"|街道|线路|周边|全部|所有|该|本|[一二三四五六七八九十两\d]+条)"
)
_HELD = (
    (rf"(?:{_ALL})*不(?:包?含|包括)(?:{_ALL}|在内|本身|及|、|和|的)*", "excluded"),
    (rf"(?:{_ALL})*(?:包?含|包括)(?:{_ALL}|在内|本身|及|、|和|的)*", "included"),
    (rf"(?:{_ALL})+(?:均|都|全部)?不(?:包?含|包括)(?:在内)?", "excluded"),
)
_WIDE = re.compile(
    r"均|都|以上|上述|边界|四至|各|全部|所有|界线|周边|其余|、|\d条"
    r"|[一二三四五六七八九十两]条"
)
_OWN = rf"(?:包?含|包括)(?P<own>{_L})"
_OWN_OUT = rf"不(?:包?含|包括)(?P<own>{_L})"
_END = rf"(?:{_ANY}|{_PLAIN})"
_STRETCH = rf"[东南西北]至{_END}，[东南西北]至{_END}|{_END}(?:至|到|—){_END}(?:路?段)?"
_ALSO = (
    rf"(?!.*(?:含|除|包括))(?:原|现|又称|又名|即|规划)?(?:{_L}|[GSXYC]\d+|{_PLAIN}(?:路|街"
    rf"|道|线|高速))"
)

_TAKEN = (
    rf"(?:不(?:包?含|包括)|除){_M}(?:、{_M})*(?:外|以外)?|{_M}(?:、{_M})*除外|(?:包?含"
    rf"|包括){_U}(?:、{_U})*"
)

_H = "\ue000"  # a bracket that says whether lines count in
_S = "\ue001"  # a bracket that says a stretch or another name
_K = f"[{_H}{_S}]*"
_N = f"{_L}{_K}"
_SEP = r"(?:、|—|和|与|及|以及)"
_KERB = (
    r"(?:以[东南西北]|[东南西北](?:侧|岸|缘))?"
    r"(?:沿线|一线|街心|路心|心|(?:道路)?(?:中心线|中线|红线|边线))?"
)
_AREA = r"(?:、?(?:等)?(?:的)?(?:区域|范围|地区|地带|四至范围|部分|片区))?(?:以内|之内|内)?"
_FAR = r"(?:(?:外延|外扩|外推|外移|向外|外|以[东南西北])(?:约)?\d+(?:\.\d+)?(?:米|公里)(?:以内)?)?"
_ROUND = (
    r"(?:等)?的?(?:道路|路段|河流)?(?:所|共同|依次)*(?:合围|围合|围成|闭合|围|构成|形成|组成"
    r"|环绕|连线|连接|闭环|包围)+(?:而?成)?"
    r"的?(?:合围|围合|闭合|闭环|封闭|环形)?的?(?:区域|范围|地区|圈|地带|区)?(?:以内|之内|内)?"
)
_ITEMS = (
    ("after", rf"(?:在|位于|沿|以)?(?:{_U}(?:辖区|境|范围|区域)?内?的?：?|市区|城区|县城)?"
              rf"(?:(?P<head>[东南西北])(?:面|侧|边)?：)?(?P<names>{_N}(?:{_SEP}{_N})*)"
              rf"(?:以|之)(?P<side>[东南西北])(?:[、及和]?以(?P<other>[东南西北]))?"
              rf"(?:侧|面)?(?P<signs>{_K})"),
    ("before", rf"(?P<side>[东南西北](?:、?[东南西北])*)(?:面|侧|边|边界|界|部)?(?:均"
        rf"|都)?(?:至|起|起自|起于|到|临|邻|濒|倚|接"
        rf"|靠|抵|隔|连|：|以(?=[^，]*为)|与(?=[^，]*(?:交界|接壤|相邻|毗邻))|是)"
               rf"(?P<names>{_N}{_KERB}{_K}{_FAR}(?:{_SEP}{_N}{_KERB}{_K}{_FAR})*)(?:为"
               rf"(?:边?界线?)|交界|接壤|相邻|毗邻)?(?P<signs>{_K})"),
    ("ring", rf"(?:对|由|以|沿)?(?P<names>{_N}(?:沿线)?(?:{_SEP}{_N}(?:沿线)?){{2,}})(?:{_ROUND}"
        rf"|为界)(?P<signs>{_K})"),
    ("ring", rf"(?P<names>{_N})(?:以内|之内|范围内|围合|合围|内(?=的?区域)|所?围合的?区域"
        rf"|闭合区域|合围区域"
        rf"|围合区域)(?P<signs>{_K})"),
    ("strip", rf"(?:沿|以及|及)?{_C}{_K}(?:道路|沿线|沿岸)?(?:以及|及其?)?(?:两侧|[东南西北]侧"
        rf"|周边|周围|两岸)(?:各|外延|外"
        rf"|以外|向外)?(?:\d+(?:\.\d+)?(?:米|公里))?(?:以内)?"),
    ("strip", rf"以{_C}为(?:圆心|中心点?|基点|原点|基准点)[、，]?(?:的)?(?:周围|半径"
        rf"|方圆)?(?:为)?\d+(?:\.\d+)?(?:米"
        rf"|公里)(?:为半径)?(?:以内)?(?:的)?(?:圆形)?"),
    ("strip", rf"{_C}外\d+(?:\.\d+)?(?:米|公里)(?:以内)?"),
    ("inside", rf"(?P<names>{_N})(?:以内|之内|范围内"
        rf"|封闭区范围内)的?{_U}(?:全部所辖区域)?(?P<signs>)"),
    ("minus", rf"(?:但)?(?:除|不含|不包括|不包含){_M}(?:、{_M})*(?:外|以外|之外|除外)?"
        rf"|{_M}(?:、{_M})*除外"),
    ("unit", rf"{_U}{_K}(?:全域|全境|全部区域|所有区域|全部所辖区域|行政区域|辖区|辖区范围"
        rf"|行政辖区)?内?"),
)  # fmt: skip
_ITEM = tuple((kind, re.compile(pattern)) for kind, pattern in _ITEMS)
_STATED = (
    (re.compile(r"(?:(?:以上|上述|区域|范围|均|都|四周|各|边界|道路|路段|四至|界线|本|所有"
        r"|全部|河流|铁路|街道|线路|等|、|[一二三四五六七八九十两\d]+条)*"
                r"(?:不(?:包?含|包括))(?:边界|道路|路段|四至|界线|上述|以上|在内|线路|河流"
                r"|本身|及|和|、)*)"), "excluded"),
    (re.compile(r"(?:(?:以上|上述|区域|范围|均|都|四周|各|边界|道路|路段|四至|界线|本|所有"
        r"|全部|河流|铁路|街道|线路|等|、|[一二三四五六七八九十两\d]+条)*"
                r"(?:包?含|包括)(?:边界|道路|路段|四至|界线|上述|以上|在内|线路|河流|本身|及"
                r"|和|、)*)"), "included"),
)  # fmt: skip
_TURNED = {"东": "west", "西": "east", "南": "north", "北": "south"}
_SIDE = {"东": "east", "西": "west", "南": "south", "北": "north"}


@dataclass
class Fit:
    """sides: (sign, side of the area). include: what is said of single signs; wide: of all."""

    sides: list[tuple[str, str]] = field(default_factory=list)
    include: dict[str, str] = field(default_factory=dict)
    wide: str = ""


class Signs:
    """One sign for each name of a reading."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.names: dict[str, str] = {}
        for kind, name in _named(parts):
            self.names.setdefault(name, chr(_FIRST[kind] + len(self.names)))
        self._back = {sign: name for name, sign in self.names.items()}

    def put(self, text: str) -> str:
        """The text with signs for its names, the longest first."""
        text = re.sub(_ANY, "□", text)  # printed ones are no names
        for name in sorted(self.names, key=len, reverse=True):
            if name:
                text = text.replace(name, self.names[name])
        return text

    def name(self, sign: str) -> str:
        """The name for which a sign stands."""
        return self._back[sign]

    def shown(self, text: str) -> str:
        """A text with the names written out again."""
        return "".join(self._back.get(sign, sign) for sign in text)


def _named(parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    for part in parts:
        for edge in part.edges:
            yield "line", edge.name
            yield from (("line", name) for name in edge.aka)
        yield from (("strip", corridor.name) for corridor in part.corridors)
        for minus in part.minus:
            for inner in minus.parts:
                yield from (("line", edge.name) for edge in inner.edges)
            if not minus.parts:
                yield "minus", minus.text
        yield from (("unit", name) for name in part.units)


def fits(clause: str) -> Fit | None:
    """The sides and inclusions of one clause with signs for names; None if it is no known form."""
    got = Fit()
    for pattern, value in _STATED:
        if pattern.fullmatch(clause):
            got.wide = value
            return got
    held: list[tuple[str, str]] = []

    def fold(found: re.Match[str]) -> str:
        text = found[1]
        for pattern, value in _HELD:
            if re.fullmatch(pattern, text):
                held.append((value, "wide" if _WIDE.search(text) else ""))
                return _H
        for pattern, value in ((_OWN, "included"), (_OWN_OUT, "excluded")):
            own = re.fullmatch(pattern, text)
            if own:
                got.include[own["own"]] = value
                return _S
        if re.fullmatch(_TAKEN, text):
            return _S
        if re.fullmatch(_STRETCH, text) or re.fullmatch(_ALSO, text):
            return _S
        return "（"

    bare = re.sub("（([^（）]*)）", fold, clause)
    if "（" in bare:
        return None
    return got if _read(bare, held, got) else None


def _read(bare: str, held: list[tuple[str, str]], got: Fit) -> bool:
    """Items one after another, joined by 、 or 和; False where one is not of the forms."""
    at, open_list = 0, False
    while at < len(bare):
        for kind, pattern in _ITEM:
            found = pattern.match(bare, at)
            if found is None or (kind == "after" and at and re.match(_U, found.group())):
                continue
            kind = "ring" if kind == "inside" else kind
            if not _noted(kind, found, held, got):
                return False
            if kind == "unit" and open_list and found.group()[-1] not in "域境":
                return False  # 北至A镇和B镇: one more line, or an area
            open_list = kind == "before"
            at = found.end()
            break
        else:
            return False
        tail = re.match(rf"(?:{_ROUND}|{_AREA})({_K})", bare[at:])
        if tail and tail.group():
            for sign in tail[1].replace(_S, ""):
                value, _ = held.pop(0)
                got.wide = value if sign else got.wide
            at += tail.end()
            open_list = False
        joint = re.match(r"、|和|及|以及|与", bare[at:])
        if joint is None:
            return at == len(bare)
        at += joint.end()
    return True


def _noted(kind: str, found: re.Match[str], held: list[tuple[str, str]], got: Fit) -> bool:
    """Write down what one item says; False where a bracket could be about more than one thing."""
    if kind not in ("after", "before", "ring"):
        for _ in range(found.group().count(_H)):
            held.pop(0)
            return False  # 西陵区（含…）
        return True
    sides = ["ring"]
    if kind == "after":
        sides = [_TURNED[found["side"]]]
        if found["head"] and [_SIDE[found["head"]]] != sides:
            return False
        sides += [_TURNED[found["other"]]] if found["other"] else []
    elif kind == "before":
        sides = [_SIDE[sign] for sign in found["side"].replace("、", "")]
        if len(sides) > 1 and len(re.findall(_L, found["names"])) > 1:
            return False  # 东、西至A、B: which is which
    last = ""
    several = len(re.findall(_L, found["names"])) > 1
    for place, sign in enumerate(found["names"]):
        if re.match(_L, sign):
            last = sign
            got.sides += [(sign, side) for side in sides]
        elif sign == _H:
            value, wide = held.pop(0)
            end = place == len(found["names"]) - 1
            if wide and (kind != "ring" or end):
                got.wide = value
            elif end and several:
                return False
            else:
                got.include[last] = value
        elif sign in "侧岸缘":
            lies = _SIDE[found["names"][place - 1]]
            got.include[last] = "included" if [lies] == sides else "excluded"
    for _ in range(found["signs"].count(_H)):
        value, wide = held.pop(0)
        if wide or kind == "ring":
            got.wide = value
        elif several:
            return False
        else:
            got.include[last] = value
    return True
