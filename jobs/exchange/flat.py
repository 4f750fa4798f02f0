"""Records of the catalogue as flat rows, for formats that know nothing but columns.

A text in two languages becomes two columns (``name_zh``, ``name_en``); numbers, truth values and
plain texts stay as they are; everything nested becomes a column of JSON text (``where_json``). So
a row can be turned back without knowing the record. GeoJSON holds nested values natively, there
they keep their name. docs/exchange.md tells the same to users.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

Row = dict[str, Any]

_EXACT = 2**53  # whole numbers beyond it are no longer themselves in other programs


def flat(record: Mapping[str, Any], *, nested: bool = False) -> Row:
    """The record as a row. ``nested``: keep lists and maps as they are, without ``_json``.

    ``cite`` becomes ``number``, as its document and clause are columns already.
    """
    row: Row = {}
    for name, value in record.items():
        if value is None:
            continue
        if name == "cite":
            if value.get("number") is not None:
                row["number"] = clean(value["number"])
        elif _bilingual(value):
            row.update({f"{name}_{lang}": clean(text) for lang, text in value.items()})
        elif isinstance(value, bool) or _number(value):
            row[name] = value
        elif isinstance(value, str):
            row[name] = clean(value)
        elif nested:
            row[name] = _clean_all(value)
        else:
            row[f"{name}_json"] = as_json(value)
    return row


def column_kind(name: str, values: Iterable[Any]) -> str:
    """The narrowest kind of column for all values: boolean, integer, real or text.

    Metres are never whole numbers only: the next user of the file may know them better.
    """
    told = [value for value in values if value is not None]
    if told and all(isinstance(value, bool) for value in told):
        return "boolean"
    if not told or any(isinstance(v, bool) or not isinstance(v, (int, float)) for v in told):
        return "text"
    whole = all(isinstance(value, int) for value in told) and not name.endswith("_m")
    return "integer" if whole else "real"


def as_json(value: Any) -> str:
    """Compact JSON text, Chinese characters readable."""
    parts = (",", ":")
    return json.dumps(_clean_all(value), ensure_ascii=False, allow_nan=False, separators=parts)


def clean(text: str) -> str:
    """The text without what no file can hold: NUL and halves of surrogate pairs."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _clean_all(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(str(key)): _clean_all(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean_all(part) for part in value]
    return value


def _bilingual(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and bool(value)
        and set(value) <= {"zh", "en"}
        and all(isinstance(text, str) for text in value.values())
    )


def _number(value: Any) -> bool:
    return isinstance(value, float) or (isinstance(value, int) and abs(value) <= _EXACT)


__all__ = ["Row", "as_json", "clean", "column_kind", "flat"]
