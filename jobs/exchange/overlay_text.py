"""What `export` and `overlay add` say when they are done, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..present import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TABLES = {
    "zh": {
        "zones": "管控区",
        "lines": "边界线",
        "sources": "污染源",
        "rules": "规则",
        "targets": "目标",
    },
    "en": {
        "zones": "zones",
        "lines": "lines",
        "sources": "sources",
        "rules": "rules",
        "targets": "targets",
    },
}
_DONE = {
    "zh": {
        "added": "新增 {n} 个管控区：{names}",
        "replaced": "替换 {n} 个管控区：{names}",
        "unchanged": "原样未动 {n} 个管控区：{names}",
        "computed": "由标称图形和精度推算核心与外缘 {n} 个：{names}",
        "derived": "由其他区域推得、未取图形 {n} 个：{names}",
        "undrawn": "{n} 行没有图形，未处理",
        "crs": "坐标系 {crs} → WGS84",
        "problem": "注意，文件夹里原有的问题：{text}",
        "written": "已写入 {to}",
        "kept": "{to} 没有改动",
    },
    "en": {
        "added": "added {n}: {names}",
        "replaced": "replaced {n}: {names}",
        "unchanged": "unchanged {n}: {names}",
        "computed": "core and extent worked out from nominal and accuracy for {n}: {names}",
        "derived": "derived from other zones, shape not taken, {n}: {names}",
        "undrawn": "{n} rows without geometry left out",
        "crs": "coordinates {crs} → WGS84",
        "problem": "note, wrong in the folder before: {text}",
        "written": "written to {to}",
        "kept": "{to} left as it was",
    },
}


def exported(told: Mapping[str, Any], lang: str) -> str:
    """One line: the file and how many of what it holds."""
    names = _TABLES[lang]
    parts = []
    for table, count in told["rows"].items():
        text = f"{names[table]} {count}" if lang == "zh" else f"{count} {names[table]}"
        if table == "zones" and told["undrawn"]:
            undrawn = told["undrawn"]
            text += f"（{undrawn} 个无图形）" if lang == "zh" else f" ({undrawn} without geometry)"
        parts.append(text)
    file = printable(told["file"])
    if lang == "zh":
        return f"已写入 {file}：" + ("，".join(parts) or "没有记录")
    return f"wrote {file}: " + (", ".join(parts) or "no records")


def imported(told: Mapping[str, Any], lang: str) -> str:
    """A line for each thing that was done."""
    texts = _DONE[lang]
    lines = [texts["crs"].format(crs=told["crs"])]
    for what in ("added", "replaced", "unchanged", "computed", "derived"):
        if told[what]:
            lines.append(texts[what].format(n=len(told[what]), names=_names(told[what])))
    if told["undrawn"]:
        lines.append(texts["undrawn"].format(n=told["undrawn"]))
    lines += [texts["problem"].format(text=text) for text in told["problems"]]
    changed = told["added"] or told["replaced"]
    lines.append(texts["written" if changed else "kept"].format(to=told["to"]))
    return "\n".join(printable(line) for line in lines)


def _names(zones: Sequence[str]) -> str:
    shown = ", ".join(zones[:12])
    return shown + (", …" if len(zones) > 12 else "")


__all__ = ["exported", "imported"]
