"""What an address may mean, offline: for the locator and the window. No Qt in here; any thread
may ask."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

from ..asking import Refusal
from ..texts import tr

if TYPE_CHECKING:
    from ...jobs.address.discs import Candidate, Located
    from ...layers.gazetteer import Gazetteer

SHORTEST = 2  # characters
KILOMETRE = 1000.0


class Disc(NamedTuple):
    """One row of the locator: degrees WGS84, metres; ``review``: what a person should look at.

    ``radius_m`` is 0 for a row that only tells why there is no place.
    """

    title: str
    note: str
    lon: float
    lat: float
    radius_m: float
    review: str
    score: float


class Addresses:
    """Resolves addresses with the shipped gazetteer and that of the user's folder."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._lock = threading.Lock()
        self._book: tuple[str | None, Gazetteer] | None = None

    def reset(self) -> None:
        """Read the gazetteer anew at the next search."""
        with self._lock:
            self._book = None

    def find(self, text: str, folder: str | None) -> list[Disc]:
        """The discs of an address, the best first; one row that says why where there are none.

        ``folder``: the user's own data. What contradicts itself is told in every row.
        """
        if len(text.strip()) < SHORTEST:
            return []
        try:
            located = self.located(text, folder)
        except Refusal as refusal:
            return [self._nothing(str(refusal))]
        if not located.candidates:
            return [self._nothing(located.told(self.lang))]
        return [
            self._row(found, located, 1.0 - 0.05 * place)
            for place, found in enumerate(located.candidates)
        ]

    def located(self, text: str, folder: str | None, within: str | None = None) -> Located:
        """The places of an address, offline; ``within``: the city or county if it states none.

        Raises Refusal for a unit that nobody knows and for data that cannot be read.
        """
        from ...jobs.address.reading import read
        from ...jobs.address.resolve import resolve
        from ...layers.catalogue.errors import CatalogueError

        try:
            book = self._opened(folder)
        except (CatalogueError, OSError) as error:
            raise Refusal(" ".join(str(error).split())) from error
        if within and not read(within, book).units:
            raise Refusal(tr("geocode.within.unknown", self.lang, within=within))
        return resolve(text, book, within)

    def _opened(self, folder: str | None) -> Gazetteer:
        from ...layers.gazetteer import load

        with self._lock:
            if self._book is None or self._book[0] != folder:
                self._book = folder, load(folder)
            return self._book[1]

    def _row(self, found: Candidate, located: Located, score: float) -> Disc:
        from ...jobs.address.discs import LEVEL_WORDS
        from ...rules.messages import in_language

        lang, review = self.lang, located.told(self.lang)
        level = in_language(LEVEL_WORDS[found.level], lang)
        title = tr("search.address.title", lang, level=level, matched=found.matched)
        notes = [f"±{size(found.radius_m)}"]
        if found.county:
            notes.append(found.county)
        notes.append(tr("search.address.sure", lang, percent=f"{100 * found.confidence:.0f}"))
        if review:
            notes.append(tr("search.address.review", lang, review=review))
        elif located.unread:
            notes.append(tr("search.address.unread", lang, text=located.unread))
        return Disc(title, " · ".join(notes), found.lon, found.lat, found.radius_m, review, score)

    def _nothing(self, reason: str) -> Disc:
        return Disc(tr("search.address.none", self.lang), reason, 0.0, 0.0, 0.0, reason, 0.1)


def size(metres: float) -> str:
    """A radius as people read it."""
    return f"{metres:.0f} m" if metres < KILOMETRE else f"{metres / KILOMETRE:.1f} km"
