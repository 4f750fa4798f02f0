"""The help beside each algorithm, as the rich text QGIS shows: what it does, an example, limits."""

from __future__ import annotations

HELP: dict[str, tuple[str, str]] = {
    "rulesatpoints": (
        "<p>为图层中<b>每个点</b>查出：那一天、那项活动在该处有哪些规定，禁止、限制、"
        "有要求还是豁免，"
        "依据哪份文件第几条。结果与点击地图、命令 <code>zonerules at</code> 完全一致。</p>"
        "<p><b>例</b>：活动选“使用非道路移动机械”，日期 2017-11-20，已知情况写 "
        "<code>machine.stage=1</code>（国Ⅰ机械）。</p>"
        "<p><b>无法判定</b>不是“没有规定”：缺了某项情况、点离边界太近，或该区没有人划定范围。"
        "<code>zr_missing</code> 写明补上什么就能判定，<code>zr_unmapped</code> 列出未划定的区。"
        "<b>无资料</b>表示库中没有文件管这里这天的这项活动，也不等于允许。</p>"
        "<p>坐标取自高德、百度时请改“坐标基准”。读不懂的值、没有图形的行都会保留，原因写在 "
        "<code>zr_error</code>。图层中原有的同名 zr_ 字段会被新结果代替。"
        "请存为 GeoPackage：Shapefile 会把字段名截到 10 个字符。</p>",
        "<p>For <b>each point</b> of a layer: which rules hold there that day for an activity, "
        "whether it is prohibited, restricted, bound to duties or exempt, and by which article of "
        "which document. The answers are those of a click on the map and of "
        "<code>zonerules at</code>.</p>"
        "<p><b>Example</b>: activity “Operate non-road machinery”, date 2017-11-20, known "
        "<code>machine.stage=1</code>.</p>"
        "<p><b>Cannot be determined</b> is not “no rule”: something was not given, the point "
        "is too "
        "near to a boundary, or nobody has drawn the zone. <code>zr_missing</code> names what "
        "would "
        "decide it, <code>zr_unmapped</code> the zones not drawn. <b>No data</b>: no document in "
        "the catalogue speaks about this activity here that day; that does not mean it is "
        "allowed.</p>"
        "<p>Set the datum when coordinates come from Amap or Baidu. Values that cannot be read and "
        "rows without geometry stay, with the reason in <code>zr_error</code>. Columns zr_ "
        "that the "
        "layer has already are replaced. Save as GeoPackage: Shapefile cuts names to 10 "
        "characters.</p>",
    ),
    "sourcesinzones": (
        "<p>列出所选管控区内的污染源（煤矿、电厂、锅炉、监测站等），与命令 "
        "<code>zonerules sources --within</code> 一致。</p>"
        "<p><b>例</b>：管控区 gc-district，日期 2017-12-31，得到管城回族区的污染源和当日状态。</p>"
        "<p><code>relation</code> 为 inside 的确定在内；为 undetermined 的<b>不能确定</b>："
        "坐标精度不够、"
        "只知道县区，或该区没有划定范围（见 <code>location</code>：near 边界附近，unmapped "
        "未划定）。"
        "合计只算确定在内的；不写明数字的不计入。</p>",
        "<p>The sources (mines, power plants, boilers, stations …) in the zones chosen, as "
        "<code>zonerules sources --within</code> lists them.</p>"
        "<p><b>Example</b>: zone gc-district, date 2017-12-31, gives the sources of that district "
        "and their status on that day.</p>"
        "<p><code>relation</code> inside: certain. Undetermined: <b>it cannot be told</b>, because "
        "the position is not good enough, only the county is known, or nobody has drawn the zone "
        "(see <code>location</code>: near or unmapped). Sums count what is certainly inside and "
        "states its figure.</p>",
    ),
    "ringsearch": (
        "<p>查出一处（或一层点、一个污染源、一个管控区）周边若干公里内的污染源和管控区，"
        "并画出半径圈。"
        "距离按椭球面计算，与命令 <code>zonerules sources --near --radius</code> 一致。</p>"
        "<p><b>例</b>：中心点 113.67,34.73 [EPSG:4326]，半径 1;3;5。</p>"
        "<p><code>distance_m</code> 到管控区的是到边界的距离，区内为负；"
        "大致范围（approximate）的区不给距离。"
        "<b>范围未划定</b>的区没有图形和距离，只要它所在的区进入半径就列出，因为它可能在其中。"
        "没有坐标的污染源查不到，日志会说有多少处。以管控区为中心时从其边界量起。</p>",
        "<p>Sources and zones within some kilometres of a place, of each point of a layer, of a "
        "source or of a zone, and the rings themselves. Distances on the ellipsoid, as "
        "<code>zonerules sources --near --radius</code> gives them.</p>"
        "<p><b>Example</b>: centre 113.67,34.73 [EPSG:4326], radii 1;3;5.</p>"
        "<p><code>distance_m</code> of a zone is that to its boundary, negative inside; zones of "
        "approximate extent have none. A zone <b>nobody has drawn</b> has neither geometry nor "
        "distance; it is listed when what it lies in is reached, because it may be there. Sources "
        "without a location cannot be found; the log says how many. Around a zone, distances start "
        "at its boundary.</p>",
    ),
    "exportcatalogue": (
        "<p>把规则目录写成其他程序能读的文件：GeoPackage（每类一个图层）、GeoJSON 或 JSON，"
        "内容与命令 "
        "<code>zonerules export</code> 相同。不需要 geopandas。</p>"
        "<p><b>例</b>：内容 zones，写到 zones.gpkg。</p>"
        "<p>每个已划定的区有三行：<code>nominal</code>（标称）、<code>core</code>（确定在内）、"
        "<code>extent</code>（以外确定不在内）。<b>未划定的区</b>也有一行，没有图形，不会漏掉。"
        "每行都带许可和来源。</p>",
        "<p>The catalogue as a file for other programs: GeoPackage (a layer each), GeoJSON or "
        "JSON, "
        "with what <code>zonerules export</code> writes. Needs no geopandas.</p>"
        "<p><b>Example</b>: zones, to zones.gpkg.</p>"
        "<p>A drawn zone has three rows: <code>nominal</code>, <code>core</code> (certainly "
        "in) and "
        "<code>extent</code> (beyond it certainly out). A zone <b>nobody has drawn</b> has a row "
        "without geometry. Every row tells its licence and provenance.</p>",
    ),
    "lint": (
        "<p>检查规则目录，或您自己的数据文件夹：编号、日期、图形（核心 ⊆ 标称 ⊆ 外缘）、条款覆盖、"
        "用例是否仍得出应有的结论。与命令 <code>zonerules lint</code> 一致。</p>"
        "<p><b>例</b>：文件夹留空，检查随插件提供的目录。</p>"
        "<p><b>错误</b>会使回答出错或无从证明；<b>警告</b>请数据管理员看一看。需要 Python 库 "
        "shapely。</p>",
        "<p>Checks the catalogue, or a folder of your own: ids, dates, shapes (core ⊆ nominal ⊆ "
        "extent), clauses, and whether every case still comes to what it should. As "
        "<code>zonerules lint</code>.</p>"
        "<p><b>Example</b>: leave the folder empty to check the shipped catalogue.</p>"
        "<p>An <b>error</b> makes an answer wrong or unprovable; a <b>warning</b> is for the data "
        "keeper to look at. Needs the Python library shapely.</p>",
    ),
}
