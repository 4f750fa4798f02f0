"""Section f: peak memory for each point, every contestant in a process of its own.

`python -m benchmarks.memory NAME POINTS` is that process: it prints what is resident once points,
zones and index are there, and the peak while the pairs are found and held.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from . import made, peers
from .process import ROOT, python
from .timing import failed

if TYPE_CHECKING:
    from .setting import Setting
    from .timing import Row

STATUS, REFERENCES = Path("/proc/self/status"), Path("/proc/self/clear_refs")
LEFT_OUT = ("geopandas_ready", "strtree_of_zones")


def memory(setting: Setting) -> Row:
    """Bytes a point above what was there before, for 10^6 points; ours and sjoin for 10^7, too."""
    few, many = setting.points(1e6), setting.points(1e7)
    names = (
        ["ours", "geopandas"] if setting.quick else [n for n in peers.PEERS if n not in LEFT_OUT]
    )
    rows = {name: _measured(name, few, setting) for name in names}
    sizes = [{"points": few, "rows": rows}]
    if not setting.quick:
        both = {name: _measured(name, many, setting) for name in ("ours", "geopandas")}
        sizes.append({"points": many, "rows": both})
    return {"sizes": sizes}


def _measured(name: str, points: int, setting: Setting) -> Row:
    setting.say(f"  memory of {name}, {points:,} points")
    try:
        module = f"{__package__}.memory"
        text = python("-m", module, name, str(points), folder=setting.folder, at=ROOT).text
        row: Row = json.loads(text.splitlines()[-1])
    except Exception as error:  # told, and the run goes on
        return failed(error)
    return {**row, "bytes_a_point": (row["peak"] - row["before"]) / points}


def resident(peak: bool) -> int:
    """Bytes resident now, or at most since :func:`forget_peak` (Linux; elsewhere ever)."""
    if STATUS.exists():
        mark = "VmHWM:" if peak else "VmRSS:"
        for line in STATUS.read_text().splitlines():
            if line.startswith(mark):
                return int(line.split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (
        1 if sys.platform == "darwin" else 1024
    )


def forget_peak() -> None:
    """Give back what is free, and let the peak count from now on, where the system can."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        # or the next arrays would use what making the zones and the index left behind
        ctypes.CDLL(None).malloc_trim(0)
    if REFERENCES.exists():
        REFERENCES.write_text("5")


def main() -> None:
    name, points = sys.argv[1], int(sys.argv[2])
    shapes = made.counties()
    places = made.places(shapes, points)
    few = made.Places(places.x[:1000].copy(), places.y[:1000].copy())
    peers.PEERS[name](few, shapes)()  # libraries loaded, pools and threads made
    find = peers.PEERS[name](places, shapes)
    forget_peak()
    before = resident(peak=False)
    pairs = find()
    peak = resident(peak=True)
    print(json.dumps({"before": before, "peak": peak, "pairs": len(pairs[0])}))


if __name__ == "__main__":
    main()
