"""The algorithms sourcesinzones, ringsearch and exportcatalogue against the command line."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsDistanceArea,
    QgsPointXY,
    QgsProcessingException,
    QgsVectorLayer,
)

import zonerules
from zonerules.tests.qgis.toolbox import DAY, LAT, LON, command, layer_of, point, rows_of, run

if TYPE_CHECKING:
    from pathlib import Path


# -- sources in zones ------------------------------------------------------------------------------


def test_sources_in_zones_are_those_of_the_command(provider: Any) -> None:
    zones = ["gc-district", "jy-city", "gc-nrmm-ban"]
    made = run(
        "sourcesinzones", ZONES=";".join(zones), DATE=DAY, OUTPUT="memory:", SUMMARY="memory:"
    )
    rows, summary = rows_of(made["OUTPUT"]), rows_of(made["SUMMARY"])
    for zone in zones:
        told = command("sources", "--within", zone, "--as-of", DAY, "--json")
        for relation, key in (("inside", "sources"), ("undetermined", "undetermined")):
            ours = [r["source"] for r in rows if r["zone"] == zone and r["relation"] == relation]
            assert sorted(ours) == sorted(row["id"] for row in told[key]), (zone, relation)
        kinds = [row for row in summary if row["zone"] == zone]
        assert {row["kind"]: row["inside"] for row in kinds if row["inside"]} == told["counts"]
        assert sum(row["undetermined"] for row in kinds) == len(told["undetermined"])
        for figure, total in told["totals"].items():
            assert sum(row[figure] or 0 for row in kinds) == pytest.approx(total)
    assert made["INSIDE"] == sum(row["relation"] == "inside" for row in rows)
    assert all(row["location"] in ("inside", "near", "unmapped") for row in rows)
    assert {row["location"] for row in rows if row["relation"] == "inside"} == {"inside"}


def test_sources_of_some_kinds(provider: Any) -> None:
    made = run("sourcesinzones", ZONES="jy-city", KIND="power_plant;boiler", OUTPUT="memory:")
    kinds = {row["kind"] for row in rows_of(made["OUTPUT"])}
    assert kinds <= {"power_plant", "boiler"}
    assert "power_plant" in kinds


def test_a_source_without_coordinates_is_there_without_geometry(provider: Any) -> None:
    made = run("sourcesinzones", ZONES="gc-district", OUTPUT="memory:")
    shapes = {f["source"]: f.geometry().isNull() for f in made["OUTPUT"].getFeatures()}
    assert shapes["gc-micro-stations"] is True
    assert shapes["jinxing-brewery"] is False


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"ZONES": "gc-distric"}, ("ZONES", "gc-distric", "gc-district")),
        ({"ZONES": " ; "}, ("choose",)),
        ({"ZONES": "jy-city", "KIND": "power_plants"}, ("KIND", "power_plant")),
        ({"ZONES": "jy-city", "DATE": "soon"}, ("DATE", "soon")),
    ],
)
def test_bad_zones_kinds_and_days(
    provider: Any, parameters: dict[str, str], words: tuple[str, ...]
) -> None:
    with pytest.raises(QgsProcessingException) as refused:
        run("sourcesinzones", OUTPUT="memory:", **parameters)
    for word in words:
        assert word in str(refused.value)


# -- ring search -----------------------------------------------------------------------------------


def rings(**parameters: Any) -> tuple[list[Any], list[Any], Any]:
    outputs = {name: "memory:" for name in ("SOURCES", "ZONES", "RINGS")}
    made = run("ringsearch", **outputs, **parameters)
    return rows_of(made["SOURCES"]), rows_of(made["ZONES"]), made["RINGS"]


def test_sources_around_a_point_are_those_of_the_command(provider: Any) -> None:
    place = (112.75, 35.16)
    sources, _, _ = rings(POINT=f"{place[0]},{place[1]} [EPSG:4326]", RADII="5;2;20")
    for radius in (2, 5, 20):
        told = command("sources", "--near", *place, "--radius", radius, "--json")["sources"]
        ours = [(r["source"], r["distance_m"]) for r in sources if r["ring_km"] <= radius]
        assert ours == [(row["id"], row["distance_m"]) for row in told], radius
    assert {row["ring_km"] for row in sources} > {20.0}


def test_the_rings_are_geodesic_and_do_not_overlap(provider: Any) -> None:
    """Expected: every corner of a ring is as far from the centre as an independent ellipsoidal
    distance says, and the rings together have the area of the largest circle."""
    _, _, layer = rings(POINT=f"{LON},{LAT} [EPSG:4326]", RADII="1;3;50")
    ruler = QgsDistanceArea()
    ruler.setEllipsoid("EPSG:7030")
    centre = QgsPointXY(LON, LAT)
    found = {f["outer_km"]: f for f in layer.getFeatures()}
    assert [(km, f["inner_km"]) for km, f in found.items()] == [(1, 0), (3, 1), (50, 3)]
    for km, feature in found.items():
        away = [
            ruler.measureLine(centre, QgsPointXY(corner)) / 1000
            for corner in feature.geometry().vertices()
        ]
        assert max(away) == pytest.approx(km, rel=1e-6)
        assert min(away) == pytest.approx(feature["inner_km"] or km, rel=1e-6)
    assert not found[1].geometry().intersection(found[3].geometry()).area() > 1e-12


def test_zones_around_a_point(provider: Any, catalogue: Any) -> None:
    """Expected from the distances to every drawn zone, and from `within` for undrawn ones."""
    _, zones, _ = rings(POINT=f"{LON},{LAT} [EPSG:4326]", RADII="1;10")
    listed = {row["zone"]: row for row in zones}
    located = catalogue.located.locate(LON, LAT, distances=True)
    for zone, found in located.items():
        record = catalogue.data["zones"][zone]
        if record["basis"] == "approximate":
            continue
        near = found.where == "inside" or found.distance_m <= 10_000
        core = zone in listed and listed[zone]["ring_km"] is not None
        if near:
            assert core, zone
            assert listed[zone]["distance_m"] == pytest.approx(found.distance_m, abs=0.051)
    assert listed["gc-nrmm-ban"]["location"] == "inside"
    assert listed["gc-nrmm-ban"]["ring_km"] == 1
    assert listed["zz-urban"]["ring_km"] is None  # undrawn, in the city that is
    assert "drawn" in listed["zz-urban"]["note"]
    assert "jy-city" not in listed
    assert not [zone for zone in listed if catalogue.data["zones"][zone]["basis"] == "object"]


def test_around_a_source_and_around_a_zone(provider: Any, catalogue: Any) -> None:
    sources, zones, layer = rings(SOURCE="jinxing-brewery", ZONE="gc-district", RADII="3")
    assert {row["centre"] for row in sources} == {
        catalogue.data["zones"]["gc-district"]["name"]["en"],
        "boiler of the Jinxing brewery",
    }
    around = [row for row in sources if row["centre"].startswith("boiler")]
    assert around[0]["source"] == "jinxing-brewery"
    assert around[0]["distance_m"] == 0
    district = catalogue.data["zones"]["gc-district"]["name"]["en"]
    neighbours = {row["zone"]: row for row in zones if row["centre"] == district}
    assert neighbours["gc-nrmm-ban"]["distance_m"] == 0
    assert "gc-district" not in neighbours
    ring = next(f for f in layer.getFeatures() if f["centre"] == district).geometry()
    ruler = QgsDistanceArea()
    ruler.setEllipsoid("EPSG:7030")
    # a corner of the buffer is 3 km from the district by the distances of the catalogue
    corner = next(ring.vertices())
    away = catalogue.located.locate(corner.x(), corner.y(), distances=True)["gc-district"]
    assert away.distance_m == pytest.approx(3000, rel=1e-3)


def test_around_every_point_of_a_layer(provider: Any) -> None:
    layer = layer_of([(point(), {}), (None, {}), (point(112.7165, 35.1676), {})])
    sources, _, made = rings(INPUT=layer, RADII="2")
    assert made.featureCount() == 2
    assert {row["source"] for row in sources} >= {"jy-qinbei", "jinxing-brewery"}


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({}, ("centre",)),
        ({"POINT": "113,34 [EPSG:4326]", "RADII": "1;x"}, ("Radii", "x")),
        ({"POINT": "113,34 [EPSG:4326]", "RADII": "-2"}, ("Radii", "-2")),
        ({"POINT": "113,34 [EPSG:4326]", "RADII": "nan"}, ("Radii", "nan")),
        ({"POINT": "113,95 [EPSG:4326]"}, ("Centre", "95")),
        ({"SOURCE": "no-such"}, ("SOURCE", "no-such")),
        ({"SOURCE": "gc-micro-stations"}, ("gc-micro-stations", "location")),
        ({"ZONE": "zz-urban"}, ("zz-urban", "drawn")),
    ],
)
def test_bad_centres_and_radii(
    provider: Any, parameters: dict[str, str], words: tuple[str, ...]
) -> None:
    with pytest.raises(QgsProcessingException) as refused:
        rings(**{"RADII": "1", **parameters})
    for word in words:
        assert word in str(refused.value)


# -- export ----------------------------------------------------------------------------------------


def tables_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every attribute of every layer of a GeoPackage, without its row ids and geometry."""
    with sqlite3.connect(path) as db:
        names = [row[0] for row in db.execute("SELECT table_name FROM gpkg_contents")]
        found = {}
        for name in names:
            columns = [row[1] for row in db.execute(f'PRAGMA table_info("{name}")')]
            columns = [column for column in columns if column not in ("fid", "geom")]
            cells = ", ".join(f'"{column}"' for column in columns)
            rows = db.execute(f'SELECT {cells} FROM "{name}"').fetchall()
            found[name] = [tuple(columns), *rows]
    return found


