"""Coordinates printed in a text: three or more places in a row are the corners of an area.

Degrees, minutes and seconds, or decimal degrees, longitude and latitude in either order. What is
no such list (a frame 东经…—…, a single place, metres of a projection) is left in the text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

__all__ = ["SIGN", "Corners", "taken"]

SIGN = "\u29c9"
"""Stands in the text for a list that was taken out; one for each list, in order."""

_DEGREES = (
    r"(?:{0}\s*[:：]?\s*)?(?P<{1}d>\d{{2,3}})\s*[°度]\s*(?P<{1}m>\d{{1,2}}(?:\.\d+)?)\s*[′'’分]\s*"
    r"(?:(?P<{1}s>\d{{1,2}}(?:\.\d+)?)\s*(?:[″\"”秒]|''|′′|’’))?\s*[ENSW]?"
)
_DECIMAL = (
    r"(?:{0}\s*[:：]?\s*)?(?<![\d.])(?P<{1}>\d{{2,3}}\.\d{{2,}})(?!\d|\s*[%％米里公亩平元吨km])"
    r"\s*[°度]?\s*[ENSW]?"
)
_EAST, _NORTH = r"(?:东经|東經|经度|經度|[EL])", r"(?:北纬|北緯|纬度|緯度|[NB])"
_MID = r"\s*[、，,;；/\s]?\s*"
_ONE = re.compile(
    "|".join(
        (
            _DEGREES.format(_EAST, "a") + _MID + _DEGREES.format(_NORTH, "b"),
            _DEGREES.format(_NORTH, "c") + _MID + _DEGREES.format(_EAST, "e"),
            _DECIMAL.format(_EAST, "f") + _MID + _DECIMAL.format(_NORTH, "g"),
            _DECIMAL.format(_NORTH, "h") + _MID + _DECIMAL.format(_EAST, "i"),
        )
    )
)
_JOIN = re.compile(
    r"[\s，,、;；。.()（）—–\-~→至到|]*(?:第?[A-Za-z]{0,2}\d{0,3}(?:号|点|[:：.、])?)?[\s：:，,、（(]*"
)
_CHINA = (73.0, 136.0, 3.0, 54.0)


class Corners(NamedTuple):
    """points: lon/lat as printed. accuracy_m: half a unit of the last digit that is printed."""

    points: tuple[tuple[float, float], ...]
    accuracy_m: float


def taken(text: str) -> tuple[str, list[Corners]]:
    """The text with a sign for each list of three places or more, and the lists."""
    plain = "".join(
        sign if sign in "″′”’" else unicodedata.normalize("NFKC", sign)
        for sign in text.replace(SIGN, "□")
    )
    runs: list[list[re.Match[str]]] = []
    for found in _ONE.finditer(plain):
        if _place(found) is None:
            continue
        gap = plain[runs[-1][-1].end() : found.start()] if runs else ""
        if runs and _JOIN.fullmatch(gap):
            runs[-1].append(found)
        else:
            runs.append([found])
    lists: list[Corners] = []
    kept, at = "", 0
    for run in runs:
        points = [place for found in run if (place := _place(found)) is not None]
        if len(points) > 3 and points[0] == points[-1]:
            points.pop()
        if len(points) < 3:
            continue
        start, end = run[0].start(), run[-1].end()
        if plain[:start].endswith("(") and plain[end:].startswith(")"):
            start, end = start - 1, end + 1
        kept += plain[at:start] + SIGN
        at = end
        lists.append(Corners(tuple(points), max(_half(found) for found in run)))
    return (kept + plain[at:], lists) if lists else (text.replace(SIGN, "□"), [])


def _place(found: re.Match[str]) -> tuple[float, float] | None:
    """Longitude and latitude of one pair, None if it lies nowhere near China."""
    got = found.groupdict()
    if got["ad"]:
        lon, lat = _angle(got, "a"), _angle(got, "b")
    elif got["cd"]:
        lat, lon = _angle(got, "c"), _angle(got, "e")
    elif got["f"]:
        lon, lat = float(got["f"]), float(got["g"])
    else:
        lat, lon = float(got["h"]), float(got["i"])
    if lon < lat:
        lon, lat = lat, lon
    west, east, south, north = _CHINA
    return (lon, lat) if west < lon < east and south < lat < north else None


def _angle(got: dict[str, str | None], key: str) -> float:
    minutes, seconds = got[key + "m"] or "0", got[key + "s"] or "0"
    return float(got[key + "d"] or 0) + float(minutes) / 60.0 + float(seconds) / 3600.0


def _half(found: re.Match[str]) -> float:
    """Half a unit of the last printed digit, metres on the meridian; the coarser of the two."""
    got = found.groupdict()
    if got["ad"] or got["cd"]:
        return max(_half_angle(got, key) for key in ("ab" if got["ad"] else "ce"))
    return 55_600.0 * max(_unit(got[key]) for key in ("fg" if got["f"] else "hi"))


def _half_angle(got: dict[str, str | None], key: str) -> float:
    seconds = got[key + "s"]
    return 15.5 * _unit(seconds) if seconds else 926.0 * _unit(got[key + "m"])


def _unit(figure: str | None) -> float:
    return 10.0 ** -len((figure or "").partition(".")[2])
