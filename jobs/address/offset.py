"""Where from a crossing, a place, a village or a town: 西南140米, 以南3公里, 西500-800米.

What is told of a distance and cannot be placed goes into the disc; what is told and cannot be read
(西第三个路口, 数公里, 两站路) is handed back as it stands, so that nobody takes the reference for
the place.
"""

from __future__ import annotations

import re
from math import cos, radians, sin
from typing import NamedTuple

__all__ = ["PLAIN", "SIDE", "Offset", "far_words", "offset_behind"]

FARTHEST_M = 50_000.0  # nobody tells a place by a crossing that far away
CORNER_M = 60.0
NEAR_M = 400.0  # as "at the crossing of" is said
NEAR = re.compile("附近|周边|周围|旁")
SIDES = {"东北": 45, "东南": 135, "西南": 225, "西北": 315, "东": 90, "南": 180, "西": 270, "北": 0}
SIDE = "(?:东北|东南|西南|西北|东|南|西|北)"
NUMBER = r"(?:\d+(?:\.\d+)?|半|[零一二两三四五六七八九十百千]+)"
# 十八里河, 三里屯, 七里铺 are names; 3M is a firm
UNIT = (
    r"(?:公里|千米|[kK][mM]|华里|里(?![河屯铺庄桥堡店沟岗营井坡村湾巷园社墩塘阁])|米"
    r"|[mM](?![a-zA-Z公]))"
)
DISTANCE = (
    rf"(?:(?P<low>{NUMBER})(?:余|多|来)?(?P<unit>{UNIT})?(?:-|—|至|到|或))?"
    rf"(?P<high>{NUMBER})(?:余|多|来|个)?(?P<last>{UNIT})(?P<half>半)?(?:多|余|左右|上下)?"
)
PLAIN = re.sub(r"\?P<\w+>", "?:", DISTANCE)
LEG = re.compile(
    rf"(?:再|又|然后|接着|,)?(?:的|向|往|以|之|沿|路|偏|正)*(?P<side>{SIDE})"
    rf"(?:方向|方|侧|边|面|部|头|行|走|约|大约|大概|近|角|距离|处|,)*{DISTANCE}"
)
CORNER = re.compile(rf"({SIDE})(?:角|侧|边|面)")
ANYWHERE = re.compile(DISTANCE)
TOUCHING = re.compile(
    r"(?:以外|之外|以|外|附近|周边|周围|方圆|半径|的|约|大约|大概|距离?|,)*" + DISTANCE
)
SOME = r"[一二两三四五六七八九十几数多若干\d]+"
UNREAD = re.compile(
    rf"(?:(?:向|往|以|再|正)*{SIDE}(?:方向|方|侧|边|面|行|走|约|大约)*)?"
    rf"(?:第?{SOME}个?(?:路口|红绿灯|十字|街口|站路|站地|站远|街区|条街)"
    rf"|[十百千]?[几数若干多好][十百千干]?个?{UNIT}|[十百千][几余多]{UNIT}"
    rf"|{SOME}(?:分钟|步远|华?里地|里路)|不远|一站路)"
    rf"|(?:以|向|往){SIDE}(?:方向|方|侧|行|走)*(?=$|,)"
)
FAR = re.compile(r"公里|千米|里|分钟|[kK][mM]")
DIGITS = {d: i for i, d in enumerate("零一二三四五六七八九")}
SCALE = {"十": 10, "百": 100, "千": 1000}
METRES = {"米": 1.0, "m": 1.0, "公里": 1000.0, "千米": 1000.0, "km": 1000.0}
LI_M = 500.0


class Offset(NamedTuple):
    """Metres east and north of a reference, and the metres that were walked.

    `loose`: metres by which the place may lie in any direction besides. `unread`: the words of a
    distance that cannot be read or is too far: then nothing is known but that it is not there.
    """

    east: float = 0.0
    north: float = 0.0
    walked: float = 0.0
    loose: float = 0.0
    unread: str = ""

    @property
    def astray(self) -> bool:
        """Whether the place may be so far from the reference that no town or county holds it."""
        return bool(FAR.search(self.unread))


def offset_behind(text: str, *, touching: bool = False) -> Offset | None:
    """The offset that follows a reference; None where nothing is told of one.

    `touching`: only what follows at once, as behind a town, where a distance farther on is told of
    something else.
    """
    east = north = walked = loose = 0.0
    at = 0
    while leg := LEG.match(text, at):
        low, high = _metres_of(leg)
        angle = radians(SIDES[leg["side"]])
        east += (low + high) / 2.0 * sin(angle)
        north += (low + high) / 2.0 * cos(angle)
        walked += high
        loose += (high - low) / 2.0
        at = leg.end()
    corner = CORNER.match(text) if not at else None
    if corner:
        angle, at = radians(SIDES[corner[1]]), corner.end()
        east, north, walked = CORNER_M * sin(angle), CORNER_M * cos(angle), CORNER_M
    told = UNREAD.match(text, at) if touching else UNREAD.search(text, at)
    if told:
        return Offset(unread=told[0].strip(","))
    first = TOUCHING.match(text, at)
    more = ([first] if first else []) if touching else ANYWHERE.finditer(text, at)
    if not (touching and at):
        for distance in more:
            metres = _metres_of(distance)[1]
            walked, loose, at = walked + metres, loose + metres / 2.0, distance.end()
    if walked > FARTHEST_M:
        return Offset(unread=text[:at].strip(","))
    if not walked and NEAR.match(text):
        loose = NEAR_M
    return Offset(east, north, walked, loose) if walked or loose else None


def far_words(text: str, least_m: float) -> str:
    """The words of a way of more than `least_m` from something that is not known, "" for none."""
    for leg in LEG.finditer(text):
        if _metres_of(leg)[1] > least_m:
            return leg[0].strip(",")
    told = UNREAD.search(text)
    return told[0].strip(",") if told and FAR.search(told[0]) else ""


def _metres_of(match: re.Match[str]) -> tuple[float, float]:
    """The least and the most metres of a distance that :data:`DISTANCE` matched."""
    unit = _unit(match["last"])
    high = (_number(match["high"]) + (0.5 if match["half"] else 0.0)) * unit
    if not match["low"]:
        return high, high
    low = _number(match["low"]) * (_unit(match["unit"]) if match["unit"] else unit)
    return min(low, high), max(low, high)


def _unit(text: str) -> float:
    return METRES.get(text.lower(), LI_M)


def _number(text: str) -> float:
    """140, 一百四十, 两千, 五十, 半."""
    if text[0].isdigit():
        return float(text)
    if text == "半":
        return 0.5
    total, digit = 0, 0
    for char in text.replace("两", "二"):
        if char in SCALE:
            total += (digit or 1) * SCALE[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return float(total + digit)
