"""Is the catalogue sound? Everything the compiler checks, and what needs geometry or judgement.

An error makes an answer wrong or unprovable; a warning is for the data keeper to look at. Shapely
is needed for the shapes and imported where it is used.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...layers.catalogue.errors import CatalogueError
from ...layers.catalogue.fold import NO_SHAPE
from ..progress import Progress, unheard
from . import copied as lint_copied
from . import places as lint_places
from . import records as lint_records
from . import rules as lint_rules
from . import shapes as lint_shapes
from .folder import Folder, finding, read_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["coverage_table", "examine", "lint"]

Finding = dict[str, Any]
HAN = re.compile(r"[\u3400-\u9fff]")


def lint(root: Path, *, texts: Path | None = None, progress: Progress = unheard) -> list[Finding]:
    """Everything to be said about the folder that holds documents/ and geojson/.

    [{"file", "line" or None, "record" or None, "severity": "error" or "warning", "what",
    "expected" or None}], errors first, then by file and line. A folder without a vocabulary of its
    own is read over the shipped catalogue. ``texts``: a folder with the documents themselves as
    <id>.txt, for summaries copied from them. When the texts cannot be compiled, nothing else is
    looked at. Raises OSError for a folder that cannot be read.
    """
    return examine(Path(root), texts=texts, progress=progress)[0]


def examine(
    root: Path, *, texts: Path | None = None, progress: Progress = unheard
) -> tuple[list[Finding], Folder | None]:
    """The findings of :func:`lint`, and the folder as it was read, None if it cannot be."""
    progress(0.0, "")
    try:
        folder = read_folder(root)
    except CatalogueError as error:
        return _sorted(_of_error(one) for one in getattr(error, "errors", [error])), None
    findings = [
        _of_error(broken.error)
        for broken in folder.parts.drawing.broken
        # a shape that zones.geojson brings need not be drawn a second time
        if broken.error.problem != NO_SHAPE or not set(broken.zones) <= set(folder.redrawn)
    ]
    findings += folder.findings
    looks: tuple[Callable[[], Iterable[Finding]], ...] = (
        lambda: lint_shapes.findings(folder),
        lambda: lint_places.findings(folder),
        lambda: lint_rules.findings(folder.parts),
        lambda: lint_records.findings(folder),
        lambda: lint_copied.findings(folder, texts),
        lambda: _wording(folder),
        lambda: _clauses(folder),
    )
    for number, look in enumerate(looks, 1):
        progress(number / (len(looks) + 1), "")
        findings += look()
    return _sorted(findings), folder


def coverage_table(
    catalogue: Mapping[str, Any], documents: Iterable[str] | None = None
) -> dict[str, Any]:
    """What the catalogue made of every clause, of these documents or of all.

    {"rows": [{"document", "clause", "title", "rules": [ids], "reason": {zh, en} or None}],
    "missing": [one line per clause that a rule, target or source names and coverage.yaml does not
    list, and per rule in no clause]}.
    """
    rows: list[dict[str, Any]] = []
    missing: list[str] = []
    for document_id in catalogue["documents"] if documents is None else documents:
        document = catalogue["documents"][document_id]
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
    return finding(
        error.file, error.problem, line=error.line, record=error.record, expected=error.expected
    )


def _sorted(findings: Any) -> list[Finding]:
    def order(finding: Finding) -> tuple[Any, ...]:
        place = (finding["file"], finding["line"] or 0, finding["record"] or "")
        return (finding["severity"] != "error", *place, finding["what"])

    return sorted(findings, key=order)


def _clauses(folder: Folder) -> list[Finding]:
    """A clause that records name and coverage.yaml does not know cannot be proved complete."""
    found = []
    for document in folder.documents:
        if "coverage" not in document.files:
            continue
        listed = {entry["clause"] for entry in document.rows("coverage")}
        for kind in ("rules", "targets"):
            for i, row in enumerate(document.rows(kind)):
                if row["clause"] not in listed:
                    what = f'clause "{row["clause"]}" is not in coverage.yaml'
                    found.append(finding(**document.at(kind, i, "clause"), what=what))
    return found


def _wording(folder: Folder) -> list[Finding]:
    found: list[Finding] = []
    for document in folder.documents:
        for kind, file in document.files.items():
            for steps, text in _texts(file.data):
                for what in _faults_of(text):
                    at = document.at(*steps) if steps[0] == kind else {"file": file.name}
                    found.append(finding(**at, what=what, severity="warning"))
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
        person = lint_records.person_in(value)
        if person:
            yield f'"{person}" looks like a person; the catalogue names offices'


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
