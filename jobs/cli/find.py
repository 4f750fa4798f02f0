"""`zonerules rules` and `documents`: find rules, list what changes when, list the documents."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from ..told import bad_input
from .frame import DataOption, JsonOption, Lang, LangOption, open_catalogue, print_json


def rules(
    document: Annotated[
        Optional[str],
        typer.Option(metavar="D", help="Only of this document: its id, number or short name."),
    ] = None,
    activity: Annotated[
        Optional[str], typer.Option(metavar="A", help="On this activity and broader ones.")
    ] = None,
    zone: Annotated[
        Optional[str],
        typer.Option(metavar="Z", help="Naming this zone; those of zones around it apart."),
    ] = None,
    kind: Annotated[
        Optional[str], typer.Option(metavar="K", help="prohibition, obligation, exemption …")
    ] = None,
    audience: Annotated[
        Optional[str], typer.Option(metavar="WHO", help="operator or authority.")
    ] = None,
    text: Annotated[
        Optional[str],
        typer.Option(metavar="WORDS", help="Words or an article; all must match: 第21条, 禁煤."),
    ] = None,
    changes: Annotated[
        Optional[str],
        typer.Option(metavar="FROM..TO", help="What starts, ends, falls due: days or months."),
    ] = None,
    out: Annotated[
        Optional[Path], typer.Option("-o", metavar="FILE.xlsx", help="Write an Excel file.")
    ] = None,
    lang: LangOption = Lang.zh,
    json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Find rules by document, activity, zone, words or article; list what changes when."""
    from ..find import changes as calendar
    from ..find import find, found
    from ..find.reading import Reader

    span = None if changes is None else calendar.read_span(changes)
    if out is not None and out.suffix.lower() != ".xlsx":
        raise bad_input(
            f"-o {out}", "expected a file name that ends in .xlsx", "文件名应以 .xlsx 结尾"
        )
    catalogue = open_catalogue(data)
    filters = find.Filters(document, activity, zone, kind, audience, text)
    hits = find.find(catalogue, filters)
    told = None
    if span is not None:
        narrowed = bool(set(filters.given()) - {"document"})
        told = calendar.changes(catalogue, hits.rules, *span, narrowed=narrowed)
    reader = Reader(catalogue, lang.value)
    if out is not None:
        from ..find import workbook

        sheets = workbook.write(out, catalogue, hits, told, lang.value)
        if not json:
            rows = [reader.say("sheet_rows", sheet=name, n=n) for name, n in sheets.items()]
            print(reader.say("written", path=out, sheets=reader.names(rows)))
    if json:
        answer = find.result(catalogue, hits)
        print_json({**answer, **({} if told is None else told)})
    elif out is None:
        text_of = found.rules_text(hits, reader, _columns()) if told is None else ""
        print(text_of or found.changes_text(told or {}, reader, _columns()))


def documents(
    lang: LangOption = Lang.zh,
    json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """The documents: period, what of each the catalogue holds, official page, what it cites."""
    from ..find import documents as papers
    from ..find.reading import Reader

    catalogue = open_catalogue(data)
    rows = papers.document_list(catalogue)
    if json:
        print_json(rows)
    else:
        print(papers.to_text(rows, Reader(catalogue, lang.value), _columns()))


def _columns() -> int:
    return max(shutil.get_terminal_size((100, 40)).columns, 60)


def register(app: Any) -> None:
    """Add the commands to the application."""
    app.command(
        "rules",
        epilog="Example: zonerules rules --text 禁煤 --changes 2020-09..2020-12 -o list.xlsx",
    )(rules)
    app.command("documents", epilog="Example: zonerules documents --lang en")(documents)
