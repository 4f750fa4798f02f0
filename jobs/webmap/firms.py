"""The enterprises of a checked table, as the map draws them: place, name, verdict, other cells.

The place of a row is its point where the file has points; else what its columns of coordinates say,
in every spelling that `zonerules check` reads; else the disc of its address, which that command
writes. A row without any stays, and says why.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ...layers.datum import EXTRA_ACCURACY_M
from ...rules.logic import tables
from ...rules.messages import Line, in_language
from ..answer import BadInput
from .spots import DISC, Spot, checked_datum, discs, places_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from ..table.reading import Table
    from .spots import Found

__all__ = [
    *("USUAL_M", "VERDICT", "Coloured", "Doubt", "Drawn"),
    *("as_it_is", "coloured", "firms", "of_rows"),
]

MOST = 50_000  # more would make a page that no browser likes
LONGEST = 300  # characters of a cell that is shown
VERDICT = "zr_verdict"
ERROR = "zr_error"
SHIFTED = ("gcj02", "bd09")  # what no CRS of a file can be
NULL_ISLAND = Line("coordinates 0, 0: most likely none", "坐标为 0, 0：多半是没有坐标")
NEAR_NULL = 0.05  # degrees, more than a datum shifts it
USUAL_M = 10.0  # of a row of which nobody says how far off it may be, as for `zonerules check`
MOST_M = 1_000_000.0
METRES = re.compile(r"[+-]?\d{1,12}(\.\d{0,20})?")


class Doubt(NamedTuple):
    """How far off the places of rows may be: `accuracy_m` in metres, or what a row's own cell says.

    `column`: the heading of those cells, None for the one that is marked [accuracy], if any;
    `datum`: unknown adds what that may come to.
    """

    accuracy_m: float = USUAL_M
    column: str | None = None
    datum: str | None = None


class Coloured(NamedTuple):
    """What the colours tell: a column of verdicts, its activity where that was said apart from its
    heading, and the other columns of verdicts."""

    column: str
    activity: str | None = None
    others: tuple[str, ...] = ()


class Drawn(NamedTuple):
    """The rows of a table, as :func:`of_rows` has them, and what their colours tell."""

    rows: list[dict[str, Any]]
    coloured: Coloured


def firms(
    path: Path,
    *,
    datum: str | None,
    activity: str | None = None,
    accuracy_m: float | None = None,
    accuracy_column: str | None = None,
    tell: Callable[[Line], None] = lambda _: None,
) -> Drawn:
    """The rows of a table that `zonerules check` answered.

    Points of a file that states its CRS are taken in it; `datum` is that of other points and of
    columns of coordinates. `tell` hears where both were given and differ, and what had to be chosen
    unasked. `activity` chooses among several columns of verdicts. Raises BadInput.
    """
    from ..table.reading import open_table

    metres = USUAL_M if accuracy_m is None else accuracy_m
    if not 0 <= metres <= MOST_M:
        wrong = f"--accuracy {metres:g}"
        raise BadInput(
            Line(
                f"{wrong}: expected metres from 0 to {MOST_M:.0f}",
                f"{wrong}：应为 0 至 {MOST_M:.0f} 米",
            )
        )
    table = open_table(path)
    colours = coloured(path.name, table.names, activity)
    if activity is None and colours.others:
        tell(_chosen(colours))
    doubt = Doubt(metres, accuracy_column, datum)
    placed: Iterator[tuple[Found, Sequence[Any]]]
    if table.geometry is None:
        place = places_of(path.name, table.names, datum)
        placed = ((place(cells), cells) for cells in _rows(table))
    elif table.crs is None:
        placed = _placed(table, checked_datum(datum))
    else:
        note = as_it_is(path.name, datum)
        if note is not None:
            tell(note)
        placed = _placed(table, "wgs84")
    return Drawn(of_rows(path.name, table.names, placed, colours.column, doubt=doubt), colours)


def as_it_is(title: str, datum: str | None) -> Line | None:
    """What is told of points that a `datum` does not move, None for nothing.

    The points of a checked table are those that the check wrote: of input in a shifted datum it
    has moved them to WGS84, so that to move them again would be wrong.
    """
    if datum not in SHIFTED:
        return None
    return Line(
        f"--datum {datum}: the points of {title} are taken as they are, in the CRS that it states; "
        "a check has written them in WGS84 already. The option is for columns of coordinates",
        f"--datum {datum}：{title} 的点按它写明的坐标系原样放置，检查时已经换算为 WGS84，"
        "不再换算；这个选项只用于坐标列",
    )


def _chosen(colours: Coloured) -> Line:
    others = ", ".join(colours.others)
    return Line(
        f"coloured by {colours.column}, the first of several; --activity chooses another: {others}",
        f"按几列结论中的第一列 {colours.column} 着色；可用 --activity 另选：{others}",
    )


def of_rows(
    title: str,
    names: Sequence[str],
    rows: Iterable[tuple[Found, Sequence[Any]]],
    verdict: str,
    name: str | None = None,
    doubt: Doubt = Doubt(),  # noqa: B008 - it cannot be changed
) -> list[dict[str, Any]]:
    """Rows with what was found of their places: [{lon, lat, name, verdict, told}].

    A row that its address placed also has `radius_m`, another `doubt_m` unless it is USUAL_M: how
    far off it may be; one without a place has `why`, {en, zh}, instead of lon and lat. `verdict` is
    "" where the row has none, `told` are its other zr_ cells as [column, text]. `title`: what
    people call the table; `names`: of the columns; `verdict`: the column that colours; `name`: the
    column of names, else guessed by its heading. Raises BadInput.
    """
    from ..table.columns import find_columns

    found: list[dict[str, Any]] = []
    known = tables()["labels"]["verdict"]
    roles = find_columns(names, {"name": name, "accuracy": doubt.column}, {}).roles
    called = roles.get("name")
    coloured = names.index(verdict)
    disc, metres = discs(names), _doubts(doubt, roles.get("accuracy"))
    faulty = names.index(ERROR) if ERROR in names else None
    for number, (place, cells) in enumerate(rows, start=1):
        given = str(cells[coloured] or "")
        label = cells[called] if called is not None else None
        found.append(
            {
                **_where(place, disc(cells), metres(cells), _cell(cells, faulty)),
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


def _cell(cells: Sequence[Any], at: int | None) -> str:
    return "" if at is None else str(cells[at] or "")


def _doubts(doubt: Doubt, at: int | None) -> Callable[[Sequence[Any]], float | Line]:
    """What reads how far off a row may be, in metres. A cell that says nothing readable is a fault,
    as for the check: any radius would be a guess."""
    extra = EXTRA_ACCURACY_M.get(doubt.datum or "", 0.0)

    def metres(cells: Sequence[Any]) -> float | Line:
        text = "" if at is None or cells[at] is None else str(cells[at]).strip()
        if text in ("", "nan"):
            return doubt.accuracy_m + extra
        if METRES.fullmatch(text) and 0 <= float(text) <= MOST_M:
            return float(text) + extra
        said = text[:LONGEST]
        return Line(
            f"accuracy {said}: expected metres from 0 to {MOST_M:.0f}",
            f"误差 {said}：应为 0 至 {MOST_M:.0f} 米",
        )

    return metres


def _where(
    place: Found, disc: tuple[Spot, float] | Line | None, doubt: float | Line, error: str
) -> dict[str, Any]:
    """How the page is told of a place: lon, lat and, of an address, radius_m, of others doubt_m; or
    why not, with the `error` that the check has told of the row."""
    radius: dict[str, Any] = {}
    if isinstance(disc, tuple):
        place, radius = disc[0], {"radius_m": disc[1]}
    elif isinstance(doubt, Line):
        place = doubt if isinstance(place, Spot) else place
    elif doubt != USUAL_M:
        radius = {"doubt_m": doubt}
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


def coloured(
    title: str, names: Sequence[str], activity: str | None = None, column: str | None = None
) -> Coloured:
    """The column of verdicts that colours: `column`, else that of the activity, else the only or
    the first. Raises BadInput."""
    every = tuple(name for name in names if name == VERDICT or name.startswith(f"{VERDICT}_"))
    wanted = VERDICT if activity is None else f"{VERDICT}_{activity.replace('-', '_')}"
    held = [column] if column else [name for name in every if name == wanted]
    if not held and activity is not None:
        held = [name for name in every if name == VERDICT]  # the only activity asked
    if not held and activity is None:
        held = list(every)
    if not held:
        raise BadInput(
            Line(
                f"--enterprises {title}: no column {wanted}; "
                "first run: zonerules check IN -o OUT --activity ID",
                f"--enterprises {title}：没有 {wanted} 列；"
                "请先运行 zonerules check IN -o OUT --activity ID",
            )
        )
    return Coloured(held[0], activity, tuple(name for name in every if name != held[0]))


def _told(names: Sequence[str], cells: Sequence[Any], verdict: int) -> list[list[str]]:
    return [
        [name, _shortened(str(cell))]
        for at, (name, cell) in enumerate(zip(names, cells))
        if name.startswith("zr_") and at != verdict and name not in DISC and cell not in (None, "")
    ]


def _shortened(text: str) -> str:
    """A cell that is shown; of a long list whole ids only."""
    if len(text) <= LONGEST:
        return text
    cut = text[:LONGEST]
    head, _, _ = cut.rpartition(";")
    return f"{head};…" if head else f"{cut}…"
