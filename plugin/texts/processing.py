"""The words of the Processing provider: names, parameters and help.

``processing.<algorithm>.<what>``; what algorithms share has no algorithm in its name.
"""

from __future__ import annotations

from . import processing_delimit, processing_export, processing_help, processing_table

_COMMON: dict[str, tuple[str, str]] = {
    "group.ask": ("查询", "Ask"),
    "group.draw": ("划界", "Draw"),
    "group.catalogue": ("规则目录", "Catalogue"),
    "cancelled": ("已取消，没有写出结果。", "Cancelled; nothing was written."),
    "catalogue": ("目录 {which}", "Catalogue {which}"),
    "failed": (
        "目录有一部分未能读取，与它有关的结论为“无法判定”：{problem}",
        "A part of the catalogue could not be read; what depends on it cannot be determined: "
        "{problem}",
    ),
    "bad": (
        "{parameter}：“{value}”无法使用；应为：{expected}",
        "{parameter}: {value!r} cannot be used; expected: {expected}",
    ),
    "bad_expression": (
        "{parameter}：表达式“{text}”无法使用：{problem}",
        "{parameter}: the expression {text!r} cannot be used: {problem}",
    ),
    "no_crs": (
        "图层“{layer}”没有坐标参照系，无法得知点在哪里。请先在图层属性中设置。",
        "The layer {layer!r} has no coordinate reference system, so its places are not known. "
        "Set one in the layer's properties.",
    ),
    "pick": ("选择…", "Choose…"),
    "search": ("输入几个字筛选", "Type to filter"),
    "empty": ("（未选）", "(nothing chosen)"),
    "optional": ("{parameter} [可选]", "{parameter} [optional]"),
    "place.inside": ("区内", "inside"),
    "place.near": ("边界附近，不能确定", "too near to tell"),
    "place.unmapped": ("范围未划定，不能确定", "not drawn, cannot be told"),
    "place.outside": ("区外", "outside"),
    "place.undetermined": ("不能确定", "cannot be told"),
    "look.none": ("没有结论（见 zr_error）", "no verdict (see zr_error)"),
    "look.answered": ("已查询", "answered"),
    "look.error": ("有错误（见 zr_error）", "with an error (see zr_error)"),
    "date.today": ("今天", "today"),
    "date.last": ("该处最后一份方案的最后一天", "the last day that a plan covers at the place"),
    "date.of": ("{day} {document} 的最后一天", "{day} last day of {document}"),
    "datum.wgs84": ("WGS 84（GPS，或按图层坐标系）", "WGS 84 (GPS, or as the layer says)"),
    "datum.cgcs2000": ("CGCS2000（国家大地坐标系）", "CGCS2000"),
    "datum.gcj02": (
        "GCJ-02（高德、腾讯地图的偏移坐标）",
        "GCJ-02 (the shifted coordinates of Amap and Tencent)",
    ),
    "datum.bd09": ("BD-09（百度地图的偏移坐标）", "BD-09 (the shifted coordinates of Baidu)"),
    "datum.unknown": ("不清楚（按可能偏移 700 米处理）", "unknown (may be shifted by 700 m)"),
    "table.all": ("全部", "everything"),
    "table.zones": ("管控区", "zones"),
    "table.lines": ("边界线", "boundary lines"),
    "table.sources": ("污染源", "sources"),
    "table.rules": ("规则和目标", "rules and targets"),
    # -- columns ------------------------------------------------------------------------------
    "zr_inside": ("所在管控区", "Inside"),
    "zr_near": ("边界附近、不能确定", "Too near to tell"),
    "zr_unmapped": ("范围未划定、不能确定", "Not drawn, cannot be told"),
    "zr_verdict": ("结论", "Verdict"),
    "verdict_of": ("结论：{activity}", "Verdict: {activity}"),
    "zr_rules": ("有关规则", "Rules"),
    "zr_missing": ("还需知道", "Missing"),
    "zr_distance_m": ("距边界（米，区内为负）", "To the boundary (m, negative inside)"),
    "zr_reason": ("说明", "Reason"),
    "zr_error": ("错误", "Error"),
    "column.zone": ("管控区编号", "Zone id"),
    "column.zone_name": ("管控区", "Zone"),
    "column.relation": ("是否在内", "Relation"),
    "column.location": ("位置", "Location"),
    "column.source": ("污染源编号", "Source id"),
    "column.name": ("名称", "Name"),
    "column.kind": ("类型编号", "Kind id"),
    "column.kind_name": ("类型", "Kind"),
    "column.document": ("文件", "Document"),
    "column.clauses": ("条款", "Clauses"),
    "column.county": ("县区代码", "County code"),
    "column.accuracy_m": ("位置精度（米）", "Accuracy (m)"),
    "column.units_mw": ("机组容量（MW）", "Units (MW)"),
    "column.capacity_mw": ("装机容量（MW）", "Capacity (MW)"),
    "column.capacity_mt_a": ("年产能（百万吨）", "Capacity (Mt/a)"),
    "column.crude_steel_kt_a": ("粗钢年产能（千吨）", "Crude steel (kt/a)"),
    "column.capacity_tph": ("锅炉容量（蒸吨/时）", "Boiler capacity (t/h)"),
    "column.status": ("当日状态", "Status that day"),
    "column.operating_mw_certain": ("当日确定运行（MW）", "Certainly running (MW)"),
    "column.operating_mw_possible": ("当日至多运行（MW）", "At most running (MW)"),
    "column.inside": ("确定在内（处）", "Inside"),
    "column.undetermined": ("不能确定（处）", "Cannot be told"),
    "column.centre": ("中心", "Centre"),
    "column.ring_km": ("半径以内（公里）", "Within (km)"),
    "column.distance_m": ("距离（米）", "Distance (m)"),
    "column.basis": ("划定依据", "Basis"),
    "column.note": ("备注", "Note"),
    "column.inner_km": ("内半径（公里）", "Inner radius (km)"),
    "column.outer_km": ("外半径（公里）", "Outer radius (km)"),
    "column.severity": ("级别", "Severity"),
    "column.file": ("文件", "File"),
    "column.line": ("行", "Line"),
    "column.record": ("记录", "Record"),
    "column.what": ("问题", "Finding"),
    "column.expected": ("应为", "Expected"),
    # -- parameters of several algorithms -----------------------------------------------------
    "LANGUAGE": ("输出语言", "Language of the output"),
    "LANGUAGE.help": (
        "zh 或 en；不填则用插件的语言。",
        "zh or en; empty: the language of the plugin.",
    ),
    "KIND": ("污染源类型", "Kinds of source"),
    "KIND.help": (
        "只要这些类型，如 power_plant；多个用分号隔开；不填为全部。",
        "Only these kinds, such as power_plant; several separated by semicolons; empty: all.",
    ),
}

