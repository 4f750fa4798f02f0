"""How the geocoding services of Tianditu, Amap and Baidu are asked and what they answer.

Each takes one address and gives one place; the differences are the datum, the words for levels and
the codes of refusal. geopy knows one of the three and drops the level, which is what says how far
the place may be off, so these are read here. The formats are those of the services' own pages:

* Tianditu: 地理编码接口 (lbs.tianditu.gov.cn/server/geocodinginterface.html): status 0 answered,
  101 nothing found, 404 an error; lon, lat always, level and score not always;
* Amap: 地理编码 (lbs.amap.com/api/webservice/guide/api/georegeo), its levels as of the notice of
  2023-12-07 (lbs.amap.com/news/geocoder_api);
* Baidu: 地理编码 V3.0 (lbsyun.baidu.com/docs/webapi, geocoding/guide/webservice-geocoding-base),
  which takes 128 bytes of an address, 84 until 2023.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...layers.datum import to_wgs84

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SERVICES", "Found", "Refused", "Service"]

# Metres within which the place is, by level: a door or a named place is where the service puts it
# give or take a compound, a road is anywhere along it. None: a disc of the gazetteer tells.
HOUSE_M, SPOT_M, CROSSING_M, ROAD_M, VILLAGE_M, QUARTER_M, TOWN_M, ZONE_M = (
    300.0, 500.0, 400.0, 5_000.0, 1_500.0, 2_000.0, 8_000.0, 15_000.0,
)  # fmt: skip
Level = tuple[str, "float | None"]
HOUSE, SPOT, CROSSING = ("house", HOUSE_M), ("point", SPOT_M), ("crossing", CROSSING_M)
ROAD, VILLAGE, TOWN = ("road", ROAD_M), ("village", VILLAGE_M), ("town", TOWN_M)
QUARTER, ZONE = ("town", QUARTER_M), ("county", ZONE_M)
COUNTY, CITY = ("county", None), ("city", None)


class Refused(Exception):
    """The service will not answer. `again`: it may after a while; `code`: its own word for why;
    `kind`: `key` or `quota` where that is what its number means."""

    def __init__(self, code: str, *, again: bool, kind: str = "") -> None:
        super().__init__(code)
        self.code, self.again, self.kind = code, again, kind


@dataclass(frozen=True)
class Found:
    """A service's place of an address, degrees WGS84; `radius_m` None: as large as its unit."""

    lon: float
    lat: float
    level: str
    radius_m: float | None
    matched: str
    adcode: str | None = None


@dataclass(frozen=True)
class Service:
    """One service: where it is asked, for what, in which datum it answers."""

    name: str
    url: str
    key: str
    """The name of the parameter that holds the user's key."""
    datum: str
    pause_s: float
    """Between two questions, so that a free key is not refused."""
    levels: Mapping[str, Level] = field(repr=False)
    longest: int = 0
    """Bytes of an address that it takes, 0 for as many as one likes."""

    def parameters(self, address: str) -> dict[str, str]:
        """What is sent besides the key."""
        text = address
        if self.longest:
            text = address.encode()[: self.longest].decode(errors="ignore")
        if self.name == "tianditu":
            return {"ds": json.dumps({"keyWord": text}, ensure_ascii=False)}
        if self.name == "baidu":
            return {"address": text, "output": "json", "ret_coordtype": "gcj02ll"}
        return {"address": text, "output": "JSON"}

    def read(self, answer: Any) -> Found | None:
        """The place in an answer, None where the service found none.

        Raises Refused; ValueError, KeyError or TypeError for what is no answer of this service.
        """
        found = _READERS[self.name](answer)
        if found is None:
            return None
        lon, lat, word, matched, adcode, more_m = found
        lon, lat = to_wgs84(lon, lat, self.datum)
        if not (abs(lon) <= 180 and abs(lat) <= 90):
            raise ValueError("no place on earth")
        level, radius = self.levels.get(word, COUNTY)
        if radius is not None:
            radius = max(radius, more_m)
        return Found(lon, lat, level, radius, matched, adcode)


_Raw = tuple[float, float, str, str, "str | None", float]


def _amap(answer: Any) -> _Raw | None:
    if str(answer["status"]) != "1":
        code = str(answer.get("infocode", ""))
        if code in ("30000", "30001"):  # the engine knows nothing of it
            return None
        kind = "quota" if code in AMAP_QUOTA else "key" if code in AMAP_KEY else ""
        words = f"{code} {answer.get('info', '')}".strip()
        raise Refused(words, again=code in AMAP_AGAIN, kind=kind)
    rows = answer["geocodes"]
    if not rows:
        return None
    row = rows[0]
    lon, lat = (float(part) for part in row["location"].split(","))
    return lon, lat, str(row["level"]), _text(row["formatted_address"]), _text(row["adcode"]), 0.0


