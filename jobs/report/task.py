"""Which table is read how, and what becomes of each of its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .blank import Blank
    from .extract import Extract
    from .leaf import Leaf

__all__ = ["Made", "Task"]


@dataclass(frozen=True)
class Task:
    """Which table is read how, and what is asked of each row.

    `given`: headings by role; `fact_columns`: headings by key; `facts` hold for all rows, a row's
    own cell comes before them. Where `given` names a column of addresses, rows without coordinates
    take their place from it; `within`, `geocoder` and `stated` are those of
    `jobs.table.check.Question`. `first`, `last`: numbers of rows from 1, both included.
    """

    source: Path
    given: Mapping[str, str | None] = field(default_factory=dict)
    fact_columns: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    activity: str | None = None
    datum: str | None = None
    crs: str | None = None
    accuracy_m: float = 10.0
    date: str | None = None
    alert: str | None = None
    radius_km: float | None = None
    everything: bool = False
    encoding: str | None = None
    delimiter: str | None = None
    layer: str | None = None
    within: str | None = None
    geocoder: str | None = None
    stated: bool = True
    first: int = 1
    last: int | None = None
    lang: str = "zh"


class Made(NamedTuple):
    """A row with its extract; else with why it has none, and the page that says so."""

    row: int
    name: str
    extract: Extract | None
    fault: str
    blank: Blank | None = None

    @property
    def leaf(self) -> Leaf | None:
        """What is written of the row."""
        return self.extract or self.blank
