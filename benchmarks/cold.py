"""Section e: whole processes from start to the first answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .process import Ended, in_turn, python
from .shipped import PLACE, QUESTION, zones_file
from .timing import Effort

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
SCRIPT = Path(__file__).with_name("geopandas_at.py")
BUDGET_S = 60.0


def cold(setting: Setting) -> Row:
    """`zonerules at` and the geopandas script; beside them what every process pays."""
    folder, zones = setting.folder, zones_file(setting.folder)
    lon, lat, stage = PLACE
    asked: dict[str, list[Any]] = {
        "ours": ["-m", "zonerules", "at", lon, lat, *QUESTION, "--fact", f"machine.stage={stage}"],
        "script": [SCRIPT, zones, *PLACE],
        "python": ["-c", "pass"],
        "import_zonerules": ["-c", "import zonerules"],
        "import_geopandas": ["-c", "import geopandas"],
    }
    if setting.quick:
        asked = {name: asked[name] for name in ("ours", "script")}

    def look(name: str, answer: Ended) -> Row:
        if name not in ("ours", "script"):
            return {}
        return {"equal": "prohibited" in answer.text or "禁止" in answer.text}

    effort = Effort(setting.effort.repeats, 0.0 if setting.quick else BUDGET_S)
    rows = in_turn(asked, effort, setting, look)
    loads = [float(python("-c", LOAD, folder=folder).text) for _ in range(effort.repeats)]
    rows["load"] = {"seconds": loads, "cpu": []}
    return {"rows": rows}
