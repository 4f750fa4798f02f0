"""The words of asking about a polygon or a line."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "shapes": ("面或线的规则", "Rules for a shape"),
    "shapes.tip": (
        "查询一个面或一条线内外各部分的规则：现画、用所选要素、或粘贴拐点坐标",
        "Rules for a polygon or a line, part by part: draw it, use selected features, or paste "
        "its corners",
    ),
    "shapes.title": ("面或线的规则", "Rules for a shape"),
    "shapes.polygon": ("画面(&O)", "Draw p&olygon"),
    "shapes.polygon.tip": (
        "在地图上逐点画面：左键加角点，右键完成，退格键删去上一点，Esc 取消",
        "Draw a polygon on the map: left click adds a corner, right click finishes, Backspace "
        "removes the last corner, Esc cancels",
    ),
    "shapes.line": ("画线(&N)", "Draw li&ne"),
    "shapes.line.tip": (
        "在地图上逐点画线：左键加点，右键完成，退格键删去上一点，Esc 取消",
        "Draw a line on the map: left click adds a point, right click finishes, Backspace "
        "removes the last point, Esc cancels",
    ),
    "shapes.selected": ("用所选要素(&S)", "&Selected features"),
    "shapes.selected.tip": (
        "用当前图层中选中的要素（任何坐标系；也可以是 DXF 图层）",
        "Use the features selected in the current layer, in any CRS; a DXF layer too",
    ),
    "shapes.paste": ("粘贴拐点坐标…(&V)", "Paste corners… (&V)"),
    "shapes.paste.tip": (
        "粘贴界址点、拐点坐标：经纬度或投影坐标，X、Y 顺序和坐标系由您确认",
        "Paste a list of corner coordinates, in degrees or metres; you confirm order and datum",
    ),
    "shapes.start": (
        "用上面的按钮给出一个面或一条线：在地图上画、用当前图层选中的要素，或粘贴拐点坐标。",
        "Give a polygon or a line with the buttons above: draw it on the map, use the features "
        "selected in the current layer, or paste its corners.",
    ),
    "shapes.nothing": ("还没有图形", "No shape yet"),
    "shapes.drawing.polygon": (
        "正在画面：{n} 个角点。右键完成，退格删点，Esc 取消",
        "Drawing a polygon: {n} corners. Right click finishes, Backspace removes, Esc cancels",
    ),
    "shapes.drawing.line": (
        "正在画线：{n} 个点。右键完成，退格删点，Esc 取消",
        "Drawing a line: {n} points. Right click finishes, Backspace removes, Esc cancels",
    ),
    "shapes.too_few.polygon": ("面至少要 3 个角点", "A polygon needs at least 3 corners"),
    "shapes.too_few.line": ("线至少要 2 个点", "A line needs at least 2 points"),
    "shapes.working": ("正在分块计算……", "Working out the parts …"),
    "shapes.from.drawn": ("现画的图形", "Drawn on the map"),
    "shapes.from.layer": ("图层“{layer}”的 {n} 个要素", "{n} features of “{layer}”"),
    "shapes.from.pasted": ("粘贴的 {n} 个角点", "{n} pasted corners"),
    "shapes.centre.tip": (
        "图形的中心；图形用上面的按钮给出",
        "The centre of the shape; give the shape with the buttons above",
    ),
    "shapes.no_layer": (
        "当前图层不是矢量图层。请先在图层面板选中一个矢量图层，并选中要素。",
        "The current layer holds no features. Pick a vector layer and select features in it.",
    ),
    "shapes.no_selection": (
        "图层“{layer}”里没有选中要素。请先用 QGIS 的选择工具选中面或线。",
        "Nothing is selected in “{layer}”. Select polygons or lines with QGIS's own tools first.",
    ),
    "shapes.no_geometry": ("选中的要素没有图形", "The selected features have no geometry"),
    "shapes.mixed": (
        "选中的要素里既有面又有线，请只选一种",
        "The selection mixes polygons and lines; select one kind",
    ),
    "shapes.points": (
        "选中的是多个点。单个点可直接查询；要查询一片，请选中面或线",
        "These are several points. Select one point, or a polygon or line",
    ),
    "shapes.too_many": (
        "选中了 {n} 个要素，超过上限 {most} 个",
        "{n} features are selected, more than the limit of {most}",
    ),
    "shapes.no_crs": (
        "图层“{layer}”没有坐标参照系，请指明它的坐标用的是哪一个",
        "“{layer}” has no coordinate reference system. Say which one its coordinates are in",
    ),
    "shapes.transform": (
        "图形无法换算成经纬度：{reason}",
        "The shape cannot be converted to longitude and latitude: {reason}",
    ),
    "shapes.closed": (
        "选中的线首尾相接，围成闭合的界线。按面查询，还是按线查询？",
        "The selected lines close on themselves. Ask about the polygon they enclose, or about "
        "the lines?",
    ),
    "shapes.as_polygon": ("按面(&O)", "As p&olygon"),
    "shapes.as_line": ("按线(&N)", "As li&ne"),
    "shapes.tab.verdicts": ("结论", "Verdicts"),
    "shapes.tab.zones": ("区域", "Zones"),
    "shapes.tab.parts": ("分块", "Parts"),
    "shapes.count": ("（{n}）", " ({n})"),
    "shapes.zone": ("区域", "Zone"),
    "shapes.inside": ("内", "Inside"),
    "shapes.near": ("界线附近", "Near"),
    "shapes.outside": ("外", "Outside"),
    "shapes.near.tip": (
        "离界线不超过误差，或界线本身不确定：内外不能确定",
        "Within the accuracy of the boundary, or where the boundary itself is uncertain",
    ),
    "shapes.undrawn": (
        "另有 {n} 处没有划定范围，是否在内不能确定",
        "{n} more nobody has drawn, so it cannot be told",
    ),
    "shapes.legend": ("■ 内　▨ 界线附近　□ 外", "■ inside　▨ near the boundary　□ outside"),
    "shapes.part": ("块", "Part"),
    "shapes.verdict": ("结论", "Verdict"),
    "shapes.gravest": ("最严的要求", "Gravest rule"),
    "shapes.share": ("占比和大小", "Share and size"),
    "shapes.where": ("位置", "Where"),
    "shapes.joined": (
        "含 {n} 个并入的细碎小块，按“界线附近”处理",
        "with {n} tiny pieces joined to it, treated as near the boundary",
    ),
    "shapes.zoom": ("缩放到(&Z)", "&Zoom to"),
    "shapes.zoom.tip": ("在地图上显示整个图形", "Show the whole shape on the map"),
    "shapes.copy": ("复制文字(&C)", "&Copy as text"),
    "shapes.layer": ("存为临时图层(&Y)", "Temporar&y layer"),
    "shapes.layer.tip": (
        "把各分块连同结论和面积加为一个临时图层",
        "Add the parts, with verdict and size, as a temporary layer",
    ),
    "shapes.layer.name": ("分块结果 {date}", "Parts {date}"),
    "shapes.clear": ("清除(&X)", "Clear (&X)"),
    "shapes.clear.tip": ("去掉图形和结果", "Remove shape and result"),
    "shapes.field.part": ("块号", "part"),
    "shapes.field.percent": ("占比%", "percent"),
    "shapes.field.area_m2": ("面积_平方米", "area, m²"),
    "shapes.field.length_m": ("长度_米", "length, m"),
    "shapes.field.verdict": ("结论", "verdict"),
    "shapes.field.where": ("位置", "where"),
    "shapes.field.inside": ("在内", "inside"),
    "shapes.field.near": ("界线附近", "near"),
    "shapes.corners": ("粘贴拐点坐标", "Paste corners"),
    "shapes.corners.text": (
        "坐标(&T)：一行一个角点，可带点号",
        "Coordinates, one corner a line, with or without a poin&t number",
    ),
    "shapes.corners.hint": (
        "J1  3845012.35  38468123.40\n"
        "J2  3845102.11  38468130.02\n"
        "……\n"
        "也可以是 113°41′24″ 34°44′06″ 或 113.69, 34.735",
        "J1  3845012.35  38468123.40\n"
        "J2  3845102.11  38468130.02\n"
        "…\n"
        "or 113°41′24″ 34°44′06″, or 113.69, 34.735",
    ),
    "shapes.corners.file": ("打开文件…(&F)", "Open &file…"),
    "shapes.corners.filter": ("文本 (*.txt *.csv);;全部 (*)", "Text (*.txt *.csv);;All (*)"),
    "shapes.corners.unread": ("文件无法读取：{reason}", "The file cannot be read: {reason}"),
    "shapes.corners.packed": (
        "度.分秒连写（113.4124 即 113°41′24″）(&K)",
        "Degrees pac&ked with minutes and seconds (113.4124 is 113°41′24″)",
    ),
    "shapes.corners.everywhere": (
        "也列出落在目录范围以外的读法(&W)",
        "Also list readings outside the area covered (&W)",
    ),
    "shapes.corners.reading": ("这些数怎么读？请选一种", "How are these numbers read? Choose one"),
    "shapes.corners.none": (
        "这些数没有一种可能的读法",
        "There is no possible reading of these numbers",
    ),
    "shapes.corners.datum": ("坐标系(&D)", "&Datum"),
    "shapes.corners.choose": ("请选择……", "Choose …"),
    "shapes.corners.stated": ("（文件头写明）", " (stated in the file)"),
    "shapes.corners.kind": ("图形", "Shape"),
    "shapes.corners.polygon": ("面(&O)", "P&olygon"),
    "shapes.corners.line": ("线(&N)", "Li&ne"),
    "shapes.corners.number": ("点号", "No."),
    "shapes.corners.first": ("第一列", "First"),
    "shapes.corners.second": ("第二列", "Second"),
    "shapes.corners.lon": ("经度", "Longitude"),
    "shapes.corners.lat": ("纬度", "Latitude"),
    "shapes.corners.count": ("{n} 个角点", "{n} corners"),
    "shapes.corners.rings": ("{n} 个角点，{rings} 个环", "{n} corners in {rings} rings"),
    "shapes.corners.size": ("{n} 个角点，{size}", "{n} corners, {size}"),
    "shapes.corners.problem": ("第 {line} 行：{text}", "Line {line}: {text}"),
    "shapes.corners.more": ("……另有 {n} 处", "… and {n} more"),
    "shapes.corners.ask_reading": ("请选读法", "Choose a reading"),
    "shapes.corners.ask_datum": ("请选坐标系", "Choose the datum"),
    "shapes.corners.fix": (
        "有的行读不懂，请先改正",
        "Some lines cannot be read; correct them first",
    ),
    "shapes.corners.ok": ("查询(&A)", "&Ask"),
    "shapes.corners.cancel": ("取消", "Cancel"),
}
