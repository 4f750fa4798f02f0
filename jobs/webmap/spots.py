"""Where a row of a checked table is: by its columns of coordinates, or the disc of its address."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from ...layers.datum import DATUMS, to_wgs84
from ...rules.messages import Line, in_language
from ..answer import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["DISC", "Found", "Spot", "checked_datum", "discs", "moved", "places_of"]

LONGEST = 300  # characters of a cell that is told
PLACE = "zr_place"  # what an address was taken for
DISC = ("zr_lon", "zr_lat", "zr_radius_m")  # its middle in WGS84 and its radius
NOWHERE = Line("no coordinates in this row", "此行没有坐标")
OLDER = Line(
    "placed by its address in a table of an older version; check the table again to see it drawn",
    "按地址定位，但结果表由旧版本写出，没有圆的位置；重新运行 check 即可上图",
)


class Spot(NamedTuple):
    """A place in WGS84, degrees."""

    lon: float
    lat: float


Found = Union[Spot, Line]
"""The place of a row, or why it has none."""


def discs(names: Sequence[str]) -> Callable[[Sequence[Any]], tuple[Spot, float] | Line | None]:
    """What reads the disc of a row that its address placed; None for the others."""
    if PLACE not in names:
        return lambda cells: None
    said = names.index(PLACE)
    columns = [names.index(name) for name in DISC if name in names]

    def disc(cells: Sequence[Any]) -> tuple[Spot, float] | Line | None:
        if cells[said] in (None, ""):
            return None
        try:
            lon, lat, radius = (float(str(cells[at])) for at in columns)
        except ValueError:
            return OLDER
        place = _checked(lon, lat, "wgs84")
        return (place, radius) if isinstance(place, Spot) and radius >= 0 else OLDER

    return disc


def places_of(
    title: str, names: Sequence[str], datum: str | None
) -> Callable[[Sequence[Any]], Found]:
    """What finds the place of a row in its columns of coordinates, whose headings are guessed.

    A table without such columns needs no `datum` if its rows were placed by their addresses. Raises
    BadInput.
    """
    from ..table.columns import find_columns

    roles = find_columns(names, {}, {}).roles
    pair = [roles[role] for role in ("lon", "lat") if role in roles]
    if len(pair) != 2 and "place" not in roles:
        if set(DISC) <= set(names):
            return lambda cells: NOWHERE
        raise BadInput(
            Line(
                f"{title}: no columns of coordinates; let zonerules check write a .gpkg, "
                "which has points",
                f"{title}：没有坐标列；可让 zonerules check 写成带点的 .gpkg",
            )
        )
    known = checked_datum(datum)

    def place(cells: Sequence[Any]) -> Found:
        try:
            read = _pair(*(cells[at] for at in pair)) if pair else _both(cells[roles["place"]])
        except BadInput as error:
            return Line(str(error), in_language(error, "zh"))
        return NOWHERE if read is None else _checked(*read, known)

    return place


def checked_datum(datum: str | None) -> str:
    if datum in DATUMS:
        return datum
    expected, option = ", ".join(DATUMS), f"--datum {datum or ''}".strip()
    raise BadInput(
        Line(
            f"{option}: say which the table's coordinates have: {expected}",
            f"{option}：请说明表中坐标的坐标系：{expected}",
        )
    )


def _pair(*cells: Any) -> tuple[float, float] | None:
    """Longitude and latitude out of a cell each; None where one is empty. Raises BadInput."""
    from ..coordinates import angle

    texts = [_text(cell) for cell in cells]
    if not all(texts):
        return None
    found = []
    for text, role in zip(texts, ("lon", "lat")):
        try:
            value, axis = float(text), None
        except ValueError:
            value, axis = angle(text)
        if axis not in (None, role):
            raise BadInput(Line(f"{text} says it is a {axis}", f"“{text}”写明是 {axis}"))
        found.append(value)
    return found[0], found[1]


def _both(cell: Any) -> tuple[float, float] | None:
    """Longitude and latitude out of one cell. Raises BadInput."""
    from ..coordinates import LATITUDE_FIRST, parse

    text = _text(cell)
    if not text:
        return None
    reading = parse(text)[0]
    if reading.note == LATITUDE_FIRST:
        raise BadInput(
            Line(
                f"{text}: latitude first; expected longitude, latitude",
                f"“{text}”纬度在前；应为经度、纬度",
            )
        )
    return reading.lon, reading.lat


def _text(cell: Any) -> str:
    """A cell as text; "" also for what people write where there are no coordinates."""
    from ..table.places import NOTHING

    text = "" if cell is None else str(cell).strip()
    return "" if text.casefold() in NOTHING else text[:LONGEST]


def _checked(lon: float, lat: float, datum: str) -> Found:
    place = moved(lon, lat, datum)
    if place is not None:
        return Spot(*place)
    where = f"{lon:.10g}, {lat:.10g}"
    return Line(f"{where} is no place on earth", f"{where} 不在地球上")


def moved(lon: float, lat: float, datum: str) -> tuple[float, float] | None:
    """The point in WGS84 from one in `datum`, degrees; None for what is no place."""
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
        return None
    return to_wgs84(lon, lat, datum)
