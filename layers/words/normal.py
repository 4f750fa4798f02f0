"""One spelling for what notices write in many: widths, dashes, quotes, spaces, brackets."""

from __future__ import annotations

import re
import unicodedata

from .traditional import SIMPLIFIED

__all__ = ["NUMBERED", "Folded", "fold", "tidy"]

_MARKS = {
    "(": "（", ")": "）", "[": "（", "]": "）", "【": "（", "】": "）", "〔": "（", "〕": "）",
    "{": "（", "}": "）", ",": "，", ";": "；", ":": "：", "!": "。", "?": "。", "､": "、",
}  # fmt: skip
_DASHES = "-‐‑‒–—―─━−~～〜→⟶⇒➝➔"
ELIDED = "…"
_DIGITS = "一二三四五六七八九十0-9"
_ENDS = "路街道河线"
_QUOTES = "\"'“”‘’「」『』《》〈〉"
_NUMBERED = re.compile(
    r"(?:^|(?<=[。；：\n]))\s*(?:（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]{1,3}、"
    r"|\d{1,2}(?:[.．、)）]|（)(?!\d)|[①-⑳])"
)
# brackets become one character each, so that a clause can be matched around them
FIRST = 0xE000
HOLES = "\ue000-\uf8ff"
NUMBERED = "¶"
"""Stands before what was numbered."""


_NUMBER = r"\s*(?:\d{1,2}[.．、)）]|（\d{1,2}）|[①-⑳])\s*"
_TITLE = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、]+)?\s*(?P<title>[^，。；：、（）()\s]{2,16})\s*$"
)

_ALONE = re.compile(
    r"^\s*[^，。；：、]{2,24}(?:区|片|域|镇|乡|街道|校|学区|范围)(?:[（(][^（()）]*[)）])?\s*$"
)


def headed(text: str) -> str:
    """A line that is only a title, and numbered lines below it: each of them gets the title."""
    lines = text.splitlines()
    kept: list[str] = []
    title = ""
    for place, line in enumerate(lines):
        begun = re.match(_NUMBER, line)
        below = lines[place + 1] if place + 1 < len(lines) else ""
        found = _TITLE.match(line)
        if found and not begun and re.match(_NUMBER, below):
            title = found["title"]
            continue
        side = re.search(r"以[东南西北]|[东南西北](?:至|起|临)", below)
        if side and not begun and _ALONE.match(line) and not re.match(_NUMBER, below):
            kept.append(line.strip() + "：")
            continue
        title = title if begun else ""
        kept.append(f"{begun.group()}{title}：{line[begun.end() :]}" if begun and title else line)
    return "\n".join(kept)


def tidy(text: str) -> str:
    """NFKC, simplified characters, Chinese punctuation, one kind of dash, no quotes, no spaces.

    A line break ends a clause only after punctuation or before a number in a list: texts copied
    from PDF break in the middle of names.
    """
    text = re.sub(f"[{HOLES}{NUMBERED}]", "□", headed(text))
    text = re.sub(r"[①-⑳]", f"。{NUMBERED}", text)
    text = re.sub(r"…+|\.{3,}|⋯+", ELIDED, text)
    kept = "".join(sign if sign == ELIDED else unicodedata.normalize("NFKC", sign) for sign in text)
    kept = "".join(_MARKS.get(sign, sign) for sign in kept).replace("計畫", "計劃")
    kept = kept.translate(SIMPLIFIED)
    kept = re.sub(rf"(?<=[{_ENDS}])\.(?=[\u4e00-\u9fff])", "、", kept)
    kept = re.sub(r"(?:^|(?<=[。；\s]))\d{1,2}[.、](?!\d)", f"。{NUMBERED}", kept)
    kept = re.sub(r"(?<!\d)\.|\.(?!\d)", "。", kept)
    kept = re.sub(
        rf"(?<=[^。；：，、\s{NUMBERED}])([{_DIGITS}])、(?=[{_DIGITS}]+(?:社|组|区|号|期|队|村))",
        r"\1·",
        kept,
    )
    kept = re.sub(rf"[{re.escape(_DASHES)}]+>?", "—", kept)
    kept = re.sub(rf"[{re.escape(_QUOTES)}]", "", kept)
    kept = re.sub(r"(?<=[，。；：、])[ \t\u3000]*\r?\n", "\n", kept)
    kept = re.sub(r"\r?\n\s*(?=（?[一二三四五六七八九十\d]{1,3}[）、。])", "。", kept)
    kept = re.sub(r"(\d\.\d+)\s+(?=\d+\.\d)", r"\1，", kept)  # two figures, not one
    kept = re.sub(r"\s+", "", kept)
    return re.sub(rf"。[。{NUMBERED}]*{NUMBERED}|。+", _stop, kept)


def _stop(found: re.Match[str]) -> str:
    return f"。{NUMBERED}" if NUMBERED in found.group() else "。"


class Folded(str):
    """A text whose brackets are single characters; ``hole(c)`` gives what one of them held."""

    holes: list[str]

    def hole(self, sign: str) -> str:
        """The words inside the bracket for which the sign stands."""
        return self.holes[ord(sign) - FIRST]

    def shown(self, text: str) -> str:
        """A piece of this text with its brackets written out again."""
        return re.sub(f"[{HOLES}]", lambda found: f"（{self.hole(found.group())}）", text)


def fold(text: str) -> Folded:
    """The tidy text with every outermost bracket folded into one character; numbering taken off."""
    holes: list[str] = []
    kept: list[str] = []
    depth, begun = 0, 0
    text = _NUMBERED.sub(f"。{NUMBERED}", text)
    for place, sign in enumerate(text):
        if sign == "（":
            depth += 1
            begun = place + 1 if depth == 1 else begun
        elif sign == "）" and depth:
            depth -= 1
            if depth == 0:
                holes.append(text[begun:place])
                kept.append(chr(FIRST + len(holes) - 1))
        elif depth == 0 and sign != "）":
            kept.append(sign)
    if depth:  # never closed: what follows is read as if it had been
        holes.append(text[begun:])
        kept.append(chr(FIRST + len(holes) - 1))
    folded = Folded("".join(kept))
    folded.holes = holes
    return folded
