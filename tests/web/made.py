"""Random catalogues with shapes, small enough to be answered fast, in which the rare occurs.

Three counties side by side, each 9 km wide, with zones of every basis, derived zones of every
operator, dated and failed ones, and some thirty rules with seasons, alerts, states, deadlines,
exemptions, conflicts and implied facts. Facts and activities are those of the small rule books.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from zonerules.tests.unit.rules_book import ACTIVITIES, FACTS, cite, text

if TYPE_CHECKING:
    from random import Random

WEST, SOUTH, WIDTH, HEIGHT = 113.0, 34.0, 0.1, 0.1
COUNTIES = ("z-county-0", "z-county-1", "z-county-2")
ALONE = ("dry-clean", "govern")  # activities of a few rules only
OPEN = ["9999-12-31", None]
PERIODS: tuple[dict[str, Any], ...] = (
    {},
    {},
    {"from": ["2019-06-01", "2019-06-01"], "until": OPEN},
    {"until": ["2021-03-15", "2021-03-15"]},
    {"from": ["2020-04-01", "2020-04-30"], "until": ["2021-02-01", "2021-02-28"]},
    {"deadline": "2020-07-31"},
    {"deadline": "2020-02-29"},
    {"deadline": "2020-06-30", "from": ["2020-01-01", "2020-01-01"], "until": OPEN},
    {"deadline": "2020-03-31", "from": ["2020-01-01", "2020-01-01"], "until": OPEN},
    {"seasons": ["s-heating"]},
    {"seasons": ["s-heating", "s-summer"], "until": ["2020-12-31", "2020-12-31"]},
    {"state": {"value": "suspended", "from": "2020-09-01", "until": "2020-10-15"}},
)
SEASONS = (
    {
        "id": "s-heating",
        "name": text("heating"),
        "start": {"earliest": "2020-11-01", "latest": "2020-12-15"},
        "end": {"earliest": "2021-01-31", "latest": "2021-03-31"},
    },
    {
        "id": "s-summer",
        "name": text("summer"),
        "start": {"earliest": "2020-06-01", "latest": "2020-07-20"},
        "end": {"earliest": "2020-07-10", "latest": "2020-08-31"},  # no certain day
    },
)
COVERS = (
    {"from": "2020-01-01", "until": "2020-12-31"},
    {"from": "2019-06-01", "until": "2020-08-31"},
    {"from": "2020-05-01", "until": "2021-06-30"},
)


def catalogue(random: Random) -> dict[str, Any]:
    """A compiled catalogue; equal `random` states give equal catalogues."""
    zones = _zones(random)
    jurisdictions = [COUNTIES[0], COUNTIES[1], random.choice(["z-drawn-3", "z-undrawn-0"])]
    documents = {
        f"doc-{n}": {
            "id": f"doc-{n}",
            "title": {"zh": f"文件{n}", "en": f"Document {n}"},
            "issuer": text("county"),
            "covers": covers,
            "start_latest": ["2020-03-10", "2019-08-01", "2020-05-20"][n],
            "jurisdiction": jurisdictions[n],
            "seasons": list(SEASONS) if n == 0 else [],
            "offices": {"EPB": {"zh": "环保局", "en": "environment bureau"}},
            **({"number": f"文〔2020〕{n}号"} if n else {}),
        }
        for n, covers in enumerate(COVERS)
    }
    rules = _rules(random, list(zones), sorted(documents))
    return {
        "schema": "zonerules/catalogue/1",
        "version": "0",
        "fingerprint": "sha256:made",
        "vocabulary": {"activities": ACTIVITIES, "facts": FACTS},
        "documents": documents,
        "units": {
            f"41010{n}": {"shapes": {"nominal": {"type": "Polygon", "coordinates": [_county(n)]}}}
            for n in range(len(COUNTIES))
        },
        "zones": zones,
        "rules": rules,
        "sources": [_source(random, n) for n in range(12)],
        "failed": [{"layer": "z-failed", "error": "broken"}] if "z-failed" in zones else [],
    }


# --- shapes --------------------------------------------------------------------------------------


def _county(n: int) -> list[list[float]]:
    west, east = round(WEST + n * WIDTH, 6), round(WEST + (n + 1) * WIDTH, 6)
    north = SOUTH + HEIGHT
    return [[west, SOUTH], [east, SOUTH], [east, north], [west, north], [west, SOUTH]]


def _spokes(random: Random, corners: int) -> list[float]:
    return [random.uniform(900.0, 2500.0) for _ in range(corners)]


def _star(lon: float, lat: float, spokes: list[float], scale: float) -> list[list[float]]:
    """A ring around a place, metres of each spoke times `scale`."""
    east = 1.0 / (111320.0 * math.cos(math.radians(lat)))
    ring = [
        [
            round(lon + scale * r * math.cos(2 * math.pi * k / len(spokes)) * east, 7),
            round(lat + scale * r * math.sin(2 * math.pi * k / len(spokes)) / 111000.0, 7),
        ]
        for k, r in enumerate(spokes)
    ]
    return [*ring, ring[0]]


def _shapes(random: Random, county: int, *, fuzzy: bool) -> dict[str, Any]:
    """A star, with a hole or a second part at times; with core and extent if `fuzzy`."""
    lon, lat = (
        WEST + (county + random.uniform(0.3, 0.7)) * WIDTH,
        SOUTH + random.uniform(0.3, 0.7) * HEIGHT,
    )
    spokes = _spokes(random, random.choice([3, 8, 40]))
    other = (lon + 0.05, lat, _spokes(random, 6)) if random.random() < 0.3 else None
    hole = random.random() < 0.4

    def scaled(scale: float) -> dict[str, Any]:
        rings = [_star(lon, lat, spokes, scale)]
        if hole:
            rings.append(_star(lon, lat, spokes, 0.3 / scale)[::-1])
        if other is None:
            return {"type": "Polygon", "coordinates": rings}
        return {"type": "MultiPolygon", "coordinates": [rings, [_star(*other, scale)]]}

    if not fuzzy:
        return {"nominal": scaled(1.0)}
    return {"nominal": scaled(1.0), "core": scaled(0.8), "extent": scaled(1.25)}


# --- zones ---------------------------------------------------------------------------------------


def _zone(name: str, basis: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "name": {"zh": f"区{name}", "en": f"zone {name}"},
        "kind": "area",
        "basis": basis,
        "document": "doc-0",
        "cite": cite("doc-0"),
        **more,
    }


def _zones(random: Random) -> dict[str, Any]:
    zones = {
        name: _zone(name, "administrative", unit=f"41010{n}") for n, name in enumerate(COUNTIES)
    }

    def add(name: str, basis: str, **more: Any) -> None:
        zones[name] = _zone(name, basis, **more)

    for n in range(4):
        county = n % len(COUNTIES)
        more: dict[str, Any] = {"shapes": _shapes(random, county, fuzzy=n % 2 == 0)}
        if random.random() < 0.5:
            more["within"] = COUNTIES[county]
        add(f"z-drawn-{n}", "documented_boundary", **more)
    add("z-round", "circle", shapes=_shapes(random, 1, fuzzy=False))
    for n in range(2):
        shapes = _shapes(random, n, fuzzy=False)
        add(f"z-guess-{n}", "approximate", within=COUNTIES[n], shapes=shapes)
    dated = {"from": ["2020-02-01", "2020-03-01"], "until": ["2020-10-31", None]}
    add("z-dated", "documented_boundary", shapes=_shapes(random, 0, fuzzy=True), validity=dated)
    required = {"instrument": "required", "from": ["2020-01-01", "2020-01-01"]}
    add("z-required", "unmapped", within=COUNTIES[0], validity=required)
    if random.random() < 0.5:
        shapes = _shapes(random, 2, fuzzy=False)
        add("z-failed", "documented_boundary", within=COUNTIES[2], shapes=shapes, failed=True)
    inner = random.choice(["z-drawn-0", "z-guess-0", "z-undrawn-0"])
    add("z-undrawn-0", "unmapped", within=COUNTIES[0])
    add("z-undrawn-1", "unmapped", within=inner)
    add("z-object-0", "object", within=random.choice([*COUNTIES, "z-drawn-1"]))
    add("z-object-1", "object", within="z-undrawn-1")
    some = [name for name in zones if zones[name]["basis"] != "object"]
    for operator in ("union", "intersection", "difference"):
        add(f"z-{operator}", "derived", derived={operator: random.sample(some, 2)})
    base = random.choice(["z-drawn-0", "z-guess-0", "z-undrawn-0"])
    add("z-complement", "derived", derived={"complement": base}, within=COUNTIES[0])
    add("z-nested", "derived", derived={"union": ["z-intersection", "z-undrawn-1"]})
    return zones


def _source(random: Random, n: int) -> dict[str, Any]:
    source = {"id": f"s-{n}", "name": {"zh": f"源{n}", "en": f"Plant {n}"}, "kind": "boiler"}
    if n % 4 == 3:
        return source
    lon = WEST + random.uniform(0, 3) * WIDTH
    place = {"lon": round(lon, 6), "lat": round(SOUTH + random.uniform(0, 1) * HEIGHT, 6)}
    return {**source, "location": {**place, "accuracy_m": 100}}


# --- rules ---------------------------------------------------------------------------------------


def _leaf(random: Random, rule: str, *, negated: bool) -> dict[str, Any]:
    if random.random() < 0.12:
        return {"rule": rule}
    usable = [key for key in FACTS if not (negated and FACTS[key].get("never"))]
    key = random.choice(usable)
    spec = FACTS[key]
    if spec["type"] == "boolean":
        return {"fact": key, random.choice(["eq", "ne"]): random.choice([True, False])}
    if spec["type"] == "string":
        values = spec.get("values", ["s-1", "s-2"])
        if random.random() < 0.4:
            return {"fact": key, "in": random.sample(values, min(2, len(values)))}
        operator = "eq" if spec.get("never") or random.random() < 0.7 else "ne"
        return {"fact": key, operator: random.choice(values)}
    pool = {"date": ["2009-10-01", "2016-02-29", "2017-09-30"], "integer": [1, 2, 3]}
    marks = pool.get(spec["type"], [10, 10.5, 35, 0.7])
    if random.random() < 0.2:
        return {"fact": key, "between": sorted(random.sample(marks, 2))}
    return {"fact": key, random.choice(["lt", "le", "gt", "ge"]): random.choice(marks)}


def _condition(random: Random, rule: str, depth: int = 0, *, negated: bool = False) -> Any:
    shape = random.choice(["leaf", "leaf", "leaf", "any", "all", "not"]) if depth < 2 else "leaf"
    if shape == "leaf":
        return _leaf(random, rule, negated=negated)
    if shape == "not":
        return {"not": _condition(random, rule, depth + 1, negated=True)}
    count = random.randint(2, 3)
    return {shape: [_condition(random, rule, depth + 1, negated=negated) for _ in range(count)]}


def _where(random: Random, zones: list[str]) -> Any:
    one, other = random.sample(zones, 2)
    shape = random.choice(["any", "any", "any", "two", "all", "not"])
    if shape == "all":
        return {"all": [one, {"any": [other, COUNTIES[0]]}]}
    if shape == "not":
        return {"all": [random.choice(COUNTIES), {"not": one}]}
    return {"any": [one, other] if shape == "two" else [one]}


def _force(random: Random, document: int, *, exemption: bool) -> dict[str, Any]:
    force = dict(random.choice(PERIODS))
    if random.random() < 0.2:
        force["alerts"] = random.choice([["red"], ["orange", "red"]])
    if exemption:
        force.pop("deadline", None)
        if random.random() < 0.5:
            return {name: force[name] for name in ("alerts", "state") if name in force}
    printed = {f"{name}_printed": name in force for name in ("from", "until")}
    if "seasons" not in force:
        force.setdefault(
            "from", [COVERS[document]["from"], ["2020-03-10", "2019-08-01", "2020-05-20"][document]]
        )
        force.setdefault("until", [COVERS[document]["until"], None])
    return {**force, **{name: value for name, value in printed.items() if name[:-8] in force}}


def _rules(random: Random, zones: list[str], documents: list[str]) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = []
    lifting: list[str] = []
    for n in range(30):
        exemption = n < 6
        document = random.randrange(len(documents))
        name = f"{'E' if exemption else 'R'}-{n}"
        kinds = ["prohibition"] * 3 + ["restriction"] * 3 + ["obligation"] * 2
        kinds += ["encouragement", "target"]
        rule: dict[str, Any] = {
            "id": name,
            "document": documents[document],
            "kind": "exemption" if exemption else random.choice(kinds),
            "strength": random.choice(["binding"] * 4 + ["in_principle", "strive"]),
            "audience": random.choice(["operator"] * 6 + ["authority"]),
            "activities": random.sample(sorted({*ACTIVITIES} - {*ALONE}), random.choice([1, 1, 2])),
            "force": _force(random, document, exemption=exemption),
            "cite": cite(documents[document], str(n)),
            "summary": {"zh": f"规定{n}", "en": f"rule {n}"},
        }
        if not exemption or random.random() < 0.4:
            rule["where"] = _where(random, zones)
        if random.random() < 0.7:
            rule["when"] = _condition(random, name)
        if random.random() < 0.2:
            rule["keep"] = _condition(random, name)
        if lifting and random.random() < (0.3 if exemption else 0.5):
            rule["unless"] = random.sample(lifting, min(len(lifting), random.choice([1, 1, 2])))
        if exemption:
            lifting.append(name)
        rules.append({**rule, **_told(random, zones)})
    return [
        *rules,
        *_conflicts(random, documents),
        *_alone(random, ALONE[0]),
        *_alone(random, ALONE[1]),
    ]


def _told(random: Random, zones: list[str]) -> dict[str, Any]:
    """What a rule says besides."""
    more: dict[str, Any] = {}
    if random.random() < 0.3:
        more["consequence"] = [{"what": text("a fine"), "borne_by": "person"}] * random.choice(
            [1, 2]
        )
    if random.random() < 0.3:
        more["authorities"] = {"lead": ["EPB", "TERR"]}
    for name in ("reading", "open"):
        if random.random() < 0.2:
            more[name] = text(name)
    if random.random() < 0.2:
        more["emphasis"] = [random.choice(zones)]
    return more


def _conflicts(random: Random, documents: list[str]) -> list[dict[str, Any]]:
    """Pairs that bind or exempt at one place and forbid what the other allows or asks."""
    found = []
    for n in range(2):
        document = random.choice(documents[:2])
        same = {
            "document": document,
            "strength": "binding",
            "audience": "operator",
            "activities": [random.choice(sorted(ACTIVITIES))],
            "where": {"any": list(COUNTIES[:2])},
            "cite": cite(document, f"c{n}"),
        }
        when = {"when": _leaf(random, f"C-{n}a", negated=False)} if n else {}
        other, kind = f"C-{n}b", random.choice(["obligation", "exemption"])
        told = {"conflicts": [{"with": other, "about": text("both"), "cite": same["cite"]}], **when}
        force = _force(random, int(document[-1]), exemption=False)
        found.append(
            {
                **same,
                **told,
                "id": f"C-{n}a",
                "kind": "prohibition",
                "force": force,
                "summary": text("no"),
            }
        )
        yes = {"from": ["2019-06-01", "2019-06-01"], "until": OPEN}
        found.append({**same, "id": other, "kind": kind, "force": yes, "summary": text("yes")})
    return found


def _alone(random: Random, activity: str) -> list[dict[str, Any]]:
    """A restriction, and a ban with an exemption, that nothing stronger drowns."""
    day = random.choice(["2019-06-01", "2020-02-01"])
    same = {
        "document": "doc-0",
        "strength": "binding",
        "audience": "operator",
        "activities": [activity],
        "cite": cite("doc-0", "a"),
        "summary": text("alone"),
        "force": {"from": [day, day], "until": OPEN},
    }
    name = f"A-{activity}"
    lifted = {"when": _leaf(random, f"{name}-lift", negated=False), "kind": "exemption"}
    ban: dict[str, Any] = {"where": {"any": [COUNTIES[0]]}, "kind": "prohibition"}
    limit: dict[str, Any] = {"where": {"any": [COUNTIES[1]]}, "kind": "restriction"}
    limit["force"] = {**same["force"], "deadline": "2020-07-31"}
    ban["unless"] = [f"{name}-lift"]
    rules = {"lift": lifted, "ban": ban, "limit": limit}
    return [{**same, **rule, "id": f"{name}-{what}"} for what, rule in rules.items()]
