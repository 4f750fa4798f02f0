"""The Processing provider in QGIS: what is there, what comes out, what is refused."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    NULL,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDistanceArea,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsSettings,
    QgsVectorLayer,
)

import zonerules
from zonerules.layers.datum import wgs84_to_gcj02

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LON, LAT, DAY = 113.69, 34.735, "2017-11-20"
ACTIVITY = "operate-non-road-machinery"
ALGORITHMS = {
    "rulesatpoints",
    "checktable",
    "sourcesinzones",
    "ringsearch",
    "delimit",
    "exportcatalogue",
    "exportwebmap",
    "extracts",
    "lint",
}


class Heard(QgsProcessingFeedback):
    """Keeps what is said."""

    def __init__(self) -> None:
        super().__init__(False)
        self.infos: list[str] = []
        self.warnings: list[str] = []

    def pushInfo(self, info: str) -> None:
        self.infos.append(info)

    def pushWarning(self, warning: str) -> None:
        self.warnings.append(warning)


@pytest.fixture
def provider(qgis_processing: Any) -> Iterator[Any]:
    """The provider as ``qgis_process`` has it: without a window."""
    plugin = zonerules.classFactory(None)
    plugin.initProcessing()
    yield QgsApplication.processingRegistry().providerById("zonerules")
    plugin.unload()


def run(name: str, feedback: Heard | None = None, **parameters: Any) -> dict[str, Any]:
    import processing

    return processing.run(f"zonerules:{name}", parameters, feedback=feedback or Heard())


def layer_of(
    rows: Iterable[tuple[str | None, dict[str, str]]], crs: str = "EPSG:4326", kind: str = "Point"
) -> QgsVectorLayer:
    """A layer of (WKT or None, {column: text}) rows."""
    rows = list(rows)
    columns = list(dict.fromkeys(name for _, row in rows for name in row))
    fields = "".join(f"&field={name}:string(0)" for name in columns)
    layer = QgsVectorLayer(f"{kind}?crs={crs}{fields}", "places", "memory")
    features = []
    for wkt, row in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([row.get(name) for name in columns])
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    return layer


def rows_of(layer: QgsVectorLayer) -> list[dict[str, Any]]:
    names = layer.fields().names()
    return [
        {name: None if value == NULL else value for name, value in zip(names, feature.attributes())}
        for feature in layer.getFeatures()
    ]


def point(lon: float = LON, lat: float = LAT) -> str:
    return f"Point({lon!r} {lat!r})"


def command(*args: object) -> Any:
    """What the command line prints as JSON."""
    from zonerules.jobs.cli import main

    out = io.StringIO()
    keep, sys.stdout = sys.stdout, out
    try:
        main([str(arg) for arg in args])
    finally:
        sys.stdout = keep
    return json.loads(out.getvalue())


# -- the provider ---------------------------------------------------------------------------------


def test_the_provider_has_what_is_built_and_nothing_else(provider: Any) -> None:
    assert {algorithm.name() for algorithm in provider.algorithms()} == ALGORITHMS
    assert not provider.icon().isNull()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_name_and_parameter_is_told_in_both_languages(provider: Any, lang: str) -> None:
    QgsSettings().setValue("zonerules/language", lang)
    provider.refreshAlgorithms()
    for algorithm in provider.algorithms():
        words = [algorithm.displayName(), algorithm.group(), algorithm.shortHelpString()]
        words += [algorithm.shortDescription(), algorithm.helpUrl()]
        for parameter in algorithm.parameterDefinitions():
            words += [parameter.description(), parameter.help()]
        assert all(words), algorithm.name()
        assert "<b>" in algorithm.shortHelpString()
        han = any("\u4e00" <= char <= "\u9fff" for char in algorithm.displayName())
        assert han == (lang == "zh")
        example = "<b>例</b>" if lang == "zh" else "<b>Example</b>"
        assert example in algorithm.shortHelpString(), algorithm.name()


def test_the_window_adds_the_provider_and_takes_it_away(window: Any, qgis_processing: Any) -> None:
    registry = QgsApplication.processingRegistry()
    plugin = zonerules.classFactory(window)
    for _ in range(3):
        plugin.initGui()
        assert registry.providerById("zonerules") is not None
        plugin.unload()
        assert registry.providerById("zonerules") is None


def test_a_second_copy_keeps_its_provider_when_the_first_goes(
    window: Any, qgis_processing: Any
) -> None:
    registry = QgsApplication.processingRegistry()
    first, second = zonerules.classFactory(window), zonerules.classFactory(window)
    first.initGui()
    second.initGui()
    first.unload()
    assert registry.providerById("zonerules") is not None
    second.unload()
    assert registry.providerById("zonerules") is None


def test_the_names_follow_the_language(window: Any, plugin: Any, qgis_processing: Any) -> None:
    registry = QgsApplication.processingRegistry()
    assert registry.algorithmById("zonerules:lint").displayName() == "Check the catalogue"
    plugin.host.set_language("zh")
    assert registry.algorithmById("zonerules:lint").displayName() == "检查规则库"


def test_the_metadata_tells_qgis_process_of_the_provider() -> None:
    from pathlib import Path

    text = (Path(zonerules.__file__).parent / "metadata.txt").read_text(encoding="utf-8")
    assert "\nhasProcessingProvider=yes\n" in text


# -- rules at points ------------------------------------------------------------------------------


def test_every_attribute_and_geometry_stays(provider: Any) -> None:
    layer = layer_of([(point(), {"name": '甲; "乙"', "zone": "x"}), (point(), {"zone": "y"})])
    made = run("rulesatpoints", INPUT=layer, DATE=DAY, ACTIVITY=ACTIVITY, OUTPUT="memory:")
    names = made["OUTPUT"].fields().names()
    assert names == [
        *("name", "zone", "zr_inside", "zr_near", "zr_unmapped", "zr_verdict", "zr_rules"),
        *("zr_missing", "zr_distance_m", "zr_reason", "zr_error"),
    ]
    rows = rows_of(made["OUTPUT"])
    assert [(row["name"], row["zone"]) for row in rows] == [('甲; "乙"', "x"), (None, "y")]
    [feature, _] = made["OUTPUT"].getFeatures()
    assert feature.geometry().asWkt(12) == QgsGeometry.fromWkt(point()).asWkt(12)


def test_a_row_that_cannot_be_answered_stays_with_its_reason(provider: Any) -> None:
    layer = layer_of(
        [
            (None, {"n": "none"}),
            ("Point EMPTY", {"n": "empty"}),
            (point(213.0, 34.0), {"n": "far"}),
            (point(34.735, 113.69), {"n": "swapped"}),
            (point(), {"n": "fine"}),
        ]
    )
    heard = Heard()
    made = run("rulesatpoints", heard, INPUT=layer, DATE=DAY, ACTIVITY=ACTIVITY, OUTPUT="memory:")
    rows = {row["n"]: row for row in rows_of(made["OUTPUT"])}
    assert len(rows) == 5
    assert rows["none"]["zr_error"] == rows["empty"]["zr_error"] == "the row has no point"
    assert "213" in rows["far"]["zr_error"]
    assert "swapped" in rows["swapped"]["zr_error"]
    for name in ("none", "empty", "far", "swapped"):
        told = [rows[name][key] for key in rows[name] if key.startswith("zr_")]
        assert told.count(None) == len(told) - 1, name
    assert rows["fine"]["zr_error"] is None
    assert rows["fine"]["zr_verdict"] == "cannot_determine"
    assert any("4" in warning for warning in heard.warnings)


def test_a_multipoint_of_one_is_a_point_and_of_two_an_error(provider: Any) -> None:
    one, two = f"MultiPoint(({LON} {LAT}))", f"MultiPoint(({LON} {LAT}),({LON} 34.7))"
    layer = layer_of([(one, {"n": "1"}), (two, {"n": "2"})], kind="MultiPoint")
    made = run("rulesatpoints", INPUT=layer, DATE=DAY, ACTIVITY=ACTIVITY, OUTPUT="memory:")
    first, second = rows_of(made["OUTPUT"])
    assert first["zr_error"] is None
    assert "2 points" in second["zr_error"]
    assert second["zr_verdict"] is None


@pytest.mark.parametrize("crs", ["EPSG:4547", "EPSG:3857", "EPSG:4490"])
def test_any_crs_gives_the_same_answer(provider: Any, crs: str) -> None:
    """Expected from a layer in WGS84; the transforms move a point by less than a millimetre."""
    wgs84, other = (QgsCoordinateReferenceSystem(name) for name in ("EPSG:4326", crs))
    there = QgsCoordinateTransform(wgs84, other, QgsProject.instance())
    spots = [(113.64 + i * 0.01, 34.69 + j * 0.01) for i in range(8) for j in range(8)]
    moved = [there.transform(QgsPointXY(lon, lat)) for lon, lat in spots]
    asked = {"DATE": DAY, "ACTIVITY": ACTIVITY, "OUTPUT": "memory:"}
    plain = run("rulesatpoints", INPUT=layer_of((point(*spot), {}) for spot in spots), **asked)
    layer = layer_of(((point(at.x(), at.y()), {}) for at in moved), crs)
    other_way = run("rulesatpoints", INPUT=layer, **asked)
    expected, found = rows_of(plain["OUTPUT"]), rows_of(other_way["OUTPUT"])
    assert len({row["zr_inside"] for row in expected}) > 2
    for one, two in zip(expected, found):
        away = (one.pop("zr_distance_m"), two.pop("zr_distance_m"))
        assert one == two
        assert away == (None, None) or away[0] == pytest.approx(away[1], abs=0.11)


def test_a_layer_that_is_gcj02_in_disguise(provider: Any) -> None:
    """Half a kilometre decides on which side of the boundary of the ban a point lies."""
    lon, lat = 113.6605, 34.735
    shifted = wgs84_to_gcj02(lon, lat)
    asked = {"DATE": DAY, "ACTIVITY": ACTIVITY, "FACTS": "machine.stage=1", "OUTPUT": "memory:"}

    def zones(spot: tuple[float, float], datum: str) -> str:
        layer = layer_of([(point(*spot), {})])
        [row] = rows_of(run("rulesatpoints", INPUT=layer, DATUM=datum, **asked)["OUTPUT"])
        return f"{row['zr_inside']}|{row['zr_distance_m']}"

    true = zones((lon, lat), "wgs84")
    assert zones(shifted, "gcj02").split("|")[0] == true.split("|")[0]
    assert zones(shifted, "wgs84") != true


def test_a_layer_without_crs_is_refused(provider: Any) -> None:
    layer = QgsVectorLayer("Point?field=n:string", "nowhere", "memory")
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(QgsProcessingException, match="nowhere"):
        run("rulesatpoints", INPUT=layer, OUTPUT="memory:")


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"ACTIVITY": "mining"}, ("ACTIVITY", "mining", "mine")),
        ({"DATE": "2017-13-01"}, ("DATE", "2017-13-01")),
        ({"ALERT": "purple"}, ("ALERT", "purple", "orange")),
        ({"DATUM": "beijing54"}, ("DATUM", "beijing54", "gcj02")),
        ({"FACTS": "machine.stge=1"}, ("FACTS", "machine.stge", "machine.stage")),
        ({"FACTS": "machine.stage=x"}, ("machine.stage", "x")),
        ({"FACTS": "no equals sign"}, ("no equals sign",)),
        ({"FACTS_EXPRESSION": "map('a'"}, ("map('a'",)),
        ({"FACTS_EXPRESSION": '"nowhere"'}, ("nowhere",)),
        ({"LANGUAGE": "fr"}, ("fr", "zh")),
    ],
)
def test_bad_input_is_one_line_that_names_the_value(
    provider: Any, parameters: dict[str, str], words: tuple[str, ...]
) -> None:
    with pytest.raises(QgsProcessingException) as refused:
        run(
            "rulesatpoints", INPUT=layer_of([(point(), {"n": "1"})]), OUTPUT="memory:", **parameters
        )
    line = str(refused.value)
    assert "\n" not in line.strip()
    for word in words:
        assert word in line


def test_facts_and_dates_of_each_row(provider: Any) -> None:
    """Expected: rule GC-58 bans machines of stage I from 2017-06-01 on, and of 2015 none by age."""
    known = {"machine.made": "2015", "rule.GC-58": "met", "machine.black_smoke": "false"}
    rows = [
        ({"day": "2017-11-20", "stage": "1"}, "prohibited"),
        ({"day": "2017-11-20", "stage": "国三"}, "not_concerned"),
        ({"day": "2017-11-20", "stage": ""}, "cannot_determine"),
        ({"day": "", "stage": "1"}, "prohibited"),  # the date of all rows
        ({"day": "2016-01-01", "stage": "1"}, "no_data"),
    ]
    layer = layer_of((point(), row) for row, _ in rows)
    pairs = ", ".join(f"'{key}', '{value}'" for key, value in known.items())
    asked = {"INPUT": layer, "DATE": DAY, "ACTIVITY": ACTIVITY, "OUTPUT": "memory:"}
    made = run(
        "rulesatpoints",
        FACTS_EXPRESSION=f"map('machine.stage', \"stage\", {pairs})",
        DATE_EXPRESSION='"day"',
        **asked,
    )
    found = rows_of(made["OUTPUT"])
    direct = zonerules.open()
    for (row, expected), answer in zip(rows, found):
        given = {**known, "machine.stage": row["stage"]} if row["stage"] else known
        at = direct.at(LON, LAT, date=row["day"] or DAY, activity=ACTIVITY, facts=given)
        assert answer["zr_verdict"] == at["verdicts"][0]["verdict"] == expected
    assert found[2]["zr_missing"].split(";")[0] == "machine.stage"
    as_text = run(
        "rulesatpoints",
        FACTS_EXPRESSION="'machine.stage=' || \"stage\" || '; "
        + "; ".join(f"{key}={value}" for key, value in known.items())
        + "'",
        DATE_EXPRESSION='"day"',
        **asked,
    )
    for one, two in zip(found, rows_of(as_text["OUTPUT"])):
        if one["stage"]:
            assert one == two


def test_a_bad_cell_is_told_and_the_row_answered_without_it(provider: Any) -> None:
    rows = [{"stage": "many", "smoke": "true"}, {"stage": "1", "smoke": "perhaps"}]
    layer = layer_of((point(), row) for row in rows)
    facts = "map('machine.stage', \"stage\", 'machine.black_smoke', \"smoke\")"
    asked = {"DATE": DAY, "ACTIVITY": ACTIVITY, "OUTPUT": "memory:"}
    made = run("rulesatpoints", INPUT=layer, FACTS_EXPRESSION=facts, **asked)
    first, second = rows_of(made["OUTPUT"])
    assert "machine.stage=many" in first["zr_error"]
    assert "machine.black_smoke=perhaps" in second["zr_error"]
    direct = zonerules.open()
    for row, facts_left in (
        (first, {"machine.black_smoke": "true"}),
        (second, {"machine.stage": 1}),
    ):
        at = direct.at(LON, LAT, date=DAY, activity=ACTIVITY, facts=facts_left)
        assert row["zr_verdict"] == at["verdicts"][0]["verdict"]


def test_an_assertion_against_the_map_is_told_on_its_row(provider: Any) -> None:
    layer = layer_of([(point(), {"said": "zone.gc-district=outside"})])
    made = run(
        "rulesatpoints",
        INPUT=layer,
        DATE=DAY,
        ACTIVITY=ACTIVITY,
        FACTS_EXPRESSION='"said"',
        OUTPUT="memory:",
    )
    [row] = rows_of(made["OUTPUT"])
    assert "gc-district" in row["zr_error"]
    assert row["zr_verdict"] == "cannot_determine"


def test_several_activities_have_a_column_each(provider: Any) -> None:
    activities = [ACTIVITY, "operate-boiler"]
    layer = layer_of([(point(), {})])
    made = run(
        "rulesatpoints", INPUT=layer, DATE=DAY, ACTIVITY=";".join(activities), OUTPUT="memory:"
    )
    [row] = rows_of(made["OUTPUT"])
    assert "zr_verdict" not in row
    direct = zonerules.open()
    for activity in activities:
        at = direct.at(LON, LAT, date=DAY, activity=activity)
        assert row[f"zr_verdict_{activity.replace('-', '_')}"] == at["verdicts"][0]["verdict"]


def test_a_second_run_replaces_the_columns_of_the_first(provider: Any) -> None:
    asked = {"ACTIVITY": ACTIVITY, "OUTPUT": "memory:"}
    first = run("rulesatpoints", INPUT=layer_of([(point(), {"n": "1"})]), DATE=DAY, **asked)
    again = run("rulesatpoints", INPUT=first["OUTPUT"], DATE="2016-01-01", **asked)
    assert again["OUTPUT"].fields().names() == first["OUTPUT"].fields().names()
    [row] = rows_of(again["OUTPUT"])
    assert (row["n"], row["zr_verdict"]) == ("1", "no_data")


def test_distance_is_told_within_a_kilometre_and_signed(provider: Any, catalogue: Any) -> None:
    """Expected from the distances of every zone that rules on the activity name."""
    from zonerules.rules.place import zones_of

    chain = set(catalogue.book.broader(ACTIVITY))
    named = {
        zone
        for rule in catalogue.book.binding
        if chain & set(rule["activities"])
        for zone in zones_of(rule.get("where", []))
    }
    spots = [(113.60 + i * 0.017, 34.66 + i * 0.009) for i in range(12)]
    layer = layer_of((point(*spot), {}) for spot in spots)
    made = run("rulesatpoints", INPUT=layer, DATE=DAY, ACTIVITY=ACTIVITY, OUTPUT="memory:")
    told = [row["zr_distance_m"] for row in rows_of(made["OUTPUT"])]
    for spot, metres in zip(spots, told):
        located = catalogue.located.locate(*spot, 10.0, distances=True)
        away = [located[zone].distance_m for zone in named if zone in located]
        nearest = min((one for one in away if one is not None), key=abs)
        assert metres == (pytest.approx(nearest, abs=0.051) if abs(nearest) <= 1000 else None)
    assert any(metres is None for metres in told)
    assert any(metres is not None and metres < 0 for metres in told)


def test_cancelling_stops_soon_and_leaves_no_layer(provider: Any) -> None:
    heard = Heard()
    layer = layer_of((point(113.6 + i * 1e-5, LAT), {}) for i in range(3000))
    heard.progressChanged.connect(lambda _done: heard.cancel())
    made = run("rulesatpoints", heard, INPUT=layer, DATE=DAY, ACTIVITY=ACTIVITY, OUTPUT="memory:")
    assert "OUTPUT" not in made
    assert any("ancelled" in info for info in heard.infos)


def test_ten_thousand_points_take_seconds(provider: Any) -> None:
    import time

    spots = ((113.60 + (i % 100) * 0.002, 34.65 + (i // 100) * 0.002) for i in range(10_000))
    layer = layer_of((point(*spot), {}) for spot in spots)
    start = time.monotonic()
    made = run("rulesatpoints", INPUT=layer, DATE=DAY, ACTIVITY=ACTIVITY, OUTPUT="memory:")
    assert made["OUTPUT"].featureCount() == 10_000
    assert time.monotonic() - start < 60  # 14 s on the machine this was written on


# -- sources in zones -----------------------------------------------------------------------------


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


# -- ring search ----------------------------------------------------------------------------------


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


# -- export ---------------------------------------------------------------------------------------


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


# -- lint -----------------------------------------------------------------------------------------


def test_lint_tells_what_the_command_tells(provider: Any, tmp_path: Path) -> None:
    theirs = command("lint", "--json")
    page = tmp_path / "report.html"
    made = run("lint", OUTPUT="memory:", REPORT=str(page))
    rows = rows_of(made["OUTPUT"])
    assert [(r["severity"], r["file"], r["line"], r["what"]) for r in rows] == [
        (f["severity"], f["file"], f["line"], f["what"]) for f in theirs["findings"]
    ]
    assert made["SOUND"] is theirs["sound"]
    assert made["WARNINGS"] == len(rows)
    assert "<script" not in page.read_text(encoding="utf-8")


def test_lint_of_a_broken_folder(provider: Any, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    broken = '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "<b>x</b>"}]}'
    (folder / "zones.geojson").write_text(broken, encoding="utf-8")
    page = tmp_path / "report.html"
    made = run("lint", FOLDER=str(folder), OUTPUT="memory:", REPORT=str(page))
    assert made["SOUND"] is False
    assert made["ERRORS"] > 0
    assert "<b>x</b>" not in page.read_text(encoding="utf-8")


def test_lint_of_a_folder_with_nothing_to_check(provider: Any, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match=str(tmp_path)):
        run("lint", FOLDER=str(tmp_path), OUTPUT="memory:")


def test_without_shapely_lint_says_so(provider: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zonerules.plugin.processing.lint.find_spec", lambda name: None)
    algorithm = QgsApplication.processingRegistry().algorithmById("zonerules:lint")
    able, why = algorithm.canExecute()
    assert not able
    assert "shapely" in why


# -- how it looks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_output_is_styled_by_verdict(provider: Any, lang: str) -> None:
    QgsSettings().setValue("zonerules/language", lang)
    from zonerules.plugin.asking import palette

    context, project = QgsProcessingContext(), QgsProject.instance()
    context.setProject(project)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("zonerules:rulesatpoints")
    layer = layer_of([(point(), {})])
    from qgis.core import QgsProcessingOutputLayerDefinition

    output = QgsProcessingOutputLayerDefinition("memory:", project)
    output.destinationName = "shown"
    parameters = {"INPUT": layer, "ACTIVITY": ACTIVITY, "DATE": DAY, "OUTPUT": output}
    results, ok = algorithm.run(parameters, context, Heard())
    assert ok
    [details] = context.layersToLoadOnCompletion().values()
    made = context.takeResultLayer(results["OUTPUT"])
    details.postProcessor().postProcessLayer(made, context, Heard())
    renderer = made.renderer()
    assert renderer.classAttribute() == "zr_verdict"
    labels = {entry.value(): entry.label() for entry in renderer.categories() if entry.value()}
    outcomes = palette()["outcome"]
    assert labels == {name: outcomes[name]["label"][lang] for name in labels}
    assert len(labels) == 8
    icons = {
        entry.symbol().symbolLayer(0).path().rsplit("/", 1)[-1]
        for entry in renderer.categories()
        if entry.value()
    }
    assert len(icons) == 8  # never colour alone
    assert made.attributeDisplayName(made.fields().lookupField("zr_error")) == (
        "错误" if lang == "zh" else "Error"
    )


def test_csv_is_left_to_qgis(provider: Any, tmp_path: Path) -> None:
    """Any format QGIS writes will do; Chinese text survives."""
    path = tmp_path / "out.csv"
    layer = layer_of([(point(), {"名称": "某厂"})])
    run("rulesatpoints", INPUT=layer, DATE=DAY, ACTIVITY=ACTIVITY, OUTPUT=str(path))
    [row] = csv.DictReader(path.open(encoding="utf-8"))
    assert row["名称"] == "某厂"
    assert row["zr_verdict"] == "cannot_determine"
