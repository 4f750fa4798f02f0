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
    "delimit.role.core": ("确定在内", "certainly inside"),
    "delimit.role.nominal": ("按字面", "literal reading"),
    "delimit.role.extent": ("可能到达", "as far as it may reach"),
}
