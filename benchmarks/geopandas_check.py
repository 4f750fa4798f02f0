"""What one writes with geopandas to check a table: zones, verdict and reason for every row.

Usage: python geopandas_check.py ZONES.gpkg IN.csv OUT.csv [--boundary]

One rule is written down in here (stage 0 and 1 machines are banned in one zone); `zonerules check`
knows all of them, with their dates and exceptions. With --boundary the script also does what an
honest answer needs, and `zonerules check` always does: rows within 10 m of a boundary are told
apart, and the distance to the nearest boundary is given up to 1 km.
"""

import sys

import geopandas as gpd
import numpy as np
import pandas as pd

zones = gpd.read_file(sys.argv[1])[["zone", "geometry"]]
table = pd.read_csv(sys.argv[2], dtype={"stage": str})
points = gpd.GeoDataFrame(
    table, geometry=gpd.points_from_xy(table["lon"], table["lat"], crs="EPSG:4326")
)

joined = points[["geometry"]].sjoin(zones, predicate="within")
table["zones"] = joined.groupby(level=0)["zone"].agg(";".join)

banned = joined.index[joined["zone"] == "gc-nrmm-ban"]
in_ban = pd.Series(False, index=table.index)
in_ban.loc[banned] = True
old = table["stage"].isin(["0", "1"])
table["verdict"] = np.select(
    [in_ban & old, in_ban & table["stage"].isna()],
    ["prohibited", "cannot_determine"],
    "no_data",
)
table["reason"] = np.select(
    [table["verdict"] == "prohibited", table["verdict"] == "cannot_determine"],
    ["non-road machinery of stage 0 and 1 is banned here (21)", "the stage is not given"],
    "no rule of the table's author",
)

if "--boundary" in sys.argv:
    flat = "EPSG:4547"  # metres
    lines = gpd.GeoDataFrame(geometry=zones.boundary.to_crs(flat))
    near = points[["geometry"]].to_crs(flat)
    near = near.sjoin_nearest(lines, max_distance=1000, distance_col="distance_m")
    distance = near["distance_m"].groupby(level=0).first()
    table["distance_m"] = distance.round(1)
    table.loc[table["distance_m"] < 10, "verdict"] = "cannot_determine"

table.drop(columns="geometry", errors="ignore").to_csv(sys.argv[3], index=False)
