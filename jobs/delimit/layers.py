"""The user's lines and areas: a layer of any format into what ``layers.draft`` draws with.

Needs geopandas and pyogrio, imported where used; everything comes out in WGS84 lon/lat.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ...layers.draft.model import Line, Shapes
from ...rules.messages import Line as Text
from ..answer import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["area_of", "drawn_units", "read_lines"]

NAMES = (
    "name", "名称", "道路名称", "路名", "名字", "road", "road_name", "roadname", "fullname",
    "mc", "dlmc", "name_zh", "name:zh",
)  # fmt: skip
MORE = (
    "name_zh", "name:zh", "alt_name", "old_name", "official_name", "short_name", "曾用名",
    "别名", "ref", "编号", "路线编号", "other_names",
)  # fmt: skip
WIDTHS = ("width_m", "width", "宽度", "路宽", "红线宽度")
ACCURACIES = ("accuracy_m", "accuracy", "精度")


def read_lines(
    path: Path, *, layer: str | None = None, name_column: str | None = None
) -> tuple[list[Line], list[Line], str]:
    """The lines of a layer with all names each goes by; those with a ``reading`` apart.

    Columns (any case): a name (``name_column``, or one of NAMES), further names and road numbers,
    accuracy_m (a figure, or one for each segment), width_m; ``reading`` makes a line one way to
    close an open side. Returns (lines, ways to close, the layer's CRS). Raises BadInput.
    """
    from ..exchange.drawn import open_layer

    frame, crs = open_layer(path, layer, "lines")
    shape = frame.geometry.name
    columns = {str(name).casefold(): name for name in frame.columns if name != shape}
    main = _name_column(path, columns, name_column)
    wanted = list(dict.fromkeys([main, *(columns[n] for n in MORE if n in columns)]))
    lines: list[Line] = []
    ways: list[Line] = []
    for number, (_, row) in enumerate(frame.iterrows(), 1):
        names = tuple(dict.fromkeys(n for c in wanted for n in _names(row[c])))
        width = _figure(row, columns, WIDTHS)
        reading = _names(row[columns["reading"]]) if "reading" in columns else []
        for part, points in enumerate(_parts(path, number, row[shape])):
            told = str(row[columns["id"]]) if "id" in columns and row[columns["id"]] else ""
            name = told or f"{path.name}#{number}" + (f".{part + 1}" if part else "")
            accuracy = _accuracy(path, number, row, columns, len(points) - 1)
            if reading:
                ways.append(Line(name, (reading[0],), points, accuracy, width))
            elif names:
                lines.append(Line(name, names, points, accuracy, width))
    if not lines:
        raise BadInput(
            Text(
                f"--lines {path.name}: no line with a name in column {main}",
                f"--lines {path.name}：“{main}”列里没有带名称的线",
            )
        )
    return lines, ways, crs


def _name_column(path: Path, columns: Mapping[str, str], wanted: str | None) -> str:
    if wanted is not None:
        found = columns.get(wanted.casefold())
        if found is None:
            raise BadInput(
                Text(
                    f"--name-column {wanted}: not in {path.name}; it has {', '.join(columns)}",
                    f"--name-column {wanted}：{path.name} 没有这一列；有：{'、'.join(columns)}",
                )
            )
        return found
    for name in NAMES:
        if name in columns:
            return columns[name]
    raise BadInput(
        Text(
            f"--lines {path.name}: no column of names; say which with --name-column "
            f"({', '.join(columns) or 'it has none'})",
            f"--lines {path.name}：找不到名称列，请用 --name-column "
            f"指明（{'、'.join(columns) or '没有属性'}）",
        )
    )


def _names(value: Any) -> list[str]:
    """The names in a cell: a text, several with ; or /, or a map of languages."""
    from ..exchange.drawn import cell

    value = cell(value)
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = json.loads(value)
        except ValueError:
            return [value]
    if isinstance(value, dict):
        return [str(text) for text in value.values() if text]
    if value is None:
        return []
    texts = str(value).replace("；", ";").replace("/", ";").split(";")
    return [text.strip() for text in texts if text.strip()]


def _figure(row: Any, columns: Mapping[str, str], names: tuple[str, ...]) -> float | None:
    from ..exchange.drawn import cell

    for name in names:
        if name in columns:
            try:
                figure = float(str(cell(row[columns[name]])).rstrip("m米 "))
            except ValueError:
                continue
            if 0 < figure < 1000:
                return figure
    return None


def _accuracy(
    path: Path, number: int, row: Any, columns: Mapping[str, str], segments: int
) -> tuple[float, ...] | None:
    from ..exchange.drawn import cell

    for name in ACCURACIES:
        value = cell(row[columns[name]]) if name in columns else None
        if isinstance(value, str) and value.startswith("["):
            value = json.loads(value)
        if value is None:
            continue
        try:
            figures = [float(v) for v in value] if isinstance(value, list) else [float(value)]
        except (TypeError, ValueError):
            figures = [-1.0]
        if len(figures) == 1:
            figures *= segments
        if len(figures) != segments or not all(0 < f < 1e6 for f in figures):
            raise BadInput(
                Text(
                    f"--lines {path.name}: feature {number}: accuracy_m is {value!r}; expected "
                    f"metres above 0, one figure or one for each of the {segments} segments",
                    f"--lines {path.name}：第 {number} 个要素的精度是 {value!r}；应为大于 0 "
                    f"的米数，"
                    f"一个或每段一个（共 {segments} 段）",
                )
            )
        return tuple(figures)
    return None


def _parts(path: Path, number: int, shape: Any) -> Iterator[tuple[tuple[float, float], ...]]:
    """The lines of a feature as lon/lat, repeated points left out; other geometry is passed "
    "over."""
    import shapely

    if shape is None or shape.is_empty:
        return
    for part in shapely.get_parts(shape):
        if part.geom_type not in ("LineString", "LinearRing"):
            continue
        points: list[tuple[float, float]] = []
        for x, y in part.coords:
            if not (-180 <= x <= 180 and -90 <= y <= 90):
                raise BadInput(
                    Text(
                        f"--lines {path.name}: feature {number} lies off the earth "
                        f"({x:.6g} {y:.6g}); is the layer's CRS right?",
                        f"--lines {path.name}：第 {number} 个要素的坐标 {x:.6g} {y:.6g} "
                        f"不在地球上，"
                        "坐标系对吗？",
                    )
                )
            if not points or points[-1] != (x, y):
                points.append((x, y))
        if len(points) > 1:
            yield tuple(points)


def drawn_units(data: Mapping[str, Any]) -> dict[str, Shapes]:
    """Areas of the catalogue by their Chinese names: administrative units and drawn zones."""
    import shapely

    from ...layers.point import drawn_zones

    drawn = [(row, shapes) for _, row, shapes in drawn_zones(data)]
    drawn += [(row, row["shapes"]) for row in data["units"].values() if row.get("shapes")]
    found: dict[str, Shapes] = {}
    for row, shapes in drawn:
        if row.get("basis") != "approximate":
            areas = {role: shapely.geometry.shape(shape) for role, shape in shapes.items()}
            nominal = areas["nominal"]
            core, extent = areas.get("core", nominal), areas.get("extent", nominal)
            found[row["name"]["zh"]] = Shapes(nominal, core, extent)
    return found


def area_of(given: str, data: Mapping[str, Any], accuracy_m: float | None) -> tuple[Shapes, str]:
    """The area that --within names: a file of polygons, an adcode, a unit or a drawn zone.

    Raises BadInput.
    """
    from pathlib import Path

    path = Path(given)
    if path.suffix and path.is_file():
        return _from_file(path, accuracy_m), path.name
    units = drawn_units(data)
    for code, row in [*data["units"].items(), *data["zones"].items()]:
        if given == code and row["name"]["zh"] in units:
            return units[row["name"]["zh"]], row["name"]["zh"]
    for name, shapes in units.items():
        if given == name:
            return shapes, name
    from ...rules.facts import nearest

    raise BadInput(
        Text(
            f"--within {given}: no such file, and no unit or drawn zone{nearest(given, units)}",
            f"--within {given}：没有这个文件，也没有画出来的区划或区域",
        )
    )


def _from_file(path: Path, accuracy_m: float | None) -> Shapes:
    from ...layers.band import Piece, band
    from ..exchange.drawn import open_layer

    frame, _ = open_layer(path, None)
    polygons = [s for s in frame.geometry if s is not None and s.geom_type.endswith("Polygon")]
    if not polygons:
        raise BadInput(
            Text(f"--within {path.name}: no polygon in it", f"--within {path.name}：里面没有面")
        )
    import shapely

    nominal = shapely.union_all(polygons)
    accuracy = accuracy_m or 0.0
    for name in frame.columns:
        if str(name).casefold() == "accuracy_m":
            accuracy = max([float(v) for v in frame[name] if v is not None], default=accuracy)
    if not accuracy:
        return Shapes(nominal, nominal, nominal)
    rings = [r for p in shapely.get_parts(nominal) for r in (p.exterior, *p.interiors)]
    doubt = band(
        Piece(a, b, accuracy) for r in rings for a, b in zip(r.coords, r.coords[1:]) if a != b
    )
    return Shapes(nominal, nominal.difference(doubt), nominal.union(doubt))
