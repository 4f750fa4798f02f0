"""The legend beside a map on paper: its labels broken so that it keeps to its column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsLayoutItemLegend, QgsLegendRenderer, QgsLegendStyle, QgsMapLayerLegendUtils
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QFont

from .. import compat
from ..texts import tr
from . import furniture, lines

if TYPE_CHECKING:
    from collections.abc import Iterable

LEGEND_PT = 7.5
SYMBOL_MM = 10  # the symbol and the gap behind it


def fill(legend: QgsLayoutItemLegend, layers: Iterable[Any], family: str, lang: str) -> None:
    """List the symbols of these layers."""
    legend.setTitle(tr("printing.legend", lang))
    legend.setWrapString("\n")
    formats = (
        (QgsLegendStyle.Title, furniture.text_format(family, 10, bold=True)),
        (QgsLegendStyle.SymbolLabel, furniture.text_format(family, LEGEND_PT)),
        (QgsLegendStyle.Subgroup, furniture.text_format(family, LEGEND_PT)),
    )
    for part, form in formats:
        compat.set_legend_format(legend, part, form)
    legend.setSymbolWidth(6)
    legend.setSymbolHeight(3.2)
    legend.setBoxSpace(0)
    root = legend.model().rootGroup()
    root.removeAllChildren()
    for layer in layers:
        node = root.addLayer(layer)
        QgsLegendRenderer.setNodeLegendStyle(node, QgsLegendStyle.Hidden)
        _wrap_labels(legend, node, family)
    legend.adjustBoxSize()


def _wrap_labels(legend: QgsLayoutItemLegend, node: Any, family: str) -> None:
    room = furniture.LEGEND.width - SYMBOL_MM
    for number, entry in enumerate(legend.model().layerOriginalLegendNodes(node)):
        text = str(entry.data(Qt.ItemDataRole.DisplayRole)) or node.name()
        broken = lines.wrapped(text, QFont(family), LEGEND_PT, room)
        QgsMapLayerLegendUtils.setLegendNodeUserLabel(node, number, "\n".join(broken))
    legend.model().refreshLayerLegend(node)
