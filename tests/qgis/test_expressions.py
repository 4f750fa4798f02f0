"""zone_rules, zone_verdict and zone_names in real expressions, layers, labels and threads."""

from __future__ import annotations

import concurrent.futures
import datetime
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPalLayerSettings,
    QgsProject,
    QgsRectangle,
    QgsTask,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QEventLoop, QSize
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

import zonerules
from zonerules.plugin import settings
from zonerules.plugin.search.part import SearchPart

LON, LAT, DAY = 113.69, 34.735, "2017-11-20"
PLACES = [(LON, LAT), (113.6625, 34.735), (112.6, 35.08), (114.03, 32.98), (116.4, 39.9)]
ACTIVITY = "operate-non-road-machinery"
NAMES = ("zone_names", "zone_rules", "zone_verdict")


def shops(crs: str, places: list[tuple[float, float]] = PLACES) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"Point?crs={crs}&field=day:string(20)", "shops", "memory")
    there = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), layer.crs(), QgsProject.instance()
    )
    features = []
    for lon, lat in places:
        feature = QgsFeature(layer.fields())
        geometry = QgsGeometry.fromWkt(f"POINT({lon!r} {lat!r})")
        geometry.transform(there)
        feature.setGeometry(geometry)
        feature.setAttribute("day", DAY)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    return layer


def ask(text: str, layer: Any = None, feature: Any = None) -> tuple[Any, str]:
    """The value and the error of an expression, in the context QGIS gives a layer."""
    scopes = QgsExpressionContextUtils.globalProjectLayerScopes(layer) if layer else []
    context = QgsExpressionContext(scopes)
    if feature is not None:
        context.setFeature(feature)
    expression = QgsExpression(text)
    assert not expression.hasParserError(), expression.parserErrorString()
    value = expression.evaluate(context)
    return value, expression.evalErrorString()


def null(value: Any) -> bool:
    return value is None or (hasattr(value, "isNull") and value.isNull())


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4490", "EPSG:3857", "EPSG:4547"])
def test_the_answers_of_the_catalogue_in_any_crs(plugin: Any, catalogue: Any, crs: str) -> None:
    layer = shops(crs)
    for feature, place in zip(layer.getFeatures(), PLACES):
        full = catalogue.at(*place, date=DAY)
        value, error = ask('zone_rules($geometry, "day")', layer, feature)
        assert error == ""
        expected = {row["id"]: row["outcome"] for row in full["rules"]}
        assert (null(value) and not expected) or value == expected
        one = catalogue.at(*place, date=DAY, activity=ACTIVITY)
        value, _ = ask(f"zone_verdict($geometry, '{DAY}', '{ACTIVITY}')", layer, feature)
        assert value == one["verdicts"][0]["verdict"]
        value, _ = ask(f"zone_names($geometry, '{DAY}')", layer, feature)
        sure = [
            row["name"]["en"]
            for row in full["zones"]
            if row["location"] == "inside" and row["in_force"] == "true"
        ]
        assert sorted(value) == sorted(set(sure))
        value, _ = ask(f"zone_names($geometry, '{DAY}', 'possible')", layer, feature)
        maybe = [
            row["name"]["en"]
            for row in full["zones"]
            if (row["location"] != "inside" or row["in_force"] == "unknown")
            and row["in_force"] != "false"
        ]
        assert sorted(value) == sorted(set(maybe))


def test_no_data_is_null_and_not_an_empty_map(plugin: Any) -> None:
    value, error = ask(f"zone_rules(make_point(116.4, 39.9), '{DAY}', 'EPSG:4326')")
    assert null(value)
    assert error == ""
    value, _ = ask(f"zone_verdict(make_point(116.4, 39.9), '{DAY}', 'earthwork', 'EPSG:4326')")
    assert value == "no_data"


def test_a_rule_in_the_map(plugin: Any) -> None:
    text = f"zone_rules(make_point({LON}, {LAT}), '{DAY}', crs:='EPSG:4326')['GC-58']"
    assert ask(text)[0] == "cannot_determine"  # the stage of the machine was not told


