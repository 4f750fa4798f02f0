"""Reading a typed pair of coordinates, in degrees, as people copy them from maps and papers.

``113.69, 34.735``, ``34.735N 113.69E``, ``东经113°41′24″ 北纬34°44′06″``, ``bd09 113.69 34.735``.
What a text leaves open stays open: without a datum there is none, and where either number may be
the longitude both readings are returned.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from ..layers.datum import to_wgs84
from ..rules.messages import Line
from .answer import BadInput

__all__ = ["LATITUDE_FIRST", "Reading", "angle", "parse"]

LATITUDE_FIRST = "latitude_first"

# Each name as a user may write it before or behind the numbers, after NFKC and in lower case.
_DATUMS = {
    "gcj02": r"gcj[\s_-]?02|amap|tencent|高德|腾讯|火星",
    "bd09": r"bd[\s_-]?09|baidu|百度",
    "wgs84": r"wgs[\s_-]?84(?![.\d])|epsg:4326|gps",
    "cgcs2000": r"cgcs[\s_-]?2000|国家2000|epsg:4490",
}
_AROUND = r"(?:坐标系?|地图)?"
_DATUM = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _DATUMS.items()))
# λ and φ stand for a longitude and a latitude that are named without a hemisphere.
_WORDS = (
    ("东经", "E"),
    ("西经", "W"),
    ("北纬", "N"),
    ("南纬", "S"),
    (r"longitude|经度|lon|lng", "λ"),
    (r"latitude|纬度|lat", "φ"),
    (r"[度º]", "°"),
    (r"[分′’‘`´]", "'"),
    (r"[秒″”“]|''", '"'),
    (r"(?<=\d)\s*d(?=[\s\d])", "°"),
    (r"(?<=\d)\s*m(?=[\s\d,;ewns]|$)", "'"),
    (r"('\s*[\d.]+)\s*s(?=[\s,;ewn]|$)", r'\1"'),
    (r"[:=]", " "),
)
_NUMBER = r"(?:\d+(?:\.\d*)?|\.\d+)"
_HALF = re.compile(
    rf"([NSEWλφ])?\s*([+-])?\s*({_NUMBER})\s*°?"
    rf"(?:\s*(?<=[\s°])({_NUMBER})\s*'?(?:\s*(?<=[\s'])({_NUMBER})\s*\"?)?)?\s*([NSEW])?"
)
_DEGREES = re.compile(rf"[+-]?\s*{_NUMBER}\s*°")
_LETTERS = re.compile(r"[NSEWλφ]")
_AXES = {"E": "lon", "W": "lon", "λ": "lon", "N": "lat", "S": "lat", "φ": "lat"}
_MOST = {"lon": 180.0, "lat": 90.0}


class Reading(NamedTuple):
    """One way to read a text.

    ``lon``, ``lat`` in degrees of ``datum``, a name of layers.datum.DATUMS, or None where the text
    names none. ``note``: LATITUDE_FIRST where the latitude was written first without saying so.
    """

    lon: float
    lat: float
    datum: str | None
    note: str

    def in_wgs84(self, datum: str) -> tuple[float, float]:
        """Degrees WGS84, taken as the reading's own datum, else as ``datum``."""
        return to_wgs84(self.lon, self.lat, self.datum or datum)


def parse(text: str) -> list[Reading]:
    """Return the readings of a text that holds one pair of coordinates, the likeliest first.

    Raises BadInput, naming the text, for anything else.
    """
    rest, datum = _without_datum(unicodedata.normalize("NFKC", text).lower(), text)
    if re.search(r"\de[+-]?\d", rest) and not re.search("[ns]", rest):  # 1e2 is no eastern degree
        raise _wrong(
            text, "expected plain decimals or degrees, minutes, seconds", "应为小数度或度、分、秒"
        )
    rest = _signed(rest)
    first, second = (_half(half, text) for half in _halves(rest.strip(" ()[]"), text))
    found = [
        Reading(*pair, datum, note)
        for pair, note in _orders(first, second, text)
        if abs(pair[0]) <= _MOST["lon"] and abs(pair[1]) <= _MOST["lat"]
    ]
    if not found:
        far = max(abs(first[0]), abs(second[0])) > 360
        why = Line("projected metres?", "是投影坐标？") if far else Line("out of range", "超出范围")
        raise _wrong(
            text,
            f"not longitude and latitude in degrees ({why})",
            f"不是以度为单位的经纬度（{why.zh}）",
        )
    return found


