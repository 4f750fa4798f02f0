"""Time one `zonerules at` from start to exit, and the loading of the catalogue alone.

Usage: python benchmarks/bench_at.py [RUNS]      (20 by default)
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

QUESTION = ["at", "113.69", "34.735", "--date", "2017-11-20", "--json"]
QUESTION += ["--activity", "operate-non-road-machinery", "--fact", "machine.stage=1"]
LOAD = """
import time
from zonerules.layers.catalogue.load import load
began = time.perf_counter()
load()
print(time.perf_counter() - began)
"""


def python(*arguments: str) -> str:
    """Run this interpreter; raises CalledProcessError when it fails."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def whole_process(*arguments: str) -> float:
    began = time.perf_counter()
    python(*arguments)
    return time.perf_counter() - began


def report(name: str, measure: Callable[[], float], runs: int) -> None:
    measure()  # the first run fills the disk cache and writes .pyc files
    times = sorted(1000 * measure() for _ in range(runs))
    middle = statistics.median(times)
    print(f"{name:34} {times[0]:8.1f} {middle:8.1f} {times[-1]:8.1f}")


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    print(f"Python {platform.python_version()}, {platform.machine()}, {runs} runs each")
    print(f"{'milliseconds':34} {'min':>8} {'median':>8} {'max':>8}")
    report("python -c pass", lambda: whole_process("-c", "pass"), runs)
    report("import zonerules", lambda: whole_process("-c", "import zonerules"), runs)
    report("zonerules at, whole process", lambda: whole_process("-m", "zonerules", *QUESTION), runs)
    report("catalogue load, inside a process", lambda: float(python("-c", LOAD)), runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
