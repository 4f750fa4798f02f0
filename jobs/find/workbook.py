"""Rules and changes as an Excel workbook: sheets 规定, 变化 and 说明."""

from __future__ import annotations

import datetime
import io
import re
from typing import TYPE_CHECKING, Any

from ...rules.condition import leaves
from ...rules.explain import fact_name
from ..exchange.export import write_file
from .reading import Reader
from .rulecells import rule_cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ..open import Catalogue
    from .find import Found

RULE_COLUMNS = {
    "id": 11,
    "document": 20,
    "clause": 11,
    "kind": 9,
    "strength": 9,
    "audience": 12,
    "activities": 22,
    "summary": 60,
    "where": 28,
    "relation": 14,
    "when": 44,
    "keep": 32,
    "time": 34,
    "deadline": 12,
    "consequence": 30,
    "unless": 14,
    "lifts": 14,
    "lead": 22,
    "responsible": 26,
    "cooperating": 26,
    "open": 36,
    "reading": 36,
}
"""Columns of the sheet of rules with their widths in characters."""
CHANGE_COLUMNS = {
    "month": 10,
    "earliest": 12,
    "latest": 12,
    "date": 26,
    "event": 16,
    "what": 66,
    "rules": 24,
    "document": 20,
    "clause": 12,
    "lead": 26,
    "responsible": 30,
    "cooperating": 30,
}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32767  # characters in a cell
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BLUE = "DCE6F1"


def write(
    path: Path, catalogue: Catalogue, found: Found, told: Mapping[str, Any] | None, lang: str
) -> dict[str, int]:
    """Write the workbook atomically and return the rows of each sheet by its name.

    `told` is what module changes found, or None for no sheet of changes. Raises BadInput when the
    file cannot be written.
    """
    from openpyxl import Workbook

    reader = Reader(catalogue, lang)
    book = Workbook()
    book.remove(book.active)
    counts = {}
    rules = [*found.direct, *found.containing]
    columns = {
        name: width for name, width in RULE_COLUMNS.items() if name != "relation" or found.relations
    }
    rows = [[rule_cell(rule, name, reader, found.relations) for name in columns] for rule in rules]
    counts[_sheet(book, "rules", columns, rows, reader)] = len(rows)
    if told is not None:
        rows = [
            [_change_cell(row, name, reader) for name in CHANGE_COLUMNS] for row in told["changes"]
        ]
        counts[_sheet(book, "changes", CHANGE_COLUMNS, rows, reader)] = len(rows)
    _about(book, catalogue, found, told, reader)
    made = io.BytesIO()
    book.save(made)
    write_file(path, made.getvalue(), "-o")
    return counts


# -- cells ----------------------------------------------------------------------------------------


def _change_cell(row: Mapping[str, Any], name: str, reader: Reader) -> str:
    if name in ("month", "earliest", "latest"):
        return str(row[name] or "")
    if name == "date":
        return reader.text(row["when"])
    if name in ("event", "what"):
        return reader.text(row["event_name" if name == "event" else "what"])
    if name == "document":
        return reader.document(row["document"])
    if name == "rules":
        return reader.names(row["rules"])
    if name == "clause":
        return row["clause"] or reader.names(row["clauses"])
    offices = row["authorities"].get(name, [])
    return reader.names([reader.text(office) for office in offices])


def put(cell: Any, text: str) -> None:
    """Write `text` into a cell: a day as a date, anything that Excel might compute as text."""
    if _DAY.fullmatch(text):
        cell.value = datetime.date.fromisoformat(text)
        cell.number_format = "yyyy-mm-dd"
        return
    text = UNWRITABLE.sub(" ", text)[:LONGEST]
    cell.value = text or None
    if text.startswith(FORMULA):
        cell.data_type = "s"
        cell.quotePrefix = True  # stays text when somebody edits the cell, too


# -- sheets ---------------------------------------------------------------------------------------


def _sheet(
    book: Any,
    name: str,
    columns: Mapping[str, int],
    rows: Sequence[Sequence[str]],
    reader: Reader,
) -> str:
    """Add a sheet with a frozen head, a filter, wrapped text and widths; returns its title."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    title = reader.words[f"sheet_{name}"]
    sheet = book.create_sheet(title)
    wrapped = Alignment(wrap_text=True, vertical="top")
    for across, (column, width) in enumerate(columns.items(), start=1):
        head = sheet.cell(1, across)
        put(head, reader.words[f"col_{column}"])
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor=_BLUE)
        head.alignment = wrapped
        sheet.column_dimensions[get_column_letter(across)].width = width
    for down, row in enumerate(rows, start=2):
        for across, text in enumerate(row, start=1):
            cell = sheet.cell(down, across)
            put(cell, text)
            cell.alignment = wrapped
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    return title


def _about(
    book: Any,
    catalogue: Catalogue,
    found: Found,
    told: Mapping[str, Any] | None,
    reader: Reader,
) -> None:
    """The sheet 说明: what was asked, of which catalogue, when, and how to read the rest."""
    from openpyxl.styles import Alignment, Font

    words = reader.words
    lines = [
        (words["about_made"], datetime.date.today().isoformat()),
        (words["about_catalogue"], str(catalogue.data["version"])),
        (words["about_fingerprint"], str(catalogue.data["fingerprint"])),
        (words["about_rules"], str(len(found.rules))),
    ]
    if "overlay" in catalogue.data:
        lines.append((words["about_overlay"], str(catalogue.data["overlay"].get("path", ""))))
    given = found.filters.given()
    if told is not None:
        lines.append((words["about_changes"], str(len(told["changes"]))))
        given["changes"] = f"{told['from']} .. {told['until']}"
    for name, value in given.items():
        lines.append((reader.say("about_filter", filter=words[f"filter_{name}"]), value))
    if not given:
        lines.append((reader.say("about_filter", filter=""), words["about_no_filter"]))
    notes = ["about_words", "about_plan", *(["about_changes_note"] if told is not None else [])]
    lines += [(words["about_note"], words[name]) for name in notes]
    lines += [(words["about_facts"], text) for text in _facts(found, reader)]
    sheet = book.create_sheet(words["sheet_about"])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 100
    for down, pair in enumerate(lines, start=1):
        for across, text in enumerate(pair, start=1):
            cell = sheet.cell(down, across)
            put(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        sheet.cell(down, 1).font = Font(bold=True)
    sheet.freeze_panes = "A2"


def _facts(found: Found, reader: Reader) -> list[str]:
    """The full names of the facts in the conditions, which say what a figure stands for."""
    used = {
        leaf["fact"]: None
        for rule in found.rules
        for name in ("when", "keep")
        for leaf in leaves(rule.get(name))
        if "fact" in leaf
    }
    return [f"{fact_name(reader.book, key)[reader.lang]} [{key}]" for key in used]
