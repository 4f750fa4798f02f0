"""The one layer of effects: made, found by its mark, filled anew, taken out again.

Memory only: it shows an answer to a question, and the question is asked anew in a second. What the
user does to it (another name, removal) is the user's; the view never trips over it.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
    QgsWkbTypes,
)

from .. import compat
from ..asking import palette
from ..geometry import from_geojson
from ..texts import tr
from . import banned_style
from .find import ZONES, group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .banned_ask import BannedReply

MARK = "zonerules/banned"  # a custom property: the layer is this view's
NAME = "zonerules/name"  # a custom property: the name given last, to respect the user's own
VEILED = "zonerules/veiled"  # a custom property of the group of zones: hidden for this layer
SCRATCH = "skipMemoryLayersCheck"  # nothing is lost with it: QGIS need not warn when it closes
FIELDS = ("zone", "name", "effect", "label", "why", "part", "date", "mark", "colour")
SHOWN_FIELDS = FIELDS[:7]
CLAIMS_NOTHING = ("unnamed", "not_concerned")


def find(project: QgsProject | None = None) -> QgsVectorLayer | None:
    """Return the view's layer in the project, whatever its name, or None."""
    for layer in (project or QgsProject.instance()).mapLayers().values():
        if isinstance(layer, QgsVectorLayer) and layer.customProperty(MARK) is not None:
            return layer
    return None


def show(reply: BannedReply, shapes: Callable[[list[str]], list[dict[str, Any]]]) -> QgsVectorLayer:
    """Put the effects of ``reply`` on the map, into the layer that is there or a new one.

    ``shapes(zones)`` returns the drawn shapes by role, GeoJSON in degrees WGS84.
    """
    layer = find()
    if layer is None or not _usable(layer):
        if layer is not None:  # broken, changed or being edited by hand: that one is the user's
            layer.removeCustomProperty(MARK)
        layer = _made()
        _fill(layer, reply, shapes)
        QgsProject.instance().addMapLayer(layer, False)
        QgsProject.instance().layerTreeRoot().insertLayer(0, layer)
        _veil()
    else:
        _fill(layer, reply, shapes)
    layer.triggerRepaint()
    return layer


def clear() -> None:
    """Empty the layer, if it is there, and leave it where the user has put it."""
    layer = find()
    if layer is not None and _usable(layer):
        layer.dataProvider().truncate()
        layer.triggerRepaint()


def remove() -> None:
    """Take the layer out of the project, if it is there."""
    layer = find()
    if layer is not None:
        QgsProject.instance().removeMapLayer(layer.id())
    unveil()


def _veil() -> None:
    """Hide the zones as they are: two hatches upon each other cannot be read."""
    zones = group(QgsProject.instance().layerTreeRoot(), ZONES)
    if zones is not None and zones.itemVisibilityChecked():
        zones.setItemVisibilityChecked(False)
        zones.setCustomProperty(VEILED, 1)


def unveil() -> None:
    """Show the zones again that were hidden for this layer."""
    zones = group(QgsProject.instance().layerTreeRoot(), ZONES)
    if zones is not None and zones.customProperty(VEILED):
        zones.removeCustomProperty(VEILED)
        zones.setItemVisibilityChecked(True)


def geometry(shapes: list[dict[str, Any]], role: str) -> QgsGeometry:
    """Return the union of one role of several shapes, nominal where the role is absent."""
    return QgsGeometry.unaryUnion(
        [from_geojson(found.get(role, found["nominal"])) for found in shapes]
    )


def new_fields() -> list[QgsField]:
    """Return the fields of the layer."""
    return [*(compat.field(name) for name in FIELDS), compat.field("rank", "integer")]


def _usable(layer: QgsVectorLayer) -> bool:
    known = set(layer.fields().names())
    return bool(layer.isValid()) and not layer.isEditable() and {*FIELDS, "rank"} <= known


def _made() -> QgsVectorLayer:
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4326", "", "memory")
    layer.dataProvider().addAttributes(new_fields())
    layer.updateFields()
    layer.setCustomProperty(MARK, "1")
    layer.setCustomProperty(SCRATCH, 1)
    layer.setReadOnly(True)
    return layer


