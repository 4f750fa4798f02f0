"""The documents of the catalogue: what each is, its period, what of it the catalogue holds."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import TYPE_CHECKING, Any

from .grid import wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..open import Catalogue
    from .reading import Reader

Row = dict[str, Any]
_PLAIN = ("number", "short", "issuer", "issued", "covers", "level", "url", "archive", "pages")


def document_list(catalogue: Catalogue, today: str | None = None) -> list[Row]:
    """A row for each document, in the catalogue's order.

    `today` (YYYY-MM-DD) decides `covers_today` true or false. What a document does not print, or
    nobody has told (`number`, `issued`, `url`, `archive`, `pages`), is None.
    """
    day = today or datetime.date.today().isoformat()
    return [_row(name, record, catalogue, day) for name, record in catalogue.book.documents.items()]


def _row(name: str, record: Mapping[str, Any], catalogue: Catalogue, day: str) -> Row:
    jurisdiction = record["jurisdiction"]
    covers = record["covers"]
    return {
        "id": name,
        "title": record["title"],
        **{key: record.get(key) for key in _PLAIN},
        "covers_today": covers["from"] <= day <= covers["until"],
        "jurisdiction": {
            "id": jurisdiction,
            "name": catalogue.book.zones[jurisdiction]["name"],
        },
        "counts": _counts(name, record, catalogue),
        "cites": record.get("cites", []),
    }


def _counts(name: str, record: Mapping[str, Any], catalogue: Catalogue) -> Row:
    rules = [rule for rule in catalogue.book.rules if rule["document"] == name]
    clauses = record.get("coverage", [])
    data = catalogue.data
    return {
        "zones": sum(zone["document"] == name for zone in catalogue.book.zones.values()),
        "rules": len(rules),
        "by_kind": dict(Counter(rule["kind"] for rule in rules).most_common()),
        "by_audience": dict(Counter(rule["audience"] for rule in rules).most_common()),
        "sources": sum(source.get("document") == name for source in data["sources"]),
        "targets": sum(target["document"] == name for target in data["targets"]),
        "clauses": len(clauses),
        "clauses_with_rules": sum(bool(clause.get("rules")) for clause in clauses),
        "clauses_with_reason": sum("reason" in clause for clause in clauses),
    }


def to_text(rows: Sequence[Row], reader: Reader, columns: int, today: str | None = None) -> str:
    """The rows as paragraphs of at most `columns` terminal columns."""
    day = today or datetime.date.today().isoformat()
    lines: list[str] = []
    for row in rows:
        head = " ".join(
            part for part in (row["number"], reader.text(row["title"]), f"[{row['id']}]") if part
        )
        lines += wrap(head, columns)
        for text in _facts(row, reader, day):
            lines += _indented(text, columns, 2)
        cites = [_cited(cite, reader) for cite in row["cites"]]
        if cites:
            lines += _indented(reader.words["doc_cites"], columns, 2)
        for text in cites:
            first, *rest = _indented(text, columns, 6)
            lines += ["    - " + first.strip(), *rest]
        lines.append("")
    return "\n".join([*lines, reader.say("doc_total", n=len(rows))])


def _indented(text: str, columns: int, indent: int) -> list[str]:
    return [" " * indent + line for line in wrap(text, columns - indent)]


def _facts(row: Row, reader: Reader, day: str) -> list[str]:
    counts, covers = row["counts"], row["covers"]
    today = "yes" if row["covers_today"] else "no_past" if day > covers["until"] else "no_future"
    issued = (
        reader.say("doc_issued", day=row["issued"])
        if row["issued"]
        else reader.words["doc_issued_unknown"]
    )
    kinds = [
        reader.say("kind_n", kind=reader.kind(kind), n=n) for kind, n in counts["by_kind"].items()
    ]
    unknown = reader.words["doc_unknown"]
    return [
        reader.say("doc_issuer", issuer=reader.text(row["issuer"])) + issued,
        reader.say(
            "doc_level",
            level=reader.words[f"level_{row['level']}"],
            zone=reader.text(row["jurisdiction"]["name"]),
            id=row["jurisdiction"]["id"],
        ),
        reader.say("doc_covers", **covers, today=reader.words[f"doc_today_{today}"]),
        reader.say(
            "doc_counts", zones=counts["zones"], rules=counts["rules"], kinds=reader.names(kinds)
        ),
        reader.say(
            "doc_clauses",
            total=counts["clauses"],
            covered=counts["clauses_with_rules"],
            reasoned=counts["clauses_with_reason"],
        ),
        reader.say("doc_url", value=row["url"] or unknown),
        reader.say("doc_archive", value=row["archive"] or unknown),
    ]


def _cited(cite: Mapping[str, Any], reader: Reader) -> str:
    number = f"{cite['number']} " if cite.get("number") else ""
    return reader.say(
        "doc_cite",
        number=number,
        title=reader.text(cite["title"]),
        role=reader.text(cite["role"]) if "role" in cite else "",
    )
