"""A CRS whose datum nobody can convert gets no answer that is a hundred metres off, anywhere."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsExpression,
    QgsExpressionContext,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsVectorLayer,
)

from zonerules.plugin.asking import Refusal
from zonerules.plugin.canvas import unrelated
from zonerules.plugin.shapes.given import in_wgs84, point_in_wgs84

XIAN80 = "EPSG:2383"  # Xian 1980 / 3-degree Gauss-Kruger CM 114E
X, Y = 471_610.0, 3_845_238.0


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("EPSG:2383", True),
        ("EPSG:4610", True),
        ("EPSG:2363", True),
        ("EPSG:4326", False),
        ("EPSG:4490", False),
        ("EPSG:4547", False),
        ("EPSG:3857", False),
        ("EPSG:32650", False),
        ("EPSG:25832", False),
        ("EPSG:2433", False),  # Beijing 1954: parameters are published
    ],
)
def test_which_are_unrelated(qgis_app: Any, code: str, expected: bool) -> None:
    assert unrelated(QgsCoordinateReferenceSystem(code)) is expected


def test_a_crs_that_names_no_datum_is_unrelated(qgis_app: Any) -> None:
    crs = QgsCoordinateReferenceSystem()
    crs.createFromProj("+proj=tmerc +lat_0=0 +lon_0=113.5 +k=1 +x_0=500000 +ellps=GRS80 +units=m")
    assert unrelated(crs)
    with pytest.raises(Refusal, match="tmerc"):
        point_in_wgs84(QgsGeometry.fromWkt(f"POINT({X} {Y})"), crs, "zh")


def test_a_click_is_refused_and_says_why(window: Any, plugin: Any) -> None:
    window.look_at(XIAN80, X, Y, 500)
    window.toolbar.actions()[0].trigger()
    window.click(X, Y)
    assert plugin.panel.dock.reply is None
    assert "Xian 1980" in plugin.panel.dock.view.toPlainText()
    assert "CGCS2000" in window.bar.messages[-1]


def test_shapes_and_points_of_layers_are_refused(qgis_app: Any) -> None:
    crs = QgsCoordinateReferenceSystem(XIAN80)
    square = QgsGeometry.fromWkt(f"POLYGON(({X} {Y},{X + 9} {Y},{X} {Y + 9},{X} {Y}))")
    with pytest.raises(Refusal, match="Xian 1980"):
        in_wgs84(square, crs, "drawn", "en")
    with pytest.raises(Refusal, match="Xian 1980"):
        point_in_wgs84(QgsGeometry.fromWkt(f"POINT({X} {Y})"), crs, "zh")


def test_an_expression_has_no_value(plugin: Any) -> None:
    text = f"zone_verdict(make_point({X}, {Y}), '2017-11-20', 'earthwork', '{XIAN80}')"
    expression = QgsExpression(text)
    assert expression.evaluate(QgsExpressionContext()) is None
    assert "Xian 1980" in expression.evalErrorString()


def test_the_algorithm_stops(plugin: Any) -> None:
    import processing

    layer = QgsVectorLayer(f"Point?crs={XIAN80}", "points", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt(f"POINT({X} {Y})"))
    layer.dataProvider().addFeatures([feature])
    with pytest.raises(QgsProcessingException, match="Xian 1980"):
        processing.run("zonerules:rulesatpoints", {"INPUT": layer, "OUTPUT": "memory:"})
