"""Proving the catalogue: findings of lint, clause coverage, golden cases, mutants that survive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...rules.messages import counted
from ..told import bad_input
from .bench import Bench

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .folder import Folder

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


def prove(
    folder: Path | None, *, coverage: bool, mutate: bool, texts: Path | None = None
) -> dict[str, Any]:
    """Check the catalogue in `folder` (the shipped one by default) as a data keeper would.

    `texts`: a folder with the documents as <id>.txt, for summaries copied from them. `sound` is
    False when there is an error, a failing case, a clause without rules or reason, or (with
    `mutate`) a mutant that no case notices. Raises BadInput for a folder with nothing to check.
    """
    from .folder import is_folder
    from .run import coverage_table, examine

    root = folder or Path(__file__).resolve().parents[2]
    if not is_folder(root):
        raise bad_input(
            f"{root}",
            "neither documents/ nor zones.geojson is here",
            "这里没有 documents/，也没有 zones.geojson",
        )
    if texts is not None and not texts.is_dir():
        raise bad_input(f"--texts {texts}", "no such folder", "没有这个文件夹")
    findings, read = examine(root, texts=texts)
    report: dict[str, Any] = {"findings": findings, "cases": 0, "failing": []}
    if read is None:
        return {**report, "sound": False}
    catalogue = read.catalogue
    bench = Bench({**catalogue, "zones": read.written})
    report["cases"] = len(catalogue["golden"])
    report["failing"] = _with_lines(run_cases(catalogue, bench), read)
    errors = [finding for finding in findings if finding["severity"] == "error"]
    sound = not errors and not report["failing"]
    own = [document.id for document in read.documents]
    if coverage:
        report["coverage"] = coverage_table(catalogue, own)
        sound = sound and not report["coverage"]["missing"]
    if mutate:
        from .mutate import mutate as mutants

        chosen = None
        if len(own) < len(catalogue["documents"]):  # the shipped rules are proved elsewhere
            chosen = [rule["id"] for rule in catalogue["rules"] if rule["document"] in own]
        report["mutation"] = mutants(catalogue, bench, rules=chosen)
        sound = sound and not report["mutation"]["survivors"]
    return {**report, "sound": sound}


def _with_lines(failing: list[dict[str, Any]], folder: Folder) -> list[dict[str, Any]]:
    """Failing cases with the file and line they stand on."""
    places = {
        id(case["query"]): document.at("cases", i)
        for document in folder.documents
        for i, case in enumerate(document.rows("cases"))
    }
    told = []
    for entry in failing:
        at = places.get(id(entry["query"]), {})
        told.append({**entry, "file": at.get("file"), "line": at.get("line")})
    return told


def to_text(report: Mapping[str, Any], lang: str) -> str:
    """The report as lines, worst first, with the totals last."""
    from .words import line_of, told

    zh = lang == "zh"
    lines = [told(item, lang) for item in report["findings"]]
    lines += [line_of(item, lang) for item in report["failing"]]
    if "coverage" in report:
        lines += _coverage_lines(report["coverage"], lang)
    if "mutation" in report:
        lines += _mutation_lines(report["mutation"], zh)
    errors = sum(item["severity"] == "error" for item in report["findings"])
    warnings = len(report["findings"]) - errors
    lines.append(
        f"错误 {errors}，警告 {warnings}；用例 {report['cases']}，不符 {len(report['failing'])}"
        if zh
        else counted(
            f"{errors} errors, {warnings} warnings; {report['cases']} cases, "
            f"{len(report['failing'])} failing"
        )
    )
    return "\n".join(lines)


def _mutation_lines(report: Mapping[str, Any], zh: bool) -> list[str]:
    survivor, left_out = ("存活变异", "不作变异") if zh else ("survivor", "left out")
    lines = [f"{survivor}: {item['rule']}: {item['what']}" for item in report["survivors"]]
    lines += [f"{left_out}: {item['rule']}: {item['why']}" for item in report["left_out"]]
    done, alive = report["mutants"], len(report["survivors"])
    told = f"变异 {done} 个，存活 {alive}" if zh else f"{done} mutants tried, {alive} survived"
    return [*lines, told]


def _coverage_lines(table: Mapping[str, Any], lang: str) -> list[str]:
    lines = []
    for row in table["rows"]:
        what = ", ".join(row.get("rules") or []) or (row.get("reason") or {}).get(lang, "—")
        lines.append(f"{row['document']}  {row['clause']}  {row['title'][lang]}  {what}")
    lines += [f"missing: {item}" for item in table["missing"]]
    return lines
