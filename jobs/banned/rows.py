"""What goes with the effects of zones: questions, plan periods, articles, the order of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...rules.questions import permitted_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...rules.model import Book


def in_order(book: Book, keys: Iterable[str]) -> list[str]:
    """Facts in the vocabulary's order, breaches after them, then alert, dates, rules and zones."""
    groups = ("alert", "season", "force", "rule", "zone", "position")

    def rank(key: str) -> tuple[int, int, str]:
        if key in book.order:
            return int(bool(book.facts[key].get("conduct"))), book.order[key], key
        return 2, groups.index(key.partition(".")[0]), key

    return sorted(dict.fromkeys(keys), key=rank)


def questions(book: Book, zones: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What to ask next: each key that can be told of all places, with the zones waiting for it."""
    waiting: dict[str, int] = {}
    for row in zones:
        for key in row["missing"]:
            if not key.startswith(("zone.", "position")):
                waiting[key] = waiting.get(key, 0) + 1
    place = {key: number for number, key in enumerate(in_order(book, waiting))}
    conduct = {key: bool(book.facts.get(key, {}).get("conduct")) for key in waiting}
    keys = sorted(waiting, key=lambda key: (conduct[key], -waiting[key], place[key]))
    return [
        {
            "key": key,
            "values": permitted_values(key, book),
            "zones": waiting[key],
            **{
                name: book.facts[key][name]
                for name in ("type", "unit", "multi", "conduct")
                if name in book.facts.get(key, {})
            },
        }
        for key in keys
    ]


def periods(book: Book, telling: Iterable[str], day: str) -> dict[str, Any]:
    """Which documents on this activity cover the day, have ended, or are still to come."""
    rows = [
        {
            "document": name,
            "name": book.documents[name].get("short") or book.documents[name]["title"],
            "number": book.documents[name].get("number"),
            "from": book.documents[name]["covers"]["from"],
            "until": book.documents[name]["covers"]["until"],
        }
        for name in telling
    ]
    latest = sorted(rows, key=lambda row: str(row["until"]), reverse=True)
    return {
        "covering": [row for row in rows if row["from"] <= day <= row["until"]],
        "ended": [row for row in latest if row["until"] < day],
        "upcoming": [row for row in rows if day < row["from"]],
    }


def articles(row: Mapping[str, Any], book: Book) -> list[dict[str, Any]]:
    """The articles of the rules that name the zone, each once, those that bind first."""
    live = sorted(row["rules"], key=lambda rule: bool(rule["outcome"] == "not_concerned"))
    found = {
        (rule["cite"]["document"], rule["cite"]["clause"]): rule["cite"]
        for rule in live
        if rule["names"]
    }
    return list(found.values())


__all__ = ["articles", "in_order", "periods", "questions"]