_RULES: dict[str, tuple[str, str]] = {
    "name": ("点位规则查询", "Rules at points"),
    "short": (
        "为图层中每个点列出该日、该活动的管控结论和依据",
        "For each point of a layer the verdict that day for an activity, and its grounds",
    ),
    "tags": ("规则,管控区,点位,批量,企业", "rules,zones,points,batch,verdict,ban"),
    "INPUT": ("点图层", "Points"),
    "INPUT.help": (
        "任意坐标系的点图层，每行一个点；没有图形的行也会保留，并在 zr_error 中注明。",
        "A point layer in any coordinate system, one point a row; rows without geometry stay, with "
        "a word in zr_error.",
    ),
    "ACTIVITY": ("活动", "Activities"),
    "ACTIVITY.help": (
        "在该处做什么，如 operate-non-road-machinery 或它的中文名；多个用分号隔开，每个一列结论。"
        "不填则列出所有活动的规则，但没有单一结论。",
        "What somebody does there, such as operate-non-road-machinery; several separated by "
        "semicolons give a column each. Empty: the rules of all activities, without one verdict.",
    ),
    "DATE": ("日期", "Date"),
    "DATE.help": (
        "YYYY-MM-DD、today（今天）、last（该处最后一份方案的最后一天）或 last:文件编号。"
        "方案都已到期时，今天多半“无法判定”。",
        "YYYY-MM-DD, today, last (the last day a plan covers at the place) or last:<document>. "
        "When "
        "all plans have ended, most of today cannot be determined.",
    ),
    "ALERT": ("重污染天气预警", "Pollution alert"),
    "ALERT.help": (
        "none、blue、yellow、orange、red；unknown 表示不知道。",
        "none, blue, yellow, orange, red; unknown if nobody knows.",
    ),
    "FACTS": ("已知情况（对所有点）", "What is known (of all points)"),
    "FACTS.help": (
        "每行一条 键=值，如 machine.stage=1；写了 zone.<编号>=inside 即声明在该区内。"
        "没写的一律算未知。",
        "One key=value a line, such as machine.stage=1; zone.<id>=inside says that the places "
        "are in "
        "a zone. What is not given is unknown.",
    ),
    "ACCURACY": ("位置精度（米）", "Accuracy of the points (m)"),
    "ACCURACY.help": (
        "点可能偏离的距离。离边界比这更近的点，结论为“边界附近、不能确定”。",
        "How far a point may be off. A point nearer to a boundary than this cannot be told.",
    ),
    "DATUM": ("坐标基准", "Datum"),
    "DATUM.help": (
        "坐标系写的是 WGS 84，其实取自高德（gcj02）或百度（bd09）时在此说明，否则会偏 500 至 "
        "700 米。",
        "Say here when the layer claims WGS 84 but was taken from Amap (gcj02) or Baidu (bd09); it "
        "is 500 to 700 m off otherwise.",
    ),
    "DATE_EXPRESSION": ("逐行日期（字段或表达式）", "Date of each row (field or expression)"),
    "DATE_EXPRESSION.help": (
        "给出该行的日期；为空的行用上面的日期。",
        "Gives the row's own date; where it is empty, the date above holds.",
    ),
    "FACTS_EXPRESSION": (
        "逐行情况（字段或表达式）",
        "What is known of each row (field or expression)",
    ),
    "FACTS_EXPRESSION.help": (
        "文本“键=值; 键=值”，或 map('machine.stage', \"stage\") 这样的映射。读不懂的值写进该行的 "
        "zr_error，其余照常回答。",
        "A text 'key=value; key=value', or a map such as map('machine.stage', \"stage\"). A value "
        "that cannot be read goes into the row's zr_error; the row is answered without it.",
    ),
    "OUTPUT": ("查询结果", "Rules at points"),
    "OUTPUT.help": ("原有字段加上 zr_ 各列。", "The layer's own columns and those named zr_."),
    "done": ("已查询 {n} 个点。", "{n} points answered."),
    "rows_with_errors": (
        "{n} 行有错误，原因见该行的 zr_error。",
        "{n} rows have an error; the reason is in their zr_error.",
    ),
    "no_point": ("该行没有点", "the row has no point"),
    "many_points": ("该行有 {n} 个点，应为一个", "the row has {n} points, expected one"),
    "no_transform": (
        "坐标 {x:g}, {y:g} 无法换算成经纬度：{reason}",
        "{x:g}, {y:g} cannot be converted to longitude and latitude: {reason}",
    ),
}

