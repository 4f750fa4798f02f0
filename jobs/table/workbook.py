"""The cells of one sheet of a workbook, as Excel last computed them; a sheet fits into memory."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

from ...rules.messages import Line
from ..answer import BadInput

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

__all__ = ["cells_of"]

PIECE = 1 << 20
Rows = list["tuple[Any, ...]"]


def cells_of(path: Path, sheet: str | None) -> tuple[list[str], list[pa.Array], dict[int, Line]]:
    """Headings, columns and what is wrong with a row: a formula that nobody has computed.

    Such a cell has no value: a program wrote it, and no spreadsheet has saved the file since.
    `sheet`: its name, the first unless said. Raises BadInput.
    """
    formulas = _has_formulas(path)
    told = _rows(path, sheet, said_empty=formulas)
    written = _rows(path, sheet, values=False) if formulas else told
    rows = list(told)
    if formulas:
        rows = [tuple(None if cell == "" else cell for cell in row) for row in told]
    while rows and all(cell is None for cell in (*rows[-1], *written[len(rows) - 1])):
        rows.pop()
    if not rows or all(cell is None for cell in rows[0]):
        raise BadInput(Line(f"{path.name}: no header line", f"{path.name}：没有表头"))
    used = max(
        i + 1
        for both in zip(rows, written)
        for row in both
        for i, cell in enumerate(row)
        if cell is not None
    )
    filled = [(*row, *(None,) * used)[:used] for row in rows]
    names = ["" if cell is None else str(cell) for cell in filled[0]]
    faults = _uncomputed(names, told[1:], written[1:]) if formulas else {}
    return names, [_column([row[i] for row in filled[1:]]) for i in range(used)], faults


def _rows(path: Path, sheet: str | None, *, values: bool = True, said_empty: bool = False) -> Rows:
    """The rows of a sheet, the headings first: values, or formulas where there are any.

    `said_empty`: with "" for a value that was computed and is empty.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=values)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, InvalidFileException) as error:
        reason = str(error) or type(error).__name__
        raise BadInput(
            Line(f"{path.name}: not a workbook ({reason})", f"{path.name}：不是工作簿（{reason}）")
        ) from error
    try:
        if sheet is not None and sheet not in book.sheetnames:
            known = ", ".join(book.sheetnames)
            raise BadInput(
                Line(
                    f"--layer {sheet}: {path.name} has {known}",
                    f"--layer {sheet}：{path.name} 有 {known}",
                )
            )
        source = book[sheet] if sheet else book.worksheets[0]
        source.reset_dimensions()  # what the file claims of its size is not always true
        if said_empty:
            return [tuple(_told(cell) for cell in row) for row in source.iter_rows()]
        return list(source.iter_rows(values_only=True))
    finally:
        book.close()


def _told(cell: Any) -> Any:
    return "" if cell.value is None and cell.data_type == "str" else cell.value


def _has_formulas(path: Path) -> bool:
    """Whether any sheet has one: a look at the text of the file, without reading its cells."""
    try:
        with zipfile.ZipFile(path) as whole:
            return any(
                _holds_formula(whole, name)
                for name in whole.namelist()
                if name.startswith("xl/worksheets/")
            )
    except (OSError, zipfile.BadZipFile):  # told by who reads the cells
        return False


def _holds_formula(whole: zipfile.ZipFile, name: str) -> bool:
    end = b""
    with whole.open(name) as file:
        while piece := file.read(PIECE):
            if b"<f>" in end + piece or b"<f " in end + piece:
                return True
            end = piece[-2:]
    return False


def _uncomputed(names: list[str], rows: Rows, written: Rows) -> dict[int, Line]:
    found = {}
    for at, (row, raw) in enumerate(zip(rows, written)):
        columns = [
            name
            for name, cell, formula in zip(names, row, raw)
            if cell is None and formula is not None
        ]
        if columns:
            found[at] = Line(
                f"{', '.join(columns)}: a formula without its value; open the file in Excel, save "
                "it, try again",
                f"{'、'.join(columns)}：公式没有计算结果，请用 Excel 打开并保存后再试",
            )
    return found


def _column(cells: list[Any]) -> pa.Array:
    """Numbers, days or yes/no where all cells are; else each cell as Excel's text for it."""
    import datetime

    import pyarrow as pa

    given = [cell for cell in cells if cell is not None]
    kinds = {type(cell) for cell in given}
    for fitting, kind in (
        ({bool}, pa.bool_()),
        ({int}, pa.int64()),
        ({int, float}, pa.float64()),
        ({datetime.datetime}, pa.timestamp("us")),
    ):
        if kinds and kinds <= fitting:
            try:
                return pa.array(cells, kind)
            except (pa.ArrowInvalid, OverflowError):
                break  # an integer that 64 bits do not hold
    return pa.array([None if cell is None else _text(cell) for cell in cells], pa.string())


def _text(cell: Any) -> str:
    import datetime

    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))  # as Excel shows a whole number
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)
