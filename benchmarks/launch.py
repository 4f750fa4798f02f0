"""Run a command and say what it took: python launch.py SAID ERRORS COMMAND…

A process of its own, because Linux counts the memory of the process that starts another towards
the other's peak; this one is small. Standard library only.
"""

import json
import os
import subprocess
import sys
import time

with open(sys.argv[1], "wb") as said, open(sys.argv[2], "wb") as errors:  # noqa: PTH123
    began = time.perf_counter()
    child = subprocess.Popen(sys.argv[3:], stdout=said, stderr=errors)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
unit = 1 if sys.platform == "darwin" else 1024
print(
    json.dumps(
        {
            "status": child.returncode,
            "wall_s": wall,
            "cpu_s": used.ru_utime + used.ru_stime,
            "peak_b": used.ru_maxrss * unit,
        }
    )
)
