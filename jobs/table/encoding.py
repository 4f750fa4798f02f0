"""In which encoding a text table is written and what parts its cells: looked at, never assumed."""

from __future__ import annotations

import codecs
import csv
import re
from typing import TYPE_CHECKING, NamedTuple

from ...rules.messages import Line
from ..answer import BadInput

if TYPE_CHECKING:
    from pathlib import Path

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS = (",", "\t", ";", "|")
SEP = re.compile(r"""["']?sep=([^"'\r\n])["']?\s*""", re.IGNORECASE)
PIECE = 1 << 20
SAMPLE = 1 << 16  # bytes of text in which the delimiter is looked for


class TextForm(NamedTuple):
    """How a text table is written: a codec of Python and one character.

    `skip`: lines before the heading, 1 where the first says the delimiter.
    """

    encoding: str
    delimiter: str
    skip: int = 0


def encoding_of(path: Path) -> str:
    """Return utf-8, utf-8-sig, utf-16 or gb18030: the first in which the whole file can be read.

    Raises BadInput for a file that is neither, naming the first byte that does not fit; OSError.
    """
    with path.open("rb") as file:
        head = file.read(4)
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    at_8 = _first_fault(path, "utf-8")
    if at_8 is None:
        return "utf-8"
    at_gb = _first_fault(path, "gb18030")
    if at_gb is None:
        return "gb18030"
    raise BadInput(
        Line(
            f"{path.name}: neither UTF-8 (byte {at_8} does not fit) nor GB18030 (byte {at_gb}); "
            "name its encoding with --encoding",
            f"{path.name}：既不是 UTF-8（第 {at_8} 字节不符）也不是 GB18030（第 {at_gb} 字节）；"
            "请用 --encoding 指明",
        )
    )


def checked_encoding(path: Path, name: str) -> str:
    """Return the codec `name` if the whole file can be read in it. Raises BadInput."""
    try:
        codecs.lookup(name)
    except LookupError:
        raise BadInput(
            Line(f"--encoding {name}: no such encoding", f"--encoding {name}：没有这种编码")
        ) from None
    fault = _first_fault(path, name)
    if fault is not None:
        wrong = f"--encoding {name}"
        raise BadInput(
            Line(
                f"{wrong}: {path.name} does not fit at byte {fault}",
                f"{wrong}：{path.name} 第 {fault} 字节不符",
            )
        )
    return name


def checked_delimiter(given: str) -> str:
    """Return a delimiter that can be one. Raises BadInput."""
    if len(given) == 1 and given.isascii() and given not in '"\r\n\0':
        return given
    wrong = f"--delimiter {given!r}" if given.isspace() else f"--delimiter {given}"
    raise BadInput(Line(f"{wrong}: expected one character", f"{wrong}：应为一个半角字符"))


def _first_fault(path: Path, encoding: str) -> int | None:
    """The position of the first byte that cannot be read, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    with path.open("rb") as file:
        while True:
            piece = file.read(PIECE)
            kept = len(decoder.getstate()[0])
            try:
                decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                return done - kept + error.start
            if not piece:
                return None
            done += len(piece)


def stated_delimiter(path: Path, encoding: str) -> str | None:
    """The delimiter that a first line `sep=;` states, as Excel writes and reads it; else None."""
    with path.open("r", encoding=encoding, newline="", errors="replace") as file:
        found = SEP.fullmatch(file.readline(20))
    return None if found is None else found[1]


def delimiter_of(path: Path, encoding: str) -> str:
    """Return the delimiter that parts most of the first lines into equally many cells.

    A table of one column has none; it is then read with a comma.
    """
    with path.open("r", encoding=encoding, newline="", errors="replace") as file:
        text = file.read(SAMPLE)
    if len(text) == SAMPLE:
        text = text[: text.rfind("\n") + 1]  # the last line may be cut
    best, found = (0, 0), ","
    for delimiter in DELIMITERS:
        counts = [len(row) for row in csv.reader(text.splitlines(), delimiter=delimiter) if row]
        cells = counts[0] if counts else 0
        score = (sum(count == cells for count in counts), cells)
        if cells > 1 and score > best:
            best, found = score, delimiter
    return found
