"""A font cut down to the characters of a text, with TrueType outlines, as a file of its own.

Debian's Noto CJK has PostScript outlines in a collection. fpdf2 embeds those with a code table of
their own, which viewers follow but some readers of text (pypdf) do not; with TrueType outlines the
codes are the plain ones that everything reads. fontTools does the work.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from .fonts import Font

__all__ = ["Typeface", "cut"]

KEPT = ("cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "OS/2", "post")
OFF_CURVE = 0.0008  # how far, of an em, a curve may lie from that of the font


class Typeface:
    """A font that is cut as seldom as possible, for work on many files.

    What each file embeds is only what it uses, so its bytes are the same however much is cut.
    """

    def __init__(self, font: Font) -> None:
        self.font = font
        self._known: set[str] = set()
        self._file = b""

    def file(self, characters: set[str], more: Callable[[], set[str]]) -> bytes:
        """A TrueType font with these characters; `more`: what later files are likely to need."""
        if not characters <= self._known:
            self._known |= characters
            if self._file:  # not the only file, nor the last that lacks something
                self._known |= more()
            self._file = cut(self.font, self._known)
        return self._file


def cut(font: Font, characters: set[str]) -> bytes:
    """A TrueType font with these characters, as far as `font` has them."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, recalc_timestamp=False
    )
    face = TTFont(str(font.path), fontNumber=font.face, lazy=True, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(map(ord, characters)))
    subsetter.subset(face)
    if "glyf" not in face:
        _to_quadratic(face)
    for name in [name for name in face.keys() if name not in (*KEPT, "GlyphOrder")]:  # noqa: SIM118
        del face[name]
    made = io.BytesIO()
    face.save(made)
    return made.getvalue()


def _to_quadratic(face: Any) -> None:
    """Replace the cubic curves of a PostScript font by quadratic ones."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    outlines, order = face.getGlyphSet(), face.getGlyphOrder()
    most = face["head"].unitsPerEm * OFF_CURVE
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, most, reverse_direction=True))
        glyphs[name] = pen.glyph()
    face["loca"] = newTable("loca")
    face["glyf"] = newTable("glyf")
    face["glyf"].glyphOrder, face["glyf"].glyphs = order, glyphs
    largest = face["maxp"] = newTable("maxp")
    largest.tableVersion, largest.numGlyphs = 0x00010000, len(order)
    unused = ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs")
    for name in (*unused, "maxStackElements", "maxSizeOfInstructions", "maxComponentElements"):
        setattr(largest, name, 0)
    largest.maxZones = 1
    face["post"].formatType = 3.0
    face.sfntVersion = "\x00\x01\x00\x00"
