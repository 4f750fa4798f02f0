"""The one validator of facts: for the command line, tables, forms and (as a twin) JavaScript.

A fact that is absent, empty or said to be unknown stays unknown. A fact that cannot be read is an
error naming key and value, never a guess.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Union

from .logic import tables
from .messages import Line, error

NEVER = "never"
FactValue = Union[str, bool, int, float, list[str], tuple[str, ...]]
"""A list of members is complete; a tuple holds some members, and there may be others."""
Vocabulary = Mapping[str, Any]

# At most 30 digits and a small exponent: no figure here needs more, and an exact fraction of
# 1e999999999 would eat the machine. A comma parts thousands or nothing.
_NUMBER = re.compile(
    r"^([+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,30})(?:\.\d{0,30})?(?:e[+-]?\d{1,2})?|[+-]?\.\d{1,30})"
    r"(?![\d.,])\s*(.*)$"
)
_DATE = re.compile(r"^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?$")
_STAGE = re.compile(
    r"(?:(?:国家?|china|stage|tier|euro)[\s_-]*)?(?:第)?([a-zⅰ-ⅵ\d零〇一二三四五六]+)(?:阶段|类|级)?$"
)


_BRACKET = re.compile(r"[（(]")


class FactError(ValueError):
    """A fact, zone or other key that cannot be read; `key` and `value` are what was given."""

    def __init__(self, key: str, value: object, problem: str) -> None:
        self.key, self.value, self.problem = key, value, problem
        super().__init__(error("said", key=shown(key), value=shown(value), problem=problem))


def shown(value: object) -> str:
    """`value` as an error quotes it: one printable line of at most 80 characters."""
    text = str(value) if not isinstance(value, int) or abs(value) < 10**80 else "…"
    text = "".join(char if char.isprintable() else "\ufffd" for char in text)
    return text if len(text) <= 80 else text[:79] + "…"


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean …?` for a word that is not known, or nothing when none is near."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return error("nearest", word=found[0]) if found else ""


def fold(text: str) -> str:
    """Full-width forms, case and outer spaces do not matter in an answer people type."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().lower()


def is_unknown(raw: object) -> bool:
    """True for an empty cell, NaN and the words that say that nobody knows."""
    if raw is None or (isinstance(raw, float) and raw != raw):
        return True
    return isinstance(raw, str) and fold(raw) in tables()["words"]["unknown"]


def parse(key: str, raw: object, facts: Vocabulary) -> FactValue | None:
    """The typed value of fact `key`, or None when it is unknown.

    `facts` is the vocabulary's fact table. Numbers come back in the fact's own unit, dates as
    YYYY, YYYY-MM or YYYY-MM-DD (as precise as given), multi facts as a sorted list.
    Raises FactError for an unknown key and for a value that does not fit type, unit or range.
    """
    spec = facts.get(key)
    if spec is None:
        raise FactError(key, raw, error("no_such_fact", hint=nearest(key, facts)))
    if is_unknown(raw):
        return None
    if spec.get("multi"):
        return _members(key, raw, spec)
    return _single(key, raw, spec)


def _single(key: str, raw: object, spec: Vocabulary) -> FactValue:
    kind = spec["type"]
    if kind == "boolean":
        return _boolean(key, raw)
    if kind == "date":
        return _date(key, raw, spec)
    if kind == "integer":
        return _integer(key, raw, spec)
    if kind == "number":
        return _number(key, raw, spec)
    return _word(key, raw, spec)


def _boolean(key: str, raw: object) -> bool:
    words = tables()["words"]
    text = fold(str(raw))
    if isinstance(raw, float) and raw in (0.0, 1.0):
        return raw == 1.0
    if text in words["true"]:
        return True
    if text in words["false"]:
        return False
    raise FactError(key, raw, error("boolean"))


def _date(key: str, raw: object, spec: Vocabulary) -> str:
    text = fold(str(raw))[:10] if isinstance(raw, date) else fold(str(raw))
    if spec.get(NEVER) and text in tables()["words"][NEVER]:
        return NEVER
    found = _DATE.match(text)
    if not found:
        raise FactError(key, raw, error("date"))
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise FactError(key, raw, error("no_such_day")) from None
    if not 1900 <= (year or 0) <= 2199:
        raise FactError(key, raw, error("year"))
    parts = [f"{year:04d}"] + [f"{part:02d}" for part in (month, day) if part]
    return "-".join(parts)


def _integer(key: str, raw: object, spec: Vocabulary) -> int:
    values = spec.get("values")
    number = None
    if values and not isinstance(raw, (bool, int, float)):
        number = _stage(key, str(raw))
    if number is None:
        number = _number(key, raw, spec)
    if number != int(number):
        raise FactError(key, raw, error("whole_number"))
    if values and int(number) not in values:
        allowed = ", ".join(str(value) for value in values)
        raise FactError(key, raw, error("one_of", allowed=allowed, hint=""))
    _in_range(key, raw, number, spec)
    return int(number)


