"""The words of the algorithm that checks a table, its help among them."""

from __future__ import annotations

CHECK: dict[str, tuple[str, str]] = {
    "name": ("检查企业表", "Check a table"),
    "short": (
        "逐行查出一张表里每家企业所在的管控区、结论和依据，写成新表",
        "For every row of a table its zones, verdicts and grounds, written as a new table",
    ),
    "tags": (
        "表格,企业,批量,检查,Excel,CSV,经纬度",
        "table,enterprises,batch,check,excel,csv,parquet,coordinates",
    ),
    "filter": ("表格 ({files})", "Tables ({files})"),
    "INPUT": ("表格文件", "Table file"),
    "INPUT.help": (
        "CSV、TSV、Excel、Parquet、GeoPackage、GeoJSON 或 Shapefile；GBK 编码也能读。"
        "与“工程中的图层”二选一。",
        "CSV, TSV, Excel, Parquet, GeoPackage, GeoJSON or Shapefile, also in GB18030. Give this or "
        "a layer of the project.",
    ),
    "LAYER": ("工程中的图层", "Layer of the project"),
    "LAYER.help": (
        "无图形的表或点图层，含未保存的修改；不会改动它。",
        "A table without geometry or a point layer, unsaved edits included; it is not changed.",
    ),
    "LON": ("经度（东坐标）列", "Column of the longitude (easting)"),
    "LON.help": (
        "表头；不填则按表头判断（经度、lon、x……），判断结果写在日志里。",
        "Its heading; empty: guessed from the headings, and the log tells the guess.",
    ),
    "LAT": ("纬度（北坐标）列", "Column of the latitude (northing)"),
    "LAT.help": ("表头；不填则按表头判断。", "Its heading; empty: guessed from the headings."),
    "PLACE_COLUMN": ("坐标列（一格两数）", "Column with both coordinates"),
    "PLACE_COLUMN.help": (
        "一格里写着“113.69, 34.735”的那一列，经度在前。",
        "A column with “113.69, 34.735” in one cell, longitude first.",
    ),
    "ADDRESS_COLUMN": ("地址列", "Column of addresses"),
    "ADDRESS_COLUMN.help": (
        "表头。没有坐标的行按地址定位（离线，除非选了在线服务），圆的半径参与判断；有坐标的行用地址核对。"
        "不填则不看地址。",
        "Its heading. Rows without coordinates are placed by their address (offline unless a "
        "service is chosen), and the radius goes into the answer; coordinates are held against the "
        "address. Empty: addresses are not looked at.",
    ),
    "WITHIN": ("地址所在市、县（没写明时）", "City or county of addresses that state none"),
    "WITHIN.help": ("如 郑州市。", "Such as 郑州市."),
    "DATUM": ("坐标基准", "Datum"),
    "DATUM.help": (
        "表里没有写明坐标系时必须说明：wgs84（GPS）、cgcs2000、gcj02（高德、腾讯）、"
        "bd09（百度），不清楚写 unknown（误差加 700 米）。不会替您假定。",
        "Required where the table states no CRS: wgs84 (GPS), cgcs2000, gcj02 (Amap, Tencent), "
        "bd09 (Baidu), or unknown, which adds 700 m to the accuracy. It is never assumed.",
    ),
    "CRS": ("投影坐标系", "CRS of projected columns"),
    "CRS.help": (
        "坐标是投影坐标（米）时选它，如 EPSG:4547；带号写在东坐标前的选带带号的那一种。",
        "For coordinates in metres, such as EPSG:4547; where the easting begins with a zone "
        "number, the CRS that has it.",
    ),
    "ACTIVITY": ("活动", "Activities"),
    "ACTIVITY.help": (
        "企业在那里做什么；多个用分号隔开，每个一列结论。不填则汇总所有活动，没有单一结论。",
        "What is done there; several separated by semicolons give a column each. Empty: all "
        "activities are summed up, without one verdict.",
    ),
    "DATE": ("日期（该行未写日期时）", "Date (of rows without their own)"),
    "DATE.help": (
        "YYYY-MM-DD、today、last 或 last:文件编号。",
        "YYYY-MM-DD, today, last or last:<document>.",
    ),
    "ALERT": ("重污染天气预警", "Pollution alert"),
    "ALERT.help": (
        "none、blue、yellow、orange、red；unknown 表示不知道。",
        "none, blue, yellow, orange, red; unknown if nobody knows.",
    ),
    "FACTS": ("已知情况（对所有行）", "What is known (of all rows)"),
    "FACTS.help": (
        "每行一条 键=值，如 boiler.fuel=煤。没写的一律算未知。",
        "One key=value a line, such as boiler.fuel=coal. What is not given is unknown.",
    ),
    "FACT_COLUMNS": ("各列是什么情况", "Columns of facts"),
    "FACT_COLUMNS.help": (
        "每行一条 键=表头，如 machine.stage=排放阶段；空格就是不知道。",
        "One key=heading a line, such as machine.stage=stage; an empty cell is unknown.",
    ),
    "ACCURACY": ("位置误差（米，该行未写误差时）", "Accuracy of the places (m)"),
    "ACCURACY.help": (
        "离边界比这更近的点，结论为“边界附近、不能确定”。",
        "A place nearer to a boundary than this cannot be told.",
    ),
    "NAME_COLUMN": ("名称列", "Column of names"),
    "NAME_COLUMN.help": ("表头；不填则按表头判断。", "Its heading; empty: guessed."),
    "ACCURACY_COLUMN": ("误差列（米）", "Column of the accuracy (m)"),
    "ACCURACY_COLUMN.help": ("每行自己的位置误差。", "Each row's own accuracy in metres."),
    "DATE_COLUMN": ("日期列", "Column of dates"),
    "DATE_COLUMN.help": (
        "每行自己的日期，如 2017-11-20、2017年11月20日。",
        "Each row's own day, such as 2017-11-20.",
    ),
    "ALERT_COLUMN": ("预警列", "Column of alerts"),
    "ALERT_COLUMN.help": (
        "每行自己的预警级别，如 橙色 或 orange。",
        "Each row's own level, such as orange.",
    ),
    "SHEET": ("工作表或图层名", "Sheet or layer"),
    "SHEET.help": ("不填则取第一个。", "Empty: the first one."),
    "ENCODING": ("文本编码", "Encoding of text"),
    "ENCODING.help": ("不填则自动辨认，如 gb18030。", "Such as gb18030; empty: looked at."),
    "DELIMITER": ("分隔符", "Delimiter"),
    "DELIMITER.help": (
        "不填则自动辨认；制表符写 tab。",
        "Empty: looked at; write tab for a tab.",
    ),
    "DISTANCE": ("全部写出到边界的距离", "Distances of all rows"),
    "DISTANCE.help": (
        "否则只写 1 公里以内的。",
        "Otherwise only up to 1 km from a boundary.",
    ),
    "KEEP_FORMULAS": ("保留公式样的单元格", "Leave cells like formulas"),
    "KEEP_FORMULAS.help": (
        "不勾选时，会被电子表格当公式执行的单元格前加 '。",
        "Otherwise cells that a spreadsheet would compute get a ' in front.",
    ),
    "RESUME": ("可中断续做", "Keep finished parts"),
    "RESUME.help": (
        "做完的部分存在输出文件旁的 .parts 文件夹；中断后再次运行同样的设置即接着做。",
        "Finished parts are kept beside the output; the same run goes on from there.",
    ),
    "OUTPUT": ("结果", "Result"),
    "OUTPUT.help": (
        "后缀决定格式：csv、tsv、xlsx、parquet、geoparquet、gpkg 或 geojson。"
        "输入的行和列全部保留，次序不变，后面加 zr_ 列。",
        "The suffix decides the format: csv, tsv, xlsx, parquet, geoparquet, gpkg or geojson. All "
        "rows and columns are kept in order, the columns zr_ are added.",
    ),
    "REVIEW": ("需人工核实的行", "Rows to check by hand"),
    "REVIEW.help": (
        "出错、离边界太近、无法判定的行另存一份，zr_row 是原来的行号。",
        "Rows with errors, near a boundary or undetermined, with their number in zr_row.",
    ),
    "LOAD": ("作为点图层加入工程", "Add the points to the project"),
    "LOAD.help": (
        "按结论着色。结果不是图形文件时另写一个临时 GeoPackage，坐标已换算为 WGS 84。",
        "Coloured by verdict. If the result is no map file, a temporary GeoPackage is written, "
        "with the places in WGS 84.",
    ),
    "ROWS": ("行数", "Rows"),
    "TO_CHECK": ("需人工核实（行）", "Rows to check by hand"),
    "ERRORS": ("问题（个）", "Errors"),
    "which": (
        "“表格文件”（INPUT）和“工程中的图层”（LAYER）请给出其中一个。",
        "Give either a table file (INPUT) or a layer of the project (LAYER).",
    ),
    "no_resume": (
        "“可中断续做”（RESUME）只用于表格文件，不用于工程中的图层。",
        "Keeping finished parts (RESUME) works with a table file only, not with a layer.",
    ),
    "needs": (
        "检查表格还需要 Python 库 {names}，这个 QGIS 里没有。"
        "可在菜单“矢量”→“Zone Rules 管控区规则”→“附加程序包”中安装。",
        "Checking a table needs the Python libraries {names}, which this QGIS lacks. Install them "
        "with Vector → Zone Rules → Extra packages.",
    ),
    "go_on": (
        "做完的部分已保留；用同样的设置再运行一次即接着做。",
        "Finished parts are kept; run it again with the same settings to go on.",
    ),
    "help": (
        "<p>给表里的<b>每一行</b>作答：在哪些管控区之内，那一天那项活动禁止、限制、有要求还是无法判定，"
        "依据哪份文件第几条。与命令 <code>zonerules check</code> 完全一致，一行也不会丢。</p>"
        "<p><b>例</b>：表格文件 企业.xlsx，坐标基准 gcj02，活动“使用锅炉”，各列是什么情况写 "
        "<code>boiler.fuel=燃料</code>，结果 结果.xlsx。</p>"
        "<p><b>坐标基准必须说明</b>：高德、百度的坐标比 GPS 偏 500 至 700 米，"
        "从数字上看不出来。投影坐标请选投影坐标系。</p>"
        "<p><b>无法判定</b>不是“没有规定”，<b>无资料</b>也不等于允许。读不懂的格写在 "
        "<code>zr_error</code>。取消后不留半个文件。需要 Python 库 numpy、shapely、"
        "pyproj、pyarrow，Excel 还要 openpyxl，图形文件和加入工程还要 pyogrio。</p>",
        "<p>Answers <b>every row</b> of a table: its zones, what is prohibited, restricted, "
        "required or cannot be determined there that day for an activity, and by which article. "
        "The answers are those of <code>zonerules check</code>; no row is lost.</p>"
        "<p><b>Example</b>: table firms.xlsx, datum gcj02, activity “Operate a boiler”, columns of "
        "facts <code>boiler.fuel=fuel</code>, result answered.xlsx.</p>"
        "<p><b>The datum must be said</b>: coordinates of Amap or Baidu lie 500 to 700 m from "
        "those of GPS, and the figures do not show it. Projected coordinates need their CRS.</p>"
        "<p><b>Cannot be determined</b> is not “no rule”, and <b>no data</b> does not mean that it "
        "is allowed. What cannot be read is told in <code>zr_error</code>. After a cancel no half "
        "file is left. Needs the Python libraries numpy, shapely, pyproj and pyarrow, for Excel "
        "openpyxl, for map files and the points on the map pyogrio.</p>",
    ),
}
