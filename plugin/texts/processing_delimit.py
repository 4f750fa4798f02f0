"""The words of the algorithm that draws a boundary from words, its help among them."""

from __future__ import annotations

DELIMIT: dict[str, tuple[str, str]] = {
    "name": ("由文字划界", "Boundary from words"),
    "short": (
        "读懂公告里的四至，并在道路图层上画出草图，逐条列出所作的假定",
        "Reads a boundary as notices print it and draws it on a layer of roads, with every "
        "assumption listed",
    ),
    "tags": (
        "四至,边界,划界,以西,合围,道路,草图",
        "boundary,words,text,delimit,draft,roads,limits",
    ),
    "TEXT": ("四至文字", "The boundary in words"),
    "TEXT.help": (
        "照公告原文，如：中州大道以西、南三环以北、二七路以东、金水路以南。",
        "As the notice prints it, in Chinese, such as "
        "中州大道以西、南三环以北、二七路以东、金水路以南.",
    ),
    "LINES": ("道路等线图层", "Lines (roads, rivers …)"),
    "LINES.help": (
        "带名称的线，任何坐标系（与 WGS 84 有明确关系的）。不填则只读文字，不画图。",
        "Lines with names, in any CRS that is related to WGS 84. Empty: the words are read and "
        "nothing is drawn.",
    ),
    "NAME_FIELD": ("名称字段", "Field of the names"),
    "NAME_FIELD.help": (
        "不填则按字段名判断（name、名称、路名……）；编号、曾用名等字段也会当作名称。",
        "Empty: guessed from the headings (name, 名称, 路名 …); fields of numbers and old names "
        "are names too.",
    ),
    "WIDTHS": ("宽度（米）", "Widths (m)"),
    "WIDTHS.help": (
        "每行一条：一个数是所有道路的宽度，名称=数是某一条的，如 二七路=30。走廊为每侧宽度。",
        "One a line: a figure for all roads, or name=figure for one, such as 二七路=30; kerb to "
        "kerb, of corridors to each side.",
    ),
    "WITHIN": ("限于（区划、区域或面文件）", "Within (unit, zone or file)"),
    "WITHIN.help": (
        "半边、走廊、分隔线要有：区划名称或代码、目录里的区域，或一个面文件的路径。",
        "Needed for half-planes, corridors and dividing lines: a unit's name or code, a zone, or "
        "the path of a file of polygons.",
    ),
    "ACCURACY": ("线的误差（米，未写明时）", "Accuracy of lines that state none (m)"),
    "ACCURACY.help": ("不填按 20 米，并列为假定。", "Empty: 20 m, told as an assumption."),
    "ZONE": ("区域编号", "Id of the zone"),
    "ZONE.help": (
        "小写字母、数字和连字符，如 city-ban-2024。",
        "Small letters, digits and hyphens, such as city-ban-2024.",
    ),
    "OUTPUT": ("草图（面）", "Draft (polygons)"),
    "OUTPUT.help": (
        "每个区域三个面：core 确定在内，nominal 按字面，extent 可能到达；"
        "confirmed_by、confirmed_on 空着，由核对的单位填写。存为 GeoJSON 即可"
        "用 zonerules overlay add 采用。",
        "Three polygons a zone: core is certainly inside, nominal the literal reading, extent as "
        "far as it may reach; confirmed_by and confirmed_on are empty until an office has checked "
        "it. Saved as GeoJSON, `zonerules overlay add` takes it.",
    ),
    "EDGES": ("各条界线", "Edges"),
    "EDGES.help": (
        "每条界线一行：哪一侧、含不含、起止、用了哪些线；没有线的没有图形。",
        "A row for each edge: side, inclusion, stretch, which lines it is; no shape where there "
        "is no line.",
    ),
    "REPORT": ("说明（HTML）", "Report (HTML)"),
    "REPORT.help": (
        "读出的界线、假定、缺少的内容，与日志相同。",
        "Edges, assumptions and what is missing, as in the log.",
    ),
    "PARTS": ("几部分", "Parts"),
    "UNREAD": ("没有读懂的（处）", "Pieces not read"),
    "DOUBTED": ("存疑的（处）", "Doubtful pieces"),
    "DRAWN": ("画出的区域", "Zones drawn"),
    "MISSING": ("缺少的（项）", "What is missing"),
    "CONFIDENCE": ("把握（0–1）", "Confidence (0 to 1)"),
    "COMPLETE": ("完整", "Complete"),
    "needs": (
        "画草图还需要 Python 库 {names}，这个 QGIS 里没有。"
        "可在菜单“矢量”→“Zone Rules 管控区规则”→“附加程序包”中安装。",
        "Drawing needs the Python libraries {names}, which this QGIS lacks. Install them with "
        "Vector → Zone Rules → Extra packages.",
    ),
    "help": (
        "<p>读懂公告里的<b>四至文字</b>：每条界线在哪一侧、含不含、哪一段，哪些合并、除外，哪些没读懂。"
        "给了带名称的线图层，就画出<b>草图</b>：确定在内（core）、按字面（nominal）、可能到达（extent）。"
        "与命令 <code>zonerules delimit</code> 完全一致。</p>"
        "<p><b>例</b>：文字 <code>中州大道以西、南三环以北、二七路以东、金水路以南</code>，"
        "线图层选道路，宽度写 <code>二七路=30</code>。</p>"
        "<p><b>不猜</b>：每一处延长、名称对应、宽度都写在日志里；缺什么就说缺什么，画不出就不画。"
        "草图要有人核对，<code>confirmed_by</code> 空着。"
        "需要 Python 库 shapely（只读文字时不用）。</p>",
        "<p>Reads a <b>boundary in words</b> as Chinese notices print it: which line lies on which "
        "side, whether it counts in, which stretch, what is united, taken off, or not read. With "
        "a layer of named lines it draws a <b>draft</b>: certainly inside (core), the literal "
        "reading (nominal), as far as it may reach (extent). As "
        "<code>zonerules delimit</code>.</p>"
        "<p><b>Example</b>: text <code>中州大道以西、南三环以北、二七路以东、金水路以南</code>, "
        "a layer of roads, widths <code>二七路=30</code>.</p>"
        "<p><b>Nothing is guessed</b>: the log tells every line prolonged, name matched and width "
        "assumed, and what is missing. A draft is for a person to check: "
        "<code>confirmed_by</code> is empty. Needs the Python library shapely (not for words "
        "alone).</p>",
    ),
}
