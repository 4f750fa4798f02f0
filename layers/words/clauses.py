"""One clause of a wording (what stands between two commas): a side, a ring, a corridor, a unit.

Every clause becomes one :class:`Clause`; what none of the forms fits is of kind "bare" and waits
for the clauses around it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .forms import FORMS
from .lexicon import (
    COMPASS,
    OPPOSITE,
    SIDE,
    WHERE,
    is_line,
    is_ring_road,
    is_unit,
    split_unit,
)
from .pieces import (
    BEHIND,
    FIGURE,
    RING_TAIL,
    TAIL,
    Clause,
    Name,
    metres,
    names_of,
    signless,
    trailing,
)
from .prefix import FLANK, SUFFIX, prefix

__all__ = ["Clause", "Name", "clause", "names_of", "with_unit"]


_SHORT = re.compile(
    rf"^(?P<name>.*(?:路|街|道|河|铁路|高速|环))(?P<in>{BEHIND})(?P<side>{COMPASS})(?P<behind>{BEHIND})$"
)
_BOUND = re.compile(
    rf"^以?(?P<name>.+?)(?P<in>{BEHIND})为(?P<side>{COMPASS})(?:部|侧|边|面)?(?:边?界线?|至"
    rf"|缘)(?P<behind>{BEHIND})$"
)
_CORRIDOR = re.compile(
    rf"^(?:沿)?(?P<name>.+?)(?P<in>{BEHIND})(?:沿线|沿途|以?及其?|道路|南北|东西|左右)?"
    rf"(?P<side>(?:东|西|南|北|左|右|两|双|道路两|外|内|单|一)(?:侧|旁|岸)|两边|两旁|沿线"
    rf"|周边|周围|外围|外延|外扩|外)"
    rf"(?:各|分别|道路红线外|红线外|外|向外|延伸|外延|约|以外)*(?:{FIGURE})?"
    rf"(?:以内|之内|范围|区域|陆域|地带|内|的)*(?P<behind>{BEHIND})$"
)
_INSIDE = re.compile(
    rf"^(?:在|位于)?(?P<name>.+?)(?P<in>{BEHIND})(?P<how>以内|之内|内侧|以里|里|范围内|(?<=环)内|(?<=高速)内"
    rf"|(?<=路)内|(?<=线)内|内(?=区域|范围)|以外|之外|外侧)"
    rf"(?P<behind>{BEHIND})(?:的|区域|范围|地区|部分|全部|(?:所有|全部)?道路)*(?P<last>{BEHIND})$"
)


def clause(text: str) -> Clause:
    """The form of one clause; names in it are not yet looked at."""
    if not signless(text):
        return Clause("bare", behind=text)
    if re.search(r"以[东南西北](?:的)?路段$", signless(text)):
        return Clause("bare", names_of(text))  # a stretch of road, no area
    text = re.sub(r"^[至到](?=.{2,}以[东南西北])", "", text)
    text = (
        re.sub(r"^(?:以及其?|及其|和|与|及|并|加上|另有|还有|同时|以及|连同|且)(?=.{2})", "", text)
        if not re.match(r"^和(?:谐|平|昌|顺|睦|兴|美|阳|园|县|信|盛|悦|安|畅|祥|润|济)", text)
        else text
    )
    for form in (*FORMS, prefix, _bound, _cut_tail):
        made = form(text)
        if made is not None:
            return made
    return Clause("bare", names_of(text))


def _bound(text: str) -> Clause | None:
    found = _BOUND.match(text)
    if not found:
        return None
    name = Name(found["name"], found["in"] + found["behind"])
    return Clause("side", names_of(name.text + name.holes), _sides(found["side"]), suffix=True)


def _cut_tail(text: str) -> Clause | None:
    """Forms that end in words such as 合围区域: those words off, then what is left."""
    behind, cut = trailing(text)
    ring = RING_TAIL.search(cut)
    if ring and (ring.start() > 1 or ring.start() == 0):
        inner, cut = trailing(cut[: ring.start()])
        made = _plain(TAIL.sub("", cut) if TAIL.search(cut) else cut, True)
        if made is not None and made.kind == "side":
            return _closed(made, inner + behind)
        names = names_of(re.sub(r"^(?:由|以|沿)", "", cut))
        return Clause("ring", names, behind=behind, shared=inner, closes=True)
    bordered = re.fullmatch(r"以?([^以]+?)为(?:边界|界线?|四至|四界)", cut)
    if bordered:
        return Clause("ring", names_of(bordered[1]), behind=behind, closes=True)
    made = _plain(cut, False)
    if made is not None:
        return _closed(made, behind, made.closes)
    ground = re.match(r"^(.+?以[东南西北])的(?!区域|范围|地|部|片|区)([^，、]{2,})$", cut)
    if ground and (made := _plain(ground[1], False)) is not None:
        return _closed(replace(made, rest=ground[2]), behind)
    if re.search(r"(?:所有|全部|所辖|建成|所在|行政)区域$", cut):
        return None
    plain = TAIL.sub("", cut)
    if plain != cut:
        more, plain = trailing(plain)
        made = _plain(plain, False)
        if made is not None:
            return _closed(made, more + behind)
        if plain:
            return Clause("bare", names_of(plain), behind=more + behind, closes=True)
    return None


def _closed(made: Clause, behind: str, closes: bool = True) -> Clause:
    return replace(made, behind=made.behind + behind, closes=closes)


def _plain(text: str, ring: bool) -> Clause | None:
    for pattern in (SUFFIX, _CORRIDOR, _INSIDE, FLANK, _SHORT):
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
        if not names_of(name):
            return None  # —外50米: beyond what
        side, width = found["side"], metres(found)
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
        name = re.sub(r"(?:道路|沿线|沿岸|以?及其?)$", "", name) if len(name) > 3 else name
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
    if pattern in (FLANK, _SHORT) and not is_line(name):
        return None
    names = names_of(name)
    bare = (Name("", inside),) if inside and not names else names
    offset = 0.0
    if pattern is SUFFIX and found["n"] and names:
        # "X以南500米" alone: as far as that from X, so the area lies on X's south side
        return Clause("corridor", names_of(name + inside), width=metres(found),
                      corridor=SIDE[found["side"][0]], behind=found["behind"])  # fmt: skip
    return Clause("side", bare, _sides(found["side"], True), found["behind"], suffix=True,
                  offset=offset, shared=inside)  # fmt: skip


def _sides(words: str, turned: bool = False) -> tuple[str, ...]:
    sides = tuple(SIDE[sign] for sign in words)
    return tuple(OPPOSITE[side] for side in sides) if turned else sides


def with_unit(name: str) -> tuple[str | None, str]:
    """The unit or the word for a place printed before a name (市区X路, 西村镇X路), and the name."""
    found = WHERE.match(name)
    if found and is_line(name[found.end() :]):
        return None, name[found.end() :]
    inside = re.match(r"^(.{2,12}?)(?:(?:行政区域|范围|境|区域)内的?|辖区内?的?)(.{2,})$", name)
    if inside and is_unit(inside[1]):
        return inside[1], inside[2]
    return split_unit(name)
