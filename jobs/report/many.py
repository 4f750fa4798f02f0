"""Extracts for the rows of a table: a folder with one file each, or one book.

Columns, datum and CRS are found and asked for as `zonerules check` does, whose own output may be
the table. Rows are answered by the same evaluation as `zonerules at`.
"""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ...layers.catalogue.store import write_bytes
from ...layers.datum import EXTRA_ACCURACY_M
from ...rules.messages import Line, in_language
from ..answer import BadInput, Query, read_facts
from ..present import printable
from ..progress import Progress, unheard
from ..table.columns import find_columns
from ..table.looking import look
from ..table.places import Placing
from ..table.reading import open_table
from ..table.signature import alert_of_cell, day_of_cell
from ..table.textfile import armed
from ..table.writing import as_text
from .extract import Extract, extract, stamp
from .write import writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

    from ..open import Catalogue

__all__ = ["MOST", "MOST_IN_BOOK", "Many", "Task", "file_name"]

MOST = 2000
MOST_IN_BOOK = 300
LONGEST_NAME = 60
INDEX = "index.csv"


@dataclass(frozen=True)
class Task:
    """Which table is read how, and what is asked of each row.

    `given`: headings by role; `fact_columns`: headings by key; `facts` hold for all rows, a row's
    own cell comes before them. `first`, `last`: numbers of rows from 1, both included.
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
    first: int = 1
    last: int | None = None
    lang: str = "zh"


class Made(NamedTuple):
    """A row with its extract, or with why it has none."""

    row: int
    name: str
    extract: Extract | None
    fault: str


class Many:
    """The extracts of a table, checked and ready: nothing is written before `folder` or `book`.

    Raises BadInput for what cannot be read or asked, and for more rows than `most`.
    """

    def __init__(self, catalogue: Catalogue, task: Task, most: int = MOST) -> None:
        self.catalogue, self.task = catalogue, task
        book = catalogue.book
        for key in task.fact_columns:
            read_facts({key: ""}, book)  # an unknown key is told once, not on every row
        read_facts(task.facts, book)
        reading = {"encoding": task.encoding, "delimiter": task.delimiter, "layer": task.layer}
        self.table = open_table(task.source, **reading)
        self.columns = find_columns(
            self.table.names,
            task.given,
            task.fact_columns,
            geometry=self.table.geometry is not None,
            keys={*book.facts, *(f"zone.{zone}" for zone in book.zones)},
        )
        placed = {"lon", "lat", "place"} & set(self.columns.roles)
        self._crs = task.crs or (None if placed else self.table.crs)
        look(self.table, self.columns, datum=task.datum, crs=self._crs)
        self._placing = Placing(
            self.columns, datum=task.datum, crs=self._crs, accuracy_m=task.accuracy_m
        )
        self.rows = self._counted(most)
        self.made = stamp()  # one time and one day, also for work over midnight
        self._date = task.date
        if task.date in (None, "today"):
            self._date = datetime.date.today().isoformat()

    def _counted(self, most: int) -> int:
        """How many rows are asked for."""
        task = self.task
        whole = sum(int(batch.num_rows) for batch in self.table.batches())
        last = whole if task.last is None else min(task.last, whole)
        count = max(0, last - task.first + 1)
        name = task.source.name
        if not count:
            raise BadInput(
                Line(f"--table {name}: no rows to report on", f"--table {name}：没有要制作的行")
            )
        if count > most:
            raise BadInput(
                Line(
                    f"--table {name}: {count:,} rows, at most {most:,} at once; choose some with "
                    "--rows FROM-TO, or check the table first and report on the rows that matter",
                    f"--table {name}：共 {count:,} 行，一次最多 {most:,} 份；请用 --rows 起-止 "
                    "选取，或先用 check 筛出需要的行",
                )
            )
        return count

    def told(self) -> list[str]:
        """Which column is taken for what, one line each."""
        return self.columns.told(self.table.names, self.task.lang)

    def __iter__(self) -> Iterator[Made]:
        task, start = self.task, 0
        end = task.first + self.rows
        for batch in self.table.batches():
            low, high = max(task.first - 1 - start, 0), min(end - 1 - start, batch.num_rows)
            known = {row - start: line for row, line in self.table.faults.items()}
            if low < high:
                yield from self._of_batch(batch, start, range(low, high), known)
            start += batch.num_rows
            if start >= end - 1:
                return

    def _of_batch(
        self, batch: pa.RecordBatch, start: int, chosen: range, known: Mapping[int, Line]
    ) -> Iterator[Made]:
        places = self._placing.places(batch, self.table.geometry)
        # an extract states the place as it was written, as far as that is degrees
        x, y = places.lon, places.lat
        extra, datum = 0.0, "wgs84"
        if self._crs is None and self.task.datum:
            x, y = self._placing.written(batch, self.table.geometry, {})
            datum = self.task.datum
            extra = EXTRA_ACCURACY_M.get(datum, 0.0)
        at = {**self.columns.roles, **self.columns.facts}
        told = ("name", "date", "alert", *self.columns.facts)
        texts = {role: as_text(batch.column(at[role])) for role in told if role in at}
        for row in chosen:
            cells = {role: column[row].as_py() or "" for role, column in texts.items()}
            name = cells.pop("name", "")
            fault = places.faults.get(row)
            if fault is not None:
                yield Made(start + row + 1, name, None, in_language(fault, self.task.lang))
                continue
            query = Query(
                lon=float(x[row]),
                lat=float(y[row]),
                datum=datum,
                accuracy_m=float(places.radius_m[row]) - extra,
                radius_km=self.task.radius_km,
                activity=self.task.activity,
                date=self._date,
                alert=self.task.alert,
                all_rules=self.task.everything,
            )
            yield self._made(start + row + 1, name, query, cells, known.get(row))

    def _made(
        self, row: int, name: str, query: Query, cells: dict[str, str], known: Line | None
    ) -> Made:
        """The extract of a row. A cell that cannot be read is told in it; another day or alert than
        the one that was meant would be no answer."""
        lang, task = self.task.lang, self.task
        remarks = [in_language(known, lang)] if known else []
        day, alert = cells.pop("date", ""), cells.pop("alert", "")
        facts: dict[str, Any] = dict(task.facts)
        try:
            if day.strip():
                query = replace(query, date=day_of_cell(day))
            if alert.strip():
                query = replace(query, alert=alert_of_cell(alert))
            for key, cell in cells.items():
                if cell.strip():
                    try:
                        read_facts({key: cell}, self.catalogue.book)
                        facts[key] = cell
                    except BadInput as error:
                        remarks.append(in_language(error, lang).removeprefix("--fact "))
            found = extract(
                self.catalogue,
                replace(query, facts=facts),
                lang=lang,
                name=name,
                row=row,
                everything=task.everything,
                made=self.made,
                remarks=remarks,
            )
        except BadInput as error:
            return Made(row, name, None, in_language(error, lang))
        return Made(row, name, found, "; ".join(remarks))

    # -- outputs ------------------------------------------------------------------------------

    def folder(
        self, folder: Path, form: str, font: Path | None = None, progress: Progress = unheard
    ) -> list[Made]:
        """Write a file for each row, and an index of all; return the rows.

        `form`: html, pdf or json. Files are written whole or not at all: after an interrupt those
        that are done stay, and there is no index. Raises BadInput and OSError.
        """
        digits = len(str(self.task.first + self.rows))
        lines = [["row", "name", "file", "number", "verdicts", "fault"]]
        rows = []
        write = writer(form, font)
        for made in itertools.islice(self, self.rows):
            file = ""
            if made.extract is not None:
                file = f"{file_name(made.row, made.name, digits)}.{form}"
                write_bytes(folder / file, write([made.extract]))
            lines.append(_index_row(made, file))
            rows.append(made._replace(extract=None) if not made.fault else made)
            progress(len(rows) / self.rows, f"{len(rows)}")
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows(lines)
        write_bytes(folder / INDEX, text.getvalue().encode("utf-8-sig"))
        return rows

    def book(
        self, path: Path, form: str, font: Path | None = None, progress: Progress = unheard
    ) -> list[Made]:
        """Write one book of all rows that can be answered; return the rows.

        After an error or an interrupt there is no file. Raises BadInput and OSError.
        """
        rows = []
        for made in itertools.islice(self, self.rows):
            rows.append(made)
            progress(len(rows) / self.rows / 4, f"{len(rows)}")
        found = [made.extract for made in rows if made.extract is not None]
        if not found:
            raise BadInput(
                Line(
                    f"--table {self.task.source.name}: no row can be answered: {rows[0].fault}",
                    f"--table {self.task.source.name}：没有一行能够回答：{rows[0].fault}",
                )
            )

        def rest(done: float, note: str) -> None:
            progress(0.25 + 0.75 * done, note)

        write_bytes(path, writer(form, font, rest)(found))
        return rows


def file_name(row: int, name: str, digits: int) -> str:
    """A name for the file of a row that every file system takes, without its suffix."""
    plain = unicodedata.normalize("NFC", printable(name))
    kept = "".join(char if char.isalnum() or char in "-_" else "_" for char in plain)
    short = "_".join(part for part in kept.split("_") if part)[:LONGEST_NAME]
    while len(short.encode("utf-8")) > 3 * LONGEST_NAME:
        short = short[:-1]
    number = f"{row:0{digits}d}"
    return f"{number}_{short}" if short else number


def _index_row(made: Made, file: str) -> list[str]:
    found = made.extract
    verdicts = found.answer["verdicts"] if found else []
    told = ";".join(f"{row['activity']}={row['verdict']}" for row in verdicts)
    number = found.number if found else ""
    cells = [str(made.row), printable(made.name), file, number, told, printable(made.fault)]
    # a spreadsheet would compute what begins like a formula
    return ["'" + cell if armed(cell) else cell for cell in cells]
