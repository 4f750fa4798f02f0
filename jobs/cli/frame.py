"""What all commands share: the application, the catalogue they open, how errors are told."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Callable, Optional

import typer

from ...layers.catalogue.errors import CatalogueError
from ...rules.messages import LANGUAGES, Line, in_language
from ..answer import BadInput
from ..told import bad_input

if TYPE_CHECKING:
    from ..open import Catalogue
    from ..progress import Progress

BAD_INPUT = 2
# what the option parser says, and the same in Chinese
PARSER = (
    (r"^Missing argument '(.+?)'\.?.*$", r"缺少参数 \1"),
    (r"^Missing option '(.+?)'\.?.*$", r"缺少选项 \1"),
    (r"^Missing command\.?$", "缺少命令"),
    (r"^No such option: (\S+?)\.?(?: .*)?$", r"没有选项 \1"),
    (r"^No such command '(.+?)'\.?.*$", r"没有命令 \1"),
    (r"^Option '(.+?)' requires an argument\.?$", r"选项 \1 后面缺少值"),
    (r"^Got unexpected extra arguments? \((.+)\)$", r"多出的参数：\1"),
    (r"^Invalid value for (.+?): (.+) is not a number\.?$", r"\1：\2 不是数"),
    (r"^Invalid value for (.+?): (.+) is not one of (.+?)\.?$", r"\1：\2 不在 \3 之中"),
    (r"^Invalid value for (.+?): (.+)$", r"\1 的值无效：\2"),
)
FAILED_LAYERS = 3


class Lang(str, Enum):
    """The two languages of every text."""

    zh = "zh"
    en = "en"


class Interrupted(Exception):
    """The user stopped a command that has to say what is left of its work: one line."""


def number(text: str) -> float:
    """A decimal number, also with the typographic minus sign that stands for a leading hyphen."""
    try:
        return float(str(text).replace("\u2212", "-"))
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a number") from None


DataOption = Annotated[
    Optional[Path],
    typer.Option("--data", metavar="DIR", help="Folder with your own zones (else ZONERULES_DATA)."),
]
LangOption = Annotated[
    Lang,
    typer.Option("--lang", help="Language of the text.", envvar="ZONERULES_LANG"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def build_app(args: Sequence[str] = ()) -> Callable[..., Any]:
    """The command-line application, built on each run because only one command is needed.

    Where `args` begin with `at`, nothing else is: reading the options of all takes longer than most
    of its work.
    """
    app = typer.Typer(
        help="管控区规则：一个地点适用哪些规定 · Which documented rules bind at a place.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_version)
    for group in _groups(args[0] if args else ""):
        group.register(app)
    return typer.main.get_command(app)


def _groups(name: str) -> list[Any]:
    """The modules of the command `name`, or of all."""
    from . import at

    if name == "at":
        return [at]
    from . import check, delimit, exchange, find, lint, lists, locate, map, report

    return [at, check, locate, delimit, lists, find, report, map, lint, exchange]


def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        from ... import __version__

        print(__version__)
        raise typer.Exit


def open_catalogue(data: Path | None) -> Catalogue:
    """Open the catalogue with the user's overlay; BadInput when the folder is not there."""
    from ..open import open as open_data

    folder = data or (Path(text) if (text := os.environ.get("ZONERULES_DATA")) else None)
    if folder is not None and not folder.is_dir():
        raise bad_input(f"--data {folder}", "no such folder", "没有这个文件夹")
    return open_data(folder)


def one_line(error: Exception, lang: str | None = None) -> str | None:
    """The one line a user reads for an expected error; None for a defect, which must be seen.

    `lang`: the language that the user chose; without one both are told where there are both.
    """
    told: Line | str | None = None
    if isinstance(error, (BadInput, CatalogueError)):
        told = error.args[0] if error.args and isinstance(error.args[0], Line) else str(error)
    elif getattr(error, "format_message", None) is not None:  # the option parser's own errors
        told = _of_parser(error)
    elif isinstance(error, OSError) and error.filename:
        told = f"{error.filename}: {error.strerror}"
    if not isinstance(told, Line) or str(told) == told.zh:
        return told
    return in_language(told, lang) if lang else f"{told} / {told.zh}"


def _of_parser(error: Any) -> Line | str:
    """An error of the option parser, whose own words are English."""
    text = " ".join(str(error.format_message()).split())
    for pattern, chinese in PARSER:
        found = re.match(pattern, text)
        if found:
            return Line(text, found.expand(chinese))
    return text


def chosen_language(args: Sequence[str]) -> str | None:
    """The language of `--lang` or ZONERULES_LANG; None if nobody chose one."""
    given = [text.partition("=")[2] for text in args if text.startswith("--lang=")]
    given += [after for text, after in zip(args, args[1:]) if text == "--lang"]
    wanted = [*given, os.environ.get("ZONERULES_LANG", "")]
    return next((lang for lang in wanted if lang in LANGUAGES), None)


def print_json(value: object) -> None:
    """One JSON document on standard output, indented on a terminal."""
    indent = 2 if sys.stdout.isatty() else None
    print(json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False))


def pairs(option: str, given: list[str] | None, form: str) -> dict[str, str]:
    """KEY=VALUE options as a mapping. Raises BadInput for another form, or a key given twice."""
    found: dict[str, str] = {}
    for text in given or []:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not key or not value:
            raise bad_input(f"{option} {text}", f"expected {form}", f"应为 {form}")
        if key in found and found[key] != value:
            raise bad_input(
                f"{option} {text}", f"already given as {found[key]}", f"前面已给出 {found[key]}"
            )
        found[key] = value
    return found


@contextmanager
def row_progress() -> Iterator[Progress]:
    """Share, rows, rate and time left on a terminal; nothing elsewhere."""
    from ..progress import unheard

    if not sys.stderr.isatty():
        yield unheard
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[rows]:,} rows  {task.fields[rate]:,.0f}/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0, rows=0, rate=0.0)

        def show(done: float, note: str) -> None:
            rows, passed = int(note or 0), bar.tasks[0].elapsed or 0.0
            bar.update(task, completed=done, rows=rows, rate=rows / max(passed, 1e-3))

        yield show
