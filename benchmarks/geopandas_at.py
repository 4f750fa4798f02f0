"""What one writes with geopandas to ask about one place: which zones, and may the machine work?

Usage: python geopandas_at.py ZONES.gpkg LON LAT STAGE
"""

import sys

import geopandas as gpd
from shapely.geometry import Point

zones = gpd.read_file(sys.argv[1])
place = Point(float(sys.argv[2]), float(sys.argv[3]))
inside = zones[zones.intersects(place)]["zone"].tolist()
print("zones:", ", ".join(inside))
if "gc-nrmm-ban" in inside and sys.argv[4] in ("0", "1"):
    print("prohibited: machines of stage 0 and 1 may not work here")
