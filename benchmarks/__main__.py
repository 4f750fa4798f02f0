"""`python -m benchmarks`: measure, judge, and keep the results; see README.md."""

from __future__ import annotations

import argparse
import datetime
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zonerules.layers.catalogue.store import write_bytes

from . import cold, discs, growth, location, machine, memory, single, table
from .setting import Setting
from .terminal import summary
from .timing import Effort, failed

if TYPE_CHECKING:
    from collections.abc import Callable

    from .timing import Row

SECTIONS: dict[str, Callable[[Setting], Row]] = {
    "a": location.counties,
    "b": location.many_zones,
    "c": single.single,
    "d": table.table,
    "e": cold.cold,
    "f": memory.memory,
    "g": growth.growth,
    "h": discs.discs,
}
QUICK = "abcdefh"  # growth is no question of equal answers
QUICK_SCALE = 0.1
RESULTS = Path(__file__).parent / "results"


def main(arguments: list[str] | None = None) -> int:
    """Return 0; 1 if some answer was not ours, or a section failed."""
    options = _options(arguments)
    if options.report:
        from .page import write_page

        for path in write_page(options.report):
            print(path)
        return 0
    names = options.only.split(",") if options.only else list(QUICK if options.quick else SECTIONS)
    if unknown := [name for name in names if name not in SECTIONS]:
        print(f"--only {','.join(unknown)}: expected some of {','.join(SECTIONS)}", file=sys.stderr)
        return 2
    run = measure(names, options)
    print(summary(run))
    bad = wrong_answers(run)
    for line in bad:
        print(f"FAILED: {line}", file=sys.stderr)
    return 1 if bad else 0


def measure(names: list[str], options: argparse.Namespace) -> dict[str, Any]:
    """Run the sections; what is known so far is written after each, in one piece."""
    scale = options.scale or (QUICK_SCALE if options.quick else 1.0)
    repeats = options.repeats or (1 if options.quick else 5)
    effort = Effort(repeats, 0.0 if options.quick else options.budget)
    today = datetime.datetime.now(datetime.timezone.utc)
    run: dict[str, Any] = {
        "schema": "zonerules/benchmarks/1",
        "date": today.strftime("%Y-%m-%d"),
        "quick": options.quick,
        "scale": scale,
        "repeats": repeats,
        "budget_s": effort.budget_s,
        "machine": machine.described(),
        "sections": {},
    }
    out = options.out or (None if options.quick else RESULTS / f"{run['date']}.json")
    if out and out.exists():
        _keep_others(run, json.loads(out.read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory(prefix="zonerules-benchmarks-") as folder:
        for name in names:
            print(f"({name})", flush=True)
            own = Path(folder) / name
            own.mkdir()
            setting = Setting(own, Path(folder) / "cache", effort, scale, options.quick)
            run["sections"][name] = _section(name, setting)
            if out:
                text = json.dumps(_rounded(run), ensure_ascii=False, indent=1) + "\n"
                write_bytes(out, text.encode("utf-8"))
            shutil.rmtree(own)
    return run


def _keep_others(run: dict[str, Any], earlier: dict[str, Any]) -> None:
    """Take over sections measured before under the very same conditions; ratios are within one."""
    same = all(run[key] == earlier.get(key) for key in run if key != "sections")
    run["sections"] = earlier["sections"] if same else {}


def _section(name: str, setting: Setting) -> Row:
    began, busy = time.perf_counter(), machine.load()
    try:
        found = SECTIONS[name](setting)
    except Exception as error:  # the other sections are still worth having
        found = failed(error)
        print(f"({name}) failed: {found['failed']}", file=sys.stderr)
    spent = round(time.perf_counter() - began, 1)
    return {**found, "took_s": spent, "load_before": busy, "load_after": machine.load()}


def wrong_answers(found: Any, path: str = "") -> list[str]:
    """Return where in the results of a run an answer differs, or a section of ours failed."""
    if isinstance(found, list):
        return [line for i, one in enumerate(found) for line in wrong_answers(one, f"{path}[{i}]")]
    if not isinstance(found, dict):
        return []
    lines = [f"{path}: {found}"] if found.get("equal") is False else []
    if "failed" in found and (path.count("/") == 2 or path.rpartition("/")[2].startswith("ours")):
        lines.append(f"{path}: {found['failed']}")
    for key, one in found.items():
        lines += wrong_answers(one, f"{path}/{key}")
    return lines


def _rounded(found: Any) -> Any:
    """The same with seven decimals at most: a result file is read by people, too."""
    if isinstance(found, dict):
        return {key: _rounded(one) for key, one in found.items()}
    if isinstance(found, list):
        return [_rounded(one) for one in found]
    return round(found, 7) if isinstance(found, float) else found


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10^5 points, equal answers, no ratio")
    parser.add_argument("--only", metavar="a,b", help=f"some of {','.join(SECTIONS)}")
    parser.add_argument("--out", type=Path, metavar="FILE.json", help="else results/<date>.json")
    parser.add_argument("--repeats", type=int, help="timed runs of each contestant (5)")
    parser.add_argument(
        "--budget", type=float, default=20.0, metavar="S",
        help="seconds for the repeats of one contestant; slower ones get 3 or 1 (%(default)s)",
    )  # fmt: skip
    parser.add_argument("--scale", type=float, help="multiplies all numbers of points (1)")
    parser.add_argument(
        "--report", type=Path, metavar="FILE.json",
        help="measure nothing; write docs/benchmarks*.md and the picture from this file",
    )  # fmt: skip
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
