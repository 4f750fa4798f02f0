"""`zonerules zones`, `sources` and `targets`: what the catalogue holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from ..find import listing
from .frame import DataOption, JsonOption, Lang, LangOption, number, open_catalogue, print_json


def zones(
    document: Annotated[
        Optional[str], typer.Option(metavar="ID", help="Only zones of this document.")
    ] = None,
    kind: Annotated[Optional[str], typer.Option(metavar="KIND", help="Only this kind.")] = None,
    basis: Annotated[
        Optional[str],
        typer.Option(metavar="BASIS", help="Only this basis, e.g. documented_boundary, unmapped."),
    ] = None,
    lang: LangOption = Lang.zh,
    json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """The zones of the catalogue: what they are, how they are drawn, from which article."""
    catalogue = open_catalogue(data)
    rows = listing.zone_list(catalogue.data, document=document, kind=kind, basis=basis)
    if json:
        print_json(rows)
    else:
        print(listing.table(rows, ("id", "name", "kind", "basis", "within", "cite"), lang.value))
        print(listing.zone_totals(rows, lang.value))


def sources(
    within: Annotated[
        Optional[str], typer.Option(metavar="ZONE", help="Only sources inside this zone.")
    ] = None,
    near: Annotated[
        Optional[tuple[str, str]],
        typer.Option(metavar="LON LAT", help="Only sources near this point (WGS84)."),
    ] = None,
    radius: Annotated[
        Optional[float],
        typer.Option(metavar="KM", parser=number, help="Radius around --near (5 km)."),
    ] = None,
    kind: Annotated[Optional[str], typer.Option(metavar="KIND", help="Only this kind.")] = None,
    as_of: Annotated[
        Optional[str], typer.Option(metavar="DAY", help="Status on this day, YYYY-MM-DD.")
    ] = None,
    lang: LangOption = Lang.zh,
    json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """The mapped and unmapped sources (mines, plants, boilers, stations) of the catalogue."""
    catalogue = open_catalogue(data)
    point = (number(near[0]), number(near[1])) if near else None
    result = listing.source_list(
        catalogue, within=within, near=point, radius_km=radius, kind=kind, as_of=as_of
    )
    if json:
        print_json(result)
    else:
        names = ("id", "name", "kind", "county", "location", "distance_m", "clauses")
        print(listing.table(result["sources"], names, lang.value))
        print(listing.source_totals(result, lang.value))


def targets(
    document: Annotated[
        Optional[str], typer.Option(metavar="ID", help="Only targets of this document.")
    ] = None,
    zone: Annotated[Optional[str], typer.Option(metavar="ZONE", help="Only this zone.")] = None,
    quantity: Annotated[
        Optional[str], typer.Option(metavar="NAME", help="Only this quantity, e.g. pm25_mean.")
    ] = None,
    plot: Annotated[
        Optional[Path],
        typer.Option(metavar="FILE.png", help="Draw the monthly targets into an image."),
    ] = None,
    lang: LangOption = Lang.zh,
    json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """The figures the documents aim at, with the place and period of each."""
    from ..find import targets as figures

    catalogue = open_catalogue(data)
    rows = figures.target_list(catalogue.data, document=document, zone=zone, quantity=quantity)
    if plot is not None:
        figures.plot(rows, plot, lang.value)
    if json:
        print_json(rows)
    elif plot is None:
        names = ("zone_name", "what", "relation", "value", "unit", "from", "until", "cite", "note")
        print(listing.table(rows, names, lang.value))


def register(app: Any) -> None:
    """Add the commands to the application."""
    app.command("zones", epilog="Example: zonerules zones --basis unmapped")(zones)
    app.command(
        "targets", epilog="Example: zonerules targets --quantity pm25_mean --plot pm25.png"
    )(targets)
    app.command(
        "sources", epilog="Example: zonerules sources --near 113.67 34.73 --radius 10 --json"
    )(sources)
