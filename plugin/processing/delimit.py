"""``zonerules:delimit``: a boundary in words, read, and drawn on a layer of named lines."""

from __future__ import annotations

import html
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from .. import settings
from ..canvas import WGS84
from ..delimit import look as looks
from ..delimit import work
from ..delimit.roads import roads_of
from ..deps.gate import ready
from ..geometry import from_geojson
from ..tables.work import without_options
from ..tasks import heard_by, run_core
from . import area, look
from .base import Algorithm
from .rows import fields_of, write_row

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

SHAPES = {
    "zone": "text",
    "role": "text",
    "accuracy_m": "real",
    "name_zh": "text",
    "name_en": "text",
    "kind": "text",
    "basis": "text",
    "within": "text",
    "confidence": "real",
    "complete": "boolean",
    "confirmed_by": "text",
    "confirmed_on": "text",
    "provenance": "text",
}
EDGES = {
    "part": "integer",
    "edge": "text",
    "name": "text",
    "include": "text",
    "start": "text",
    "until": "text",
    "kind": "text",
    "lines": "text",
    "found_by": "text",
    "accuracy_m": "real",
    "half_width_m": "real",
}


class Delimit(Algorithm):
    """As `zonerules delimit`: the words alone, or the draft that they and the lines give."""

    NAME = "delimit"
    GROUP = "draw"
    OWN_OPTIONS = {"--within": "WITHIN"}

    def initAlgorithm(self, configuration: Any = None) -> None:
        self.add(QgsProcessingParameterString("TEXT", "", None, True))
        lines = [QgsProcessing.SourceType.TypeVectorLine]
        self.add(QgsProcessingParameterFeatureSource("LINES", "", lines, None, True))
        self.add(
            QgsProcessingParameterField("NAME_FIELD", "", None, "LINES", optional=True),
        )
        self.add_text("WIDTHS", lines=True)
        area.add(self)
        self.add_metres("ACCURACY", 999_999, least=0.1)
        self.add(QgsProcessingParameterString("ZONE", "", "draft-zone"), advanced=True)
        self.add_choice("LANGUAGE", "languages", advanced=True)
        shape = QgsProcessing.SourceType.TypeVectorPolygon
        self.add(QgsProcessingParameterFeatureSink("OUTPUT", "", shape, None, True))
        line = QgsProcessing.SourceType.TypeVectorLine
        self.add(QgsProcessingParameterFeatureSink("EDGES", "", line, None, True, False))
        self.add_file("REPORT", "html", optional=True)
        for name in ("PARTS", "UNREAD", "DOUBTED", "DRAWN", "MISSING", "CONFIDENCE"):
            self.addOutput(QgsProcessingOutputNumber(name, self.say(name)))
        self.addOutput(QgsProcessingOutputBoolean("COMPLETE", self.say("COMPLETE")))

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        lang = self.language(parameters, context)
        text = self.parameterAsString(parameters, "TEXT", context) or ""
        source = self.parameterAsSource(parameters, "LINES", context)
        if source is None:
            if self.one(parameters, "LINES", context):
                raise QgsProcessingException(self.invalidSourceError(parameters, "LINES"))
            told, made = run_core(work.read, text), None
        else:
            made = self._drawn(text, source, parameters, context, feedback)
            told = made.told
        lines = without_options(run_core(work.to_text, told, lang), self.option_names())
        for line in lines.splitlines():
            feedback.pushInfo(line)
        outputs = self._written(told, made, parameters, context, lang)
        page = self.parameterAsFileOutput(parameters, "REPORT", context)
        if page:
            run_core(_write, Path(page), _page(self.say("name"), text, lines, lang))
            outputs["REPORT"] = page
        draft = told.get("draft", {})
        return {
            **outputs,
            "PARTS": len(told["parts"]),
            "UNREAD": len(told["unread"]),
            "DOUBTED": len(told["doubts"]),
            "DRAWN": len(draft.get("zones", ())),
            "MISSING": len(draft.get("missing", ())),
            "CONFIDENCE": told["confidence"],
            "COMPLETE": bool(draft.get("complete", False)),
        }

    def _drawn(
        self,
        text: str,
        source: Any,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> work.Drafted:
        within, shape = (
            self.one(parameters, "WITHIN", context),
            area.source(self, parameters, context),
        )
        missing = [lack.name for lack in ready(work.needed("area.geojson" if shape else within))]
        if missing:
            raise QgsProcessingException(self.say("needs", names=", ".join(missing)))
        progress = heard_by(feedback)
        roads = roads_of(
            source,
            source.sourceName(),
            context.transformContext(),
            self.lang,
            lambda: progress(0.0, ""),
        )
        widths = self.parameterAsString(parameters, "WIDTHS", context) or ""
        given = parameters.get("ACCURACY")
        with tempfile.TemporaryDirectory() as folder:
            if shape is not None:
                within = str(area.write(shape, context, Path(folder)))
            asked = work.Asked(
                text,
                self.one(parameters, "ZONE", context) or "",
                self.one(parameters, "NAME_FIELD", context),
                tuple(part.strip() for part in _separate(widths) if part.strip()),
                within,
                None if given is None else self.parameterAsDouble(parameters, "ACCURACY", context),
            )
            made: work.Drafted = run_core(
                work.draft, roads, asked, settings.data_folder(), progress=progress
            )
        return made

    def _written(
        self,
        told: dict[str, Any],
        made: work.Drafted | None,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        lang: str,
    ) -> dict[str, Any]:
        """The layers that are wanted and can be; shapes only where there is something drawn."""
        outputs = {}
        if made is not None and made.features["features"]:
            rows = [
                (feature["properties"], from_geojson(feature["geometry"]))
                for feature in made.features["features"]
            ]
            kind = QgsWkbTypes.Type.MultiPolygon
            identifier = self._sink("OUTPUT", SHAPES, kind, rows, parameters, context)
            if identifier:
                outputs["OUTPUT"] = identifier
                look.dress_later(context, identifier, lambda layer: looks.by_role(layer, lang))
        kind = QgsWkbTypes.Type.LineString
        rows = _edges(told, made)
        identifier = self._sink("EDGES", EDGES, kind, rows, parameters, context)
        if identifier:
            outputs["EDGES"] = identifier
        return outputs

    def _sink(
        self,
        name: str,
        columns: dict[str, str],
        kind: Any,
        rows: list[tuple[dict[str, Any], QgsGeometry | None]],
        parameters: dict[str, Any],
        context: QgsProcessingContext,
    ) -> str | None:
        if not parameters.get(name):
            return None
        fields = fields_of(columns)
        crs = QgsCoordinateReferenceSystem(WGS84)
        sink, identifier = self.parameterAsSink(parameters, name, context, fields, kind, crs)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, name))
        for row, geometry in rows:
            write_row(sink, fields, row, geometry)
        return str(identifier)


