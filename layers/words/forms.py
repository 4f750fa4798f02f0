"""Clauses of one form only: an area in figures, what is taken off, a way along roads, a circle."""

from __future__ import annotations

import re

from .pieces import BEHIND, FIGURE, Clause, Name, metres, signless

__all__ = ["FORMS"]

_AROUND = re.compile(
    rf"^以?(?P<name>.+?)为(?:圆心|中心|原点)[，,]?(?:的|以)?(?:半径|方圆|周边|周围)?(?:为"
    rf"|约)?{FIGURE}(?:为半径)?(?:的|以内|之内|范围|区域|内|半径)*$"
)
_MINUS = re.compile(
    rf"^(?:但|其中)*(?:除去?|不包括|不包?含|剔除|扣除|不计)(?P<name>.+?)(?:除外|以外|之外|外"
    rf"|的区域)*(?P<behind>{BEHIND})$"
)
_MINUS_LAST = re.compile(rf"^(?P<name>.+?)(?:除外|不在其列|不在此列)(?P<behind>{BEHIND})$")
_AREA = re.compile(
    r"^(?:区域|规划|总|占地)*面积(?:共计|约为|约|为|达"
    r"|共)*(?P<n>\d+(?:\.\d+)?)(?P<unit>平方公里|平方千米|km2|k㎡|公顷|万平方米|平方米)$"
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
    return Clause("route", (Name(found["name"], found["in"]), Name(signless(found["to"]))))


def _around(text: str) -> Clause | None:
    found = _AROUND.match(text)
    if not found:
        return None
    name = Name(found["name"])
    return Clause("corridor", (name,), width=metres(found), corridor="around", closes=True)


FORMS = (_area, _minus, _around, _route)
