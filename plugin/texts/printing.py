"""The words of the layout on paper."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {}
