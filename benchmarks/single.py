"""Section c: one point at a time, everything warm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from . import made
from .shipped import ACTIVITY, AROUND, DAY
from .timing import Absent, each, failed

if TYPE_CHECKING:
    from collections.abc import Callable

    from .setting import Setting
    from .timing import Row

    Call = Callable[[tuple[float, float]], Any]

CHECKED = 200


def single(setting: Setting) -> Row:
    """Microseconds of one location, on the zones of section a and on the shipped catalogue, and of
    a whole `at` with an activity and a fact."""
    import zonerules
    from zonerules.layers.index import ZoneIndex

    share = 0.02 if setting.quick else setting.scale
    calls, ats = (max(least, round(most * share)) for least, most in ((400, 20_000), (30, 2_000)))
    warm = calls // 40
    shapes = made.counties()
    places = made.places(shapes, calls)
    questions = list(zip(places.x.tolist(), places.y.tolist()))
    ways, rows = _ways(shapes, databases=not setting.quick)
    expected = [_zones(ways["strtree"](question)) for question in questions[:CHECKED]]
    for name, way in ways.items():
        few = questions[: 40 + calls // 20] if name == "geopandas_sjoin" else questions
        found = [_zones(way(question)) for question in few[:CHECKED]]
        rows[name] = {**each(way, few, warm), "equal": found == expected[: len(found)]}
    catalogue = zonerules.open()
    index = ZoneIndex(catalogue.data)
    west, south, east, north = AROUND
    rng = np.random.default_rng(5)
    around = list(zip(rng.uniform(west, east, ats).tolist(), rng.uniform(south, north, ats)))
    asked = {"date": DAY, "activity": ACTIVITY, "facts": {"machine.stage": "1"}}
    shipped = {
        "index": each(lambda at: index.locate_one(*at), around, warm),
        "index_10m": each(lambda at: index.locate_one(*at, 10.0), around, warm),
        "locate": each(lambda at: catalogue.located.locate(*at), around, warm),
        "locate_10m": each(lambda at: catalogue.located.locate(*at, 10.0), around, warm),
        "at": each(lambda at: catalogue.at(*at, **asked), around, warm),
    }
    return {"zones": len(shapes), "rows": rows, "shipped": shipped}


def _zones(found: Any) -> list[int]:
    return sorted(int(zone) for zone in found)


def _ways(shapes: made.Shapes, *, databases: bool) -> tuple[dict[str, Call], dict[str, Row]]:
    """Return (ways, rows of those that are absent); each way gives the zones around a point."""
    import geopandas as gpd

    from zonerules.layers.index import ZoneIndex
    from zonerules.layers.point import prepare

    tree = shapely.STRtree(shapes)
    nominal = {
        str(i): {"shapes": {"nominal": shapely.geometry.mapping(shape)}}
        for i, shape in enumerate(shapes)
    }
    single_point = prepare({"zones": nominal})
    index = ZoneIndex({"zones": nominal}, cached=False)
    ready = np.array(shapely.from_wkb(shapely.to_wkb(shapes)))
    shapely.prepare(ready)
    frame = gpd.GeoDataFrame(geometry=shapes, crs=4326)
    frame.sindex  # noqa: B018  # makes the tree

    def prepared(at: tuple[float, float]) -> Any:
        near = tree.query(shapely.Point(at))
        return near[shapely.intersects_xy(ready[near], *at)]

    def sjoin(at: tuple[float, float]) -> Any:
        point = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*zip(at), crs=4326))
        return point.sjoin(frame, predicate="intersects")["index_right"]

    def at_single_point(at: tuple[float, float]) -> Any:
        found = single_point.locate(*at)
        return [zone for zone, location in found.items() if location.where == "inside"]

    ways: dict[str, Call] = {
        "ours_point": at_single_point,
        "ours_index": lambda at: index.locate_one(*at),
        "strtree": lambda at: tree.query(shapely.Point(at), predicate="intersects"),
        "prepared": prepared,
        "sindex": lambda at: frame.sindex.query(shapely.Point(at), predicate="intersects"),
        "geopandas_sjoin": sjoin,
    }
    rows: dict[str, Row] = {}
    if not databases:
        return ways, rows
    try:
        ways["duckdb"] = _duckdb(shapes)
    except Absent as error:
        rows["duckdb"] = failed(error)
    return ways, rows


def _duckdb(shapes: made.Shapes) -> Call:
    import pyarrow as pa

    from .peers import duckdb_spatial

    database = duckdb_spatial()
    wkb = pa.table({"z": np.arange(len(shapes)), "w": shapely.to_wkb(shapes)})
    database.register("wkb", wkb)
    database.execute("CREATE TABLE zones AS SELECT z, ST_GeomFromWKB(w) AS g FROM wkb")
    database.execute("CREATE INDEX tree ON zones USING RTREE (g)")
    query = "SELECT z FROM zones WHERE ST_Intersects(g, ST_Point({!r}, {!r}))"

    def find(at: tuple[float, float]) -> Any:
        return [zone for (zone,) in database.execute(query.format(*at)).fetchall()]

    return find
