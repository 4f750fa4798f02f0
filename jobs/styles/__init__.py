"""STYLES: one palette into QGIS styles, SLD, the web map's style and legends."""
