"""What stands in brackets behind a name: inclusion, a stretch, another name, what is taken off."""

from __future__ import annotations

import re
from typing import NamedTuple

from .lexicon import COMPASS, SIDE, is_line, is_unit

__all__ = ["Note", "inclusion", "names_in", "read_hole"]


class Note(NamedTuple):
    """One thing said in a bracket.

    what: include (value included/excluded; names, if only those; wide, if about all edges),
    stretch (start, end), open (start, value = direction), aka, unread, nothing.
    """

    what: str
    value: str = ""
    names: tuple[str, ...] = ()
    wide: bool = False


_ALL = (
    r"(?:(?:禁止|限制|禁放|禁燃|上述|以上|该|本)*(?:区域|范围)(?=.*(?:含|包))|其余|其他|其它|以上|上述"
    r"|均|都|全部|所有|各|四周|四至|周边|区域)"
)
_LINE = (
    r"(?:边界线?上?|界线|边线|四至|周边|围合|合围|临界|沿线|两侧|外围|以上|上述|各|该|本|其"
    r"|所有|全部|道路|路段|公路|马路"
    r"|快速路|高速公路|高速|环路|环线|河道|门前道路|河流|铁路|街道|线路|路面|路|线|河|高速|桥梁|水系|红线|水域|水面|绿化带|及|和|与|、|的"
    r"|等|区域|[一二三四五六七八九十两\d]+[条个])"
)
_IN, _OUT = r"(?:包?含|包括|计入|涵盖)", r"(?:不(?:包?含|包括|计入|计|涵盖)|除外)"
_GENERIC = (
    (re.compile(rf"^{_ALL}*{_OUT}{_LINE}*(?:本身|在内)?$"), "excluded"),
    (re.compile(rf"^{_ALL}*{_IN}{_LINE}*(?:本身)?(?:在内)?$"), "included"),
    (re.compile(rf"^{_LINE}+(?:均|都|全部|一律)?(?:{_OUT}|不(?:包含|包括|含|计算)?在内"
                rf"|不在其内)$"), "excluded"),
    (re.compile(rf"^{_LINE}+(?:均|都|全部|一律)?(?:{_IN}|(?:包含|包括|含|计算)?在内"
                rf"|纳入)(?:其中|在内)?$"), "included"),
)  # fmt: skip
_NAMED = (
    (re.compile(r"^(?:均|都)?(?:不(?:包?含|包括)|剔除|扣除|除去|除)(.+?)(?:在内|除外|以外"
                r"|之外|外)?$"), "excluded"),
    (re.compile(r"^(?:其中)?(.+?)(?:均|都|全部)?(?:不含|不包括|不包含|除外|不在内"
                r"|不计入)(?:在内)?$"), "excluded"),
    (re.compile(r"^(?:均|都)?(?:包?含|包括|涵盖)(.+?)(?:在内)?$"), "included"),
    (re.compile(r"^(?:其中)?(.+?)(?:均|都|全部)?(?:包含在内|在内|含)$"), "included"),
)  # fmt: skip
_WIDE = re.compile(
    r"均|其余|其他|其它|都|以上|上述|边界|四至|全部|所有|各|周边|围合|合围|外围|、|边线|界线"
)
_STRETCH = (
    re.compile(r"^(?:[东南西北](?=起|自))?(?:起自|起于|自|从|由"
               r"|起)?(.+?)(?:起)?，?[东南西北]?(?:至|到|—|(?<!禁)止于?)(.+?)"
               r"(?:之间|间)?(?:的)?(?:(?<=[路街道河线桥口])路段|区段|线段|段|止)?$"),
)  # fmt: skip
_ENDS = re.compile(
    r"^[东南西北](?:至|到|起)([^，；。]{2,})，[东南西北](?:至|到|止)([^，；。]{2,})$"
)
_NO_STRETCH = re.compile(r"含|包括|除|区域|范围|禁止|详见|划定")
_OPEN = re.compile(rf"^(.+?)(?:以|之)({COMPASS})(?:侧)?的?(?:路段|段|部分)?$")
_FORMER = re.compile(
    r"^(?:原名?|旧|老|现名?|又称|又名|亦称|即|也称|俗称|曾用名|暂名|暂定名|规划名?|简称"
    r"|曾名)[：为]?(.{2,20})$"
)
_IDLE = re.compile(
    r"^含\d+(?:米|公里)$|走向|^以下(?:简称|称)|^下同$|^详?见(?:附|图)|^附|^如图|示意图|^暂名$|^暂定名?$|^规划$"
    r"|^在建$|^拟建$|^约|^面积"
    r"|平方公里|平方千米|公顷|^[东南西北]+向$"
)
_PLACE = re.compile(r"^[GSXYCZ]\d+|^.{1,6}(?:县|区|镇|乡|街道).{1,8}$")


