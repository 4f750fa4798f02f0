"""`zonerules at`: which rules bind at a point."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from ..digest import digest
from ..present import to_text, zones_once
from . import options
from .frame import (
    FAILED_LAYERS,
    DataOption,
    JsonOption,
    Lang,
    LangOption,
    number,
    open_catalogue,
    print_json,
)

EXAMPLE = (
    "Example: zonerules at 113.69 34.735 --date 2017-11-20 "
    "--activity operate-non-road-machinery --fact machine.stage=1"
)


def at(
    lon: Annotated[
        float,
        typer.Argument(metavar="LON", parser=number, help="Longitude in degrees, or easting."),
    ],
    lat: Annotated[
        float,
        typer.Argument(metavar="LAT", parser=number, help="Latitude in degrees, or northing."),
    ],
    datum: Annotated[
        Optional[str],
        typer.Option(
            metavar="DATUM",
            help="wgs84 (default), cgcs2000, gcj02, bd09, unknown, or the grid of metres: "
            "EPSG:4491 … EPSG:4554.",
        ),
    ] = None,
    crs: Annotated[
        Optional[str],
        typer.Option(metavar="EPSG:N", help="The same as --datum EPSG:N, as for tables."),
    ] = None,
    accuracy: options.Accuracy = None,
    date: options.Day = None,
    alert: options.Alert = None,
    activity: options.Activity = None,
    fact: options.Facts = None,
    radius: options.Radius = None,
    geojson: Annotated[
        Optional[Path],
        typer.Option(metavar="FILE", help="Also write the point and its zones as GeoJSON."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every rule of every document here, with all reasons.")
    ] = False,
    lang: LangOption = Lang.zh,
    json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Which documented rules bind at a point, on a day, for an activity."""
    catalogue = open_catalogue(data)
    answer = catalogue.at(
        lon,
        lat,
        datum=datum,
        crs=crs,
        accuracy_m=accuracy,
        date=date,
        alert=alert,
        activity=activity,
        facts=fact,
        radius_km=radius,
        all_rules=every,
    )
    if geojson is not None:
        from ..exchange.export import write_point

        write_point(geojson, answer, catalogue.data)
    if json:
        print_json(answer)
    else:
        told = zones_once(answer, catalogue.data["zones"])
        blocks = digest(told, catalogue.book, lang.value, everything=every)
        print(to_text(blocks, columns=_columns(), detail=every or activity is not None))
    if answer["coverage"]["failed"]:
        raise typer.Exit(FAILED_LAYERS)


def _columns() -> int:
    return max(shutil.get_terminal_size((100, 40)).columns, 40)


def register(app: Any) -> None:
    """Add the command to the application."""
    app.command("at", epilog=EXAMPLE, no_args_is_help=True)(at)
