"""A pasted list of corner coordinates: point names, rings and numbers, line by line.

One corner a line, with or without a point number; degrees (decimal, 113°41′24″, 113-41-24) or
projected metres. Whether the first column is north or east, and in which datum, a list of numbers
does not say: ``corner_readings`` finds what is possible, and the user chooses. Standard library
only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from .given import both

__all__ = ["Corner", "Number", "Pasted", "decode", "parse"]

MOST_LINES = 20_000
MOST_TEXT = 2_000_000

_PLAIN = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_ANGLE = re.compile(
    r"(?P<before>[NSEW]|东经|西经|北纬|南纬)?\s*(?P<sign>[+-])?\s*"
    r"(?P<d>\d{1,3}(?:\.\d+)?)\s*°\s*"
    r"(?:(?P<m>\d{1,2}(?:\.\d+)?)\s*'\s*)?(?:(?P<s>\d{1,2}(?:\.\d+)?)\s*\"\s*)?"
    r"(?P<behind>[NSEW](?![A-Za-z])|[东西南北](?![经纬]))?"
)
_DASHED = re.compile(
    r"(?P<d>\d{1,3})(?P<mark>[-:])(?P<m>\d{1,2})(?P=mark)(?P<s>\d{1,2}(?:\.\d+)?)(?![\d:-])"
)
# N1 and E2 are names of points: a coordinate has a decimal point or is long
_LONG = r"(?:\d+\.\d+|\d{5,})"
_LETTERED = re.compile(
    rf"(?P<before>[NSEW])\s*(?P<n>{_LONG})|(?P<n2>{_LONG})\s*(?P<behind>[NSEW])(?![A-Za-z])"
)
# X and Y name a letter, not a direction
_NAMED = re.compile(
    r"(?:(?P<name>经度|纬度|[Ll]ongitude|[Ll]atitude|[Ll]ong|[Ll]on|[Ll]ng|[Ll]at|横坐标|纵坐标|"
    r"东坐标|北坐标)\s*[=:]?|(?P<letter>[xyXYNEBL])\s*(?:坐标)?\s*[=:])\s*"
)
_AXIS = {
    **dict.fromkeys(("E", "W", "东", "西", "东经", "西经", "经度", "L"), "lon"),
    **dict.fromkeys(("longitude", "long", "lon", "lng"), "lon"),
    **dict.fromkeys(("N", "S", "北", "南", "北纬", "南纬", "纬度", "B"), "lat"),
    **dict.fromkeys(("latitude", "lat"), "lat"),
    **dict.fromkeys(("东坐标", "横坐标", "easting"), "lon"),
    **dict.fromkeys(("北坐标", "纵坐标", "northing"), "lat"),
    **dict.fromkeys(("x", "X"), "x"),
    **dict.fromkeys(("y", "Y"), "y"),
}
_NEGATIVE = ("W", "S", "西", "南", "西经", "南纬")
_HEADER = re.compile(
    r"经度|纬度|东坐标|北坐标|横坐标|纵坐标|longitude|latitude|easting|northing|\b(?:lon|lng|lat)\b"
    r"|(?<![A-Za-z])[XYxyBL](?![A-Za-z])",
    re.IGNORECASE,
)
_SIGNS = str.maketrans("º˚′’‘`´″”“−–—、|", "°°'''''\"\"\"---, ")
_WORDS = ((r"(?<=\d)\s*度", "°"), (r"(?<=\d)\s*分", "'"), (r"(?<=\d)\s*秒", '"'))
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?(?![\d,])")
_DATUMS = {"cgcs2000": ("2000", "CGCS"), "xian80": ("80", "西安"), "beijing54": ("54", "北京")}
_EXCHANGE = re.compile(
    r"格式版本号|数据产生单位|数据产生日期|坐标系|几度分带|投影类型|计量单位|带号|精度|转换参数"
)


class Number(NamedTuple):
    """One coordinate: its value, the axis its own text names (lon, lat, x, y or ""), an angle?"""

    value: float
    axis: str = ""
    angle: bool = False
    text: str = ""


class Corner(NamedTuple):
    """One line: its number (from 1), point name, ring (from 1) and two coordinates as written.

    ``inner``: the list numbers it as a further ring of the same plot, which may be a hole.
    """

    line: int
    name: str
    ring: int
    inner: bool
    first: Number
    second: Number


class Row(NamedTuple):
    """A line taken apart, before it is known which of its numbers are the coordinates."""

    line: int
    ring: int
    words: list[str]
    numbers: list[Number]


@dataclass
class Pasted:
    """What a text holds; ``problems`` are (line, text in both languages)."""

    corners: list[Corner] = field(default_factory=list)
    problems: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    notes: list[dict[str, str]] = field(default_factory=list)
    columns: tuple[str, str] = ("", "")
    """The axes a heading or every corner names, as in Number."""
    stated: dict[str, str] = field(default_factory=dict)
    """From the heading of a cadastral exchange file: datum, width (3 or 6), zone."""

    @property
    def rings(self) -> list[list[Corner]]:
        """The corners of each ring in order."""
        found: dict[int, list[Corner]] = {}
        for corner in self.corners:
            found.setdefault(corner.ring, []).append(corner)
        return list(found.values())


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 with a mark, else UTF-8, else GB18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def parse(text: str) -> Pasted:
    """Read every line; what cannot be read is a problem of its line, never dropped silently."""
    found = Pasted()
    if len(text) > MOST_TEXT or text.count("\n") > MOST_LINES:
        found.problems.append((0, both("corner_long", most=MOST_LINES)))
        return found
    rows: list[Row] = []
    ring, gap = 1, False
    for n, line, raw in _lines(text):
        if not line or line.endswith("@"):  # a gap, or the heading of a plot in an exchange file
            gap = bool(rows)
            continue
        if _stated(line, found):
            continue
        words, numbers = _tokens(line)
        if len(numbers) < 2:
            if _heading(line, found):
                gap = bool(rows)
            else:
                found.problems.append((n, both("corner_unread", text=raw.strip()[:40])))
            continue
        if gap:
            ring, gap = ring + 1, False
        rows.append(Row(n, ring, words, numbers))
    _assign(rows, found)
    return found


def _lines(text: str) -> list[tuple[int, str, str]]:
    """(number, plain line, as written); ``113,34; 114,34`` on one line is two corners."""
    found = []
    for n, raw in enumerate(text.splitlines(), 1):
        line = _plain(raw)
        pieces = [piece for piece in line.split(";") if piece.strip()]
        if len(pieces) > 1 and all(len(_tokens(piece)[1]) == 2 for piece in pieces):
            found += [(n, piece.strip(), piece) for piece in pieces]
        else:
            found.append((n, line, raw))
    return found


def _plain(raw: str) -> str:
    # the signs before NFKC, which takes some of them apart
    line = unicodedata.normalize("NFKC", raw.translate(_SIGNS)).replace("\ufeff", "")
    for pattern, sign in _WORDS:
        line = re.sub(pattern, sign, line)
    if "\t" in line:  # cells of a table: a comma inside one parts thousands
        line = _THOUSANDS.sub(lambda found: found[0].replace(",", ""), line)
    return line.replace("''", '"').strip().strip("{}()[]").strip()


def _tokens(line: str) -> tuple[list[str], list[Number]]:
    """The words and the numbers of a line, in order; a word before all numbers is a name."""
    words: list[str] = []
    numbers: list[Number] = []
    rest = line.lstrip(" \t,;")
    while rest:
        number, length = _number(rest)
        if number is not None:
            numbers.append(number)
        else:
            word = re.match(r"[^\s,;]+", rest)
            length = word.end() if word else 1
            if not numbers:
                words.append(rest[:length])
        rest = rest[length:].lstrip(" \t,;")
    return words, numbers


def _number(rest: str) -> tuple[Number | None, int]:
    """The number at the start of a text and how long it is."""
    plain = re.match(rf"{_PLAIN}(?=[\s,;]|$)", rest)
    if plain:
        return Number(float(plain[0]), "", False, plain[0]), plain.end()
    named = _NAMED.match(rest)
    if named:
        number, length = _number(rest[named.end() :])
        if number is not None:
            name = named["name"] or named["letter"]
            return number._replace(axis=_axis(name)), named.end() + length
    for pattern in (_ANGLE, _DASHED):
        angle = pattern.match(rest)
        if angle:
            return _angle(angle), angle.end()
    lettered = _LETTERED.match(rest)
    if lettered:
        letter = lettered["before"] or lettered["behind"]
        value = float(lettered["n"] or lettered["n2"])
        sign = -1.0 if letter in _NEGATIVE else 1.0
        return Number(sign * value, _AXIS[letter], False, lettered[0]), lettered.end()
    return None, 0


def _axis(name: str) -> str:
    return _AXIS.get(name, _AXIS.get(name.lower(), ""))


def _angle(found: re.Match[str]) -> Number | None:
    groups = found.groupdict()
    minutes, seconds = float(groups["m"] or 0), float(groups["s"] or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    value = float(groups["d"]) + minutes / 60 + seconds / 3600
    letter = groups.get("before") or groups.get("behind") or ""
    if groups.get("sign") == "-" or letter in _NEGATIVE:
        value = -value
    return Number(value, _AXIS.get(letter, ""), True, found[0].strip())


def _stated(line: str, found: Pasted) -> bool:
    """Whether a line is one of a cadastral exchange file's heading; keeps what it states."""
    if re.fullmatch(r"属性描述|地块坐标", line.strip("【】")):
        return True
    key, equals, value = (piece.strip() for piece in line.partition("="))
    if not equals or not _EXCHANGE.fullmatch(key):
        return False
    if key == "坐标系":
        named = [name for name, marks in _DATUMS.items() if any(mark in value for mark in marks)]
        if named:
            found.stated["datum"] = named[0]
    elif key == "几度分带" and value in ("3", "6"):
        found.stated["width"] = value
    elif key == "带号" and re.fullmatch(r"[1-9]\d?", value):
        found.stated["zone"] = value
    return True


