"""How outputs look in the map: colours and signs of the palette, names of fields people read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsEditorWidgetSetup,
    QgsFillSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProcessingLayerPostProcessorInterface,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsSvgMarkerSymbolLayer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from .. import compat
from ..asking import PALETTE, VERDICTS, palette
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsVectorLayer

ICONS = PALETTE.parent / "icons"
WORDED = (
    "zr_inside",
    "zr_near",
    "zr_unmapped",
    "zr_verdict",
    "zr_rules",
    "zr_missing",
    "zr_distance_m",
    "zr_reason",
    "zr_error",
)
VERDICT_MM, SOURCE_MM = 4.2, 4.6


def kind_label(kind: str, lang: str) -> str:
    """Return the name of a kind of source; the kind itself where the palette has no name."""
    known = palette()["sources"].get(kind)
    return str(known["label"][lang]) if known else kind


class Look(QgsProcessingLayerPostProcessorInterface):
    """Calls ``dress(layer)`` when QGIS has loaded an output into the project."""

    def __init__(self, dress: Callable[[QgsVectorLayer], None]) -> None:
        super().__init__()
        self._dress = dress

    def postProcessLayer(
        self, layer: Any, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        self._dress(layer)
        layer.triggerRepaint()


_kept: dict[str, Look] = {}  # some versions of QGIS keep no reference to the Python object


def dress_later(
    context: QgsProcessingContext, output: str, dress: Callable[[QgsVectorLayer], None]
) -> None:
    """Have ``dress`` called with the output once it is in the project, if it goes there."""
    if context.willLoadLayerOnCompletion(output):
        _kept[output] = Look(dress)
        context.layerToLoadOnCompletionDetails(output).setPostProcessor(_kept[output])


def aliases(layer: QgsVectorLayer, names: Mapping[str, str]) -> None:
    """Give the fields names people read."""
    for name, alias in names.items():
        at = layer.fields().lookupField(name)
        if at >= 0:
            layer.setFieldAlias(at, alias)


def worded(layer: QgsVectorLayer, columns: Iterable[str], words: Mapping[str, str]) -> None:
    """Show values such as ``no_data`` as words in table and form; the data stay as they are."""
    pairs = [{word: value} for value, word in words.items()]
    for name in columns:
        at = layer.fields().lookupField(name)
        if at >= 0:
            layer.setEditorWidgetSetup(at, QgsEditorWidgetSetup("ValueMap", {"map": pairs}))


def verdict_words(lang: str) -> dict[str, str]:
    """Return what people read for each verdict."""
    outcomes = palette()["outcome"]
    return {name: outcomes[name]["label"][lang] for name in VERDICTS}


def place_words(lang: str) -> dict[str, str]:
    """Return what people read for where a thing lies."""
    names = ("inside", "near", "unmapped", "outside", "undetermined")
    return {name: tr(f"processing.place.{name}", lang) for name in names}


def answer_names(columns: Iterable[str], verdicts: Mapping[str, str], lang: str) -> dict[str, str]:
    """Return what people read for the columns zr_ of a table; ``verdicts``: column to activity."""
    names = {name: tr(f"processing.{name}", lang) for name in columns if name in WORDED}
    for column, activity in verdicts.items():
        names[column] = tr("processing.verdict_of", lang, activity=activity)
    return names


def answered(
    layer: QgsVectorLayer, names: Mapping[str, str], verdicts: Sequence[str], lang: str
) -> None:
    """Dress a layer of answered points: names of its fields, words for verdicts, colours."""
    aliases(layer, names)
    worded(layer, verdicts, verdict_words(lang))
    if verdicts:
        by_verdict(layer, verdicts[0], lang)
    else:
        by_error(layer, lang)


def by_verdict(layer: QgsVectorLayer, column: str, lang: str) -> None:
    """Show points by the verdict in ``column``: colour, sign and word; rows without one apart."""
    outcomes = palette()["outcome"]
    categories = [
        _category(name, outcomes[name]["icon"], outcomes[name]["label"][lang], VERDICT_MM)
        for name in VERDICTS
    ]
    none = tr("processing.look.none", lang)
    categories.append(QgsRendererCategory(None, _circle(outcomes["no_data"]["colour"]), none))
    layer.setRenderer(QgsCategorizedSymbolRenderer(column, categories))


def by_error(layer: QgsVectorLayer, lang: str) -> None:
    """Show points without one verdict each: those answered, and those with an error."""
    failed = palette()["outcome"]["failed"]
    error = _marker(failed["icon"], VERDICT_MM)
    categories = [
        QgsRendererCategory(
            None, _circle(palette()["marker"]["colour"]), tr("processing.look.answered", lang)
        ),
        QgsRendererCategory("", error, tr("processing.look.error", lang)),
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("zr_error", categories))


def by_kind(layer: QgsVectorLayer, lang: str) -> None:
    """Show sources by ``kind`` with the signs of the palette, each with its name."""
    sources = palette()["sources"]
    categories = [
        _category(name, told["icon"], told["label"][lang], SOURCE_MM)
        for name, told in sources.items()
        if name != "other"
    ]
    other = sources["other"]
    categories.append(_category("", other["icon"], other["label"][lang], SOURCE_MM))
    layer.setRenderer(QgsCategorizedSymbolRenderer("kind", categories))
    _label(layer, "name", "#202020")


def zone_fills(layer: QgsVectorLayer, lang: str) -> None:
    """Show zones by ``kind`` in the colours of the palette, each with its name."""
    from ...jobs.styles.colours import outlined

    shown = palette()
    opacity = shown["basis"]["documented_boundary"]["fill_opacity"]
    categories = []
    for name, told in shown["zones"].items():
        fill = QColor(told["fill"])
        fill.setAlphaF(0.0 if outlined(shown, name) else opacity)  # those would cover the rest
        style = {"color": _rgba(fill), "outline_color": told["stroke"], "outline_width": "0.5"}
        symbol = QgsFillSymbol.createSimple(style)
        categories.append(QgsRendererCategory(name, symbol, told["label"][lang]))
    layer.setRenderer(QgsCategorizedSymbolRenderer("kind", categories))
    _label(layer, "name", "#202020")


def rings(layer: QgsVectorLayer, lang: str) -> None:
    """Show rings as dashed lines with their radius."""
    line = palette()["lines"]["assumed"]["stroke"]
    style = {"style": "no", "outline_color": line, "outline_style": "dash", "outline_width": "0.5"}
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(style)))
    _label(layer, "to_string(\"outer_km\") || ' km'", line, along=True)


def _category(value: str, icon: str, label: str, size_mm: float) -> QgsRendererCategory:
    return QgsRendererCategory(value, _marker(icon, size_mm), label)


def _marker(icon: str, size_mm: float) -> QgsMarkerSymbol:
    symbol = QgsMarkerSymbol()
    symbol.changeSymbolLayer(0, QgsSvgMarkerSymbolLayer(str(ICONS / icon), size_mm))
    return symbol


def _circle(colour: str) -> QgsMarkerSymbol:
    style = {"color": "255,255,255,255", "outline_color": colour, "outline_width": "0.6"}
    return QgsMarkerSymbol.createSimple({**style, "size": "2.6"})


def _label(layer: QgsVectorLayer, text: str, colour: str, *, along: bool = False) -> None:
    """Label with a field; ``along`` the boundary, with an expression."""
    settings = QgsPalLayerSettings()
    settings.fieldName = text
    if along:
        settings.isExpression = True
        settings.placement = compat.ALONG_LINE
    form = QgsTextFormat()
    form.setSize(9)
    form.setColor(QColor(colour))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.8)
    halo.setColor(QColor("#ffffff"))
    form.setBuffer(halo)
    settings.setFormat(form)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _rgba(colour: QColor) -> str:
    return ",".join(map(str, colour.getRgb()))
