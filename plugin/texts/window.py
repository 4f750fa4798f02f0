"""The words of the window: menu, buttons and messages of every part."""

TEXTS = {
    "plugin": ("Zone Rules 管控区规则", "Zone Rules 管控区规则"),
    "tool": ("查询某地的规则", "Rules at a place"),
    "tool.tip": (
        "在地图上点一处，列出该处、该日有约束力的规则及其条款",
        "Click a place on the map to read the rules that bind there that day, with their articles",
    ),
    "panel": ("管控区规则面板", "Zone Rules panel"),
    "no_crs": (
        "工程没有坐标参照系，无法得知点在哪里。请先在工程属性中设置。",
        "The project has no coordinate reference system, so the place is not known. "
        "Set one in the project's properties.",
    ),
    "unrelated_crs": (
        "坐标系“{crs}”与 WGS 84 的关系没有写明或没有公开参数，直接换算可能偏差上百米，因此不作答；"
        "请改用 CGCS2000 或 WGS 84 的坐标系，或用“粘贴拐点坐标”（误差会计入）。",
        "How “{crs}” lies to WGS 84 is not stated or not public; converting it as it is may be off "
        "by a hundred metres, so there is no answer. Use a CRS of CGCS2000 or WGS 84, or paste the "
        "coordinates as corners, where the doubt is counted in.",
    ),
    "bad_transform": (
        "该点无法换算成经纬度：{reason}",
        "This point cannot be converted to longitude and latitude: {reason}",
    ),
    "catalogue": ("目录无法打开：{reason}", "The catalogue cannot be opened: {reason}"),
    "unexpected": (
        "出现意外错误（{reason}）；详情见日志面板“Zone Rules”页。",
        "Something unexpected happened ({reason}); see the tab “Zone Rules” of the log panel.",
    ),
}
