"""The shipped catalogue's zones as a file that geopandas reads, and a table of machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

# west, south, east, north of Zhengzhou, where most zones of the catalogue are
AROUND = (113.4, 34.5, 113.9, 35.0)
ACTIVITY, DAY, BANNED = "operate-non-road-machinery", "2017-11-20", "gc-nrmm-ban"
PLACE = ("113.69", "34.735", "1")  # lon, lat, stage: inside the zone, and prohibited
QUESTION = ("--date", DAY, "--activity", ACTIVITY)


def zones_file(folder: Path) -> Path:
    """Write the nominal shapes of all drawn zones as a GeoPackage and return its path."""
    import geopandas as gpd
    import shapely

    import zonerules
    from zonerules.layers.point import drawn_zones

    drawn = [(name, shapes["nominal"]) for name, _, shapes in drawn_zones(zonerules.open().data)]
    frame = gpd.GeoDataFrame(
        {"zone": [name for name, _ in drawn]},
        geometry=[shapely.geometry.shape(shape) for _, shape in drawn],
        crs="EPSG:4326",
    )
    path = folder / "zones.gpkg"
    frame.to_file(path, layer="zones")
    return path


def machines_file(folder: Path, rows: int) -> Path:
    """Write a table of machines: name, lon, lat and a stage that is missing now and then."""
    import pandas as pd

    rng = np.random.default_rng(5)
    west, south, east, north = AROUND
    table = pd.DataFrame(
        {
            "name": [f"企业{number}" for number in range(rows)],
            "lon": rng.uniform(west, east, rows).round(6),
            "lat": rng.uniform(south, north, rows).round(6),
            "stage": rng.choice(["0", "1", "2", "3", "4", ""], rows),
        }
    )
    path = folder / "machines.csv"
    table.to_csv(path, index=False)
    return path
