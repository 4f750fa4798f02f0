"""The other ways to find which of many points lie in which zones: each as its users would, and at
its best.

Every function takes (places, shapes) and returns a call that does the work and hands back the
pairs (point numbers, zone numbers). What the peer may prepare beforehand stands before the inner
function: everything that depends on the zones only and, for the databases, the loaded tables.
Raises Absent where the peer is not installed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from .timing import Absent

if TYPE_CHECKING:
    from collections.abc import Callable

    from .made import Places, Shapes

    Pairs = tuple[Any, Any]
    Find = Callable[[], Pairs]


def ours(places: Places, shapes: Shapes) -> Find:
    """The cell index, warm, one thread."""
    from zonerules.layers.index import CellIndex

    index = CellIndex(shapes)
    return lambda: index.pairs(places.x, places.y)


def geopandas(places: Places, shapes: Shapes) -> Find:
    """sjoin(predicate="within"), its quickest predicate, from the same coordinates as everybody."""
    import geopandas as gpd

    zones = gpd.GeoDataFrame(geometry=shapes, crs=4326)

    def find() -> Pairs:
        points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(places.x, places.y, crs=4326))
        joined = points.sjoin(zones, predicate="within")
        return joined.index.to_numpy(), joined["index_right"].to_numpy()

    return find


def geopandas_ready(places: Places, shapes: Shapes) -> Find:
    """The same with the point geometries made beforehand: the join and nothing else."""
    import geopandas as gpd

    zones = gpd.GeoDataFrame(geometry=shapes, crs=4326)
    made = shapely.points(places.x, places.y)

    def find() -> Pairs:
        # a new frame each time: one that was joined before keeps its tree
        joined = gpd.GeoDataFrame(geometry=made, crs=4326).sjoin(zones, predicate="within")
        return joined.index.to_numpy(), joined["index_right"].to_numpy()

    return find


def loop(places: Places, shapes: Shapes) -> Find:
    """A loop over prepared polygons: a mask of the bounding box, then contains_xy for the rest."""
    shapely.prepare(shapes)
    bounds = shapely.bounds(shapes)

    def find() -> Pairs:
        points, zones = [], []
        for number, shape in enumerate(shapes):
            west, south, east, north = bounds[number]
            near = (places.x >= west) & (places.x <= east)
            near &= (places.y >= south) & (places.y <= north)
            at = np.nonzero(near)[0]
            at = at[shapely.contains_xy(shape, places.x[at], places.y[at])]
            points.append(at)
            zones.append(np.full(len(at), number))
        return np.concatenate(points), np.concatenate(zones)

    return find


def strtree(places: Places, shapes: Shapes) -> Find:
    """A tree of the points asked with prepared polygons: the quicker way round."""
    shapely.prepare(shapes)

    def find() -> Pairs:
        tree = shapely.STRtree(shapely.points(places.x, places.y))
        zone, point = tree.query(shapes, predicate="intersects")
        return point, zone

    return find


def strtree_of_zones(places: Places, shapes: Shapes) -> Find:
    """A tree of the zones asked with the points: what most examples show."""
    tree = shapely.STRtree(shapes)

    def find() -> Pairs:
        point, zone = tree.query(shapely.points(places.x, places.y), predicate="intersects")
        return point, zone

    return find


def duckdb(places: Places, shapes: Shapes) -> Find:
    """SPATIAL_JOIN on ST_Within from tables that are loaded already; all cores."""
    import pyarrow as pa

    database = duckdb_spatial()
    xy = pa.table({"i": np.arange(len(places.x)), "x": places.x, "y": places.y})
    wkb = pa.table({"z": np.arange(len(shapes)), "w": shapely.to_wkb(shapes)})
    database.register("xy", xy)
    database.register("wkb", wkb)
    database.execute("CREATE TABLE points AS SELECT i, ST_Point(x, y) AS g FROM xy")
    database.execute("CREATE TABLE zones AS SELECT z, ST_GeomFromWKB(w) AS g FROM wkb")
    join = "SELECT i, z FROM points JOIN zones ON ST_Within(points.g, zones.g)"

    def find() -> Pairs:
        found = database.execute(join).fetchnumpy()
        return found["i"], found["z"]

    return find


def duckdb_spatial() -> Any:
    """A connection with the spatial extension; from pip, from where DuckDB keeps it or, as the last
    resort, downloaded."""
    try:
        import duckdb as package
    except ImportError as error:
        raise Absent("duckdb is not installed (the extra bench)") from error
    database = package.connect()
    folders = [Path(folder) / "duckdb_ext" / "extensions" for folder in sys.path]
    for folder in (folder for folder in folders if folder.is_dir()):
        # pip's packages of extensions have nothing but this folder
        database.execute("SET extension_directory = ?", [str(folder)])
    try:
        database.execute("LOAD spatial")
    except package.Error:
        try:
            database.execute("INSTALL spatial")
            database.execute("LOAD spatial")
        except package.Error as error:
            why = str(error).splitlines()[0].partition(" at URL")[0]
            raise Absent(f"DuckDB {package.__version__} without spatial: {why}") from error
    return database


def sedonadb(places: Places, shapes: Shapes) -> Find:
    """ST_Within from tables that are loaded already, its own choice of library; all cores."""
    try:
        import geoarrow.pyarrow  # noqa: F401  # sedonadb needs it to hand results over
        import sedonadb as package
    except ImportError as error:
        raise Absent(f"{error.name} is not installed (the extra bench)") from error
    import pyarrow as pa

    database = package.connect()
    xy = pa.table({"i": np.arange(len(places.x)), "x": places.x, "y": places.y})
    wkb = pa.table({"z": np.arange(len(shapes)), "w": shapely.to_wkb(shapes)})
    database.create_data_frame(xy).to_view("xy", overwrite=True)
    database.create_data_frame(wkb).to_view("wkb", overwrite=True)
    for name, query in (
        ("points", "SELECT i, ST_Point(x, y) AS g FROM xy"),
        ("zones", "SELECT z, ST_GeomFromWKB(w) AS g FROM wkb"),
    ):
        database.sql(query).to_memtable().to_view(name, overwrite=True)
    join = "SELECT i, z FROM points JOIN zones ON ST_Within(points.g, zones.g)"

    def find() -> Pairs:
        found = database.sql(join).to_arrow_table()
        return found["i"].to_numpy(), found["z"].to_numpy()

    return find


PEERS: dict[str, Callable[[Places, Shapes], Find]] = {
    "ours": ours,
    "geopandas": geopandas,
    "geopandas_ready": geopandas_ready,
    "loop": loop,
    "strtree": strtree,
    "strtree_of_zones": strtree_of_zones,
    "duckdb": duckdb,
    "sedonadb": sedonadb,
}
CORES = os.cpu_count() or 1
