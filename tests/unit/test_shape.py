"""Polygons and lines: parts of equal zone membership, shares that add up, answers that cover."""

from __future__ import annotations

import json
import math
import random
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

import zonerules
from zonerules.jobs.answer import BadInput
from zonerules.jobs.exchange.tables import shapes_of
from zonerules.jobs.present import to_text
from zonerules.jobs.shape import ask as shapes
from zonerules.jobs.shape.digest import digest, percent_text, size_text
from zonerules.jobs.shape.given import BadShape
from zonerules.layers.measure import area_m2, length_m
from zonerules.layers.parts import Part, cut, join_small
from zonerules.layers.planar import Planar
from zonerules.layers.point import prepare

GEOD = Geod(ellps="WGS84")
BAN = "gc-nrmm-ban"
DAY = "2017-11-20"
MACHINE = {"activity": "operate-non-road-machinery", "facts": {"machine.stage": 1}, "date": DAY}
STRENGTH = ("not_concerned", "exempt", "required", "restricted", "prohibited")


@pytest.fixture(scope="module")
def catalogue() -> Any:
    return zonerules.open()


def square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def ban(catalogue: Any, role: str) -> Any:
    return shapely.geometry.shape(catalogue.data["zones"][BAN]["shapes"][role])


def zone(answer: dict[str, Any], name: str) -> dict[str, Any]:
    return next(row for row in answer["zones"] if row["id"] == name)


# -- measuring -----------------------------------------------------------------------------------


def test_area_of_a_cell_of_the_graticule_is_the_ellipsoids_own() -> None:
    """Δλ times the closed form of the authalic latitude, worked out apart from the program."""
    e2 = 0.0066943799901413165
    e = math.sqrt(e2)
    a = 6378137.0

    def q(lat: float) -> float:
        s = math.sin(math.radians(lat))
        part = math.log((1 + e * s) / (1 - e * s)) / (2 * e)
        return a * a * (1 - e2) / 2 * (s / (1 - e2 * s * s) + part)

    expected = math.radians(0.5) * (q(35.25) - q(34.5))
    assert area_m2(square(113, 34.5, 113.5, 35.25)) == pytest.approx(expected, rel=1e-11)


@given(
    st.lists(st.tuples(st.floats(113.60, 113.62), st.floats(34.70, 34.72)), min_size=3, max_size=8)
)
@settings(max_examples=60, deadline=None)
def test_area_and_length_agree_with_geodesics_on_small_shapes(corners: Any) -> None:
    hull = shapely.MultiPoint(corners).convex_hull
    if hull.geom_type != "Polygon" or hull.area < 1e-8:
        return
    written = shapely.geometry.mapping(hull)
    # geodesics between corners close together keep to the edge that is straight in degrees
    area, around = GEOD.geometry_area_perimeter(shapely.segmentize(hull, 0.0002))
    assert area_m2(written) == pytest.approx(abs(area), rel=1e-6, abs=0.01)
    line = {"type": "LineString", "coordinates": written["coordinates"][0]}
    assert length_m(line) == pytest.approx(around, rel=1e-9)


def test_a_long_edge_is_straight_in_degrees_and_so_cuts_without_loss() -> None:
    whole = square(112, 34, 114, 35)
    halves = [square(112, 34, 113.3, 35), square(113.3, 34, 114, 35)]
    assert sum(map(area_m2, halves)) == pytest.approx(area_m2(whole), rel=1e-13)
    # the geodesic polygon through the same corners does lose: why it is not used
    geodesic = [abs(GEOD.geometry_area_perimeter(shapely.geometry.shape(h))[0]) for h in halves]
    other = abs(GEOD.geometry_area_perimeter(shapely.geometry.shape(whole))[0])
    assert abs(sum(geodesic) - other) > 1e3


