"""The web map of the command line, from QGIS: menu entry, window, and what runs behind both."""
