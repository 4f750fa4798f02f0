"""Rules and changes that were found, set out for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from .grid import GAP, natural, rows_of, wrap

if TYPE_CHECKING:
    from ...rules.model import Rule
    from .find import Found
    from .reading import Reader

WIDE = {"zh": 96, "en": 124}
"""From this many columns places and offices have columns of their own."""
IDS_SHOWN = 8
SHARED = ("plan_starts", "rules_start", "plan_ends")
"""Events of a whole document; offices of which nothing else is told are gathered in one row."""
Row = Mapping[str, Any]
DATES_WIDE = {"zh": 17, "en": 21}
"""What a day with the words before it needs."""


def rules_text(found: Found, reader: Reader, columns: int) -> str:
    """The rules as a table by document, those of areas around the zone apart, and their number."""
    if not found.rules:
        text = reader.words["nothing"]
        if found.nowhere:
            text += reader.say("nothing_word", words=reader.names(found.nowhere))
        return text
    lines = _tables(found.direct, reader, columns)
    if found.containing:
        zone = reader.text(reader.book.zones[found.filters.zone or ""]["name"])
        lines += wrap(reader.say("apart", zone=zone), columns)
        lines += ["", *_tables(found.containing, reader, columns)]
    total = reader.say("count", n=len(found.direct))
    if found.filters.zone is not None:
        total += reader.say("count_containing", n=len(found.containing))
    if any(reader.time_short(rule) == reader.words["short_plan"] for rule in found.rules):
        lines += wrap(reader.words["plan_note"], columns)
    return "\n".join([*lines, total])


def _tables(rules: Iterable[Rule], reader: Reader, columns: int) -> list[str]:
    lines: list[str] = []
    for document, group in groupby(rules, key=lambda rule: str(rule["document"])):
        lines += wrap(_title(document, reader), columns)
        lines += [*_table(list(group), reader, columns), ""]
    return lines


def _title(document: str, reader: Reader) -> str:
    """The document as a heading: as it is cited, its title behind it."""
    cited, title = reader.document(document), reader.text(reader.book.documents[document]["title"])
    return f"{cited} [{document}]" if title.startswith(cited) else f"{cited} {title} [{document}]"


def _table(rules: Sequence[Rule], reader: Reader, columns: int) -> list[str]:
    wide = columns >= WIDE[reader.lang]
    names = ["id", "clause", "kind", "what", "where", "time", "offices"]
    if not wide:
        names = ["id", "clause", "kind", "what", "time"]
    heads = {name: reader.words[f"head_{name}"] for name in names}
    if not wide:
        heads["what"] = reader.words["head_stacked"]
    cells = [list(heads.values())]
    cells += [[_cell(rule, name, reader, wide) for name in names] for rule in rules]
    most = {"id": 10, "clause": 9, "kind": 13, "where": 16, "time": 16, "offices": 14}
    if not wide:
        most["time"] = 12
    by_name = dict(zip(names, zip(*cells)))
    widths = {name: natural(by_name[name], 4, most[name]) for name in names if name != "what"}
    rest = columns - sum(widths.values()) - GAP * (len(names) - 1)
    widths["what"] = max(rest, 16)
    return rows_of(cells, [widths[name] for name in names])


def _cell(rule: Rule, name: str, reader: Reader, wide: bool) -> str:
    if name in ("id", "clause"):
        return str(rule[name])
    if name == "kind":
        return reader.kind(rule["kind"])
    if name == "time":
        return reader.time_short(rule)
    where = reader.place_short(rule.get("where"))
    offices = _offices(reader.in_charge(rule), reader)
    if name == "where":
        return where
    if name == "offices":
        return offices
    what = reader.text(rule["summary"])
    under = reader.say("under_what", where=where, offices=offices) if offices else where
    return what if wide else f"{what}\n@ {under}"


def _offices(names: Sequence[str], reader: Reader) -> str:
    if len(names) > 2:
        return reader.say("offices_many", first=names[0], n=len(names))
    return reader.names(names)


# -- changes --------------------------------------------------------------------------------------


def changes_text(told: Mapping[str, Any], reader: Reader, columns: int) -> str:
    """The changes by month and lead office, each with its day or the two days it lies between."""
    dates = {"from": told["from"], "until": told["until"]}
    if not told["changes"]:
        text = reader.words["changes_none"].format_map(dates)
        for name in ("before", "after"):
            if told[name]:
                text += reader.say(f"changes_{name}", day=told[name])
        return text
    lines = [
        reader.words["changes_head"].format_map(dates)
        + reader.words["comma"]
        + reader.say("changes_count", n=len(told["changes"]))
    ]
    for month, rows in groupby(told["changes"], key=lambda row: str(row["month"])):
        lines += ["", f"== {month} =="]
        shared: dict[str, list[Row]] = {}
        for (document, office), group in _by_office(list(rows), reader).items():
            if all(row["event"] in SHARED for row in group):
                shared.setdefault(document, []).extend(group)
                continue
            lines += wrap(f"{office} · {document}", columns)
            lines += _change_rows(group, reader, columns)
        for document, group in shared.items():
            lines += wrap(f"{reader.words['office_rest']} · {document}", columns)
            lines += _change_rows(_gathered(group, reader), reader, columns)
    return "\n".join(lines)


def _by_office(rows: Sequence[Row], reader: Reader) -> dict[tuple[str, str], list[Row]]:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        key = (reader.document(row["document"]), _office(row, reader))
        groups.setdefault(key, []).append(row)
    return groups


def _office(row: Row, reader: Reader) -> str:
    names = reader.names([reader.text(office) for office in row["in_charge"]])
    if row["role"] == "responsible":
        return reader.say("office_responsible", office=names)
    return names or reader.words["office_none"]


def _gathered(rows: Sequence[Row], reader: Reader) -> list[Row]:
    """The rows of one event in one, which lists the offices with their rules."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["event"], row["earliest"], row["latest"]), []).append(row)
    gathered = []
    for found in groups.values():
        number = sum(len(row["rules"]) for row in found)
        parts = [reader.say(f"what_{found[0]['event']}", n=number)]
        parts += [
            reader.say(
                "office_ids",
                office=_office(row, reader),
                n=len(row["rules"]),
                ids=_ids(row, reader),
            )
            for row in found
        ]
        told = {reader.lang: "\n".join(parts)}
        whole = found[0] if len(found) == 1 else {**found[0], "rules": [], "what": told}
        gathered.append(whole)
    return gathered


