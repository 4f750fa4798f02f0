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
    from collections.abc import Container, Iterable, Iterator, Mapping
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


class Drawn(NamedTuple):
    """A zone with a shape: its record, what is certain of it and all that may be, WGS84."""

    zone: Mapping[str, Any]
    shapes: Mapping[str, Any]
    core: QgsGeometry
    extent: QgsGeometry

    def telling(self) -> bool:
        """Whether it is filled; of the others the line alone is drawn."""
        return self.zone["basis"] in TELLING


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
    lang = words[0]
    query = answer["query"]
    spot = _wgs84(query)
    window = QgsGeometry.fromRect(view)
    concerned = concerned_by(answer)
    shown = in_view(drawn(data, concerned), concerned, window)
    zones = [piece for one in shown for piece in pieces(one, window, lang)]
    ring = [feature(circle(*spot, query["radius_m"]), "accuracy")] if query["radius_m"] > 0 else []
    features = {
        "place": [feature({"type": "Point", "coordinates": list(spot)}, "place")],
        "accuracy": ring,
        "lines": [
            line
            for line in lines_of(data, {piece["properties"]["zone"] for piece in zones})
            if from_geojson(line["geometry"]).intersects(window)
        ],
        "zones": zones,
    }
    accuracy = tr("printing.accuracy", lang, metres=f"{query['radius_m']:g}")
    return write(folder, features, accuracy, palette, words)


def write(
    folder: Path,
    features: Mapping[str, list[Feature]],
    accuracy: str,
    palette: Mapping[str, Any],
    words: tuple[str, str],
) -> Paper:
    """Write features of place, accuracy, lines and zones into files; return them as layers in the
    colours of the palette. ``accuracy``: what the ring is called."""
    lang, family = words
    titles = {name: tr(f"printing.{name}", lang) for name in ("place", "lines", "zones")}
    titles["accuracy"] = accuracy
    paper = Paper(*(_layer(folder, name, titles[name], features[name]) for name in Paper._fields))
    _dress(paper, palette, lang)
    _label(paper.zones, family)
    _keep_free(paper.place)
    return paper


def _wgs84(query: Mapping[str, Any]) -> tuple[float, float]:
    from ...layers.datum import to_wgs84

    lon, lat = to_wgs84(query["lon"], query["lat"], query["datum"])[:2]
    return lon, lat


def circle(lon: float, lat: float, radius_m: float) -> dict[str, Any]:
    """A polygon around a place, degrees WGS84."""
    from ...layers.band import moved

    turns = [2 * math.pi * number / CORNERS for number in range(CORNERS + 1)]
    ring = [
        list(moved((lon, lat), radius_m * math.cos(turn), radius_m * math.sin(turn)))
        for turn in turns
    ]
    return {"type": "Polygon", "coordinates": [[*ring[:-1], ring[0]]]}


def concerned_by(answer: Mapping[str, Any]) -> set[str]:
    """The zones a place is in or near."""
    return {row["id"] for row in answer["zones"] if row["location"] in ("inside", "near")}


def drawn(data: Mapping[str, Any], concerned: Container[str]) -> list[Drawn]:
    """The zones that a map may show, in drawing order: those with a line of their own, and of the
    others those that are ``concerned``. The largest lie below, mere outlines on top."""
    from ...jobs.exchange.tables import shapes_of

    found = []
    for zone_id, zone in data["zones"].items():
        shapes = shapes_of(data, zone)
        if shapes and (zone["basis"] in TELLING or zone_id in concerned):
            extent = from_geojson(shapes.get("extent") or shapes["nominal"])
            found.append(Drawn(zone, shapes, _core(shapes), extent))
    return sorted(found, key=lambda one: (not one.telling(), -one.extent.area()))


def in_view(found: Iterable[Drawn], concerned: Container[str], window: QgsGeometry) -> list[Drawn]:
    """Those of them that a map of ``window`` shows: of those that fill it whole only the smallest,
    and no circle, whose line is far away there."""
    seen = [
        one
        for one in found
        if (one.telling() or one.zone["id"] in concerned) and one.extent.intersects(window)
    ]
    whole = [one for one in seen if one.telling() and one.core.contains(window)]
    left_out = [one.zone["id"] for one in whole if one.zone["basis"] == "circle"]
    left_out += [one.zone["id"] for one in whole[:-1]]
    return [one for one in seen if one.zone["id"] not in left_out]


def pieces(one: Drawn, window: QgsGeometry | None, lang: str) -> Iterator[Feature]:
    """What is certain and what is uncertain of a zone; the line alone of an administrative unit.

    Of each only what is in ``window``, None for all.
    """
    told = {"zone": one.zone["id"], "name": one.zone["name"][lang]}
    if not one.telling():
        nominal = one.shapes["nominal"]
        boundary = from_geojson(nominal).convertToType(QgsWkbTypes.LineGeometry, True)
        if window is None or boundary.intersects(window):
            yield feature(nominal, OUTLINE, **told)
        return
    kind = one.zone["kind"]
    if not one.core.isEmpty() and (window is None or one.core.intersects(window)):
        yield feature(to_geojson(one.core), f"{kind}:certain", **told)
        told["name"] = ""  # written once
    margin = one.extent if one.core.isEmpty() else one.extent.difference(one.core)
    if not margin.isEmpty() and (window is None or margin.intersects(window)):
        yield feature(to_geojson(margin), f"{kind}:uncertain", **told)


def lines_of(data: Mapping[str, Any], zones: Container[str]) -> list[Feature]:
    """The boundary lines of zones."""
    return [
        feature(line["geometry"], line["status"], zone=line["zone"])
        for line in data["lines"].values()
        if line["zone"] in zones
    ]


def _core(shapes: Mapping[str, Any]) -> QgsGeometry:
    core = shapes.get("core") or shapes["nominal"]
    return from_geojson(core) if core["coordinates"] else QgsGeometry()


def feature(geometry: Mapping[str, Any], style: str, **more: Any) -> Feature:
    """A feature of a layer on paper."""
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
