"""`zonerules check` as a function of record batches, for whatever runs it: Dask, Spark or a loop.

The function travels as a short text that says what is asked, of which columns and of which
catalogue. Every process opens the catalogue itself, once, and refuses to answer from another one or
with another version of this program: a result is never mixed.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import threading
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ...rules.messages import Line
from ..answer import BadInput
from .asking import accuracy_column, columns_of, look_for, question_of
from .check import Checker, Question, Tally
from .columns import Columns
from .writing import free_names, without_dictionaries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pyarrow as pa

    from ..answer import Facts
    from ..open import Catalogue

PIECE = 1 << 26  # bytes of a batch that are answered at once
KEPT = 2  # questions that a process keeps itself ready for


class BatchChecker:
    """Answers record batches of one table; make it with :func:`checker`.

    It can be pickled, and costs nothing until it is first called in a process. Threads of a process
    take turns. Raises BadInput, also where the process has another catalogue or version.
    """

    def __init__(self, told: str) -> None:
        self._told = told
        self._said: dict[str, Any] = json.loads(told)

    def __reduce__(self) -> tuple[type[BatchChecker], tuple[str]]:
        return BatchChecker, (self._told,)

    @classmethod
    def of(
        cls, catalogue: Catalogue, ready: Checker, names: Sequence[str], geometry: int | None
    ) -> BatchChecker:
        """The function that does elsewhere what `ready` does here; `geometry`: the position of the
        column of WKB."""
        said = {
            **_identity(catalogue.data),
            "overlay": _overlay(catalogue.data),
            "question": asdict(ready.question),
            "columns": asdict(ready.columns),
            "names": list(names),
            "geometry": geometry,
        }
        made = cls(json.dumps(said, ensure_ascii=False))
        with _OPENING:  # here the catalogue is open already
            _keep(made._told, ready)
        return made

    @property
    def identity(self) -> Mapping[str, Any]:
        """What answers depend on besides the rows: question, catalogue and version."""
        said = self._said
        question = {**said["question"], "columns": said["columns"], "names": said["names"]}
        return {
            "question": question,
            "catalogue": said["catalogue"] + said["failed"],
            "version": said["version"],
        }

    def schema(self, given: pa.Schema) -> pa.Schema:
        """The schema of the answered batches of a table with the schema `given`."""
        import pyarrow as pa

        answers = self.answers(pa.RecordBatch.from_pylist([], given))
        names = self._called(answers.schema.names)
        kept = [field.with_name(name) for field, name in zip(given, names)]
        added = [_plain(field) for field in answers.schema]
        return pa.schema([*kept, *added])

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """A batch with all its columns and the columns zr_…, in plain types."""
        import pyarrow as pa

        answers = without_dictionaries(self.answers(batch))
        names = [*self._called(answers.schema.names), *answers.schema.names]
        return pa.RecordBatch.from_arrays([*batch.columns, *answers.columns], names)

    def stream(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Batch by batch: the function that Spark's `mapInArrow` wants."""
        for batch in batches:
            for piece in pieces(batch):
                yield self(piece)

    def answers(self, batch: pa.RecordBatch, tally: Tally | None = None) -> pa.RecordBatch:
        """Only the columns zr_…, texts as dictionaries; `tally` counts the rows, if given."""
        if batch.schema.names != self._said["names"]:
            said, found = ", ".join(self._said["names"]), ", ".join(batch.schema.names)
            raise BadInput(
                Line(
                    f"the batch has the columns {found} instead of {said}",
                    f"这批数据的列为 {found}，应为 {said}",
                )
            )
        ready = _ready(self._told)
        with ready.lock:
            ready.checker.tally = Tally() if tally is None else tally
            answers: pa.RecordBatch = ready.checker(batch)
        return answers

    def _called(self, added: Sequence[str]) -> list[str]:
        return free_names(self._said["names"], added, "parquet")[0]


