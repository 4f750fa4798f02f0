"""The enterprises of a checked table, as the map draws them: place, name, verdict, other cells."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ...layers.datum import DATUMS, to_wgs84
from ...rules.logic import tables
from ...rules.messages import Line
from ..answer import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["firms"]

MOST = 50_000  # more would make a page that no browser likes
LONGEST = 300  # characters of a cell that is shown
VERDICT = "zr_verdict"


def firms(path: Path, *, datum: str | None, activity: str | None = None) -> list[dict[str, Any]]:
    """The rows of a table that `zonerules check` answered: [{lon, lat, name, verdict, told}].

    `lon`, `lat` in WGS84 from the table's `datum`; `verdict` is "" where the row has none, `told`
    are its other zr_ cells as [column, text]. Rows without a place are left out. `activity` chooses
    among several columns of verdicts. Raises BadInput.
    """
    from ..table.columns import find_columns
    from ..table.reading import open_table

    if datum not in DATUMS:
        expected = ", ".join(DATUMS)
        raise BadInput(
            Line(
                f"--datum {datum or ''}: say which the table's coordinates have: {expected}",
                f"--datum {datum or ''}：请说明表中坐标的坐标系：{expected}",
            )
        )
    table = open_table(path)
    verdict = _verdict_column(path, table.names, activity)
    roles = find_columns(table.names, {}, {}).roles
    if "lon" not in roles or "lat" not in roles:
        raise BadInput(Line(f"{path.name}: no columns of coordinates", f"{path.name}：没有坐标列"))
    found: list[dict[str, Any]] = []
    known = tables()["labels"]["verdict"]
    for batch in table.batches():
        columns = [column.to_pylist() for column in batch.columns]
        for number, cells in enumerate(zip(*columns)):
            place = _place(cells[roles["lon"]], cells[roles["lat"]], datum)
            if place is None:
                continue
            given = str(cells[verdict] or "")
            name = cells[roles["name"]] if "name" in roles else None
            found.append(
                {
                    **place,
                    "name": str(name or f"{number + 1}")[:LONGEST],
                    "verdict": given if given in known else "",
                    "told": _told(table.names, cells, verdict),
                }
            )
            if len(found) > MOST:
                raise BadInput(
                    Line(
                        f"{path.name}: more than {MOST} rows; draw a part of them",
                        f"{path.name}：超过 {MOST} 行，请分开成图",
                    )
                )
    return found


def _verdict_column(path: Path, names: list[str], activity: str | None) -> int:
    wanted = VERDICT if activity is None else f"{VERDICT}_{activity.replace('-', '_')}"
    held = [name for name in names if name == wanted]
    if not held and activity is not None:
        held = [name for name in names if name == VERDICT]  # the only activity asked
    if not held and activity is None:
        held = [name for name in names if name.startswith(f"{VERDICT}_")]
    if not held:
        raise BadInput(
            Line(
                f"--enterprises {path.name}: no column {wanted}; "
                "first run: zonerules check IN -o OUT --activity ID",
                f"--enterprises {path.name}：没有 {wanted} 列；"
                "请先运行 zonerules check IN -o OUT --activity ID",
            )
        )
    return names.index(held[0])


def _place(lon: object, lat: object, datum: str) -> Mapping[str, float] | None:
    """The point in WGS84 to a decimetre or so; None for what is no place."""
    try:
        x, y = float(str(lon)), float(str(lat))
    except ValueError:
        return None
    if not (math.isfinite(x) and math.isfinite(y) and abs(x) <= 180 and abs(y) <= 90):
        return None
    x, y = to_wgs84(x, y, datum)
    return {"lon": round(x, 6), "lat": round(y, 6)}


def _told(names: list[str], cells: tuple[Any, ...], verdict: int) -> list[list[str]]:
    return [
        [name, str(cell)[:LONGEST]]
        for at, (name, cell) in enumerate(zip(names, cells))
        if name.startswith("zr_") and at != verdict and cell not in (None, "")
    ]
