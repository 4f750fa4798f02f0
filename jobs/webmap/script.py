"""The JavaScript twin as one script, and data in elements beside it, for a page without a build.

The modules `export` and never `import`: they are joined in a fixed order within one closure, where
each finds the others by name. The last one, page.mjs, hands out `window.zonerules`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["MODULES", "data_element", "joined", "page_data", "script"]

_ROOT = Path(__file__).resolve().parents[2]

MODULES = (
    "rules/logic.mjs",
    "rules/figures.mjs",
    "rules/messages.mjs",
    "rules/likeness.mjs",
    "rules/facts.mjs",
    "rules/model.mjs",
    "rules/place.mjs",
    "rules/condition.mjs",
    "rules/register.mjs",
    "rules/dates.mjs",
    "rules/evaluate.mjs",
    "rules/coverage.mjs",
    "rules/verdict.mjs",
    "rules/explain.mjs",
    "rules/questions.mjs",
    "layers/orient.mjs",
    "layers/point.mjs",
    "layers/datum.mjs",
    "jobs/webmap/told.mjs",
    "jobs/webmap/rows.mjs",
    "jobs/webmap/answer.mjs",
    "jobs/webmap/ground.mjs",
    "jobs/webmap/banned.mjs",
    "jobs/webmap/phrasing.mjs",
    "jobs/webmap/digest.mjs",
    "jobs/webmap/linked.mjs",
    "jobs/webmap/selftest.mjs",
    "jobs/webmap/page.mjs",
)
"""The evaluator, in the order in which it is joined."""

KEPT = (
    *("schema", "version", "fingerprint", "overlay", "vocabulary", "documents"),
    *("units", "zones", "rules", "sources", "failed"),
)
"""What of a catalogue an answer is made from."""

_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.MULTILINE)
_DECLARED = re.compile(r"^(?:async )?(?:function\*?|class|const|let) +(\w+)", re.MULTILINE)
_IMPORT = re.compile(r"^(?:import\b|export (?:default|\{|\*))", re.MULTILINE)


def script(more: Iterable[str] = ()) -> str:
    """The evaluator as one script, with the modules `more` (paths below the package) behind it."""
    names = (*MODULES, *more)
    return joined({name: (_ROOT / name).read_text(encoding="utf-8") for name in names})


def joined(modules: Mapping[str, str]) -> str:
    """The modules (name -> text) in one closure, without their `export`.

    Raises ValueError for a module that imports, and for two that declare the same name: the later
    function would silently take the place of the earlier one.
    """
    declared: dict[str, str] = {}
    parts = []
    for name, text in modules.items():
        if _IMPORT.search(text):
            raise ValueError(f"{name}: modules export by name and never import")
        plain = _EXPORT.sub("", text)
        for found in _DECLARED.findall(plain):
            if found in declared:
                raise ValueError(f"{name}: {found} is declared in {declared[found]} too")
            declared[found] = name
        parts.append(f"// --- {name}\n{plain.strip()}\n")
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


def data_element(name: str, value: Any) -> str:
    """A `<script type="application/json">` with the id `name`, from which a page reads `value`.

    No `<` stands in it, so nothing in a value can end the element or open another.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{text}</script>'


def page_data(catalogue: Mapping[str, Any] | None) -> str:
    """The elements that page.mjs reads at its start: shared tables, words and the catalogue.

    Without a catalogue the page can still `open` one.
    """
    files = {
        "zonerules-tables": "rules/tables.json",
        "zonerules-words": "jobs/words.json",
        "zonerules-link-words": "jobs/words_linked.json",
    }
    elements = {
        name: json.loads((_ROOT / file).read_text(encoding="utf-8")) for name, file in files.items()
    }
    if catalogue is not None:
        kept = {name: catalogue[name] for name in KEPT if name in catalogue}
        elements["zonerules-catalogue"] = kept
    return "\n".join(data_element(name, value) for name, value in elements.items())
