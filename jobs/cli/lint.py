"""`zonerules lint`: prove the catalogue sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from .frame import JsonOption, Lang, LangOption, print_json


def lint(
    folder: Annotated[
        Optional[Path],
        typer.Argument(
            metavar="[DIR]",
            help="Folder with documents/, geojson/ or zones.geojson (the shipped one). "
            "Without a vocabulary of its own it is read over the shipped catalogue.",
        ),
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Print each clause with its rules or its reason.")
    ] = False,
    mutate: Annotated[
        bool,
        typer.Option(
            "--mutate", help="Change every threshold, date and zone in turn; some case must fail."
        ),
    ] = False,
    texts: Annotated[
        Optional[Path],
        typer.Option(
            metavar="DIR", help="Documents as <id>.txt; summaries copied from them are told."
        ),
    ] = None,
    lang: LangOption = Lang.zh,
    json: JsonOption = False,
) -> None:
    """Check ids, dates, shapes, clause coverage and cases; exit 1 when there are errors."""
    from ..lint import proving

    report = proving.prove(folder, coverage=coverage, mutate=mutate, texts=texts)
    if json:
        print_json(report)
    else:
        print(proving.to_text(report, lang.value))
    if not report["sound"]:
        raise typer.Exit(1)


def register(app: Any) -> None:
    """Add the command to the application."""
    app.command("lint", epilog="Example: zonerules lint --coverage")(lint)
