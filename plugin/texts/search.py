"""The words of locator, expression functions and layer action."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "search.filter": (
        "管控区规则（坐标、区域、污染源、条款）",
        "Zone Rules (coordinates, zones, sources, articles)",
    ),
    "search.places": ("坐标", "Coordinates"),
    "search.zones": ("区域", "Zones"),
    "search.sources": ("污染源", "Sources"),
    "search.rules": ("规定条款", "Rules and articles"),
    "search.datum.wgs84": ("WGS 84（GPS）", "WGS 84 (GPS)"),
    "search.datum.cgcs2000": ("国家2000（CGCS2000）", "CGCS2000"),
    "search.datum.gcj02": ("GCJ-02（高德、腾讯）", "GCJ-02 (Amap, Tencent)"),
    "search.datum.bd09": ("BD-09（百度）", "BD-09 (Baidu)"),
    "search.as": ("{pair}　按 {datum} 理解", "{pair}  taken as {datum}"),
    "search.wgs84": ("WGS 84：{pair}", "WGS 84: {pair}"),
    "search.default": ("默认坐标系", "your default datum"),
    "search.written": ("输入中写明", "as written"),
    "search.latitude_first": ("纬度写在前面", "latitude written first"),
    "search.not_drawn": (
        "“{thing}”没有边界图，现显示它所在的“{around}”",
        "“{thing}” has not been drawn; the map shows “{around}”, in which it lies",
    ),
    "search.nothing_drawn": (
        "“{thing}”没有边界图，无法在地图上显示",
        "“{thing}” has not been drawn and cannot be shown on the map",
    ),
    "search.no_location": (
        "“{thing}”没有位置，只知道在“{around}”；现显示该区域",
        "“{thing}” has no location, only “{around}” is known; the map shows that",
    ),
    "search.no_location_at_all": (
        "“{thing}”没有位置，无法在地图上显示",
        "“{thing}” has no location and cannot be shown on the map",
    ),
    "search.off_map": (
        "地图的坐标系不能显示该处",
        "The map's coordinate reference system cannot show that place",
    ),
    "search.rule": ("规定 {id}", "Rule {id}"),
    "search.rule.note": (
        "以上为目录的概括，以文件原文为准。",
        "This is the catalogue's summary; the document's own text prevails.",
    ),
    "search.rule.page": ("打开官方网页(&O)", "&Open the official page"),
    "search.rule.copy": ("复制文字(&C)", "&Copy as text"),
    "search.rule.close": ("关闭(&L)", "C&lose"),
    "search.address.filter": (
        "管控区规则：地址（离线）",
        "Zone Rules: addresses (offline)",
    ),
    "search.address.title": ("{matched} · {level}", "{matched} · {level}"),
    "search.address.sure": ("把握 {percent}%", "confidence {percent} %"),
    "search.address.review": ("⚠ 请核对：{review}", "⚠ look at: {review}"),
    "search.address.unread": ("没有位置资料：{text}", "no place known for: {text}"),
    "search.address.none": ("查不到这个地址", "No place is known for this address"),
    "search.address.look": ("请核对地址：{review}", "Look at the address: {review}"),
    "search.address.wide": (
        "这个地址只知道在 {radius} 的范围内，太宽，不能查询规则；请写到县（区）或更细。",
        "The address is only known to within {radius}, too wide to ask for rules; name the county "
        "or something finer.",
    ),
    "search.action": ("此处的管控规则", "Rules here"),
    "search.action.add": (
        "为该图层添加动作“此处的管控规则”",
        "Add the action “Rules here” to this layer",
    ),
    "search.action.added": (
        "图层“{thing}”已有动作“此处的管控规则”：在要素表单、属性表或用“执行要素动作”工具点击要素时可用。",
        "Layer “{thing}” now has the action “Rules here”: in feature forms, in the attribute table "
        "and with the tool Run Feature Action.",
    ),
    "search.action.again": (
        "图层“{thing}”已经有动作“此处的管控规则”。",
        "Layer “{thing}” has the action “Rules here” already.",
    ),
    "search.action.no_layer": ("请先选中一个矢量图层。", "Choose a vector layer first."),
    "search.action.no_place": (
        "该要素没有几何图形，或图层没有坐标参照系，不知道“此处”在哪里。",
        "The feature has no geometry, or the layer no coordinate reference system: "
        "it is not known where “here” is.",
    ),
    "expr.no_crs": (
        "{function}：不知道几何图形的坐标参照系；请在图层属性中设置，或用参数 crs 写明，"
        "例如 'EPSG:4326'",
        "{function}: the coordinate reference system of the geometry is not known; set that of the "
        "layer, or name it with the argument crs, e.g. 'EPSG:4326'",
    ),
    "expr.bad_crs": (
        "{function}：“{value}”不是坐标参照系",
        "{function}: “{value}” is no coordinate reference system",
    ),
    "expr.not_geometry": (
        "{function}：第一个参数应为几何图形，例如 $geometry",
        "{function}: the first argument must be a geometry, e.g. $geometry",
    ),
    "expr.not_point": (
        "{function}：只能查询一个点；面或线请先取点，例如 point_on_surface($geometry)",
        "{function}: only a single point can be asked about; take one of a polygon or line first, "
        "e.g. point_on_surface($geometry)",
    ),
    "expr.bad_transform": (
        "{function}：该点无法换算成经纬度",
        "{function}: this point cannot be converted to longitude and latitude",
    ),
    "expr.bad_date": (
        "{function}：“{value}”不是日期；请写 '2017-11-20'、to_date(…) 或 'today'",
        "{function}: “{value}” is no date; write '2017-11-20', to_date(…) or 'today'",
    ),
    "expr.bad_activity": (
        "{function}：没有活动“{value}”；编号或名称见面板的“活动”列表",
        "{function}: no activity “{value}”; ids and names are those of the panel's activity list",
    ),
    "expr.bad_which": (
        "{function}：which 应为 'certain' 或 'possible'",
        "{function}: which must be 'certain' or 'possible'",
    ),
    "expr.failed": ("{function}：{reason}", "{function}: {reason}"),
    "expr.syntax": ("语法", "Syntax"),
    "expr.arguments": ("参数", "Arguments"),
    "expr.result": ("结果", "Result"),
    "expr.examples": ("示例", "Examples"),
    "expr.geometry": (
        "一个点，例如 $geometry；按图层的坐标参照系理解。空几何得到 NULL",
        "a single point such as $geometry, in the layer's coordinate reference system; "
        "NULL gives NULL",
    ),
    "expr.date": (
        "日期，例如 '2017-11-20'、to_date(…)、now()，或 'today'",
        "a day such as '2017-11-20', to_date(…), now(), or 'today'",
    ),
    "expr.activity": (
        "活动的编号或名称，例如 'earthwork' 或“土石方作业”",
        "an activity by its id or name, such as 'earthwork'",
    ),
    "expr.which": (
        "可省略。'certain'（默认）：确定在内且当日有效的区域；"
        "'possible'：可能在内的（边界附近、没有边界图、效力不明）",
        "optional. 'certain' (default): zones in which the point certainly is and which are in "
        "force that day; 'possible': those in which it may be (near the edge, not drawn, validity "
        "unknown)",
    ),
    "expr.crs": (
        "可省略。几何图形不在图层坐标系中时写明，例如 'EPSG:4326'",
        "optional. Names the coordinate reference system of a geometry that is not in the layer's, "
        "e.g. 'EPSG:4326'",
    ),
    "expr.zone_rules": (
        "某点、某日与之有关的全部规定及其结论。",
        "Every rule that concerns a point on a day, with its outcome.",
    ),
    "expr.zone_rules.result": (
        "映射：规定编号 → applies（适用）、due（期限未到）、exempt（豁免）"
        "或 cannot_determine（不能确定）。"
        "没有文件管到该处该日时为 NULL：没有资料不等于没有规定。其他条件均按未知处理",
        "A map: rule id → applies, due, exempt or cannot_determine. NULL where no document speaks "
        "for the place and day: no data is not “no rules”. Every other fact is unknown",
    ),
    "expr.zone_verdict": (
        "某项活动在某点、某日的结论。",
        "The verdict on an activity at a point on a day.",
    ),
    "expr.zone_verdict.result": (
        "文字：prohibited（禁止）、restricted（限制）、required（有要求）、exempt（豁免）、"
        "not_concerned（不涉及）、cannot_determine（不能确定）、"
        "conflict（规定冲突）或 no_data（没有资料）",
        "A text: prohibited, restricted, required, exempt, not_concerned, cannot_determine, "
        "conflict or no_data",
    ),
    "expr.zone_names": (
        "某点、某日所在区域的名称。",
        "The names of the zones a point lies in on a day.",
    ),
    "expr.zone_names.result": (
        "名称的数组，使用插件的语言",
        "An array of names in the plugin's language",
    ),
}
