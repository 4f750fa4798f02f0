"""How a layer of the plugin looks and speaks: style, labels, map tip, name, time.

Everything that depends on the language can be said again: expressions in styles and map tips ask
the layer's variable ``zonerules_lang``, the rest is set anew, except what the user has changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsExpressionContextUtils, QgsMapLayer, QgsRuleBasedRenderer

from ..asking import palette
from ..texts import tr
from . import about, forms

if TYPE_CHECKING:
    from qgis.core import QgsLayerTreeNode, QgsVectorLayer

GENERATED = Path(__file__).resolve().parents[2] / "styles" / "generated"
NAME = "zonerules/name"  # a custom property: the name the plugin gave last
VARIABLE = "zonerules_lang"
ZONES = "zones_"


def kind_of(table: str) -> str:
    """Return the kind of zone a table holds, empty for another table."""
    kind = table[len(ZONES) :] if table.startswith(ZONES) else ""
    return kind if kind in palette()["zones"] else ""


def name_of(table: str, lang: str) -> str:
    """Return the name of the layer of a table."""
    kind = kind_of(table)
    return (
        str(palette()["zones"][kind]["label"][lang]) if kind else tr(f"layers.name.{table}", lang)
    )


def group_name(group: str, lang: str) -> str:
    """Return the name of a group: root, zones or lists."""
    return tr(f"layers.group.{group}", lang)


def rename(thing: QgsVectorLayer | QgsLayerTreeNode, name: str) -> None:
    """Give a layer or group its name, unless the user has given it another one."""
    before = thing.customProperty(NAME, "")
    if before in ("", thing.name()):
        thing.setName(name)
        thing.setCustomProperty(NAME, name)


def dress(layer: QgsVectorLayer, table: str, lang: str) -> None:
    """Give a new layer everything: looks, time and words."""
    style = GENERATED / f"{table}.qml"
    if layer.isSpatial() and style.is_file():
        category = QgsMapLayer.StyleCategory
        layer.loadNamedStyle(str(style), category.Symbology | category.Labeling)
        _drop_unused(layer, table)
    _set_time(layer)
    layer.setReadOnly(True)
    speak(layer, table, lang)


def speak(layer: QgsVectorLayer, table: str, lang: str) -> None:
    """Say everything in ``lang``; keep names and legend labels that the user has changed."""
    QgsExpressionContextUtils.setLayerVariable(layer, VARIABLE, lang)
    rename(layer, name_of(table, lang))
    _relabel(layer, lang)
    forms.describe(layer, table, lang)
    about.tell(layer, table, lang)
    layer.setDisplayExpression(_display(layer))
    layer.setMapTipTemplate(_tip(table, lang))
    layer.triggerRepaint()


def _set_time(layer: QgsVectorLayer) -> None:
    """Let the Temporal Controller play the layer; a row without dates is always shown."""
    fields = layer.fields().names()
    if layer.isSpatial() and "shown_from" in fields:
        time = layer.temporalProperties()
        time.setMode(Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromFields)
        time.setStartField("shown_from")
        time.setEndField("shown_until")
        time.setIsActive(True)


# -- legend ---------------------------------------------------------------------------------------


def _rules(layer: QgsVectorLayer) -> list[Any]:
    renderer = layer.renderer()
    if not isinstance(renderer, QgsRuleBasedRenderer):
        return []
    return list(renderer.rootRule().children())


def labels_of(word: str) -> dict[str, str]:
    """Return the label of a legend entry in both languages, empty for an unknown word.

    ``word`` is what the generated styles keep in a rule's description.
    """
    looks = palette()
    if word.startswith("nominal."):
        return looks["boundary"].get(word.partition(".")[2], {}).get("label", {})
    for part in ("roles", "lines", "periods", "sources"):
        if word in looks[part]:
            return looks[part][word]["label"]
    return {}


def _relabel(layer: QgsVectorLayer, lang: str) -> None:
    for rule in _rules(layer):
        known = labels_of(rule.description())
        if rule.label() in known.values():
            rule.setLabel(known[lang])
    layer.emitStyleChanged()


def _drop_unused(layer: QgsVectorLayer, table: str) -> None:
    """Take entries out of a new layer's legend that none of its features has."""
    if table == "sources":
        used, field = None, "kind"
    elif table.startswith(ZONES):
        used, field = palette()["basis"], "basis"
    else:
        return
    values = set(layer.uniqueValues(layer.fields().lookupField(field)))
    if used is None:
        known = set(palette()["sources"]) - {"other"}
        kept = values & known | ({"other"} if values - known else set())
    else:
        lines = {used[value]["line"] for value in values if value in used}
        kept = {"core", "extent", *(f"nominal.{line}" for line in lines)}
    root = layer.renderer().rootRule()
    for rule in _rules(layer):
        if rule.description() not in kept:
            root.removeChild(rule)


# -- words ----------------------------------------------------------------------------------------


def said(field: str) -> str:
    """Return an expression: the field in the layer's language, else in the other one."""
    zh, en = f'"{field}_zh"', f'"{field}_en"'
    return f"if(@{VARIABLE} = 'en', coalesce({en}, {zh}), coalesce({zh}, {en}))"


def _display(layer: QgsVectorLayer) -> str:
    fields = layer.fields().names()
    for stem in ("name", "road", "summary"):
        if f"{stem}_zh" in fields:
            text = said(stem)
            return f"\"id\" || ' ' || {text}" if stem == "summary" else text
    return f'"{fields[0]}"'


def _escaped(expression: str) -> str:
    """Return an expression for a map tip; attributes are data, the tip is HTML."""
    for mark, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\\n", "<br>")):
        expression = f"replace({expression}, '{mark}', '{entity}')"
    return f"[% coalesce({expression}, '') %]"


def _tip(table: str, lang: str) -> str:
    """Return the map tip: what it is, what the text says, and the article."""
    bold, small = "<b>{}</b>", '<div style="font-size:small">{}</div>'
    article = small.format(_escaped(said("article")))
    if table == "periods":
        open_end = tr("layers.tip.open", lang)
        until = f"coalesce(format_date(\"end\", 'yyyy-MM-dd'), '{open_end}')"
        days = f"format_date(\"begin\", 'yyyy-MM-dd') || ' – ' || {until}"
        lines = [bold.format(_escaped(said("name"))), _escaped(days), _escaped(said("count"))]
        return "<br>".join([*lines, _escaped(said("strongest"))])
    if table == "lines":
        return bold.format(_escaped(said("road"))) + "<br>" + _escaped(said("evidence")) + article
    if table == "sources":
        lines = [bold.format(_escaped(said("name"))), _escaped(_value_word("kind"))]
        lines += [_escaped(said("figures")), _escaped(said("status"))]
        return "<br>".join([*lines, _accuracy("location_accuracy_m", lang)]) + article
    if kind_of(table):
        role = _value_word("role") + " || ' · ' || " + _value_word("basis")
        lines = [bold.format(_escaped(said("name"))), _escaped(role), _escaped(said("delimited"))]
        return "<br>".join([*lines, _accuracy("accuracy_m", lang)]) + article
    return ""


def _accuracy(field: str, lang: str) -> str:
    words = tr("layers.tip.accuracy", lang).split("{metres}")
    return _escaped(f"'{words[0]}' || \"{field}\" || '{words[1]}'")


def _value_word(field: str) -> str:
    """Return an expression: the word for the value of a field, such as of a kind."""
    return f"represent_value(\"{field}\", '{field}')"


__all__ = ["VARIABLE", "dress", "group_name", "kind_of", "labels_of", "name_of", "rename", "speak"]
