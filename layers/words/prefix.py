"""Clauses that begin with a side: 东至X, 东、西均以X为界, 南北以X为界, 东西分别至X、Y."""

from __future__ import annotations

import re
from dataclasses import replace

from .holes import names_in
from .lexicon import COMPASS, OPPOSITE, SIDE, WHERE, is_line, is_unit
from .pieces import BEHIND, FIGURE, RING_TAIL, TAIL, Clause, Name, metres, names_of, signless
from .pieces import trailing as ending

__all__ = ["FLANK", "SUFFIX", "prefix"]

SUFFIX = re.compile(
    rf"^(?P<name>.*?)(?P<in>{BEHIND})(?:以|之)(?P<side>{COMPASS})(?:侧|面|边|方向|方"
    rf"|部)?(?:约)?(?:{FIGURE})?(?P<behind>{BEHIND})$"
)
FLANK = re.compile(
    rf"^(?P<name>.+?)(?P<in>{BEHIND})(?P<side>{COMPASS})(?:侧|面|岸|缘)(?P<behind>{BEHIND})$"
)
_OPS = (
    r"起自|起于|起点为|始于|起|至于|至|到达|到|抵达|抵|达|止于|止|临近|毗邻|毗连|毗|临|邻近"
    r"|邻|靠近|靠|濒临|濒|接壤|接(?!口|线)|连(?!接|线)|与|和(?=.+(?:接壤|交界|相邻|毗邻)$)"
    r"|均以|以|沿至|沿|由|从|自|：|界为|为|是|隔"
)
_PREFIX = re.compile(
    rf"^(?P<lead>[^—]*?|[^—路街道河线]{{1,8}}—[^—路街道河线]{{1,8}}区)(?P<sides>[东南西北]{{1,4}})(?P<word>(?:边界线?|界线|边线|侧|面|边|部"
    rf"|方向|方|端|缘|界|两侧|两面)?)"
    rf"(?P<how>均|都|分别|各|大致|大体)?(?P<op>{_OPS})(?P<rest>.+)$"
)
_ENDS = re.compile(
    r"(?:为(?:边界|分界线?|界线?|止|线|终点|起点|限)|相接|相邻|相连|接壤|毗邻|相望|交界|分界|止|起)$"
)
_AWAY = re.compile(
    rf"^(?P<name>.+?)(?P<in>{BEHIND})[往向]?(?P<side>[东南西北])(?:侧|面)?(?:约)?{FIGURE}"
    rf"(?P<behind>{BEHIND})$"
)
_LAST = re.compile(r"(?<=.{2})(?:一线|沿线|一带|地段|内侧|以内|(?:道路)?(?:边线|(?<!规划)红线))$")
_VAGUE = re.compile(r"(?:以|之)(?P<side>[东南西北])(?:侧|面)?$")
_ALONG = re.compile(
    r"^[东南西北](?:边界线?|界线?|面|边|侧)：(?:自|由|从|[东南西北]起)(?P<from>[^沿]{2,}?)"
    r"(?:向[东南西北]+)沿(?P<name>[^沿]{2,}?)[至到](?P<to>[^沿]{2,})$"
)