_SOURCES: dict[str, tuple[str, str]] = {
    "name": ("管控区内的污染源", "Sources in zones"),
    "short": (
        "列出所选管控区内的污染源，不能确定的单列，并给出数量和合计",
        "The sources in the zones chosen, those that cannot be told apart, with counts and sums",
    ),
    "tags": ("污染源,管控区,统计", "sources,zones,counts,plants,mines"),
    "ZONES": ("管控区", "Zones"),
    "ZONES.help": (
        "管控区编号，如 gc-district；多个用分号隔开。",
        "Ids of zones, such as gc-district; several separated by semicolons.",
    ),
    "DATE": ("状态日期", "Status on"),
    "DATE.help": (
        "YYYY-MM-DD：加上当日状态和电厂当日运行容量；不填则不加。",
        "YYYY-MM-DD: adds the status of that day and the megawatts that ran; empty: neither.",
    ),
    "OUTPUT": ("区内污染源", "Sources in zones"),
    "OUTPUT.help": (
        "每个区、每处一行；只知县区、没有坐标的污染源没有图形，但不会漏掉。",
        "One row a zone and source; a source whose county only is known has no geometry, but is "
        "there.",
    ),
    "SUMMARY": ("数量和合计", "Counts and sums"),
    "SUMMARY.help": ("每个区、每类一行。", "One row a zone and kind."),
    "INSIDE": ("确定在内（处）", "Inside"),
    "UNDETERMINED": ("不能确定（处）", "Cannot be told"),
    "no_zone": ("管控区：至少选一个。", "Zones: choose one at least."),
    "counted": (
        "{zone}：确定在内 {inside} 处，不能确定 {undetermined} 处",
        "{zone}: {inside} inside, {undetermined} for which it cannot be told",
    ),
}

