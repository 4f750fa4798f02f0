"""What a finished check tells of itself: as JSON, as tables of counts, and on the sheet 说明."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ...rules.messages import Line, counted, in_language
from ..exchange.rights import Rights, text_in
from ..phrasing import Phrasing
from ..present import ICONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .run import Report, Run

SCHEMA = "zonerules/check/1"
SHOWN = 12  # lines of a table of counts
Pairs = list[tuple[str, str]]

NO_VERDICT = Line("no answer", "没有结论")
_HEADS = {
    "verdict": Line("verdict", "结论"),
    "zone": Line("inside zone", "所在区域"),
    "error": Line("what is wrong (… for figures)", "问题（… 代表数字）"),
    "rows": Line("rows", "行数"),
}
_WORDS = {
    "made": Line("made on", "生成日期"),
    "source": Line("table", "输入的表"),
    "rows": Line("rows", "行数"),
    "review": Line("rows to check by hand", "需人工核实的行"),
    "catalogue": Line("catalogue", "规则库版本"),
    "fingerprint": Line("fingerprint", "规则库指纹"),
    "overlay": Line("own zones from", "自有边界来自"),
    "activity": Line("activity", "活动"),
    "date": Line("day asked (rows without their own)", "查询日期（该行未写日期时）"),
    "alert": Line("alert", "预警"),
    "accuracy": Line("accuracy of the places, m", "位置误差（米）"),
    "datum": Line("datum", "坐标系"),
    "crs": Line("CRS", "坐标参照系"),
    "facts": Line("facts for all rows", "对所有行成立的事实"),
    "column": Line("column", "列"),
    "note": Line("note", "提示"),
    "document": Line("document", "文件"),
    "shapes": Line("shapes", "图形来源"),
    "failed": Line("not read", "未能读取"),
    "how": Line("how to read it", "怎样读"),
}
_HOW = (
    Line(
        "zr_inside, zr_near and zr_unmapped are ids of zones: certainly in, too near a boundary to "
        "tell, and zones that nobody has drawn; zr_missing is what an open verdict waits for.",
        "zr_inside、zr_near、zr_unmapped 是区域编号：确定在内、离边界太近无法判断、没有画出；"
        "zr_missing 是无法判定时还缺的资料。",
    ),
    Line(
        "No data does not mean that there is no rule: only the documents listed here are known.",
        "“无资料”不等于没有规定：规则库只收录了这里列出的文件。",
    ),
    Line(
        "This is no legal advice: the official documents and maps hold.",
        "本表不是法律意见，以官方文件和图件为准。",
    ),
)


def as_json(run: Run, report: Report) -> dict[str, Any]:
    """The summary as plain JSON values; every count is told, nothing is cut."""
    tally, data = report.tally, run.catalogue.data
    asked = any(run.checker.points.activities)
    return {
        "schema": SCHEMA,
        "catalogue": {"version": data["version"], "fingerprint": data["fingerprint"]},
        "input": run.task.source.name,
        "output": str(run.task.output),
        "rows": tally.rows,
        "review": report.review,
        "columns": {role: run.table.names[at] for role, at in run.columns.roles.items()},
        "fact_columns": {key: run.table.names[at] for key, at in run.columns.facts.items()},
        "guessed": list(run.columns.guessed),
        "date": run.question.date,
        "datum": run.question.datum,
        "crs": run.question.crs,
        "verdicts": {
            column: {verdict or "none": count for verdict, count in counts.items()}
            for column, counts in tally.verdicts.items()
            if asked
        },
        "zones": dict(_most(tally.zones)),
        "errors": dict(_most(tally.errors)),
        "notes": [in_language(note, run.question.lang) for note in report.notes],
        "failed": list(data.get("failed", [])),
        "seconds": round(report.seconds, 3),
    }


def counts(run: Run, report: Report) -> list[tuple[tuple[str, str], Pairs]]:
    """The tables of counts: their two headings and rows, the most frequent first."""
    lang, book = run.question.lang, run.catalogue.book
    phrasing = Phrasing(book, lang)
    rows_head = in_language(_HEADS["rows"], lang)
    found: list[tuple[tuple[str, str], Pairs]] = []
    by_column = {column: name for name, column in run.checker.points.verdict_columns().items()}
    for column, verdicts in report.tally.verdicts.items():
        activity = by_column[column]
        if activity is None:
            continue  # nothing was asked, every row has its sentence only
        head = f"{in_language(_HEADS['verdict'], lang)} · {phrasing.activity(activity)}"
        pairs = [(_verdict(name, phrasing), f"{count:,}") for name, count in _most(verdicts)]
        found.append(((head, rows_head), pairs))
    zones = _zones(report.tally.zones, phrasing)
    for kind, entries in (("zone", zones), ("error", _most(report.tally.errors))):
        if entries:
            pairs = [(text, f"{count:,}") for text, count in entries[:SHOWN]]
            if len(entries) > SHOWN:
                pairs.append(("…", f"+{len(entries) - SHOWN}"))
            found.append(((in_language(_HEADS[kind], lang), rows_head), pairs))
    return found


def _zones(tally: Mapping[str, int], phrasing: Phrasing) -> list[tuple[str, int]]:
    """Zones by name with their ids; those of one name and one unit, in which the same rows are,
    once: two documents name the same county."""
    known = phrasing.book.zones
    same: dict[tuple[str, str, int], list[str]] = {}
    for zone, count in _most(tally):
        name, unit = phrasing.text(known[zone]["name"]), known[zone].get("unit")
        same.setdefault((name, str(unit or zone), count), []).append(zone)
    comma = "、" if phrasing.lang == "zh" else ", "
    return [(f"{name} [{comma.join(ids)}]", count) for (name, _, count), ids in same.items()]


def last_line(run: Run, report: Report) -> str:
    """How many rows went where."""
    rows, review, name = report.tally.rows, report.review, run.task.output.name
    line = Line(
        counted(f"{rows:,} rows")
        + f" in {report.seconds:.1f} s → {name}; {review:,} to check by hand",
        f"共 {rows:,} 行，用时 {report.seconds:.1f} 秒，写入 {name}；其中 {review:,} 行需人工核实",
    )
    told = in_language(line, run.question.lang)
    return f"{told} → {run.task.review.name}" if run.task.review else told


def about_lines(run: Run, review: int) -> Pairs:
    """The lines of the sheet 说明: what was asked of what, and on what the answers rest."""
    lang, data, question = run.question.lang, run.catalogue.data, run.question
    phrasing = Phrasing(run.catalogue.book, lang)
    asked = [phrasing.activity(name) for name in run.checker.points.activities if name]
    pairs: list[tuple[str, Any]] = [
        ("made", datetime.date.today().isoformat()),
        ("source", run.task.source.name),
        ("rows", f"{run.checker.tally.rows:,}"),
        ("review", f"{review:,}"),
        ("catalogue", data["version"]),
        ("fingerprint", data["fingerprint"]),
        ("overlay", data.get("overlay", {}).get("path")),
        ("activity", phrasing.join(asked)),
        ("date", question.date),
        ("alert", phrasing.label("alert", question.alert or "unknown")),
        ("accuracy", f"{question.accuracy_m:g}"),
        ("datum", question.datum),
        ("crs", _crs_name(question.crs)),
        ("facts", "; ".join(f"{key}={value}" for key, value in question.facts.items())),
        *(("column", line) for line in run.told()),
        *(("note", in_language(note, lang)) for note in run.notes),
        *(("document", line) for line in _documents(data, phrasing)),
        *(("shapes", line) for line in _shapes(data, lang)),
        *(("failed", f"{entry['layer']}: {entry['error']}") for entry in data.get("failed", [])),
        *(("how", in_language(line, lang)) for line in _HOW),
    ]
    return [(in_language(_WORDS[name], lang), str(text)) for name, text in pairs if text]


def _documents(data: Mapping[str, Any], phrasing: Phrasing) -> list[str]:
    return [
        f"{record.get('number') or ''} {phrasing.text(record['title'])} "
        f"({record['covers']['from']} … {record['covers']['until']}) [{name}]".strip()
        for name, record in data["documents"].items()
    ]


def _shapes(data: Mapping[str, Any], lang: str) -> list[str]:
    return [
        f"{name}: {text_in(told.get('source'), lang)} — {text_in(told.get('licence'), lang)}"
        for name, told in Rights(data).files.items()
    ]


def _crs_name(crs: str | None) -> str | None:
    if crs is None:
        return None
    import pyproj

    return str(pyproj.CRS.from_user_input(crs).name)


def _verdict(name: str, phrasing: Phrasing) -> str:
    if not name:
        return in_language(NO_VERDICT, phrasing.lang)
    return f"{ICONS.get(name, '')} {phrasing.label('verdict', name)}".strip()


def _most(found: Mapping[str, int]) -> Sequence[tuple[str, int]]:
    return sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))
