"""The words that notices use around names: sides, joints, rings, inclusion, kinds of line."""

from __future__ import annotations

import re

from .normal import HOLES

__all__ = ["OPPOSITE", "SIDE", "is_line", "is_ring_road", "is_unit", "kind_of", "split_unit"]

SIDE = {"东": "east", "西": "west", "南": "south", "北": "north"}
OPPOSITE = {"east": "west", "west": "east", "south": "north", "north": "south"}

HOLE = f"[{HOLES}]"
COMPASS = "东北|东南|西北|西南|[东南西北]"

_ROAD = (
    r"路|街|道|巷|弄|大桥|桥|公路|高速|环|环线|线|径|胡同|辅道|匝道|高架|隧道|干道|通道|连接线"
    r"|[GSXYCZH]\d+(?:线|道路|公路)?|[国省县乡村]道\d+(?:线)?|\d+(?:国|省|县|乡)道(?:线)?"
    r"|快速路|路段|线路"
    r"|外环|内环|中环|东环|西环|南环|北环|路线|路口|延长线|延伸段|北延|南延|东延|西延|红线"
)
_WATER = (
    r"河|江|渠|溪|沟|港|浜|湖|海|水道|水库|运河|总干渠|干渠|河道|河堤|大堤|堤|堤防|岸"
    r"|岸线|海岸线|湾|塘|池|川|涧"
)
_LINES = re.compile(
    rf"(?:{_ROAD}|{_WATER}|铁路|高铁|专线|等高线|山脊线|山脊|分水岭|山|岭|边界|界|界线|城墙|围墙|外墙|墙体|线"
    r"|保护区|风景区|一线|沿线)$"
)
# The first that fits the end of a name tells what the line is; a name says no more than that.
_KINDS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("place", r"(?:交叉口|交叉路口|路口|交汇处|交会处|交口|道口|岔口|岔路口|弯道|转盘"
                  r"|环岛|立交|立交桥|互通"
                  r"|收费站|出入口|出口|入口|起点|终点|广场|车站|站|机场|码头|大厦|医院|学校"
                  r"|中学|小学|大学|学院"
                  r"|党校|公司|厂|村|社区|小区|花园|公园|林场|农场|水厂|电厂|镇政府|政府"
                  r"|市场|商场|家园|新村)$"),
        ("contour", r"(?:\d+(?:\.\d+)?(?:米|m)?(?:高程线?|等高线))|等高线$"),
        ("ridge", r"(?:山脊线?|分水岭|分水线|山麓|山脚|山|岭|山脉)$"),
        ("railway", r"(?:铁路|高铁|铁路线|铁路沿线|铁路专用线|专用线|客专|货线|城际|京广线"
                    r"|陇海线|京沪线|京九线|焦柳线)$"),
        ("river", rf"(?:{_WATER}|水系)(?:中心线|中线|左岸|右岸|北岸|南岸|东岸|西岸)?$"),
        ("boundary", r"(?:边界|边界线|界|界线|区界|市界|县界|镇界|交界|交界处|保护区|风景区"
                     r"|规划区|开发区|园区|围墙|城墙)$"),
    )
)  # fmt: skip
_RING = re.compile(
    r"(?:[一二三四五六七八九内中外东南西北两]?环(?:路|线|城路|城高速|城公路|高速|快速路|道"
    r"|大道)?|绕城(?:高速|公路|高速公路|路|线)?"
    r"|环城(?:路|高速|公路|河|高速公路)?|城墙|护城河|围墙|环湖路|环岛路)$"
)
_UNIT = re.compile(
    r"(?:省|市|自治州|州|县|旗|区|镇|乡|街道|街道办事处|办事处|街办|街道办|村|社区|社|组"
    r"|居委会?|村委会?|新城|新区|组团|区块|片区"
    r"|工业园|产业园|科技园|园|城|老城|旧城|集镇|基地|地区|城区|镇区|建成区|规划区|示范区"
    r"|集聚区|管委会|港区|校区"
    r"|半岛|岛|机场|林场|农场|(?:东|西|南|北)部|建成区域|居民点|景区|度假区|保税区|小区)$"
)
_ADMIN = re.compile(
    r"^(.{1,12}?(?:(?:镇|乡|街道)(?:港区|工业区|开发区|园区)|[镇乡]街道|省|市区|城区|市|自治县|县|开发区|工业区|工业园区|新区|新城|示范区|集聚区|高新区|经开区|区|[镇乡](?!街道)"
    r"|街道办事处|街道|办事处))(.+)$"
)
_NO_UNIT = re.compile(
    r"(?:小区|社区|景区|校区|厂区|库区|矿区|灌区|保护区|城市|都市|超市|门市|夜市|老区|山区"
    r"|林区|(?<![镇乡])港区|片区)$"
)
# what may follow a unit only as part of the same name: 市场街, 区府路, 县前街, 镇海路
_GROWN = re.compile(
    r"^(?:场|口|府|政|前|后|东|西|南|北|中|民|心|委|界|一|二|三|海|江|河|宁|平)?(?:路|街|道"
    r"|大道|大街|巷|线|(?<![一二三四五六七八九十])环路?)$|^(?:场|府|政府|界|边界)"
)
WHERE = re.compile(
    r"^(?:市区内?|县城区?内?|城区内?|城市规划区内?|(?:市)?中心城区内?|主城区内?|老城区"
    r"|辖区内?|四至|具体|其中"
    r"|(?:我|本|全)(?:市|县|区)(?:行政区域)?内?)(?=.{2})"
)


def is_line(name: str) -> bool:
    """Whether a name looks like that of a line: a road, a river, a railway, a boundary."""
    return bool(_LINES.search(name) or kind_of(name) not in ("road", "place"))


def is_ring_road(name: str) -> bool:
    """Whether one name alone can go all the way round (四环, 绕城高速)."""
    return bool(_RING.search(name))


def is_unit(name: str) -> bool:
    """Whether a name looks like that of an area: an administrative unit, a zone, a built-up "
    "area."""
    return bool(_UNIT.search(name))


def kind_of(name: str) -> str:
    """road, railway, river, contour, ridge, boundary or place."""
    return next((kind for kind, pattern in _KINDS if pattern.search(name)), "road")


def split_unit(name: str) -> tuple[str | None, str]:
    """An administrative unit printed straight before the name of a line, and the name itself.

    西村镇和谐路 gives 西村镇 and 和谐路. Where a sign may as well belong to the name (市场街,
    新区大道) nothing is split off.
    """
    units: list[str] = []
    while found := _ADMIN.match(name):
        unit, rest = found.groups()
        short = len(unit) < 3 and unit[-1] != "县"
        if (
            short
            or rest[0] in "与至及"
            or _NO_UNIT.search(unit)
            or _GROWN.search(rest)
            or re.search(r"\d[省县乡]$", unit)
            or not is_line(rest)
        ):
            break
        units.append(unit)
        name = rest
    return ("".join(units) or None), name
