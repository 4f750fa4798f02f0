"""How far from what an address names its place may be: metres by the kind of what is named.

What could be measured was (docs/addresses.md); the rest is told there as chosen.
"""

from __future__ import annotations

import re
from math import cos, pi, sqrt
from typing import TYPE_CHECKING

from ...layers.point import metres
from .discs import DEGREE_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...layers.gazetteer import Crossing, Town, Unit
    from .offset import Offset

__all__ = [
    "ALONG_M",
    "IN_TOWN",
    "NAMESAKE_M",
    "from_crossing",
    "in_every_town",
    "moved",
    "near_any",
    "on_a_street",
]

AT_CROSSING_M = 400.0  # "at the crossing of" is said of a place on either road, some way along
BESIDE_M = 1_000.0  # two roads named one after the other, and not that they meet
NEAR_CROSSING_M = 200.0  # with a distance: what the crossing's size and the wording leave open
OFFSET_SHARE = 0.5  # of the distance told: rounded, along a bend, one of eight directions
ALONG_M = {2: 4_000.0, 3: 2_500.0}  # how far a road goes on beyond its known crossings, by number
NAMESAKE_M = 6_000.0  # from the seat of a sub-district to anywhere on the road it is called after
IN_TOWN = 0.7  # of a town's radius, for what stands on a street of it and in no village
STREET = re.compile(
    r"路|街|道|巷|号|楼|小区|花园|广场|市场|政府|学校|[中小]学|医院|派出所|超市|商场"
)
SETTLEMENT = re.compile(
    r"[村庄寨沟湾岭坡洼屯营堂岗坪窑组社]|国道|省道|县道|乡道|高速|[GSXY]\d{2,3}"
    r"|工业|产业|集聚|园区|矿"
)
EVERYWHERE = re.compile(
    r"(?:人民|建设|新兴|和平|文化|新华|解放|中原|胜利|团结|光明|迎宾|振兴|幸福|育才|工业|商业"
    r"|[东西南北中])(?:大道|大街|路|街)$"
)
Disc = tuple[float, float, float]


def from_crossing(crossing: Crossing, offset: Offset | None, *, meets: bool) -> tuple[Disc, str]:
    """The disc of a place at a crossing or so far from it, and the distance in words.

    `meets`: whether the address says that the roads meet there.
    """
    radius = crossing.accuracy_m
    if offset is None:
        return (crossing.lon, crossing.lat, radius + (AT_CROSSING_M if meets else BESIDE_M)), ""
    return moved((crossing.lon, crossing.lat, radius + NEAR_CROSSING_M), offset)


def moved(disc: Disc, offset: Offset | None) -> tuple[Disc, str]:
    """The disc of what is so far from the place of another one, and the distance in words."""
    lon, lat, radius = disc
    if offset is None:
        return disc, ""
    radius += OFFSET_SHARE * offset.walked + offset.loose
    lat += offset.north / DEGREE_M
    lon += offset.east / (DEGREE_M * cos(lat * pi / 180.0))
    if not offset.walked:
        return (lon, lat, radius), ""
    away = sqrt(offset.east**2 + offset.north**2) or offset.walked
    return (lon, lat, radius), f" +{away:.0f} m"


def near_any(towns: Sequence[Town], disc: Disc) -> bool:
    """Whether a road or crossing can be that of the stated town, if any: each has its 人民路."""
    return not towns or any(
        metres(town.lon or 0.0, town.lat or 0.0, *disc[:2]) < max(town.radius_m, disc[2])
        for town in towns
    )


def in_every_town(road: str, county: Unit | None) -> bool:
    """Whether a road without its town may be another one: most towns of a county have a 人民路,
    where a district of a city has one."""
    rural = county is not None and county.name[-1] in "县市"
    return rural and EVERYWHERE.match(road) is not None


def on_a_street(rest: str) -> bool:
    """Whether what follows a town lies in its built-up part, not in a village or along a road."""
    return bool(STREET.search(rest)) and not SETTLEMENT.search(rest)