def names_in(text: str) -> tuple[str, ...]:
    """The names of a list; 和, 及 and 与 part names only where both sides are long enough."""
    names: list[str] = []
    for piece in re.split(r"[、，；]|(?<!\d)—|—(?!\d)|以及", text):
        names += _apart(piece)
    return tuple(name for name in names if name)


def _apart(piece: str) -> list[str]:
    for found in re.finditer(r"[和及与]", piece):
        before, after = piece[: found.start()], piece[found.end() :]
        if after.startswith("其"):
            continue
        if joins(before, after):
            return [before, *_apart(after)]
    return [piece]


_HARMONY = re.compile(
    r"^和(?:谐|平|昌|顺|睦|兴|美|阳|园|田|县|信|盛|悦|雅|政|安|畅|风|静|林|龙|祥|润|苑|桥|义"
    r"|庄|济|硕|布|合)"
)


def joins(before: str, after: str, sign: str = "和") -> bool:
    """Whether 和, 及 or 与 between two pieces of a text is a conjunction and no part of a name."""
    if len(before) < 2 or not (is_line(before) or is_unit(before)):
        return False
    if sign == "和" and _HARMONY.match("和" + after):
        return False
    body = re.sub(r"(?:大道|大街|公路|快速路|高速|路|街|道|河|渠|以[东南西北].*)+$", "", after)
    return len(body) >= 2 or bool(re.match(r"^[GSXY]?\d|^.环", after))


def inclusion(text: str) -> Note | None:
    """A statement on whether lines count in: of all (wide), of one, or of those it names."""
    for pattern, value in _GENERIC:
        if pattern.match(text):
            return Note("include", value, (), bool(_WIDE.search(text)))
    for pattern, value in _NAMED:
        found = pattern.match(text)
        if found and found[1]:
            return Note("include", value, names_in(found[1]))
    return None


def read_hole(text: str) -> list[Note]:
    """Everything one bracket says, in order."""
    text = text.strip("，。；、")
    whole = inclusion(text)
    if whole is not None and not re.search(r"[，；。]", text):
        mixed = re.match(r"^(包?含|包括)(.+?)、(不(?:包?含|包括).+)$", text)
        if mixed is None:
            return [whole]
        return [n for piece in (mixed[1] + mixed[2], mixed[3]) for n in read_hole(piece)]
    one = _stretch(text)
    if one is not None:
        return [one]
    notes: list[Note] = []
    for piece in re.split(r"[，；。]", text):
        told = inclusion(piece)
        notes += [told] if told else _pieces(piece)
    return notes


def _stretch(text: str) -> Note | None:
    ends = _ENDS.match(text)
    if ends:
        return Note("stretch", names=(ends[1], ends[2]))
    if re.search(r"[、；。]", text) or _IDLE.search(text):
        return None
    for pattern in _STRETCH:
        found = pattern.match(text)
        if found and found[1].strip("，") and not _NO_STRETCH.search(text) and not inclusion(text):
            return Note("stretch", names=(found[1].strip("，"), found[2]))
    return None


def _pieces(piece: str) -> list[Note]:
    if not piece:
        return []
    several = [_stretch(part) for part in piece.split("、")]
    if len(several) > 1 and all(several):
        return [note for note in several if note]
    if _IDLE.search(piece):
        return [Note("nothing", piece)]
    if re.search(r"以.+为(?:界|准)", piece):
        return [Note("unread", piece)]
    listed = piece.split("、")
    if len(listed) > 1 and all(is_line(name) for name in listed):
        return [Note("aka", name) for name in listed]
    if re.fullmatch(r".{2,8}(?<!路)段", piece):
        return [Note("open", "", (piece,))]
    one = _stretch(piece)
    if one is not None:
        return [one]
    found = _OPEN.match(piece)
    if found:
        return [Note("open", SIDE[found[2][0]], (found[1],))]
    former = _FORMER.match(piece)
    if former:
        return [Note("aka", former[1])]
    if len(piece) <= 14 and (is_line(piece) or is_unit(piece) or _PLACE.match(piece)):
        return [Note("aka", piece)]
    return [Note("unread", piece)]
