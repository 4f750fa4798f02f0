"""An address that names a unit and does not put its place into it: what is left to be known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .discs import Candidate
from .units import Units

if TYPE_CHECKING:
    from ...layers.gazetteer import Town, Unit
    from .hedges import Hedge

__all__ = ["Hedged"]

RANKS = {"province": 0, "city": 1, "zone": 2, "county": 2}
TOWN = 3


class Hedged(Units):
    """One address, with what is said of its units beside their names."""

    def _hedged(self) -> None:
        """Give up the units that are hedged and all that is smaller; a told distance is a disc."""
        address = self.address
        if not address.hedges:
            return
        self.astray = True
        denied: list[Unit] = []
        keep = TOWN
        for hedge in address.hedges:
            unit = self._unit_of(hedge)
            rank = TOWN if unit is None else RANKS[unit.kind]
            keep = min(keep, rank + 1 if hedge.each else rank)
            if hedge.never:
                chain = address.text[hedge.start : hedge.end]
                denied += [one for one in address.units if one.name in chain or one is unit]
            self.mismatch = self.mismatch or hedge.unread
            self._tell_hedge(hedge)
        if len(address.hedges) == 1 and address.hedges[0].away_m is not None:
            self._around_hedged(address.hedges[0], address.hedges[0].away_m)
            keep = min(keep, RANKS["county"])
        if address.others:
            self.mismatch = True
            names = "、".join(unit.name for unit in [*address.units, *address.others])
            self._tell(f"several are named: {names}", f"写了不止一处：{names}")
        address.units = [u for u in address.units if RANKS[u.kind] < keep and u not in denied]
        address.others, address.open_units, address.short = [], [], False
        address.towns, address.town, address.more_towns = [], None, []
        address.villages, address.crossings, address.spots = [], [], []
        address.roads, address.streets = [], []
        self.county, self.zone = address.unit("county"), address.unit("zone")

    def _tell_hedge(self, hedge: Hedge) -> None:
        words, name = hedge.words, hedge.name
        if hedge.each:
            self._tell(
                f"{words!r}: several places, known to {name} at best",
                f"“{words}”：不止一处，最多只能到{name}",
            )
            return
        en, zh = "so it is not taken for the place", f"不能按{name}定位"
        if hedge.away_m is not None:
            en = f"but {hedge.away_m:.0f} m from it"
            zh = f"按离{name} {hedge.away_m:.0f} 米以内定位"
        self._tell(
            f"{words!r} does not say that the place is in {name}, {en}",
            f"“{words}”没有说在{name}之内，{zh}",
        )

    def _unit_of(self, hedge: Hedge) -> Unit | None:
        """The unit that is hedged; None for a town."""
        address, book = self.address, self.book
        keys = [*book.unit_names.get(hedge.name, ()), *book.short_names.get(hedge.name, ())]
        units = [book.units[key] for key in keys]
        named = [*address.units, *address.others, *address.open_units]
        return next((unit for unit in units if unit in named), units[0] if units else None)

    def _around_hedged(self, hedge: Hedge, away_m: float) -> None:
        """The disc of the unit or town, larger by the distance: of the place it says no county."""
        unit = self._unit_of(hedge)
        discs: list[Unit | Town] = [unit] if unit is not None else self._placed_towns()
        if len(discs) != 1 or self.address.others or self.address.open_units:
            return
        lon, lat = discs[0].lon, discs[0].lat
        if lon is None or lat is None:
            return
        level = "town"
        if unit is not None:
            level = "county" if unit.kind in ("county", "zone") else "city"
        self.away_m = away_m
        radius, name = discs[0].radius_m + away_m, discs[0].name
        self.found.append(Candidate(lon, lat, radius, level, 0.8, f"{name} +{away_m:.0f} m", None))

    def _placed_towns(self) -> list[Unit | Town]:
        towns = [self.book.towns[code] for code in self.address.towns]
        here = [town for town in towns if self._allowed(self.book.counties_of(town))]
        return list(here)
