"""Tables of flat rows as a GeoPackage. Needs geopandas and pyogrio, imported when it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .flat import column_kind

if TYPE_CHECKING:
    from pathlib import Path

    from .tables import Entry, Tables

VERSION = "1.2"
TYPES = {"zones": "MultiPolygon", "lines": "LineString", "sources": "Point"}
TITLES = {
    "zones": "管控区 · zones: one row a zone and role; undrawn zones without geometry",
    "lines": "边界线 · boundary lines of zones",
    "sources": "污染源 · sources",
    "rules": "规则 · rules",
    "targets": "目标 · targets",
    "documents": "文件 · documents",
    "about": "说明 · what this file is",
}


def write(path: Path, found: Tables) -> None:
    """Write the tables as layers of a new GeoPackage; those without a geometry type as attributes.

    Geometries are WGS84 lon/lat (EPSG:4326, stored east before north as GeoPackage has it).
    """
    import pyogrio

    for name, entries in found.items():
        frame = _frame(name, entries)
        options: dict[str, Any] = {}
        if name in TYPES:
            options["geometry_type"] = TYPES[name]
        pyogrio.write_dataframe(
            frame,
            path,
            layer=name,
            driver="GPKG",
            dataset_options={"VERSION": VERSION},
            layer_options={"IDENTIFIER": name, "DESCRIPTION": TITLES[name]},
            **options,
        )


def _frame(name: str, entries: list[Entry]) -> Any:
    import pandas as pd

    columns = dict.fromkeys(key for entry in entries for key in entry.row)
    values = {key: _column(key, [entry.row.get(key) for entry in entries]) for key in columns}
    frame = pd.DataFrame(values)
    if name not in TYPES:
        return frame
    import geopandas
    from shapely.geometry import shape

    shapes = [shape(entry.geometry) if entry.geometry else None for entry in entries]
    return geopandas.GeoDataFrame(frame, geometry=shapes, crs="EPSG:4326")


def _column(name: str, values: list[Any]) -> Any:
    """A column of the narrowest type that holds all values; nothing stays nothing, not "nan"."""
    import pandas as pd

    kind = column_kind(name, values)
    if kind == "boolean":
        return pd.array(values, dtype="boolean")
    if kind == "integer":
        return pd.array(values, dtype="Int64")
    if kind == "real":
        return pd.array([None if value is None else float(value) for value in values], "Float64")
    texts = [value if value is None or isinstance(value, str) else str(value) for value in values]
    return pd.Series(texts, dtype=object)


__all__ = ["TITLES", "TYPES", "VERSION", "write"]
