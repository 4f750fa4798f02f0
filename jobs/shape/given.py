"""Reading the polygon or line somebody asks about: what is wrong is told, what is mended is noted.

Standard library only; the geometry library is a ``layers.parts.Engine``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from ...layers.datum import to_wgs84
from ...layers.measure import DEPTH
from ...layers.parts import Engine, size_of
from ...rules.messages import Line
from ..answer import BadInput
from ..wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["BadShape", "Note", "Read", "both", "read"]

MOST_CORNERS = 100_000
WIDEST_DEGREES = 20.0
# Below this nothing was drawn: square metres of a polygon, metres of a line.
SMALLEST = {2: 0.01, 1: 0.01}
NAMES = {2: "polygon", 1: "line"}


def both(code: str, **args: object) -> dict[str, str]:
    """A text of words_shape.json in both languages, its gaps filled."""
    return {lang: words(lang, "words_shape")[code].format(**args) for lang in ("zh", "en")}


class BadShape(BadInput):
    """A shape that cannot be asked about; ``text`` is the reason in zh and en, one line each."""

    def __init__(self, code: str, **args: object) -> None:
        self.code, self.text = code, both(f"bad_{code}", **args)
        super().__init__(Line(self.text["en"], self.text["zh"]))


Note = dict[str, Any]
"""{code, zh, en}: what was mended or should be known about the shape."""


class Read(NamedTuple):
    """A valid shape in WGS84; dimension 2: polygons, 1: lines."""

    shape: Any
    dimension: int
    corners: int
    notes: list[Note]


def note(code: str, **args: object) -> Note:
    """A note by its code."""
    return {"code": code, **both(f"note_{code}", **args)}


def read(engine: Engine, given: Mapping[str, Any], datum: str) -> Read:
    """The shape of a GeoJSON geometry, feature or collection with coordinates in ``datum``.

    Several polygons, or several lines, are asked as one. Raises BadShape.
    """
    shapes = list(_geometries(given))
    kinds = {shape["type"].replace("Multi", "") for shape in shapes}
    if not shapes:
        raise BadShape("empty")
    if kinds == {"Point"}:
        raise BadShape("point")
    if len(kinds) > 1:
        raise BadShape("mixed")
    if not kinds <= {"Polygon", "LineString"}:
        raise BadShape("type", type=str(kinds.pop())[:40])
    dimension = 2 if kinds == {"Polygon"} else 1
    cleaner = _Cleaner(dimension, datum)
    lists = [part for shape in shapes for part in cleaner.parts(shape)]
    kind = "MultiPolygon" if dimension == 2 else "MultiLineString"
    made = [engine.read({"type": kind, "coordinates": [part]}) for part in lists]
    notes = cleaner.notes()
    if len(shapes) > 1:
        notes.append(note("several", n=len(shapes)))
    return Read(_joined(engine, made, dimension, notes), dimension, cleaner.corners, notes)


def _geometries(given: Any) -> Iterator[Mapping[str, Any]]:
    if not hasattr(given, "get"):
        raise BadShape("geojson")
    _check_crs(given)
    kind = given.get("type")
    if kind == "FeatureCollection":
        for feature in given.get("features") or []:
            yield from _geometries(feature)
    elif kind == "Feature":
        if given.get("geometry"):
            yield from _geometries(given["geometry"])
    elif kind == "GeometryCollection":
        for shape in given.get("geometries") or []:
            yield from _geometries(shape)
    elif not isinstance(kind, str) or not isinstance(given.get("coordinates"), (list, tuple)):
        raise BadShape("geojson")
    elif given["coordinates"]:
        yield given


def _check_crs(given: Mapping[str, Any]) -> None:
    """The crs member of older GeoJSON may only name WGS84."""
    crs = given.get("crs")
    if crs is None:
        return
    name = str((crs.get("properties") or {}).get("name", "")) if hasattr(crs, "get") else str(crs)
    if not name.upper().endswith(("CRS84", "EPSG::4326", "EPSG:4326")):
        raise BadShape("crs", crs=name[:60])


class _Cleaner:
    """Checks coordinates and leaves out what says nothing: repeated corners, third coordinates."""

    def __init__(self, dimension: int, datum: str) -> None:
        self.dimension, self.datum = dimension, datum
        self.corners = self.repeated = self.unclosed = 0

    def parts(self, shape: Mapping[str, Any]) -> Iterator[Any]:
        own = DEPTH[shape["type"]]
        parts = [shape["coordinates"]] if own == self.dimension else shape["coordinates"]
        for part in parts:
            try:
                made = [self._ring(ring) for ring in part] if self.dimension == 2 else None
                yield self._line(part) if made is None else made
            except (TypeError, IndexError, KeyError, AttributeError):
                raise BadShape("geojson") from None

    def notes(self) -> list[Note]:
        found = []
        if self.repeated:
            found.append(note("repeated", n=self.repeated))
        if self.unclosed:
            found.append(note("unclosed", n=self.unclosed))
        return found

    def _ring(self, ring: Any) -> list[list[float]]:
        line = self._positions(ring)
        if line[0] != line[-1]:
            self.unclosed += 1
            line.append(list(line[0]))
        if len(line) < 4:
            raise BadShape("few_corners", n=max(len(line) - 1, 0))
        self.corners += len(line) - 1
        return line

    def _line(self, part: Any) -> list[list[float]]:
        line = self._positions(part)
        if len(line) < 2:
            raise BadShape("short_line")
        self.corners += len(line)
        return line

    def _positions(self, given: Any) -> list[list[float]]:
        if len(given) > MOST_CORNERS:
            raise BadShape("corners", n=len(given), most=MOST_CORNERS)
        line: list[list[float]] = []
        for position in given:
            here = self._position(position)
            if line and line[-1] == here:
                self.repeated += 1
                continue
            if line and abs(line[-1][0] - here[0]) > 180.0:
                raise BadShape("antimeridian")
            line.append(here)
        if not line:
            raise BadShape("empty")
        return line

    def _position(self, position: Any) -> list[float]:
        if isinstance(position, str) or isinstance(position[0], (str, bool)):
            raise TypeError
        lon, lat = float(position[0]), float(position[1])
        if not (math.isfinite(lon) and math.isfinite(lat)):
            raise BadShape("not_finite")
        if abs(lon) > 180.0 or abs(lat) > 90.0:
            swapped = abs(lon) <= 90.0 and abs(lat) <= 180.0
            code = "swapped" if swapped else "range"
            raise BadShape(code, position=f"{lon:g}, {lat:g}")
        x, y = to_wgs84(lon, lat, self.datum)
        return [float(x), float(y)]


def _joined(engine: Engine, made: list[Any], dimension: int, notes: list[Note]) -> Any:
    """One valid shape of all pieces, with a note on what had to be repaired."""
    if dimension == 2:
        for n, piece in enumerate(made):
            problem = engine.problem(piece)
            if problem:
                made[n] = engine.repaired(piece)
                notes.append(note("repaired", reason=problem[:120], n=_pieces(engine, made[n])))
    before = sum(size_of(engine, piece, dimension) for piece in made)
    whole = engine.only(engine.union(made), dimension)
    size = 0.0 if engine.is_empty(whole) else size_of(engine, whole, dimension)
    if size < SMALLEST[dimension]:
        raise BadShape("zero_area" if dimension == 2 else "zero_length")
    if before - size > 1e-6 * size:
        notes.append(note("overlap" if dimension == 2 else "twice"))
    west, south, east, north = engine.bounds(whole)
    widest = max(east - west, north - south)
    if widest > WIDEST_DEGREES:
        raise BadShape("huge", degrees=f"{widest:.0f}", most=f"{WIDEST_DEGREES:.0f}")
    return whole


def _pieces(engine: Engine, shape: Any) -> int:
    return len(engine.write(shape)["coordinates"])
