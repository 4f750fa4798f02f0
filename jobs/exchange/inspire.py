"""Zones in the attribute names of INSPIRE Area Management (ManagementRestrictionOrRegulationZone).

docs/exchange.md lists what becomes what, and what has no place there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .flat import clean
from .rights import text_in
from .tables import shapes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .rights import Rights

TOLD = ("provenance", "licence")
NAMESPACE = "https://github.com/zonerules/zonerules"
_CODES = "https://inspire.ec.europa.eu/codelist"
# The only code of INSPIRE's list for rules on air; our finer kinds go to specialisedZoneType.
ZONE_TYPES = {"air": f"{_CODES}/ZoneTypeCode/airQualityManagementZone"}


def features(part: Mapping[str, Any], rights: Rights, lang: str) -> list[dict[str, Any]]:
    """One GeoJSON feature for each zone: the nominal shape, or null where nothing is drawn."""
    return [_feature(part, zone, rights, lang) for zone in part["zones"].values()]


def _feature(
    part: Mapping[str, Any], zone: Mapping[str, Any], rights: Rights, lang: str
) -> dict[str, Any]:
    # of the whole catalogue: the zone may be another document's
    document = rights.catalogue["documents"].get(zone.get("document"), {})
    domain = zone.get("environmentalDomain", "air")
    shape = shapes_of(part, zone).get("nominal")
    told = rights.of_zone(zone, "nominal") if shape else {}
    names = zone["name"]
    properties = {
        "inspireId": {"localId": zone["id"], "namespace": NAMESPACE},
        "thematicId": {
            "identifier": zone["id"],
            "identifierScheme": f"{NAMESPACE}/{part['fingerprint']}",
        },
        "name": clean(names[lang]),
        "name_zh": clean(names["zh"]),
        "name_en": clean(names["en"]),
        "zoneType": ZONE_TYPES.get(domain),
        "specialisedZoneType": f"{NAMESPACE}/kind/{zone['kind']}",
        "environmentalDomain": f"{_CODES}/EnvironmentalDomain/{domain}",
        "designationPeriod": _period(zone.get("validity")),
        "competentAuthority": _authority(document, lang),
        "legalBasis": _basis(document, zone, lang),
        "relatedZone": zone.get("within"),
        **{key: text_in(text, lang) if key in TOLD else text for key, text in told.items()},
    }
    return {"type": "Feature", "id": zone["id"], "geometry": shape, "properties": properties}


def _period(validity: Mapping[str, Any] | None) -> dict[str, str | None] | None:
    """The longest period that a dated zone may have; None if no instrument dates it."""
    if not validity:
        return None
    start, end = validity.get("from"), validity.get("until")
    return {
        "beginPosition": start[0] if start else None,
        "endPosition": end[1] if end else None,
    }


def _authority(document: Mapping[str, Any], lang: str) -> dict[str, str] | None:
    """The office that issued the document: an organisation, never a person."""
    issuer = document.get("issuer")
    return {"organisationName": clean(issuer[lang]), "role": "authority"} if issuer else None


def _basis(document: Mapping[str, Any], zone: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The citation of the document and the clause that delimits the zone."""
    told = {
        "name": document.get("title", {}).get(lang),
        "identificationNumber": document.get("number"),
        "date": document.get("issued"),
        "specificReference": zone.get("clause"),
        "link": document.get("url"),
    }
    return {name: clean(str(value)) for name, value in told.items() if value is not None}


__all__ = ["NAMESPACE", "features"]
