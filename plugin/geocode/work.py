"""What runs behind the gate: an address asked of a service, and a cancel heard meanwhile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...jobs.address.discs import Located
    from ...jobs.progress import Progress

STEP_S = 0.1  # between two looks at whether somebody cancelled


def asking(
    key: str, progress: Progress, asked: Callable[[int], None] = lambda number: None
) -> dict[str, Any]:
    """How a service is asked, for ``jobs.address``: with the key, and no more once cancelled.

    ``asked`` hears how many questions were sent. ``progress`` raises Cancelled.
    """

    def sleep(seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            progress(0.0, "")
            time.sleep(min(left, STEP_S))

    def heard(sent: int) -> None:
        progress(0.0, "")
        asked(sent + 1)

    return {"key": key, "sleep": sleep, "heard": heard}


def ask_service(
    service: str,
    key: str,
    text: str,
    within: str | None,
    folder: str | None,
    *,
    progress: Progress,
) -> Located:
    """Return the places of one address. Raises BadInput in one line, and what ``progress`` does."""
    from ...jobs.address.choose import resolver

    resolve = resolver(service, data=folder, within=within, **asking(key, progress))
    return resolve(text)
