"""The words of locator, expression functions and layer action."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {}
