"""A folder of Parquet answered part by part, on one machine or many."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from ...layers.catalogue.store import write_bytes
from ...rules.messages import Line
from ..answer import BadInput
from ..progress import Progress, unheard
from .batches import BatchChecker
from .check import Tally
from .part import MANIFEST, UNFINISHED, Job, Told, answer_part, kept, manifest
from .parts import FORMAT, compare
from .places import crs_of
from .reading import Table, open_table
from .run import Report, Run, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from pathlib import Path

    from ..open import Catalogue
    from .check import Question
    from .part import Heard

SUFFIXES = (".parquet", ".geoparquet")
if TYPE_CHECKING:
    Answered = Generator[tuple[str, Told], None, None]
    Engine = Callable[[BatchChecker, Sequence[Job], Heard], Answered]


def here(check: BatchChecker, jobs: Sequence[Job], heard: Heard) -> Answered:
    """Answer part after part in this process; `heard` gets the rows of each batch."""
    for job in jobs:
        yield job.name, answer_part(check, job, heard)


class FolderRun(Run):
    """The run of a folder: columns and question are those of one part, which stands for all.

    Raises BadInput as Run does, and for parts that are not alike.
    """

    def __init__(
        self, catalogue: Catalogue, task: Task, question: Question, engine: Engine = here
    ) -> None:
        _check_task(task)
        self._rows, sample = _parts(task.source)
        first = task.source / sample
        # the output is only looked at, never written
        one = replace(task, source=first, output=first.with_name(f"zr_{first.name}"), resume=False)
        super().__init__(catalogue, one, question)
        self.task, self._engine = task, engine
        self._check = BatchChecker.of(
            catalogue, self.checker, self.table.names, self.table.geometry
        )
        about = {"format": FORMAT, **self._check.identity}
        self._about: Told = json.loads(json.dumps(about, ensure_ascii=False))
        self.notes += _left_out(task.source, self._rows)

    def run(self, progress: Progress = unheard) -> Report:
        """Answer every part that is not there yet. What ends early leaves whole parts only."""
        began = time.monotonic()
        done = self._begun()
        rows, total = sum(told["rows"] for told in done.values()), sum(self._rows.values())
        kept = len(done)

        def heard(more: int) -> None:
            nonlocal rows
            rows += more
            progress(rows / max(total, 1), f"{rows}")

        jobs = [self._job(name) for name in self._rows if name not in done]
        try:
            with closing(self._engine(self._check, jobs, heard)) as answered:
                for name, told in answered:
                    done[name] = told
        finally:
            shutil.rmtree(self.task.output / UNFINISHED, ignore_errors=True)
        ordered = [done[name] for name in self._rows]  # as the input is
        tally = added(Tally(**part["tally"]) for part in ordered)
        self._write_manifest({"parts": len(ordered), "rows": tally.rows})
        review = sum(part["review"] for part in ordered)
        seconds = time.monotonic() - began
        return Report(tally, review, [*self.notes, *_reused(kept)], seconds)

    # -- what is there ------------------------------------------------------------------------

    @property
    def _digest(self) -> str:
        text = json.dumps(self._about, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def _job(self, name: str) -> Job:
        task = self.task
        source, output = str(task.source.absolute()), str(task.output.absolute())
        return Job(source, output, name, self._digest, self.layout())

    def _begun(self) -> dict[str, Told]:
        """The parts that are there; the folder is ready for the others. Raises BadInput."""
        output = self.task.output
        there = output.is_dir() and any(
            path.name not in (MANIFEST, UNFINISHED) for path in output.iterdir()
        )
        if there and not self.task.resume:
            raise BadInput(
                Line(
                    f"-o {output.name}: is not empty; --resume goes on with what it holds",
                    f"-o {output.name}：文件夹不是空的；--resume 可接着做完其中的任务",
                )
            )
        if there:
            before = manifest(output)
            if not before:
                raise BadInput(
                    Line(
                        f"-o {output.name}: is not empty and holds no run of zonerules check",
                        f"-o {output.name}：文件夹不是空的，也不是 zonerules check 的输出",
                    )
                )
            compare(before, self._about, output.name)
            strange = [name for name in _names(output) if name not in self._rows]
            if strange:
                raise BadInput(
                    Line(
                        f"-o {output.name}: {strange[0]} is no part of {self.task.source.name}",
                        f"-o {output.name}：{strange[0]} 不在 {self.task.source.name} 中",
                    )
                )
        shutil.rmtree(output / UNFINISHED, ignore_errors=True)
        self._write_manifest(None)
        found = {name: kept(self._job(name)) for name in self._rows}
        return {name: told for name, told in found.items() if told is not None}

    def _write_manifest(self, finished: Mapping[str, int] | None) -> None:
        about = {**self._about, "run": self._digest, "finished": finished}
        text = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
        write_bytes(self.task.output / MANIFEST, text.encode())


def added(tallies: Iterator[Tally]) -> Tally:
    """The counts of all parts together."""
    whole = Tally()
    for tally in tallies:
        whole.rows += tally.rows
        for column, counts in tally.verdicts.items():
            _add(whole.verdicts.setdefault(column, {}), counts)
        _add(whole.zones, tally.zones)
        for error, count in tally.errors.items():
            whole.add_error(error, count)
    return whole


def _add(counts: dict[str, int], more: Mapping[str, int]) -> None:
    for name, count in more.items():
        counts[name] = counts.get(name, 0) + count


# --- the input -----------------------------------------------------------------------------------


def _check_task(task: Task) -> None:
    """Raises BadInput for what folders cannot be asked, and for folders inside each other."""
    for option, given in (
        ("--review", task.review),
        ("--encoding", task.encoding),
        ("--delimiter", task.delimiter),
        ("--layer", task.layer),
    ):
        if given is not None:
            raise BadInput(
                Line(f"{option}: not for a folder of Parquet", f"{option}：不用于 Parquet 文件夹")
            )
    source, output = task.source.resolve(), task.output.resolve()
    wrong = f"-o {task.output.name}"
    if output.exists() and not output.is_dir():
        raise BadInput(
            Line(
                f"{wrong}: IN is a folder, so OUT must be one",
                f"{wrong}：输入是文件夹，输出也应是文件夹",
            )
        )
    if not output.parent.is_dir():
        folder = task.output.parent
        raise BadInput(
            Line(f"{wrong}: no such folder: {folder}", f"{wrong}：没有这个文件夹：{folder}")
        )
    if source == output or source in output.parents or output in source.parents:
        raise BadInput(
            Line(f"{wrong}: lies inside IN, or IN in it", f"{wrong}：输出与输入文件夹不能互相包含")
        )


def _names(folder: Path) -> list[str]:
    """The parts in a folder and below, by name; what begins with . or _ is none."""
    return sorted(
        path.relative_to(folder).as_posix() for path in _files(folder) if path.suffix in SUFFIXES
    )


def _files(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)
    ]


def _parts(folder: Path) -> tuple[dict[str, int], str]:
    """The rows of every part, and the first part that has any. Raises BadInput."""
    rows: dict[str, int] = {}
    first: Table | None = None
    for name in _names(folder):
        table = open_table(folder / name)
        if first is None:
            first = table
        if table.geometry is None and name.endswith(".geoparquet"):
            raise BadInput(
                Line(
                    f"{name}: has no geometry, so it is no GeoParquet: call it .parquet",
                    f"{name}：没有几何列，不是 GeoParquet，请改名为 .parquet",
                )
            )
        _check_alike(name, table, first)
        rows[name] = table.rows or 0
    if not rows:
        known = ", ".join(SUFFIXES)
        raise BadInput(
            Line(f"{folder}: no {known} in this folder", f"{folder}：文件夹中没有 {known} 文件")
        )
    return rows, next((name for name, count in rows.items() if count), next(iter(rows)))


def _check_alike(name: str, table: Table, first: Table) -> None:
    what: Line | None = None
    if table.names != first.names:
        both = set(table.names) ^ set(first.names)
        which = ", ".join(sorted(both)) or ", ".join(table.names)
        what = Line(f"other columns ({which})", f"列不同（{which}）")
    elif table.geometry != first.geometry:
        what = Line("another column of places", "几何列不同")
    elif table.crs != first.crs and not _same_crs(table.crs, first.crs):
        what = Line("another CRS", "坐标系不同")
    if what is not None:
        other = first.path.name
        raise BadInput(Line(f"{name}: {what} than {other}", f"{name}：与 {other} 相比，{what.zh}"))


def _same_crs(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and bool(crs_of(one) == crs_of(other))


def _left_out(folder: Path, rows: Mapping[str, int]) -> list[Line]:
    others = len(_files(folder)) - len(rows)
    if not others:
        return []
    return [
        Line(
            f"files in {folder.name} that are no Parquet and were left out: {others}",
            f"{folder.name} 中有 {others} 个文件不是 Parquet，没有处理",
        )
    ]


def _reused(count: int) -> list[Line]:
    if not count:
        return []
    return [
        Line(f"parts that were there and were kept: {count}", f"{count} 个分片已有结果，直接沿用")
    ]
