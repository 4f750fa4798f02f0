"""Which documents speak for a place and a day, which merely reach it: no data is never "no"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .logic import F, T
from .place import where_truth, zone_truth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .model import Asker


@dataclass(frozen=True)
class Coverage:
    """Document ids by how they stand to a place and a day, each in the catalogue's order."""

    speaking: tuple[str, ...]
    """Jurisdiction contains the place and the plan covers the day."""
    unsure: tuple[str, ...]
    """Whether the jurisdiction contains the place cannot be told."""
    reaching: tuple[str, ...]
    """Not theirs, but the place of one of their binding rules is T or U here."""
    local: tuple[str, ...]
    """Jurisdiction contains the place, whatever the day."""
    expired: tuple[str, ...]
    """Local, unsure or reaching, with a plan that ended before the day."""
    upcoming: tuple[str, ...]
    """Local, unsure or reaching, with a plan that starts after the day."""

    def near(self) -> tuple[str, ...]:
        """Every document that has to do with the place, on any day."""
        return tuple(dict.fromkeys((*self.local, *self.unsure, *self.reaching)))


def coverage(asker: Asker) -> Coverage:
    """How each document of the catalogue stands to the asker's place and day."""
    book = asker.book
    standing = {
        name: zone_truth(asker.places[document["jurisdiction"]]).value
        for name, document in book.documents.items()
    }
    local = [name for name, value in standing.items() if value == T]
    unsure = [name for name, value in standing.items() if value not in (T, F)]
    reaching = [name for name, value in standing.items() if value == F and reaches(name, asker)]
    near = [name for name in book.documents if name in {*local, *unsure, *reaching}]
    covers = {name: book.documents[name]["covers"] for name in near}
    return Coverage(
        speaking=tuple(
            name for name in local if covers[name]["from"] <= asker.day <= covers[name]["until"]
        ),
        unsure=tuple(unsure),
        reaching=tuple(reaching),
        local=tuple(local),
        expired=_only(near, (name for name in near if covers[name]["until"] < asker.day)),
        upcoming=_only(near, (name for name in near if asker.day < covers[name]["from"])),
    )


def _only(order: list[str], names: Iterable[str]) -> tuple[str, ...]:
    chosen = set(names)
    return tuple(name for name in order if name in chosen)


def reaches(document: str, asker: Asker) -> bool:
    """A binding rule of `document`, of any activity and date, has its place T or U here."""
    return any(
        where_truth(where, asker.places).value != F
        for where in asker.book.register.wheres(document)
    )
