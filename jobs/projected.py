"""Places given in metres on a Gauss-Krüger grid: what cannot be on the grid that is named.

EPSG:4547 and its like (layers.gauss). One check for one place and for the rows of a table: the
number of the zone before the easting, numbers the wrong way round, degrees, or a place far from the
meridian of the grid are told with what speaks against them. Nothing is turned round or mended
unasked. Standard library only; the numbers may be floats or numpy arrays where it says so.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ..layers.datum import EPSG
from ..layers.gauss import GRIDS, MIDDLE_M, Grid, grid, to_degrees
from ..rules.facts import shown
from ..rules.messages import Line
from .answer import BadInput

__all__ = [
    "Degrees",
    "Meridian",
    "degrees",
    "far",
    "fault",
    "in_zone",
    "meridian_of",
    "on_grid",
    "one_of",
    "swapped",
]

NORTHING_M = (330_000.0, 6_000_000.0)  # of China, from 3° to 54° north
HALF_M = 400_000.0  # no zone of six degrees reaches farther from its meridian in China
BEYOND = 0.75  # degrees past the edge of its zone to which a grid is still used


class Degrees(NamedTuple):
    """Longitude and latitude in degrees of `datum`, None for the one that is the default."""

    lon: float
    lat: float
    datum: str | None


class Meridian(NamedTuple):
    """The meridian of a grid in degrees, the easting there in metres, half the width of its zone in
    degrees, and whether the grid is one of CGCS2000."""

    degrees: float
    easting: float
    half: float
    cgcs2000: bool = True


def meridian_of(on: Grid) -> Meridian:
    """The meridian of a grid of CGCS2000."""
    return Meridian(on.meridian, on.false_easting, 3.0 if on.code < 4513 else 1.5)


def one_of(datum: str | None, crs: str | None) -> None:
    """Refuse a datum beside a CRS, which says its own. Raises BadInput."""
    if crs is not None and datum is not None:
        raise BadInput(
            Line(
                "--crs and --datum: one of the two, a CRS says its datum",
                "--crs 与 --datum 只能写一个：坐标系已包含基准",
            )
        )


def degrees(first: float, second: float, datum: str | None, crs: str | None = None) -> Degrees:
    """Degrees of a pair in a datum, or in metres, easting first, of a grid that either names.

    Raises BadInput for a CRS that is none of these and for metres that cannot be on their grid.
    """
    one_of(datum, crs)
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
    where = meridian_of(on)
    line = fault(first, second, where)
    if line is None:
        lon, lat = to_degrees(first, second, on)
        if in_zone(lon, where):
            return Degrees(lon, lat, "cgcs2000")
        line = far(lon, where)
    elif _degrees(first, second):
        hint = Line("; say their datum, as --datum cgcs2000", "；请写明基准，如 --datum cgcs2000")
        line = Line(f"{line}{hint}", f"{line.zh}{hint.zh}")
    raise BadInput(Line(f"{option} {name}: {line}", f"{option} {name}：{line.zh}"))


def on_grid(easting: Any, northing: Any, on: Meridian) -> Any:
    """Whether pairs may be an easting and a northing of this grid; floats or arrays."""
    return _fits(easting, on) & _northing(northing)


def in_zone(lon: Any, on: Meridian) -> Any:
    """Whether longitudes are near enough to the meridian that no other grid would have been used;
    floats or arrays."""
    return abs(lon - on.degrees) <= on.half + BEYOND


def swapped(easting: float, northing: float, on: Meridian) -> bool:
    """Whether a pair that is not on the grid looks like a northing before an easting."""
    turned = _northing(easting) and not _fits(easting, on)
    return bool(turned and (_fits(northing, on) or 1e7 <= northing < 1e8))


def fault(easting: float, northing: float, on: Meridian) -> Line | None:
    """What speaks against a pair that is not an easting and a northing of this grid, or None."""
    if on_grid(easting, northing, on):
        return None
    pair = f"{easting:.10g}, {northing:.10g}"
    if _degrees(easting, northing):
        return Line(f"{pair} are degrees, no metres", f"{pair} 是经纬度，不是以米计的坐标")
    if swapped(easting, northing, on):
        return Line(
            f"{pair}: the easting comes first; the first number looks like the northing, which "
            "surveyors call x",
            f"{pair}：应先写东坐标；前一个数像是北坐标（测量上的 X），是否写反？",
        )
    if not _northing(northing):
        return Line(
            f"northing {northing:.10g} is not in China, which lies between "
            f"{NORTHING_M[0]:.0f} and {NORTHING_M[1]:.0f} m from the equator",
            f"北坐标 {northing:.10g} 不在中国范围内"
            f"（应在 {NORTHING_M[0]:.0f} 至 {NORTHING_M[1]:.0f} 米之间）",
        )
    seen = _band(easting)
    better = _other(easting, on) if on.cgcs2000 else Line("", "")
    return Line(
        f"easting {easting:.10g} {seen}; the meridian of this grid, {on.degrees:g}°, has "
        f"{on.easting:.10g}{better}",
        f"东坐标 {easting:.10g} {seen.zh}；该坐标系中央经线 {on.degrees:g}° 处为 "
        f"{on.easting:.10g}{better.zh}",
    )


def far(lon: float, on: Meridian) -> Line:
    """That a place lies so far from the meridian that another grid would have been used."""
    away = abs(lon - on.degrees)
    return Line(
        f"{lon:.4f}° east is {away:.1f}° from the meridian {on.degrees:g}° of this grid, whose "
        f"zone reaches {on.half:g}°; another grid is meant",
        f"换算得东经 {lon:.4f}°，距该坐标系中央经线 {on.degrees:g}° 达 {away:.1f}°，"
        f"而本带只到 {on.half:g}°；可能用错了分带",
    )


def _degrees(easting: float, northing: float) -> bool:
    return abs(easting) <= 180 and abs(northing) <= 180


def _fits(easting: Any, on: Meridian) -> Any:
    return abs(easting - on.easting) <= HALF_M


def _northing(value: Any) -> Any:
    return (NORTHING_M[0] <= value) & (value <= NORTHING_M[1])


def _band(easting: float) -> Line:
    """What the digits before the easting say."""
    if 1e7 <= easting < 1e8:
        zone = int(easting // 1e6)
        return Line(f"begins with the number of zone {zone}", f"前面带有带号 {zone}")
    if 0 < easting < 1e6:
        return Line("has no zone number in front", "前面没有带号")
    return Line("is no easting of China", "不是中国范围内的东坐标")


def _other(easting: float, on: Meridian) -> Line:
    """The grid of CGCS2000 that has such eastings: of the same width and, if it can, meridian."""
    fitting = [
        one
        for one in GRIDS.values()
        if meridian_of(one).half == on.half
        and _fits(easting, meridian_of(one))
        and (one.false_easting != MIDDLE_M or one.meridian == on.degrees)
    ]
    if not fitting:
        return Line("", "")
    best = min(fitting, key=lambda one: abs(easting - one.false_easting))
    return Line(
        f"; it fits EPSG:{best.code} (meridian {best.meridian:g}°)",
        f"；与之相符的是 EPSG:{best.code}（中央经线 {best.meridian:g}°）",
    )
