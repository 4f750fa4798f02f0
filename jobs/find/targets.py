"""The figures the documents aim at: as rows, with their annual inconsistencies, and as a plot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...rules.facts import nearest
from ...rules.messages import in_language
from .. import plotting
from ..told import bad_input

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Row = dict[str, Any]

MONTHLY = {
    "good_air_days": {"zh": "优良天数（天，不少于）", "en": "good-air days (at least)"},
    "pm10_mean": {"zh": "PM10（µg/m³，不高于）", "en": "PM10 (µg/m³, at most)"},
    "pm25_mean": {"zh": "PM2.5（µg/m³，不高于）", "en": "PM2.5 (µg/m³, at most)"},
}
"""Quantities with monthly targets, in the order of their panels."""

_COLOURS = {"good_air_days": "#1b7837", "pm10_mean": "#8c510a", "pm25_mean": "#5e3c99"}


def target_list(
    data: Mapping[str, Any],
    *,
    document: str | None = None,
    zone: str | None = None,
    quantity: str | None = None,
) -> list[Row]:
    """Target rows with the name of their zone; raises BadInput for a filter nothing has."""
    rows = [dict(row) for row in data["targets"]]
    for name, value in (("document", document), ("zone", zone), ("quantity", quantity)):
        if value is None:
            continue
        known = sorted({row[name] for row in data["targets"]})
        if value not in known:
            near = nearest(value, known)
            raise bad_input(
                f"--{name} {value}",
                f"no target has it{near}",
                f"没有这样的目标{in_language(near, 'zh')}",
            )
        rows = [row for row in rows if row[name] == value]
    return [{**row, "zone_name": data["zones"][row["zone"]]["name"]} for row in rows]


def months(rows: Iterable[Row]) -> dict[str, dict[str, dict[int, float]]]:
    """zone -> quantity -> month (0 = the figure printed for the whole year) -> value."""
    table: dict[str, dict[str, dict[int, float]]] = {}
    for row in rows:
        if row["quantity"] not in MONTHLY or row.get("basis") != "absolute":
            continue
        start, end = row.get("from", ""), row.get("until", "")
        if start[:7] == end[:7] and len(start) == 10:
            month = int(start[5:7])
        elif (start[5:], end[5:]) == ("01-01", "12-31"):
            month = 0
        else:
            continue
        values = table.setdefault(row["zone"], {}).setdefault(row["quantity"], {})
        values[month] = row["value"]
    return {zone: found for zone, found in table.items() if any(len(v) > 1 for v in found.values())}


def plot(rows: Sequence[Row], path: Path, lang: str = "zh") -> int:
    """Draw the monthly targets as small multiples, a row of panels a unit, into an image file.
    Only quantities among `rows` have a column.

    The figure printed for the whole year is a dashed line, so that its disagreement with the months
    can be seen. Returns how many units were drawn. Raises BadInput when no row is monthly, when
    matplotlib or a Chinese font is missing, or when the file cannot be written.
    """
    table = months(rows)
    if not table:
        raise bad_input("--plot", "none of these targets is monthly", "这些目标都不是按月的")
    matplotlib = plotting.library("--plot")
    from matplotlib import pyplot

    names = {row["zone"]: row["zone_name"][lang] for row in rows}
    shown = [row for row in rows if row["zone"] in table]
    drawn = [name for name in MONTHLY if any(name in found for found in table.values())]
    style = {
        "font.family": [*plotting.fonts(lang, "--plot"), "sans-serif"],
        "axes.unicode_minus": False,
    }
    with matplotlib.rc_context(style):
        figure, panels = pyplot.subplots(
            len(table), len(drawn), figsize=(11, 1.35 * len(table) + 1.6), squeeze=False
        )
        for across, quantity in enumerate(drawn):
            column = [panels[down][across] for down in range(len(table))]
            _column(column, [found.get(quantity, {}) for found in table.values()], quantity, lang)
        for down, zone in enumerate(table):
            panels[down][0].set_ylabel(
                names[zone], rotation=0, ha="right", va="center", fontsize=11, labelpad=26
            )
        figure.suptitle(_title(shown, lang), fontsize=14, x=0.06, ha="left")
        figure.text(0.06, 0.012, _NOTE[lang], fontsize=8.5, color="#444444", ha="left")
        figure.tight_layout(rect=(0.01, 0.03, 1, 0.975))
        plotting.save(figure, path, "--plot")
        pyplot.close(figure)
    return len(table)


_NOTE = {
    "zh": "点：逐月目标；虚线：文件印的“全年”数。优良天数的全年数只是所列各月之和，未画。",
    "en": "Dots: monthly targets; dashed: the figure printed for the whole year. "
    "The year's good-air days are only the sum of the months listed and not drawn.",
}


def _title(rows: Sequence[Row], lang: str) -> str:
    numbers = sorted({row["cite"]["number"] or row["document"] for row in rows})
    years = sorted({row["from"][:4] for row in rows if row.get("from")})
    what = {"zh": "各单位月度空气质量目标", "en": "monthly air-quality targets by unit"}[lang]
    return f"{'、'.join(years)} {what}（{'、'.join(numbers)}）"


def _column(
    panels: Sequence[Any], series: Sequence[dict[int, float]], quantity: str, lang: str
) -> None:
    """One quantity down the units, all on one scale so that units compare."""
    colour = _COLOURS[quantity]
    monthly = [{month: value for month, value in values.items() if month} for values in series]
    every = [value for values in monthly for value in values.values()]
    low, high = min(every, default=0), max(every, default=1)
    if quantity != "good_air_days":
        every += [values[0] for values in series if 0 in values]
        low, high = min(every), max(every)
    room = (high - low) * 0.25 or 1
    for place, (panel, values, points) in enumerate(zip(panels, series, monthly)):
        panel.plot(list(points), list(points.values()), "-o", color=colour, ms=3.2, lw=1.2)
        if 0 in values and quantity != "good_air_days":
            panel.axhline(values[0], color=colour, lw=0.9, ls="--", alpha=0.75)
            panel.text(12.5, values[0], f"{values[0]:g}", fontsize=7.5, va="center", color=colour)
        for month in (min(points, default=0), max(points, default=0)):
            if month:
                panel.annotate(
                    f"{points[month]:g}",
                    (month, points[month]),
                    xytext=(0, 4),
                    textcoords="offset points",
                    fontsize=7.5,
                    ha="center",
                )
        panel.set_xlim(0.5, 12.4)
        panel.set_ylim(low - room, high + room * 1.4)
        panel.set_xticks(range(1, 13))
        last = place == len(panels) - 1
        panel.set_xticklabels([str(month) for month in range(1, 13)] if last else [], fontsize=7.5)
        panel.tick_params(axis="y", labelsize=7.5)
        panel.grid(axis="y", color="#dddddd", lw=0.6)
        for side in ("top", "right"):
            panel.spines[side].set_visible(False)
        if place == 0:
            panel.set_title(MONTHLY[quantity][lang], fontsize=10.5)
        if last:
            panel.set_xlabel({"zh": "月", "en": "month"}[lang], fontsize=9)
