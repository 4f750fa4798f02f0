"""An area as parameters: the name of a unit, or a polygon layer of the project.

A layer counts whole unless only its selected features are asked for, as for every input of an
algorithm.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingParameterFeatureSource,
)

from ..canvas import WGS84, name_of, unrelated
from ..tables.layerfile import file_name
from ..tasks import run_core

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qgis.core import QgsFeature, QgsProcessingContext, QgsProcessingFeatureSource

    from .base import Algorithm

NAME, LAYER = "WITHIN", "WITHIN_LAYER"
CORNERS = 400  # of an area that are looked at; evenly taken from more
ACCURACY = "accuracy_m"  # a field that says how exact the area is


def add(algorithm: Algorithm) -> None:
    """Add the two parameters."""
    algorithm.add_text(NAME)
    polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
    algorithm.add(QgsProcessingParameterFeatureSource(LAYER, "", polygons, None, True))


def source(
    algorithm: Algorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> QgsProcessingFeatureSource | None:
    """Return the layer, None where there is none. Raises QgsProcessingException for a name beside
    it and for one that cannot be used."""
    if not parameters.get(LAYER):
        return None
    found = algorithm.parameterAsSource(parameters, LAYER, context)
    if found is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, LAYER))
    if algorithm.one(parameters, NAME, context) is not None:
        raise QgsProcessingException(algorithm.say("within.both"))
    crs = found.sourceCrs()
    if not crs.isValid() or unrelated(crs):
        told = name_of(crs) if crs.isValid() else "—"
        raise QgsProcessingException(algorithm.say("within.crs", crs=told))
    return found


def unit_name(
    area: QgsProcessingFeatureSource, context: QgsProcessingContext, folder: str | None
) -> str:
    """Return the name of the county or city that an area lies in. Raises BadInput."""
    corners = [
        (corner.x(), corner.y())
        for feature in _polygons(area, context)
        for corner in feature.geometry().vertices()
    ]
    every = max(1, len(corners) // CORNERS)
    return str(run_core(_around, corners[::every], folder, area.sourceName()))


def write(area: QgsProcessingFeatureSource, context: QgsProcessingContext, folder: Path) -> Path:
    """Write an area as GeoJSON into a folder, called after its layer; return the file."""
    rows = [
        {
            "type": "Feature",
            "properties": _accuracy(feature),
            "geometry": json.loads(feature.geometry().asJson(9)),
        }
        for feature in _polygons(area, context)
    ]
    path = (folder / file_name(area.sourceName())).with_suffix(".geojson")
    collection = {"type": "FeatureCollection", "features": rows}
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path


def _around(corners: list[tuple[float, float]], folder: str | None, name: str) -> str:
    from ...jobs.address.area import unit_around
    from ...layers.gazetteer import load

    book = load(folder)
    unit = unit_around(corners, book, name)
    above = book.lineage(unit.code) if unit.kind == "county" else []
    return "".join(large.name for large in reversed(above[:1])) + unit.name


def _polygons(
    area: QgsProcessingFeatureSource, context: QgsProcessingContext
) -> Iterator[QgsFeature]:
    """The features in degrees WGS84. Raises QgsCsException."""
    wgs84 = QgsCoordinateReferenceSystem(WGS84)
    move = QgsCoordinateTransform(area.sourceCrs(), wgs84, context.transformContext())
    request = QgsFeatureRequest()
    for feature in area.getFeatures(request):
        shape = feature.geometry()
        if not shape.isNull():
            shape.transform(move)
            feature.setGeometry(shape)
            yield feature


def _accuracy(feature: QgsFeature) -> dict[str, float]:
    at = feature.fields().lookupField(ACCURACY)
    value = feature.attributes()[at] if at >= 0 else None
    return {ACCURACY: float(value)} if isinstance(value, (int, float)) else {}
