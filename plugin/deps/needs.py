"""Which Python packages some features need, which of them are there, and since which version.

Layers, clicks, panel, locator and expressions need none of them. No Qt in here.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# the oldest versions that work, as in pyproject.toml (a test compares)
FLOORS: Mapping[str, str] = {
    "numpy": "1.24",
    "pandas": "2.0",
    "shapely": "2.0",
    "pyproj": "3.4",
    "pyogrio": "0.7.2",
    "geopandas": "1.0",
    "folium": "0.15",
    "openpyxl": "3.1",
}
# compiled for one another and shared with GDAL: two copies in one process do not mix
SHARED = ("numpy", "pyproj")
TABLES = ("numpy", "pandas", "shapely", "pyproj", "pyogrio", "geopandas")
WEB_MAP = ("folium",)
EXCEL = ("openpyxl",)
ALL = tuple(FLOORS)


class Lack(NamedTuple):
    """A package that is missing (``found`` is empty) or older than ``floor``."""

    name: str
    found: str
    floor: str


def lacking(names: Iterable[str], floors: Mapping[str, str] = FLOORS) -> list[Lack]:
    """Those of ``names`` that cannot be used, without importing any of them."""
    lacks = []
    for name in names:
        found = version_of(name)
        if not found or older(found, floors.get(name, "0")):
            lacks.append(Lack(name, found, floors.get(name, "0")))
    return lacks


def version_of(name: str) -> str:
    """The version of a package that an import would find, or an empty text."""
    try:
        if importlib.util.find_spec(name) is None:
            return ""
        return importlib.metadata.version(name)
    except (ImportError, ValueError):  # PackageNotFoundError is an ImportError
        return ""


def older(version: str, floor: str) -> bool:
    """Whether ``version`` is before ``floor``; a pre-release counts as its release."""
    return _numbers(version) < _numbers(floor)


def _numbers(version: str) -> tuple[int, ...]:
    release = re.match(r"\d+(?:\.\d+)*", version)
    parts = [int(part) for part in release[0].split(".")] if release else [0]
    return tuple(parts + [0] * (4 - len(parts)))


def pins() -> list[str]:
    """``name==version`` of everything that is there, so that nothing is installed beside it.

    What pip would bring must fit what QGIS imports anyway. Versions that only a distribution has
    (1.2+dfsg) cannot be had from an index and would only stop pip.
    """
    found: dict[str, str] = {}
    for one in importlib.metadata.distributions():
        name = one.metadata["Name"] if one.metadata else None
        if name and re.fullmatch(r"\d+(\.\d+)*((a|b|rc|\.post)\d+)?", one.version or ""):
            found.setdefault(re.sub(r"[-_.]+", "-", name).lower(), one.version)
    return [f"{name}=={version}" for name, version in sorted(found.items())]
