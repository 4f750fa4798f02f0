"""How an answer flows over pages: a heading never stands alone at the foot of one.

How high QGIS makes a row differs from version to version, so it is measured, not computed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsLayoutSize

from . import furniture

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qgis.core import QgsLayoutItemManualTable

    from .lines import Row

MOST_PAGES = 60
LINE_MM = 4.6  # about a line of text, where the search begins
SAMPLES = 6  # rows measured at once
PRECISION_MM = 0.02


def heights(
    table: QgsLayoutItemManualTable,
    rows: Sequence[Row],
    cells: Callable[[Row], list[Any]],
) -> list[float]:
    """Return the height of every row in millimetres, as this QGIS makes it.

    The table has one frame; its content and the size of that are changed.
    """
    known: dict[tuple[str, int, int], float] = {}
    found = []
    for row in rows:
        lines = (row.text.count("\n") + 1, row.cite.count("\n") + 1)
        key = (row.kind, *lines)
        if key not in known:
            known[key] = _measured(table, cells(row), max(lines))
        found.append(known[key])
    return found


def _measured(table: QgsLayoutItemManualTable, row: list[Any], lines: int) -> float:
    """Find the least height of a frame that shows all of several such rows."""
    table.setTableContents([row] * SAMPLES)
    low = SAMPLES * (LINE_MM * lines) * 0.5
    high = SAMPLES * (LINE_MM * lines + 6) * 1.5
    while high - low > PRECISION_MM * SAMPLES:
        middle = (low + high) / 2
        resize(table, 0, middle)
        # what does not fit makes the table higher than its frame
        if fits(table):
            high = middle
        else:
            low = middle
    return high / SAMPLES


def fits(table: QgsLayoutItemManualTable) -> bool:
    """Tell whether the frames of a table show all of it."""
    table.refresh()
    table.recalculateFrameSizes()
    room = sum(table.frame(number).rect().height() for number in range(table.frameCount()))
    return bool(table.totalSize().height() <= room + 0.01)


def resize(table: QgsLayoutItemManualTable, number: int, height: float) -> None:
    """Give a frame another height in millimetres."""
    table.frame(number).attemptResize(QgsLayoutSize(furniture.WIDTH, height, furniture.MM))


def pages(rows: Sequence[Row], high: Sequence[float], first: float, rest: float) -> list[float]:
    """Return the height of the answer on each page; ``first`` and ``rest`` is the room there."""
    made, start = [], 0
    while start < len(rows):
        room = rest if made else first
        end, used = start, 0.0
        while end < len(rows) and used + high[end] <= room:
            used += high[end]
            end += 1
        if end < len(rows):
            back = end
            while back > start and rows[back - 1].kind == "title":
                back -= 1
            end = back if back > start else max(end, start + 1)
        # a little more, by which no further row can come in
        spare = min(high[end] / 3, 1.0) if end < len(rows) else 1.0
        made.append(sum(high[start:end]) + spare)
        start = end
    return made
