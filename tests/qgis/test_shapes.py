"""Asking about a drawn, selected or pasted shape in QGIS."""

from __future__ import annotations

import json
from typing import Any

import pytest
import shapely

from zonerules.jobs import shape as shapes
from zonerules.layers.planar import Planar

DAY = "2017-11-20"


def ring(*corners: tuple[float, float]) -> list[list[float]]:
    return [list(corner) for corner in (*corners, corners[0])]


SHAPES = {
    "square": {
        "type": "Polygon",
        "coordinates": [ring((113.66, 34.70), (113.72, 34.70), (113.72, 34.76), (113.66, 34.76))],
    },
    "with a hole": {
        "type": "Polygon",
        "coordinates": [
            ring((113.6, 34.6), (113.9, 34.6), (113.9, 34.9), (113.6, 34.9)),
            ring((113.67, 34.72), (113.70, 34.72), (113.70, 34.75), (113.67, 34.75)),
        ],
    },
    "bow-tie": {
        "type": "Polygon",
        "coordinates": [ring((113.60, 34.70), (113.75, 34.78), (113.75, 34.70), (113.60, 34.78))],
    },
    "two": {
        "type": "MultiPolygon",
        "coordinates": [
            [ring((113.60, 34.70), (113.64, 34.70), (113.64, 34.74))],
            [ring((113.03, 34.70), (113.08, 34.70), (113.08, 34.80))],
        ],
    },
    "line": {"type": "LineString", "coordinates": [[113.5, 34.6], [113.7, 34.76], [113.9, 34.7]]},
    "far": {"type": "LineString", "coordinates": [[100.0, 30.0], [100.1, 30.0]]},
}


@pytest.mark.parametrize("accuracy", [0.0, 10.0, 500.0])
@pytest.mark.parametrize("name", SHAPES)
def test_both_engines_cut_alike(qgis_app: Any, catalogue: Any, name: str, accuracy: float) -> None:
    from zonerules.plugin.shapes.engine import QgisEngine

    query = shapes.ShapeQuery(accuracy_m=accuracy, date=DAY)
    found = [
        shapes.pieces_of(catalogue.data, SHAPES[name], engine, query)
        for engine in (Planar(), QgisEngine())
    ]
    ours, theirs = found
    assert theirs.total == pytest.approx(ours.total, rel=1e-12)
    assert [note["code"] for note in theirs.notes] == [note["code"] for note in ours.notes]
    assert abs(theirs.unaccounted) < 1e-9
    assert len(theirs.parts) == len(ours.parts)
    for mine, other in zip(ours.parts, theirs.parts):
        assert other.wheres == mine.wheres
        assert other.size == pytest.approx(mine.size, rel=1e-6, abs=0.01)
        one = shapely.geometry.shape(ours.engine.write(mine.shape))
        two = shapely.geometry.shape(theirs.engine.write(other.shape))
        assert one.hausdorff_distance(two) < 1e-6


def test_both_engines_answer_alike(qgis_app: Any, catalogue: Any) -> None:
    from zonerules.plugin.shapes.engine import QgisEngine

    query = shapes.ShapeQuery(date=DAY, activity="operate-non-road-machinery")
    answers = []
    for engine in (Planar(), QgisEngine()):
        pieces = shapes.pieces_of(catalogue.data, SHAPES["square"], engine, query)
        answer = shapes.answer(catalogue.data, catalogue.book, pieces, query)
        for part in answer["parts"]:
            del part["geometry"]
        answer["query"]["centre"] = None
        answers.append(
            json.loads(json.dumps(answer), parse_float=lambda text: f"{float(text):.4g}")
        )
    assert answers[0]["verdicts"] == answers[1]["verdicts"]
    assert answers[0]["zones"] == answers[1]["zones"]