def checker(
    names: Sequence[str] | pa.Schema,
    *,
    catalogue: Catalogue | None = None,
    lon: str | None = None,
    lat: str | None = None,
    place: str | None = None,
    geometry: str | None = None,
    datum: str | None = None,
    crs: str | None = None,
    activity: str | Iterable[str] | None = None,
    date: object = None,
    alert: str | None = None,
    facts: Facts = None,
    accuracy_m: float | str | None = None,
    date_column: str | None = None,
    alert_column: str | None = None,
    fact_columns: Mapping[str, object] | None = None,
    distance: bool = False,
    lang: str = "zh",
) -> BatchChecker:
    """Return the function that answers record batches whose columns are called `names`.

    The place is in the columns `lon` and `lat`, or both in `place`, or as a point in WKB in
    `geometry`; where none is named, in the columns whose headings say so. `datum` (wgs84, cgcs2000,
    gcj02, bd09, unknown) or `crs` (EPSG:N …) is required. The rest as in `Catalogue.check`, and the
    day is settled here: `today` is the same on all machines. Raises BadInput.
    """
    if catalogue is None:
        from ..open import open as open_catalogue

        catalogue = open_catalogue()
    if datum is None and crs is None:
        raise BadInput(Line("datum= or crs= is required", "必须给出 datum= 或 crs="))
    headings = list(getattr(names, "names", names))
    given = {
        "lon": ("lon", lon),
        "lat": ("lat", lat),
        "place": ("place", place),
        "date": ("date_column", date_column),
        "alert": ("alert_column", alert_column),
        "accuracy": ("accuracy_m", accuracy_column(accuracy_m)),
    }
    at = None if geometry is None else look_for("geometry", geometry, headings)
    columns = columns_of(
        headings, catalogue.book, given, fact_columns, geometry=geometry is not None
    )
    if at is None and not ({"lon", "lat"} <= set(columns.roles) or "place" in columns.roles):
        raise BadInput(
            Line(
                "no column with coordinates: name them with lon= and lat=, place= or geometry=",
                "没有坐标列：请用 lon= 和 lat=、place= 或 geometry= 指明",
            )
        )
    question = question_of(
        catalogue.book,
        activity=activity,
        date=date,
        alert=alert,
        facts=facts,
        accuracy_m=accuracy_m,
        datum=datum,
        crs=crs,
        distance=distance,
        lang=lang,
    )
    ready = Checker(catalogue, question, columns, at)
    return BatchChecker.of(catalogue, ready, headings, at)


def pieces(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """A batch in parts that are small enough to be answered at once; none where it has no rows."""
    count = max(1, min(batch.num_rows, batch.num_rows * PIECE // max(batch.nbytes, 1)))
    for first in range(0, batch.num_rows, count):
        yield batch.slice(first, count)


def _plain(field: pa.Field) -> pa.Field:
    import pyarrow as pa

    kind = field.type
    return pa.field(field.name, kind.value_type if pa.types.is_dictionary(kind) else kind)


# --- one process ---------------------------------------------------------------------------------


class _Ready(NamedTuple):
    checker: Checker
    lock: threading.Lock


_READY: dict[str, _Ready] = {}
_OPENING = threading.Lock()


def _keep(told: str, made: Checker) -> _Ready:
    ready = _READY[told] = _Ready(made, threading.Lock())
    for old in list(_READY)[:-KEPT]:
        del _READY[old]
    return ready


def _ready(told: str) -> _Ready:
    """The checker of this process for the question `told`, made when it is first needed."""
    with _OPENING:
        return _READY.get(told) or _keep(told, _made(json.loads(told)))


def _made(said: Mapping[str, Any]) -> Checker:
    from ... import __version__

    if said["version"] != __version__:
        _refuse("version", "版本", __version__, said["version"])
    catalogue = _opened(said["overlay"])
    for key, (name, chinese) in {
        "catalogue": ("catalogue", "规则库"),
        "failed": ("failed layers", "读取失败的图层"),
    }.items():
        mine = _identity(catalogue.data)[key]
        if mine != said[key]:
            _refuse(name, chinese, mine, said[key])
    told = said["columns"]
    columns = Columns(told["roles"], told["facts"], tuple(told["guessed"]))
    question = Question(**{**said["question"], "activities": tuple(said["question"]["activities"])})
    return Checker(catalogue, question, columns, said["geometry"])


def _opened(overlay: str | None) -> Catalogue:
    """The catalogue with the overlay of the run, whatever ZONERULES_DATA says here."""
    from ...layers.catalogue.load import CatalogueError, load, shipped
    from ..open import Catalogue

    try:
        return Catalogue(load(overlay, golden=False) if overlay else shipped(golden=False))
    except CatalogueError as error:
        raise BadInput(Line(f"{_here()}: {error}", f"{_here()}：{error}")) from error


def _identity(data: Mapping[str, Any]) -> dict[str, str]:
    from ... import __version__

    failed = [[entry["layer"], entry["zones"]] for entry in data.get("failed", [])]
    digest = hashlib.sha256(json.dumps(failed).encode()).hexdigest()[:12] if failed else ""
    return {"version": __version__, "catalogue": data["fingerprint"], "failed": digest}


def _overlay(data: Mapping[str, Any]) -> str | None:
    path = data.get("overlay", {}).get("path")
    return None if path is None else str(Path(path).absolute())


def _here() -> str:
    return f"{socket.gethostname()}, {os.getpid()}"


def _refuse(what: str, chinese: str, mine: str, asked: str) -> None:
    raise BadInput(
        Line(
            f"{_here()}: its {what} is {mine or '-'}, the run was begun with {asked or '-'}; "
            "install the same package and give the same --data everywhere",
            f"{_here()}：本机的{chinese}为 {mine or '-'}，任务开始时为 {asked or '-'}；"
            "请在每台机器上安装同样的程序，并使用同样的 --data",
        )
    )
