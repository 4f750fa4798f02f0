"""Where one point lies in the drawn zones, and how far from their boundaries.

Standard library only, so that a terminal, a stock QGIS and (in a twin) a web page answer the
same without any geometry library. All coordinates are WGS84 lon/lat in degrees, all lengths
metres.

Each zone has three shapes: core (certainly in), nominal (drawn, measured to), extent (certainly
out beyond it); core and extent equal nominal where they are absent. A point is a disc of radius
r. The tests are made in this order, on these floats:

1. in core (boundary included)?  inside if r = 0 or distance(core boundary) >= r,
   else near:position;
2. in extent (boundary included)?  near:zone;
3. outside if r = 0 or distance(extent boundary) > r, else near:position.

The distance compared does not depend on r, so a growing r can only turn inside and outside
into near:position, never back and never one into the other.
"""

from __future__ import annotations

from math import cos, inf, isfinite, pi, sin, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from .orient import Ring, ring_of, ring_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Location", "Zones", "metres", "prepare", "sources_near"]

# WGS84: semi-major axis and squared first eccentricity.
A = 6378137.0
E2 = 0.0066943799901413165
RAD = pi / 180.0

# A lower bound of a distance may skip a run of edges only if rounding cannot be the reason:
# the bound is made smaller by one part in 10^9 and must exceed the limit by a micrometre.
SHRINK = 1.0 - 1e-9
SLACK_M = 1e-6
NORTH_M = A * (1.0 - E2) * RAD * SHRINK  # less than any degree of a meridian


class Location(NamedTuple):
    """where: inside, near:position, near:zone or outside; distance_m: see Zones.locate."""

    where: str
    distance_m: float | None


def plane(lon: float, lat: float, to_lon: float, to_lat: float) -> tuple[float, float]:
    """Metres east and north from the first place to the second.

    Radii of curvature at the mean of both latitudes. Against the geodesic this is within 1 mm at
    10 km and 0.7 m at 90 km between 31° and 36.5° N, and within three times that up to 53.5° N.
    """
    phi = (lat + to_lat) / 2.0 * RAD
    s = sin(phi)
    w = 1.0 - E2 * s * s
    root = sqrt(w)
    x = A / root * cos(phi) * ((to_lon - lon) * RAD)
    y = A * (1.0 - E2) / (w * root) * ((to_lat - lat) * RAD)
    return x, y


def metres(lon: float, lat: float, to_lon: float, to_lat: float) -> float:
    """Distance in metres between two WGS84 lon/lat places, by the metric of all distances here."""
    x, y = plane(lon, lat, to_lon, to_lat)
    return sqrt(x * x + y * y)


class Shape:
    """One Polygon or MultiPolygon, ready for points: closed containment and distance."""

    def __init__(self, geometry: Mapping[str, Any]) -> None:
        kind = geometry["type"]
        if kind not in ("Polygon", "MultiPolygon"):
            raise ValueError(f"geometry type {kind!r}: expected Polygon or MultiPolygon")
        parts = geometry["coordinates"] if kind == "MultiPolygon" else [geometry["coordinates"]]
        self.parts: list[list[Ring]] = [[ring_of(ring) for ring in part] for part in parts]
        rings = [ring for part in self.parts for ring in part]
        self.boxes = [(ring, run) for ring in rings for run in ring.runs]
        self.west = min((run[2] for _, run in self.boxes), default=inf)
        self.south = min((run[3] for _, run in self.boxes), default=inf)
        self.east = max((run[4] for _, run in self.boxes), default=-inf)
        self.north = max((run[5] for _, run in self.boxes), default=-inf)

    def contains(self, lon: float, lat: float) -> bool:
        """Whether the closed shape holds the point: edges, of holes too, count as in."""
        if lon < self.west or lon > self.east or lat < self.south or lat > self.north:
            return False
        for outer, *holes in (part for part in self.parts if part):
            side = ring_side(outer, lon, lat)
            if side == 0:
                return True
            if side > 0 and all(ring_side(hole, lon, lat) <= 0 for hole in holes):
                return True
        return False

    def far(self, lat: float, r: float) -> bool:
        """Whether a parallel is so far north or south that no place on it is within r metres."""
        return (lat - self.north) * NORTH_M > r + SLACK_M or (self.south - lat) * NORTH_M > (
            r + SLACK_M
        )

    def distance(self, lon: float, lat: float, limit: float = inf) -> float:
        """Metres to the nearest edge of any part or hole, never negative.

        Exact if it is not greater than limit; otherwise some number greater than limit (the
        search stops early). Infinite for an empty shape.
        """
        bound = (limit + SLACK_M) * (limit + SLACK_M)
        # The parallel is shortest at the highest latitude of any mean of point and vertex, and
        # a meridian's degree at the equator: both make a box look nearer than it is.
        highest = (abs(lat) + max(abs(self.south), abs(self.north))) / 2.0
        east_m = A * max(0.0, cos(min(highest, 90.0) * RAD)) * RAD * SHRINK
        away = _gap(self.west, self.east, lon, east_m) + _gap(self.south, self.north, lat, NORTH_M)
        if away > bound:
            return inf
        queue = []
        for k, (_, (_, _, west, south, east, north)) in enumerate(self.boxes):
            gap = _gap(west, east, lon, east_m) + _gap(south, north, lat, NORTH_M)
            if gap <= bound:
                queue.append((gap, k))
        queue.sort()
        best = inf
        for gap, k in queue:
            if gap > bound:
                break
            ring, (first, last, _, _, _, _) = self.boxes[k]
            square = _nearest_square(ring, first, last, lon, lat)
            if square < best:
                best = square
                reach = sqrt(best) + SLACK_M
                bound = min(bound, reach * reach)
        return sqrt(best)


