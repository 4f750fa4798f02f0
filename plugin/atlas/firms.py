"""The points of a layer as questions: a place, a name, and what the row itself says."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
)
from qgis.PyQt.QtCore import Qt

from ..asking import Refusal
from ..canvas import WGS84, name_of, unrelated
from ..tables.onmap import CHECK
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qgis.core import QgsFeature, QgsVectorLayer

ROLES = ("date", "alert", "accuracy")  # what a row may say of itself besides facts
NAMES = ("企业名称", "单位名称", "项目名称", "名称", "企业", "name", "company", "enterprise")


class Firm(NamedTuple):
    """One page to be. ``lon``, ``lat``: degrees as the layer has them; ``cells``: what the row says
    by role (date, alert, accuracy), ``facts`` by key; texts as they stand there."""

    name: str
    lon: float
    lat: float
    cells: dict[str, str]
    facts: dict[str, str]


def remembered(layer: QgsVectorLayer) -> dict[str, Any]:
    """What was asked of a checked layer, {} of any other."""
    try:
        told = json.loads(layer.customProperty(CHECK, "") or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def name_field(layer: QgsVectorLayer) -> str:
    """The field that holds the names, empty if none looks so."""
    told = remembered(layer).get("columns", {}).get("name", "")
    fields = layer.fields().names()
    folded = {name.strip().casefold(): name for name in fields}
    found = told if told in fields else ""
    return found or next((folded[name] for name in NAMES if name in folded), "")


def read(
    layer: QgsVectorLayer, features: Iterable[QgsFeature], name: str, lang: str
) -> tuple[list[Firm], int]:
    """Return the firms of some features, and how many have no place. Raises Refusal."""
    crs = layer.crs()
    if not crs.isValid():
        raise Refusal(tr("processing.no_crs", lang, layer=layer.name()))
    if unrelated(crs):
        raise Refusal(tr("unrelated_crs", lang, crs=name_of(crs)))
    there = QgsCoordinateTransform(
        crs, QgsCoordinateReferenceSystem(WGS84), QgsProject.instance().transformContext()
    )
    told = remembered(layer)
    roles = {k: v for k, v in told.get("columns", {}).items() if k in ROLES}
    firms, without = [], 0
    for number, feature in enumerate(features, start=1):
        place = _place(feature, there)
        if place is None:
            without += 1
            continue
        own = {column: feature[at] for at, column in enumerate(layer.fields().names())}
        title = _text(own.get(name)) or tr("atlas.unnamed", lang, n=number)
        cells = {role: _text(own.get(column)) for role, column in roles.items()}
        facts = {
            key: _text(own.get(column)) for key, column in told.get("fact_columns", {}).items()
        }
        firms.append(Firm(title, *place, _given(cells), _given(facts)))
    return firms, without


def _place(feature: QgsFeature, there: QgsCoordinateTransform) -> tuple[float, float] | None:
    shape = feature.geometry()
    if shape.isNull() or shape.isEmpty():
        return None
    parts = [part for part in shape.constParts() if not part.isEmpty()]
    if len(parts) != 1:
        return None
    try:
        spot = there.transform(parts[0].x(), parts[0].y())
    except QgsCsException:
        return None
    known = math.isfinite(spot.x()) and math.isfinite(spot.y())
    return (spot.x(), spot.y()) if known and abs(spot.y()) <= 90 else None


def _given(cells: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in cells.items() if text}


def _text(value: Any) -> str:
    if value is None or value == NULL:
        return ""
    if hasattr(value, "toString"):
        return str(value.toString(Qt.DateFormat.ISODate))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
