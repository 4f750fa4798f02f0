"""The fields of a layer in words: aliases, values, the order of the table and the form's tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsAttributeEditorContainer,
    QgsAttributeEditorField,
    QgsEditorWidgetSetup,
)

from .. import compat
from ..asking import palette
from ..texts import TEXTS, tr

if TYPE_CHECKING:
    from qgis.core import QgsVectorLayer

# stems of columns by tab, in the order of the form; what is in none comes last, under the keys
TABS = {
    "general": [
        *("name", "summary", "road", "zone_name", "kind", "role", "basis", "effect", "count"),
        *("strongest", "n_prohibited", "n_restricted", "n_required", "n_part", "n_unsure"),
        *("activities", "where", "when", "within", "county", "zones", "figures", "delimited"),
        *("side", "include", "strength", "audience", "consequence", "lead", "note", "open"),
    ],
    "source": ["article", "number", "clause", "clauses", "document", "reading", "disputes"],
    "time": ["time", "begin", "end", "deadline", "status", "instrument"],
    "shape": [
        *("accuracy_m", "location_accuracy_m", "location_basis", "provenance", "licence"),
        "evidence",
    ],
}
LONG = ("delimited", "note", "disputes", "provenance", "evidence", "summary", "strongest", "status")
HIDDEN = ("fid", "shown_from", "shown_until")
# columns whose values have words: where the words are
VALUES = {
    "basis": ("basis",),
    "role": ("roles",),
    "effect": ("outcome",),
    "location_basis": (),
    "reading": (),
    "instrument": (),
    "side": (),
    "include": (),
    "strength": (),
    "audience": (),
    "environmentalDomain": (),
}


def stem_of(column: str) -> tuple[str, str]:
    """Return what a column is about and its ending: zh, en, json or empty."""
    for ending in ("zh", "en", "json"):
        if column.endswith(f"_{ending}"):
            return column[: -len(ending) - 1], ending
    return column, ""


def alias_of(column: str, lang: str) -> str:
    """Return the name of a column in ``lang``; its own where it has none."""
    stem, ending = stem_of(column)
    key = f"layers.field.{stem}"
    if key not in TEXTS:
        return "" if ending == "" else column
    name = tr(key, lang)
    if ending == "json":
        return f"{name} (JSON)"
    if ending and ending != lang:
        return tr("layers.field.other", lang, field=name)
    return name


def describe(layer: QgsVectorLayer, table: str, lang: str) -> None:
    """Set aliases, words for values, the columns of the attribute table and the form."""
    columns = layer.fields().names()
    for place, column in enumerate(columns):
        layer.setFieldAlias(place, alias_of(column, lang))
        words = _words(column, table, lang, layer)
        if words:
            setup = QgsEditorWidgetSetup("ValueMap", {"map": [{w: v} for v, w in words.items()]})
        elif column in HIDDEN:
            setup = QgsEditorWidgetSetup("Hidden", {})
        elif stem_of(column)[0] in LONG and column != "status":
            setup = QgsEditorWidgetSetup("TextEdit", {"IsMultiline": True})
        else:
            continue
        layer.setEditorWidgetSetup(place, setup)
    _set_table(layer, lang)
    _set_form(layer, columns, lang)


def _words(column: str, table: str, lang: str, layer: QgsVectorLayer) -> dict[str, str]:
    """Return the words for the values of a column, by value; none for free text."""
    looks = palette()
    if column == "status" and table == "lines":
        return {name: look["label"][lang] for name, look in looks["lines"].items()}
    if column == "kind":
        return _kinds(table, lang, layer)
    if column not in VALUES:
        return {}
    parts = VALUES[column]
    if parts:
        return {name: look["label"][lang] for name, look in looks[parts[0]].items()}
    found = layer.uniqueValues(layer.fields().lookupField(column))
    keys = sorted(str(value) for value in found if f"layers.value.{value}" in TEXTS)
    return {value: tr(f"layers.value.{value}", lang) for value in keys}


def _kinds(table: str, lang: str, layer: QgsVectorLayer) -> dict[str, str]:
    from ...rules.messages import label

    values = sorted(str(v) for v in layer.uniqueValues(layer.fields().lookupField("kind")))
    if table == "rules":
        return {value: label("kind", value)[lang] for value in values}
    looks = palette()["sources" if table.startswith("sources") else "zones"]
    return {value: looks[value]["label"][lang] for value in values if value in looks}


def shown(column: str, lang: str) -> bool:
    """Whether a column is for readers: not JSON, not the other language, not machinery."""
    return column not in HIDDEN and stem_of(column)[1] in ("", lang)


def _order(columns: list[str], lang: str) -> list[tuple[str, list[str]]]:
    """Return the columns for readers by tab."""
    left = [column for column in columns if shown(column, lang)]
    # where a name is told in words its key goes to the keys
    keys = {column for column in left if f"{column}_{lang}" in left}
    tabs = []
    for tab, stems in TABS.items():
        known = [c for stem in stems for c in left if stem_of(c)[0] == stem and c not in keys]
        left = [column for column in left if column not in known]
        tabs.append((tab, known))
    return [(tab, known) for tab, known in (*tabs, ("keys", left)) if known]


def _set_table(layer: QgsVectorLayer, lang: str) -> None:
    config = layer.attributeTableConfig()
    config.update(layer.fields())
    ordered = [column for _, known in _order(layer.fields().names(), lang) for column in known]
    columns = {column.name: column for column in config.columns()}
    for name, column in columns.items():
        column.hidden = name not in ordered
    rest = [column for name, column in columns.items() if name not in ordered]
    config.setColumns([columns[name] for name in ordered if name in columns] + rest)
    layer.setAttributeTableConfig(config)


def _set_form(layer: QgsVectorLayer, columns: list[str], lang: str) -> None:
    config = layer.editFormConfig()
    config.clearTabs()
    config.setLayout(compat.TAB_LAYOUT)
    root = config.invisibleRootContainer()
    for tab, known in _order(columns, lang):
        container = QgsAttributeEditorContainer(tr(f"layers.tab.{tab}", lang), root)
        container.setIsGroupBox(False)
        for column in known:
            place = columns.index(column)
            container.addChildElement(QgsAttributeEditorField(column, place, container))
            config.setReadOnly(place, True)
        config.addTab(container)
    layer.setEditFormConfig(config)


__all__ = ["alias_of", "describe", "shown", "stem_of"]