def test_the_geopackage_holds_what_the_command_writes(provider: Any, tmp_path: Path) -> None:
    theirs, ours = tmp_path / "theirs.gpkg", tmp_path / "ours.gpkg"
    line = [sys.executable, "-m", "zonerules", "export", "-o", str(theirs)]
    subprocess.run(line, check=True, capture_output=True)  # its GDAL is not QGIS's
    made = run("exportcatalogue", OUTPUT=str(ours))
    assert tables_of(ours) == tables_of(theirs)
    assert made["ZONES"] == len(zonerules.open().data["zones"])
    for name in ("zones", "lines", "sources"):
        layers = [
            QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for path in (theirs, ours)
        ]
        shapes = [[f.geometry().asWkb() for f in layer.getFeatures()] for layer in layers]
        assert shapes[0] == shapes[1]
    with sqlite3.connect(ours) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (10200,)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


PARTS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"KIND": "sources"}, ["--kind", "sources"]),
    ({"DOCUMENT": "shanhuan-2022-7"}, ["--document", "shanhuan-2022-7"]),
]


INSPIRE: tuple[dict[str, Any], list[str]] = (
    {"INSPIRE": True, "LANGUAGE": "en"},
    ["--inspire", "--lang", "en"],
)


@pytest.mark.parametrize(
    ("suffix", "parameters", "options"),
    [
        *((suffix, *part) for suffix in (".geojson", ".json") for part in PARTS),
        (".geojson", *INSPIRE),  # in no other format
    ],
)
def test_the_other_formats_are_the_commands_to_the_byte(
    provider: Any, tmp_path: Path, suffix: str, parameters: dict[str, Any], options: list[str]
) -> None:
    theirs, ours = tmp_path / f"theirs{suffix}", tmp_path / f"ours{suffix}"
    from zonerules.jobs.cli import main

    main(["export", "-o", str(theirs), *options])
    run("exportcatalogue", OUTPUT=str(ours), **parameters)
    assert ours.read_bytes() == theirs.read_bytes()


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"OUTPUT": "{}/x.shp"}, ("x.shp", ".gpkg")),
        ({"OUTPUT": "{}/no/x.gpkg"}, ("no/x.gpkg",)),
        ({"OUTPUT": "{}/x.gpkg", "DOCUMENT": "no-such"}, ("DOCUMENT", "no-such")),
        ({"OUTPUT": "{}/x.gpkg", "KIND": "roads"}, ("roads", "zones")),
        ({"OUTPUT": "{}/x.gpkg", "INSPIRE": True}, ("INSPIRE",)),
    ],
)
def test_bad_exports_write_nothing(
    provider: Any, tmp_path: Path, parameters: dict[str, Any], words: tuple[str, ...]
) -> None:
    output = str(parameters["OUTPUT"]).format(tmp_path)
    with pytest.raises(QgsProcessingException) as refused:
        run("exportcatalogue", **{**parameters, "OUTPUT": output})
    for word in words:
        assert word in str(refused.value)
    assert list(tmp_path.iterdir()) == []
