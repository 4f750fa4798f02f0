"""Point location against shapely (containment) and pyproj's geodesics (distance)."""

from __future__ import annotations

import math
import random

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from zonerules.layers.point import Location, Shape, metres, prepare, sources_near

GEOD = Geod(ellps="WGS84")
LON, LAT = 113.66, 34.75  # the middle of Zhengzhou

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def square(west, south, east, north):
    """A counter-clockwise ring of a lon/lat box."""
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def multi(*parts):
    return {"type": "MultiPolygon", "coordinates": [list(part) for part in parts]}


def box(half, lon=LON, lat=LAT):
    """A box whose sides are half degrees from its middle."""
    return multi([square(lon - half, lat - half, lon + half, lat + half)])


def zone(basis="documented_boundary", **shapes):
    return {"basis": basis, "shapes": shapes}


def locate(one, lon=LON, lat=LAT, r=0.0, **options):
    return prepare({"zones": {"z": one}}).locate(lon, lat, r, **options)["z"]


def star(rng, lon, lat, km, spikes):
    """A star-like ring around a place: spikes vertices, km across at most, no self-crossing."""
    ring = []
    for k in range(spikes):
        angle = 2 * math.pi * k / spikes
        reach = km / 2 * rng.uniform(0.3, 1.0)
        ring.append([lon + reach / 91.5 * math.cos(angle), lat + reach / 110.9 * math.sin(angle)])
    return [*ring, ring[0]]


# --- distances ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("metre", "off"), [(1e4, 0.0009), (9e4, 0.65)])
def test_metres_against_the_geodesic(metre, off):
    rng = random.Random(metre)
    worst = 0.0
    for _ in range(2000):
        lon, lat = rng.uniform(110, 117), rng.uniform(31.3, 36.4)  # Henan
        to_lon, to_lat, _ = GEOD.fwd(lon, lat, rng.uniform(0, 360), metre)
        worst = max(worst, abs(metres(lon, lat, to_lon, to_lat) - metre))
    assert off / 3 < worst < off


def test_metres_by_hand():
    # One degree of a meridian from 34° to 35° is 110 932.5 m, of the equator 111 319.491 m.
    assert metres(113, 34, 113, 35) == pytest.approx(GEOD.inv(113, 34, 113, 35)[2], abs=0.1)
    assert metres(0, 0, 1, 0) == pytest.approx(math.pi / 180 * 6378137, abs=1e-6)


@pytest.mark.parametrize("seed", range(8))
def test_distance_against_geodesics_from_the_point(seed):
    """Oracle: the azimuthal equidistant plane of the point, where its distances are true.

    Edges are straight in lon/lat; there they are cut into short ones first. Here they are
    straight in the plane, which is off by some 5 mm times the square of their length in km.
    """
    rng = random.Random(seed)
    ring = star(rng, LON, LAT, 12, 80)
    hole = star(rng, LON, LAT, 3, 12)
    nominal = multi([ring, hole], [star(rng, LON + 0.15, LAT, 6, 30)])
    lon, lat = LON + rng.uniform(-0.1, 0.1), LAT + rng.uniform(-0.1, 0.1)
    away = locate(zone(nominal=nominal), lon, lat, distances=True).distance_m

    to_plane = Transformer.from_crs(
        "EPSG:4326", f"+proj=aeqd +lat_0={lat} +lon_0={lon} +ellps=WGS84", always_xy=True
    )
    area = shapely.geometry.shape(nominal)
    fine = shapely.segmentize(area, 0.0005)
    flat = shapely.transform(fine, lambda x, y: to_plane.transform(x, y), interleaved=False)
    expected = shapely.distance(shapely.boundary(flat), shapely.Point(0, 0))
    longest = max(
        metres(*a, *b) / 1000
        for line in map(shapely.get_coordinates, shapely.get_rings(shapely.get_parts(area)))
        for a, b in zip(line.tolist(), line.tolist()[1:])
    )
    assert abs(away) == pytest.approx(expected, abs=0.002 + 0.0055 * longest**2)
    assert (away < 0) == shapely.contains(area, shapely.Point(lon, lat))


