"""From an address to places: discs in WGS84 that hold the true place, the finest first.

The radius says what the level can know, measured where it could be (docs/addresses.md). An address
that names a county is never answered with a place in another: where what it names lies elsewhere,
the stated county comes first, the other place behind it, and `review` says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ...layers.gazetteer import load
from ...layers.point import metres
from ...rules.messages import Line
from .discs import Candidate, Located, cover, doubted
from .hedged import Hedged
from .offset import far_words
from .reach import (
    ALONG_M,
    IN_TOWN,
    NAMESAKE_M,
    from_crossing,
    in_every_town,
    moved,
    near_any,
    on_a_street,
)
from .reading import read
from .units import CANDIDATES, FAR_M

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ...layers.gazetteer import Crossing, Gazetteer, Town
    from .offset import Offset

__all__ = ["locate", "resolve"]


def locate(
    text: object,
    gazetteer: Gazetteer | None = None,
    *,
    data: str | Path | None = None,
    within: str | None = None,
    lang: str = "zh",
) -> dict[str, Any]:
    """Places of an address as `{"candidates": [...], "review": ..., "unread": ...}`, offline.

    `gazetteer`: one that was loaded before, else the shipped one with the overlay folder `data`.
    `within`: the city or county of addresses that state none. Any text is answered; what is no text
    or says nothing has no candidates and a review.
    """
    book = load(data) if gazetteer is None else gazetteer
    return resolve(text, book, within).as_dict(lang)


def resolve(text: object, gazetteer: Gazetteer, within: str | None = None) -> Located:
    """As :func:`locate`, as records."""
    if not isinstance(text, str) or not text.strip():
        return Located((), (Line("no address", "没有地址"),))
    address = read(text, gazetteer)
    if within and not address.units:
        address = read(f"{within},{text}", gazetteer)
    return _Resolver(address, gazetteer).located()


class _Resolver(Hedged):
    """The places of one address besides its units."""

    def located(self) -> Located:
        """All candidates in their order, with what is to be looked at."""
        self._hedged()
        self._crossings()
        self._spots()
        self._villages()
        self._towns()
        self._roads()
        self._units()
        self._others()
        if self.away is not None:
            self.found = [c for c in self.found if c in self.away or c.level == "city"]
        if self.astray and self.address.hedges:
            self.found = [doubted(c) for c in self.found]
        self.found.sort(key=lambda c: c.radius_m)
        own: dict[tuple[float, float, float], Candidate] = {}
        for place in self.found:  # a village without a place of its own is its town
            own.setdefault((place.lon, place.lat, place.radius_m), place)
        found = list(own.values())[:CANDIDATES]
        if self.mismatch:
            # which of the two is wrong nobody can say from here: the stated one, then the other
            wide = [c for c in found if c.level in ("county", "city")] or found
            found = [doubted(c) for c in [*wide[:1], *self.elsewhere][:CANDIDATES]]
        elif self.elsewhere and not found:
            found = [doubted(c) for c in self.elsewhere[:CANDIDATES]]
        if not found and not self.address.text:
            self._tell("no place but the country", "除国名外没有写任何地方")
        elif not found and not re.search("[\u3400-\u9fff]", self.address.text):
            self._tell(
                "only Chinese characters are read, no pinyin and no English",
                "只读汉字地址，拼音和英文不读",
            )
        elif not found and not self.review:
            self._tell("nothing in it is in the gazetteer", "地名库中没有该地址所写的任何地名")
        coarse = not found or found[0].level in ("town", "county", "city")
        if found and coarse and not self.astray and (way := far_words(self.address.rest, FAR_M)):
            self.astray = True
            self._tell(
                f"{way!r} from what is not known, so it may be outside of {found[0].matched}",
                f"“{way}”从哪里量起不认识，位置可能在{found[0].matched}之外",
            )
        unread = self.address.rest if coarse and not self.address.hedges else ""
        review = tuple(dict.fromkeys(self.review))
        firm, away = self.mismatch or (self.astray and not self.away), self.away_m
        return Located(tuple(found), review, self.mismatch, unread, self._stated(), firm, away)

    def _stated(self) -> str | None:
        """The adcode of the smallest unit that is sure to be meant."""
        unit = self.county or self.address.unit("city")
        sure = not (self.astray or self.mismatch or self.address.short or self.address.open_units)
        return unit.code if unit is not None and sure else None

    # -- places -----------------------------------------------------------------------------------

    def _lost(self, what: str, offset: Offset | None) -> bool:
        """Whether the way from a place cannot be followed, which is told: it is not the place."""
        if offset is None or not offset.unread:
            return False
        self.astray = True
        if offset.astray:
            self.away, self.mismatch = self.away or [], True
        self._tell(
            f"{offset.unread!r} from {what}: not read or too far, so {what} is not taken",
            f"{what}之后的“{offset.unread}”读不出距离或太远，不能按{what}定位",
        )
        return True

    def _crossings(self) -> None:
        address = self.address
        if address.crossings and self._lost(address.crossings[0].name, address.offset):
            return
        for crossing in self._of_here(address.crossings):
            disc, told = from_crossing(crossing, address.offset, meets=address.meets)
            counties = crossing.counties
            if address.offset and address.offset.walked > FAR_M:
                counties = tuple(dict.fromkeys([*counties, *self._around(crossing)]))
            allowed = bool(self._allowed(counties))
            if allowed and not near_any(self._stated_towns(), disc):
                self._tell(
                    f"{crossing.name} is far from {address.town}, so another one is meant",
                    f"{crossing.name}离{address.town}太远，应是同名的另一处，按乡镇定位",
                )
                continue
            walked = address.offset.walked if address.offset else 0.0
            self._add(disc, "crossing", 0.95, f"{crossing.name}{told}", counties, walked)
            self._warn_elsewhere(f"{crossing.name}", allowed)

    def _stated_towns(self) -> list[Town]:
        """The towns that are meant, as far as they have a place."""
        towns = [self.book.towns[code] for code in self.address.towns]
        return [town for town in towns if town.lon is not None and self._town_fits(town)]

    def _of_here(self, crossings: Sequence[Crossing]) -> list[Crossing]:
        """Those that the stated units allow, else those of the same city, which contradict the
        address; the roads of other cities are namesakes."""
        allowed = [crossing for crossing in crossings if self._allowed(crossing.counties)]
        near = self.county or self.zone or self.address.unit("city")
        if allowed or near is None:
            return allowed or list(crossings)
        return [c for c in crossings if any(code[:4] == near.code[:4] for code in c.counties)]

    def _around(self, crossing: Crossing) -> list[str]:
        """Counties whose disc holds a crossing: a long way from it may end in any of them."""
        return [
            unit.code
            for unit in self.book.counties.get(crossing.counties[0][:4], [])
            if metres(crossing.lon, crossing.lat, unit.lon, unit.lat) < unit.radius_m
        ]

    def _spots(self) -> None:
        offset = self.address.spot_offset
        for spot in self.address.spots:
            if self._lost(spot.name, offset):
                return
            disc, told = moved((spot.lon, spot.lat, spot.radius_m), offset)
            if self._allowed(spot.counties) or not self.address.units:
                walked = offset.walked if offset else 0.0
                self._add(disc, "point", 0.9, f"{spot.name}{told}", spot.counties, walked)

    def _villages(self) -> None:
        """Villages of the stated town or county; several of one name are one disc around all."""
        address = self.address
        towns = {code for code in address.towns if self._town_fits(self.book.towns[code])}
        fitting = [
            village
            for village in address.villages
            if (village.town in towns if towns else self._may_be(village.county))
        ]
        if not fitting or not (towns or self.county) or address.more_towns:
            return
        offset = address.village_offset
        if self._lost(fitting[0].name, offset):
            return
        discs, fine = [], True
        for village in fitting:
            town = self.book.towns[village.town]
            if village.lon is not None and village.lat is not None:
                discs.append((village.lon, village.lat, village.radius_m))
            elif town.lon is not None and town.lat is not None:
                discs.append((town.lon, town.lat, town.radius_m))
                fine = False
            else:
                return  # no better than the county
        counties = sorted({village.county for village in fitting})
        if self.county is not None:
            counties = [self.county.code]
        names = "、".join(dict.fromkeys(self.book.towns[v.town].name for v in fitting))
        matched, sure = f"{names}{fitting[0].name}", 0.9 if towns else 0.8
        if len(fitting) > 1:
            sure *= 0.8
        disc, told = moved(cover(discs), offset)
        level, walked = "village" if fine else "town", offset.walked if offset else 0.0
        self._add(disc, level, sure, f"{matched}{told}", counties, walked)

    def _town_fits(self, town: Town) -> bool:
        if self.zone is not None and town.code[:6] == self.zone.code:
            return True
        return bool(self._allowed(self.book.counties_of(town)))

    def _towns(self) -> None:
        address = self.address
        if address.town is None:
            return
        towns = [self.book.towns[code] for code in address.towns]
        fitting = [town for town in towns if self._town_fits(town)]
        known = True
        if address.more_towns:
            names = "、".join([address.town, *(name for name, _ in address.more_towns)])
            self._tell(f"several towns: {names}", f"写了不止一个乡镇：{names}")
        for _, codes in address.more_towns:
            others = [self.book.towns[code] for code in codes]
            here = [town for town in others if self._town_fits(town)]
            known = known and bool(here)
            fitting += here
            if others and not here and address.units:
                self._towns_elsewhere(others)
        if fitting and known:
            self._fitting_towns(fitting)
        elif address.units and not fitting:
            self._towns_elsewhere(towns)

    def _fitting_towns(self, fitting: list[Town]) -> None:
        discs = []
        counties: set[str] = set()
        for town in fitting:
            counties |= set(self._allowed(self.book.counties_of(town)))
            if town.lon is not None and town.lat is not None:
                discs.append((town.lon, town.lat, town.radius_m))
            else:
                self.guess = town.name
        if len(discs) < len(fitting) and self.county is None:
            self._as_unit(fitting, counties)
        if len(discs) == len(fitting):
            sure = 0.9 if len(fitting) == 1 else 0.6
            lon, lat, radius = cover(discs)
            if len(discs) == 1 and on_a_street(self.address.rest):
                radius *= IN_TOWN
            names = "、".join(dict.fromkeys(town.name for town in fitting))
            self._add((lon, lat, radius), "town", sure, names, sorted(counties))
            if self.county is None and len(counties) > 1:
                self._tell(
                    f"{fitting[0].name}: {len(counties)} counties have one of this name",
                    f"{fitting[0].name}：有 {len(counties)} 个县（区）可能是该地",
                )

    def _as_unit(self, towns: list[Town], counties: set[str]) -> None:
        """A town without a place says its county, or its development zone, all the same."""
        zones = {town.code[:6] for town in towns}
        key = f"county:{next(iter(counties))}" if len(counties) == 1 else f"zone:{min(zones)}"
        unit = self.book.units.get(key) if len(counties) == 1 or len(zones) == 1 else None
        if unit is not None and unit is not self.zone:
            disc = (unit.lon, unit.lat, unit.radius_m)
            self._add(disc, "county", 0.8, f"{unit.name}{towns[0].name}", sorted(counties))

    def _towns_elsewhere(self, towns: list[Town]) -> None:
        """A town that the stated county does not have but another county of the same city does."""
        near = self.county or self.address.unit("city")
        if near is None:
            return
        same = [town for town in towns if town.code[:4] == near.code[:4]]
        if not same:
            return
        for town in same:
            counties = sorted(self.book.counties_of(town))
            if town.lon is not None and town.lat is not None:
                disc = (town.lon, town.lat, town.radius_m)
                self._add(disc, "town", 0.8, town.name, counties)
        names = {
            unit.name
            for town in same
            for code in self.book.counties_of(town)
            if (unit := self.book.units.get(f"county:{code}"))
        }
        self._mismatch(same[0].name, "、".join(sorted(names)))

    def _warn_elsewhere(self, what: str, allowed: bool) -> None:
        if not allowed and self.elsewhere:
            self._mismatch(what, self.elsewhere[-1].county or "")

    def _mismatch(self, what: str, where: str) -> None:
        stated = self.county or self.address.unit("city") or self.address.units[-1]
        self.mismatch = True
        self._tell(
            f"{stated.name} is stated, but {what} lies in {where or 'another county'}",
            f"写的是{stated.name}，而{what}在{where or '别的县（区）'}",
        )

    def _roads(self) -> None:
        """A road as the disc of its known crossings, where that is less than the county."""
        for name in self.address.roads:
            crossings = [c for c in self.book.roads[name] if self._allowed(c.counties)]
            if len(crossings) < 2 or (not self.address.towns and in_every_town(name, self.county)):
                continue
            more = ALONG_M[min(len(crossings), 3)]
            lon, lat, radius = cover((c.lon, c.lat, c.accuracy_m) for c in crossings)
            self._road(name, (lon, lat, radius + more), 0.75)
        for street in self.address.streets:
            towns = [
                town
                for code in self.book.town_names.get(street, [])
                if (town := self.book.towns[code]).lon is not None and self._town_fits(town)
            ]
            if len(towns) == 1 and (self.county or self.address.unit("city")):
                town = towns[0]
                disc = (town.lon or 0.0, town.lat or 0.0, NAMESAKE_M)
                self._road(street, disc, 0.6)

    def _road(self, name: str, disc: tuple[float, float, float], sure: float) -> None:
        """Add a road unless the stated county lies beyond it or is not larger."""
        unit = self.county
        if unit is None and self.address.unit("city") is None:
            return
        if not near_any(self._stated_towns(), disc):
            return
        if unit is not None:
            away = metres(unit.lon, unit.lat, disc[0], disc[1])
            if disc[2] >= unit.radius_m or away > unit.radius_m:
                return
        self._add(disc, "road", sure, name, [unit.code] if unit else self._touched(disc))

    def _touched(self, disc: tuple[float, float, float]) -> list[str]:
        city = self.address.unit("city")
        return [
            unit.code
            for unit in self.book.counties.get(city.code[:4] if city else "", [])
            if self._may_be(unit.code)
            and metres(unit.lon, unit.lat, disc[0], disc[1]) < unit.radius_m + disc[2]
        ]
