"""`zonerules delimit` for Python: ``read(text)``, and ``draft(text, lines)`` with files.

Whoever has lines in another form (QGIS layers) calls ``layers.words.parse.parse`` and
``layers.draft.draw.draw`` with :class:`~zonerules.layers.draft.model.Line` records, then
``features`` and ``report`` here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ...layers.words.parse import parse
from ...rules.messages import Line as Text
from ..answer import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ...layers.draft.model import Draft, Options, Place, Zone
    from ...layers.words.model import Words

__all__ = ["container", "draft", "features", "options", "read", "report", "widths_of"]

ZONE = "draft-zone"


def read(text: str) -> Words:
    """The words read; BadInput for an empty text."""
    if not text.strip():
        raise BadInput(Text("TEXT is empty", "TEXT 为空"))
    return parse(text)


def widths_of(given: Sequence[str]) -> tuple[float | None, dict[str, float]]:
    """--corridor-width M or NAME=M, several times: the width of all others, and by name "
    "(metres)."""
    general: float | None = None
    named: dict[str, float] = {}
    for text in given:
        name, equals, figure = text.rpartition("=")
        try:
            metres = float(figure)
        except ValueError:
            metres = -1.0
        if not 0 <= metres < 100_000 or (equals and not name.strip()):
            raise BadInput(
                Text(
                    f"--corridor-width {text}: expected metres, or NAME=metres",
                    f"--corridor-width {text}：应为米数，或“名称=米数”",
                )
            )
        if equals:
            named[name.strip()] = metres
        else:
            general = metres
    return general, named


def options(
    words: Words,
    *,
    corridor_width: Sequence[str] = (),
    within: str | None = None,
    accuracy_m: float | None = None,
    data: Path | None = None,
) -> Options:
    """What a draft needs beside words and lines; the catalogue is opened only for units."""
    from ...layers.catalogue.load import load
    from ...layers.draft.model import Options
    from .layers import area_of, drawn_units

    general, named = widths_of(corridor_width)
    wanted = within is not None or any(part.units or part.minus for part in words.parts)
    catalogue: Mapping[str, Any] = load(data) if wanted else {}
    unit = area_of(within, catalogue, accuracy_m) if within is not None else None
    return Options(
        widths=named,
        width=general,
        accuracy_m=accuracy_m,
        units=drawn_units(catalogue) if wanted else {},
        rough=drawn_units(catalogue, rough=True) if wanted else {},
        within=unit.shapes if unit else None,
        within_name=unit.name if unit else "",
        within_known=unit is not None and unit.known,
        places=_centres(words, data),
    )


def _centres(words: Words, data: Path | None) -> dict[str, Place]:
    """Centres of circles that the shipped gazetteer knows finer than a county, with their doubt."""
    from ...layers.draft.model import Place

    names = {c.name for part in words.parts for c in part.corridors if c.side == "around"}
    if not names:
        return {}
    from ...layers.gazetteer import load
    from ..address.resolve import resolve

    book = load(data)
    places = {}
    for name in sorted(names):
        located = resolve(name, book)
        best = located.best
        if best is not None and not located.mismatch and best.level not in ("county", "city"):
            told = f"zonerules locate: {best.matched}"
            places[name] = Place(best.lon, best.lat, best.radius_m, told)
    return places


def draft(
    text: str,
    lines: Path,
    *,
    layer: str | None = None,
    name_column: str | None = None,
    corridor_width: Sequence[str] = (),
    within: str | None = None,
    accuracy_m: float | None = None,
    data: Path | None = None,
) -> tuple[Draft, dict[str, Any]]:
    """The draft that a text and a layer of lines give, and {"lines", "crs", "count", "nameless"} of
    the layer: its file, its CRS, how many lines have a name and how many none.

    Raises BadInput for options and files; what the words lack is told in the draft.
    """
    from dataclasses import replace

    from ...layers.draft.draw import draw
    from .layers import read_lines

    words = read(text)
    found, crs = read_lines(lines, layer=layer, name_column=name_column)
    given = options(
        words, corridor_width=corridor_width, within=within, accuracy_m=accuracy_m, data=data
    )
    made = draw(words, found.lines, replace(given, ways=found.ways))
    counts = {"count": len(found.lines), "nameless": found.nameless}
    return made, {"lines": lines.name, "crs": crs, **counts}