def _change_rows(rows: Sequence[Row], reader: Reader, columns: int) -> list[str]:
    wide = columns >= WIDE[reader.lang]
    cells = []
    for row in rows:
        when = reader.bounds(row["earliest"], row["latest"], lines=True)
        event, clause = reader.text(row["event_name"]), row["clause"] or ""
        rule = row["rules"][0] if _single(row) else ""
        if wide:
            cells.append([when, event, rule, clause, _what(row, reader)])
        else:
            lead = f"{rule} [{clause}] " if rule else f"[{clause}] " if clause else ""
            cells.append([f"{when}\n{event}", lead + _what(row, reader)])
    # Every group has the same columns, so that a month reads as one list.
    widths = [DATES_WIDE[reader.lang], *((14, 9, 9) if wide else ())]
    rest = columns - 2 - sum(widths) - GAP * len(widths)
    return rows_of(cells, [*widths, max(rest, 16)], indent=2)


def _single(row: Row) -> bool:
    return len(row["rules"]) == 1 and "summary" in row


def _what(row: Row, reader: Reader) -> str:
    text = reader.text(row["what"])
    if _single(row) or not row["rules"]:
        return text
    return text + reader.say("ids", ids=_ids(row, reader))


def _ids(row: Row, reader: Reader) -> str:
    more = reader.words["ids_more"] if len(row["rules"]) > IDS_SHOWN else ""
    return reader.names(row["rules"][:IDS_SHOWN]) + more