def _stage(key: str, text: str) -> float | None:
    """国三, 国Ⅲ, III, China III, Ⅲ类 … as a number; None when it is none of these."""
    words = tables()["words"]
    plain = _plain(text)
    if plain in words["stage_zero" if key.endswith(".stage") else "class_zero"]:
        return 0.0
    found = _STAGE.match(_plain(text)) or _STAGE.match(fold(text))
    if not found:
        return None
    numeral = found.group(1)
    if numeral.isdigit():
        return float(numeral) if len(numeral) < 10 else None
    known = tables()["numerals"].get(numeral)
    return None if known is None else float(known)


def _number(key: str, raw: object, spec: Vocabulary) -> float:
    if isinstance(raw, bool):
        raise FactError(key, raw, error("number", unit=""))
    found = None if isinstance(raw, int) and abs(raw) >= 10**30 else _NUMBER.match(fold(str(raw)))
    if not found:
        raise FactError(key, raw, error("number", unit=_unit_hint(spec)))
    figure, unit = Fraction(found.group(1).replace(",", "")), found.group(2).strip()
    if unit:
        factor = tables()["units"].get(spec.get("unit", ""), {}).get(unit)
        factor = factor or tables()["units"].get(spec.get("unit", ""), {}).get(
            unit.replace(" ", "")
        )
        if factor is None:
            raise FactError(key, raw, error("unit", given=shown(unit), unit=_unit_hint(spec)))
        above, _, below = factor.partition("/")
        figure = figure * Fraction(above) / Fraction(below or "1")
    # Nine digits: enough for any unit here, and 7 MW is 10 t/h, not 10.000000000000002.
    value = round(float(figure), 9)
    _in_range(key, raw, value, spec)
    return value


def _unit_hint(spec: Vocabulary) -> str:
    return error("unit_known", unit=spec["unit"]) if spec.get("unit") else ""


def range_of(key: str, spec: Vocabulary) -> tuple[float, float]:
    """The lowest and highest figure that fact `key` can have, in its own unit."""
    ranges = tables()["ranges"]
    low, high = ranges.get(key) or ranges.get(spec.get("unit")) or ranges["default"]
    return low, high


def _in_range(key: str, raw: object, value: float, spec: Vocabulary) -> None:
    low, high = range_of(key, spec)
    if not low <= value <= high:
        raise FactError(
            key, raw, error("range", low=str(low), high=str(high), unit=_unit_hint(spec))
        )


def _word(key: str, raw: object, spec: Vocabulary) -> str:
    text = str(raw).strip()
    values = spec.get("values")
    if not values:
        return unicodedata.normalize("NFC", text)
    found = _value_names(spec).get(fold(text)) or _value_names(spec).get(
        fold(text).replace(" ", "_").replace("-", "_")
    )
    if found is None:
        raise FactError(
            key,
            raw,
            error("one_of", allowed=_allowed(spec), hint=nearest(text, _value_names(spec))),
        )
    return found


def _allowed(spec: Vocabulary) -> Line:
    """The first values of a list, as an error tells them: in Chinese 煤（coal）、…."""
    values = spec["values"]
    more = " …" if len(values) > 8 else ""
    titles = [_BRACKET.split(title)[0] for title in spec.get("zh_values", values)]
    named = [
        value if title == value else f"{title}（{value}）" for title, value in zip(titles, values)
    ]
    return Line(", ".join(values[:8]) + more, "、".join(named[:8]) + more)


def _value_names(spec: Vocabulary) -> dict[str, str]:
    """Every spelling of each value: its id, its Chinese label, whole or without the bracket, and
    the words of every day that the vocabulary lists beside."""
    names: dict[str, str] = {}
    for value, title in zip(spec["values"], spec.get("zh_values", spec["values"])):
        for name in (title, _BRACKET.split(title)[0]):
            names.setdefault(fold(name), value)
    for name, value in spec.get("also", {}).items():
        names.setdefault(fold(name), value)
    names.update({value.lower(): value for value in spec["values"]})
    return names


def _members(key: str, raw: object, spec: Vocabulary) -> list[str] | None:
    if isinstance(raw, (list, tuple, set)):
        parts = [str(part) for part in raw]
    else:
        text = str(raw)
        # A label may itself hold 、 so the whole is tried first and 、 splits last.
        if fold(text) in _value_names(spec):
            parts = [text]
        else:
            parts = [part for part in re.split(r"[,，;；]", text) if part.strip()]
            parts = [
                piece
                for part in parts
                for piece in ([part] if fold(part) in _value_names(spec) else part.split("、"))
            ]
    if any(is_unknown(part) for part in parts) or not parts:
        return None  # a list that is not complete cannot say what is not in it
    return sorted({_word(key, part, spec) for part in parts})


def implied(
    given: Mapping[str, FactValue], implies: Mapping[str, Any], facts: Vocabulary, strict: bool
) -> dict[str, FactValue]:
    """`given` with what the activity implies: added to a multi fact, filled in where absent.

    A multi fact of which nothing was said then has a known member and may have others: a mine may
    be a steelworks too. With `strict` (the activity was asked for) a different value given raises
    FactError.
    """
    result = dict(given)
    for key, value in implies.items():
        told = result.get(key)
        if facts[key].get("multi"):
            if isinstance(told, list):
                result[key] = sorted({*told, value})
            else:
                result[key] = tuple(sorted({*(told if isinstance(told, tuple) else ()), value}))
        elif key not in result:
            result[key] = value
        elif strict and told != value:
            raise FactError(key, told, error("implied", key=key, value=str(value)))
    return result
