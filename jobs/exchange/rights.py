"""Where each shape comes from and under which licence: read from the files that were drawn.

The compiled catalogue leaves this out, because no answer needs it; an export must not. Standard
library only.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE = Path(__file__).resolve().parents[2]
PROJECT = {"zh": "本项目，GPL-2.0-or-later", "en": "this project, GPL-2.0-or-later"}
UNKNOWN = {"zh": "未注明", "en": "not stated"}

Told = dict[str, Any]


class Rights:
    """Provenance, licence and accuracy of what a catalogue draws.

    Texts of the catalogue are {zh, en}; what a user wrote of a shape of their own is a plain text.

    ``home``: the folder of the package, for tests. Files that are missing or broken tell nothing;
    then the provenance is UNKNOWN rather than an error, and the licence too.
    """

    def __init__(self, catalogue: Mapping[str, Any], home: Path | None = None) -> None:
        self.catalogue = catalogue
        overlay = catalogue.get("overlay")
        self.overlay = Path(overlay["path"]) if overlay else None
        roots = [home or PACKAGE, *([self.overlay] if self.overlay else [])]
        self.roots = [root / "geojson" for root in roots]
        self.files: dict[str, Told] = {}
        for root in self.roots:
            self.files.update(_table(root / "provenance.json"))
        self._features: dict[str, dict[str, Told]] = {}

    def of_zone(self, zone: Mapping[str, Any], role: str) -> Told:
        """{provenance, licence, accuracy_m} of one shape of a drawn zone; accuracy_m may lack."""
        if zone.get("overlay"):
            return self._of_overlay(zone, role)
        if zone.get("shapes"):
            file = f"zones/{zone.get('document')}.geojson"
            told = self._told(file).get(f"{zone['id']}/{role}")
            told = told or self._told(file).get(f"{zone['id']}/nominal", {})
            row = self._row(file, told)
        else:
            row = self._row("units.geojson", self.catalogue["units"].get(zone.get("unit"), {}))
        if "accuracy_m" in zone:
            row["accuracy_m"] = zone["accuracy_m"]
        return row

    def of_line(self, line: Mapping[str, Any]) -> Told:
        """{provenance, licence} of a boundary line; its accuracy stands in its own record."""
        zone = self.catalogue["zones"].get(line.get("zone"), {})
        row = self._row(f"lines/{zone.get('document')}.geojson", line)
        return {name: row[name] for name in ("provenance", "licence")}

    def of_source(self, source: Mapping[str, Any]) -> Told:
        """{licence} of a source's point and figures; this project's if only a document tells."""
        placed = self._told("sources.geojson").get(source["id"])
        if placed is not None:
            own = {"licence": placed.get("licence")}
            return {"licence": self._row("sources.geojson", own)["licence"]}
        return {"licence": PROJECT}

    def _row(self, file: str, told: Mapping[str, Any]) -> Told:
        about = self.files.get(file, {})
        source = about.get("source")
        row = {
            "provenance": told.get("provenance") or source or UNKNOWN,
            "licence": told.get("licence") or about.get("licence") or UNKNOWN,
        }
        if isinstance(told.get("accuracy_m"), (int, float)):
            row["accuracy_m"] = told["accuracy_m"]
        return row

    def _of_overlay(self, zone: Mapping[str, Any], role: str) -> Told:
        features = self._told("") if self.overlay else {}
        told = features.get(f"{zone['id']}/{role}") or features.get(f"{zone['id']}/nominal", {})
        return self._row("", {**zone, **told})

    def _told(self, file: str) -> dict[str, Told]:
        """Feature id -> properties of a file under geojson/, "" for the overlay's own zones."""
        if file not in self._features:
            paths = [root / file for root in self.roots]
            if not file and self.overlay:
                paths = [self.overlay / "zones.geojson"]
            self._features[file] = {}
            for path in paths:
                self._features[file].update(_properties(path))
        return self._features[file]


def text_in(told: Any, lang: str) -> str:
    """A text of `Rights` in one language; a plain one as it is, nothing as an empty text."""
    found = told.get(lang) or next(iter(told.values()), "") if isinstance(told, dict) else told
    return "" if found is None else str(found)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _table(path: Path) -> dict[str, Told]:
    found = _json(path)
    rows = found.items() if isinstance(found, dict) else ()
    return {name: told for name, told in rows if isinstance(told, dict)}


def _properties(path: Path) -> dict[str, Told]:
    found = _json(path)
    features = found.get("features") if isinstance(found, dict) else None
    rows: dict[str, Told] = {}
    for feature in features if isinstance(features, list) else []:
        told = feature.get("properties") if isinstance(feature, dict) else None
        if isinstance(told, dict):
            name = feature.get("id")
            zone = told.get("zone")
            rows[f"{zone}/{told.get('role') or 'nominal'}" if zone else str(name)] = told
    return rows


__all__ = ["PROJECT", "UNKNOWN", "Rights", "text_in"]
