"""Every command with its arguments and options, read from the application itself."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any

from zonerules.jobs.cli.frame import build_app

from .markdown import block, code, codes, heading, plain, table
from .words import pick, say

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXAMPLES = re.compile(r"^Examples?:\s*")


def commands(lang: str) -> str:
    """A section for each command: what it does, how it is called, what each option means."""
    return "".join(_section(path, command, lang) for path, command in _all(build_app(), []))


def _all(command: Any, path: list[str]) -> Iterator[tuple[list[str], Any]]:
    for name, inner in getattr(command, "commands", {}).items():
        yield from _all(inner, [*path, name])
    if not hasattr(command, "commands"):
        yield path, command


def _section(path: list[str], command: Any, lang: str) -> str:
    parts = [heading(2, code(" ".join(["zonerules", *path])), "-".join(path))]
    paragraphs = re.split(r"\n\s*\n", command.help or "")
    parts += [plain(say(paragraph, lang)) + "\n\n" for paragraph in paragraphs]
    parts += [block(_usage(path, command, lang)), "\n"]
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    titles = (pick(lang, "取值", "value"), pick(lang, "含义", "meaning"))
    if arguments:
        rows = [(code(_shape(one)), _needed(one, lang), _meaning(one, lang)) for one in arguments]
        first = (pick(lang, "参数", "argument"), pick(lang, "必填", "required"), titles[1])
        parts += [table(first, rows), "\n"]
    if options:
        rows = [(codes(one.opts), code(_shape(one)), _meaning(one, lang)) for one in options]
        parts += [table((pick(lang, "选项", "option"), *titles), rows), "\n"]
    if command.epilog:
        examples = [one.strip() for one in _EXAMPLES.sub("", command.epilog).split("·")]
        parts += [pick(lang, "例：", "Example:") + "\n\n", block("\n".join(examples))]
    return "".join(parts)


def _usage(path: list[str], command: Any, lang: str) -> str:
    words = ["zonerules", *path]
    for one in command.params:
        if one.param_type_name == "argument":
            words.append(_shape(one) if one.required else f"[{_shape(one)}]")
        elif one.required:
            words += [one.opts[-1], _shape(one)]
    return " ".join([*words, pick(lang, "[选项]", "[options]")])


def _shape(one: Any) -> str:
    """What stands for the value: the metavar, the choices or the type; nothing for a switch."""
    if getattr(one, "is_flag", False):
        return ""
    choices = getattr(one.type, "choices", None)
    if choices:
        return "|".join(str(choice) for choice in choices)
    shape = str(one.metavar or one.type.name).upper() if not one.metavar else str(one.metavar)
    return f"{shape.strip('[]')} …" if one.nargs == -1 else shape.strip("[]")


def _needed(one: Any, lang: str) -> str:
    return pick(lang, "是", "yes") if one.required else ""


def _meaning(one: Any, lang: str) -> str:
    end = pick(lang, "。", ".")
    notes = [plain(say(getattr(one, "help", "") or "", lang))]
    on_and_off = getattr(one, "is_flag", False) and one.secondary_opts
    if on_and_off:
        notes.append(pick(lang, "关掉用 ", "Off: ") + codes(one.secondary_opts) + end)
    if one.param_type_name == "option" and one.required:
        notes.append(pick(lang, "必填。", "Required."))
    default = one.default() if callable(one.default) else one.default
    default = default.value if isinstance(default, Enum) else default
    if default not in (None, False, (), [], "") and default is not True:
        shown = " ".join(map(str, default)) if isinstance(default, (list, tuple)) else default
        notes.append(pick(lang, "默认 ", "Default ") + code(shown) + end)
    if getattr(one, "multiple", False) and "repeat" not in (one.help or "").lower():
        notes.append(pick(lang, "可重复。", "May be repeated."))
    if getattr(one, "envvar", None):
        notes.append(pick(lang, "环境变量 ", "Environment: ") + code(one.envvar) + end)
    return pick(lang, "", " ").join(notes)
