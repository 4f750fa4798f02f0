"""How everything looks, made from one palette: ``python -m zonerules.jobs.styles.make``.

Reads styles/palette.json and styles/icons, writes styles/generated: a QGIS style (.qml) and an SLD
for every layer, the style of the web map (web.json) and a legend for each language (.svg). The
files are committed; a test makes them again and compares them byte for byte. Standard library only.

A zone is drawn in three roles at once, so that certain and uncertain read at a glance: its core
filled and hatched, its extent fading out to a thin broken edge, and the boundary as the text reads
as a line whose dashes say what it rests on.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..exchange.export import write_text
from . import legend as styles_legend
from . import qml as styles_qml
from . import sld as styles_sld
from . import web as styles_web
from .colours import bases_by_line, dashes, label_limit, label_scale, outlined

if TYPE_CHECKING:
    from collections.abc import Mapping

HOME = Path(__file__).resolve().parents[2] / "styles"
GENERATED = "generated"
LANGUAGES = ("zh", "en")
# a ring where the position is only rough, at scales where single works can be told apart
ROUGH = "coalesce(\"location_basis\", '') <> 'exact' AND @map_scale < 600000"


def generate(palette: Mapping[str, Any], icons: Mapping[str, str]) -> dict[str, str]:
    """Every generated file by its name. `icons`: the text of each SVG by its file name."""
    files: dict[str, str] = {}
    for kind in palette["zones"]:
        files[f"zones_{kind}.qml"] = _zones_qml(palette, kind)
        files[f"zones_{kind}.sld"] = styles_sld.zones(palette, kind)
    files["lines.qml"] = _lines_qml(palette)
    files["lines.sld"] = styles_sld.lines(palette)
    files["sources.qml"] = _sources_qml(palette, icons)
    files["sources.sld"] = styles_sld.sources(palette)
    files["periods.qml"] = _periods_qml(palette)
    files["periods.sld"] = styles_sld.periods(palette)
    files["web.json"] = styles_web.style(palette, icons)
    for lang in LANGUAGES:
        files[f"legend.{lang}.svg"] = styles_legend.legend(palette, icons, lang)
    return files


def read(home: Path = HOME) -> tuple[dict[str, Any], dict[str, str]]:
    """The palette and the icons of the folder `styles`."""
    palette: dict[str, Any] = json.loads((home / "palette.json").read_text(encoding="utf-8"))
    files = sorted((home / "icons").glob("*.svg"))
    return palette, {file.name: file.read_text(encoding="utf-8") for file in files}


def main(home: Path = HOME) -> list[str]:
    """Write the generated files and take away those no longer made; returns their names."""
    folder = home / GENERATED
    folder.mkdir(exist_ok=True)
    files = generate(*read(home))
    for old in folder.iterdir():
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        write_text(folder / name, text)
    return sorted(files)


# -- QGIS -----------------------------------------------------------------------------------------


def _zones_qml(palette: Mapping[str, Any], kind: str) -> str:
    qml, look, roles = styles_qml, palette["zones"][kind], palette["roles"]
    core, nominal, extent = roles["core"], roles["nominal"], roles["extent"]
    filled = not outlined(palette, kind)
    fade = (look["fill"], extent["fill_opacity"], extent["fade_px"])
    hatch = (look["hatch"], look["stroke"], core["hatch_opacity"])
    rules = [
        qml.rule(
            "core",
            core["label"]["zh"],
            "\"role\" = 'core'",
            "fill",
            [qml.fill(look["fill"], core["fill_opacity"], 1), *qml.hatches(*hatch, 2)],
            shown=filled,
        ),
        qml.rule(
            "extent",
            extent["label"]["zh"],
            "\"role\" = 'extent'",
            "fill",
            [
                qml.fading(*fade),
                qml.line(look["stroke"], extent["width_px"], extent["dash"], opacity=0.8, level=2),
            ],
            shown=filled,
        ),
    ]
    for line, bases in bases_by_line(palette).items():
        listed = ", ".join(f"'{basis}'" for basis in bases)
        width = nominal["width_px"]
        outline = [
            qml.line("#ffffff", 2.2 * width, opacity=nominal["halo_opacity"], level=3),
            qml.line(look["stroke"], width, dashes(line, width), level=4),
        ]
        condition = f'"role" = \'nominal\' AND "basis" IN ({listed})'
        label = palette["boundary"][line]["label"]["zh"]
        rules.append(qml.rule(f"nominal.{line}", label, condition, "fill", outline))
    # a unit that two documents name is there twice
    named = "\"role\" = 'nominal' AND attribute($currentfeature, 'same_as') IS NULL"
    text = f"CASE WHEN {named} THEN {qml.wrapped('name')} END"
    # bans come first in the order and get the room, units last
    order = palette["zone_order"]
    priority = 9 - 8 * order.index(kind) // len(order)
    scales = label_limit(palette, kind), label_scale(palette, kind)
    labelled = qml.labels(palette["labels"], text, scales, "area", priority)
    return qml.style(f"zones_{kind}", qml.POLYGON, rules, labelled)


def _lines_qml(palette: Mapping[str, Any]) -> str:
    qml = styles_qml
    rules = [
        qml.rule(
            status,
            look["label"]["zh"],
            f"\"status\" = '{status}'",
            "line",
            [
                qml.line("#ffffff", look["width_px"] + 2.5, opacity=0.8),
                qml.line(look["stroke"], look["width_px"], look["dash"], level=1),
            ],
        )
        for status, look in palette["lines"].items()
    ]
    below = palette["labels"]["below"]["lines"]
    labelled = qml.labels(palette["labels"], qml.by_language("road"), (1, below), "line", 6)
    return qml.style("lines", qml.LINE, rules, labelled)


def _sources_qml(palette: Mapping[str, Any], icons: Mapping[str, str]) -> str:
    qml = styles_qml
    rules = [
        qml.rule(
            kind,
            look["label"]["zh"],
            f"\"kind\" = '{kind}'" if kind != "other" else "ELSE",
            "marker",
            [
                qml.halo_marker(look["colour"], ROUGH),
                qml.svg_marker(icons[look["icon"]], look["colour"]),
            ],
        )
        for kind, look in palette["sources"].items()
    ]
    below = palette["labels"]["below"]["sources"]
    labelled = qml.labels(palette["labels"], qml.wrapped("name"), (1, below), "point", 4)
    return qml.style("sources", qml.POINT, rules, labelled)


def _periods_qml(palette: Mapping[str, Any]) -> str:
    """Zones coloured by the strongest rule in force; hatched where that cannot be known."""
    qml = styles_qml
    rules = []
    for effect, told in palette["periods"].items():
        look = palette["outcome"][effect]
        outline = [
            qml.line("#ffffff", 4, opacity=0.6, level=2),
            qml.line(look["colour"], 2, level=3),
        ]
        if effect == "cannot_determine":
            outline = [qml.line(look["colour"], 1.6, (6, 4), level=3)]
            drawn = [*qml.hatches("diagonal", look["colour"], 0.6, 1), *outline]
        else:
            drawn = [qml.fill(look["colour"], 0.3, 1), *outline]
        condition = f"\"effect\" = '{effect}'"
        rules.append(qml.rule(effect, told["label"]["zh"], condition, "fill", drawn))
    counted = f"replace({qml.by_language('count')}, ' · ', '\\n')"
    text = f"{qml.wrapped('name')} || '\\n' || {counted}"
    below = palette["labels"]["below"]["periods"]
    labelled = qml.labels(palette["labels"], text, (1, below), "area")
    return qml.style("periods", qml.POLYGON, rules, labelled)
