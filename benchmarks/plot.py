"""The picture of growth: time for a point against points, zones and vertices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .timing import median

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

AXES = {"points": "points", "zones": "zones of 500 vertices", "vertices": "vertices a zone"}
LOOKS = {
    "ours": ("#0072b2", "o", "zonerules"),
    "geopandas": ("#d55e00", "s", "geopandas sjoin"),
    "loop": ("#009e73", "^", "prepared loop"),
    "sedonadb": ("#cc79a7", "D", "SedonaDB"),
}


def write_plot(panels: Mapping[str, Sequence[Mapping[str, Any]]], path: Path) -> Path:
    """Write the PNG and return its path. One curve for each way, both axes logarithmic."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9.6, 3.4), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots(1, len(AXES), sharey=True)
    for axis, (panel, label) in zip(axes, AXES.items()):
        for name, (colour, mark, title) in LOOKS.items():
            dots = [
                (dot["at"], median(dot["rows"][name]) / dot["points"] * 1e9)
                for dot in panels[panel]
                if median(dot["rows"].get(name, {})) is not None
            ]
            if dots:
                axis.plot(*zip(*dots), color=colour, marker=mark, markersize=4, label=title)
        axis.set(xscale="log", yscale="log", xlabel=label)
        axis.grid(True, which="major", linewidth=0.4, alpha=0.6)
    axes[0].set_ylabel("ns a point")
    axes[0].legend(fontsize=8, frameon=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=100, metadata={"Software": None})
    return path
