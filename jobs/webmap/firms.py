"""The enterprises of a checked table, as the map draws them: place, name, verdict, other cells."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ...layers.datum import DATUMS, to_wgs84
from ...rules.logic import tables
from ...rules.messages import Line
from ..answer import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

__all__ = ["VERDICT", "firms", "moved", "of_rows", "places_of", "verdict_column"]

MOST = 50_000  # more would make a page that no browser likes
LONGEST = 300  # characters of a cell that is shown
VERDICT = "zr_verdict"


def firms(path: Path, *, datum: str | None, activity: str | None = None) -> list[dict[str, Any]]:
    """The rows of a table that `zonerules check` answered: [{lon, lat, name, verdict, told}].

    `lon`, `lat` in WGS84 from the table's `datum`; `verdict` is "" where the row has none, `told`
    are its other zr_ cells as [column, text]. Rows without a place are left out. `activity` chooses
    among several columns of verdicts. Raises BadInput.
    """
    from ..table.reading import open_table

    table = open_table(path)
    rows = (
        cells
        for batch in table.batches()
        for cells in zip(*[column.to_pylist() for column in batch.columns])
    )
    places = places_of(path.name, table.names, datum)
    verdict = verdict_column(path.name, table.names, activity)
    return of_rows(path.name, table.names, ((places(cells), cells) for cells in rows), verdict)


def of_rows(
    title: str,
    names: Sequence[str],
    rows: Iterable[tuple[tuple[float, float] | None, Sequence[Any]]],
    verdict: str,
    name: str | None = None,
) -> list[dict[str, Any]]:
    """The same of any rows: each its place in WGS84, None where it has none, and its cells.

    `title`: what people call the table; `names`: of the columns; `verdict`: the column that
    colours; `name`: the column of names, else guessed by its heading. Raises BadInput.
    """
    from ..table.columns import find_columns

    found: list[dict[str, Any]] = []
    known = tables()["labels"]["verdict"]
    called = find_columns(names, {"name": name}, {}).roles.get("name")
    coloured = names.index(verdict)
    for number, (place, cells) in enumerate(rows, start=1):
        if place is None:
            continue
        given = str(cells[coloured] or "")
        label = cells[called] if called is not None else None
        found.append(
            {
                "lon": round(place[0], 6),
                "lat": round(place[1], 6),
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


def places_of(
    title: str, names: Sequence[str], datum: str | None
) -> Callable[[Sequence[Any]], tuple[float, float] | None]:
    """What finds the place of a row in its columns of coordinates, whose headings are guessed.

    The place is in WGS84; None for what is no place. Raises BadInput.
    """
    from ..table.columns import find_columns

    if datum not in DATUMS:
        expected = ", ".join(DATUMS)
        raise BadInput(
            Line(
                f"--datum {datum or ''}: say which the table's coordinates have: {expected}",
                f"--datum {datum or ''}：请说明表中坐标的坐标系：{expected}",
            )
        )
    known = datum
    roles = find_columns(names, {}, {}).roles
    if "lon" not in roles or "lat" not in roles:
        raise BadInput(Line(f"{title}: no columns of coordinates", f"{title}：没有坐标列"))
    lon, lat = roles["lon"], roles["lat"]

    def place(cells: Sequence[Any]) -> tuple[float, float] | None:
        try:
            x, y = float(str(cells[lon])), float(str(cells[lat]))
        except ValueError:
            return None
        return moved(x, y, known)

    return place


def moved(lon: float, lat: float, datum: str) -> tuple[float, float] | None:
    """The point in WGS84 from one in `datum`, degrees; None for what is no place."""
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
        return None
    return to_wgs84(lon, lat, datum)


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
        if name.startswith("zr_") and at != verdict and cell not in (None, "")
    ]
