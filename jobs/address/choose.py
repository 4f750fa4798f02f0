"""Who resolves addresses: the shipped gazetteer, or the service that the user names."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ...layers.gazetteer import load
from .resolve import resolve

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Callable

    from .discs import Located

__all__ = ["resolver"]


def resolver(
    geocoder: str | None = None, *, data: str | Path | None = None
) -> Callable[[str], Located]:
    """What gives the places of an address. Offline without a `geocoder`.

    Raises BadInput for a service that is not known or has no key.
    """
    book = load(data)
    if geocoder is None:
        return partial(resolve, gazetteer=book)
    from .online import Online

    return Online(geocoder, book)
