"""Zone Rules: the documented rules that bind at a place, on a day, for an activity.

The folder that holds this file is the package, the QGIS plugin and the content of the zip at once.
Nothing is imported when the package is: QGIS reads this file at start-up for every plugin it finds.
"""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["__version__", "classFactory", "open"]

TYPE_CHECKING = False  # type checkers read this name as true; saves importing typing
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from .jobs.open import Catalogue


def classFactory(iface: Any) -> Any:
    """Return the QGIS plugin object; QGIS calls this with its interface."""
    from .plugin.main import ZoneRulesPlugin

    return ZoneRulesPlugin(iface)


def open(data: str | Path | None = None) -> Catalogue:
    """Open the catalogue that ships with the package, with the overlay folder ``data`` merged in.

    ``open().at(lon, lat, date=…)`` answers for one point (degrees, WGS84 unless ``datum`` says
    otherwise). Raises :class:`zonerules.layers.catalogue.load.CatalogueError` when a file of the
    catalogue or the overlay cannot be read.
    """
    from .jobs.open import open as open_catalogue

    return open_catalogue(data)
