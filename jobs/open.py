"""Open the catalogue and ask it: the Python face that command line, dock and scripts share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..layers.catalogue.load import load
from ..layers.point import Zones, prepare
from ..rules.model import Book
from . import answer as answers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Catalogue:
    """A loaded catalogue; build once, ask often."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.located: Zones = prepare(data)
        self.book = Book(data)

    def at(
        self,
        lon: float,
        lat: float,
        *,
        datum: str | None = None,
        accuracy_m: float | None = None,
        date: str | None = None,
        alert: str | None = None,
        activity: str | None = None,
        facts: answers.Facts = None,
        radius_km: float | None = None,
        all_rules: bool = False,
    ) -> dict[str, Any]:
        """Which rules bind at a point: the JSON of `zonerules at` as a dict.

        `lon`, `lat` in degrees of `datum` (WGS84 unless said); `date` YYYY-MM-DD, `today`, `last`
        or `last:<document>`; `facts` a mapping or KEY=VALUE strings, where zone.<id>, season.<id>,
        force.<id> and rule.<id> may be asserted too. Raises answers.BadInput.
        """
        query = answers.Query(
            lon=lon,
            lat=lat,
            datum=datum,
            accuracy_m=accuracy_m,
            date=None if date is None else str(date),
            alert=alert,
            activity=activity,
            facts=facts,
            radius_km=radius_km,
            all_rules=all_rules,
        )
        return answers.answer(self.data, self.located, self.book, query)

    def shape(
        self,
        geojson: Mapping[str, Any],
        *,
        datum: str | None = None,
        accuracy_m: float | None = None,
        date: str | None = None,
        alert: str | None = None,
        activity: str | None = None,
        facts: answers.Facts = None,
    ) -> dict[str, Any]:
        """Which rules bind in a polygon or along a line: JSON of schema zonerules/shape/1.

        `geojson`: a geometry, feature or collection of polygons or of lines, in degrees of `datum`;
        `accuracy_m` of its boundary; the rest as in `at`. Needs shapely. Raises answers.BadInput.
        """
        from ..layers.planar import Planar
        from .shape import ask as shapes

        query = shapes.ShapeQuery(
            datum=datum,
            accuracy_m=accuracy_m,
            date=None if date is None else str(date),
            alert=alert,
            activity=activity,
            facts=facts,
        )
        pieces = shapes.pieces_of(self.data, geojson, Planar(), query)
        return shapes.answer(self.data, self.book, pieces, query)

    def zones(self) -> list[Mapping[str, Any]]:
        """Every zone record, in the catalogue's order."""
        return list(self.data["zones"].values())

    def sources(self) -> list[Mapping[str, Any]]:
        """Every source record, in the catalogue's order."""
        return list(self.data["sources"])


def open(data: str | Path | None = None) -> Catalogue:
    """Open the shipped catalogue, with the overlay folder `data` (else ZONERULES_DATA) merged in.

    Raises layers.catalogue CatalogueError when nothing can be read at all.
    """
    return Catalogue(load(data, golden=False))
