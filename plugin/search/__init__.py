"""FOUND FROM ELSEWHERE IN QGIS: locator filter, expression functions, layer action."""
