"""Is the catalogue sound? Everything the compiler checks, and what needs geometry or judgement.

An error makes an answer wrong or unprovable; a warning is for the data keeper to look at. Shapely
is needed for the shapes and imported where it is used.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..layers.catalogue.compile import compile_parts
from ..layers.catalogue.errors import CatalogueError
from . import lint_rules, lint_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..layers.catalogue.compile import Parts

__all__ = ["coverage_table", "lint"]

Finding = dict[str, Any]
HAN = re.compile(r"[\u3400-\u9fff]")
# a title behind a surname: documents name offices, the catalogue never names who holds them
HONORIFIC = re.compile(
    r"[\u4e00-\u9fff]{1,3}(?:同志|先生|女士)|"
    r"(?:^|[，。、；：:（(\s])[\u4e00-\u9fff]{2,3}(?:局长|主任|书记|区长|县长|市长|镇长|乡长|大队长)"
    r"(?:$|[，。、；：:）)\s])|\b(?:Mr|Mrs|Ms|Dr|Comrade)\.? [A-Z]"
)


def lint(root: Path) -> list[Finding]:
    """Everything to be said about the folder that holds documents/ and geojson/.

    [{"file", "line" or None, "record" or None, "severity": "error" or "warning", "what",
    "expected" or None}], errors first, then by file and line. When the texts cannot be compiled,
    nothing else is looked at. Raises OSError for a folder that cannot be read.
    """
    root = Path(root)
    try:
        parts = compile_parts(root, tolerant=True)
    except CatalogueError as error:
        return _sorted(_of_error(one) for one in getattr(error, "errors", [error]))
    findings = [_of_error(broken.error) for broken in parts.drawing.broken]
    findings += lint_shapes.findings(root, parts)
    findings += lint_rules.findings(parts)
    findings += _wording(parts)
    findings += _clauses(parts)
    return _sorted(findings)


def coverage_table(catalogue: Mapping[str, Any]) -> dict[str, Any]:
    """What the catalogue made of every clause.

    {"rows": [{"document", "clause", "title", "rules": [ids], "reason": {zh, en} or None}],
    "missing": [one line per clause that a rule, target or source names and coverage.yaml does not
    list, and per rule in no clause]}.
    """
    rows: list[dict[str, Any]] = []
    missing: list[str] = []
    for document_id, document in catalogue["documents"].items():
        listed, covered = set(), set()
        for entry in document["coverage"]:
            rules = entry.get("rules", [])
            rows.append(
                {
                    "document": document_id,
                    "clause": entry["clause"],
                    "title": entry["title"],
                    "rules": rules,
                    "reason": entry.get("reason"),
                }
            )
            listed.add(entry["clause"])
            covered.update(rules)
        for record, clause in _named_clauses(catalogue, document_id):
            if clause not in listed:
                missing.append(f"{document_id} {clause}: named by {record}, not in coverage.yaml")
        for rule in catalogue["rules"]:
            if rule["document"] == document_id and rule["id"] not in covered:
                missing.append(f"{document_id} {rule['clause']}: {rule['id']} is in no clause")
    return {"rows": rows, "missing": missing}


def _named_clauses(catalogue: Mapping[str, Any], document_id: str) -> Iterator[tuple[str, str]]:
    for kind in ("rules", "targets"):
        for row in catalogue[kind]:
            if row["document"] == document_id:
                yield row["id"], row["clause"]
    for source in catalogue["sources"]:
        if source.get("document") == document_id:
            for clause in source.get("clauses", []):
                yield source["id"], clause


def _of_error(error: CatalogueError) -> Finding:
    return {
        "file": error.file,
        "line": error.line,
        "record": error.record,
        "severity": "error",
        "what": error.problem,
        "expected": error.expected,
    }


def _sorted(findings: Any) -> list[Finding]:
    def order(finding: Finding) -> tuple[Any, ...]:
        place = (finding["file"], finding["line"] or 0, finding["record"] or "")
        return (finding["severity"] != "error", *place, finding["what"])

    return sorted(findings, key=order)


def _clauses(parts: Parts) -> list[Finding]:
    """A clause that records name and coverage.yaml does not know cannot be proved complete."""
    found = []
    for document in parts.tree.documents:
        if "coverage" not in document.files:
            continue
        listed = {entry["clause"] for entry in document.rows("coverage")}
        for kind in ("rules", "targets"):
            for i, row in enumerate(document.rows(kind)):
                if row["clause"] not in listed:
                    at = document.at(kind, i, "clause")
                    what = f'clause "{row["clause"]}" is not in coverage.yaml'
                    found.append({**at, "severity": "error", "what": what, "expected": None})
    return found


def _wording(parts: Parts) -> list[Finding]:
    found: list[Finding] = []
    for document in parts.tree.documents:
        for kind, file in document.files.items():
            for steps, text in _texts(file.data):
                for what in _faults_of(text):
                    at = document.at(*steps) if steps[0] == kind else {}
                    found.append({**at, "severity": "warning", "what": what, "expected": None})
    return found


def _texts(data: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """(steps, {zh, en}) for every text in both languages."""
    if isinstance(data, dict):
        if set(data) == {"zh", "en"}:
            yield steps, data
            return
        for key, value in data.items():
            yield from _texts(value, (*steps, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from _texts(value, (*steps, i))


def _faults_of(text: Mapping[str, str]) -> Iterator[str]:
    if not HAN.search(text["zh"]) and re.search(r"[A-Za-z]{3}", text["zh"]):
        yield f'zh has no Chinese: "{_short(text["zh"])}"'
    if HAN.search(text["en"]) and not re.search(r"[A-Za-z]{3}", text["en"]):
        yield f'en has no English: "{_short(text["en"])}"'
    for value in text.values():
        person = HONORIFIC.search(value)
        if person:
            yield f'"{person.group().strip()}" looks like a person; the catalogue names offices'


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
