"""The words of asking about a polygon or a line."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {}