def test_a_diagonal_line_is_measured_along_itself() -> None:
    dense = [[113 + 0.5 * n / 500, 34 + 0.7 * n / 500] for n in range(501)]
    line = {"type": "LineString", "coordinates": [dense[0], dense[-1]]}
    expected = GEOD.geometry_length(shapely.LineString(dense))
    assert length_m(line) == pytest.approx(expected, rel=1e-8)


# -- where ---------------------------------------------------------------------------------------


def test_a_square_wholly_inside_the_ban_area(catalogue: Any) -> None:
    answer = catalogue.shape(square(113.689, 34.734, 113.691, 34.736), **MACHINE)
    row = zone(answer, BAN)
    assert row["location"] == "inside"
    assert row["inside"]["percent"] == pytest.approx(100)
    (verdict,) = answer["verdicts"]
    assert (verdict["verdict"], verdict["scope"]) == ("prohibited", "whole")
    assert len(answer["parts"]) == 1


def test_a_square_far_from_every_zone_has_no_data(catalogue: Any) -> None:
    answer = catalogue.shape(square(121.0, 31.0, 121.1, 31.1), **MACHINE)
    assert answer["zones"] == []
    (verdict,) = answer["verdicts"]
    assert (verdict["verdict"], verdict["scope"]) == ("no_data", "whole")
    assert verdict["at_most"] is None


def test_a_square_across_the_edge_has_the_shares_that_shapely_finds(catalogue: Any) -> None:
    """At accuracy 0: inside is what lies in core, near what lies in extent only."""
    core, extent = ban(catalogue, "core"), ban(catalogue, "extent")
    west, south, _east, north = core.bounds
    middle = (south + north) / 2
    box = shapely.box(west - 0.02, middle - 0.01, west + 0.02, middle + 0.01)
    answer = catalogue.shape(shapely.geometry.mapping(box), accuracy_m=0, **MACHINE)
    row = zone(answer, BAN)
    expected = {
        "inside": box & core,
        "near": (box & extent) - core,
        "outside": box - extent,
    }
    assert row["location"] == "split"
    for where, part in expected.items():
        size = area_m2(shapely.geometry.mapping(part))
        assert size > 1000
        assert row[where]["m2"] == pytest.approx(size, abs=4 * answer["measure"]["sliver"]), where
    (verdict,) = answer["verdicts"]
    assert (verdict["verdict"], verdict["scope"]) == ("prohibited", "part")


def test_accuracy_makes_a_band_on_both_sides_and_never_too_narrow(catalogue: Any) -> None:
    """A zone with an exact edge along a meridian: the band is 2 r wide, a little more at most."""
    ring = [[113.0, 34.0], [113.5, 34.0], [113.5, 35.0], [113.0, 35.0], [113.0, 34.0]]
    drawn = {"z": {"nominal": {"type": "MultiPolygon", "coordinates": [[ring]]}}}
    engine = Planar()
    box = engine.read(square(113.49, 34.5, 113.51, 34.51))
    for radius in (1.0, 10.0, 300.0):
        parts = {part.wheres["z"]: part for part in cut(engine, box, 2, drawn, radius)}
        assert set(parts) == {"inside", "near:position", "outside"}
        west, _south, east, _north = parts["near:position"].shape.bounds
        widths = [
            GEOD.line_length([113.5, side], [lat, lat])
            for side in (west, east)
            for lat in (34.5, 34.51)
        ]
        assert all(radius <= width <= radius * 1.02 + 0.25 for width in widths), widths


def test_shares_of_every_zone_add_up(catalogue: Any) -> None:
    answer = catalogue.shape(square(113.55, 34.65, 113.80, 34.85), date=DAY)
    assert abs(answer["measure"]["unaccounted_percent"]) < 1e-6
    total = answer["measure"]["total"]
    assert sum(part["m2"] for part in answer["parts"]) == pytest.approx(total, rel=1e-8)
    assert sum(part["percent"] for part in answer["parts"]) == pytest.approx(100, abs=1e-6)
    for row in answer["zones"]:
        shares = [row[where]["percent"] for where in ("inside", "near", "unmapped", "outside")]
        assert sum(shares) == pytest.approx(100, abs=1e-6), row["id"]
    for row in (*answer["verdicts"], *answer["rules"]):
        assert sum(share["percent"] for share in row["shares"]) == pytest.approx(100, abs=1e-6)


