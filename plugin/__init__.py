"""PLUGIN: the QGIS side, thin: a map tool, a dock and their wiring.

Belongs here: everything that imports ``qgis``. Does not belong here: anything that decides what an
answer says; the dock shows what ``jobs`` hands it, so that QGIS, terminal and web map agree.
"""
