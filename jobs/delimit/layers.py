"""The user's lines and areas: a layer of any format into what ``layers.draft`` draws with.

Needs geopandas and pyogrio, imported where used; everything comes out in WGS84 lon/lat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...layers.draft.model import Shapes
from ...rules.messages import Line as Text
from ..answer import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ...layers.draft.model import Line

__all__ = ["area_of", "drawn_units", "read_lines"]


def read_lines(
    path: Path, *, layer: str | None = None, name_column: str | None = None
) -> tuple[list[Line], list[Line], str]:
    """The lines of a layer with all names each goes by; those with a ``reading`` apart.

    Columns: see named.named_lines. Returns (lines, ways to close, the layer's CRS). Raises
    BadInput.
    """
    import shapely

    from ..exchange.drawn import open_layer
    from .named import named_lines

    frame, crs = open_layer(path, layer, "lines")
    shape = frame.geometry.name
    columns = [str(name) for name in frame.columns if name != shape]
    rows = (
        (
            {name: row[name] for name in columns},
            [
                part.coords
                for part in shapely.get_parts(row[shape] if row[shape] is not None else [])
                if part.geom_type in ("LineString", "LinearRing") and not part.is_empty
            ],
        )
        for _, row in frame.iterrows()
    )
    lines, ways = named_lines(path.name, columns, rows, name_column)
    return lines, ways, crs


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
