"""Real boundary phrases against what a reader makes of them: right, told, or wrong without a word.

``python -m zonerules.tests.unit.boundary_real [held | one of LATER] [--all]`` prints the figures
and every phrase that is not right.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

import yaml

from zonerules.layers.words.parse import parse

BOOK = Path(__file__).parents[1] / "data" / "boundary_real.yaml"
EDGE = re.compile(
    r"^(?P<edge>\w+) (?P<name>[^ ]+)(?: (?P<sign>[+-]))?(?: @(?P<offset>[\d.]+))?"
    r"(?: \[(?P<start>[^ ]+) ~ (?P<end>[^ ]+)\])?$"
)
SIGN = {"+": "included", "-": "excluded", None: "unstated"}
LATER = ("fresh", "fourth", "fifth", "sixth")
KINDS = ("right", "told", "noticed", "silent")
"""right: nothing missing, nothing too much. told: what is missing stands in unread, the rest is
right. noticed: something is wrong, and something stands in unread or in doubts. silent: wrong,
not a word."""


def half_of(row):
    """A coin thrown by the text, "development" or "held"; or one of the sets LATER."""
    thrown = "held" if hashlib.sha256(row["text"].encode()).digest()[0] % 2 else "development"
    return row.get("half", thrown)


def cases(half=None):
    rows = yaml.safe_load(BOOK.read_text(encoding="utf-8"))["wordings"]
    return [row for row in rows if half in (None, half_of(row))]


def edge_of(text):
    found = EDGE.match(text)
    assert found, text
    place = ("edge", found["edge"], found["name"], SIGN[found["sign"]])
    return (*place, found["start"], found["end"], float(found["offset"] or 0))


def wanted(row):
    parts = []
    for part in row["parts"]:
        part = {"edges": part} if isinstance(part, list) else part
        items = [edge_of(text) for text in part.get("edges", [])]
        items += [("unit", name) for name in part.get("units", [])]
        items += [("minus", name) for name in part.get("minus", [])]
        items += [("corridor", name, width) for name, width in part.get("corridors", {}).items()]
        items += [("point", *place) for place in part.get("points", [])]
        parts.append(items)
    return grouped(parts)


def found(words):
    parts = []
    for part in words.parts:
        items = [
            ("edge", e.edge, e.name, e.include, e.start, e.end, e.offset_m) for e in part.edges
        ]
        items += [("unit", name) for name in part.units]
        items += [("minus", minus.text) for minus in part.minus]
        items += [("corridor", c.name, c.width_m or "?") for c in part.corridors]
        items += [("split", s.name) for s in part.splits]
        places = getattr(part, "points", ())
        items += [("point", round(x, 5), round(y, 5)) for x, y in places]
        parts.append(items)
    return grouped(parts)


def grouped(parts):
    """Parts as sets of what they say; what is a union anyhow (units, corridors) is one part."""
    bound = [frozenset(part) for part in parts if any(item[0] in BOUNDS for item in part)]
    rest = [item for part in parts if not any(item[0] in BOUNDS for item in part) for item in part]
    return sorted([part for part in bound if part], key=sorted_key) + (
        [frozenset(rest)] if rest else []
    )


BOUNDS = ("edge", "point", "split")


def sorted_key(part):
    return sorted(map(str, part))


def judged(row):
    """The kind of one phrase, and the items missing and too much."""
    words = parse(row["text"])
    want, got = wanted(row), found(words)
    said = "|".join(words.unread)
    doubted = said or words.doubts
    all_want = frozenset().union(*want) if want else frozenset()
    all_got = frozenset().union(*got) if got else frozenset()
    missing, extra = all_want - all_got, all_got - all_want
    if want == got:
        fits = bool(said) == bool(row.get("said"))
        kind = "right" if fits else "told" if said else "noticed" if doubted else "silent"
    elif not extra and all(name_of(item) in said for item in missing) and said:
        kind = "told"
    else:
        kind = "noticed" if doubted else "silent"
    return kind, words, missing, extra


def name_of(item):
    name = str(item[2] if item[0] == "edge" else item[1])
    return name[:4] if item[0] != "point" else "°"


def figures(half):
    """How many of each kind; alarmed: right, and lowered in confidence by a doubt all the same."""
    counts = dict.fromkeys((*KINDS, "alarmed"), 0)
    for row in cases(half):
        kind, words, *_ = judged(row)
        counts[kind] += 1
        counts["alarmed"] += kind == "right" and bool(words.doubts)
    return counts


def main():
    half = next((half for half in ("held", *LATER) if half in sys.argv), "development")
    print(half, figures(half), "of", len(cases(half)))
    for row in cases(half):
        kind, words, missing, extra = judged(row)
        if kind != "right" or "--all" in sys.argv:
            print(f"\n[{kind}] {row['from']}: {row['text']}")
            print("   missing", sorted(map(str, missing)))
            print("   extra  ", sorted(map(str, extra)))
            print("   parts  ", len(words.parts), "unread", words.unread, words.confidence)
            print("   doubts ", [told["zh"] for told in words.doubts])


if __name__ == "__main__":
    main()
