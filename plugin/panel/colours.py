"""Colours that can be read on whatever paper the theme gives. No Qt in here: ``#rrggbb`` texts."""

from __future__ import annotations

ENOUGH = 4.5  # WCAG 2, level AA, for text
BLACK, WHITE = "#000000", "#ffffff"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours after WCAG 2: 1 (none) to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance after WCAG 2: 0 (black) to 1 (white)."""
    linear = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    )
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix(one: str, other: str, share: float) -> str:
    """Return ``one`` with ``share`` (0 to 1) of ``other`` in it."""
    pairs = zip(_channels(one), _channels(other))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def legible(colour: str, paper: str, enough: float = ENOUGH) -> str:
    """Return ``colour``, as much lighter or darker as ``paper`` asks for to be read on it."""
    end = WHITE if contrast(WHITE, paper) > contrast(BLACK, paper) else BLACK
    for step in range(21):
        found = mix(colour, end, step / 20)
        if contrast(found, paper) >= enough:
            return found
    return end


def is_dark(paper: str) -> bool:
    """Tell whether white is easier to read on ``paper`` than black."""
    return contrast(WHITE, paper) > contrast(BLACK, paper)


class Inks:
    """The colours of a page, made from the theme's ``paper`` and ``ink``."""

    def __init__(self, paper: str, ink: str) -> None:
        self.paper = paper
        self.ink = legible(ink, paper)
        self.faint = legible(mix(self.ink, paper, 0.3), paper)
        self.link = legible("#174a8c", paper)
        self.line = mix(self.ink, paper, 0.75)

    def tint(self, look: dict[str, str]) -> str:
        """Return the paper behind something in the colours ``look`` of the palette."""
        if is_dark(self.paper):
            return mix(self.paper, look["colour"], 0.25)
        return look["tint"]

    def mark(self, look: dict[str, str], paper: str = "") -> str:
        """Return the colour of ``look`` as it can be read on ``paper``, the page unless told."""
        return legible(look["colour"], paper or self.paper)

    def on(self, paper: str) -> tuple[str, str, str]:
        """Return ink, faint ink and link colour for ``paper``."""
        return legible(self.ink, paper), legible(self.faint, paper), legible(self.link, paper)


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return red, green, blue