def container(made: Draft, data: Path | None = None) -> str | None:
    """The smallest administrative zone of the catalogue that holds the draft, None if none does.

    An overlay wants to know what a new zone lies within.
    """
    import shapely

    from ...layers.catalogue.load import load
    from ...layers.point import drawn_zones

    if not made.zones:
        return None
    reach = shapely.union_all([zone.shapes.extent for zone in made.zones])
    found = []
    for name, row, shapes in drawn_zones(load(data)):
        if row.get("basis") == "administrative":
            area = shapely.geometry.shape(shapes.get("extent", shapes["nominal"]))
            if area.covers(reach):
                found.append((area.area, name))
    return min(found)[1] if found else None


def features(
    made: Draft, source: str, zone: str = ZONE, within: str | None = None
) -> dict[str, Any]:
    """The draft as GeoJSON that `zonerules overlay add` takes: nominal, core, extent of each zone.

    ``source`` names the layer of lines, ``within`` the zone the draft lies in. Raises BadInput
    for a zone id nobody may bear.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", zone):
        raise BadInput(
            Text(
                f"--zone {zone}: expected small letters, digits and hyphens, e.g. city-ban-2024",
                f"--zone {zone}：应为小写字母、数字和连字符，如 city-ban-2024",
            )
        )
    rows = []
    for area in made.zones:
        name = f"{zone}-{area.half}" if area.half else zone
        rows += _zone_features(made, area, name, source, within)
    return {"type": "FeatureCollection", "features": rows}


def _zone_features(
    made: Draft, area: Zone, name: str, source: str, within: str | None
) -> list[dict[str, Any]]:
    from shapely.geometry import mapping

    from ..exchange.drawn import settled

    lines = sorted({line for used in made.used for line in used.lines})
    shown = ", ".join(lines[:20]) + (f" … ({len(lines)})" if len(lines) > 20 else "")
    told = f"draft by zonerules delimit from “{made.words.text.strip()}” on {source}: {shown}"
    told += "" if made.complete else "; incomplete: " + "; ".join(n["en"] for n in made.missing)
    rows = []
    for role in ("nominal", "core", "extent"):
        properties: dict[str, Any] = {
            "zone": name,
            "role": role,
            "accuracy_m": round(area.accuracy_m, 1),
            "provenance": told,
        }
        if role == "nominal":
            text = made.words.text.strip()
            properties.update({"name_zh": text, "name_en": f"draft: {text}"})
            properties.update({"kind": "management_area", "basis": "documented_boundary"})
            properties.update({"within": within} if within else {})
            properties.update({"confidence": made.confidence})
            properties.update({"complete": made.complete, "confirmed_by": "", "confirmed_on": ""})
        shape = settled(getattr(area.shapes, role))
        rows.append(
            {
                "type": "Feature",
                "id": f"{name}/{role}",
                "properties": properties,
                "geometry": _lists(mapping(shape)),
            }
        )
    return rows


def _lists(shape: Mapping[str, Any]) -> dict[str, Any]:
    def walk(item: Any) -> Any:
        return [walk(inner) for inner in item] if isinstance(item, (tuple, list)) else item

    return {"type": shape["type"], "coordinates": walk(shape["coordinates"])}


def report(made: Draft, about: Mapping[str, Any], zone: str = ZONE) -> dict[str, Any]:
    """The answer in JSON: the words as without lines, and under "draft" what became of them.

    confidence is that of the draft, 0 where none can be drawn; reading_confidence that of the
    words."""
    from ...layers.draft.size import km2

    zones = [
        {
            "id": f"{zone}-{area.half}" if area.half else zone,
            "half": area.half or None,
            "accuracy_m": round(area.accuracy_m, 1),
            "area_km2": {
                role: round(km2(getattr(area.shapes, role)), 3)
                for role in ("core", "nominal", "extent")
            },
        }
        for area in made.zones
    ]
    return {
        **made.words.as_json(),
        "confidence": made.confidence,
        "reading_confidence": made.words.confidence,
        "draft": {
            **about,
            "zones": zones,
            "edges": [used.as_json() for used in made.used],
            "readings": [
                {"part": r.part, "id": r.id, "area_km2": round(km2(r.shapes.nominal), 3)}
                for r in made.readings
            ],
            "assumptions": list(made.assumptions),
            "missing": list(made.missing),
            "complete": made.complete,
            "confidence": made.confidence,
            "confirmed": dict(made.confirmed),
        },
    }
