"""Finding rules: by document, activity, zone, kind, audience, words or article."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from ...rules.facts import nearest
from ...rules.logic import tables
from ...rules.messages import Line, both, in_language
from ...rules.place import zones_of
from ..rows import catalogue_row
from ..told import bad_input
from .matching import Matcher, plain
from .reading import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ...rules.model import Book, Rule
    from ..open import Catalogue

Row = dict[str, Any]
LANGS = ("zh", "en")
AUDIENCES = ("operator", "authority")


@dataclass(frozen=True)
class Filters:
    """What is asked for; None means any."""

    document: str | None = None
    """An id, a number (管政〔2017〕98号) or a short name."""
    activity: str | None = None
    """Rules on broader activities are found too."""
    zone: str | None = None
    kind: str | None = None
    audience: str | None = None
    text: str | None = None
    """Words or articles, separated by spaces; each must fit."""

    def given(self) -> dict[str, str]:
        """The filters in use by name."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if value is not None}


@dataclass(frozen=True)
class Found:
    """Rules that fit, in the catalogue's order, those that name the article asked for first."""

    filters: Filters
    rules: list[Rule]
    relations: dict[str, str]
    """rule -> named | emphasis | excluded | lifts | containing, when a zone was asked for."""
    nowhere: list[str]
    """Words that no rule has."""

    @property
    def direct(self) -> list[Rule]:
        """Without those that only hold for an area around the zone asked for."""
        return [rule for rule in self.rules if self.relations.get(rule["id"]) != "containing"]

    @property
    def containing(self) -> list[Rule]:
        """Rules of zones that contain the zone asked for."""
        return [rule for rule in self.rules if self.relations.get(rule["id"]) == "containing"]


def find(catalogue: Catalogue, filters: Filters) -> Found:
    """The rules that fit `filters`; raises BadInput for a value the catalogue does not know."""
    book = catalogue.book
    filters = _settled(filters, book)
    rules = [rule for rule in book.rules if _plain_fit(rule, filters, book)]
    relations: dict[str, str] = {}
    if filters.zone is not None:
        relations = _relations(book, filters.zone)
        rules = [rule for rule in rules if rule["id"] in relations]
    nowhere: list[str] = []
    if filters.text is not None:
        matcher = Matcher(filters.text, book)
        rules = [rule for rule in rules if matcher.fits(rule)]
        order = {document: place for place, document in enumerate(book.documents)}
        rules.sort(key=lambda rule: (order[rule["document"]], not matcher.names_clause(rule)))
        nowhere = [] if rules else matcher.nowhere(book.rules)
    kept = {rule["id"] for rule in rules}
    relations = {name: how for name, how in relations.items() if name in kept}
    return Found(filters, rules, relations, nowhere)


def _settled(filters: Filters, book: Book) -> Filters:
    """The filters with ids the catalogue knows; BadInput with the nearest otherwise."""
    kinds = {label["zh"]: name for name, label in tables()["labels"]["kind"].items()}
    activities = {label[lang]: name for name, label in book.activities.items() for lang in LANGS}
    zones = {zone["name"][lang]: name for name, zone in book.zones.items() for lang in LANGS}
    if filters.text is not None and not filters.text.strip():
        raise bad_input(
            "--text", "expected words or an article, e.g. 第21条", "应为词语或条款，如 第21条"
        )
    return Filters(
        document=document_id(filters.document, book),
        activity=_known("activity", filters.activity, book.activities, activities),
        zone=_known("zone", filters.zone, book.zones, zones),
        kind=_known("kind", filters.kind, tables()["labels"]["kind"], kinds),
        audience=_known("audience", filters.audience, AUDIENCES, {}),
        text=filters.text,
    )


def document_id(asked: str | None, book: Book) -> str | None:
    """The id of the document with this id, number or short name; raises BadInput."""
    others: dict[str, str] = {}
    for name, record in book.documents.items():
        others.update(dict.fromkeys(record.get("short", {}).values(), name))
        if record.get("number"):
            others[record["number"]] = name
    return _known("document", asked, book.documents, others)


def _known(
    option: str, value: str | None, known: Iterable[str], others: Mapping[str, str]
) -> str | None:
    """`value` as an id of `known`, also by one of its `others` names."""
    if value is None or value in known:
        return value
    names = {plain(name): identifier for name, identifier in others.items()}
    if plain(value) in names:
        return names[plain(value)]
    expected = f"; expected {' or '.join(known)}", f"，应为 {' 或 '.join(known)}"
    words = Line("", "") if option != "audience" else Line(*expected)
    hint = nearest(value, known) or nearest(value, others) or words
    raise bad_input(
        f"--{option} {value}",
        f"not in the catalogue{hint}",
        f"规则库中没有{in_language(hint, 'zh')}",
    )


def _plain_fit(rule: Rule, filters: Filters, book: Book) -> bool:
    if filters.activity is not None:
        wanted = book.broader(filters.activity)
        if not any(name in wanted for name in rule["activities"]):
            return False
    given = {name: getattr(filters, name) for name in ("document", "kind", "audience")}
    return all(value is None or rule[name] == value for name, value in given.items())


