"""The words of the layout on paper."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "print": ("打印这次查询结果(&P)…", "&Print this answer…"),
    "print.tip": (
        "把当前地点的查询结果连同地图、图例和出处存为 PDF",
        "Save the answer for the current place as a PDF, with map, legend and citations",
    ),
    "print.design": ("在布局设计器中打开查询结果(&D)", "Open this answer in the layout &designer"),
    "print.design.tip": (
        "建一个可编辑的打印布局，保存在工程中",
        "Make a print layout that can be edited and is kept with the project",
    ),
    # page
    "printing.title": ("管控区规则查询结果", "Zone rules at a place"),
    "printing.all": ("全部活动", "all activities"),
    "printing.asked": ("查询日期 {date}　活动：{activity}", "For {date}, activity: {activity}"),
    "printing.where": (
        "{lon}, {lat}（{datum}，± {metres} 米）　预警：{alert}",
        "{lon}, {lat} ({datum}, ± {metres} m), alert: {alert}",
    ),
    "printing.facts": ("已知：{facts}", "Known: {facts}"),
    "printing.legend": ("图例", "Legend"),
    "printing.place": ("查询地点", "Place asked"),
    "printing.accuracy": ("位置误差 ± {metres} 米", "Accuracy ± {metres} m"),
    "printing.lines": ("界线", "Boundary lines"),
    "printing.zones": ("管控区", "Zones"),
    "printing.certain": ("{kind}：确定在内", "{kind}: certainly inside"),
    "printing.uncertain": ("{kind}：内外不能确定", "{kind}: in or out is uncertain"),
    "printing.outline": ("行政区界", "Administrative boundary"),
    "printing.grid": (
        "坐标系 {crs}，比例尺 1:{scale}，上为北",
        "{crs}, scale 1:{scale}, north is up",
    ),
    "printing.basemap": ("底图来自当前工程", "Base map from the current project"),
    "printing.footer": (
        "目录 {version} · {fingerprint} · {made} 制作",
        "Catalogue {version} · {fingerprint} · made {made}",
    ),
    "printing.page": ("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    # the end of the answer
    "printing.periods": ("覆盖期和默认值", "Periods and defaults"),
    "printing.cited": ("引用的文件", "Documents cited"),
    "printing.no_number": ("无文号", "no number"),
    "printing.issuer": ("发文机关：{name}", "Issued by {name}"),
    "printing.issued": ("{day} 印发", "on {day}"),
    "printing.covers": ("覆盖 {first} 至 {last}", "covers {first} to {last}"),
    "printing.clauses": ("引用条款：{names}", "Clauses cited: {names}"),
    "printing.comma": ("、", ", "),
    "printing.semicolon": ("；", "; "),
    "printing.about": ("说明", "About this sheet"),
    "printing.about.words": (
        "条文为本项目自拟的摘要，不是原文；一切以发文机关公布的文件原文为准。",
        "Rules are summarised in this project's own words; the official documents prevail.",
    ),
    "printing.about.unknown": (
        "“无法判定”表示资料不足以判断，不等于允许；“无资料”不等于没有规定。",
        "“Cannot be determined” means that not enough is known, never that a thing is allowed; "
        "“no data” does not mean that there is no rule.",
    ),
    "printing.about.map": (
        "图上界线按文件描述绘制，精度有限，不作为划界或执法依据；斜线部分内外不能确定。",
        "Lines on the map are drawn from the documents' words with limited accuracy and settle no "
        "boundary; in hatched parts it is uncertain whether a place is inside.",
    ),
    "printing.about.catalogue": (
        "所用目录：{version}，校验码 {fingerprint}",
        "Catalogue used: {version}, fingerprint {fingerprint}",
    ),
    "printing.about.overlay": (
        "含用户自己的数据文件夹：{zones} 个区采用用户的图形。",
        "The user's own data folder was used: {zones} zone(s) have the user's shape.",
    ),
    # messages
    "printing.no_answer": (
        "还没有可打印的查询结果；请先在地图上查询一处。",
        "There is no answer to print yet; ask about a place first.",
    ),
    "printing.not_a_place": (
        "目前只能打印单个地点的查询结果；请先查询一处地点。",
        "Only the answer for a single place can be printed; ask about one place first.",
    ),
    "printing.no_font": (
        "系统中没有能显示“{missing}”的中文字体，打印会出现方框，因此没有打印。"
        "请安装一种中文字体（例如 Noto Sans CJK SC）后重启 QGIS。",
        "No installed font has the characters “{missing}”; they would be boxes, so nothing was "
        "printed. Install a Chinese font such as Noto Sans CJK SC and restart QGIS.",
    ),
    "printing.save": ("查询结果存为 PDF", "Save the answer as PDF"),
    "printing.file": ("管控区规则_{date}.pdf", "zone-rules_{date}.pdf"),
    "printing.saved": ("已存为 {path}", "Saved as {path}"),
    "printing.not_saved": (
        "PDF 未能写入 {path}：{reason}",
        "The PDF could not be written to {path}: {reason}",
    ),
    "printing.reason.file": (
        "文件无法写入，可能正被其他程序打开",
        "the file cannot be written; another program may have it open",
    ),
    "printing.reason.memory": ("内存不足", "not enough memory"),
    "printing.reason.other": ("导出失败", "the export failed"),
    "printing.working": ("正在生成 PDF…", "Making the PDF …"),
    "printing.layout": ("管控区规则 {date} {number}", "Zone rules {date} {number}"),
    "printing.designed": (
        "布局“{name}”已加入工程；其中的图层存放在 {folder}。",
        "The layout “{name}” is kept with the project; its layers are in {folder}.",
    ),
}
