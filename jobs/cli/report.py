"""`zonerules report`: the extract for one place, or for every row of a table."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from ...rules.messages import Line, in_language
from ..answer import BadInput, Query
from ..present import printable
from ..projected import Degrees, degrees
from ..told import bad_input
from . import options
from .frame import (
    FAILED_LAYERS,
    DataOption,
    Interrupted,
    Lang,
    LangOption,
    number,
    open_catalogue,
    pairs,
    row_progress,
)
from .options import need_addresses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..open import Catalogue
    from ..report.many import Many

EXAMPLE = (
    "Examples: zonerules report 113.69 34.735 --date 2017-11-20 -o extract.pdf   ·   "
    "zonerules report --table firms.csv --datum gcj02 --activity operate-boiler -o book.pdf"
)
FORMS = {".html": "html", ".htm": "html", ".pdf": "pdf", ".json": "json"}
_ROWS = re.compile(r"^(\d+)?-(\d+)?$|^(\d+)$", re.ASCII)


def report(
    lon: Annotated[
        Optional[float],
        typer.Argument(metavar="LON", parser=number, help="Longitude in degrees, or easting."),
    ] = None,
    lat: Annotated[
        Optional[float],
        typer.Argument(metavar="LAT", parser=number, help="Latitude in degrees, or northing."),
    ] = None,
    output: Annotated[
        Optional[Path],
        typer.Option(
            "-o", "--out", metavar="OUT", help=".pdf, .html or .json; for a table a folder too."
        ),
    ] = None,
    datum: Annotated[
        Optional[str],
        typer.Option(
            metavar="DATUM",
            help="wgs84 (default), cgcs2000, gcj02, bd09 or unknown; a table must say which.",
        ),
    ] = None,
    accuracy: options.Accuracy = None,
    date: options.Day = None,
    alert: options.Alert = None,
    activity: options.Activity = None,
    fact: options.Facts = None,
    radius: options.Radius = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every rule of every document here, duties of government.")
    ] = False,
    name: Annotated[
        Optional[str], typer.Option(metavar="TEXT", help="What the place is called.")
    ] = None,
    font: Annotated[
        Optional[Path],
        typer.Option(metavar="FILE", help="Chinese font of a PDF (else the first of the machine)."),
    ] = None,
    table: Annotated[
        Optional[Path],
        typer.Option(metavar="FILE", help="A table of places: one extract for each row."),
    ] = None,
    form: Annotated[
        Optional[str], typer.Option("--format", metavar="FORM", help="Of the files in a folder.")
    ] = None,
    rows: Annotated[
        Optional[str], typer.Option(metavar="FROM-TO", help="Rows of the table, from 1.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Keep the finished files of an interrupted folder.")
    ] = False,
    lon_col: Annotated[
        Optional[str], typer.Option("--lon", metavar="COL", help="Column of the longitude.")
    ] = None,
    lat_col: Annotated[
        Optional[str], typer.Option("--lat", metavar="COL", help="Column of the latitude.")
    ] = None,
    place_col: options.PlaceColumn = None,
    name_col: options.NameColumn = None,
    address_col: options.AddressColumn = None,
    within: options.Within = None,
    stated_county: options.StatedCounty = True,
    geocoder: options.Geocoder = None,
    accuracy_col: options.AccuracyColumn = None,
    date_col: options.DayColumn = None,
    alert_col: options.AlertColumn = None,
    fact_col: options.FactColumns = None,
    crs: options.Crs = None,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    layer: options.TableLayer = None,
    lang: LangOption = Lang.zh,
    data: DataOption = None,
) -> None:
    """The extract for a place: what concerns it, what cannot be told, its map, years and sources.

    No official document. The same question gives the same bytes but for the time that is stated,
    which SOURCE_DATE_EPOCH can set. With --table an extract for each row: a folder, or one .pdf or
    .html with a table of contents.
    """
    if output is None:
        raise BadInput(
            Line(
                "-o is required: zonerules report LON LAT -o extract.pdf",
                "缺少 -o：zonerules report 经度 纬度 -o 查询单.pdf",
            )
        )
    if (table is None) == (lon is None or lat is None):
        raise BadInput(
            Line("expected LON and LAT, or --table FILE", "应给出经度和纬度，或 --table 文件")
        )
    only = "only with --table", "只与 --table 一起用"
    if table is None:
        _refuse(
            *only,
            {
                "--format": form,
                "--rows": rows,
                "--resume": resume,
                "--lon": lon_col,
                "--lat": lat_col,
                "--place-col": place_col,
                "--name-col": name_col,
                "--address-col": address_col,
                "--within": within,
                "--no-stated-county": not stated_county,
                "--geocoder": geocoder,
                "--accuracy-col": accuracy_col,
                "--date-col": date_col,
                "--alert-col": alert_col,
                "--fact-col": fact_col,
                "--encoding": encoding,
                "--delimiter": delimiter,
                "--layer": layer,
            },
        )
    else:
        told = "of one place; a table has --name-col", "只用于单个地点，表格请用 --name-col"
        _refuse(*told, {"--name": name})
        need_addresses(address_col, within=within, geocoder=geocoder, stated=stated_county)
    catalogue = open_catalogue(data)
    if lon is not None and lat is not None:
        place = Degrees(lon, lat, datum)
        if crs is not None or (datum or "")[:5].upper() == "EPSG:":
            place = degrees(lon, lat, datum, crs)
        asked = Query(
            lon=place.lon,
            lat=place.lat,
            datum=place.datum,
            accuracy_m=accuracy,
            date=date,
            alert=alert,
            activity=activity,
            facts=fact,
            radius_km=radius,
            all_rules=every,
        )
        _one(catalogue, asked, output, lang.value, name or "", every, font)
    elif table is not None:
        from ..report.many import MOST, MOST_IN_BOOK, Many, Task

        first, last = _span(rows)
        task = Task(
            source=table,
            given={
                "lon": lon_col,
                "lat": lat_col,
                "place": place_col,
                "name": name_col,
                "address": address_col,
                "accuracy": accuracy_col,
                "date": date_col,
                "alert": alert_col,
            },
            fact_columns=pairs("--fact-col", fact_col, "KEY=COLUMN"),
            facts=pairs("--fact", fact, "KEY=VALUE"),
            activity=activity,
            datum=datum,
            crs=crs,
            accuracy_m=10.0 if accuracy is None else accuracy,
            date=date,
            alert=alert,
            radius_km=radius,
            everything=every,
            encoding=encoding,
            delimiter={"\\t": "\t", "tab": "\t"}.get(delimiter or "", delimiter),
            layer=layer,
            within=within,
            geocoder=geocoder,
            stated=stated_county,
            first=first,
            last=last,
            lang=lang.value,
        )
        book = output.suffix.lower() in FORMS
        if resume and book:
            raise BadInput(
                Line(
                    f"--resume: only with a folder; {output.name} is one book",
                    f"--resume：只用于文件夹，{output.name} 是一本汇编",
                )
            )
        many = Many(catalogue, task, MOST_IN_BOOK if book else MOST)
        _many(many, output, form or "pdf", font, resume)
    if catalogue.data.get("failed"):
        for entry in catalogue.data["failed"]:
            print(f"zonerules: {entry['layer']}: {entry['error']}", file=sys.stderr)
        raise typer.Exit(FAILED_LAYERS)


def _refuse(why: str, chinese: str, options: Mapping[str, object]) -> None:
    """Refuse the first of some options that was given, by its name."""
    for option, given in options.items():
        if given not in (None, False):
            raise bad_input(option, why, chinese)


def _one(
    catalogue: Catalogue,
    asked: Query,
    output: Path,
    lang: str,
    name: str,
    everything: bool,
    font: Path | None,
) -> None:
    """Write the extract of one place and say where it is."""
    from ...layers.catalogue.store import write_bytes
    from ..report import extract
    from ..report.write import writer

    form = FORMS.get(output.suffix.lower())
    if form is None:
        raise BadInput(
            Line(
                f"-o {output.name}: expected .pdf, .html or .json",
                f"-o {output.name}：应为 .pdf、.html 或 .json",
            )
        )
    made = extract(catalogue, asked, lang=lang, name=name, everything=everything)
    write_bytes(output, writer(form, font)([made]))
    print(f"{output} {made.number}")


def _many(many: Many, output: Path, form: str, font: Path | None, resume: bool) -> None:
    """Write a folder or a book; say which rows have no extract, or not all of it."""
    for line in many.told():
        print(printable(line), flush=True)
    book = FORMS.get(output.suffix.lower())
    if book is None and form not in FORMS.values():
        raise BadInput(
            Line(
                f"--format {form}: expected pdf, html or json",
                f"--format {form}：应为 pdf、html 或 json",
            )
        )
    if book is None and output.is_file():
        raise BadInput(
            Line(
                f"-o {output.name}: expected a folder, or a .pdf, .html or .json file",
                f"-o {output.name}：应为文件夹，或 .pdf、.html、.json 文件",
            )
        )
    try:
        with row_progress() as progress:
            if book:
                rows = many.book(output, book, font, progress)
            else:
                rows = many.folder(output, form, font, progress, resume=resume)
    except KeyboardInterrupt:
        left = _left(output, book is not None)
        raise Interrupted(in_language(left, many.task.lang)) from None
    failed = 0
    for row in rows:
        if row.fault:
            failed += row.extract is None
            print(printable(f"{row.row} {row.name}: {row.fault}"), file=sys.stderr)
    print(f"{output} {len(rows) - failed}/{len(rows)}")


def _left(output: Path, book: bool) -> Line:
    """What an interrupt leaves."""
    if book:
        return Line(
            f"interrupted; no {output.name} was written",
            f"已中断，没有写出 {output.name}",
        )
    return Line(
        "interrupted; finished files are kept, go on with --resume",
        "已中断，已完成的文件保留，可用 --resume 接着做",
    )


def _span(rows: str | None) -> tuple[int, int | None]:
    """First and last row of FROM-TO, FROM-, -TO or one number."""
    if rows is None:
        return 1, None
    found = _ROWS.match(rows.strip().replace("\u2212", "-"))
    if found is None or rows.strip() == "-":
        raise BadInput(_wrong_rows(rows))
    if found[3]:
        return int(found[3]), int(found[3])
    first, last = int(found[1] or 1), int(found[2]) if found[2] else None
    if first < 1 or (last is not None and last < first):
        raise BadInput(_wrong_rows(rows))
    return first, last


def _wrong_rows(rows: str) -> Line:
    return Line(
        f"--rows {rows}: expected FROM-TO, as 1-200", f"--rows {rows}：应为 起-止，如 1-200"
    )


def register(app: Any) -> None:
    """Add the command to the application."""
    app.command("report", epilog=EXAMPLE, no_args_is_help=True)(report)