# -- zones ----------------------------------------------------------------------------------------


def _relations(book: Book, zone: str) -> dict[str, str]:
    """How each rule stands to `zone`; rules that have nothing to do with it are left out."""
    around = containing_zones(zone, book.zones)
    found: dict[str, str] = {}
    for rule in book.rules:
        held = set(_held(rule.get("where", [])))
        if zone in held:
            found[rule["id"]] = "named"
        elif zone in zones_of(rule.get("where", [])):
            found[rule["id"]] = "excluded"
        elif zone in rule.get("emphasis", []):
            found[rule["id"]] = "emphasis"
        elif held & around:
            found[rule["id"]] = "containing"
    for rule in book.rules:
        # An exemption without a place holds where the rule it lifts holds.
        if "where" not in rule and rule["id"] not in found:
            lifted = {found.get(target["id"]) for target in book.lifted_by.get(rule["id"], [])}
            if lifted & {"named", "emphasis", "excluded"}:
                found[rule["id"]] = "lifts"
            elif "containing" in lifted:
                found[rule["id"]] = "containing"
    return found


def _held(where: Any, inside: bool = True) -> Iterator[str]:
    """The zones a rule holds in, without those it leaves out."""
    if isinstance(where, str):
        if inside:
            yield where
    elif isinstance(where, list):
        for part in where:
            yield from _held(part, inside)
    else:
        for name, part in where.items():
            yield from _held(part, inside != (name == "not"))


def containing_zones(zone: str, zones: Mapping[str, Any]) -> set[str]:
    """Every zone that `zone` certainly lies in, by `within`, `same_as` and derived zones."""
    around: set[str] = set()
    todo = [zone]
    while todo:
        for name in _next_around(todo.pop(), zones):
            if name != zone and name not in around and name in zones:
                around.add(name)
                todo.append(name)
    return around


def _next_around(zone: str, zones: Mapping[str, Any]) -> list[str]:
    record = zones[zone]
    derived = record.get("derived", {})
    found = [record[name] for name in ("within", "same_as") if name in record]
    found += derived.get("intersection", [])
    found += derived.get("difference", [])[:1]
    for name, other in zones.items():
        members = other.get("derived", {}).get("union", [])
        if zone in members or other.get("same_as") == zone:
            found.append(name)
    union = derived.get("union", [])
    return found + (union if len(union) == 1 else [])


# -- rows -----------------------------------------------------------------------------------------


def result(catalogue: Catalogue, found: Found) -> dict[str, Any]:
    """What was found as JSON: catalogue, filters, counts and rows with everything a rule says."""
    readers = {lang: Reader(catalogue, lang) for lang in LANGS}
    rows = [rule_row(rule, catalogue.book, readers, found.relations) for rule in found.rules]
    apart = [row for row in rows if row.get("relation") == "containing"]
    answer = {
        "catalogue": catalogue_row(catalogue.data),
        "filters": found.filters.given(),
        "count": len(found.direct),
        "rules": [row for row in rows if row.get("relation") != "containing"],
    }
    if found.filters.zone is not None:
        answer["containing"] = apart
    if found.nowhere:
        answer["nowhere"] = found.nowhere
    return answer


def rule_row(
    rule: Rule, book: Book, readers: Mapping[str, Reader], relations: Mapping[str, str]
) -> Row:
    """One rule as the catalogue has it, with its conditions, place and time in words."""

    def told(name: str, value: Any) -> dict[str, str]:
        return {lang: getattr(reader, name)(value) for lang, reader in readers.items()}

    zones = dict.fromkeys([*zones_of(rule.get("where", [])), *rule.get("emphasis", [])])
    row: Row = {name: rule[name] for name in ("id", "kind", "strength", "audience", "summary")}
    row.update(
        cite=rule["cite"],
        activities=[
            {"id": name, **{lang: book.activities[name][lang] for lang in LANGS}}
            for name in rule["activities"]
        ],
        zones=[{"id": zone, "name": book.zones[zone]["name"]} for zone in zones],
        where_text=told("place", rule.get("where")),
        time_text=told("time", rule),
    )
    for name in ("when", "keep"):
        if name in rule:
            row[f"{name}_text"] = told("condition", rule[name])
    if rule["id"] in relations:
        row["relation"] = relations[rule["id"]]
    lifts = [target["id"] for target in book.lifted_by.get(rule["id"], [])]
    row.update({"lifts": lifts} if lifts else {})
    names = book.documents[rule["document"]].get("offices", {})
    row["authorities"] = {
        role: [{"code": code, **names.get(code, both(code))} for code in codes]
        for role, codes in rule.get("authorities", {}).items()
    }
    kept = ("where", "emphasis", "when", "keep", "force", "unless", "conflicts", "consequence")
    row.update({name: rule[name] for name in kept if name in rule})
    row.update({name: rule[name] for name in ("figures", "open", "reading") if name in rule})
    return row
