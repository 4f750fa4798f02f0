"""Places of rows from their addresses, and addresses as a check of the coordinates beside them.

Coordinates win where a row has both. An address that contradicts itself, or of which several
counties could be meant, gives no place: the row says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

import numpy as np

from ...layers.counties import drawn_counties
from ...layers.point import metres
from ...rules.facts import shown
from ...rules.messages import Line, in_language
from ..address.choose import resolver
from ..address.discs import Candidate, Located, level_words
from .doubts import ZERO, joined
from .places import NO_PLACE, Places
from .writing import as_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

__all__ = ["Addresses", "open_addresses", "told_place"]

INSTEAD = Line(f"{ZERO}; the place of the address is taken", f"{ZERO.zh}；采用地址所指的位置")
UNSURE = 0.3  # a candidate with less confidence than this is no place
KEPT = 200_000  # addresses whose places are remembered
Resolver = Callable[[str], Located]


def open_addresses(
    column: int,
    data: Mapping[str, Any],
    lang: str,
    *,
    geocoder: str | None = None,
    within: str | None = None,
    **asking: Any,
) -> Addresses:
    """The addresses of a column, resolved offline or by the service `geocoder`.

    `data`: the catalogue, whose overlay may have a gazetteer; the rest as :func:`resolver` takes
    it. Raises BadInput.
    """
    overlay = data.get("overlay", {}).get("path")
    return Addresses(column, resolver(geocoder, data=overlay, within=within, **asking), lang)


class Addresses:
    """The addresses of one column; `resolve`, asked once a text, gives their places."""

    def __init__(self, column: int, resolve: Resolver, lang: str) -> None:
        self._column, self._resolve, self._lang = column, resolve, lang
        self._known: dict[str, Located] = {}
        self.notice: Line | None = getattr(resolve, "notice", None)

    def add(self, batch: pa.RecordBatch, places: Places) -> Places:
        """`places` with those of the addresses where a row has no coordinates.

        What an address leaves to a person is told of its row, and so is a place that lies outside
        of what its address says.
        """
        coded = as_text(batch.column(self._column)).fill_null("").dictionary_encode()
        found = [self._located(str(text)) for text in coded.dictionary.to_pylist()]
        which = coded.indices.to_numpy(zero_copy_only=False)
        texts = coded.dictionary.to_pylist()
        lon, lat, radius = places.lon.copy(), places.lat.copy(), places.radius_m.copy()
        faults = dict(places.faults)
        told, stated = np.full((2, len(lon)), None, dtype=object)
        for row, number in enumerate(which.tolist()):
            located, text = found[number], texts[number]
            if not text.strip():
                continue
            if np.isfinite(lon[row]):
                apart = _apart(located, lon[row], lat[row], radius[row], text)
                if apart is not None:
                    faults[row] = joined(faults.get(row), apart)
                continue
            if not _empty(faults.get(row)):
                continue  # coordinates that cannot be read are not replaced unasked
            zero = faults.pop(row, None) == ZERO
            best = _usable(located)
            if zero:
                faults[row] = ZERO if best is None else INSTEAD
            if best is None:
                faults[row] = joined(faults.get(row), _unusable(located, text))
                continue
            lon[row], lat[row], radius[row] = best.lon, best.lat, best.radius_m
            told[row], stated[row] = told_place(located, self._lang), located.stated
            if located.review:
                faults[row] = joined(faults.get(row), _joined(located, text))
        return Places(lon, lat, radius, faults, told, stated)

    def sample(self, batch: pa.RecordBatch) -> list[Located]:
        """What the address of each row resolves to."""
        return [
            self._located(text or "") for text in as_text(batch.column(self._column)).to_pylist()
        ]

    def _located(self, text: str) -> Located:
        if text not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[text] = self._resolve(text)
        return self._known[text]


def told_place(located: Located, lang: str) -> str:
    """What an address was taken for, for a column of the output: 路口 二七路×金水路 ±310 m."""
    best = located.best
    if best is None:
        return ""
    size = f"±{best.radius_m:.0f} m" if best.radius_m < 1000 else f"±{best.radius_m / 1000:.1f} km"
    return f"{in_language(level_words(best), lang)} {best.matched} {size}"


def _empty(fault: Line | None) -> bool:
    return fault is None or fault in (NO_PLACE, ZERO)


def _usable(located: Located) -> Candidate | None:
    best = located.best
    if best is None or located.mismatch or best.confidence < UNSURE:
        return None
    return best


def _joined(located: Located, text: str) -> Line:
    said = f"{shown(text)}"
    return Line(f"address {said}: {located.told('en')}", f"地址“{said}”：{located.told('zh')}")


def _unusable(located: Located, text: str) -> Line:
    line = _joined(located, text)
    return Line(f"{line}; no place taken", f"{line.zh}；未采用任何位置")


def _apart(located: Located, lon: float, lat: float, radius: float, text: str) -> Line | None:
    """What to say of coordinates that lie beyond every place that the address may mean."""
    beyond = [_beyond(place, lon, lat) - radius for place in located.candidates]
    if not beyond or min(beyond) <= 0:
        return None
    # the unit of the text, if there is one: the same with and without a service
    units = [place for place in located.candidates if place.level in ("county", "city")]
    widest = max(units or located.candidates, key=lambda place: place.radius_m)
    said, name = shown(text), widest.matched
    km = max(_beyond(widest, lon, lat) - radius, min(beyond)) / 1000
    return Line(
        f"address {said}: the coordinates lie {km:.1f} km outside of {name}; check the datum, "
        "the order and the row",
        f"地址“{said}”：坐标在{name}范围外 {km:.1f} 公里，请核对坐标系、经纬度次序和所在行",
    )


def _beyond(place: Candidate, lon: float, lat: float) -> float:
    """Metres by which a point is outside of a candidate: of a county's shape where it is drawn."""
    if place.level == "county" or place.adcode is not None:
        outside = drawn_counties().outside_m(place.adcode, lon, lat)
        if outside is not None:
            return outside
    return metres(lon, lat, place.lon, place.lat) - place.radius_m
