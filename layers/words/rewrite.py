"""One sentence brought into the forms that clauses know, before it is cut at its commas."""

from __future__ import annotations

import re

from .lexicon import is_line
from .normal import HOLES

__all__ = ["neighbours", "respelled", "rewritten", "unwrapped"]

_H = f"[{HOLES}]*"
_SEVERAL = re.compile(
    r"(?<![以之路街道线河])([东南西北])面?[、和与及，]([东南西北])"
    r"(?:面?[、和与及，]([东南西北]))?(?:面?[、和与及，]([东南西北]))?"
    r"(?=(?:均|都|分别|各|至|到|以(?!上|下|内|外)|临|邻|两侧|两面|面|侧|方|边|部))"
)
_NEXT = re.compile(
    r"(?<=[^，。；：、以之东南西北])(?=[东南西北](?:面|侧|边)?(?:至|起|到|抵|临|邻|达"
    r"|接(?!线))[^，。；：、]{2})"
)
_FIRST = re.compile(r"[东南西北](?:面|侧|边)?(?:至|起|到|抵|临|邻|达|接(?!线))")
_OPPOSITE = {"东": "西", "西": "东", "南": "北", "北": "南"}
_BESIDE = re.compile(
    r"(?P<kept>(?:^|(?<=[，、；]))[^，、；]*?[东南西北](?:面|侧|边|部)?(?:至|起|到|抵|沿|临|邻"
    r"|隔|以)[^，；]*?)"
    r"(?P<told>(?:(?:，|并|(?<=[一沿]线)|(?<=为界))与[^，；。以]{2,30}?交界"  # X与Y交界 is a place
    r"|(?:，|并)?与[^，；。以]{2,30}?(?:接壤|相邻|毗邻|相望|为邻|毗连|相接|相连"
    r"|隔(?:河|江|路)相望)))(?=[，；。]|$)"
)
_FACING = re.compile(
    r"(?P<kept>[东南西北](?:面|侧)?隔[^，；]*?)(?P<told>(?:临近|邻近|靠近|面对)[^，；]{2,30})"
    r"(?=[，；。]|$)"
)


_RESPELLED = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        # 拟选址于A路以东, 位于A路北侧
        (r"(?:(?<=^)|(?<=[，。；：]))拟?(?:选址|建设|坐落|规划)(?:于|在)", ""),
        (r"(?:(?<=^)|(?<=[，。；：]))(?:位于|地处)(?=[^，。；、]{2,}[东南西北]侧)", ""),
        # 滨河新城区域A路以北
        (r"(?<=[城园])区域(?=[^，。；、的内以]{2,}以[东南西北])", "范围内"),
        # 社区居民委员会所辖区域东起A路
        (
            r"(?<=[^，。；：])(?:所辖区域|辖区范围|管辖区域|管辖范围"
            r"|所辖范围)(?=[东南西北](?:起|至|到|临|以))",
            "：",
        ),
        # 团林乡管辖的X路以南, 饶州街道管辖的行政区域
        (r"(?<=[镇乡区县市道])管辖的沿?(?=[^，。；]*以[东南西北])", "范围内"),
        (r"(?<=[镇乡区县市道])管辖的(?=行政区域)", ""),
        # （A、B六个村委会除外）
        (
            r"(?<=、)([^、（），。]{2,6}?)[两二三四五六七八九十\d]+个(?:村委会|居委会|行政村"
            r"|村|社区)(?=除外)",
            r"\1",
        ),
        # 东与A县、B县接壤; 东至与A街道界线
        (
            r"(?:(?<=^)|(?<=[，。；：]))([东南西北])(?:面|侧|边|部)?与([^，。；为]{2,30}?)"
            r"(?:接壤|相邻|毗邻|交界|为邻|相连|相接|毗连|隔[^，。；、]{1,4}相望)(?=$|[，。；])",
            r"\1邻\2",
        ),
        (
            r"([东南西北]邻[^，。；和与及]{2,14}[镇乡村县市区道])[和与及]"
            r"(?=[^，。；]{2,14}[镇乡村县市区道](?:$|[，。；]))",
            r"\1、",
        ),
        (r"(?<=[东南西北]至)与(?=[^，。；、与]{2,}界线?(?:$|[，。；、]))", ""),
        # 北界A县
        (r"(?:(?<=^)|(?<=[，。；]))([东南西北])(?:倚|傍|枕|界(?!线|限|为"
            r"|：))(?=[^，。；、至]{2,})", r"\1邻"),
        # 南至X路南侧红线外50米
        (
            r"([东南西北])(至|到)([^，。；、（）]{2,}?)\1侧?(?:道路)?(?:红线|边线)(?:以?外"
            r"|向外)(\d+(?:\.\d+)?米)",
            r"\1\2\3以\1\4",
        ),
        # 全县行政区域内
        (r"(?<=[全本我][市县区])行政(?:区域|辖区)内(?=$|[，。；、])", "行政区域"),
        # 东至：X
        (r"(?<=[东南西北])((?:面|侧|边)?(?:至|起|到|临|邻|接|靠))：", r"\1"),
        # A至B、C至D之间区域
        (r"(?:(?<=^)|(?<=[，。；：]))([^，。；：、（）至]{2,}至[^，。；：、（）至]{2,})、"
         r"(?=[^，。；：、（）至]{2,}至[^，。；：、（）至]{2,}之间)", r"\1之间，"),
        # 除A外的全市行政区域
        (r"除(?:了)?([^，。；：（）]{2,}?)(?:以外|之外|外)的?([全本我][市县区](?:行政区域|行政辖区"
         r"|辖区|范围|区域|境)内?)", r"\2，除\1外"),
        # X以北所有区域, 四环以外行政区域
        (r"((?:以|之)[东南西北内外]侧?)的?(?:所有|全部|一切|其他|其余|行政)的?(?:行政)?(区域"
            r"|范围|地区)",
         r"\1\2"),
        # 东至X路东红线
        (r"(?<=[路街道速])([东南西北])侧?(?:道路)?(?:红线|边线|路沿|路缘|路肩)(?!外)", r"\1侧"),
        # 四环快速路（东四环、南四环、西四环、大河路）围合
        (r"((?:^|(?<=[，。；：]))[^，。；：、（）]{2,20})（((?:[^，。；：、（）]+(?:路|街|道"
            r"|环|河|高速|渠|线)、){2,}"
         r"[^，。；：、（）]+(?:路|街|道|环|河|高速|渠|线))）(?=(?:所|共同)*(?:围合|合围|围成"
         r"|闭合))",
         r"\1：\2"),
    )
)  # fmt: skip


