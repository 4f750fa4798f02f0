"""`zonerules export`, `overlay add` and `diff`: catalogues out, shapes in, and what changed."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from .frame import (
    FAILED_LAYERS,
    DataOption,
    JsonOption,
    Lang,
    LangOption,
    number,
    print_json,
)

DIFFERENT = 1


class Kind(str, Enum):
    """What of the catalogue is exported."""

    zones = "zones"
    lines = "lines"
    sources = "sources"
    rules = "rules"
    all = "all"


def export(
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="FILE", help="File to write: .gpkg .geojson .json"),
    ],
    document: Annotated[
        Optional[str],
        typer.Option(metavar="ID", help="Only this document and the zones it refers to."),
    ] = None,
    kind: Annotated[
        Optional[Kind],
        typer.Option(help="What to write (all; in .geojson zones); targets go with rules."),
    ] = None,
    inspire: Annotated[
        bool,
        typer.Option("--inspire", help="Zones named as in INSPIRE Area Management (.geojson)."),
    ] = False,
    lang: LangOption = Lang.zh,
    json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Write the catalogue for other programs: GeoPackage, GeoJSON or JSON by the file's suffix."""
    from ...layers.catalogue.load import load
    from ..exchange import export as exporting
    from ..exchange.overlay_text import exported

    told = exporting.export(
        load(data),  # with the cases, which open_catalogue leaves out
        output,
        document=document,
        kind=kind.value if kind else None,
        inspire=inspire,
        lang=lang.value,
    )
    print_json(told) if json else print(exported(told, lang.value))
    if told["failed"]:
        for entry in told["failed"]:
            print(f"zonerules: {entry['error']}", file=sys.stderr)
        raise typer.Exit(FAILED_LAYERS)


def add(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="GeoPackage, GeoJSON or another map layer.")
    ],
    to: Annotated[
        Path,
        typer.Option(
            "--to", metavar="DIR", envvar="ZONERULES_DATA", help="Your overlay folder; made if new."
        ),
    ],
    layer: Annotated[
        Optional[str], typer.Option(metavar="NAME", help="Layer of the file (zones, or the only).")
    ] = None,
    accuracy: Annotated[
        Optional[float],
        typer.Option(metavar="M", parser=number, help="For zones without accuracy_m: metres."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Overwrite zones that DIR draws already.")
    ] = False,
    lang: LangOption = Lang.zh,
    json: JsonOption = False,
) -> None:
    """Put drawn zones (columns zone, role, accuracy_m) into your overlay folder.

    Core and extent are worked out from the nominal shape and its accuracy where they are absent.
    """
    from ..exchange.overlay import import_zones
    from ..exchange.overlay_text import imported

    told = import_zones(file, to, layer=layer, accuracy_m=accuracy, replace=replace)
    print_json(told) if json else print(imported(told, lang.value))


def diff(
    old: Annotated[
        Path,
        typer.Argument(
            metavar="OLD", help="catalogue.json, overlay folder, or documents + geojson."
        ),
    ],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The same, as it is now.")],
    lang: LangOption = Lang.zh,
    json: JsonOption = False,
) -> None:
    """What changed between two catalogues, and which sources are newly affected.

    Exit status: 0 the same, 1 different, 2 bad input.
    """
    from ..diff import compare as differences
    from ..diff.text import to_text

    told = differences.compare(differences.read_side(old), differences.read_side(new))
    print_json(told) if json else print(to_text(told, lang.value))
    if not told["same"]:
        raise typer.Exit(DIFFERENT)


def register(app: Any) -> None:
    """Add the commands to the application."""
    app.command(
        "export",
        epilog="Example: zonerules export -o zones.gpkg --kind zones",
        no_args_is_help=True,
    )(export)
    overlay = typer.Typer(help="Your own shapes over the catalogue's.", no_args_is_help=True)
    overlay.command(
        "add",
        epilog="Example: zonerules overlay add drawn.gpkg --to my-zones",
        no_args_is_help=True,
    )(add)
    app.add_typer(overlay, name="overlay")
    app.command(
        "diff",
        epilog="Example: zonerules diff last-year/catalogue.json my-zones --lang en",
        no_args_is_help=True,
    )(diff)
