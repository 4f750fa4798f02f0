"""The cell index finds what brute force finds: shapely for points, layers.point for discs."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
import shapely
from hypothesis import given, settings

import zonerules
from zonerules.layers.index import CellIndex, InvalidShape, ZoneIndex
from zonerules.layers.index.discs import Discs
from zonerules.layers.index.edges import checked, edges_of
from zonerules.layers.index.zones import UNKNOWN
from zonerules.layers.point import Shape, prepare


def brute(shapes: list[Any], x: np.ndarray, y: np.ndarray) -> list[tuple[int, int]]:
    """Every (point, shape) that the plain, unprepared predicate of shapely calls touching."""
    points = shapely.points(x, y)
    held = [shapely.intersects(shape, points) for shape in shapes]
    return sorted((int(i), k) for k, mask in enumerate(held) for i in np.nonzero(mask)[0])


def assert_same(shapes: list[Any], x: Any, y: Any) -> int:
    """Compare pairs and memberships of the index with brute force; return how many there are."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    index = CellIndex(shapes)
    expected = brute(shapes, x, y)
    point, shape = index.pairs(x, y)
    assert sorted(zip(point.tolist(), shape.tolist())) == expected
    found = index.locate(x, y)
    point, shape = found.sets.of(found.ids)
    assert sorted(zip(point.tolist(), shape.tolist())) == expected
    return len(expected)


def hard_points(shapes: list[Any]) -> tuple[np.ndarray, np.ndarray]:
    """Vertices, points on edges, and all of these one unit in the last place aside."""
    rings = [ring for shape in shapes for ring in shapely.get_rings(shapely.get_parts(shape))]
    xy = np.concatenate([shapely.get_coordinates(ring) for ring in rings])
    middle = np.concatenate(
        [(c[1:] + c[:-1]) / 2 for c in (shapely.get_coordinates(ring) for ring in rings)]
    )
    x, y = np.concatenate([xy, middle]).T
    steps = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]
    move = [(np.nextafter(x, x + dx), np.nextafter(y, y + dy)) for dx, dy in steps]
    return np.concatenate([a for a, _ in move]), np.concatenate([b for _, b in move])


@st.composite
def lattice_shapes(draw: Any) -> list[Any]:
    """Valid shapes with corners on a small lattice: shared edges, holes, parts, slivers."""
    scale = draw(st.sampled_from([1.0, 0.1, 1e-6, 1e4]))
    shapes = []
    for _ in range(draw(st.integers(1, 6))):
        boxes = draw(st.lists(st.tuples(*[st.integers(0, 6)] * 4), min_size=1, max_size=4))
        shape: Any = shapely.Polygon()
        for n, (a, b, c, d) in enumerate(boxes):
            corner = shapely.Polygon([(a, b), (c, b), (c, d)])
            box = shapely.box(min(a, c), min(b, d), max(a, c), max(b, d))
            piece = corner if draw(st.booleans()) else box
            if not piece.is_valid or not piece.area:
                continue
            shape = shape.difference(piece) if n % 3 == 2 else shape.union(piece)
        polygons = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and p.area]
        moved = shapely.transform(shapely.MultiPolygon(polygons), lambda c: c * scale + 113.0)
        if moved.is_valid:
            shapes.append(moved)
    return shapes


@settings(max_examples=90, deadline=None)
@given(lattice_shapes())
def test_pairs_on_degenerate_shapes(shapes: list[Any]) -> None:
    if any(len(shapely.get_parts(shape)) for shape in shapes):
        assert_same(shapes, *hard_points(shapes))


def stars(count: int, corners: int, seed: int) -> list[Any]:
    rng = np.random.default_rng(seed)
    made = []
    while len(made) < count:
        angle = np.sort(rng.uniform(0, 2 * math.pi, corners))
        reach = rng.uniform(0.01, 0.8) * rng.uniform(0.3, 1, corners)
        x, y = rng.uniform(-1, 1, 2)
        star = shapely.Polygon(np.c_[x + reach * np.cos(angle), y + reach * np.sin(angle)])
        if star.is_valid:
            made.append(star)
    return made


@pytest.mark.parametrize(("count", "corners"), [(1, 3), (1, 400), (40, 60), (150, 12)])
def test_pairs_on_overlapping_stars(count: int, corners: int) -> None:
    shapes = stars(count, corners, seed=count)
    rng = np.random.default_rng(7)
    x, y = hard_points(shapes)
    more = rng.uniform(-2, 2, (2, 5_000))
    found = assert_same(shapes, np.concatenate([x, more[0]]), np.concatenate([y, more[1]]))
    assert found > count  # the comparison was about something