def respelled(text: str) -> str:
    """Forms of which another spelling is one that clauses know."""
    for pattern, put in _RESPELLED:
        text = pattern.sub(put, text)
    return text


def unwrapped(text: str) -> str:
    """规划区（东起A，西至B，…） as 规划区：东起A，西至B，…: the bracket is the boundary itself.

    A bracket with two opposite sides behind the name of a line says which stretch of it is meant.
    """
    text = re.sub(r"(?<=[路街道河线速环江渠桥湖])及其?(?=以[东南西北])", "（含）", text)
    for found in re.finditer(
        r"(?<=[^（。；，、：])（(?=(?:[东南西北](?:面|侧|边)?[、和]?[东南西北]?(?:面|侧|边)?"
        r"(?:起|至|到|临|以|邻)))",
        text,
    ):
        inner, after = _inside(text, found.end())
        before = re.split(r"[，。；：、）]", text[: found.start()])[-1]
        sides = set(re.findall(r"([东南西北])(?:面|侧|边)?(?:起|至|到|临|邻|以)", inner))
        stretch = is_line(before) and len(sides) < 3
        if len(sides) > 1 and not stretch and not re.match(r"以[东南西北]|段", after):
            return unwrapped(f"{text[: found.start()]}：{inner}。{after.lstrip('，、。；')}")
    for found in re.finditer(
        r"(?<=[^（。；，、：])（(?=[^（）]{6,}(?:合围|围合|闭合)区?域?）)", text
    ):
        inner, after = _inside(text, found.end())
        if len(re.findall(r"[、—]", inner)) > 1 and not re.search("除|不含|包括", inner):
            return unwrapped(f"{text[: found.start()]}：{inner}。{after.lstrip('，、。；')}")
    return text


def _inside(text: str, start: int) -> tuple[str, str]:
    """What a bracket holds that was opened just before ``start``, and the text behind it."""
    depth = 1
    for place in range(start, len(text)):
        depth += {"（": 1, "）": -1}.get(text[place], 0)
        if depth == 0:
            return text[start:place], text[place + 1 :]
    return text[start:], ""


def neighbours(item: str) -> tuple[str, list[str]]:
    """The sentence without what only says who lives next door (东至A路，与B县相邻)."""
    told: list[str] = []

    def off(found: re.Match[str]) -> str:
        kept = found["kept"]
        last = re.split(r"[，、]", kept)[-1] or kept
        name = re.sub(r"^.*?[东南西北](?:面|侧|边|部)?(?:至|起|到|抵|沿|临|邻|隔|以)", "", last)
        if len(name) < 2 or (re.search(r"[东南西北](?:面|侧)?以", last) and "为" not in last
                             and not re.search(r"一线|沿线", last)):  # fmt: skip
            return found.group()
        told.append(found["told"].lstrip("，"))
        return re.sub(r"(?:一线|沿线)$", "为界", kept) if "以" in last else kept

    item = _FACING.sub(off, _BESIDE.sub(off, item))
    return item, told


