"""The words of the catalogue panel, overlays and objections."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {}