def angle(text: str) -> tuple[float, str | None]:
    """Return one angle in degrees, and ``lon`` or ``lat`` where the text says which it is.

    Raises BadInput, naming the text.
    """
    return _half(_signed(unicodedata.normalize("NFKC", text).lower()).strip(), text)


def _signed(folded: str) -> str:
    """Words and look-alikes as the signs E W N S λ φ ° ' and ″."""
    for pattern, sign in _WORDS:
        folded = re.sub(pattern, sign, folded)
    return re.sub(r"(?<![a-z])[news](?![a-z])", lambda found: found[0].upper(), folded)


def _without_datum(folded: str, text: str) -> tuple[str, str | None]:
    """The text without the name of a datum, and that datum if there is one."""
    named = {str(found.lastgroup) for found in _DATUM.finditer(folded)}
    if len(named) > 1:
        names = ", ".join(sorted(named))
        raise _wrong(text, f"more than one datum ({names})", f"写了不止一种坐标系（{names}）")
    rest = re.sub(rf"[(\[]?(?:{_DATUM.pattern}){_AROUND}[)\]]?\s*[:,;]?", " ", folded)
    return rest.strip(" ,;"), next(iter(named), None)


def _halves(rest: str, text: str) -> tuple[str, str]:
    """Where one number ends and the other begins: at a sign, a letter, a degree mark or a gap."""
    parts = [part for part in re.split(r"\s*[,;、/|]\s*", rest) if part]
    if len(parts) == 1:
        letters = [found.start() for found in _LETTERS.finditer(rest)]
        degrees = [found.start() for found in _DEGREES.finditer(rest)]
        if letters and letters[0] > 0:
            parts = [rest[: letters[0] + 1], rest[letters[0] + 1 :]]
        elif len(letters) > 1:
            parts = [rest[: letters[1]], rest[letters[1] :]]
        elif len(degrees) > 1:
            parts = [rest[: degrees[1]], rest[degrees[1] :]]
        else:
            parts = rest.split()
    if len(parts) != 2 or not all(part.strip() for part in parts):
        raise _wrong(
            text, "expected two numbers, e.g. 113.69, 34.735", "应为两个数，如 113.69, 34.735"
        )
    return parts[0].strip(), parts[1].strip()


def _half(half: str, text: str) -> tuple[float, str | None]:
    """Degrees and, if the text says so, which of both (lon, lat)."""
    found = _HALF.fullmatch(half)
    if not found:
        raise _wrong(
            text, f"{half!r} is no angle in degrees", f"“{_shown(half)}”不是以度为单位的角度"
        )
    before, sign, degrees, minutes, seconds, behind = found.groups()
    letter = before or behind
    if (before and behind) or (sign and letter in tuple("NSEW")):
        raise _wrong(text, f"{half!r} says its direction twice", f"“{_shown(half)}”两次写了方向")
    value = float(degrees)
    for part, share in ((minutes, 60.0), (seconds, 3600.0)):
        if part is None:
            continue
        if float(part) >= 60 or "." in degrees or (share > 60 and "." in minutes):
            raise _wrong(
                text,
                f"{half!r} is no angle in degrees, minutes, seconds",
                f"“{_shown(half)}”不是度、分、秒",
            )
        value += float(part) / share
    if sign == "-" or letter in ("W", "S"):
        value = -value
    return value, _AXES[letter] if letter else None


def _orders(
    first: tuple[float, str | None], second: tuple[float, str | None], text: str
) -> list[tuple[tuple[float, float], str]]:
    """(lon, lat) and a note, for each order the text allows."""
    axes = (first[1], second[1])
    straight, turned = (first[0], second[0]), (second[0], first[0])
    if axes == (None, None):
        return [(straight, ""), (turned, LATITUDE_FIRST)]
    if axes[0] == axes[1]:
        raise _wrong(text, "two numbers of the same direction", "两个数写的是同一个方向")
    return [(straight if axes[0] == "lon" or axes[1] == "lat" else turned, "")]


def _wrong(text: str, en: str, zh: str) -> BadInput:
    return BadInput(Line(f"{_shown(text)}: {en}", f"{_shown(text)}：{zh}"))


def _shown(text: str) -> str:
    kept = " ".join(text.split())
    return kept if len(kept) <= 60 else kept[:59] + "…"
