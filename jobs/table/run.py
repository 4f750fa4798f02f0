"""`zonerules check`: a table in, the same rows with their answers out, in bounded memory."""

from __future__ import annotations

import datetime
import os
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ...rules.messages import Line, counted, in_language
from ..answer import BadInput, read_facts
from ..progress import Progress, unheard
from ..projected import one_of
from .batches import pieces
from .behind import Behind
from .check import Checker, Question, Tally
from .columns import find_columns
from .looking import SAMPLE, look, shared
from .parts import Parts, input_print
from .places import moved
from .reading import open_table
from .summary import about_lines
from .writing import (
    GEOMETRY,
    SPATIAL,
    About,
    Layout,
    Output,
    checked_output,
    free_names,
    open_output,
    remove_left,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

    from ..open import Catalogue
    from .places import Places

WGS84 = "EPSG:4326"
SHIFTED = ("gcj02", "bd09")  # no file can say that its CRS is one of these
SETTLED = ("prohibited", "restricted", "required", "exempt", "not_concerned")
ROW = "zr_row"  # in the file of rows for a person: the number of the row, from 1


@dataclass(frozen=True)
class Task:
    """Which table is read how, and where the answers go. `given`: headings by role."""

    source: Path
    output: Path
    review: Path | None = None
    given: Mapping[str, str | None] = field(default_factory=dict)
    fact_columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    layer: str | None = None
    resume: bool = False
    keep_formulas: bool = False


class Report(NamedTuple):
    """What a finished run has to tell. `review`: the rows that a person should look at."""

    tally: Tally
    review: int
    notes: list[Line]
    seconds: float


class Run:
    """One run, checked and ready: nothing is written before :meth:`run`.

    `asking` as :class:`Checker` takes it. Raises BadInput for what cannot be read, asked or
    written.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        task: Task,
        question: Question,
        asking: Mapping[str, Any] | None = None,
    ) -> None:
        self.catalogue, self.task = catalogue, task
        self.kind = checked_output(task.output)
        _check_files(task)
        book = catalogue.book
        for key in task.fact_columns:
            read_facts({key: ""}, book)  # an unknown key is told once, not on every row
        self.table = open_table(
            task.source, encoding=task.encoding, delimiter=task.delimiter, layer=task.layer
        )
        if self.kind == "xlsx" and self.table.rows is not None:
            from .sheets import check_rows

            check_rows(f"-o {task.output.name}", self.table.rows)
        self.columns = find_columns(
            self.table.names,
            task.given,
            task.fact_columns,
            geometry=self.table.geometry is not None,
            keys={*book.facts, *(f"zone.{zone}" for zone in book.zones)},
        )
        self.question = self._settled(question)
        geometry = self.table.geometry
        self.checker = Checker(catalogue, self.question, self.columns, geometry, asking)
        self.names, notes = free_names(self.table.names, self._added(), self.kind)
        self.notes = [*notes, *self._suspicions()]
        if self.moved_shapes:
            datum = str(self.question.datum)
            self.notes.append(
                Line(
                    f"{task.output.name}: the shapes are written in WGS84, moved from {datum}",
                    f"{task.output.name}：图形已由 {datum} 换算，写为 WGS84",
                )
            )
        self._size, self._read = task.source.stat().st_size, 0

    def _settled(self, question: Question) -> Question:
        """The question with the day it is asked for and the CRS of the file."""
        placed = {"lon", "lat", "place"} & set(self.columns.roles)
        crs = question.crs or (None if placed else self.table.crs)
        one_of(question.datum, question.crs)
        common = question.common
        if placed or self.table.geometry is not None or not question.addresses:
            look(self.table, self.columns, datum=question.datum, crs=crs)
            common = shared(self.table, self.columns)
        date = question.date
        if date is None or date == "today":
            date = datetime.date.today().isoformat()  # one day, also for a run over midnight
        return replace(question, crs=crs, date=date, common=common)

    def _suspicions(self) -> list[Line]:
        """What is suspicious about the coordinates of the first rows."""
        first = next((batch for batch in self.table.batches() if batch.num_rows), None)
        return [] if first is None else self.checker.suspicions(first.slice(0, SAMPLE))

    @property
    def made_points(self) -> bool:
        """Whether the output has places that the input has not as shapes."""
        spatial = self.kind in SPATIAL or self.task.output.suffix.lower() == ".geoparquet"
        return spatial and self.table.geometry is None

    @property
    def moved_shapes(self) -> bool:
        """Whether the shapes of the input are written in WGS84, as their datum is no CRS."""
        spatial = self.kind in (*SPATIAL, "parquet")
        return spatial and self.table.geometry is not None and self.question.datum in SHIFTED

    def _added(self) -> list[str]:
        return [*self.checker.names(), *([GEOMETRY] if self.made_points else [])]

    def names_for(self, kind: str) -> list[str]:
        """All headings of an output of a format."""
        return [*free_names(self.table.names, self._added(), kind)[0], *self._added()]

    def layout(self) -> Layout:
        """The columns of the output."""
        names = self.names_for(self.kind)
        geometry, crs = self.table.geometry, self.table.crs
        if self.made_points:
            geometry, crs = len(names) - 1, WGS84
        elif self.moved_shapes:
            crs = WGS84
        elif geometry is not None and crs is None:
            crs = self.question.crs
        return Layout(names, geometry, crs, self.table.text, not self.task.keep_formulas)

    def told(self) -> list[str]:
        """Which column is taken for what, one line each."""
        notice = self.checker.notice
        told = self.columns.told(self.table.names, self.question.lang)
        return told if notice is None else [*told, in_language(notice, self.question.lang)]

    def run(self, progress: Progress = unheard) -> Report:
        """Answer every row. After an error or an interrupt there is no output, and with `resume`
        the parts that are done. Raises BadInput, OSError and what `progress` raises."""
        began = time.monotonic()
        parts = Parts(self.task.output, self._identity()) if self.task.resume else None
        if parts is not None:  # a run that was killed could not tidy up
            for path in filter(None, (self.task.output, self.task.review)):
                remove_left(path)
        if parts is not None and parts.count:
            self.checker.tally = Tally(**parts.state)
        with ExitStack() as files, Behind() as behind:
            writer = Writer(self, files, lambda: progress(0.99, f"{writer.rows}"))
            for number, (start, batch) in enumerate(self._batches()):
                faults = self._faults(start, batch.num_rows)
                places = self.checker.places(batch) if self.made_points else None
                if parts is not None and number < parts.count:
                    answers = parts.read(number)
                else:
                    answers = self.checker(batch, faults, places)
                    if parts is not None:
                        parts.keep(answers, asdict(self.checker.tally))
                behind.do(writer.write, start, batch, answers, places)
                progress(self._share(start, batch), f"{start + batch.num_rows}")
        if parts is not None:
            with self.task.output.open("rb") as whole:
                os.fsync(whole.fileno())  # before what it could be made again from is gone
            parts.remove()
        seconds = time.monotonic() - began
        return Report(self.checker.tally, writer.review, [*self.notes, *writer.notes()], seconds)

    def _batches(self) -> Iterator[tuple[int, pa.RecordBatch]]:
        """Each batch with the number of its first row; one that is empty if the table is."""
        start = 0
        for batch in self.table.batches():
            for piece in pieces(batch):
                yield start, piece
                start += piece.num_rows
        if not start:
            yield 0, self.table.nothing()

    def _faults(self, start: int, count: int) -> dict[int, Line]:
        """What reading found wrong, by row of the batch; it is taken out of the table's own."""
        known = self.table.faults
        mine = [row for row in known if row < start + count]
        return {row - start: known.pop(row) for row in mine}

    def _share(self, start: int, batch: pa.RecordBatch) -> float:
        """The share of the table that is done; of a text guessed by the length of its rows."""
        done = start + batch.num_rows
        if self.table.rows is None:
            self._read += batch.nbytes - 4 * batch.num_columns * batch.num_rows
            self._read += batch.num_columns * batch.num_rows
            return float(min(self._read / max(self._size, 1), 0.99))
        return float(done / max(self.table.rows, 1))

    def _identity(self) -> dict[str, Any]:
        from ... import __version__

        task, data = self.task, self.catalogue.data
        overlay = data.get("overlay", {})
        reading = (task.encoding, task.delimiter, task.layer)
        return {
            "input": {**input_print(task.source), "reading": reading},
            "question": {**asdict(self.question), "columns": asdict(self.columns)},
            "catalogue": f"{data['fingerprint']}{overlay.get('fingerprint', '')}",
            "failed": sorted(str(entry["layer"]) for entry in data.get("failed", [])),
            "version": __version__,
        }


def _check_files(task: Task) -> None:
    """No output may be the input or another output. Raises BadInput."""
    review = task.review
    if review is not None and checked_output(review, "--review") in SPATIAL:
        raise BadInput(
            Line(
                f"--review {review.name}: expected .csv, .tsv, .parquet or .xlsx",
                f"--review {review.name}：应为 .csv、.tsv、.parquet 或 .xlsx",
            )
        )
    taken = {task.source.resolve(): "IN"}
    for option, path in (("-o", task.output), ("--review", review)):
        if path is None:
            continue
        if path.resolve() in taken:
            other = taken[path.resolve()]
            raise BadInput(
                Line(
                    f"{option} {path.name}: is the same file as {other}",
                    f"{option} {path.name}：与 {other} 是同一个文件",
                )
            )
        taken[path.resolve()] = option


class Writer:
    """The output and, where asked, the file of rows that a person should look at."""

    def __init__(self, run: Run, files: ExitStack, heard: Callable[[], None]) -> None:
        self._run, self._files, self._heard = run, files, heard
        self._outputs: list[Output] = []
        self.rows, self.review = 0, 0

    def write(
        self, start: int, batch: pa.RecordBatch, answers: pa.RecordBatch, places: Places | None
    ) -> None:
        """Add the rows of a batch with their answers."""
        import pyarrow as pa
        import pyarrow.compute as pc

        run = self._run
        self.rows += batch.num_rows
        columns = [*batch.columns, *answers.columns]
        at = run.table.geometry
        if run.moved_shapes and at is not None:
            columns[at] = moved(columns[at], run.question.crs, str(run.question.datum))
        if places is not None:
            columns.append(_points(places))
        whole = pa.RecordBatch.from_arrays(columns, [str(i) for i in range(len(columns))])
        if not self._outputs:
            self._open(whole.schema)
        person = for_a_person(answers)
        self.review += pc.sum(person).as_py() or 0
        self._outputs[0].write(whole, person)
        if len(self._outputs) > 1:
            if run.kind == "xlsx":
                from .sheets import overlong

                person = pc.or_(person, overlong(whole, run.layout().geometry))
            numbers = pa.array(range(start + 1, start + 1 + batch.num_rows), pa.int64())
            numbered = pa.RecordBatch.from_arrays(
                [*columns, numbers], [*whole.schema.names, str(len(columns))]
            )
            self._outputs[1].write(numbered.filter(person))

    def notes(self) -> list[Line]:
        """What happened to cells on the way."""
        defused = sum(getattr(output, "defused", 0) for output in self._outputs[:1])
        shortened = sum(getattr(output, "shortened", 0) for output in self._outputs[:1])
        lines = []
        if defused:
            lines.append(
                Line(
                    counted(f"{defused} cells that a spreadsheet would compute")
                    + " got a ' in front (--keep-formulas leaves them)",
                    f"{defused} 个会被当作公式执行的单元格前加了 '（--keep-formulas 可保留原样）",
                )
            )
        if shortened:
            kept = len(self._outputs) > 1 and not hasattr(self._outputs[1], "shortened")
            where = Line("whole in --review", "全文见 --review 文件")
            if not kept:
                where = Line(
                    "--review FILE.csv keeps them whole", "用 --review 文件.csv 可保留全文"
                )
            lines.append(
                Line(
                    counted(f"{shortened} cells were shortened to what Excel holds; {where}"),
                    f"{shortened} 个单元格超过 Excel 的上限而被截短；{where.zh}",
                )
            )
        return lines

    def _open(self, schema: pa.Schema) -> None:
        import pyarrow as pa

        run = self._run
        about = About(run.question.lang, lambda: about_lines(run, self.review))
        layout = run.layout()
        if run.task.review is not None:
            names = [*run.names_for(checked_output(run.task.review, "--review")), ROW]
            numbered = schema.append(pa.field(str(len(schema)), pa.int64()))
            review = layout._replace(names=names)
            self._enter(open_output(run.task.review, review, numbered, about))
        # entered last, so completed first: whoever stops that leaves no other file either
        heard = about._replace(heard=self._heard)
        self._enter(open_output(run.task.output, layout, schema, heard))

    def _enter(self, output: Output) -> None:
        self._outputs.insert(0, self._files.enter_context(output))


def _points(places: Places) -> pa.Array:
    """Places as points in WKB, null where there is none."""
    import numpy as np
    import pyarrow as pa
    import shapely

    known = np.isfinite(places.lon)
    points = np.full(len(places.lon), None, dtype=object)
    points[known] = shapely.to_wkb(shapely.points(places.lon[known], places.lat[known]))
    return pa.array(points, pa.binary())


def for_a_person(answers: pa.RecordBatch) -> pa.Array:
    """Return which rows a person should look at: errors, open verdicts, places near a boundary.

    A verdict that holds on either side of the boundary needs nobody; without one asked for, or
    where there are no data, whoever is near must look.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    is_open = unsettled = pa.array([False] * answers.num_rows, pa.bool_())
    verdicts = [name for name in answers.schema.names if name.startswith("zr_verdict")]
    for name in verdicts:
        words = answers[name].dictionary_decode()
        is_open = pc.or_(is_open, pc.equal(words, "cannot_determine").fill_null(False))
        settled = pc.is_in(words, value_set=pa.array(SETTLED))
        unsettled = pc.or_(unsettled, pc.invert(settled))
    near = pc.and_(answers["zr_near"].is_valid(), unsettled)
    return pc.or_(pc.or_(answers["zr_error"].is_valid(), near), is_open)