def _fill(
    layer: QgsVectorLayer,
    reply: BannedReply,
    shapes: Callable[[list[str]], list[dict[str, Any]]],
) -> None:
    provider, text = layer.dataProvider(), reply.text
    provider.truncate()
    features = list(_features(layer, reply, shapes))
    provider.addFeatures(features)
    layer.updateExtents()
    used = {feature["effect"] for feature in features}
    effects = [name for name in banned_style.LOOKS if name in used]
    labels = {}
    for name in effects:
        mark, words = palette()["outcome"][name]["mark"], text.effect(name)
        labels[name] = f"{mark} {words}"
    banned_style.dress(layer, effects, labels, tr("banned.edge", text.lang))
    query = reply.result["query"]
    _name(layer, text.activity(query["activity"]), query["date"], text.lang)
    _describe(layer, text.lang, text.title())


def _features(
    layer: QgsVectorLayer,
    reply: BannedReply,
    shapes: Callable[[list[str]], list[dict[str, Any]]],
) -> Iterator[QgsFeature]:
    """Core and edge of every drawn zone, the largest first so that smaller ones lie on top."""
    rows = [
        row
        for group in reply.text.groups()
        for row in group["rows"]
        if row["shapes"] == [row["id"]] and group["effect"] not in CLAIMS_NOTHING
    ]
    drawn = []
    for row in rows:
        found = shapes(row["shapes"])
        core, extent = geometry(found, "core"), geometry(found, "extent")
        drawn.append((extent.area(), row, core, extent.difference(core)))
    drawn.sort(key=lambda entry: -entry[0])
    for rank, (_, row, core, edge) in enumerate(drawn):
        yield from _parts(layer, reply, row, rank, {"edge": edge, "core": core})


def _parts(
    layer: QgsVectorLayer,
    reply: BannedReply,
    row: Mapping[str, Any],
    rank: int,
    parts: dict[str, QgsGeometry],
) -> Iterator[QgsFeature]:
    text, look = reply.text, palette()["outcome"][row["effect"]]
    for part, shape in parts.items():
        polygons = _polygons(shape)
        if polygons.isEmpty():
            continue
        feature = QgsFeature(layer.fields())
        told = {
            "zone": row["id"],
            "name": text.text(row["name"]),
            "effect": row["effect"],
            "label": text.effect(row["effect"]),
            "why": text.why(row),
            "part": part,
            "date": reply.result["query"]["date"],
            "mark": look["mark"],
            "colour": look["colour"],
            "rank": rank,
        }
        for name, value in told.items():
            feature[name] = value
        feature.setGeometry(polygons)
        yield feature


def _polygons(shape: QgsGeometry) -> QgsGeometry:
    """Return the areas in a geometry: a difference may leave lines and points as well."""
    made = QgsGeometry(shape)
    if made.isEmpty():
        return made
    if made.type() != QgsWkbTypes.PolygonGeometry or made.wkbType() not in (
        QgsWkbTypes.Polygon,
        QgsWkbTypes.MultiPolygon,
    ):
        areas = [
            part
            for part in made.asGeometryCollection()
            if part.type() == QgsWkbTypes.PolygonGeometry
        ]
        made = QgsGeometry.unaryUnion(areas) if areas else QgsGeometry()
    made.convertToMultiType()
    return made


def _name(layer: QgsVectorLayer, activity: str, day: str, lang: str) -> None:
    """Name the layer after the question, unless the user has given it another name."""
    given = layer.customProperty(NAME, "")
    if given in ("", layer.name()):
        layer.setName(tr("banned.layer", lang, activity=activity, date=day))
        layer.setCustomProperty(NAME, layer.name())


def _describe(layer: QgsVectorLayer, lang: str, title: str) -> None:
    for name in SHOWN_FIELDS:
        layer.setFieldAlias(layer.fields().lookupField(name), tr(f"banned.field.{name}", lang))
    layer.setDisplayExpression('"name"')
    core = tr("banned.tip.core", lang).replace("'", "''")
    edge = tr("banned.edge", lang).replace("'", "''")
    layer.setMapTipTemplate(
        f'<b>[% "mark" %] [% {_escaped("label")} %] · [% {_escaped("name")} %]</b>'
        f"<br>[% {_escaped('why')} %]<br><i>"
        f"[% if(\"part\" = 'core', '{core}', '{edge}') %]</i>"
    )
    metadata = layer.metadata()
    metadata.setTitle(layer.name())
    metadata.setAbstract(html.escape(title))
    layer.setMetadata(metadata)


def _escaped(field: str) -> str:
    """Return an expression for a field's text in which nothing is markup."""
    return f"""replace(replace("{field}", '&', '&amp;'), '<', '&lt;')"""
