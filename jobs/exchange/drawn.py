"""Zones as somebody drew them: a layer of a GeoPackage or another file, read and checked.

What comes out is WGS84 lon/lat with the three shapes of every zone; whatever is wrong is told with
the number of the feature. Needs geopandas, pyogrio, pyproj and shapely, imported where used.
"""

from __future__ import annotations

import json
import math
import re
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from ...layers.catalogue.overlay import DRAWN
from ...rules.messages import Line
from ..answer import BadInput
from ..told import bad_input
from .tables import ROLES

if TYPE_CHECKING:
    from pathlib import Path

_ZONE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
# Coordinates have six decimals: a shape may stand out by the rounding of both, 0.2 m.
SLACK = 2e-6
# The datums whose difference from WGS84 (under a metre) no boundary here can feel.
_SAME = ("China Geodetic Coordinate System 2000", "CGCS2000", "ITRF", "WGS 84")
TEXTS = ("kind", "within", "basis", "document", "clause", "provenance", "licence")


class Shape(NamedTuple):
    """One feature: its number in the file (from 1), its zone and role, shape and columns."""

    number: int
    zone: str
    role: str
    area: Any
    told: dict[str, Any]


class Layer(NamedTuple):
    """The features of a layer in WGS84, its CRS in words, and how many rows draw nothing."""

    shapes: list[Shape]
    crs: str
    undrawn: int


class Faults:
    """What is wrong, feature by feature; raised together as one line."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: list[str] = []

    def add(self, number: int, label: str, problem: str) -> None:
        """Note a fault of feature `number`."""
        name = f" ({label})" if label else ""
        line = f"{self.file}: feature {number}{name}: {problem}"
        if isinstance(problem, Line):
            said = f"（{label}）" if label else ""
            line = Line(line, f"{self.file}：第 {number} 个要素{said}：{problem.zh}")
        self.lines.append(line)

    def stop_if_any(self) -> None:
        """Raise BadInput with the first fault and the number of the others."""
        if self.lines:
            more = len(self.lines) - 1
            first, rest = self.lines[0], f" (and {more} more)" if more else ""
            if isinstance(first, Line):
                raise BadInput(
                    Line(first + rest, first.zh + (f"（另有 {more} 处）" if more else ""))
                )
            raise BadInput(first + rest)


def read_layer(path: Path, layer: str | None, faults: Faults) -> Layer:
    """The shapes drawn in `path`, in WGS84; rows without role and geometry are counted only.

    Columns: zone (or id, "<zone>/<role>"), role (nominal unless said), those of TEXTS (provenance
    and licence also with _zh and _en), accuracy_m, name, name_zh, name_en. Raises BadInput when the
    layer cannot be read at all; faults of features go to `faults`.
    """
    frame, crs = open_layer(path, layer)
    columns = {str(name).casefold(): name for name in frame.columns if name != frame.geometry.name}
    shapes: list[Shape] = []
    undrawn = 0
    for place, (_, record) in enumerate(frame.iterrows(), 1):
        told = {name: cell(record[column]) for name, column in columns.items()}
        if told.get("layer") not in (None, "zones"):
            continue  # an export of everything: only its zones are drawn here
        area = record[frame.geometry.name]
        if told.get("role") is None and (area is None or area.is_empty):
            undrawn += 1
            continue
        shape = _shape(place, told, area, faults)
        if shape is not None:
            shapes.append(shape)
    return Layer(shapes, crs, undrawn)


def open_layer(path: Path, layer: str | None, usual: str = "zones") -> tuple[Any, str]:
    """A layer as a GeoDataFrame in WGS84, and its own CRS in words.

    usual: the layer taken where the file has several and none is named. Raises BadInput.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what matters is told as a fault, in one line
        frame = _frame(path, layer, usual)
        crs = _crs(path.name, frame)
        return _to_wgs84(path.name, frame), crs