def _gap(low: float, high: float, value: float, scale: float) -> float:
    """Square of the metres by which value lies outside low .. high, at scale metres a degree."""
    gap = low - value if value < low else value - high if value > high else 0.0
    return (gap * scale) * (gap * scale)


def _nearest_square(ring: Ring, first: int, last: int, lon: float, lat: float) -> float:
    """Least squared metres from the point to the edges first .. last - 1 of the ring.

    Every vertex is laid into the plane around the point by its own mean latitude, and an edge
    is the straight line between its two ends there. From the edge that is straight in lon/lat
    this departs by at most 5.2 mm times the square of its length in km (0.5 m for 10 km).
    """
    lons, lats, _ = ring
    best = inf
    x1, y1 = plane(lon, lat, lons[first], lats[first])
    for i in range(first + 1, last + 1):
        x2, y2 = plane(lon, lat, lons[i], lats[i])
        dx, dy = x2 - x1, y2 - y1
        length = dx * dx + dy * dy
        # How far along the edge the foot of the perpendicular lies: 0 at its start, 1 at its end.
        t = -(x1 * dx + y1 * dy) / length if length > 0.0 else 0.0
        if t <= 0.0:
            x, y = x1, y1
        elif t >= 1.0:
            x, y = x2, y2
        else:
            x, y = x1 + t * dx, y1 + t * dy
        square = x * x + y * y
        if square < best:
            best = square
        x1, y1 = x2, y2
    return best


class Drawn:
    """The three shapes of a zone or unit, each parsed when first needed."""

    def __init__(self, shapes: Mapping[str, Any]) -> None:
        self._shapes = shapes
        self._ready: dict[str, Shape] = {}

    def shape(self, role: str) -> Shape:
        """The shape of a role (core, nominal, extent); nominal where the role is absent."""
        if role not in self._shapes:
            role = "nominal"
        if role not in self._ready:
            self._ready[role] = Shape(self._shapes[role])
        return self._ready[role]

    def where(self, lon: float, lat: float, r: float) -> str:
        """The location of a disc of r metres, by the three steps of this module's docstring."""
        extent, core = self.shape("extent"), self.shape("core")
        if extent.far(lat, r) and (core is extent or core.far(lat, r)):
            return "outside"
        if core.contains(lon, lat):
            if r == 0.0 or core.distance(lon, lat, r) >= r:
                return "inside"
            return "near:position"
        if extent is not core and extent.contains(lon, lat):
            return "near:zone"
        if r == 0.0 or extent.distance(lon, lat, r) > r:
            return "outside"
        return "near:position"

    def distance(self, lon: float, lat: float) -> float | None:
        """Signed metres to the boundary of nominal, negative inside; None if it is empty."""
        nominal = self.shape("nominal")
        metres_ = nominal.distance(lon, lat)
        if metres_ == inf:
            return None
        return -metres_ if metres_ > 0.0 and nominal.contains(lon, lat) else metres_


