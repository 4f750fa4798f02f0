"""From an address to places: discs in WGS84 that hold the true place, the finest first.

The radius says what the level can know, measured where it could be (docs/addresses.md). An address
that names a county is never answered with a place in another: where what it names lies elsewhere,
the stated county comes first, the other place behind it, and `review` says so.
"""

from __future__ import annotations

import re
from math import cos, pi, sqrt
from typing import TYPE_CHECKING, Any

from ...layers.gazetteer import load
from ...layers.point import metres
from ...rules.messages import Line
from .discs import DEGREE_M, Candidate, Located, cover, doubted
from .reading import Address, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ...layers.gazetteer import Crossing, Gazetteer, Town, Unit

__all__ = ["locate", "resolve"]

CANDIDATES = 5
AT_CROSSING_M = 400.0  # "at the crossing of" is said of a place on either road, some way along
BESIDE_M = 1_000.0  # two roads named one after the other, and not that they meet
NEAR_CROSSING_M = 200.0  # with a distance: what the crossing's size and the wording leave open
OFFSET_SHARE = 0.5  # of the distance told: rounded, along a bend, one of eight directions
ALONG_M = {2: 4_000.0, 3: 2_500.0}  # how far a road goes on beyond its known crossings, by number
IN_TOWN = 0.7  # of a town's radius, for what stands on a street of it and in no village
STREET = re.compile(
    r"路|街|道|巷|号|楼|小区|花园|广场|市场|政府|学校|[中小]学|医院|派出所|超市|商场"
)
SETTLEMENT = re.compile(
    r"[村庄寨沟湾岭坡洼屯营堂岗坪窑组社]|国道|省道|县道|乡道|高速|[GSXY]\d{2,3}|工业|产业|集聚|园区|矿"
)
NAMESAKE_M = 6_000.0  # from the seat of a sub-district to anywhere on the road it is called after


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


class _Resolver:
    """One address on its way to candidates."""

    def __init__(self, address: Address, gazetteer: Gazetteer) -> None:
        self.address, self.book = address, gazetteer
        self.county = address.unit("county")
        self.zone = address.unit("zone")
        self.found: list[Candidate] = []
        self.elsewhere: list[Candidate] = []
        self.review: list[Line] = []
        self.mismatch = False
        self.guess = ""

    def located(self) -> Located:
        """All candidates in their order, with what is to be looked at."""
        self._crossings()
        self._spots()
        self._villages()
        self._towns()
        self._roads()
        self._units()
        self._others()
        self.found.sort(key=lambda c: c.radius_m)
        found = self.found[:CANDIDATES]
        if self.mismatch:
            # which of the two is wrong nobody can say from here: the stated one, then the other
            wide = [c for c in found if c.level in ("county", "city")] or found
            found = [doubted(c) for c in [*wide[:1], *self.elsewhere][:CANDIDATES]]
        elif self.elsewhere and not found:
            found = [doubted(c) for c in self.elsewhere[:CANDIDATES]]
        if not found and not re.search("[\u3400-\u9fff]", self.address.text):
            self._tell(
                "only Chinese characters are read, no pinyin and no English",
                "只读汉字地址，拼音和英文不读",
            )
        elif not found:
            self._tell("nothing in it is in the gazetteer", "地名库中没有该地址所写的任何地名")
        coarse = not found or found[0].level in ("town", "county", "city")
        unread = self.address.rest if coarse else ""
        review = tuple(dict.fromkeys(self.review))
        return Located(tuple(found), review, self.mismatch, unread, self._stated())

    def _stated(self) -> str | None:
        """The adcode of the smallest unit that is sure to be meant."""
        unit = self.county or self.address.unit("city")
        sure = not (self.mismatch or self.address.short or self.address.open_units)
        return unit.code if unit is not None and sure else None

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
    ) -> None:
        """A place that may lie in these counties; if none of them is possible, elsewhere."""
        allowed = self._allowed(counties)
        lon, lat, radius = disc
        if allowed:
            name, code = self._county(allowed)
            sure *= self._trust()
            self.found.append(Candidate(lon, lat, radius, level, sure, matched, name, code))
            return
        name, code = self._county(counties)
        self.elsewhere.append(Candidate(lon, lat, radius, level, sure / 2, matched, name, code))

    # -- places -----------------------------------------------------------------------------------

    def _crossings(self) -> None:
        for crossing in self.address.crossings:
            lon, lat, told = crossing.lon, crossing.lat, ""
            radius = AT_CROSSING_M if self.address.meets else BESIDE_M
            if offset := self.address.offset:
                lat += offset.north / DEGREE_M
                lon += offset.east / (DEGREE_M * cos(lat * pi / 180.0))
                away = sqrt(offset.east**2 + offset.north**2)
                radius = NEAR_CROSSING_M + OFFSET_SHARE * offset.walked
                told = f" +{away:.0f} m"
            disc = (lon, lat, radius + crossing.accuracy_m)
            counties = crossing.counties
            if offset and offset.walked > 500:
                counties = tuple(dict.fromkeys([*counties, *self._around(crossing)]))
            self._add(disc, "crossing", 0.95, f"{crossing.name}{told}", counties)
            self._warn_elsewhere(f"{crossing.name}", bool(self._allowed(counties)))

    def _around(self, crossing: Crossing) -> list[str]:
        """Counties whose disc holds a crossing: a long way from it may end in any of them."""
        return [
            unit.code
            for unit in self.book.counties.get(crossing.counties[0][:4], [])
            if metres(crossing.lon, crossing.lat, unit.lon, unit.lat) < unit.radius_m
        ]

    def _spots(self) -> None:
        for spot in self.address.spots:
            disc = (spot.lon, spot.lat, spot.radius_m)
            if self._allowed(spot.counties) or not self.address.units:
                self._add(disc, "point", 0.9, spot.name, spot.counties)

    def _villages(self) -> None:
        """Villages of the stated town or county; several of one name are one disc around all."""
        address = self.address
        towns = {code for code in address.towns if self._town_fits(self.book.towns[code])}
        fitting = [
            village
            for village in address.villages
            if (village.town in towns if towns else self._may_be(village.county))
        ]
        if not fitting or not (towns or self.county):
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
        self._add(cover(discs), "village" if fine else "town", sure, matched, counties)

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
        if fitting:
            self._fitting_towns(fitting)
        elif address.units:
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
            if len(discs) == 1 and self._on_a_street():
                radius *= IN_TOWN
            self._add((lon, lat, radius), "town", sure, fitting[0].name, sorted(counties))
            if self.county is None and len(counties) > 1:
                self._tell(
                    f"{fitting[0].name}: {len(counties)} counties have one of this name",
                    f"{fitting[0].name}：有 {len(counties)} 个县（区）可能是该地",
                )

    def _on_a_street(self) -> bool:
        """Whether what follows the town lies in its built-up part, not in a village of it."""
        rest = self.address.rest
        return bool(STREET.search(rest)) and not SETTLEMENT.search(rest)

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
            crossings = self.book.roads[name]
            if len(crossings) < 2:
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

    # -- units ------------------------------------------------------------------------------------

    def _units(self) -> None:
        """The stated units themselves, the smallest: a disc that covers it."""
        address = self.address
        unit = self.county or self.zone or address.unit("city") or address.unit("province")
        if address.open_units:
            self._open(address.open_units)
        if unit is None:
            if self.found:
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