def _separate(text: str) -> list[str]:
    for sign in "；;\n":
        text = text.replace(sign, "\0")
    return text.split("\0")


def _edges(
    told: dict[str, Any], made: work.Drafted | None
) -> list[tuple[dict[str, Any], QgsGeometry | None]]:
    """A row for each edge of the words, with its line where it was found."""
    lines = {(part, name): points for part, name, points in (made.used if made else ())}
    found = {(row["part"], row["name"]): row for row in told.get("draft", {}).get("edges", ())}
    rows = []
    for number, part in enumerate(told["parts"]):
        for edge in part["edges"]:
            key = (number, edge["name"])
            row = {"part": number + 1, **{k: edge[k] for k in ("edge", "name", "include", "kind")}}
            row.update({"start": edge["from"], "until": edge["to"]})
            if key in found:
                row["lines"] = ", ".join(found[key]["lines"])
                row["found_by"] = found[key]["found_by"]
                row["accuracy_m"] = found[key]["accuracy_m"][1]
                row["half_width_m"] = found[key]["half_width_m"]
            points = lines.get(key)
            line = None
            if points:
                line = QgsGeometry.fromPolylineXY([QgsPointXY(*spot) for spot in points])
            rows.append((row, line))
    return rows


def _write(path: Path, text: str) -> None:
    from ...jobs.exchange.export import write_text

    write_text(path, text)


def _page(title: str, text: str, lines: str, lang: str) -> str:
    """A page without scripts; every word is escaped."""
    return f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{html.escape(title)}</title><style>
body {{ font: 15px/1.6 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2em auto;
  max-width: 60em; padding: 0 1em; color: #1d1d1d; background: #fff; }}
pre {{ font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }}
</style></head><body>
<h1>{html.escape(title)}</h1>
<blockquote>{html.escape(text)}</blockquote>
<pre>{html.escape(lines)}</pre>
</body></html>
"""
