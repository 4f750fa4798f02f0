"""Sources of the catalogue as features: the columns that both lists of sources share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry, QgsPointXY

from ..texts import tr
from .look import kind_label

if TYPE_CHECKING:
    from collections.abc import Mapping

# figures that have a column of their own; what they are is in the catalogue's vocabulary
FIGURES = ("units_mw", "capacity_mw", "capacity_mt_a", "crude_steel_kt_a", "capacity_tph")
COLUMNS = {
    "source": "text",
    "name": "text",
    "kind": "text",
    "kind_name": "text",
    "document": "text",
    "clauses": "text",
    "county": "text",
    "accuracy_m": "real",
    **dict.fromkeys(FIGURES, "real"),
}


def row_of(source: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return a source as {column: value}."""
    figures = source.get("figures", {})
    numbers = {name: figures.get(name) for name in FIGURES}
    return {
        "source": source["id"],
        "name": source["name"][lang],
        "kind": source["kind"],
        "kind_name": kind_label(source["kind"], lang),
        "document": source.get("document"),
        "clauses": ";".join(source.get("clauses", [])) or None,
        "county": source.get("county"),
        "accuracy_m": (source.get("location") or {}).get("accuracy_m"),
        **{name: value if _number(value) else None for name, value in numbers.items()},
    }


def point_of(source: Mapping[str, Any]) -> QgsGeometry | None:
    """Return where a source is, in degrees WGS84; None when only its county is known."""
    spot = source.get("location")
    return QgsGeometry.fromPointXY(QgsPointXY(spot["lon"], spot["lat"])) if spot else None


def titles(columns: Mapping[str, str], lang: str) -> dict[str, str]:
    """Return the names of columns that people read."""
    return {name: tr(f"processing.column.{name}", lang) for name in columns}


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
