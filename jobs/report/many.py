"""Extracts for the rows of a table: a folder with one file each, or one book.

Columns, datum and CRS are found and asked for as `zonerules check` does, whose own output may be
the table. Rows are answered by the same evaluation as `zonerules at`.
"""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import math
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...layers.catalogue.store import write_bytes
from ...layers.datum import EXTRA_ACCURACY_M
from ...rules.messages import Line, in_language
from ..address.stated import Contradiction, Stated
from ..answer import BadInput, Query, read_facts
from ..present import printable
from ..progress import Progress, unheard
from ..projected import one_of
from ..table.addressed import open_addresses
from ..table.columns import find_columns
from ..table.looking import look, shared
from ..table.places import NO_PLACE, Placing
from ..table.reading import open_table
from ..table.signature import alert_of_cell, day_of_cell
from ..table.textfile import armed
from ..table.writing import as_text
from ..wording import words
from .blank import Blank
from .extract import extract, one_line, short_name
from .journal import Journal
from .leaf import stamp
from .task import Made, Task
from .write import writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

    from ..open import Catalogue
    from ..table.addressed import Addresses
    from ..table.places import Places

__all__ = ["MOST", "MOST_IN_BOOK", "Many", "Task", "file_name"]

MOST = 2000
MOST_IN_BOOK = 300
LONGEST_NAME = 60  # of a file
LONGEST_CELL = 300
INDEX = "index.csv"


