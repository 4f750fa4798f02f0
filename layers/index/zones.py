"""Many places in the drawn zones of a catalogue: ``layers.point.Zones.locate`` for arrays."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from ..point import Shape, drawn_zones
from .cache import keep, kept
from .cells import CellIndex
from .discs import Discs
from .edges import Floats, Ints, edges_of, offsets_of
from .sets import Collision, ShapeSets, interned, random_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Nearer to the radius than this a distance is worked out once more in plain Python, so that the
# last bit of a sine cannot make batch and single point differ.
DOUBT_M = 1e-6
KEPT = 10_000  # situations of single places that are remembered
UNKNOWN = -1  # the id of a place whose coordinates or radius are none


class Located(NamedTuple):
    """Where many places lie: place i has the locations `distinct[ids[i]]`, or none if UNKNOWN.

    Each of `distinct` maps every drawn zone that the place is not outside of to inside,
    near:position or near:zone.
    """

    ids: Ints
    distinct: list[dict[str, str]]


class _Roles(NamedTuple):
    """For each drawn zone its id and the numbers of its three shapes."""

    zone: str
    core: int
    nominal: int
    extent: int


class ZoneIndex:
    """All drawn zones of a compiled catalogue in one index.

    Built on first use for a fingerprint, then taken from the user's cache. Zones marked failed and
    zones without shapes are left out, as for a single point. Raises edges.InvalidShape.
    """

    def __init__(self, catalogue: Mapping[str, Any], *, cached: bool = True) -> None:
        self._geojson: list[Mapping[str, Any]] = []
        self.zones = self._read(catalogue)
        geometries = [_polygons(shape) for shape in self._geojson]
        key = str(catalogue.get("fingerprint", "")) if cached else ""
        names = self._names()
        tables = kept(key) if key else None
        self.index = CellIndex(geometries, names, tables=tables)
        if key and tables is None:
            keep(key, self.index.tables)
        self._discs: Discs | None = None
        self._nominal: dict[tuple[int, ...], Discs] = {}
        self._clear: dict[tuple[int, tuple[int, ...]], Mapping[str, str]] = {}
        self._single: dict[int, Shape] = {}

    def locate(self, lon: Any, lat: Any, radius_m: Any = 0.0) -> Located:
        """Return the location of every place in every drawn zone.

        `lon`, `lat` in degrees WGS84, `radius_m` in metres, one for all or one each. Coordinates
        that are not finite or out of range (±360, ±90) and radii that are negative or not finite
        give UNKNOWN, never "outside".
        """
        x, y = (np.ascontiguousarray(v, dtype=np.float64).reshape(-1) for v in (lon, lat))
        radius = np.broadcast_to(np.asarray(radius_m, dtype=np.float64), x.shape)
        with np.errstate(invalid="ignore"):
            known = (np.abs(x) <= 360) & (np.abs(y) <= 90) & (radius >= 0) & np.isfinite(radius)
        at = np.nonzero(known)[0]
        x, y, radius = x[at], y[at], np.ascontiguousarray(radius[at])
        holding = self.index.locate(x, y)
        touching_ids, touching = self._touching(x, y, radius)
        both = holding.ids * len(touching.offsets) + touching_ids
        _, first, signature = np.unique(both, return_index=True, return_inverse=True)
        ids = np.full(len(known), UNKNOWN, dtype=np.int64)
        ids[at] = signature.reshape(-1)
        distinct = [
            self._locations(_row(holding.sets, holding.ids[i]), _row(touching, touching_ids[i]))
            for i in first
        ]
        return Located(ids, distinct)

    def locate_one(self, lon: float, lat: float, radius_m: float = 0.0) -> Mapping[str, str]:
        """Return what `locate` says of one place, quickly; the mapping is not to be changed.

        Raises ValueError for coordinates or a radius that `locate` does not know.
        """
        if not (abs(lon) <= 360 and abs(lat) <= 90 and 0 <= radius_m < math.inf):
            raise ValueError(f"{lon!r}, {lat!r}, radius_m {radius_m!r}: no place")
        if radius_m and not self._boundaries().clear(lon, lat, radius_m + DOUBT_M):
            located = self.locate([lon], [lat], radius_m)
            return located.distinct[int(located.ids[0])]
        holding = self.index.holding(lon, lat)
        if holding not in self._clear:
            if len(self._clear) >= KEPT:
                self._clear.clear()
            members = [*_row(self.index.sets, holding[0]), *holding[1]]
            none = np.zeros(0, dtype=np.int64)
            self._clear[holding] = self._locations(np.array(members, dtype=np.int64), none)
        return self._clear[holding]

    def _boundaries(self) -> Discs:
        if self._discs is None:
            self._discs = Discs(edges_of(self.index.shapes))
        return self._discs

    def distances(
        self, lon: Floats, lat: Floats, within_m: float, zones: Iterable[int] | None = None
    ) -> tuple[Ints, Ints, Floats]:
        """Return (place, zone number, metres) for every boundary of a nominal shape within reach.

        Signed as in the single point's answer: negative inside nominal. `zones`: the numbers of
        those wanted, all unless said; the fewer, the quicker. Zones whose basis is approximate are
        given too; leaving them out is the caller's.
        """
        wanted = tuple(sorted(range(len(self.zones)) if zones is None else zones))
        if wanted not in self._nominal:
            shapes = {self.zones[number].nominal for number in wanted}
            self._nominal[wanted] = Discs(edges_of(self.index.shapes).of(shapes))
        discs = self._nominal[wanted]
        point, shape, metres = discs.near(lon, lat, np.full(len(lon), float(within_m)))
        held = np.zeros(len(point), dtype=bool)
        order = np.argsort(shape, kind="stable")
        cuts = np.nonzero(np.diff(shape[order]))[0] + 1
        for some in np.split(order, cuts):
            if len(some):
                polygon = self.index.shapes[shape[some[0]]]
                held[some] = shapely.intersects_xy(polygon, lon[point[some]], lat[point[some]])
        signed = np.where(held & (metres > 0), -metres, metres)
        places, numbers, values = [], [], []
        for number in wanted:
            mine = shape == self.zones[number].nominal
            places.append(point[mine])
            numbers.append(np.full(np.count_nonzero(mine), number, dtype=np.int64))
            values.append(signed[mine])
        none = np.zeros(0, dtype=np.int64)
        return (
            np.concatenate([none, *places]),
            np.concatenate([none, *numbers]),
            np.concatenate([np.zeros(0), *values]),
        )

    def _read(self, catalogue: Mapping[str, Any]) -> list[_Roles]:
        """The drawn zones; shapes that several share, as those of a unit, are taken once."""
        numbers: dict[int, int] = {}
        zones = []
        for name, _, shapes in drawn_zones(catalogue):
            mine = {}
            for role in ("core", "nominal", "extent"):
                shape = shapes.get(role, shapes["nominal"])
                if id(shape) not in numbers:
                    numbers[id(shape)] = len(self._geojson)
                    self._geojson.append(shape)
                mine[role] = numbers[id(shape)]
            zones.append(_Roles(name, **mine))
        return zones

    def _names(self) -> list[str]:
        names = [""] * len(self._geojson)
        for roles in reversed(self.zones):
            for role in ("extent", "nominal", "core"):
                names[getattr(roles, role)] = f"{roles.zone}/{role}"
        return names

    def _touching(self, x: Floats, y: Floats, radius: Floats) -> tuple[Ints, ShapeSets]:
        """For each place the shapes whose boundary is nearer than its radius, and, counted from
        the number of shapes on, those exactly as far as it: the former are too near to be certainly
        inside, both too near to be certainly outside."""
        count = len(self.index.shapes)
        if not radius.any():
            return np.zeros(len(x), np.int64), ShapeSets(
                np.zeros(2, np.int64), np.zeros(0, np.int64)
            )
        point, shape, metres = self._boundaries().near(x, y, radius + DOUBT_M)
        for i in np.nonzero(np.abs(metres - radius[point]) <= DOUBT_M)[0]:
            metres[i] = self._distance(int(shape[i]), float(x[point[i]]), float(y[point[i]]))
        kept_ = metres <= radius[point]
        point, shape, metres = point[kept_], shape[kept_], metres[kept_]
        member = shape + np.where(metres < radius[point], 0, count)
        order = np.lexsort((member, point))
        rows = ShapeSets(offsets_of(np.bincount(point, minlength=len(x))), member[order])
        seed = 1
        while True:
            try:
                return interned(rows, random_keys(2 * count, seed))
            except Collision:
                seed += 1

    def _distance(self, shape: int, lon: float, lat: float) -> float:
        if shape not in self._single:
            self._single[shape] = Shape(self._geojson[shape])
        return self._single[shape].distance(lon, lat)

    def _locations(self, holding: Ints, touching: Ints) -> dict[str, str]:
        """The three steps of layers.point for every zone, from sets of shapes."""
        count = len(self.index.shapes)
        held = set(holding.tolist())
        nearer = {int(member) for member in touching if member < count}
        reached = {int(member) % count for member in touching}
        found = {}
        for zone, core, _, extent in self.zones:
            if core in held:
                found[zone] = "near:position" if core in nearer else "inside"
            elif extent in held:
                found[zone] = "near:zone"
            elif extent in reached:
                found[zone] = "near:position"
        return found


def _row(sets: ShapeSets, number: int) -> Ints:
    return sets.members[sets.offsets[number] : sets.offsets[number + 1]]


def _polygons(shape: Mapping[str, Any]) -> Any:
    """A GeoJSON Polygon or MultiPolygon as a shapely geometry, closed where it is not."""
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    polygons = [
        shapely.Polygon([p[:2] for p in part[0]], [[p[:2] for p in ring] for ring in part[1:]])
        for part in parts
        if part
    ]
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
