"""Small random catalogues and questions for `test_oracle`, drawn by hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from zonerules.tests.unit.oracle import (
    ALERTS,
    Oracle,
    Question,
)

WORLDS = 300
DAYS = ("2017-09-10", "2017-11-20", "2018-02-01", "2017-06-20", "2018-12-31", "2017-05-01")
FACTS: dict[str, Any] = {
    "site.open": {"type": "boolean"},
    "machine.stage": {"type": "integer", "values": [0, 1, 2, 3]},
    "machine.made": {"type": "date", "never": True},
    "plant.sector": {"type": "string", "multi": True, "values": ["mine", "steel", "other"]},
    "boiler.size": {"type": "number", "unit": "t/h"},
}
ACTIVITIES: dict[str, Any] = {
    "run": {},
    "dig": {"broader": "run"},
    "drill": {"broader": "dig", "implies": {"machine.stage": 1}},
}
SEASON = {
    "id": "heating",
    "start": {"earliest": "2017-11-01", "latest": "2018-01-15"},
    "end": {"earliest": "2018-01-31", "latest": "2018-03-31"},
}
COVERS = (
    {"from": "2017-06-01", "until": "2017-12-31"},
    {"from": "2017-01-01", "until": "2018-06-30"},
)
START_LATEST = ("2017-07-15", "2017-10-01")
PERIODS = (
    {},
    {"from": "2017-06-01", "until": "open"},
    {"until": "2018-03-15"},
    {"from": "2017-06", "until": "2018-02"},
    {"deadline": "2017-09-30"},
    {"deadline": "2018-12-31"},
    {"seasons": ["heating"]},
    {"seasons": ["heating"], "until": "2018-02"},
    {"state": {"value": "suspended", "from": "2018-01-01"}},
)


# --- a random catalogue  -------------------------------------------------------------------------


def _force(draw: Any, exemption: bool, document: int) -> dict[str, Any]:
    """Printed bounds as the compiler writes them down (pairs of days)."""
    printed = dict(draw(st.sampled_from(PERIODS)))
    if draw(st.integers(0, 5)) == 5:
        printed["alerts"] = draw(st.sampled_from([["red"], ["orange", "red"]]))
    if exemption:
        printed.pop("deadline", None)
        if not set(printed) - {"state"}:
            return printed
    months = {"2017-06": ["2017-06-01", "2017-06-30"], "2018-02": ["2018-02-01", "2018-02-28"]}
    carried = ("deadline", "seasons", "alerts", "state")
    force = {key: printed[key] for key in carried if key in printed}
    for name in ("from", "until"):
        if printed.get(name) == "open":
            force[name] = ["9999-12-31", None]
        elif name in printed:
            force[name] = months.get(printed[name], [printed[name], printed[name]])
        elif "seasons" in printed:
            continue
        elif name == "from":
            force[name] = [COVERS[document]["from"], START_LATEST[document]]
        else:
            force[name] = [COVERS[document]["until"], None]
        force[f"{name}_printed"] = name in printed
    return force


def _leaf(draw: Any, facts: list[str], rule: str, negated: bool) -> dict[str, Any]:
    usable = [key for key in facts if not (negated and FACTS[key].get("never"))]
    if not usable or draw(st.integers(0, 6)) == 0:
        return {"rule": rule}
    key = draw(st.sampled_from(usable))
    if key == "site.open":
        return {"fact": key, draw(st.sampled_from(["eq", "ne"])): draw(st.booleans())}
    # values at the ends are left out: a comparison must be able to come out either way
    pool = {
        "machine.stage": [1, 2],
        "machine.made": ["2009-10-01", "2016-02-29", "2017-09-30"],
        "plant.sector": ["mine", "steel"],
        "boiler.size": [10, 10.5, 35],
    }[key]
    ordering = ["lt", "le", "gt", "ge", "between"]
    words = {"plant.sector": ["eq", "ne", "in"], "machine.made": ordering}
    every = ["eq", "ne", "lt", "le", "gt", "ge", "in", "between"]
    operator = draw(st.sampled_from(words.get(key, every)))
    if operator == "in":
        return {"fact": key, "in": draw(st.lists(st.sampled_from(pool), min_size=1, unique=True))}
    if operator == "between":
        return {"fact": key, "between": sorted([draw(st.sampled_from(pool)) for _ in range(2)])}
    return {"fact": key, operator: draw(st.sampled_from(pool))}


def _condition(
    draw: Any, facts: list[str], rule: str, depth: int = 0, negated: bool = False
) -> Any:
    shapes = ["leaf", "leaf", "any", "all", "not"]
    shape = draw(st.sampled_from(shapes)) if depth < 2 else "leaf"
    if shape == "leaf":
        return _leaf(draw, facts, rule, negated)
    if shape == "not":
        return {"not": _condition(draw, facts, rule, depth + 1, True)}
    count = draw(st.integers(1, 3))
    return {shape: [_condition(draw, facts, rule, depth + 1, negated) for _ in range(count)]}


def _where(draw: Any, zones: list[str], depth: int = 0) -> Any:
    shapes = ["zone", "zone", "zone", "any", "any", "all", "not"]
    shape = draw(st.sampled_from(shapes)) if depth < 2 else "zone"
    if shape == "zone":
        zone = draw(st.sampled_from(zones))
        return zone if depth else {"any": [zone]}
    if shape == "not":
        return {"not": _where(draw, zones, depth + 1)}
    count = draw(st.integers(1, 2))
    return {shape: [_where(draw, zones, depth + 1) for _ in range(count)]}


def _zones(draw: Any) -> dict[str, Any]:
    """3 to 6 zones; each lies within or is made of earlier ones."""
    zones: dict[str, Any] = {"z0": {"id": "z0", "basis": "administrative"}}
    for number in range(1, draw(st.integers(3, 6))):
        name = f"z{number}"
        kinds = ["documented_boundary", "approximate", "unmapped", "unmapped", "object", "derived"]
        zone: dict[str, Any] = {"id": name, "basis": draw(st.sampled_from(kinds))}
        earlier = list(zones)
        if zone["basis"] == "derived":
            made = [other for other in earlier if zones[other]["basis"] != "object"]
            operator = draw(st.sampled_from(["union", "intersection", "difference", "complement"]))
            if operator == "complement":
                zone["derived"] = {"complement": draw(st.sampled_from(made))}
                zone["within"] = draw(st.sampled_from(made[1:] or made))
                zone["derived"]["complement"] = draw(
                    st.sampled_from([other for other in made if other != zone["within"]] or made)
                )
            else:
                few = draw(st.lists(st.sampled_from(made), min_size=1, max_size=2, unique=True))
                zone["derived"] = {operator: few}
        elif zone["basis"] in ("unmapped", "object") or draw(st.booleans()):
            zone["within"] = draw(st.sampled_from(earlier))
        if zone["basis"] == "documented_boundary" and draw(st.integers(0, 2)) == 0:
            zone["validity"] = {
                "from": ["2017-06-01", draw(st.sampled_from(["2017-06-01", "2017-10-01"]))],
                "until": ["2018-06-30", draw(st.sampled_from(["2018-06-30", None]))],
                "instrument": draw(st.sampled_from(["evidenced", "evidenced", "required"])),
            }
        zones[name] = zone
    return zones


def _rules(draw: Any, zones: list[str], documents: int, facts: list[str]) -> list[dict[str, Any]]:
    rules = []
    lifting: list[str] = []
    exemptions = draw(st.sampled_from([1, 2, 0]))
    for number in range(exemptions + draw(st.integers(1, 3))):
        exemption = number < exemptions
        document = draw(st.integers(0, documents - 1))
        name = f"{'E' if exemption else 'R'}{number}"
        kinds = ["prohibition", "prohibition", "restriction", "obligation", "encouragement"]
        rule: dict[str, Any] = {
            "id": name,
            "document": f"d{document}",
            "kind": "exemption" if exemption else draw(st.sampled_from(kinds)),
            "strength": draw(st.sampled_from(["binding", "binding", "in_principle", "strive"])),
            "audience": draw(st.sampled_from(["operator", "operator", "operator", "authority"])),
            "activities": draw(
                st.lists(st.sampled_from(list(ACTIVITIES)), min_size=1, max_size=2, unique=True)
            ),
            "force": _force(draw, exemption, document),
        }
        if not exemption or draw(st.booleans()):
            rule["where"] = _where(draw, zones)
        if draw(st.integers(0, 4)):
            rule["when"] = _condition(draw, facts, name)
        if draw(st.integers(0, 4)) == 0:
            rule["keep"] = _condition(draw, facts, name)
        if lifting and draw(st.integers(0, 2)) < 2:
            rule["unless"] = draw(st.lists(st.sampled_from(lifting), min_size=1, unique=True))
        if exemption:
            lifting.append(name)
        rules.append(rule)
    return rules


@st.composite
def catalogues(draw: Any) -> dict[str, Any]:
    zones = _zones(draw)
    others = [key for key in FACTS if key != "machine.stage"]
    known = draw(st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True))
    facts = [key for key in FACTS if key == "machine.stage" or key in known]
    number = draw(st.integers(1, 2))
    documents = {
        f"d{one}": {
            "id": f"d{one}",
            "jurisdiction": draw(st.sampled_from(list(zones))),
            "covers": COVERS[one],
            "start_latest": START_LATEST[one],
            "seasons": [SEASON] if one == 0 else [],
        }
        for one in range(number)
    }
    return {
        "documents": documents,
        "zones": zones,
        "rules": _rules(draw, list(zones), number, facts),
        "vocabulary": {"activities": ACTIVITIES, "facts": {key: FACTS[key] for key in facts}},
    }


# --- a random question  --------------------------------------------------------------------------


def _truly_inside(draw: Any, catalogue: dict[str, Any]) -> dict[str, bool]:
    """Where somebody really stands, more often inside zones than out."""
    anywhere = Oracle(Question(catalogue, {}, DAYS[0])).places
    inside = [place for place in anywhere if place["z0"]]
    return dict(draw(st.sampled_from(inside if draw(st.integers(0, 3)) else anywhere)))


def _located(draw: Any, catalogue: dict[str, Any], truth: dict[str, bool]) -> dict[str, str]:
    """The map's word: the truth, or that it cannot tell; a missing zone failed to load."""
    located = {}
    for name, zone in catalogue["zones"].items():
        if zone["basis"] in ("unmapped", "object", "derived"):
            continue
        word = draw(st.sampled_from(["sure", "sure", "near:position", "near:zone", "failed"]))
        if word == "sure":
            located[name] = "inside" if truth[name] else "outside"
        elif word != "failed":
            located[name] = word
    return located


