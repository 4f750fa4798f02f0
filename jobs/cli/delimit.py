"""`zonerules delimit`: a boundary in words, read, and drawn on lines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from ...rules.messages import Line
from ..answer import BadInput
from ..present import printable
from .frame import DataOption, JsonOption, Lang, LangOption, number, print_json

EXAMPLE = (
    "Example: zonerules delimit 中州大道以西、南三环以北、二七路以东、金水路以南 "
    "--lines roads.gpkg -o draft.geojson --picture draft.png"
)


def delimit(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The boundary as it is printed.")],
    lines: Annotated[
        Optional[Path],
        typer.Option(metavar="FILE", help="Map layer of roads, rivers …, with their names."),
    ] = None,
    out: Annotated[
        Optional[Path],
        typer.Option("-o", "--output", metavar="FILE", help="The draft as GeoJSON."),
    ] = None,
    picture: Annotated[
        Optional[Path], typer.Option(metavar="FILE", help="A picture of it: .png .svg .pdf")
    ] = None,
    within: Annotated[
        Optional[str],
        typer.Option(
            metavar="UNIT", help="What it lies in: a unit's name or code, a zone, a polygon file."
        ),
    ] = None,
    corridor_width: Annotated[
        Optional[list[str]],
        typer.Option(
            metavar="M|NAME=M",
            help="Width of the roads, kerb to kerb, or of a corridor to each side. Repeatable.",
        ),
    ] = None,
    accuracy: Annotated[
        Optional[float],
        typer.Option(metavar="M", parser=number, help="For lines without accuracy_m (20)."),
    ] = None,
    name_column: Annotated[
        Optional[str], typer.Option(metavar="NAME", help="Column of the lines with their names.")
    ] = None,
    layer: Annotated[
        Optional[str], typer.Option(metavar="NAME", help="Layer of the file of lines.")
    ] = None,
    zone: Annotated[str, typer.Option(metavar="ID", help="Id of the drawn zone.")] = "draft-zone",
    lang: LangOption = Lang.zh,
    json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Read a boundary in words; with lines, draw it as a draft for a person to confirm.

    Every gap closed, width assumed and name matched is listed; what cannot be read or drawn is
    told and never guessed.
    """
    from ..delimit import ask
    from ..delimit.text import to_text

    if lines is None:
        for option, value in (("-o", out), ("--picture", picture), ("--within", within)):
            if value is not None:
                raise BadInput(Line(f"{option} needs --lines", f"{option} 要与 --lines 一起用"))
        told = ask.read(text).as_json()
    else:
        told = _drawn(text, lines, out, picture, zone, lang.value, {
            "layer": layer, "name_column": name_column, "corridor_width": corridor_width or [],
            "within": within, "accuracy_m": accuracy, "data": data,
        })  # fmt: skip
    if json:
        print_json(told)
    else:
        for line in to_text(told, lang.value).splitlines():
            print(printable(line))


def _drawn(
    text: str,
    lines: Path,
    out: Path | None,
    picture: Path | None,
    zone: str,
    lang: str,
    options: dict[str, Any],
) -> dict[str, Any]:
    from json import dumps

    from ..delimit import ask
    from ..exchange.export import write_text

    accuracy = options["accuracy_m"]
    if accuracy is not None and not 0 < accuracy < 1e6:
        raise BadInput(
            Line(
                f"--accuracy {accuracy:g}: expected metres above 0",
                f"--accuracy {accuracy:g}：应为大于 0 的米数",
            )
        )
    made, about = ask.draft(text, lines, **options)
    drawn = ask.features(made, lines.name, zone, ask.container(made, options["data"]))
    told = ask.report(made, about, zone)
    if out is not None and made.zones:
        write_text(out, dumps(drawn, ensure_ascii=False) + "\n")
        told["draft"]["out"] = str(out)
    if picture is not None:
        from ..delimit.picture import draw

        draw(made, picture, lang)
        told["draft"]["picture"] = str(picture)
    return told


def register(app: Any) -> None:
    """Add the command to the application."""
    app.command("delimit", epilog=EXAMPLE, no_args_is_help=True)(delimit)
