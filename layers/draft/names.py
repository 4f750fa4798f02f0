"""Which line a name in a text means: widths, suffixes, road numbers, old names, suggestions.

Standard library only.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..words.traditional import SIMPLIFIED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Match", "find", "key", "number", "quarters"]

_KIND = {"国": "G", "省": "S", "县": "X", "乡": "Y", "村": "C"}
_NUMBER = (
    re.compile(r"(?P<kind>[GSXYCZ])0*(?P<n>\d+)"),
    re.compile(r"(?P<zh>[国省县乡村])道0*(?P<n>\d+)"),
    re.compile(r"(?<!\d)0*(?P<n>\d+)(?P<zh>[国省县乡村])道"),
)
_OLD = re.compile(r"^(?:原|旧|老|现)(?=.{2})")
_SAME = (
    (re.compile(r"高速公路$|高速路$"), "高速"),
    (re.compile(r"铁路线$|铁路沿线$|铁路专用线$"), "铁路"),
    (re.compile(r"(?<=环)(?:路|线|道路|快速路|公路|大道|高架|高架路)$"), ""),
    (re.compile(r"(?<=[路街道])(?:道路|路段|快速路|高架|快速通道|主路|辅路)$"), ""),
    (re.compile(r"(?<=[河渠江])(?:河道|中心线|主河槽|干流)$"), ""),
    (re.compile(r"(?<=[GSXYC\d])(?:道路|公路|线)$"), ""),
)
_SUFFIX = re.compile(r"(?:快速通道|快速路|大道|大街|公路|道路|路|街|道|巷|线|河|渠|江)$")


class Match(NamedTuple):
    """names: those of the lines found. how: exact, number, aka or suffix; else "" and "
    "suggestions."""

    names: tuple[str, ...]
    how: str
    suggestions: tuple[str, ...] = ()


@cache
def key(name: str) -> str:
    """One spelling of a name: NFKC, simplified, no spaces, no words for the kind of road alone."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(name))).upper()
    plain = plain.translate(SIMPLIFIED)
    for pattern, short in _SAME:
        plain = pattern.sub(short, plain)
    return plain


@cache
def number(name: str) -> str | None:
    """The road number in a name: G107 for 107国道, 国道107线 and G107 alike."""
    plain = unicodedata.normalize("NFKC", str(name)).upper().replace(" ", "")
    plain = plain.translate(SIMPLIFIED)
    for pattern in _NUMBER:
        found = pattern.search(plain)
        if found:
            kind = found.groupdict().get("kind") or _KIND[found["zh"]]
            return kind + found["n"]
    return None


def find(names: Sequence[str], known: Iterable[str]) -> Match:
    """The known names that mean the same line as the first of ``names`` (the others are its akas).

    In this order: the name itself; its road number; another name printed with it; without 原; the
    same name with another word for road, if only one line has it.
    """
    known = list(dict.fromkeys(known))
    for place, name in enumerate(names):
        found = _exact(name, known)
        if found.names:
            return Match(found.names, "aka" if place else found.how)
    for name in names:
        if _OLD.search(name):
            found = _exact(_OLD.sub("", name), known)
            if found.names:
                return Match(found.names, "old")
    body = _SUFFIX.sub("", key(names[0]))
    if len(body) > 1:
        alike = [other for other in known if _SUFFIX.sub("", key(other)) == body]
        if alike and len({key(other) for other in alike}) == 1:
            return Match(tuple(alike), "suffix")
    folded = {key(other): other for other in known}
    close = difflib.get_close_matches(key(names[0]), folded, n=3, cutoff=0.5)
    inside = [other for plain, other in folded.items() if len(body) > 1 and body in plain]
    return Match((), "", tuple(dict.fromkeys([*inside[:3], *(folded[c] for c in close)]))[:4])


def _exact(name: str, known: Sequence[str]) -> Match:
    plain = key(name)
    same = tuple(other for other in known if key(other) == plain)
    if same:
        return Match(same, "exact")
    code = number(name)
    if code:
        same = tuple(other for other in known if number(other) == code)
        if same:
            return Match(same, "number")
    return Match((), "")


def quarters(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The names that are a part of a ring road: 东四环, 四环路南段 and 西南绕城高速 of theirs."""
    plain = key(name)
    pattern = re.compile(
        rf"(?:[东南西北]{{1,2}}{re.escape(plain)}|{re.escape(plain)}[东南西北]{{1,2}}段?)$"
    )
    return tuple(dict.fromkeys(other for other in known if pattern.match(key(other))))
