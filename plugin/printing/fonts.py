"""A font that has every character of a text: Chinese is never printed as boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtGui import QFont, QRawFont

from .. import compat

if TYPE_CHECKING:
    from collections.abc import Iterable

# the first that is installed and complete; sans serif, because figures and Latin stand beside it
PREFERRED = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "思源黑体",
    "Microsoft YaHei",
    "微软雅黑",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "SimSun",
)
# signs that say nothing the words beside them do not say
STAND_INS = {"✖": "×", "⚡": "!", "∅": "○", "◆": "●", "▒": "□", "▸": "›", "→": "：", "…": "..."}
LOOK_ALIKE = ((0x2E80, 0x2FE0), (0xF900, 0xFB00))  # radicals, compatibility ideographs
SAMPLE = "规则禁止限制区"


class NoFont(Exception):
    """No installed font has these characters; ``missing`` holds some of them."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing


def lacking(family: str, text: Iterable[str]) -> set[str]:
    """Return the characters of ``text`` that the font itself, without any other, cannot draw."""
    font = QFont(family)
    font.setPixelSize(20)
    raw = QRawFont.fromFont(font)
    return {char for char in set(text) if not char.isspace() and not _has(raw, char)}


def _has(raw: QRawFont, char: str) -> bool:
    return raw.isValid() and raw.supportsCharacter(ord(char))


def choose(text: str) -> tuple[str, dict[str, str]]:
    """Return a family for ``text``, and what to write instead of signs that it has not.

    Fonts for simplified Chinese come first, those of PREFERRED before the others of the system.
    Raises :class:`NoFont` when none has all letters.
    """
    installed = compat.font_families()
    others = sorted(compat.chinese_families())
    least: set[str] | None = None
    for family in dict.fromkeys([*(name for name in PREFERRED if name in installed), *others]):
        missing = lacking(family, text)
        letters = {char for char in missing if lacking(family, STAND_INS.get(char, char))}
        if not letters:
            return family, {char: STAND_INS[char] for char in missing}
        if least is None or len(letters) < len(least):
            least = letters
    chinese = sorted(char for char in set(text) if char > "\u2e80")
    missing = least if least is not None else set(chinese or SAMPLE)
    raise NoFont("".join(sorted(missing))[:12])


def plain(font: QFont) -> QFont:
    """Return the font without alternates: a glyph without a character of its own is no text."""
    made = QFont(font)
    made.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
    return made


def alike(family: str, text: str) -> dict[str, str]:
    """Return {other: char} for the characters of ``text`` that the font draws as it draws others.

    Others are radicals and compatibility forms, by which Qt may name them in a PDF.
    """
    font = QFont(family)
    font.setPixelSize(20)
    raw = QRawFont.fromFont(font)
    if not raw.isValid():
        return {}
    glyphs = {_glyph(raw, char): char for char in set(text) if char > "\u2e80"}
    others = (chr(code) for low, high in LOOK_ALIKE for code in range(low, high))
    found = {other: glyphs.get(_glyph(raw, other)) for other in others if _has(raw, other)}
    return {other: char for other, char in found.items() if char and char != other}


def _glyph(raw: QRawFont, char: str) -> int:
    indexes = raw.glyphIndexesForString(char)
    return int(indexes[0]) if indexes else 0
