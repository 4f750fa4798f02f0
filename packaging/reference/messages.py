"""The sentences of an answer and of refused facts, both languages side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zonerules.rules.logic import tables

from .markdown import code, plain, table
from .words import pick

if TYPE_CHECKING:
    from collections.abc import Mapping


def messages(lang: str) -> str:
    """The steps of ``because``, by code."""
    return _table(tables()["messages"], lang)


def errors(lang: str) -> str:
    """What is said of a fact or an assertion that cannot be read."""
    return _table(tables()["errors"], lang)


def _table(texts: Mapping[str, Mapping[str, str]], lang: str) -> str:
    rows = [(code(name), plain(text["zh"]), plain(text["en"])) for name, text in texts.items()]
    titles = (
        pick(lang, "代码", "code"),
        pick(lang, "中文", "Chinese"),
        pick(lang, "英文", "English"),
    )
    return table(titles, rows)
