"""The words of the window that exports the web map."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "webmap": ("导出网页地图(&W)…", "Export &web map…"),
    "webmap.tip": (
        "生成一个浏览器就能打开的文件，点击任一处即得到适用的规定，可离线使用",
        "One file that any browser opens and that answers at every click, also offline",
    ),
    "webmap.title": ("导出网页地图", "Export web map"),
    "webmap.intro": (
        "生成一个 HTML 文件，发给没有 QGIS 的同事：浏览器打开，点击任一处，就得到适用的规定。"
        "判定在浏览器里进行，不联网也能用。",
        "One HTML file for colleagues without QGIS: opened in a browser, it tells at every click "
        "which rules hold there. Answers are worked out in the browser, with or without a network.",
    ),
    "webmap.group.content": ("内容", "Content"),
    "webmap.group.start": ("打开时", "At the start"),
    "webmap.group.base": ("底图", "Base map"),
    "webmap.page_title": ("标题(&T)", "&Title"),
    "webmap.title.usual": ("管控区规则图", "Zone Rules map"),
    "webmap.documents": ("文件(&D)", "&Documents"),
    "webmap.documents.all": ("（全部）", "(all)"),
    "webmap.firms": ("企业(&E)", "&Enterprises"),
    "webmap.firms.none": ("（不放企业）", "(none)"),
    "webmap.firms.tip": (
        "检查过的图层（有 zr_verdict 列），按结论着色",
        "A checked layer (with a column zr_verdict), coloured by verdict",
    ),
    "webmap.firms.no_layers": (
        "工程中没有检查过的图层；先用“检查企业表…”",
        "The project has no checked layer; first “Check a table…”",
    ),
    "webmap.verdict": ("按哪项结论着色(&V)", "Coloured by &verdict"),
    "webmap.datum": ("坐标基准(&C)", "&Coordinates"),
    "webmap.datum.layer": ("按图层坐标系", "as the layer says"),
    "webmap.datum.ask": ("请选择", "please choose"),
    "webmap.date": ("日期(&Y)", "Da&y"),
    "webmap.date.opening": ("打开那天", "The day of opening"),
    "webmap.date.opening.tip": (
        "不勾选则固定为左边的日期；页面里都可以改",
        "Otherwise the date beside it; either can be changed in the page",
    ),
    "webmap.activity.all": ("全部活动", "All activities"),
    "webmap.language_start": ("语言(&L)", "&Language"),
    "webmap.base": ("底图(&M)", "Base &map"),
    "webmap.key": ("天地图密钥(&K)", "Tianditu &key"),
    "webmap.key.note": (
        "⚠ 密钥会写进文件，谁拿到文件谁就有密钥。取自所选的认证配置（密钥放在“密码”一栏），"
        "没有选则取自选项页或环境变量 ZONERULES_TIANDITU_KEY。",
        "⚠ The key stands in the file: who has the file has the key. It comes from the "
        "configuration chosen (as its password), else from the options page or the variable "
        "ZONERULES_TIANDITU_KEY.",
    ),
    "webmap.tiles": ("瓦片地址(&U)", "Address of tiles (&U)"),
    "webmap.tiles.hint": ("http://10.0.0.5/{z}/{x}/{y}.png", "http://10.0.0.5/{z}/{x}/{y}.png"),
    "webmap.assets": ("程序库文件夹(&F)", "&Folder of libraries"),
    "webmap.assets.hint": (
        "本机没有地图所需的程序库（Leaflet）。导出时用 npm 从网上取一次（约 0.2 MB），以后用缓存；"
        "没有网络时，请在这里选择从别处拷来的 webassets 文件夹。",
        "The map's libraries (Leaflet) are not on this machine. Exporting fetches them once with "
        "npm (some 0.2 MB) and keeps them; without a network choose a copied folder webassets "
        "here.",
    ),
    "webmap.assets.choose": ("选择 webassets 文件夹", "Choose the folder webassets"),
    "webmap.browse": ("选择…", "Choose…"),
    "webmap.output": ("保存为(&O)", "&Output file"),
    "webmap.run": ("导出(&X)", "E&xport"),
    "webmap.stop": ("停止(&S)", "&Stop"),
    "webmap.close": ("关闭", "Close"),
    "webmap.task": ("导出网页地图", "Exporting the web map"),
    "webmap.working": ("正在生成……", "Working …"),
    "webmap.stopped": ("已停止，没有写出文件。", "Stopped; no file was written."),
    "webmap.file": ("管控区规则图.html", "zone-rules-map.html"),
    "webmap.need.output": ("请说明保存为哪个文件。", "Say which file to write."),
    "webmap.need.suffix": (
        "{name}：应为 .html 文件",
        "{name}: expected an .html file",
    ),
    "webmap.need_datum": (
        "“{layer}”没有图形，请说明其中坐标的基准",
        "{layer!r} has no shapes: say in which datum its coordinates are",
    ),
    "webmap.not_checked": (
        "“{layer}”没有 zr_verdict 列；请先用“检查企业表”",
        "{layer!r} has no column zr_verdict; check the table first",
    ),
    "webmap.no_key": (
        "没有天地图密钥：环境变量 {variable} 没有设置",
        "No Tianditu key: the variable {variable} is not set",
    ),
    "webmap.lacks": (
        "导出网页地图需要 Python 程序包 {names}。",
        "The web map needs the Python packages {names}.",
    ),
    "webmap.replace.title": ("替换文件？", "Replace the file?"),
    "webmap.replace": (
        "{name} 已经存在，要替换吗？",
        "{name} is there already. Replace it?",
    ),
    "webmap.done": (
        "网页地图已保存：{name}，{mb} MB",
        "Web map saved: {name}, {mb} MB",
    ),
    "webmap.nowhere": ("此行没有点", "no point in this row"),
    "webmap.done.without": (
        "；{n} 行没有位置，只在页内列出",
        "; {n} rows without a place are only listed in it",
    ),
    "webmap.done.failed": (
        "；目录有 {n} 处未能读取，页面中为“无法判定”",
        "; {n} parts of the catalogue could not be read and cannot be determined in it",
    ),
    "saved.open": ("打开", "Open"),
    "saved.browser": ("在浏览器中打开", "Open in browser"),
    "saved.folder": ("在文件夹中显示", "Show in folder"),
}
