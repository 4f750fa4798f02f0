"""The palette as QGIS styles (.qml), written without QGIS.

Every style is a rule-based renderer: its rules can be switched on and off in the legend, and the
plugin finds them by their description (a word of the palette) to give them labels in the language
of the moment. Only properties that differ from QGIS's own defaults are written. Lengths are in
millimetres on paper or screen; a pixel of the palette is 0.26 mm. Standard library only.
"""

from __future__ import annotations

import base64
import uuid
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Look = dict[str, Any]

PIXEL = 0.2646  # mm at 96 dpi
ANGLES = {"diagonal": (45,), "diagonal_back": (135,), "cross": (45, 135)}
ANGLES.update({"horizontal": (0,), "vertical": (90,)})
HATCH_GAP = 2.2  # mm between the lines of a hatch
LANGUAGE = "@zonerules_lang"  # the plugin sets it on the layer; without it labels are Chinese
POLYGON, LINE, POINT = 2, 1, 0


def colour(code: str, opacity: float = 1.0) -> str:
    """`#rrggbb` as QGIS writes it: red, green, blue, alpha of 255."""
    red, green, blue = (int(code[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * opacity)}"


def mm(pixels: float) -> str:
    """Pixels of the palette as millimetres."""
    return f"{pixels * PIXEL:.2f}"


# -- symbol layers --------------------------------------------------------------------------------


def _layer(
    kind: str, options: Mapping[str, str], level: int = 0, defined: Mapping[str, str] | None = None
) -> ET.Element:
    """`defined`: properties that an expression decides, by QGIS's names for them."""
    layer = ET.Element("layer", {"class": kind, "enabled": "1", "locked": "0", "pass": str(level)})
    table = ET.SubElement(layer, "Option", {"type": "Map"})
    for name, value in options.items():
        ET.SubElement(table, "Option", {"name": name, "type": "QString", "value": value})
    if defined:
        layer.append(_defined("data_defined_properties", defined))
    return layer


def _defined(tag: str, defined: Mapping[str, str]) -> ET.Element:
    held = ET.Element(tag)
    outer = ET.SubElement(held, "Option", {"type": "Map"})
    ET.SubElement(outer, "Option", {"name": "name", "type": "QString", "value": ""})
    properties = ET.SubElement(outer, "Option", {"name": "properties", "type": "Map"})
    for name, expression in defined.items():
        told = ET.SubElement(properties, "Option", {"name": name, "type": "Map"})
        ET.SubElement(told, "Option", {"name": "active", "type": "bool", "value": "true"})
        ET.SubElement(
            told, "Option", {"name": "expression", "type": "QString", "value": expression}
        )
        ET.SubElement(told, "Option", {"name": "type", "type": "int", "value": "3"})
    ET.SubElement(outer, "Option", {"name": "type", "type": "QString", "value": "collection"})
    return held


def fill(code: str, opacity: float, level: int = 0) -> ET.Element:
    """An even fill without outline."""
    look = {"color": colour(code, opacity), "style": "solid", "outline_style": "no"}
    return _layer("SimpleFill", look, level)


def fading(code: str, opacity: float, pixels: float, level: int = 0) -> ET.Element:
    """A fill that is clear at its edge and reaches `opacity` so many pixels inside."""
    look = {"color": colour(code, 0), "gradient_color2": colour(code, opacity)}
    look.update({"color_type": "0", "use_whole_shape": "0", "ignore_rings": "1"})
    look.update({"max_distance": mm(pixels), "distance_unit": "MM", "blur_radius": "0"})
    return _layer("ShapeburstFill", look, level)


def hatches(pattern: str, code: str, opacity: float, level: int = 0) -> list[ET.Element]:
    """The hatch of a palette entry: no layer for `none`, two for `cross`."""
    if pattern == "none":
        return []
    if pattern == "dots":
        gap = f"{HATCH_GAP:g}"
        look = {name: gap for name in ("distance_x", "distance_y")}
        look.update({"displacement_x": f"{HATCH_GAP / 2:g}"})
        look.update({f"{name}_unit": "MM" for name in ("distance_x", "distance_y")})
        dots = _layer("PointPatternFill", look, level)
        mark = {"name": "circle", "size": "0.7", "color": colour(code, opacity)}
        dots.append(symbol("@sub", "marker", [_layer("SimpleMarker", {**mark, **_NO_OUTLINE})]))
        return [dots]
    made = []
    for angle in ANGLES[pattern]:
        look = {"angle": str(angle), "distance": f"{HATCH_GAP:g}", "distance_unit": "MM"}
        lines = _layer("LinePatternFill", look, level)
        lines.append(symbol("@sub", "line", [line(code, 1.1, opacity=opacity)]))
        made.append(lines)
    return made


def line(
    code: str, pixels: float, dash: Sequence[float] = (), *, opacity: float = 1.0, level: int = 0
) -> ET.Element:
    """A line or outline; `dash` in pixels, drawn and left out in turn."""
    look = {"line_color": colour(code, opacity), "line_width": mm(pixels), "line_style": "solid"}
    look.update({"line_width_unit": "MM", "joinstyle": "round", "capstyle": "round"})
    if dash:
        look.update({"use_custom_dash": "1", "customdash": ";".join(mm(part) for part in dash)})
        look.update({"customdash_unit": "MM", "capstyle": "flat"})
    return _layer("SimpleLine", look, level)


_NO_OUTLINE = {"outline_style": "no"}
# small on a map of the province, full size where single works can be told apart
MARKER_MM = "CASE WHEN @map_scale > 1500000 THEN 3.2 WHEN @map_scale > 400000 THEN 4.4 ELSE 6 END"


def svg_marker(text: str, code: str) -> ET.Element:
    """The icon itself, embedded: the style works wherever the plugin is installed."""
    name = "base64:" + base64.b64encode(text.encode("utf-8")).decode("ascii")
    look = {"name": name, "color": colour(code), "size": "6", "size_unit": "MM"}
    return _layer("SvgMarker", look, defined={"size": MARKER_MM})


def halo_marker(code: str, condition: str) -> ET.Element:
    """A broken ring round the icon where `condition` holds."""
    look = {"name": "circle", "color": colour(code, 0), "outline_color": colour(code)}
    look.update({"outline_style": "no", "outline_width": "0.4", "size": "8.4", "size_unit": "MM"})
    # the symbol in the legend, which stands for no feature, has no ring
    shown = f"CASE WHEN {condition} THEN 'dot' ELSE 'no' END"
    defined = {"size": f"1.4 * ({MARKER_MM})", "outlineStyle": shown}
    return _layer("SimpleMarker", look, defined=defined)


def symbol(name: str, kind: str, layers: Iterable[ET.Element]) -> ET.Element:
    """A symbol of `kind` (fill, line or marker); sub-symbols of its layers get their names here."""
    made = ET.Element("symbol", {"name": name, "type": kind, "alpha": "1", "clip_to_extent": "1"})
    for place, layer in enumerate(layers):
        for inner in layer.iter("symbol"):
            inner.set("name", f"@{name}@{place}")
        made.append(layer)
    return made


# -- renderer and labels --------------------------------------------------------------------------


def rule(
    word: str,
    label: str,
    condition: str,
    kind: str,
    layers: Iterable[ET.Element],
    *,
    shown: bool = True,
) -> Look:
    """One entry of the legend; `word` of the palette, `condition` an expression."""
    return {
        "word": word,
        "label": label,
        "filter": condition,
        "symbol": symbol("", kind, layers),
        "shown": shown,
    }


def renderer(name: str, rules: Sequence[Look]) -> ET.Element:
    """A rule-based renderer that draws by the levels of its symbol layers."""
    made = ET.Element(
        "renderer-v2",
        {"type": "RuleRenderer", "symbollevels": "1", "enableorderby": "0", "forceraster": "0"},
    )
    table = ET.SubElement(made, "rules", {"key": _key(name, "")})
    symbols = ET.SubElement(made, "symbols")
    for place, told in enumerate(rules):
        entry = {
            "key": _key(name, told["word"]),
            "symbol": str(place),
            "label": told["label"],
            "description": told["word"],
            "filter": told["filter"],
        }
        if not told["shown"]:
            entry["checkstate"] = "0"
        ET.SubElement(table, "rule", entry)
        held: ET.Element = told["symbol"]
        held.set("name", str(place))
        for inner in held.iter("symbol"):
            if inner is not held:
                inner.set("name", f"@{place}{inner.get('name', '')[1:]}")
        symbols.append(held)
    return made


def labels(
    look: Mapping[str, Any],
    expression: str,
    scales: tuple[int, int],
    placement: str,
    priority: int = 5,
) -> ET.Element:
    """Labels from an expression at the `scales` from the smallest to the largest denominator.

    `placement`: area, line or point; `priority`: 0 to 10, who gets the room.
    """
    made = ET.Element("labeling", {"type": "simple"})
    settings = ET.SubElement(made, "settings", {"calloutType": "simple"})
    style = ET.SubElement(
        settings,
        "text-style",
        {
            "fieldName": expression,
            "isExpression": "1",
            "fontSize": f"{look['size_pt']:g}",
            "fontSizeUnit": "Point",
            "fontWeight": "50",  # normal; without it Latin letters and figures come out thin
            "textColor": colour(look["colour"]),
            "textOpacity": "1",
        },
    )
    buffer = {"bufferDraw": "1", "bufferSize": "0.9", "bufferSizeUnits": "MM"}
    buffer.update({"bufferColor": colour(look["halo"], 0.85), "bufferOpacity": "1"})
    ET.SubElement(style, "text-buffer", buffer)
    ET.SubElement(settings, "text-format", {"multilineAlign": "1"})
    places = {
        "area": {"placement": "4", "centroidWhole": "0", "centroidInside": "1"},
        "line": {"placement": "2", "placementFlags": "10", "dist": "1"},
        "point": {"placement": "6", "dist": "1.2", "offsetType": "1"},
    }
    predefined = {"predefinedPositionOrder": "BR,TR,BL,TL,R,L,TSR,BSR"}
    more = {**predefined, "distUnits": "MM", "priority": str(priority)}
    ET.SubElement(settings, "placement", {**places[placement], **more})
    shown = {"drawLabels": "1", "scaleVisibility": "1", "displayAll": "0"}
    shown.update({"scaleMin": str(scales[0]), "scaleMax": str(scales[1])})
    shown["obstacle"] = "0" if placement == "area" else "1"
    ET.SubElement(settings, "rendering", shown)
    return made


def style(
    name: str, geometry: int, rules: Sequence[Look], labelled: ET.Element | None = None
) -> str:
    """A whole .qml file with symbols and labels, and nothing else of a layer."""
    root = ET.Element("qgis", {"version": "3.22.0", "styleCategories": "Symbology|Labeling"})
    root.set("labelsEnabled", "0" if labelled is None else "1")
    root.append(renderer(name, rules))
    if labelled is not None:
        root.append(labelled)
    ET.SubElement(root, "layerGeometryType").text = str(geometry)
    return document(root, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>")


def document(root: ET.Element, *head: str) -> str:
    """An XML document as text, the same on every machine."""
    ET.indent(root, " ")
    return "\n".join([*head, ET.tostring(root, encoding="unicode"), ""])


def by_language(field: str) -> str:
    """An expression: the field in the language of the layer, in the other one where it lacks."""
    zh, en = f'"{field}_zh"', f'"{field}_en"'
    return f"CASE WHEN {LANGUAGE} = 'en' THEN coalesce({en}, {zh}) ELSE coalesce({zh}, {en}) END"


def wrapped(field: str) -> str:
    """As `by_language`, broken into lines: Chinese after twelve characters, English at words."""
    zh, en = f'"{field}_zh"', f'"{field}_en"'
    folded = f"regexp_replace(coalesce({zh}, {en}), '(.{{12}})(?=.)', '\\\\1\\n')"
    return f"CASE WHEN {LANGUAGE} = 'en' THEN wordwrap(coalesce({en}, {zh}), 26) ELSE {folded} END"


def _key(name: str, word: str) -> str:
    return f"{{{uuid.uuid5(uuid.NAMESPACE_URL, f'zonerules:style:{name}:{word}')}}}"
