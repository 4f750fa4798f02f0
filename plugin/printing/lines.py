"""The rows of an answer for a table on paper, broken into lines that fit their column.

QGIS breaks lines at spaces only, which Chinese has not; so every line ends where Qt breaks it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QFont, QTextLayout, QTextOption

from ..texts import tr
from .fonts import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

BODY_PT, SMALL_PT, TITLE_PT = 9.0, 8.0, 10.5
MARGIN_MM = 0.9  # of a cell, on each side
# sign, text, article: they make up the width between the margins of a page
WIDTHS_MM = (6.0, 130.0, 44.0)
POINT_MM = 0.352778
SAFETY = 0.97  # fonts are not measured alike everywhere; a line too long would be cut
RESOLUTION = 100.0  # pixels for one size of type
MOST_LINES = 12  # in one row: a row does not run over the end of a page


class Row(NamedTuple):
    """One row: ``kind`` is title, line, verdict or detail; ``tone`` a verdict or None."""

    kind: str
    mark: str
    text: str
    cite: str
    tone: str | None


def answer_rows(
    blocks: Iterable[Mapping[str, Any]], looks: Mapping[str, Any], titles: Mapping[str, str]
) -> list[Row]:
    """Return the rows of the blocks of `jobs.sheet`.

    ``looks`` is the palette's ``outcome`` part; ``titles`` are those of blocks without one.
    """
    rows = []
    for block in blocks:
        if block["kind"] == "head":
            continue  # stands under the title
        title = block["title"] or titles.get(block["kind"], "")
        if title:
            rows.append(Row("title", "", title, "", None))
        strong = block["kind"] in ("verdict", "overview", "notice")
        for line in block["lines"]:
            look = looks.get(line["tone"] or "")
            kind = "verdict" if strong and look else "line"
            mark = look["mark"] if look else ""
            kind = "detail" if block["kind"] == "undrawn" else kind
            rows.append(Row(kind, mark, line["text"], line["cite"], line["tone"]))
            rows += [Row("detail", "", text, "", None) for text in line["detail"]]
    return rows


def cited_rows(documents: Iterable[Mapping[str, Any]], lang: str) -> list[Row]:
    """Return the rows of the documents that `jobs.sheet.cited` lists."""
    rows = []
    for entry in documents:
        record = entry["record"]
        number = record.get("number") or tr("printing.no_number", lang)
        rows.append(Row("line", "", record["title"][lang], number, None))
        told = [tr("printing.issuer", lang, name=record["issuer"][lang])]
        if record.get("issued"):
            told.append(tr("printing.issued", lang, day=record["issued"]))
        covers = record["covers"]
        told.append(tr("printing.covers", lang, first=covers["from"], last=covers["until"]))
        rows.append(Row("detail", "", tr("printing.semicolon", lang).join(told), "", None))
        if entry["clauses"]:
            names = tr("printing.comma", lang).join(entry["clauses"])
            rows.append(Row("detail", "", tr("printing.clauses", lang, names=names), "", None))
        for key in ("url", "archive"):
            if record.get(key):
                rows.append(Row("detail", "", str(record[key]), "", None))
    return rows


def font_of(family: str, kind: str) -> tuple[QFont, float]:
    """Return font and size in points of a row's text."""
    font = QFont(family)
    font.setBold(kind in ("title", "verdict"))
    return font, {"title": TITLE_PT, "detail": SMALL_PT}.get(kind, BODY_PT)


def broken(rows: Iterable[Row], family: str) -> Iterator[Row]:
    """Yield the rows with line ends in text and article; a long one becomes several."""
    for row in rows:
        texts = wrapped(row.text, *font_of(family, row.kind), WIDTHS_MM[1])
        cites = wrapped(row.cite, QFont(family), SMALL_PT, WIDTHS_MM[2])
        for first in range(0, max(len(texts), 1), MOST_LINES):
            part = texts[first : first + MOST_LINES]
            beside = cites if first == 0 else []
            mark = row.mark if first == 0 else ""
            yield row._replace(text="\n".join(part), cite="\n".join(beside), mark=mark)


def wrapped(text: str, font: QFont, size_pt: float, width_mm: float) -> list[str]:
    """Return ``text`` in lines that fit a column of ``width_mm`` with its margins."""
    if not text:
        return []
    font = plain(font)
    font.setPixelSize(int(RESOLUTION))
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    room = (width_mm - 2 * MARGIN_MM) / (size_pt * POINT_MM) * RESOLUTION * SAFETY
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(room)
        start = line.textStart()
        lines.append((start, start + line.textLength()))
    layout.endLayout()
    # positions are of UTF-16, in which a rare character is two units
    units = text.encode("utf-16-le")
    return [units[2 * a : 2 * b].decode("utf-16-le").strip() for a, b in lines]
