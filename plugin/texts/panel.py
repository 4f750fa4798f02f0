"""The words of the panel: the form above, the answer's frame below."""

TEXTS = {
    "place": ("地点(&P)", "&Place"),
    "place.hint": ("经度, 纬度（WGS 84）；也可在地图上点选", "lon, lat (WGS 84), or click the map"),
    "place.tip": (
        "经度在前，单位为度，WGS 84。输入后按回车键查询",
        "Longitude first, degrees, WGS 84. Press Enter to ask",
    ),
    "accuracy.tip": (
        "该位置的误差半径（米）。底图粗略或位置不准时请调大",
        "How far off the position may be, in metres. Raise it for a coarse map or a rough position",
    ),
    "accuracy.unit": (" 米", " m"),
    "date": ("日期(&D)", "&Date"),
    "today": ("今天(&T)", "&Today"),
    "last": ("最后覆盖日(&L)", "&Last covered"),
    "last.tip": (
        "跳到该处文件覆盖的最后一天；右侧箭头列出各文件的覆盖期",
        "Go to the last day a plan covers here; the arrow lists the period of each document",
    ),
    "periods.one": ("资料覆盖 {first} 至 {last}", "Covered: {first} to {last}"),
    "periods.many": (
        "{n} 份文件，覆盖 {first} 至 {last}",
        "{n} documents cover {first} to {last}",
    ),
    "activity": ("活动(&A)", "&Activity"),
    "activity.all": ("全部活动", "All activities"),
    "activity.tip": ("可直接输入文字查找", "Type to search"),
    "alert": ("预警(&R)", "Ale&rt"),
    "alert.tip": (
        "当日的重污染天气预警级别；不知道就留“未知”",
        "Heavy-pollution alert of that day; leave “unknown” if you do not know",
    ),
    "alert.unknown": ("未知", "unknown"),
    "alert.none": ("无预警", "no alert"),
    "alert.blue": ("蓝色", "blue"),
    "alert.yellow": ("黄色", "yellow"),
    "alert.orange": ("橙色", "orange"),
    "alert.red": ("红色", "red"),
    "facts": ("已知(&F)", "&Facts"),
    "facts.hint": ("键=值; 键=值", "key=value; key=value"),
    "facts.tip": (
        "例如 machine.stage=2; boiler.fuel=coal。回答里的“还需知道”列出了可用的键",
        "For example machine.stage=2; boiler.fuel=coal. The answer lists the keys it still needs",
    ),
    "facts.form": (
        "“{text}”不是“键=值”的形式；多项之间用分号隔开",
        "“{text}” is not key=value; put a semicolon between several",
    ),
    "facts.twice": ("“{fact}”给了两次", "“{fact}” is given twice"),
    "language": ("语言(&G)", "Lan&guage"),
    "answer": ("回答", "Answer"),
    "copy": ("复制文字(&C)", "&Copy as text"),
    "copy.tip": (
        "把回答复制为文字，与命令行输出相同",
        "Copy the answer as text, as the command line prints it",
    ),
    "details": ("全部详情(&E)", "All d&etails"),
    "details.tip": (
        "展开每一行的详情；单独一行可点其后的箭头",
        "Open the details of every line; one line opens at the arrow behind it",
    ),
    "fold.open": ("展开", "More"),
    "fold.close": ("收起", "Less"),
    "version": ("资料 {version} · {fingerprint}", "Catalogue {version} · {fingerprint}"),
    "start": (
        "点工具栏上的按钮，再点地图上的一处；也可在上面输入经纬度后按回车键。",
        "Press the toolbar button and click a place on the map, or type its coordinates above "
        "and press Enter.",
    ),
    "no_answer": ("未作回答：", "Not answered: "),
    "bad.place": (
        "“{text}”不是一对坐标；请写成“经度, 纬度”，例如 113.69, 34.735",
        "“{text}” is not a pair of coordinates; write longitude, latitude such as 113.69, 34.735",
    ),
    "coarse": (
        "当前比例尺下一个像素约 {pixel} 米，大于所填误差 ±{accuracy} 米。请放大地图，或调大误差。",
        "One pixel of this map is about {pixel} m, more than the ±{accuracy} m stated. "
        "Zoom in, or raise the accuracy.",
    ),
}
