"""The words of addresses: the window for one, the services, the leave to send, the keys."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # -- services
    "geocode.service.none": ("不联网（默认）", "None, offline (default)"),
    "geocode.service.tianditu": ("天地图", "Tianditu 天地图"),
    "geocode.service.amap": ("高德", "Amap 高德"),
    "geocode.service.baidu": ("百度", "Baidu 百度"),
    # -- the leave to send
    "geocode.leave.title": ("地址要发送到网上", "Addresses are about to be sent"),
    "geocode.notice": (
        "将发送给{service}（{host}）：{what}，以及您自己的密钥。"
        "不发送表里的其他列、坐标、图层和工程。",
        "To be sent to {service} ({host}): {what}, with your own key. No other columns, "
        "coordinates, layers or projects are sent.",
    ),
    "geocode.what.one": ("地址“{address}”", "the address “{address}”"),
    "geocode.what.within": (
        "地址“{address}”（没写市、县的，前面加上“{within}”）",
        "the address “{address}” (with “{within}” before it if it states no city)",
    ),
    "geocode.what.column": (
        "“{column}”列里每个不同的单元格全文，有坐标的行也在内",
        "the whole text of every different cell of the column “{column}”, also of rows that have "
        "coordinates",
    ),
    "geocode.what.column.within": (
        "（没写市、县的，前面加上“{within}”）",
        " (with “{within}” before those that state no city)",
    ),
    "geocode.leave.more": (
        "对方会由此知道这些地址和本机的网络地址。以前问过的不再发送；答复存在本机的缓存里，其中没有密钥。"
        "对保存和使用结果，服务商有各自的条款。",
        "They learn these addresses and where this machine is on the network. What was asked "
        "before is not sent again; answers are kept in the cache of this machine, without the key. "
        "Each service has its own terms on keeping and using results.",
    ),
    "geocode.leave.yes": ("发送(&S)", "&Send"),
    "geocode.leave.no": ("不发送(&N)", "Do &not send"),
    "geocode.leave.for_good": (
        "以后发送给{service}时不再询问",
        "Do not ask again before sending to {service}",
    ),
    "geocode.not_sent": ("没有发送任何内容。", "Nothing was sent."),
    # -- keys
    "geocode.key.none": (
        "没有{service}的密钥：请在“设置 → 选项 → Zone Rules”里选择存有密钥的认证配置，"
        "或设置环境变量 {variable}。",
        "No key for {service}: choose the authentication configuration that holds it under "
        "Settings → Options → Zone Rules, or set the environment variable {variable}.",
    ),
    "geocode.key.empty": (
        "{service}的认证配置里没有密钥：密钥应填在“密码”栏。",
        "The authentication configuration for {service} holds no key; it belongs into its field "
        "“Password”.",
    ),
    "geocode.store.disabled": (
        "QGIS 的认证系统已停用，读不到密钥。",
        "QGIS's authentication system is disabled; the key cannot be read.",
    ),
    "geocode.store.gone": (
        "QGIS 里没有认证配置“{entry}”，请在选项里重新选择。",
        "QGIS has no authentication configuration “{entry}”; choose one in the options.",
    ),
    "geocode.store.locked": (
        "没有给出 QGIS 的主密码，读不到密钥；没有发送任何内容。",
        "QGIS's master password was not given, so the key cannot be read; nothing was sent.",
    ),
    "geocode.store.method": (
        "认证方法“{method}”里没有可用的密钥；请用“Basic”，密钥填在“密码”栏。",
        "The method “{method}” holds no single key; use “Basic” with the key as the password.",
    ),
    # -- the window
    "geocode": ("地址定位(&D)…", "Fin&d an address…"),
    "geocode.tip": (
        "列出一个地址可能在哪里、误差多大，并按该误差查询规则",
        "Where an address may be and how exactly that is known; asks for the rules there",
    ),
    "geocode.title": ("地址定位", "Find an address"),
    "geocode.address": ("地址(&A)", "&Address"),
    "geocode.address.hint": (
        "如 郑州市二七区二七路与金水路交叉口西南140米",
        "such as 郑州市二七区二七路与金水路交叉口西南140米",
    ),
    "geocode.within": ("所在市、县(&W)", "City or count&y"),
    "geocode.within.hint": (
        "地址里没写时填，如 郑州市",
        "where the address states none, such as 郑州市",
    ),
    "geocode.within.unknown": (
        "地名库里没有市、县（区）“{within}”",
        "No city or county “{within}” is known",
    ),
    "geocode.within.name": ("所在市、县", "City or county"),
    "geocode.option": ("在线服务", "Service"),
    "geocode.find": ("查找(&F)", "&Find"),
    "geocode.online": ("在线查询：{service}(&O)…", "&Online: {service}…"),
    "geocode.online.none": (
        "在“设置 → 选项 → Zone Rules”里选了在线服务才能用",
        "Choose a service under Settings → Options → Zone Rules first",
    ),
    "geocode.stop": ("停止(&T)", "S&top"),
    "geocode.ask": ("查询此处的规则(&R)", "&Rules there"),
    "geocode.close": ("关闭(&C)", "&Close"),
    "geocode.list": ("可能的位置", "Where it may be"),
    "geocode.column.place": ("查到的地点", "Place found"),
    "geocode.column.level": ("级别", "Level"),
    "geocode.column.radius": ("半径", "Radius"),
    "geocode.column.county": ("县（区）", "County"),
    "geocode.column.sure": ("把握", "Confidence"),
    "geocode.hint": (
        "单击：在地图上画出范围；双击或回车：查询那里的规则，半径作为误差。",
        "Click to draw the circle; double-click or Enter to ask for the rules there, with the "
        "radius as accuracy.",
    ),
    "geocode.offline": ("离线查得，没有发送任何内容。", "Found offline; nothing was sent."),
    "geocode.asked": (
        "由{service}（{host}）查得，坐标已换算为 WGS 84。",
        "Found by {service} ({host}), converted to WGS 84.",
    ),
    "geocode.busy": ("正在询问{service}（{host}）…", "Asking {service} ({host})…"),
    "geocode.stopped": ("已停止。", "Stopped."),
    "geocode.review": ("⚠ 请核对：{review}", "⚠ Look at: {review}"),
    "geocode.off_map": (
        "地图的坐标系不能显示该处",
        "The map's coordinate reference system cannot show that place",
    ),
    "geocode.task": ("Zone Rules：在线查询地址", "Zone Rules: asking for an address"),
    # -- the options page
    "geocode.options": ("在线地址服务(&O)", "&Online addresses"),
    "geocode.options.key": ("密钥(&K)", "&Key"),
    "geocode.options.key.note": (
        "密钥存在 QGIS 的认证系统里：新建一个“Basic”配置，密钥填在“密码”栏，用户名随意。"
        "这里只记住配置的编号。不选配置时用环境变量 {variable}{state}。",
        "The key is kept by QGIS's authentication system: make a configuration “Basic” with the "
        "key as its password and any user name. Only its id is kept here. Without one the "
        "environment variable {variable} is used{state}.",
    ),
    "geocode.options.set": ("（已设置）", " (it is set)"),
    "geocode.options.unset": ("（未设置）", " (it is not set)"),
    "geocode.options.note": (
        "选了服务也不会自动联网：只有您在地址定位、检查企业表或工具箱里要求在线查询时，才会先说明发送什么、"
        "发给谁，征得同意后发送地址。其他功能都离线。",
        "A service alone sends nothing: addresses go out only when you ask for it in Find an "
        "address, Check a table or the toolbox, after a notice of what is sent to whom and your "
        "yes. All else stays offline.",
    ),
    "geocode.options.forget": ("重新询问(&Q)", "As&k again"),
    "geocode.options.leave": (
        "您已允许不经询问发送给 {host}。",
        "You have allowed sending to {host} without being asked.",
    ),
    # -- the toolbox
    "processing.GEOCODER": ("地址在线查询（服务）", "Service that is asked for addresses"),
    "processing.GEOCODER.help": (
        "none：离线，用随附的地名库。tianditu、amap、baidu：地址发送给该服务，须勾选“同意发送”。",
        "none: offline, with the shipped gazetteer. tianditu, amap, baidu: addresses are sent to "
        "that service, if the leave to send them is ticked.",
    ),
    "processing.GEOCODER_KEY": ("密钥（QGIS 认证配置）", "Key (authentication configuration)"),
    "processing.GEOCODER_KEY.help": (
        "“Basic”配置，密钥在“密码”栏；历史记录和模型里只有配置的编号。不填则用选项页的配置或环境变量"
        " ZONERULES_<服务>_KEY。",
        "A configuration “Basic” with the key as its password; history and models hold its id "
        "only. Empty: that of the options page, or the environment variable "
        "ZONERULES_<SERVICE>_KEY.",
    ),
    "processing.GEOCODER_LEAVE": (
        "同意把地址发送给所选服务",
        "I agree that the addresses are sent to that service",
    ),
    "processing.GEOCODER_LEAVE.help": (
        "发送地址列里每个不同的单元格全文和您的密钥，不发送其他内容。选项页里已允许该服务的，不必勾选。",
        "The whole text of every different cell of the column is sent, with your key, and nothing "
        "else. Not needed where you have allowed that service for good.",
    ),
    "processing.leave": (
        "没有发送任何内容。{notice}同意的话，请勾选“同意把地址发送给所选服务”（GEOCODER_LEAVE）。",
        "Nothing was sent. {notice} If you agree, tick “I agree that the addresses are sent to "
        "that service” (GEOCODER_LEAVE).",
    ),
    "processing.no_addresses": (
        "选了在线服务（GEOCODER），但没有指明地址列（ADDRESS_COLUMN）。",
        "A service is chosen (GEOCODER) but no column of addresses (ADDRESS_COLUMN).",
    ),
    "processing.WITHIN_LAYER": (
        "所在范围（工程中的面图层）",
        "Area (polygon layer of the project)",
    ),
    "processing.WITHIN_LAYER.help": (
        "代替上一项的名称；要只用选中的要素，请勾选“仅选中的要素”。",
        "In place of the name above; tick “Selected features only” for those.",
    ),
    "processing.within.both": (
        "名称（WITHIN）和面图层（WITHIN_LAYER）只能给出其中一个。",
        "Give either a name (WITHIN) or a polygon layer (WITHIN_LAYER), not both.",
    ),
    "processing.within.crs": (
        "面图层（WITHIN_LAYER）的坐标系“{crs}”与 WGS 84 的关系不明，不能使用。",
        "How the CRS “{crs}” of the polygon layer (WITHIN_LAYER) lies to WGS 84 is not known; it "
        "cannot be used.",
    ),
    "processing.within.is": (
        "没写市、县的地址，按“{unit}”理解",
        "Addresses without a city: {unit}",
    ),
    # -- the locator
    "geocode.locator": ("在线查询：{service}…", "Ask online: {service}…"),
    "geocode.locator.note": (
        "发送给 {host}，先征得同意；输入时不联网",
        "Sent to {host} after your yes; nothing while you type",
    ),
}
