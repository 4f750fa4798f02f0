"""Clauses of one form only: an area in figures, what is taken off, a circle, a way along roads."""

from __future__ import annotations

import re

from .lexicon import is_line, is_ring_road, is_unit
from .pieces import BEHIND, FIGURE, Clause, Name, metres, signless

__all__ = ["FORMS"]

_AROUND = re.compile(
    rf"^(?:以|在)?(?P<name>.+?)(?P<in>{BEHIND})为(?:圆心|中心点?|原点|基点|基准点?)[，,]?"
    rf"(?:的|以|周围|周边|向外)*(?:半径|方圆|周边|周围)?(?:为|约)*{FIGURE}(?:为半径)?"
    rf"(?:的|以内|之内|范围|区域|圆形|圆|内|半径)*(?P<rest>(?:水域|陆域|海域|地区).*)?"
    rf"(?P<behind>{BEHIND})$"
)
_NEAR = re.compile(
    rf"^(?P<name>.{{2,}}?)(?P<in>{BEHIND})(?:周边|周围|四周|方圆|半径)(?:外延|外)?(?:约)?{FIGURE}"
    rf"(?:的|以内|之内|范围|区域|内)*(?P<behind>{BEHIND})$"
)
_BETWEEN = re.compile(
    rf"^(?:介于|位于|处于|在)?(?P<one>.{{2,}}?)(?P<in1>{BEHIND})(?:与|和|及|至|到|、|—)"
    rf"(?P<two>[^至到与—、]{{2,}}?)(?P<in2>{BEHIND})(?:之间|中间|间(?=的|区域|范围))"
    rf"(?:的)?(?:区域|范围|地区|地带|部分|地块)?(?:内|以内)?(?P<rest>.*?)(?P<behind>{BEHIND})$"
)
_WITHIN = re.compile(
    rf"^(?P<name>.{{2,}}?)(?P<in>{BEHIND})(?:封闭区|合围区)?(?:范围|区域)?(?:以内|之内|内)"
    rf"(?P<behind>{BEHIND})的?(?P<rest>[^，、]{{2,}})$"
)
_MINUS = re.compile(
    rf"^(?:但|其中|在)*(?:除去?|不包括|不包?含|剔除|扣除|不计)(?P<name>.+?)(?:除外|以外|之外|外"
    rf"|的区域)*(?P<behind>{BEHIND})$"
)
_MINUS_LAST = re.compile(rf"^(?P<name>.+?)(?:除外|不在其列|不在此列)(?P<behind>{BEHIND})$")
_AREA = re.compile(
    r"^(?:(?P<lead>.{2,16}(?:区块|片区|区|地块|组团))|(?:辖区|区域|规划|范围|总|占地|用地)*(?:面积|总?用地))"
    r"(?:共计|约为|约|为|达|共)*(?P<n>\d+(?:\.\d+)?)"
    r"(?P<unit>平方公里|平方千米|km2|k㎡|公顷|万平方米|平方米)$"
)
_ROUTE = re.compile(
    rf"^(?:(?:自|由|从)(?P<from>.+?)(?:起|开始|出发)?[，]?)?(?:再|然后|继续"
    rf"|折)?(?:向?[东南西北]+)?沿(?P<name>.+?)(?P<in>{BEHIND})"
    rf"(?:折|转)?(?:往|向)?(?:[东南西北]+(?:方向)?)?(?:行|走|延伸)?(?:至|到|接"
    rf"|与)(?P<to>.+?)(?P<behind>{BEHIND})$"
)


def _area(text: str) -> Clause | None:
    found = _AREA.match(signless(text))
    if not found:
        return None
    scale = {"公顷": 0.01, "万平方米": 0.01, "平方米": 1e-6}.get(found["unit"], 1.0)
    return Clause("area", width=float(found["n"]) * scale, lead=found["lead"] or "")


def _minus(text: str) -> Clause | None:
    found = _MINUS.match(text) or _MINUS_LAST.match(text)
    if not found:
        return None
    return Clause("minus", (Name(found["name"]),), behind=found["behind"])


def _route(text: str) -> Clause | None:
    found = _ROUTE.match(text)
    if not found:
        return None
    return Clause("route", (Name(found["name"], found["in"]), Name(signless(found["to"]))))


def _around(text: str) -> Clause | None:
    found = _AROUND.match(text) or _NEAR.match(text)
    if not found:
        return None
    rest = found.groupdict().get("rest") or ""
    name = Name(re.sub(r"(?:以|各)$", "", found["name"]), found["in"])
    return Clause("corridor", (name,), width=metres(found), corridor="around", closes=True,
                  behind=found["behind"], rest=rest)  # fmt: skip


def _between(text: str) -> Clause | None:
    """A路与B路之间, 三环至四环之间."""
    found = _BETWEEN.match(text)
    if not found:
        return None
    one, two = found["one"], found["two"]
    if not (is_line(one) and is_line(two)) or re.search(r"[路街道]口?.{1,}[路街道]$", one + "口"):
        return None
    names = (Name(one, found["in1"]), Name(two, found["in2"]))
    return Clause("between", names, behind=found["behind"], rest=found["rest"])


def _within(text: str) -> Clause | None:
    """绕城高速以内的A区: units, cut by a ring road."""
    found = _WITHIN.match(text)
    if not found or not is_ring_road(found["name"]) or not is_unit(_WHOLE.sub("", found["rest"])):
        return None
    name = Name(found["name"], found["in"])
    return Clause("inside", (name,), behind=found["behind"], rest=found["rest"])


_WHOLE = re.compile(r"(?:全部|所有|所辖|行政|范围|区域|辖区)+$")
FORMS = (_area, _minus, _around, _between, _within, _route)
