"""docs/benchmarks.md, its English twin and their picture, from the file of a run."""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .plot import write_plot
from .targets import judged
from .timing import median
from .words import EQUAL, HEADINGS, MET, ROWS, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Rows = Mapping[str, Mapping[str, Any]]

DOCS = Path(__file__).resolve().parents[1] / "docs"
FRAMES = [Path(__file__).with_name(f"page-{language}.md") for language in ("zh", "en")]
PAGES = {"benchmarks.md": "# 速度\n\n[English](benchmarks.en.md)",
         "benchmarks.en.md": "# Benchmarks\n\n[中文](benchmarks.md)"}  # fmt: skip
PICTURE = "pictures/benchmarks-growth.png"


def write_page(results: Path, docs: Path = DOCS) -> list[Path]:
    """Write the two pages and, if growth was measured, its picture; returns what was written.

    Remarks on a section, such as why a target was missed, are taken from <results>.remarks.json
    beside the results: {"a": {"zh": …, "en": …}}.
    """
    run = json.loads(results.read_text(encoding="utf-8"))
    file = results.with_suffix(".remarks.json")
    remarks = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    written = []
    panels = run["sections"].get("g", {}).get("panels")
    if panels:
        written.append(write_plot(panels, docs / PICTURE))
    pages = dict(zip((docs / name for name in PAGES), rendered(run, remarks)))
    for page, text in pages.items():
        page.write_text(text, encoding="utf-8")
    return [*pages, *written]


def rendered(run: Mapping[str, Any], remarks: Mapping[str, Any] | None = None) -> list[str]:
    """The pages of a run, the Chinese one first."""
    return [
        f"{head}\n\n{_body(run, remarks or {}, number)}\n"
        for number, head in enumerate(PAGES.values())
    ]


def _body(run: Mapping[str, Any], remarks: Mapping[str, Any], language: int) -> str:
    text = FRAMES[language].read_text(encoding="utf-8").strip()
    given = {"machine": _machine(run, language), "targets": _targets(run, language)}
    parts = [text.format(**given, repeats=run["repeats"], budget_s=run["budget_s"])]
    for name, section in run["sections"].items():
        if "failed" in section:
            parts.append(f"## ({name})\n\n{section['failed']}")
            continue
        parts.append(f"## {SECTIONS[name][language].format(**section)}")
        parts += _section(section, language)
        if name in remarks:
            parts.append(remarks[name][("zh", "en")[language]])
    return "\n\n".join(parts)


def _machine(run: Mapping[str, Any], language: int) -> str:
    machine = run["machine"]
    versions = ", ".join(f"{k} {v}" for k, v in machine["packages"].items() if v)
    busy = max((s["load_before"] for s in run["sections"].values()), default=0)
    words = (
        "{date}，{processor}，{cores} 核，{memory_gb} GB，{system}，Python {python}，"
        "GEOS {geos}，{versions}，zonerules {zonerules}。各部分开始时的负载最高 {busy}。",
        "{date}, {processor}, {cores} cores, {memory_gb} GB, {system}, Python {python}, "
        "GEOS {geos}, {versions}, zonerules {zonerules}. "
        "The load when a section began was at most {busy}.",
    )[language]
    text = words.format(date=run["date"], versions=versions, busy=busy, **machine)
    if run["scale"] != 1:
        text += (
            f" **点数只有正式测量的 {run['scale']:g} 倍。**",
            f" **Points scaled by {run['scale']:g}: not a full run.**",
        )[language]
    return text


def _targets(run: Mapping[str, Any], language: int) -> str:
    lines = _head(["target", "wanted", "found", "met"], language)
    for target in judged(run):
        sign = "≥" if target.unit == "×" else "≤"
        found = "—" if target.found is None else _figure(target.found, target.unit)
        name = f"({target.section}) {(target.zh, target.en)[language]}"
        wanted = f"{sign} {target.wanted:g} {target.unit}"
        lines.append(f"| {name} | {wanted} | {found} | {MET[target.met][language]} |")
    return "\n".join(lines)


def _section(section: Mapping[str, Any], language: int) -> Iterator[str]:
    for size in section.get("sizes", []):
        yield f"**{HEADINGS[size.get('of', 'points')][language].format(size['points'])}**"
        yield _table({**size["rows"], **size.get("stages", {})}, size["points"], language)
    if "index" in section:
        yield f"**{HEADINGS['index'][language].format(section['index']['file']['bytes'] / 1e6)}**"
        rows = {key: row for key, row in section["index"].items() if key != "file"}
        yield _table(rows, None, language)
    for size in section.get("radii", []):
        title = HEADINGS["radius"][language]
        yield f"**{title.format(size['radius_m'], section['points'])}**"
        yield _table(size["rows"], section["points"], language)
    if "rows" in section:
        yield _table(section["rows"], None, language)
    if "shipped" in section:
        yield f"**{HEADINGS['shipped'][language]}**"
        yield _table(section["shipped"], None, language)
    if "panels" in section:
        yield f"![{HEADINGS['growth'][language]}]({PICTURE})"


def _table(rows: Rows, points: int | None, language: int) -> str:
    """One row for each way; the columns are those that some row fills."""
    ours = median(rows.get("ours", {}))
    cells = {name: _cells(name, row, ours, points, language) for name, row in rows.items()}
    columns = [c for c in HEADINGS if c == "way" or any(c in row for row in cells.values())]
    if not columns:
        return ""
    lines = _head(columns, language)
    for row in cells.values():
        lines.append("| " + " | ".join(row.get(column, "") for column in columns) + " |")
    return "\n".join(lines)


def _cells(
    name: str, row: Mapping[str, Any], ours: float | None, points: int | None, language: int
) -> dict[str, str]:
    found = {"way": ROWS[name][language]}
    if "failed" in row:
        return {**found, "equal": str(row["failed"]).replace("|", "/")}
    seconds = median(row)
    if seconds is not None:
        found["median"] = _duration(seconds)
        if row.get("cpu"):
            found["cpu"] = _duration(statistics.median(row["cpu"]))
        found["runs"] = str(len(row["seconds"]))
        if points:
            found["a_point"] = _short(seconds / points)
        if ours:
            found["ratio"] = f"{seconds / ours:.1f}"
    if "p50_us" in row:
        found["p50"] = f"{row['p50_us']:,.1f} µs"
        found["p99"] = f"{row['p99_us']:,.1f} µs"
    if "bytes_a_point" in row:
        found["bytes"] = f"{row['bytes_a_point']:.0f}"
    peak = row.get("peak_bytes") or row.get("peak")
    if peak:
        found["peak"] = f"{peak / 1e6:,.0f} MB"
    if "equal" in row:
        found["equal"] = _equal(row, language)
    return found


def _equal(row: Mapping[str, Any], language: int) -> str:
    if not row["equal"]:
        key = "different" if "missing" in row else "wrong"
        return EQUAL[key][language].format(**{"wrong": "", **row})
    for key in ("sampled", "boundary", "rim"):
        if row.get(key):
            return EQUAL[key][language].format(**row)
    return EQUAL["same"][language]


def _head(columns: list[str], language: int) -> list[str]:
    titles = [HEADINGS[column][language] for column in columns]
    return [f"| {' | '.join(titles)} |", f"|{'---|' * len(columns)}"]


def _duration(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def _short(seconds: float) -> str:
    return f"{seconds * 1e9:,.0f} ns" if seconds < 1e-5 else f"{seconds * 1e6:,.1f} µs"


def _figure(value: float, unit: str) -> str:
    return f"{value:.1f} {unit}"
