"""Whole processes: how long, how much processor time, how much memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .timing import interleaved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .setting import Setting
    from .timing import Effort, Row

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

    Raises RuntimeError with the last line said.
    """
    surroundings = {**os.environ, "ZONERULES_LANG": "zh"}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
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
        words = errors.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise RuntimeError(f"status {took['status']}: {' '.join(words[-1:])}")
    text = said.read_text(encoding="utf-8")
    return Ended(took["wall_s"], took["cpu_s"], took["peak_b"], text)


def in_turn(
    asked: Mapping[str, list[Any]],
    effort: Effort,
    setting: Setting,
    look: Callable[[str, Ended], Row] | None = None,
) -> dict[str, Row]:
    """Like timing.interleaved, for interpreters with the arguments `asked`; adds "peak_bytes"."""
    ended: dict[str, list[Ended]] = {name: [] for name in asked}

    def run(name: str) -> Ended:
        ended[name].append(python(*asked[name], folder=setting.folder, cache=setting.cache))
        return ended[name][-1]

    rows = interleaved({name: lambda name=name: run(name) for name in asked}, effort, look)
    for name, row in rows.items():
        if "failed" not in row:
            counted = ended[name][-len(row["seconds"]) :]
            row["seconds"] = [one.wall_s for one in counted]
            row["cpu"] = [one.cpu_s for one in counted]
            row["peak_bytes"] = int(statistics.median(one.peak_b for one in counted))
    return rows
