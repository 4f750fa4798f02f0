"""The quick check of files: what it accepts, jsonschema accepts too."""

from __future__ import annotations

import copy
import random

import pytest

from zonerules.layers.catalogue.accept import accepting
from zonerules.layers.catalogue.reading import read_yaml
from zonerules.layers.catalogue.schema import SCHEMAS, _accepting, _validator, schema
from zonerules.layers.catalogue.shapes import read_json

KINDS = sorted(p.name.split(".")[0] for p in SCHEMAS.glob("*.json") if not p.name.startswith("com"))
WRITTEN = ("document", "zones", "rules", "sources", "targets", "coverage", "cases")
ODD = [
    *(None, True, False, 0, 1, 1.0, -3, 2.5, [], {}, ["a", "a"], [1, True]),
    *("", "x", "2020-13-01", "2020-06", "TW-1", "tw-ban", "inside", "open", "derived"),
    *({"zh": "甲"}, {"zh": "甲", "en": "a"}, {"fact": "a.b", "eq": 1}, {"not": {}}),
    *({"all": [], "any": []}, {"union": []}, {"complement": "tw-ban"}),
]


def files(tree):
    """(kind, data) of every file of the small catalogue."""
    for kind in WRITTEN:
        yield kind, read_yaml(tree.path(kind), kind).data
    yield "vocabulary", read_yaml(tree.root / "documents/vocabulary.yaml", "v").data
    for kind, name in (("zones", tree.ZONES), ("lines", tree.LINES), ("units", tree.UNITS)):
        yield f"geojson_{kind}", read_json(tree.path(name), name).data


def spots(data, found=None):
    """Every (map or list, key) inside the data."""
    found = [] if found is None else found
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in list(pairs):
        found.append((data, key))
        if isinstance(value, (dict, list)):
            spots(value, found)
    return found


def spoil(data, source):
    """Change one place of the data to something odd, drop it, or add a key beside it."""
    holder, key = source.choice(spots(data))
    how = source.randrange(5)
    if how == 0 and isinstance(holder, dict):
        del holder[key]
    elif how == 1 and isinstance(holder, dict):
        holder[source.choice(["when", "within", "unit", "derived", "note", "zh", "any"])] = (
            copy.deepcopy(source.choice(ODD))
        )
    elif how == 2 and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    else:
        holder[key] = copy.deepcopy(source.choice(ODD))


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_is_understood(kind):
    assert accepting(schema(kind))(None) is False


def test_sound_files_are_accepted(tree):
    for kind, data in files(tree):
        assert _accepting(kind)(data), kind


def test_what_is_accepted_is_valid(tree):
    source = random.Random(20)
    accepted = refused = 0
    for kind, data in files(tree):
        for _ in range(150):
            changed = copy.deepcopy(data)
            spoil(changed, source)
            if _accepting(kind)(changed):
                accepted += 1
                assert _validator(kind).is_valid(changed), changed
            else:
                refused += not _validator(kind).is_valid(changed)
    assert accepted > 20  # a change need not be a fault
    assert refused > 500


@pytest.mark.parametrize(
    "odd",
    [
        {"maxProperties": 3, "multipleOf": 2},
        {"not": {"type": "string"}},
        {"oneOf": [{"type": "string"}]},
        {"if": {"type": "string"}, "then": True},
        {"if": {"properties": {"a": {"type": "string"}}}},
    ],
)
def test_unknown_keywords_are_told(odd):
    with pytest.raises(ValueError, match="known"):
        accepting(odd)
