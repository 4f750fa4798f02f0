"""Sections a and b: many points in many zones, and what making, keeping and loading the index
takes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import numpy as np

from . import made
from .answers import Reference
from .setting import prepared
from .timing import interleaved

if TYPE_CHECKING:
    from collections.abc import Callable

    from .made import Places, Shapes
    from .setting import Setting
    from .timing import Row

NOT_QUICK = ("strtree_of_zones", "duckdb", "sedonadb")
# slow ways of peers that are there with a quicker one, too
NOT_FOR_MANY = ("geopandas_ready", "strtree_of_zones")
MANY_POINTS, MANY_ZONES = 3_000_000, 1000
RADIUS_M = 10.0
SAMPLE = 300  # places whose locations are compared with those of the single point


def counties(setting: Setting) -> Row:
    """Section a: 190 zones of 600 vertices, 10^6 and 10^7 points."""
    shapes = made.counties()
    counts = [1e6] if setting.quick else [1e6, 1e7]
    wide = Wide(shapes)
    found = _section(shapes, [setting.points(count) for count in counts], setting, wide)
    return {**found, "index": _index(shapes, setting)}


def many_zones(setting: Setting) -> Row:
    """Section b: 5,000 zones of 500 vertices (quick: 200), 10^6 points."""
    shapes = made.tiling(20, 10, 500) if setting.quick else made.tiling(100, 50, 500)
    found = _section(shapes, [setting.points(1e6)], setting)
    return {**found, "index": _index(shapes, setting)}


def _section(shapes: Shapes, counts: list[int], setting: Setting, wide: Wide | None = None) -> Row:
    sizes = []
    for count in counts:
        setting.say(f"  {len(shapes)} zones, {count:,} points")
        places = made.places(shapes, count)
        rows = _size(places, shapes, wide, setting)
        sizes.append({"points": count, "rows": rows, "stages": _stages(places, shapes, setting)})
    return {"zones": len(shapes), "vertices": _vertices(shapes), "sizes": sizes}


def _size(places: Places, shapes: Shapes, wide: Wide | None, setting: Setting) -> dict[str, Row]:
    from zonerules.layers.index import CellIndex

    from . import peers

    many = len(places.x) >= MANY_POINTS or len(shapes) >= MANY_ZONES
    left_out = (NOT_QUICK if setting.quick else ()) + (NOT_FOR_MANY if many else ())
    ready, absent = prepared(
        [name for name in peers.PEERS if name not in left_out], places, shapes, setting.say
    )
    runs: dict[str, Callable[[], Any]] = {
        **ready,
        "ours_one_shot": lambda: CellIndex(shapes).pairs(places.x, places.y),
    }
    if wide:
        runs["ours_wide"] = lambda: wide.locate(places)
    reference = Reference(places, shapes, ready["ours"]())

    def look(name: str, answer: Any) -> Row:
        if wide and name == "ours_wide":
            return wide.look(places, answer)
        return reference.look(answer)

    return {**interleaved(runs, setting.effort, look), **absent}


def _stages(places: Places, shapes: Shapes, setting: Setting) -> dict[str, Row]:
    """Where our own time goes: looking up cells, and the exact tests in those with boundaries."""
    from zonerules.layers.index import CellIndex

    index = CellIndex(shapes)
    x, y = places
    ids = index.tables.cells.at(x, y)
    return interleaved(
        {"cells": lambda: index.tables.cells.at(x, y), "exact": lambda: index._tested(ids, x, y)},
        setting.effort,
    )


class Wide:
    """The same zones with core and extent, and points with a radius: what an answer needs."""

    def __init__(self, shapes: Shapes) -> None:
        from zonerules.layers.index import ZoneIndex
        from zonerules.layers.point import prepare

        data = made.catalogue(shapes)
        self._index = ZoneIndex(data, cached=False)
        self._single = prepare(data)

    def locate(self, places: Places) -> Any:
        return self._index.locate(places.x, places.y, RADIUS_M)

    def look(self, places: Places, located: Any) -> Row:
        """Compare a sample with the single point's own code, which knows no index."""
        wrong = 0
        sample = np.linspace(0, len(places.x) - 1, SAMPLE).astype(int)
        for i in sample:
            alone = self._single.locate(float(places.x[i]), float(places.y[i]), RADIUS_M)
            expected = {zone: at.where for zone, at in alone.items() if at.where != "outside"}
            wrong += located.distinct[located.ids[i]] != expected
        return {"sampled": len(sample), "wrong": wrong, "equal": not wrong}


def _index(shapes: Shapes, setting: Setting) -> dict[str, Row]:
    """Making the index, and loading a kept one: the file alone, and with checking the shapes."""
    from zonerules.layers.index import CellIndex, cache

    before = os.environ.get("ZONERULES_CACHE")
    os.environ["ZONERULES_CACHE"] = str(setting.cache)
    try:
        tables = CellIndex(shapes).tables
        cache.keep("benchmark", tables)
        size = cache.index_file("benchmark").stat().st_size
        runs = {
            "build": lambda: CellIndex(shapes),
            "cached": lambda: CellIndex(shapes, tables=cache.kept("benchmark")),
            "cached_file": lambda: cache.kept("benchmark"),
        }
        rows = interleaved(runs, setting.effort)
        return {**rows, "file": {"bytes": size}}
    finally:
        if before is None:
            del os.environ["ZONERULES_CACHE"]
        else:
            os.environ["ZONERULES_CACHE"] = before


def _vertices(shapes: Shapes) -> int:
    import shapely

    return int((shapely.get_num_coordinates(shapes) - 1).sum())