def test_extreme_coordinates() -> None:
    shapes = [shapely.box(-1, -1, 1, 0), shapely.box(0, 0, 2, 2), shapely.Polygon()]
    odd = [0.0, -0.0, 5e-324, -5e-324, 1e-310, -1e-310, 1.0, 2.0, 1e308, -1e308]
    x, y = (values.ravel() for values in np.meshgrid(odd, odd))
    assert_same(shapes, x, y)
    index = CellIndex(shapes)
    for bad in (math.nan, math.inf, -math.inf):
        assert not len(index.pairs([bad, 0.5], [0.5, bad])[0])


def test_nothing_asked_and_nothing_drawn() -> None:
    assert [len(part) for part in CellIndex([shapely.box(0, 0, 1, 1)]).pairs([], [])] == [0, 0]
    assert [len(part) for part in CellIndex([]).pairs([0.5], [0.5])] == [0, 0]
    assert CellIndex([shapely.Polygon()]).locate([0.0], [0.0]).sets.sizes()[0] == 0
    with pytest.raises(ValueError, match="2 x but 1 y"):
        CellIndex([]).pairs([1, 2], [1])


@pytest.mark.parametrize(
    ("shape", "why"),
    [
        (shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), "Self-intersection"),
        (shapely.MultiPolygon([shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3)]), "intersection"),
        (shapely.Polygon([(0, 0), (math.nan, 1), (1, 0)]), "Invalid Coordinate"),
        (shapely.Point(1, 1), "expected a Polygon"),
    ],
)
def test_a_shape_without_a_clear_inside_is_refused(shape: Any, why: str) -> None:
    with pytest.raises(InvalidShape, match=why) as caught:
        CellIndex([shapely.box(0, 0, 1, 1), shape], ["good", "zz-bad"])
    assert "zz-bad" in str(caught.value)


def test_threads_get_the_same_answers() -> None:
    shapes = stars(30, 80, seed=3)
    index, discs = CellIndex(shapes), Discs(edges_of(checked(shapes)))
    points = [np.random.default_rng(n).uniform(-1.5, 1.5, (2, 3_000)) for n in range(8)]
    radius = np.full(3_000, 2_000.0)

    def ask(xy: np.ndarray) -> tuple[list[int], list[int]]:
        pairs = index.pairs(*xy)
        return pairs[1].tolist(), discs.near(*xy, radius)[1].tolist()

    alone = [ask(xy) for xy in points]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, points)) == alone


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10_000),
    st.sampled_from([0.5, 9.0, 120.0, 3_000.0, 60_000.0, 500_000.0]),
    st.sampled_from([(113.0, 34.0), (0.0, 0.0), (-70.0, -53.0), (20.0, 79.0)]),
)
def test_distances_are_those_of_a_single_point(
    seed: int, radius: float, centre: tuple[float, float]
) -> None:
    shapes = [shapely.transform(s, lambda c: c * 0.3 + centre) for s in stars(4, 9, seed)]
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(-1, 1, (2, 60)) + np.array(centre)[:, None]
    point, shape, metres = Discs(edges_of(checked(shapes))).near(x, y, np.full(60, radius))
    found = {(int(p), int(s)): m for p, s, m in zip(point, shape, metres)}
    assert len(found) == len(point)
    for k, polygon in enumerate(shapes):
        single = Shape(shapely.geometry.mapping(polygon))
        for i in range(60):
            away = single.distance(x[i], y[i])
            if abs(away - radius) > 1e-6:
                assert ((i, k) in found) == (away < radius)
            if (i, k) in found:
                assert found[i, k] == pytest.approx(away, abs=1e-6)


def feature(*rings: list[tuple[float, float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(p) for p in ring] for ring in rings]}


def square(x: float, y: float, half: float) -> list[tuple[float, float]]:
    return [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]


# rings left open on purpose: GeoJSON closes them, careless files do not
MADE = {
    "fingerprint": "made",
    "units": {"1": {"shapes": {"nominal": feature(square(113, 34, 0.5))}}},
    "zones": {
        "a-unit": {"unit": "1"},
        "b-same": {"unit": "1", "basis": "approximate"},
        "c-egg": {
            "shapes": {
                "nominal": feature(square(113.2, 34, 0.2)),
                "core": feature(square(113.2, 34, 0.15), square(113.2, 34, 0.05)),
                "extent": feature(square(113.2, 34, 0.25)),
            }
        },
        "d-failed": {"failed": "lost", "shapes": {"nominal": feature(square(113, 34, 1))}},
        "e-undrawn": {"basis": "unmapped"},
    },
}


