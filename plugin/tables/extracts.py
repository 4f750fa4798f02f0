"""Extracts for a checked table: the algorithm's window, filled with what was asked of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import compat

if TYPE_CHECKING:
    from .setup import Order
    from .work import Finished

ALGORITHM = "zonerules:extracts"
MOST = 300  # rows in a book
READING = {"encoding": "ENCODING", "delimiter": "DELIMITER", "layer": "SHEET", "within": "WITHIN"}


def show(order: Order, done: Finished) -> Any:
    """Open the window and return it; None where QGIS cannot. Raises ImportError without
    Processing."""
    import processing

    window = processing.createAlgorithmDialog(ALGORITHM, parameters(order, done))
    if window is not None:
        window.show()
    return window


def parameters(order: Order, done: Finished) -> dict[str, Any]:
    """What was asked of every row, for the same table and at most a book of it."""
    from ..processing.tabular import COLUMNS

    asked, lines = order.asked, "\n".join
    given: dict[str, Any] = {
        "DATUM": order.place.datum,
        "CRS": order.place.crs,
        "ACTIVITY": asked.activities[0] if len(asked.activities) == 1 else None,
        "DATE": asked.date,
        "ALERT": asked.alert,
        "FACTS": lines(f"{key}={value}" for key, value in asked.facts.items()),
        "FACT_COLUMNS": lines(f"{key}={name}" for key, name in order.fact_columns.items()),
        "ACCURACY": asked.accuracy_m,
        "LAST": MOST if done.rows > MOST else None,
    }
    given.update((COLUMNS[role], heading) for role, heading in order.columns.items())
    given.update((name, order.options.get(key)) for key, name in READING.items())
    if order.source is not None:
        given["INPUT"] = str(order.source)
    elif not compat.is_deleted(order.layer):
        given["LAYER"] = order.layer.id()
    return {name: value for name, value in given.items() if value not in (None, "")}