def test_a_line_is_measured_in_metres_and_cut_at_the_edge(catalogue: Any) -> None:
    core = ban(catalogue, "core")
    west, south, _east, north = core.bounds
    line = shapely.LineString([[west - 0.02, south - 0.01], [west + 0.03, north]])
    answer = catalogue.shape(shapely.geometry.mapping(line), accuracy_m=0, **MACHINE)
    assert answer["measure"]["unit"] == "m"
    row = zone(answer, BAN)
    inside = length_m(shapely.geometry.mapping(line & core))
    assert row["inside"]["m"] == pytest.approx(inside, abs=0.2)
    assert {part["geometry"]["type"] for part in answer["parts"]} == {"MultiLineString"}


# -- what a part says holds for its points -------------------------------------------------------


def samples(part: Any, seed: int, count: int) -> list[tuple[float, float]]:
    area = shapely.geometry.shape(part["geometry"])
    west, south, east, north = area.bounds
    dice, found = random.Random(seed), []
    for _ in range(60 * count):
        place = dice.uniform(west, east), dice.uniform(south, north)
        if area.contains(shapely.Point(place)):
            found.append(place)
        if len(found) == count:
            break
    return found


CENTRES = [(113.66, 34.74), (113.70, 34.70), (113.45, 34.80), (113.02, 34.75), (114.02, 32.98)]


@pytest.mark.thorough
@given(
    st.sampled_from(CENTRES),
    st.lists(st.floats(0.2, 1.0), min_size=5, max_size=9),
    st.sampled_from([0.01, 0.05, 0.2]),
    st.sampled_from([0.0, 10.0, 400.0]),
    st.integers(0, 999),
)
@settings(max_examples=25, deadline=None)
def test_the_answer_of_every_point_is_covered_by_that_of_its_part(
    centre: Any, radii: list[float], reach: float, accuracy: float, seed: int
) -> None:
    asked = CATALOGUE
    turns = [2 * math.pi * n / len(radii) for n in range(len(radii))]
    ring = [
        [centre[0] + reach * r * math.cos(t), centre[1] + reach * r * math.sin(t)]
        for r, t in zip(radii, turns)
    ]
    star = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    answer = asked.shape(star, accuracy_m=accuracy, **MACHINE)
    for part in answer["parts"]:
        (told,) = part["verdicts"]
        for lon, lat in samples(part, seed, 3):
            point = asked.at(lon, lat, accuracy_m=accuracy, **MACHINE)
            (verdict,) = point["verdicts"]
            if told["at_most"] is not None and verdict["at_most"] is not None:
                strengths = [STRENGTH.index(told["at_least"]), STRENGTH.index(told["at_most"])]
                low, high = STRENGTH.index(verdict["at_least"]), STRENGTH.index(verdict["at_most"])
                assert strengths[0] <= low <= high <= strengths[1]
            if told["verdict"] not in ("cannot_determine", "conflict"):
                assert verdict["verdict"] == told["verdict"], (lon, lat)
            inside = {row["id"] for row in point["zones"] if row["location"] == "inside"}
            possible = {row["id"] for row in point["zones"]}
            assert set(part["inside"]) <= inside
            assert possible <= {*part["inside"], *part["near"], *part["unmapped"]}


CATALOGUE = zonerules.open()