@pytest.mark.parametrize("made", [True, False], ids=["made", "shipped"])
def test_locations_are_those_of_a_single_point(made: bool) -> None:
    data = MADE if made else zonerules.open().data
    index, single = ZoneIndex(data, cached=False), prepare(data)
    rng = np.random.default_rng(11)
    corner = np.concatenate([shapely.get_coordinates(s) for s in index.index.shapes])
    some = corner[rng.integers(0, len(corner), 400)]
    x = np.concatenate(
        [rng.uniform(112, 116, 400), some[:, 0], some[:, 0] + rng.normal(0, 0.01, 400)]
    )
    y = np.concatenate(
        [rng.uniform(32, 36, 400), some[:, 1], some[:, 1] + rng.normal(0, 0.01, 400)]
    )
    radius = rng.choice([0.0, 0.5, 10.0, 700.0, 5_000.0, 40_000.0], len(x))
    located = index.locate(x, y, radius)
    seen = set()
    for i in range(len(x)):
        alone = single.locate(float(x[i]), float(y[i]), float(radius[i]))
        expected = {z: where.where for z, where in alone.items() if where.where != "outside"}
        assert located.distinct[located.ids[i]] == expected, (x[i], y[i], radius[i])
        one = index.locate_one(float(x[i]), float(y[i]), float(radius[i]))
        assert one == expected, (x[i], y[i], radius[i])
        seen |= set(expected.values())
    assert seen == {"inside", "near:position", "near:zone"}


def test_a_radius_of_exactly_the_distance_is_inside_but_not_outside() -> None:
    index, single = ZoneIndex(MADE, cached=False), prepare(MADE)
    for lon, lat in ((113.31, 34.0), (113.5, 34.3), (112.9, 34.1), (113.6, 34.0)):
        for zone in ("a-unit", "c-egg"):
            role = (
                "core" if index.locate([lon], [lat]).distinct[0].get(zone) == "inside" else "extent"
            )
            shapes = MADE["zones"][zone].get("shapes") or MADE["units"]["1"]["shapes"]
            away = Shape(shapes.get(role, shapes["nominal"])).distance(lon, lat)
            for radius in (away, math.nextafter(away, 0), math.nextafter(away, 1e9)):
                found = index.locate([lon], [lat], radius).distinct[0].get(zone, "outside")
                assert found == single.locate(lon, lat, radius)[zone].where


def test_a_place_that_is_none_is_unknown_and_not_outside() -> None:
    lon = [math.nan, math.inf, 113.0, 113.0, 361.0, 113.0, 113.0]
    lat = [34.0, 34.0, -math.inf, 90.5, 34.0, 34.0, 34.0]
    radius = [0, 0, 0, 0, 0, -1.0, math.nan]
    index = ZoneIndex(MADE, cached=False)
    located = index.locate(lon, lat, radius)
    assert located.ids.tolist() == [UNKNOWN] * 7
    assert located.distinct == []
    for place in zip(lon, lat, radius):
        with pytest.raises(ValueError, match="no place"):
            index.locate_one(*place)


def test_signed_distances_to_nominal() -> None:
    index, single = ZoneIndex(MADE, cached=False), prepare(MADE)
    lon, lat = np.array([113.2, 113.395, 113.405, 113.7]), np.array([34.0, 34.0, 34.0, 34.0])
    place, zone, metres = index.distances(lon, lat, 1_000.0)
    found = {(int(p), index.zones[z].zone): m for p, z, m in zip(place, zone, metres)}
    egg = [number for number, roles in enumerate(index.zones) if roles.zone == "c-egg"]
    some = index.distances(lon, lat, 1_000.0, egg)
    assert [a.tolist() for a in some] == [a.tolist() for a in (place, zone, metres)]
    others = set(range(len(index.zones))) - set(egg)
    assert not len(index.distances(lon, lat, 1_000.0, others)[0])
    assert set(found) == {(1, "c-egg"), (2, "c-egg")}
    for (p, z), value in found.items():
        alone = single.locate(lon[p], lat[p], distances=True)[z].distance_m
        assert value == pytest.approx(alone, abs=1e-6)
    assert found[1, "c-egg"] < 0 < found[2, "c-egg"]
