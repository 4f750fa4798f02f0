"""The words of the Processing provider: names, parameters and help."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {}
