"""The words of the catalogue panel, its dialogs and its check."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "keeper": ("目录维护(&K)", "&Keep the catalogue"),
    "keeper.title": ("目录维护", "Keep the catalogue"),
    "keeper.tip": (
        "列出全部管控区及其上图情况；补画、替换、检查边界",
        "List all zones with their map status; draw, replace and check boundaries",
    ),
    # filter and table
    "keeper.tab.zones": ("管控区", "Zones"),
    "keeper.tab.checks": ("检查", "Check"),
    "keeper.search": (
        "查找名称、四至道路、文号、编号…",
        "Find a name, road, document number, id …",
    ),
    "keeper.any.status": ("全部状态", "Any map status"),
    "keeper.any.kind": ("全部类型", "Any kind"),
    "keeper.any.document": ("全部文件", "Any document"),
    "keeper.column.name": ("名称", "Name"),
    "keeper.column.status": ("上图情况", "Map status"),
    "keeper.column.kind": ("类型", "Kind"),
    "keeper.column.document": ("文件和条款", "Article"),
    "keeper.column.id": ("编号", "Id"),
    "keeper.status.mapped": ("已上图", "mapped"),
    "keeper.status.approximate": ("大致范围", "approximate"),
    "keeper.status.unmapped": ("未上图", "unmapped"),
    "keeper.status.derived": ("由他区推得", "derived"),
    "keeper.status.object": ("对象类", "objects"),
    "keeper.status.failed": ("图形读取失败", "unreadable"),
    "keeper.status.mine": ("我的图形", "my shape"),
    "keeper.count": ("显示 {shown} 个，共 {all} 个", "{shown} of {all} zones"),
    "keeper.choose": (
        "在上表中选一个管控区，这里显示文件如何划定它、各边精度、图形来源和点名它的条文。",
        "Choose a zone above: how its document delimits it, how accurate each edge is, where its "
        "shape comes from and which rules name it.",
    ),
    # buttons
    "keeper.zoom": ("缩放到(&Z)", "&Zoom to"),
    "keeper.zoom.tip": (
        "在地图上显示该区；未上图的显示它所在的区域",
        "Show the zone on the map; for one not drawn, the zone it lies in",
    ),
    "keeper.shape": ("用选中要素作为其图形(&U)…", "&Use selected feature as its shape…"),
    "keeper.shape.tip": (
        "取当前图层中选中的面，作为该区的图形写入您的数据文件夹；随软件发布的目录不变",
        "Write the selected polygons of the current layer into your data folder as the shape of "
        "this zone; the catalogue that ships stays as it is",
    ),
    "keeper.removal": ("删除我的图形(&R)", "&Remove my shape"),
    "keeper.removal.tip": (
        "从您的数据文件夹中取消该区的图形，恢复目录原有的情况（可撤销）",
        "Take your shape out of your data folder, back to what the catalogue has (can be undone)",
    ),
    "keeper.undo": ("撤销(&N)", "U&ndo"),
    "keeper.undo.tip": ("撤销上一步：{step}", "Take back the last step: {step}"),
    "keeper.undo.none": ("没有可撤销的步骤", "There is no step to take back"),
    "keeper.step.draw": ("写入“{zone}”的图形（{when}）", "shape of “{zone}” written ({when})"),
    "keeper.step.remove": ("删除“{zone}”的图形（{when}）", "shape of “{zone}” removed ({when})"),
    "keeper.folder": ("我的数据文件夹：{folder}", "My data folder: {folder}"),
    "keeper.no_folder": (
        "尚未设置数据文件夹；第一次写入图形时会询问",
        "No data folder yet; you are asked when you first write a shape",
    ),
    # card
    "keeper.card": ("管控区详情", "The zone in full"),
    "keeper.card.mine": (
        "该区现在采用您自己数据文件夹中的图形。",
        "This zone now comes from your own data folder.",
    ),
    "keeper.card.error": ("读取失败：", "Cannot be read:"),
    "keeper.card.within": ("位于：", "Lies within:"),
    "keeper.card.around": ("所在的已上图区域：", "Drawn zone around it:"),
    "keeper.card.members": ("由这些区域推得：", "Decided by:"),
    "keeper.card.same_as": ("与此区相同：", "Same as:"),
    "keeper.card.inside": ("区内还有：", "Zones within it:"),
    "keeper.card.document": ("文件如何划定", "How the document delimits it"),
    "keeper.card.clause": ("出处：", "Article:"),
    "keeper.card.no_document": ("不出自任何文件", "In no document"),
    "keeper.card.disputes": ("争议：", "In dispute:"),
    "keeper.card.note": ("说明：", "Note:"),
    "keeper.card.validity": ("有效期：", "Validity:"),
    "keeper.card.from": ("自 {day}", "from {day}"),
    "keeper.card.until": ("至 {day}", "until {day}"),
    "keeper.card.edges": ("各边", "Edges"),
    "keeper.card.shape": ("图形", "Shape"),
    "keeper.card.accuracy": ("精度：", "Accuracy:"),
    "keeper.card.provenance": ("来源：", "Provenance:"),
    "keeper.card.licence": ("许可：", "Licence:"),
    "keeper.card.rules": ("点名此区的条文（{n} 条）", "Rules that name it ({n})"),
    "keeper.card.no_rules": ("没有条文点名此区", "No rule names this zone"),
    "keeper.reading.exact": ("四至按字面可以画出。", "The words can be drawn as they stand."),
    "keeper.reading.indicative": (
        "文件的描述只能示意，边界不确切。",
        "The words only indicate where it is; the line is not exact.",
    ),
    "keeper.instrument.evidenced": ("划定文书有据可查", "the instrument is in evidence"),
    "keeper.instrument.required": (
        "要求重新划定，但未见划定文书",
        "a new delimitation was ordered and is not in evidence",
    ),
    "keeper.instrument.unknown": ("划定文书情况不明", "whether an instrument exists is not known"),
    "keeper.side.east": ("东", "east"),
    "keeper.side.west": ("西", "west"),
    "keeper.side.south": ("南", "south"),
    "keeper.side.north": ("北", "north"),
    "keeper.side.ring": ("环线", "ring"),
    "keeper.include.included": ("含道路", "road included"),
    "keeper.include.excluded": ("不含道路", "road excluded"),
    "keeper.include.unstated": ("是否含道路未写", "road: not said"),
    "keeper.line.documented": ("文件写明", "documented"),
    "keeper.line.assumed": ("推定", "assumed"),
    "keeper.not_said": ("精度未定", "accuracy not known"),
    "keeper.semicolon": ("；", "; "),
    "keeper.comma": ("、", ", "),
    # zooming
    "keeper.zoomed_around": (
        "该区未上图；地图显示的是它所在的“{outer}”。",
        "This zone is not drawn; the map shows “{outer}”, in which it lies.",
    ),
    "keeper.nothing_drawn": (
        "该区未上图，它所在的区域也都未上图，无处可缩放。",
        "Neither this zone nor any zone around it is drawn: there is nothing to zoom to.",
    ),
    "keeper.not_in_crs": (
        "工程的坐标参照系无法显示该区。",
        "The project's coordinate reference system cannot show this zone.",
    ),
    "keeper.no_zone": ("“{record}”不是管控区，无法缩放。", "“{record}” is no zone to zoom to."),
    # selected features
    "keeper.source": (
        "取自图层“{layer}”选中的 {n} 个要素（{crs}）",
        "From {n} selected feature(s) of the layer “{layer}” ({crs})",
    ),
    "keeper.no_layer": (
        "请先在图层面板中点选一个面图层，并选中要用的要素。",
        "First choose a polygon layer in the layer panel and select the features to use.",
    ),
    "keeper.no_polygons": (
        "图层“{layer}”不是面图层；管控区的图形必须是面。",
        "The layer “{layer}” has no polygons; the shape of a zone must be one.",
    ),
    "keeper.none_selected": (
        "图层“{layer}”中没有选中的要素；请先选中。",
        "Nothing is selected in the layer “{layer}”; select the features to use first.",
    ),
    "keeper.no_crs": (
        "图层“{layer}”没有坐标参照系，无法得知它在哪里。请先设置。",
        "The layer “{layer}” has no coordinate reference system, so where it lies is not known. "
        "Set one first.",
    ),
    "keeper.bad_transform": (
        "要素 {feature} 无法换算成经纬度：{reason}",
        "Feature {feature} cannot be converted to longitude and latitude: {reason}",
    ),
    "keeper.off_earth": (
        "要素 {feature} 的坐标不在地球上；图层的坐标系设对了吗？",
        "Feature {feature} lies off the earth; is the layer's coordinate reference system right?",
    ),
    "keeper.empty": ("要素 {feature} 没有面积。", "Feature {feature} encloses nothing."),
    "keeper.invalid": (
        "要素 {feature} 的图形无效：{reason}。请先用“修复几何图形”处理。",
        "The shape of feature {feature} is not valid: {reason}. Mend it first (Fix geometries).",
    ),
    "keeper.stands_out": (
        "图形超出所在的“{outer}”达 {metres}，允许 {slack} 米（所填精度，至少 1 米）。"
        "请核对图形、坐标系，或如实填写精度。",
        "The shape reaches {metres} out of “{outer}”, in which the zone lies; {slack} m are "
        "allowed (its accuracy, at least 1 m). Check shape, CRS and accuracy.",
    ),
    # dialog
    "keeper.dialog": ("作为管控区的图形", "Shape of a zone"),
    "keeper.required": ("必填", "required"),
    "keeper.metres": (" 米", " m"),
    "keeper.accuracy": ("精度(&A)", "&Accuracy"),
    "keeper.accuracy.tip": (
        "真实边界与所画线最多可能相差多少米；据此得出“确定在内”和“可能在内”的范围",
        "How many metres the true line may lie from the drawn one at most; from it follow the "
        "parts that are certainly and possibly inside",
    ),
    "keeper.basis": ("依据(&B)", "&Basis"),
    "keeper.provenance": ("来源(&S)", "&Source"),
    "keeper.provenance.hint": (
        "必填：何人何时据何资料绘制",
        "required: who drew it, when and from what",
    ),
    "keeper.licence": ("许可(&L)", "&Licence"),
    "keeper.licence.own": ("自行绘制，可自由使用", "own work, free to use"),
    "keeper.licence.internal": ("内部资料，不得外传", "internal, not to be passed on"),
    "keeper.licence.cc-by": ("CC BY 4.0", "CC BY 4.0"),
    "keeper.licence.odbl": ("ODbL 1.0（OpenStreetMap）", "ODbL 1.0 (OpenStreetMap)"),
    "keeper.write": ("写入我的数据文件夹(&W)", "&Write into my data folder"),
    "keeper.cancel": ("取消(&C)", "&Cancel"),
    "keeper.sketch": (
        "红线：新图形；蓝色深浅：确定在内、可能在内；灰虚线：现有图形；灰实线：所在区域",
        "Red: the new line; dark and light blue: certainly and possibly inside; grey dashes: the "
        "present shape; grey line: the zone around it",
    ),
    "keeper.area": ("新图形面积 {area} km²", "Area of the new shape: {area} km²"),
    "keeper.margins": (
        "确定在内 {core} km²，可能在内 {extent} km²",
        "Certainly inside {core} km², possibly inside {extent} km²",
    ),
    "keeper.no_core": (
        "按此精度，没有任何地点能确定在内。",
        "With this accuracy no place is certainly inside.",
    ),
    "keeper.first_shape": ("该区此前没有图形。", "The zone had no shape before."),
    "keeper.against": (
        "现有图形 {now} km²，其中 {kept} 保留；新图形有 {added} 在其外",
        "Present shape {now} km²: {kept} of it is kept; {added} of the new one lies outside it",
    ),
    "keeper.cut": (
        "图形超出“{outer}”最多 {metres}，已沿其边界裁去。",
        "The shape reached {metres} out of “{outer}” at most and was cut there.",
    ),
    "keeper.margin_cut": (
        "不确定的边缘已沿“{outer}”的边界裁去。",
        "The uncertain margin was cut at the edge of “{outer}”.",
    ),
    "keeper.lacking": ("还需填写：{names}", "Still needed: {names}"),
    "keeper.beware.object": (
        "注意：此“区”是一类对象而非一片地；写入后，凡在图形内的地点都按在内处理。",
        "Beware: this zone is a class of things, not an area; once drawn, every place in the shape "
        "counts as inside.",
    ),
    "keeper.beware.derived": (
        "注意：此区由其他区域推得；写入后改由这个图形决定，不再随那些区域变化。",
        "Beware: other zones decide where this one is; once drawn, this shape decides instead.",
    ),
    # writing
    "keeper.ask_folder": (
        "您的图形要存放在哪里？随软件发布的目录不会改动。\n\n建议：{folder}",
        "Where shall your own shapes be kept? The catalogue that ships is not touched.\n\n"
        "Proposed: {folder}",
    ),
    "keeper.ask_folder.here": ("就用此处(&P)", "Use this &place"),
    "keeper.ask_folder.other": ("另选文件夹(&O)…", "Choose an&other…"),
    "keeper.ask_folder.title": ("存放我的图形的文件夹", "Folder for my own shapes"),
    "keeper.written": (
        "“{zone}”现在采用您数据文件夹中的图形，查询结果已随之更新。",
        "“{zone}” now comes from your data folder; answers follow it at once.",
    ),
    "keeper.removed": (
        "“{zone}”的自有图形已删除，恢复目录原有的情况。",
        "Your shape of “{zone}” is removed; the catalogue's own state holds again.",
    ),
    "keeper.undone": ("已撤销对“{zone}”的上一步。", "The last step on “{zone}” was taken back."),
    "keeper.refused": ("未作改动：{reason}", "Nothing was changed: {reason}"),
    # check
    "keeper.check": ("检查目录(&T)", "Chec&k the catalogue"),
    "keeper.check.tip": (
        "检查随软件发布的目录和您的数据文件夹：编号、日期、条款、图形套合等",
        "Check the catalogue that ships and your data folder: ids, dates, clauses, shapes …",
    ),
    "keeper.check.task": ("检查管控区目录", "Checking the zone catalogue"),
    "keeper.stop": ("停止(&X)", "&Stop"),
    "keeper.severity.error": ("错误", "error"),
    "keeper.severity.warning": ("提醒", "warning"),
    "keeper.check.none_yet": (
        "尚未检查。检查在后台进行，可随时停止。",
        "Not checked yet. The check runs in the background and can be stopped.",
    ),
    "keeper.check.running": ("正在检查…", "Checking …"),
    "keeper.check.clean": (
        "没有发现问题（{errors} 处错误，{warnings} 处提醒）。",
        "Nothing found ({errors} errors, {warnings} warnings).",
    ),
    "keeper.check.found": (
        "{errors} 处错误，{warnings} 处提醒。双击一行可转到该区。问题的文字为英文。",
        "{errors} errors, {warnings} warnings. Double-click a line to go to its zone.",
    ),
    "keeper.check.missing": (
        "此 QGIS 缺少 Python 模块 {module}，无法检查；其他功能不受影响。",
        "This QGIS lacks the Python module {module}, which the check needs; nothing else does.",
    ),
    "keeper.check.failed": ("检查未能完成：{reason}", "The check could not be made: {reason}"),
}
