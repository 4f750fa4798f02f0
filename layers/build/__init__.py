"""The scripts that make ``geojson/``, with the record of how each file came about.

What belongs here: one script per shipped file or family of files, run by the data keeper when a
source changes, free to use any geometry library. What does not: anything an installed copy runs;
this folder is in neither the wheel nor the plugin zip.
"""

from __future__ import annotations

__all__: list[str] = []
