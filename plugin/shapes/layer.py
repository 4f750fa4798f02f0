"""The parts of a shape as a temporary layer, in the palette's colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFeature,
    QgsProject,
    QgsRendererCategory,
    QgsSymbol,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtGui import QColor

from .. import compat
from ..geometry import from_geojson
from ..texts import tr

if TYPE_CHECKING:
    from .asker import ShapeReply

# field: type, text
FIELDS = (("part", "integer"), ("percent", "real"), ("size", "real"), ("verdict", "text"))
TEXTS = ("where", "inside", "near")


def parts_layer(reply: ShapeReply, looks: dict[str, Any], lang: str) -> QgsVectorLayer:
    """A memory layer of the parts; the caller adds it to the project."""
    answer = reply.answer
    unit = answer["measure"]["unit"]
    kind = "MultiPolygon" if unit == "m2" else "MultiLineString"
    name = tr("shapes.layer.name", lang, date=answer["query"]["date"])
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:4326", name, "memory")
    size = "area_m2" if unit == "m2" else "length_m"
    fields = [
        *(
            compat.field(name, kind, tr(f"shapes.field.{size if name == 'size' else name}", lang))
            for name, kind in FIELDS
        ),
        *(compat.field(name, "text", tr(f"shapes.field.{name}", lang)) for name in TEXTS),
    ]
    layer.dataProvider().addAttributes(fields)
    layer.updateFields()
    names = {row["id"]: row["name"].get(lang) or row["name"]["zh"] for row in answer["zones"]}
    features = []
    for part, tone, where in zip(answer["parts"], reply.tones, reply.wheres):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(from_geojson(part["geometry"]))
        zones = ["; ".join(names[zone] for zone in part[key]) for key in ("inside", "near")]
        label = looks[tone]["label"][lang]
        feature.setAttributes(
            [part["id"], round(part["percent"], 6), round(part[unit], 3), label, where, *zones]
        )
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    layer.setRenderer(_renderer(layer, dict.fromkeys(reply.tones), looks, lang))
    return layer


def add(layer: QgsVectorLayer) -> None:
    """Put the layer on top of the project."""
    QgsProject.instance().addMapLayer(layer, False)
    QgsProject.instance().layerTreeRoot().insertLayer(0, layer)


def _renderer(
    layer: QgsVectorLayer, tones: Any, looks: dict[str, Any], lang: str
) -> QgsCategorizedSymbolRenderer:
    categories = []
    for tone in tones:
        look = looks[tone]
        symbol = QgsSymbol.defaultSymbol(layer.geometryType())
        colour = QColor(look["colour"])
        symbol.setColor(colour)
        symbol.setOpacity(0.5 if layer.geometryType() == QgsWkbTypes.PolygonGeometry else 1.0)
        label = look["label"][lang]
        categories.append(QgsRendererCategory(label, symbol, f"{look['mark']} {label}"))
    return QgsCategorizedSymbolRenderer("verdict", categories)
