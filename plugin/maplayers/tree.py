"""The plugin's group in the layer tree: made once, found again, kept in step with the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsDateTimeRange,
    QgsLayerTree,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDateTime

from . import about, dress, find

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from qgis.core import QgsLayerTreeGroup, QgsProject

KNOWN = "zonerules/known"  # a custom property of the group: tables that were offered once
LISTS = ("zones_undrawn", "sources_unlocated", "rules")
UPPER = ("sources", "lines", "periods")  # above the zones, in this order
HIDDEN = ("periods",)  # there, but not ticked: it is to be played


def source(path: Path, table: str) -> str:
    """Return the data source of a table."""
    return f"{path}|layername={table}"


def tables_in(path: Path) -> list[str]:
    """Return the tables of a file of the cache, from the top of the layer tree to its bottom."""
    from ...jobs.exchange.maptables import ZONES

    probe = QgsVectorLayer(str(path), "", "ogr")
    separator = probe.dataProvider().sublayerSeparator()
    found = [line.split(separator)[1] for line in probe.dataProvider().subLayers()]
    order = [*UPPER, *(ZONES + kind for kind in dress.palette()["zone_order"]), *LISTS]
    return [table for table in order if table in found]


def sync(
    project: QgsProject, path: Path, catalogue: Mapping[str, Any], lang: str, *, all_of_it: bool
) -> list[str]:
    """Bring group and layers up to date with the file; return the tables that were added.

    Layers that are there keep their style and place. ``all_of_it``: add those the user has removed
    as well; otherwise only tables that the group has never had. Never makes a second group.
    """
    tables = tables_in(path)
    present = find.layers(project)
    group = find.group(project.layerTreeRoot())
    if group is None:
        group = _new_group(project.layerTreeRoot(), find.ROOT, lang, place=0)
    known = str(group.customProperty(KNOWN, "")).split()
    for table, layer in present.items():
        if table in tables:
            repoint(layer, path, table, lang)
            about.remember(layer, table, catalogue, undrawn_for(table, catalogue))
            dress.speak(layer, table, lang)
        else:
            project.removeMapLayer(layer.id())
    missing = [name for name in tables if name not in present and (all_of_it or name not in known)]
    for table in missing:
        _add(project, group, path, table, tables, catalogue, lang)
    group.setCustomProperty(KNOWN, " ".join(sorted({*known, *tables})))
    return missing


def repoint(layer: QgsVectorLayer, path: Path, table: str, lang: str) -> None:
    """Let a layer read from the file, if it does not yet; its style stays."""
    if layer.isValid() and layer.source() == source(path, table):
        return
    layer.setDataSource(source(path, table), layer.name(), "ogr")
    layer.setReadOnly(True)


def undrawn_for(table: str, catalogue: Mapping[str, Any]) -> list[str]:
    """Return the undrawn zones to list in the notes of a layer."""
    from ...jobs.exchange.tables import shapes_of

    kind = dress.kind_of(table)
    zones = catalogue["zones"].items()
    if not kind and table != "zones_undrawn":
        return []
    return [
        name
        for name, zone in zones
        if not shapes_of(catalogue, zone) and kind in ("", zone["kind"])
    ]


def say(project: QgsProject, lang: str) -> None:
    """Say everything that is there in another language."""
    for table, layer in find.layers(project).items():
        if layer.isValid():
            dress.speak(layer, table, lang)
    for name in (find.ROOT, find.ZONES, find.LISTS):
        group = find.group(project.layerTreeRoot(), name)
        if group is not None:
            dress.rename(group, dress.group_name(name, lang))


def extent(project: QgsProject) -> QgsRectangle:
    """Return the extent of the drawn zones in degrees WGS84."""
    box = QgsRectangle()
    box.setMinimal()
    for kind, layer in find.zone_layers(project).items():
        if kind != "region":  # circles for statistics reach far beyond
            box.combineExtentWith(layer.extent())
    return box


# -- making ---------------------------------------------------------------------------------------


def _new_group(
    parent: QgsLayerTreeGroup, name: str, lang: str, *, place: int = -1
) -> QgsLayerTreeGroup:
    group = parent.insertGroup(place, "") if place >= 0 else parent.addGroup("")
    group.setCustomProperty(find.GROUP, name)
    group.setName(dress.group_name(name, lang))
    group.setCustomProperty(dress.NAME, group.name())
    return group


def _add(
    project: QgsProject,
    root: QgsLayerTreeGroup,
    path: Path,
    table: str,
    tables: list[str],
    catalogue: Mapping[str, Any],
    lang: str,
) -> None:
    layer = QgsVectorLayer(source(path, table), dress.name_of(table, lang), "ogr")
    if not layer.isValid():
        raise OSError(f"{table}: {layer.error().summary()}")
    layer.setCustomProperty(find.TABLE, table)
    about.remember(layer, table, catalogue, undrawn_for(table, catalogue))
    dress.dress(layer, table, lang)
    project.addMapLayer(layer, False)
    group = _group_for(root, table, lang)
    node = group.insertLayer(_place(group, table, tables), layer)
    node.setExpanded(False)
    node.setItemVisibilityChecked(table not in HIDDEN)
    if table == "periods":
        _offer_years(project, layer)


def _group_for(root: QgsLayerTreeGroup, table: str, lang: str) -> QgsLayerTreeGroup:
    """Return the group a table belongs to, made where it is missing."""
    if table in UPPER:
        return root
    name = find.LISTS if table in LISTS else find.ZONES
    tree = root
    found = find.group(tree, name)
    if found is None:
        found = _new_group(root, name, lang)
        found.setExpanded(name == find.ZONES)
    return found


def _place(group: QgsLayerTreeGroup, table: str, tables: list[str]) -> int:
    """Return where a table goes among its neighbours, whatever else the user has put there."""
    before = tables[: tables.index(table)]
    place = 0
    for index, node in enumerate(group.children()):
        layer = node.layer() if QgsLayerTree.isLayer(node) else None
        if layer is not None and find.table_of(layer) in before:
            place = index + 1
    return place


def _offer_years(project: QgsProject, layer: QgsVectorLayer) -> None:
    """Give the Temporal Controller the years of the catalogue, unless the project has its own."""
    settings = project.timeSettings()
    if not settings.temporalRange().isInfinite():
        return
    fields = layer.fields()
    first = layer.minimumValue(fields.lookupField("shown_from"))
    last = layer.maximumValue(fields.lookupField("shown_until"))
    if isinstance(first, QDateTime) and isinstance(last, QDateTime):
        settings.setTemporalRange(QgsDateTimeRange(first, last))
