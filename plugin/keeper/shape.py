"""The features somebody selected as the three shapes of a zone: brought to WGS84, checked, banded.

QGIS's own geometry library, no shapely. What core and extent are is said in `layers.band` and
`jobs.exchange.overlay`; a test holds both ways against each other.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsDistanceArea,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..canvas import WGS84, name_of, unrelated
from ..geometry import from_geojson, to_geojson

if TYPE_CHECKING:
    from collections.abc import Iterator

# datums whose difference from WGS84 (under a metre) no boundary here can feel
LEAST_SLACK_M = 1.0  # a shape may stand out of what it lies in by its accuracy, at least by this


class Fault(ValueError):
    """Why features cannot be a zone; ``key`` and ``args_`` name the text to show."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key)
        self.key, self.args_ = key, args


class Draft(NamedTuple):
    """The shapes of a zone by role, MultiPolygons in degrees WGS84; core may be empty.

    ``stood_out_m``: how far the drawn shape reached out of the zone it lies within, metres, before
    it was cut there; ``margin_cut``: its uncertain margin was.
    """

    shapes: dict[str, QgsGeometry]
    stood_out_m: float
    margin_cut: bool


# -- from the layer -------------------------------------------------------------------------------


def selected(layer: Any) -> QgsGeometry:
    """Return the selected polygons of a layer as one shape in degrees WGS84. Raises Fault."""
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        raise Fault("keeper.no_layer")
    if layer.geometryType() != QgsWkbTypes.PolygonGeometry:
        raise Fault("keeper.no_polygons", layer=layer.name())
    features = list(layer.selectedFeatures())
    if not features:
        raise Fault("keeper.none_selected", layer=layer.name())
    transform = _to_wgs84(layer)
    parts = [_moved(feature, transform) for feature in features]
    whole = settled(QgsGeometry.unaryUnion(parts) if len(parts) > 1 else parts[0])
    if whole.isEmpty():
        raise Fault("keeper.empty", feature=features[0].id())
    return whole


def _to_wgs84(layer: QgsVectorLayer) -> QgsCoordinateTransform:
    """The way to WGS84; a Fault where there is none, or only one that ignores the datum."""
    crs, wgs84 = layer.crs(), QgsCoordinateReferenceSystem(WGS84)
    if not crs.isValid():
        raise Fault("keeper.no_crs", layer=layer.name())
    if unrelated(crs):
        raise Fault("unrelated_crs", crs=name_of(crs))
    transform = QgsCoordinateTransform(crs, wgs84, QgsProject.instance())
    transform.setBallparkTransformsAreAppropriate(True)  # of datums next to WGS84
    return transform


def _moved(feature: Any, transform: QgsCoordinateTransform) -> QgsGeometry:
    geometry = QgsGeometry(feature.geometry())
    if geometry.isEmpty():
        raise Fault("keeper.empty", feature=feature.id())
    geometry.convertToStraightSegment()
    try:
        geometry.transform(transform)
    except QgsCsException as error:
        reason = str(error).splitlines()[0]
        raise Fault("keeper.bad_transform", feature=feature.id(), reason=reason) from None
    box = geometry.boundingBox()
    ends = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
    if not all(map(math.isfinite, ends)) or max(map(abs, ends[::2])) > 180 or abs(ends[1]) > 90:
        raise Fault("keeper.off_earth", feature=feature.id())
    if not geometry.isGeosValid():
        raise Fault("keeper.invalid", feature=feature.id(), reason=_why_invalid(geometry))
    return geometry


def _why_invalid(geometry: QgsGeometry) -> str:
    for error in geometry.validateGeometry(QgsGeometry.ValidatorGeos):
        where = f" ({error.where().x():.6f}, {error.where().y():.6f})" if error.hasWhere() else ""
        return f"{error.what()}{where}"
    return "?"


# -- the three shapes -----------------------------------------------------------------------------


def settled(geometry: QgsGeometry) -> QgsGeometry:
    """Return the areas of a geometry as a valid MultiPolygon with six decimals; may be empty."""
    made = _rounded(geometry)
    # corners that met by rounding: mended on the grid, until the mended one keeps to it
    for _ in range(3):
        if made.isGeosValid():
            break
        made = _rounded(made.makeValid())
    return made


def _rounded(geometry: QgsGeometry) -> QgsGeometry:
    from ...jobs.exchange.keeping import rounded

    parts = [
        to_geojson(part)["coordinates"]
        for part in geometry.asGeometryCollection()
        if part.type() == QgsWkbTypes.PolygonGeometry
    ]
    coordinates = rounded(parts)
    if not coordinates:
        return QgsGeometry.fromWkt("MULTIPOLYGON EMPTY")
    return from_geojson({"type": "MultiPolygon", "coordinates": coordinates})


