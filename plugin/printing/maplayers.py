"""What the map on paper shows of an answer: place, accuracy, zones and their lines, as layers.

The layers are GeoJSON files in WGS84, so that a layout that was kept with a project still has them.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsGeometry,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsRectangle,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsTextBufferSettings,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
    QgsWkbTypes,
)
from qgis.PyQt.QtGui import QColor

from ..geometry import from_geojson, to_geojson
from ..texts import tr
from .furniture import text_format

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

TELLING = ("documented_boundary", "approximate", "circle")
OUTLINE = "outline"
CORNERS = 72
HATCHES = {"diagonal_back": "f_diagonal", "horizontal": "horizontal", "vertical": "vertical"}
Feature = dict[str, Any]


class Paper(NamedTuple):
    """The layers of one print in drawing order, the topmost first."""

    place: QgsVectorLayer
    accuracy: QgsVectorLayer
    lines: QgsVectorLayer
    zones: QgsVectorLayer

    def shown(self) -> list[QgsVectorLayer]:
        """Return those that have anything to show."""
        return [layer for layer in self if layer.isValid() and layer.featureCount()]


def layers(
    folder: Path,
    answer: Mapping[str, Any],
    data: Mapping[str, Any],
    palette: Mapping[str, Any],
    view: QgsRectangle,
    words: tuple[str, str],
) -> Paper:
    """Write the layers of an answer into ``folder`` and return them.

    ``view``: what the map shows, degrees WGS84; ``words``: language and font of what is written.
    """
    lang, family = words
    query = answer["query"]
    spot = _wgs84(query)
    place = _feature({"type": "Point", "coordinates": list(spot)}, "place")
    ring = _feature(_circle(*spot, query["radius_m"]), "accuracy")
    window = QgsGeometry.fromRect(view)
    zones = list(_zones(answer, data, window, lang))
    named = {feature["properties"]["zone"] for feature in zones}
    lines = [
        _feature(line["geometry"], line["status"])
        for line in data["lines"].values()
        if line["zone"] in named and from_geojson(line["geometry"]).intersects(window)
    ]
    paper = Paper(
        _layer(folder, "place", tr("printing.place", lang), [place]),
        _layer(
            folder,
            "accuracy",
            tr("printing.accuracy", lang, metres=f"{query['radius_m']:g}"),
            [ring] if query["radius_m"] > 0 else [],
        ),
        _layer(folder, "lines", tr("printing.lines", lang), lines),
        _layer(folder, "zones", tr("printing.zones", lang), zones),
    )
    _dress(paper, palette, lang)
    _label(paper.zones, family)
    _keep_free(paper.place)
    return paper


def _wgs84(query: Mapping[str, Any]) -> tuple[float, float]:
    from ...layers.datum import to_wgs84

    lon, lat = to_wgs84(query["lon"], query["lat"], query["datum"])[:2]
    return lon, lat


def _circle(lon: float, lat: float, radius_m: float) -> dict[str, Any]:
    from ...layers.band import moved

    turns = [2 * math.pi * number / CORNERS for number in range(CORNERS + 1)]
    ring = [
        list(moved((lon, lat), radius_m * math.cos(turn), radius_m * math.sin(turn)))
        for turn in turns
    ]
    return {"type": "Polygon", "coordinates": [[*ring[:-1], ring[0]]]}


def _zones(
    answer: Mapping[str, Any], data: Mapping[str, Any], window: QgsGeometry, lang: str
) -> Iterator[Feature]:
    """The zones the place is in or near, and all with a line of their own, as far as in view.

    The largest come first, to lie below the others, and mere outlines last. Of those that fill the
    whole map only the smallest is drawn, and no circle: there its line is far away.
    """
    from ...jobs.exchange.tables import shapes_of

    concerned = {row["id"] for row in answer["zones"] if row["location"] in ("inside", "near")}
    found = []
    for zone_id, zone in data["zones"].items():
        shapes = shapes_of(data, zone)
        if shapes and (zone["basis"] in TELLING or zone_id in concerned):
            extent = from_geojson(shapes.get("extent") or shapes["nominal"])
            if extent.intersects(window):
                found.append((extent.area(), zone, shapes))
    found.sort(key=lambda entry: (entry[1]["basis"] not in TELLING, -entry[0]))
    filled = [entry for entry in found if entry[1]["basis"] in TELLING]
    whole = [entry for entry in filled if _core(entry[2]).contains(window)]
    left_out = [entry for entry in whole if entry[1]["basis"] == "circle"] + whole[:-1]
    for entry in found:
        if entry not in left_out:
            yield from _pieces(entry[1], entry[2], window, lang)


def _pieces(
    zone: Mapping[str, Any], shapes: Mapping[str, Any], window: QgsGeometry, lang: str
) -> Iterator[Feature]:
    """What is certain and what is uncertain of a zone; the line alone of an administrative unit."""
    told = {"zone": zone["id"], "name": zone["name"][lang]}
    if zone["basis"] not in TELLING:
        boundary = from_geojson(shapes["nominal"]).convertToType(QgsWkbTypes.LineGeometry, True)
        if boundary.intersects(window):
            yield _feature(shapes["nominal"], OUTLINE, **told)
        return
    core = _core(shapes)
    if core.intersects(window):
        yield _feature(to_geojson(core), f"{zone['kind']}:certain", **told)
        told["name"] = ""  # written once
    extent = from_geojson(shapes.get("extent") or shapes["nominal"])
    margin = extent if core.isEmpty() else extent.difference(core)
    if margin.intersects(window):
        yield _feature(to_geojson(margin), f"{zone['kind']}:uncertain", **told)


def _core(shapes: Mapping[str, Any]) -> QgsGeometry:
    core = shapes.get("core") or shapes["nominal"]
    return from_geojson(core) if core["coordinates"] else QgsGeometry()


def _feature(geometry: Mapping[str, Any], style: str, **more: str) -> Feature:
    told = {"style": style, **more}
    return {"type": "Feature", "properties": told, "geometry": dict(geometry)}


def _layer(folder: Path, name: str, title: str, features: list[Feature]) -> QgsVectorLayer:
    path = folder / f"{name}.geojson"
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    return QgsVectorLayer(str(path), title, "ogr")


# -- looks ----------------------------------------------------------------------------------------


def _dress(paper: Paper, palette: Mapping[str, Any], lang: str) -> None:
    mark = palette["marker"]
    dot = QgsMarkerSymbol.createSimple(
        {
            "name": "circle",
            "size": "4.2",
            "color": mark["halo"],
            "outline_color": mark["colour"],
            "outline_width": "0.9",
        }
    )
    core = QgsMarkerSymbol.createSimple(
        {"name": "circle", "size": "1.4", "color": mark["colour"], "outline_style": "no"}
    )
    dot.appendSymbolLayer(core.takeSymbolLayer(0))
    paper.place.setRenderer(QgsSingleSymbolRenderer(dot))
    ring = QgsFillSymbol.createSimple(
        {
            "style": "no",
            "outline_color": mark["colour"],
            "outline_width": "0.4",
            "outline_style": "dash",
        }
    )
    paper.accuracy.setRenderer(QgsSingleSymbolRenderer(ring))
    paper.lines.setRenderer(_categories(_line_symbols(palette, lang), paper.lines))
    paper.zones.setRenderer(_categories(_zone_symbols(palette, lang), paper.zones))


def _label(layer: QgsVectorLayer, family: str) -> None:
    """Write the names of the zones into them."""
    form = text_format(family, 7, colour="#3a3a3a")
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.7)
    halo.setColor(QColor("#ffffff"))
    form.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.fieldName = "name"
    settings.setFormat(form)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _keep_free(layer: QgsVectorLayer) -> None:
    """No name is written over the symbols of a layer."""
    settings = QgsPalLayerSettings()
    settings.drawLabels = False
    settings.obstacleSettings().setIsObstacle(True)
    settings.obstacleSettings().setFactor(2.0)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _categories(
    symbols: Mapping[str, tuple[QgsSymbol, str]], layer: QgsVectorLayer
) -> QgsCategorizedSymbolRenderer:
    """A class for each style that the layer really has, so that the legend lists no other."""
    present = {feature["style"] for feature in layer.getFeatures()}
    classes = [
        QgsRendererCategory(style, symbol, label)
        for style, (symbol, label) in symbols.items()
        if style in present
    ]
    return QgsCategorizedSymbolRenderer("style", classes)


def _line_symbols(palette: Mapping[str, Any], lang: str) -> dict[str, tuple[QgsSymbol, str]]:
    symbols = {}
    for status, look in palette["lines"].items():
        style = "dash" if look["dash"] else "solid"
        parts = {"line_color": look["stroke"], "line_width": "0.6", "line_style": style}
        symbols[status] = (QgsLineSymbol.createSimple(parts), look["label"][lang])
    return symbols


def _zone_symbols(palette: Mapping[str, Any], lang: str) -> dict[str, tuple[QgsSymbol, str]]:
    symbols: dict[str, tuple[QgsSymbol, str]] = {}
    for kind, look in palette["zones"].items():
        fill = QColor(look["fill"])
        fill.setAlpha(150)
        certain = {
            "color": _rgba(fill),
            "outline_color": look["stroke"],
            "outline_width": "0.3",
        }
        # hatched: nobody can say from this map whether a place there is in or out
        uncertain = {
            "style": HATCHES.get(look["hatch"], "b_diagonal"),
            "color": look["stroke"],
            "outline_color": look["stroke"],
            "outline_width": "0.2",
            "outline_style": "dot",
        }
        label = look["label"][lang]
        for piece, parts in (("certain", certain), ("uncertain", uncertain)):
            text = tr(f"printing.{piece}", lang, kind=label)
            symbols[f"{kind}:{piece}"] = (QgsFillSymbol.createSimple(parts), text)
    unit = palette["zones"]["administrative_unit"]
    outline = {
        "style": "no",
        "outline_color": unit["stroke"],
        "outline_width": "0.5",
        "outline_style": "dash dot",
    }
    label = tr("printing.outline", lang)
    symbols[OUTLINE] = (QgsFillSymbol.createSimple(outline), label)
    return symbols


def _rgba(colour: QColor) -> str:
    return f"{colour.red()},{colour.green()},{colour.blue()},{colour.alpha()}"
