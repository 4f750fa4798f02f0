"""The algorithms of the QGIS plugin: their words, and the order of parameters from the sources.

QGIS is not imported: the parameters are the upper-case names that ``initAlgorithm`` writes down.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from zonerules.plugin.texts import TEXTS

from .markdown import code, heading, plain, table
from .words import pick

FOLDER = Path(__file__).resolve().parents[2] / "plugin" / "processing"
GROUPS = ("ask", "draw", "catalogue")
_NAME = re.compile(r"^[A-Z][A-Z0-9_]+$")


def algorithms(lang: str) -> str:
    """A section for each algorithm: what it does and what each parameter and output holds."""
    found = sorted(_sources(), key=lambda one: GROUPS.index(one[1]))
    return "".join(_section(name, group, words, lang) for name, group, words in found)


def _sources() -> list[tuple[str, str, list[str]]]:
    """(id, group, names of parameters and outputs in order) of every algorithm."""
    found = []
    for path in sorted(FOLDER.glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                name, group, names = _algorithm(node)
                if name and group:
                    found.append((name, group, names))
    return found


def _algorithm(node: ast.ClassDef) -> tuple[str, str, list[str]]:
    told = {
        target.id: part.value.value
        for part in node.body
        if isinstance(part, ast.Assign) and isinstance(part.value, ast.Constant)
        for target in part.targets
        if isinstance(target, ast.Name)
    }
    names: list[str] = []
    for part in node.body:
        if isinstance(part, ast.FunctionDef) and part.name in ("initAlgorithm", "_outputs"):
            words = [
                (inner.lineno, inner.col_offset, inner.value)
                for inner in ast.walk(part)
                if isinstance(inner, ast.Constant)
                and isinstance(inner.value, str)
                and _NAME.match(inner.value)
            ]
            names += [word for _, _, word in sorted(words)]
    return str(told.get("NAME", "")), str(told.get("GROUP", "")), list(dict.fromkeys(names))


def _section(name: str, group: str, names: list[str], lang: str) -> str:
    def say(word: str) -> str:
        pair = TEXTS.get(f"processing.{name}.{word}") or TEXTS.get(f"processing.{word}")
        return pick(lang, *pair) if pair else ""

    parts = [heading(2, plain(say("name")), name)]
    where = plain(pick(lang, *TEXTS[f"processing.group.{group}"]))
    parts += [f"{code(f'zonerules:{name}')} · {where}\n\n", say("help"), "\n\n"]
    rows = [(code(word), plain(say(word)), plain(_text(say(f"{word}.help")))) for word in names]
    titles = (
        pick(lang, "参数或输出", "parameter or output"),
        pick(lang, "名称", "name"),
        pick(lang, "说明", "meaning"),
    )
    return "".join([*parts, table(titles, [row for row in rows if row[1]]), "\n"])


def _text(rich: str) -> str:
    """The words of a rich text."""
    return re.sub(r"<[^>]+>", " ", rich)
