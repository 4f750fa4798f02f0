"""From the cells of a batch to places in WGS84; what is no place is told, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ...layers.datum import DATUMS, EXTRA_ACCURACY_M, to_wgs84
from ...rules.facts import nearest, shown
from ...rules.messages import Line, in_language
from ..answer import BadInput
from ..coordinates import LATITUDE_FIRST, angle, parse
from .doubts import metres_of, off_grid, off_zone, remarks, zeros

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from .addressed import Addresses
    from .columns import Columns

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Faults = dict[int, Line]
WGS84 = "EPSG:4326"
DIGITS = 12  # of numbers that need no closer look, the point included
LIMITS = {"lon": 180.0, "lat": 90.0}
# what people write into a cell of coordinates to say that there are none
NOTHING = {
    "无",
    "暂无",
    "不详",
    "未知",
    "空",
    "-",
    "--",
    "—",
    "——",
    "/",
    "null",
    "none",
    "n/a",
    "nan",
}
NO_PLACE = Line("no place in this row", "此行没有位置")


class Places(NamedTuple):
    """One place for each row: degrees WGS84, NaN where there is none, and the radius in metres.

    `faults`: row to what is wrong with its place. `told`: what an address was taken for, by row;
    `stated`: the adcode of the county or city that the address of such a row states.
    """

    lon: Floats
    lat: Floats
    radius_m: Floats
    faults: Faults
    told: Any = None
    stated: Any = None


class Placing:
    """How the places of a table are written: the datum of its degrees, or a projected CRS.

    `datum`: a name of layers.datum; `crs`: anything pyproj reads, for coordinates that are not
    degrees of a datum. `accuracy_m` is for rows without their own. `addresses` give the place of
    rows that have none; `common`: positions, as they are written, that are told on their rows.
    Raises BadInput.
    """

    def __init__(
        self,
        columns: Columns,
        *,
        datum: str | None,
        crs: str | None,
        accuracy_m: float,
        addresses: Addresses | None = None,
        common: Sequence[Sequence[float]] = (),
    ) -> None:
        self._columns, self._addresses = columns, addresses
        self._datum = _checked_datum(datum)
        self._move = None if crs is None else transformer(crs)
        self._metres = None if crs is None else metres_of(crs_of(crs))
        self._common = common
        self._accuracy_m = accuracy_m

    def places(self, batch: pa.RecordBatch, geometry: int | None) -> Places:
        """Return the place of every row of a batch."""
        faults: Faults = {}
        x, y = self.written(batch, geometry, faults)
        radius = self._radius(batch, faults)
        x, y = zeros(x, y, faults)
        doubtful = remarks(x, y, degrees=self._metres is None, common=self._common)
        if self._metres is not None:
            x, y = off_grid(x, y, self._metres, faults)
        if self._move is not None:
            x, y = self._move(x, y)
        if self._metres is not None:
            x, y = off_zone(x, y, self._metres, faults)
        x, y = _on_earth(x, y, faults)
        known = np.isfinite(x)
        lon, lat = np.full(len(x), np.nan), np.full(len(x), np.nan)
        lon[known], lat[known] = to_wgs84(x[known], y[known], self._datum)
        for row, line in doubtful.items():
            faults.setdefault(row, line)  # answered, and marked
        found = Places(lon, lat, radius + EXTRA_ACCURACY_M.get(self._datum, 0.0), faults)
        return found if self._addresses is None else self._addresses.add(batch, found)

    def suspicions(self, batch: pa.RecordBatch, geometry: int | None) -> list[Line]:
        """What is suspicious about coordinates; an address that is asked of a service is not, a
        sample must send nothing."""
        from .suspicions import suspicions

        x, y = self.written(batch, geometry, {})
        own = self._addresses
        located = [] if own is None or own.notice is not None else own.sample(batch)
        return suspicions(x, y, self._datum, located, degrees=self._metres is None)

    def written(
        self, batch: pa.RecordBatch, geometry: int | None, faults: Faults
    ) -> tuple[Floats, Floats]:
        """The coordinates of every row as they are written, NaN where there are none."""
        roles = self._columns.roles
        if "lon" in roles and "lat" in roles:
            return (
                numbers_of(batch.column(roles["lon"]), faults, "lon"),
                numbers_of(batch.column(roles["lat"]), faults, "lat"),
            )
        if "place" in roles:
            return pairs_of(batch.column(roles["place"]), faults)
        if geometry is None and self._addresses is not None:
            return np.full(batch.num_rows, np.nan), np.full(batch.num_rows, np.nan)
        if geometry is None:
            raise BadInput(
                Line(
                    "no column with coordinates: name them with --lon and --lat, or the column of "
                    "addresses with --address-col",
                    "没有坐标列：请用 --lon 和 --lat 指明，或用 --address-col 指明地址列",
                )
            )
        return points_of(batch.column(geometry), faults)

    def _radius(self, batch: pa.RecordBatch, faults: Faults) -> Floats:
        at = self._columns.roles.get("accuracy")
        if at is None:
            return np.full(batch.num_rows, self._accuracy_m)
        wrong: Faults = {}
        own = numbers_of(batch.column(at), wrong)
        empty = np.isnan(own)
        for row in wrong:
            empty[row] = False
        for row in np.nonzero((own < 0) | (own > 1e6))[0]:
            wrong[int(row)] = Line(
                f"accuracy {own[row]:g}: expected metres from 0 to 1000000",
                f"误差 {own[row]:g}：应为 0 至 1000000 米",
            )
        for row, line in wrong.items():
            # a place of unknown accuracy is no place: any radius would be a guess
            faults.setdefault(row, line)
        return np.where(empty, self._accuracy_m, own)


def _checked_datum(datum: str | None) -> str:
    name = datum or "wgs84"
    if name not in DATUMS:
        near = nearest(name, DATUMS)
        wrong, known = f"--datum {shown(name)}", ", ".join(DATUMS)
        raise BadInput(
            Line(
                f"{wrong}: expected one of {known}{near}",
                f"{wrong}：应为下列之一：{known}{in_language(near, 'zh')}",
            )
        )
    return name


def false_easting(crs: str) -> float | None:
    """The easting of the central meridian in metres; None for what has no such meridian."""
    operation = crs_of(crs).coordinate_operation
    if operation is None or "Transverse Mercator" not in operation.method_name:
        return None
    told = {param.name: float(param.value) for param in operation.params}
    return told.get("False easting")


def crs_of(crs: str) -> Any:
    """The CRS that a text names. Raises BadInput."""
    import pyproj
    from pyproj.exceptions import CRSError

    try:
        return pyproj.CRS.from_user_input(crs)
    except CRSError as error:
        wrong = f"--crs {shown(crs)}"
        raise BadInput(Line(f"{wrong}: no such CRS", f"{wrong}：没有这个坐标系")) from error


def transformer(crs: str) -> Any:
    """Return a function of easting/longitude and northing/latitude to degrees WGS84."""
    import pyproj

    return pyproj.Transformer.from_crs(crs_of(crs), WGS84, always_xy=True).transform


def numbers_of(column: pa.Array, faults: Faults, role: str = "") -> Floats:
    """Return the numbers of a column, NaN where a cell is empty or is no number (a fault).

    With a `role` (lon, lat) angles are read in every spelling of jobs.coordinates; one that says of
    itself that it is another is a fault. Without, they are metres.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        values: Floats = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
        return values
    texts = pc.cast(column, pa.string())
    quick = _plain_numbers(texts)
    if quick is not None:
        return quick
    plain = pc.utf8_trim_whitespace(texts)
    usual = pc.match_substring_regex(plain, r"^[+-]?\d{1,12}(\.\d{0,20})?$")
    read = pc.cast(pc.if_else(pc.fill_null(usual, False), plain, None), pa.float64())
    values = read.to_numpy(zero_copy_only=False).copy()
    for row in np.nonzero(~pc.fill_null(usual, False).to_numpy(zero_copy_only=False))[0]:
        text = texts[int(row)].as_py()
        if text is None or not text.strip() or (role and text.strip().casefold() in NOTHING):
            continue
        if role:
            values[row] = _number(text, role, faults, int(row))
        else:
            said = shown(text)
            faults.setdefault(
                int(row), Line(f"{said} is no number of metres", f"“{said}”不是以米为单位的数")
            )
    return values


