"""A place given in metres on a Gauss-Krüger grid of CGCS2000, for whoever asks about one place.

EPSG:4547 and its like (layers.gauss). What cannot be on the grid that is named is refused with what
speaks against it: the number of the zone before the easting, numbers the wrong way round, degrees,
or a place far from the grid's meridian. Nothing is turned round or mended unasked. Standard library
only.
"""

from __future__ import annotations

from typing import NamedTuple

from ..layers.datum import EPSG
from ..layers.gauss import GRIDS, MIDDLE_M, Grid, grid, to_degrees
from ..rules.facts import shown
from ..rules.messages import Line
from .answer import BadInput

__all__ = ["Degrees", "degrees"]

NORTHING_M = (330_000.0, 6_000_000.0)  # of China, from 3° to 54° north
HALF_M = 400_000.0  # no zone of six degrees reaches farther from its meridian in China
BEYOND = 0.75  # degrees past the edge of its zone to which a grid is still used


class Degrees(NamedTuple):
    """Longitude and latitude in degrees of `datum`, None for the one that is the default."""

    lon: float
    lat: float
    datum: str | None


def degrees(first: float, second: float, datum: str | None, crs: str | None = None) -> Degrees:
    """Degrees of a pair in a datum, or in metres, easting first, of a grid that either names.

    Raises BadInput for a CRS that is none of these and for metres that cannot be on their grid.
    """
    if crs is not None and datum is not None:
        raise BadInput(
            Line(
                "--crs and --datum: one of the two, a CRS says its datum",
                "--crs 与 --datum 只能写一个：坐标系已包含基准",
            )
        )
    name = (crs or datum or "").strip().upper()
    if crs is None and not name.startswith("EPSG:"):
        return Degrees(first, second, datum)
    option = "--datum" if crs is None else "--crs"
    if name[5:] in EPSG:
        return Degrees(first, second, EPSG[name[5:]])
    on = grid(name)
    if on is None:
        said = f"{option} {shown(crs or datum)}"
        raise BadInput(
            Line(
                f"{said}: expected EPSG:4490, EPSG:4326 or a Gauss-Krüger grid of CGCS2000, "
                "EPSG:4491 to EPSG:4554; other CRS are read from tables",
                f"{said}：应为 EPSG:4490、EPSG:4326 或 CGCS2000 高斯—克吕格投影"
                "（EPSG:4491 至 4554）；其他坐标系请用表格（check）",
            )
        )
    _check(first, second, on, f"{option} {name}")
    lon, lat = to_degrees(first, second, on)
    _check_zone(lon, on, f"{option} {name}")
    return Degrees(lon, lat, "cgcs2000")


def _check(easting: float, northing: float, on: Grid, said: str) -> None:
    """Refuse a pair that is not an easting and a northing of this grid."""
    pair = f"{easting:.10g}, {northing:.10g}"
    if abs(easting) <= 180 and abs(northing) <= 180:
        raise BadInput(
            Line(
                f"{said}: {pair} are degrees, no metres; say their datum, as --datum cgcs2000",
                f"{said}：{pair} 是经纬度，不是以米计的坐标；请写明基准，如 --datum cgcs2000",
            )
        )
    if _fits(easting, on) and _northing(northing):
        return
    swapped = _northing(easting) and not _fits(easting, on)
    if swapped and (_fits(northing, on) or 1e7 <= northing < 1e8):
        raise BadInput(
            Line(
                f"{said}: {pair}: the easting comes first; the first number looks like the "
                "northing, which surveyors call x",
                f"{said}：{pair}：应先写东坐标；前一个数像是北坐标（测量上的 X），是否写反？",
            )
        )
    if not _northing(northing):
        raise BadInput(
            Line(
                f"{said}: northing {northing:.10g} is not in China, which lies between "
                f"{NORTHING_M[0]:.0f} and {NORTHING_M[1]:.0f} m from the equator",
                f"{said}：北坐标 {northing:.10g} 不在中国范围内"
                f"（应在 {NORTHING_M[0]:.0f} 至 {NORTHING_M[1]:.0f} 米之间）",
            )
        )
    seen = _band(easting)
    better = _other(easting, on)
    raise BadInput(
        Line(
            f"{said}: easting {easting:.10g} {seen}; the meridian of this grid, "
            f"{on.meridian:g}°, has {on.false_easting:.10g}{better}",
            f"{said}：东坐标 {easting:.10g} {seen.zh}；该坐标系中央经线 {on.meridian:g}° 处为 "
            f"{on.false_easting:.10g}{better.zh}",
        )
    )


def _fits(easting: float, on: Grid) -> bool:
    return abs(easting - on.false_easting) <= HALF_M


def _northing(value: float) -> bool:
    return NORTHING_M[0] <= value <= NORTHING_M[1]


def _band(easting: float) -> Line:
    """What the digits before the easting say."""
    if 1e7 <= easting < 1e8:
        zone = int(easting // 1e6)
        return Line(f"begins with the number of zone {zone}", f"前面带有带号 {zone}")
    if 0 < easting < 1e6:
        return Line("has no zone number in front", "前面没有带号")
    return Line("is no easting of China", "不是中国范围内的东坐标")


def _other(easting: float, on: Grid) -> Line:
    """The grid of CGCS2000 that has such eastings: of the same width and, if it can, meridian."""
    wide = on.code < 4513
    fitting = [
        one
        for one in GRIDS.values()
        if (one.code < 4513) == wide
        and _fits(easting, one)
        and (one.false_easting != MIDDLE_M or one.meridian == on.meridian)
    ]
    if not fitting:
        return Line("", "")
    best = min(fitting, key=lambda one: abs(easting - one.false_easting))
    return Line(
        f"; it fits EPSG:{best.code} (meridian {best.meridian:g}°)",
        f"；与之相符的是 EPSG:{best.code}（中央经线 {best.meridian:g}°）",
    )


def _check_zone(lon: float, on: Grid, said: str) -> None:
    """Refuse a place so far from the meridian that another grid would have been used."""
    half = 3.0 if on.code < 4513 else 1.5
    away = abs(lon - on.meridian)
    if away <= half + BEYOND:
        return
    raise BadInput(
        Line(
            f"{said}: {lon:.4f}° east is {away:.1f}° from the meridian {on.meridian:g}° of this "
            f"grid, whose zone reaches {half:g}°; another grid is meant",
            f"{said}：换算得东经 {lon:.4f}°，距该坐标系中央经线 {on.meridian:g}° 达 {away:.1f}°，"
            f"而本带只到 {half:g}°；可能用错了分带",
        )
    )
