"""The algorithms of the QGIS plugin: their words, and the order of parameters from the sources.

QGIS is not imported: the parameters are the names in capitals that ``initAlgorithm`` writes down,
then those of the rest of its module and of the modules it shares with others, as far as there are
words for them. A test inside QGIS compares them with the real ones.
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
        module = ast.parse(path.read_text("utf-8"))
        for node in module.body:
            if isinstance(node, ast.ClassDef):
                name, group = _told(node, "NAME"), _told(node, "GROUP")
                if name and group:
                    found.append((name, group, _names(name, node, module)))
    return found


def _told(node: ast.ClassDef, attribute: str) -> str:
    """The text that a class gives an attribute, or nothing."""
    for part in node.body:
        if isinstance(part, ast.Assign) and isinstance(part.value, ast.Constant):
            for target in part.targets:
                if isinstance(target, ast.Name) and target.id == attribute:
                    return str(part.value.value)
    return ""


def _names(name: str, node: ast.ClassDef, module: ast.Module) -> list[str]:
    first = [
        word
        for part in node.body
        if isinstance(part, ast.FunctionDef) and part.name == "initAlgorithm"
        for word in _capitals(part)
    ]
    own = [key.rpartition(".")[2] for key in TEXTS if key.startswith(f"processing.{name}.")]
    names = dict.fromkeys([*first, *_capitals(module), *_shared(module), *own])
    return [word for word in names if _NAME.match(word) and _pair(name, word)]


def _shared(module: ast.Module) -> list[str]:
    """Names in capitals of the modules beside it that an algorithm's module imports.

    Not of `base`, which knows those of all, nor of another algorithm.
    """
    found = []
    for node in module.body:
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            names = [node.module] if node.module else [alias.name for alias in node.names]
            paths = [FOLDER / f"{name}.py" for name in names if name != "base"]
            for path in paths:
                beside = ast.parse(path.read_text("utf-8"))
                classes = [part for part in beside.body if isinstance(part, ast.ClassDef)]
                if not any(_told(one, "GROUP") for one in classes):
                    found += _capitals(beside)
    return found


def _capitals(node: ast.AST) -> list[str]:
    """Texts of capitals under a node, as they are written down."""
    words = [
        (inner.lineno, inner.col_offset, inner.value)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Constant)
        and isinstance(inner.value, str)
        and _NAME.match(inner.value)
    ]
    return [word for _, _, word in sorted(words)]


def _pair(name: str, word: str) -> tuple[str, str] | None:
    """What an algorithm calls something, in both languages: its own words, else the shared ones."""
    return TEXTS.get(f"processing.{name}.{word}") or TEXTS.get(f"processing.{word}")


def _section(name: str, group: str, names: list[str], lang: str) -> str:
    def say(word: str) -> str:
        pair = _pair(name, word)
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
