"""Finding the plugin's own layers and groups in a project: by custom property, never by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsLayerTreeGroup

from ..compat import is_deleted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qgis.core import QgsLayerTree, QgsMapLayer, QgsProject, QgsVectorLayer

# a custom property of each layer: the table it shows, such as zones_township
TABLE = "zonerules/table"
# a custom property of each group: root, zones or lists
GROUP = "zonerules/group"
ROOT, ZONES, LISTS = "root", "zones", "lists"


def layers(project: QgsProject) -> dict[str, QgsVectorLayer]:
    """Return the plugin's layers by table, valid or not; of two copies the one added first."""
    found: dict[str, QgsVectorLayer] = {}
    for layer in project.mapLayers().values():
        table = table_of(layer)
        if table and table not in found:
            found[table] = layer
    return found


def table_of(layer: QgsMapLayer) -> str:
    """Return the table a layer shows, empty for a layer that is not the plugin's."""
    if is_deleted(layer):
        return ""
    return str(layer.customProperty(TABLE, "") or "")


def zone_layers(project: QgsProject) -> dict[str, QgsVectorLayer]:
    """Return the layers of drawn zones by kind of zone, such as township.

    Their features have the attributes ``zone`` (id) and ``role`` (nominal, core or extent).
    """
    prefix = "zones_"
    return {
        table[len(prefix) :]: layer
        for table, layer in layers(project).items()
        if table.startswith(prefix) and layer.isSpatial()
    }


def group(tree: QgsLayerTree, name: str = ROOT) -> QgsLayerTreeGroup | None:
    """Return the plugin's group of that name wherever the user has moved it, or None."""
    return next((node for node in _groups(tree) if node.customProperty(GROUP, "") == name), None)


def _groups(parent: QgsLayerTreeGroup) -> Iterator[QgsLayerTreeGroup]:
    for node in parent.children():
        if isinstance(node, QgsLayerTreeGroup):
            yield node
            yield from _groups(node)