def rewritten(item: str) -> str:
    """The sentence in the forms that clauses know."""
    item = re.sub(
        r"([东南西北])(?:边界|四界|界|侧|面|边|部)?：(?=\1(?:至|起|到|临|邻|以))", "", item
    )
    item = _agreeing(item)
    item = re.sub(
        r"^([东南西北])(?:面|侧|边)?：([^，；、：]{2,}?)至([^，；、]{2,})，以([^，；、]{2,})为界$",
        r"\1以\4从\2至\3为界",
        item,
    )
    item = re.sub(r"(以内|之内)(?:但|，)?除(?=[^，]{2,})", r"\1，除", item)
    item = re.sub(
        r"((?<=至)[^，；、]+与[^，；、]+)、([^，；、]{1,8}(?:交界|接壤|交汇)处?)", r"\1及\2", item
    )
    item = re.sub(rf"(合围|围合|闭合|围成|构成|形成)({_H})((?:的)?(?:区域|范围))", r"\1\3\2", item)
    item = re.sub(rf"((?:区域|范围)内?)的?(?:所有|全部)?的?(?:城市)?道路({_H})$", r"\1\2", item)
    item = re.sub(rf"(以[东南西北]侧?{_H})—", r"\1，", item)
    item = re.sub(
        r"(以[东南西北])(?:以?及其?|和|与|、)?以([东南西北])(?![东南西北])", r"\1、以\2", item
    )
    item = re.sub(
        r"(?:(?<=^)|(?<=[，、；]))(?:以|沿(?![江河湖海滨沪山溪港城])|位于|地处|坐落于|在)"
        r"(?=[^，、；以]{2,}以[东南西北])",
        "",
        item,
    )
    item = re.sub(
        r"([东南西北])(?:临|邻|至|到|靠|接)、(?=[东南西北](?:临|邻|至|到|靠|接))", r"\1", item
    )
    item = re.sub(
        r"(?:(?<=^)|(?<=[，、]))([东南西北]以[^，、以界]{2,})(?=[，、][东南西北]以)",
        r"\1为界",
        item,
    )
    item = re.sub(
        r"(?<=为圆心|为中心|为原点|为基点)[，、](?=.{0,6}(?:半径|方圆|周边|周围))", "", item
    )
    item = re.sub(r"([东南西北]起[^，；]+?)向([东南西北])(?:延伸)?[至到]", r"\1，\2至", item)
    item = re.sub(r"(?:^|(?<=，))(?:区域|范围)?(?:介于|位于|处于)(?=[^，；]*之间)", "", item)
    item = re.sub(r"((?:^|(?<=，))[^，、；以]{2,12})、([^，、；以]{2,12}之间)", r"\1与\2", item)
    item = _SEVERAL.sub(lambda found: "".join(sign or "" for sign in found.groups()), item)
    item = re.sub(r"(?<=分别)以([^；。]+?)为(?:边?界线?)", r"至\1", item)
    item = _unit_behind(item)
    item = re.sub(
        rf"(?<=[^，、。；：东南西北均都皆部面侧方边]以[东南西北])(?!路段)((?:侧"
        rf"|面)?)(?=[^，、。；侧面{HOLES}和与及的区范所围合内地部方构形约之以东南西北\d—组]"
        rf"|[东南西北][^，、。；侧面方部的区范所围合内]{{2}})",
        r"\1，",
        item,
    )
    return "，".join(_unjoined(piece) for piece in item.split("，"))


def _agreeing(item: str) -> str:
    """东面：A路以西 says the same twice; a heading that does not agree is left, and told."""

    def once(found: re.Match[str]) -> str:
        return found[2] if _OPPOSITE[found[1]] == found[3] else found.group()

    return re.sub(
        rf"(?:(?<=^)|(?<=[，、]))([东南西北])(?:边界|界|侧|面|边|部)?：([^，、：]{{2,}}?以"
        rf"([东南西北])(?![东南西北])(?:侧)?{_H})(?=[，、]|$)",
        once,
        item,
    )


def _unit_behind(item: str) -> str:
    """石祥路以北祥符街道区域内 as 祥符街道区域内石祥路以北: a unit behind the side."""
    return re.sub(
        r"(?:(?<=^)|(?<=[，、]))([^，、；]{2,}?以[东南西北])((?![和及与的])[^，、；以]{2,12}?"
        r"(?:街道|镇|乡|区|县|市))(?:行政)?(?:区域|范围|境|辖区)内?$",
        r"\2区域内\1",
        item,
    )


def _unjoined(piece: str) -> str:
    """东起A西至B without a comma: one is put before every side but the first."""
    if re.match(r"^(?:再|继续|折)?(?:自|由|从|沿|向|经)", piece):
        return piece
    first = _FIRST.search(piece)
    if first is None:
        return piece
    return piece[: first.end()] + _NEXT.sub("，", piece[first.end() :])
