"""Names that still hold grammar: nothing that reads like half a sentence becomes a line or a unit.

A wrong line drawn without a word is worse than a line that is missing and said to be.
"""

from __future__ import annotations

import re

__all__ = ["doubtful", "doubtful_area"]

# A路B路: two lines with no word between them.
_TWICE = (
    r"(?<=[^铁公])路(?!街道|桥|北|南|东|西|中)[一-龥]{2,}(?<!北)(?<!南)(?<!东)(?<!西)(?:路|大道)$"
)

_SENTENCE = (
    r"[以之](?:东|南|西|北)|为(?:界|线|准|中心|圆心|基点|原点)|向[东南西北](?![路街桥村])|距(?!离)"
    r"|\d(?:\.\d+)?(?:米|公里|千米|m|km)(?!大道|路|等高|高程|高速)|以内|以外|范围|周边|附近|之间"
    r"|合围|围合|闭合|除外|不含|包括|接壤|相邻|毗邻|临近|外延|外扩|外推|所有|全部|其余|方圆|半径"
    r"|(?<=路)路段$|水域|陆域|地段|以及|起算|不超过|连线的|上游|下游|两侧|沿(?=.{2,}[路街道河线江]$)"
)
_LINE = re.compile(
    _SENTENCE
    + rf"|{_TWICE}"
    + r"|^(?:从(?!化)|距)|位于|坐落|地处|^以(?=.{3,})|[向往]$|^[东南西北中上下]{1,2}段$"
    r"|^其|及其|[路街道河渠江线桥环]的|部分|区域|等$|一带|沿线|(?<=.{2})及(?=.{2})"
    r"|(?<=.{2})和(?![平谐昌顺睦兴美阳县信盛悦安畅祥润济义庄静合林风田园])(?=.{3})"
    r"|(?<=[路街道河线口区镇村])(?:从|自|由)(?=.{2,}[至到])"
)
_BOTH = re.compile(r"(?<=.)与(?=.)")
_MEETS = re.compile(r"(?:连线|交叉口|交叉路口|交汇处?|交会处?|交界处?|交口|路口|相交处?|接壤处)$")
_FROM_TO = re.compile(r"(?<=.{2})[至到](?=.{2})")
_AREA = re.compile(
    rf"{_SENTENCE}|—|[路街道河]口?[至到]|[内外]的|^含|(?:水域|海域|边界|以内?|之间)$|^(?:沿|但|除|不)"
)
LONG = 26


def doubtful(name: str, ring: bool = False) -> bool:
    """Whether the name of a line holds words of a sentence (距南口243.73米, X以北, A及B)."""
    bare = re.sub(r"^沿(?=[江河湖海滨沪山溪港城])", "", name)
    if len(name) > LONG or _LINE.search(bare):
        return True
    if _BOTH.search(name) and not _MEETS.search(name):
        return True
    return not ring and bool(_FROM_TO.search(name))


def doubtful_area(name: str) -> bool:
    """Whether the name of an area holds words of a sentence."""
    return len(name) > LONG or bool(_AREA.search(name))
