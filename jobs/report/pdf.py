"""The extract as PDF, by fpdf2: the same sections as the page, text that can be selected.

fpdf2 because it is pure Python with fontTools, which also takes a face out of an OpenType
collection with PostScript outlines, as Debian ships Noto CJK (`faces`); reportlab refuses those
("postscript outlines are not supported"), and what prints HTML needs a browser or pango.
"""

from __future__ import annotations

import datetime
import json
import logging
from typing import TYPE_CHECKING, Any

from ...rules.messages import Line
from ..answer import BadInput
from ..present import printable
from ..progress import unheard
from . import faces, fonts, paper
from .blocks import Note, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ..progress import Progress
    from .blocks import Section
    from .leaf import Leaf

__all__ = ["book", "typeface"]

# signs that say nothing the words beside them do not say
STAND_INS = {
    "✖": "×", "⚡": "!", "∅": "○", "◆": "●", "■": "●", "◷": "○", "★": "*", "　": " ", "…": "...",
    "㎡": "m²", "㎞": "km", "〔": "[", "〕": "]", "±": "+/-", "≤": "<=", "≥": ">=",
}  # fmt: skip
QUOTES = {"“": '"', "”": '"', "‘": "'", "’": "'"}
LETTERS = "".join(map(chr, range(32, 127)))  # codes, pages and what stands in for signs
MOST_LACKING = 20  # characters without a glyph that are named
LEAD = 32.0  # room for a leading sentence and what follows it, mm
LINES_ON_PAGE = 36  # of the table of contents


def typeface(font: Path | None = None) -> faces.Typeface:
    """The Chinese font `font`, or the machine's first. Raises BadInput without one or fpdf2."""
    _need_fpdf()
    return faces.Typeface(fonts.find(font))


def book(
    extracts: Sequence[Leaf],
    face: faces.Typeface | None = None,
    progress: Progress = unheard,
) -> bytes:
    """One extract, or several of one language with a table of contents in front.

    `face`: what :func:`typeface` gave, for several files. Raises BadInput where fpdf2 or a Chinese
    font is missing, and what `progress` raises.
    """
    face = face or typeface()
    found = face.font
    first = extracts[0]
    many = len(extracts) > 1
    readable = _Readable(found, first.lang)
    letters = set(LETTERS).union(*(readable(extract.texts()) for extract in extracts))
    cut = face.file(letters, lambda: set(_of_catalogue(first.catalogue.data)))
    sheet = paper.Paper(cut, readable, first.palette["outcome"], first.say)
    sheet.about(
        title=first.say["book"] if many else f"{first.title} {first.number}",
        subject=first.say["subtitle"],
        lang="zh-CN" if first.lang == "zh" else "en",
        made=datetime.datetime.fromisoformat(first.made),
    )
    if many:
        _contents(sheet, extracts)
    for number, extract in enumerate(extracts):
        if number or not many:  # the page of the first is there, behind the contents
            sheet.page(extract.head, _foot(extract), new=True)
        _write(sheet, extract, readable)
        progress((number + 1) / len(extracts), str(number + 1))
    return sheet.finished()


def _need_fpdf() -> None:
    try:
        from fontTools import ttLib  # noqa: F401
        from fpdf import FPDF  # noqa: F401
    except ImportError:
        raise BadInput(
            Line(
                'PDF needs fpdf2: pip install "zonerules[pdf]"; '
                "or write .html and print it from a browser",
                '生成 PDF 需要 fpdf2：pip install "zonerules[pdf]"；或改存 .html 后由浏览器打印',
            )
        ) from None
    logging.getLogger("fontTools").setLevel(logging.ERROR)


def _of_catalogue(data: Mapping[str, Any]) -> str:
    """All that an extract may say of a catalogue, with much that none says."""
    parts = {key: value for key, value in data.items() if key not in ("zones", "units", "golden")}
    zones = [{**zone, "shapes": None} for zone in data["zones"].values()]
    units = [unit["name"] for unit in data["units"].values()]
    return json.dumps([parts, zones, units], ensure_ascii=False, default=str)


class _Readable:
    """Texts as a font can draw them: stand-ins for signs, code points for other characters."""

    def __init__(self, font: fonts.Font, lang: str) -> None:
        self.font = font
        # a Chinese font gives quotation marks the width of a Chinese character
        self._known: dict[str, str] = dict(QUOTES) if lang == "en" else {}

    def __call__(self, text: str) -> str:
        return "".join(map(self._drawn, printable(text)))

    def lacking(self, text: str) -> list[str]:
        """The characters of a text that stand as codes, in order, each as its code."""
        found = dict.fromkeys(char for char in printable(text) if self._drawn(char)[:3] == "[U+")
        return [self._drawn(char) for char in sorted(found)]

    def _drawn(self, char: str) -> str:
        if char not in self._known:
            drawn = char
            if self.font.lacks(char):
                drawn = STAND_INS.get(char, f"[U+{ord(char):04X}]")
                if any(map(self.font.lacks, drawn)):
                    drawn = f"[U+{ord(char):04X}]"
            self._known[char] = drawn
        return self._known[char]


def _contents(sheet: paper.Paper, extracts: Sequence[Leaf]) -> None:
    """Leave pages for the table of contents, which is written when the pages are known."""
    say = extracts[0].say
    pages = -(-len(extracts) // LINES_ON_PAGE)
    sheet.page(say["book"], "")

    def write(pdf: Any, outline: Iterable[Any]) -> None:
        rows = [entry for entry in outline if entry.level == 0]
        for number in range(pages):
            if number:
                pdf.add_page()
            sheet.again()
            if not number:
                count = say["book_count"].format(n=len(extracts))
                sheet.title(say["book"], [count, say["unofficial"]])
                sheet.heading(say["contents"])
            for entry in rows[number * LINES_ON_PAGE : (number + 1) * LINES_ON_PAGE]:
                sheet.contents_row(entry.name, entry.page_number)

    first = extracts[0]
    sheet.reserve(write, pages, first.head, _foot(first))


def _foot(extract: Leaf) -> str:
    return f"{extract.say['id']} {extract.number}"


def _write(sheet: paper.Paper, extract: Leaf, readable: _Readable) -> None:
    say = extract.say
    sheet.bookmark(extract.label, 0)
    ids = f"{_foot(extract)}    {say['made']} {extract.made}"
    sheet.title(extract.title, [say["subtitle"], ids])
    for note in extract.leading:
        sheet.block(note)
    sheet.frame(say["unofficial"])
    lacking = readable.lacking(extract.texts())
    if lacking:
        told = ", ".join(lacking[:MOST_LACKING]) + (" …" if len(lacking) > MOST_LACKING else "")
        sheet.block(Note(say["lacking"].format(font=readable.font.path.stem, characters=told)))
    for section in extract.sections:
        _section(sheet, section)


def _section(sheet: paper.Paper, section: Section) -> None:
    sheet.heading(section.title, section.blocks[0])
    sheet.bookmark(section.title, 1)
    for block in section.blocks:
        if isinstance(block, Text) and block.look == "lead":
            sheet.need(LEAD)  # never alone at the foot of a page
        sheet.block(block)