def _plain_numbers(texts: pa.Array) -> Floats | None:
    """The numbers of a column in which every cell is plain decimals, as in most tables; else None.

    One look at all cells as one text: no signs, nothing empty, no more than DIGITS characters.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if not len(texts) or texts.null_count:
        return None
    ends = np.frombuffer(texts.buffers()[1], np.int32, len(texts) + 1, 4 * texts.offset)
    lengths = np.diff(ends)
    if lengths.min() < 1 or lengths.max() > DIGITS:
        return None
    text = memoryview(texts.buffers()[2])[ends[0] : ends[-1]]
    begins = np.frombuffer(text, np.uint8)[ends[:-1] - ends[0]]
    if bytes(text).translate(None, b"0123456789.") or (begins == ord(".")).any():
        return None
    try:
        read = pc.cast(texts, pa.float64())
    except pa.ArrowInvalid:  # two points in a cell
        return None
    values: Floats = read.to_numpy(zero_copy_only=False).copy()
    return values


def _number(text: str, role: str, faults: Faults, row: int) -> float:
    """An angle in another spelling than plain decimals; NaN and a fault if it is none."""
    try:
        value, axis = angle(text)
    except BadInput as error:
        faults.setdefault(row, Line(str(error), in_language(error, "zh")))
        return np.nan
    if axis not in (None, role):
        said = f"{shown(text)}"
        faults.setdefault(row, Line(f"{said} says it is a {axis}", f"“{said}”写明是 {axis}"))
        return np.nan
    return value


def pairs_of(column: pa.Array, faults: Faults) -> tuple[Floats, Floats]:
    """Longitude and latitude from one cell each."""
    x, y = np.full(len(column), np.nan), np.full(len(column), np.nan)
    for row, cell in enumerate(column.to_pylist()):
        text = "" if cell is None else str(cell)
        if not text.strip() or text.strip().casefold() in NOTHING:
            continue
        try:
            reading = parse(text)[0]
        except BadInput as error:
            faults[row] = Line(str(error), in_language(error, "zh"))
            continue
        if reading.note == LATITUDE_FIRST:  # told, not turned round unasked
            faults[row] = Line(
                f"{shown(text)}: latitude first; expected longitude, latitude",
                f"“{shown(text)}”纬度在前；应为经度、纬度",
            )
        else:
            x[row], y[row] = reading.lon, reading.lat
    return x, y


def points_of(column: pa.Array, faults: Faults) -> tuple[Floats, Floats]:
    """The coordinates of points in WKB; another shape is no place."""
    import shapely

    shapes = shapely.from_wkb(column.to_numpy(zero_copy_only=False), on_invalid="ignore")
    kinds = shapely.get_type_id(shapes)
    for row in np.nonzero((kinds != 0) & ~shapely.is_missing(shapes))[0]:
        kind = shapes[row].geom_type
        faults[int(row)] = Line(f"{kind}: expected a point", f"{kind}：应为点")
    points = shapes.copy()
    points[(kinds != 0) | shapely.is_empty(shapes)] = None
    return shapely.get_x(points), shapely.get_y(points)


def moved(column: pa.Array, crs: str | None, datum: str) -> pa.Array:
    """Shapes in WKB, in WGS84 instead of a CRS (None: degrees) whose degrees are in `datum`."""
    import pyarrow as pa
    import shapely

    there = None if crs is None else transformer(crs)

    def move(corners: Floats) -> Floats:
        x, y = corners.T if there is None else there(*corners.T)
        return np.stack(to_wgs84(x, y, datum), axis=1)

    shapes = shapely.from_wkb(column.to_numpy(zero_copy_only=False), on_invalid="ignore")
    return pa.array(shapely.to_wkb(shapely.transform(shapes, move)), pa.binary())


def _on_earth(x: Floats, y: Floats, faults: Faults) -> tuple[Floats, Floats]:
    """Take out what lies nowhere on earth and tell it."""
    x, y = np.array(x, dtype=np.float64), np.array(y, dtype=np.float64)
    known = np.isfinite(x) & np.isfinite(y)
    with np.errstate(invalid="ignore"):
        far = known & ((np.abs(x) > LIMITS["lon"]) | (np.abs(y) > LIMITS["lat"]))
    for row in np.nonzero(far)[0]:
        swapped = abs(y[row]) <= LIMITS["lon"] and abs(x[row]) <= LIMITS["lat"]
        where = f"{x[row]:.10g}, {y[row]:.10g}"
        hint = Line("; swapped?", "；是不是写反了？") if swapped else Line("", "")
        faults.setdefault(
            int(row), Line(f"{where} is no place on earth{hint}", f"{where} 不在地球上{hint.zh}")
        )
    for row in np.nonzero(~known)[0]:
        faults.setdefault(int(row), NO_PLACE)
    for row in faults:
        x[row] = y[row] = np.nan
    return x, y
