"""The palette as the style of a web map: options as Leaflet names them, icons embedded.

Standard library only.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from .colours import DASHES, dashes, label_scale, outlined

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = "zonerules/webstyle/1"


def style(palette: Mapping[str, Any], icons: Mapping[str, str]) -> str:
    """The file web.json, one entry a line."""
    parts: dict[str, Any] = {
        "schema": SCHEMA,
        "zone_order": palette["zone_order"],
        "roles": {role: look["label"] for role, look in palette["roles"].items()},
        "zones": {kind: _zone(palette, kind) for kind in palette["zones"]},
        "basis": {
            name: {"label": look["label"], "dashArray": _dash(palette, look["line"])}
            for name, look in palette["basis"].items()
        },
        "lines": {
            status: {
                "label": look["label"],
                "color": look["stroke"],
                "weight": look["width_px"],
                "dashArray": _joined(look["dash"]),
            }
            for status, look in palette["lines"].items()
        },
        "sources": {
            kind: {
                "label": look["label"],
                "color": look["colour"],
                "icon": data_url(icons[look["icon"]]),
            }
            for kind, look in palette["sources"].items()
        },
        "outcome": {
            name: {**look, "icon": data_url(icons[look["icon"]])}
            for name, look in palette["outcome"].items()
        },
        "marker": palette["marker"],
    }
    lines = [f"{_text(name)}: {_entries(part)}" for name, part in parts.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def data_url(svg: str) -> str:
    """An SVG as a URL that holds it."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8")).decode("ascii")


def _zone(palette: Mapping[str, Any], kind: str) -> dict[str, Any]:
    look, roles = palette["zones"][kind], palette["roles"]
    core, nominal, extent = roles["core"], roles["nominal"], roles["extent"]
    shown = 0.0 if outlined(palette, kind) else 1.0
    bare = {"fill": False, "color": look["stroke"]}
    return {
        "label": look["label"],
        "hatch": look["hatch"],
        "label_below": label_scale(palette, kind),
        "core": {
            "stroke": False,
            "fillColor": look["fill"],
            "fillOpacity": shown * core["fill_opacity"],
            "hatchOpacity": core["hatch_opacity"],
        },
        "extent": {
            "color": look["stroke"],
            "weight": shown * extent["width_px"],
            "dashArray": _joined(extent["dash"]),
            "fillColor": look["fill"],
            "fillOpacity": shown * extent["fill_opacity"] / 2,
        },
        # dashes by the basis of the zone
        "nominal": {**bare, "weight": nominal["width_px"]},
    }


def _dash(palette: Mapping[str, Any], line: str) -> str | None:
    if line not in DASHES:
        return None  # nothing is drawn
    return _joined(dashes(line, palette["roles"]["nominal"]["width_px"]))


def _joined(dash: list[float]) -> str | None:
    return " ".join(f"{part:g}" for part in dash) or None


def _entries(part: Any) -> str:
    if not isinstance(part, dict):
        return _text(part)
    return "{\n" + ",\n".join(f" {_text(k)}: {_text(v)}" for k, v in part.items()) + "\n}"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


__all__ = ["data_url", "style"]