def band(area: QgsGeometry, accuracy_m: float) -> QgsGeometry:
    """Return all places no farther than ``accuracy_m`` metres from the area's lines.

    Drawn slightly too wide (2 % at most), never too narrow: see `layers.band`.
    """
    from ...layers.band import disc

    pieces = []
    for ring in _rings(area):
        discs = [[QgsPointXY(*corner) for corner in disc(place, accuracy_m)] for place in ring]
        pieces += [
            QgsGeometry.fromMultiPointXY(start + end).convexHull()
            for start, end in zip(discs, discs[1:])
        ]
    return QgsGeometry.unaryUnion(pieces)


def _rings(area: QgsGeometry) -> Iterator[list[tuple[float, float]]]:
    for part in area.asMultiPolygon():
        for ring in part:
            yield [(corner.x(), corner.y()) for corner in ring]


def drafted(nominal: QgsGeometry, accuracy_m: float, outer: QgsGeometry | None) -> Draft:
    """Return core and extent of a shape whose true line lies within ``accuracy_m`` metres of it.

    ``outer``: where the zone can be at all, the extent of the zone it lies within. What stands out
    of it is cut there: no place is in a zone and outside what that lies in. Raises Fault when it
    stands out by more than its accuracy, and at least LEAST_SLACK_M.
    """
    stood_out = 0.0
    whole = nominal
    if outer is not None:
        stood_out = _stands_out(nominal, outer)
        slack = max(accuracy_m, LEAST_SLACK_M)
        if stood_out > slack:
            raise Fault("keeper.stands_out", metres=metres_text(stood_out), slack=f"{slack:g}")
        if stood_out > 0.0:
            whole = settled(nominal.intersection(outer))
    if whole.isEmpty():
        raise Fault("keeper.stands_out", metres=metres_text(stood_out), slack=f"{accuracy_m:g}")
    if accuracy_m == 0.0:
        return Draft({"nominal": whole}, stood_out, False)
    doubt = band(nominal, accuracy_m)
    core, extent = nominal.difference(doubt), nominal.combine(doubt)
    margin_cut = outer is not None and not outer.contains(extent)
    if outer is not None and margin_cut:
        core, extent = core.intersection(outer), extent.intersection(outer)
    shapes = {"nominal": whole, "core": settled(core), "extent": settled(extent)}
    return Draft(shapes, stood_out, margin_cut)


def _stands_out(area: QgsGeometry, outer: QgsGeometry) -> float:
    """How many metres the area reaches out of ``outer`` at most, at the corners of what does."""
    from ...layers.point import Shape

    rest = area.difference(outer)
    around = Shape(to_geojson(outer))
    places = (place for ring in _rings(_rounded(rest)) for place in ring)
    return max((0.0 if around.contains(*at) else around.distance(*at) for at in places), default=0)


# -- figures --------------------------------------------------------------------------------------


def area_km2(area: QgsGeometry) -> float:
    """Return the area on the ellipsoid in km²; 0 for an empty shape."""
    measure = QgsDistanceArea()
    measure.setSourceCrs(
        QgsCoordinateReferenceSystem(WGS84), QgsProject.instance().transformContext()
    )
    measure.setEllipsoid("WGS84")
    return 0.0 if area.isEmpty() else measure.measureArea(area) / 1e6


def shares(new: QgsGeometry, old: QgsGeometry) -> tuple[float, float]:
    """Return the share of the old shape that the new one keeps, and the new one's outside it."""
    kept = area_km2(settled(new.intersection(old)))
    return kept / area_km2(old), 1.0 - kept / area_km2(new)


def metres_text(metres: float) -> str:
    """Return metres for the eye: ``12 m`` or ``3.4 km``."""
    return f"{metres / 1000:.1f} km" if metres >= 1000 else f"{metres:.0f} m"


def stored(draft: Draft) -> dict[str, dict[str, Any]]:
    """Return the shapes of a draft as GeoJSON MultiPolygons with six decimals."""
    from ...jobs.exchange.keeping import rounded

    shapes = {}
    for role, area in draft.shapes.items():
        coordinates = [] if area.isEmpty() else rounded(to_geojson(area)["coordinates"])
        shapes[role] = {"type": "MultiPolygon", "coordinates": coordinates}
    return shapes
