"""What the units of an address leave possible, and the units themselves as places.

An address that names a county is never answered with a place in another: see resolve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...rules.messages import Line
from .discs import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...layers.gazetteer import Gazetteer, Unit
    from .reading import Address

__all__ = ["CANDIDATES", "FAR_M", "Units"]

CANDIDATES = 5
FAR_M = 500.0  # so far from a place in a county the next county may begin


class Units:
    """One address on its way to candidates: its province, city, county and development zone."""

    def __init__(self, address: Address, gazetteer: Gazetteer) -> None:
        self.address, self.book = address, gazetteer
        self.county = address.unit("county")
        self.zone = address.unit("zone")
        self.found: list[Candidate] = []
        self.elsewhere: list[Candidate] = []
        self.review: list[Line] = []
        self.mismatch = False
        self.guess = ""
        self.astray = False
        """Whether the place may be outside of the stated county, whatever is stated."""
        self.away_m = 0.0
        self.away: list[Candidate] | None = None
        """Places a long way from what was named: then no town or county is one."""

    def _tell(self, en: str, zh: str) -> None:
        self.review.append(Line(en, zh))

    # -- which counties ---------------------------------------------------------------------------

    def _allowed(self, counties: Iterable[str]) -> list[str]:
        """Those of these counties that the stated units leave possible."""
        return [code for code in counties if self._may_be(code)]

    def _may_be(self, code: str) -> bool:
        if self.county is not None:
            return code == self.county.code
        if self.zone is not None:
            return code in self.zone.members
        for kind, digits in (("city", 4), ("province", 2)):
            unit = self.address.unit(kind)
            if unit is not None:
                return code[:digits] == unit.code[:digits]
        return True

    def _county(self, codes: Sequence[str]) -> tuple[str | None, str | None]:
        """Name and code of the county if there is just one."""
        if self.county is not None and self.county.code in codes:
            return self.county.name, self.county.code
        if len(codes) != 1:
            return None, None
        unit = self.book.units.get(f"county:{codes[0]}")
        return (unit.name, unit.code) if unit else (None, None)

    def _trust(self) -> float:
        """How far the stated units bear out what else is found."""
        if self.county is not None:
            return 0.8 if self.address.short else 1.0
        return 0.85 if self.zone or self.address.unit("city") else 0.6

    def _add(
        self,
        disc: tuple[float, float, float],
        level: str,
        sure: float,
        matched: str,
        counties: Sequence[str],
        walked: float = 0.0,
    ) -> None:
        """A place that may lie in these counties; if none of them is possible, elsewhere.

        `walked`: metres from what is in them.
        """
        allowed = self._allowed(counties)
        lon, lat, radius = disc
        if allowed:
            name, code = self._county(allowed)
            if walked > FAR_M:
                name, code = None, None
            sure *= self._trust()
            place = Candidate(lon, lat, radius, level, sure, matched, name, code)
            self.found.append(place)
            if walked > FAR_M:
                self.astray, self.away = True, [*(self.away or ()), place]
                self.away_m = max(self.away_m, walked)
            return
        name, code = self._county(counties)
        self.elsewhere.append(Candidate(lon, lat, radius, level, sure / 2, matched, name, code))

    # -- units ------------------------------------------------------------------------------------

    def _units(self) -> None:
        """The stated units themselves, the smallest: a disc that covers it."""
        address = self.address
        unit = self.county or self.zone or address.unit("city") or address.unit("province")
        if address.open_units:
            self._open(address.open_units)
        if unit is None:
            if self.found and not address.hedges:
                self._tell("no county or city is stated", "没有写明县（区）、市")
            return
        matched = unit.name + (self.guess if self.county else "")
        level = "county" if unit.kind in ("county", "zone") else "city"
        codes = [unit.code] if unit.kind == "county" else []
        if unit.kind == "zone":
            codes = list(unit.members)
            names = "、".join(
                found.name for code in codes if (found := self.book.units.get(f"county:{code}"))
            )
            self._tell(
                f"{unit.name} is no county; it lies in {names}",
                f"{unit.name}不是县级行政区，位于{names}",
            )
        if address.short and not self.found:  # a town or village of it would bear it out
            self._tell(f"taken for {unit.name}", f"按{unit.name}理解")
        name, code = (unit.name, unit.code) if unit.kind == "county" else self._county(codes)
        sure = 0.95 if unit.kind in ("county", "city") else 0.8
        sure *= 0.6 if address.short else 1.0
        disc = (unit.lon, unit.lat, unit.radius_m)
        self.found.append(Candidate(*disc, level, sure, matched, name, code))
        if unit.kind == "province":
            self._tell("only the province is known", "只写明了省份")

    def _open(self, units: Sequence[Unit]) -> None:
        """Several counties of one name between which nothing decides."""
        names = "、".join(
            "".join(large.name for large in reversed(self.book.lineage(unit.code)[:1])) + unit.name
            for unit in units
        )
        self._tell(f"which one of {names}?", f"有多个同名：{names}，请写明所属市")
        for unit in units[:CANDIDATES]:
            if unit.kind == "county":
                disc = (unit.lon, unit.lat, unit.radius_m)
                sure = 0.5 / len(units)
                self.found.append(Candidate(*disc, "county", sure, unit.name, unit.name, unit.code))

    def _others(self) -> None:
        """Units that contradict those stated before them."""
        for unit in self.address.others:
            stated = self.county or self.address.units[-1]
            if unit.kind == "county":
                disc = (unit.lon, unit.lat, unit.radius_m)
                self.elsewhere.append(
                    Candidate(*disc, "county", 0.4, unit.name, unit.name, unit.code)
                )
            self.mismatch = True
            self._tell(
                f"{stated.name} and {unit.name} do not belong together",
                f"{stated.name}与{unit.name}互不相属",
            )
