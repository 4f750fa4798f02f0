"""The words of missing Python packages and how they are installed."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "deps.menu": ("附加程序包(&X)…", "E&xtra packages…"),
    "deps.menu.tip": (
        "查看检查企业表、检查规则目录、网页地图和 PDF 查询单所需的 Python 程序包，"
        "征得同意后安装，或卸载",
        "The Python packages for checking tables and the catalogue, web maps and extracts as PDF: "
        "see, install with consent, remove",
    ),
    "deps.title": ("附加程序包", "Extra packages"),
    "deps.intro": (
        "图层、点选、面板、打印、定位栏和表达式不需要附加程序包。"
        "检查企业表需要 numpy、shapely、pyproj 和 pyarrow，读写 Excel 还要 openpyxl，"
        "读写 GeoPackage、GeoJSON、Shapefile 还要 pyogrio；"
        "检查规则目录需要 jsonschema，检查其中的图形还需要 shapely；"
        "导出网页地图需要 folium 和 shapely，把查询单存为 PDF 需要 fpdf2；"
        "其余的供同一 QGIS 的 Python 脚本使用。下列程序包有的尚未安装。",
        "Layers, clicks, panel, printing, locator and expressions need no further packages. "
        "Checking a table needs numpy, shapely, pyproj and pyarrow, for Excel also openpyxl, for "
        "GeoPackage, GeoJSON and Shapefile also pyogrio. Checking the catalogue needs jsonschema "
        "and, for its shapes, shapely; exporting a web map folium and shapely; an extract as PDF "
        "fpdf2. The others are for Python scripts in this QGIS. Some of those below are not there.",
    ),
    "deps.all_there": (
        "所需程序包都已具备。",
        "All packages that are needed are there.",
    ),
    "deps.head.package": ("程序包", "Package"),
    "deps.head.floor": ("要求", "Needed"),
    "deps.head.found": ("现有", "Found"),
    "deps.head.state": ("状态", "State"),
    "deps.state.there": ("✔ 可用", "✔ usable"),
    "deps.state.old": ("⚠ 版本过旧", "⚠ too old"),
    "deps.state.missing": ("✖ 缺少", "✖ missing"),
    "deps.what.head": ("下载什么", "What is downloaded"),
    "deps.what": (
        "缺少的程序包及其依赖，最多约 {mb} MB，安装后最多约 {disk} MB。"
        "由 QGIS 自己的 Python 用 pip 从它设定的软件源下载（通常是 PyPI），需要联网；"
        "只装现成的包，不编译。",
        "The missing packages and what they rest on, at most about {mb} MB, {disk} MB on disk. "
        "QGIS's own Python fetches them with pip from the index it is set to, usually PyPI; "
        "this needs internet. Only ready-made packages are taken, nothing is compiled.",
    ),
    "deps.where.head": ("放在哪里", "Where it goes"),
    "deps.where": (
        "{folder} —— 您的 QGIS 配置文件夹内。QGIS 自带的程序包一个也不改动。",
        "{folder} – inside your QGIS profile. None of QGIS's own packages is touched.",
    ),
    "deps.undo.head": ("如何撤销", "How to undo it"),
    "deps.undo": (
        "在此窗口按“卸载”，或删除上述文件夹，然后重新启动 QGIS。",
        "Press Remove in this window, or delete that folder, and restart QGIS.",
    ),
    "deps.refuse.head": ("不安装会怎样", "What refusing costs"),
    "deps.refuse": (
        "只是不能在这里检查企业表和规则目录、导出网页地图、把查询单存为 PDF（HTML 和 JSON 可以），"
        "其余功能不受影响；命令行 zonerules 仍可另行使用。",
        "Only checking tables and the catalogue, web maps, and extracts as PDF (HTML and JSON do) "
        "stay unavailable; everything else works. The command line zonerules can still be used "
        "apart from QGIS.",
    ),
    "deps.other.head": ("其他办法", "Other ways"),
    "deps.other": (
        "用 QGIS 的插件 QPIP 安装，或请管理员安装（OSGeo4W 安装程序、apt 等）。",
        "The QGIS plugin QPIP, or your administrator (OSGeo4W installer, apt and the like).",
    ),
    "deps.install": ("下载并安装(&I)", "Download and &install"),
    "deps.remove": ("卸载(&R)", "&Remove"),
    "deps.cancel": ("取消", "Cancel"),
    "deps.close": ("关闭", "Close"),
    "deps.stop": ("停止", "Stop"),
    "deps.task": ("安装附加程序包", "Installing extra packages"),
    "deps.working": (
        "正在下载和安装，可能需要几分钟；可以继续使用 QGIS。",
        "Downloading and installing; this may take some minutes. You can go on using QGIS.",
    ),
    "deps.done": ("已安装：{packages}", "Installed: {packages}"),
    "deps.stopped": (
        "已停止，什么也没有安装。",
        "Stopped; nothing was installed.",
    ),
    "deps.removed": (
        "已卸载。已经载入的部分在 QGIS 重新启动后消失。",
        "Removed. What is loaded already goes when QGIS restarts.",
    ),
    "deps.restart": (
        "已安装，重新启动 QGIS 后可用。",
        "Installed; it can be used after QGIS restarts.",
    ),
    "deps.not_removed": (
        "{folder} 正在使用，不能删除（{reason}）。请关闭 QGIS 后删除该文件夹。",
        "{folder} is in use and cannot be deleted ({reason}). Close QGIS and delete it.",
    ),
    "deps.no_python": (
        "找不到 QGIS 的 Python {version} 解释器，不能安装；请用 QPIP 插件或请管理员安装。",
        "QGIS's Python {version} interpreter was not found, so nothing can be installed; "
        "use the plugin QPIP or ask your administrator.",
    ),
    "deps.no_pip": (
        "QGIS 的 Python（{path}）没有 pip；在 Debian、Ubuntu 上可安装 python3-pip。",
        "QGIS's Python ({path}) has no pip; on Debian and Ubuntu install python3-pip.",
    ),
    "deps.too_old": (
        "版本过旧：{packages}。QGIS 自带的程序包不能由插件更换；请更新 QGIS，或请管理员处理。",
        "Too old: {packages}. The plugin does not replace QGIS's own packages; "
        "update QGIS or ask your administrator.",
    ),
    "deps.conflict": (
        "没有与 QGIS 自带程序包相配的版本（{reason}）。详情见日志面板“Zone Rules”页。",
        "No versions fit the packages QGIS has ({reason}). See the tab “Zone Rules” of the log "
        "panel.",
    ),
    "deps.offline": (
        "连不上软件源（{reason}）。请检查网络或代理后再试。",
        "The package index cannot be reached ({reason}). Check the network or proxy and try again.",
    ),
    "deps.no_match": (
        "软件源没有适合本机的版本（{reason}）。",
        "The package index has no version for this computer ({reason}).",
    ),
    "deps.no_space": ("磁盘空间不足（{reason}）。", "The disk is full ({reason})."),
    "deps.disk": (
        "写不进配置文件夹：{reason}",
        "The profile folder cannot be written: {reason}",
    ),
    "deps.pip": (
        "安装没有成功：{reason}。详情见日志面板“Zone Rules”页。",
        "The installation failed: {reason}. See the tab “Zone Rules” of the log panel.",
    ),
    "deps.broken": (
        "下载的程序包不能使用，已丢弃：{reason}",
        "What was downloaded cannot be used and was thrown away: {reason}",
    ),
    "deps.needed": (
        "“{feature}”需要尚未安装的程序包：{packages}。",
        "“{feature}” needs packages that are not there: {packages}.",
    ),
}
