"""What of a layer belongs to the page that an atlas is at: expressions over its feature."""

from __future__ import annotations

from qgis.core import QgsRuleBasedRenderer, QgsVectorLayer, QgsVectorLayerSimpleLabeling

HERE = Box(15, 26, 180, 9)
MAP = Box(15, 36, 122, 84)
LEGEND = Box(140, 36, 55, 84)
NORTH = Box(127.5, 38, 8, 12)
SCALE = Box(15, 121, 80, 10)
CAPTION = Box(97, 122, 98, 8)
TABLE = Box(15, 132, 180, 136)
NOTES = Box(15, 270, 180, 13)
FOOTER = Box(15, 284.5, 180, 6)
HERE = "attribute(@atlas_feature, '{field}')"
ON_PAGE = '"page" = ' + HERE.format(field="page")
# zones of a page are kept as ;id;id; so that one id is never found in another
SHOWN = "strpos(" + HERE.format(field="zones") + ", ';' || \"zone\" || ';') > 0"


def only(layer: QgsVectorLayer, condition: str) -> None:
    """Draw of a layer what belongs to the page; its classes and labels stay."""
    made = QgsRuleBasedRenderer.convertFromRenderer(layer.renderer())
    for rule in made.rootRule().children():
        own = rule.filterExpression()
        rule.setFilterExpression(f"({own}) AND {condition}" if own else condition)
        rule.setLabel(rule.label() or layer.name())
    layer.setRenderer(made)
    labelling = layer.labeling()
    if labelling is None:
        return
    settings = labelling.settings()
    if settings.fieldName:
        settings.fieldName = f'CASE WHEN {condition} THEN "{settings.fieldName}" END'
        settings.isExpression = True
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
