"""Reading an address: its units, town, village, roads and offset, as far as the gazetteer knows.

An address goes from the large to the small. The units at its beginning are read one after the
other; what follows is searched for towns, villages, roads and names of places, which count only
where a word begins (小李庄村 holds no 李庄村). Nothing is decided here: see resolve.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...layers.words.traditional import SIMPLIFIED
from .hedges import Hedge, beside, hedges
from .offset import Offset, offset_behind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...layers.gazetteer import Crossing, Gazetteer, Spot, Unit, Village

__all__ = ["Address", "read"]

LONGEST = 200  # characters that are read; no address is longer, and what follows is not looked at
COUNTRY = re.compile(r"^(中华人民共和国|中国)")
# What turns the short name of a unit into another: 新密路, 济源大道, 登封小区, 九龙镇.
NOT_A_UNIT = re.compile(
    r"(大道|路(?!桥)|街|巷|胡同|高速|铁路|立交|大桥|干渠|小区|花园|嘉园|镇|乡|村|社区|办事处)"
)
A_ROAD = re.compile(r"(大道|路(?![桥东西南北])|街|镇|乡|社区|办事处)")  # 矿区街道 is a town
TOWN_KIND = re.compile(
    r"(?:民族乡|回族乡|回族镇|街道办事处|街道办|街道|办事处|办(?!公)|地区|镇|乡)"
)
NOT_A_TOWN = re.compile(r"(路|街|大道|巷|桥|村|庄|高速|大街|社区|花园|小区)")
# A unit behind which the name of a firm or an institution goes on is no part of the address.
IN_A_NAME = re.compile(
    r"[^,镇乡村路街号区县]{0,12}?(?:公司|集团|银行|分行|支行|商会|大学|学院|医院|学校|[中小]学|酒店|宾馆"
    r"|饭店|大厦|法院|[研设][究计]院|工程局)(?![路街])"
)
# Names that every city has one of: without the city that owns it such a name says nothing.
COMMON = re.compile(
    r"(?:郊区|城区|市辖区|新区|(?:经济|高新)(?:技术)?(?:产业)?开发区|开发区|经开区|高新区|示范区|产业集聚区)$"
)
# After these (or at a sign, or behind a name that was read) a new name may begin.
BEFORE = set(",×-—省市县区旗州镇乡道办处村路街号口与和及、交段东西南北内侧于在近至到或")
VILLAGE_END = re.compile(r"(村|社区|居委会|居民委员会)")
BESIDE = re.compile(r"(?:,|或者?|和|与|及|以及|至|到|兼|-|—)+(?=.)")
A_TOWN = re.compile(r"[\u4e00-\u9fff]{1,4}?(?:镇|乡(?!村)|街道(?!路))(?![路街大道村])")
ROAD_END = re.compile("[道街路环交]")
AFTER_VILLAGE = re.compile("大?[路街桥道]")
ROAD = re.compile(r"((?:(?![与和及])[\u4e00-\u9fff]){2,6}?(?:大道|大街|路|街|环))")
JOIN = re.compile(r"^(?:路口)?(?:与|和|、|及|,|×|x|X|同|跟|-|—|至|交)?$")
MEETING = re.compile(
    r"(?:的)?(?:相)?(?:交叉|交汇|交会|交界|交接|十字|丁字|交)?(?:路)?(?:口|处|立交桥|立交|桥)?(?:处)?(?:附近)?"
)


@dataclass
class Address:
    """What an address says, in the gazetteer's records; every part may be absent."""

    text: str
    units: list[Unit] = field(default_factory=list)
    """Province, city, county and development zone as stated, each at most once."""
    open_units: list[Unit] = field(default_factory=list)
    """Several units of one name between which nothing decides."""
    others: list[Unit] = field(default_factory=list)
    """Units that do not fit those stated before them."""
    town: str | None = None
    """The town's name without its kind, and `towns` the keys of all towns called so."""
    towns: list[str] = field(default_factory=list)
    more_towns: list[tuple[str, list[str]]] = field(default_factory=list)
    """Towns that are named beside the first, by name and keys: none of a name that is unknown."""
    villages: list[Village] = field(default_factory=list)
    village_offset: Offset | None = None
    crossings: list[Crossing] = field(default_factory=list)
    offset: Offset | None = None
    meets: bool = True
    """Whether the crossing is called one, not just two roads named one after the other."""
    roads: list[str] = field(default_factory=list)
    """Known roads, by the gazetteer's name."""
    streets: list[str] = field(default_factory=list)
    """Whatever looks like a road behind the units."""
    spots: list[Spot] = field(default_factory=list)
    spot_offset: Offset | None = None
    hedges: list[Hedge] = field(default_factory=list)
    """Units and towns in which the place is not said to be: 距管城回族区3公里."""
    rest: str = ""
    """What stands behind the units and the town."""
    short: bool = False
    """Whether the county is told by a short name without anything above it: 新密, 舞阳."""

    def unit(self, kind: str) -> Unit | None:
        """The stated unit of a kind."""
        return next((unit for unit in self.units if unit.kind == kind), None)


