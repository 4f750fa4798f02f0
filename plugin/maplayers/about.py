"""What a layer is, where it comes from and under which licence: its metadata and its notes.

The notes of a layer list the zones of its kind that nobody has drawn; those of the list of undrawn
zones name them all.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from qgis.core import QgsLayerMetadata, QgsLayerNotesUtils

from ..texts import TEXTS, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qgis.core import QgsVectorLayer

CATALOGUE = "zonerules/catalogue"  # a custom property: version and fingerprint, one space between
UNDRAWN = "zonerules/undrawn"  # a custom property: what is listed in the notes, both languages


def remember(
    layer: QgsVectorLayer, table: str, catalogue: Mapping[str, Any], undrawn: Iterable[str]
) -> None:
    """Keep in the layer what its words are made of, so that another language needs no catalogue.

    ``undrawn``: ids of the zones to list in its notes.
    """
    layer.setCustomProperty(CATALOGUE, f"{catalogue['version']} {catalogue['fingerprint']}")
    for lang in ("zh", "en"):
        lines = [_line(catalogue, zone, lang) for zone in undrawn]
        layer.setCustomProperty(f"{UNDRAWN}/{lang}", "".join(f"<li>{line}</li>" for line in lines))


def tell(layer: QgsVectorLayer, table: str, lang: str) -> None:
    """Set metadata and notes in ``lang``."""
    key = f"layers.about.{table}"
    text = tr(key if key in TEXTS else "layers.about.zones", lang)
    version, _, fingerprint = str(layer.customProperty(CATALOGUE, "")).partition(" ")
    listed = str(layer.customProperty(f"{UNDRAWN}/{lang}", ""))
    metadata = QgsLayerMetadata(layer.metadata())
    metadata.setTitle(layer.name())
    metadata.setType("dataset")
    metadata.setLanguage("zho" if lang == "zh" else "eng")
    metadata.setIdentifier(f"zonerules/{table}")
    licences = values(layer, "licence") + values(layer, f"licence_{lang}")
    metadata.setLicenses(licences)
    metadata.setRights(licences)
    metadata.setCrs(layer.crs())
    origins = values(layer, "provenance") + values(layer, f"provenance_{lang}")
    metadata.setHistory([tr("layers.catalogue", lang, version=version, fingerprint=fingerprint)])
    metadata.setHistory([*metadata.history(), *origins])
    plain = f"\n{_bare(listed)}" if listed else ""
    metadata.setAbstract(text + plain)
    layer.setMetadata(metadata)
    notes = f"<p>{html.escape(text)}</p>"
    if listed and table != "zones_undrawn":
        notes += f"<p>{html.escape(tr('layers.notes.undrawn', lang))}</p>"
    notes += f"<ul>{listed}</ul>" if listed else ""
    QgsLayerNotesUtils.setLayerNotes(layer, notes)


def values(layer: QgsVectorLayer, column: str) -> list[str]:
    """Return the different texts of a column, sorted; none where there is no such column."""
    place = layer.fields().lookupField(column)
    if place < 0:
        return []
    return sorted(value for value in layer.uniqueValues(place) if isinstance(value, str) and value)


def _line(catalogue: Mapping[str, Any], zone: str, lang: str) -> str:
    """Return one undrawn zone as HTML: name, what it lies in, the article."""
    record = catalogue["zones"][zone]
    parts = [f"<b>{html.escape(record['name'][lang])}</b>"]
    within = catalogue["zones"].get(record.get("within", ""))
    if within:
        name = html.escape(within["name"][lang])
        parts.append(tr("layers.notes.within", lang, zone=name))
    cite = record["cite"]
    number = cite.get("number") or cite["document"]
    parts.append(html.escape(f"〔{number} {cite['clause']}〕"))
    return ("，" if lang == "zh" else ", ").join(parts)


def _bare(listed: str) -> str:
    for mark in ("<li>", "<b>", "</b>"):
        listed = listed.replace(mark, "")
    return html.unescape(listed.replace("</li>", "\n"))
