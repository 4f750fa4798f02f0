"""Time several ways of doing one thing in turn, and look at what each of them answers."""

from __future__ import annotations

import gc
import re
import statistics
import time
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Row = dict[str, Any]
# absolute paths, which belong to this machine
PATH = re.compile(r"(?<![\w/])(?:[A-Za-z]:)?[/\\][\w.@+-]+(?:[/\\][\w.@+-]+)+")


class Absent(Exception):
    """A peer that this machine does not have; the message says why."""


class Effort(NamedTuple):
    """How often to repeat: `repeats` times, fewer (but an odd number) where these would take one
    contestant more than `budget_s` seconds."""

    repeats: int = 5
    budget_s: float = 20.0

    def rounds(self, first_s: float) -> int:
        """How many timed rounds a contestant gets whose first run took `first_s`; 0: none but that
        first run."""
        affordable = int(self.budget_s / max(first_s, 1e-9))
        return max((n for n in range(1, self.repeats + 1, 2) if n <= affordable), default=0)


def interleaved(
    contestants: Mapping[str, Callable[[], Any]],
    effort: Effort,
    look: Callable[[str, Any], Row] | None = None,
) -> dict[str, Row]:
    """Run every contestant once to warm up and to look at its answer, then time them in turn.

    Returns for each {"seconds": [wall], "cpu": [all threads of the process], "first": the warm-up}
    with what `look` said of its answer; {"failed": why} instead if it raised. A contestant whose
    warm-up alone is over the budget is not run again: that run is its only time.
    """
    rows: dict[str, Row] = {}
    for name, run in contestants.items():
        try:
            wall, cpu, answer = _timed(run)
            rows[name] = {"first": wall, "seconds": [], "cpu": []}
            rows[name].update(look(name, answer) if look else {})
        except Exception as error:  # a peer that fails is told and does not end the run
            rows[name] = failed(error)
            continue
        rows[name]["rounds"] = effort.rounds(wall)
        if not rows[name]["rounds"]:
            rows[name]["seconds"], rows[name]["cpu"] = [wall], [cpu]
        del answer
    for turn in range(effort.repeats):
        for name, run in contestants.items():
            if turn < rows[name].get("rounds", 0):
                _once_more(rows, name, run)
    for row in rows.values():
        row.pop("rounds", None)
    return rows


def failed(error: Exception) -> Row:
    """The row of a contestant that raised."""
    text = " ".join(PATH.sub("…", str(error)).split())[:300]
    return {"failed": text if isinstance(error, Absent) else f"{type(error).__name__}: {text}"}


def median(row: Mapping[str, Any]) -> float | None:
    """The median wall time of a row in seconds; None if it failed."""
    return statistics.median(row["seconds"]) if row.get("seconds") else None


def each(run: Callable[[Any], Any], questions: Sequence[Any], warm: int) -> Row:
    """Time single calls: microseconds at the median and the 99th percentile."""
    for question in questions[:warm]:
        run(question)
    spent = []
    gc.disable()
    try:
        for question in questions:
            began = time.perf_counter_ns()
            run(question)
            spent.append(time.perf_counter_ns() - began)
    finally:
        gc.enable()
    cuts = statistics.quantiles(spent, n=100, method="inclusive")
    return {"calls": len(spent), "p50_us": cuts[49] / 1000, "p99_us": cuts[98] / 1000}


def _once_more(rows: dict[str, Row], name: str, run: Callable[[], Any]) -> None:
    try:
        wall, cpu, _ = _timed(run)
    except Exception as error:
        rows[name] = failed(error)
    else:
        rows[name]["seconds"].append(wall)
        rows[name]["cpu"].append(cpu)


def _timed(run: Callable[[], Any]) -> tuple[float, float, Any]:
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    answer = run()
    return time.perf_counter() - wall, time.process_time() - cpu, answer
