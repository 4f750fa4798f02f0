"""A rule read out piece by piece: the cells of a table of rules and the lines of a single rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...rules.model import Rule
    from .reading import Reader

BINDING = ("prohibition", "restriction", "obligation")
CARD = (
    "document",
    "clause",
    "kind",
    "strength",
    "audience",
    "activities",
    "where",
    "when",
    "keep",
    "time",
    "consequence",
    "unless",
    "lifts",
    "lead",
    "responsible",
    "cooperating",
    "open",
    "reading",
)
"""What a card tells below the summary, in this order."""


class Card(NamedTuple):
    """One rule as a reader wants to see it, in one language; the catalogue's summary, not the text.

    ``lines``: (head, words) pairs without empty ones. ``url``: the official page, ``archive``: a
    file of the data keeper; None where nobody has told.
    """

    id: str
    title: str
    summary: str
    lines: list[tuple[str, str]]
    url: str | None
    archive: str | None


def card(rule: Rule, reader: Reader) -> Card:
    """The card of a rule."""
    document = reader.book.documents[rule["document"]]
    lines = [(reader.words[f"col_{name}"], rule_cell(rule, name, reader)) for name in CARD]
    return Card(
        id=str(rule["id"]),
        title=reader.text(document["title"]),
        summary=reader.text(rule["summary"]),
        lines=[(head, words) for head, words in lines if words],
        url=document.get("url"),
        archive=document.get("archive"),
    )


def rule_cell(
    rule: Rule, name: str, reader: Reader, relations: Mapping[str, str] | None = None
) -> str:
    """What a rule says under one name, such as `where` or `lead`, in words; "" for nothing.

    `relations`: how each rule stands to the zone asked for, needed for `relation` only.
    """
    if name in ("id", "clause"):
        return str(rule[name])
    if name in ("lead", "responsible", "cooperating"):
        return reader.names(reader.offices(rule, name))
    if name in ("summary", "open", "reading"):
        return reader.text(rule[name]) if name in rule else ""
    if name in ("when", "keep"):
        return reader.condition(rule.get(name))
    if name == "lifts":
        return reader.names([target["id"] for target in reader.book.lifted_by.get(rule["id"], [])])
    plain = {
        "document": lambda: reader.document(rule["document"]),
        "kind": lambda: reader.kind(rule["kind"]),
        "strength": lambda: (
            reader.words[f"strength_{rule['strength']}"] if rule["kind"] in BINDING else ""
        ),
        "audience": lambda: reader.words[f"audience_{rule['audience']}"],
        "activities": lambda: reader.names([reader.activity(one) for one in rule["activities"]]),
        "where": lambda: reader.place(rule.get("where")),
        "relation": lambda: reader.words[f"relation_{(relations or {})[rule['id']]}"],
        "time": lambda: reader.time(rule),
        "deadline": lambda: str(rule["force"].get("deadline", "")),
        "consequence": lambda: reader.words["semicolon"].join(
            reader.text(item["what"]) for item in rule.get("consequence", [])
        ),
        "unless": lambda: reader.names(rule.get("unless", [])),
    }
    return str(plain[name]())