@SLOW
@given(st.floats(112, 116), st.floats(33, 36), st.integers(0, 10_000), st.floats(0, 200_000))
def test_pruning_changes_nothing(lon, lat, seed, limit):
    """The box search gives the same double as a walk over every edge, and keeps its limit."""
    rng = random.Random(seed)
    shape = Shape(multi([star(rng, LON, LAT, 30, 100)], [star(rng, LON + 0.5, LAT, 30, 100)]))
    walk = []
    for part in shape.parts:
        one = Shape(multi([]))
        one.parts, one.boxes = [part], [(part[0], (0, len(part[0].lons) - 1, lon, lat, lon, lat))]
        one.west, one.south, one.east, one.north = lon, lat, lon, lat  # a box of no use
        walk.append(one.distance(lon, lat))
    assert shape.distance(lon, lat) == min(walk)
    limited = shape.distance(lon, lat, limit)
    assert limited == min(walk) if min(walk) <= limit else limited > limit


@pytest.mark.parametrize("east", [-0.001, 0.0, 0.001, 0.3, 0.999, 1.0, 1.001])
def test_the_foot_of_the_perpendicular(east):
    """North of an edge of the equator from 0° to 1° it lies on the edge, beyond at an end."""
    shape = Shape(multi([square(0, -1, 1, 0)]))
    foot = min(max(east, 0.0), 1.0)
    assert shape.distance(east, 0.0005) == pytest.approx(metres(east, 0.0005, foot, 0.0), rel=1e-9)


@pytest.mark.parametrize("lat", [0.0, 34.75, -60.0])
def test_the_limit_is_a_distance_that_is_still_found(lat):
    """North and east alike: the bound of a box must not be greater than what it holds."""
    for shape in (Shape(box(0.1, 113.5, lat + 1)), Shape(box(0.1, 114.5, lat))):
        away = shape.distance(113.5, lat)
        assert 50_000 < away < 110_000
        assert shape.distance(113.5, lat, away) == away
        assert shape.distance(113.5, lat, away - 1e-5) > away - 1e-5


@pytest.mark.parametrize("lat", [-90.0, -89.999, 0.0, 89.5, 90.0])
@pytest.mark.parametrize("lon", [-360.0, -180.0, 0.0, 179.9999999, 180.0])
def test_poles_and_the_far_side_do_not_crash(lon, lat):
    world = multi([square(-180, -90, 180, 90)])
    cap = multi([square(-180, 80, 180, 90)])
    found = prepare({"zones": {"w": zone(nominal=world), "c": zone(nominal=cap)}}).locate(
        lon, lat, 50.0, distances=True
    )
    for location in found.values():
        assert math.isfinite(location.distance_m)


# --- where -------------------------------------------------------------------------------------

EGG = zone(core=box(0.01), nominal=box(0.02), extent=box(0.03))


@pytest.mark.parametrize(
    ("east", "r", "where"),
    [
        # core ends 0.01° = 915.6 m east of the middle (0.01° of lon at 34.75°), extent at 2746.8 m
        (0.0, 0.0, "inside"),
        (0.0, 915.0, "inside"),
        (0.0, 917.0, "near:position"),
        (0.0, 1e6, "near:position"),
        (0.01, 0.0, "inside"),
        (0.01, 0.001, "near:position"),
        (0.0101, 0.0, "near:zone"),
        (0.02, 0.0, "near:zone"),
        (0.02, 1e5, "near:zone"),
        (0.03, 0.0, "near:zone"),
        (0.0301, 0.0, "outside"),
        (0.0301, 9.0, "outside"),
        (0.0301, 9.3, "near:position"),
        (0.1, 1e5, "near:position"),
    ],
)
def test_where(east, r, where):
    # Exactly on the edges: the box is built from the same sum.
    assert locate(EGG, LON + east, LAT, r).where == where


def test_the_radius_at_its_limit():
    """Exactly r from core's boundary is inside; exactly r from extent is not yet outside."""
    half = 0.01
    nominal = box(half)
    for lon in (LON, LON + 0.02):
        r = Shape(nominal).distance(lon, LAT)
        below, above = math.nextafter(r, 0), math.nextafter(r, math.inf)
        found = [locate(zone(nominal=nominal), lon, LAT, x).where for x in (below, r, above)]
        if lon == LON:
            assert found == ["inside", "inside", "near:position"]
        else:
            assert found == ["outside", "near:position", "near:position"]


