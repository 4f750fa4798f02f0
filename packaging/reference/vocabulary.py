"""The words that questions are asked in: activities and facts of the shipped catalogue."""

from __future__ import annotations

from functools import cache
from typing import Any

from zonerules.layers.catalogue.load import shipped
from zonerules.rules.facts import range_of
from zonerules.rules.logic import tables

from .markdown import code, codes, heading, plain, table
from .words import pick

TYPES = {
    "string": ("文字", "text"),
    "integer": ("整数", "whole number"),
    "number": ("数", "number"),
    "boolean": ("是或否", "yes or no"),
    "date": ("日期，可只到月或年", "date, or its month or year"),
}


@cache
def catalogue() -> dict[str, Any]:
    """The shipped catalogue, whatever ZONERULES_DATA names."""
    return shipped(golden=False)


def activities(lang: str) -> str:
    """Every activity with what is broader and what it implies."""
    titles = (
        pick(lang, "编号", "id"),
        pick(lang, "名称", "name"),
        pick(lang, "也问", "also asks"),
        pick(lang, "等于说明", "implies"),
    )
    rows = []
    for name, record in catalogue()["vocabulary"]["activities"].items():
        implies = [f"{key}={value}" for key, value in record.get("implies", {}).items()]
        rows.append(
            (code(name), plain(record[lang]), code(record.get("broader", "")), codes(implies))
        )
    return table(titles, rows)


def facts(lang: str) -> str:
    """Every fact by the first word of its key: type, unit, range or values, other spellings."""
    groups: dict[str, list[tuple[str, ...]]] = {}
    for key, spec in catalogue()["vocabulary"]["facts"].items():
        row = (code(key), plain(spec[lang]), _kind(spec, lang), _values(key, spec, lang))
        groups.setdefault(key.partition(".")[0], []).append(row)
    titles = (
        pick(lang, "事实", "fact"),
        pick(lang, "含义", "meaning"),
        pick(lang, "类型", "type"),
        pick(lang, "取值", "values"),
    )
    parts = []
    for name, rows in groups.items():
        parts += [heading(3, code(name), f"fact-{name}"), table(titles, rows)]
    return "".join(parts)


def units(lang: str) -> str:
    """The units that a figure may be given in, with the factor to the unit of the fact."""
    rows = []
    for unit, spellings in tables()["units"].items():
        shown = [
            f"{word} × {factor}" if factor != "1" else word for word, factor in spellings.items()
        ]
        rows.append((code(unit), codes(shown)))
    titles = (pick(lang, "单位", "unit"), pick(lang, "可以写成", "may be written"))
    return table(titles, rows)


def _kind(spec: dict[str, Any], lang: str) -> str:
    words = [pick(lang, *TYPES[spec["type"]])]
    if spec.get("multi"):
        words.append(pick(lang, "可有几个，视为全部列出", "several, taken as the whole list"))
    if spec.get("conduct"):
        words.append(pick(lang, "问的是是否违反标准，排在最后", "asks about a breach, asked last"))
    return pick(lang, "；", "; ").join(words)


def _values(key: str, spec: dict[str, Any], lang: str) -> str:
    if "values" in spec:
        named = dict(zip(spec["values"], spec.get("zh_values", [])))
        aliases = spec.get("aliases", {})
        shown = []
        for value in spec["values"]:
            others = [named[value]] if lang == "zh" and value in named else []
            others += aliases.get(str(value), [])
            words = pick(lang, "、", ", ").join(plain(word) for word in others)
            shown.append(code(value) + (pick(lang, f"（{words}）", f" ({words})") if words else ""))
        return " ".join(shown)
    never = [code("never")] if spec.get("never") else []
    if spec["type"] in ("integer", "number"):
        low, high = range_of(key, spec)
        unit = spec.get("unit", "")
        unit = "" if unit == "1" else f" {unit}"
        limited = (low, high) != tuple(tables()["ranges"]["default"])
        return f"{low:,} … {high:,}{unit}" if limited else f"≥ {low:,}{unit}"
    return " ".join(never)
