"""The catalogue: its schema, the compiler that reads YAML and GeoJSON, the loader, overlays.

What belongs here: turning the written and drawn files into one ``catalogue.json`` and back into
plain dicts, with errors that name file and line. What does not: shapes in use (``layers.point``)
and the meaning of a rule (``rules``). Compiling needs PyYAML and jsonschema; loading needs neither.
"""

from __future__ import annotations

__all__: list[str] = []
