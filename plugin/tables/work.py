"""What runs behind the gate: a whole check, and what a window or a log tells of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ..geocode import work as geocoding
from .layerfile import as_file
from .preview import preview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from ...jobs.open import Catalogue
    from ...jobs.progress import Progress
    from ...jobs.table.check import Question
    from ...jobs.table.run import Run, Task
    from .layerfile import LayerSource
    from .pace import Pace
    from .preview import Preview
    from .setup import Order

STEP = 1 << 14  # rows between two looks at whether somebody cancelled
FEW = 1 << 6  # the same where a service is asked, so that the rows that are done are seen
OPTION = re.compile(r"--?[a-z][a-z-]*")
PLACE, DISTANCE, WGS84 = "place", "zr_distance_m", "EPSG:4326"
UNSHIFTED = (None, "wgs84", "cgcs2000")
ON_MAP = (".gpkg", ".geojson", ".json")  # outputs that are places in WGS84 or state their CRS


class Finished(NamedTuple):
    """What a run came to, in words and figures; nothing of ``jobs`` is needed to show it.

    ``counts``: tables of ((heading, heading), [(text, number)]); ``verdicts``: the columns
    of verdicts with the name of the activity; ``layer``: the file to load as points,
    None if none was wanted or can be.
    """

    told: list[str]
    counts: list[tuple[tuple[str, str], list[tuple[str, str]]]]
    line: str
    notes: list[str]
    failed: list[str]
    rows: int
    review: int
    errors: int
    seconds: float
    columns: list[str]
    verdicts: dict[str, str]
    tally: dict[str, dict[str, int]]
    roles: dict[str, str]
    fact_columns: dict[str, str]
    layer: Path | None


def look_afresh(
    folder: str | None,
    given: Path | LayerSource,
    options: Mapping[str, str | None],
    *,
    progress: Progress,
) -> Preview:
    """Look at a table for a window, with a catalogue of its own. Raises BadInput."""
    return preview(_opened(folder), given, options, progress=progress)


def check_afresh(
    folder: str | None,
    given: Path | LayerSource,
    order: Order,
    points: Path | None,
    lang: str,
    pace: Pace,
    key: str = "",
    *,
    progress: Progress,
) -> Finished:
    """Run what was set up in a window; ``pace`` hears of the rows and of addresses that were sent.

    ``key``: of the service that is asked for addresses. Raises as :func:`check`.
    """
    reading = dict(order.options)
    question = {
        **order.asked._asdict(),
        **order.place._asdict(),
        **{name: reading.pop(name) for name in ("distance", "addresses", "within", "geocoder")},
        "lang": lang,
    }
    task = {
        "output": order.output,
        "review": order.review,
        "given": order.columns,
        "fact_columns": order.fact_columns,
        **reading,
    }

    def heard(done: float, note: str) -> None:
        progress(done, note)
        pace.heard(done, note)

    catalogue = _opened(folder)
    means = None
    if key:
        means = geocoding.asking(key, lambda _, note: progress(pace.share, note), pace.sent_one)
    return check_given(
        catalogue, given, task, question, points=points, asking=means, progress=heard
    )


def _opened(folder: str | None) -> Catalogue:
    from ...jobs.open import open as open_catalogue

    return open_catalogue(folder)


def check_given(
    catalogue: Catalogue,
    given: Path | LayerSource,
    task: Mapping[str, Any],
    question: Mapping[str, Any],
    *,
    progress: Progress,
    **more: Any,
) -> Finished:
    """As :func:`check`, of a file or a layer; ``task`` and ``question`` hold what those of
    ``jobs.table`` are made of, the file to read aside."""
    from ...jobs.table.check import Question
    from ...jobs.table.run import Task

    with as_file(given, progress) as source:
        asked = Question(**question)
        return check(catalogue, Task(source, **task), asked, progress=progress, **more)


def check(
    catalogue: Catalogue,
    task: Task,
    question: Question,
    *,
    points: Path | None = None,
    told: Callable[[list[str]], None] | None = None,
    asking: Mapping[str, Any] | None = None,
    progress: Progress,
) -> Finished:
    """Answer every row of a table. ``points``: where to write places if the output has none.

    ``told`` is called with which column is taken for what, before the first row is answered.
    ``asking``: how a service is asked, as ``geocode.work.asking`` gives it.
    Raises BadInput, OSError, and what ``progress`` raises: then there is no output.
    """
    from ...jobs.answer import BadInput
    from ...jobs.table import summary
    from ...jobs.table.run import Run
    from ...rules.messages import in_language

    progress(0.0, "")
    run = Run(catalogue, task, question, asking)
    if told is not None:
        told(run.told())
    plain = run.table.batches
    step = FEW if question.geocoder else STEP
    run.table = run.table._replace(batches=lambda: _finer(plain(), step, progress))
    report = run.run(progress)
    notes = [in_language(note, question.lang) for note in report.notes]
    layer = task.output if _on_map(run) else None
    if points is not None and layer is None:
        try:
            layer = _points(run, points, progress)
        except (BadInput, OSError) as error:  # of the map only: the table is written
            notes.append(in_language(error, question.lang))
    facts, data = summary.as_json(run, report), catalogue.data
    activities = catalogue.book.activities
    asked = {name: column for name, column in run.checker.points.verdict_columns().items() if name}
    return Finished(
        told=run.told(),
        counts=summary.counts(run, report),
        line=summary.last_line(run, report),
        notes=notes,
        failed=[str(entry["error"]) for entry in data.get("failed", [])],
        rows=report.tally.rows,
        review=report.review,
        errors=sum(report.tally.errors.values()),
        seconds=report.seconds,
        columns=run.checker.names(),
        verdicts={column: activities[name][question.lang] for name, column in asked.items()},
        tally=facts["verdicts"],
        roles=facts["columns"],
        fact_columns=facts["fact_columns"],
        layer=layer,
    )


def without_options(line: str, names: Mapping[str, str]) -> str:
    """A line of jobs with the names that people see in place of the command line's options."""
    return OPTION.sub(lambda found: names.get(found[0], found[0]), line)


