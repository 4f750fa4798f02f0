"""What the layers on a map hold: the tables of the catalogue as typed columns and plain values.

The columns are those of an export (module tables), so that a layer and an exported file have the
same names; a few are added that a map needs: articles, labels and figures read out, dates as dates.
Standard library only.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from ..find.reading import Reader
from ..find.rulecells import rule_cell
from ..periods import Period, periods
from .flat import as_json
from .tables import Entry, select, shapes_of, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..open import Catalogue
    from .rights import Rights

VERSION = 2  # of the tables: a cache of another version is made anew
ZONES = "zones_"  # a table for each kind of zone that is drawn
TEXT, WHOLE, REAL, DAY, TRUTH = "text", "integer", "real", "date", "boolean"
MOMENT = "datetime"
LANGUAGES = ("zh", "en")
SHOWN_RULES = 8  # read out for a period, the strongest first
DATES = ("begin", "end")
SPAN = ("shown_from", "shown_until")
"""The same as midnights, the second one exclusive: QGIS compares days with midnights as text."""


class Table(NamedTuple):
    """`geometry`: MultiPolygon, LineString, Point or None; `columns`: name -> type of value."""

    name: str
    geometry: str | None
    columns: dict[str, str]
    rows: list[Entry]


def map_tables(catalogue: Catalogue, rights: Rights) -> list[Table]:
    """Every table that has rows. Undrawn zones and unlocated sources have tables of their own.

    `zones_<kind>`, `periods`, `lines`, `sources`, `zones_undrawn`, `sources_unlocated`, `rules`.
    """
    data = catalogue.data
    readers = [Reader(catalogue, lang) for lang in LANGUAGES]
    found = tables(select(data, None, "all"), rights)
    zones = [_zone(entry, data, readers) for entry in found.get("zones", [])]
    told = {source["id"]: source for source in data["sources"]}
    sources = [_source(entry, data, told, readers) for entry in found.get("sources", [])]
    lines = [_line(entry, data, readers) for entry in found.get("lines", [])]
    made = [
        *_by_kind(entry for entry in zones if entry.geometry),
        ("periods", "MultiPolygon", list(_periods(catalogue, readers))),
        ("lines", "LineString", lines),
        ("sources", "Point", [entry for entry in sources if entry.geometry]),
        ("zones_undrawn", None, [entry for entry in zones if not entry.geometry]),
        ("sources_unlocated", None, [entry for entry in sources if not entry.geometry]),
        ("rules", None, [_rule(entry, catalogue, readers) for entry in found.get("rules", [])]),
    ]
    return [Table(name, geometry, _columns(rows), rows) for name, geometry, rows in made if rows]


def _by_kind(zones: Iterable[Entry]) -> list[tuple[str, str, list[Entry]]]:
    kinds: dict[str, list[Entry]] = {}
    for entry in zones:
        kinds.setdefault(entry.row["kind"], []).append(entry)
    return [(ZONES + kind, "MultiPolygon", rows) for kind, rows in kinds.items()]


def _columns(rows: Sequence[Entry]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for entry in rows:
        for name, value in entry.row.items():
            if value is None:
                continue
            found = _type(name, value)
            before = columns.setdefault(name, found)
            if before != found:
                columns[name] = REAL if {before, found} == {WHOLE, REAL} else TEXT
    # a layer that could be in time has its dates, also when no zone of it has any
    for name, kind in (*((name, DAY) for name in DATES), *((name, MOMENT) for name in SPAN)):
        if any(name in entry.row for entry in rows):
            columns[name] = kind
    return columns


def _type(name: str, value: Any) -> str:
    if name in DATES:
        return DAY
    if name in SPAN:
        return MOMENT
    if isinstance(value, bool):
        return TRUTH
    return WHOLE if isinstance(value, int) else REAL if isinstance(value, float) else TEXT


def value_of(value: Any, kind: str) -> Any:
    """A value as its column takes it; text where rows differ in type."""
    if value is None or kind not in (TEXT, REAL):
        return value
    return float(value) if kind == REAL else value if isinstance(value, str) else as_json(value)


# -- rows -----------------------------------------------------------------------------------------


def _zone(entry: Entry, data: Mapping[str, Any], readers: Sequence[Reader]) -> Entry:
    zone = data["zones"][entry.row["zone"]]
    validity = zone.get("validity", {})
    row = {
        **entry.row,
        **_articles(zone["cite"], readers),
        # from the first to the last day on which it may exist
        "begin": _day(validity.get("from"), 0),
        "end": _day(validity.get("until"), 1),
    }
    row.update(_span(row["begin"], row["end"]))
    if "instrument" in validity:
        row["instrument"] = validity["instrument"]
    if "within" in zone:
        row.update(_names("within", data["zones"][zone["within"]]["name"]))
    return entry._replace(row=row)


def _line(entry: Entry, data: Mapping[str, Any], readers: Sequence[Reader]) -> Entry:
    zone = data["zones"][entry.row["zone"]]
    row = {**entry.row, **_names("zone_name", zone["name"]), **_articles(zone["cite"], readers)}
    return entry._replace(row=row)


def _source(
    entry: Entry,
    data: Mapping[str, Any],
    told: Mapping[str, Mapping[str, Any]],
    readers: Sequence[Reader],
) -> Entry:
    row, source = dict(entry.row), told[entry.id]
    unit = data["units"].get(row.get("county"))
    if unit:
        row.update(_names("county", unit["name"]))
    zones = [data["zones"][name]["name"] for name in source.get("zones", [])]
    for reader in readers:
        lang = reader.lang
        clauses = reader.names([str(clause) for clause in source.get("clauses", [])])
        if clauses and "document" in row:
            cite = {"document": row["document"], "clause": clauses}
            row[f"article_{lang}"] = reader.cite(cite)
        row[f"figures_{lang}"] = _figures(source, lang)
        row[f"status_{lang}"] = _status(source, reader)
        if zones:
            row[f"zones_{lang}"] = reader.names([reader.text(name) for name in zones])
    return entry._replace(row=row)


def _rule(entry: Entry, catalogue: Catalogue, readers: Sequence[Reader]) -> Entry:
    rule = catalogue.book.by_id[entry.id]
    row = dict(entry.row)
    for reader in readers:
        row[f"article_{reader.lang}"] = reader.cite(rule["cite"])
        for name in ("activities", "where", "when", "time", "consequence", "lead"):
            row[f"{name}_{reader.lang}"] = rule_cell(rule, name, reader) or None
    force = rule["force"]
    row["begin"], row["end"] = _day(force.get("from"), 0), _day(force.get("until"), 1)
    if "deadline" in force:
        row["deadline"] = force["deadline"]
    return entry._replace(row=row)


def _periods(catalogue: Catalogue, readers: Sequence[Reader]) -> Iterator[Entry]:
    for period in periods(catalogue.data, catalogue.book):
        zone = catalogue.data["zones"][period.zone]
        row: dict[str, Any] = {"zone": period.zone, **_names("name", zone["name"])}
        row.update({"kind": zone["kind"], "begin": period.since, "end": period.until})
        row.update(_span(period.since, period.until))
        row["effect"] = period.effect
        row.update({f"n_{effect}": len(ids) for effect, ids in period.bound.items()})
        row.update({"n_part": len(period.part), "n_unsure": len(period.unsure)})
        row.update({f"rules_{effect}": ", ".join(ids) for effect, ids in period.bound.items()})
        row["rules_part"], row["rules_unsure"] = ", ".join(period.part), ", ".join(period.unsure)
        for reader in readers:
            row[f"count_{reader.lang}"] = _count(period, reader)
            row[f"strongest_{reader.lang}"] = _strongest(period, catalogue, reader)
        shape = shapes_of(catalogue.data, zone)["nominal"]
        yield Entry(f"{period.zone}/{period.since}", row, shape)


WORDS = {
    "part": {"zh": "范围未划定", "en": "area not drawn"},
    "unsure": {"zh": "有效期不明", "en": "dates unknown"},
    "more": {"zh": "……另有 {n} 条", "en": "… and {n} more"},
}


def _count(period: Period, reader: Reader) -> str:
    """How many rules of each effect, in words: a map must not tell by colour alone."""
    parts = [(reader.label("verdict", name), ids) for name, ids in period.bound.items()]
    parts += [(WORDS["part"][reader.lang], period.part)]
    parts += [(WORDS["unsure"][reader.lang], period.unsure)]
    return " · ".join(f"{word} {len(ids)}" for word, ids in parts if ids)


def _strongest(period: Period, catalogue: Catalogue, reader: Reader) -> str | None:
    ids = [name for effect in period.bound.values() for name in effect]
    lines = []
    for name in ids[:SHOWN_RULES]:
        rule = catalogue.book.by_id[name]
        lines.append(f"{name} {reader.text(rule['summary'])} {reader.cite(rule['cite'])}")
    if len(ids) > SHOWN_RULES:
        lines.append(WORDS["more"][reader.lang].format(n=len(ids) - SHOWN_RULES))
    return "\n".join(lines) or None


def _span(begin: str | None, end: str | None) -> dict[str, str | None]:
    until = date.fromisoformat(end) + timedelta(days=1) if end else None
    return dict(zip(SPAN, (begin, until.isoformat() if until else None)))


def _articles(cite: Mapping[str, Any], readers: Sequence[Reader]) -> dict[str, str]:
    return {f"article_{reader.lang}": reader.cite(cite) for reader in readers}


def _names(stem: str, name: Mapping[str, str]) -> dict[str, str]:
    return {f"{stem}_{lang}": name[lang] for lang in LANGUAGES if lang in name}


# figure -> factor to the unit shown and the words; Chinese statistics count in 万吨
FIGURES: dict[str, dict[str, tuple[float, str]]] = {
    "units_mw": {"zh": (1, "装机 {:g} MW"), "en": (1, "{:g} MW installed")},
    "capacity_mw": {"zh": (1, "装机 {:g} MW"), "en": (1, "{:g} MW")},
    "capacity_mt_a": {"zh": (100, "产能 {:g} 万吨/年"), "en": (1, "{:g} Mt/a")},
    "crude_steel_kt_a": {"zh": (0.1, "粗钢 {:g} 万吨/年"), "en": (1, "crude steel {:g} kt/a")},
    "capacity_tph": {"zh": (1, "额定蒸发量 {:g} t/h"), "en": (1, "{:g} t/h of steam")},
}


def _figures(source: Mapping[str, Any], lang: str) -> str | None:
    """The capacities in words. Nought is how the data says that it has no figure."""
    parts = []
    for name, value in source.get("figures", {}).items():
        if name in FIGURES and value:
            factor, words = FIGURES[name][lang]
            parts.append(words.format(round(value * factor, 6)))
    return " · ".join(parts) or None


def _status(source: Mapping[str, Any], reader: Reader) -> str | None:
    """What the source was and when, one line each."""
    lines = []
    for status in source.get("status") or []:
        days = "–".join(status.get(name, "") for name in ("from", "until"))
        lines.append(f"{days if days != '–' else ''} {reader.text(status['what'])}".strip())
    return "\n".join(lines) or None


def _day(bound: Sequence[str | None] | None, end: int) -> str | None:
    """The outer day of a pair; None for none and for ever."""
    day = bound[end] if bound else None
    return day if day and day < "9999" else None


__all__ = ["DATES", "DAY", "MOMENT", "REAL", "SPAN", "TEXT", "TRUTH", "VERSION", "WHOLE", "ZONES"]
__all__ += ["Table", "map_tables", "value_of"]
