"""Breaking Chinese and English text into lines, by the widths of a real font."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["lines"]

NOT_FIRST = frozenset("，。；：、！？）》〉〕】」』”’％°…,.;:!?)]}%·")
NOT_LAST = frozenset("（《〈〔【「『“‘([{")


def lines(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """`text` in lines of at most `room`; `width` measures a text in the same unit.

    Chinese breaks between any two characters, but no line begins with a closing sign or ends with
    an opening one; other writing breaks at blanks, and within a word that is longer than a line.
    """
    found, line, wide = [], "", 0.0
    for piece in _pieces(text):
        if line and wide + width(piece.rstrip()) > room:
            found.append(line.rstrip())
            line, wide = "", 0.0
            piece = piece.lstrip()
        while width(piece.rstrip()) > room and len(piece) > 1:
            cut = _fitting(piece, room, width)
            found.append(piece[:cut])
            piece = piece[cut:]
        size = width(piece)
        line, wide = line + piece, wide + size
    if line.strip() or not found:
        found.append(line.rstrip())
    return found


def _fitting(piece: str, room: float, width: Callable[[str], float]) -> int:
    """How many characters of a piece fit; at least one."""
    used = 0.0
    for number, char in enumerate(piece):
        used += width(char)
        if used > room:
            return max(number, 1)
    return len(piece)


def _pieces(text: str) -> Iterator[str]:
    """What must stay together: a word, or a Chinese character with the signs that cling to it."""
    piece = ""
    for char in text:
        if piece and _may_break(piece[-1], char):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after in NOT_FIRST or before in NOT_LAST or after == " ":
        return False
    return before == " " or _wide(before) or _wide(after)


def _wide(char: str) -> bool:
    return "\u2e80" <= char <= "\uffef" or char >= "\U00020000"
