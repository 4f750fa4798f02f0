"""The map canvas and WGS84: from a point on the screen to degrees, and back."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsDatumTransform,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
)

if TYPE_CHECKING:
    from qgis.gui import QgsMapCanvas

WGS84 = "EPSG:4326"
METRES_PER_DEGREE = 111_320.0  # along a meridian; only judges how coarse a click is


# datums within a metre of WGS84
SAME = ("China 2000", "China Geodetic Coordinate System 2000", "CGCS2000", "ITRF", "WGS 84")


class NoPlace(ValueError):
    """A click whose longitude and latitude cannot be known; ``key`` names the text to show."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key)
        self.key, self.args_ = key, args


def unrelated(crs: QgsCoordinateReferenceSystem) -> bool:
    """Tell whether only a transform that ignores its datum leads from a CRS to WGS84.

    Xian 1980 is such a one: it lies some hundred metres off, and nobody published how. A CRS that
    names no datum, only an ellipsoid, is another.
    """
    return _unrelated(crs.toWkt())


def name_of(crs: QgsCoordinateReferenceSystem) -> str:
    """Return what to call a CRS, which may have neither name nor code."""
    return str(crs.description() or crs.authid() or crs.toProj())


@lru_cache(maxsize=64)
def _unrelated(wkt: str) -> bool:
    datum = wkt.replace("_", " ").partition("SPHEROID")[0]
    if any(name in datum for name in SAME) or "WGS 1984" in datum:
        return False
    crs, wgs84 = QgsCoordinateReferenceSystem(), QgsCoordinateReferenceSystem(WGS84)
    crs.createFromWkt(wkt)
    ways = [way for way in QgsDatumTransform.operations(crs, wgs84) if way.isAvailable]
    return all("Ballpark" in way.name for way in ways)


def transform(canvas: QgsMapCanvas, *, back: bool = False) -> QgsCoordinateTransform:
    """Return the transform from the canvas's CRS to WGS84, or ``back``. Raises NoPlace."""
    crs = canvas.mapSettings().destinationCrs()
    if not crs.isValid():
        raise NoPlace("no_crs")
    wgs84 = QgsCoordinateReferenceSystem(WGS84)
    ends = (wgs84, crs) if back else (crs, wgs84)
    return QgsCoordinateTransform(*ends, QgsProject.instance())


def to_wgs84(canvas: QgsMapCanvas, point: QgsPointXY) -> tuple[float, float]:
    """Return (lon, lat) in degrees WGS84 of a point given in the canvas's CRS.

    Rounded to six decimals (0.1 m), so that the printed coordinates are those that were asked and
    the command line repeats the answer. Raises :class:`NoPlace`.
    """
    crs = canvas.mapSettings().destinationCrs()
    if crs.isValid() and unrelated(crs):
        raise NoPlace("unrelated_crs", crs=name_of(crs))
    try:
        there = transform(canvas).transform(point)
    except QgsCsException as error:
        raise NoPlace("bad_transform", reason=str(error).splitlines()[0]) from None
    if not (math.isfinite(there.x()) and math.isfinite(there.y())):
        raise NoPlace("bad_transform", reason=point.toString(1))
    return round(there.x(), 6) + 0.0, round(there.y(), 6) + 0.0


def in_map(canvas: QgsMapCanvas, geometry: QgsGeometry) -> QgsGeometry | None:
    """Return a geometry in degrees WGS84 in the canvas's CRS; None where that cannot show it."""
    moved = QgsGeometry(geometry)
    try:
        moved.transform(transform(canvas, back=True))
    except (NoPlace, QgsCsException):
        return None
    return moved


def pixel_metres(canvas: QgsMapCanvas, point: QgsPointXY) -> float:
    """Return roughly how many metres of ground one screen pixel covers at ``point``."""
    step = QgsPointXY(point.x() + canvas.mapUnitsPerPixel(), point.y())
    try:
        (lon, lat), (lon2, lat2) = to_wgs84(canvas, point), to_wgs84(canvas, step)
    except NoPlace:
        return 0.0
    east = (lon2 - lon) * math.cos(math.radians(lat))
    return math.hypot(east, lat2 - lat) * METRES_PER_DEGREE


def zoom_to(canvas: QgsMapCanvas, geometry: QgsGeometry, margin: float = 1.15) -> bool:
    """Show a geometry in degrees WGS84 with some margin; False where the CRS cannot show it."""
    moved = in_map(canvas, geometry)
    if moved is None or moved.isEmpty():
        return False
    box = moved.boundingBox()
    if box.isEmpty():  # a point
        canvas.setCenter(box.center())
    else:
        box.scale(margin)
        canvas.setExtent(box)
    canvas.refresh()
    return True
