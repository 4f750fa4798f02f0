"""A picture of a draft: the three shapes, the lines they rest on, what was assumed in dashes.

Needs matplotlib (extra ``plot``) and, for Chinese names, a font that knows them.
"""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING, Any

from .. import plotting
from ..told import bad_input
from ..wording import words

if TYPE_CHECKING:
    from pathlib import Path

    from ...layers.draft.model import Draft, Reading, Used

__all__ = ["draw"]

_FILL = {"extent": "#fde3c8", "nominal": "#f4a25b", "core": "#c8502d"}
_LINE, _ASSUMED = "#1f3b73", "#8a3ab9"


def draw(made: Draft, path: Path, lang: str = "zh") -> None:
    """Write the picture in the format of the file's suffix (.png, .svg, .pdf). Raises BadInput."""
    if not made.zones and not made.used:
        raise bad_input(f"--picture {path}", "nothing was drawn", "没有画出任何东西")
    matplotlib = plotting.library("--picture")
    from matplotlib import pyplot

    fonts = plotting.fonts("zh", "--picture")
    style = {"font.family": [*fonts, "sans-serif"], "svg.fonttype": "path"}
    with matplotlib.rc_context(style):
        figure, axes = pyplot.subplots(figsize=(9, 9))
        _areas(axes, made)
        for used in made.used:
            _road(axes, used)
        _frame(axes, made, lang)
        figure.tight_layout()
        plotting.save(figure, path, "--picture")
        pyplot.close(figure)


def _areas(axes: Any, made: Draft) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    for role, colour in _FILL.items():
        for zone in made.zones:
            for part in getattr(getattr(zone.shapes, role), "geoms", []):
                rings = [part.exterior, *part.interiors]
                corners = [c for ring in rings for c in ring.coords]
                codes = [
                    code
                    for ring in rings
                    for code in (
                        Outline.MOVETO,
                        *[Outline.LINETO] * (len(ring.coords) - 2),
                        Outline.CLOSEPOLY,
                    )
                ]
                axes.add_patch(
                    PathPatch(Outline(corners, codes), facecolor=colour, alpha=0.75, lw=0)
                )
    for reading in _others(made):
        for part in getattr(reading.shapes.nominal, "geoms", [reading.shapes.nominal]):
            axes.plot(*part.exterior.xy, color=_ASSUMED, lw=1.1, ls=(0, (4, 3)), zorder=3)


def _others(made: Draft) -> list[Reading]:
    """The readings of each part but its most literal one."""
    return [one for before, one in zip(made.readings, made.readings[1:]) if one.part == before.part]


def _road(axes: Any, used: Used) -> None:
    xs, ys = zip(*used.points)
    axes.plot(xs, ys, color=_LINE, lw=1.6, zorder=4)


def _frame(axes: Any, made: Draft, lang: str) -> None:
    """The part of the map that matters, names beside their lines, a scale and a legend."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    say = words(lang, "words_delimit")
    boxes = [zone.shapes.extent.bounds for zone in made.zones]
    if not boxes:
        boxes = [
            (min(x), min(y), max(x), max(y))
            for x, y in (tuple(zip(*used.points)) for used in made.used)
        ]
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    stretch = 1.0 / cos(radians((south + north) / 2))
    edge = 0.12 * max(east - west, (north - south) * stretch)
    axes.set_xlim(west - edge, east + edge)
    axes.set_ylim(south - edge / stretch, north + edge / stretch)
    axes.set_aspect(stretch)
    for used in made.used:
        inside = [
            p for p in used.points if west - edge < p[0] < east + edge and south < p[1] < north
        ] or list(used.points)
        x, y = inside[len(inside) // 2]
        text = used.name
        if used.include != "unstated":
            text += f"（{say[used.include]}）"
        axes.annotate(
            text, (x, y), ha="center", va="center", fontsize=10, color=_LINE, zorder=6,
            bbox={"boxstyle": "round,pad=0.2", "fc": "white", "ec": "none", "alpha": 0.8},
        )  # fmt: skip
    _scale(axes, west, south - edge / stretch / 2, (south + north) / 2, east - west)
    shown = [
        Patch(color=colour, alpha=0.75, label=say[f"legend_{r}"]) for r, colour in _FILL.items()
    ]
    shown.append(Line2D([], [], color=_LINE, lw=1.6, label=say["legend_line"]))
    if _others(made):
        shown.append(Line2D([], [], color=_ASSUMED, ls="--", label=say["legend_reading"]))
    axes.legend(handles=shown, loc="lower right", fontsize=9, framealpha=0.9)
    text = made.words.text.strip()
    axes.set_title(text if len(text) < 44 else text[:43] + "…", fontsize=13, loc="left")
    axes.tick_params(labelsize=8)
    axes.ticklabel_format(useOffset=False)
    axes.text(
        0.01, 0.01, say["legend_note"].format(c=made.confidence), transform=axes.transAxes,
        fontsize=8.5, color="#444444",
    )  # fmt: skip


def _scale(axes: Any, west: float, y: float, lat: float, wide: float) -> None:
    """A bar of a round length."""
    metre = 1.0 / (111_320.0 * cos(radians(lat)))
    length = next(
        m for m in (50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 1)
        if m * metre < wide / 3 or m == 1
    )  # fmt: skip
    axes.plot([west, west + length * metre], [y, y], color="black", lw=3, solid_capstyle="butt")
    text = f"{length // 1000} km" if length >= 1000 else f"{length} m"
    axes.text(
        west + length * metre / 2,
        y + 60 * metre * length / 2000,
        text,
        ha="center",
        va="bottom",
        fontsize=9,
    )