@pytest.mark.parametrize(
    "date",
    [
        f"'{DAY}'",
        "to_date('2017-11-20')",
        "to_datetime('2017-11-20 23:59:00')",
        "make_date(2017,11,20)",
    ],
)
def test_dates(plugin: Any, catalogue: Any, date: str) -> None:
    value, error = ask(f"zone_rules(make_point({LON}, {LAT}), {date}, 'EPSG:4326')")
    assert error == ""
    expected = catalogue.at(LON, LAT, date=DAY)["rules"]
    assert value == {row["id"]: row["outcome"] for row in expected}


def test_today(plugin: Any, catalogue: Any) -> None:
    day = datetime.date.today().isoformat()
    for date in ("'today'", "now()"):
        value, error = ask(
            f"zone_verdict(make_point({LON},{LAT}), {date}, '{ACTIVITY}', 'EPSG:4326')"
        )
        assert error == ""
        expected = catalogue.at(LON, LAT, date=day, activity=ACTIVITY)["verdicts"][0]["verdict"]
        assert value == expected


def test_null_gives_null_without_an_error(plugin: Any) -> None:
    layer = shops("EPSG:4326")
    empty = QgsFeature(layer.fields())
    for text in (f"zone_rules($geometry, '{DAY}')", f"zone_names(NULL, '{DAY}')"):
        value, error = ask(text, layer, empty)
        assert null(value)
        assert error == ""
    value, error = ask("zone_names(make_point(1,2), NULL)", layer, empty)
    assert null(value)


def test_an_unknown_crs_is_an_error_and_never_a_guess(plugin: Any) -> None:
    for function in ("zone_rules({0}, '{1}')", "zone_names({0}, '{1}')"):
        value, error = ask(function.format(f"make_point({LON}, {LAT})", DAY))
        assert null(value)
        assert "coordinate reference system" in error
    layer = shops("EPSG:4326")
    layer.setCrs(QgsCoordinateReferenceSystem())
    feature = next(layer.getFeatures())
    value, error = ask(f"zone_rules($geometry, '{DAY}')", layer, feature)
    assert null(value)
    assert "not known" in error
    value, error = ask(f"zone_rules($geometry, '{DAY}', 'EPSG:4326')", layer, feature)
    assert error == ""
    assert "GC-58" in value
    value, error = ask(f"zone_rules($geometry, '{DAY}', 'nonsense')", layer, feature)
    assert "“nonsense” is no coordinate reference system" in error


def test_a_layer_in_a_crs_without_a_code(plugin: Any) -> None:
    own = "+proj=tmerc +lat_0=0 +lon_0=113.5 +k=1 +x_0=500000 +datum=WGS84 +units=m"
    crs = QgsCoordinateReferenceSystem()
    crs.createFromProj(own)
    layer = QgsVectorLayer("Point?field=day:string", "own", "memory")
    layer.setCrs(crs)
    feature = QgsFeature(layer.fields())
    geometry = QgsGeometry.fromWkt(f"POINT({LON} {LAT})")
    wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
    geometry.transform(QgsCoordinateTransform(wgs84, crs, QgsProject.instance()))
    feature.setGeometry(geometry)
    value, error = ask(f"zone_rules($geometry, '{DAY}')", layer, feature)
    assert error == ""
    assert "GC-58" in value
    assert ask(f"zone_rules($geometry, '{DAY}', '{own}')", layer, feature) == (value, "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("zone_rules('x', '2017-11-20')", "must be a geometry"),
        ("zone_rules(make_point(113,34), 'Tuesday', 'EPSG:4326')", "“Tuesday” is no date"),
        ("zone_rules(make_point(113,34), '2017-02-30', 'EPSG:4326')", "is no date"),
        ("zone_verdict(make_point(113,34), '2017-11-20', 'fly', 'EPSG:4326')", "no activity “fly”"),
        ("zone_names(make_point(113,34), '2017-11-20', 'all', 'EPSG:4326')", "'possible'"),
        ("zone_names(make_point(400,34), '2017-11-20', crs:='EPSG:4326')", "400"),
        (
            "zone_rules(geom_from_wkt('POLYGON((0 0,1 0,1 1,0 0))'), '2017-11-20', 'EPSG:4326')",
            "point_on_surface",
        ),
        (
            "zone_rules(geom_from_wkt('MULTIPOINT((0 0),(1 1))'), '2017-11-20', 'EPSG:4326')",
            "single point",
        ),
    ],
)
def test_what_cannot_be_answered_says_why(plugin: Any, text: str, told: str) -> None:
    value, error = ask(text)
    assert null(value)
    assert told in error, error
    assert error.startswith(text[: text.index("(")])


