"""Boundaries in words (四至): a printed wording into edges, units, corridors and what is left over.

What belongs here: reading the text, standard library only, no coordinate. What does not: lines and
shapes, which is ``layers.draft``.
"""

from __future__ import annotations

__all__: list[str] = []
