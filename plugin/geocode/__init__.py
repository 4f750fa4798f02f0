"""ADDRESSES IN QGIS: a window for one address; services asked with the user's leave and key."""