_RINGS: dict[str, tuple[str, str]] = {
    "name": ("周边检索", "Search within rings"),
    "short": (
        "检索点位、污染源或管控区周边若干公里内的污染源和管控区",
        "Sources and zones within some kilometres of places, of a source or of a zone",
    ),
    "tags": ("周边,半径,缓冲,污染源,管控区", "rings,radius,around,near,buffer,sources,zones"),
    "POINT": ("中心点", "Centre"),
    "POINT.help": (
        "在地图上点一处，或输入 经度,纬度 [EPSG:4326]。",
        "Click the map, or type lon,lat [EPSG:4326].",
    ),
    "INPUT": ("中心点图层", "Layer of centres"),
    "INPUT.help": ("图层中每个点各查一次。", "Searches around every point of the layer."),
    "SOURCE": ("以污染源为中心", "Around sources"),
    "SOURCE.help": (
        "污染源编号，如 jy-qinbei；须有坐标。",
        "Ids of sources, such as jy-qinbei; they must have a location.",
    ),
    "ZONE": ("以管控区为中心", "Around zones"),
    "ZONE.help": (
        "管控区编号；从其边界量起；须已划定范围。",
        "Ids of zones; measured from their boundary; they must be drawn.",
    ),
    "RADII": ("半径（公里）", "Radii (km)"),
    "RADII.help": ("多个用分号隔开，如 1;3;5。", "Several separated by semicolons, such as 1;3;5."),
    "SOURCES": ("周边污染源", "Sources around"),
    "SOURCES.help": (
        "带距离和所在的最小半径，由近到远。",
        "With the distance and the smallest radius that holds them, nearest first.",
    ),
    "ZONES": ("周边管控区", "Zones around"),
    "ZONES.help": (
        "范围未划定的区没有图形和距离，只要可能在半径内就会列出。",
        "Zones nobody has drawn have neither geometry nor distance; they are listed when they "
        "may be "
        "within the radius.",
    ),
    "RINGS": ("半径圈", "Rings"),
    "RINGS.help": ("每个中心、每个半径一圈。", "One ring a centre and radius."),
    "radius_expected": ("大于 0、至多 {most} 公里的数", "numbers of km above 0, {most} at most"),
    "lonlat": ("经度 -180 至 180、纬度 -90 至 90", "a longitude and latitude in degrees"),
    "source_located": ("有坐标的污染源", "a source with a location"),
    "zone_drawn": ("已划定范围的管控区", "a zone that is drawn"),
    "no_centre": (
        "没有中心：请给出中心点、点图层、污染源或管控区之一。",
        "No centre: give a point, a layer, a source or a zone.",
    ),
    "found": (
        "{centres} 个中心：污染源 {sources} 处，管控区 {zones} 个",
        "{centres} centres: {sources} sources, {zones} zones",
    ),
    "unlocated": (
        "另有 {n} 处污染源没有坐标，是否在半径内不能确定。",
        "{n} more sources have no location; whether they are within the radius cannot be told.",
    ),
    "undrawn": (
        "范围未划定，可能在半径内",
        "nobody has drawn it; it may be within the radius",
    ),
}