def _on_map(run: Run) -> bool:
    """Whether the output itself shows its places where they are."""
    shaped = run.task.output.suffix.lower() in ON_MAP
    return shaped and (run.made_points or run.moved_shapes or run.question.datum in UNSHIFTED)


def _finer(batches: Iterator[Any], step: int, progress: Progress) -> Iterator[Any]:
    """The same rows in smaller batches, so that a cancel is heard soon and the bar moves."""
    for batch in batches:
        for first in range(0, batch.num_rows, step):
            yield batch.slice(first, step)


def _points(run: Run, path: Path, progress: Progress) -> Path | None:
    """Write the finished table again as points in WGS84; None if it is empty or nobody waits.

    Its rows are those of the output, its places those that were answered.
    """
    from contextlib import ExitStack

    from ...jobs.progress import Cancelled
    from ...jobs.table.reading import open_table
    from ...jobs.table.writing import About, Layout, free_names, open_output

    written = open_table(run.task.output)
    names = free_names(written.names, [PLACE], "GPKG")[0]
    layout = Layout([*names, PLACE], len(names), WGS84, defuse=False)
    about = About(run.question.lang, list)
    try:
        with ExitStack() as files:
            output = None
            for batch in _placed(written, _places(run)):
                output = output or files.enter_context(
                    open_output(path, layout, batch.schema, about)
                )
                output.write(batch)
                progress(0.99, "")
    except Cancelled:  # of the map only: the table is written
        return None
    return path if output is not None else None


def _places(run: Run) -> Any:
    """The places of all rows as WKB, null where there is none; some 30 bytes a row."""
    import numpy as np
    import pyarrow as pa
    import shapely

    found = []
    for batch in run.table.batches():
        places = run.checker.places(batch)
        known = np.isfinite(places.lon)
        points = np.full(len(places.lon), None, dtype=object)
        points[known] = shapely.to_wkb(shapely.points(places.lon[known], places.lat[known]))
        found.append(pa.array(points, pa.binary()))
    return pa.chunked_array(found, pa.binary())


def _placed(table: Any, places: Any) -> Iterator[Any]:
    """The batches of a finished table with a column of places; the distance as a number."""
    import pyarrow as pa
    import pyarrow.compute as pc

    start = 0
    for batch in table.batches():
        columns = list(batch.columns)
        for at, name in enumerate(table.names):
            if name == DISTANCE and pa.types.is_string(columns[at].type):
                told = pc.if_else(pc.equal(columns[at], ""), None, columns[at])
                columns[at] = pc.cast(told, pa.float64())
        here = places.slice(start, batch.num_rows).combine_chunks()
        columns.append(here if isinstance(here, pa.Array) else here.chunk(0))
        start += batch.num_rows
        yield pa.RecordBatch.from_arrays(columns, [str(at) for at in range(len(columns))])
