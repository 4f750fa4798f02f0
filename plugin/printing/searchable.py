"""Makes the text of a PDF that Qt wrote searchable: it names some characters by others alike.

A font draws 日 and the radical ⽇ with one glyph, and Qt writes down the radical; then nobody finds
日期 in the file. What a glyph stands for is corrected where it is written, in the ToUnicode maps
(ISO 32000-1, 9.10.3), each code by one of the same length: nothing that is drawn changes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Qt leaves these maps uncompressed; in one that were not, nothing would be found or changed
_MAP = re.compile(rb"begincmap.{0,200000}?endcmap", re.DOTALL)
_LIST = re.compile(rb"\[[^\]]*\]")
_ONE = re.compile(rb"(<([0-9A-Fa-f]{4})> <\2> )<([0-9A-Fa-f]{4})>")
_CODE = re.compile(rb"<([0-9A-Fa-f]{4})>")


def mended(content: bytes, instead: Mapping[str, str]) -> bytes:
    """Return a PDF of the same length whose text has ``instead[char]`` where Qt wrote ``char``."""
    codes = {
        b"%04X" % ord(wrong): b"%04X" % ord(right)
        for wrong, right in instead.items()
        if max(ord(wrong), ord(right)) < 0x10000
    }

    def named(code: bytes) -> bytes:
        return b"<" + codes.get(code.upper(), code) + b">"

    def in_list(part: re.Match[bytes]) -> bytes:
        return _CODE.sub(lambda code: named(code[1]), part[0])

    def in_map(part: re.Match[bytes]) -> bytes:
        lists = _LIST.sub(in_list, part[0])
        return _ONE.sub(lambda line: line[1] + named(line[3]), lists)

    return _MAP.sub(in_map, content)
