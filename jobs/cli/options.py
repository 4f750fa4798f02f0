"""Options that several commands have: each is named, typed and explained once."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from ..told import bad_input
from .frame import number

Accuracy = Annotated[
    Optional[float],
    typer.Option(metavar="M", parser=number, help="Accuracy of the place in metres (10)."),
]
Day = Annotated[
    Optional[str],
    typer.Option(metavar="DAY", help="YYYY-MM-DD, today (default), last or last:<document>."),
]
Alert = Annotated[
    Optional[str],
    typer.Option(metavar="LEVEL", help="none, blue, yellow, orange, red or unknown (default)."),
]
Activity = Annotated[Optional[str], typer.Option(metavar="ID", help="What somebody does there.")]
Facts = Annotated[
    Optional[list[str]],
    typer.Option(metavar="KEY=VALUE", help="What is known; may be repeated."),
]
Radius = Annotated[
    Optional[float],
    typer.Option(metavar="KM", parser=number, help="Sources within this radius (5)."),
]

# of a table: which column is what, and how it is read
PlaceColumn = Annotated[
    Optional[str], typer.Option(metavar="COL", help="Column with both: 113.69, 34.735")
]
NameColumn = Annotated[Optional[str], typer.Option(metavar="COL", help="Column of names.")]
AddressColumn = Annotated[
    Optional[str],
    typer.Option(metavar="COL", help="Column of addresses, for rows without coordinates."),
]
Within = Annotated[
    Optional[str],
    typer.Option(metavar="NAME", help="City or county of addresses that state none."),
]
StatedCounty = Annotated[
    bool,
    typer.Option(
        "--stated-county/--no-stated-county",
        help="Whether a row is in the county that its address states, where the map is open.",
    ),
]
Geocoder = Annotated[
    Optional[str],
    typer.Option(
        metavar="NAME",
        help="Send the addresses to a service: tianditu, amap or baidu, with your own key.",
    ),
]
AccuracyColumn = Annotated[
    Optional[str], typer.Option(metavar="COL", help="Column of the accuracy in metres.")
]
DayColumn = Annotated[Optional[str], typer.Option(metavar="COL", help="Column of days.")]
AlertColumn = Annotated[Optional[str], typer.Option(metavar="COL", help="Column of alert levels.")]
FactColumns = Annotated[
    Optional[list[str]],
    typer.Option(metavar="KEY=COL", help="Column of a fact; may be repeated."),
]
Crs = Annotated[Optional[str], typer.Option(metavar="EPSG:N", help="CRS of projected coordinates.")]
Encoding = Annotated[
    Optional[str], typer.Option(metavar="NAME", help="Of a text table (looked at) or a Shapefile.")
]
Delimiter = Annotated[
    Optional[str], typer.Option(metavar="CHAR", help="Of a text table (looked at).")
]
TableLayer = Annotated[
    Optional[str], typer.Option(metavar="NAME", help="Layer or sheet (the first).")
]


def need_addresses(
    address_col: str | None, *, within: str | None, geocoder: str | None, stated: bool
) -> None:
    """Refuse what is said of addresses where no column of them is named. Raises BadInput."""
    if address_col is not None:
        return
    given = {"--within": within, "--geocoder": geocoder, "--no-stated-county": not stated or None}
    for option, value in given.items():
        if value is not None:
            raise bad_input(option, "only with --address-col", "只与 --address-col 一起用")
