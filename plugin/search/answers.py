"""What the expression functions need from the catalogue: opened once, asked from any thread.

Labels, the field calculator and a map being drawn ask from threads of Qt's pool. The catalogue
is only read there, by standard-library code (pyproj's trouble with such threads is not met); the
lock guards what is kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from ...jobs.brief import Brief
    from ..asking import Asker

KEPT = 20_000  # results; a label asks the same for every redraw
BRIEFS = 16  # places kept evaluated: several functions about one feature


class Answers:
    """Results by place, day and question, the latest kept."""

    def __init__(self, asker: Asker, lang: str) -> None:
        self.asker = asker
        self.lang = lang
        self._lock = threading.RLock()
        self._results: OrderedDict[Hashable, Any] = OrderedDict()
        self._briefs: OrderedDict[tuple[float, float, str], Brief] = OrderedDict()

    def clear(self, lang: str | None = None) -> None:
        """Forget everything: another catalogue or, with ``lang``, another language."""
        with self._lock:
            self.lang = lang or self.lang
            self._results.clear()
            self._briefs.clear()

    def result(
        self, lon: float, lat: float, day: str, question: Hashable, ask: Callable[[Brief], Any]
    ) -> Any:
        """Return ``ask(brief)`` for a place in degrees WGS84 and a day YYYY-MM-DD.

        ``question`` tells ``ask`` from others. Raises jobs' BadInput and asking's Refusal.
        """
        with self._lock:
            key = (lon, lat, day, question)
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
            found = ask(self._brief(lon, lat, day))
            _keep(self._results, key, found, KEPT)
            return found

    def _brief(self, lon: float, lat: float, day: str) -> Brief:
        key = (lon, lat, day)
        if key not in self._briefs:
            from ...jobs.brief import Brief

            _keep(self._briefs, key, Brief(self.asker.catalogue(self.lang), *key), BRIEFS)
        return self._briefs[key]


def _keep(store: OrderedDict[Any, Any], key: Any, value: Any, most: int) -> None:
    store[key] = value
    while len(store) > most:
        store.popitem(last=False)
