"""What the asker tells beside place and day: facts and assertions, read or refused in one line.

Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Union

from ..rules import facts as fact_rules
from ..rules.logic import tables
from ..rules.messages import Line, in_language
from ..rules.messages import error as error_line
from ..rules.model import ASSERTABLE

if TYPE_CHECKING:
    from ..rules.model import Book

__all__ = ["BadInput", "Facts", "bad_fact", "read_facts"]

Facts = Union[Mapping[str, Any], Iterable[str], None]


class BadInput(ValueError):
    """Input that cannot be answered; the message is one line naming the option and the value.

    Where it is a rules.messages.Line, `in_language(error, lang)` gives it in Chinese too.
    """


def bad_input(wrong: str, en: str, zh: str) -> BadInput:
    """The error about `wrong`, an option and its value, in both languages."""
    return BadInput(Line(f"{wrong}: {en}", f"{wrong}：{zh}"))


def read_facts(given: Facts, book: Book) -> tuple[dict[str, Any], dict[str, str]]:
    """Split what the asker told into typed facts and asserted keys (zone, season, force, rule).

    Raises BadInput naming the key and value that cannot be read, with the nearest known key.
    """
    typed: dict[str, Any] = {}
    asserted: dict[str, str] = {}
    seen: dict[str, Any] = {}
    for key, raw in _pairs(given):
        if key in seen and seen[key] != raw:
            before = fact_rules.shown(seen[key])
            twice = f"--fact {fact_rules.shown(f'{key}={raw}')}"
            raise BadInput(
                Line(f"{twice}: already given as {before}", f"{twice}：前面已给出 {before}")
            )
        seen[key] = raw
        try:
            if key in book.facts:
                value = fact_rules.parse(key, raw, book.facts)
                if key == "source.id" and value is not None:
                    value = _source(str(value), book)
                if value is not None:
                    typed[key] = value
            else:
                _assert(key, raw, book, asserted)
        except fact_rules.FactError as error:
            raise bad_fact(error) from error
    return typed, asserted


def bad_fact(error: ValueError) -> BadInput:
    return BadInput(Line(*(f"--fact {in_language(error, lang)}" for lang in ("en", "zh"))))


def _source(text: str, book: Book) -> str:
    """The id of a named source, given by id or name; FactError for one that nobody knows."""
    found = book.sources.get(fact_rules.fold(text))
    if found is None:
        near = fact_rules.nearest(fact_rules.fold(text), book.sources)
        problem = Line(
            f"no such source (`other` for none of the named){near}",
            f"没有这个源（都不是时写 other）{in_language(near, 'zh')}",
        )
        raise fact_rules.FactError("source.id", text, problem)
    return found


def _pairs(given: Facts) -> list[tuple[str, Any]]:
    if given is None:
        return []
    if isinstance(given, Mapping):
        return [(str(key).strip(), value) for key, value in given.items()]
    pairs = []
    for text in given:
        key, equals, value = str(text).partition("=")
        if not equals or not key.strip():
            wrong = f"--fact {fact_rules.shown(text)}"
            raise BadInput(Line(f"{wrong}: expected KEY=VALUE", f"{wrong}：应写成 键=值"))
        pairs.append((key.strip(), value.strip()))
    return pairs


_WORDS = {
    "zone": Line("zone", "区域"),
    "season": Line("season", "季节"),
    "force": Line("document or rule", "文件或规则"),
    "rule": Line("rule", "规则"),
}


def _assert(key: str, raw: Any, book: Book, asserted: dict[str, str]) -> None:
    """Read a zone.*, season.*, force.* or rule.* assertion into `asserted`."""
    prefix, _, name = key.partition(".")
    known: dict[str, Iterable[str]] = {
        "zone": book.zones,
        "season": book.seasons,
        "force": [*book.documents, *book.by_id],
        "rule": book.by_id,
    }
    if prefix not in known or not name:
        everything = [*book.facts, *(f"zone.{zone}" for zone in book.zones)]
        elsewhere = {"alert": "--alert", "date": "--date", "position": "LON LAT and --accuracy"}
        hint = fact_rules.nearest(key, everything)
        if key in elsewhere:
            hint = Line(f"; give it with {elsewhere[key]}", f"；请用 {elsewhere[key]} 给出")
        raise fact_rules.FactError(key, raw, error_line("no_such_fact", hint=hint))
    if name not in known[prefix]:
        near = fact_rules.nearest(name, known[prefix])
        kind = _WORDS[prefix]
        problem = Line(f"no such {kind}{near}", f"没有这个{kind.zh}{in_language(near, 'zh')}")
        raise fact_rules.FactError(key, raw, problem)
    if fact_rules.is_unknown(raw):
        return
    values = ASSERTABLE[prefix]
    word = fact_rules.fold(str(raw))
    labels = {tables()["labels"]["value"][value]["zh"]: value for value in values}
    word = labels.get(word, word)
    if word not in values:
        problem = Line(f"expected {values[0]} or {values[1]}", f"应为 {values[0]} 或 {values[1]}")
        raise fact_rules.FactError(key, raw, problem)
    asserted[key] = word