def prefix(text: str) -> Clause | None:
    """A clause that begins with one or more sides; None if the text has another form."""
    along = _ALONG.match(signless(text))
    if along:
        name = Name(along["name"], "", along["from"], along["to"])
        return Clause("side", (name,), (SIDE[text[0]],))
    found = _PREFIX.match(text)
    if not found or (found["lead"] and not _lead_fits(found["lead"])):
        return None
    sides, word, rest = found["sides"], found["word"], found["rest"]
    if found["op"] == "：" and re.search(r"为(?:边?界线?|线)$", signless(rest)):
        rest = re.sub(r"^以", "", rest)
    signs, rest = ending(rest)  # 东至X合围区域（不含）
    ring = RING_TAIL.search(rest)
    if signs and ring and ring.group() == "围":  # 刘家围（岐江河） is a name
        ring = None
    if ring and ring.start() > 1:
        stop = ring.start() + (2 if ring.group().startswith("为界") else 0)
        rest = rest[:stop]
    behind, rest = ending(rest)
    plain = TAIL.sub("", rest)
    closes = bool(ring) or plain != rest
    behind2, rest = ending(plain)
    stated = found["op"] in ("以", "均以", "与", "和") and _ENDS.search(rest) is None
    if stated and found["op"] != "与" and not word:
        return None  # 东以外…: 以 belongs to other words
    rest = _LAST.sub("", _ENDS.sub("", rest))
    more, rest = ending(rest)
    shared = more + behind2 + behind + signs
    placed = tuple(dict.fromkeys(SIDE[sign] for sign in sides))
    vague = _VAGUE.search(signless(rest))
    vague = vague if vague and [SIDE[vague["side"]]] == list(placed) else None
    rest, beyond, offset = _beyond(rest, placed)
    rest, kerb = _kerb(rest, placed)
    kerb = "included" if vague and not offset else kerb  # 东至X以东: past X, nobody says how far
    names = tuple(name for whole in names_of(rest) for name in _apart(whole))
    if not names:
        return None
    last = names[-1]
    names = (*names[:-1], Name(last.text, last.holes + beyond + shared))
    how = "" if found["how"] in (None, "大致", "大体") else found["how"]
    if found["how"] is None and found["op"] == "均以":
        how = "均"
    opposite = len(placed) == 2 and OPPOSITE[placed[0]] == placed[1]
    if opposite and not how and found["op"] in ("以", "：") and len(names) == 1:
        return Clause("split", names, placed, lead=found["lead"], closes=closes)
    kind = "spread" if how in ("分别", "各") or (opposite and not how) else "side"
    return Clause(
        kind,
        names,
        placed,
        closes=closes,
        lead=found["lead"],
        offset=offset,
        kerb=kerb,
        rest=text if vague and not offset else "",
    )


def _apart(whole: Name) -> list[Name]:
    """A路和B路 as two names; brackets stay with the last."""
    if re.search(r"(?:交界|交汇|交会|交叉|相交|接壤)(?:[处口]|路口)?$|连线(?:外.*)?$", whole.text):
        return [whole]
    pieces = names_in(whole.text)
    return [*(Name(piece) for piece in pieces[:-1]), replace(whole, text=pieces[-1])]


def _beyond(rest: str, placed: tuple[str, ...]) -> tuple[str, str, float]:
    """南至X以南500米: the name, the brackets behind the figure, metres outwards."""
    found = SUFFIX.match(rest) or _AWAY.match(rest)
    if found and found["name"] and len(placed) == 1:
        lies = SIDE[found["side"][0]]
        if lies in (OPPOSITE[placed[0]], placed[0]):
            far = metres(found) or 0.0
            far = far if lies == placed[0] or not far else -far
            return found["name"] + found["in"], found["behind"], far
    return rest, "", 0.0


def _kerb(rest: str, placed: tuple[str, ...]) -> tuple[str, str]:
    """东至X西侧: to the near side of the road, so it is excluded."""
    flank = FLANK.match(rest)
    if flank and len(placed) == 1 and is_line(flank["name"]):
        lies = SIDE[flank["side"][0]]
        kerb = {placed[0]: "included", OPPOSITE[placed[0]]: "excluded"}.get(lies, "")
        if kerb:
            return flank["name"] + flank["in"] + flank["behind"], kerb
    return rest, ""


def _lead_fits(lead: str) -> bool:
    bare = signless(lead)
    return (
        bool(re.fullmatch(WHERE.pattern.replace("(?=.{2})", ""), bare))
        or bare in ("", "其")
        or (is_unit(bare) and not is_line(bare))
        or bare.endswith(("：", "为", "是", "即", "范围", "区域"))
    )