_EXPORT: dict[str, tuple[str, str]] = {
    "name": ("导出规则目录", "Export the catalogue"),
    "short": (
        "把管控区、边界线、污染源和规则写成 GeoPackage、GeoJSON 或 JSON",
        "Zones, lines, sources and rules as GeoPackage, GeoJSON or JSON",
    ),
    "tags": ("导出,规则目录,规则库", "export,catalogue,geopackage,geojson,inspire"),
    "DOCUMENT": ("文件", "Document"),
    "DOCUMENT.help": (
        "只要这份文件及其涉及的区；不填为全部。",
        "Only this document and the zones it refers to; empty: all.",
    ),
    "KIND": ("内容", "What to write"),
    "KIND.help": (
        "all、zones、lines、sources 或 rules；不填时 GeoJSON 只写管控区，其余格式写全部。",
        "all, zones, lines, sources or rules; empty: zones in GeoJSON, else everything.",
    ),
    "INSPIRE": ("用 INSPIRE 的字段名（仅 GeoJSON）", "Names of INSPIRE (GeoJSON only)"),
    "INSPIRE.help": (
        "按 INSPIRE 区域管理（Area Management）命名管控区的字段。",
        "Zones with the attribute names of INSPIRE Area Management.",
    ),
    "OUTPUT": ("写到", "File"),
    "OUTPUT.help": (
        "后缀决定格式：.gpkg、.geojson 或 .json。",
        "The suffix decides the format: .gpkg, .geojson or .json.",
    ),
    "ZONES": ("管控区（个）", "Zones"),
    "UNDRAWN": ("其中未划定（个）", "Of these not drawn"),
    "RULES": ("规则（条）", "Rules"),
    "SOURCES": ("污染源（处）", "Sources"),
    "written": ("已写入 {file}", "Written to {file}"),
}

_LINT: dict[str, tuple[str, str]] = {
    "name": ("检查规则目录", "Check the catalogue"),
    "short": (
        "检查编号、日期、图形、条款覆盖和用例，列出问题",
        "Checks ids, dates, shapes, clauses and cases, and lists what is wrong",
    ),
    "tags": ("检查,校验,规则目录,规则库", "lint,check,validate,catalogue,overlay"),
    "title": ("规则目录检查报告", "Check of the catalogue"),
    "FOLDER": ("文件夹", "Folder"),
    "FOLDER.help": (
        "含 documents/、geojson/ 或 zones.geojson 的文件夹；不填则检查随插件提供的目录。",
        "A folder with documents/, geojson/ or zones.geojson; empty: the shipped catalogue.",
    ),
    "TEXTS": ("文件原文", "Texts of the documents"),
    "TEXTS.help": (
        "存放 <编号>.txt 的文件夹：指出照抄原文的摘要。",
        "A folder with <id>.txt: summaries copied from the documents are told.",
    ),
    "COVERAGE": ("检查条款覆盖", "Check the clauses"),
    "COVERAGE.help": (
        "每个条款都应有规则，或写明为何没有。",
        "Every clause should have its rules, or a reason why not.",
    ),
    "OUTPUT": ("问题清单", "Findings"),
    "OUTPUT.help": ("每个问题一行，先错误后警告。", "One row a finding, errors first."),
    "REPORT": ("检查报告", "Report"),
    "REPORT.help": ("可打印的网页。", "A page to print."),
    "SOUND": ("没有错误", "Sound"),
    "ERRORS": ("错误（个）", "Errors"),
    "WARNINGS": ("警告（个）", "Warnings"),
    "wait": (
        "正在检查，需要几秒到半分钟…",
        "Checking; this takes some seconds, half a minute at most…",
    ),
    "needs": (
        "检查规则目录还需要 Python 库 {names}，这个 QGIS 里没有；其余算法不需要它。",
        "Checking the catalogue needs the Python libraries {names}, which this QGIS lacks; the "
        "other algorithms do not.",
    ),
    "severity.error": ("错误", "error"),
    "severity.warning": ("警告", "warning"),
    "severity.case": ("用例不符", "case does not hold"),
    "severity.clause": ("条款缺漏", "clause not covered"),
}

_OF = {
    "rulesatpoints": _RULES,
    "checktable": processing_table.CHECK,
    "sourcesinzones": _SOURCES,
    "ringsearch": _RINGS,
    "exportcatalogue": _EXPORT,
    "exportwebmap": processing_export.WEBMAP,
    "extracts": processing_export.EXTRACTS,
    "lint": _LINT,
    "delimit": processing_delimit.DELIMIT,
}
TEXTS: dict[str, tuple[str, str]] = {
    **{f"processing.{name}": pair for name, pair in _COMMON.items()},
    **{
        f"processing.{alg}.{name}": pair
        for alg, table in _OF.items()
        for name, pair in table.items()
    },
    **{f"processing.{alg}.help": pair for alg, pair in processing_help.HELP.items()},
}
