"""What a text typed into QGIS's locator may mean. No Qt in here; any thread may ask."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

from ..asking import Refusal
from ..texts import tr

if TYPE_CHECKING:
    from ...jobs.coordinates import Reading
    from ...jobs.find.lookup import Lookup
    from ..asking import Asker

# WGS 84 and CGCS2000 differ by decimetres: one row for both, unless one of them is the default
DATUMS = ("wgs84", "gcj02", "bd09")
SHORTEST = 2  # characters; a single one says nothing


class Row(NamedTuple):
    """One row of the locator. ``target`` says what to open: a kind (place, zone, source, rule)
    and its id, or for a place longitude and latitude in degrees WGS84. ``score``: 0 to 1.
    """

    group: str
    icon: str
    title: str
    note: str
    score: float
    target: tuple[str, str] | tuple[str, float, float]


class Finder:
    """Searches coordinates and the catalogue; reads the catalogue at the first search."""

    def __init__(self, asker: Asker, lang: str) -> None:
        self.asker = asker
        self.lang = lang
        self._lookup: Lookup | None = None
        self._lock = threading.Lock()

    def reset(self) -> None:
        """Read the catalogue anew at the next search."""
        with self._lock:
            self._lookup = None

    def find(self, text: str, datum: str, most: int) -> list[Row]:
        """Rows for a text, at most ``most`` of each kind; typed coordinates first.

        Coordinates without a datum come once for each datum, ``datum`` first. Nothing where the
        catalogue cannot be read: the panel says why.
        """
        text = text.strip()
        if len(text) < SHORTEST:
            return []
        places = self._places(text, datum)
        if places:
            return places
        try:
            lookup = self._opened()
        except Refusal:
            return []
        lang = self.lang
        return [
            Row(
                tr(f"search.{hit.kind}s", lang),
                f"search-{hit.kind}.svg",
                hit.name,
                hit.note,
                hit.score,
                (hit.kind, hit.id),
            )
            for hit in lookup.find(text, lang, most)
        ]

    def _opened(self) -> Lookup:
        with self._lock:
            if self._lookup is None:
                catalogue = self.asker.catalogue(self.lang)
                from ...jobs.find.lookup import Lookup

                self._lookup = Lookup(catalogue)
            return self._lookup

    def _places(self, text: str, default: str) -> list[Row]:
        from ...jobs.answer import BadInput
        from ...jobs.coordinates import parse

        try:
            readings = parse(text)
        except BadInput:
            return []
        rows = []
        for reading in readings:
            others = [name for name in DATUMS if not _same(name, default)]
            for name in [reading.datum] if reading.datum else [default, *others]:
                rows.append(self._place(reading, name, default, 1.0 - 0.05 * len(rows)))
        return rows

    def _place(self, reading: Reading, datum: str, default: str, score: float) -> Row:
        lang = self.lang
        lon, lat = (round(value, 6) + 0.0 for value in reading.in_wgs84(datum))
        typed = f"{reading.lon:.6f}".rstrip("0").rstrip("."), f"{reading.lat:.6f}".rstrip("0")
        pair = ", ".join(part.rstrip(".") for part in typed)
        notes = [tr("search.wgs84", lang, pair=f"{lon:.6f}, {lat:.6f}")]
        if reading.datum:
            notes.append(tr("search.written", lang))
        elif _same(datum, default):
            notes.append(tr("search.default", lang))
        if reading.note:
            notes.append(tr(f"search.{reading.note}", lang))
        title = tr("search.as", lang, pair=pair, datum=tr(f"search.datum.{datum}", lang))
        group = tr("search.places", lang)
        return Row(group, "search-place.svg", title, " · ".join(notes), score, ("place", lon, lat))


def _same(datum: str, other: str) -> bool:
    return datum == other or {datum, other} == {"wgs84", "cgcs2000"}
