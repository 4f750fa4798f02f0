"""The words of the options page and the help menu."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "options.language": ("语言(&L)", "&Language"),
    "options.language.qgis": ("与 QGIS 相同", "As QGIS"),
    "options.datum": ("坐标默认按(&D)", "Default &datum of coordinates"),
    "options.datum.note": (
        "在定位栏输入坐标而不写明坐标系时，按此排在最前；其他坐标系的理解仍会一并列出。"
        "高德、腾讯地图用 GCJ-02，百度地图用 BD-09，与 WGS 84 相差约 500 米。",
        "Coordinates typed into the locator bar without a datum are offered in this one first, and "
        "in the others as well. Amap and Tencent maps use GCJ-02, Baidu maps BD-09; both are about "
        "500 m away from WGS 84.",
    ),
    "options.data": ("自备数据文件夹(&F)", "&Folder of your own data"),
    "options.data.browse": ("浏览(&B)…", "&Browse…"),
    "options.data.clear": ("清除(&C)", "&Clear"),
    "options.data.title": ("选择自备数据文件夹", "Choose the folder of your own data"),
    "options.data.note": (
        "放自己画的区域边界（zones.geojson）和自己整理的文件（documents）。留空则只用插件自带的目录。",
        "Holds zone boundaries you drew (zones.geojson) and documents you typed in (documents). "
        "Leave it empty to use only what comes with the plugin.",
    ),
    "options.data.none": ("只用插件自带的目录", "Only what comes with the plugin"),
    "options.data.zones": ("{n} 个区域的边界", "shapes of {n} zones"),
    "options.data.documents": ("{n} 份文件：{names}", "{n} documents: {names}"),
    "options.data.empty": (
        "文件夹里没有 zones.geojson，也没有 documents；以后可以放进去",
        "No zones.geojson and no documents in this folder yet",
    ),
    "options.data.fault": ("有误：{reason}", "Something is wrong: {reason}"),
    "options.data.no_folder": ("没有这个文件夹", "There is no such folder"),
    "options.data.bad": ("不能使用：{reason}", "Cannot be used: {reason}"),
    "options.data.kept": (
        "自备数据文件夹未更改：{reason}",
        "The folder of your own data was not changed: {reason}",
    ),
    "options.data.forced": (
        "环境变量 ZONERULES_DATA 已指定文件夹 {folder}，在此更改无效。",
        "The environment variable ZONERULES_DATA names the folder {folder}; it comes first.",
    ),
    "options.state.good": ("可用", "Good"),
    "options.state.doubtful": ("请注意", "Please note"),
    "options.state.bad": ("有错误", "Error"),
    "options.settings": ("设置(&S)…", "&Settings…"),
    "options.settings.tip": (
        "语言、默认坐标系、自备数据文件夹和在线地址服务",
        "Language, default datum, the folder of your own data and online addresses",
    ),
    "help.page": ("使用说明(&H)", "&Help"),
    "help.about": ("关于(&A)", "&About"),
    "help.home": ("打开项目主页（需要联网）(&W)", "Open the &web page (needs internet)"),
    "help.close": ("关闭(&L)", "C&lose"),
    "help.what": (
        "点一个地方，列出该处、该日、对某项活动有约束力的每一条规定及其条款。",
        "Click a place and read every documented rule that binds there, on a day, for an activity.",
    ),
    "help.version": ("版本", "Version"),
    "help.catalogue": ("目录", "Catalogue"),
    "help.overlay": ("自备数据", "Your own data"),
    "help.overlay.zones": ("{folder}（{n} 个区域）", "{folder} ({n} zones)"),
    "help.documents": ("收录的文件", "Documents covered"),
    "help.documents.head": ("文件", "Document"),
    "help.documents.period": ("覆盖期", "Period covered"),
    "help.documents.rules": ("规定", "Rules"),
    "help.licences": ("许可", "Licences"),
    "help.licence.code": (
        "程序与目录整理：GPL-2.0-or-later",
        "Program and compilation of the catalogue: GPL-2.0-or-later",
    ),
    "help.licence.shapes": ("图形与位置", "Shapes and positions"),
    "help.note": (
        "回答是对文件的归纳，以文件原文为准；没有资料不等于没有规定。",
        "Answers summarise the documents, whose own text prevails; no data does not mean no rules.",
    ),
}
