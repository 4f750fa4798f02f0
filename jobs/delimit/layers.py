"""The user's lines and areas: a layer of any format into what ``layers.draft`` draws with.

Needs geopandas and pyogrio, imported where used; everything comes out in WGS84 lon/lat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ...layers.draft.model import Shapes
from ...rules.messages import Line as Text
from ..answer import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .named import Named

__all__ = ["Area", "area_of", "drawn_units", "read_lines"]


def read_lines(
    path: Path, *, layer: str | None = None, name_column: str | None = None
) -> tuple[Named, str]:
    """The lines of a layer with all names each goes by, and the layer's CRS.

    Columns: see named.named_lines. Raises BadInput.
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
    return named_lines(path.name, columns, rows, name_column), crs


def drawn_units(data: Mapping[str, Any], *, rough: bool = False) -> dict[str, Shapes]:
    """Areas of the catalogue by their Chinese names: administrative units and drawn zones.

    rough: those instead that are approximate, as built around the seat of a town.
    """
    import shapely

    from ...layers.point import drawn_zones

    drawn = [(row, shapes) for _, row, shapes in drawn_zones(data)]
    drawn += [(row, row["shapes"]) for row in data["units"].values() if row.get("shapes")]
    found: dict[str, Shapes] = {}
    for row, shapes in drawn:
        if (row.get("basis") == "approximate") == rough:
            areas = {role: shapely.geometry.shape(shape) for role, shape in shapes.items()}
            nominal = areas["nominal"]
            core, extent = areas.get("core", nominal), areas.get("extent", nominal)
            found[row["name"]["zh"]] = Shapes(nominal, core, extent)
    return found


class Area(NamedTuple):
    """What --within is. known: whether its name is that of a unit or zone of the catalogue, else
    it is a file."""

    shapes: Shapes
    name: str
    known: bool


def area_of(given: str, data: Mapping[str, Any], accuracy_m: float | None) -> Area:
    """The area that --within names: a file of polygons, an adcode, a unit or a drawn zone (an
    approximate one too, see layers.draft.units).

    Raises BadInput.
    """
    from pathlib import Path

    path = Path(given)
    if path.suffix and path.is_file():
        return Area(_from_file(path, accuracy_m), path.name, False)
    units = {**drawn_units(data, rough=True), **drawn_units(data)}
    for code, row in [*data["units"].items(), *data["zones"].items()]:
        name = row["name"]["zh"]
        if given in (code, name) and name in units:
            return Area(units[name], name, True)
        if given in (code, name):
            raise BadInput(
                Text(
                    f"--within {given}: the catalogue has no shape of it; give a polygon file",
                    f"--within {given}：目录里有它，但没有图形；请给一个面文件",
                )
            )
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