def test_an_absent_role_equals_nominal():
    assert locate(zone(nominal=box(0.02), extent=box(0.03)), LON + 0.015).where == "inside"
    assert locate(zone(nominal=box(0.02), core=box(0.01)), LON + 0.015).where == "near:zone"
    assert locate(zone(nominal=box(0.02), core=box(0.01)), LON + 0.025).where == "outside"


def test_an_empty_core_is_never_inside():
    empty = zone(core=multi(), nominal=box(0.02))
    assert locate(empty).where == "near:zone"
    assert locate(zone(nominal=multi()), distances=True) == Location("outside", None)


def test_a_hole_is_outside():
    ring = multi([box(0.02)["coordinates"][0][0], box(0.01)["coordinates"][0][0][::-1]])
    found = locate(zone(nominal=ring), distances=True)
    assert found.where == "outside"
    assert found.distance_m == pytest.approx(915.6, abs=0.5)
    assert locate(zone(nominal=ring), r=1000).where == "near:position"


def disc(lon, lat, r, rng, count):
    """Places at most r metres away, half of them on the rim."""
    for k in range(count):
        away = r if k % 2 else r * math.sqrt(rng.random())
        yield GEOD.fwd(lon, lat, rng.uniform(0, 360), away)[:2]


@pytest.mark.parametrize("seed", range(40))
def test_where_against_a_sampled_disc(seed):
    """inside = the whole disc in core, outside = none of it in extent, else a counterexample."""
    rng = random.Random(seed)
    core = multi([star(rng, LON, LAT, 1.2, 40), star(rng, LON, LAT, 0.3, 8)])
    extent = multi([star(rng, LON, LAT, 1.2, 40)], [star(rng, LON + 0.02, LAT, 0.5, 20)])
    extent = shapely.union(shapely.geometry.shape(core), shapely.geometry.shape(extent))
    one = zone(core=core, nominal=core, extent=shapely.geometry.mapping(extent))
    yolk = shapely.geometry.shape(core)
    lon, lat = LON + rng.uniform(-0.015, 0.03), LAT + rng.uniform(-0.012, 0.012)
    r = rng.choice([5.0, 50.0, 200.0, 600.0])
    where = locate(one, lon, lat, r).where

    def held(area, radius):
        places = list(disc(lon, lat, radius, rng, 3000))
        return shapely.intersects(area, shapely.points(places))

    slack = 0.05  # the straight edge of lon/lat and of the plane differ by millimetres here
    if where == "inside":
        assert held(yolk, r - slack).all()
    elif where == "outside":
        assert not held(extent, r - slack).any()
    else:
        thin = r + max(2.0, 0.02 * r)  # 3000 samples do not find a sliver: look a bit farther
        assert not held(yolk, thin).all()
        assert held(extent, thin).any()
        now = locate(one, lon, lat, 0.0).where
        assert (where == "near:position") == (now != "near:zone")


@SLOW
@given(
    st.floats(-0.05, 0.05),
    st.floats(-0.05, 0.05),
    st.lists(st.floats(0, 20_000), min_size=2, max_size=6),
)
def test_growing_the_radius_only_blurs(east, north, radii):
    zones = prepare({"zones": {"z": EGG}})
    seen = [zones.locate(LON + east, LAT + north, r)["z"].where for r in [0.0, *sorted(radii)]]
    if seen[0] == "near:zone":
        assert set(seen) == {"near:zone"}
    else:
        sharp = seen.count(seen[0])
        assert seen == [seen[0]] * sharp + ["near:position"] * (len(seen) - sharp)


# --- zones of a catalogue ----------------------------------------------------------------------


def catalogue():
    return {
        "units": {
            "410104": {"shapes": {"nominal": box(0.05), "core": box(0.04)}},
            "410000": {"name": "a unit without shapes"},
        },
        "zones": {
            "gc-district": {"basis": "administrative", "unit": "410104"},
            "gc-again": {"basis": "administrative", "unit": "410104"},
            "circle": zone("circle", nominal=box(0.02)),
            "rough": zone("approximate", nominal=box(0.02), extent=box(0.2)),
            "all": zone("derived", nominal=box(0.05)),
            "broken": {"basis": "administrative", "unit": "410104", "failed": True},
            "nobody": {"basis": "unmapped", "within": "gc-district"},
            "object": {"basis": "object", "within": "gc-district"},
            "unit-unknown": {"basis": "administrative", "unit": "419001"},
            "unit-bare": {"basis": "administrative", "unit": "410000"},
        },
    }