class Zones:
    """The drawn zones of a catalogue, ready to locate points. Made by prepare()."""

    def __init__(self, drawn: dict[str, tuple[Drawn, bool]]) -> None:
        self._drawn = drawn

    def locate(
        self, lon: float, lat: float, radius_m: float = 0.0, *, distances: bool = False
    ) -> dict[str, Location]:
        """The location of a WGS84 lon/lat in every drawn zone, in the catalogue's order.

        radius_m is the point's accuracy in metres; with 0 the pairs inside are those of a
        geometry library's closed "intersects" with core.
        distance_m: metres to the nearest boundary of nominal, any part or hole, negative inside
        nominal, not rounded. None for zones with basis approximate, and, to save time, for
        zones the point is outside of unless distances is true.
        Derived zones are located by their stored shapes, which only serves their distance;
        their location proper follows from their members.
        No wrap at the 180th meridian: a zone across it is far from points on its other side.

        Raises ValueError for coordinates or a radius that are not finite, a latitude beyond
        ±90, a longitude beyond ±360, or a negative radius.
        """
        _check(lon, lat, radius_m)
        # Zones that share a unit's shapes are worked out once.
        known: dict[int, Location] = {}
        found: dict[str, Location] = {}
        for zone_id, (drawn, approximate) in self._drawn.items():
            location = known.get(id(drawn))
            if location is None:
                where = drawn.where(lon, lat, radius_m)
                wanted = distances or where != "outside"
                location = Location(where, drawn.distance(lon, lat) if wanted else None)
                known[id(drawn)] = location
            found[zone_id] = Location(location.where, None) if approximate else location
        return found

    def boundary(self, zone_id: str, lon: float, lat: float, limit_m: float = inf) -> float | None:
        """Metres to the boundary of a drawn zone as distance_m of `locate`, up to limit_m.

        None beyond the limit and where `locate` gives no distance; cheaper than `locate`.
        """
        drawn, approximate = self._drawn[zone_id]
        if approximate or drawn.shape("nominal").distance(lon, lat, limit_m) > limit_m:
            return None
        return drawn.distance(lon, lat)


def prepare(catalogue: Mapping[str, Any]) -> Zones:
    """The drawn zones of a compiled catalogue: those with shapes of their own or of their unit.

    Zones marked failed and zones without shapes are left out. Shapes are GeoJSON geometries in
    WGS84 under nominal, core and extent; they are parsed when first needed.

    Raises ValueError, naming the zone, if there are shapes but no nominal one.
    """
    known: dict[int, Drawn] = {}  # zones that share a unit's shapes share the parsed ones
    drawn: dict[str, tuple[Drawn, bool]] = {}
    for zone_id, zone, shapes in drawn_zones(catalogue):
        mine = known.setdefault(id(shapes), Drawn(shapes))
        drawn[zone_id] = (mine, zone.get("basis") == "approximate")
    return Zones(drawn)


def drawn_zones(
    catalogue: Mapping[str, Any],
) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Yield (id, record, shapes) of the zones that prepare() takes. Raises ValueError as it does.

    Zones of one unit come with one and the same mapping of shapes.
    """
    units = catalogue.get("units", {})
    for zone_id, zone in catalogue["zones"].items():
        shapes = zone.get("shapes") or (units.get(zone.get("unit")) or {}).get("shapes")
        if zone.get("failed") or not shapes:
            continue
        if "nominal" not in shapes:
            raise ValueError(f"zone {zone_id}: no nominal shape; found {', '.join(shapes)}")
        yield zone_id, zone, shapes


def sources_near(
    catalogue: Mapping[str, Any], lon: float, lat: float, radius_m: float
) -> list[tuple[dict[str, Any], float]]:
    """The sources within radius_m metres (included) of a WGS84 lon/lat, as (source, metres).

    Nearest first, equal distances by id. Sources without a location are left out.
    Raises ValueError as Zones.locate does.
    """
    _check(lon, lat, radius_m)
    found = []
    for source in catalogue.get("sources", []):
        place = source.get("location")
        if not place or abs(lat - place["lat"]) * NORTH_M > radius_m + SLACK_M:
            continue
        away = metres(lon, lat, place["lon"], place["lat"])
        if away <= radius_m:
            found.append((source, away))
    return sorted(found, key=lambda pair: (pair[1], pair[0]["id"]))


def _check(lon: float, lat: float, radius_m: float) -> None:
    for name, value, most in (("lon", lon, 360.0), ("lat", lat, 90.0)):
        if not isfinite(value) or abs(value) > most:
            raise ValueError(f"{name} {value!r}: expected degrees from -{most:g} to {most:g}")
    if not isfinite(radius_m) or radius_m < 0.0:
        raise ValueError(f"radius_m {radius_m!r}: expected metres, 0 or more")
