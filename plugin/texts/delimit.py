"""The words of the window in which a boundary is drawn from words."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "delimit": ("由文字划界…(&B)", "&Boundary from words…"),
    "delimit.tip": (
        "读懂公告里的四至，在道路图层上画出草图，核对后保存",
        "Reads a boundary as a notice prints it and drafts it on your roads, to be checked",
    ),
    "delimit.title": ("由文字划界", "Boundary from words"),
    "delimit.task": ("由文字划界", "Boundary from words"),
    "delimit.no_crs": (
        "图层“{layer}”没有坐标参照系，不知道线在哪里；请先在图层属性中设置。",
        "Layer “{layer}” has no coordinate reference system, so its lines are nowhere; set it in "
        "the layer's properties first.",
    ),
    "delimit.no_transform": (
        "图层“{layer}”第 {n} 个要素无法换算为经纬度：{reason}",
        "Layer “{layer}”, feature {n}: cannot be brought to WGS 84: {reason}",
    ),
    "delimit.text": ("四至文字(&T)", "The boundary in &words"),
    "delimit.text.hint": (
        "照公告原文粘贴，如：中州大道以西、南三环以北、二七路以东、金水路以南",
        "Paste it as the notice prints it, in Chinese: "
        "中州大道以西、南三环以北、二七路以东、金水路以南",
    ),
    "delimit.edges": ("读出的界线", "Edges that were read"),
    "delimit.head.side": ("哪一侧", "Side"),
    "delimit.head.name": ("名称", "Name"),
    "delimit.head.include": ("含不含", "Counts in?"),
    "delimit.head.stretch": ("起止", "Stretch"),
    "delimit.head.line": ("图层中的线", "Line of the layer"),
    "delimit.unstated": ("未写明", "unstated"),
    "delimit.included": ("含", "included"),
    "delimit.excluded": ("不含", "excluded"),
    "delimit.include_of": ("“{name}”含不含", "Does {name} count in?"),
    "delimit.line_of": ("“{name}”是哪条线", "Which line {name} is"),
    "delimit.split": ("分界", "divides"),
    "delimit.corridor": ("两侧", "corridor"),
    "delimit.matched": ("✔ {line}（{how}）", "✔ {line} ({how})"),
    "delimit.unmatched": ("✖ 没找到，请选择", "✖ not found, please choose"),
    "delimit.how.number": ("路线编号相同", "same road number"),
    "delimit.how.aka": ("括号里的名称", "name in brackets"),
    "delimit.how.old": ("去掉“原”字", "without 原"),
    "delimit.how.suffix": ("只差路、街、大道等字", "another word for road"),
    "delimit.how.quarter": ("环路的各段", "pieces of a ring road"),
    "delimit.unread": ("✖ 没有读懂：{text}", "✖ not read: {text}"),
    "delimit.layers": ("道路图层", "Layer of roads"),
    "delimit.field": ("名称字段", "Field of names"),
    "delimit.general": ("道路宽度", "Width of roads"),
    "delimit.general.unknown": ("不知道", "unknown"),
    "delimit.widths": ("各路宽度", "Widths by name"),
    "delimit.widths.hint": ("如 二七路=30；金水路=60", "such as 二七路=30; 金水路=60"),
    "delimit.accuracy": ("线的误差", "Accuracy of lines"),
    "delimit.accuracy.unknown": ("未写明的按 20 米", "20 m where unstated"),
    "delimit.within": ("限于", "Within"),
    "delimit.within.hint": (
        "区划名称或代码、区域；半边和走廊要有",
        "a unit's name or code, a zone; for half-planes and corridors",
    ),
    "delimit.zone": ("区域编号", "Id of the zone"),
    "delimit.metres": (" 米", " m"),
    "delimit.result": ("草图", "The draft"),
    "delimit.start": (
        "选好道路图层后点“预览”。草图画在地图上，不会写入任何文件；"
        "每一处延长、对应和假定都列在这里。",
        "Choose the layer of roads and press Preview. The draft is drawn over the map and written "
        "nowhere; every line prolonged, matched or assumed is listed here.",
    ),
    "delimit.complete": ("✔ 完整", "✔ complete"),
    "delimit.incomplete": ("✖ 不完整", "✖ incomplete"),
    "delimit.areas": ("面积", "Areas"),
    "delimit.need": (
        "请填写四至文字并选择道路图层。",
        "Enter the words and choose a layer of roads.",
    ),
    "delimit.packages": (
        "画草图还需要 Python 库 {names}，这个 QGIS 里没有。",
        "Drawing needs the Python libraries {names}, which this QGIS lacks.",
    ),
    "delimit.confirm": (
        "核对（由单位确认后填写，可以空着）",
        "Checked (an office fills it in; may stay empty)",
    ),
    "delimit.by": ("确认单位", "Confirmed by"),
    "delimit.by.hint": ("单位或处室，不写个人", "an office, not a person"),
    "delimit.on": ("确认日期", "on"),
    "delimit.bad_day": (
        "确认日期“{value}”应写成 YYYY-MM-DD。",
        "The day {value!r} should read YYYY-MM-DD.",
    ),
    "delimit.no_office": (
        "写了确认日期 {value}，请同时写确认单位。",
        "There is a day, {value}; which office confirmed it?",
    ),
    "delimit.button.draw": ("预览(&P)", "&Preview"),
    "delimit.button.stop": ("停止", "Stop"),
    "delimit.button.save": ("存为 GeoJSON…(&S)", "&Save as GeoJSON…"),
    "delimit.button.keep": ("加入我的数据(&A)", "&Add to my data"),
    "delimit.button.undo": ("撤销加入(&U)", "&Undo adding"),
    "delimit.button.close": ("关闭(&C)", "&Close"),
    "delimit.save.title": ("存为 GeoJSON", "Save as GeoJSON"),
    "delimit.saved": ("已写入 {path}", "Written to {path}"),
    "delimit.kept": (
        "{zones} 已加入 {folder}，查询时即会采用。",
        "{zones} added to {folder}; answers use it at once.",
    ),
    "delimit.undone": ("已撤销，数据文件夹恢复原样。", "Undone; the data folder is as it was."),
    "delimit.role.core": ("确定在内", "certainly inside"),
    "delimit.role.nominal": ("按字面", "literal reading"),
    "delimit.role.extent": ("可能到达", "as far as it may reach"),
}
