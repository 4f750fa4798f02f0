"""What a name may look like without anybody having to look twice: a strict, positive list.

Anything else may be a name all the same, and is only doubted.
"""

from __future__ import annotations

import re

from .lexicon import split_unit

__all__ = ["area_reason", "line_reason", "place_reason"]

_LINE = re.compile(
    r"(?:路|街|道|大道|大街|巷|弄|里|胡同|公路|高速|高速公路|快速路|绕城|铁路|高铁|专线|专用线"
    r"|国道|省道"
    r"|县道|乡道|线|环|干道|通道|高架|辅道|桥|大桥|隧道|渠|沟|江|河|溪|湖|水库|运河|港|浜|泾"
    r"|塘|湾|海"
    r"|涌|川|山|岭|堤|大堤|堤防|山脊|城墙|围墙|界|边界|界线|行政界|规划线|红线|岸线|海岸线"
    r"|等高线|北延|南延|东延|西延|延长线|延伸段|支流|麓|岸|沿岸)$"
)
_CODE = re.compile(
    r"(?:(?:国道|省道|县道|乡道)?[GSXYCZ]\d{1,4}(?:线|国道|省道|县道|高速|公路|道路)?"
    r"|\d{1,3}(?:国道|省道|县道|乡道)(?:线)?|(?:国道|省道|县道|乡道)\d{1,4}(?:线)?)(?:绕城段"
    r"|改线|辅道)?$"
)
_PLACE = re.compile(
    r"(?:交叉口|路口|交汇处|立交|立交桥|互通|收费站|出入口|广场|车站|站|机场|码头|大厦|医院"
    r"|学校|中学|小学"
    r"|大学|学院|公司|厂|村|社区|小区|花园|公园|林场|农场|水厂|电厂|政府|市场|家园|新村|苑|城"
    r"|园|东站|南站"
    r"|西站|北站|景区|取水口|中心)$"
)
_AREA = re.compile(
    r"(?:省|州|市|县|旗|区|镇|乡|街道|街道办事处|办事处|街办|街道办|村|社区|居委会|村委会|新城"
    r"|组团|区块"
    r"|居民点|居委|家园|花园|公寓|市场|广场|公园|学校|大学|学院|中学|小学|医院|厂|公司|水库|山"
    r"|湖|地区|苑|城|庄"
    r"|工业园|产业园|科技园|园|老城|集镇|基地|岛|半岛|林场|农场|小区|城区|建成区|新区|片区"
    r"|校区|[一二三四五六七八九十\d]组|[一二三四五六七八九十\d]社)$"
)
# What no name holds but as the first of two signs of its own (和平路, 为民路, 至善街).
_GRAMMAR = re.compile(
    r"[以为从到沿距均或其但且，。；：（）—…]|(?<=.)[至由自向与及和含除](?=.)|[东南西北]侧"
    r"|[东南西北]面|之间|范围|区域"
    r"|\d+(?:米|公里)|两侧|周边|除外|不含"
    r"|选址|涉及|位于|地处|坐落|划定|调整|经过|通往|连接(?!线)|延伸(?!段)|为邻|相望|相邻|接壤"
    r"|相连|毗"
    r"|(?<=.)于(?=.)"
)
_HARMLESS = re.compile(
    r"和(?:平|谐|顺|睦|兴|美|信|畅|安|祥|润|济|义|庄|园|硕)"
    r"|[人太永共政中雍祥颐泰义]和(?=[路街道桥河园])|自(?:由|强|立|力)|为民|有为"
    r"|[新志作大无]为(?=[路街])"
    r"|至(?:善|诚|德|正|真)|从化|含(?:光|笑|山|浦|元)|与(?:时)|由(?:义)|向(?:阳|荣|东|前|上|北"
    r"|南|西|心|农|明|山)|[东南西北]向阳"
    r"|(?<=[东南西北志])[向](?=[路街])"
    r"|自然|自贡|从容|其昌|到贤|以(?:勒|利)|除(?:虎)|沿(?:江|河|湖|海|滨|山|溪|港|城|沪|岸)|永和"
)
_UNIT_THEN_LINE = re.compile(
    r"^[一-龥]{1,5}?(?:市|区|县|镇|乡|街道"
    r"|办事处)(?![场口府政前后民心委界里])(?=[一-龥]{2,}(?:路|街|道|河|渠|线|巷)$)"
)
_TWO = re.compile(
    r"(?<=..)(?<![铁公])(?:路|街|大道|大街|巷|河|渠)(?!口|桥|北|南|东|西|中|心|沿|边|家|道|大"
    r"|线|段|辅|一|二|三|四|五|高|堤|岸"
    r"|下)[一-龥]{2,}"
    r"(?:路|街|道|大道|河|渠|桥|巷)$"
)
_SIGNS = re.compile(r"[\u3400-\u9fffA-Za-z0-9·]{2,}")
_LONG = 10


def line_reason(name: str, ring: bool = False) -> str:
    """Why a name is no sure name of a line: name, fused, long or words; empty for a sure one."""
    if _CODE.fullmatch(name):
        return ""
    if not _SIGNS.fullmatch(name):
        return "words"
    if re.match(r"(?:与(?!时)|及其|以及|和(?=.{4,}$)(?![平谐顺睦兴畅硕]))", name):
        return "words"
    bare = _HARMLESS.sub("某", name)
    if len(name) > 3 and _GRAMMAR.search(bare):
        return "words"
    if split_unit(name)[0] is not None or _UNIT_THEN_LINE.match(name):
        return "fused"
    if len(name) > _LONG:
        return "long"
    if _TWO.search(name):
        return "words"
    if re.search(r"[路街道河线速渠][东南西北]$", name):
        return "words"
    short = not ring and len(name) < 7  # a place printed as an edge: 五里铺十字, 朝天宫
    if not short and not _LINE.search(name) and not (_PLACE.search(name) and not ring):
        return "name"
    return ""


def place_reason(name: str) -> str:
    """Why the words for a place are no sure ones (the end of a stretch, what is taken off)."""
    bare = _HARMLESS.sub("某", name)
    return "words" if len(name) > _LONG + 2 or (len(name) > 3 and _GRAMMAR.search(bare)) else ""


def area_reason(name: str) -> str:
    """Why a name is no sure name of a unit or a zone."""
    return "area" if place_reason(name) or not _AREA.search(name) else ""
