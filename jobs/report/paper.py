"""Pages of a PDF and how each kind of block is set on them. Lengths are millimetres, A4."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import strokes
from .blocks import Grid, Note, Pairs, Picture, Text
from .drawing import PT, WORDS
from .flowing import lines

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping, Sequence

    from .blocks import Block, Entry, Row

__all__ = ["Paper"]

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT = 18.0, 192.0
TOP, BOTTOM = 22.0, 278.0
ROOM = RIGHT - LEFT
FAMILY = "zonerules"
BODY, SMALL = 9.5, 8.0
FAINT, LINK, LINE_COLOUR = "#55585c", "#174a8c", "#d5dade"
LEADING = 1.5  # line height by size of type
GAP = 3.0  # between the columns of a table
LABELS = 42.0  # the column of names of `Pairs`


class Paper:
    """A PDF that is written from top to bottom; `y` is where the next line begins."""

    def __init__(
        self,
        font: bytes,
        readable: Callable[[str], str],
        looks: Mapping[str, Any],
        say: Mapping[str, str],
    ) -> None:
        self.readable, self.looks, self.say = readable, looks, say
        self.pdf = self._opened(font)
        self.y = TOP
        self._wide: dict[str, float] = {}
        self._head, self._foot, self._next_foot = "", "", ""
        self._behind: tuple[int, str] = (0, "")  # the page behind the contents, and its head

    def _opened(self, font: bytes) -> Any:
        from fpdf import FPDF

        paper = self

        class Pages(FPDF):
            """A4 pages with a running head, and a foot with the number of the page."""

            def header(self) -> None:
                paper._running_head()

            def footer(self) -> None:
                paper._running_foot()

        pdf = Pages(format="A4", unit="mm")
        pdf.set_auto_page_break(False)
        pdf.set_margins(LEFT, TOP, WIDTH - RIGHT)
        self._folder = tempfile.TemporaryDirectory()  # fpdf2 reads fonts from files only
        path = Path(self._folder.name) / "font.ttf"
        path.write_bytes(font)
        pdf.add_font(FAMILY, fname=str(path))
        added: Any = pdf.fonts[FAMILY]
        told = added.desc
        # of the characters that are used, not of all that happen to be cut: see faces.Typeface
        told.font_b_box = f"[0 {told.descent} 1000 {told.ascent}]"
        pdf.set_font(FAMILY, size=BODY)
        return pdf

    def about(self, *, title: str, subject: str, lang: str, made: datetime.datetime) -> None:
        """What the file says of itself; `made` is the only time in it."""
        self.pdf.set_title(self.readable(title))
        self.pdf.set_subject(self.readable(subject))
        self.pdf.set_lang(lang)
        self.pdf.set_creator("Zone Rules")
        self.pdf.set_producer("Zone Rules")
        self.pdf.set_creation_date(made)

    def finished(self) -> bytes:
        """The file."""
        made = bytes(self.pdf.output())
        for font in self.pdf.fonts.values():
            font.close()
        self._folder.cleanup()
        return made

    # -- pages --------------------------------------------------------------------------------

    def page(self, head: str = "", foot: str = "", *, new: bool = False) -> None:
        """Begin a page; with `head`, `foot` or `new` those of another extract."""
        if head or new:
            self._head = self.readable(head)
        if self.pdf.page == 0 or new:
            self._next_foot = self.readable(foot)
        self.pdf.add_page()  # the foot of the page before is still the old one
        self._foot = self._next_foot
        self.y = TOP

    def reserve(self, write: Callable[[Any, Any], None], pages: int, head: str, foot: str) -> None:
        """Leave this page and so many in all to `write`, which is called in the end; go on behind
        them with another head and foot."""
        self._behind = (self.pdf.page_no() + pages, self.readable(head))
        self.pdf.insert_toc_placeholder(write, pages=pages, reset_page_indices=False)
        self._foot = self._next_foot = self.readable(foot)
        self.y = TOP

    def again(self) -> None:
        """Begin at the top of a page that is there already."""
        self.y = TOP

    def _running_head(self) -> None:
        if self.pdf.page_no() == self._behind[0]:
            self._head = self._behind[1]
        text = self._clipped(self._head, SMALL, ROOM)
        self._type(LEFT, 13.5, text, SMALL, FAINT)
        self._rule(15.5)

    def _running_foot(self) -> None:
        self._rule(284.0)
        self._type(LEFT, 288.5, self._foot, 7.5, FAINT)
        page, told = self.pdf.page_no(), self.readable(self.say["page"])
        # how many pages there are is known in the end only: room for two digits is left
        wide = self.width(told.format(page=page, pages="88"), 7.5)
        self._set(7.5, FAINT)
        self.pdf.set_xy(RIGHT - wide - 1, 285.4)
        self.pdf.cell(wide, 4, told.format(page=page, pages="{nb}"), align="L")

    def _rule(self, y: float) -> None:
        self.pdf.set_draw_color(LINE_COLOUR)
        self.pdf.set_line_width(0.2)
        self.pdf.line(LEFT, y, RIGHT, y)

    def bookmark(self, name: str, level: int) -> None:
        """An entry of the outline for this place."""
        self.pdf.set_y(min(self.y, BOTTOM))
        self.pdf.start_section(self.readable(name), level=level)

    def need(self, height: float) -> None:
        """Begin a new page where less than `height` is left; nothing is higher than a page."""
        if self.y + min(height, BOTTOM - TOP) > BOTTOM:
            self.page()

    # -- type ---------------------------------------------------------------------------------

    def _set(self, points: float, colour: str) -> None:
        self.pdf.set_font(FAMILY, size=points)
        self.pdf.set_text_color(colour)

    def _type(
        self,
        x: float,
        y: float,
        text: str,
        points: float,
        colour: str = WORDS,
        *,
        bold: bool = False,
    ) -> None:
        """One line, its base line at y. Bold is drawn with an outline: the font has one weight."""
        if not text:
            return
        self._set(points, colour)
        if not bold:
            self.pdf.text(x, y, text)
            return
        with self.pdf.local_context(text_mode="FILL_STROKE", line_width=points * 0.022):
            self.pdf.set_draw_color(colour)
            self.pdf.text(x, y, text)

    def width(self, text: str, points: float) -> float:
        """How wide a text is."""
        total = 0.0
        for char in text:
            if char not in self._wide:
                self.pdf.set_font(FAMILY, size=100)
                self._wide[char] = self.pdf.get_string_width(char) / 100
            total += self._wide[char]
        return total * points

    def _broken(self, text: str, points: float, room: float) -> list[str]:
        return lines(self.readable(text), room, lambda part: self.width(part, points))

    def _clipped(self, text: str, points: float, room: float) -> str:
        if self.width(text, points) <= room:
            return text
        while text and self.width(text + "...", points) > room:
            text = text[:-1]
        return text + "..."

    def paragraph(
        self,
        text: str,
        points: float = BODY,
        colour: str = WORDS,
        *,
        bold: bool = False,
        indent: float = 0.0,
        bar: str | None = None,
    ) -> None:
        """Lines over as many pages as it takes; `bar`: the colour of a bar at the left."""
        high = points * PT * LEADING
        for text_line in self._broken(text, points, ROOM - indent):
            self.need(high)
            if bar:
                self._box(LEFT, self.y, 1.2, high, bar)
            self._type(LEFT + indent, self.y + high * 0.74, text_line, points, colour, bold=bold)
            self.y += high

    def _box(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        self.pdf.set_fill_color(colour)
        self.pdf.rect(x, y, wide, high, style="F")

    # -- parts of a page ----------------------------------------------------------------------

    def title(self, text: str, below: Sequence[str]) -> None:
        """The title and what stands below it in small type."""
        self.paragraph(text, 17, LINK, bold=True)
        self.y += 1
        for small in below:
            self.paragraph(small, SMALL, FAINT)
        self.y += 2

    def frame(self, text: str) -> None:
        """A sentence in a frame."""
        broken = self._broken(text, BODY, ROOM - 6)
        high = len(broken) * BODY * PT * LEADING + 3
        self.need(high)
        self.pdf.set_draw_color("#8a949c")
        self.pdf.rect(LEFT, self.y, ROOM, high)
        self.y += 1.5
        for text_line in broken:
            self._type(LEFT + 3, self.y + BODY * PT * LEADING * 0.74, text_line, BODY)
            self.y += BODY * PT * LEADING
        self.y += 3

    def heading(self, text: str, first: Block | None = None) -> None:
        """A heading, with room for what follows: a picture, or a few lines."""
        self.y += 4
        follows = first.drawing.height + 10 if isinstance(first, Picture) else 20
        self.need(10 + follows)
        self._box(LEFT, self.y, ROOM, 7.4, "#e6eefb")
        self._type(LEFT + 2.5, self.y + 5.3, self.readable(text), 12, LINK, bold=True)
        self.y += 9.5

    def contents_row(self, name: str, page: int) -> None:
        """A line of the table of contents, linked to its page."""
        points, high = BODY, 6.2
        number = str(page)
        room = ROOM - 14
        text = self._clipped(name, points, room)
        self._type(LEFT, self.y + 4.2, text, points)
        self._type(RIGHT - self.width(number, points), self.y + 4.2, number, points, FAINT)
        self.pdf.link(LEFT, self.y, ROOM, high, self.pdf.add_link(page=page))
        self.y += high

    def block(self, block: Block) -> None:
        """Set a block of any kind."""
        if isinstance(block, Text):
            small = block.look == "small"
            self.paragraph(
                block.text,
                SMALL if small else BODY,
                FAINT if small else WORDS,
                bold=block.look == "lead",
            )
            self.y += 1.5
        elif isinstance(block, Note):
            self._note(block)
        elif isinstance(block, Pairs):
            self._pairs(block)
        elif isinstance(block, Grid):
            self._grid(block)
        elif isinstance(block, Picture):
            self._picture(block)
        else:
            self._entry(block)

    def _look(self, tone: str | None) -> tuple[str, str, str]:
        """Colour, tint and mark of a tone."""
        look = self.looks.get(tone or "")
        if look is None:
            return WORDS, "#f1f2f3", ""
        return look["colour"], look["tint"], self.readable(f"{look['mark']} ")

    def _note(self, block: Note) -> None:
        colour, tint, mark = self._look(block.tone)
        high = BODY * PT * LEADING
        for text_line in self._broken(mark + block.text, BODY, ROOM - 7):
            self.need(high)
            self._box(LEFT, self.y, ROOM, high, tint)
            self._box(LEFT, self.y, 1.2, high, colour)
            self._type(LEFT + 4, self.y + high * 0.74, text_line, BODY, colour, bold=True)
            self.y += high
        self.y += 1.5

    def _pairs(self, block: Pairs) -> None:
        high = BODY * PT * LEADING
        for name, value in block.rows:
            first = self._broken(name, BODY, LABELS - GAP)
            second = self._broken(value, BODY, ROOM - LABELS)
            self._cells([(LEFT, first, FAINT), (LEFT + LABELS, second, WORDS)], BODY, high)
        self.y += 1.5

    def _cells(
        self, cells: Sequence[tuple[float, list[str], str]], points: float, high: float
    ) -> None:
        """A row of a table: each cell is (left, lines, colour). Only what is higher than a page
        goes on over the next."""
        count = max(len(broken) for _, broken, _ in cells)
        if count * high + 1.6 <= BOTTOM - TOP:
            self.need(count * high + 1.6)
        for number in range(count):
            self.need(high + 0.8)
            for left, broken, colour in cells:
                if number < len(broken):
                    self._type(left, self.y + 0.6 + high * 0.74, broken[number], points, colour)
            self.y += high
        self.y += 1.2
        self._rule(self.y)
        self.y += 0.4

    def _grid(self, block: Grid) -> None:
        lefts, rooms, x = [], [], LEFT
        for share in block.shares:
            lefts.append(x)
            rooms.append(ROOM * share - GAP)
            x += ROOM * share
        high = SMALL * PT * LEADING
        page = 0
        for row in block.rows:
            cells = self._row(row, lefts, rooms)
            self.need(max(len(broken) for _, broken, _ in cells) * high + 8)
            if self.pdf.page != page:  # the heads stand on every page
                heads = [
                    (left, self._broken(head, SMALL, room), FAINT)
                    for left, head, room in zip(lefts, block.heads, rooms)
                ]
                self._cells(heads, SMALL, high)
                page = self.pdf.page
            self._cells(cells, SMALL, high)
            page = self.pdf.page
        self.y += 2

    def _row(
        self, row: Row, lefts: Sequence[float], rooms: Sequence[float]
    ) -> list[tuple[float, list[str], str]]:
        colour, _, mark = self._look(row.tone)
        texts = [mark + row.cells[0], *row.cells[1:]]
        return [
            (left, self._broken(text, SMALL, room), colour if number == 0 else WORDS)
            for number, (left, text, room) in enumerate(zip(lefts, texts, rooms))
        ]

    def _entry(self, block: Entry) -> None:
        colour, _, mark = self._look(block.tone)
        indent = 4.0
        high, low = BODY * PT * LEADING, SMALL * PT * LEADING
        count = sum(len(self._broken(text, SMALL, ROOM - indent)) for text in block.lines)
        heads = len(self._broken(block.head, BODY, ROOM - indent)) + 1
        self.need(heads * high + count * low + 2)
        cite = self._clipped(self.readable(block.cite), SMALL, ROOM * 0.6)
        self._box(LEFT, self.y, 1.2, high, colour)
        base = self.y + high * 0.74
        self._type(LEFT + indent, base, mark + self.readable(block.mark), BODY, colour, bold=True)
        self._type(RIGHT - self.width(cite, SMALL), base, cite, SMALL, FAINT)
        self.y += high
        self.paragraph(block.head, BODY, indent=indent, bar=colour)
        for text in block.lines:
            self.paragraph(text, SMALL, "#4a5157", indent=indent, bar=colour)
        self.y += 2.5

    def _picture(self, block: Picture) -> None:
        scale = min(1.0, ROOM / block.drawing.width, (BOTTOM - TOP - 12) / block.drawing.height)
        high = block.drawing.height * scale
        self.need(high + 10)
        strokes.draw(self.pdf, block.drawing, (LEFT, self.y), scale, self.readable, self._type)
        self.y += high + 2.5
        self.paragraph(block.caption, SMALL, FAINT)
        self.y += 1.5
