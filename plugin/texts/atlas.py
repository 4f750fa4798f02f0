"""The words of the atlas: a page for each enterprise."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "atlas": ("打印企业图册(&E)…", "Print an atl&as of enterprises…"),
    "atlas.tip": (
        "当前点图层里一企一页：地图、结论、依据和还需知道的情况，存为一份 PDF",
        "A page for each point of the current layer: map, verdict, articles and what is missing, "
        "in one PDF",
    ),
    "atlas.title": ("企业图册：{layer}", "Atlas of {layer}"),
    "atlas.no_layer": (
        "请先在图层面板里选中一个点图层（例如检查企业表的结果）。",
        "First choose a layer of points in the layer panel, such as a checked table.",
    ),
    "atlas.about.all": (
        "共 {n} 行，一行一页。",
        "{n} rows, a page each.",
    ),
    "atlas.about.some": (
        "共 {n} 行，只打印前 {most} 行；要多打印请改“至多”。",
        "{n} rows, of which the first {most} are printed; raise “at most” for more.",
    ),
    "atlas.about.many": (
        "每页约一秒，这么多页要好几分钟，可随时停止。",
        " A page takes about a second; so many take minutes. It can be stopped any time.",
    ),
    "atlas.scope": ("打印", "Print"),
    "atlas.scope.all": ("所有行", "all rows"),
    "atlas.scope.check": ("需人工核实的行", "rows to check by hand"),
    "atlas.scope.selected": ("选中的 {n} 行", "the {n} rows selected"),
    "atlas.most": ("至多（页）", "At most (pages)"),
    "atlas.name": ("名称字段", "Field of names"),
    "atlas.datum": ("坐标取自", "Coordinates are"),
    "atlas.datum.wgs84": ("图层坐标系所说的", "as the layer's CRS says"),
    "atlas.datum.gcj02": (
        "高德、腾讯（GCJ-02，图层却写作 WGS 84）",
        "of Amap or Tencent (GCJ-02, though the layer says WGS 84)",
    ),
    "atlas.datum.bd09": (
        "百度（BD-09，图层却写作 WGS 84）",
        "of Baidu (BD-09, though the layer says WGS 84)",
    ),
    "atlas.datum.unknown": (
        "不清楚（误差加 700 米）",
        "not known (700 m more of error)",
    ),
    "atlas.asked": ("查什么：", "What is asked:"),
    "atlas.asked.columns": (
        "查什么（已按检查时的条件填好；各行的 {columns} 取自图层）：",
        "What is asked (as in the check; {columns} of each row come from the layer):",
    ),
    "atlas.output": ("存为", "Save as"),
    "atlas.file": ("{stem}_图册.pdf", "{stem}_atlas.pdf"),
    "atlas.run": ("打印(&P)", "&Print"),
    "atlas.task": ("企业图册", "Atlas of enterprises"),
    "atlas.need.output": ("请指明存到哪个文件。", "Name the file to write."),
    "atlas.nothing": ("这些行都没有位置，没有可打印的。", "None of these rows has a place."),
    "atlas.asking": ("正在查询 {n} 处…", "Asking about {n} places …"),
    "atlas.laying_out": ("正在排版…", "Laying out …"),
    "atlas.printed": ("已打印 {n} 页，共 {of} 页", "{n} of {of} pages"),
    "atlas.stopped": ("已停止，没有写出 PDF。", "Stopped; no PDF was written."),
    "atlas.done": ("已存为 {path}，共 {n} 页。", "{n} pages saved as {path}."),
    "atlas.without": (
        "另有 {n} 行没有位置，未打印。",
        " {n} rows without a place were left out.",
    ),
    # on the page
    "atlas.unnamed": ("第 {n} 行", "Row {n}"),
    "atlas.comma": ("、", ", "),
    "atlas.missing": ("还需知道", "Still needed"),
    "atlas.unread": ("本行读不懂、没有采用：{problem}", "Not read and left out: {problem}"),
    "atlas.more": (
        "另有 {n} 条本页放不下，请单独查询该处或看检查结果表。",
        "{n} more do not fit; ask about the place by itself or see the checked table.",
    ),
    "atlas.accuracy": ("位置误差", "Accuracy of the place"),
    "atlas.rows": ("图册各页内容", "Rows of the atlas"),
    "atlas.no_advice": (
        "本页不是法律意见。",
        "This page is no legal advice.",
    ),
    "atlas.footer": (
        "目录 {version} · {fingerprint} · {made} 制作",
        "Catalogue {version} · {fingerprint} · made {made}",
    ),
    "atlas.overlay": (" · 含自备边界 {n} 个区", " · {n} zones of the user's own"),
}