def test_errors_and_names_follow_the_language(plugin: Any, catalogue: Any) -> None:
    plugin.host.set_language("zh")
    assert "不知道几何图形的坐标参照系" in ask(f"zone_rules(make_point(1,2), '{DAY}')")[1]
    value, _ = ask(f"zone_names(make_point({LON},{LAT}), '{DAY}', crs:='EPSG:4326')")
    assert "管城回族区" in value
    plugin.host.set_language("en")
    value, _ = ask(f"zone_names(make_point({LON},{LAT}), '{DAY}', crs:='EPSG:4326')")
    assert "Guancheng Hui District" in value


def test_functions_stand_in_their_group_with_help(window: Any) -> None:
    for lang, word in (("zh", "语法"), ("en", "Syntax")):
        settings.set_language(lang)
        plugin = zonerules.classFactory(window)
        plugin.initGui()
        found = {f.name(): f for f in QgsExpression.Functions() if f.name() in NAMES}
        assert sorted(found) == list(NAMES)
        for function in found.values():
            assert function.group() == "Zone Rules"
            text = function.helpText()
            assert word in text
            assert "expr." not in text
            for parameter in function.parameters():
                assert f"<code>{parameter.name()}</code>" in text
        del found
        plugin.unload()


def test_the_examples_of_the_help_can_be_run(plugin: Any) -> None:
    from zonerules.plugin.search.expressions import FUNCTIONS

    layer = QgsVectorLayer("Point?crs=EPSG:4326&field=date:string", "shops", "memory")
    feature = QgsFeature(layer.fields())
    feature.setAttribute("date", DAY)
    feature.setGeometry(QgsGeometry.fromWkt(f"POINT({LON} {LAT})"))
    for kind in FUNCTIONS:
        for example in kind.examples:
            value, error = ask(example, layer, feature)
            assert error == ""
            assert not null(value), example


def test_unload_takes_them_away(window: Any) -> None:
    plugin = zonerules.classFactory(window)
    plugin.initGui()
    assert QgsExpression.isFunctionName("zone_rules")
    plugin.unload()
    for name in NAMES:
        assert not QgsExpression.isFunctionName(name)
    expression = QgsExpression(f"zone_rules(make_point(1,2), '{DAY}')")
    assert expression.hasParserError()


def test_another_catalogue_is_asked_anew(plugin: Any, tmp_path: Any) -> None:
    text = f"zone_rules(make_point({LON}, {LAT}), '{DAY}', 'EPSG:4326')"
    before = ask(text)[0]
    assert "GC-58" in before
    settings.set_data_folder(str(tmp_path / "gone"))
    plugin.host.reopen()
    value, error = ask(text)
    assert null(value)
    assert "zone_rules" in error and "gone" in error
    settings.set_data_folder("")
    plugin.host.reopen()
    assert ask(text) == (before, "")


def test_answers_are_kept_for_each_place_day_and_activity(plugin: Any) -> None:
    answers = plugin._parts[SearchPart].answers
    calls = []
    original = answers._brief
    answers._brief = lambda *key: calls.append(key) or original(*key)
    texts = [
        f"zone_verdict(make_point({LON},{LAT}), '{DAY}', 'earthwork', 'EPSG:4326')",
        f"zone_verdict(make_point({LON},{LAT}), '{DAY}', '{ACTIVITY}', 'EPSG:4326')",
        f"zone_verdict(make_point({LON},{LAT}), '2018-01-20', 'earthwork', 'EPSG:4326')",
        f"zone_verdict(make_point({LON},34.74), '{DAY}', 'earthwork', 'EPSG:4326')",
    ]
    values = [ask(text)[0] for text in texts]
    assert len(calls) == 4
    assert [ask(text)[0] for text in texts] == values
    assert len(calls) == 4


