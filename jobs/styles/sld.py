"""The palette as SLD (Symbology Encoding 1.1), in the dialect QGIS and GeoServer both read.

SLD has no fading fill: there the extent of a zone is an even, fainter one. Lengths are in pixels.
Standard library only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from .colours import bases_by_line, dashes, label_scale, outlined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SLD = "http://www.opengis.net/sld"
SE = "http://www.opengis.net/se"
OGC = "http://www.opengis.net/ogc"
XLINK = "http://www.w3.org/1999/xlink"
ROTATIONS = {"diagonal": (45,), "diagonal_back": (135,), "cross": (45, 135)}
ROTATIONS.update({"horizontal": (0,), "vertical": (90,), "dots": (20,)})
HATCH_PX = 8


def zones(palette: Mapping[str, Any], kind: str) -> str:
    """The style of the zones of a kind, by role and basis."""
    look, roles = palette["zones"][kind], palette["roles"]
    core, nominal, extent = roles["core"], roles["nominal"], roles["extent"]
    rules = []
    if not outlined(palette, kind):
        edge = _stroke(look["stroke"], extent["width_px"], extent["dash"])
        # half as strong as QGIS's fading fill at its strongest
        rules.append(
            _rule(
                extent["label"]["zh"],
                _equal("role", "extent"),
                [_polygon(_fill(look["fill"], extent["fill_opacity"] / 2), edge)],
            )
        )
        drawn = [_polygon(_fill(look["fill"], core["fill_opacity"]))]
        drawn += _hatches(look["hatch"], look["stroke"])
        rules.append(_rule(core["label"]["zh"], _equal("role", "core"), drawn))
    for line, bases in bases_by_line(palette).items():
        condition = _all(_equal("role", "nominal"), _any(_equal("basis", name) for name in bases))
        width = nominal["width_px"]
        outline = _stroke(look["stroke"], width, dashes(line, width))
        label = palette["boundary"][line]["label"]["zh"]
        rules.append(_rule(label, condition, [_polygon(outline)]))
    label = _rule("", _equal("role", "nominal"), [_text(palette, "name_zh")])
    _below(label, label_scale(palette, kind))
    return _document(f"zones_{kind}", [*rules, label])


def lines(palette: Mapping[str, Any]) -> str:
    """The style of the boundary lines, by status."""
    rules = []
    for status, look in palette["lines"].items():
        symbolizer = ET.Element(f"{{{SE}}}LineSymbolizer")
        symbolizer.append(_stroke(look["stroke"], look["width_px"], look["dash"]))
        rules.append(_rule(look["label"]["zh"], _equal("status", status), [symbolizer]))
    return _document("lines", rules)


def sources(palette: Mapping[str, Any]) -> str:
    """The style of the sources, by kind: the icon beside this folder, else a disc."""
    kinds = [kind for kind in palette["sources"] if kind != "other"]
    rules = []
    for kind, look in palette["sources"].items():
        symbolizer = ET.Element(f"{{{SE}}}PointSymbolizer")
        graphic = _sub(symbolizer, "Graphic")
        outside = _sub(graphic, "ExternalGraphic")
        link = {f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": f"../icons/{look['icon']}"}
        ET.SubElement(outside, f"{{{SE}}}OnlineResource", link)
        _sub(outside, "Format").text = "image/svg+xml"
        graphic.append(_mark("circle", _fill(look["colour"], 1.0), _stroke("#ffffff", 1)))
        _sub(graphic, "Size").text = "22"
        if kind == "other":
            condition = ET.Element(f"{{{OGC}}}Not")
            condition.append(_any(_equal("kind", name) for name in kinds))
        else:
            condition = _equal("kind", kind)
        rules.append(_rule(look["label"]["zh"], condition, [symbolizer]))
    label = _rule("", None, [_text(palette, "name_zh")])
    _below(label, palette["labels"]["below"]["sources"])
    return _document("sources", [*rules, label])


def periods(palette: Mapping[str, Any]) -> str:
    """The style of the rules in time, by the strongest effect in force."""
    rules = []
    for effect, told in palette["periods"].items():
        look = palette["outcome"][effect]
        unknown = effect == "cannot_determine"
        edge = _stroke(look["colour"], 2, (6, 4) if unknown else ())
        drawn = [_polygon(edge)] if unknown else [_polygon(_fill(look["colour"], 0.3), edge)]
        drawn += _hatches("diagonal" if unknown else "none", look["colour"])
        rules.append(_rule(told["label"]["zh"], _equal("effect", effect), drawn))
    return _document("periods", rules)


# -- pieces ---------------------------------------------------------------------------------------


def _sub(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{SE}}}{name}")


def _parameters(name: str, values: Mapping[str, str]) -> ET.Element:
    made = ET.Element(f"{{{SE}}}{name}")
    for key, value in values.items():
        ET.SubElement(made, f"{{{SE}}}SvgParameter", {"name": key}).text = value
    return made


def _fill(code: str, opacity: float) -> ET.Element:
    return _parameters("Fill", {"fill": code, "fill-opacity": f"{opacity:g}"})


def _stroke(code: str, width: float, dash: Sequence[float] = ()) -> ET.Element:
    look = {"stroke": code, "stroke-width": f"{width:g}", "stroke-linejoin": "round"}
    if dash:
        look["stroke-dasharray"] = " ".join(f"{part:g}" for part in dash)
    return _parameters("Stroke", look)


def _polygon(*parts: ET.Element) -> ET.Element:
    made = ET.Element(f"{{{SE}}}PolygonSymbolizer")
    made.extend(parts)
    return made


def _mark(shape: str, *parts: ET.Element) -> ET.Element:
    mark = ET.Element(f"{{{SE}}}Mark")
    _sub(mark, "WellKnownName").text = shape
    mark.extend(parts)
    return mark


def _hatches(pattern: str, code: str) -> list[ET.Element]:
    if pattern == "none":
        return []
    made = []
    for turn in ROTATIONS[pattern]:
        fill = ET.Element(f"{{{SE}}}Fill")
        graphic = _sub(_sub(fill, "GraphicFill"), "Graphic")
        # QGIS reads no pattern of points; dots are the dashes of a line
        drawn = _stroke(code, 2, (2, HATCH_PX)) if pattern == "dots" else _stroke(code, 1)
        graphic.append(_mark("horline", drawn))
        _sub(graphic, "Size").text = str(HATCH_PX)
        ET.SubElement(_sub(graphic, "Rotation"), f"{{{OGC}}}Literal").text = str(turn)
        made.append(_polygon(fill))
    return made


def _text(palette: Mapping[str, Any], field: str) -> ET.Element:
    look = palette["labels"]
    made = ET.Element(f"{{{SE}}}TextSymbolizer")
    ET.SubElement(_sub(made, "Label"), f"{{{OGC}}}PropertyName").text = field
    made.append(_parameters("Font", {"font-size": f"{look['size_pt'] * 96 / 72:g}"}))
    halo = _sub(made, "Halo")
    _sub(halo, "Radius").text = "2"
    halo.append(_fill(look["halo"], 0.85))
    made.append(_fill(look["colour"], 1.0))
    return made


def _equal(name: str, value: str) -> ET.Element:
    made = ET.Element(f"{{{OGC}}}PropertyIsEqualTo")
    ET.SubElement(made, f"{{{OGC}}}PropertyName").text = name
    ET.SubElement(made, f"{{{OGC}}}Literal").text = value
    return made


def _all(*conditions: ET.Element) -> ET.Element:
    made = ET.Element(f"{{{OGC}}}And")
    made.extend(conditions)
    return made


def _any(conditions: Iterable[ET.Element]) -> ET.Element:
    parts = list(conditions)
    if len(parts) == 1:
        return parts[0]
    made = ET.Element(f"{{{OGC}}}Or")
    made.extend(parts)
    return made


def _rule(label: str, condition: ET.Element | None, drawn: Iterable[ET.Element]) -> ET.Element:
    made = ET.Element(f"{{{SE}}}Rule")
    if label:
        _sub(made, "Name").text = label
        _sub(_sub(made, "Description"), "Title").text = label
    if condition is not None:
        ET.SubElement(made, f"{{{OGC}}}Filter").append(condition)
    made.extend(drawn)
    return made


def _below(rule: ET.Element, scale: int) -> None:
    """Draw the rule at scales larger than 1 : `scale` only; the order of elements is SE's."""
    limit = ET.Element(f"{{{SE}}}MaxScaleDenominator")
    limit.text = str(scale)
    rule.insert(sum(not child.tag.endswith("Symbolizer") for child in rule), limit)


def _document(name: str, rules: Iterable[ET.Element]) -> str:
    for prefix, uri in (("se", SE), ("ogc", OGC), ("xlink", XLINK), ("sld", SLD)):
        ET.register_namespace(prefix, uri)
    root = ET.Element(f"{{{SLD}}}StyledLayerDescriptor", {"version": "1.1.0"})
    layer = ET.SubElement(root, f"{{{SLD}}}NamedLayer")
    _sub(layer, "Name").text = name
    user = ET.SubElement(layer, f"{{{SLD}}}UserStyle")
    _sub(user, "Name").text = name
    _sub(user, "FeatureTypeStyle").extend(rules)
    ET.indent(root, " ")
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return "\n".join([head, ET.tostring(root, encoding="unicode"), ""])


__all__ = ["lines", "periods", "sources", "zones"]
