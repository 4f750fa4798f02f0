"""``zonerules:exportcatalogue``: the catalogue as a file for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFileDestination,
)

from .. import settings
from ..tasks import heard_by, run_core
from .base import Algorithm

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

TABLES = ("all", "zones", "lines", "sources", "rules")


class ExportCatalogue(Algorithm):
    """As `zonerules export`; a GeoPackage is written by QGIS and not by geopandas."""

    NAME = "exportcatalogue"
    GROUP = "catalogue"

    def initAlgorithm(self, configuration: Any = None) -> None:
        self.add_choice("DOCUMENT", "documents")
        self.add_choice("KIND", "tables")
        self.add(QgsProcessingParameterBoolean("INSPIRE", "", False))
        self.add_choice("LANGUAGE", "languages", advanced=True)
        formats = "GeoPackage (*.gpkg);;GeoJSON (*.geojson);;JSON (*.json)"
        self.add(QgsProcessingParameterFileDestination("OUTPUT", "", formats))
        for name in ("ZONES", "UNDRAWN", "RULES", "SOURCES"):
            self.addOutput(QgsProcessingOutputNumber(name, self.say(name)))

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        path = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        kind = self.one(parameters, "KIND", context)
        if kind not in (None, *TABLES):
            expected = ", ".join(TABLES)
            line = self.say("bad", parameter=self.say("KIND"), value=kind, expected=expected)
            raise QgsProcessingException(line)
        progress = heard_by(feedback)
        progress(0.0, "")
        told = run_core(
            _export,
            settings.data_folder(),
            path,
            document=self.one(parameters, "DOCUMENT", context),
            kind=kind,
            inspire=self.parameterAsBool(parameters, "INSPIRE", context),
            lang=self.language(parameters, context),
        )
        progress(1.0, self.say("written", file=str(path)))
        for entry in told["failed"]:
            feedback.pushWarning(self.say("failed", problem=entry["error"]))
        rows = told["rows"]
        return {
            "OUTPUT": str(path),
            "ZONES": rows.get("zones", 0),
            "UNDRAWN": told["undrawn"],
            "RULES": rows.get("rules", 0),
            "SOURCES": rows.get("sources", 0),
        }


def _export(folder: str | None, path: Path, **wanted: Any) -> dict[str, Any]:
    """Write the file from the catalogue with its cases, as the command line does."""
    from ...jobs.exchange.export import export
    from ...layers.catalogue.load import load
    from .geopackage import write

    return export(load(folder), path, write_tables=write, **wanted)