def test_prepare_takes_the_drawn_zones_only():
    found = prepare(catalogue()).locate(LON, LAT)
    assert list(found) == ["gc-district", "gc-again", "circle", "rough", "all"]
    assert {location.where for location in found.values()} == {"inside"}
    assert found["gc-district"] == found["gc-again"]
    # 0.05° of latitude at 34.75°: 5546.5 m; of longitude 4578.0 m, which is nearer.
    to_edge = GEOD.inv(LON, LAT, LON + 0.05, LAT)[2]
    assert found["all"].distance_m == pytest.approx(-to_edge, abs=0.5)
    assert found["rough"].distance_m is None


def test_distance_is_left_out_outside_unless_wanted():
    zones = prepare(catalogue())
    lon = LON + 0.06
    assert zones.locate(lon, LAT)["circle"] == Location("outside", None)
    found = zones.locate(lon, LAT, distances=True)
    assert found["circle"].where == "outside"
    expected = GEOD.inv(lon, LAT, LON + 0.02, LAT)[2]
    assert found["circle"].distance_m == pytest.approx(expected, abs=0.01)
    assert found["rough"] == Location("near:zone", None)
    near = zones.locate(lon, LAT, 5000.0)["circle"]
    assert near.where == "near:position"
    assert near.distance_m == found["circle"].distance_m


def test_a_catalogue_without_units_or_sources():
    assert prepare({"zones": {}}).locate(LON, LAT) == {}
    assert sources_near({"zones": {}}, LON, LAT, 1e6) == []


def test_a_zone_without_nominal_is_named():
    with pytest.raises(ValueError, match=r"zone z: no nominal shape; found core"):
        prepare({"zones": {"z": zone(core=box(0.1))}})


@pytest.mark.parametrize(
    ("lon", "lat", "r", "told"),
    [
        (math.nan, LAT, 0.0, "lon nan"),
        (LON, math.inf, 0.0, "lat inf"),
        (LON, 90.001, 0.0, "lat 90.001"),
        (1e308, LAT, 0.0, "lon 1e[+]308"),
        (LON, LAT, math.nan, "radius_m nan"),
        (LON, LAT, math.inf, "radius_m inf"),
        (LON, LAT, -1.0, "radius_m -1.0"),
    ],
)
def test_bad_numbers_are_told(lon, lat, r, told):
    with pytest.raises(ValueError, match=told):
        prepare(catalogue()).locate(lon, lat, r)
    with pytest.raises(ValueError, match=told):
        sources_near({}, lon, lat, r)


def test_sources_near_by_distance_then_id():
    def source(name, lon=None):
        place = {} if lon is None else {"location": {"lon": lon, "lat": LAT, "accuracy_m": 300}}
        return {"id": name, **place}

    sources = [
        source("c", LON + 0.02),
        source("b", LON - 0.01),
        source("a", LON + 0.01),
        source("d", LON + 0.03),
        source("nowhere"),
    ]
    # The same bits east and west, so that a and b tie: LON is a number where the sums are exact.
    lon = 113.5
    for one, east in zip(sources, (0.25, -0.125, 0.125, 0.5)):
        one["location"]["lon"] = lon + east
    reach = metres(lon, LAT, lon + 0.25, LAT)
    found = sources_near({"sources": sources}, lon, LAT, reach)
    assert [one["id"] for one, _ in found] == ["a", "b", "c"], "the radius itself counts as in"
    assert [away for _, away in found] == sorted(away for _, away in found)
    assert found[0][1] == pytest.approx(GEOD.inv(lon, LAT, lon + 0.125, LAT)[2], abs=0.01)
    assert [s["id"] for s, _ in sources_near({"sources": sources}, lon, LAT, reach - 0.01)] == [
        "a",
        "b",
    ]
