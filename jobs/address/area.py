"""The county or city that an area lies in, for addresses that state none but are known to be there.

Only counties that the catalogue draws can tell; elsewhere the unit has to be named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...layers.counties import drawn_counties
from ...rules.facts import shown
from ...rules.messages import Line
from ..answer import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...layers.gazetteer import Gazetteer, Unit

__all__ = ["unit_around"]

BEYOND_M = 500.0  # by which a boundary of another hand may lie outside of the one that is drawn
COUNTIES = "county:"


def unit_around(corners: Sequence[tuple[float, float]], gazetteer: Gazetteer, name: str) -> Unit:
    """The county that holds all corners of an area (degrees WGS84), else the city.

    `name` is what the area is called. Raises BadInput where no unit, or no single one, is drawn
    around it, and for an area without corners.
    """
    drawn, within = drawn_counties(), f"--within {shown(name)}"
    if not corners:
        raise BadInput(Line(f"{within}: no polygon in it", f"{within}：里面没有面"))
    codes = [key.partition(":")[2] for key in gazetteer.units if key.startswith(COUNTIES)]
    holding: list[set[str]] = []  # for each corner the counties that it may lie in
    for lon, lat in corners:
        away = ((code, drawn.outside_m(code, lon, lat)) for code in codes)
        holding.append({code for code, metres in away if metres is not None and metres <= BEYOND_M})
    counties = set.intersection(*holding)
    cities = set.intersection(*({f"{code[:4]}00" for code in codes} for codes in holding))
    for kind, found in (("county", counties), ("city", cities)):
        unit = gazetteer.units.get(f"{kind}:{next(iter(found))}") if len(found) == 1 else None
        if unit is not None:
            return unit
    raise BadInput(
        Line(
            f"{within}: it lies in no single county or city that is drawn; name the unit",
            f"{within}：不在任何一个已画出的县（区）或市之内，请写明名称",
        )
    )
