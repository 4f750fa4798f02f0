"""A workbook to fill in: columns that say what they are, lists to choose from, and an example."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING, Any, NamedTuple

from ...layers.catalogue.store import write_bytes
from ...rules.condition import leaves
from ...rules.explain import fact_name, value_name
from ...rules.facts import range_of
from ...rules.logic import tables
from ...rules.messages import Line, in_language
from ...rules.questions import permitted_values, trial_values
from ..answer import BadInput, activity_id
from ..phrasing import short
from .signature import relevant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ...rules.model import Book
    from ..open import Catalogue

ROWS = 10_000  # rows that the lists are offered on
_TITLES = (Line("table", "表格"), Line("values", "取值"), Line("about", "说明"))
_BLUE, _GREY = "DCE6F1", "F2F2F2"
_PLACES = {
    "name": (Line("Name", "企业名称"), Line("free text", "随意填写")),
    "address": (Line("Address", "地址"), Line("free text", "随意填写")),
    "lon": (
        Line("Longitude", "经度"),
        Line(
            "degrees, 113.69 or 113°41′24″; say the datum with --datum",
            "度，113.69 或 113°41′24″；坐标系在运行时用 --datum 说明",
        ),
    ),
    "lat": (Line("Latitude", "纬度"), Line("degrees, 34.735", "度，34.735")),
    "accuracy": (
        Line("Accuracy (m)", "误差（米）"),
        Line("metres; empty: as --accuracy says", "米；空着则按 --accuracy"),
    ),
    "date": (
        Line("Day", "日期"),
        Line("the day asked, 2017-11-20; empty: as --date says", "查询的日子，空着则按 --date"),
    ),
    "alert": (
        Line("Alert", "预警"),
        Line("heavy-pollution alert that day", "当日的重污染天气预警级别"),
    ),
}
_EXAMPLE = {
    "name": Line("Example: write over this row", "示例：请改写本行"),
    "address": Line("", ""),
}
_NOTES = (
    Line(
        "The words in square brackets say what a column is: keep them. Columns may be left out, "
        "moved or added; an empty cell is unknown.",
        "方括号里的字说明一列是什么，请保留。列可以删、可以挪、可以加；空格就是不知道。",
    ),
    Line(
        "Then: zonerules check THIS.xlsx -o OUT.xlsx --datum gcj02 --activity …",
        "填好后运行：zonerules check 本文件.xlsx -o 结果.xlsx --datum gcj02 --activity …",
    ),
    Line(
        "Columns for facts are those that rules on the activities given with --activity ask for.",
        "事实列取自 --activity 所列活动的规则；没有给活动就没有事实列。",
    ),
)


class Column(NamedTuple):
    """One column: its key, heading, explanation in both languages, list and example."""

    key: str
    heading: str
    about: Line
    values: Sequence[Any] = ()
    example: Any = None
    several: bool = False
    span: tuple[float, float] | None = None


def write(path: Path, catalogue: Catalogue, activities: Iterable[str], lang: str) -> None:
    """Write the workbook for some activities. Raises BadInput."""
    from openpyxl import Workbook

    if path.suffix.lower() != ".xlsx":
        raise BadInput(
            Line(f"--template {path.name}: expected .xlsx", f"--template {path.name}：应为 .xlsx")
        )
    asked = [str(activity_id(name, catalogue.book)) for name in activities]
    columns = [*_places(lang), *_facts(catalogue.book, asked, lang)]
    book = Workbook()
    sheet, lists, about = book.active, *(book.create_sheet() for _ in range(2))
    for page, title in zip((sheet, lists, about), _TITLES):
        page.title = in_language(title, lang)
    _fill(sheet, columns)
    _offer(sheet, lists, columns)
    _explain(about, columns)
    made = io.BytesIO()
    book.save(made)
    write_bytes(path, made.getvalue())


def _places(lang: str) -> list[Column]:
    alerts = tables()["labels"]["alert"]
    found = []
    for key, (heading, about) in _PLACES.items():
        values = [text[lang] for text in alerts.values()] if key == "alert" else []
        example: Any = {"lon": 113.69, "lat": 34.735, "accuracy": 10}.get(key)
        if key in _EXAMPLE:
            example = in_language(_EXAMPLE[key], lang) or None
        elif key == "date":
            example = datetime.date(2017, 11, 20)
        elif key == "alert":
            example = values[0]
        found.append(Column(key, f"{in_language(heading, lang)} [{key}]", about, values, example))
    return found


def _facts(book: Book, asked: Sequence[str], lang: str) -> list[Column]:
    used = {
        leaf["fact"]
        for rule in (relevant(book, asked) if asked else [])
        for leaf in leaves(rule.get("when"))
        if "fact" in leaf
    }
    implied: dict[str, Any] = {}
    for activity in asked:
        implied.update(book.activities[activity].get("implies", {}))
    return [_fact(key, book, implied, lang) for key in book.facts if key in used]


def _fact(key: str, book: Book, implied: Mapping[str, Any], lang: str) -> Column:
    spec = book.facts[key]
    names = fact_name(book, key)
    permitted = None if key == "source.id" else permitted_values(key, book)
    values = [_spelled(key, value, book, lang) for value in permitted or []]
    example: Any = None
    if key in implied:
        example = _spelled(key, implied[key], book, lang)
    elif values:
        example = values[0]
    elif key != "source.id" and (trials := trial_values(key, book)):
        example = trials[0]
    numeric = spec["type"] in ("number", "integer") and not values
    unit = f" ({spec['unit']})" if spec.get("unit") and spec["unit"] != "1" else ""
    return Column(
        key,
        f"{short(spec[lang])}{unit} [{key}]",
        Line(names["en"], names["zh"]),
        values,
        example,
        bool(spec.get("multi")),
        range_of(key, spec) if numeric else None,
    )


def _spelled(key: str, value: Any, book: Book, lang: str) -> Any:
    """A value as the validator of facts reads it back."""
    if isinstance(value, bool):
        return {"zh": "是" if value else "否", "en": "yes" if value else "no"}[lang]
    if isinstance(value, str) and lang == "zh":
        return value_name(book, key, value)["zh"]
    return value


def _fill(sheet: Any, columns: Sequence[Column]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for at, column in enumerate(columns, start=1):
        head = sheet.cell(1, at, column.heading)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor=_BLUE)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        cell = sheet.cell(2, at, column.example)
        cell.fill = PatternFill("solid", fgColor=_GREY)
        sheet.column_dimensions[get_column_letter(at)].width = 18
    sheet.freeze_panes = "A2"


def _offer(sheet: Any, lists: Any, columns: Sequence[Column]) -> None:
    """Lists to choose from, kept on a sheet of their own, and bounds of figures."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    across = 0
    for at, column in enumerate(columns, start=1):
        if column.values:
            across += 1
            for down, value in enumerate([column.heading, *column.values], start=1):
                lists.cell(down, across, value)
            letter = get_column_letter(across)
            lists.column_dimensions[letter].width = 24
            source = f"'{lists.title}'!${letter}$2:${letter}${len(column.values) + 1}"
            rule = DataValidation("list", formula1=source, allow_blank=True)
        elif column.span is not None:
            low, high = column.span
            rule = DataValidation(
                "decimal", operator="between", formula1=low, formula2=high, allow_blank=True
            )
        else:
            rule = DataValidation(allow_blank=True)
        # a hint, no bar: several values or another unit may be written too
        rule.showErrorMessage = bool(column.values) and not column.several
        rule.errorStyle = "warning"
        rule.showInputMessage, rule.promptTitle = True, column.key[:32]
        rule.prompt = f"{column.about.zh}\n{column.about}"[:255]
        letter = get_column_letter(at)
        rule.add(f"{letter}2:{letter}{ROWS + 1}")
        sheet.add_data_validation(rule)


def _explain(sheet: Any, columns: Sequence[Column]) -> None:
    """Both languages beside each other: whoever fills it in may not be whoever asked for it."""
    from openpyxl.styles import Alignment, Font

    rows = [
        *(("", note.zh, str(note)) for note in _NOTES),
        *((column.heading, column.about.zh, str(column.about)) for column in columns),
    ]
    for down, row in enumerate(rows, start=1):
        for across, text in enumerate(row, start=1):
            cell = sheet.cell(down, across, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(down, 1).font = Font(bold=True)
    for letter, width in zip("ABC", (34, 60, 60)):
        sheet.column_dimensions[letter].width = width
