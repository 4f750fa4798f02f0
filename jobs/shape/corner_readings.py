"""Every way a list of corners can be read, what speaks for it, and the shape of the one chosen.

Nothing is assumed: the order of the columns, the central meridian and the datum are the user's to
choose. Standard library only; :func:`by_pyproj` is the projector outside QGIS.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ...layers.datum import EXTRA_ACCURACY_M, to_wgs84
from ...layers.point import Shape
from .given import BadShape, Note, both, note

if TYPE_CHECKING:
    from ..open import Catalogue
    from .corners import Pasted

__all__ = ["Chosen", "Covered", "Projector", "Reading", "by_pyproj", "chosen", "readings"]

Places = list[tuple[float, float]]
Projector = Callable[[int, int, Places], Places]
"""(EPSG of a projection, EPSG of its own degrees, [(east, north)]) -> [(lon, lat)]; no change of
datum. Raises ValueError where that cannot be done."""

DEGREE_DATUMS = ("wgs84", "cgcs2000", "gcj02", "bd09", "xian80", "beijing54", "unknown")
GRID_DATUMS = ("cgcs2000", "xian80", "beijing54")
# Of each datum: EPSG of the Gauss-Krüger grid at 75° E without zone number, and of its degrees.
_GRIDS = {"cgcs2000": (4534, 4490), "xian80": (2370, 4610), "beijing54": (2422, 4214)}
# No official parameters are public. Published differences from CGCS2000 are at most 43 and 119 m
# (north, east) for Xi'an 1980, 62 and 84 m for Beijing 1954.
SHIFT_M = {"xian80": 130.0, "beijing54": 130.0}
_NORTH = (1_500_000.0, 6_200_000.0)  # China, from its southern sea to its northern tip
_EAST = (50_000.0, 950_000.0)
_NAMES = 3  # places named as evidence
_ORDERS = {"ne": ("lat", "lon"), "en": ("lon", "lat")}


@dataclass(frozen=True)
class Reading:
    """One way to read the list."""

    id: str
    """lonlat, latlon, packed_…, gk_ne:114, gk_en:114, utm_ne:49, mercator_en …"""
    label: dict[str, str]
    evidence: tuple[dict[str, str], ...]
    datums: tuple[str, ...]
    places: tuple[tuple[float, float], ...]
    """lon, lat of each corner in the datum first listed, for a preview."""
    hits: int
    """Corners that lie in the area covered."""
    sure: bool = False
    """The list itself leaves no other reading."""


class Covered:
    """The area of the catalogue's administrative units, as evidence."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def name(self, lon: float, lat: float) -> dict[str, str] | None:
        """The innermost administrative unit at a place, or None outside all of them."""
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
            return None
        zones = self._catalogue.data["zones"]
        found = [
            zone
            for zone, location in self._catalogue.located.locate(lon, lat).items()
            if location.where != "outside" and zones[zone]["basis"] == "administrative"
        ]
        if not found:
            return None
        name: dict[str, str] = zones[max(found, key=self._depth)]["name"]
        return name

    def _depth(self, zone: str) -> int:
        zones, depth = self._catalogue.data["zones"], 0
        while (outer := zones[zone].get("within")) and depth < 20:
            zone, depth = outer, depth + 1
        return depth


def by_pyproj(epsg: int, degrees: int, places: Places) -> Places:
    """A projector on pyproj."""
    from pyproj import Transformer

    transformer = Transformer.from_crs(epsg, degrees, always_xy=True)
    lons, lats = transformer.transform([p[0] for p in places], [p[1] for p in places])
    return list(zip(lons, lats))


def readings(
    pasted: Pasted,
    covered: Covered,
    projector: Projector,
    *,
    packed: bool = False,
    everywhere: bool = False,
) -> list[Reading]:
    """The possible readings, those with most corners in the area covered first.

    ``packed``: the user says that degrees are written 113.4124 for 113°41′24″. Readings that lead
    out of the area covered are left out while others do not, unless ``everywhere``.
    """
    if not pasted.corners:
        return []
    pairs = [(corner.first.value, corner.second.value) for corner in pasted.corners]
    angles = any(corner.first.angle or corner.second.angle for corner in pasted.corners)
    reader = _Reader(pasted, pairs, covered, projector)
    if angles or all(abs(value) <= 180 for pair in pairs for value in pair):
        found = reader.degrees(packed and not angles)
    else:
        found = reader.grid()
    found.sort(key=lambda reading: -reading.hits)
    return [reading for reading in found if reading.hits or everywhere or not found[0].hits]


