"""The results of a run as lines for the terminal."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any

from .targets import judged
from .timing import median

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def summary(run: Mapping[str, Any]) -> str:
    """Every row measured, with its times ours; then the targets, except of a quick run."""
    lines = []
    for name, section in run["sections"].items():
        lines.append(f"\n({name}) {section['took_s']} s, load {section['load_after']}")
        for title, rows in tables(section):
            lines.append(f"  {title}")
            lines += [f"    {line}" for line in _rows(rows)]
    if not run["quick"]:
        lines.append("\ntargets")
        for target in judged(run):
            found = "not measured" if target.found is None else f"{target.found:.1f}{target.unit}"
            sign = "≥" if target.unit == "×" else "≤"
            met = {True: "met", False: "MISSED", None: "?"}[target.met]
            wanted = f"{sign} {target.wanted:g}{target.unit}"
            lines.append(f"  ({target.section}) {target.en:48} {wanted:>9} {found:>14}  {met}")
    return "\n".join(lines)


def tables(section: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (title, rows) for each group of rows in a section."""
    if "failed" in section:
        yield f"failed: {section['failed']}", {}
    if "index" in section:
        yield "index", {k: v for k, v in section["index"].items() if k != "file"}
    for size in section.get("sizes", []):
        yield (
            f"{size['points']:,} {size.get('of', 'points')}",
            {**size["rows"], **size.get("stages", {})},
        )
    for size in section.get("radii", []):
        yield f"{size['radius_m']:g} m", size["rows"]
    for panel, dots in section.get("panels", {}).items():
        for dot in dots:
            yield f"{panel}: {dot['at']:,}", dot["rows"]
    if "rows" in section:
        yield "", section["rows"]
    if "shipped" in section:
        yield "shipped catalogue", section["shipped"]


def _rows(rows: Mapping[str, Any]) -> Iterator[str]:
    ours = median(rows.get("ours", {}))
    for name, row in rows.items():
        if "failed" in row:
            yield f"{name:20} {row['failed']}"
            continue
        words = []
        seconds = median(row)
        if seconds is not None:
            words.append(f"{seconds:11.4f} s ×{len(row['seconds'])}")
            cpu = f"cpu {statistics.median(row['cpu']):9.4f}" if row.get("cpu") else ""
            words.append(f"{cpu:13}")
            words.append(f"{seconds / ours:8.1f}" if ours else "")
        if "p50_us" in row:
            words.append(f"p50 {row['p50_us']:9.1f} µs  p99 {row['p99_us']:9.1f} µs")
        if "bytes_a_point" in row:
            words.append(f"{row['bytes_a_point']:9.1f} B a point")
        if "equal" in row:
            counts = {
                k: row[k] for k in ("boundary", "rim", "missing", "extra", "wrong") if k in row
            }
            words.append(f"{'equal' if row['equal'] else 'NOT EQUAL'} {counts}")
        yield f"{name:20} " + "  ".join(words)
