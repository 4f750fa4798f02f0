"""The words of the plugin's own buttons, labels and messages, in Chinese and English.

One small table instead of Qt's .ts and .qm pair: the dock can then change its language while it is
open, nothing has to be generated before the plugin can be zipped, and a test sees a missing
translation. Words of an answer come from ``jobs.digest``, never from here.
"""

from __future__ import annotations

LANGUAGES = {"zh": "中文", "en": "English"}

TEXTS = {
    "plugin": ("Zone Rules 管控区规则", "Zone Rules 管控区规则"),
    "tool": ("查询某地的规则", "Rules at a place"),
    "tool.tip": (
        "在地图上点一处，列出该处、该日有约束力的规则及其条款",
        "Click a place on the map to read the rules that bind there that day, with their articles",
    ),
    "panel": ("管控区规则面板", "Zone Rules panel"),
    "place": ("地点(&P)", "&Place"),
    "place.hint": ("经度, 纬度（WGS 84）；也可在地图上点选", "lon, lat (WGS 84), or click the map"),
    "place.tip": (
        "经度在前，单位为度，WGS 84。输入后按回车键查询",
        "Longitude first, degrees, WGS 84. Press Enter to ask",
    ),
    "accuracy.tip": (
        "该位置的误差半径（米）。底图粗略或位置不准时请调大",
        "How far off the position may be, in metres. Raise it for a coarse map or a rough position",
    ),
    "accuracy.unit": (" 米", " m"),
    "date": ("日期(&D)", "&Date"),
    "today": ("今天(&T)", "&Today"),
    "last": ("最后覆盖日(&L)", "&Last covered"),
    "last.tip": (
        "跳到该处文件覆盖的最后一天；右侧箭头列出各文件的覆盖期",
        "Go to the last day a plan covers here; the arrow lists the period of each document",
    ),
    "periods.one": ("资料覆盖 {first} 至 {last}", "Covered: {first} to {last}"),
    "periods.many": (
        "{n} 份文件，覆盖 {first} 至 {last}",
        "{n} documents cover {first} to {last}",
    ),
    "activity": ("活动(&A)", "&Activity"),
    "activity.all": ("全部活动", "All activities"),
    "activity.tip": ("可直接输入文字查找", "Type to search"),
    "alert": ("预警(&R)", "Ale&rt"),
    "alert.tip": (
        "当日的重污染天气预警级别；不知道就留“未知”",
        "Heavy-pollution alert of that day; leave “unknown” if you do not know",
    ),
    "alert.unknown": ("未知", "unknown"),
    "alert.none": ("无预警", "no alert"),
    "alert.blue": ("蓝色", "blue"),
    "alert.yellow": ("黄色", "yellow"),
    "alert.orange": ("橙色", "orange"),
    "alert.red": ("红色", "red"),
    "facts": ("已知(&F)", "&Facts"),
    "facts.hint": ("键=值; 键=值", "key=value; key=value"),
    "facts.tip": (
        "例如 machine.stage=2; boiler.fuel=coal。回答里的“还需知道”列出了可用的键",
        "For example machine.stage=2; boiler.fuel=coal. The answer lists the keys it still needs",
    ),
    "facts.form": (
        "“{text}”不是“键=值”的形式；多项之间用分号隔开",
        "“{text}” is not key=value; put a semicolon between several",
    ),
    "facts.twice": ("“{fact}”给了两次", "“{fact}” is given twice"),
    "language": ("语言(&G)", "Lan&guage"),
    "answer": ("回答", "Answer"),
    "copy": ("复制文字(&C)", "&Copy as text"),
    "copy.tip": (
        "把回答复制为文字，与命令行输出相同",
        "Copy the answer as text, as the command line prints it",
    ),
    "details": ("全部详情(&E)", "All d&etails"),
    "details.tip": (
        "展开每一行的详情；单独一行可点其后的箭头",
        "Open the details of every line; one line opens at the arrow behind it",
    ),
    "fold.open": ("展开", "More"),
    "fold.close": ("收起", "Less"),
    "version": ("资料 {version} · {fingerprint}", "Catalogue {version} · {fingerprint}"),
    "start": (
        "点工具栏上的按钮，再点地图上的一处；也可在上面输入经纬度后按回车键。",
        "Press the toolbar button and click a place on the map, or type its coordinates above "
        "and press Enter.",
    ),
    "no_answer": ("未作回答：", "Not answered: "),
    "bad.place": (
        "“{text}”不是一对坐标；请写成“经度, 纬度”，例如 113.69, 34.735",
        "“{text}” is not a pair of coordinates; write longitude, latitude such as 113.69, 34.735",
    ),
    "no_crs": (
        "工程没有坐标参照系，无法得知点在哪里。请先在工程属性中设置。",
        "The project has no coordinate reference system, so the place is not known. "
        "Set one in the project's properties.",
    ),
    "bad_transform": (
        "该点无法换算成经纬度：{reason}",
        "This point cannot be converted to longitude and latitude: {reason}",
    ),
    "coarse": (
        "当前比例尺下一个像素约 {pixel} 米，大于所填误差 ±{accuracy} 米。请放大地图，或调大误差。",
        "One pixel of this map is about {pixel} m, more than the ±{accuracy} m stated. "
        "Zoom in, or raise the accuracy.",
    ),
    "catalogue": ("规则资料无法打开：{reason}", "The catalogue cannot be opened: {reason}"),
    "unexpected": (
        "出现意外错误（{reason}）；详情见日志面板“Zone Rules”页。",
        "Something unexpected happened ({reason}); see the tab “Zone Rules” of the log panel.",
    ),
}


def language_of(locale: str) -> str:
    """Return the language of the plugin for a locale name such as ``zh_CN``: ``zh`` or ``en``."""
    return "zh" if locale.lower().startswith("zh") else "en"


def tr(name: str, lang: str, **args: object) -> str:
    """Return the text ``name`` in ``lang`` (``zh`` or ``en``), its gaps filled from ``args``."""
    text = TEXTS[name][0 if lang == "zh" else 1]
    return text.format(**args) if args else text
