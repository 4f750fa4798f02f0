"""The algorithm rulesatpoints: every row answered, every cell kept, whatever the CRS."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProject,
    QgsVectorLayer,
)

import zonerules
from zonerules.layers.datum import wgs84_to_gcj02
from zonerules.tests.qgis.toolbox import (
    ACTIVITY,
    DAY,
    LAT,
    LON,
    Heard,
    layer_of,
    point,
    rows_of,
    run,
)


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


@pytest.mark.thorough
def test_ten_thousand_points_take_seconds(provider: Any) -> None:
    import time

    spots = ((113.60 + (i % 100) * 0.002, 34.65 + (i // 100) * 0.002) for i in range(10_000))
    layer = layer_of((point(*spot), {}) for spot in spots)
    start = time.monotonic()
    made = run("rulesatpoints", INPUT=layer, DATE=DAY, ACTIVITY=ACTIVITY, OUTPUT="memory:")
    assert made["OUTPUT"].featureCount() == 10_000
    assert time.monotonic() - start < 60  # 14 s on the machine this was written on
