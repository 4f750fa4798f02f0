"""The words of the layers on the map and the view of where something is banned."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {}
