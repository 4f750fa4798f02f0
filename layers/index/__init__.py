"""Many points in many zones at once: a two-level cell index over the shapes of a catalogue.

Cells that no boundary crosses answer by table look-up with an interned set of shapes; only points
in the other cells meet exact geometry. The pairs found are those of ``shapely.intersects`` on every
point, boundary included; for discs the locations are those of ``layers.point``. numpy and shapely.

``cells`` is the index, ``build`` makes its tables, ``discs`` adds radii, ``zones`` asks it about a
catalogue, ``cache`` keeps it in a file; ``edges``, ``grid`` and ``sets`` are what they are made of.
"""

from __future__ import annotations

from .cells import CellIndex, Membership
from .edges import InvalidShape
from .zones import Located, ZoneIndex

__all__ = ["CellIndex", "InvalidShape", "Located", "Membership", "ZoneIndex"]
