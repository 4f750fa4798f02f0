"""Section e: whole processes from start to the first answer."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any

from .process import Ended, python
from .shipped import PLACE, QUESTION, zones_file
from .timing import Effort, interleaved

if TYPE_CHECKING:
    from .setting import Setting
    from .timing import Row

LOAD = """
import time
from zonerules.layers.catalogue.load import load
began = time.perf_counter()
load(golden=False)
print(time.perf_counter() - began)
"""
BUDGET_S = 60.0


def cold(setting: Setting) -> Row:
    """`zonerules at` and the geopandas script; beside them what every process pays."""
    folder, zones = setting.folder, zones_file(setting.folder)
    script = __file__.replace("cold.py", "geopandas_at.py")
    lon, lat, stage = PLACE
    asked: dict[str, list[Any]] = {
        "ours": ["-m", "zonerules", "at", lon, lat, *QUESTION, "--fact", f"machine.stage={stage}"],
        "script": [script, zones, *PLACE],
        "python": ["-c", "pass"],
        "import_zonerules": ["-c", "import zonerules"],
        "import_geopandas": ["-c", "import geopandas"],
    }
    if setting.quick:
        asked = {name: asked[name] for name in ("ours", "script")}
    ended: dict[str, list[Ended]] = {name: [] for name in asked}

    def run(name: str) -> Ended:
        ended[name].append(python(*asked[name], folder=folder, cache=setting.cache))
        return ended[name][-1]

    def look(name: str, answer: Ended) -> Row:
        if name not in ("ours", "script"):
            return {}
        return {"equal": "prohibited" in answer.text or "禁止" in answer.text}

    effort = Effort(setting.effort.repeats, 0.0 if setting.quick else BUDGET_S)
    rows = interleaved({name: lambda name=name: run(name) for name in asked}, effort, look)
    for name, row in rows.items():
        if "failed" not in row:
            row["cpu"] = [one.cpu_s for one in ended[name][-len(row["seconds"]) :]]
            row["peak_bytes"] = int(statistics.median(one.peak_b for one in ended[name]))
    loads = [float(python("-c", LOAD, folder=folder).text) for _ in range(effort.repeats)]
    rows["load"] = {"seconds": loads, "cpu": []}
    return {"rows": rows}
