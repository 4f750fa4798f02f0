"""Proving the catalogue: findings of lint, clause coverage, golden cases, mutants that survive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .answer import BadInput
from .bench import Bench

if TYPE_CHECKING:
    from collections.abc import Mapping

Catalogue = dict[str, Any]


def run_case(catalogue: Catalogue, case: dict[str, Any]) -> bool:
    """True if the rule comes to what the case expects."""
    return Bench({**catalogue, "golden": [case]}).problem(case) is None


def run_cases(catalogue: Catalogue, bench: Bench | None = None) -> list[dict[str, Any]]:
    """Every golden case that does not hold: [{rule, query, problem}]."""
    bench = bench or Bench(catalogue)
    judged = ((case, bench.problem(case)) for case in bench.cases)
    return [
        {"rule": case["rule"], "query": case["query"], "problem": problem}
        for case, problem in judged
        if problem
    ]


def prove(folder: Path | None, *, coverage: bool, mutate: bool) -> dict[str, Any]:
    """Check the catalogue in `folder` (the shipped one by default) as a data keeper would.

    `sound` is False when there is an error, a failing case, a clause without rules or reason, or
    (with `mutate`) a mutant that no case notices. Raises BadInput for a folder without documents/.
    """
    from ..layers.catalogue.compile import compile_catalogue
    from ..layers.catalogue.errors import CatalogueError
    from .lint import coverage_table, lint

    root = folder or Path(__file__).resolve().parent.parent
    if not (root / "documents").is_dir():
        raise BadInput(f"{root}: no documents/ folder here")
    findings = lint(root)
    report: dict[str, Any] = {"findings": findings, "cases": 0, "failing": []}
    errors = [finding for finding in findings if finding["severity"] == "error"]
    sound = not errors
    try:
        catalogue = compile_catalogue(root, tolerant=True)
    except CatalogueError:
        return {**report, "sound": False}
    report["cases"] = len(catalogue["golden"])
    report["failing"] = run_cases(catalogue)
    sound = sound and not report["failing"]
    if coverage:
        report["coverage"] = coverage_table(catalogue)
        sound = sound and not report["coverage"]["missing"]
    if mutate:
        from .mutate import mutate as mutants

        report["mutation"] = mutants(catalogue, run_case)
        sound = sound and not report["mutation"]["survivors"]
    return {**report, "sound": sound}


def to_text(report: Mapping[str, Any], lang: str) -> str:
    """The report as lines, worst first, with the totals last."""
    zh = lang == "zh"
    lines = [
        f"{item['severity']}: {item['file']}:{item['line'] or ''}: {item['record'] or ''}: "
        f"{item['what']}" + (f"; expected {item['expected']}" if item["expected"] else "")
        for item in report["findings"]
    ]
    lines += [
        f"case: {item['rule']} {item['query']}: {item['problem']}" for item in report["failing"]
    ]
    if "coverage" in report:
        lines += _coverage_lines(report["coverage"])
    if "mutation" in report:
        lines += [
            f"survivor: {item['rule']}: {item['what']}" for item in report["mutation"]["survivors"]
        ]
        done = report["mutation"]["mutants"]
        lines.append(f"变异 {done} 个" if zh else f"{done} mutants tried")
    errors = sum(item["severity"] == "error" for item in report["findings"])
    warnings = len(report["findings"]) - errors
    lines.append(
        f"错误 {errors}，警告 {warnings}；用例 {report['cases']}，不符 {len(report['failing'])}"
        if zh
        else f"{errors} errors, {warnings} warnings; {report['cases']} cases, "
        f"{len(report['failing'])} failing"
    )
    return "\n".join(lines)


def _coverage_lines(table: Mapping[str, Any]) -> list[str]:
    lines = []
    for row in table["rows"]:
        what = ", ".join(row.get("rules") or []) or (row.get("reason") or {}).get("zh", "—")
        lines.append(f"{row['document']}  {row['clause']}  {row['title']['zh']}  {what}")
    lines += [f"missing: {item}" for item in table["missing"]]
    return lines
