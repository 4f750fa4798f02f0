"""geojson/zones/guanzheng-2017-98.geojson: the machinery ban area of 管政〔2017〕98号, item 21.

Drawn from the words of the item on the lines in geojson/lines/guanzheng-2017-98.geojson, written by
hand from road crossings. 二七路 ends at 二七广场 and does not reach 南三环: the three ways to close
the west side that are drawn there (those with a "reading") are the three readings, due south the
most literal.
"""

from __future__ import annotations

from typing import Any

from ..boundary import Closure, Edge
from ..draft.draw import draw
from ..draft.model import Draft, Line, Options
from ..words.parse import parse
from .files import GEOJSON, feature, read_features, rounded

__all__ = ["draft", "features"]

LINES = GEOJSON / "lines" / "guanzheng-2017-98.geojson"
ZONE = "gc-nrmm-ban"
TEXT = "中州大道以西、南三环以北、二七路以东、金水路以南"
# From axis to kerb in metres. The widths are assumed: nothing documented says them, nor whether the
# roads belong, so they widen the band on both sides.
RING = {"金水路": 30.0, "中州大道": 40.0, "南三环": 40.0, "二七路": 15.0}
OPEN_SIDE = ("南三环", "二七路")
SAID = {
    "zh": "由 geojson/lines/guanzheng-2017-98.geojson 生成；道路半宽按假定（米）：",
    "en": "built from geojson/lines/guanzheng-2017-98.geojson; half widths assumed (m): ",
}


def _line(row: dict[str, Any]) -> Line:
    said = row["properties"]
    return Line(
        id=row["id"],
        names=(said["road"]["zh"],),
        points=tuple((x, y) for x, y in row["geometry"]["coordinates"]),
        accuracy_m=tuple(float(a) for a in said["accuracy_m"]),
    )


def _closure(row: dict[str, Any]) -> Closure:
    line, said = _line(row), row["properties"]
    assert line.accuracy_m is not None
    edge = Edge(
        said["reading"], said["side"], line.points, line.accuracy_m, said["include"],
        status=said["status"],
    )  # fmt: skip
    return Closure(said["reading"], *OPEN_SIDE, edge=edge)


def draft() -> Draft:
    """The area with its readings and assumptions, before rounding."""
    rows = [r for r in read_features(LINES).values() if r["properties"]["zone"] == ZONE]
    return draw(
        parse(TEXT),
        [_line(row) for row in rows if "reading" not in row["properties"]],
        Options(
            widths={road: 2.0 * half for road, half in RING.items()},
            closures=[_closure(row) for row in rows if "reading" in row["properties"]],
        ),
    )


def _provenance(rows: dict[str, Any]) -> dict[str, str]:
    """What the zone was built from, with the widths assumed, in both languages."""
    named = {road: rows[f"{ZONE}/{road}"]["properties"]["road"] for road in RING}
    listed = {
        lang: mark.join(f"{named[road][lang]} {width:g}" for road, width in RING.items())
        for lang, mark in (("zh", "、"), ("en", ", "))
    }
    return {lang: SAID[lang] + listed[lang] for lang in SAID}


def features() -> list[dict[str, Any]]:
    """The three features of the zone; accuracy_m is the widest figure of the named roads."""
    made = draft()
    rows = read_features(LINES)
    told = _provenance(rows)
    worst = max(max(rows[f"{ZONE}/{road}"]["properties"]["accuracy_m"]) for road in RING)
    shapes = made.zones[0].shapes
    areas = {"nominal": shapes.nominal, "core": shapes.core, "extent": shapes.extent}
    return [
        feature(
            f"{ZONE}/{role}",
            {"zone": ZONE, "role": role, "accuracy_m": worst, "provenance": told},
            rounded(area, role),
        )
        for role, area in areas.items()
    ]