def _frame(path: Path, layer: str | None, usual: str) -> Any:
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError
    from shapely.errors import ShapelyError

    if not path.is_file():
        raise bad_input(f"{path}", "no such file", "没有这个文件")
    try:
        names = {str(name): kind for name, kind in pyogrio.list_layers(path)}
        drawn = [name for name, kind in names.items() if kind is not None]
        if layer is None and len(drawn) > 1 and usual not in drawn:
            names_of = ", ".join(drawn)
            raise bad_input(
                path.name,
                f"expected --layer, one of {names_of}",
                f"有几个图层，请用 --layer 指明：{names_of}",
            )
        if layer is not None and layer not in names:
            known = ", ".join(names)
            raise bad_input(
                f"--layer {layer}",
                f"not in {path.name}; expected {known}",
                f"{path.name} 中没有，应为 {known}",
            )
        chosen = layer or (usual if usual in drawn else drawn[0] if drawn else None)
        if chosen is None or names[chosen] is None:
            raise bad_input(
                path.name,
                "nothing is drawn in it; expected a layer of shapes",
                "里面没有图形，应为有图形的图层",
            )
        return pyogrio.read_dataframe(path, layer=chosen, force_2d=True)
    except ShapelyError as error:
        number, what = _unreadable(path, chosen)
        raise BadInput(f"{path.name}: feature {number}: {what}") from error
    except (DataSourceError, DataLayerError, UnicodeDecodeError) as error:
        what = " ".join(str(error).split())
        raise bad_input(
            path.name, f"cannot be read as a map layer ({what})", f"无法作为图层读取（{what}）"
        ) from error


def _unreadable(path: Path, layer: str | None) -> tuple[int, str]:
    """The number of the first feature whose geometry is no geometry, and what is wrong."""
    import shapely
    from pyogrio.raw import read

    for number, shape in enumerate(read(path, layer=layer, columns=[], force_2d=True)[2], 1):
        try:
            shapely.from_wkb(shape)
        except shapely.errors.ShapelyError as error:
            return number, "its shape cannot be read: " + " ".join(str(error).split())
    return 0, "a shape cannot be read"


def _crs(name: str, frame: Any) -> str:
    """The layer's CRS in words. Raises BadInput without one, or if it only roughly leads here."""
    from pyproj.exceptions import CRSError
    from pyproj.transformer import TransformerGroup

    expected = "expected one that is related to WGS84, e.g. EPSG:4326 or EPSG:4490"
    if frame.crs is None:
        raise BadInput(f"{name}: the layer has no coordinate reference system; {expected}")
    geodetic = frame.crs.geodetic_crs
    if geodetic is None:
        raise BadInput(f"{name}: the layer's CRS {frame.crs.name} is local; {expected}")
    if not any(word in geodetic.name for word in _SAME):
        try:
            ways = TransformerGroup(frame.crs, "EPSG:4326", always_xy=True).transformers
        except CRSError:
            ways = []
        if not ways or all("Ballpark" in way.description for way in ways):
            # Xian 1980 is some hundred metres off, and no public parameters lead to WGS84
            problem = f"how {frame.crs.name} lies to WGS84 is not known here"
            raise BadInput(f"{name}: {problem}; {expected}")
    authority = frame.crs.to_authority()
    return ":".join(authority) if authority else str(frame.crs.name)


def _to_wgs84(name: str, frame: Any) -> Any:
    from pyproj.exceptions import ProjError

    try:
        return frame if frame.crs.equals("EPSG:4326") else frame.to_crs("EPSG:4326")
    except ProjError as error:
        what = " ".join(str(error).split())
        raise BadInput(f"{name}: cannot be brought to WGS84 ({what})") from error


def cell(value: Any) -> Any:
    """A cell as plain Python; empty cells, NaN and blank texts are None."""
    if hasattr(value, "tolist"):  # numpy's scalars and lists
        value = value.tolist()
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, str):
        return value.strip() or None
    return None if type(value).__name__ in ("NAType", "NaTType") else value


