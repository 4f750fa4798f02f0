"""Words by which an address names a unit and does not say that its place is in it.

非管城回族区, 距管城回族区3公里, 管城回族区以北5公里, 管城回族区至中牟县, 郑州市各区: who reads the
name only would put the place into the county. Such a unit is no stated one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .offset import PLAIN, SIDE, offset_behind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...layers.gazetteer import Unit

__all__ = ["Hedge", "beside", "hedges"]

NOT = r"(?:并?非|不是|不属于?|不含|不包括|不在|未在|除了|除去|除|排除|扣除)"
BESIDE = (
    r"(?:距离?|离|(?<![中太平高草])原(?:属|系|为|先)?|毗邻|紧邻|相邻|邻近?|临近|紧临|临|靠近|紧靠|靠"
    r"|接近|附近|周边|周围|近|通往|前往|开往|往|直?至|到)"
)
AHEAD = re.compile(rf"(?:(?P<no>{NOT})|{BESIDE})(?:于|在|了)?,*$")
EACH = (
    r"各个?(?:县|区|市|地|乡|镇|街道|办)|多个?(?:县|区|乡|镇|地)"
    r"|等(?:地|[县区市]|多|[一二两三四五六七八九十\d])"
)
ABOUT = r"(?:大约|约|大概|近|距离?)*"
BEHIND = re.compile(
    rf"(?P<each>{EACH})|,*(?:以外|之外|除外|境外|附近|周边|周围|外(?=$|,))|外(?=[的约围]|{PLAIN})"
    rf"|,*(?:正|之|的)?以?{SIDE}(?:方向|方|侧|边|面|部|,)*{ABOUT}(?={PLAIN})|(?:之|的)?以{SIDE}"
    rf"|,*{ABOUT}(?={PLAIN})|{SIDE}?方向"
    r"|(?:的|相)?(?:交界|边界|接壤|毗邻|邻近|临近|相邻|紧邻)|邻(?=$|,|接)|[,和与及][^路街道]{1,10}?(?:交界|接壤)"
    r"|[至到](?![诚尊善美真德臻])|或|沿线|一带"
)
MOVING = re.compile(r"流动(?:经营|作业|摊|施工|销售)|(?:无|不)固定(?:场所|地址|地点|经营)?")


ONE_AHEAD = re.compile(r"(?:^|[,市])([\u4e00-\u9fff]{2,3})(?:,|和|与|或|及|至|到)+$")
ONE_BEHIND = re.compile(
    r"(?:,|和|与|或|及|至|到)+([\u4e00-\u9fff]{2,3}?)(?=$|[,和与或及等至到]|[两三四][区县市])"
)


class Hedge(NamedTuple):
    """A unit (or town) that an address names without putting its place into it.

    `name`: as it is written; `words`: the unit with what is said of it; `start` and `end` of the
    names that stand together. `away_m`: how far from it the place is, where that is told. `each`:
    several parts of it are meant; `never`: it is denied with all that stands before it;
    `unread`: a long distance is told that cannot be read.
    """

    name: str
    words: str
    start: int
    end: int
    away_m: float | None = None
    each: bool = False
    never: bool = False
    unread: bool = False


def hedges(text: str, spans: Iterable[tuple[int, int]]) -> list[Hedge]:
    """What is hedged of the names that stand at these places of a text."""
    chains: list[list[tuple[int, int]]] = []
    for start, end in sorted(spans):
        if chains and not text[chains[-1][-1][1] : start].strip(","):
            chains[-1].append((start, end))
        else:
            chains.append([(start, end)])
    found = [hedge for chain in chains if (hedge := _hedge(text, chain)) is not None]
    moving = MOVING.search(text)
    if moving and chains and not found:
        (start, _), (_, end) = chains[0][0], chains[0][-1]
        found.append(Hedge(text[start:end], moving[0], start, end, each=True))
    return found


def _hedge(text: str, chain: list[tuple[int, int]]) -> Hedge | None:
    start, (last, end) = chain[0][0], chain[-1]
    ahead, behind = AHEAD.search(text, 0, start), BEHIND.match(text, end)
    if ahead is None and behind is None:
        return None
    first = start if ahead is None else ahead.start()
    words = text[first : end if behind is None else max(behind.end(), end)].strip(",")
    never = ahead is not None and ahead["no"] is not None
    away = None if never else offset_behind(text[end:], touching=True)
    metres = (away.walked or None) if away is not None and not away.unread else None
    each = behind is not None and behind["each"] is not None and ahead is None
    unread = away is not None and away.astray
    return Hedge(text[last:end], words, start, end, metres, each, never, unread)


def beside(text: str, spans: Iterable[tuple[int, int]], units: Sequence[Unit]) -> list[Unit]:
    """Those of these units that are named by their first signs beside others: 管城、金水区."""
    found = []
    for start, end in spans:
        for word in (ONE_AHEAD.search(text, 0, start), ONE_BEHIND.match(text, end)):
            named = [] if word is None else [one for one in units if one.name.startswith(word[1])]
            found += [one for one in named if one.name not in text]
    return found
