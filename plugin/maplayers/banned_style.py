"""How the layer of effects looks: a colour and a hatch of its own for each, the edge in dots.

The legend lists the effects that occur, gravest first, and one entry for the uncertain edge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsLinePatternFillSymbolLayer,
    QgsPalLayerSettings,
    QgsPointPatternFillSymbolLayer,
    QgsProperty,
    QgsPropertyCollection,
    QgsRuleBasedRenderer,
    QgsSimpleFillSymbolLayer,
    QgsSymbolLayer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ..asking import palette

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qgis.core import QgsVectorLayer

# effect -> opacity of the fill (0 to 255) and hatch: angles of lines in degrees, or dots
LOOKS: dict[str, tuple[int, tuple[int, ...]]] = {
    "prohibited": (110, (45, 135)),
    "restricted": (90, (45,)),
    "required": (70, (0,)),
    "conflict": (80, (0, 90)),
    "cannot_determine": (18, (135,)),
    "exempt": (60, ()),
    "not_concerned": (0, ()),
    "no_data": (14, (90,)),
}
DOTTED = ("exempt",)
SPARSE = ("cannot_determine", "no_data")  # nothing is known for sure: dashes, wide apart
MM_APART, MM_FAR = 2.2, 3.6


def renderer(effects: Iterable[str], labels: dict[str, str], edge: str) -> QgsRuleBasedRenderer:
    """Return the renderer for features with fields effect, part, colour and rank.

    ``effects``: those that occur, gravest first; ``labels``: their words; ``edge``: the words for
    the band in which it is uncertain whether a place is in the zone.
    """
    root = QgsRuleBasedRenderer.Rule(None)
    for effect in effects:
        rule = QgsRuleBasedRenderer.Rule(_fill(effect))
        rule.setFilterExpression(f"\"effect\" = '{effect}' AND \"part\" = 'core'")
        rule.setLabel(labels[effect])
        root.appendChild(rule)
    band = QgsRuleBasedRenderer.Rule(_edge(), 0, 0, "\"part\" = 'edge'", edge)
    root.appendChild(band)
    made = QgsRuleBasedRenderer(root)
    made.setOrderBy(QgsFeatureRequest.OrderBy([QgsFeatureRequest.OrderByClause("rank", True)]))
    made.setOrderByEnabled(True)
    return made


def labeling(size: float = 8.5) -> QgsVectorLayerSimpleLabeling:
    """Return labels with mark and name, so that an effect can be told without its colour."""
    settings = QgsPalLayerSettings()
    settings.fieldName = 'if("part" = \'core\', "mark" || \' \' || "name", NULL)'
    settings.isExpression = True
    text = QgsTextFormat()
    text.setSize(size)
    text.setColor(QColor("#1c1c1c"))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.9)
    halo.setColor(QColor(255, 255, 255, 220))
    text.setBuffer(halo)
    settings.setFormat(text)
    settings.autoWrapLength = 30
    own = QgsPropertyCollection()
    own.setProperty(QgsPalLayerSettings.Color, QgsProperty.fromField("colour"))
    settings.setDataDefinedProperties(own)
    return QgsVectorLayerSimpleLabeling(settings)


def _fill(effect: str) -> QgsFillSymbol:
    colour = QColor(palette()["outcome"][effect]["colour"])
    opacity, angles = LOOKS[effect]
    symbol = QgsFillSymbol()
    base = QgsSimpleFillSymbolLayer()
    paper = QColor(colour)
    paper.setAlpha(opacity)
    base.setFillColor(paper)
    base.setStrokeColor(colour)
    base.setStrokeWidth(0.5)
    if effect in SPARSE:
        base.setStrokeStyle(Qt.PenStyle.DashLine)
    symbol.changeSymbolLayer(0, base)
    for angle in angles:
        symbol.appendSymbolLayer(_lines(colour, angle, effect in SPARSE))
    if effect in DOTTED:
        symbol.appendSymbolLayer(_dots(colour))
    return symbol


def _lines(colour: QColor, angle: int, sparse: bool) -> QgsLinePatternFillSymbolLayer:
    pattern = QgsLinePatternFillSymbolLayer()
    pattern.setLineAngle(angle)
    pattern.setDistance(MM_FAR if sparse else MM_APART)
    line = pattern.subSymbol()
    faint = QColor(colour)
    faint.setAlpha(170)
    line.setColor(faint)
    line.symbolLayer(0).setWidth(0.3)
    if sparse:
        line.symbolLayer(0).setPenStyle(Qt.PenStyle.DashLine)
    return pattern


def _dots(colour: QColor) -> QgsPointPatternFillSymbolLayer:
    pattern = QgsPointPatternFillSymbolLayer()
    pattern.setDistanceX(MM_FAR)
    pattern.setDistanceY(MM_FAR)
    dot = pattern.subSymbol()
    dot.setColor(colour)
    dot.setSize(0.9)
    dot.symbolLayer(0).setStrokeStyle(Qt.PenStyle.NoPen)
    return pattern


def _edge() -> QgsFillSymbol:
    """A thin wash with a dotted line, in each feature's own colour; grey in the legend."""
    symbol = QgsFillSymbol()
    base = QgsSimpleFillSymbolLayer()
    base.setFillColor(QColor(85, 88, 92, 28))
    base.setStrokeColor(QColor("#55585c"))
    base.setStrokeStyle(Qt.PenStyle.DotLine)
    base.setStrokeWidth(0.4)
    base.setDataDefinedProperty(
        QgsSymbolLayer.PropertyFillColor,
        QgsProperty.fromExpression("set_color_part(\"colour\", 'alpha', 28)"),
    )
    base.setDataDefinedProperty(
        QgsSymbolLayer.PropertyStrokeColor, QgsProperty.fromExpression('"colour"')
    )
    symbol.changeSymbolLayer(0, base)
    return symbol


def dress(layer: QgsVectorLayer, effects: list[str], labels: dict[str, str], edge: str) -> None:
    """Give the layer renderer and labels for the effects that occur."""
    layer.setRenderer(renderer(effects, labels, edge))
    layer.setLabeling(labeling())
    layer.setLabelsEnabled(True)
