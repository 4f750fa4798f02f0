"""What coordinates look like that they are not declared as: told with the evidence, never mended.

Looked at are the first rows of a table. A suspicion is a line for the person who runs it; what can
be seen on a row of its own is told there as well (doubts). No row is answered otherwise because of
a suspicion.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from ...layers.datum import to_wgs84
from ...layers.point import metres
from ...rules.messages import Line
from .doubts import CHINA, mirrored, turned

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..address.discs import Located
    from .places import Floats

__all__ = [
    "alike",
    "common",
    "minutes_and_seconds",
    "other_datum",
    "suspicions",
    "swapped",
    "wrong_sign",
    "zeros",
]

ENOUGH = 20  # rows below which no share means anything
ALIKE = 0.2  # the share of one position from which on it is no chance
FINE_M = 1_600.0  # of an address: villages and crossings, no towns
FITS_M = 250.0  # how near the typical offset must come to that of a datum


def suspicions(
    x: Floats,
    y: Floats,
    datum: str,
    located: Sequence[Located | None] = (),
    *,
    degrees: bool = True,
) -> list[Line]:
    """What is suspicious about coordinates as they are written, in degrees of `datum` or in metres.

    `located`: what the address of each row resolves to, where there are addresses. Rows that are no
    numbers are left out.
    """
    known = np.isfinite(x) & np.isfinite(y)
    places = [place for place, good in zip(located, known) if good]
    x, y = x[known], y[known]
    checks: list[Callable[[], Line | None]] = [lambda: zeros(x, y), lambda: alike(x, y)]
    in_degrees: list[Callable[[], Line | None]] = [
        lambda: swapped(x, y),
        lambda: wrong_sign(x, y),
        lambda: minutes_and_seconds(x, y),
        lambda: other_datum(x, y, datum, places),
    ]
    checks += in_degrees if degrees else []
    return [line for check in checks if (line := check()) is not None]


def zeros(x: Floats, y: Floats) -> Line | None:
    """0, 0 is what empty cells become on the way through a database."""
    count = int(np.count_nonzero((x == 0) & (y == 0)))
    if not count:
        return None
    return Line(
        f"{count} of {len(x)} rows looked at have the coordinates 0, 0: probably none were known",
        f"查看的 {len(x)} 行中有 {count} 行坐标为 0, 0：多半是没有坐标",
    )


def alike(x: Floats, y: Floats) -> Line | None:
    """One position for many rows is the default of a geocoder: the centre of a city."""
    found = common(x, y)
    if not found:
        return None
    place, count = next(iter(found.items()))
    where = f"{place[0]:.8g}, {place[1]:.8g}"
    return Line(
        f"{count} of {len(x)} rows looked at lie at {where}: the default of a geocoder, such as "
        "the centre of a city?",
        f"查看的 {len(x)} 行中有 {count} 行坐标同为 {where}：是否为地理编码的默认点（如市中心）？",
    )


def common(x: Floats, y: Floats) -> dict[tuple[float, float], int]:
    """The positions that a share of the rows has that is no chance, with how many, most first."""
    if len(x) < ENOUGH:
        return {}
    counted = Counter(zip(x.tolist(), y.tolist())).most_common(int(1 / ALIKE) + 1)
    return {
        place: count for place, count in counted if count >= ALIKE * len(x) and place != (0.0, 0.0)
    }


def swapped(x: Floats, y: Floats) -> Line | None:
    """Some rows with the latitude first among others that are right."""
    rows = np.nonzero(turned(x, y))[0]
    count = len(rows)
    if not count:
        return None
    first = int(rows[0])
    where = f"{x[first]:.8g}, {y[first]:.8g}"
    return Line(
        f"{count} of {len(x)} rows looked at have a latitude where the longitude belongs, "
        f"as {where}",
        f"查看的 {len(x)} 行中有 {count} 行经纬度写反，如 {where}",
    )


def wrong_sign(x: Floats, y: Floats) -> Line | None:
    """Rows that lie in China only without a minus sign."""
    rows = np.nonzero(mirrored(x, y))[0]
    if not len(rows):
        return None
    where = f"{x[rows[0]]:.8g}, {y[rows[0]]:.8g}"
    return Line(
        f"{len(rows)} of {len(x)} rows looked at lie in China only without a minus sign, as "
        f"{where}",
        f"查看的 {len(x)} 行中有 {len(rows)} 行去掉负号才在中国境内，如 {where}",
    )


def minutes_and_seconds(x: Floats, y: Floats) -> Line | None:
    """113.4124 may mean 113°41′24″: then no pair of digits behind the point ever reaches 60."""
    west, east, south, north = CHINA
    here = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    both = np.unique(np.stack([x[here], y[here]], axis=1), axis=0).ravel()
    if len(both) < 2 * ENOUGH:
        return None
    digits = np.floor(np.abs(both) % 1 * 1e6 + 0.5).astype(np.int64) // 100
    if np.any(digits // 100 >= 60) or np.any(digits % 100 >= 60) or np.all(digits % 100 == 0):
        return None
    sample = f"{both[0]:.8g}"
    return Line(
        f"in {len(both)} angles no two digits behind the point reach 60 (as {sample}): they look "
        "like degrees, minutes and seconds written as a decimal",
        f"{len(both)} 个角度小数点后的两位数都不到 60（如 {sample}）：看起来是把度分秒写成了小数",
    )


def other_datum(x: Floats, y: Floats, datum: str, located: Sequence[Located | None]) -> Line | None:
    """Coordinates that lie off their addresses, all by the offset of another datum.

    Only villages and crossings say enough; the middle of their offsets is compared, so that single
    wrong rows do not matter.
    """
    if datum not in ("wgs84", "cgcs2000", "unknown") or not located:
        return None
    rows = [
        (lon, lat, place.best)
        for lon, lat, place in zip(x.tolist(), y.tolist(), located)
        if place is not None
        and place.best is not None
        and place.best.radius_m <= FINE_M
        and not place.mismatch
        and metres(lon, lat, place.best.lon, place.best.lat) < 2 * FINE_M
    ]
    if len(rows) < ENOUGH:
        return None
    lon, lat = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    goal = [(row[2].lon, row[2].lat) for row in rows]
    off = {"wgs84": _typical(lon, lat, goal)}
    for name in ("gcj02", "bd09"):
        moved = to_wgs84(lon, lat, name)
        off[name] = _typical(moved[0], moved[1], goal)
    best = min(off, key=lambda name: off[name])
    if best == "wgs84" or off[best] > FITS_M or off["wgs84"] < 2 * off[best] + 100:
        return None
    return Line(
        f"{len(rows)} rows lie off the villages and crossings of their addresses by typically "
        f"{off['wgs84']:.0f} m, taken as {best} by {off[best]:.0f} m: should it be --datum {best}?",
        f"{len(rows)} 行的坐标与其地址中的村庄、路口典型相差 {off['wgs84']:.0f} 米，"
        f"按 {best} 解读则只差 {off[best]:.0f} 米：是否应为 --datum {best}？",
    )


def _typical(lon: Floats, lat: Floats, goal: Sequence[tuple[float, float]]) -> float:
    """Metres of the median offset east and north."""
    east = np.median([x - to[0] for x, to in zip(lon, goal)])
    north = np.median([y - to[1] for y, to in zip(lat, goal)])
    middle = goal[len(goal) // 2]
    return metres(*middle, middle[0] + float(east), middle[1] + float(north))
