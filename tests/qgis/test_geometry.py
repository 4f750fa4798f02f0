"""Shapes keep every coordinate on their way into QGIS and back."""

from __future__ import annotations

from typing import Any

import pytest

from zonerules.plugin.geometry import from_geojson, to_geojson

RING = [[113.1, 34.2], [113.9, 34.2], [113.9, 34.9], [113.1, 34.2]]
HOLE = [[113.5, 34.3], [113.6, 34.3], [113.6, 34.4], [113.5, 34.3]]


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "Point", "coordinates": [113.69, 34.735]},
        {"type": "MultiPoint", "coordinates": [[113.69, 34.735], [1e-7, -0.1234567890123]]},
        {"type": "LineString", "coordinates": RING[:3]},
        {"type": "MultiLineString", "coordinates": [RING[:2], HOLE[:3]]},
        {"type": "Polygon", "coordinates": [RING, HOLE]},
        {"type": "MultiPolygon", "coordinates": [[RING, HOLE], [HOLE]]},
    ],
    ids=lambda shape: shape["type"],
)
def test_there_and_back(qgis_app: Any, shape: dict[str, Any]) -> None:
    assert to_geojson(from_geojson(shape)) == shape


def test_every_shape_of_the_catalogue_becomes_a_geometry(qgis_app: Any, catalogue: Any) -> None:
    shapes = [s for zone in catalogue.zones() for s in zone.get("shapes", {}).values()]
    assert len(shapes) > 30
    for shape in shapes:
        made = from_geojson(shape)
        assert sum(1 for _ in made.vertices()) == sum(
            len(ring) for part in shape["coordinates"] for ring in part
        )


def test_another_type_is_refused(qgis_app: Any) -> None:
    with pytest.raises(ValueError, match="GeometryCollection"):
        from_geojson({"type": "GeometryCollection", "geometries": []})