def test_the_parts_lie_where_the_point_locator_says(catalogue: Any) -> None:
    zones = prepare(catalogue.data)
    drawn = {
        name: found
        for name, record in catalogue.data["zones"].items()
        if (found := shapes_of(catalogue.data, record))
    }
    engine = Planar()
    box = square(113.60, 34.66, 113.78, 34.80)
    checked = 0
    for part in cut(engine, engine.read(box), 2, drawn, 50.0):
        told = {"geometry": engine.write(part.shape)}
        for lon, lat in samples(told, 7, 6):
            for name, found in zones.locate(lon, lat, 50.0).items():
                where = part.wheres[name]
                assert where == found.where or where.startswith("near"), (name, lon, lat)
                checked += 1
    assert checked > 500


# -- small parts ---------------------------------------------------------------------------------


def test_small_parts_join_a_neighbour_that_covers_them_or_one_another() -> None:
    engine = Planar()

    def part(west: float, east: float, size: float, a: str, b: str) -> Part:
        return Part(engine.box(west, 0, east, 1), size, {"a": a, "b": b})

    parts = [
        part(0, 10, 10.0, "inside", "inside"),
        part(10, 15, 5.0, "near:zone", "inside"),
        part(15, 15.1, 0.1, "outside", "inside"),  # fits under the second
        part(15.1, 15.2, 0.1, "outside", "outside"),  # fits nowhere
        part(15.2, 15.25, 0.05, "inside", "outside"),  # fits nowhere
    ]
    joined = join_small(engine, parts, 1.0, 100)
    assert [(round(p.size, 3), p.joined, dict(p.wheres)) for p in joined] == [
        (10.0, 0, {"a": "inside", "b": "inside"}),
        (5.1, 1, {"a": "near:zone", "b": "inside"}),
        (0.15, 1, {"a": "near:zone", "b": "outside"}),
    ]
    assert len(join_small(engine, parts, 0.0, 3)) == 3
    assert sum(p.size for p in join_small(engine, parts, 0.0, 3)) == pytest.approx(15.25)


# -- what cannot be asked ------------------------------------------------------------------------

NAN = float("nan")
REFUSED = {
    "zero_area": {
        "type": "Polygon",
        "coordinates": [[[113, 34], [113.5, 34.5], [114, 35], [113, 34]]],
    },
    "few_corners": {"type": "Polygon", "coordinates": [[[113, 34], [114, 35], [113, 34]]]},
    "not_finite": square(113.6, NAN, 113.7, 34.8),
    "huge": square(80.0, 20.0, 120.0, 40.0),
    "antimeridian": square(-179.0, 34.0, 179.5, 35.0),
    "swapped": {"type": "Polygon", "coordinates": [[[34, 113], [34, 114], [35, 114], [34, 113]]]},
    "range": square(38468000.0, 3846000.0, 38469000.0, 3847000.0),
    "point": {"type": "Point", "coordinates": [113.6, 34.7]},
    "mixed": {
        "type": "GeometryCollection",
        "geometries": [
            square(113, 34, 114, 35),
            {"type": "LineString", "coordinates": [[113, 34], [114, 35]]},
        ],
    },
    "short_line": {"type": "LineString", "coordinates": [[113, 34], [113, 34]]},
    "empty": {"type": "FeatureCollection", "features": []},
    "geojson": {"type": "Polygon", "coordinates": "113,34"},
    "type": {"type": "Circle", "coordinates": [1, 2]},
    "crs": {
        **square(113, 34, 114, 35),
        "crs": {"type": "name", "properties": {"name": "EPSG:4547"}},
    },
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_shape_that_cannot_be_asked_says_why(catalogue: Any, code: str) -> None:
    with pytest.raises(BadShape) as told:
        catalogue.shape(REFUSED[code], date=DAY)
    assert told.value.code == code
    assert "\n" not in str(told.value)
    assert told.value.text["zh"] != told.value.text["en"]


@pytest.mark.parametrize(
    "bad",
    [
        None,
        {},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": [[["113", "34"], ["114", "34"], ["114", "35"]]]},
        {"type": "Polygon", "coordinates": [[1, 2, 3]]},
        {"type": "Polygon", "coordinates": [[[True, False], [1, 2], [3, 4]]]},
        {"type": ["Polygon"], "coordinates": [[1, 2]]},
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": {"a": 1}}},
    ],
)
def test_what_is_no_geojson_is_refused_in_one_line(catalogue: Any, bad: Any) -> None:
    with pytest.raises(BadInput):
        catalogue.shape(bad, date=DAY)


def codes(answer: dict[str, Any]) -> list[str]:
    return [row["code"] for row in answer["notes"]]


def test_a_bow_tie_is_repaired_with_a_note(catalogue: Any) -> None:
    ring = [[113.68, 34.73], [113.70, 34.74], [113.70, 34.73], [113.68, 34.74], [113.68, 34.73]]
    answer = catalogue.shape({"type": "Polygon", "coordinates": [ring]}, **MACHINE)
    assert codes(answer) == ["repaired"]
    half = 0.5 * area_m2(square(113.68, 34.73, 113.70, 34.74))
    assert answer["measure"]["total"] == pytest.approx(half, rel=1e-4)


def test_repeated_corners_open_rings_and_overlaps_are_noted(catalogue: Any) -> None:
    ring = [[113.68, 34.73], [113.68, 34.73], [113.70, 34.73], [113.70, 34.74], [113.68, 34.74]]
    one = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}}
    answer = catalogue.shape({"type": "FeatureCollection", "features": [one, one]}, **MACHINE)
    assert codes(answer) == ["repeated", "unclosed", "several", "overlap"]
    expected = area_m2(square(113.68, 34.73, 113.70, 34.74))
    assert answer["measure"]["total"] == pytest.approx(expected)


