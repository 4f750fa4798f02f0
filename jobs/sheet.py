"""An answer for paper: the blocks of `jobs.linked` without what only a screen can use, and sources.

Everything that is said is written out; duties of government are counted only. Standard library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .linked import linked
from .present import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .phrasing import Block, Line

__all__ = ["activity_name", "cited", "sheet"]

# blocks without details on paper: duties of government are counted, and without an activity every
# rule that is sure has a line of its own
BARE = ("folded", "sure")


def sheet(
    answer: Mapping[str, Any], book: Any, lang: str, kinds: Mapping[str, str] | None = None
) -> list[Block]:
    """The blocks of `answer` in `lang`: [{kind, title, lines: [{text, cite, tone, detail}]}].

    `kinds`: the names of kinds of source. No text has control or direction marks.
    """
    blocks: list[Block] = []
    undrawn: list[Block] = []
    for block in linked(answer, book, lang, kinds):
        lines = [_on_paper(line, bare=block["kind"] in BARE) for line in block["lines"]]
        if block["kind"] == "place":
            # some fifty names: they must not stand between the verdict and its reasons
            for line in lines:
                if line["detail"]:
                    names = [{**line, "text": text, "detail": []} for text in line["detail"]]
                    undrawn.append({"kind": "undrawn", "title": line["text"], "lines": names})
                    line["detail"] = []
        blocks.append({"kind": block["kind"], "title": block["title"], "lines": lines})
    return blocks + undrawn


def _on_paper(line: Mapping[str, Any], *, bare: bool) -> Line:
    return {
        "text": printable(line["text"]),
        "cite": printable(line["cite"]),
        "tone": line["tone"],
        "detail": [] if bare else [printable(text) for text in line["detail"]],
    }


def cited(answer: Mapping[str, Any], data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The documents an answer rests on, each with the clauses that its sheet cites.

    Duties of government are counted only, and what is not drawn is named only: neither is cited.

    [{"record": the document, "clauses": [as printed, in the order of its coverage]}].
    """
    found: dict[str, dict[str, None]] = {}
    rules = [row for row in answer["rules"] if row["audience"] == "operator"]
    zones = [row for row in answer["zones"] if row["location"] in ("inside", "near")]
    for row in (*rules, *zones):
        cite = row["cite"]
        if cite.get("document") in data["documents"]:
            found.setdefault(cite["document"], {})[str(cite["clause"])] = None
    told = answer["coverage"]
    for name in (*told["documents"], *told["reaching"], *told["expired"]):
        found.setdefault(name, {})
    rows = []
    for name, record in data["documents"].items():
        if name in found:
            order = [entry["clause"] for entry in record.get("coverage", [])]
            rank = {clause: place for place, clause in enumerate(order)}
            clauses = sorted(found[name], key=lambda clause: rank.get(clause, len(rank)))
            rows.append({"record": record, "clauses": clauses})
    return rows


def activity_name(answer: Mapping[str, Any], data: Mapping[str, Any], lang: str) -> str:
    """The activity that was asked, empty when all were."""
    name = answer["query"]["activity"]
    return str(data["vocabulary"]["activities"][name][lang]) if name else ""
