"""Checks the files of a catalogue against the JSON Schemas in ``schemas/``.

A schema says what a file may hold; this module says what is wrong in a data keeper's words, with
file, line and record. jsonschema is imported when needed.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional, Protocol

from .accept import accepting
from .reading import YamlFile, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .accept import Check
    from .errors import Problems

__all__ = ["SCHEMAS", "SourceFile", "YamlFile", "read_yaml", "record_of", "schema", "validate"]

SCHEMAS = Path(__file__).resolve().parent / "schemas"
COMMON = "common.schema.json"


class SourceFile(Protocol):
    """What validate() needs to know of a file, YAML or GeoJSON."""

    @property
    def name(self) -> str: ...

    @property
    def data(self) -> Any: ...

    def line(self, *steps: Any) -> int: ...


@cache
def schema(kind: str) -> dict[str, Any]:
    """The schema of one kind of file, with the shared parts folded in so that it stands alone.

    ``kind`` is the first part of the file's name in ``schemas/``: "rules", "geojson_zones" …
    """
    text = (SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text.replace(COMMON + "#", "#"))
    if "$defs" not in loaded:
        common = json.loads((SCHEMAS / COMMON).read_text(encoding="utf-8"))
        loaded["$defs"] = common["$defs"]
    return loaded


@cache
def _validator(kind: str) -> Any:
    import jsonschema

    return jsonschema.Draft202012Validator(schema(kind))


@cache
def _accepting(kind: str) -> Check:
    return accepting(schema(kind))


def validate(file: SourceFile, kind: str, problems: Problems) -> bool:
    """Check ``file`` against the schema ``kind``; True when nothing was found."""
    if _accepting(kind)(file.data):
        return True
    before = len(problems.found)
    for error in _validator(kind).iter_errors(file.data):
        _tell(file, error, problems)
    return len(problems.found) == before


def record_of(data: Any, steps: Iterable[Any]) -> str | None:
    """The name a data keeper knows the record at ``steps`` by, or None outside any record."""
    way = list(steps)
    if not way or not isinstance(data, dict):
        return None
    if way[0] == "document":
        return _text(data["document"], "id")
    if way[0] in ("activities", "facts", "sets"):
        return str(way[1]) if len(way) > 1 else None
    if len(way) < 2 or not isinstance(way[1], int):
        return None
    row = data[way[0]][way[1]]
    if way[0] == "cases":
        return f"{_text(row, 'rule') or '?'} (case {way[1] + 1})"
    if way[0] == "coverage":
        clause = _text(row, "clause")
        return f"clause {clause}" if clause else f"coverage {way[1] + 1}"
    return _text(row, "id") or f"{way[0]} {way[1] + 1}"


def _text(row: Any, key: str) -> str | None:
    value = row.get(key) if isinstance(row, dict) else None
    return str(value) if isinstance(value, (str, int, float)) else None


def _tell(file: SourceFile, error: Any, problems: Problems) -> None:
    """Turn one jsonschema error into lines, descending into the alternative that was meant."""
    if error.validator in ("anyOf", "oneOf") and error.context:
        meant = _meant(error)
        if meant:
            for part in meant:
                _tell(file, part, problems)
            return
    way = list(error.absolute_path)
    if "propertyNames" in error.absolute_schema_path:
        way.append(error.instance if isinstance(error.instance, str) else "key")
        sentences = _about_key(error)
    else:
        sentences = _sentences(error, way)
    for problem, expected, extra in sentences:
        problems.add(
            problem,
            file=file.name,
            line=file.line(*way, *extra),
            record=record_of(file.data, way),
            expected=expected,
        )


def _meant(error: Any) -> list[Any]:
    """The errors of the only alternative whose type fits, [] when that is not clear."""
    branches: dict[Any, list[Any]] = {}
    for part in error.context:
        branches.setdefault(part.schema_path[0], []).append(part)
    fitting = [
        parts
        for parts in branches.values()
        if not any(part.validator == "type" and not part.path for part in parts)
    ]
    return fitting[0] if len(fitting) == 1 else []


Sentences = list[tuple[str, Optional[str], tuple[Any, ...]]]


def _about_key(error: Any) -> Sentences:
    """The sentence for a key that may not stand where it stands."""
    hint = error.schema.get("description")
    if error.validator == "enum":
        hint = ", ".join(error.validator_value)
        return [(f'key "{error.instance}" does not fit here', hint, ())]
    return [(f'key "{error.instance}" has the wrong form', hint, ())]


def _sentences(error: Any, way: list[Any]) -> Sentences:
    """(problem, expected, further steps to the line) for one error."""
    rule, value, wanted = error.validator, error.instance, error.validator_value
    hint = error.schema.get("description") if isinstance(error.schema, dict) else None
    label = _label(way)
    if rule == "additionalProperties" and wanted is False:
        known = error.schema.get("properties", {})
        return [
            (f'key "{key}" is not known', ", ".join(known), (key,))
            for key in value
            if key not in known
        ]
    if rule == "required":
        known = error.schema.get("properties", {})
        return [
            (f'key "{key}" is missing', _described(known.get(key)) or hint, ())
            for key in wanted
            if key not in value
        ]
    if rule in ("enum", "const"):
        choices = wanted if rule == "enum" else [wanted]
        shown = ", ".join(map(_shown_plain, choices))
        return [(f"{label} {_shown(value)} is not known", shown, ())]
    if rule == "type":
        return [(f"{label} is {_article(value)}", hint or _kinds(wanted), ())]
    if rule == "pattern":
        return [(f"{label} {_shown(value)} has the wrong form", hint or wanted, ())]
    if rule == "uniqueItems":
        return [(f"{label} names something twice", hint, ())]
    if rule in ("minItems", "minLength", "minProperties"):
        state = "is empty" if not value else "has too few entries"
        return [(f"{label} {state}", hint or f"at least {wanted}", ())]
    if rule in ("maxItems", "maxLength", "maxProperties"):
        return [(f"{label} has too many entries", hint or f"at most {wanted}", ())]
    if rule in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        word = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than"}
        return [(f"{label} is {_shown(value)}", f"{word.get(rule, 'less than')} {wanted}", ())]
    if rule in ("oneOf", "not") and isinstance(value, dict):
        return _about_keys(value, wanted, rule == "not") or [(f"{label} is not complete", hint, ())]
    return [(f"{label} is not as it should be", hint, ())]


def _about_keys(value: dict[str, Any], wanted: Any, refused: bool) -> Sentences:
    """The sentences for keys of which exactly one may stand, or none; [] for other schemas."""
    parts = wanted if isinstance(wanted, list) else wanted.get("anyOf", [wanted])
    keys = [key for part in parts for key in part.get("required", ())]
    given = [key for key in keys if key in value]
    if refused:
        return [(f'key "{key}" does not fit the rest of the record', None, (key,)) for key in given]
    if len(given) > 1:
        return [(f"{' and '.join(given)} do not go together", f"one of {', '.join(keys)}", ())]
    return [(f"neither {' nor '.join(keys)} is given", f"one of {', '.join(keys)}", ())]


def _described(part: Any) -> str | None:
    text = part.get("description") if isinstance(part, dict) else None
    return str(text) if text else None


def _label(way: list[Any]) -> str:
    """The last key of a path, with its position in a list: ``activities[2]``."""
    if not way:
        return "the file"
    if isinstance(way[-1], int):
        before = next((step for step in reversed(way[:-1]) if isinstance(step, str)), "entry")
        return f"{before}[{way[-1] + 1}]"
    return str(way[-1])


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"


def _shown_plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _kinds(wanted: Any) -> str:
    names = {"string": "text", "object": "a map", "array": "a list", "boolean": "true or false"}
    names.update({"number": "a number", "integer": "a whole number", "null": "nothing"})
    kinds = [wanted] if isinstance(wanted, str) else wanted
    return " or ".join(names[kind] for kind in kinds)


def _article(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"the number {value} (quote it if it is text)"
    if isinstance(value, str):
        return f"the text {_shown(value)}"
    return "a map" if isinstance(value, dict) else "a list" if isinstance(value, list) else "empty"
