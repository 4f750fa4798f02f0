"""The words of the algorithms that export a web map and extracts, their help among them."""

from __future__ import annotations

from .processing_table import CHECK

WEBMAP: dict[str, tuple[str, str]] = {
    "name": ("导出网页地图", "Export a web map"),
    "short": (
        "生成一个 HTML 文件：浏览器打开即可查看管控区域，点击任一处即得到适用的规定",
        "One HTML file: a browser shows the zones and answers at every click which rules hold",
    ),
    "tags": (
        "网页地图,网页,浏览器,离线,企业,导出",
        "web map,html,browser,offline,enterprises,export,leaflet,folium",
    ),
    "help": (
        "<p>生成<b>一个 HTML 文件</b>，不需要安装任何软件，浏览器打开即可：图上有管控区域、界线、"
        "污染源和企业，点击任一处就得到那里、那一天适用的规定，与 <code>zonerules at</code> "
        "的结果相同。判定在浏览器里进行，查询的内容不发送到任何地方。与命令 "
        "<code>zonerules map</code> 相同。</p>"
        "<p><b>企业</b>：选“检查企业表”得到的图层（有 <code>zr_verdict</code> 列），按结论着色；"
        "没有位置的行不上图，连同原因在页内列出，并计数告知。最多 50,000 行。</p>"
        "<p><b>底图</b>：选“不用底图”时，文件打开后绝不访问网络，有县界作底。"
        "选 OpenStreetMap 时，打开也不联网，在页内“图层”里选了才取图。选天地图时，"
        "<b>密钥会写进文件，谁拿到文件谁就有密钥</b>；密钥取自 QGIS 认证库或环境变量，"
        "不会进入历史记录和日志。</p>"
        "<p>地图所用的程序库随安装包提供；没有的，用 npm 取一次，以后用缓存。没有网络时，"
        "在“程序库文件夹”中指明从别处拷来的 <code>webassets</code> 文件夹。</p>"
        "<p><b>例</b>：企业选检查过的 checked.gpkg，日期 2017-11-20，活动“使用锅炉”，不用底图，"
        "得到约 3 MB 的 企业.html，发给没有 QGIS 的同事。</p>"
        "<p>需要 Python 程序包 folium 和 shapely（菜单“附加程序包…”）。</p>",
        "<p><b>One HTML file</b> that any browser opens, nothing to install: zones, boundary "
        "lines, sources and enterprises on a map, and at every click the rules that hold there on "
        "that day, as <code>zonerules at</code> tells them. The answers are worked out in the "
        "browser; no question leaves the machine. The same as <code>zonerules map</code>.</p>"
        "<p><b>Enterprises</b>: a layer from <i>Check a table</i> (with a column "
        "<code>zr_verdict</code>), coloured by verdict; rows without a place are counted "
        "and listed in the page with the reason. At most 50,000 rows.</p>"
        "<p><b>Base map</b>: with <i>none</i> the file never asks the network, and county "
        "outlines let it be read. With OpenStreetMap it asks when that is chosen under Layers in "
        "the page. With Tianditu <b>the key stands in the file: who has the file "
        "has the key</b>. It comes from QGIS's authentication store or from the environment, "
        "never from the history or a log.</p>"
        "<p>The map's libraries come with the plugin; where they do not, npm fetches them once "
        "into the cache. Without a network name a copied folder <code>webassets</code>.</p>"
        "<p><b>Example</b>: enterprises checked.gpkg, date 2017-11-20, activity “Operate a "
        "boiler”, no base map: firms.html of some 3 MB, for colleagues without QGIS.</p>"
        "<p>Needs the Python packages folium and shapely (menu <i>Extra packages…</i>).</p>",
    ),
    "DOCUMENTS": ("文件", "Documents"),
    "DOCUMENTS.help": (
        "只放这些文件的区域和规则；多个用分号隔开，不填为全部。",
        "Only zones and rules of these; several separated by semicolons; empty: all.",
    ),
    "ENTERPRISES": ("企业（检查过的图层）", "Enterprises (a checked layer)"),
    "ENTERPRISES.help": (
        "点图层，或带坐标列的表；须有 zr_verdict 列。含未保存的修改。",
        "Points, or a table with columns of coordinates; with a column zr_verdict. Unsaved edits "
        "count.",
    ),
    "VERDICT": ("按哪一列结论着色", "Verdicts that colour"),
    "VERDICT.help": (
        "检查过多项活动时选一列；不填则取第一列。",
        "One of several columns of verdicts; empty: the first.",
    ),
    "NAME_FIELD": ("名称列", "Column of names"),
    "NAME_FIELD.help": ("不填则按表头判断。", "Empty: guessed by its heading."),
    "DATUM": ("企业的坐标基准", "Datum of the enterprises"),
    "DATUM.help": (
        "没有图形的表必须说明。点图层按图层坐标系原样放置（检查时已换算为 WGS 84），"
        "填 gcj02、bd09 也不再换算；检查时用 unknown 的，这里也填 unknown，查询时误差加 700 米。",
        "Required for a table without shapes. Points of a checked layer are taken as they are (the "
        "check wrote them in WGS 84): gcj02 or bd09 does not move them again. Checked with "
        "unknown: say unknown here, too, and the page asks with 700 m more.",
    ),
    "DATE": ("打开时的日期", "Date at the start"),
    "DATE.help": (
        "YYYY-MM-DD；不填则为打开那天。页面里可以改。",
        "YYYY-MM-DD; empty: the day of opening. It can be changed in the page.",
    ),
    "ACTIVITY": ("打开时的活动", "Activity at the start"),
    "ACTIVITY.help": (
        "页面里可以改；不填为全部活动。",
        "It can be changed in the page; empty: all activities.",
    ),
    "ALERT": ("打开时的预警", "Pollution alert at the start"),
    "ALERT.help": (
        "none、blue、yellow、orange、red；unknown 表示不知道。",
        "none, blue, yellow, orange, red; unknown if nobody knows.",
    ),
    "BASE": ("底图", "Base map"),
    "BASE.help": (
        "offline：不用底图，绝不访问网络；osm 和 tianditu 在打开时从网上取图；"
        "own 从“瓦片地址”取图。",
        "offline: none, and no request at all; osm and tianditu are fetched when it is open, own "
        "from the address of tiles.",
    ),
    "base.offline": (
        "不用底图（离线，打开后不访问网络）",
        "none (offline: the file never asks the network)",
    ),
    "base.osm": ("OpenStreetMap（联网）", "OpenStreetMap (online)"),
    "base.tianditu": (
        "天地图（联网，密钥会写进文件）",
        "Tianditu (online; the key stands in the file)",
    ),
    "base.own": (
        "单位自己的瓦片服务（如内网）",
        "a tile server of your own (such as one of your network)",
    ),
    "TILES": ("瓦片地址", "Address of tiles"),
    "TILES.help": (
        "底图选 own 时用，如 http://10.0.0.5/{z}/{x}/{y}.png。",
        "For the base map own, such as http://10.0.0.5/{z}/{x}/{y}.png.",
    ),
    "TITLE": ("标题", "Title"),
    "TITLE.help": ("不填则为“管控区规则图”。", "Empty: “Zone Rules map”."),
    "LANGUAGE": ("打开时的语言", "Language at the start"),
    "LANGUAGE.help": (
        "zh 或 en；不填则用插件的语言。页面里可以切换。",
        "zh or en; empty: the language of the plugin. The page has a button for it.",
    ),
    "KEY_CONFIG": ("天地图密钥（QGIS 认证库）", "Tianditu key (QGIS authentication)"),
    "KEY_CONFIG.help": (
        "认证配置，密钥放在“密码”一栏（“基本”类型）。历史记录里只有配置的编号。",
        "A configuration with the key as its password (method Basic). History has only its id.",
    ),
    "KEY_VARIABLE": ("天地图密钥的环境变量", "Variable with the Tianditu key"),
    "KEY_VARIABLE.help": (
        "没有选认证配置时，从这个环境变量取密钥；都不填，则取自插件选项页或 "
        "ZONERULES_TIANDITU_KEY。",
        "Where the key is, if no configuration was chosen; with neither that of the plugin's "
        "options page, or ZONERULES_TIANDITU_KEY.",
    ),
    "ASSETS": ("程序库文件夹", "Folder of the libraries"),
    "ASSETS.help": (
        "webassets 文件夹（Leaflet 等）；不填则用安装包里的、缓存里的，或用 npm 获取。",
        "A folder webassets (Leaflet and so on); empty: those of the plugin, of the cache, or by "
        "npm.",
    ),
    "GOLDEN": ("附上全部核对例", "All golden cases"),
    "GOLDEN.help": (
        "供页面自检；不勾选只附一部分。文件约大 3 MB。",
        "For the page's self-test, not a sample of them; about 3 MB more.",
    ),
    "OUTPUT": ("网页文件", "Web page"),
    "OUTPUT.help": ("后缀为 .html。", "Ends in .html."),
    "ZONES": ("管控区（个）", "Zones"),
    "UNDRAWN": ("其中未落图（个）", "Zones that are not drawn"),
    "RULES": ("规则（条）", "Rules"),
    "SOURCES": ("污染源（处）", "Sources"),
    "FIRMS": ("企业（家）", "Enterprises"),
    "WITHOUT": ("没有位置、未上图的行", "Rows without a place"),
    "SIZE": ("文件大小（字节）", "Size in bytes"),
    "needs": (
        "导出网页地图需要 Python 程序包 {names}：请用菜单“附加程序包…”安装。",
        "The web map needs the Python packages {names}: install them by the menu “Extra "
        "packages…”.",
    ),
    "fetching": (
        "本机没有地图所需的程序库（Leaflet），正在用 npm 获取一次……",
        "The map's libraries (Leaflet) are not on this machine; npm fetches them once …",
    ),
    "unplaced": (
        "{n} 行没有可用的位置，未上图，只在页内列出",
        "{n} rows have no usable place: listed in the page, not drawn",
    ),
    "first_verdict": (
        "按第一列结论 {column} 着色；还有 {others}，可用参数 VERDICT 选择",
        "Coloured by {column}, the first column of verdicts; VERDICT chooses another: {others}",
    ),
    "key_inside": (
        "文件中写有天地图密钥，谁拿到文件谁就有密钥",
        "The Tianditu key stands in the file: who has the file has the key",
    ),
    "done": (
        "{file}：{mb} MB，{ZONES} 个管控区（{UNDRAWN} 个未落图），{RULES} 条规则，"
        "{SOURCES} 处污染源，{FIRMS} 家企业",
        "{file}: {mb} MB, {ZONES} zones ({UNDRAWN} not drawn), {RULES} rules, {SOURCES} sources, "
        "{FIRMS} enterprises",
    ),
}