class Many:
    """The extracts of a table, checked and ready: nothing is written before `folder` or `book`.

    Raises BadInput for what cannot be read or asked, and for more rows than `most`.
    """

    def __init__(self, catalogue: Catalogue, task: Task, most: int = MOST) -> None:
        self.catalogue, self.task = catalogue, task
        book = catalogue.book
        self.notice: Line | None = None  # what leaves this machine, if anything does
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
        one_of(task.datum, task.crs)
        addresses = self._addresses()
        common: tuple[tuple[float, float], ...] = ()
        if placed or self.table.geometry is not None or addresses is None:
            look(self.table, self.columns, datum=task.datum, crs=self._crs)
            common = shared(self.table, self.columns)
        self._placing = Placing(
            self.columns,
            datum=task.datum,
            crs=self._crs,
            accuracy_m=task.accuracy_m,
            addresses=addresses,
            common=common,
        )
        self._stated = Stated(book.zones) if addresses is not None and task.stated else None
        self.rows = self._counted(most)
        self.made = stamp()  # one time and one day, also for work over midnight
        self._date = task.date
        if task.date in (None, "today"):
            self._date = datetime.date.today().isoformat()

    def _addresses(self) -> Addresses | None:
        """The column of addresses, if one was named; none are sent anywhere unless asked."""
        task = self.task
        if task.given.get("address") is None:
            return None
        column, told = self.columns.roles["address"], {"geocoder": task.geocoder}
        found = open_addresses(column, self.catalogue.data, task.lang, within=task.within, **told)
        self.notice = found.notice
        return found

    def _counted(self, most: int) -> int:
        """How many rows are asked for."""
        task = self.task
        whole = sum(int(batch.num_rows) for batch in self.table.batches())
        last = whole if task.last is None else min(task.last, whole)
        count = max(0, last - task.first + 1)
        name = task.source.name
        if not count:
            first = task.first
            raise BadInput(
                Line(
                    f"--rows {first}: the table has {whole:,} rows",
                    f"--rows {first}：表中只有 {whole:,} 行",
                )
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
        lines = self.columns.told(self.table.names, self.task.lang)
        return [*lines, in_language(self.notice, self.task.lang)] if self.notice else lines

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
            name, number = short_name(cells.pop("name", "")), start + row + 1
            faults = [line for line in (known.get(row), places.faults.get(row)) if line]
            taken = places.told[row] if places.told is not None else None
            radius = float(places.radius_m[row])
            if not (math.isfinite(places.lon[row]) and math.isfinite(radius) and radius >= 0):
                yield self._blank(number, name, batch.slice(row, 1), faults or [NO_PLACE])
                continue
            query = Query(
                lon=float(x[row]) if taken is None else float(places.lon[row]),
                lat=float(y[row]) if taken is None else float(places.lat[row]),
                datum=datum if taken is None else "wgs84",
                accuracy_m=radius - (extra if taken is None else 0.0),
                radius_km=self.task.radius_km,
                activity=self.task.activity,
                date=self._date,
                alert=self.task.alert,
                all_rules=self.task.everything,
            )
            origin = ""
            said: dict[str, str] = {}
            if taken is not None:
                origin, said = self._from_address(batch, row, places, faults)
            found = self._made(number, name, query, cells, faults, origin, said)
            yield (
                found
                if isinstance(found, Made)
                else self._blank(number, name, batch.slice(row, 1), [found])
            )

    def _blank(self, row: int, name: str, cells: pa.RecordBatch, faults: list[Line]) -> Made:
        """The page of a row that cannot be answered."""
        lang = self.task.lang
        fault = one_line("; ".join(in_language(line, lang) for line in faults))
        told = {}
        for at, heading in enumerate(self.table.names):
            text = "" if at == self.table.geometry else as_text(cells.column(at))[0].as_py()
            told[one_line(heading)] = one_line(text or "")[:LONGEST_CELL]
        blank = Blank(self.catalogue, lang, name, row, self.made, fault, told)
        return Made(row, name, None, fault, blank)

    def _from_address(
        self, batch: pa.RecordBatch, row: int, places: Places, faults: list[Line]
    ) -> tuple[str, dict[str, str]]:
        """Where the place comes from, in words, and what the stated county makes known of zones."""
        lang, say = self.task.lang, words(self.task.lang, "words_report")
        text = as_text(batch.column(self.columns.roles["address"]))[row].as_py() or ""
        origin = say["origin_address"].format(address=one_line(text), place=places.told[row])
        if self._stated is None or not places.stated[row]:
            return origin, {}
        lon, lat = float(places.lon[row]), float(places.lat[row])
        located = self.catalogue.located.locate(lon, lat, float(places.radius_m[row]))
        wheres = {zone: found.where for zone, found in located.items() if found.where != "outside"}
        try:
            said = self._stated.said(places.stated[row], wheres)
        except Contradiction as error:
            faults.append(error.line)
            return origin, {}
        if said is None:
            return origin, {}
        because = in_language(said.because, lang)
        mark = in_language(Line("; ", "；"), lang)
        return f"{origin}{mark}{because}", {f"zone.{zone}": side for zone, side in said.zones}

    def _made(
        self,
        row: int,
        name: str,
        query: Query,
        cells: dict[str, str],
        faults: list[Line],
        origin: str,
        said: dict[str, str],
    ) -> Made | Line:
        """The extract of a row, or why there is none. A cell that cannot be read is told in it;
        another day or alert than the one that was meant would be no answer."""
        lang, task = self.task.lang, self.task
        remarks = [in_language(line, lang) for line in faults]
        day, alert = cells.pop("date", ""), cells.pop("alert", "")
        facts: dict[str, Any] = {**said, **task.facts}
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
                origin=origin,
            )
        except BadInput as error:
            if said:  # what the address states is believed only where nothing speaks against it
                again = {"date": day, "alert": alert, **cells}
                return self._made(row, name, query, again, [*faults, _line(error)], origin, {})
            return _line(error)
        return Made(row, name, found, "; ".join(remarks))

    # -- outputs ------------------------------------------------------------------------------

    def folder(
        self,
        folder: Path,
        form: str,
        font: Path | None = None,
        progress: Progress = unheard,
        *,
        resume: bool = False,
    ) -> list[Made]:
        """Write a file for each row, and an index of all; return the rows.

        `form`: html, pdf or json. A row without an extract has a file that says why. Files are
        written whole or not at all: after an interrupt those that are done stay, and there is no
        index; with `resume` they are kept if they would be the same. Raises BadInput and OSError.
        """
        digits = len(str(self.task.first + self.rows))
        lines = [["row", "name", "file", "number", "verdicts", "fault"]]
        rows: list[Made] = []
        write = writer(form, font)
        journal = Journal(folder, form, self.made, resume=resume)
        self.made = journal.made
        try:
            for made in itertools.islice(self, self.rows):
                leaf = made.leaf
                assert leaf is not None
                file = f"{file_name(made.row, made.name, digits)}.{form}"
                if not journal.has(file, leaf.number):
                    write_bytes(folder / file, write([leaf]))
                    journal.add(file, leaf.number)
                lines.append(_index_row(made, file))
                # what of an extract is still needed is only that there is one
                rows.append(made if made.fault else made._replace(extract=None))
                progress(len(rows) / self.rows, f"{len(rows)}")
            text = io.StringIO()
            csv.writer(text, lineterminator="\r\n").writerows(lines)
            write_bytes(folder / INDEX, text.getvalue().encode("utf-8-sig"))
        except BaseException:
            journal.close(finished=False)
            raise
        journal.close(finished=True)
        return rows

    def book(
        self, path: Path, form: str, font: Path | None = None, progress: Progress = unheard
    ) -> list[Made]:
        """Write one book of all rows, those without an extract with why; return the rows.

        After an error or an interrupt there is no file. Raises BadInput, also where no row at all
        can be answered, and OSError.
        """
        rows = []
        for made in itertools.islice(self, self.rows):
            rows.append(made)
            progress(len(rows) / self.rows / 4, f"{len(rows)}")
        if all(made.extract is None for made in rows):
            raise BadInput(
                Line(
                    f"--table {self.task.source.name}: no row can be answered: {rows[0].fault}",
                    f"--table {self.task.source.name}：没有一行能够回答：{rows[0].fault}",
                )
            )

        def rest(done: float, note: str) -> None:
            progress(0.25 + 0.75 * done, note)

        leaves = [made.leaf for made in rows if made.leaf is not None]
        write_bytes(path, writer(form, font, rest)(leaves))
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
    found, leaf = made.extract, made.leaf
    verdicts = found.answer["verdicts"] if found else []
    told = ";".join(f"{row['activity']}={row['verdict']}" for row in verdicts)
    number = leaf.number if leaf else ""
    cells = [str(made.row), printable(made.name), file, number, told, printable(made.fault)]
    # a spreadsheet would compute what begins like a formula
    return ["'" + cell if armed(cell) else cell for cell in cells]


def _line(error: BadInput) -> Line:
    return Line(in_language(error, "en"), in_language(error, "zh"))