class _Reader:
    def __init__(
        self, pasted: Pasted, pairs: Places, covered: Covered, projector: Projector
    ) -> None:
        self.pasted, self.pairs, self.covered, self.projector = pasted, pairs, covered, projector
        self.stated = {axis: n for n, axis in enumerate(pasted.columns) if axis}

    def _orders(self) -> list[str]:
        """ne and en, or the one that the list's own words name."""
        columns = self.pasted.columns
        named = [order for order, axes in _ORDERS.items() if columns == axes]
        return named or ["ne", "en"]

    def degrees(self, packed: bool) -> list[Reading]:
        """Longitude first or latitude first, as far as the values allow."""
        found: list[Any] = []
        for order in self._orders():
            places = [pair if order == "en" else (pair[1], pair[0]) for pair in self.pairs]
            if packed:
                unpacked = [(_unpacked(lon), _unpacked(lat)) for lon, lat in places]
                if any(math.isnan(value) for place in unpacked for value in place):
                    continue
                places = unpacked
            if any(abs(lat) > 90 for _, lat in places):
                continue
            name = ("packed_" if packed else "") + ("lonlat" if order == "en" else "latlon")
            found.append((name, both(f"read_{name}"), [], DEGREE_DATUMS, places))
        return self._weighed(found)

    def grid(self) -> list[Reading]:
        """Gauss-Krüger in the zone that the eastings name or in any, UTM, Web Mercator."""
        found = []
        for order in self._orders():
            places = [pair if order == "en" else (pair[1], pair[0]) for pair in self.pairs]
            found += self._gauss(order, places)
        found = self._weighed(found)
        others = []
        for order in self._orders():
            places = [pair if order == "en" else (pair[1], pair[0]) for pair in self.pairs]
            others += self._foreign(order, places)
        # grids from abroad only where they reach the area covered
        found += [reading for reading in self._weighed(others) if reading.hits]
        return [
            Reading(**{**reading.__dict__, "sure": reading.sure and len(found) == 1})
            for reading in found
        ]

    def _gauss(self, order: str, places: Places) -> list[Any]:
        if not all(_NORTH[0] <= north <= _NORTH[1] for _, north in places):
            return []
        zones = {int(east // 1_000_000) for east, _ in places}
        inside = all(_EAST[0] <= east % 1_000_000 <= _EAST[1] for east, _ in places)
        if not inside or len(zones) > 1:
            return []
        zone = zones.pop()
        why: list[dict[str, str]] = []
        if zone:
            width = 3 if 25 <= zone <= 45 else 6 if 13 <= zone <= 23 else 0
            if not width:
                return []
            meridians = [zone * 3 if width == 3 else zone * 6 - 3]
            why.append(both("why_prefix", zone=zone, width=width))
        elif "zone" in self.pasted.stated:
            zone = int(self.pasted.stated["zone"])
            width = int(self.pasted.stated.get("width", "3"))
            meridians = [zone * 3 if width == 3 else zone * 6 - 3]
            why.append(both("why_file", zone=zone))
        else:
            meridians = list(range(75, 136, 3))
            why.append(both("why_prefixless"))
        bare = [(east % 1_000_000, north) for east, north in places]
        return [
            (f"gk_{order}:{cm}", both(f"read_gk_{order}", cm=cm), why, GRID_DATUMS, projected)
            for cm in meridians
            if 75 <= cm <= 135 and (projected := self._project(grid_of("cgcs2000", cm), bare))
        ]

    def _foreign(self, order: str, places: Places) -> list[Any]:
        found: list[Any] = []
        for zone in range(43, 54):
            if all(100_000 <= east <= 900_000 and 0 < north < 1e7 for east, north in places):
                projected = self._project((32600 + zone, 4326), places)
                label = both(f"read_utm_{order}", zone=f"{zone}N")
                found.append((f"utm_{order}:{zone}", label, [], ("wgs84",), projected))
        if all(abs(value) < 2.0037e7 for place in places for value in place):
            projected = self._project((3857, 4326), places)
            label = both(f"read_mercator_{order}")
            found.append((f"mercator_{order}", label, [], ("wgs84", "gcj02"), projected))
        return [row for row in found if row[-1]]

    def _project(self, grid: tuple[int, int], places: Places) -> Places:
        try:
            return self.projector(*grid, places)
        except ValueError:
            return []

    def _weighed(self, found: Sequence[Any]) -> list[Reading]:
        """With the corners that lie in the area covered as evidence."""
        made = []
        for name, label, why, datums, places in found:
            names = [self.covered.name(lon, lat) for lon, lat in places]
            hits = [place for place in names if place]
            evidence = [*self._order_evidence(), *why]
            if hits:
                shown = list({place["zh"]: place for place in hits}.values())[:_NAMES]
                evidence.append(
                    {
                        lang: text.replace("{places}", joint.join(p[lang] for p in shown))
                        for (lang, text), joint in zip(
                            both(
                                "why_place", n=len(hits), all=len(places), places="{places}"
                            ).items(),
                            ("、", ", "),
                        )
                    }
                )
            else:
                evidence.append(both("why_nowhere"))
            sure = len(found) == 1
            if sure and not self._order_evidence():
                evidence.insert(0, both("why_only"))
            made.append(
                Reading(name, label, tuple(evidence), datums, tuple(places), len(hits), sure)
            )
        return made

    def _order_evidence(self) -> list[dict[str, str]]:
        if self.pasted.columns in _ORDERS.values():
            return [both("why_stated")]
        return [both("why_xy")] if set(self.pasted.columns) == {"x", "y"} else []


def grid_of(datum: str, meridian: int) -> tuple[int, int]:
    """EPSG of a datum's Gauss-Krüger grid at a central meridian, and of its degrees."""
    first, degrees = _GRIDS[datum]
    return first + (meridian - 75) // 3, degrees


def _unpacked(value: float) -> float:
    """113.4124 as 113°41′24″; NaN where minutes or seconds would be 60 or more."""
    text = f"{abs(value):.10f}"
    whole, _, digits = text.partition(".")
    minutes, seconds = int(digits[:2]), float(f"{digits[2:4]}.{digits[4:]}")
    if minutes >= 60 or seconds >= 60:
        return math.nan
    return math.copysign(int(whole) + minutes / 60 + seconds / 3600, value)


class Chosen(NamedTuple):
    """The shape of a list as read and dated by the user, in WGS84, and what to tell about it."""

    geojson: dict[str, Any]
    extra_m: float
    notes: list[Note]


def chosen(pasted: Pasted, reading: Reading, datum: str, kind: str, projector: Projector) -> Chosen:
    """The shape. ``kind``: polygon or line; ``datum``: one of reading.datums. Raises BadShape."""
    if datum not in reading.datums:
        raise ValueError(f"datum {datum!r}: expected one of {', '.join(reading.datums)}")
    places = _in_datum(pasted, reading, datum, projector)
    plain = datum if datum not in SHIFT_M else "wgs84"
    moved = [to_wgs84(lon, lat, plain) for lon, lat in places]
    rings: dict[int, tuple[bool, list[list[float]]]] = {}
    for corner, place in zip(pasted.corners, moved):
        rings.setdefault(corner.ring, (corner.inner, []))[1].append([place[0], place[1]])
    extra = SHIFT_M.get(datum, 0.0) + EXTRA_ACCURACY_M.get(datum, 0.0)
    notes = []
    if extra:
        texts = both(f"datum_{datum}")
        told = note("extra", datum="{datum}", metres=f"{extra:.0f}")
        notes.append(
            {"code": "extra", **{k: told[k].replace("{datum}", texts[k]) for k in ("zh", "en")}}
        )
    return Chosen(_shape(list(rings.values()), kind), extra, notes)


def _in_datum(pasted: Pasted, reading: Reading, datum: str, projector: Projector) -> Places:
    if datum == reading.datums[0] or not reading.id.startswith("gk_"):
        return list(reading.places)
    name, _, meridian = reading.id.partition(":")
    turned = name == "gk_ne"
    pairs = [(corner.first.value, corner.second.value) for corner in pasted.corners]
    places = [(b % 1e6, a) if turned else (a % 1e6, b) for a, b in pairs]
    return projector(*grid_of(datum, int(meridian)), places)


def _shape(rings: list[tuple[bool, list[list[float]]]], kind: str) -> dict[str, Any]:
    if kind == "line":
        return {"type": "MultiLineString", "coordinates": [line for _, line in rings]}
    polygons: list[list[list[list[float]]]] = []
    for inner, ring in rings:
        distinct = [list(p) for p in dict.fromkeys(map(tuple, ring))]
        if len(distinct) < 3:
            raise BadShape("few_corners", n=len(distinct))
        closed = ring if ring[0] == ring[-1] else [*ring, ring[0]]
        if inner and polygons and _holds(polygons[-1][0], ring[0]):
            polygons[-1].append(closed)
        else:
            polygons.append([closed])
    return {"type": "MultiPolygon", "coordinates": polygons}


def _holds(outer: list[list[float]], place: Sequence[float]) -> bool:
    shape: Mapping[str, Any] = {"type": "Polygon", "coordinates": [outer]}
    return Shape(shape).contains(place[0], place[1])
