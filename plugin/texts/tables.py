"""The words of the dialog that checks a table."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "tables": ("检查企业表(&H)…", "C&heck a table…"),
    "tables.tip": (
        "逐行查出一张表里每家企业在哪些管控区内、能不能做、依据哪一条",
        "For every row of a table: its zones, what is prohibited or required, and by which article",
    ),
    "tables.title": ("检查企业表", "Check a table"),
    # -- which table
    "tables.group.table": ("1 表格", "1  Table"),
    "tables.source": ("表格文件", "Table file"),
    "tables.source.hint": (
        "Excel、CSV、TSV、Parquet、GeoPackage、GeoJSON 或 Shapefile",
        "Excel, CSV, TSV, Parquet, GeoPackage, GeoJSON or Shapefile",
    ),
    "tables.browse": ("浏览…", "Browse…"),
    "tables.layers": ("工程中的图层", "Layer of the project"),
    "tables.no_layers": (
        "（工程里没有矢量图层或表）",
        "(the project has no vector layer or table)",
    ),
    "tables.of_layer": ("图层：{layer}", "Layer: {layer}"),
    "tables.start": (
        "选一张表：每行一家企业，有经纬度（或一格写着两数的坐标）。一行也不会丢，原来的列都保留。",
        "Choose a table with a row for each enterprise and its coordinates. No row is lost, and "
        "all columns are kept.",
    ),
    "tables.about.rows": ("共 {n} 行", "{n} rows"),
    "tables.about.columns": ("{n} 列", "{n} columns"),
    "tables.about.text": (
        "{encoding} 编码，分隔符 {delimiter}",
        "{encoding}, parted by {delimiter}",
    ),
    "tables.about.join": ("，", ", "),
    "tables.columns": (
        "表的前几行和各列的含义",
        "First rows of the table and what its columns are",
    ),
    "tables.columns.hint": (
        "每一列是什么？带 * 的是按表头判断的，可以改；"
        "企业情况（如燃料、排放阶段）在哪一列，也请指明。",
        "What is each column? Those with * were guessed from the headings and can be changed. Name "
        "the columns of facts, too, such as fuel or emission stage.",
    ),
    "tables.column_is": ("“{name}”列是", "Column {name} is"),
    "tables.is": ("含义", "is"),
    "tables.no_heading": ("（无表头）", "(no heading)"),
    "tables.guessed": ("{role} *", "{role} *"),
    "tables.role.none": ("—", "—"),
    "tables.role.name": ("名称", "name"),
    "tables.by_address": (
        "没有坐标的行按地址定位",
        "Place rows without coordinates by their address",
    ),
    "tables.by_address.tip": (
        "查得多准，半径就多大，并参与判断。有坐标的行只用地址核对。",
        "The radius says how exact a place is and goes into the answer. Coordinates are only held "
        "against the address.",
    ),
    "tables.geocoder": ("在线服务", "Service"),
    "tables.geocoder.ask": ("地址在哪里查", "Where addresses are looked up"),
    "tables.geocoder.none": (
        "离线：随附的地名库",
        "offline, in the shipped gazetteer",
    ),
    "tables.geocoder.some": (
        "在线：{service}（先说明并征得同意）",
        "online: {service} (after a notice and your yes)",
    ),
    "tables.geocoder.tip": (
        "在线服务在“设置 → 选项 → Zone Rules”里选择。"
        "问过的地址存在本机，中断后再运行只问没问过的。",
        "A service is chosen under Settings → Options → Zone Rules. Answers are kept on this "
        "machine: after a stop only what was not asked yet is sent.",
    ),
    "tables.within": ("地址所在市、县", "City or county of the addresses"),
    "tables.within.hint": (
        "地址没写市、县的，都在（如 郑州市）",
        "where addresses that state none are, such as 郑州市",
    ),
    "tables.role.address": ("地址", "address"),
    "tables.role.lon": ("经度（东坐标）", "longitude (easting)"),
    "tables.role.lat": ("纬度（北坐标）", "latitude (northing)"),
    "tables.role.place": ("坐标（一格两数）", "both coordinates"),
    "tables.role.accuracy": ("位置误差（米）", "accuracy (m)"),
    "tables.role.date": ("日期", "date"),
    "tables.role.alert": ("预警级别", "alert"),
    # -- where
    "tables.datum": ("2 坐标是哪一种？", "2  What are the coordinates?"),
    "tables.datum.ask": ("请选择…（不会替您假定）", "Choose … (it is never assumed)"),
    "tables.datum.file": ("按表中写明的：{crs}", "As the file states: {crs}"),
    "tables.datum.wgs84": ("WGS 84（GPS、手持机、天地图）", "WGS 84 (GPS)"),
    "tables.datum.cgcs2000": ("CGCS2000 经纬度（国家大地坐标系）", "CGCS2000, degrees"),
    "tables.datum.gcj02": ("GCJ-02（高德、腾讯地图）", "GCJ-02 (Amap, Tencent)"),
    "tables.datum.bd09": ("BD-09（百度地图）", "BD-09 (Baidu)"),
    "tables.datum.unknown": (
        "不清楚（误差加 700 米，许多点会无法判定）",
        "not known (700 m more of error; many places cannot be told)",
    ),
    "tables.datum.projected": ("投影坐标（米），选坐标系…", "Projected metres; choose the CRS…"),
    "tables.datum.crs": ("投影坐标系", "CRS of the coordinates"),
    "tables.seen.none": (
        "还没有指明坐标在哪一列。",
        "No column of coordinates has been named yet.",
    ),
    "tables.seen.here": (
        "经度 {x}，纬度 {y}：是中国境内的经纬度。"
        "GPS、高德、百度的数值相差几百米，从数字上看不出来。",
        "Longitude {x}, latitude {y}: degrees in China. GPS, Amap and Baidu differ by hundreds of "
        "metres, which the figures do not show.",
    ),
    "tables.seen.turned": (
        "“经度” {x}，“纬度” {y}：看起来两列颠倒了，请在上面的表里改过来。",
        "“Longitude” {x}, “latitude” {y}: the two look swapped; change them in the table above.",
    ),
    "tables.seen.degrees": ("{x}，{y}：是经纬度，不在中国。", "{x}, {y}: degrees outside China."),
    "tables.seen.metres": (
        "{x}，{y}：看起来是投影坐标（米），请选投影坐标系。",
        "{x}, {y}: these look like projected metres; choose their CRS.",
    ),
    "tables.seen.stated": (
        "表中写明了坐标系 {crs}。坐标若取自高德或百度，请改选。",
        "The file states the CRS {crs}. Choose another if they were taken from Amap or Baidu.",
    ),
    # -- what is asked
    "tables.group.asked": ("3 查什么", "3  What is asked"),
    "tables.activity": ("活动(&A)", "&Activity"),
    "tables.activity.all": ("所有活动汇总（没有单一结论）", "All activities (without one verdict)"),
    "tables.several": ("多项…", "Several…"),
    "tables.several.tip": (
        "选几项活动，每项一列结论",
        "Choose several activities; each gets a column with its verdict",
    ),
    "tables.comma": ("、", ", "),
    "tables.accuracy": ("误差", "Accuracy"),
    "tables.metres": (" 米", " m"),
    "tables.periods": ("覆盖期", "Periods"),
    "tables.facts": ("已知(&F)", "&Facts"),
    "tables.facts.tip": (
        "对所有行都成立的情况，如 boiler.fuel=煤。各行不同的，请在上面指明是哪一列",
        "What is known of all rows, such as boiler.fuel=coal. For what differs, name its column "
        "above",
    ),
    # -- where to
    "tables.group.output": ("4 结果", "4  Result"),
    "tables.output": ("写到(&O)", "&Write to"),
    "tables.review": ("需人工核实的行另存", "Rows to check by hand"),
    "tables.on_map": (
        "完成后作为点图层加到地图上，按结论着色",
        "Add the points to the map, coloured by verdict",
    ),
    "tables.file.result": ("{stem}_结果.{kind}", "{stem}_checked.{kind}"),
    "tables.file.review": ("{stem}_需核实.csv", "{stem}_to-check.csv"),
    "tables.group.more": ("更多选项", "More options"),
    "tables.sheet": ("工作表或图层名", "Sheet or layer"),
    "tables.sheet.hint": ("第一个", "the first"),
    "tables.encoding": ("文本编码", "Encoding of text"),
    "tables.encoding.hint": ("自动辨认；或写 utf-8、gb18030", "looked at; or utf-8, gb18030"),
    "tables.delimiter": ("分隔符", "Delimiter"),
    "tables.delimiter.hint": ("自动辨认；制表符写 tab", "looked at; write tab for a tab"),
    "tables.distance": (
        "离边界 1 公里以外的也写出距离",
        "Distances also beyond 1 km of a boundary",
    ),
    "tables.formulas": (
        "保留公式样的单元格（不加 '）",
        "Leave cells that a spreadsheet would compute",
    ),
    "tables.resume": (
        "可中断续做（做完的部分存在结果旁边，仅用于文件）",
        "Keep finished parts beside the result, to go on after a stop (files only)",
    ),
    "tables.option.activity": ("活动", "Activity"),
    "tables.option.alert": ("预警", "Alert"),
    "tables.option.date": ("日期", "Date"),
    "tables.option.datum": ("坐标基准", "Datum"),
    "tables.option.facts": ("已知", "Facts"),
    "tables.option.fact_columns": ("情况列", "Column of a fact"),
    "tables.option.output": ("写到", "Write to"),
    # -- going on
    "tables.need.source": ("先选一张表", "Choose a table first"),
    "tables.need.place": (
        "请指明坐标在哪一列，或勾选按地址定位",
        "Say which columns are the coordinates, or have rows placed by their address",
    ),
    "tables.need.datum": ("请说明坐标是哪一种", "Say what the coordinates are"),
    "tables.need.output": ("请指明写到哪个文件", "Name the file to write"),
    "tables.need.review": ("请指明需核实的行写到哪里", "Name the file for the rows to check"),
    "tables.run": ("开始检查(&R)", "&Run"),
    "tables.stop": ("停止(&S)", "&Stop"),
    "tables.close": ("关闭", "Close"),
    "tables.looking": ("正在看表…", "Looking at the table …"),
    "tables.running": ("正在检查企业表", "Checking a table"),
    "tables.stopping": ("正在停止…", "Stopping …"),
    "tables.stopped": ("已停止，没有留下半个文件。", "Stopped; no half file is left."),
    "tables.stopped.kept": (
        "已停止；做完的部分已保留，再次开始即接着做。",
        "Stopped; finished parts are kept, run again to go on.",
    ),
    "tables.replace.title": ("替换文件？", "Replace files?"),
    "tables.replace": ("{names} 已经存在，要替换吗？", "{names}: there already. Replace?"),
    "tables.needs": (
        "还需要 Python 程序包 {names}。另一个窗口说明怎样安装；装好后再选一次这张表。",
        "The Python packages {names} are needed. The other window tells how to install them; then "
        "choose the table again.",
    ),
    "tables.pace.begins": ("正在读表…", "Reading the table …"),
    "tables.pace": ("{rows} 行，每秒 {rate} 行", "{rows} rows, {rate} a second"),
    "tables.pace.left": (
        "{rows} 行，每秒 {rate} 行，约剩 {left}",
        "{rows} rows, {rate} a second, about {left} left",
    ),
    "tables.pace.sent": ("已在线查询 {n} 个地址；", "{n} addresses asked online; "),
    "tables.seconds": ("{n} 秒", "{n} s"),
    "tables.minutes": ("{n} 分钟", "{n} min"),
    # -- what came of it
    "tables.summary": ("检查结果汇总", "Summary of the check"),
    "tables.verdicts": ("结论：{activity}", "Verdict: {activity}"),
    "tables.none": ("没有结论（见 zr_error）", "no verdict (see zr_error)"),
    "tables.no_activity": (
        "没有指定活动：每行的 zr_reason 按结论汇总了所有活动。",
        "No activity was asked: zr_reason sums up all activities for each row.",
    ),
    "tables.taken": ("各列的含义：{columns}", "Columns: {columns}"),
    "tables.note": (
        "“无法判定”不等于允许，“无资料”不等于没有规定；zr_missing 写明补上什么就能判定。",
        "“Cannot be determined” never means allowed, “no data” never that there is no rule; "
        "zr_missing tells what would decide it.",
    ),
    "tables.do.open": ("打开结果", "Open the result"),
    "tables.do.open.tip": ("用 Excel 等程序打开结果文件", "Open the file with its program"),
    "tables.do.folder": ("打开所在文件夹", "Open its folder"),
    "tables.do.folder.tip": ("结果和需核实的行都在这里", "Where the result was written"),
    "tables.do.map": ("在地图上看", "Show on the map"),
    "tables.do.map.tip": ("点图层，按结论着色", "Points coloured by verdict"),
    "tables.do.review": ("看需核实的行", "Rows to check"),
    "tables.do.review.tip": (
        "在图层中选中出错、离边界太近、无法判定的行，打开属性表",
        "Selects rows with errors, near a boundary or undetermined, and opens their table",
    ),
    "tables.do.atlas": ("打印企业图册…", "Print an atlas…"),
    "tables.do.atlas.tip": ("一企一页的 PDF", "A PDF with a page for each enterprise"),
    "tables.do.extracts": ("做查询单…", "Make extracts…"),
    "tables.do.extracts.tip": (
        "一行一份查询单，装订成一本或各存一个文件",
        "An extract for each row: one book, or a file each",
    ),
    "tables.no_processing": (
        "QGIS 的“处理”插件没有启用，不能做查询单；请在插件管理器中启用。",
        "QGIS's plugin Processing is not enabled, so no extracts can be made; enable it in the "
        "plugin manager.",
    ),
    "tables.do.back": ("再查一张表", "Check another table"),
    "tables.do.back.tip": ("回到设置", "Back to the settings"),
    "tables.not_on_map": (
        "这次没有要求加到地图上；请勾选后再检查一次。",
        "The points were not asked for; tick that and run again.",
    ),
    "tables.no_layer": ("QGIS 打不开 {path}", "QGIS cannot open {path}"),
}
