"""Answered tables as text: cells as they came, and harmless to a spreadsheet."""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
from typing import TYPE_CHECKING, BinaryIO

from .encoding import TextForm
from .writing import Layout, Output, as_text, as_wkt

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

# What a spreadsheet would run, full-width signs included, and what of it is only a number, a
# telephone number or a dash.
FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
HARMLESS = r"^[+-][\d., ()/-]*(?:[eE][+-]?\d+)?%?$"
DEFUSED = "'"  # put before a formula, as a spreadsheet shows a text that is none
_WHOLE = ("utf-8", "utf-8-sig", "utf-16", "gb18030")  # encodings that hold every character
_CHINESE = ("gbk", "gb2312", "hz")


def output_form(form: TextForm | None, suffix: str) -> TextForm:
    """How text is written: as the input was, if that holds every character; else UTF-8.

    GBK and GB2312 become GB18030, which holds them unchanged. The mark before UTF-8 is for Excel.
    """
    if form is None:
        return TextForm("utf-8-sig", "\t" if suffix == ".tsv" else ",")
    name = codecs.lookup(form.encoding).name
    if name not in _WHOLE:
        name = "gb18030" if name in _CHINESE else "utf-8-sig"
    return TextForm(name, form.delimiter)


class CsvOutput(Output):
    """Text, in the encoding and with the delimiter of a text input, else UTF-8 with a mark."""

    def __init__(self, path: Path, layout: Layout) -> None:
        super().__init__(path, layout)
        self._form = output_form(layout.text, path.suffix.lower())
        self._special = rf'["\r\n{re.escape(self._form.delimiter)}]|^ | $'
        # of other inputs an empty text is told from nothing; in a table of text there is no nothing
        self._quoted_empty = layout.text is None
        self.defused = 0
        self._file: BinaryIO = self.part.open("xb")
        # one encoder for the whole file: it writes its mark once
        self._encoder = codecs.getincrementalencoder(self._form.encoding)(errors="strict")
        head = io.StringIO()
        csv.writer(head, delimiter=self._form.delimiter).writerow(self._heads())
        self._file.write(self._encoder.encode(head.getvalue()))

    def write(self, batch: pa.RecordBatch, person: pa.Array | None = None) -> None:
        import pyarrow.compute as pc

        if not batch.num_rows:
            return
        columns = list(batch.columns)
        if self.layout.geometry is not None:
            columns[self.layout.geometry] = as_wkt(columns[self.layout.geometry])
        cells = [self._cells(column) for column in columns]
        rows = pc.binary_join_element_wise(*cells, self._form.delimiter)
        lines = pc.binary_join_element_wise(rows, "", "\r\n")
        _, ends, text = lines.buffers()
        first = memoryview(ends).cast("i")[lines.offset]
        last = memoryview(ends).cast("i")[lines.offset + len(lines)]
        self._put(memoryview(text)[first:last])

    def finish(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        self._file.close()

    def _put(self, text: memoryview) -> None:
        if self._form.encoding in ("utf-8", "utf-8-sig"):
            self._file.write(text)
        else:
            self._file.write(self._encoder.encode(bytes(text).decode("utf-8")))

    def _heads(self) -> list[str]:
        names = self.layout.names
        return [DEFUSED + name if self.layout.defuse and armed(name) else name for name in names]

    def _cells(self, column: pa.Array) -> pa.Array:
        """The column as text, quoted where needed; a dictionary only once for each word."""
        import pyarrow as pa
        import pyarrow.compute as pc

        if pa.types.is_dictionary(column.type):
            words = self._cells(column.dictionary)
            return pc.fill_null(words.take(column.indices), "")
        texts = as_text(column)
        if self.layout.defuse and not pa.types.is_primitive(column.type):
            texts = self._defuse(texts)
        special = pc.match_substring_regex(texts, self._special)
        if self._quoted_empty:
            special = pc.or_(special, pc.equal(texts, ""))
        if pc.any(special).as_py():
            doubled = pc.replace_substring(texts, '"', '""')
            quoted = pc.binary_join_element_wise('"', doubled, '"', "")
            texts = pc.if_else(special, quoted, texts)
        return pc.fill_null(texts, "")

    def _defuse(self, texts: pa.Array) -> pa.Array:
        import pyarrow.compute as pc

        suspect = pc.match_substring_regex(texts, FORMULA)
        if not pc.any(suspect).as_py():
            return texts
        dangerous = pc.and_(suspect, pc.invert(pc.match_substring_regex(texts, HARMLESS)))
        self.defused += pc.sum(dangerous).as_py() or 0
        return pc.if_else(dangerous, pc.binary_join_element_wise(DEFUSED, texts, ""), texts)


def armed(text: str) -> bool:
    """Whether a spreadsheet would run a text."""
    return bool(re.match(FORMULA, text)) and not re.match(HARMLESS, text)
