"""The words of missing Python packages and how they are installed."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {}
