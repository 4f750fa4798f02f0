"""Answered tables as Excel workbooks: sheets 结果, 需核实 and 说明."""

from __future__ import annotations

import datetime
import math
from contextlib import suppress
from io import BufferedWriter, FileIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from ...rules.messages import Line, in_language
from ..answer import BadInput
from ..find.workbook import FORMULA, LONGEST, UNWRITABLE, put
from .writing import About, Layout, Output, as_text, as_wkt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pyarrow as pa

ROWS = 1_048_575  # that a sheet holds below its heading
COLUMNS = 16_384
EXACT = 10**15  # whole numbers from here on lose digits in Excel
TITLES = (Line("results", "结果"), Line("to check", "需核实"), Line("about", "说明"))
_WIDTHS = {"zr_reason": 60, "zr_error": 40, "zr_rules": 24, "zr_missing": 24, "zr_distance_m": 14}
_BLUE = "DCE6F1"
_FIRST_YEAR = 1900  # of Excel's calendar
_ACTIVE = (*FORMULA, "#")  # what a formula or the name of an error begins with


def check_rows(name: str, rows: int) -> None:
    """Refuse more rows than a sheet holds. Raises BadInput."""
    if rows > ROWS:
        raise BadInput(
            Line(
                f"{name}: {rows} rows or more, but a sheet holds {ROWS}; write .csv or .parquet",
                f"{name}：有 {rows} 行或更多，工作表只能放 {ROWS} 行；请写 .csv 或 .parquet",
            )
        )


def overlong(batch: pa.RecordBatch, geometry: int | None) -> pa.Array:
    """For each row whether a cell of it is longer than a cell of a sheet may be."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    found = np.zeros(batch.num_rows, dtype=bool)
    for at, column in enumerate(batch.columns):
        if pa.types.is_primitive(column.type):
            continue
        texts = as_wkt(column) if at == geometry else as_text(column)
        # no more bytes than characters that Excel counts, or three times as many
        suspect = pc.greater(pc.binary_length(texts), LONGEST).fill_null(False)
        for row in np.nonzero(suspect.to_numpy(zero_copy_only=False))[0]:
            found[row] |= _length(texts[int(row)].as_py()) > LONGEST
    return pa.array(found)


class XlsxOutput(Output):
    """A workbook: all rows, those that a person should look at once more, and what was asked.

    `shortened` counts the cells that were too long for a sheet.
    """

    def __init__(self, path: Path, layout: Layout, about: About) -> None:
        from openpyxl import Workbook

        super().__init__(path, layout)
        if len(layout.names) > COLUMNS:
            raise BadInput(
                Line(
                    f"{path.name}: {len(layout.names)} columns, but a sheet holds {COLUMNS}",
                    f"{path.name}：有 {len(layout.names)} 列，工作表只能放 {COLUMNS} 列",
                )
            )
        self._about, self._rows, self.shortened = about, 0, 0
        self._book = Workbook(write_only=True)
        self._all, self._person = (self._sheet(title) for title in TITLES[:2])

    def write(self, batch: pa.RecordBatch, person: pa.Array | None = None) -> None:
        self._rows += batch.num_rows
        check_rows(self.path.name, self._rows)
        columns = [
            self._values(as_wkt(column) if at == self.layout.geometry else column)
            for at, column in enumerate(batch.columns)
        ]
        wanted = [False] * batch.num_rows if person is None else person.to_pylist()
        for row, again in zip(zip(*columns), wanted):
            for sheet in (self._all, self._person) if again else (self._all,):
                sheet.append([_cell(sheet, v) if type(v) is _Armed else v for v in row])

    def finish(self) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font
        from openpyxl.writer.excel import ExcelWriter

        sheet = self._book.create_sheet(in_language(TITLES[2], self._about.lang))
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 100
        for pair in self._about.lines():
            cells = []
            for text in pair:
                cell = WriteOnlyCell(sheet)
                put(cell, text)
                cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
                cells.append(cell)
            cells[0].font = Font(bold=True)
            sheet.append(cells)
        heard = self._about.heard
        with _Heard(self.part, heard) as file, ZipFile(file, "w", ZIP_DEFLATED) as whole:
            ExcelWriter(self._book, whole).save()

    def abandon(self) -> None:
        # an open sheet is a half-written file elsewhere; what an interrupt broke may not close
        for sheet in self._book.worksheets:
            with suppress(Exception):
                if not sheet.closed:
                    sheet.close()
                sheet._writer.cleanup()

    def _sheet(self, title: Line) -> Any:
        from openpyxl.styles import Font, PatternFill
        from openpyxl.utils import get_column_letter

        sheet = self._book.create_sheet(in_language(title, self._about.lang))
        sheet.freeze_panes = "A2"
        heads = []
        for at, name in enumerate(self.layout.names, start=1):
            width = _WIDTHS.get(name, 24 if name.startswith("zr_") else 16)
            sheet.column_dimensions[get_column_letter(at)].width = width
            head = _cell(sheet, UNWRITABLE.sub(" ", name))
            head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor=_BLUE)
            heads.append(head)
        sheet.append(heads)
        return sheet

    def _values(self, column: pa.Array) -> Sequence[Any]:
        """What is put into the cells of a column; of a dictionary every word is made once."""
        import pyarrow as pa

        if pa.types.is_dictionary(column.type):
            words = [*self._values(column.dictionary), None]
            return [words[-1 if i is None else i] for i in column.indices.to_pylist()]
        odd = pa.types.is_time(column.type) or pa.types.is_duration(column.type)
        plain = pa.types.is_primitive(column.type) and not odd
        values = (column if plain else as_text(column)).to_pylist()
        return [self._value(value) for value in values]

    def _value(self, value: Any) -> Any:
        value = _fitting(value)
        if not isinstance(value, str):
            return value
        text = UNWRITABLE.sub(" ", value)
        if _length(text) > LONGEST:
            self.shortened += 1
            text = _cut(text)
        return _Armed(text) if self.layout.defuse and text.startswith(_ACTIVE) else text


class _Heard(BufferedWriter):
    """A file that asks before each write whether to go on, until it was told no."""

    def __init__(self, path: Path, heard: Callable[[], None]) -> None:
        super().__init__(FileIO(path, "w"))
        self._heard: Callable[[], None] | None = heard

    def write(self, data: Any) -> int:
        heard, self._heard = self._heard, None  # closing an archive that was stopped writes, too
        if heard is not None:
            heard()
        self._heard = heard
        return super().write(data)


class _Armed(str):
    """A text that Excel would compute, or take for an error."""


def _cell(sheet: Any, text: str) -> Any:
    """A cell that Excel takes for text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=str(text))
    if text.startswith(_ACTIVE):
        cell.data_type = "s"
        cell.quotePrefix = True  # stays text when somebody edits the cell, too
    return cell


def _fitting(value: Any) -> Any:
    """The value if a sheet holds it as it is, else its text."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if abs(value) < EXACT else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, datetime.datetime) and value.tzinfo is not None:
        return value.isoformat()
    if isinstance(value, datetime.date) and value.year < _FIRST_YEAR:
        return value.isoformat()
    return value if isinstance(value, (str, datetime.date)) else str(value)


def _length(text: str) -> int:
    """Characters as Excel counts them: those beyond 16 bits twice."""
    return len(text) if len(text) * 2 <= LONGEST else len(text.encode("utf-16-le")) // 2


def _cut(text: str) -> str:
    """As much of a text as a cell holds, with … at its end."""
    kept = text.encode("utf-16-le")[: (LONGEST - 1) * 2]
    return kept.decode("utf-16-le", errors="ignore") + "…"
