"""Sources in several zones at once, those that may be in them apart. Standard library only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..progress import unheard
from .listing import known_value, places_of, relation, source_list, totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..open import Catalogue
    from ..progress import Progress

Row = dict[str, Any]


def sources_within(
    catalogue: Catalogue,
    zones: Sequence[str],
    *,
    kinds: Sequence[str] = (),
    as_of: str | None = None,
    progress: Progress = unheard,
) -> list[Row]:
    """For each zone what `sources --within` lists, worked out in one go.

    {zone, name, rows, inside, open, kinds}: `rows` are the sources inside, then (`open`) those for
    which that cannot be told, each with `relation` (inside | undetermined) and `lies` (inside |
    near | unmapped). `kinds`: {kind: {inside, undetermined, sums of figures inside}}. `as_of`:
    adds the status of that day. Raises BadInput, naming the value the catalogue does not know.
    """
    known = catalogue.data["zones"]
    for zone in zones:
        known_value("--within", zone, known)
    sources: list[Row] = []
    for kind in kinds or (None,):
        sources += source_list(catalogue, kind=kind, as_of=as_of)["sources"]
    found: list[Row] = [
        {"zone": zone, "name": known[zone]["name"], "inside": [], "open": []} for zone in zones
    ]
    for at, source in enumerate(sources):
        progress(at / len(sources), "")
        placed = places_of(catalogue, source)
        for entry in found:
            place = placed[entry["zone"]]
            how = relation(place)
            if how != "outside":
                row = {**source, "relation": how, "lies": place.location}
                entry["inside" if how == "inside" else "open"].append(row)
    return [
        {**one, "rows": [*one["inside"], *one["open"]], "kinds": _by_kind(one)} for one in found
    ]


def _by_kind(found: Row) -> dict[str, Row]:
    rows = [*found["inside"], *found["open"]]
    told = {}
    for kind in sorted({row["kind"] for row in rows}):
        inside = [row for row in found["inside"] if row["kind"] == kind]
        undetermined = sum(row["kind"] == kind for row in found["open"])
        told[kind] = {"inside": len(inside), "undetermined": undetermined, **totals(inside)}
    return told


__all__ = ["sources_within"]
