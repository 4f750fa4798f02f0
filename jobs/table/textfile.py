"""Answered tables as text: cells as they came, and harmless to a spreadsheet."""

from __future__ import annotations

import codecs
import csv
import io
import re
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import numpy.typing as npt

from .distinct import Ints, alike
from .encoding import TextForm
from .writing import Layout, Output, as_text, as_wkt

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

# What a spreadsheet would run, full-width signs included, and what of it is only a number, a
# telephone number or a dash.
FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
HARMLESS = r"^[+-][\d., ()/-]*(?:[eE][+-]?\d+)?%?$"
_SUSPECT = np.zeros(256, dtype=bool)
_SUSPECT[[ord(sign) for sign in "=+-@\t\r\n"]] = True
_SUSPECT["＝".encode()[0]] = True  # the first byte of all full-width signs
DEFUSED = "'"  # put before a formula, as a spreadsheet shows a text that is none
_WHOLE = ("utf-8", "utf-8-sig", "utf-16", "gb18030")  # encodings that hold every character
Offsets = npt.NDArray[np.int32]
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
        self._delimiter = self._form.delimiter.encode()
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
        groups = [(words, list(group)) for words, group in groupby(columns, key=_is_of_words)]
        cells: list[pa.Array] = []
        for number, (words, group) in enumerate(groups, start=1):
            end = "\r\n" if number == len(groups) else ""
            if words:
                cells.append(self._together(group, end))
            else:
                cells += [*map(self._cells, group[:-1]), _ended(self._cells(group[-1]), end)]
        lines = pc.binary_join_element_wise(*cells, self._form.delimiter)
        ends, text = _parts(lines)
        self._put(text[ends[0] : ends[-1]])

    def finish(self) -> None:
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

    def _together(self, columns: list[pa.DictionaryArray], end: str) -> pa.Array:
        """Neighbouring columns of words as one text, put together once for rows that are alike, and
        `end` behind them."""
        import pyarrow as pa
        import pyarrow.compute as pc

        first, numbers = alike(
            [
                pc.fill_null(column.indices, len(column.dictionary)).to_numpy().astype(np.int64)
                for column in columns
            ]
        )
        times, rows = np.bincount(numbers), pa.array(first)
        cells = [self._cells(as_text(column.take(rows)), times) for column in columns]
        joined = pc.binary_join_element_wise(*cells, self._form.delimiter)
        return _ended(joined, end).take(pa.array(numbers))

    def _cells(self, column: pa.Array, times: Ints | None = None) -> pa.Array:
        """The column as text, quoted where needed; `times`: in how many rows each cell stands."""
        import pyarrow.compute as pc

        texts = as_text(column)
        if self.layout.defuse and not _is_number(column):
            texts = self._defuse(texts, times)
        if self._quoted_empty or self._may_be_special(texts):
            texts = self._quote(texts)
        return pc.fill_null(texts, "")

    def _may_be_special(self, texts: pa.Array) -> bool:
        """Whether any cell has what makes quotes needed: a quick look at all of them as one."""
        ends, text = _parts(texts)
        whole = bytes(text[ends[0] : ends[-1]])
        return any(sign in whole for sign in (b'"', b"\r", b"\n", b" ", self._delimiter))

    def _quote(self, texts: pa.Array) -> pa.Array:
        import pyarrow.compute as pc

        special = pc.match_substring_regex(texts, self._special)
        if self._quoted_empty:
            special = pc.or_(special, pc.equal(texts, ""))
        if not pc.any(special).as_py():
            return texts
        doubled = pc.replace_substring(texts, '"', '""')
        quoted = pc.binary_join_element_wise('"', doubled, '"', "")
        return pc.if_else(special, quoted, texts)

    def _defuse(self, texts: pa.Array, times: Ints | None) -> pa.Array:
        import pyarrow.compute as pc

        if not _may_be_formula(texts):
            return texts
        suspect = pc.match_substring_regex(texts, FORMULA)
        dangerous = pc.and_(suspect, pc.invert(pc.match_substring_regex(texts, HARMLESS)))
        found = pc.fill_null(dangerous, False).to_numpy(zero_copy_only=False)
        self.defused += int(np.count_nonzero(found) if times is None else times[found].sum())
        return pc.if_else(dangerous, pc.binary_join_element_wise(DEFUSED, texts, ""), texts)


def _is_of_words(column: pa.Array) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_dictionary(column.type))


def _is_number(column: pa.Array) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_primitive(column.type))


def _parts(texts: pa.Array) -> tuple[Offsets, memoryview]:
    """Where each text begins, and behind the last where it ends, in the bytes of all of them."""
    _, ends, text = texts.buffers()
    offsets = np.frombuffer(ends, np.int32, len(texts) + 1, 4 * texts.offset)
    return offsets, memoryview(text if text is not None else b"")


def _may_be_formula(texts: pa.Array) -> bool:
    """Whether any text begins with a byte that FORMULA might begin with."""
    ends, text = _parts(texts)
    begins = ends[:-1][ends[1:] > ends[:-1]]
    return bool(_SUSPECT[np.frombuffer(text, np.uint8)[begins]].any()) if len(begins) else False


def _ended(texts: pa.Array, end: str) -> pa.Array:
    """Each text with `end` behind it."""
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(texts, "", end) if end else texts


def armed(text: str) -> bool:
    """Whether a spreadsheet would run a text."""
    return bool(re.match(FORMULA, text)) and not re.match(HARMLESS, text)
