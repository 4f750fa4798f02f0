"""`zonerules delimit`: a boundary in words into edges, and into a draft zone when lines are "
"given."""

from __future__ import annotations

__all__: list[str] = []