def _baidu(answer: Any) -> _Raw | None:
    code = int(answer["status"])
    if code == 1 and not answer.get("result"):
        return (
            None  # "no result" and "internal error" share the number; the text tells nothing sure
        )
    if code != 0:
        kind = "quota" if code in BAIDU_QUOTA else "key" if code in BAIDU_KEY else ""
        words = f"{code} {answer.get('message') or answer.get('msg') or ''}".strip()
        raise Refused(words, again=code in BAIDU_AGAIN, kind=kind)
    row = answer["result"]
    place, level = row["location"], str(row.get("level", ""))
    sure = float(row.get("confidence", 0))
    more = next((metres for least, metres in BAIDU_SURE if sure >= least), 20_000.0)
    return float(place["lng"]), float(place["lat"]), level, level, None, more


def _tianditu(answer: Any) -> _Raw | None:
    code, told = str(answer.get("status", "")), str(answer.get("msg", ""))
    if code != "0":
        # its page says 101 for nothing found; some answers say so in words beside 404
        if code == "101" or (code == "404" and NOTHING_FOUND.search(told)):
            return None
        number = str(answer.get("code", code))
        kind = "key" if number == "301001" else ""
        raise Refused(f"{number} {told}".strip(), again=code in ("1", "404", "500"), kind=kind)
    row = answer.get("location")
    if not row:
        return None
    # without a score nothing says how well the words were matched
    score = float(row.get("score", UNSCORED))
    more = 0.0 if score >= 90 else 2_000.0 if score >= 60 else 10_000.0
    matched = _text(row.get("keyWord", "")) or ""
    return float(row["lon"]), float(row["lat"]), str(row.get("level", "")), matched, None, more


def _text(value: Any) -> str:
    """Amap writes [] for an empty text."""
    return value if isinstance(value, str) else ""


UNSCORED = 60.0
NOTHING_FOUND = re.compile("无结果|无数据|未找到|没有找到|结果为空|no result", re.IGNORECASE)
_READERS = {"amap": _amap, "baidu": _baidu, "tianditu": _tianditu}
# Too many questions in a moment, or the engine is busy; a used-up day or a wrong key is not here.
AMAP_AGAIN = {"10004", "10014", "10015", "10016", "10019", "10020", "10021", "10022", "10023"}
BAIDU_AGAIN = {401, 402}
AMAP_KEY = {"10001", "10002", "10005", "10006", "10007", "10008", "10009", "10012", "10013"}
AMAP_QUOTA = {"10003", "10044", "10045"}
BAIDU_KEY = {3, 5, *range(101, 103), *range(200, 300)}
BAIDU_QUOTA = {4, 301, 302}
# Baidu's confidence and the metres that its page promises for it.
BAIDU_SURE = (
    (100, 20.0), (90, 50.0), (80, 100.0), (75, 200.0), (70, 300.0), (60, 500.0), (50, 1_000.0),
    (40, 2_000.0), (30, 5_000.0), (25, 8_000.0), (20, 10_000.0),
)  # fmt: skip
_SPOTS = (
    "地产小区 商务大厦 政府机构 生活服务 休闲娱乐 餐饮 宾馆 购物 金融 教育 医疗 旅游景点 汽车服务 "
    "火车站 长途汽车站 桥 停车场/停车区 港口/码头 收费区/收费站 飞机场 机场 收费处/收费站 "
    "加油站 绿地"
)

SERVICES = {
    service.name: service
    for service in (
        Service(
            "tianditu",
            "https://api.tianditu.gov.cn/geocoder",
            "tk",
            "cgcs2000",
            0.25,
            {
                "门址": HOUSE, "地名地址": SPOT, "兴趣点": SPOT, "POI": SPOT,
                "道路交叉口": CROSSING,
                "道路": ROAD, "村": VILLAGE, "村庄": VILLAGE, "乡镇": TOWN, "区县": COUNTY,
                "市": CITY, "省": CITY,
            },
        ),
        Service(
            "amap",
            "https://restapi.amap.com/v3/geocode/geo",
            "key",
            "gcj02",
            0.35,
            {
                **dict.fromkeys(("门牌号", "单元号", "门址", "楼层", "房间"), HOUSE),
                **dict.fromkeys(("兴趣点", "公交站台、地铁站", "公交地铁站点", "住宅区"), SPOT),
                "道路交叉路口": CROSSING, "道路": ROAD, "小巷": ROAD, "村庄": VILLAGE,
                "热点商圈": QUARTER, "乡镇": TOWN, "开发区": ZONE, "区县": COUNTY, "市": CITY,
                "省": CITY, "国家": CITY,
            },
        ),
        Service(
            "baidu",
            "https://api.map.baidu.com/geocoding/v3/",
            "ak",
            "gcj02",  # asked for: without ret_coordtype it would be BD-09
            0.35,
            {
                **dict.fromkeys(_SPOTS.split(), SPOT),
                "门址": HOUSE, "交叉路口": CROSSING, "道路": ROAD, "村庄": VILLAGE, "商圈": QUARTER,
                "工业园区": QUARTER, "乡镇": TOWN, "区县": COUNTY, "城市": CITY, "省": CITY,
                "国家": CITY,
            },
            longest=128,
        ),
    )
}  # fmt: skip
