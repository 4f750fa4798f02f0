"""A first look at the coordinates of a table: what they are declared as is asked, not guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...layers.gauss import GRIDS
from ...rules.facts import shown
from ...rules.messages import Line, in_language
from ..answer import BadInput
from ..projected import fault, swapped
from .doubts import CHINA, metres_of
from .places import LIMITS, Floats, Placing, crs_of, false_easting

if TYPE_CHECKING:
    from .columns import Columns
    from .reading import Table

SAMPLE = 10_000  # rows that are looked at
ZONE_M = 900_000.0  # farther from its meridian no easting of a Gauss-Krüger grid lies
NORTHING = (1.0e6, 6.5e6)  # metres from the equator that China spans
_SURVEYED = ("x", "y", "x坐标", "y坐标")
DATUMS = Line(
    "wgs84 (GPS), cgcs2000, gcj02 (Amap, Tencent), bd09 (Baidu) or unknown",
    "wgs84（GPS）、cgcs2000、gcj02（高德、腾讯）、bd09（百度）或 unknown（不明）",
)


def look(table: Table, columns: Columns, *, datum: str | None, crs: str | None) -> None:
    """Refuse coordinates whose datum or CRS is not told, or that cannot be what is told.

    Raises BadInput: one line that says what the values look like and which option to give.
    """
    x, y = sample(table, columns)
    names = _names(table, columns)
    if {"lon", "lat"} <= set(columns.roles):
        _check_order(x, y, names, columns, crs)
    if crs is not None:
        _check_turned(x, y, names, crs)
        _check_zone(x, crs)
        return
    if _are_metres(x, y):
        seen = described(x, y, names)
        raise BadInput(
            Line(
                f"--crs is required: {seen}; say which, as --crs EPSG:4547",
                f"--crs 必须给出：{seen.zh}；请写明，如 --crs EPSG:4547",
            )
        )
    if datum is None:
        _refuse_unknown(x, y, names)


def shared(table: Table, columns: Columns) -> tuple[tuple[float, float], ...]:
    """The positions that so many of the first rows have that they look like a default."""
    from .suspicions import common

    return tuple(common(*sample(table, columns)))


def sample(table: Table, columns: Columns) -> tuple[Floats, Floats]:
    """The coordinates of the first rows, as they are written; those that are no pair left out."""
    batch = next((batch for batch in table.batches() if batch.num_rows), None)
    if batch is None:
        return np.zeros(0), np.zeros(0)
    placing = Placing(columns, datum=None, crs=None, accuracy_m=0.0)
    x, y = placing.written(batch.slice(0, SAMPLE), table.geometry, {})
    both = np.isfinite(x) & np.isfinite(y)
    return x[both], y[both]


def _names(table: Table, columns: Columns) -> tuple[str, str]:
    roles = columns.roles
    if {"lon", "lat"} <= set(roles):
        return shown(table.names[roles["lon"]]), shown(table.names[roles["lat"]])
    return "x", "y"


def _share(those: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], x: Floats) -> float:
    return float(np.count_nonzero(those)) / max(len(x), 1)


def _spans(x: Floats, y: Floats, names: tuple[str, str]) -> str:
    spans = [
        f"{name} {values.min():.8g} … {values.max():.8g}" for name, values in zip(names, (x, y))
    ]
    return ", ".join(spans)


def _are_metres(x: Floats, y: Floats) -> bool:
    metres = _share((np.abs(x) > 360) & (np.abs(y) > 360), x) > 0.5
    degrees = _share((np.abs(x) <= LIMITS["lon"]) & (np.abs(y) <= LIMITS["lon"]), x) > 0
    return metres and not degrees


def described(x: Floats, y: Floats, names: tuple[str, str]) -> Line:
    """What coordinates, of which there is at least one pair, span and look like."""
    spans = _spans(x, y, names)
    if _are_metres(x, y):
        hint = Line("", "")
        if _share((x >= 1e7) & (x < 1e8), x) > 0.5:
            zone = int(np.median(x) // 1e6)
            own = next((g.code for g in GRIDS.values() if g.false_easting // 1e6 == zone), None)
            as_code = f": EPSG:{own}, if CGCS2000" if own else ""
            hint = Line(
                f" (the eastings begin with a zone number, {zone}{as_code})",
                f"（东坐标前带有带号 {zone}"
                + (f"；若为 CGCS2000 则是 EPSG:{own}）" if own else "）"),
            )
        return Line(
            f"{spans} look like projected metres{hint}", f"{spans} 看起来是投影坐标（米）{hint.zh}"
        )
    west, east, south, north = CHINA
    here = _share((x >= west) & (x <= east) & (y >= south) & (y <= north), x) > 0.5
    turned = _share((y >= west) & (y <= east) & (x >= south) & (x <= north), x) > 0.5
    seen = Line("degrees", "经纬度")
    if here:
        seen = Line("degrees in China", "中国境内的经纬度")
    elif turned:
        seen = Line("degrees with the latitude first", "纬度在前的经纬度")
    return Line(f"{spans} look like {seen}", f"{spans} 看起来是{seen.zh}")


def _refuse_unknown(x: Floats, y: Floats, names: tuple[str, str]) -> None:
    need = Line("--datum is required", "--datum 必须给出")
    if not len(x):
        raise BadInput(Line(f"{need}: {DATUMS}", f"{need.zh}：{DATUMS.zh}"))
    seen = described(x, y, names)
    raise BadInput(
        Line(
            f"{need}: the file states no CRS; {seen}; say {DATUMS}",
            f"{need.zh}：文件没有写明坐标系；{seen.zh}；请写 {DATUMS.zh}",
        )
    )


def _check_order(
    x: Floats, y: Floats, names: tuple[str, str], columns: Columns, crs: str | None
) -> None:
    """In Chinese surveys x points north. A heading x that was only guessed is asked about."""
    plain = {name.strip().casefold() for name in names}
    if not plain <= set(_SURVEYED) or not {"lon", "lat"} <= set(columns.guessed) or not len(x):
        return
    if crs is None:
        west, east, south, north = CHINA
        turned = (y >= west) & (y <= east) & (x >= south) & (x <= north)
        metres = (np.abs(x) > 360) & (np.abs(y) > 360)
        turned |= metres & (x >= NORTHING[0]) & (x <= NORTHING[1]) & ((y < 1e6) | (y > 1.2e7))
    else:
        middle = false_easting(crs)
        if middle is None:
            return
        turned = (np.abs(x - middle) > ZONE_M) & (x >= NORTHING[0]) & (x <= NORTHING[1])
    if _share(turned, x) <= 0.5:
        return
    first, second = names
    spans = _spans(x, y, names)
    raise BadInput(
        Line(
            f"{spans}: {first} looks like the northing or latitude, as surveyors write it; "
            f"if so, say --lon {second} --lat {first}",
            f"{spans}：{first} 看起来是北坐标（纬度），即测量上的写法；"
            f"若是如此，请写 --lon {second} --lat {first}",
        )
    )


def _check_turned(x: Floats, y: Floats, names: tuple[str, str], crs: str) -> None:
    """Northings where the eastings belong, in most rows: they are told with the first of them."""
    of = metres_of(crs_of(crs))
    if of is None or of.on is None:
        return
    turned = [bool(swapped(one, other, of.on)) for one, other in zip(x.tolist(), y.tolist())]
    if _share(np.array(turned, dtype=bool), x) <= 0.5:
        return
    at = turned.index(True)
    line = fault(float(x[at]), float(y[at]), of.on)
    first, second = names
    raise BadInput(
        Line(
            f"--crs {crs}: {line}; are the columns swapped? If so, say --lon {second} "
            f"--lat {first}",
            f"--crs {crs}：{in_language(line or '', 'zh')}如两列确实写反，请写 --lon {second} "
            f"--lat {first}",
        )
    )


def _check_zone(x: Floats, crs: str) -> None:
    """Eastings with a zone number in front need the CRS that has it, and the other way round."""
    middle = false_easting(crs)
    if middle is None or _share(np.abs(x - middle) > ZONE_M, x) <= 0.5:
        return
    easting = float(np.median(x))
    zone = int(easting // 1e6) if 1e7 <= easting < 1e8 else None
    what = Line(
        f"eastings about {easting:.10g}"
        + (f" begin with a zone number, {zone}" if zone else " have no zone number in front"),
        f"东坐标约 {easting:.10g}" + (f"，前面带有带号 {zone}" if zone else "，前面没有带号"),
    )
    fitting = _like(crs, easting)
    better = Line("", "")
    if fitting:
        better = Line(f"; they fit --crs {fitting}", f"；与之相符的是 --crs {fitting}")
    raise BadInput(
        Line(
            f"--crs {crs}: its meridian has the easting {middle:.10g}, but {what}{better}",
            f"--crs {crs}：中央经线处的东坐标为 {middle:.10g}，而{what.zh}{better.zh}",
        )
    )


def _like(crs: str, easting: float) -> str:
    """The CRS of the same family, and of the same meridian unless the easting names another, that
    an easting fits; empty when there is none."""
    from pyproj.database import query_crs_info
    from pyproj.enums import PJType

    given = crs_of(crs)
    family = given.name.partition(" / ")[0] + " / "
    wide = "3-degree" in given.name
    found = []
    for info in query_crs_info(auth_name="EPSG", pj_types=[PJType.PROJECTED_CRS]):
        if not info.name.startswith(family) or ("3-degree" in info.name) != wide:
            continue
        code = f"EPSG:{info.code}"
        middle = false_easting(code)
        if middle is not None and abs(easting - middle) <= ZONE_M / 2:
            same = _meridian(code) == _meridian(crs)
            found.append((not same, abs(easting - middle), f"{code} ({info.name})"))
    # without a zone number every meridian of the family would do: only the one given is meant
    numbered = easting >= 1e7
    return min((entry for entry in found if numbered or not entry[0]), default=(0, 0, ""))[2]


def _meridian(crs: str) -> float | None:
    operation = crs_of(crs).coordinate_operation
    if operation is None:
        return None
    told = {param.name: float(param.value) for param in operation.params}
    return told.get("Longitude of natural origin")
