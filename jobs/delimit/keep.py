"""A draft into the user's own data folder, step by step, so that it can be taken back.

What is written is what `zonerules overlay add` makes of the draft's file. Standard library only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...rules.messages import Line
from ..answer import BadInput
from ..exchange.keeping import ZONES, as_text, bare_catalogue, change, present, tried

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..exchange.keeping import Step

__all__ = ["keep"]


def keep(folder: Path, drawn: Mapping[str, Any], *, when: str, replace: bool = False) -> list[Step]:
    """Write the zones of a draft (``ask.features``) into zones.geojson, one step for each.

    ``when``: local time, ISO 8601. ``replace``: zones that the folder draws already are
    overwritten. Raises BadInput, and nothing is written then, when the catalogue cannot take them.
    """
    catalogue, before = bare_catalogue(folder), present(folder)
    made: dict[str, list[dict[str, Any]]] = {}
    for feature in drawn["features"]:
        zone = feature["properties"]["zone"]
        made.setdefault(zone, []).append(_own(feature, known=zone in catalogue["zones"]))
    for zone in made:
        if zone in before and not replace:
            raise BadInput(
                Line(
                    f"--zone {zone}: {ZONES} draws it already",
                    f"--zone {zone}：{ZONES} 里已经有这个区域",
                )
            )
    for problem in tried(catalogue, as_text({**before, **made})):
        if problem.zone in ("", *made):
            raise BadInput(problem.what)
    steps = []
    for zone, features in made.items():
        before = {**before, zone: features}
        steps.append(change(folder, as_text(before).encode("utf-8"), "draw", zone, when))
    return steps


def _own(feature: Mapping[str, Any], *, known: bool) -> dict[str, Any]:
    """A shape as the overlay has it; a known zone keeps what its document says of it."""
    told = feature["properties"]
    own = {key: told[key] for key in ("zone", "role", "accuracy_m", "provenance")}
    if told["role"] == "nominal":
        own["basis"] = told["basis"]
        if not known:
            own["name"] = {"zh": told["name_zh"], "en": told["name_en"]}
            own.update({key: told[key] for key in ("kind", "within") if key in told})
    return {
        "type": "Feature",
        "id": feature["id"],
        "properties": own,
        "geometry": feature["geometry"],
    }
