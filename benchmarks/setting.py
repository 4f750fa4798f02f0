"""What every section of a run is given."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from . import peers
from .timing import Effort, failed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from .made import Places, Shapes
    from .timing import Row


class Setting(NamedTuple):
    """`scale` multiplies every number of points.

    `folder` is for files of one section, `cache` is what zonerules keeps in this run; both are gone
    after it.
    """

    folder: Path
    cache: Path
    effort: Effort
    scale: float = 1.0
    quick: bool = False
    say: Callable[[str], None] = partial(print, flush=True)

    def points(self, count: float) -> int:
        return max(1000, round(count * self.scale))


def prepared(
    names: Iterable[str], places: Places, shapes: Shapes, say: Callable[[str], None]
) -> tuple[dict[str, Callable[[], peers.Pairs]], dict[str, Row]]:
    """Return the named peers ready to run, and a row that says why for each that cannot."""
    ready, rows = {}, {}
    for name in names:
        try:
            ready[name] = peers.PEERS[name](places, shapes)
        except Exception as error:  # not there, or broken: told, and the run goes on
            rows[name] = failed(error)
            say(f"  without {name}: {rows[name]['failed']}")
    return ready, rows
