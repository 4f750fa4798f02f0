"""`zonerules map`: the web map, one file that answers in a browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from ...rules.messages import Line, in_language
from ..answer import BadInput, iso_day
from ..told import bad_input
from . import options
from .frame import DataOption, Lang, LangOption

if TYPE_CHECKING:
    from ..webmap.firms import Coloured

EXAMPLE = (
    "Examples: zonerules map -o map.html --offline   ·   "
    "zonerules map -o firms.html --enterprises checked.csv --datum gcj02"
)

KEY_INSIDE = {
    "zh": "注意：{} 里写有天地图密钥，谁拿到文件谁就有密钥。",
    "en": "Note: {} holds your Tianditu key; whoever gets the file gets the key.",
}

FIRMS = {
    "zh": "企业：上图 {} 家，没有位置 {} 家（在页内列出并写明原因）",
    "en": "Enterprises: {} on the map, {} without a place (listed in it with the reason)",
}

ASKED_AS = Line(
    "Note: the page asks enterprises again with ±10 m (710 m with --datum unknown); what the check "
    "was told must be told here, too: --accuracy, --accuracy-col, --datum unknown",
    "提示：页面按 ±10 米（--datum unknown 为 710 米）重新查询企业；检查时用了别的误差、"
    "或坐标系不明的，这里也要写：--accuracy、--accuracy-col、--datum unknown",
)


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
        typer.Option(
            metavar="DATUM",
            help="Of its columns of coordinates: wgs84, cgcs2000, gcj02, bd09, unknown; a file of "
            "points with a CRS needs none.",
        ),
    ] = None,
    activity: Annotated[
        Optional[str],
        typer.Option(metavar="ID", help="Whose verdict colours the enterprises."),
    ] = None,
    accuracy: options.Accuracy = None,
    accuracy_col: options.AccuracyColumn = None,
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
        raise BadInput(Line("-o is required: zonerules map -o map.html", "请用 -o 指明输出文件"))
    if output.suffix.lower() not in (".html", ".htm"):
        raise BadInput(Line(f"-o {output.name}: expected .html", f"-o {output.name}：应为 .html"))
    if not output.parent.is_dir():  # a folder nobody asked for is not made
        raise bad_input(
            f"-o {output}", f"no such folder: {output.parent}", f"没有这个文件夹：{output.parent}"
        )
    if date is not None:
        try:
            iso_day(date)
        except ValueError:
            wrong, form = f"--date {date}", "YYYY-MM-DD"
            raise BadInput(Line(f"{wrong}: expected {form}", f"{wrong}：应为 {form}")) from None
    key = _key(tianditu_key_env)
    for option, given in (("--tianditu-key-env", key), ("--tiles", tiles)):
        if offline and given is not None:
            both = Line(
                f"--offline and {option} exclude each other", f"--offline 与 {option} 不能同时使用"
            )
            raise BadInput(both)
    folder = data or (Path(text) if (text := os.environ.get("ZONERULES_DATA")) else None)
    if folder is not None and not folder.is_dir():
        raise BadInput(Line(f"--data {folder}: no such folder", f"--data {folder}：没有这个文件夹"))

    def tell(line: Line) -> None:
        print(in_language(line, lang.value), file=sys.stderr)

    rows: list[dict[str, Any]] = []
    colours: Coloured | None = None
    if enterprises is not None:
        rows, colours = firms(
            enterprises,
            datum=datum,
            activity=activity,
            accuracy_m=accuracy,
            accuracy_column=accuracy_col,
            tell=tell,
        )
        if accuracy is None and accuracy_col is None:
            tell(ASKED_AS)
    wish = Wish(
        lang=lang.value,
        title=title,
        date=date,
        documents=document or (),
        firms=rows,
        coloured=colours,
        golden=golden,
        offline=offline,
        tianditu_key=key,
        tiles=tiles,
        assets=assets,
    )
    page = webmap(load(folder, golden=True), wish).encode("utf-8")
    write_bytes(output, page)
    print(f"{output} {len(page) / 1e6:.1f} MB")
    if enterprises is not None:
        without = sum("why" in row for row in rows)
        print(FIRMS[lang.value].format(len(rows) - without, without))
    if key is not None:
        print(KEY_INSIDE[lang.value].format(output.name), file=sys.stderr)


def _key(variable: str | None) -> str | None:
    """The Tianditu key in a variable of the environment. Raises BadInput when it is not set."""
    if variable is None:
        return None
    key = os.environ.get(variable)
    if not key:
        wrong = f"--tianditu-key-env {variable}"
        raise BadInput(Line(f"{wrong}: the variable is not set", f"{wrong}：没有设置这个变量"))
    return key


def register(app: Any) -> None:
    """Add the command to the application."""
    app.command("map", epilog=EXAMPLE, no_args_is_help=True)(map_)
