"""``zonerules:sourcesinzones``: the sources in zones, and those that may be in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsWkbTypes,
)

from ..canvas import WGS84
from ..tasks import heard_by, run_core
from . import look
from .base import Algorithm
from .rows import fields_of, write_row
from .sourcerows import COLUMNS, FIGURES, point_of, row_of, titles

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from ...jobs.open import Catalogue
    from ...jobs.progress import Progress

TOLD = {
    "zone": "text",
    "zone_name": "text",
    "relation": "text",
    "location": "text",
    **COLUMNS,
    "status": "text",
    "operating_mw_certain": "real",
    "operating_mw_possible": "real",
}
SUMMED = {
    "zone": "text",
    "zone_name": "text",
    "kind": "text",
    "kind_name": "text",
    "inside": "integer",
    "undetermined": "integer",
    **dict.fromkeys(FIGURES, "real"),
}


class SourcesInZones(Algorithm):
    """As `zonerules sources --within`, for any number of zones."""

    NAME = "sourcesinzones"
    GROUP = "ask"

    def initAlgorithm(self, configuration: Any = None) -> None:
        self.add_choice("ZONES", "zones", several=True, optional=False)
        self.add_choice("KIND", "kinds", several=True)
        self.add_choice("DATE", "printed_days")
        self.add_choice("LANGUAGE", "languages", advanced=True)
        point, table = (
            QgsProcessing.SourceType.TypeVectorPoint,
            QgsProcessing.SourceType.TypeVector,
        )
        self.add(QgsProcessingParameterFeatureSink("OUTPUT", "", point))
        self.add(QgsProcessingParameterFeatureSink("SUMMARY", "", table, None, True, True))
        for name in ("INSIDE", "UNDETERMINED"):
            self.addOutput(QgsProcessingOutputNumber(name, self.say(name)))

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        lang = self.language(parameters, context)
        zones = self.chosen(parameters, "ZONES", context)
        if not zones:
            raise QgsProcessingException(self.say("no_zone"))
        lists = run_core(
            _lists,
            self.catalogue(feedback),
            zones,
            self.chosen(parameters, "KIND", context),
            self.one(parameters, "DATE", context),
            heard_by(feedback),
        )
        wgs84 = QgsCoordinateReferenceSystem(WGS84)
        fields = fields_of(TOLD)
        sink, output = self.parameterAsSink(
            parameters, "OUTPUT", context, fields, QgsWkbTypes.Type.Point, wgs84
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        for found in lists:
            for source in found["rows"]:
                write_row(sink, fields, _row(found, source, lang), point_of(source))
            told = {"zone": found["name"][lang], "inside": len(found["inside"])}
            feedback.pushInfo(self.say("counted", undetermined=len(found["open"]), **told))
        del sink

        def dress(layer: Any) -> None:
            look.by_kind(layer, lang)
            look.aliases(layer, titles(TOLD, lang))
            look.worded(layer, ("relation", "location"), look.place_words(lang))

        look.dress_later(context, output, dress)
        summary = self._summary(parameters, context, lists, lang)
        return {
            "OUTPUT": output,
            **({"SUMMARY": summary} if summary else {}),
            "INSIDE": sum(len(found["inside"]) for found in lists),
            "UNDETERMINED": sum(len(found["open"]) for found in lists),
        }

    def _summary(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        lists: list[dict[str, Any]],
        lang: str,
    ) -> str | None:
        fields = fields_of(SUMMED)
        sink, output = self.parameterAsSink(
            parameters, "SUMMARY", context, fields, QgsWkbTypes.Type.NoGeometry
        )
        if sink is None:  # not wanted
            return None
        for found in lists:
            for kind, row in found["kinds"].items():
                row = {**row, "kind": kind, "kind_name": look.kind_label(kind, lang)}
                row.update(zone=found["zone"], zone_name=found["name"][lang])
                write_row(sink, fields, row)
        del sink
        names = titles(SUMMED, lang)
        look.dress_later(context, output, lambda layer: look.aliases(layer, names))
        return str(output)


def _lists(
    catalogue: Catalogue, zones: list[str], kinds: list[str], day: str | None, progress: Progress
) -> list[dict[str, Any]]:
    """What jobs knows of each zone."""
    from ...jobs.find.within import sources_within

    return sources_within(catalogue, zones, kinds=kinds, as_of=day, progress=progress)


def _row(found: dict[str, Any], source: dict[str, Any], lang: str) -> dict[str, Any]:
    status, mw = source.get("status_as_of"), source.get("operating_mw", {})
    return {
        **row_of(source, lang),
        "zone": found["zone"],
        "zone_name": found["name"][lang],
        "relation": source["relation"],
        "location": source["lies"],
        "status": status[lang] if status else None,
        "operating_mw_certain": mw.get("certain"),
        "operating_mw_possible": mw.get("possible"),
    }