def test_more_than_ten_thousand_corners_are_answered(catalogue: Any) -> None:
    count = 12_000
    turns = [2 * math.pi * n / count for n in range(count)]
    ring = [[113.69 + 0.05 * math.cos(t), 34.735 + 0.05 * math.sin(t)] for t in turns]
    answer = catalogue.shape({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}, **MACHINE)
    assert answer["query"]["corners"] == count
    assert abs(answer["measure"]["unaccounted_percent"]) < 1e-6
    with pytest.raises(BadShape, match="simplify"):
        catalogue.shape({"type": "Polygon", "coordinates": [ring * 9]}, date=DAY)


def test_gcj02_is_moved_and_an_unknown_datum_widens_the_band(catalogue: Any) -> None:
    box = square(113.68, 34.73, 113.69, 34.74)
    moved = catalogue.shape(box, datum="gcj02", **MACHINE)
    lon, lat = moved["query"]["centre"]
    assert (lon, lat) != pytest.approx((113.685, 34.735), abs=1e-3)
    assert catalogue.shape(box, datum="unknown", **MACHINE)["query"]["radius_m"] == 710


# -- asking --------------------------------------------------------------------------------------


def test_bad_questions_are_refused_like_those_of_a_point(catalogue: Any) -> None:
    box = square(113.68, 34.73, 113.69, 34.74)
    for wrong in (
        {"date": "yesterday"},
        {"activity": "dance"},
        {"alert": "pink"},
        {"facts": {"machine.stage": "many"}},
        {"accuracy_m": -1},
        {"datum": "mars"},
    ):
        with pytest.raises(BadInput):
            catalogue.shape(box, **wrong)


def test_an_assertion_holds_where_the_map_leaves_it_open(catalogue: Any) -> None:
    core = ban(catalogue, "core")
    west, south, _east, north = core.bounds
    middle = (south + north) / 2
    box = square(west - 0.02, middle - 0.01, west + 0.02, middle + 0.01)
    facts = {**MACHINE["facts"], f"zone.{BAN}": "inside"}
    answer = catalogue.shape(box, **{**MACHINE, "facts": facts})
    row = zone(answer, BAN)
    assert row["asserted"]
    assert row["near"]["percent"] == 0
    assert row["outside"]["percent"] > 1  # certain, so the assertion yields there
    assert "assertion" in codes(answer)
    inner = square(113.689, 34.734, 113.691, 34.736)
    with pytest.raises(BadShape, match="contradicts"):
        catalogue.shape(inner, facts={f"zone.{BAN}": "outside"}, date=DAY)


