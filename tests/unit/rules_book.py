"""Rule books small enough to be read at a glance, for the tests of the room `rules`.

Everything is what the compiler hands over: plain dicts. Days of the one document, unless a test
says otherwise: covers 2020-01-01 … 2020-12-31, issued (latest start) 2020-03-10.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from zonerules.rules.evaluate import ask, evaluate
from zonerules.rules.facts import FactError
from zonerules.rules.model import Book

DRAWN = "documented_boundary"
MIDYEAR = "2020-07-01"
CAPACITY, AREA, STAGE, MADE = "boiler.capacity_tph", "site.area_m2", "machine.stage", "machine.made"

COAL = {"fact": "boiler.fuel", "eq": "coal"}
LISTED = {"fact": "boiler.listed", "eq": True}
LICENSED = {"fact": "operator.licensed", "eq": False}
ORDER = ["not_concerned", "exempt", "required", "restricted", "prohibited"]
BINDING = ("prohibition", "restriction", "obligation")
NEVER_COUNT = [
    *({"kind": kind} for kind in ("target", "encouragement", "finding", "definition")),
    *(
        {"kind": kind, "strength": "strive"}
        for kind in ("prohibition", "restriction", "obligation")
    ),
    *(
        {"kind": kind, "audience": "authority"}
        for kind in ("prohibition", "restriction", "obligation")
    ),
]

ACTIVITIES = {
    "burn": {"zh": "燃用", "en": "Burn"},
    "grill": {"zh": "烧烤", "en": "Grill", "broader": "burn"},
    "smoke": {"zh": "熏制", "en": "Smoke food", "broader": "grill"},
    "mine": {"zh": "采矿", "en": "Mine", "implies": {"plant.sector": "mine"}},
    "haul": {"zh": "渣土运输", "en": "Haul spoil", "implies": {"vehicle.use": "spoil"}},
    "dry-clean": {"zh": "干洗", "en": "Dry-clean"},
    "govern": {"zh": "政府职责", "en": "Govern"},
}

FACTS = {
    "machine.stage": {"type": "integer", "values": [0, 1, 2, 3, 4], "zh": "阶段", "en": "stage"},
    "machine.limit_class": {"type": "integer", "values": [0, 1, 2, 3], "zh": "类", "en": "class"},
    "machine.made": {"type": "date", "zh": "生产日期", "en": "made"},
    "boiler.kind": {
        "type": "string",
        "values": ["boiler", "tea_bath", "range"],
        "zh_values": ["锅炉", "茶浴炉（茶水炉）", "大灶"],
        "zh": "锅炉类型",
        "en": "kind of boiler",
    },
    "boiler.fuel": {
        "type": "string",
        "values": ["coal", "oil", "gas"],
        "zh_values": ["煤（含各种煤制品）", "油", "燃气"],
        "zh": "燃料",
        "en": "fuel",
    },
    "boiler.capacity_tph": {"type": "number", "unit": "t/h", "zh": "蒸吨", "en": "capacity"},
    "boiler.listed": {"type": "boolean", "zh": "列入清单", "en": "listed"},
    "operator.licensed": {"type": "boolean", "conduct": True, "zh": "持证", "en": "licensed"},
    "user.kind": {
        "type": "string",
        "multi": True,
        "values": ["household", "shop", "farm", "industry"],
        "zh_values": ["居民", "商铺（餐饮、洗浴、理发、摊贩等）", "农业大棚、畜禽舍", "工业"],
        "zh": "用户",
        "en": "user",
    },
    "plant.sector": {
        "type": "string",
        "multi": True,
        "values": ["mine", "steel", "cement"],
        "zh_values": ["矿山", "钢铁", "水泥"],
        "zh": "行业",
        "en": "sector",
    },
    "vehicle.use": {"type": "string", "values": ["general", "spoil"], "zh": "用途", "en": "use"},
    "vehicle.missed": {"type": "integer", "zh": "漏检周期", "en": "inspections missed"},
    "plant.clean_from": {"type": "date", "never": True, "zh": "达标之日", "en": "clean since"},
    "site.area_m2": {"type": "number", "unit": "m2", "zh": "面积", "en": "area"},
    "power.capacity_mw": {"type": "number", "unit": "MW", "zh": "容量", "en": "capacity"},
    "weather.temperature_c": {"type": "number", "unit": "°C", "zh": "气温", "en": "temperature"},
    "weather.wind_force": {"type": "integer", "unit": "Beaufort", "zh": "风力", "en": "wind"},
    "monitor.valid_pct": {"type": "number", "unit": "%", "zh": "有效率", "en": "valid data"},
    "source.id": {"type": "string", "zh": "污染源编号", "en": "id of a source"},
}


def text(words: str) -> dict[str, str]:
    return {"zh": words, "en": words}


def cite(document: str, clause: str = "1") -> dict[str, Any]:
    return {"document": document, "number": None, "clause": clause}


def zone(name: str, basis: str = DRAWN, document: str = "plan", **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "name": text(name),
        "kind": "village",
        "basis": basis,
        "document": document,
        "cite": cite(document),
        **more,
    }


def town() -> dict[str, Any]:
    """The jurisdiction that every other zone of these tests lies in."""
    return zone("town", "administrative", unit="410104")


def document(name: str = "plan", jurisdiction: str = "town", **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "title": text(name),
        "issuer": text("town"),
        "issued": "2020-03-10",
        "covers": {"from": "2020-01-01", "until": "2020-12-31"},
        "start_latest": "2020-03-10",
        "jurisdiction": jurisdiction,
        **more,
    }


def unprinted(**more: Any) -> dict[str, Any]:
    """The force of a rule that prints no dates: the document's uncertain bounds."""
    return {
        "from": ["2020-01-01", "2020-03-10"],
        "from_printed": False,
        "until": ["2020-12-31", None],
        "until_printed": False,
        **more,
    }


