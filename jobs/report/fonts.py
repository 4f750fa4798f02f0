"""A Chinese font for the PDF: the one that is named, else the first good one of this machine.

Chinese is never printed as boxes: without a font there is a line that says how to come by one.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ...rules.messages import Line
from ..answer import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Font", "find"]

# sans serif before serif; file names as Linux, Windows and macOS ship them
NAMES = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.otf",
    "NotoSansSC-Regular.ttf",
    "NotoSansSC[wght].ttf",
    "SourceHanSansSC-Regular.otf",
    "SourceHanSansCN-Regular.otf",
    "SourceHanSans.ttc",
    "msyh.ttc",
    "msyh.ttf",
    "Deng.ttf",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "STHeiti Light.ttc",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "simhei.ttf",
    "NotoSerifCJK-Regular.ttc",
    "NotoSerifSC-Regular.otf",
    "simsun.ttc",
    "Songti.ttc",
    "DroidSansFallbackFull.ttf",
    "uming.ttc",
    "Arial Unicode.ttf",
)
SAMPLE = "规则禁止限制区查询单"
SIMPLIFIED = ("SC", "GB", "CN", "Simplified")
RESTRICTED = 0x0002  # OS/2 fsType: must not be embedded


class Font(NamedTuple):
    """A font file, the face in it (0 where there is one), and the characters that it has."""

    path: Path
    face: int
    characters: frozenset[int]

    def lacks(self, char: str) -> bool:
        """Whether it cannot draw a character."""
        return ord(char) not in self.characters


def find(named: Path | None = None) -> Font:
    """The font `named`, or that of ZONERULES_FONT, or one of the machine's.

    Raises BadInput for a file that is none or has no Chinese, and when there is no font at all.
    """
    if named is None and os.environ.get("ZONERULES_FONT"):
        named = Path(os.environ["ZONERULES_FONT"])
    if named is not None:
        return _checked(named)
    for path in _installed():
        found = _open(path)
        if found is not None:
            return found
    raise BadInput(
        Line(
            "no Chinese font on this machine, and a PDF would show boxes: install one "
            "(fonts-noto-cjk on Debian and Ubuntu, google-noto-sans-cjk-fonts on Fedora), name a "
            ".ttf, .otf or .ttc file with --font FILE, or write .html and print it from a browser",
            "本机没有中文字体，PDF 会显示成方框，因此没有生成：请安装一种中文字体"
            "（Debian、Ubuntu 为 fonts-noto-cjk，Fedora 为 google-noto-sans-cjk-fonts），"
            "或用 --font 文件 指明 .ttf、.otf 或 .ttc 字体，或改存 .html 后由浏览器打印",
        )
    )


def _checked(path: Path) -> Font:
    wrong = f"--font {path}"
    if not path.is_file():
        raise BadInput(Line(f"{wrong}: no such file", f"{wrong}：没有这个文件"))
    found = _open(path)
    if found is None:
        raise BadInput(
            Line(
                f"{wrong}: not a font with Chinese characters that may be embedded",
                f"{wrong}：不是含中文且允许嵌入的字体",
            )
        )
    return found


def _folders() -> Iterator[Path]:
    """Where fonts are installed, the user's own first."""
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        yield from [Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else []
        yield Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    elif sys.platform == "darwin":
        yield home / "Library" / "Fonts"
        yield Path("/Library/Fonts")
        yield Path("/System/Library/Fonts")
        yield Path("/System/Library/AssetsV2")  # where later versions keep PingFang
    else:
        data = os.environ.get("XDG_DATA_HOME")
        yield Path(data) / "fonts" if data else home / ".local" / "share" / "fonts"
        yield home / ".fonts"
        yield Path("/usr/local/share/fonts")
        yield Path("/usr/share/fonts")


def _installed() -> Iterator[Path]:
    """The files of NAMES that are there, in that order."""
    found: dict[str, Path] = {}
    wanted = {name.casefold() for name in NAMES}
    for folder in _folders():
        for parent, _, files in os.walk(folder):
            for name in sorted(files):
                if name.casefold() in wanted:
                    found.setdefault(name.casefold(), Path(parent) / name)
    for name in NAMES:
        if name.casefold() in found:
            yield found[name.casefold()]


def _open(path: Path) -> Font | None:
    """The face for simplified Chinese; None where there is none that may be embedded."""
    from fontTools.ttLib import TTCollection, TTFont

    try:
        if path.read_bytes()[:4] == b"ttcf":
            faces = list(TTCollection(str(path), lazy=True).fonts)
        else:
            faces = [TTFont(str(path), lazy=True)]
        ranked = sorted(range(len(faces)), key=lambda number: _rank(faces[number]))
        for number in ranked:
            has = frozenset(faces[number].getBestCmap() or ())
            if _may_embed(faces[number]) and all(ord(char) in has for char in SAMPLE):
                return Font(path, number, has)
    except Exception:  # whatever a damaged file makes of the reader, it is no font
        return None
    return None


def _rank(face: Any) -> tuple[bool, bool, bool]:
    """Faces for simplified Chinese first, then those that are neither monospaced nor bold."""
    name = str(face["name"].getDebugName(4) or "")
    family = str(face["name"].getDebugName(1) or "")
    simplified = any(word in name.replace("-", " ").split() for word in SIMPLIFIED)
    thin = any(word in name for word in ("Thin", "Light", "Bold", "Black", "Heavy"))
    return not simplified, "Mono" in family, thin


def _may_embed(face: Any) -> bool:
    told = face["OS/2"].fsType if "OS/2" in face else 0
    return (told & 0x000F) != RESTRICTED
