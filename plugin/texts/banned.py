"""The words of the view of where something is banned: form, list, layer and articles."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "banned": ("哪里禁止？(&W)", "&Where is it banned?"),
    "banned.tip": (
        "选一项活动和日期，看每个区域是禁止、限制、豁免还是无法判定",
        "Choose an activity and a day: what each zone prohibits, restricts, exempts or leaves open",
    ),
    "banned.title": ("哪里禁止？", "Where is it banned?"),
    "banned.activity.none": ("请选择活动…", "Choose an activity…"),
    "banned.periods": ("覆盖期(&P)", "&Periods"),
    "banned.periods.tip": (
        "列出各文件的覆盖期，选一份就跳到它的最后一天",
        "The period of each document; choose one to go to its last day",
    ),
    "banned.facts.tip": (
        "例如 machine.stage=2。也可在下面“还需知道”里逐项填写",
        "For example machine.stage=2. Or answer the questions below one by one",
    ),
    "banned.start": (
        "选一项活动，就按当天的条文给每个区域判定：禁止、限制、有要求、豁免，或无法判定。",
        "Choose an activity: every zone is judged by the rules of that day as prohibited, "
        "restricted, under duties, exempt, or not determinable.",
    ),
    "banned.needs": ("还需知道（填了能判定更多）", "Still needed (answers settle more)"),
    "banned.list": ("区域及效力", "Zones and effects"),
    "banned.zone": ("区域", "Zone"),
    "banned.why": ("理由", "Why"),
    "banned.list.tip": (
        "单击缩放到该区域；双击或按回车看条文",
        "Click to zoom to the zone; double-click or press Enter for the articles",
    ),
    "banned.show": ("在地图上显示(&M)", "Show on the &map"),
    "banned.show.tip": (
        "在图层树里放一个按效力着色的图层；取消勾选就移除",
        "Put a layer coloured by effect into the layer tree; uncheck to take it out",
    ),
    "banned.articles": ("条文(&E)…", "Articl&es…"),
    "banned.copy": ("复制文字(&C)", "&Copy as text"),
    "banned.layer": ("哪里禁止：{activity}（{date}）", "Where banned: {activity} ({date})"),
    "banned.edge": ("界线误差带（内外不能确定）", "Band of error (in or out unknown)"),
    "banned.field.zone": ("区域编号", "Zone id"),
    "banned.field.name": ("区域", "Zone"),
    "banned.field.effect": ("效力代码", "Effect code"),
    "banned.field.label": ("效力", "Effect"),
    "banned.field.why": ("理由", "Why"),
    "banned.field.part": ("部分", "Part"),
    "banned.field.date": ("日期", "Date"),
    "banned.tip.core": ("确定在区内", "certainly in the zone"),
    "banned.nowhere": (
        "“{name}”没有边界图，它所在的区域也没有，无法缩放",
        "“{name}” is not drawn, and nothing it lies in is: there is nowhere to zoom to",
    ),
    "banned.instead": (
        "“{name}”没有边界图，显示的是它所在的“{around}”",
        "“{name}” is not drawn; shown is “{around}”, in which it lies",
    ),
    "banned.article.title": ("条文：{name}", "Articles: {name}"),
    "banned.article.page": ("官方页面", "official page"),
    "banned.article.none": (
        "没有条文就这项活动点到这个区域。这不等于不受限制：区内可能有别的管控区。",
        "No rule of the documents names this zone for this activity. That does not make it free: "
        "another zone may lie there.",
    ),
    "banned.article.failed": ("不涉及，因为：{part}", "not concerned because of: {part}"),
    "banned.part.place": ("地点", "the place"),
    "banned.part.date": ("日期", "the date"),
    "banned.part.alert": ("预警", "the alert"),
    "banned.part.fact": ("所给的情况", "the facts given"),
    "banned.article.note": (
        "摘要由本目录编写，以官方文件为准。",
        "Summaries are this catalogue's own words; the official document prevails.",
    ),
    "banned.close": ("关闭(&L)", "C&lose"),
}