def test_the_last_day_is_that_of_any_part(catalogue: Any) -> None:
    box = square(113.66, 34.70, 113.72, 34.76)
    query = shapes.ShapeQuery(date="last")
    pieces = shapes.pieces_of(catalogue.data, box, Planar(), query)
    days = set()
    for part in pieces.parts:
        for lon, lat in samples({"geometry": pieces.engine.write(part.shape)}, 3, 1):
            days.add(catalogue.at(lon, lat, date="last")["query"]["date"])
    assert shapes.answer(catalogue.data, catalogue.book, pieces, query)["query"]["date"] == max(
        days
    )


def test_a_document_of_some_part_is_not_said_to_be_of_elsewhere(catalogue: Any) -> None:
    """Its plan has ended; it is of this district inside, of another one beyond its border."""
    document = "guanzheng-2017-98"
    across = catalogue.shape(square(113.69, 34.735, 113.725, 34.75), date="2026-01-01")
    row = zone(across, "gc-district")
    assert min(row["inside"]["percent"], row["outside"]["percent"]) > 0
    assert document not in across["coverage"]["reaching"]
    assert document in across["coverage"]["expired"]
    along = catalogue.shape(square(113.69, 34.76, 113.70, 34.775), date="2026-01-01")
    assert zone(along, "gc-district")["inside"]["percent"] == 0
    assert document in along["coverage"]["unsure"]
    assert document not in along["coverage"]["reaching"]


def test_the_answer_is_plain_json_with_stable_names(catalogue: Any) -> None:
    answer = catalogue.shape(square(113.66, 34.70, 113.72, 34.76), date=DAY)
    assert json.loads(json.dumps(answer)) == answer
    assert list(answer) == [
        *("schema", "catalogue", "query", "notes", "measure", "coverage", "verdicts", "zones"),
        *("rules", "parts", "ask", "next_change"),
    ]
    assert answer["schema"] == "zonerules/shape/1"
    scopes = {row["scope"] for row in answer["rules"]}
    assert scopes <= {"whole", "part", "open", "exempt"}
    for row in answer["rules"]:
        binds = {share["outcome"] for share in row["shares"]} & {"applies", "due"}
        assert (row["scope"] in ("whole", "part")) == bool(binds)


# -- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("more", [{}, {"activity": "operate-non-road-machinery"}])
def test_the_digest_tells_verdict_zones_and_parts(catalogue: Any, lang: str, more: Any) -> None:
    answer = catalogue.shape(square(113.66, 34.70, 113.72, 34.76), date=DAY, **more)
    text = to_text(digest(answer, catalogue.book, lang), columns=200)
    name = catalogue.book.zones[BAN]["name"][lang]
    assert name in text
    share = percent_text(zone(answer, BAN)["inside"]["percent"])
    assert share in text
    assert "{" not in text
    words = ("整个图形", "分块") if lang == "zh" else ("[Parts]", "Part 1")
    assert all(word in text for word in words[1:])


def test_percentages_and_sizes_never_hide_a_rest() -> None:
    shares = (0, 1e-9, 0.04, 0.05, 50, 99.94, 99.96, 100)
    assert [percent_text(share) for share in shares] == [
        *("0 %", "< 0.1 %", "< 0.1 %", "0.1 %", "50.0 %", "99.9 %", "> 99.9 %", "100 %")
    ]
    assert size_text(9000, "m2", "zh") == "9,000.0 平方米（13.50 亩）"
    assert size_text(123456, "m2", "en") == "12.35 ha"
    assert size_text(2.5e7, "m2", "zh") == "25.00 平方公里"
    assert size_text(812.34, "m", "en") == "812.3 m"