# -- threads --------------------------------------------------------------------------------------


def test_threads_get_the_same_answers(plugin: Any) -> None:
    texts = [
        f"zone_rules(make_point({lon}, {lat}), '{DAY}', 'EPSG:4326')"
        for lon, lat in [(LON + i / 1000, LAT) for i in range(12)]
    ]
    alone = [ask(text) for text in texts]
    plugin._parts[SearchPart].answers.clear()
    plugin.host.asker.reopen(None)  # the first thread opens the catalogue
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        assert list(pool.map(ask, texts)) == alone


def test_tasks_of_qgis_use_them(plugin: Any) -> None:
    """On pooled threads of Qt, several at once, twice in a row."""
    layer = shops("EPSG:4547")
    texts = [f"zone_verdict($geometry, '{DAY}', '{ACTIVITY}')"] * 4
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    features = list(layer.getFeatures())

    def work(task: QgsTask, text: str) -> list[Any]:
        own = QgsExpressionContext(context)
        found = []
        for feature in features:
            own.setFeature(feature)
            found.append(QgsExpression(text).evaluate(own))
        return found

    expected = [ask(texts[0], layer, feature)[0] for feature in features]
    results: list[Any] = []

    def finished(_error: Any, found: Any = None) -> None:
        results.append(found)

    for _ in range(2):
        results.clear()
        tasks = [QgsTask.fromFunction("zones", work, text, on_finished=finished) for text in texts]
        plugin._parts[SearchPart].answers.clear()
        for task in tasks:
            QgsApplication.taskManager().addTask(task)
        for _ in range(500):
            QTest.qWait(20)
            if len(results) == len(tasks):
                break
        assert results == [expected] * len(tasks)


def test_labels_are_drawn_with_them(plugin: Any) -> None:
    """By the renderer QGIS draws maps with, in threads of its own."""
    places = [(113.65 + i / 100, 34.70 + j / 100) for i in range(6) for j in range(6)]
    layer = shops("EPSG:3857", places)
    label = QgsPalLayerSettings()
    label.isExpression = True

    def drawn(text: str) -> int:
        label.fieldName = text
        layer.setLabeling(QgsVectorLayerSimpleLabeling(label))
        layer.setLabelsEnabled(True)
        view = QgsMapSettings()
        view.setLayers([layer])
        view.setDestinationCrs(layer.crs())
        view.setExtent(QgsRectangle(layer.extent()).buffered(1000))
        view.setOutputSize(QSize(800, 600))
        view.setBackgroundColor(QColor("white"))
        scopes = QgsExpressionContextUtils.globalProjectLayerScopes(layer)
        view.setExpressionContext(QgsExpressionContext(scopes))
        job = QgsMapRendererParallelJob(view)
        loop = QEventLoop()
        job.finished.connect(loop.quit)
        job.start()
        loop.exec()
        image = job.renderedImage()
        white = QColor("white").rgb()
        return sum(image.pixel(x, y) != white for x in range(0, 800, 2) for y in range(0, 600, 2))

    plain = drawn("''")
    named = drawn(f"zone_verdict($geometry, '{DAY}', '{ACTIVITY}')")
    again = drawn(f"array_to_string(zone_names($geometry, '{DAY}'))")
    assert named > plain + 500
    assert again > plain + 500
    QApplication.processEvents()


def test_the_field_calculator_fills_a_column(plugin: Any, catalogue: Any) -> None:
    layer = shops("EPSG:4547")
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    expression = QgsExpression(f"zone_verdict($geometry, \"day\", '{ACTIVITY}')")
    assert expression.prepare(context)
    assert layer.startEditing()
    for feature in layer.getFeatures():
        context.setFeature(feature)
        value = expression.evaluate(context)
        assert layer.changeAttributeValue(feature.id(), 0, value)
    assert layer.commitChanges()
    expected = [
        catalogue.at(*place, date=DAY, activity=ACTIVITY)["verdicts"][0]["verdict"]
        for place in PLACES
    ]
    assert [feature["day"] for feature in layer.getFeatures()] == expected
