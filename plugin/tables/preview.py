"""A first look at a table: its columns, some rows, and what its coordinates look like."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .layerfile import as_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...jobs.open import Catalogue
    from ...jobs.progress import Progress
    from .layerfile import LayerSource

SHOWN = 8  # rows that people see
SAMPLE = 2000  # rows whose coordinates are looked at
CELL = 200  # characters of a cell that people see


class Preview(NamedTuple):
    """``roles`` and ``facts``: which column is guessed to be what, by its position.

    ``count``: rows, None where only reading all tells; ``crs``: the name of the CRS that the file
    states, empty if it states none; ``shaped``: it has places of its own; ``form``: encoding and
    delimiter of a text.
    """

    names: list[str]
    rows: list[list[str]]
    count: int | None
    crs: str
    shaped: bool
    form: tuple[str, str] | None
    roles: dict[str, int]
    facts: dict[str, int]
    sample: Any
    geometry: int | None


class Seen(NamedTuple):
    """What coordinates look like: ``kind`` is here (degrees in China), turned (latitude first),
    degrees, metres or none; the least and greatest value of each."""

    kind: str
    x: tuple[float, float] = (0.0, 0.0)
    y: tuple[float, float] = (0.0, 0.0)


def preview(
    catalogue: Catalogue,
    given: Path | LayerSource,
    options: Mapping[str, str | None],
    *,
    progress: Progress,
) -> Preview:
    """Look at a file or layer; ``options``: encoding, delimiter and layer of ``open_table``.

    Raises BadInput for what cannot be read.
    """
    from ...jobs.table.columns import find_columns
    from ...jobs.table.reading import open_table
    from ...jobs.table.writing import as_text

    book = catalogue.book
    with as_file(given, progress, SAMPLE) as path:
        table = open_table(path, **options)
        keys = {*book.facts, *(f"zone.{zone}" for zone in book.zones)}
        columns = find_columns(table.names, {}, {}, geometry=table.geometry is not None, keys=keys)
        first = next((batch for batch in table.batches() if batch.num_rows), None)
        sample = None if first is None else first.slice(0, SAMPLE)
        count = table.rows
        if not isinstance(given, Path):  # what was read is a sample
            count = given.count if given.count >= 0 else None
    rows: list[list[str]] = []
    if sample is not None:
        top = sample.slice(0, SHOWN)
        texts = [
            ["…"] * top.num_rows if at == table.geometry else as_text(column).to_pylist()
            for at, column in enumerate(top.columns)
        ]
        rows = [["" if cell is None else str(cell)[:CELL] for cell in row] for row in zip(*texts)]
    return Preview(
        table.names,
        rows,
        count,
        _name(table.crs),
        table.geometry is not None,
        (table.text.encoding, table.text.delimiter) if table.text else None,
        dict(columns.roles),
        dict(columns.facts),
        sample,
        table.geometry,
    )


def seen(found: Preview, roles: Mapping[str, int]) -> Seen:
    """What the coordinates in these columns look like."""
    import numpy as np

    from ...jobs.table.columns import Columns
    from ...jobs.table.looking import CHINA
    from ...jobs.table.places import Placing

    placed = {"lon", "lat"} <= set(roles) or "place" in roles
    if found.sample is None or not (placed or found.shaped):
        return Seen("none")
    placing = Placing(Columns(roles), datum=None, crs=None, accuracy_m=0.0)
    x, y = placing.written(found.sample, found.geometry, {})
    both = np.isfinite(x) & np.isfinite(y)
    x, y = x[both], y[both]
    if not len(x):
        return Seen("none")
    west, east, south, north = CHINA
    kinds = {
        "here": (x >= west) & (x <= east) & (y >= south) & (y <= north),
        "turned": (y >= west) & (y <= east) & (x >= south) & (x <= north),
        "metres": (np.abs(x) > 360) & (np.abs(y) > 360),
        "degrees": (np.abs(x) <= 360) & (np.abs(y) <= 360),
    }
    kind = next((name for name, those in kinds.items() if those.mean() > 0.5), "degrees")
    return Seen(kind, (float(x.min()), float(x.max())), (float(y.min()), float(y.max())))


def _name(crs: str | None) -> str:
    if crs is None:
        return ""
    import pyproj

    return str(pyproj.CRS.from_user_input(crs).name)
