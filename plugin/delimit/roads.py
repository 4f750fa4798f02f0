"""The user's layer of roads, read from QGIS into plain rows in degrees WGS84."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsWkbTypes,
)

from ..asking import Refusal
from ..canvas import WGS84, name_of, unrelated
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from qgis.core import QgsFeatureSource, QgsVectorLayer

Points = list[tuple[float, float]]
EVERY = 500  # features between two looks at whether somebody cancelled


class Roads(NamedTuple):
    """A layer as ``jobs.delimit.named`` takes it; ``crs``: its own, in words."""

    title: str
    crs: str
    columns: list[str]
    rows: list[tuple[dict[str, Any], list[Points]]]


def roads_of(
    source: QgsFeatureSource | QgsVectorLayer,
    title: str,
    context: QgsCoordinateTransformContext,
    lang: str,
    heard: Callable[[], None] = lambda: None,
) -> Roads:
    """Every line of a layer or source. ``heard`` is called now and then and may raise.

    Raises Refusal for a layer whose places in WGS84 cannot be known.
    """
    crs = source.sourceCrs()
    if not crs.isValid():
        raise Refusal(tr("delimit.no_crs", lang, layer=title))
    if unrelated(crs):
        raise Refusal(tr("unrelated_crs", lang, crs=name_of(crs)))
    transform = QgsCoordinateTransform(crs, QgsCoordinateReferenceSystem(WGS84), context)
    columns = [str(name) for name in source.fields().names()]
    rows = []
    for number, feature in enumerate(source.getFeatures(), 1):
        if number % EVERY == 0:
            heard()
        try:
            parts = _parts(feature.geometry(), transform)
        except QgsCsException as error:
            reason = str(error).splitlines()[0]
            line = tr("delimit.no_transform", lang, layer=title, n=number, reason=reason)
            raise Refusal(line) from None
        cells = {name: _plain(value) for name, value in zip(columns, feature.attributes())}
        rows.append((cells, parts))
    return Roads(title, crs.authid() or name_of(crs), columns, rows)


def _parts(geometry: QgsGeometry, transform: QgsCoordinateTransform) -> list[Points]:
    if geometry.isNull() or geometry.type() != QgsWkbTypes.LineGeometry:
        return []
    if QgsWkbTypes.isCurvedType(geometry.wkbType()):
        geometry = QgsGeometry(geometry.constGet().segmentize())
    if not transform.isShortCircuited():
        geometry = QgsGeometry(geometry)
        geometry.transform(transform)
    return [[(spot.x(), spot.y()) for spot in part.vertices()] for part in geometry.constParts()]


def _plain(value: Any) -> Any:
    if value is None or value == NULL:
        return None
    return value if isinstance(value, (str, int, float, list, dict)) else str(value)
