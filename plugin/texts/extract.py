"""The words of the window that saves the answer as an extract."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "extract": ("保存查询单(&E)…", "Save &extract…"),
    "extract.tip": (
        "把当前回答存成可以存档、打印、传阅的文件：PDF、HTML 或 JSON",
        "Keep the answer that is shown as a file to print and pass on: PDF, HTML or JSON",
    ),
    "extract.title": ("保存查询单", "Save extract"),
    "extract.about": (
        "当前回答：{place}，{date}，{activity}。查询单里有结论、条文、位置图、时间轴、精度与来源，"
        "不是官方文件。",
        "The answer shown: {place}, {date}, {activity}. The extract has verdicts, articles, a map, "
        "the years, accuracy and provenance; it is no official document.",
    ),
    "extract.any": ("全部活动", "all activities"),
    "extract.name": ("地点名称(&N)", "&Name of the place"),
    "extract.name.hint": ("可不填，如 某工地", "may stay empty, such as A site"),
    "extract.form": ("格式(&F)", "&Format"),
    "extract.form.pdf": ("PDF（打印、传阅）", "PDF (to print and pass on)"),
    "extract.form.html": ("HTML（浏览器打开，可打印）", "HTML (any browser, prints too)"),
    "extract.form.json": ("JSON（供程序读取）", "JSON (for programs)"),
    "extract.language": ("语言(&L)", "&Language"),
    "extract.all": ("同时列出政府职责、目标等(&A)", "&Also duties of government, targets …"),
    "extract.output": ("保存为(&O)", "&Output file"),
    "extract.save": ("保存(&S)", "&Save"),
    "extract.stop": ("停止(&T)", "S&top"),
    "extract.close": ("关闭(&C)", "&Close"),
    "extract.task": ("保存查询单", "Saving the extract"),
    "extract.working": ("正在制作……", "Working …"),
    "extract.stopped": ("已停止，没有写出文件。", "Stopped; no file was written."),
    "extract.file": ("查询单_{place}_{date}.{form}", "extract_{place}_{date}.{form}"),
    "extract.no_answer": (
        "面板里还没有对一处地点的回答；请先点一处。",
        "The panel shows no answer for a place yet; ask about one first.",
    ),
    "extract.need.output": ("请说明保存为哪个文件。", "Say which file to write."),
    "extract.lacks": (
        "存为 PDF 需要 Python 程序包 {names}；不想安装的，可改存 HTML，由浏览器打印。",
        "A PDF needs the Python package {names}; without it save as HTML and print that from a "
        "browser.",
    ),
    "extract.replace.title": ("替换文件？", "Replace the file?"),
    "extract.replace": ("{name} 已经存在，要替换吗？", "{name} is there already. Replace it?"),
    "extract.done": ("查询单已保存：{name}", "Extract saved: {name}"),
}
