"""What of a layer belongs to the page that an atlas is at: expressions over its feature."""

from __future__ import annotations

from qgis.core import QgsRuleBasedRenderer, QgsVectorLayer, QgsVectorLayerSimpleLabeling

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
