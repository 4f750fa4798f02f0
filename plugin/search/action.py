"""The layer action "Rules here": asks the panel about a feature's place.

Its code is stored in the user's project, so it calls a single entry point that stays:
``qgis.utils.plugins['zonerules'].rules_here(lon, lat)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsAction

from ..host import ICONS
from ..texts import tr

if TYPE_CHECKING:
    from qgis.core import QgsVectorLayer

# A point is asked where it is; of a line or polygon the place that was clicked, else one on it.
_CLICKED = "transform(make_point(@click_x, @click_y), @map_crs, 'EPSG:4326')"
_OWN = "transform({geometry}, @layer_crs, 'EPSG:4326')"
_ON_IT = _OWN.format(geometry="point_on_surface($geometry)")
_CHOSEN = (
    "CASE WHEN geom_to_wkt($geometry) ILIKE '%point%' "
    f"THEN {_OWN.format(geometry='centroid($geometry)')} "
    f"WHEN @click_x IS NOT NULL THEN {_CLICKED} ELSE {_ON_IT} END"
)
_AXIS = "[% coalesce(round({axis}(" + _CHOSEN + "), 7), '') %]"
ENTRY = "plugins['zonerules'].rules_here("
CODE = (
    "from qgis.utils import plugins\n"
    "if 'zonerules' in plugins:\n"
    f"    {ENTRY}'{_AXIS.format(axis='x')}', '{_AXIS.format(axis='y')}')\n"
)


def has_action(layer: QgsVectorLayer) -> bool:
    """Tell whether a layer has the action already, in whatever language it is named."""
    return any(ENTRY in action.command() for action in layer.actions().actions())


def add_action(layer: QgsVectorLayer, lang: str) -> bool:
    """Add the action to a vector layer; False where it has it."""
    if has_action(layer):
        return False
    name = tr("search.action", lang)
    kind = QgsAction.ActionType.GenericPython
    icon = str(ICONS / "zonerules.svg")
    action = QgsAction(kind, name, CODE, icon, False, name, {"Canvas", "Feature"})
    layer.actions().addAction(action)
    if not layer.actions().defaultAction("Canvas").isValid():
        layer.actions().setDefaultAction("Canvas", action.id())
    return True
