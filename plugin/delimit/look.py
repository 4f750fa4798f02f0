"""How the three shapes of a draft look: what is certain, what the words say, what is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsCategorizedSymbolRenderer, QgsFillSymbol, QgsRendererCategory

from ..texts import tr

if TYPE_CHECKING:
    from qgis.core import QgsVectorLayer

# drawn from the widest to the narrowest; line and fill also differ without colour
ROLES = ("extent", "core", "nominal")
STROKE = {"extent": "#174a8c", "core": "#174a8c", "nominal": "#a8201a"}
FILL = {"extent": "23,74,140,30", "core": "23,74,140,70", "nominal": "0,0,0,0"}
STYLE = {"extent": "dot", "core": "dash", "nominal": "solid"}
LINE = "#c77700"  # the user's lines


def by_role(layer: QgsVectorLayer, lang: str) -> None:
    """Dress a layer of drafts in the looks of its roles."""
    categories = []
    for role in ROLES:
        symbol = QgsFillSymbol.createSimple(
            {
                "color": FILL[role],
                "outline_color": STROKE[role],
                "outline_style": STYLE[role],
                "outline_width": "0.7" if role == "nominal" else "0.4",
            }
        )
        categories.append(QgsRendererCategory(role, symbol, tr(f"delimit.role.{role}", lang)))
    layer.setRenderer(QgsCategorizedSymbolRenderer("role", categories))
