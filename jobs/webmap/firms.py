"""The enterprises of a checked table, as the map draws them: place, name, verdict, other cells.

The place of a row is its point where the file has points; else what its columns of coordinates say,
in every spelling that `zonerules check` reads; else the disc of its address, which that command
writes. A row without any stays, and says why.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from ...layers.datum import DATUMS, to_wgs84
from ...rules.logic import tables
from ...rules.messages import Line, in_language
from ..answer import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from ..table.reading import Table

__all__ = ["VERDICT", "Spot", "firms", "moved", "of_rows", "places_of", "verdict_column"]

MOST = 50_000  # more would make a page that no browser likes
LONGEST = 300  # characters of a cell that is shown
VERDICT = "zr_verdict"
ERROR = "zr_error"
PLACE = "zr_place"  # what an address was taken for
DISC = ("zr_lon", "zr_lat", "zr_radius_m")  # its middle in WGS84 and its radius
SHIFTED = ("gcj02", "bd09")  # what no CRS of a file can be
NOWHERE = Line("no coordinates in this row", "此行没有坐标")
NULL_ISLAND = Line("coordinates 0, 0: most likely none", "坐标为 0, 0：多半是没有坐标")
NEAR_NULL = 0.05  # degrees, more than a datum shifts it
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


def firms(
    path: Path,
    *,
    datum: str | None,
    activity: str | None = None,
    tell: Callable[[Line], None] = lambda _: None,
) -> list[dict[str, Any]]:
    """The rows of a table that `zonerules check` answered, as :func:`of_rows` has them.

    Points of a file that states its CRS are taken in it; `datum` is that of other points and of
    columns of coordinates. `tell` hears where both were given and differ. `activity` chooses among
    several columns of verdicts. Raises BadInput.
    """
    from ..table.reading import open_table

    table = open_table(path)
    verdict = verdict_column(path.name, table.names, activity)
    if table.geometry is None:
        place = places_of(path.name, table.names, datum)
        rows = ((place(cells), cells) for cells in _rows(table))
        return of_rows(path.name, table.names, rows, verdict)
    if table.crs is not None and datum in SHIFTED:
        tell(
            Line(
                f"--datum {datum}: {path.name} states the CRS of its points, which are taken in "
                "it; the option is for tables without points",
                f"--datum {datum}：{path.name} 的点写明了坐标系，按它放置；"
                "这个选项只用于没有点的表",
            )
        )
    if table.crs is None:
        _check_datum(datum)
    placed = _placed(table, datum if table.crs is None else "wgs84")
    return of_rows(path.name, table.names, placed, verdict)


def of_rows(
    title: str,
    names: Sequence[str],
    rows: Iterable[tuple[Found, Sequence[Any]]],
    verdict: str,
    name: str | None = None,
) -> list[dict[str, Any]]:
    """Rows with what was found of their places: [{lon, lat, name, verdict, told}].

    A row that its address placed also has `radius_m`; one without a place has `why`, {en, zh},
    instead of lon and lat. `verdict` is "" where the row has none, `told` are its other zr_ cells
    as [column, text]. `title`: what people call the table; `names`: of the columns; `verdict`: the
    column that colours; `name`: the column of names, else guessed by its heading. Raises BadInput.
    """
    from ..table.columns import find_columns

    found: list[dict[str, Any]] = []
    known = tables()["labels"]["verdict"]
    called = find_columns(names, {"name": name}, {}).roles.get("name")
    coloured = names.index(verdict)
    disc = _discs(names)
    faulty = names.index(ERROR) if ERROR in names else None
    for number, (place, cells) in enumerate(rows, start=1):
        given = str(cells[coloured] or "")
        label = cells[called] if called is not None else None
        found.append(
            {
                **_where(place, disc(cells), "" if faulty is None else cells[faulty] or ""),
                "name": str(label or f"{number}")[:LONGEST],
                "verdict": given if given in known else "",
                "told": _told(names, cells, coloured),
            }
        )
        if len(found) > MOST:
            raise BadInput(
                Line(
                    f"{title}: more than {MOST} rows; draw a part of them",
                    f"{title}：超过 {MOST} 行，请分开成图",
                )
            )
    return found


def _where(place: Found, disc: tuple[Spot, float] | Line | None, error: str) -> dict[str, Any]:
    """How the page is told of a place: lon, lat and, of an address, radius_m; or why not, with the
    `error` that the check has told of the row."""
    radius: dict[str, Any] = {}
    if isinstance(disc, tuple):
        place, radius = disc[0], {"radius_m": disc[1]}
    if isinstance(place, Spot) and max(abs(place.lon), abs(place.lat)) < NEAR_NULL:
        place = NULL_ISLAND
    if isinstance(place, Spot):
        return {"lon": round(place.lon, 6), "lat": round(place.lat, 6), **radius}
    why = disc if isinstance(disc, Line) else place
    said = {"en": str(why), "zh": in_language(why, "zh")}
    more = error[:LONGEST]
    if not more or more in said.values():
        return {"why": said}
    return {"why": {"en": f"{said['en']}; {more}", "zh": f"{said['zh']}；{more}"}}


def _discs(names: Sequence[str]) -> Callable[[Sequence[Any]], tuple[Spot, float] | Line | None]:
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
    known = _check_datum(datum)

    def place(cells: Sequence[Any]) -> Found:
        try:
            read = _pair(*(cells[at] for at in pair)) if pair else _both(cells[roles["place"]])
        except BadInput as error:
            return Line(str(error), in_language(error, "zh"))
        return NOWHERE if read is None else _checked(*read, known)

    return place


def _check_datum(datum: str | None) -> str:
    if datum in DATUMS:
        return datum
    expected = ", ".join(DATUMS)
    raise BadInput(
        Line(
            f"--datum {datum or ''}: say which the table's coordinates have: {expected}",
            f"--datum {datum or ''}：请说明表中坐标的坐标系：{expected}",
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


def _rows(table: Table) -> Iterator[Sequence[Any]]:
    for batch in table.batches():
        yield from zip(*[column.to_pylist() for column in batch.columns])


def _placed(table: Table, datum: str | None) -> Iterator[tuple[Found, Sequence[Any]]]:
    """The rows of a file of points, placed as `zonerules check` does."""
    from ..table.columns import Columns
    from ..table.places import Placing

    placing = Placing(Columns({}), datum=datum, crs=table.crs, accuracy_m=0.0)
    for batch in table.batches():
        places = placing.places(batch, table.geometry)
        cells = zip(*[column.to_pylist() for column in batch.columns])
        for row, (lon, lat, own) in enumerate(zip(places.lon, places.lat, cells)):
            fault = places.faults.get(row)
            yield (Spot(float(lon), float(lat)) if fault is None else fault), own


def verdict_column(title: str, names: Sequence[str], activity: str | None = None) -> str:
    """The column of verdicts: that of the activity, else the only or the first. Raises BadInput."""
    wanted = VERDICT if activity is None else f"{VERDICT}_{activity.replace('-', '_')}"
    held = [name for name in names if name == wanted]
    if not held and activity is not None:
        held = [name for name in names if name == VERDICT]  # the only activity asked
    if not held and activity is None:
        held = [name for name in names if name.startswith(f"{VERDICT}_")]
    if not held:
        raise BadInput(
            Line(
                f"--enterprises {title}: no column {wanted}; "
                "first run: zonerules check IN -o OUT --activity ID",
                f"--enterprises {title}：没有 {wanted} 列；"
                "请先运行 zonerules check IN -o OUT --activity ID",
            )
        )
    return held[0]


def _told(names: Sequence[str], cells: Sequence[Any], verdict: int) -> list[list[str]]:
    return [
        [name, str(cell)[:LONGEST]]
        for at, (name, cell) in enumerate(zip(names, cells))
        if name.startswith("zr_") and at != verdict and name not in DISC and cell not in (None, "")
    ]
