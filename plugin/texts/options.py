"""The words of the options page and the help menu."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {}
