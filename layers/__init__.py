"""Where: reads and compiles the catalogue, locates points, converts datums, draws boundaries.

What belongs here: everything about the files under ``documents/`` and ``geojson/`` (schema,
compiler, loader, overlays) and everything with a coordinate in it (point in zone, cell index,
boundary lines, gazetteer). What does not: whether a rule binds, which is ``rules/``; putting the
two together, which is ``jobs/``; any of QGIS, which is ``plugin/``. ``point``, ``datum`` and the
loader use the standard library only, because the dock of a stock QGIS runs on them.
"""

from __future__ import annotations

__all__: list[str] = []
