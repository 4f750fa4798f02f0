"""Open the catalogue and ask it: the Python face that command line, dock and scripts share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..layers.catalogue.load import load
from ..layers.point import Zones, prepare
from ..rules.model import Book
from . import answer as answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
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
        crs: str | None = None,
        accuracy_m: float | None = None,
        date: str | None = None,
        alert: str | None = None,
        activity: str | None = None,
        facts: answers.Facts = None,
        radius_km: float | None = None,
        all_rules: bool = False,
    ) -> dict[str, Any]:
        """Which rules bind at a point: the JSON of `zonerules at` as a dict.

        `lon`, `lat` in degrees of `datum` (WGS84 unless said), or easting and northing in metres of
        a Gauss-Krüger grid of CGCS2000 that `datum` or `crs` names (EPSG:4491 to 4554), which the
        answer has in degrees of cgcs2000; `date` YYYY-MM-DD, `today`, `last`
        or `last:<document>`; `facts` a mapping or KEY=VALUE strings, where zone.<id>, season.<id>,
        force.<id> and rule.<id> may be asserted too. Raises answers.BadInput.
        """
        if crs is not None or str(datum or "")[:5].upper() == "EPSG:":
            from .projected import degrees

            lon, lat, datum = degrees(lon, lat, datum, crs)
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

    def check(
        self,
        frame: Any,
        *,
        activity: str | Iterable[str] | None = None,
        date: object = None,
        alert: str | None = None,
        facts: answers.Facts = None,
        accuracy_m: float | str | None = None,
        date_column: object = None,
        alert_column: object = None,
        fact_columns: Mapping[str, object] | None = None,
        address_col: object = None,
        within: str | None = None,
        stated_county: bool = True,
        geocoder: str | None = None,
        datum: str | None = None,
        distance: bool = False,
        lang: str = "zh",
    ) -> Any:
        """Every row of a GeoDataFrame of points answered, as `zonerules check` answers a file.

        Returns a copy with the same index, rows and columns, and the columns zr_…: zr_distance_m
        in metres (NaN where there is none), the others texts (None where there is nothing). What
        is wrong with a row, such as a shape that is no point, is told in its zr_error. A column
        that is already called like one of them gets another name, with a warning; another warns of
        coordinates that look like something else.

        Places are those of the active geometry, in its CRS, which there must be; `datum` says what
        its degrees really are (gcj02, bd09, unknown …), or what those without a CRS are.
        `accuracy_m` is a number of metres or the name of a column; `date_column`, `alert_column`
        and `fact_columns` (key: column) come before `date`, `alert` and `facts`, which are those of
        `at`; an empty cell is not known. Several activities have a zr_verdict_… each.
        `address_col`: rows without a shape take the place of their address, told in zr_place, and
        the others are held against it; then a DataFrame without shapes will do. `within`: the city
        or county of addresses that state none; `stated_county`: whether a row is in the county that
        its address states where the map leaves it open; `geocoder`: tianditu, amap or baidu, which
        the addresses are then sent to, with the user's key.
        `distance`: zr_distance_m also beyond 1 km of a boundary; `lang`: of the words, zh or en.
        Needs geopandas. Raises answers.BadInput.

        >>> firms = geopandas.read_file("firms.gpkg")
        >>> answered = zonerules.open().check(
        ...     firms,
        ...     activity="operate-non-road-machinery",
        ...     date="2017-11-20",
        ...     fact_columns={"machine.stage": "stage"},
        ... )
        >>> answered.loc[answered["zr_verdict"] == "prohibited", ["name", "zr_rules"]]
        """
        from .table.frame import check

        return check(
            self,
            frame,
            activity=activity,
            date=date,
            alert=alert,
            facts=facts,
            accuracy_m=accuracy_m,
            date_column=date_column,
            alert_column=alert_column,
            fact_columns=fact_columns,
            address_col=address_col,
            within=within,
            stated=stated_county,
            geocoder=geocoder,
            datum=datum,
            distance=distance,
            lang=lang,
        )

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