def _shape(number: int, told: dict[str, Any], area: Any, faults: Faults) -> Shape | None:
    zone, _, part = str(told.get("zone") or told.get("id") or "").partition("/")
    role = str(told.get("role") or part or "nominal")
    label = f"{zone} {role}" if zone else ""
    before = len(faults.lines)
    if not _ZONE.fullmatch(zone):
        said = f"zone {zone!r} is no id" if zone else "it does not say which zone it draws"
        faults.add(number, "", f"{said}; expected a column zone with an id such as gc-nrmm-ban")
    elif role not in ROLES:
        faults.add(number, zone, f"role {role!r} is not known; expected {', '.join(ROLES)}")
    else:
        problem = _geometry_fault(area, role)
        if problem:
            faults.add(number, label, problem)
    if len(faults.lines) > before:
        return None
    return Shape(number, zone, role, settled(area), told)


def _geometry_fault(area: Any, role: str) -> str | None:
    from shapely.validation import explain_validity

    if area is None or area.is_empty:
        # an empty core says that no place is certainly inside; a missing one says nothing
        empty_core = area is not None and role == "core"
        return None if empty_core else "it has no geometry; expected a polygon"
    if area.geom_type not in ("Polygon", "MultiPolygon"):
        return f"its geometry is a {area.geom_type}; expected Polygon or MultiPolygon"
    west, south, east, north = area.bounds
    if not all(map(math.isfinite, (west, south, east, north))):
        return "its coordinates cannot be brought to WGS84; is the layer's CRS the right one?"
    if west < -180 or east > 180 or south < -90 or north > 90:
        swapped = -90 <= west <= east <= 90 and -180 <= south <= north <= 180
        hint = "are longitude and latitude swapped?" if swapped else "is the layer's CRS right?"
        return f"it reaches to {west:.6g} {south:.6g} {east:.6g} {north:.6g}, off the earth; {hint}"
    if not area.is_valid:
        return f"its shape is not valid: {explain_validity(area)}"
    return None


def settled(area: Any) -> Any:
    """The area with six decimals as GeoJSON has them, as a valid shapely MultiPolygon.

    Outer rings are counter-clockwise, holes clockwise; a ring that was so already keeps its start.
    """
    import shapely

    made = _rounded(area)
    if not made.is_valid:
        # two corners met by rounding: let the library find shapes that live on that grid
        made = _rounded(shapely.set_precision(area, 1e-6))
    if not made.is_valid:
        made = _rounded(shapely.make_valid(made))
    return made


def _rounded(area: Any) -> Any:
    from shapely import MultiPolygon, Polygon, get_parts
    from shapely.geometry.polygon import orient

    parts = []
    for polygon in get_parts(area):
        if polygon.geom_type != "Polygon":
            continue
        outer, *holes = (_ring(ring) for ring in (polygon.exterior, *polygon.interiors))
        if len(outer) >= 4:
            parts.append(orient(Polygon(outer, [hole for hole in holes if len(hole) >= 4])))
    return MultiPolygon(parts)


def _ring(ring: Any) -> list[tuple[float, float]]:
    corners: list[tuple[float, float]] = []
    for lon, lat in ring.coords:
        corner = (round(lon, 6), round(lat, 6))
        if not corners or corners[-1] != corner:
            corners.append(corner)
    return corners


def name_of(told: dict[str, Any]) -> dict[str, str] | None:
    """The name in both languages from name_zh and name_en, or from name (text, map or JSON)."""
    return in_both(told, "name")


def in_both(told: dict[str, Any], column: str) -> dict[str, str] | None:
    """A text in both languages from its two columns, or from one (text, map or JSON)."""
    name = told.get(column)
    if isinstance(name, str) and name.startswith("{"):
        with suppress(ValueError):
            name = json.loads(name)
    both = name if isinstance(name, dict) else {"zh": name, "en": name}
    found = {lang: told.get(f"{column}_{lang}") or both.get(lang) for lang in ("zh", "en")}
    some = found["zh"] or found["en"]
    return {lang: str(text or some) for lang, text in found.items()} if some else None


__all__ = [
    "DRAWN",
    "SLACK",
    "TEXTS",
    "Faults",
    "Layer",
    "Shape",
    "cell",
    "in_both",
    "name_of",
    "open_layer",
    "read_layer",
    "settled",
]
