"""What the county or city that an address states makes known of the zones that are counties.

The disc of an address often reaches over the boundary of the county that the address names. Who
writes 管城回族区 says that the place is in it, and so in no other county: a zone of that kind that
the disc leaves open is then as the address says. Where the map is certain and says otherwise,
nothing is taken from the address, and the row says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ...rules.messages import Line

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Contradiction", "Said", "Stated"]


class Contradiction(ValueError):
    """A certain map says otherwise than the address; `line` tells it."""

    def __init__(self, line: Line) -> None:
        super().__init__(line)
        self.line = line


class Said(NamedTuple):
    """What of one row is known from its address. `zones`: zone to inside or outside."""

    zones: tuple[tuple[str, str], ...]
    because: Line


class Stated:
    """The zones of a catalogue that are counties or cities, by their adcode."""

    def __init__(self, zones: Mapping[str, Mapping[str, Any]]) -> None:
        self._zones = {
            zone: (str(record["unit"]), record["name"])
            for zone, record in zones.items()
            if record.get("unit") and not record.get("validity")
        }

    def said(self, code: str, wheres: Mapping[str, str]) -> Said | None:
        """What the county or city of this adcode settles of the zones that are near.

        `wheres`: the location of each drawn zone that is not outside. None where it settles
        nothing. Raises Contradiction where a certain map says otherwise than the address.
        """
        found = {}
        for zone, (unit, name) in self._zones.items():
            inside = _inside(code, unit)
            if inside is None:
                continue
            where = wheres.get(zone, "outside")
            if where.startswith("near"):
                found[zone] = "inside" if inside else "outside"
            elif (where == "inside") != inside:
                raise Contradiction(_against(name, inside))
        if not found:
            return None
        return Said(tuple(found.items()), self._because(found))

    def _because(self, found: Mapping[str, str]) -> Line:
        told = {"inside": ("in", "在"), "outside": ("not in", "不在")}
        said = []
        for side, (en, zh) in told.items():
            names = [self._zones[zone][1] for zone, where in found.items() if where == side]
            if names:
                each = ", ".join(dict.fromkeys(name["en"] for name in names))
                chinese = "、".join(dict.fromkeys(name["zh"] for name in names))
                said.append((f"{en} {each}", f"{zh}{chinese}"))
        return Line(
            f"as the address states: {'; '.join(en for en, _ in said)}",
            f"按地址所写：{'，'.join(zh for _, zh in said)}",
        )


def _inside(code: str, unit: str) -> bool | None:
    """Whether who is in the county or city `code` is in `unit`; None where that is open."""
    if code == unit or (unit.endswith("00") and code[:4] == unit[:4]):
        return True
    if code.endswith("00") and code[:4] == unit[:4]:
        return None  # the city is stated, the county is not
    return False


def _against(name: Mapping[str, str], inside: bool) -> Line:
    if inside:
        return Line(
            f"the address states {name['en']}, but its place lies outside of the boundary",
            f"地址写的是{name['zh']}，而所定位置在其界线之外",
        )
    return Line(
        f"the address states another county, but its place lies in {name['en']}",
        f"所定位置在{name['zh']}，而地址写的是别的县（区）",
    )
