"""How fast a run goes: rows, rows a second and the time that is left, in words."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable

AT_LEAST_S = 0.5  # before that a rate says nothing


class Pace:
    """Takes the share done (0 to 1) and the rows of a run of ``jobs.table``; tells how it goes.

    Written on the thread of the work and read on that of the window: each value is one number.
    """

    def __init__(self, lang: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._lang, self._clock = lang, clock
        self._began = clock()
        self.share, self.rows, self.sent = 0.0, 0, 0

    def heard(self, share: float, note: str) -> None:
        """Take what a progress is called with: the note is the number of rows."""
        self.share = share
        if note.isdigit():
            self.rows = int(note)

    def sent_one(self, number: int) -> None:
        """Take how many addresses were sent to a service."""
        self.sent = number

    def told(self) -> str:
        """One line: addresses sent, rows, and once they can be known, the rate and the seconds
        left."""
        sent = tr("tables.pace.sent", self._lang, n=f"{self.sent:,}") if self.sent else ""
        return sent + self._rows_told()

    def _rows_told(self) -> str:
        passed = self._clock() - self._began
        if not self.rows or passed < AT_LEAST_S:
            return tr("tables.pace.begins", self._lang)
        rate = self.rows / passed
        figures = {"rows": f"{self.rows:,}", "rate": f"{rate:,.0f}"}
        if not 0 < self.share < 1:
            return tr("tables.pace", self._lang, **figures)
        left = passed / self.share * (1 - self.share)
        return tr("tables.pace.left", self._lang, **figures, left=self._lasting(left))

    def _lasting(self, seconds: float) -> str:
        if seconds < 90:
            return tr("tables.seconds", self._lang, n=max(1, round(seconds)))
        return tr("tables.minutes", self._lang, n=round(seconds / 60))
