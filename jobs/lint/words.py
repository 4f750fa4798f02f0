"""What lint says, in Chinese: each English sentence of the checks has a pattern and a translation.

The checks live in layers and say one sentence in English; here it is told to a keeper in their own
words. A sentence without a pattern stays English, which is better than losing it.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["in_chinese", "line_of", "told"]

ROLES = ("nominal", "core", "extent")
Table = list[tuple["re.Pattern[str]", str]]


@cache
def _words() -> dict[str, Any]:
    with (Path(__file__).parents[1] / "words_lint.json").open(encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)["zh"]
    return found


@cache
def _table(part: str) -> Table:
    return [(re.compile(pattern), words) for pattern, words in _words()[part]]


def in_chinese(sentence: str, part: str = "what") -> str:
    """The sentence in Chinese, or as it is; ``part`` "expected" for what should stand there."""
    hint, turned = _words()["swapped"]
    end = ""
    if sentence.endswith(hint):
        sentence, end = sentence[: -len(hint)], turned
    role, colon, rest = sentence.partition(": ")
    if colon and role in ROLES:
        return f"{role}：{in_chinese(rest, part)}{end}"
    for pattern, words in _table(part):
        found = pattern.fullmatch(sentence)
        if found:
            return found.expand(words) + end
    return sentence + end


def told(finding: Mapping[str, Any], lang: str) -> str:
    """A finding as one line: how bad, where, whose record, what is wrong and what should stand."""
    zh = lang == "zh"
    what, expected = finding["what"], finding["expected"]
    if zh:
        what = in_chinese(what)
        expected = in_chinese(expected, "expected") if expected else None
        severity = {"error": "错误", "warning": "警告"}[finding["severity"]]
    else:
        severity = finding["severity"]
    parts = [severity, _place(finding), finding["record"], what]
    line = ("：" if zh else ": ").join(part for part in parts if part)
    return line + (("；应为 " if zh else "; expected ") + expected if expected else "")


def line_of(case: Mapping[str, Any], lang: str) -> str:
    """A golden case that does not hold, as one line."""
    zh = lang == "zh"
    problem = in_chinese(case["problem"]) if zh else case["problem"]
    query = json.dumps(case["query"], ensure_ascii=False)
    parts = ["用例不符" if zh else "case", _place(case), case["rule"], problem, query]
    return ("：" if zh else ": ").join(part for part in parts if part)


def _place(told: Mapping[str, Any]) -> str:
    """file:line, as editors and terminals understand it."""
    file, line = told.get("file") or "", told.get("line")
    return f"{file}:{line}" if line else file
