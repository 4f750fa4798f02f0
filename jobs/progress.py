"""How long work tells how far it is, and how it is stopped: one convention for every face."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float, str], None]
"""Called with the share done, 0 to 1, and a note (may be empty); raises Cancelled to stop."""


class Cancelled(Exception):
    """The user stopped the work; nothing half done is left behind."""


def unheard(done: float, note: str) -> None:
    """The progress of a caller who does not listen."""
