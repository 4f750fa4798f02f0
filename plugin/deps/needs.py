"""Which Python packages some features need, which of them are there, and since which version.

Layers, clicks, panel, locator and expressions need none of them. No Qt in here.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# the oldest versions that work, as in pyproject.toml (a test compares)
FLOORS: Mapping[str, str] = {
    "numpy": "1.24",
    "pandas": "2.0",
    "shapely": "2.0",
    "pyproj": "3.4",
    "pyogrio": "0.8",
    "geopandas": "1.0",
    "pyarrow": "16",
    "folium": "0.15",
    "openpyxl": "3.1",
    "jsonschema": "4.17",
    "fpdf2": "2.8.4",
}
MODULES: Mapping[str, str] = {"fpdf2": "fpdf"}  # of packages that are imported by another name
# compiled for one another and shared with GDAL: two copies in one process do not mix
SHARED = ("numpy", "pyproj")
TABLES = ("numpy", "shapely", "pyproj", "pyarrow")  # checking a table, whatever its format
MAP_FILES = ("pyogrio",)  # GeoPackage, GeoJSON and Shapefile, besides
WEB_MAP = ("folium", "shapely")
PDF = ("fpdf2",)  # extracts as PDF; as HTML and JSON they need nothing
EXCEL = ("openpyxl",)  # workbooks, besides
CHECK = ("shapely", "jsonschema")  # of the catalogue; without shapely its shapes stay unchecked
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
        if importlib.util.find_spec(MODULES.get(name, name)) is None:
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


def installed(without: str = "") -> dict[str, str]:
    """Every distribution that is there by its canonical name, with its version.

    ``without``: a folder of ``sys.path`` that does not count.
    """
    found: dict[str, str] = {}
    for one in importlib.metadata.distributions(path=[p for p in sys.path if p != without]):
        name = one.metadata["Name"] if one.metadata else None
        if name and one.version:
            found.setdefault(canonical(name), one.version)
    return found


def pins(found: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """``name==version`` of those of ``names`` that were ``found``: what pip brings must fit them.

    Only compiled packages and what rests on them: pip looks for hours when every small package is
    pinned, and for pure Python the one that QGIS has is imported whatever pip would like.
    """
    return [
        f"{name}=={found[name]}"
        for name in dict.fromkeys(map(canonical, names))
        if name in found and _plain(found[name])
    ]


def canonical(name: str) -> str:
    """A distribution's name as indexes spell it: lower case, single hyphens."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _plain(version: str) -> bool:
    """Whether an index may have the version; 1.2+dfsg only a distribution has."""
    return re.fullmatch(r"\d+(\.\d+)*((a|b|rc|\.post)\d+)?", version) is not None