def printed(start: Any, end: Any, **more: Any) -> dict[str, Any]:
    """A force whose bounds are printed: a day, or a pair of days for a month; None is "open"."""
    return {
        "from": [start, start] if isinstance(start, str) else list(start),
        "from_printed": True,
        "until": ["9999-12-31", None]
        if end is None
        else ([end, end] if isinstance(end, str) else list(end)),
        "until_printed": True,
        **more,
    }


def rule(name: str = "R", kind: str = "prohibition", **more: Any) -> dict[str, Any]:
    """A rule on `burn` in the town, always in force; `where=None` leaves the place out."""
    where = more.pop("where", ["town"])
    about = more.get("document", "plan")
    row = {
        "id": name,
        "kind": kind,
        "activities": ["burn"],
        "strength": "binding",
        "audience": "operator",
        "document": about,
        "force": {},
        "cite": cite(about),
        "summary": text(name),
        **more,
    }
    if where is not None:
        row["where"] = {"any": where} if isinstance(where, list) else where
    return row


def exemption(name: str = "E", **more: Any) -> dict[str, Any]:
    """An exemption that leaves out its place and its dates unless they are given."""
    return rule(name, "exemption", **{"where": None, **more})


def catalogue(
    rules: Any = (), zones: Any = (), documents: Any = None, **vocabulary: Any
) -> dict[str, Any]:
    """A compiled catalogue; `zones` come on top of the town."""
    everywhere = [town(), *zones]
    papers = list(documents) if documents is not None else [document()]
    return {
        "vocabulary": {
            "activities": vocabulary.get("activities", ACTIVITIES),
            "facts": vocabulary.get("facts", FACTS),
        },
        "documents": {paper["id"]: paper for paper in papers},
        "zones": {place["id"]: place for place in everywhere},
        "rules": list(rules),
    }


def book(rules: Any = (), zones: Any = (), documents: Any = None, **vocabulary: Any) -> Book:
    return Book(catalogue(rules, zones, documents, **vocabulary))


def asker(of: Book, day: str = MIDYEAR, located: Any = None, **told: Any) -> Any:
    """Somebody in the town who asks about the first of July unless told otherwise."""
    return ask(of, {"town": "inside"} if located is None else located, day, **told)


def result(rules: Any, name: str = "R", day: str = MIDYEAR, **told: Any) -> Any:
    """What rule `name` of `rules` comes to for somebody in the town."""
    vocabulary = {key: told.pop(key) for key in ("zones", "documents") if key in told}
    made = book(rules, **vocabulary)
    return evaluate(made.by_id[name], asker(made, day, **told))


def refused(read: Any, key: str, raw: Any) -> FactError:
    """The FactError, exactly that class, that `raw` is refused with."""
    with pytest.raises(FactError) as caught:
        read(key, raw)
    assert type(caught.value) is FactError
    assert caught.value.key == key
    return caught.value


TOOLS = SimpleNamespace(
    ACTIVITIES=ACTIVITIES,
    FACTS=FACTS,
    MIDYEAR=MIDYEAR,
    asker=asker,
    book=book,
    catalogue=catalogue,
    document=document,
    exemption=exemption,
    printed=printed,
    result=result,
    rule=rule,
    text=text,
    town=town,
    unprinted=unprinted,
    zone=zone,
)
