"""One part of a folder of Parquet answered, in whatever process on whatever machine.

A part of the output is whole or not there at all. It says in its own metadata what was asked and
how its rows came out, so that a run that was stopped goes on with the parts that are there, whoever
wrote them, and its summary still counts their rows.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ...rules.messages import Line
from ..answer import BadInput
from .batches import BatchChecker, pieces
from .check import Tally
from .columnar import ParquetOutput
from .parts import input_print
from .reading import open_table
from .run import for_a_person

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from .writing import Layout

    Heard = Callable[[int], None]

# in the folder of the output; what reads folders of Parquet takes no name with _ in front for data
MANIFEST = "_zonerules.json"
UNFINISHED = "_unfinished"
KEY = "zonerules"  # of a part's own metadata
Told = dict[str, Any]
"""What a part says of itself: run, input, rows, review, tally."""


class Job(NamedTuple):
    """One part, to be answered from folder to folder; `run`: the digest of what is asked."""

    source: str
    output: str
    name: str
    run: str
    layout: Layout


def answer_part(check: BatchChecker, job: Job, heard: Heard | None = None) -> Told:
    """Answer one part, unless it is there already; returns what it says of itself.

    Raises BadInput, also where the output is not the folder that the run was begun in.
    """
    there = kept(job)
    if there is not None:  # by a worker that died before it could tell
        return there
    output, source = Path(job.output), Path(job.source) / job.name
    if manifest(output).get("run") != job.run:
        where = output / MANIFEST
        raise BadInput(
            Line(
                f"{where}: not that of this run; every worker must reach the same folders",
                f"{where}：不属于本次任务；所有工作进程必须能访问同样的文件夹",
            )
        )
    own = output / UNFINISHED / os.urandom(8).hex()
    own.mkdir(parents=True)
    try:
        made = own / source.name
        told = _answered(check, job, made, heard)
        with made.open("rb") as file:
            os.fsync(file.fileno())
        goal = output / job.name
        goal.parent.mkdir(parents=True, exist_ok=True)
        made.replace(goal)
    finally:
        shutil.rmtree(own, ignore_errors=True)
    return told


def kept(job: Job) -> Told | None:
    """What the part of the output says of itself; None unless it is whole and of this run."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        about = parquet.read_metadata(Path(job.output) / job.name)
        told: Told = json.loads(about.metadata[KEY.encode()])
        same = told["run"] == job.run and told["input"] == input_print(Path(job.source) / job.name)
    except (OSError, pa.ArrowInvalid, KeyError, TypeError, ValueError):
        return None
    return told if same and told["rows"] == about.num_rows else None


def _answered(check: BatchChecker, job: Job, goal: Path, heard: Heard | None) -> Told:
    import pyarrow as pa

    try:
        return _answer(check, job, goal, heard)
    except (OSError, pa.ArrowException) as error:  # a damaged page, a full disk
        reason = str(error).splitlines()[0]
        raise BadInput(Line(f"{job.name}: {reason}", f"{job.name}：{reason}")) from error


class _PartOutput(ParquetOutput):
    """A part that says of itself what is in `told` when it is finished."""

    def __init__(self, path: Path, layout: Layout, schema: pa.Schema, told: Told) -> None:
        super().__init__(path, layout, schema)
        self._told = told

    def finish(self) -> None:
        self._writer.add_key_value_metadata({KEY: json.dumps(self._told, ensure_ascii=False)})
        super().finish()


def _answer(check: BatchChecker, job: Job, goal: Path, heard: Heard | None) -> Told:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import parquet

    source = Path(job.source) / job.name
    read_from = input_print(source)
    table = open_table(source)
    schema = parquet.read_schema(source).remove_metadata()
    told: Told = {"run": job.run, "input": read_from, "rows": 0, "review": 0}
    tally = Tally()
    nothing = check.answers(pa.RecordBatch.from_pylist([], schema))
    whole = pa.schema([*schema, *nothing.schema])
    with _PartOutput(goal, job.layout, whole, told) as output:
        for batch in table.batches():
            for piece in pieces(batch):
                answers = check.answers(piece, tally)
                columns = [*piece.columns, *answers.columns]
                output.write(pa.RecordBatch.from_arrays(columns, schema=whole))
                told["rows"] += piece.num_rows
                told["review"] += pc.sum(for_a_person(answers)).as_py() or 0
                if heard is not None:
                    heard(piece.num_rows)
        told["tally"] = asdict(tally)
    return told


def manifest(folder: Path) -> Told:
    """What the folder says it was begun with; nothing where it does not say."""
    with suppress(OSError, ValueError):
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if isinstance(told, dict):
            return told
    return {}
