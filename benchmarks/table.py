"""Section d: a table from CSV to CSV, the whole process, against a geopandas script."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any

from .process import Ended, python
from .shipped import BANNED, QUESTION, machines_file, zones_file
from .timing import Effort, interleaved

if TYPE_CHECKING:
    from pathlib import Path

    from .setting import Setting
    from .timing import Row

REPEATS, BUDGET_S = 3, 100.0
QUICK_ROWS = 20_000  # most of the time of so few is not in the rows


def table(setting: Setting) -> Row:
    """10^6 rows: `zonerules check`, the plain script, and the script with distances."""
    folder = setting.folder
    count = QUICK_ROWS if setting.quick else setting.points(1e6)
    setting.say(f"  {count:,} rows")
    zones, machines = zones_file(folder), machines_file(folder, count)
    outs = {name: folder / f"{name}.csv" for name in ("ours", "script", "script_boundary")}
    script = __file__.replace("table.py", "geopandas_check.py")
    check = ["-m", "zonerules", "check", machines, "--datum", "wgs84", *QUESTION]
    check += ["--fact-col", "machine.stage=stage", "-o", outs["ours"]]
    asked: dict[str, list[Any]] = {
        "ours": check,
        "script": [script, zones, machines, outs["script"]],
        "script_boundary": [script, zones, machines, outs["script_boundary"], "--boundary"],
    }
    if setting.quick:
        del asked["script_boundary"]
    ended: dict[str, list[Ended]] = {name: [] for name in asked}

    def run(name: str) -> None:
        ended[name].append(python(*asked[name], folder=folder, cache=setting.cache))

    budget = 0.0 if setting.quick else BUDGET_S
    effort = Effort(min(setting.effort.repeats, REPEATS), budget)
    rows = interleaved({name: lambda name=name: run(name) for name in asked}, effort)
    for name, row in rows.items():
        if "failed" not in row:
            row["cpu"] = [one.cpu_s for one in ended[name][-len(row["seconds"]) :]]
            row["peak_bytes"] = int(statistics.median(one.peak_b for one in ended[name]))
            row["output_bytes"] = outs[name].stat().st_size
            if name != "ours" and "failed" not in rows["ours"]:
                row.update(same(outs["ours"], outs[name]))
    return {"rows_of_table": count, "rows": rows}


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
