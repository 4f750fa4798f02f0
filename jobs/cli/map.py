"""`zonerules map`: the web map, one file that answers in a browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from ..answer import BadInput, iso_day
from .frame import DataOption, Lang, LangOption

EXAMPLE = (
    "Examples: zonerules map -o map.html --offline   ·   "
    "zonerules map -o firms.html --enterprises checked.csv --datum gcj02"
)

KEY_INSIDE = {
    "zh": "注意：{} 里写有天地图密钥，谁拿到文件谁就有密钥。",
    "en": "Note: {} holds your Tianditu key; whoever gets the file gets the key.",
}


def map_(
    output: Annotated[
        Optional[Path], typer.Option("-o", "--out", metavar="OUT", help="The HTML file.")
    ] = None,
    enterprises: Annotated[
        Optional[Path],
        typer.Option(metavar="FILE", help="A table that `zonerules check` answered."),
    ] = None,
    datum: Annotated[
        Optional[str],
        typer.Option(metavar="DATUM", help="Of that table: wgs84, cgcs2000, gcj02, bd09, unknown."),
    ] = None,
    activity: Annotated[
        Optional[str],
        typer.Option(metavar="ID", help="Whose verdict colours the enterprises."),
    ] = None,
    document: Annotated[
        Optional[list[str]],
        typer.Option(metavar="ID", help="Only this document; may be repeated."),
    ] = None,
    date: Annotated[
        Optional[str],
        typer.Option(metavar="DAY", help="YYYY-MM-DD at which it opens; the day of opening else."),
    ] = None,
    title: Annotated[Optional[str], typer.Option(metavar="TEXT", help="Of the page.")] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="No base map: the file never asks the network.")
    ] = False,
    assets: Annotated[
        Optional[Path],
        typer.Option(metavar="DIR", help="Folder with the libraries, where npm cannot fetch them."),
    ] = None,
    tianditu_key_env: Annotated[
        Optional[str],
        typer.Option(
            metavar="NAME",
            help="Variable with your Tianditu key; whoever gets the file gets the key.",
        ),
    ] = None,
    tiles: Annotated[
        Optional[str],
        typer.Option(metavar="URL", help="Your own tile server: http://host/{z}/{x}/{y}.png"),
    ] = None,
    golden: Annotated[
        bool, typer.Option("--golden", help="All golden cases for the self-test, not a sample.")
    ] = False,
    lang: LangOption = Lang.zh,
    data: DataOption = None,
) -> None:
    """One HTML file that answers: zones, sources, enterprises, and the rules at every click.

    The answers are worked out in the browser, from the catalogue in the file; nothing is sent
    anywhere. Its libraries are fetched once with npm, or come with a release.
    """
    from ...layers.catalogue.load import load
    from ...layers.catalogue.store import write_bytes
    from ..webmap.firms import firms
    from ..webmap.page import Wish, webmap

    if output is None:
        raise BadInput("-o is required: zonerules map -o map.html")
    if output.suffix.lower() not in (".html", ".htm"):
        raise BadInput(f"-o {output.name}: expected .html")
    if date is not None:
        try:
            iso_day(date)
        except ValueError:
            raise BadInput(f"--date {date}: expected YYYY-MM-DD") from None
    key = None
    if tianditu_key_env is not None:
        key = os.environ.get(tianditu_key_env)
        if not key:
            raise BadInput(f"--tianditu-key-env {tianditu_key_env}: the variable is not set")
        if offline:
            raise BadInput("--offline and --tianditu-key-env exclude each other")
    if tiles is not None and offline:
        raise BadInput("--offline and --tiles exclude each other")
    folder = data or (Path(text) if (text := os.environ.get("ZONERULES_DATA")) else None)
    if folder is not None and not folder.is_dir():
        raise BadInput(f"--data {folder}: no such folder")
    rows = [] if enterprises is None else firms(enterprises, datum=datum, activity=activity)
    wish = Wish(
        lang=lang.value,
        title=title,
        date=date,
        documents=document or (),
        firms=rows,
        golden=golden,
        offline=offline,
        tianditu_key=key,
        tiles=tiles,
        assets=assets,
    )
    page = webmap(load(folder, golden=True), wish).encode("utf-8")
    write_bytes(output, page)
    print(f"{output} {len(page) / 1e6:.1f} MB")
    if key is not None:
        print(KEY_INSIDE[lang.value].format(output.name), file=sys.stderr)


def register(app: Any) -> None:
    """Add the command to the application."""
    app.command("map", epilog=EXAMPLE, no_args_is_help=True)(map_)
