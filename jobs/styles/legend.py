"""The palette as a legend to look at: one SVG for each language.

Plain shapes only, no patterns and no images, so that Qt draws it as browsers do. Standard library
only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from .colours import dashes

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADS = {
    "how": {"zh": "怎么看", "en": "How to read it"},
    "zones": {"zh": "管控区域", "en": "Zones"},
    "lines": {"zh": "边界线", "en": "Boundary lines"},
    "sources": {"zh": "污染源与监测站", "en": "Sources and stations"},
    "outcome": {"zh": "结论", "en": "Verdicts"},
}
FONT = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif"
COLUMN, ROW, SWATCH, GAP = 250, 26, (34, 16), 6
WORDS = "#22292e"


class _Sheet:
    """Columns of a swatch and its words each, filled from the top."""

    def __init__(self) -> None:
        size = {"xmlns": "http://www.w3.org/2000/svg", "font-family": FONT, "font-size": "13"}
        self.root = ET.Element("svg", size)
        self.back = ET.SubElement(self.root, "rect", {"fill": "#ffffff"})
        self.column, self.row, self.deepest = 0, 0, 0

    def head(self, text: str, *, column: int) -> None:
        """Begin a block; a new column starts at the top."""
        if column != self.column:
            self.column, self.row = column, 0
        x, y = self._corner()
        look = {"x": str(x), "y": str(y + 16), "font-weight": "bold", "fill": WORDS}
        ET.SubElement(self.root, "text", look).text = text
        self._next()

    def swatch(self, words: str) -> tuple[ET.Element, int, int]:
        """Write the words; return a group to draw in and the corner of the swatch."""
        x, y = self._corner()
        look = {"x": str(x + SWATCH[0] + 10), "y": str(y + 16), "fill": WORDS}
        ET.SubElement(self.root, "text", look).text = words
        group = ET.SubElement(self.root, "g")
        self._next()
        return group, x, y + 3

    def finish(self) -> str:
        """The sheet as text."""
        width, height = (self.column + 1) * COLUMN + 16, self.deepest * ROW + 24
        for element in (self.root, self.back):
            element.set("width", str(width))
            element.set("height", str(height))
        self.root.set("viewBox", f"0 0 {width} {height}")
        ET.indent(self.root, " ")
        return ET.tostring(self.root, encoding="unicode") + "\n"

    def _corner(self) -> tuple[int, int]:
        return self.column * COLUMN + 12, self.row * ROW + 10

    def _next(self) -> None:
        self.row += 1
        self.deepest = max(self.deepest, self.row)


def legend(palette: Mapping[str, Any], icons: Mapping[str, str], lang: str) -> str:
    """The whole legend in `lang` (zh or en)."""
    sheet = _Sheet()
    sheet.head(HEADS["how"][lang], column=0)
    _reading(sheet, palette, lang)
    sheet.head(HEADS["lines"][lang], column=0)
    for look in palette["lines"].values():
        group, x, y = sheet.swatch(look["label"][lang])
        _rule(group, x, y, look["stroke"], look["width_px"], look["dash"])
    sheet.head(HEADS["outcome"][lang], column=0)
    for look in palette["outcome"].values():
        _icon(sheet, icons[look["icon"]], look["label"][lang])
    sheet.head(HEADS["zones"][lang], column=1)
    for kind in palette["zone_order"]:
        look = palette["zones"][kind]
        group, x, y = sheet.swatch(look["label"][lang])
        _area(group, (x, y), look, palette["roles"]["core"]["fill_opacity"])
    sheet.head(HEADS["sources"][lang], column=2)
    for look in palette["sources"].values():
        _icon(sheet, icons[look["icon"]], look["label"][lang])
    return sheet.finish()


def _reading(sheet: _Sheet, palette: Mapping[str, Any], lang: str) -> None:
    """The three roles of a zone, and what the dashes of its boundary say."""
    look, roles = palette["zones"]["machinery_ban"], palette["roles"]
    group, x, y = sheet.swatch(roles["core"]["label"][lang])
    bare = {**look, "stroke": "none"}
    _area(group, (x, y), bare, roles["core"]["fill_opacity"], hatched=look["stroke"])
    group, x, y = sheet.swatch(roles["extent"]["label"][lang])
    extent = roles["extent"]
    faint = {**look, "hatch": "none"}
    area = _area(group, (x, y), faint, extent["fill_opacity"] / 2)
    area.set("stroke-width", f"{extent['width_px']:g}")
    area.set("stroke-dasharray", " ".join(f"{part:g}" for part in extent["dash"]))
    width = roles["nominal"]["width_px"]
    for line, told in palette["boundary"].items():
        group, x, y = sheet.swatch(told["label"][lang])
        _rule(group, x, y, look["stroke"], width, dashes(line, width))


def _rule(group: ET.Element, x: int, y: int, code: str, width: float, dash: list[float]) -> None:
    ends = {"x1": str(x), "x2": str(x + SWATCH[0]), "y1": str(y + 8), "y2": str(y + 8)}
    drawn = ET.SubElement(group, "line", {**ends, "stroke": code, "stroke-width": f"{width:g}"})
    if dash:
        drawn.set("stroke-dasharray", " ".join(f"{part:g}" for part in dash))


def _icon(sheet: _Sheet, svg: str, words: str) -> None:
    group, x, y = sheet.swatch(words)
    drawing = ET.fromstring(svg)
    side = float(drawing.get("viewBox", "0 0 24 24").split()[2])
    group.set("transform", f"translate({x + 7} {y - 2}) scale({20 / side:.4g})")
    for part in drawing.iter():
        part.tag = part.tag.rpartition("}")[2]  # it takes the namespace of the sheet
    group.extend(drawing)


def _area(
    group: ET.Element,
    corner: tuple[int, int],
    look: Mapping[str, Any],
    opacity: float,
    hatched: str = "",
) -> ET.Element:
    """A box in the colours of a kind of zone; `hatched`: the colour of a hatch without outline."""
    box = {"x": str(corner[0]), "y": str(corner[1])}
    box.update({"width": str(SWATCH[0]), "height": str(SWATCH[1])})
    filled = {"fill": look["fill"], "fill-opacity": f"{opacity:g}", "stroke": look["stroke"]}
    drawn = ET.SubElement(group, "rect", {**box, **filled})
    if look.get("draw") == "outline":
        drawn.set("fill", "none")
        drawn.set("stroke-width", "1.8")
    pattern = _hatch(look["hatch"], *corner)
    if pattern:
        stroke = {"stroke": hatched or look["stroke"], "stroke-width": "1"}
        ET.SubElement(group, "path", {"d": pattern, "fill": "none", **stroke})
    return drawn


def _hatch(hatch: str, left: int, top: int) -> str:
    """The lines of a hatch inside a swatch, as the data of a path."""
    wide, high = SWATCH
    lines: list[tuple[float, float, float, float]] = []
    if hatch in ("diagonal", "diagonal_back", "cross"):
        for start in range(GAP - high, wide, GAP):
            low, far = max(start, 0), min(start + high, wide)
            ends = (low, low - start, far, far - start)
            if hatch != "diagonal":
                lines.append(ends)
            if hatch != "diagonal_back":
                lines.append((ends[0], high - ends[1], ends[2], high - ends[3]))
    elif hatch == "horizontal":
        lines = [(0, y, wide, y) for y in range(GAP // 2, high, GAP)]
    elif hatch == "vertical":
        lines = [(x, 0, x, high) for x in range(GAP // 2, wide, GAP)]
    elif hatch == "dots":
        rows = range(GAP // 2, high, GAP)
        lines = [(x, y, x + 1.5, y) for y in rows for x in range(GAP // 2, wide, GAP)]
    return "".join(
        f"M{left + x:g} {top + y:g}L{left + x2:g} {top + y2:g}" for x, y, x2, y2 in lines
    )


__all__ = ["legend"]
