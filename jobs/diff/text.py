"""The differences between two catalogues as lines for a terminal: counts first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..present import clip, printable
from .compare import RECORDS

_WORDS = {
    "zh": {
        "old": "旧",
        "new": "新",
        "same": "没有差别",
        "count": "{name}：新增 {added}，删除 {removed}，改动 {changed}",
        "cases": "检验案例：新增 {added}，删除 {removed}",
        "affected": "新受影响的污染源：{n}",
        "added": "新增",
        "removed": "删除",
        "changed": "改动",
        "drawn_added": "图形：新绘",
        "drawn_removed": "图形：不再有",
        "shape": "图形（{role}）：增加 {added_km2:g} km²，减少 {removed_km2:g} km²",
        "shift": "，边界最大移动 {shift_m:g} 米",
        "nominal": "标称",
        "core": "核心",
        "extent": "外缘",
        "rules": "规则",
        "possibly": "（可能）",
        "more": "等 {n} 条",
        "failed": "未能读取（{side}）：{error}",
        "documents": "文件",
        "zones": "管控区",
        "sources": "污染源",
        "targets": "目标",
        "lines": "边界线",
        "activities": "活动",
        "facts": "事实",
        "inside": "内",
        "outside": "外",
        "near": "边界附近",
        "unmapped": "未绘",
        "none": "无",
    },
    "en": {
        "old": "old",
        "new": "new",
        "same": "no difference",
        "count": "{name}: {added} added, {removed} removed, {changed} changed",
        "cases": "worked cases: {added} added, {removed} removed",
        "affected": "sources newly affected: {n}",
        "added": "added",
        "removed": "removed",
        "changed": "changed",
        "drawn_added": "shape: newly drawn",
        "drawn_removed": "shape: no longer drawn",
        "shape": "shape ({role}): {added_km2:g} km² added, {removed_km2:g} km² removed",
        "shift": ", boundary moved by up to {shift_m:g} m",
        "nominal": "nominal",
        "core": "core",
        "extent": "extent",
        "rules": "rules",
        "possibly": " (possibly)",
        "more": "and more, {n} in all",
        "failed": "could not be read ({side}): {error}",
        "documents": "documents",
        "zones": "zones",
        "sources": "sources",
        "targets": "targets",
        "lines": "lines",
        "activities": "activities",
        "facts": "facts",
        "inside": "inside",
        "outside": "outside",
        "near": "near",
        "unmapped": "unmapped",
        "none": "none",
    },
}
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_SHOWN = 8  # rules named for one source; the JSON has all
_VALUE = 90  # columns of a value; the JSON has it whole
_CONTEXT = 12  # characters kept of what two long values share


def to_text(told: Mapping[str, Any], lang: str) -> str:
    """The result of `diff.compare` as text."""
    return "\n".join(printable(line) for line in _lines(told, lang))


def _lines(told: Mapping[str, Any], lang: str) -> Iterator[str]:
    words = _WORDS[lang]
    for side in ("old", "new"):
        which = told[side]
        path = which.get("path", "")
        yield f"{words[side]}: {path} {which['version']} {which['fingerprint'][:19]}".strip()
    for row in told["failed"]:
        yield words["failed"].format(side=words[row["side"]], error=row["error"])
    if told["same"]:
        yield words["same"]
        return
    for name in RECORDS:
        count = told["counts"][name]
        if any(count.values()) or name in RECORDS[:4]:
            yield words["count"].format(name=words[name], **count)
    if any(told["cases"].values()):
        yield words["cases"].format(**told["cases"])
    yield words["affected"].format(n=len(told["affected"]))
    for name in RECORDS:
        yield from _records(told[name], words[name], words, lang)
    if told["affected"]:
        yield ""
        yield words["affected"].format(n=len(told["affected"]))
        for row in told["affected"]:
            yield from _source(row, words, lang)


def _records(
    rows: Mapping[str, Any], name: str, words: Mapping[str, str], lang: str
) -> Iterator[str]:
    if not any(rows.values()):
        return
    yield ""
    yield f"{name}"
    for what, sign in _SIGNS.items():
        for row in rows[what]:
            yield f"{sign} {row['id']} {_title(row, lang)}".rstrip()
            for change in row.get("fields", []):
                old, new = _values(change["old"], change["new"], words)
                yield f"    {change['field']}: {old} → {new}"
            yield from _shape(row.get("shape", {}), words)


def _title(row: Mapping[str, Any], lang: str) -> str:
    for key in ("name", "title", "summary", "what"):
        if isinstance(row.get(key), Mapping) and lang in row[key]:
            return clip(str(row[key][lang]), 70)
    return ""


def _shape(shape: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    if "drawn" in shape:
        yield "    " + words[f"drawn_{shape['drawn']}"]
        return
    for role, moved in shape.items():
        line = words["shape"].format(role=words[role], **moved)
        yield "    " + line + (words["shift"].format(**moved) if "shift_m" in moved else "")


def _values(old: Any, new: Any, words: Mapping[str, str]) -> tuple[str, str]:
    """Both values as text; of long ones only the stretch in which they differ."""
    one, other = _value(old, words), _value(new, words)
    if len(one) > _VALUE // 2 and len(other) > _VALUE // 2:
        head = _shared(one, other)
        tail = _shared(one[head:][::-1], other[head:][::-1])
        first = max(0, head - _CONTEXT)
        last = max(0, tail - _CONTEXT)
        one, other = (
            ("…" if first else "") + text[first : len(text) - last] + ("…" if last else "")
            for text in (one, other)
        )
    return clip(one, _VALUE), clip(other, _VALUE)


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _value(value: Any, words: Mapping[str, str]) -> str:
    if value is None:
        return words["none"]
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _source(row: Mapping[str, Any], words: Mapping[str, str], lang: str) -> Iterator[str]:
    yield f"! {row['id']} {row['name'][lang]}"
    for zone in row["zones"]:
        old = words[zone["old"]] if zone["old"] else words["none"]
        yield f"    {zone['zone']}: {old} → {words[zone['new']]}"
    if row["rules"]:
        shown = [
            rule["rule"] + (words["possibly"] if rule["place"] == "unknown" else "")
            for rule in row["rules"][:_SHOWN]
        ]
        total = len(row["rules"])
        more = f" {words['more'].format(n=total)}" if total > _SHOWN else ""
        yield f"    {words['rules']}: {', '.join(shown)}{more}"


__all__ = ["to_text"]
