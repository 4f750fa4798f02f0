"""Tables of fields, read from the JSON Schemas that the compiler and the tests check with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zonerules.layers.catalogue.schema import SCHEMAS

from .markdown import code, codes, heading, plain, table
from .words import pick, say

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWER = Path(__file__).resolve().parents[2] / "jobs" / "answer.schema.json"
# in the order in which somebody meets them who writes down a document
KINDS = ("document", "zones", "rules", "sources", "targets", "coverage", "cases", "sets",
         "vocabulary", "geojson_zones", "geojson_lines", "geojson_sources",
         "geojson_units")  # fmt: skip
DEEPEST = 4  # levels that are told in one table
_TYPES = {
    "string": ("文字", "text"),
    "number": ("数", "number"),
    "integer": ("整数", "whole number"),
    "boolean": ("真假", "true or false"),
    "array": ("列表", "list"),
    "object": ("一组字段", "fields"),
    "null": ("null", "null"),
}
Schema = dict[str, Any]


def answer(lang: str) -> str:
    """The fields of an answer, part by part."""
    schema = json.loads(ANSWER.read_text("utf-8"))
    parts = [_told(schema, lang)]
    for name, inner in schema["properties"].items():
        held = inner.get("items", inner) if "anyOf" not in inner else inner
        if "$ref" in held:
            held = schema["$defs"][held["$ref"].rpartition("/")[2]]
        if "properties" in held:
            parts += [heading(3, code(name), f"answer-{name}"), _words(inner, lang), "\n\n"]
            parts += [_told(held, lang)]
    parts += [heading(2, pick(lang, "共用的写法", "Shared forms"), "shared")]
    shared = {key: value for key, value in schema["$defs"].items() if key != "rule"}
    return "".join([*parts, _forms(shared, lang)])


def records(lang: str) -> str:
    """The fields of every kind of file of a catalogue."""
    return "".join(_record(kind, lang) for kind in KINDS)


def common(lang: str) -> str:
    """The forms that several kinds of files share."""
    return _forms(json.loads((SCHEMAS / "common.schema.json").read_text("utf-8"))["$defs"], lang)


def _record(kind: str, lang: str) -> str:
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text("utf-8"))
    title = schema["title"]
    file = kind.replace("geojson_", "geojson: ")
    parts = [heading(2, code(file), kind.replace("_", "-")), plain(say(title, lang)) + "\n\n"]
    return "".join([*parts, _told(schema, lang)])


def _told(schema: Schema, lang: str) -> str:
    titles = (
        pick(lang, "字段", "field"),
        pick(lang, "取值", "value"),
        pick(lang, "必填", "required"),
        pick(lang, "含义", "meaning"),
    )
    return table(titles, _rows(schema, lang, "", 0)) + "\n"


def _rows(schema: Schema, lang: str, path: str, depth: int) -> Iterator[tuple[str, ...]]:
    needed = schema.get("required", [])
    for name, inner in schema.get("properties", {}).items():
        yield from _row(f"{path}{name}", inner, name in needed, lang, depth)
    more = schema.get("additionalProperties")
    if isinstance(more, dict) and ("properties" in more or "properties" not in schema):
        word = pick(lang, "<名称>", "<name>")
        yield from _row(f"{path}{word}", more, False, lang, depth)


def _row(
    path: str, schema: Schema, needed: bool, lang: str, depth: int
) -> Iterator[tuple[str, ...]]:
    mark = pick(lang, "是", "yes") if needed else ""
    yield code(path), _value(schema, lang), mark, _words(schema, lang)
    held, below = schema, f"{path}."
    while held.get("type") == "array" and isinstance(held.get("items"), dict):
        held, below = held["items"], f"{below[:-1]}[]."
    if depth < DEEPEST and "$ref" not in held:
        yield from _rows(held, lang, below, depth + 1)


def _words(schema: Schema, lang: str) -> str:
    text = schema.get("description", "")
    if not text and schema.get("type") == "array":
        text = schema.get("items", {}).get("description", "")
    return plain(say(text, lang))


def _value(schema: Schema, lang: str) -> str:
    """What may stand there, with a link to a form that is told elsewhere on the page."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{plain(name)}](#{_anchor(name)})"
    if "const" in schema:
        return code(json.dumps(schema["const"], ensure_ascii=False).strip('"'))
    if "enum" in schema:
        return codes(schema["enum"])
    if "anyOf" in schema:
        return pick(lang, "，或 ", ", or ").join(_value(one, lang) for one in schema["anyOf"])
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds == ["array"]:
        inner = schema.get("items")
        shown = _value(inner, lang) if isinstance(inner, dict) else ""
        return pick(lang, "列表：", "list: ") + shown if shown else pick(lang, *_TYPES["array"])
    words = pick(lang, "、", ", ").join(pick(lang, *_TYPES[kind]) for kind in kinds)
    limits = [f"≥ {schema['minimum']}"] if "minimum" in schema else []
    limits += [f"≤ {schema['maximum']}"] if "maximum" in schema else []
    return f"{words} {' '.join(limits)}".strip()


def _forms(shared: dict[str, Schema], lang: str) -> str:
    titles = (
        pick(lang, "写法", "form"),
        pick(lang, "取值", "value"),
        pick(lang, "含义", "meaning"),
    )
    rows = []
    for name, schema in shared.items():
        spot = f'<span id="{_anchor(name)}"></span>'
        fields = codes(schema.get("properties", {}))
        shape = fields or _value(schema, lang)
        pattern = code(schema["pattern"]) if "pattern" in schema else ""
        rows.append(
            (f"{spot}{code(name)}", " ".join([shape, pattern]).strip(), _words(schema, lang))
        )
    return table(titles, rows)


def _anchor(name: str) -> str:
    return "answer-rules" if name == "rule" else f"form-{name.lower()}"
