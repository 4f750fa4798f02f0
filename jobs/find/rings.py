"""What lies around a place: sources and zones within radii. Standard library only."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ...rules.place import places
from ..rows import tenth
from .listing import source_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..open import Catalogue

Row = dict[str, Any]


def sources_around(
    catalogue: Catalogue,
    lon: float,
    lat: float,
    radii_km: Sequence[float],
    kinds: Sequence[str] = (),
) -> list[Row]:
    """Located sources within the largest radius of a WGS84 place, nearest first.

    The rows of `sources --near --radius` with `ring_km`, the smallest radius that holds them.
    `kinds`: only these. Raises BadInput.
    """
    found = []
    for kind in kinds or (None,):
        listed = source_list(catalogue, near=(lon, lat), radius_km=max(radii_km), kind=kind)
        found += listed["sources"]
    found.sort(key=lambda row: (row["distance_m"], row["id"]))
    return [{**row, "ring_km": ring_of(row["distance_m"], radii_km)} for row in found]


def sources_around_zone(
    catalogue: Catalogue, zone: str, radii_km: Sequence[float], kinds: Sequence[str] = ()
) -> list[Row]:
    """Located sources in a drawn zone or within the largest radius of it, nearest first.

    As `sources_around`; distance_m: to the boundary of the nominal shape, 0 inside, None where
    the zone is only approximate; ring_km: the smallest radius that reaches from extent to source.
    """
    found = []
    for source in catalogue.sources():
        spot = source.get("location")
        if not spot or (kinds and source["kind"] not in kinds):
            continue
        place = spot["lon"], spot["lat"]
        ring = next(
            (
                radius
                for radius in sorted(radii_km)
                if catalogue.located.locate(*place, radius * 1000)[zone].where != "outside"
            ),
            None,
        )
        if ring is not None:
            metres = catalogue.located.locate(*place, distances=True)[zone].distance_m
            told = None if metres is None else tenth(max(metres, 0.0))
            found.append({**source, "distance_m": told, "ring_km": ring})
    return sorted(found, key=lambda row: (row["ring_km"], row["distance_m"] or 0.0, row["id"]))


def zones_around(
    catalogue: Catalogue, lon: float, lat: float, radii_km: Sequence[float]
) -> list[Row]:
    """Zones that a circle around a WGS84 place reaches or may reach, by ring, inside first.

    Rows {zone, location, distance_m, ring_km}. location: where the place itself lies. distance_m:
    to the boundary of the nominal shape, negative inside, None where nothing certain is drawn.
    ring_km: the smallest radius whose circle meets the extent. A zone nobody has drawn is listed,
    without ring, when what it lies in is reached: it may be there. Classes of premises are left
    out.
    """
    zones = catalogue.data["zones"]
    here = catalogue.located.locate(lon, lat, distances=True)
    found = places(
        zones,
        {zone: location.where for zone, location in here.items()},
        {},
        datetime.date.today().isoformat(),
        catalogue.book.kin,
    )
    ring: dict[str, float] = {}
    for radius in sorted(radii_km):
        for zone, location in catalogue.located.locate(lon, lat, radius * 1000).items():
            if location.where != "outside":
                ring.setdefault(zone, radius)
    rows = []
    for zone in [*ring, *undrawn_in(zones, ring, here)]:
        if zones[zone]["basis"] == "object":
            continue
        metres = here[zone].distance_m if zone in here else None
        lies = found[zone].location
        nearest = min(radii_km) if lies == "inside" else None
        rows.append(
            {
                "zone": zone,
                "location": lies,
                "distance_m": None if metres is None else tenth(metres),
                "ring_km": ring.get(zone, nearest),
            }
        )
    return rows


def undrawn_in(zones: Mapping[str, Any], reached: Iterable[str], drawn: Iterable[str]) -> list[str]:
    """Zones without a shape of their own that lie in, or are made of, one of `reached`."""
    drawn, known = set(drawn), dict.fromkeys(reached, True)

    def reaches(zone: str) -> bool:
        if zone not in known:
            known[zone] = False  # while it is being worked out, and for drawn ones out of reach
            if zone not in drawn:
                known[zone] = any(reaches(other) for other in _around(zones[zone]))
        return known[zone]

    return [zone for zone in zones if zone not in drawn and reaches(zone)]


def _around(record: Mapping[str, Any]) -> list[str]:
    """What a zone lies in; a derived one without surroundings, what it is made of."""
    if "within" in record:
        return [str(record["within"])]
    return [name for names in record.get("derived", {}).values() for name in _listed(names)]


def _listed(names: Any) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def ring_of(distance_m: float, radii_km: Sequence[float]) -> float | None:
    """The smallest radius that holds a distance; None beyond all."""
    return next((radius for radius in sorted(radii_km) if distance_m <= radius * 1000), None)


__all__ = ["ring_of", "sources_around", "sources_around_zone", "undrawn_in", "zones_around"]
