"""What an address is resolved to: discs in WGS84, each with its level, county and confidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, pi
from typing import TYPE_CHECKING, Any

from ...layers.point import metres
from ...rules.messages import Line, in_language

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DEGREE_M", "LEVELS", "Candidate", "Located", "cover", "doubted", "level_words"]

LEVELS = ("point", "house", "crossing", "road", "village", "town", "county", "city")
LEVEL_WORDS = {
    "point": Line("place", "具体地点"),
    "house": Line("house number", "门牌"),
    "crossing": Line("crossing", "路口"),
    "road": Line("road", "道路"),
    "village": Line("village", "村（社区）"),
    "town": Line("town", "乡镇（街道）"),
    "county": Line("county", "县（区）"),
    "city": Line("city", "市"),
}
PROVINCE = Line("province", "省级")
PROVINCES = ("省", "自治区", "特别行政区")
DEGREE_M = 111_320.0  # of latitude; within 0.3 % anywhere in China


@dataclass(frozen=True)
class Candidate:
    """One disc: degrees WGS84, metres; `county` is a name, None where it is not known which."""

    lon: float
    lat: float
    radius_m: float
    level: str
    confidence: float
    matched: str
    county: str | None
    adcode: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """As `zonerules locate --json` has it."""
        return {
            "lon": round(self.lon, 6),
            "lat": round(self.lat, 6),
            "radius_m": round(self.radius_m),
            "level": self.level,
            "confidence": round(self.confidence, 2),
            "matched": self.matched,
            "county": self.county,
            "adcode": self.adcode,
        }


@dataclass(frozen=True)
class Located:
    """Candidates, the finest that is borne out first and what it lies in behind it.

    `review`: what a person should look at, empty where nothing. `mismatch`: no place may be taken,
    because the address contradicts itself or tells of a way that cannot be followed.
    """

    candidates: tuple[Candidate, ...]
    review: tuple[Line, ...] = ()
    mismatch: bool = False
    unread: str = ""
    """What of the address named nothing known, where a finer place could have stood."""
    stated: str | None = None
    """The adcode of the county that the address states, else of the city; None for one that is
    guessed, contradicted or named for another reason than that the place is in it."""
    firm: bool = False
    """Whether `review` tells of the address itself, so that no other answer puts an end to it."""
    away_m: float = 0.0
    """Metres from the place that is named to the one that is meant, where that is far."""

    @property
    def best(self) -> Candidate | None:
        """The first candidate."""
        return self.candidates[0] if self.candidates else None

    def as_dict(self, lang: str = "zh") -> dict[str, Any]:
        """The contract of `zonerules locate --json`."""
        return {
            "candidates": [c.as_dict() for c in self.candidates],
            "review": self.told(lang),
            "unread": self.unread,
        }

    def told(self, lang: str) -> str:
        """What is to be looked at, in one line."""
        gap = "；" if lang == "zh" else "; "
        return gap.join(in_language(line, lang) for line in self.review)

    def lines(self, lang: str) -> list[str]:
        """For a terminal: a line for each candidate, then what is to be looked at."""
        rows = [
            f"{c.lon:.5f}, {c.lat:.5f}  ±{_length(c.radius_m)}  {in_language(level_words(c), lang)}"
            f"  {c.matched}  {c.county or '—'}  {c.confidence:.0%}"
            for c in self.candidates
        ]
        if self.unread:
            rows.append(
                ("没有位置资料：" if lang == "zh" else "no place known for: ") + self.unread
            )
        if self.review:
            rows.append(("请核对：" if lang == "zh" else "look at: ") + self.told(lang))
        return rows


def cover(discs: Iterable[tuple[float, float, float]]) -> tuple[float, float, float]:
    """A disc (lon, lat, metres) that holds all of these: centred amid their extremes."""
    rows = list(discs)
    if len(rows) == 1:
        return rows[0]
    lat0 = rows[0][1]
    east = DEGREE_M * cos(lat0 * pi / 180.0)
    west = min(x - r / east for x, _, r in rows), max(x + r / east for x, _, r in rows)
    south = min(y - r / DEGREE_M for _, y, r in rows), max(y + r / DEGREE_M for _, y, r in rows)
    lon, lat = sum(west) / 2.0, sum(south) / 2.0
    return lon, lat, max(metres(lon, lat, x, y) + r for x, y, r in rows)


def _length(metres_: float) -> str:
    return f"{metres_:.0f} m" if metres_ < 1000 else f"{metres_ / 1000:.1f} km"


def level_words(place: Candidate) -> Line:
    """The level of a place; a province is of the level of cities, and is called what it is."""
    if place.level == "city" and place.matched.endswith(PROVINCES):
        return PROVINCE
    return LEVEL_WORDS[place.level]


def doubted(candidate: Candidate) -> Candidate:
    """The same with the confidence of a guess."""
    return replace(candidate, confidence=min(candidate.confidence / 2, 0.4))
