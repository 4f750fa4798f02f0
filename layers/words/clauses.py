"""One clause of a wording (what stands between two commas): a side, a ring, a corridor, a unit.

Every clause becomes one :class:`Clause`; what none of the forms fits is of kind "bare" and waits
for the clauses around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .lexicon import (
    COMPASS,
    HOLE,
    OPPOSITE,
    SIDE,
    WHERE,
    is_line,
    is_ring_road,
    is_unit,
    split_unit,
)

__all__ = ["Clause", "Name", "clause", "names_of"]


@dataclass(frozen=True)
class Name:
    """A name as printed, with the bracket signs behind it."""

    text: str
    holes: str = ""


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


_H = f"{HOLE}*"
_FIGURE = r"(?P<n>\d+(?:\.\d+)?)(?P<unit>米|m|M|公里|千米|km|KM|Km)"
_TAIL = re.compile(
    r"(?:四至)?(?:以内|之内|内)?(?:的|这一|所在)*(?:区域|范围|四至)+的?(?:以内|之内|内|里)?$"
    r"|(?<=[东南西北侧])的?(?:地区|地带|片区|部分|区块)?(?:之内|以内|内)?$"
)
_RING_TAIL = re.compile(
    r"(?:的|等)?(?:道路|路段|线路|河流|街道)?(?:所|共同|依次|首尾|为界)*"
    r"(?:合围|围合|围成|闭合|闭环|环绕|封闭|构成|形成|组成|连接|连线|相连|包围|圈定|围绕"
    r"|(?<!范)围(?!绕)|连成|圈成|闭合成)+(?:而?成|起来)?"
    r"的?(?:合围|围合|闭合|闭环|封闭|环形|环状|多边形|环线|圈)*的?(?:区域|范围|地区|圈|地带"
    r"|片区|区块|路段|环|线)?"
    r"(?:以内|之内|范围内|内|范围)?$"
)
_SUFFIX = re.compile(
    rf"^(?P<name>.*?)(?P<in>{_H})(?:以|之)(?P<side>{COMPASS})(?:侧|面|边|方向|方"
    rf"|部)?(?:约)?(?:{_FIGURE})?(?P<behind>{_H})$"
)
_FLANK = re.compile(rf"^(?P<name>.+?)(?P<in>{_H})(?P<side>{COMPASS})(?:侧|面)(?P<behind>{_H})$")
_SHORT = re.compile(
    rf"^(?P<name>.*(?:路|街|道|河|铁路|高速|环))(?P<in>{_H})(?P<side>[东南西北])(?P<behind>{_H})$"
)
_OPS = (
    r"起自|起于|起点为|始于|起|至于|至|到达|到|抵达|抵|达|止于|止|临近|毗邻|毗连|毗|临|邻近"
    r"|邻|靠近|靠|濒临|濒|接壤|接|连|与"
    r"|均以|以|沿至|沿|由|从|自|：|界为|为|是|隔"
)
_PREFIX = re.compile(
    rf"^(?P<lead>.*?)(?P<sides>[东南西北]{{1,4}})(?P<word>(?:边界|边线|侧|面|边|部|方向|方"
    rf"|端|缘|界|两侧|两面)?)"
    rf"(?P<how>均|都|分别|各|大致|大体)?(?P<op>{_OPS})(?P<rest>.+)$"
)
_ENDS = re.compile(
    r"(?:为(?:边界|分界线?|界线?|止|线|终点|起点|限)|相接|相邻|相连|接壤|毗邻|相望|交界|止|起)$"
)
_AWAY = re.compile(
    rf"^(?P<name>.+?)(?P<in>{_H})(?P<side>[东南西北])(?:侧|面)?(?:约)?{_FIGURE}(?P<behind>{_H})$"
)
_LAST = re.compile(r"(?<=.{2})(?:一线|沿线|一带|地段|内侧|以内|边线|(?<!规划)红线)$")
_BOUND = re.compile(
    rf"^以?(?P<name>.+?)(?P<in>{_H})为(?P<side>{COMPASS})(?:部|侧|边|面)?(?:边?界线?|至"
    rf"|缘)(?P<behind>{_H})$"
)
_CORRIDOR = re.compile(
    rf"^(?:沿)?(?P<name>.+?)(?P<in>{_H})(?:沿线|沿途|及其?|道路)?"
    rf"(?P<side>(?:东|西|南|北|左|右|两|双|道路两|外|内|单|一)(?:侧|旁|岸)|两边|两旁|沿线"
    rf"|周边|周围|外围|外延|外扩|外)"
    rf"(?:各|分别|道路红线外|红线外|外|向外|延伸|外延|约|以外)*(?:{_FIGURE})?"
    rf"(?:以内|之内|范围|区域|内|的)*(?P<behind>{_H})$"
)
_AROUND = re.compile(
    rf"^以?(?P<name>.+?)为(?:圆心|中心|原点)[，,]?(?:的|以)?(?:半径|方圆|周边|周围)?(?:为"
    rf"|约)?{_FIGURE}(?:为半径)?(?:的|以内|之内|范围|区域|内|半径)*$"
)
_INSIDE = re.compile(
    rf"^(?P<name>.+?)(?P<in>{_H})(?P<how>以内|之内|内侧|以里|里|范围内|(?<=环)内|(?<=高速)内"
    rf"|(?<=路)内|(?<=线)内|内(?=区域|范围)|以外|之外|外侧)"
    rf"(?P<behind>{_H})(?:的|区域|范围|地区|全部)*(?P<last>{_H})$"
)
_MINUS = re.compile(
    rf"^(?:但|其中)*(?:除去?|不包括|不包?含|剔除|扣除|不计)(?P<name>.+?)(?:除外|以外|之外|外"
    rf"|的区域)*(?P<behind>{_H})$"
)
_MINUS_LAST = re.compile(rf"^(?P<name>.+?)(?:除外|不在其列|不在此列)(?P<behind>{_H})$")
_AREA = re.compile(
    r"^(?:区域|规划|总|占地)*面积(?:共计|约为|约|为|达"
    r"|共)*(?P<n>\d+(?:\.\d+)?)(?P<unit>平方公里|平方千米|km2|k㎡|公顷|万平方米|平方米)$"
)
_ROUTE = re.compile(
    rf"^(?:(?:自|由|从)(?P<from>.+?)(?:起|开始|出发)?[，]?)?(?:再|然后|继续"
    rf"|折)?(?:向?[东南西北]+)?沿(?P<name>.+?)(?P<in>{_H})"
    rf"(?:折|转)?(?:往|向)?(?:[东南西北]+(?:方向)?)?(?:行|走|延伸)?(?:至|到|接"
    rf"|与)(?P<to>.+?)(?P<behind>{_H})$"
)


def names_of(text: str) -> tuple[Name, ...]:
    """The names of a chain, each with its own brackets: A—B—C, or A至B where both are lines."""
    found = []
    for piece in re.split("—", text):
        parts = re.split(rf"(?<=[路街道河线环国省])({_H})至(?=.{{2}})", piece)
        if len(parts) == 3 and is_line(parts[0]) and is_line(_bare(parts[2])):
            found += [parts[0] + parts[1], parts[2]]
        else:
            found.append(piece)
    names = []
    for piece in found:
        bare = _bare(piece)
        if bare:
            names.append(Name(bare, "".join(re.findall(HOLE, piece))))
    return tuple(names)


def _bare(text: str) -> str:
    return re.sub(HOLE, "", text)


def clause(text: str) -> Clause:
    """The form of one clause; names in it are not yet looked at."""
    text = re.sub(r"^[至到](?=.{2,}以[东南西北])", "", text)
    text = (
        re.sub(r"^(?:以及其?|及其|和|与|及|并|加上|另有|还有|同时|以及|连同|且)(?=.{2})", "", text)
        if not re.match(r"^和(?:谐|平|昌|顺|睦|兴|美|阳|园|县|信|盛|悦|安|畅|祥|润|济)", text)
        else text
    )
    for form in (_area, _minus, _around, _route, _several, _bound, _cut_tail):
        made = form(text)
        if made is not None:
            return made
    return Clause("bare", names_of(text))


def _area(text: str) -> Clause | None:
    found = _AREA.match(_bare(text))
    if not found:
        return None
    scale = {"公顷": 0.01, "万平方米": 0.01, "平方米": 1e-6}.get(found["unit"], 1.0)
    return Clause("area", width=float(found["n"]) * scale)


def _minus(text: str) -> Clause | None:
    found = _MINUS.match(text) or _MINUS_LAST.match(text)
    if not found:
        return None
    return Clause("minus", (Name(found["name"]),), behind=found["behind"])


def _route(text: str) -> Clause | None:
    found = _ROUTE.match(text)
    if not found:
        return None
    return Clause("route", (Name(found["name"], found["in"]), Name(_bare(found["to"]))))


def _around(text: str) -> Clause | None:
    found = _AROUND.match(text)
    if not found:
        return None
    name = Name(found["name"])
    return Clause("corridor", (name,), width=_metres(found), corridor="around", closes=True)


def _several(text: str) -> Clause | None:
    """东至X, 东、西、北均以X为界, 南北以X为界, 东西分别至X、Y."""
    found = _PREFIX.match(text)
    if not found or (found["lead"] and not _lead_fits(found["lead"])):
        return None
    sides, word, rest = found["sides"], found["word"], found["rest"]
    if found["op"] in ("：", "为", "是", "由", "从", "自", "与", "沿", "起", "接", "连") and not (
        found["lead"] == "" or _lead_fits(found["lead"])
    ):
        return None
    ring = _RING_TAIL.search(rest)
    if ring and ring.start() > 1:
        rest = rest[: ring.start()]
    behind, rest = _behind(rest)
    plain = _TAIL.sub("", rest)
    closes = bool(ring) or plain != rest
    behind2, rest = _behind(plain)
    stated = found["op"] in ("以", "均以", "与") and _ENDS.search(rest) is None
    if stated and found["op"] != "与" and not word:
        return None  # 东以外…: 以 belongs to other words
    rest = _LAST.sub("", _ENDS.sub("", rest))
    more, rest = _behind(rest)
    shared = more + behind2 + behind
    offset = 0.0
    placed = tuple(dict.fromkeys(SIDE[sign] for sign in sides))
    beyond = _SUFFIX.match(rest) or _AWAY.match(rest)
    if beyond and beyond["name"] and len(placed) == 1:
        lies = SIDE[beyond["side"][0]]
        if lies == OPPOSITE[placed[0]] or lies == placed[0]:
            rest, shared = beyond["name"] + beyond["in"], beyond["behind"] + shared
            metres = _metres(beyond) or 0.0
            offset = metres if lies == placed[0] else -metres
    flank = _FLANK.match(rest)
    kerb = ""
    if flank and len(placed) == 1 and is_line(flank["name"]):
        lies = SIDE[flank["side"][0]]
        kerb = {placed[0]: "included", OPPOSITE[placed[0]]: "excluded"}.get(lies, "")
        rest = flank["name"] + flank["in"] + flank["behind"] if kerb else rest
    names = names_of(rest)
    if not names:
        return None
    names = (*names[:-1], Name(names[-1].text, names[-1].holes + shared))
    how = "" if found["how"] in (None, "大致", "大体") else found["how"]
    if found["how"] is None and found["op"] == "均以":
        how = "均"
    opposite = len(placed) == 2 and OPPOSITE[placed[0]] == placed[1]
    if opposite and not how and found["op"] in ("以", "：") and len(names) == 1:
        return Clause("split", names, placed, lead=found["lead"], closes=closes)
    kind = "spread" if how in ("分别", "各") or (opposite and not how) else "side"
    return Clause(kind, names, placed, closes=closes, lead=found["lead"], offset=offset, kerb=kerb)


def _lead_fits(lead: str) -> bool:
    bare = _bare(lead)
    return (
        bool(re.fullmatch(WHERE.pattern.replace("(?=.{2})", ""), bare))
        or bare in ("", "其")
        or (is_unit(bare) and not is_line(bare))
        or bare.endswith(("：", "为", "是", "即", "范围", "区域"))
    )


def _bound(text: str) -> Clause | None:
    found = _BOUND.match(text)
    if not found:
        return None
    name = Name(found["name"], found["in"] + found["behind"])
    return Clause("side", names_of(name.text + name.holes), _sides(found["side"]), suffix=True)


def _cut_tail(text: str) -> Clause | None:
    """Forms that end in words such as 合围区域: those words off, then what is left."""
    behind, cut = _behind(text)
    ring = _RING_TAIL.search(cut)
    if ring and (ring.start() > 1 or ring.start() == 0):
        inner, cut = _behind(cut[: ring.start()])
        made = _plain(_TAIL.sub("", cut) if _TAIL.search(cut) else cut, True)
        if made is not None and made.kind == "side":
            return _closed(made, inner + behind)
        names = names_of(re.sub(r"^(?:由|以|沿)", "", cut))
        return Clause("ring", names, behind=inner + behind, closes=True)
    bordered = re.fullmatch(r"以?([^以]+?)为(?:边界|界线?|四至|四界)", cut)
    if bordered:
        return Clause("ring", names_of(bordered[1]), behind=behind, closes=True)
    made = _plain(cut, False)
    if made is not None:
        return _closed(made, behind, made.closes)
    plain = _TAIL.sub("", cut)
    if plain != cut:
        more, plain = _behind(plain)
        made = _plain(plain, False)
        if made is not None:
            return _closed(made, more + behind)
        if plain:
            return Clause("bare", names_of(plain), behind=more + behind, closes=True)
    return None


def _closed(made: Clause, behind: str, closes: bool = True) -> Clause:
    return replace(made, behind=made.behind + behind, closes=closes)


def _plain(text: str, ring: bool) -> Clause | None:
    for pattern in (_SUFFIX, _CORRIDOR, _INSIDE, _FLANK, _SHORT):
        found = pattern.match(text)
        if not found:
            continue
        made = _made(pattern, found, ring)
        if made is not None:
            return made
    return None


def _made(pattern: re.Pattern[str], found: re.Match[str], ring: bool) -> Clause | None:
    name, inside = found["name"], found["in"]
    if pattern is _CORRIDOR:
        side, width = found["side"], _metres(found)
        if width is None and side not in (
            "两侧",
            "两旁",
            "两边",
            "两岸",
            "双侧",
            "道路两侧",
            "沿线",
        ):
            return None
        which = {"东侧": "east", "西侧": "west", "南侧": "south", "北侧": "north"}.get(side, "both")
        name = re.sub(r"(?:道路|沿线|及其?)$", "", name) if len(name) > 3 else name
        return Clause(
            "corridor", names_of(name + inside), behind=found["behind"], width=width, corridor=which
        )
    if pattern is _INSIDE:
        outward = found["how"] in ("以外", "之外", "外侧")
        last = names_of(name)
        if not last or not (is_ring_road(last[-1].text) or outward or is_unit(last[-1].text)):
            return None
        kind = "outside" if outward else "inside"
        return Clause(kind, names_of(name + inside), behind=found["behind"] + found["last"])
    if pattern in (_FLANK, _SHORT) and not is_line(name):
        return None
    names = names_of(name)
    bare = (Name("", inside),) if inside and not names else names
    offset = 0.0
    if pattern is _SUFFIX and found["n"]:
        # "X以南500米" alone: as far as that from X, so the area lies on X's south side
        return Clause("corridor", names_of(name + inside), width=_metres(found),
                      corridor=SIDE[found["side"][0]], behind=found["behind"])  # fmt: skip
    return Clause("side", bare, _sides(found["side"], True), found["behind"], suffix=True,
                  offset=offset, shared=inside)  # fmt: skip


def _sides(words: str, turned: bool = False) -> tuple[str, ...]:
    sides = tuple(SIDE[sign] for sign in words)
    return tuple(OPPOSITE[side] for side in sides) if turned else sides


def _metres(found: re.Match[str]) -> float | None:
    if not found["n"]:
        return None
    return float(found["n"]) * (1.0 if found["unit"] in "mM米" else 1000.0)


def _behind(text: str) -> tuple[str, str]:
    """The bracket signs at the end of a text, and the text before them."""
    cut = re.search(rf"{_H}$", text)
    at = cut.start() if cut else len(text)
    return text[at:], text[:at]


def with_unit(name: str) -> tuple[str | None, str]:
    """The unit or the word for a place printed before a name (市区X路, 西村镇X路), and the name."""
    found = WHERE.match(name)
    if found and is_line(name[found.end() :]):
        return None, name[found.end() :]
    inside = re.match(r"^(.{2,12}?)(?:行政区域|范围|境|辖区|区域)内的?(.{2,})$", name)
    if inside and is_unit(inside[1]):
        return inside[1], inside[2]
    return split_unit(name)
