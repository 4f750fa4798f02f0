"""Do the records of a catalogue fit each other? Documents, zones, sources, targets, vocabulary.

Rules, cases and coverage are checked in :mod:`.check_rules`. Everything here works on files that
already have the form of their schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .conditions import near, value_fault
from .force import span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .errors import Problems
    from .tree import Document, Tree

__all__ = ["World", "build_world", "check_tree", "cycles", "zone_members"]

DATE_KEYS = frozenset(
    (
        "from",
        "until",
        "earliest",
        "latest",
        "deadline",
        "issued",
        "start_latest",
        "date",
        "known_from",
    )
)


class World:
    """Every id that records may refer to, from the tree and from a catalogue it is laid over."""

    def __init__(self) -> None:
        self.activities: dict[str, Any] = {}
        self.facts: dict[str, Any] = {}
        self.documents: set[str] = set()
        self.zones: dict[str, Any] = {}
        self.rules: dict[str, Any] = {}
        self.seasons: dict[str, Any] = {}
        self.sources: set[str] = set()
        self.units: set[str] | None = None  # None: units.geojson could not be read
        self.lines: set[str] | None = None


def build_world(tree: Tree, base: Mapping[str, Any] | None, problems: Problems) -> World:
    """Collect the ids; one that is given twice, here or in ``base``, is a problem."""
    world = World()
    if base is not None:
        _take_base(world, base)
    if tree.vocabulary is not None:
        for kind, known in (("activities", world.activities), ("facts", world.facts)):
            for key, entry in tree.vocabulary.data[kind].items():
                if key in known:
                    line = tree.vocabulary.line(kind, key)
                    name = tree.vocabulary.name
                    problems.add(f"{key} is already known", file=name, line=line, record=key)
                known[key] = entry
    for document in tree.documents:
        if document.id in world.documents:
            problems.add("the document is already known", **document.at("document", "id"))
        world.documents.add(document.id)
        _take(world.zones, document, "zones", problems)
        _take(world.rules, document, "rules", problems)
        targets: dict[str, Any] = {}
        _take(targets, document, "targets", problems)
        sources: dict[str, Any] = dict.fromkeys(world.sources)
        _take(sources, document, "sources", problems)
        world.sources.update(sources)
        for i, season in enumerate(document.head.get("seasons", ())):
            if season["id"] in world.seasons:
                at = document.at("document", "seasons", i, "id")
                problems.add(f"season {season['id']} is already known", **at)
            world.seasons[season["id"]] = season
    return world


def _take_base(world: World, base: Mapping[str, Any]) -> None:
    world.activities.update(base["vocabulary"]["activities"])
    world.facts.update(base["vocabulary"]["facts"])
    world.documents.update(base["documents"])
    world.zones.update(base["zones"])
    world.rules.update((rule["id"], rule) for rule in base["rules"])
    world.sources.update(source["id"] for source in base["sources"])
    for document in base["documents"].values():
        world.seasons.update((season["id"], season) for season in document.get("seasons", ()))


def _take(known: dict[str, Any], document: Document, kind: str, problems: Problems) -> None:
    for i, row in enumerate(document.rows(kind)):
        if row["id"] in known:
            problems.add("the id is already taken", **document.at(kind, i, "id"))
        known[row["id"]] = row


def check_tree(tree: Tree, world: World, problems: Problems) -> None:
    """Add what is wrong between records; rules, cases and coverage are left to check_rules."""
    if tree.vocabulary is not None:
        _check_vocabulary(tree, world, problems)
    if tree.sets is not None:
        _check_sets(tree, world, problems)
    for document in tree.documents:
        for kind in document.files:
            _check_dates(document, kind, problems)
        _check_head(document, world, problems)
        _check_zones(document, world, problems)
        _check_sources(document, world, problems)
    _check_cycles(tree, world, problems)


def _check_dates(document: Document, kind: str, problems: Problems) -> None:
    """Every date is a day or month of the calendar, every pair in order."""
    for steps, entry in _maps(document.files[kind].data, ()):
        real: dict[str, list[str]] = {}
        for key in DATE_KEYS & entry.keys():
            text = entry[key]
            if text == "open" or not isinstance(text, str):
                continue
            try:
                real[key] = span(text)
            except ValueError:
                at = document.at(*steps, key)
                problems.add(f'{key} "{text}" is no day of the calendar', **at)
        for first, last in (("from", "until"), ("earliest", "latest"), ("from", "deadline")):
            if first in real and last in real and real[first][0] > real[last][1]:
                at = document.at(*steps, last)
                problems.add(f"{last} {entry[last]} is before {first} {entry[first]}", **at)
        if "deadline" in real and "until" in real and real["deadline"] > real["until"]:
            problems.add("deadline is after until", **document.at(*steps, "deadline"))


def _maps(data: Any, steps: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    if isinstance(data, dict):
        yield steps, data
        for key, value in data.items():
            yield from _maps(value, (*steps, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from _maps(value, (*steps, i))


def _check_head(document: Document, world: World, problems: Problems) -> None:
    head = document.head
    _known(
        head["jurisdiction"], world.zones, "zone", document.at("document", "jurisdiction"), problems
    )
    first, last = head["covers"]["from"], head["covers"]["until"]
    if not first <= head["start_latest"] <= last:
        at = document.at("document", "start_latest")
        problems.add(
            "start_latest lies outside covers", **at, expected=f"a day from {first} to {last}"
        )
    for i, season in enumerate(head.get("seasons", ())):
        if season["start"]["earliest"] > season["end"]["latest"]:
            at = document.at("document", "seasons", i, "end")
            problems.add(f"season {season['id']} ends before it starts", **at)


def _check_zones(document: Document, world: World, problems: Problems) -> None:
    for i, zone in enumerate(document.rows("zones")):
        for key in ("within", "same_as"):
            if key in zone:
                _known(zone[key], world.zones, "zone", document.at("zones", i, key), problems)
        for member, steps in zone_members(zone):
            _known(member, world.zones, "zone", document.at("zones", i, *steps), problems)
        if "unit" in zone and world.units is not None and zone["unit"] not in world.units:
            at = document.at("zones", i, "unit")
            problems.add(f"unit {zone['unit']} is not in geojson/units.geojson", **at)
        for j, edge in enumerate(zone.get("edges", ())):
            if "line" in edge and world.lines is not None and edge["line"] not in world.lines:
                at = document.at("zones", i, "edges", j, "line")
                problems.add(f"line {edge['line']} is not in geojson/lines", **at)


def zone_members(zone: Mapping[str, Any]) -> list[tuple[str, tuple[Any, ...]]]:
    """(id, steps) of the zones that a derived zone is made of; [] for any other."""
    found: list[tuple[str, tuple[Any, ...]]] = []
    for operation, members in zone.get("derived", {}).items():
        if isinstance(members, str):
            found.append((members, ("derived", operation)))
        else:
            found.extend((m, ("derived", operation, j)) for j, m in enumerate(members))
    return found


def _check_sources(document: Document, world: World, problems: Problems) -> None:
    for i, source in enumerate(document.rows("sources")):
        for j, zone in enumerate(source.get("zones", ())):
            _known(zone, world.zones, "zone", document.at("sources", i, "zones", j), problems)
        county = source.get("county")
        if county is not None and world.units is not None and county not in world.units:
            at = document.at("sources", i, "county")
            problems.add(f"unit {county} is not in geojson/units.geojson", **at)
    for i, target in enumerate(document.rows("targets")):
        _known(target["rule"], world.rules, "rule", document.at("targets", i, "rule"), problems)
        _known(target["zone"], world.zones, "zone", document.at("targets", i, "zone"), problems)


def _known(
    name: str, known: Iterable[str], what: str, at: dict[str, Any], problems: Problems
) -> None:
    if name not in known:
        problems.add(f"{what} {name} is not known", **at, expected=near(name, known))


def _check_vocabulary(tree: Tree, world: World, problems: Problems) -> None:
    assert tree.vocabulary is not None
    file = tree.vocabulary

    def tell(problem: str, expected: str | None, *steps: str) -> None:
        problems.add(
            problem, file=file.name, line=file.line(*steps), record=steps[1], expected=expected
        )

    for key, activity in file.data["activities"].items():
        broader = activity.get("broader")
        if broader is not None and broader not in world.activities:
            expected = near(broader, world.activities)
            tell(f"activity {broader} is not known", expected, "activities", key, "broader")
        for name, value in activity.get("implies", {}).items():
            fact = world.facts.get(name)
            fault = (
                (f"fact {name} is not known", near(name, world.facts))
                if fact is None
                else value_fault(name, fact, value)
            )
            if fault:
                tell(*fault, "activities", key, "implies", name)
    for ring in cycles({k: [a["broader"]] for k, a in world.activities.items() if "broader" in a}):
        if ring[0] in file.data["activities"]:
            tell(f"broader goes round: {' > '.join(ring)}", None, "activities", ring[0], "broader")
    for key, fact in file.data["facts"].items():
        values, labels = fact.get("values"), fact.get("zh_values")
        if labels is not None and len(labels) != len(values or ()):
            tell(
                "zh_values has not one label per value",
                f"{len(values or ())}",
                "facts",
                key,
                "zh_values",
            )
        known = {*(values or ()), *(labels or ())}
        for word, value in fact.get("also", {}).items():
            if value not in (values or ()) or word in known:
                tell(f"also: {word} stands for no value of its own", None, "facts", key, "also")
        wanted = {"string": str, "integer": int}.get(fact["type"])
        if values is not None and (wanted is None or any(type(v) is not wanted for v in values)):
            tell(f"values do not fit the type {fact['type']}", None, "facts", key, "values")
        for flag, kind in (("never", "date"), ("multi", "string")):
            if flag in fact and fact["type"] != kind:
                tell(f"{flag} does not fit the type {fact['type']}", kind, "facts", key, flag)


def _check_sets(tree: Tree, world: World, problems: Problems) -> None:
    assert tree.sets is not None
    file = tree.sets
    for name, entry in file.data["sets"].items():
        fact = world.facts.get(entry["fact"])
        if fact is None:
            line = file.line("sets", name, "fact")
            problem = f"fact {entry['fact']} is not known"
            expected = near(entry["fact"], world.facts)
            problems.add(problem, file=file.name, line=line, record=name, expected=expected)
            continue
        for i, value in enumerate(entry["values"]):
            fault = value_fault(entry["fact"], fact, value)
            if fault:
                line = file.line("sets", name, "values", i)
                problems.add(fault[0], file=file.name, line=line, record=name, expected=fault[1])


def _check_cycles(tree: Tree, world: World, problems: Problems) -> None:
    within = {k: [z["within"]] for k, z in world.zones.items() if "within" in z}
    made_of = {k: [m for m, _ in zone_members(z)] for k, z in world.zones.items()}
    places = {
        row["id"]: (document, i)
        for document in tree.documents
        for i, row in enumerate(document.rows("zones"))
    }
    for key, graph in (("within", within), ("derived", made_of)):
        for ring in cycles(graph):
            start = next((zone for zone in ring if zone in places), None)
            if start is not None:
                document, i = places[start]
                at = document.at("zones", i, key)
                problems.add(f"{key} goes round: {' > '.join(ring)}", **at)


def cycles(graph: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Every ring of a directed graph found once, as the ids along it with the first repeated."""
    rings: list[list[str]] = []
    done: set[str] = set()

    def visit(node: str, trail: list[str]) -> None:
        if node in trail:
            rings.append([*trail[trail.index(node) :], node])
            return
        if node in done:
            return
        for follower in graph.get(node, ()):
            visit(follower, [*trail, node])
        done.add(node)

    for node in graph:
        visit(node, [])
    return rings
