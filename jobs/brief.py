"""The short answers for one point that a table or a label needs: no texts, no questions.

The same evaluation as `zonerules at`, without what makes its answer explain itself. Standard
library only.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ..rules.coverage import coverage
from ..rules.evaluate import ask
from ..rules.facts import shown
from ..rules.verdict import Judge
from .answer import activity_id, iso_day
from .phrasing import Phrasing
from .told import bad_input

if TYPE_CHECKING:
    from ..rules.model import Asker
    from .open import Catalogue

__all__ = ["Brief", "day_of"]

ACCURACY_M = 10.0  # what `zonerules at` assumes


def day_of(text: str) -> str:
    """`text` as YYYY-MM-DD; `today` is this day. Raises BadInput."""
    text = text.strip()
    if text == "today":
        return datetime.date.today().isoformat()
    try:
        return iso_day(text)
    except ValueError:
        raise bad_input(
            f"date {shown(text)}", "expected YYYY-MM-DD or today", "应为 YYYY-MM-DD 或 today"
        ) from None


class Brief:
    """What holds at a WGS84 lon/lat in degrees on a day, with all facts and the alert unknown.

    ``accuracy_m``: metres. Raises BadInput for coordinates that are
    no place on earth or a day that is none.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        lon: float,
        lat: float,
        date: str,
        accuracy_m: float = ACCURACY_M,
    ) -> None:
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise bad_input(
                f"{lon:g}, {lat:g}",
                "no longitude and latitude in degrees",
                "不是以度计的经度和纬度",
            )
        self._book = catalogue.book
        located = catalogue.located.locate(lon, lat, accuracy_m)
        wheres = {zone: found.where for zone, found in located.items()}
        self._asker: Asker = ask(self._book, wheres, day_of(date))

    def zones(self, lang: str, *, possible: bool = False) -> list[str]:
        """Names of the zones the point is in, in the catalogue's order.

        Those in which it certainly is and which are in force that day; with ``possible`` instead
        those in which it may be: the edge is near, nobody has drawn it, or its validity is unknown.
        """
        told = Phrasing(self._book, lang)
        names = (
            told.text(self._book.zones[zone]["name"])
            for zone, place in self._asker.places.items()
            if place.location != "outside"
            and place.validity.value != "F"
            and (place.location != "inside" or place.validity.value != "T") == possible
        )
        return list(dict.fromkeys(names))  # documents may name the same area

    def rules(self) -> dict[str, str] | None:
        """Outcome (applies, due, exempt, cannot_determine) by rule; others are not concerned.

        None when no document speaks for the place that day and no rule concerns it: no data.
        """
        covered = coverage(self._asker)
        found = {
            str(result.rule["id"]): result.outcome
            for result in Judge(self._asker, covered).results()
            if result.outcome != "not_concerned"
        }
        return found if found or covered.speaking or covered.reaching else None

    def verdict(self, activity: str) -> str:
        """The verdict on an activity, given by its id or its name. Raises BadInput."""
        known = activity_id(activity, self._book)
        return Judge(self._asker, coverage(self._asker), known).verdict(str(known)).verdict