# what a table and its rows are asked is the same where it is checked
_SHARED = (
    *("filter", "INPUT", "LAYER", "LON", "LAT", "PLACE_COLUMN", "ADDRESS_COLUMN", "WITHIN"),
    *("DATUM", "CRS", "DATE", "ALERT"),
    *("FACTS", "FACT_COLUMNS", "ACCURACY", "NAME_COLUMN", "ACCURACY_COLUMN", "DATE_COLUMN"),
    *("ALERT_COLUMN", "SHEET", "ENCODING", "DELIMITER", "which"),
)
EXTRACTS: dict[str, tuple[str, str]] = {
    **{name: pair for name, pair in CHECK.items() if name.partition(".")[0] in _SHARED},
    "name": ("制作查询单", "Extracts for a table"),
    "short": (
        "为表中每一行做一份查询单：装订成一本，或一行一个文件",
        "An extract for every row of a table: one book, or a file each",
    ),
    "tags": (
        "查询单,汇编,企业,PDF,打印",
        "extract,report,book,enterprises,pdf,print",
    ),
    "help": (
        "<p>为表中<b>每一行</b>做一份查询单：问了什么、结论、位置图、涉及和无法判定的规定及条文、"
        "附近污染源、时间轴、图形的精度与来源。与命令 <code>zonerules report --table</code> "
        "相同；不是官方文件。</p>"
        "<p><b>汇编</b>（.pdf 或 .html）带目录，一次最多 300 份；<b>文件夹</b>中一行一个文件，"
        "另有 index.csv，一次最多 2,000 份。两者可以都要，至少要一样。</p>"
        "<p>位置、日期读不懂的行只有一页写明原因，日志中也有；别的内容读不懂的，按未知处理并写在"
        "那一份里。</p>"
        "<p><b>例</b>：表格 企业.xlsx，坐标基准 gcj02，活动“使用锅炉”，情况所在列写 "
        "<code>boiler.fuel=燃料</code>，第 1 到 50 行，汇编 查询单.pdf。</p>"
        "<p>需要 numpy、shapely、pyproj、pyarrow，读 Excel 另需 openpyxl；PDF 还需要 fpdf2 "
        "和一种中文字体（菜单“附加程序包…”）。</p>",
        "<p>An extract for <b>every row</b>: what was asked, verdicts, a map of the place, the "
        "rules that concern it and those that cannot be determined, with their articles, sources "
        "nearby, the years, accuracy and provenance. The same as "
        "<code>zonerules report --table</code>; no official document.</p>"
        "<p>A <b>book</b> (.pdf or .html) has a table of contents and at most 300 extracts; in a "
        "<b>folder</b> each row has a file, with an index.csv beside them, at most 2,000. Ask for "
        "either or both.</p>"
        "<p>A row whose place or day cannot be read has a page that says why, as the log does; "
        "whatever else cannot be read is taken as unknown, and its extract says so.</p>"
        "<p><b>Example</b>: table firms.xlsx, datum gcj02, activity “Operate a boiler”, column of "
        "facts <code>boiler.fuel=fuel</code>, rows 1 to 50, book extracts.pdf.</p>"
        "<p>Needs numpy, shapely, pyproj and pyarrow, openpyxl for Excel; a PDF also fpdf2 and a "
        "Chinese font (menu <i>Extra packages…</i>).</p>",
    ),
    "ACTIVITY": ("活动", "Activity"),
    "ACTIVITY.help": ("不填则查全部活动。", "Empty: all activities."),
    "RADIUS": ("附近污染源的半径（公里）", "Radius for sources nearby (km)"),
    "RADIUS.help": ("不填为 5；0 表示不列。", "Empty: 5; 0: none are listed."),
    "ALL": ("同时列出政府职责、目标等", "Also duties of government, targets and the like"),
    "ALL.help": ("不勾选只计数。", "Otherwise they are counted only."),
    "FIRST": ("从第几行", "First row"),
    "FIRST.help": ("从 1 数起。", "Counted from 1."),
    "LAST": ("到第几行", "Last row"),
    "LAST.help": ("不填则到最后一行。", "Empty: to the end."),
    "LANGUAGE": ("查询单的语言", "Language of the extracts"),
    "FONT": ("中文字体文件", "Font file with Chinese"),
    "FONT.help": (
        "供 PDF 用的 .ttf、.otf 或 .ttc；不填则用本机第一种中文字体。",
        "Of a PDF: .ttf, .otf or .ttc; empty: the first Chinese font of the machine.",
    ),
    "FORM": ("文件夹中的格式", "Format in the folder"),
    "FORM.help": ("pdf、html 或 json。", "pdf, html or json."),
    "form.pdf": ("PDF", "PDF"),
    "form.html": ("HTML（浏览器）", "HTML (browser)"),
    "form.json": ("JSON（供程序读取）", "JSON (for programs)"),
    "OUTPUT": ("汇编", "Book"),
    "OUTPUT.help": ("一本，后缀 .pdf 或 .html。", "One file, .pdf or .html."),
    "FOLDER": ("文件夹", "Folder"),
    "FOLDER.help": ("一行一个文件。", "A file for each row."),
    "ROWS": ("行数", "Rows"),
    "MADE": ("查询单（份）", "Extracts"),
    "FAULTS": ("没有查询单的行", "Rows without an extract"),
    "nothing": (
        "请指定“汇编”或“文件夹”，至少一样。",
        "Name a book or a folder, or both.",
    ),
    "needs": (
        "缺少 Python 程序包 {names}：请用菜单“附加程序包…”安装；不要 PDF 的，改存 .html 不需要 "
        "fpdf2。",
        "Python packages are missing: {names}. Install them by the menu “Extra packages…”; fpdf2 "
        "is needed for PDF only, not for .html.",
    ),
    "fault": ("第 {row} 行 {title}：{reason}", "Row {row} {title}: {reason}"),
    "row": ("{n} / {of}", "{n} / {of}"),
    "done": ("{made} 份查询单，{faults} 行没有", "{made} extracts, {faults} rows without"),
}
