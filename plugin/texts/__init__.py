"""The words of the plugin's own buttons, labels and messages, in Chinese and English.

Tables instead of Qt's .ts and .qm pair: the panel can then change its language while it is open,
nothing has to be generated before the plugin can be zipped, and a test sees a missing translation.
One table for each part of the plugin, ``{name: (zh, en)}``; ``&`` marks a shortcut letter. Words of
an answer come from ``jobs.digest``, never from here.
"""

from __future__ import annotations

from ...rules.messages import counted
from . import (
    atlas,
    banned,
    delimit,
    deps,
    extract,
    geocode,
    keeper,
    maplayers,
    options,
    panel,
    printing,
    processing,
    search,
    shapes,
    tables,
    webmap,
    window,
)

LANGUAGES = {"zh": "中文", "en": "English"}
TABLES = (
    atlas,
    banned,
    delimit,
    deps,
    extract,
    geocode,
    keeper,
    maplayers,
    options,
    panel,
    printing,
    processing,
    search,
    shapes,
    tables,
    webmap,
    window,
)
TEXTS: dict[str, tuple[str, str]] = {
    name: pair for table in TABLES for name, pair in table.TEXTS.items()
}


def language_of(locale: str) -> str:
    """Return the language of the plugin for a locale name such as ``zh_CN``: ``zh`` or ``en``."""
    return "zh" if locale.lower().startswith("zh") else "en"


def tr(name: str, lang: str, /, **args: object) -> str:
    """Return the text ``name`` in ``lang`` (``zh`` or ``en``), its gaps filled from ``args``."""
    text = TEXTS[name][0 if lang == "zh" else 1]
    if not args:
        return text
    return text.format(**args) if lang == "zh" else counted(text.format(**args))