def _heading(line: str, found: Pasted) -> bool:
    """Whether a line names columns; the axes it names are kept in their order."""
    axes = [_axis(match[0]) for match in _HEADER.finditer(line)]
    if len(axes) >= 2 and axes[0] != axes[1]:
        found.columns = (axes[0], axes[1])
    # a heading says nothing in digits; a line with a lone number is a corner that failed
    return len(axes) >= 2 or not re.search(r"\d", line)


def _assign(rows: list[Row], found: Pasted) -> None:
    """Decide which numbers of each line are the coordinates: the same columns throughout."""
    skip = _skipped(rows, bool(found.stated))
    rings: dict[tuple[int, float], int] = {}
    extra = 0
    for row in rows:
        marked = [number for number in row.numbers if number.axis or number.angle]
        pair = marked if len(marked) == 2 else row.numbers[skip : skip + 2]
        if len(pair) < 2:
            found.problems.append((row.line, both("corner_columns", n=len(row.numbers))))
            continue
        for half in pair:
            if "e" in half.text.lower() and not half.axis:
                found.problems.append((row.line, both("corner_rounded", text=half.text)))
                break
        name, part = row.words[0] if row.words else "", 0.0
        if len(marked) != 2:
            extra = max(extra, len(row.numbers) - skip - 2)
            if skip:
                name = name or row.numbers[0].text
            if skip == 2 or (skip and row.words):  # point number, ring number, coordinates
                part = row.numbers[skip - 1].value
        ring = rings.setdefault((row.ring, part), len(rings) + 1)
        found.corners.append(Corner(row.line, name, ring, part > 1, pair[0], pair[1]))
    if extra:
        found.notes.append(both("corner_extra", n=extra))
    axes = {(corner.first.axis, corner.second.axis) for corner in found.corners}
    if len(axes) == 1 and "" not in next(iter(axes)):
        found.columns = next(iter(axes))


def _skipped(rows: list[Row], exchange: bool) -> int:
    """How many leading columns are point or ring numbers, in every line."""
    least = min((len(row.numbers) for row in rows), default=0)
    if least < 3:
        return 0

    def counting(column: int) -> bool:
        """Small whole numbers that go up by one or begin again: no coordinates."""
        texts = [row.numbers[column].text for row in rows]
        if not all(re.fullmatch(r"\d{1,5}", text) for text in texts):
            return False
        values = list(map(int, texts))
        pairs = zip(values, values[1:])
        return all(abs(b - a) <= 1 or b in values[: n + 1] for n, (a, b) in enumerate(pairs))

    if least >= 4 and counting(0) and counting(1):
        return 2
    if exchange and all(row.words for row in rows):
        return 1  # J1, ring number, coordinates
    return 1 if counting(0) else 0
