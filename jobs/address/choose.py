"""Who resolves addresses: the shipped gazetteer, or the service that the user names."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ...layers.gazetteer import load
from ...rules.facts import shown
from ...rules.messages import Line
from ..answer import BadInput
from .reading import read
from .resolve import resolve

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any, Callable

    from .discs import Located

__all__ = ["resolver"]


def resolver(
    geocoder: str | None = None,
    *,
    data: str | Path | None = None,
    within: str | None = None,
    **asking: Any,
) -> Callable[[str], Located]:
    """What gives the places of an address. Offline without a `geocoder`.

    `within`: the city or county of addresses that state none; `asking`: what :class:`Online` takes
    besides. Raises BadInput for a unit that is not in the gazetteer, and for a service that is not
    known or has no key.
    """
    book = load(data)
    if within is not None and not read(within, book).units:
        wrong = f"--within {shown(within)}"
        raise BadInput(
            Line(
                f"{wrong}: no city or county of that name", f"{wrong}：地名库中没有这个市、县（区）"
            )
        )
    if geocoder is None:
        return partial(resolve, gazetteer=book, within=within)
    from .online import Online

    return Online(geocoder, book, within=within, **asking)
