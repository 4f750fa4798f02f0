"""Boundaries in words drawn on lines: names matched, gaps closed, three shapes with their doubt.

What belongs here: geometry for ``layers.words``, on ``layers.boundary``; needs shapely. What does
not: reading the text, and reading or writing files.
"""

from __future__ import annotations

__all__: list[str] = []
