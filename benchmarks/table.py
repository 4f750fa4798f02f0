"""Section d: a table from CSV to CSV, the whole process, against a geopandas script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .process import in_turn
from .shipped import BANNED, QUESTION, machines_file, zones_file
from .timing import Effort

if TYPE_CHECKING:
    from .setting import Setting
    from .timing import Row

SCRIPT = Path(__file__).with_name("geopandas_check.py")
REPEATS, BUDGET_S = 3, 60.0
QUICK_ROWS = 20_000  # most of the time of so few is not in the rows


def table(setting: Setting) -> Row:
    """`zonerules check` and the plain script on 10^6 rows, and, because it takes so long, the
    script with distances on 10^5."""
    if setting.quick:
        return {"sizes": [_size(QUICK_ROWS, "script", setting)]}
    return {
        "sizes": [
            _size(setting.points(1e6), "script", setting),
            _size(setting.points(1e5), "script_boundary", setting),
        ]
    }


def _size(count: int, peer: str, setting: Setting) -> Row:
    setting.say(f"  {count:,} rows, {peer}")
    folder = setting.folder
    zones, machines = zones_file(folder), machines_file(folder, count)
    outs = {name: folder / f"{name}.csv" for name in ("ours", peer)}
    check = ["-m", "zonerules", "check", machines, "--datum", "wgs84", *QUESTION]
    script = [SCRIPT, zones, machines, outs[peer]]
    asked: dict[str, list[Any]] = {
        "ours": [*check, "--fact-col", "machine.stage=stage", "-o", outs["ours"]],
        peer: [*script, "--boundary"] if peer == "script_boundary" else script,
    }
    budget = 0.0 if setting.quick else BUDGET_S
    rows = in_turn(asked, Effort(min(setting.effort.repeats, REPEATS), budget), setting)
    for name, row in rows.items():
        if "failed" not in row:
            row["output_bytes"] = outs[name].stat().st_size
    if not any("failed" in row for row in rows.values()):
        rows[peer].update(same(outs["ours"], outs[peer]))
    return {"points": count, "of": "rows", "rows": rows}


def same(ours: Path, theirs: Path) -> Row:
    """Hold the script's rows against ours: zones that ours is certain of must be in the script's,
    zones in the script's at least near in ours (10 m), and what ours prohibits in the ban's zone
    the script must not let pass."""
    import pandas as pd

    import zonerules
    from zonerules.layers.point import drawn_zones

    drawn = {name for name, _, _ in drawn_zones(zonerules.open().data)}
    mine = pd.read_csv(ours, dtype=str, usecols=["zr_inside", "zr_near", "zr_verdict"])
    other = pd.read_csv(theirs, dtype=str, usecols=["zones", "verdict"])
    wrong = 0
    together = pd.concat([mine, other], axis=1).value_counts(dropna=False)
    for (inside, near, verdict, zones, said), rows in together.items():
        certain, doubtful, listed = (_ids(cell) for cell in (inside, near, zones))
        fits = certain & drawn <= listed <= certain | doubtful
        if verdict == "prohibited" and BANNED in certain:
            # with distances the script calls everything near any boundary doubtful
            fits = fits and said in ("prohibited", "cannot_determine")
        wrong += 0 if fits else rows
    return {"compared": len(mine), "wrong": int(wrong), "equal": not wrong}


def _ids(cell: Any) -> set[str]:
    return set(cell.split(";")) if isinstance(cell, str) else set()