def _assertions(draw: Any, question: Question, truth: dict[str, bool], honest: bool) -> None:
    """Zone assertions, true ones unless dishonest, and any of the other keys that are open."""
    for name in draw(st.lists(st.sampled_from(list(truth)), max_size=2, unique=True)):
        inside = truth[name] if honest else draw(st.booleans())
        question.asserted[f"zone.{name}"] = "inside" if inside else "outside"
    words = {"season": ("inside", "outside"), "force": ("in", "out"), "rule": ("met", "unmet")}
    keys = [
        key
        for key, values in Oracle(question).choices.items()
        if key.partition(".")[0] in words and len(values) == 2
    ]
    if keys:
        for key in draw(st.lists(st.sampled_from(keys), max_size=2, unique=True)):
            question.asserted[key] = draw(st.sampled_from(words[key.partition(".")[0]]))


def _tell(draw: Any, question: Question, limit: int) -> None:
    """Give facts, some of them to the month or year only, until at most `limit` worlds remain."""
    for key in draw(st.permutations([*question.catalogue["vocabulary"]["facts"], "alert"])):
        oracle = Oracle(question)
        if oracle.size() <= limit and draw(st.integers(0, 2)):
            continue
        if key == "alert":
            question.alert = draw(st.sampled_from(ALERTS))
            continue
        value = draw(st.sampled_from(oracle.choices[key]))
        if FACTS[key]["type"] == "date" and value != "never" and oracle.size() <= limit:
            value = value[: draw(st.sampled_from([4, 7, 10]))]
        question.facts[key] = list(value) if isinstance(value, tuple) else value


@st.composite
def questions(draw: Any, honest: bool = True) -> Question:
    catalogue = draw(catalogues())
    truth = _truly_inside(draw, catalogue)
    located = _located(draw, catalogue, truth)
    question = Question(catalogue, located, draw(st.sampled_from(DAYS)))
    _assertions(draw, question, truth, honest)
    _tell(draw, question, WORLDS)
    return question
