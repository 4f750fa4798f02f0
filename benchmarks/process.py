"""Whole processes: how long, how much processor time, how much memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
LAUNCH = Path(__file__).with_name("launch.py")


class Ended(NamedTuple):
    """A process that ended well: seconds of wall and processor, peak resident bytes, output."""

    wall_s: float
    cpu_s: float
    peak_b: int
    text: str


def python(
    *arguments: str | Path, folder: Path, cache: Path | None = None, at: Path | None = None
) -> Ended:
    """Run this interpreter (POSIX) in the folder `at`, else in `folder`, which keeps its output.

    Raises RuntimeError with the last lines said.
    """
    surroundings = {**os.environ, "ZONERULES_LANG": "zh"}
    if cache:
        surroundings["ZONERULES_CACHE"] = str(cache)
    said, errors = folder / "said.txt", folder / "errors.txt"
    launched = subprocess.run(
        [sys.executable, "-I", "-S", LAUNCH, said, errors, sys.executable, *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=at or folder,
        env=surroundings,
    )
    took = json.loads(launched.stdout)
    if took["status"]:
        words = errors.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
        raise RuntimeError(f"status {took['status']}: {' / '.join(words)}")
    text = said.read_text(encoding="utf-8")
    return Ended(took["wall_s"], took["cpu_s"], took["peak_b"], text)
