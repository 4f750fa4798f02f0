"""A checked table on the map: points coloured by verdict, and what the atlas needs to know."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qgis.core import QgsExpression, QgsProject, QgsVectorLayer

from ..processing import look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .setup import Order
    from .work import Finished

CHECK = "zonerules/check"  # custom property: what was asked of a layer, as JSON


def add(done: Finished, order: Order, lang: str) -> QgsVectorLayer | None:
    """Add the points of a finished check to the project; None where they cannot be opened."""
    layer = QgsVectorLayer(str(done.layer), order.output.stem, "ogr")
    if not layer.isValid():
        return None
    columns = list(done.verdicts)
    look.answered(layer, look.answer_names(done.columns, done.verdicts, lang), columns, lang)
    layer.setCustomProperty(CHECK, json.dumps(remembered(done, order), ensure_ascii=False))
    QgsProject.instance().addMapLayer(layer)
    return layer


def remembered(done: Finished, order: Order) -> dict[str, Any]:
    """What was asked of every row, so that an atlas can ask the same again."""
    asked = order.asked
    return {
        "activities": list(asked.activities),
        "date": asked.date,
        "alert": asked.alert,
        "facts": asked.facts,
        "accuracy_m": asked.accuracy_m,
        "columns": {k: v for k, v in done.roles.items() if k not in ("lon", "lat", "place")},
        "fact_columns": done.fact_columns,
        "folder": str(order.output.absolute().parent),
        "unknown_datum": order.place.datum == "unknown",
    }


def for_a_person(columns: Iterable[str]) -> str:
    """The expression for rows that a person should look at, as the file of such rows has them."""
    names = list(columns)
    verdicts = [name for name in names if name.startswith("zr_verdict")]
    parts = [
        f"coalesce({QgsExpression.quotedColumnRef(name)}, '') <> ''"
        for name in ("zr_error", "zr_near")
    ]
    parts += [f"{QgsExpression.quotedColumnRef(name)} = 'cannot_determine'" for name in verdicts]
    return " OR ".join(parts)