def read(text: str, gazetteer: Gazetteer) -> Address:
    """What a text says, whatever it is: an address that says nothing has no units and no places."""
    return _Reader(_plain(text), gazetteer).read()


def _plain(text: str) -> str:
    """Without blanks and marks; what stands in brackets or behind a sign follows a comma."""
    folded = unicodedata.normalize("NFKC", text[: LONGEST * 2]).translate(SIMPLIFIED)
    folded = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", folded)  # 2,500米
    folded = re.sub(r"(?<=[\d米里mM])\s*[~–―]+\s*(?=\d)", "-", folded)  # 500～800米
    kept = "".join(
        c if (c.isalnum() or c in "×-—") else "" if c.isspace() or _unseen(c) else ","
        for c in folded
    )
    # 1.5公里: no sign between names
    kept = re.sub(r"(?<=\d),(?=\d+(?:-\d+)?(?:公里|千米|米|里|[kK]?[mM]))", ".", kept)
    return COUNTRY.sub("", re.sub(",+", ",", kept).strip(",")[:LONGEST])


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Mn")


class _Reader:
    """One address while it is read; `at` is where the units end."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text, self.book = text, gazetteer
        self.found = Address(text)
        self.at = 0
        self.ends = {0}
        self.spans: list[tuple[int, int]] = []
        """Where units and the town stand."""

    def read(self) -> Address:
        self._units()
        self._spots()
        self._town()
        self._villages()
        self._roads()
        self.found.hedges = hedges(self.text, self.spans)
        county = self.found.unit("county")
        if county is not None:
            near = [u for u in self.book.counties.get(county.code[:4], ()) if u != county]
            self.found.others += beside(self.text, self.spans, near)
        self.found.rest = self.text[self.at :].strip(",")
        return self.found

    # -- units ----------------------------------------------------------------------------------

    def _units(self) -> None:
        """Read units one after the other from the left, and full names anywhere behind them."""
        i, adjacent = 0, True
        while i < len(self.text):
            length = self._unit_at(i, adjacent)
            if length:
                self.spans.append((i, i + length))
                i += length
                adjacent = True
                self.ends.add(i)
                if not self.found.others:
                    self.at = i
                continue
            adjacent = adjacent and self.text[i] == ","
            i += 1
            if i > self.at + 16 and self.found.unit("county"):
                break  # a county far behind the units is no part of them

    def _unit_at(self, i: int, adjacent: bool) -> int:
        """Take the longest unit that begins here and return its length, 0 for none."""
        for name in self._words("unit", i):
            length = len(name)
            keys = self.book.unit_names.get(name, [])
            full = bool(keys)
            if not keys and adjacent:
                keys = self.book.short_names.get(name, [])
            if not keys or self._goes_on(i + length, A_ROAD if full else NOT_A_UNIT):
                continue
            if not adjacent and self._named_for(i + length):
                continue
            if self._take(name, full, self._begins(i)):
                return length
        return 0

    def _goes_on(self, end: int, other: re.Pattern[str]) -> bool:
        """Whether the name goes on and is another; 临汾市乡宁县 is no 乡."""
        if not other.match(self.text, end):
            return False
        return not any(name in self.book.unit_names for name in self._words("unit", end))

    def _named_for(self, end: int) -> bool:
        """Whether a unit behind a stated county is the beginning of somebody's name."""
        return self.found.unit("county") is not None and bool(IN_A_NAME.match(self.text, end))

    def _take(self, name: str, full: bool, begins: bool) -> bool:
        """Whether a unit of this name is meant, which is then noted."""
        keys = (self.book.unit_names if full else self.book.short_names)[name]
        stated = self.found.units
        units = [self.book.units[key] for key in keys]
        fitting = [unit for unit in units if self._fits(unit)]
        if not fitting:
            known = [unit for unit in units if unit in stated]
            common = all(COMMON.search(unit.name) or unit.kind == "zone" for unit in units)
            if not known and (not begins or (common and COMMON.match(name))):
                return False  # 阳城区镇 holds no 城区, 焦作市郊区 none of another city
            if full and not known and self.found.unit("county") not in units:
                self.found.others.append(units[0])
            return full
        kinds = {unit.kind for unit in stated}
        fitting = [unit for unit in fitting if unit.kind not in kinds]
        if not fitting:
            return True
        if len(fitting) > 1 and {unit.kind for unit in fitting} == {"province", "city"}:
            fitting = [unit for unit in fitting if unit.kind == "province"]  # 北京市 is both
        if len(fitting) > 1 and len({unit.code for unit in fitting}) > 1:
            # 吉林, 海南: the larger one first; of equals none is chosen
            order = ("province", "city", "county", "zone")
            first = min(order.index(unit.kind) for unit in fitting)
            fitting = [unit for unit in fitting if order.index(unit.kind) == first]
        if len(fitting) > 1:
            if not full:
                return False
            self.found.open_units = fitting
            return True
        if not full and not stated and fitting[0].kind == "county":
            self.found.short = True
        self.found.units.append(fitting[0])
        self._settle()
        return True

    def _settle(self) -> None:
        """A unit that was one of several may be decided by what followed it."""
        left = [unit for unit in self.found.open_units if self._fits(unit)]
        if len(left) == 1:
            self.found.units.append(left[0])
            self.found.open_units = []

    def _fits(self, unit: Unit) -> bool:
        return all(_together(unit, other) for other in self.found.units)

    # -- what stands behind them ----------------------------------------------------------------

    def _begins(self, i: int) -> bool:
        before = self.text[i - 1 : i]
        return i in self.ends or i == 0 or before in BEFORE or before.isascii()

    def _words(self, kind: str, i: int) -> Iterable[str]:
        """What may be a name of a kind beginning here, the longest first."""
        heads, text = self.book.heads[kind], self.text
        longer, single = heads.get(text[i : i + 2]), heads.get(text[i])
        if longer is None and single is None:
            return ()
        lengths = (*(longer or ()), *(single or ()))
        return [text[i : i + length] for length in lengths if i + length <= len(text)]

    def _spots(self) -> None:
        for i in range(len(self.text)):
            for name in self._words("spot", i):
                spots = self.book.spots.get(name)
                if spots:
                    self.found.spots = list(spots)
                    self.found.spot_offset = offset_behind(self.text[i + len(name) :])
                    return

    def _town(self) -> None:
        """The first town, with its kind behind its name, or without right behind the units; and
        those that are named beside it."""
        for i in range(self.at, len(self.text)):
            if not self._begins(i):
                continue
            found = self._town_at(i)
            if found is not None:
                end, self.found.town, self.found.towns = found
                self.ends.update((i, end))
                self.at = max(self.at, end)
                self.spans.append((i, self._more_towns(end)))
                return

    def _town_at(self, i: int) -> tuple[int, str, list[str]] | None:
        """The end, name and keys of the town that begins here."""
        for name in self._words("town", i):
            codes = self.book.town_names.get(name)
            if codes is None:
                continue
            end = i + len(name)
            kind = TOWN_KIND.match(self.text, end)
            if kind and not (len(kind[0]) == 1 and NOT_A_TOWN.match(self.text, kind.end())):
                return kind.end(), name, list(codes)
            if i == self.at and len(name) > 1 and self._plain_town(end, codes):
                return end, name, list(codes)
        return None

    def _more_towns(self, end: int) -> int:
        """Read the towns that are named beside one, and return where they end."""
        while joined := BESIDE.match(self.text, end):
            self.ends.add(joined.end())
            found = self._town_at(joined.end())
            unknown = A_TOWN.match(self.text, joined.end())
            if found is not None:
                end, name, codes = found
            elif unknown is not None and not self._unit_names(unknown[0]):
                end, name, codes = unknown.end(), unknown[0], []
            else:
                break
            if codes != self.found.towns:
                self.found.more_towns.append((name, codes))
            self.at = max(self.at, end)
        return end

    def _unit_names(self, text: str) -> bool:
        """Whether a text begins with a county or city, which is no part of a town's name."""
        return any(text[:n] in self.book.unit_names for n in range(2, len(text)))

    def _plain_town(self, end: int, codes: list[str]) -> bool:
        """新密市超化 says its town; 二七区长江路 says a road."""
        if self.text[end - 1] in "路街道" or NOT_A_TOWN.match(self.text, end):
            return False
        return any(self.book.towns[code].name[-1] in "镇乡" for code in codes)

    def _villages(self) -> None:
        for i in range(self.at, len(self.text)):
            for name in self._words("village", i):
                villages, end = self.book.villages.get(name), i + len(name)
                if villages and self._begins(i) and not AFTER_VILLAGE.match(self.text, end):
                    self.found.villages = list(villages)
                    self.found.village_offset = offset_behind(self.text[end:])
                    self.ends.add(end)
                    return
        for i in sorted(self.ends):
            kind = VILLAGE_END.search(self.text, i, i + 12) if i >= self.at else None
            if kind is not None and kind.start() > i:
                other = {"村": "社区"}.get(kind[0], "村")  # a village that has become a community
                villages = self.book.villages.get(self.text[i : kind.start()] + other)
                if villages:
                    self.found.villages = list(villages)
                    self.found.village_offset = offset_behind(self.text[kind.end() :])
                    return

    def _roads(self) -> None:
        """Known roads, and crossings of two that stand side by side."""
        seen: list[tuple[int, int, str]] = []
        for i, length, name in self._known_roads():
            if seen and i == seen[-1][0]:
                seen.pop()  # 南三环 was the beginning of 南三环路
            if not seen or i >= seen[-1][1]:
                seen.append((i, i + length, name))
        # 金水东路 meets what 金水路 meets, but it lies elsewhere
        exact = (name for i, end, name in seen if self.text[i:end] in (name, f"{name}路"))
        self.found.roads = list(dict.fromkeys(exact))
        self.found.streets = ROAD.findall(self.text[self.at :])
        for (_, end, first), (start, last, second) in zip(seen, seen[1:]):
            if not JOIN.match(self.text[end:start]):
                continue
            meeting = [
                crossing
                for crossing in self.book.roads[first]
                if crossing in self.book.roads[second] and first != second
            ]
            if meeting:
                self.found.crossings = meeting
                behind = MEETING.match(self.text, last)
                told = "" if behind is None else behind[0]
                self.found.offset = offset_behind(self.text[last + len(told) :])
                self.found.meets = bool(told or self.text[end:start] or self.found.offset)
                return

    def _known_roads(self) -> Iterator[tuple[int, int, str]]:
        for end in ROAD_END.finditer(self.text):
            for length in range(min(8, end.end()), 1, -1):
                start = end.end() - length
                if self._begins(start) and (name := self._road_name(self.text[start : end.end()])):
                    yield start, length, name
                    break

    def _road_name(self, text: str) -> str | None:
        """The gazetteer's name of a road: 航海东路 is a stretch of one, 南三环路 a spelling."""
        roads = self.book.roads
        whole = re.sub(r"(?<=..)[东西南北中](?=路$)", "", text)
        ring = re.sub(r"(?<=环)[东西南北]?路$", "", text)
        return next((name for name in (text, whole, ring) if name in roads), None)


def _together(one: Unit, two: Unit) -> bool:
    """Whether one address may name both."""
    if "zone" in (one.kind, two.kind):
        zone, other = (one, two) if one.kind == "zone" else (two, one)
        if other.kind == "county":
            return other.code in zone.members
        return other.kind != "zone" and _under(zone.code, other)
    if one.kind == two.kind:
        return one.code == two.code
    ranks = {"province": 0, "city": 1, "county": 2}
    large, small = sorted((one, two), key=lambda unit: ranks[unit.kind])
    return _under(small.code, large)


def _under(code: str, unit: Unit) -> bool:
    digits = {"province": 2, "city": 4}.get(unit.kind, 6)
    return code[:digits] == unit.code[:digits]
